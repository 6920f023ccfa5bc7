"""Publishing by WHIP (RFC 9725): an offer by POST, pictures by WebRTC, DELETE at the end, and again when it breaks.

The same payloads as every viewer's: nothing is encoded for it. When a viewer behind the SFU cannot decode, the SFU's PLI
becomes an IDR of the shared encode.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from urllib.parse import urljoin, urlsplit

from aiortc import RTCConfiguration, RTCIceServer, RTCPeerConnection, RTCSessionDescription
from aiortc.rtcconfiguration import RTCBundlePolicy

from py_remote_viewer.stream.aiortc_adapter import loopback_candidates, prefer_h264
from py_remote_viewer.stream.broadcast import Broadcast, Subscription
from py_remote_viewer.stream.http_client import HttpAnswer, HttpFailed, request
from py_remote_viewer.stream.ice import is_loopback
from py_remote_viewer.stream.ice_links import parse_links
from py_remote_viewer.stream.packetize import SharedPicture
from py_remote_viewer.stream.publishing import LAST_RETRY_S, Publisher, PublishStats, WhipTarget, retry_delay_s
from py_remote_viewer.stream.rtp_writer import RtpWriter

log = logging.getLogger(__name__)

CONNECT_TIMEOUT_S = 15.0
GOODBYE_S = 2.0
MAX_REDIRECTS = 5
SDP = "application/sdp"


class _Ended(Exception):
    """One try is over. `refused`: asking again soon would change nothing; `retry_after`: as the server asked."""

    def __init__(self, reason: str, *, refused: bool = False, retry_after: str | None = None) -> None:
        super().__init__(reason)
        self.reason, self.refused, self.retry_after = reason, refused, retry_after


class WhipPublisher(Publisher):
    """Publishes `broadcast` for as long as it is entered. Event loop only.

    Args:
        target: the endpoint.
        broadcast: what is published; subscribed only while connected.
        token: sent as a bearer; empty: none.
        on_change: called when `is_publishing` changes.
    """

    def __init__(
        self,
        target: WhipTarget,
        broadcast: Broadcast,
        *,
        token: str = "",
        on_change: Callable[[], None] = lambda: None,
        connect_timeout_s: float = CONNECT_TIMEOUT_S,
        delay_s: Callable[[int, str | None], float] = retry_delay_s,
    ) -> None:
        super().__init__(target.shown, on_change)
        self._target = target
        self._broadcast = broadcast
        self._token = token
        self._connect_timeout_s = connect_timeout_s
        self._delay_s = delay_s
        self._ice_servers: tuple[dict[str, str], ...] = ()
        self._writer: RtpWriter | None = None
        self._subscription: Subscription | None = None
        self._before = PublishStats("whip", target.shown, "connecting")

    def stats(self) -> PublishStats:
        """How it stands."""
        writer, before = self._writer, self._before
        rtt_s = writer.rtt_s if writer else None
        return PublishStats(
            kind="whip",
            target=self._target.shown,
            state=self._state,
            reason=self._reason,
            attempts=self._attempts,
            pictures_sent=before.pictures_sent + (writer.pictures if writer else 0),
            packets_sent=before.packets_sent + (writer.packets if writer else 0),
            bytes_sent=before.bytes_sent + (writer.octets if writer else 0),
            packets_resent=before.packets_resent + (writer.resent if writer else 0),
            plis=before.plis + (writer.feedback.plis if writer else 0),
            rtt_ms=None if rtt_s is None else rtt_s * 1000,
            fraction_lost=writer.feedback.fraction_lost if writer else None,
        )

    # --- trying, and trying again ------------------------------------------------------------------------------------

    async def _run(self) -> None:
        failures = 0
        while True:
            self._set("connecting")
            self._attempts += 1
            try:
                await self._publish_once()
            except _Ended as end:
                ended = end
            except Exception as exc:
                log.exception("publishing to %s failed", self._target.shown)
                self._ice_servers = ()  # a stranger's; they may be what broke it
                ended = _Ended(f"a mistake of ours: {type(exc).__name__}")
            failures = 1 if self.is_publishing else failures + 1
            delay_s = LAST_RETRY_S if ended.refused else self._delay_s(failures, ended.retry_after)
            log.warning("publishing to %s: %s; again in %.0f s", self._target.shown, ended.reason, delay_s)
            self._set("refused" if ended.refused else "waiting", ended.reason)
            await asyncio.sleep(delay_s)

    async def _publish_once(self) -> None:
        """One connection from offer to end; always ends in an exception."""
        changed = asyncio.Event()
        configuration = RTCConfiguration(
            iceServers=[RTCIceServer(**server) for server in self._ice_servers], bundlePolicy=RTCBundlePolicy.MAX_BUNDLE
        )
        pc = RTCPeerConnection(configuration)
        pc.on("connectionstatechange", changed.set)
        resource: str | None = None
        try:
            transceiver = pc.addTransceiver("video", direction="sendonly")
            prefer_h264(transceiver)
            self._writer = RtpWriter(
                transceiver.sender,
                next_picture=self._next_picture,
                on_loss=self._broadcast.need_idr,
                on_start=lambda _codec: None,
            )
            with loopback_candidates(is_loopback(urlsplit(self._target.url).hostname)):
                await pc.setLocalDescription(await pc.createOffer())
            answered = await self._post(pc.localDescription.sdp)
            resource = urljoin(answered.url, answered.header("location") or "")
            self._ice_servers = parse_links(answered.all("link")) or self._ice_servers
            await self._connect(pc, answered, changed)
            self._set("publishing")
            log.info("publishing to %s", self._target.shown)
            while pc.connectionState == "connected":
                changed.clear()
                await changed.wait()
            raise _Ended("the connection ended")
        finally:
            await self._leave(pc, resource)

    async def _connect(self, pc: RTCPeerConnection, answered: HttpAnswer, changed: asyncio.Event) -> None:
        try:
            sdp = answered.body.decode()
            await pc.setRemoteDescription(RTCSessionDescription(sdp=sdp, type="answer"))
        except Exception as exc:  # a stranger's text in a library's parser; it answers with whatever breaks first
            raise _Ended(f"its answer does not fit: {type(exc).__name__}: {str(exc)[:100]}") from exc
        try:
            async with asyncio.timeout(self._connect_timeout_s):
                while pc.connectionState in ("new", "connecting"):
                    changed.clear()
                    await changed.wait()
        except TimeoutError:
            raise _Ended("it answered, but no media connection came about (a firewall? no ICE server?)") from None
        if pc.connectionState != "connected":
            raise _Ended(f"the media connection {pc.connectionState}")

    async def _next_picture(self) -> SharedPicture:
        if self._subscription is None:
            self._subscription = self._broadcast.subscribe()
        return await self._subscription.next()

    async def _leave(self, pc: RTCPeerConnection, resource: str | None) -> None:
        if self._subscription is not None:
            self._subscription.close()
            self._subscription = None
        self._before, self._writer = self.stats(), None
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(GOODBYE_S):
                await pc.close()
        if resource is not None:
            with contextlib.suppress(HttpFailed):
                await request("DELETE", resource, headers=self._bearer(), timeout_s=GOODBYE_S)

    # --- HTTP --------------------------------------------------------------------------------------------------------

    async def _post(self, offer: str) -> HttpAnswer:
        """The 201; redirects are followed (RFC 9725, 4.7)."""
        url = self._target.url
        for _ in range(MAX_REDIRECTS + 1):
            headers = {"Content-Type": SDP, "Accept": SDP, **self._bearer()}
            try:
                answered = await request("POST", url, headers=headers, body=offer.encode())
            except HttpFailed as exc:
                raise _Ended(f"not reached: {exc}") from exc
            if answered.status not in (307, 308):
                return _checked(answered)
            url = self._redirected(answered)
        raise _Ended(f"more than {MAX_REDIRECTS} redirects")

    def _redirected(self, answered: HttpAnswer) -> str:
        """The endpoint may name a neighbour, which gets the token too; but never in the clear when it came by TLS."""
        url = urljoin(answered.url, answered.header("location") or "")
        scheme = urlsplit(url).scheme
        if scheme not in ("http", "https") or (scheme == "http" and answered.url.startswith("https:")):
            raise _Ended(f"it redirects to {scheme or 'nowhere'}:, which is not followed", refused=True)
        return url

    def _bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._token}"} if self._token else {}


def _checked(answered: HttpAnswer) -> HttpAnswer:
    status = answered.status
    if status == 201 and answered.header("location"):
        return answered
    if status == 201:
        raise _Ended("it answered 201 without Location: not a WHIP endpoint", refused=True)
    said = answered.body[:100].decode("utf-8", "replace").strip()
    words = {401: "it wants a token (VIEWER_PUBLISH_TOKEN)", 403: "it refuses the token", 404: "no such endpoint"}
    reason = f"status {status}: {words.get(status, said) or 'without a word'}"
    refused = 400 <= status < 500 and status not in (408, 409, 425, 429)
    raise _Ended(reason, refused=refused, retry_after=answered.header("retry-after"))
