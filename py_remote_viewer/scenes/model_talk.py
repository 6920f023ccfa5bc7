"""What is said to a language model that writes a scene, and what is taken from its answers. Pure.

Its MJCF is a stranger's: it passes the same pre-check, compile child and physics checks as any other. Words of the person go
into a message of their own and cannot change the rules before it; what comes back is used as MJCF or not at all.
"""

from __future__ import annotations

import json
import re
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from py_remote_viewer.protocol.messages import MAX_XML_BYTES

MAX_BEFORE_CHARS = 60_000
MAX_ANSWER_TOKENS = 12_000
RULES = """You write MuJoCo MJCF models. Answer with one complete MJCF document and nothing else: it begins with <mujoco and \
ends with </mujoco>. Metres, kilograms, seconds; z is up, x is right, y is away from the viewer. Rules: no files (no include, \
mesh, texture or height field files, no plugins, no assets by name), primitive geoms only, a plane geom named floor unless \
the description forbids one, one directional light, every body named after what it is, free bodies with <freejoint/>, nothing \
overlapping at the start, sensible masses, timestep 0.002. Initial velocities go into a keyframe named start."""
_DOCUMENT = re.compile(r"<mujoco\b.*?</mujoco\s*>", re.DOTALL)


class _Message(BaseModel):
    model_config = ConfigDict(extra="ignore")
    content: str | None = None


class _Choice(BaseModel):
    model_config = ConfigDict(extra="ignore")
    message: _Message


class _Completion(BaseModel):
    """What is read of `POST /chat/completions`; everything else in it is ignored."""

    model_config = ConfigDict(extra="ignore")
    choices: list[_Choice] = Field(min_length=1)


def opening(prompt: str, before_xml: str | None) -> list[dict[str, str]]:
    """The first two messages: the rules, then what the person wants and the scene that it changes."""
    wanted = f"Describe this as MJCF:\n{prompt}"
    if before_xml is not None and len(before_xml) <= MAX_BEFORE_CHARS:
        wanted = f"This is the scene now:\n{before_xml}\n\nChange it as follows, and answer with all of it:\n{prompt}"
    return [{"role": "system", "content": RULES}, {"role": "user", "content": wanted}]


def complaint(answer: str, reason: str) -> list[dict[str, str]]:
    """The two messages of a repair round: what was answered, and what is wrong with it."""
    return [
        {"role": "assistant", "content": answer[:MAX_XML_BYTES]},
        {"role": "user", "content": f"That did not work: {reason}\nAnswer with the whole corrected MJCF document."},
    ]


def request_body(model: str, messages: list[dict[str, str]], seed: int) -> bytes:
    """Of `POST /chat/completions`."""
    body: dict[str, Any] = {
        "model": model,
        "messages": messages,
        "temperature": 0,
        "seed": seed,
        "max_tokens": MAX_ANSWER_TOKENS,
        "stream": False,
    }
    return json.dumps(body).encode()


def answer_text(body: bytes) -> str | None:
    """The text of a completion, or None when `body` is none."""
    try:
        return _Completion.model_validate_json(body).choices[0].message.content or ""
    except (ValidationError, ValueError):
        return None


def document_in(text: str) -> str | None:
    """The MJCF in an answer, fenced or not; None when there is none or it is too long."""
    found = _DOCUMENT.search(text)
    if found is None or len(found.group().encode("utf-8", "replace")) > MAX_XML_BYTES:
        return None
    return found.group()
