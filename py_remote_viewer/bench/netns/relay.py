"""The packet relay, a process inside a namespace: `python -m py_remote_viewer.bench.netns.relay A B SEED`.

It copies Ethernet frames between the interfaces A and B through raw sockets (`netem` is missing from many kernels; this
needs none). Line protocol on standard input, JSON: `{"shape": {...}}` sets both directions, `{"shape": {...}, "direction":
"a_to_b"}` one of them; any line is answered with the counters of both. End of input ends the process.
"""

from __future__ import annotations

import json
import os
import select
import socket
import sys
from collections import deque
from dataclasses import asdict

from py_remote_viewer.bench.netns.shape import Direction, LinkShape
from py_remote_viewer.clock import now_s

_ETH_P_ALL = 3
_SOL_PACKET, _PACKET_IGNORE_OUTGOING = 263, 23
_RECEIVE_BUFFER = 4_000_000
_BATCH = 64  # frames read before what is due is sent
_LONGEST_FRAME = 65_600


def _raw(interface: str) -> socket.socket:
    """A raw socket that sees what comes in at `interface`, and not what we send there."""
    made = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(_ETH_P_ALL))
    made.setsockopt(_SOL_PACKET, _PACKET_IGNORE_OUTGOING, 1)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _RECEIVE_BUFFER)
    made.bind((interface, 0))
    made.setblocking(False)
    return made


class _Way:
    """One direction: from socket to socket, through a `Direction`."""

    def __init__(self, source: socket.socket, target: socket.socket, seed: int) -> None:
        self.source = source
        self.direction = Direction(LinkShape(), seed)
        self._target = target
        self._travelling: deque[tuple[float, bytes]] = deque()  # in order of arrival: nothing overtakes

    def read(self) -> None:
        """Take in what has come."""
        for _ in range(_BATCH):
            try:
                frame = self.source.recv(_LONGEST_FRAME)
            except BlockingIOError:
                return
            except OSError:
                return  # the interface is down for a moment
            due = self.direction.due_s(frame, now_s())
            if due is not None:
                self._travelling.append((due, frame))

    def send_due(self) -> float | None:
        """Send what is due; returns when the next frame is."""
        travelling = self._travelling
        while travelling:
            due, frame = travelling[0]
            if due > now_s():
                return due
            travelling.popleft()
            try:
                self._target.send(frame)
            except OSError:
                self.direction.counters.overflowed += 1
        return None


def relay(first: str, second: str, seed: int) -> None:
    """Copy frames both ways until standard input ends."""
    with _raw(first) as a, _raw(second) as b:
        there, back = _Way(a, b, seed), _Way(b, a, seed + 1)
        ways = {a.fileno(): there, b.fileno(): back}
        text = b""
        while True:
            nexts = [due for way in (there, back) if (due := way.send_due()) is not None]
            wait_s = max(0.0, min(nexts) - now_s()) if nexts else None
            readable, _, _ = select.select([*ways, 0], [], [], wait_s)
            for one in readable:
                if one:
                    ways[one].read()
                    continue
                more = os.read(0, 65_536)
                if not more:
                    return
                *lines, text = (text + more).split(b"\n")
                for line in lines:
                    _answer(line, there.direction, back.direction)


def _answer(line: bytes, a_to_b: Direction, b_to_a: Direction) -> None:
    request = json.loads(line)
    if "shape" in request:
        shape = LinkShape(**request["shape"])
        only = request.get("direction")
        if only != "b_to_a":
            a_to_b.shape = shape
        if only != "a_to_b":
            b_to_a.shape = shape
    print(json.dumps({"a_to_b": asdict(a_to_b.counters), "b_to_a": asdict(b_to_a.counters)}), flush=True)


if __name__ == "__main__":
    relay(sys.argv[1], sys.argv[2], int(sys.argv[3]))
