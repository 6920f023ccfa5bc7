"""A bad link for a peer of these tests: what it sends is written down, dropped, or held back, by rule and not by chance."""

from __future__ import annotations

import asyncio
from typing import Any

from py_remote_viewer.clock import now_s
from py_remote_viewer.stream.peer import WebRtcPeer


class BadLink:
    """Stands between a connected peer and its socket.

    Attributes:
        sent: `(time, size)` of every datagram of media that the peer sent.
    """

    def __init__(self, peer: WebRtcPeer, *, drop_every: int = 0, delay_s: float = 0.0) -> None:
        self.sent: list[tuple[float, int]] = []
        self._drop_every = drop_every
        self._delay_s = delay_s
        self._count = 0
        seams: Any = peer._writer._seams
        self._udp = seams.udp
        seams.udp = self._through

    def _through(self) -> Any:
        sendto, address, backlog = self._udp()
        loop = asyncio.get_running_loop()

        def send(data: bytes, to: tuple[str, int]) -> None:
            self.sent.append((now_s(), len(data)))
            self._count += 1
            if self._drop_every and self._count % self._drop_every == 0:
                return
            if self._delay_s:
                loop.call_later(self._delay_s, sendto, data, to)
            else:
                sendto(data, to)

        return send, address, backlog
