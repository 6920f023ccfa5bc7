"""Live values of the running model for all peers of the room: each wanted field read and written as text once, at most 30
times a second, and only when something has changed. While nobody watches, a call costs one comparison.
"""

from __future__ import annotations

from collections.abc import Callable

from py_remote_viewer.errors import ViewerError
from py_remote_viewer.protocol.engine_values import FieldsGranted, FieldsResolved, ValuesSampled, WatchFields
from py_remote_viewer.protocol.panels import MAX_VALUES_HZ
from py_remote_viewer.sim.fields import Fields
from py_remote_viewer.sim.simulation import Simulation

MAX_PEER_VALUES = 2048
MAX_ROOM_VALUES = 8192
MOST_KNOWN = 10_000

Send = Callable[[FieldsResolved | ValuesSampled, bytes], None]


class ValueFeed:
    """Who watches what. Engine's main thread."""

    def __init__(self, send: Send) -> None:
        """`send`: a message for the server, with the bytes that belong to it."""
        self._send = send
        self._wanted: dict[str, tuple[str, ...]] = {}
        self._period_s = 1.0 / MAX_VALUES_HZ
        self._simulation: Simulation | None = None
        self._fields: Fields | None = None
        self._names: tuple[str, ...] = ()
        self._known: dict[str, int | str] = {}
        self._changed = False
        self._next_s = 0.0
        self.samples = 0

    @property
    def is_watched(self) -> bool:
        """Whether anybody sees anything."""
        return bool(self._names)

    def watch(self, wanted: WatchFields) -> None:
        """This is what peers want from now on."""
        self._wanted = dict(wanted.peers)
        self._period_s = 1.0 / wanted.hz
        self._resolve()

    def show(self, simulation: Simulation) -> None:
        """Another model is on the stage."""
        if self._fields is not None:
            self._fields.close()
        self._simulation = simulation
        self._fields = Fields(simulation.model, simulation.data)
        self._known.clear()
        self._resolve()

    def touch(self) -> None:
        """The state has changed."""
        self._changed = True

    def wait_s(self, now: float) -> float | None:
        """How long until `feed` has something to send; None when only a change brings that."""
        return max(0.0, self._next_s - now) if self._changed and self._names else None

    def feed(self, now: float) -> None:
        """Send the values if they are due."""
        if not self._names or not self._changed or now < self._next_s:
            return
        assert self._fields is not None
        assert self._simulation is not None
        self._next_s = (self._next_s if now - self._next_s < self._period_s else now) + self._period_s
        self._changed = False
        self.samples += 1
        texts = [self._fields.read(name).encode() for name in self._names]
        sampled = ValuesSampled(
            time_s=self._simulation.time_s,
            sampled_s=now,
            fields=self._names,
            lengths=tuple(len(text) for text in texts),
        )
        self._send(sampled, b"".join(texts))

    def _resolve(self) -> None:
        """Grant each peer what this model has, within its share and the room's."""
        if self._fields is None:
            return
        if len(self._known) > MOST_KNOWN:
            self._known.clear()
        union: dict[str, int] = {}
        granted = [self._grant(peer_id, fields, union) for peer_id, fields in self._wanted.items()]
        self._names = tuple(union)
        self._fields.prepare(self._names)
        self._changed = True
        self._next_s = 0.0
        if granted:
            self._send(FieldsResolved(granted=tuple(granted)), b"")

    def _grant(self, peer_id: str, wanted: tuple[str, ...], union: dict[str, int]) -> FieldsGranted:
        taken: list[str] = []
        problems: dict[str, str] = {}
        total, room_total = 0, sum(union.values())
        for name in dict.fromkeys(wanted):
            count = self._count(name)
            if isinstance(count, str):
                problems[name] = count
                continue
            more = 0 if name in union else count
            if total + count > MAX_PEER_VALUES or room_total + more > MAX_ROOM_VALUES:
                problems[name] = f"too much is watched: {MAX_PEER_VALUES} values a page, {MAX_ROOM_VALUES} a room"
                continue
            total += count
            room_total += more
            union[name] = count
            taken.append(name)
        return FieldsGranted(peer_id=peer_id, fields=tuple(taken), problems=problems)

    def _count(self, name: str) -> int | str:
        """How many values a field has, or why it cannot be watched; asked of the model once."""
        known = self._known.get(name)
        if known is None:
            assert self._fields is not None
            try:
                known = self._fields.count(name)
            except ViewerError as exc:
                known = f"{exc.message}. {exc.hint}"
            self._known[name] = known
        return known
