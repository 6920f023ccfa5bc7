"""Write `client/messages.js`: the wire messages as JSDoc types, so that `tsc` holds the page to the server's protocol.

`python -m py_remote_viewer.protocol.export_js` writes the file, `--check` only says whether it is fresh. A message that
the page sends may leave out what has a default; one that it gets has every field.
"""

from __future__ import annotations

import argparse
import json
import sys
import types
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from py_remote_viewer.protocol import messages
from py_remote_viewer.protocol.scene_info import ModelInfo, PresetInfo

TARGET = Path(__file__).resolve().parents[2] / "client" / "messages.js"
HEADER = """// Generated from py_remote_viewer/protocol/messages.py; do not edit: python -m py_remote_viewer.protocol.export_js

/** What the browser and the server say to each other, as types; and the bounds that the page checks before it sends. */
"""
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


def render() -> str:
    """The whole text of `client/messages.js`."""
    sent = _members(messages.ClientMessage)
    got: list[type[BaseModel]] = [*_members(messages.ServerMessage), ModelInfo, PresetInfo]
    seen: dict[type[BaseModel], bool] = {}
    for model in _with_parts(sent):
        seen.setdefault(model, True)
    for model in _with_parts(got):
        seen.setdefault(model, False)
    parts = [HEADER]
    parts += [f"export const {name} = {getattr(messages, name)};\n" for name in CONSTANTS]
    parts += [_typedef(model, optional_defaults=is_sent) for model, is_sent in seen.items()]
    for alias, union in (
        ("CameraInput", messages.CameraInput),
        ("SimCommand", messages.SimCommand),
        ("ClientMessage", messages.ClientMessage),
        ("ServerMessage", messages.ServerMessage),
    ):
        parts.append(f"\n/** @typedef {{{_js_type(union)}}} {alias} */\n")
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


def _typedef(model: type[BaseModel], *, optional_defaults: bool) -> str:
    lines = ["", "/**"]
    lines += [f" * {line}".rstrip() for line in (model.__doc__ or "").strip().splitlines()]
    lines.append(f" * @typedef {{object}} {model.__name__}")
    for name, field in model.model_fields.items():
        optional = optional_defaults and name != "type" and not field.is_required()
        shown = f"[{name}]" if optional else name
        text = f" * @property {{{_js_type(field.annotation)}}} {shown}"
        lines.append(f"{text}  {field.description}" if field.description else text)
    return "\n".join([*(_cut(line) for line in lines), " */", ""])


def _cut(line: str) -> str:
    """A long property line breaks before its description, at a word."""
    if len(line) <= LINE_WIDTH:
        return line
    at = line.rfind(" ", 0, LINE_WIDTH)
    return f"{line[:at].rstrip()}\n *   {line[at:].strip()}" if at > line.find("}") else line


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
    """Write or check; 1 when `--check` finds the file stale."""
    parser = argparse.ArgumentParser(prog="export_js", description="Write client/messages.js from the wire messages.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when the file is stale")
    arguments = parser.parse_args(argv)
    text = render()
    if arguments.check:
        fresh = TARGET.is_file() and TARGET.read_text(encoding="utf-8") == text
        if not fresh:
            print(f"{TARGET} is stale: run `python -m py_remote_viewer.protocol.export_js`.", file=sys.stderr)
        return 0 if fresh else 1
    TARGET.write_text(text, encoding="utf-8")
    print(f"wrote {TARGET}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
