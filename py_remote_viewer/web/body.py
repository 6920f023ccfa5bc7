"""Reading a body that a stranger sends: bounded while it arrives, then parsed once."""

from __future__ import annotations

import asyncio
from typing import TypeVar

from fastapi import Request
from pydantic import BaseModel, ValidationError

from py_remote_viewer.errors import MessageInvalid, TooLarge

DISCARD_BYTES = 32 * 2**20
DISCARD_S = 5.0

Model = TypeVar("Model", bound=BaseModel)


async def read_json(request: Request, model: type[Model], limit: int) -> Model:
    """The body as `model`; reading stops at `limit` bytes.

    Raises:
        TooLarge: more than `limit`.
        MessageInvalid: not JSON, or not what `model` wants.
    """
    body = await read_bytes(request, limit, hint="A scene may hold 1 MB of MJCF.")
    try:
        return model.model_validate_json(body)
    except ValidationError as exc:
        first = exc.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "body"
        raise MessageInvalid(f"{where}: {first['msg']}", hint="docs/rest.md shows a request that works.") from None


async def read_bytes(request: Request, limit: int, *, hint: str) -> bytes:
    """The body. Raises TooLarge, with `hint`, as soon as it is known to have more than `limit` bytes."""
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > limit:
        await discard(request)
        raise TooLarge(f"more than {limit} bytes", hint=hint)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            await discard(request)
            raise TooLarge(f"more than {limit} bytes", hint=hint)
    return bytes(body)


async def discard(request: Request) -> None:
    """Let the rest go by, for a moment: who is cut off while sending never reads the answer that says why."""
    passed, more = 0, True
    try:
        async with asyncio.timeout(DISCARD_S):
            while more and passed <= DISCARD_BYTES:
                message = await request.receive()
                passed += len(message.get("body", b""))
                more = message["type"] == "http.request" and message.get("more_body", False)
    except TimeoutError:
        return
