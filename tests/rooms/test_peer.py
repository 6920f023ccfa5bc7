import asyncio
import json
from typing import Any

from py_remote_viewer.config import Settings
from py_remote_viewer.errors import EngineFailed
from py_remote_viewer.protocol.hand_input import PerturbEnd
from py_remote_viewer.rooms.peer import Peer
from py_remote_viewer.rooms.room import Room
from py_remote_viewer.stream.ice import IceGrant
from tests.fakes import FakeClock, FakeParts


async def told(peer: Peer) -> list[dict[str, Any]]:
    """What waits in the outbox."""
    return [json.loads(await peer.outbox.take() or "") for _ in range(len(peer.outbox))]


async def test_the_page_gets_new_turn_credentials_before_the_old_ones_end(
    room: Room, parts: FakeParts, clock: FakeClock
) -> None:
    made = iter(range(9))

    def grant(peer_id: str) -> IceGrant:
        return IceGrant(({"urls": "turn:t.example", "username": f"{next(made)}:{peer_id}"},), renew_in_s=30)

    async with Peer(room, parts.room_parts(), token="", ice=grant, clock=clock) as peer:
        peer.receive(json.dumps({"type": "hello", "protocol": 1, "peer_id": "ada"}))
        ping = json.dumps({"type": "ping", "t": 1})
        peer.receive(ping)
        assert [one["type"] for one in await told(peer) if "ice" in one["type"]] == []
        for expected in ("1:ada", "2:ada"):
            clock.advance(31)
            peer.receive(ping)
            peer.receive(ping)
            (renewed,) = [one for one in await told(peer) if one["type"] == "ice_servers"]
            assert renewed["ice_servers"][0]["username"] == expected


async def test_who_leaves_while_pulling_lets_go(room: Room, parts: FakeParts, clock: FakeClock) -> None:
    start = {"type": "perturb_start", "grip": 1, "mode": "force", "x": 0, "y": 0}
    async with Peer(room, parts.room_parts(), token="", clock=clock) as peer:
        peer.receive(json.dumps({"type": "hello", "protocol": 1, "peer_id": "ada"}))
        peer.receive(json.dumps(start))
    assert parts.engine.inputs[-1] == ("ada", PerturbEnd())
    async with Peer(room, parts.room_parts(), token="", clock=clock) as peer:
        peer.receive(json.dumps({"type": "hello", "protocol": 1, "peer_id": "bob"}))
        peer.receive(json.dumps(start))
        peer.receive(json.dumps({"type": "perturb_end"}))
        count = len(parts.engine.inputs)
    assert len(parts.engine.inputs) == count, "once is enough"


async def test_a_page_that_comes_back_has_let_go_before(room: Room, parts: FakeParts, clock: FakeClock) -> None:
    async with Peer(room, parts.room_parts(), token="", clock=clock) as before:
        before.receive(json.dumps({"type": "hello", "protocol": 1, "peer_id": "ada"}))
        before.receive(json.dumps({"type": "perturb_start", "grip": 1, "mode": "force", "x": 0, "y": 0}))
        async with Peer(room, parts.room_parts(), token="", clock=clock) as after:
            hello = {"type": "hello", "protocol": 1, "peer_id": "ada", "resume_key": before.resume_key}
            after.receive(json.dumps(hello))
            assert parts.engine.inputs[-1] == ("ada", PerturbEnd())


async def test_motion_of_a_hand_while_no_engine_runs_is_no_mistake(parts: FakeParts, clock: FakeClock) -> None:
    parts.engine_error = EngineFailed("no EGL")
    async with (
        Room("main", Settings(), parts.room_parts(), clock=clock) as room,
        Peer(room, parts.room_parts(), token="", clock=clock) as peer,
    ):
        peer.receive(json.dumps({"type": "hello", "protocol": 1}))
        await told(peer)
        peer.receive_pointer(json.dumps({"type": "perturb_move", "grip": 1, "x": 0, "y": 0, "seq": 1}))
        peer.receive(json.dumps({"type": "perturb_end"}))
        assert [one["type"] for one in await told(peer) if one["type"] == "error"] == []


async def test_a_reload_shows_the_running_scene_anew_for_everybody(
    room: Room, parts: FakeParts, clock: FakeClock
) -> None:
    async with Peer(room, parts.room_parts(), token="", clock=clock) as peer:
        peer.receive(json.dumps({"type": "hello", "protocol": 1}))
        await until_scene(peer, 1)
        peer.receive(json.dumps({"type": "reload_scene"}))
        assert (await until_scene(peer, 2))["preset"] == "humanoid"
        assert parts.compiler.asked == ["humanoid", "humanoid"]


async def until_scene(peer: Peer, scene_id: int) -> dict[str, Any]:
    """The message that scene `scene_id` is shown; in `welcome`, or on its own."""
    async with asyncio.timeout(5):
        while True:
            message = json.loads(await peer.outbox.take() or "")
            scene: dict[str, Any] | None = message.get("scene") if message["type"] == "welcome" else message
            if scene is not None and scene.get("scene_id") == scene_id:
                return scene
