"""A WHIP endpoint in front of Janus' video room, which has none of its own: offers go in over Janus' HTTP API."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.served import listening
from tests.sfu.janus import ROOM, Janus, JanusSession


class WhipBridge:
    """One publisher a session; `feeds` are what viewers of the video room subscribe to."""

    def __init__(self, janus: Janus, token: str) -> None:
        self.url = ""
        self.feeds: list[int] = []
        self.ended = 0
        self._janus = janus
        self._token = token
        self._sessions: dict[str, JanusSession] = {}
        self.app = Starlette(
            routes=[
                Route("/whip/viewer", self._publish, methods=["POST"]),
                Route("/session/{name}", self._end, methods=["DELETE"]),
            ]
        )

    async def _publish(self, request: Request) -> Response:
        if request.headers.get("authorization") != f"Bearer {self._token}":
            return Response("", 401)
        session = await self._janus.session()
        await session.attach("videoroom")
        joined = await session.ask({"request": "join", "ptype": "publisher", "room": ROOM, "display": "viewer"})
        offer = (await request.body()).decode()
        answered = await session.ask({"request": "configure", "video": True}, offer, "offer")
        name = secrets.token_hex(8)
        self._sessions[name] = session
        self.feeds.append(joined["id"])
        headers = {"Location": f"/session/{name}", "ETag": '"1"'}
        return Response(answered["sdp"], 201, headers, "application/sdp")

    async def _end(self, request: Request) -> Response:
        session = self._sessions.pop(request.path_params["name"], None)
        if session is None:
            return Response("", 404)
        await session.destroy()
        self.ended += 1
        return Response("", 200)


@asynccontextmanager
async def whip_bridge(janus: Janus, token: str) -> AsyncIterator[WhipBridge]:
    bridge = WhipBridge(janus, token)
    async with listening(bridge.app) as url:
        bridge.url = f"{url}/whip/viewer"
        yield bridge
