"""Writes `client/mjcf-schema.json`: what the page's editor completes and explains, taken from MuJoCo itself.

`python -m py_remote_viewer.scenes.mjcf_export` writes it anew, `--check` only says whether it is fresh. The tree of
elements is MuJoCo's printed schema. What an attribute takes is found by asking MuJoCo's parser: text where numbers are
wanted, one number too many, each keyword that is known. `--search` tries every short word in MuJoCo's library as a
keyword, which takes minutes, after an upgrade of MuJoCo. Explanations are in `mjcf_about.toml`.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import mujoco

from py_remote_viewer.resources import data_dir
from py_remote_viewer.scenes import mjcf_names
from py_remote_viewer.scenes.mjcf_schema import Element, parse, walk

ABOUT = Path(__file__).with_name("mjcf_about.toml")
NAME = "mjcf-schema.json"
MOST_NUMBERS = 12  # an attribute that takes so many is said to take any number
_STRANGE = "zzq"
_WRONG_COUNT = ("does not have enough data", "has too much data")
_QUOTED = re.compile(r"'([^']+)'")
# What required attributes are filled with, so that MuJoCo's parser comes to those that are asked about.
_FILLERS = {
    "objtype": "body",
    "reftype": "body",
    "type": "",
    "size": "1",
    "hfield@size": "1 1 1 1",
    "data": "1",
    "count": "2",
    "plugin": "mujoco.pid",
    "params": "1",
    "motorconst": "1 1",
    "resistance": "1",
    "datatype": "real",
    "needstage": "pos",
    "dim": "1",
    "vertid": "0",
    "vertweight": "1",
    "bindpos": "0 0 0",
    "bindquat": "1 0 0 0",
    "cell": "0 0 0",
    "mass": "1",
    "pos": "0 0 0",
    "divisor": "1",
    "coef": "1",
    "kv": "1",
    "anchor": "0 0 0",
    "nodecoord": "",
    "vertex": "0 0 0",
}


def refusal(xml: str) -> str:
    """What MuJoCo's parser says against `xml`; empty when it takes it."""
    try:
        mujoco.MjSpec.from_string(xml)
    except (ValueError, RuntimeError, mujoco.FatalError, mujoco.UnexpectedError) as exc:
        return str(exc)
    return ""


class Prober:
    """Asks MuJoCo's parser about the attributes of each element."""

    def __init__(self, words: Iterable[str], search: Callable[[], set[str]] | None) -> None:
        """Args:
        words: keywords that are known already.
        search: gives every word that may be one; None: try only those that are known.
        """
        self.required: dict[str, list[str]] = {}
        self.words = {"false", "true", *words}
        self._search = search
        self._found: dict[tuple[str, str], list[str]] = {}  # by element's name and attribute

    def document(self, path: str, attributes: dict[str, str]) -> str:
        """MJCF with one element of `path` that has `attributes`, and what it and those around it must have."""
        names = path.split("/")
        text = ""
        for depth in range(1, len(names) + 1):
            own = {one: _filler(names[depth - 1], one) for one in self.required.get("/".join(names[:depth]), [])}
            if depth == len(names):
                own |= attributes
            if depth == 3 and names[1] == "worldbody":
                text += '<body name="around">'  # the world itself takes no joints
            text += f"<{names[depth - 1]}{''.join(f' {key}={chr(34)}{value}{chr(34)}' for key, value in own.items())}>"
        closing = names[:2] + ["body"] * (len(names) > 2 and names[1] == "worldbody") + names[2:]
        return text + "".join(f"</{name}>" for name in reversed(closing))

    def require(self, path: str) -> None:
        """Find out what an element of `path` must have."""
        needed = self.required.setdefault(path, [])
        for _ in range(8):
            said = refusal(self.document(path, {}))
            missing = _QUOTED.findall(said) if "required attribute missing" in said else []
            if not missing or missing[0] in needed:
                return
            needed.append(missing[0])

    def type_of(self, path: str, attribute: str) -> dict[str, Any] | None:
        """What `attribute` takes; None when MuJoCo's parser does not come to it."""
        said, extra = self._said(path, attribute, _STRANGE)
        named = f"'{attribute}'"
        if f"invalid keyword: '{_STRANGE}'" in said:
            return {"kind": "keyword", "values": self._keywords(path, attribute, extra)}
        if ("bad format in attribute" in said or "problem reading attribute" in said) and named in said:
            return self._numbers(path, attribute, extra)
        return {"kind": "text"} if not said or f"'{_STRANGE}'" in said or said.startswith("unknown") else None

    def _said(self, path: str, attribute: str, value: str) -> tuple[str, dict[str, str]]:
        """MuJoCo's words for this value, with whatever else must stand beside it."""
        extra: dict[str, str] = {}
        for _ in range(6):
            said = refusal(self.document(path, extra | {attribute: value})).removeprefix("XML Error: ")
            beside = _QUOTED.findall(said.split("\n")[0]) if "must be specified" in said else []
            wanted = [one for one in beside if one != attribute and one not in extra]
            if not wanted:
                break
            together = "together" in said or "), (" in said
            for one in wanted if together else wanted[:1]:
                extra[one] = _filler(path.rpartition("/")[2], one)
        return said, extra

    def _accepts(self, path: str, attribute: str, value: str, extra: dict[str, str]) -> bool:
        said = refusal(self.document(path, extra | {attribute: value}))
        return f"invalid keyword: '{value}'" not in said

    def _keywords(self, path: str, attribute: str, extra: dict[str, str]) -> list[str]:
        key = (path.rpartition("/")[2], attribute)
        tried = set(self._found.get(key, ()))
        if self._search is not None and key not in self._found and not self._accepts(path, attribute, "false", extra):
            tried |= self._search()
        tried |= self.words
        found = sorted(word for word in tried if self._accepts(path, attribute, word, extra))
        self.words |= set(found)
        self._found[key] = found
        return found

    def _numbers(self, path: str, attribute: str, extra: dict[str, str]) -> dict[str, Any]:
        def says(value: str, *words: str) -> bool:
            said = refusal(self.document(path, extra | {attribute: value}))
            return f"'{attribute}'" in said and any(one in said for one in words)

        counts = [n for n in range(1, MOST_NUMBERS + 1) if not says(" ".join(["1"] * n), *_WRONG_COUNT)]
        made: dict[str, Any] = {"kind": "number", "least": min(counts, default=1)}
        if MOST_NUMBERS not in counts:
            made["most"] = max(counts, default=1)
        if says(" ".join(["1.5"] * made["least"]), "bad format", "problem reading"):
            made["whole"] = True
        return made


