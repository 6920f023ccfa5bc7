import asyncio
import json
from typing import Any

import pytest

from py_remote_viewer.protocol.engine_values import FieldsGranted, FieldsResolved, ValuesSampled
from py_remote_viewer.protocol.messages import server_message
from py_remote_viewer.protocol.panels import Values
from py_remote_viewer.rooms.peer import Peer
from py_remote_viewer.rooms.room import Room
from py_remote_viewer.rooms.scene_source import SceneSource
from tests.fakes import FakeParts


def sampled(at_s: float, **arrays: str) -> tuple[ValuesSampled, bytes]:
    """What an engine would send; values by field as JSON."""
    message = ValuesSampled(
        time_s=0.1, sampled_s=at_s, fields=tuple(arrays), lengths=tuple(len(text) for text in arrays.values())
    )
    return message, "".join(arrays.values()).encode()


def granted(**peers: tuple[str, ...]) -> FieldsResolved:
    return FieldsResolved(granted=tuple(FieldsGranted(peer_id=name, fields=fields) for name, fields in peers.items()))


def join(room: Room, parts: FakeParts, name: str) -> Peer:
    peer = Peer(room, parts.room_parts(), token="")
    peer.receive(json.dumps({"type": "hello", "protocol": 1, "peer_id": name}))
    return peer


def watch(peer: Peer, *fields: str, **more: object) -> None:
    peer.receive(json.dumps({"type": "watch_values", "fields": fields, **more}))


async def told(peer: Peer, kind: str) -> list[dict[str, Any]]:
    waiting = [json.loads(await peer.outbox.take() or "") for _ in range(len(peer.outbox))]
    return [message for message in waiting if message["type"] == kind]


async def asked(parts: FakeParts, peers: dict[str, tuple[str, ...]]) -> None:
    """Return when this is what the engine was told last."""
    async with asyncio.timeout(5):
        while not parts.engine.watched or parts.engine.watched[-1].peers != peers:
            parts.engine.watched_anew.clear()
            await parts.engine.watched_anew.wait()


@pytest.fixture
def ada(room: Room, parts: FakeParts) -> Peer:
    return join(room, parts, "ada")


@pytest.fixture
def bob(room: Room, parts: FakeParts) -> Peer:
    return join(room, parts, "bob")


async def test_the_engine_hears_everybodys_wishes_and_each_gets_its_own(
    room: Room, parts: FakeParts, ada: Peer, bob: Peer
) -> None:
    await room.load_scene(SceneSource(preset="pendulum"))
    watch(ada, "qpos", "time", hz=10)
    watch(bob, "qpos")
    await asked(parts, {"ada": ("qpos", "time"), "bob": ("qpos",)})
    assert parts.engine.watched[-1].hz == 30
    room.reports.on_fields(granted(ada=("qpos", "time"), bob=("qpos",)))
    room.reports.on_values(*sampled(1.0, qpos="[1,2.5]", time="[0.1]"))
    assert (await told(ada, "values")) == [
        {"type": "values", "time_s": 0.1, "values": {"qpos": [1, 2.5], "time": [0.1]}}
    ]
    assert [message["values"] for message in await told(bob, "values")] == [{"qpos": [1, 2.5]}]


async def test_what_is_sent_is_what_the_protocol_says(room: Room, parts: FakeParts, ada: Peer) -> None:
    await room.load_scene(SceneSource(preset="pendulum"))
    watch(ada, "qpos[0:3]")
    room.reports.on_fields(granted(ada=("qpos[0:3]",)))
    room.reports.on_values(*sampled(1.0, **{"qpos[0:3]": "[1e-09,null,-3]"}))
    (message,) = await told(ada, "values")
    parsed = server_message.validate_python(message)
    assert isinstance(parsed, Values)
    assert parsed.values == {"qpos[0:3]": (1e-9, None, -3)}


async def test_who_asks_for_ten_a_second_gets_ten(room: Room, parts: FakeParts, ada: Peer, bob: Peer) -> None:
    await room.load_scene(SceneSource(preset="pendulum"))
    watch(ada, "time", hz=10)
    watch(bob, "time")
    room.reports.on_fields(granted(ada=("time",), bob=("time",)))
    counts = {"ada": 0, "bob": 0}
    for number in range(60):
        room.reports.on_values(*sampled(1.0 + number / 30, time="[0]"))
        counts["ada"] += len(await told(ada, "values"))
        counts["bob"] += len(await told(bob, "values"))
    assert counts == {"ada": 20, "bob": 60}


async def test_a_peer_that_does_not_read_has_one_line_waiting_the_newest(
    room: Room, parts: FakeParts, ada: Peer
) -> None:
    await room.load_scene(SceneSource(preset="pendulum"))
    watch(ada, "time")
    room.reports.on_fields(granted(ada=("time",)))
    before = len(ada.outbox)
    for number in range(500):
        room.reports.on_values(*sampled(number / 30, time=f"[{number}]"))
    assert len(ada.outbox) == before + 1
    assert ada.outbox.dropped == 499
    assert [message["values"]["time"] for message in await told(ada, "values")] == [[499]]


async def test_a_peer_is_told_what_it_cannot_watch_once(room: Room, parts: FakeParts, ada: Peer) -> None:
    await room.load_scene(SceneSource(preset="pendulum"))
    watch(ada, "qpos", "qpso")
    answer = FieldsResolved(
        granted=(FieldsGranted(peer_id="ada", fields=("qpos",), problems={"qpso": "Did you mean qpos?"}),)
    )
    room.reports.on_fields(answer)
    room.reports.on_fields(answer)
    assert await told(ada, "watching") == [
        {"type": "watching", "fields": ["qpos"], "problems": {"qpso": "Did you mean qpos?"}}
    ]


async def test_who_leaves_or_looks_away_is_not_asked_for_any_more(
    room: Room, parts: FakeParts, ada: Peer, bob: Peer
) -> None:
    await room.load_scene(SceneSource(preset="pendulum"))
    watch(ada, "qpos")
    watch(bob, "qvel")
    room.leave(bob)
    await asked(parts, {"ada": ("qpos",)})
    watch(ada)
    await asked(parts, {})
    room.reports.on_values(*sampled(1.0, qpos="[1]"))
    assert await told(ada, "values") == []
    assert room.values.watchers == 0


@pytest.mark.parametrize(
    "message",
    [
        {"fields": ["qpos"] * 49},
        {"fields": ["qpos; drop"]},
        {"fields": ["q" * 70]},
        {"fields": ["qpos[-1]"]},
        {"fields": ["qpos"], "hz": 0},
        {"fields": ["qpos"], "hz": 1000},
        {"fields": "qpos"},
    ],
)
async def test_a_malformed_wish_is_refused(room: Room, parts: FakeParts, ada: Peer, message: dict[str, Any]) -> None:
    await told(ada, "welcome")
    ada.receive(json.dumps({"type": "watch_values", **message}))
    (error,) = await told(ada, "error")
    assert error["code"] == "message_invalid"
    assert room.values.watchers == 0


async def test_a_peer_that_changes_its_mind_all_the_time_costs_the_engine_little(
    room: Room, parts: FakeParts, ada: Peer
) -> None:
    await room.load_scene(SceneSource(preset="pendulum"))
    for number in range(200):
        watch(ada, f"qpos[{number}]")
    await asked(parts, {"ada": ("qpos[199]",)})
    assert len(parts.engine.watched) < 10
