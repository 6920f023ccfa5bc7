"""What a model of an upload refers to: its includes, read in place and under the bounds of any MJCF, and its other files.

Every reference is looked up in the upload, by the rules of MuJoCo's own search; nothing is opened. Pure but for `read`,
which gives the contents of an uploaded file. Runs in a compile child.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from xml.parsers import expat

from py_remote_viewer.errors import SceneInvalid, SceneTooExpensive
from py_remote_viewer.scenes.precheck import MAX_EXPANDED, Walk, not_well_formed, shortened
from py_remote_viewer.scenes.uploads.archive import ARCHIVES
from py_remote_viewer.scenes.uploads.limits import MAX_INCLUDE_DEPTH, MAX_INCLUDES, MAX_TEXT_BYTES
from py_remote_viewer.scenes.uploads.names import base_of, folder_of, joined, suffix_of, without_scheme

_FOLDERS = frozenset({"meshdir", "texturedir", "assetdir"})
_TOLD = 20


class Shelf:
    """The names of an upload's files, found as MuJoCo finds them: at their place, else by the last part alone."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = frozenset(names)
        self.portable = True  # until something is found elsewhere than it was looked for
        self._folded: dict[str, str] = {}
        self._bases: dict[str, list[str]] = {}
        for name in sorted(self.names):
            self._folded.setdefault(name.casefold(), name)
            self._bases.setdefault(base_of(name).casefold(), []).append(name)

    def at(self, name: str | None) -> str | None:
        """The file of exactly this name, else the one that differs by case alone."""
        if name is None or _through_archive(name):
            return None
        if name in self.names:
            return name
        return self._folded.get(name.casefold())

    def find(self, reference: str, folders: Iterable[str]) -> list[str]:
        """Every file that `reference` may mean from one of `folders`; where there is none, those that its end names."""
        places = [place for folder in folders if (place := joined(folder, reference)) is not None]
        found = list(dict.fromkeys(name for place in places if (name := self.at(place)) is not None))
        if not set(found) & set(places):
            self.portable = False
        return found or self._by_end(without_scheme(reference))

    def _by_end(self, reference: str) -> list[str]:
        if _through_archive(reference):
            return []
        named = self._bases.get(base_of(reference).casefold(), [])
        parts = reference.casefold().split("/")
        for first in range(len(parts)):  # the longest end that fits
            end = "/".join(parts[first:])
            fitting = [name for name in named if f"/{name.casefold()}".endswith(f"/{end}")]
            if fitting:
                return fitting[:1]
        return []


def _through_archive(name: str) -> bool:
    """Whether MuJoCo would take a part of `name` for an archive and look into it."""
    return any(suffix_of(part) in ARCHIVES for part in name.split("/"))


@dataclass(slots=True)
class _Main:
    """A model with the files that it includes: they share its folders."""

    folder: str
    folders: list[str] = field(default_factory=list)  # as `<compiler>` names them, in the model's own words
    wanted: list[tuple[str, str]] = field(default_factory=list)  # reference, folder of the file that makes it


@dataclass(frozen=True, slots=True)
class References:
    """What a model needs.

    Attributes:
        texts: MJCF by name, as it was judged: the model itself first.
        files: everything else that it refers to.
        missing: references that lead to no file of the upload, as written.
        portable: every file is where the model says, in the same case.
    """

    texts: dict[str, bytes]
    files: tuple[str, ...]
    missing: tuple[str, ...]
    portable: bool


def references_of(root: str, shelf: Shelf, read: Callable[[str], bytes], text: bytes | None = None) -> References:
    """Judge the model `root`, with all that it includes.

    Args:
        root: a file of the upload.
        shelf: all names of the upload.
        read: contents of a file.
        text: in place of what `root` holds.

    Raises:
        SceneInvalid, SceneTooExpensive: as `precheck`; or it includes itself, or too much.
    """
    walk = _UploadWalk(shelf=shelf, read=read)
    walk.model_file(root, text)
    walk.require_attached()
    files, missing = [], []
    for main in walk.mains:
        folders = [joined(main.folder, one) or "" for one in main.folders]
        for reference, folder in main.wanted:
            deeper = [joined(folder, one) or "" for one in main.folders]
            found = shelf.find(reference, [*folders, *deeper, main.folder, folder])
            files += found
            if not found:
                missing.append(reference)
    return References(
        walk.texts,
        tuple(dict.fromkeys(name for name in files if name not in walk.texts)),
        tuple(dict.fromkeys(missing)),
        shelf.portable,
    )


def require_all(missing: tuple[str, ...]) -> None:
    """Refuse a model whose files did not come with it, naming all of them.

    Raises:
        SceneInvalid: with `missing` in its details.
    """
    if not missing:
        return
    count = len(missing)
    shown = ", ".join(shortened(name, 100) for name in missing[:_TOLD]) + (", …" if count > _TOLD else "")
    what = "a file that is" if count == 1 else f"{count} files that are"
    raise SceneInvalid(
        f"the model refers to {what} not in the upload: {shown}",
        hint="Drop the whole folder, or a zip of it, so that meshes, textures and included files come with the model.",
        missing=list(missing[:_TOLD]),
    )


