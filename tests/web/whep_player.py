"""A WHEP player without a browser: aiortc, and HTTP by hand."""

from __future__ import annotations

import asyncio
import json
import re
import urllib.error
import urllib.request
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from aiortc import RTCConfiguration, RTCIceServer, RTCPeerConnection, RTCSessionDescription

from tests.stream.loopback import Viewer


@dataclass
class Answered:
    """Status, headers with lower-case names, and body."""

    status: int
    headers: dict[str, str]
    body: str
    links: list[str] = field(default_factory=list)

    @property
    def error(self) -> dict[str, Any]:
        error: dict[str, Any] = json.loads(self.body)["error"]
        return error


async def ask(method: str, url: str, body: str | None = None, **headers: str) -> Answered:
    """One request; every status is an answer. Header names are given with `_` for `-`."""

    def go() -> Answered:
        data = None if body is None else body.encode()
        request = urllib.request.Request(url, data, {k.replace("_", "-"): v for k, v in headers.items()}, method=method)
        try:
            answer = urllib.request.urlopen(request, timeout=20)
        except urllib.error.HTTPError as exc:
            answer = exc
        with answer:
            found = {name.lower(): value for name, value in answer.headers.items()}
            return Answered(answer.status, found, answer.read().decode(), answer.headers.get_all("link") or [])

    return await asyncio.to_thread(go)


class WhepPlayer(Viewer):
    """Watches a WHEP endpoint. With `audio` it also offers to receive sound, first, as many players do."""

    def __init__(self, *, audio: bool = False, servers: tuple[dict[str, str], ...] = (), policy: Any = None) -> None:
        configuration = RTCConfiguration(iceServers=[RTCIceServer(**server) for server in servers])
        if policy is not None:
            configuration.iceTransportPolicy = policy
        self.pc = RTCPeerConnection(configuration)
        if audio:
            self.pc.addTransceiver("audio", direction="recvonly")
        self.pc.addTransceiver("video", direction="recvonly")
        self.session = ""
        self.etag = ""

    async def watch(self, endpoint: str, *, trickle: bool = False, token: str = "") -> Answered:
        """POST the offer, take the answer. With `trickle`, the offer holds no candidates and they follow by PATCH."""
        bearer = {"Authorization": f"Bearer {token}"} if token else {}
        offer = await self.offer()
        candidates = re.findall(r"^a=candidate:.*$", offer, re.M)
        if trickle:
            offer = re.sub(r"^a=(candidate:.*|end-of-candidates)\r?\n", "", offer, flags=re.M)
        answered = await ask("POST", endpoint, offer, Content_Type="application/sdp", **bearer)
        if answered.status != 201:
            return answered
        self.session = urljoin(endpoint, answered.headers["location"])
        self.etag = answered.headers["etag"]
        await self.pc.setRemoteDescription(RTCSessionDescription(sdp=answered.body, type="answer"))
        if trickle:
            ufrag = re.search(r"^a=ice-ufrag:.*$", offer, re.M)
            mid = re.search(r"^a=mid:.*$", offer, re.M)
            assert ufrag
            assert mid
            lines = [ufrag[0].strip(), "m=video 9 UDP/TLS/RTP/SAVPF 0", mid[0].strip()]
            lines += [one.strip() for one in candidates]
            fragment = "".join(f"{one}\r\n" for one in [*lines, "a=end-of-candidates"])
            patched = await ask(
                "PATCH",
                self.session,
                fragment,
                Content_Type="application/trickle-ice-sdpfrag",
                If_Match=self.etag,
                **bearer,
            )
            assert patched.status == 204, patched.body
        return answered

    async def picture(self) -> Any:
        """The next decoded picture."""
        receiver = next(one for one in self.pc.getReceivers() if one.track and one.track.kind == "video")
        async with asyncio.timeout(20):
            return await receiver.track.recv()


@asynccontextmanager
async def player(**options: Any) -> AsyncIterator[WhepPlayer]:
    one = WhepPlayer(**options)
    try:
        yield one
    finally:
        await one.close()
