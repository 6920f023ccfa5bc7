"""An OpenAI-compatible endpoint in every mood: it answers what it is told to, and keeps what it was asked."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.served import listening


class LanguageModel:
    """Gives `answers` one after the other, the last for ever; a number is an HTTP status, None is silence."""

    def __init__(self) -> None:
        self.url = ""
        self.answers: list[str | int | bytes | None] = []
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.app = Starlette(routes=[Route("/v1/chat/completions", self._complete, methods=["POST"])])

    async def _complete(self, request: Request) -> Response:
        self.asked.append(await request.json())
        self.keys.append(request.headers.get("authorization"))
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if answer is None:
            await asyncio.sleep(30)
        if isinstance(answer, int):
            return JSONResponse({"error": {"message": f"no, {self.keys[-1]}"}}, answer)
        if isinstance(answer, bytes):
            return Response(answer, media_type="application/json")
        return JSONResponse({"id": "1", "choices": [{"index": 0, "message": {"role": "assistant", "content": answer}}]})


@asynccontextmanager
async def language_model(*answers: str | int | bytes | None) -> AsyncIterator[LanguageModel]:
    """One that listens on 127.0.0.1."""
    model = LanguageModel()
    model.answers = list(answers)
    async with listening(model.app) as url:
        model.url = f"{url}/v1"
        yield model
