"""Publishing by plain RTP (RFC 3550, RFC 6184): the shared payloads to one UDP port, for a media server nearby.

Nobody can ask for an IDR on this way, so there is one every second. Nobody says goodbye either; but a port of a reachable
machine that nothing listens on answers with ICMP, and then nothing is sent, and nothing encoded for it, until that stops.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import socket
import struct
from collections.abc import Callable

from py_remote_viewer.errors import SettingsInvalid
from py_remote_viewer.stream.broadcast import Broadcast, SubscriptionEnded
from py_remote_viewer.stream.packetize import SharedPicture
from py_remote_viewer.stream.publishing import (
    LAST_RETRY_S,
    Publisher,
    PublishStats,
    RtpTarget,
    require_private,
    retry_delay_s,
)

log = logging.getLogger(__name__)

PAYLOAD_TYPE = 96
IDR_EVERY_S = 1.0
MAX_BACKLOG_BYTES = 256_000
PROBE_S = 0.25  # an ICMP answer of the same network is there by then
_HEADER = struct.Struct("!BBHII")
_VERSION, _MARKER = 0x80, 0x80
_EMPTY_REPORT = struct.Struct("!BBHI")  # a receiver report without blocks (RFC 3550, 6.4.2): means nothing to anybody
_RECEIVER_REPORT = 201


class RtpPublisher(Publisher):
    """Publishes `broadcast` for as long as it is entered. Event loop only.

    Args:
        target: where to; names are looked up at each try.
        broadcast: what is published; subscribed only while something listens there.
        unencrypted_anywhere: public addresses too.
        on_change: called when `is_publishing` changes.
    """

    def __init__(
        self,
        target: RtpTarget,
        broadcast: Broadcast,
        *,
        unencrypted_anywhere: bool = False,
        on_change: Callable[[], None] = lambda: None,
        delay_s: Callable[[int, str | None], float] = retry_delay_s,
    ) -> None:
        super().__init__(target.shown, on_change)
        self._target = target
        self._broadcast = broadcast
        self._unencrypted_anywhere = unencrypted_anywhere
        self._delay_s = delay_s
        self._pictures = self._packets = self._bytes = 0
        self._ssrc = secrets.randbits(32)
        self._origin = secrets.randbits(32)
        self._sequence = secrets.randbits(15)

    def stats(self) -> PublishStats:
        """How it stands."""
        return PublishStats(
            kind="rtp",
            target=self._target.shown,
            state=self._state,
            reason=self._reason,
            attempts=self._attempts,
            pictures_sent=self._pictures,
            packets_sent=self._packets,
            bytes_sent=self._bytes,
        )

    async def _run(self) -> None:
        failures = 0
        while True:
            self._set("connecting")
            self._attempts += 1
            refused = False
            try:
                await self._publish_once()
            except ConnectionRefusedError:
                reason = "nothing listens there"
            except OSError as exc:
                reason = exc.strerror or str(exc)
            except SettingsInvalid as exc:
                reason, refused = f"{exc.message}. {exc.hint}", True
            except SubscriptionEnded:
                self._set("waiting", "the room closes")
                return
            except Exception as exc:
                log.exception("publishing to %s failed", self._target.shown)
                reason = f"a mistake of ours: {type(exc).__name__}"
            failures = 1 if self.is_publishing else failures + 1
            delay_s = LAST_RETRY_S if refused else self._delay_s(failures, None)
            if failures == 1 or refused:
                log.warning("publishing to %s: %s", self._target.shown, reason)
            self._set("refused" if refused else "waiting", reason)
            await asyncio.sleep(delay_s)

    async def _publish_once(self) -> None:
        """Send until nothing listens any more; always ends in an exception."""
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(self._target.host, self._target.port, type=socket.SOCK_DGRAM)
        family, _, _, _, address = found[0]
        require_private(str(address[0]), self._target, unencrypted_anywhere=self._unencrypted_anywhere)
        transport, port = await loop.create_datagram_endpoint(
            _Port, remote_addr=(str(address[0]), self._target.port), family=family
        )
        try:
            transport.sendto(_EMPTY_REPORT.pack(_VERSION, _RECEIVER_REPORT, 1, self._ssrc))
            await asyncio.sleep(PROBE_S)
            port.check()
            self._set("publishing")
            log.info("publishing to %s", self._target.shown)
            await self._send_pictures(transport, port)
        finally:
            transport.close()

    async def _send_pictures(self, transport: asyncio.DatagramTransport, port: _Port) -> None:
        """Send until something is wrong; asks for an IDR whenever a second has passed without one."""
        loop = asyncio.get_running_loop()
        idr_due = loop.time() + IDR_EVERY_S
        with self._broadcast.subscribe() as subscription:
            port.on_error = subscription.close
            while True:
                if loop.time() >= idr_due:
                    self._broadcast.need_idr()
                    idr_due = loop.time() + IDR_EVERY_S
                try:
                    async with asyncio.timeout_at(idr_due):
                        shared = await subscription.next()
                except TimeoutError:
                    continue
                except SubscriptionEnded:
                    port.check()
                    raise
                if shared.picture.is_idr:
                    idr_due = loop.time() + IDR_EVERY_S
                self._send(transport, shared)

    def _send(self, transport: asyncio.DatagramTransport, shared: SharedPicture) -> None:
        if transport.get_write_buffer_size() > MAX_BACKLOG_BYTES:  # type: ignore[attr-defined]  # typeshed has it not
            return  # the kernel takes nothing; the next IDR mends the picture
        timestamp = (self._origin + shared.timestamp) & 0xFFFFFFFF
        payloads = shared.payloads
        last = len(payloads) - 1
        for index, payload in enumerate(payloads):
            kind = PAYLOAD_TYPE | _MARKER if index == last else PAYLOAD_TYPE
            transport.sendto(_HEADER.pack(_VERSION, kind, self._sequence, timestamp, self._ssrc) + payload)
            self._sequence = (self._sequence + 1) & 0xFFFF
            self._bytes += len(payload)
        self._packets += len(payloads)
        self._pictures += 1


class _Port(asyncio.DatagramProtocol):
    """Remembers what the network said of the port; what is sent to us is not read."""

    def __init__(self) -> None:
        self.error: OSError | None = None
        self.on_error: Callable[[], None] = lambda: None

    def error_received(self, exc: Exception) -> None:
        """ICMP, in general: nothing listens there."""
        if self.error is None:
            self.error = exc if isinstance(exc, OSError) else OSError(str(exc))
            self.on_error()

    def check(self) -> None:
        """Raise what was said."""
        if self.error is not None:
            raise self.error
