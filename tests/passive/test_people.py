"""What people in the room do reaches the program, and what the program does reaches their eyes. Real server, real video."""

from __future__ import annotations

import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator

import mujoco
import numpy as np
import pytest

import py_remote_viewer as prv
from py_remote_viewer.errors import SceneInvalid, Unreachable
from py_remote_viewer.protocol.control_input import SetCtrl
from py_remote_viewer.protocol.hand_input import PerturbEnd, PerturbMove, PerturbStart
from py_remote_viewer.protocol.look import SetLook
from py_remote_viewer.protocol.panels import SetQpos
from py_remote_viewer.protocol.status import Status
from py_remote_viewer.protocol.time_commands import SaveKeyframe, Seek, SetNoise, SetOption
from py_remote_viewer.remote.http import Server
from py_remote_viewer.remote.video import Picture

pytestmark = [pytest.mark.gl, pytest.mark.timeout(90)]

XML = """<mujoco model="cart"><visual><headlight ambient=".8 .8 .8"/><global azimuth="90" elevation="-15"/></visual>
<statistic extent="2"/>
<asset><texture name="floor" type="2d" builtin="flat" rgb1=".3 .3 .3" width="16" height="16"/>
<material name="floor" texture="floor"/></asset><worldbody><light pos="0 0 3"/>
<geom type="plane" size="3 3 .1" material="floor"/>
<body name="cart" pos="0 0 .3"><joint name="slide" type="slide" axis="1 0 0" damping="1"/>
<geom type="box" size=".3 .2 .2" rgba="0 0 1 1"/></body></worldbody>
<actuator><motor name="push" joint="slide" ctrlrange="-1 1"/></actuator>
<keyframe><key name="left" qpos="-1"/></keyframe></mujoco>"""
LAND = """<mujoco model="land"><visual><headlight ambient=".8 .8 .8"/><global azimuth="90" elevation="-15"/></visual>
<statistic extent="2"/><asset><hfield name="land" nrow="20" ncol="20" size="2 2 1 .1"/>
<mesh name="tent" vertex="0 0 0 .3 0 0 0 .3 0 0 0 .3"/></asset>
<worldbody><geom type="hfield" hfield="land" pos="0 0 -.2" rgba="1 0 0 1"/>
<geom type="mesh" mesh="tent" pos="-1 -1 .3" rgba="0 1 0 1"/></worldbody></mujoco>"""
RED = np.array([1, 0, 0, 1], np.float32)


