"""What an engine says reaches whom it concerns, and what is to be known of it is known to who comes later."""

from __future__ import annotations

import json

from py_remote_viewer.protocol.engine_messages import EngineNotice, InputApplied, PeerAnswer
from py_remote_viewer.protocol.hand_input import Grip
from py_remote_viewer.protocol.look import DEFAULT_LOOK, SetLook, changed
from py_remote_viewer.rooms.room import Room
from tests.fakes import FakeParts, engine_status, picture
from tests.rooms.test_room import Watcher, shown


async def test_pictures_are_counted_and_fanned_out(room: Room) -> None:
    await shown(room, 1)
    room.reports.on_picture(picture(is_idr=False, size=50))
    assert (room.counters.pictures, room.counters.picture_bytes, room.counters.idrs) == (2, 150, 1)


async def test_what_the_engine_says_reaches_the_people(room: Room) -> None:
    await shown(room, 1)
    ada, bob = Watcher("ada"), Watcher("bob")
    room.join(ada)
    room.join(bob)
    room.reports.on_applied(InputApplied(peer_id="ada", seq=7, captured_s=2.5))
    room.reports.on_notice(EngineNotice(level="warn", text="slow"))
    assert (await ada.next("applied"))["seq"] == 7
    assert (await bob.next("notice"))["text"] == "slow"
    room.reports.on_restart("it was killed", True)
    assert (await bob.next("status"))["simulation"]["state"] == "restarting"
    said = (await bob.next("notice"))["text"]
    assert "it was killed" in said
    assert "from the last saved state; the history begins there" in said
    room.reports.on_restart("it was killed", False)
    assert "starts the scene anew; the history begins there" in (await bob.next("notice"))["text"]
    room.reports.on_status(engine_status("running"))
    status = await bob.next("status")
    assert status["simulation"]["state"] == "running"
    assert status["peers"] == 2


async def test_an_engine_that_gives_up_is_named_and_comes_back_with_a_scene(room: Room, parts: FakeParts) -> None:
    await shown(room, 1)
    room.reports.on_failed("exit code 1")
    assert room.state == "failed"
    assert "Load another scene" in room.status().simulation.reason
    assert parts.engine.ready is not None
    room.reports.on_ready(parts.engine.ready)
    assert room.state == "running"


async def test_the_look_is_told_when_it_changes_and_to_who_comes_later(room: Room, parts: FakeParts) -> None:
    await shown(room, 1)
    ada, bob = Watcher("ada"), Watcher("bob")
    room.join(ada)
    room.join(bob)
    wired = changed(DEFAULT_LOOK, SetLook(flags={"wireframe": True}))
    for _ in range(2):
        parts.engine.events.on_status(engine_status(look=wired))
    assert (await bob.next("look"))["flags"]["wireframe"]
    assert room.reports.look == wired
    told = [json.loads(await ada.outbox.take() or "")["type"] for _ in range(len(ada.outbox))]
    assert told.count("look") == 1


async def test_a_grip_is_answered_to_its_peer_alone(room: Room, parts: FakeParts) -> None:
    ada, bob = Watcher("ada"), Watcher("bob")
    room.join(ada)
    room.join(bob)
    parts.engine.events.on_answer(PeerAnswer(peer_id="bob", answer=Grip(grip=7, body="ball")))
    parts.engine.events.on_answer(PeerAnswer(peer_id="gone", answer=Grip(grip=8)))
    assert (await bob.next("grip"))["body"] == "ball"
    assert "grip" not in [json.loads(await ada.outbox.take() or "")["type"] for _ in range(len(ada.outbox))]
