"""The client can do what the page can: every REST route and every message of a page has a method, or a reason why not."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, NoReturn, get_args

import pytest

from py_remote_viewer.config import Settings
from py_remote_viewer.errors import MessageInvalid, Unreachable
from py_remote_viewer.protocol import messages
from py_remote_viewer.protocol.messages import ClientMessage
from py_remote_viewer.remote.api import Api
from py_remote_viewer.remote.blocking import Room
from py_remote_viewer.remote.commands import Commands
from py_remote_viewer.remote.http import Server
from py_remote_viewer.remote.room import AsyncRoom
from py_remote_viewer.web.app import create_app
from py_remote_viewer.web.recording_answers import RenderJob
from tests.fakes import FakeParts

JOB = RenderJob(id=3, recording_id="r", file="render-1.mp4", state="drawing", progress=0.5)
ROUTES: dict[str, Callable[[Api, Path], Awaitable[object]]] = {
    "GET /api/health": lambda api, _: api.health(),
    "GET /api/config": lambda api, _: api.config(),
    "GET /api/stats": lambda api, _: api.stats(),
    "GET /metrics": lambda api, _: api.metrics(),
    "GET /api/program": lambda api, _: api.program_door(),
    "GET /api/scene/presets": lambda api, _: api.presets(),
    "GET /api/scene/catalogue": lambda api, _: api.catalogue(),
    "GET /api/scene/current": lambda api, _: api.current(),
    "GET /api/scene/details": lambda api, _: api.details(offset=2000),
    "GET /api/scene/export": lambda api, _: api.export("mjz"),
    "POST /api/scene/load": lambda api, _: api.load("unitree_go2", keep_pose=True),
    "POST /api/scene/upload": lambda api, folder: api.upload(folder),
    "POST /api/scene/create": lambda api, _: api.edit("make it red"),
    "POST /api/scene/check": lambda api, _: api.check("<mujoco/>", based_on=3),
    "GET /api/simulation/keyframe": lambda api, _: api.keyframe("here"),
    "GET /api/simulation/options": lambda api, _: api.options(),
    "PATCH /api/simulation/options": lambda api, _: api.set_options({"gravity": (0, 0, -1.62)}),
    "GET /api/simulation/print": lambda api, _: api.print_text("data"),
    "GET /api/screenshot": lambda api, _: api.depth(width=640),
    "GET /api/recordings": lambda api, _: api.rendered(JOB),
    "POST /api/recordings": lambda api, _: api.record(trajectory=True),
    "GET /api/recordings/{recording_id}": lambda api, _: api.recording("r"),
    "DELETE /api/recordings/{recording_id}": lambda api, _: api.delete_recording("r"),
    "POST /api/recordings/{recording_id}/stop": lambda api, _: api.stop_recording("r"),
    "GET /api/recordings/{recording_id}/files/{name}": lambda api, _: api.recording_file("r", "video-1.mp4"),
    "POST /api/recordings/{recording_id}/render": lambda api, _: api.render("r", width=640, height=480),
    "DELETE /api/recordings/{recording_id}/render/{job_id}": lambda api, _: api.cancel_render(JOB),
}
ROUTES_FOR_OTHERS = {
    "/whep/{room_id}",
    "/whep/{room_id}/{session_id}",
}  # WHEP players speak it; here `pictures` is the way

MESSAGES: dict[str, Callable[[Commands], Awaitable[object]]] = {
    "Orbit": lambda room: room.orbit(10, 5),
    "Pan": lambda room: room.pan(0.1, 0, "horizontal"),
    "Zoom": lambda room: room.zoom(0.5),
    "SetCamera": lambda room: room.set_camera("tracking", "torso"),
    "FrameScene": lambda room: room.frame_scene("top"),
    "Play": lambda room: room.play(),
    "Pause": lambda room: room.pause(),
    "Step": lambda room: room.step(10),
    "Reset": lambda room: room.reset("home"),
    "SetSpeed": lambda room: room.set_speed(0.5),
    "SetQuality": lambda room: room.set_quality("lean"),
    "SetCtrl": lambda room: room.set_ctrl({0: 0.5}, scale="share", lease_s=1),
    "ClearCtrl": lambda room: room.clear_ctrl(),
    "Select": lambda room: room.select("torso"),
    "Pick": lambda room: room.pick(0, 0, "track"),
    "PerturbStart": lambda room: room.perturb_start("drag", 0.1, 0.2),
    "PerturbMove": lambda room: room.perturb_move(0.3, 0.2),
    "PerturbEnd": lambda room: room.perturb_end(),
    "SetLook": lambda room: room.set_look(flags={"joint": True}),
    "SetLens": lambda room: room.set_lens(fov_deg=60),
    "KeyPress": lambda room: room.press("KeyA"),
    "StepBack": lambda room: room.step_back(3),
    "Seek": lambda room: room.seek(1.5),
    "Rewind": lambda room: room.rewind(),
    "SaveKeyframe": lambda room: room.save_keyframe("here"),
    "RenameKeyframe": lambda room: room.rename_keyframe("here", "there"),
    "DeleteKeyframe": lambda room: room.delete_keyframe("there"),
    "SetNoise": lambda room: room.set_noise(0.1, 0.5),
    "SetOption": lambda room: room.set_option("timestep", 0.001),
    "ResetOptions": lambda room: room.reset_options("physics"),
    "SetQpos": lambda room: room.set_qpos({7: 0.1}),
    "SetEquality": lambda room: room.set_equality(0, active=False),
    "ReloadScene": lambda room: room.reload(),
}
MESSAGES_WITHOUT_A_METHOD = {
    "Hello": "said on joining",
    "WatchValues": "sent by `values`",
    "Ping": "sent by `ping`, which waits for the answer",
    "LoadScene": "`load` is the same by REST, with an answer",
    "SceneUpdate": "the original protocol's word for that",
    "Event": "the original protocol's raw input; the methods are what it means",
    "Offer": "WebRTC is for browsers; pictures come over the video socket",
    "IceCandidate": "likewise",
    "Watch": "a page that is hidden; `pictures` is watched for as long as it runs",
    "RequestIdr": "the video socket loses nothing",
    "ViewerReport": "what a page measured of its screen",
}


class Overheard(Server):
    """Notes what is asked for, and answers nothing."""

    asked = ""

    def ask(self, method: str, path: str, body: object = None, *, timeout_s: float = 0) -> Any:
        self._note(method, path)

    def fetch(self, method: str, path: str, data: object = None, kind: str = "", *, timeout_s: float = 0) -> bytes:
        self._note(method, path)

    def _note(self, method: str, path: str) -> NoReturn:
        self.asked = f"{method} {path.partition('?')[0]}"
        raise Unreachable("only listening")


class Spoken(Commands):
    """Notes what is sent."""

    def __init__(self) -> None:
        self.sent: list[ClientMessage] = []

    async def send(self, message: ClientMessage) -> None:
        self.sent.append(message)


@pytest.mark.parametrize("route", ROUTES)
async def test_a_method_asks_for_its_route(route: str, tmp_path: Path) -> None:
    (tmp_path / "scene.xml").write_text("<mujoco/>")
    api = Api("http://127.0.0.1:1")
    api.server = server = Overheard("http://127.0.0.1:1")
    with pytest.raises(Unreachable, match="only listening"):
        await ROUTES[route](api, tmp_path)
    assert re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", route), server.asked)


def test_no_route_of_the_server_is_without_a_method(tmp_path: Path) -> None:
    paths = create_app(Settings(), parts=FakeParts().room_parts(), client=tmp_path).openapi()["paths"]
    routes = {f"{method.upper()} {path}" for path in set(paths) - ROUTES_FOR_OTHERS for method in paths[path]}
    assert routes == set(ROUTES)


@pytest.mark.parametrize("name", MESSAGES)
async def test_a_method_sends_its_message(name: str) -> None:
    room = Spoken()
    await MESSAGES[name](room)
    assert [type(message).__name__ for message in room.sent] == [name]


async def test_a_value_out_of_bounds_is_told_in_the_servers_words() -> None:
    for wrong in (Commands.set_speed(Spoken(), 100), Commands.set_ctrl(Spoken(), {"nope": 1.0})):  # type: ignore[dict-item]
        with pytest.raises(MessageInvalid, match=r"^(factor|values.*): Input should be") as told:
            await wrong
        assert "docs/protocol.md" in told.value.hint


def test_no_message_of_a_page_is_without_a_method() -> None:
    known = {kind.__name__ for kind in get_args(messages.ClientMessage)}
    assert known == set(MESSAGES) | set(MESSAGES_WITHOUT_A_METHOD)
    assert not set(MESSAGES) & set(MESSAGES_WITHOUT_A_METHOD)


def test_the_room_that_waits_has_every_call_of_the_other() -> None:
    inside = {"get", "post", "send_json", "get_bytes", "get_file", "post_file", "telling", "server"}
    calls = {
        name
        for name in dir(AsyncRoom)
        if not name.startswith("_") and callable(getattr(AsyncRoom, name)) and name not in inside
    }
    assert calls <= set(dir(Room))
