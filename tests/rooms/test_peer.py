import asyncio
import json
from typing import Any

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
