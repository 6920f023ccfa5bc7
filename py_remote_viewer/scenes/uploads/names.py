"""Names of files in an upload: every one becomes a path inside it, or is refused. Pure; no file system is asked.

A name is only ever a key into the upload. It never becomes a path of this machine, so lookalikes of dots and slashes are
letters here like any other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from py_remote_viewer.errors import SceneInvalid
from py_remote_viewer.scenes.uploads.limits import MAX_FOLDERS, MAX_NAME_CHARS, MAX_PART_CHARS

_HINT = "Rename it, pack the folder again and upload that."
_DRIVE = re.compile(r"[A-Za-z]:")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:/*")
_CLUTTER = frozenset({"__MACOSX", ".git", ".svn", "__pycache__"})
_CLUTTER_FILES = frozenset({"thumbs.db", "desktop.ini"})


def inside(raw: str) -> str:
    """`raw`, the name of an uploaded file or of a member of an archive, as a relative path with `/`.

    Raises:
        SceneInvalid: absolute, with `..`, with a drive, too long, too deep, or with characters that do not show.
    """
    if len(raw) > MAX_NAME_CHARS:
        raise _refused(raw, f"is {len(raw)} characters long; at most {MAX_NAME_CHARS} are taken")
    bad = next((c for c in raw if not c.isprintable()), None)
    if bad is not None:
        raise _refused(raw, f"holds the character U+{ord(bad):04X}, which does not show")
    name = unicodedata.normalize("NFC", raw).replace("\\", "/")
    if name.startswith("/") or _DRIVE.match(name):
        raise _refused(raw, "is a path of another machine")
    parts = [part for part in name.split("/") if part not in ("", ".")]
    if ".." in parts:
        raise _refused(raw, "leads out of the upload")
    if not parts:
        raise _refused(raw, "names no file")
    if len(parts) > MAX_FOLDERS:
        raise _refused(raw, f"lies in {len(parts) - 1} folders; at most {MAX_FOLDERS - 1} are taken")
    if any(len(part.encode()) > MAX_PART_CHARS for part in parts):
        raise _refused(raw, f"has a part of more than {MAX_PART_CHARS} bytes")
    return "/".join(parts)


def _refused(raw: str, why: str) -> SceneInvalid:
    shown = "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in raw[:80])
    return SceneInvalid(f"the file name '{shown}' {why}", hint=_HINT)


def is_clutter(name: str) -> bool:
    """Whether `name` is what file managers and version control leave in a folder."""
    parts = name.split("/")
    return (
        any(part in _CLUTTER for part in parts)
        or parts[-1].startswith("._")
        or parts[-1] == ".DS_Store"
        or parts[-1].lower() in _CLUTTER_FILES
    )


def require_distinct(names: Iterable[str]) -> None:
    """Refuse a name that comes twice: readers of archives disagree on which one counts.

    Names that differ by case alone are two files: nothing here is ever put into a folder of this machine.

    Raises:
        SceneInvalid: names it.
    """
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise SceneInvalid(f"the file {name!r} comes twice", hint=_HINT)
        seen.add(name)


def folder_of(name: str) -> str:
    """The folder that `name` lies in; empty for none."""
    return name.rpartition("/")[0]


def base_of(name: str) -> str:
    """The last part of `name`."""
    return name.rpartition("/")[2]


def stem_of(name: str) -> str:
    """The last part without its ending."""
    base = base_of(name)
    return base.rpartition(".")[0] or base


def suffix_of(name: str) -> str:
    """The ending in lower case, with its dot; empty for none."""
    head, dot, tail = base_of(name).rpartition(".")
    return (dot + tail).lower() if head else ""


def joined(folder: str, reference: str) -> str | None:
    """Where `reference`, as a model writes it, points from `folder`.

    Returns:
        A path inside the upload, or None: it is empty, leads out, or is absolute.
    """
    text = unicodedata.normalize("NFC", reference).replace("\\", "/")
    if text.startswith("/") or _SCHEME.match(text) or _DRIVE.match(text):
        return None
    parts = [part for part in folder.split("/") if part]
    for part in text.split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts) or None


def without_scheme(reference: str) -> str:
    """`package://robot/meshes/a.stl` as `robot/meshes/a.stl`; an absolute path without its first slash."""
    text = unicodedata.normalize("NFC", reference).replace("\\", "/")
    text = text[match.end() :] if (match := _SCHEME.match(text)) else text
    return (text[2:] if _DRIVE.match(text) else text).lstrip("/")