@dataclass(slots=True)
class _UploadWalk(Walk):
    """Reads included files at their place, and notes every other reference."""

    shelf: Shelf = field(kw_only=True)
    read: Callable[[str], bytes] = field(kw_only=True)
    texts: dict[str, bytes] = field(default_factory=dict)
    mains: list[_Main] = field(default_factory=list)
    open_mains: list[_Main] = field(default_factory=list)
    open_files: list[str] = field(default_factory=list)
    text_bytes: int = 0
    attached: float = 0.0  # how many attachments, after replication
    largest_model: int = 0

    def model_file(self, name: str, text: bytes | None = None) -> None:
        """Read a model that stands on its own, with folders of its own."""
        before = self.elements
        self.mains.append(_Main(folder_of(name)))
        self.open_mains.append(self.mains[-1])
        self.text(name, text)
        self.open_mains.pop()
        if self.open_mains:
            self.largest_model = max(self.largest_model, self.elements - before)

    def text(self, name: str, text: bytes | None = None) -> None:
        """Read MJCF. Raises as `references_of`."""
        data = as_utf8(self.read(name) if text is None else text)
        self.text_bytes += len(data)
        if self.text_bytes > MAX_TEXT_BYTES:
            raise SceneTooExpensive(
                f"the model and what it includes are longer than {MAX_TEXT_BYTES >> 20} MiB", hint="Include less."
            )
        self.texts[name] = data
        before, self.parser = self.parser, self.new_parser()
        self.open_files.append(name)
        try:
            self.parser.Parse(data, True)
        except expat.ExpatError as exc:
            raise _in_file(name, not_well_formed(exc), self.open_files) from exc
        except SceneInvalid as exc:
            raise _in_file(name, exc, self.open_files) from exc
        self.open_files.pop()
        self.parser = before

    def files(self, tag: str, name: str, attributes: dict[str, str]) -> None:
        """Follow `<include>` and `<model>`; note folders and files."""
        if tag == "include":
            self.include(name, attributes.get("file", ""))
        elif tag == "model" and len(self.multipliers) > 1 and "file" in attributes:
            self.submodel(name, attributes["file"])
        elif tag == "attach":
            self.attached += self.multipliers[-1]
        else:
            for key, value in attributes.items():
                low = key.lower()
                if low in _FOLDERS:
                    self.main.folders.append(value)
                elif low.startswith("file") and value:
                    self.main.wanted.append((value, folder_of(self.open_files[-1])))

    @property
    def main(self) -> _Main:
        """The model whose text is being read."""
        return self.open_mains[-1]

    def include(self, element: str, reference: str) -> None:
        here = self.open_files[-1]
        found = self.shelf.find(reference, [self.main.folder, folder_of(here)])
        if not found:
            self.main.wanted.append((reference, folder_of(here)))
            return
        target = found[0]
        if target in self.open_files:
            self.invalid(element, f"{here} includes {target}, which includes it", "Take one of the two away.")
        if target in self.texts:
            self.invalid(element, f"{target} is included twice", "MuJoCo includes a file once only.")
        if len(self.open_files) > MAX_INCLUDE_DEPTH or len(self.texts) > MAX_INCLUDES:
            self.expensive(
                element,
                f"more than {MAX_INCLUDES} includes, or {MAX_INCLUDE_DEPTH} inside each other",
                "Put the parts into fewer files.",
            )
        self.text(target)

    def submodel(self, element: str, reference: str) -> None:
        here = self.open_files[-1]
        found = self.shelf.find(reference, [self.main.folder, folder_of(here)])
        if not found:
            self.main.wanted.append((reference, folder_of(here)))
        elif found[0] in self.open_files:
            self.invalid(element, f"{here} attaches {found[0]}, which holds it", "Take one of the two away.")
        elif found[0] not in self.texts:
            if len(self.open_files) > MAX_INCLUDE_DEPTH or len(self.texts) > MAX_INCLUDES:
                self.expensive(element, f"more than {MAX_INCLUDES} models in one", "Put the parts into fewer files.")
            self.model_file(found[0])

    def require_attached(self) -> None:
        """Bound what attaching the same model many times makes of it."""
        if not self.expanded + self.attached * self.largest_model <= MAX_EXPANDED:
            raise SceneTooExpensive(
                f"the attached models bring the scene to more than {MAX_EXPANDED} elements",
                hint="Attach fewer of them, or smaller ones.",
            )


def as_utf8(data: bytes) -> bytes:
    """The text as UTF-8. What is no UTF-8 is read as Latin-1: old files have it in comments, and MuJoCo takes them."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1").encode("utf-8")
    return data


def _in_file(name: str, exc: SceneInvalid, open_files: list[str]) -> SceneInvalid:
    """Say in which file, where it is not the model itself. `line` is that file's."""
    if len(open_files) == 1 or "file" in exc.details:
        return exc
    return type(exc)(f"{name}: {exc.message}", hint=exc.hint, **exc.details, file=name)
