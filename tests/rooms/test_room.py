import asyncio
import json
import os
from typing import Any

import pytest

from py_remote_viewer.config import Settings
from py_remote_viewer.errors import EngineFailed, MessageInvalid, RoomBusy, SceneChanged, SceneInvalid, SceneNotFound
from py_remote_viewer.protocol.scene_edits import KeptPose
from py_remote_viewer.rooms.member import PeerFigures
from py_remote_viewer.rooms.outbox import Outbox
from py_remote_viewer.rooms.room import Room
from py_remote_viewer.rooms.scene_source import Exchange, SceneSource, ShownScene
from tests.fakes import FakeClock, FakeFanout, FakeParts, compiled


class Watcher:
    """A member that only keeps what it is told."""

    def __init__(self, peer_id: str, *, watching: bool = True) -> None:
        self.peer_id = peer_id
        self.outbox = Outbox()
        self.is_watching = watching

    @property
    def figures(self) -> PeerFigures:
        return PeerFigures("", "joined", 0, 0, 0, 0, None, None)

    async def next(self, kind: str) -> dict[str, Any]:
        """The next message of `kind`; others are thrown away."""
        async with asyncio.timeout(5):
            while True:
                text = await self.outbox.take()
                assert text is not None
                message: dict[str, Any] = json.loads(text)
                if message["type"] == kind:
                    return message


async def shown(room: Room, scene_id: int) -> None:
    """Wait until the room shows its scene `scene_id`."""
    watcher = Watcher("shown")
    room.join(watcher)
    while room.scene is None or room.scene.scene_id < scene_id:
        await watcher.next("scene_updated")
    room.leave(watcher)


def test_a_source_is_exactly_one_thing() -> None:
    for wrong in ({}, {"preset": "a", "xml": "<mujoco/>"}):
        with pytest.raises(MessageInvalid):
            SceneSource(**wrong)


async def test_the_first_scene_is_shown_and_everybody_is_told_of_the_next(room: Room) -> None:
    await shown(room, 1)
    assert room.scene is not None
    assert room.scene.preset == "humanoid"
    ada, bob = Watcher("ada"), Watcher("bob")
    room.join(ada)
    room.join(bob)
    scene = await room.load_scene(SceneSource(preset="pendulum"), by="ada")
    assert scene.scene_id == 2
    for watcher in (ada, bob):
        message = await watcher.next("scene_updated")
        assert (message["name"], message["scene_id"], message["by"]) == ("pendulum", 2, "ada")


async def test_a_scene_that_is_refused_leaves_the_running_one(room: Room, parts: FakeParts) -> None:
    await shown(room, 1)
    before = parts.engine.scene
    with pytest.raises(SceneInvalid) as caught:
        await room.load_scene(SceneSource(xml="<mujoco><geon/></mujoco>"))
    assert caught.value.details == {"line": 3, "element": "geon"}
    with pytest.raises(SceneNotFound):
        await room.load_scene(SceneSource(preset="nothing"))
    assert parts.engine.scene is before
    assert room.scene is not None
    assert room.scene.name == "humanoid"
    assert room.counters.loads_failed == 2


async def test_a_change_of_a_scene_that_is_gone_is_refused_and_says_which_came(room: Room, parts: FakeParts) -> None:
    await shown(room, 1)
    mine = await room.load_scene(SceneSource(preset="pendulum"), exchange=Exchange(keep_pose=True, based_on=1))
    assert (mine.scene_id, mine.kept, mine.message().kept) == (2, KeptPose(joints=1, joints_of=2), mine.kept)
    with pytest.raises(SceneChanged) as caught:
        await room.load_scene(SceneSource(xml="<mujoco/>"), by="bob", exchange=Exchange(based_on=1))
    assert caught.value.details == {"scene_id": 2, "title": "Pendulum", "by": None}
    parts.compiler.gate.clear()
    async with asyncio.TaskGroup() as group:  # also when the other one is only on its way
        group.create_task(room.load_scene(SceneSource(preset="cart_pole")))
        await parts.compiler.begun("cart_pole")
        late = group.create_task(refused(room.load_scene(SceneSource(xml="<mujoco/>"), exchange=Exchange(based_on=2))))
        await asyncio.sleep(0)
        parts.compiler.gate.set()
    assert isinstance(late.result(), SceneChanged)
    assert (await room.load_scene(SceneSource(xml="<mujoco/>"))).kept is None


async def test_one_load_waits_and_a_newer_one_takes_its_place(room: Room, parts: FakeParts) -> None:
    await shown(room, 1)
    parts.compiler.gate.clear()
    async with asyncio.TaskGroup() as group:
        first = group.create_task(room.load_scene(SceneSource(preset="pendulum")))
        await parts.compiler.begun("pendulum")
        second = group.create_task(refused(room.load_scene(SceneSource(preset="cart_pole"))))
        await asyncio.sleep(0)
        third = group.create_task(room.load_scene(SceneSource(preset="humanoid")))
        assert isinstance(await second, RoomBusy)
        parts.compiler.gate.set()
    assert first.result().name == "pendulum"
    assert third.result().name == "humanoid"
    assert parts.compiler.asked == ["humanoid", "pendulum", "humanoid"]


