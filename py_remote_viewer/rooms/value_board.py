"""Who in a room watches which live values: one wish for the engine, and to each peer its own share of the answer.

The engine sends every field once; here it is cut out as text and handed on, so that thirty pupils with the same plots cost
one line. A peer that reads slowly has the newest values waiting for it and no older ones.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from py_remote_viewer.protocol.engine_values import FieldsResolved, ValuesSampled, WatchFields
from py_remote_viewer.protocol.panels import Watching, WatchValues
from py_remote_viewer.rooms.member import Member
from py_remote_viewer.rooms.outbox import Line, line

TELL_EVERY_S = 0.05


@dataclass(slots=True)
class _Watcher:
    wanted: WatchValues
    granted: tuple[str, ...] = ()
    told: Watching | None = None
    next_s: float = 0.0


class ValueBoard:
    """Of one room. Event loop only."""

    def __init__(self, members: Mapping[str, Member], to_engine: Callable[[WatchFields], None]) -> None:
        """Args:
        members: the room's, by peer_id.
        to_engine: hand over what is wanted by all.
        """
        self._members = members
        self._to_engine = to_engine
        self._watchers: dict[str, _Watcher] = {}
        self._told_s = -TELL_EVERY_S
        self._waiting: asyncio.TimerHandle | None = None

    @property
    def watchers(self) -> int:
        """How many peers watch anything."""
        return len(self._watchers)

    def watch(self, peer_id: str, wanted: WatchValues) -> None:
        """What `peer_id` wants from now on."""
        if wanted.fields:
            self._watchers[peer_id] = _Watcher(wanted)
        else:
            self._watchers.pop(peer_id, None)
        self.tell_engine()

    def forget(self, peer_id: str) -> None:
        """It has left."""
        if self._watchers.pop(peer_id, None) is not None:
            self.tell_engine()

    def tell_engine(self) -> None:
        """Say what is wanted by all: at once, or a moment later where it has just been said, so that wishes cost little."""
        if self._waiting is not None:
            return
        loop = asyncio.get_running_loop()
        wait_s = self._told_s + TELL_EVERY_S - loop.time()
        if wait_s > 0:
            self._waiting = loop.call_later(wait_s, self._tell_now)
        else:
            self._tell_now()

    def _tell_now(self) -> None:
        self._waiting = None
        self._told_s = asyncio.get_running_loop().time()
        fields = {peer_id: watcher.wanted.fields for peer_id, watcher in self._watchers.items()}
        if fields:
            self._to_engine(WatchFields(peers=fields, hz=max(w.wanted.hz for w in self._watchers.values())))
        else:
            self._to_engine(WatchFields())

    def resolved(self, message: FieldsResolved) -> None:
        """What each peer gets of what it wants; it is told where that has changed."""
        for granted in message.granted:
            watcher, member = self._watchers.get(granted.peer_id), self._members.get(granted.peer_id)
            if watcher is None or member is None:
                continue
            wanted = set(watcher.wanted.fields)  # what is granted may answer an older wish
            watcher.granted = tuple(field for field in granted.fields if field in wanted)
            watching = Watching(fields=watcher.granted, problems=granted.problems)
            if watching != watcher.told:
                watcher.told = watching
                member.outbox.put(line(watching))

    def deliver(self, sampled: ValuesSampled, data: bytes) -> None:
        """Hand out the values, to each peer at most as often as it asked."""
        texts = _cut(sampled, data)
        made: dict[tuple[str, ...], Line] = {}
        for peer_id, watcher in self._watchers.items():
            member = self._members.get(peer_id)
            period_s = 1.0 / watcher.wanted.hz
            if member is None or not watcher.granted or sampled.sampled_s < watcher.next_s - 0.25 * period_s:
                continue
            late_s = sampled.sampled_s - watcher.next_s
            watcher.next_s = (watcher.next_s if late_s < period_s else sampled.sampled_s) + period_s
            if watcher.granted not in made:
                made[watcher.granted] = _values_line(sampled.time_s, watcher.granted, texts)
            member.outbox.put(made[watcher.granted])


def _cut(sampled: ValuesSampled, data: bytes) -> dict[str, str]:
    """The JSON array of each field."""
    texts: dict[str, str] = {}
    at = 0
    for field, length in zip(sampled.fields, sampled.lengths, strict=True):
        texts[field] = data[at : at + length].decode("ascii")
        at += length
    return texts


def _values_line(time_s: float, fields: tuple[str, ...], texts: Mapping[str, str]) -> Line:
    """A `values` message, put together from text: parsing thousands of numbers to write them again would stall the loop."""
    parts = ",".join(f"{json.dumps(field)}:{texts[field]}" for field in fields if field in texts)
    return Line(f'{{"type":"values","time_s":{time_s!r},"values":{{{parts}}}}}', droppable=True, only_newest="values")