def _filler(element: str, attribute: str) -> str:
    return _FILLERS.get(f"{element}@{attribute}", _FILLERS.get(attribute, "x"))


def library_words() -> set[str]:
    """Every short word in MuJoCo's library. Linkers keep only the longer of two that end alike: tails too."""
    [library] = Path(mujoco.__file__).parent.glob("libmujoco.so*")
    stored = re.findall(rb"(?<=\0)[A-Za-z0-9]{1,16}(?=\0)", library.read_bytes())
    tails = {word[at:] for word in (raw.decode("ascii") for raw in stored) for at in range(len(word))}
    return {tail for tail in tails if re.fullmatch(r"[A-Za-z0-9]*[a-zA-Z][a-zA-Z0-9]*", tail) and len(tail) > 1}


def render(before: dict[str, Any] | None, *, search: bool = False) -> str:
    """The file's text. `before` is what it holds now, where the known keywords come from."""
    root = parse(mujoco.mj_printSchema(False, False))
    words = {word for one in (before or {}).get("types", []) for word in one.get("values", ())}
    places = list(walk(root))
    canonical = {id(element): path for path, element in places}
    about = tomllib.loads(ABOUT.read_text(encoding="utf-8"))
    _require_known(about, dict(places))
    find = library_words if search else None
    while True:
        prober = Prober(words, find)
        found: dict[tuple[str, str], dict[str, Any] | None] = {}
        for path, element in places:
            prober.require(path)
            for attribute in element.attributes:
                named = mjcf_names.named(path, attribute)
                found[path, attribute] = named or prober.type_of(path, attribute)
        if prober.words == words:
            break
        words, find = prober.words, None  # once more: what was found late was not tried on what came first
    types: list[dict[str, Any]] = []
    elements = {}
    for path, element in places:
        attributes = {}
        for attribute in sorted(element.attributes):
            kind = found[path, attribute] or _elsewhere(found, attribute)
            if kind not in types:
                types.append(kind)
            attributes[attribute] = types.index(kind)
        elements[path] = {
            "times": element.times,
            "attributes": attributes,
            "children": {name: canonical[id(child)] for name, child in element.children.items()},
        } | ({"required": prober.required[path]} if prober.required[path] else {})
    content = {"mujoco": mujoco.__version__, "types": types, "elements": elements, "about": about}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n"


def _elsewhere(found: dict[tuple[str, str], dict[str, Any] | None], attribute: str) -> dict[str, Any]:
    """What `attribute` takes in every other element that has one, where these agree; else any text."""
    others = [kind for (_, name), kind in found.items() if name == attribute and kind is not None]
    same = bool(others) and all(other == others[0] for other in others) and others[0]["kind"] in ("number", "keyword")
    return others[0] if same else {"kind": "text"}


def _require_known(about: dict[str, Any], elements: dict[str, Element]) -> None:
    """Raise ValueError when something is explained that MuJoCo does not know."""
    names = {path.rpartition("/")[2] for path in elements}
    pairs = {f"{path.rpartition('/')[2]}@{one}" for path, element in elements.items() for one in element.attributes}
    attributes = {pair.partition("@")[2] for pair in pairs}
    unknown = [key for key in about["elements"] if key not in names and key not in elements]
    unknown += [key for key in about["attributes"] if key not in pairs and key not in attributes]
    if unknown:
        raise ValueError(f"{ABOUT.name} explains what MuJoCo does not know: {unknown}")


def main(argv: list[str] | None = None) -> int:
    """Write or check; 1 when `--check` finds the file stale."""
    parser = argparse.ArgumentParser(prog="mjcf_export", description="Write the editor's schema from MuJoCo's own.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when the file is stale")
    parser.add_argument("--search", action="store_true", help="look for keywords that are not known yet (minutes)")
    arguments = parser.parse_args(argv)
    path = data_dir("client") / NAME
    old = path.read_text(encoding="utf-8") if path.is_file() else ""
    new = render(json.loads(old) if old else None, search=arguments.search)
    if not arguments.check:
        path.write_text(new, encoding="utf-8")
        print(f"wrote {path}: {len(new)} bytes")
    elif new != old:
        print(f"{path} is stale: run `python -m py_remote_viewer.scenes.mjcf_export`.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