async def refused(load: Any) -> BaseException:
    with pytest.raises(Exception) as caught:
        await load
    return caught.value


async def test_who_asked_may_leave_and_the_scene_still_comes(room: Room, parts: FakeParts) -> None:
    await shown(room, 1)
    parts.compiler.gate.clear()
    asking = asyncio.ensure_future(room.load_scene(SceneSource(preset="pendulum")))
    await parts.compiler.begun("pendulum")
    asking.cancel()
    await asyncio.gather(asking, return_exceptions=True)
    parts.compiler.gate.set()
    await shown(room, 2)
    assert room.scene is not None
    assert room.scene.name == "pendulum"


async def test_a_mistake_of_ours_while_loading_does_not_end_the_room(room: Room) -> None:
    await shown(room, 1)
    with pytest.raises(ZeroDivisionError):
        await room.load_scene(SceneSource(xml="<explode/>"))
    assert (await room.load_scene(SceneSource(preset="pendulum"))).name == "pendulum"


async def test_an_empty_room_sleeps_and_wakes(room: Room, parts: FakeParts, clock: FakeClock) -> None:
    await shown(room, 1)
    assert parts.engine.demands[-1] == (True, ())
    clock.advance(5)
    room.update_demand()
    assert parts.engine.demands[-1] == (False, ())
    ada = Watcher("ada")
    room.join(ada)
    assert parts.engine.demands[-1] == (True, ())


async def test_the_engine_is_asked_for_the_rungs_that_somebody_is_on(room: Room, parts: FakeParts) -> None:
    await shown(room, 1)
    fanout = room.fanout
    assert isinstance(fanout, FakeFanout)
    fanout.use(0, 2)
    assert parts.engine.demands[-1] == (True, (0, 2))
    fanout.use(2)
    assert parts.engine.demands[-1] == (True, (2,))
    fanout.need_idr()
    assert parts.engine.idrs == [0]


async def test_a_full_room_refuses_one_more(room: Room) -> None:
    await shown(room, 1)
    for number in range(3):
        room.join(Watcher(f"p{number}"))
    with pytest.raises(RoomBusy, match="full"):
        room.join(Watcher("late"))


async def test_an_engine_that_cannot_start_fails_loads_and_not_the_server() -> None:
    parts = FakeParts(engine_error=EngineFailed("no EGL", hint="apt-get install -y libegl1"))
    async with Room("main", Settings(), parts.room_parts()) as room:
        with pytest.raises(EngineFailed, match="no EGL"):
            await room.load_scene(SceneSource(preset="pendulum"))
        assert room.state == "failed"
        assert "libegl1" in room.status().simulation.reason
        with pytest.raises(EngineFailed):
            room.running_engine()
    assert all(scene.fd == -1 for scene in parts.compiler.made)


async def test_a_first_scene_that_is_refused_is_said_and_another_one_heals_it(parts: FakeParts) -> None:
    source = SceneSource(preset="nothing")
    async with Room("main", Settings(), parts.room_parts(), first_scene=source) as room:
        ada = Watcher("ada")
        room.join(ada)
        while (await ada.next("status"))["simulation"]["state"] != "failed":
            pass
        await room.load_scene(SceneSource(preset="pendulum"))
        assert room.state == "running"


async def test_closing_tells_everybody_and_refuses_what_waits(parts: FakeParts) -> None:
    ada = Watcher("ada")
    async with Room("main", Settings(), parts.room_parts()) as room:
        room.join(ada)
        parts.compiler.gate.clear()
        loads = [asyncio.ensure_future(refused(room.load_scene(SceneSource(preset="pendulum"))))]
        await parts.compiler.begun("pendulum")
        loads.append(asyncio.ensure_future(refused(room.load_scene(SceneSource(preset="humanoid")))))
        await asyncio.sleep(0)
    assert all(isinstance(error, EngineFailed) for error in await asyncio.gather(*loads))
    assert ada.outbox.closing is not None
    assert ada.outbox.closing.code == 1001
    with pytest.raises(EngineFailed):
        await room.load_scene(SceneSource(preset="pendulum"))


async def test_every_model_is_given_back(parts: FakeParts) -> None:
    async with Room("main", Settings(), parts.room_parts()) as room:
        for name in ("pendulum", "humanoid", "pendulum"):
            await room.load_scene(SceneSource(preset=name))
        parts.engine.load_error = EngineFailed("no room")
        with pytest.raises(EngineFailed):
            await room.load_scene(SceneSource(preset="humanoid"))
    assert [scene.fd for scene in parts.compiler.made] == [-1] * 4


def test_what_is_kept_of_a_scene_is_not_the_model() -> None:
    scene = compiled("pendulum", "pendulum")
    kept = ShownScene.of(scene, 3, "ada")
    scene.close()
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(scene.fd)
    assert kept.message().scene_id == 3
