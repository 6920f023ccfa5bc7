"""Write `client/messages.js` and `client/messages.d.ts`: the bounds that the page checks before it sends, and the wire
messages as types, so that `tsc` holds the page to the server's protocol; and `client/look-table.js`, the names, titles and
keys of what a picture can show. Browsers load the first and the last.

`python -m py_remote_viewer.protocol.export_js` writes the files, `--check` only says whether they are fresh. A message that
the page sends may leave out what has a default; one that it gets has every field.
"""

from __future__ import annotations

import argparse
import json
import sys
import textwrap
import types
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from py_remote_viewer.protocol import messages
from py_remote_viewer.protocol.camera_input import CameraInput
from py_remote_viewer.protocol.look_table import FLAGS, FrameMode, GroupKind, LabelMode
from py_remote_viewer.protocol.recording import Recording
from py_remote_viewer.protocol.scene_edits import CheckedScene
from py_remote_viewer.protocol.scene_info import ModelInfo, PresetInfo
from py_remote_viewer.protocol.sim_commands import SimCommand

CLIENT = Path(__file__).resolve().parents[2] / "client"
_HEADER = """// Generated from py_remote_viewer/protocol/; do not edit: python -m py_remote_viewer.protocol.export_js

"""
_ABOUT = "/** What the browser and the server say to each other: the bounds that the page checks before it sends. */\n"
CONSTANTS = ("PROTOCOL_VERSION", "MAX_XML_BYTES", "MAX_POINTER_BYTES")
SCALARS: dict[Any, str] = {
    str: "string",
    int: "number",
    float: "number",
    bool: "boolean",
    type(None): "null",
    Any: "unknown",
}
LINE_WIDTH = 118


def render() -> dict[str, str]:
    """The text of each file, by its name."""
    constants = {name: getattr(messages, name) for name in CONSTANTS}
    return {
        "messages.js": _HEADER
        + _ABOUT
        + "".join(f"export const {name} = {value};\n" for name, value in constants.items()),
        "messages.d.ts": _HEADER
        + "".join(f"export const {name}: {value};\n" for name, value in constants.items())
        + _types(),
        "look-table.js": _HEADER + _look_table(),
    }


def _look_table() -> str:
    """Flags with simulate's titles and keys, and the other choices, for the Look tab and the keyboard."""
    lines = [
        '/** @typedef {{kind: "vis" | "rnd", name: string, title: string, key: string}} Flag */',
        "",
        "/** What a picture can show, with simulate's titles and keys.",
        " * @type {readonly Flag[]}",
        " */",
        "export const FLAGS = [",
        *(
            f"  {{ kind: {json.dumps(flag.kind)}, name: {json.dumps(flag.name)}, title: {json.dumps(flag.title)}, "
            f"key: {json.dumps(flag.key)} }},"
            for flag in FLAGS
        ),
        "];",
    ]
    for name, choice in (("GROUP_KINDS", GroupKind), ("LABELS", LabelMode), ("FRAMES", FrameMode)):
        values = "\n".join(f"  {json.dumps(value)}," for value in get_args(choice))
        lines += [f"export const {name} = /** @type {{const}} */ ([", values, "]);"]
    return "\n".join([*lines, ""])


def _types() -> str:
    sent = _members(messages.ClientMessage)
    got: list[type[BaseModel]] = [*_members(messages.ServerMessage), ModelInfo, PresetInfo, Recording, CheckedScene]
    seen: dict[type[BaseModel], bool] = {}
    for model in _with_parts(sent):
        seen.setdefault(model, True)
    for model in _with_parts(got):
        seen.setdefault(model, False)
    parts = [_interface(model, optional_defaults=is_sent) for model, is_sent in seen.items()]
    for alias, union in (
        ("CameraInput", CameraInput),
        ("SimCommand", SimCommand),
        ("ClientMessage", messages.ClientMessage),
        ("ServerMessage", messages.ServerMessage),
    ):
        parts.append(f"\nexport type {alias} =\n  | " + "\n  | ".join(_js_type(union).split("|")) + ";\n")
    return "".join(parts)


def _members(union: Any) -> list[type[BaseModel]]:
    """The models of a union, in order."""
    annotation = _bare(union)
    parts: tuple[type[BaseModel], ...] = get_args(annotation)
    return list(parts)


def _bare(annotation: Any) -> Any:
    return get_args(annotation)[0] if get_origin(annotation) is Annotated else annotation


def _with_parts(models: Iterable[type[BaseModel]]) -> Iterator[type[BaseModel]]:
    """Each model after the models that its fields hold."""
    for model in models:
        for field in model.model_fields.values():
            yield from _with_parts(_models_in(field.annotation))
        yield model


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    annotation = _bare(annotation)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    if get_origin(annotation) is Literal:
        return []
    return [model for part in get_args(annotation) for model in _models_in(part)]


def _interface(model: type[BaseModel], *, optional_defaults: bool) -> str:
    lines = ["", *_comment((model.__doc__ or "").strip(), ""), f"export interface {model.__name__} {{"]
    for name, field in model.model_fields.items():
        optional = optional_defaults and name != "type" and not field.is_required()
        lines += _comment(field.description or "", "  ")
        lines.append(f"  {name}{'?' if optional else ''}: {_js_type(field.annotation)};")
    return "\n".join([*lines, "}", ""])


def _comment(text: str, indent: str) -> list[str]:
    if not text:
        return []
    paragraphs = [" ".join(part.split()) for part in text.split("\n\n")]
    folded = [textwrap.wrap(part, LINE_WIDTH - len(indent) - 3) for part in paragraphs]
    lines = [line for number, part in enumerate(folded) for line in ([""] if number else []) + part]
    if len(lines) == 1:
        return [f"{indent}/** {lines[0]} */"]
    return [f"{indent}/**", *(f"{indent} * {line}".rstrip() for line in lines), f"{indent} */"]


def _js_type(annotation: Any) -> str:
    annotation = _bare(annotation)
    if annotation in SCALARS:
        return SCALARS[annotation]
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation.__name__
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return "|".join(json.dumps(value) for value in args)
    if origin in (types.UnionType, Union):
        return "|".join(dict.fromkeys(_js_type(part) for part in args))
    if origin is tuple:
        if args[-1] is Ellipsis:
            inner = _js_type(args[0])
            return f"({inner})[]" if "|" in inner else f"{inner}[]"
        return f"[{', '.join(_js_type(part) for part in args)}]"
    if origin is dict:
        return f"Record<string, {_js_type(args[1])}>"
    raise TypeError(f"no JavaScript type for {annotation!r}")


def main(argv: list[str] | None = None) -> int:
    """Write or check; 1 when `--check` finds a file stale."""
    parser = argparse.ArgumentParser(prog="export_js", description="Write the page's message types from the server's.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when a file is stale")
    arguments = parser.parse_args(argv)
    stale = False
    for name, text in render().items():
        path = CLIENT / name
        if not arguments.check:
            path.write_text(text, encoding="utf-8")
            print(f"wrote {path}")
        elif not path.is_file() or path.read_text(encoding="utf-8") != text:
            print(f"{path} is stale: run `python -m py_remote_viewer.protocol.export_js`.", file=sys.stderr)
            stale = True
    return int(stale)


if __name__ == "__main__":
    sys.exit(main())
