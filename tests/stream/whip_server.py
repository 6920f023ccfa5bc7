"""A WHIP endpoint on aiortc that can be in every mood: busy, moved, strict about tokens, gone."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import av
from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.served import listening


class WhipServer:
    """Takes publishers; keeps what they sent."""

    def __init__(self) -> None:
        self.url = ""
        self.token = ""
        self.answers: list[tuple[int, dict[str, str]]] = []  # given first, one per POST; then 201
        self.links: list[str] = []
        self.requests: list[tuple[str, str, str | None]] = []  # method, path, Authorization
        self.sessions: dict[str, RTCPeerConnection] = {}
        self.tracks: asyncio.Queue[Any] = asyncio.Queue()
        self.deleted: list[str] = []
        self.app = Starlette(
            routes=[
                Route("/whip/{room}", self._publish, methods=["POST"]),
                Route("/session/{name}", self._delete, methods=["DELETE"]),
            ]
        )

    async def close(self) -> None:
        await asyncio.gather(*(pc.close() for pc in self.sessions.values()))

    async def picture(self) -> av.VideoFrame:
        """The first decoded picture of the next publisher."""
        async with asyncio.timeout(20):
            track = await self.tracks.get()
            frame = await track.recv()
        assert isinstance(frame, av.VideoFrame)
        return frame

    async def _publish(self, request: Request) -> Response:
        self.requests.append(("POST", request.url.path, request.headers.get("authorization")))
        if self.answers:
            status, headers = self.answers.pop(0)
            return Response("", status, headers)
        if self.token and request.headers.get("authorization") != f"Bearer {self.token}":
            return Response("", 401, {"WWW-Authenticate": "Bearer"})
        assert request.headers["content-type"] == "application/sdp"
        offer = (await request.body()).decode()
        assert "a=sendonly" in offer
        pc = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        pc.on("track", self.tracks.put_nowait)
        await pc.setRemoteDescription(RTCSessionDescription(sdp=offer, type="offer"))
        await pc.setLocalDescription(await pc.createAnswer())
        name = secrets.token_hex(4)
        self.sessions[name] = pc
        response = Response(pc.localDescription.sdp, 201, {"Location": f"/session/{name}"}, "application/sdp")
        response.headers["ETag"] = '"1"'
        for link in self.links:
            response.headers.append("Link", link)
        return response

    async def _delete(self, request: Request) -> Response:
        name = request.path_params["name"]
        self.requests.append(("DELETE", request.url.path, request.headers.get("authorization")))
        self.deleted.append(name)
        return Response("", 200)


@asynccontextmanager
async def whip_server() -> AsyncIterator[WhipServer]:
    server = WhipServer()
    async with listening(server.app) as url:
        server.url = f"{url}/whip/main"
        try:
            yield server
        finally:
            await server.close()
