"""Writes the message tables of `docs/protocol.md` from the message types, so that the two cannot differ.

`python -m py_remote_viewer.protocol.export_docs` rewrites what stands between the markers; `--check` only compares, and
exits with 1 when it is stale.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, get_args

from py_remote_viewer.protocol import messages
from py_remote_viewer.protocol.base import Message
from py_remote_viewer.protocol.events import InputEvent
from py_remote_viewer.protocol.scene_edits import KeptPose
from py_remote_viewer.protocol.scene_info import ModelInfo, PresetInfo
from py_remote_viewer.protocol.status import (
    CameraStatus,
    PictureStatus,
    QualityStatus,
    SelectionStatus,
    SimulationStatus,
    StageTimes,
)
from py_remote_viewer.protocol.time_commands import HistoryStatus

DOC = Path(__file__).resolve().parents[2] / "docs" / "protocol.md"
BEGIN, END = "<!-- generated: messages -->", "<!-- end of generated -->"
_BOUNDS = {"minimum": "≥", "maximum": "≤", "maxLength": "length ≤", "pattern": "matches"}


def tables() -> str:
    """The generated part: a section for each direction, a table row for each field."""
    client = get_args(messages.ClientMessage)
    server = get_args(messages.ServerMessage)
    parts = [
        *_section("From a peer to the server", client),
        *_section("From the server to a peer", server),
        *_section(
            "Inside these",
            [messages.CandidateInit, *get_args(get_args(InputEvent)[0]), ModelInfo, KeptPose, PresetInfo],
        ),
        *_section(
            "Parts of `status`",
            [
                SimulationStatus,
                HistoryStatus,
                CameraStatus,
                QualityStatus,
                SelectionStatus,
                PictureStatus,
                StageTimes,
            ],
        ),
    ]
    return "\n".join(parts) + "\n"


def _section(title: str, types: Iterable[type[Message]]) -> list[str]:
    lines = [f"## {title}", ""]
    for message in types:
        kind = message.model_fields.get("type")
        name = kind.default if kind is not None and isinstance(kind.default, str) else message.__name__
        lines += [f"### `{name}`", "", " ".join((message.__doc__ or "").split()), ""]
        rows = list(_rows(message))
        if rows:
            lines += ["| field | type | default | meaning |", "|---|---|---|---|", *rows, ""]
    return lines


def _rows(message: type[Message]) -> Iterable[str]:
    schema = message.model_json_schema()
    required = set(schema.get("required", []))
    for name, field in schema.get("properties", {}).items():
        if name == "type" and "const" in field:
            continue
        default = "required" if name in required else f"`{json.dumps(field.get('default'))}`"
        meaning = field.get("description", "").replace("|", "\\|")
        yield f"| `{name}` | {_type_of(field)} | {default} | {meaning} |"


def _type_of(field: dict[str, Any]) -> str:
    if "anyOf" in field:
        return " or ".join(_type_of(one) for one in field["anyOf"])
    if "$ref" in field:
        return f"`{field['$ref'].rpartition('/')[2]}`"
    if "oneOf" in field:
        return " or ".join(_type_of(one) for one in field["oneOf"])
    if "enum" in field or "const" in field:
        return " \\| ".join(f"`{value}`" for value in field.get("enum", [field.get("const")]))
    kind = str(field.get("type", "any"))
    if kind == "array" and "items" in field:
        kind = f"list of {_type_of(field['items'])}"
    bounds = [f"{sign} {field[key]}" for key, sign in _BOUNDS.items() if key in field]
    return f"{kind} ({', '.join(bounds)})".replace("|", "\\|") if bounds else kind


def updated(text: str) -> str:
    """`text` of the document with the part between the markers made anew."""
    head, _, rest = text.partition(BEGIN)
    _, _, tail = rest.partition(END)
    return f"{head}{BEGIN}\n\n{tables()}\n{END}{tail}"


def main(argv: list[str]) -> int:
    """Entry; returns the exit code."""
    old = DOC.read_text(encoding="utf-8")
    new = updated(old)
    if "--check" in argv:
        if new != old:
            print("docs/protocol.md is stale: python -m py_remote_viewer.protocol.export_docs", file=sys.stderr)
        return int(new != old)
    DOC.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