class Program:
    """A user's program: steps when the room wants it, on a thread of its own."""

    def __init__(self, xml: str = XML) -> None:
        self.model = mujoco.MjModel.from_xml_string(xml)
        self.data = mujoco.MjData(self.model)
        self.keys: queue.Queue[int] = queue.Queue()
        self.viewer = prv.launch_passive(
            self.model, self.data, port=0, open_browser=False, key_callback=self.keys.put, show_left_ui=False
        )
        self.each_step: Callable[[], None] = lambda: None
        self._thread = threading.Thread(target=self._run)
        self._stop = threading.Event()

    def __enter__(self) -> Program:
        self._thread.start()
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._stop.set()
        self._thread.join()
        self.viewer.close()

    def _run(self) -> None:
        while not self._stop.wait(0.002) and self.viewer.is_running():
            with self.viewer.lock():
                if self.viewer.wants_step():
                    mujoco.mj_step(self.model, self.data)
                self.each_step()
            self.viewer.sync()


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures that cost little; by the variables that a person would set."""
    for name, value in {"WIDTH": "320", "HEIGHT": "192", "FPS": "30", "QUALITY": "lean"}.items():
        monkeypatch.setenv(f"VIEWER_{name}", value)


@pytest.fixture
def program() -> Iterator[Program]:
    with Program() as program:
        yield program


@pytest.fixture
def room(program: Program) -> Iterator[prv.Room]:
    with prv.connect(program.viewer.url) as room:
        room.until(lambda status: status.simulation.program and status.simulation.state == "running")
        yield room


def until(condition: Callable[[], bool], what: str, limit_s: float = 15.0) -> None:
    limit = time.monotonic() + limit_s
    while not condition():
        assert time.monotonic() < limit, f"{what} did not come within {limit_s} s"
        time.sleep(0.01)


def look_until(room: prv.Room, seen: Callable[[Picture], bool], what: str, limit_s: float = 15.0) -> Picture:
    limit = time.monotonic() + limit_s
    for picture in room.pictures(limit_s):
        if seen(picture):
            return picture
        assert time.monotonic() < limit, f"{what} was not seen within {limit_s} s"
    raise AssertionError("the video ended")


def share(picture: Picture, channel: int) -> float:
    """Of the pixels, those in which one of red, green and blue stands out."""
    rgb = picture.rgb.astype(int)
    others = np.delete(rgb, channel, axis=2).max(axis=2)
    return float((rgb[:, :, channel] > others + 60).mean())


def middle(picture: Picture) -> float:
    """Where the blue cart is, 0..1 from left to right."""
    rgb = picture.rgb.astype(int)
    columns = np.nonzero(rgb[:, :, 2] > rgb[:, :, :2].max(axis=2) + 60)[1]
    return float(columns.mean() / rgb.shape[1])


def test_the_picture_moves_with_the_programs_state(program: Program, room: prv.Room) -> None:
    before = middle(look_until(room, lambda picture: share(picture, 2) > 0.01, "the cart"))
    with program.viewer.lock():
        program.data.qpos[0] = 1.0
    look_until(room, lambda picture: abs(middle(picture) - before) > 0.1, "the cart elsewhere")


def test_a_slider_in_the_room_writes_the_programs_ctrl(program: Program, room: prv.Room) -> None:
    room.send(SetCtrl(values=((0, 5.0),)))
    until(lambda: program.data.ctrl[0] == 1.0, "ctrl, clamped to its range")
    until(lambda: program.data.qpos[0] > 0.01, "a cart that moves")
    room.send(SetQpos(values=((0, -2.0),)))
    until(lambda: program.data.qpos[0] < -1.5, "a joint set by its slider")


def test_a_hand_in_the_room_pulls_the_programs_body_and_lets_go(program: Program, room: prv.Room) -> None:
    look_until(room, lambda picture: share(picture, 2) > 0.01, "the cart")
    room.send(PerturbStart(grip=1, mode="drag", x=0.0, y=0.0))
    room.send(PerturbMove(grip=1, x=0.3, y=0.0))
    cart = program.model.body("cart").id
    until(lambda: abs(program.data.xfrc_applied[cart, 0]) > 0, "a force")
    assert program.viewer.perturb.select == cart
    until(lambda: program.data.qpos[0] > 0.05, "a cart that follows the hand")
    room.send(PerturbEnd())
    until(lambda: not program.data.xfrc_applied.any(), "a hand that has let go")


def test_pause_step_speed_and_reset_are_the_programs_to_do(program: Program, room: prv.Room) -> None:
    room.pause()
    until(lambda: program.viewer.paused, "the pause")
    stood = room.until(lambda status: status.simulation.state == "paused").simulation.time_s
    room.step(5)
    until(lambda: program.data.time == pytest.approx(stood + 5 * program.model.opt.timestep), "five steps")
    room.set_speed(0.5)
    until(lambda: program.viewer.speed == 0.5, "the speed")
    room.reset("left")
    until(lambda: program.data.qpos[0] == -1.0 and program.data.time == 0.0, "the keyframe")
    room.play()
    room.until(lambda status: status.simulation.state == "running")


def test_the_past_is_shown_and_the_program_goes_on_from_it(program: Program, room: prv.Room) -> None:
    room.until(lambda status: status.simulation.time_s > 0.5)
    room.send(Seek(time_s=0.3))
    past = room.until(lambda status: status.simulation.state == "paused").simulation
    assert past.time_s == pytest.approx(0.3, abs=0.1)
    assert past.history.newest_s > 0.4
    until(lambda: program.viewer.paused, "the pause")
    room.step(1)
    until(
        lambda: program.data.time == pytest.approx(past.time_s + program.model.opt.timestep), "one step from the past"
    )


def test_saved_keyframes_and_physics_options_reach_the_program(program: Program, room: prv.Room) -> None:
    room.pause()
    until(lambda: program.viewer.paused, "the pause")
    with program.viewer.lock():
        program.data.qpos[0] = 0.7
    room.step(1)
    room.until(lambda status: status.simulation.state == "paused")
    room.send(SaveKeyframe(name="here"))
    settings = room.until(lambda status: status.simulation.settings > 0).simulation.settings
    room.reset()
    until(lambda: program.data.qpos[0] == -1.0, "the reset")
    room.reset("here")
    until(lambda: program.data.qpos[0] == pytest.approx(0.7, abs=0.01), "the saved state")
    room.send(SetOption(field="timestep", value=0.005))
    until(lambda: program.model.opt.timestep == 0.005, "the option")
    room.until(lambda status: status.simulation.settings > settings)
    room.send(SetNoise(scale=1, rate=0))
    until(lambda: any("up to the program" in notice.text for notice in room.notices), "a refusal")


def test_markers_and_texts_are_in_the_picture_and_go_again(program: Program, room: prv.Room) -> None:
    look_until(room, lambda picture: share(picture, 0) < 0.001, "a picture without red")
    scene = program.viewer.user_scn
    with program.viewer.lock():
        mujoco.mjv_initGeom(
            scene.geoms[0], mujoco.mjtGeom.mjGEOM_SPHERE, [0.2, 0, 0], [0, -0.4, 0.3], np.eye(3).ravel(), RED
        )
        scene.ngeom = 1
    look_until(room, lambda picture: share(picture, 0) > 0.005, "a red ball")
    with program.viewer.lock():
        scene.ngeom = 0
    plain = look_until(room, lambda picture: share(picture, 0) < 0.001, "no ball")
    program.viewer.set_texts((None, mujoco.mjtGridPos.mjGRID_BOTTOMRIGHT, "reward", "7"))
    corner = (slice(-30, None), slice(-80, None))
    dark = plain.rgb[corner].astype(int)
    look_until(room, lambda picture: np.abs(picture.rgb[corner].astype(int) - dark).max() > 60, "a text in the corner")
    program.viewer.clear_texts()
    look_until(room, lambda picture: np.abs(picture.rgb[corner].astype(int) - dark).max() < 40, "no text")


def test_a_colour_that_the_program_changes_is_seen(program: Program, room: prv.Room) -> None:
    with program.viewer.lock():
        program.model.geom_rgba[1] = [0, 1, 0, 1]
    look_until(room, lambda picture: share(picture, 1) > 0.01 and share(picture, 2) < 0.001, "a green cart")


def test_a_texture_that_the_program_paints_is_seen(program: Program, room: prv.Room) -> None:
    look_until(room, lambda picture: share(picture, 0) < 0.001, "a picture without red")
    model, texture = program.model, program.model.texture("floor")
    size = int(texture.width[0] * texture.height[0] * model.tex_nchannel[texture.id])
    with program.viewer.lock():
        model.tex_data[model.tex_adr[texture.id] :][:size].reshape(-1, 3)[:] = (255, 0, 0)
    program.viewer.update_texture(texture.id)
    look_until(room, lambda picture: share(picture, 0) > 0.1, "a red floor")
    with pytest.raises(SceneInvalid, match="has no mesh 3"):
        program.viewer.update_mesh(3)


def test_a_mesh_and_a_height_field_that_the_program_changes_are_seen() -> None:
    with Program(LAND) as program, prv.connect(program.viewer.url) as room:
        viewer, model = program.viewer, program.model
        flat = look_until(room, lambda picture: share(picture, 0) > 0.02 and share(picture, 1) > 0.001, "land and tent")
        with viewer.lock():
            model.mesh_vert[:] *= 2
        viewer.update_mesh(model.mesh("tent").id)
        look_until(room, lambda picture: share(picture, 1) > 2.5 * share(flat, 1), "a tent of twice the size")
        with viewer.lock():
            model.hfield_data.reshape(20, 20)[12:] = 1.0  # a wall behind the tent, a metre high
        viewer.update_hfield(model.hfield("land").id)
        look_until(room, lambda picture: share(picture, 0) > share(flat, 0) + 0.05, "a wall across the land")


def test_camera_and_flags_are_shared_both_ways(program: Program, room: prv.Room) -> None:
    viewer = program.viewer
    before = viewer.cam.azimuth
    room.orbit(25, 0)
    until(lambda: viewer.cam.azimuth == pytest.approx(before + 25), "the turn")
    with viewer.lock():
        viewer.cam.distance, viewer.cam.lookat[:] = 7.0, [1, 0, 0]
        viewer.opt.flags[mujoco.mjtVisFlag.mjVIS_JOINT] = 1
        viewer.opt.geomgroup[4] = 1
    room.until(lambda status: status.camera.distance == 7.0 and status.camera.lookat == (1, 0, 0))
    until(lambda: room.look is not None and room.look.flags["joint"] and room.look.groups["geom"][4], "the flag")
    room.send(SetLook(flags={"wireframe": True, "joint": False}, label="body"))
    until(lambda: viewer.opt.label == int(mujoco.mjtLabel.mjLABEL_BODY), "the label")
    assert viewer.user_scn.flags[mujoco.mjtRndFlag.mjRND_WIREFRAME]
    assert not viewer.opt.flags[mujoco.mjtVisFlag.mjVIS_JOINT]
    with viewer.lock():
        viewer.cam.type, viewer.cam.trackbodyid = mujoco.mjtCamera.mjCAMERA_TRACKING, program.model.body("cart").id
    room.until(lambda status: (status.camera.mode, status.camera.target) == ("tracking", "cart"))


def test_keys_come_with_glfws_numbers_and_a_failing_callback_harms_nothing(program: Program, room: prv.Room) -> None:
    for code in ("KeyA", "Space", "ArrowLeft", "NoSuchKey", "F5", "Digit7"):
        room.press(code)
    assert [program.keys.get(timeout=10) for _ in range(5)] == [65, 32, 263, 294, 55]


def test_a_state_with_nan_is_said_and_not_drawn(program: Program, room: prv.Room) -> None:
    room.pause()
    until(lambda: program.viewer.paused, "the pause")
    with program.viewer.lock():
        program.data.qpos[0] = np.nan

    def is_said(status: Status) -> bool:
        return status.simulation.state == "diverged" and "NaN" in status.simulation.reason

    room.until(is_said)
    with program.viewer.lock():
        program.data.qpos[0] = 0.0
    room.until(lambda status: status.simulation.state == "paused")


KILLED = f"""
import sys, time, mujoco, py_remote_viewer as prv
model = mujoco.MjModel.from_xml_string('''{XML}''')
data = mujoco.MjData(model)
viewer = prv.launch_passive(model, data, port=0, open_browser=False)
print(viewer.url, flush=True)
while True:
    mujoco.mj_step(model, data)
    viewer.sync()
    time.sleep(.002)
"""


def test_a_killed_program_leaves_its_last_picture_and_the_room_is_told() -> None:
    with subprocess.Popen([sys.executable, "-c", KILLED], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as script:
        assert script.stdout is not None
        url = script.stdout.readline().decode().strip()
        with prv.connect(url) as room:
            room.until(lambda status: status.simulation.time_s > 0.2)
            script.kill()
            ended = room.until(lambda status: status.simulation.state == "paused").simulation
            assert "The program ended" in ended.reason
            assert not ended.program
            assert ended.time_s > 0.2
            assert any("The program ended" in notice.text for notice in room.notices)
            look_until(room, lambda picture: share(picture, 2) > 0.01, "the last picture")
            room.play()  # and from there the room's own engine may go on
            room.until(lambda status: status.simulation.time_s > ended.time_s)
    until(lambda: not _answers(url), "the end of the server, now that nobody watches", 20)


def _answers(url: str) -> bool:
    try:
        Server(url).ask("GET", "/api/health")
    except Unreachable:
        return False
    return True
