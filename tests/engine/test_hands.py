"""Selecting and pulling on a real stage: the GL context is needed for the camera of the picture only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import mujoco
import numpy as np
import pytest

from py_remote_viewer.engine.hands import HOLD_S
from py_remote_viewer.engine.stage import Stage
from py_remote_viewer.errors import SceneInvalid
from py_remote_viewer.protocol.camera_input import SetCamera
from py_remote_viewer.protocol.hand_input import PerturbEnd, PerturbMove, PerturbStart, Pick, Select
from py_remote_viewer.protocol.look import SetLens
from py_remote_viewer.protocol.scene_info import ModelInfo
from py_remote_viewer.protocol.sim_commands import Reset, Step
from py_remote_viewer.protocol.time_commands import Seek, StepBack
from py_remote_viewer.render.camera import Camera
from py_remote_viewer.render.gl import GlContext
from py_remote_viewer.render.quality import LADDER, level_index

pytestmark = pytest.mark.gl

SCENES = Path(__file__).resolve().parents[2] / "scenes"
INFO = ModelInfo(name="test", nbody=2, nq=1, nv=1, nu=0, ngeom=2, timestep_s=0.002)
BALLS = """<mujoco><option gravity="0 0 0"/><worldbody>
<geom name="floor" type="plane" size="9 9 1" pos="0 0 -1"/>
<body name="ball"><freejoint/><geom name="skin" size=".3"/>
<body name="hat" pos="0 0 .4"><geom name="brim" size=".1"/></body></body>
<body name="arm" pos="2 0 0"><joint axis="0 1 0"/><geom type="capsule" fromto="0 0 0 0 0 .8" size=".2"/></body>
<body name="target" mocap="true" pos="-2 0 0"><geom size=".3" contype="0" conaffinity="0"/></body>
<body name="post" pos="0 2 0"><geom size=".3"/></body></worldbody></mujoco>"""


@pytest.fixture(scope="module")
def gl() -> Iterator[GlContext]:
    with GlContext(640, 360) as context:
        yield context


def staged(model: mujoco.MjModel) -> Stage:
    stage = Stage(1, INFO, model, (640, 360))
    stage.set_level(LADDER[level_index("lean-50")])
    return stage


@pytest.fixture
def balls(gl: GlContext) -> Iterator[Stage]:
    stage = staged(mujoco.MjModel.from_xml_string(BALLS))
    stage.camera = Camera(lookat=(0, 0, 0), distance=6, azimuth=90, elevation=0)
    yield stage
    stage.close()


def place(stage: Stage, name: str) -> np.ndarray:
    return stage.simulation.data.body(name).xpos.copy()


def run(stage: Stage, seconds: float) -> None:
    timestep = stage.simulation.model.opt.timestep
    for _ in range(round(seconds * 60)):
        stage.hands.advance(round(1 / 60 / timestep), 1.0, stage.time.timeline.run)


def projected(stage: Stage, point: np.ndarray) -> np.ndarray:
    """Where a point of the world is in the picture, each -1..1."""
    camera = stage.camera
    forward, right, up = camera.axes()
    seen = point - (np.array(camera.lookat) - camera.distance * forward)
    half = np.tan(np.radians(camera.fov_deg) / 2) * (seen @ forward)
    return np.array([seen @ right / half * 360 / 640, seen @ up / half])


def seen_by_ray(stage: Stage, x: float, y: float) -> int:
    """The body that a ray from the eye meets first, worked out without `mjv_select`; -1 for none."""
    camera, data, model = stage.camera, stage.simulation.data, stage.simulation.model
    forward, right, up = camera.axes()
    half = np.tan(np.radians(camera.fov_deg) / 2)
    eye = np.array(camera.lookat) - camera.distance * forward
    direction = forward + up * (y * half) + right * (x * half * 640 / 360)
    geom = np.full(1, -1, np.int32)
    shown = np.array([1, 1, 1, 0, 0, 0], np.uint8)
    mujoco.mj_ray(model, data, eye, direction / np.linalg.norm(direction), shown, 1, -1, geom)
    return int(model.geom_bodyid[geom[0]]) if geom[0] >= 0 else -1


@pytest.mark.parametrize("preset", ["humanoid", "quadruped", "arm", "dominoes", "newtons_cradle", "car"])
def test_the_body_under_the_pointer_is_selected_from_any_view(gl: GlContext, preset: str) -> None:
    stage = staged(mujoco.MjModel.from_xml_path(str(SCENES / f"{preset}.xml")))
    chance = np.random.default_rng(7)
    first = stage.camera
    hits = 0
    for _ in range(60):
        stage.camera = replace(
            first,
            azimuth=float(chance.uniform(-180, 180)),
            elevation=float(chance.uniform(-80, 10)),
            distance=first.distance * float(chance.uniform(0.4, 1.2)),
        )
        body = int(chance.integers(1, stage.simulation.model.nbody))
        x, y = (projected(stage, stage.simulation.data.xipos[body]) + chance.normal(0, 0.03, 2)).clip(-1, 1).tolist()
        stage.hand("p", Pick(x=x, y=y))
        expected = seen_by_ray(stage, x, y)
        selected = stage.hands.status()
        assert (selected.id if selected else 0) == max(0, expected), (preset, x, y, stage.camera)
        hits += expected > 0
    stage.close()
    assert hits > 15, "some views must hit a body"


def test_a_selection_says_what_it_is(balls: Stage) -> None:
    balls.hand("p", Pick(x=0, y=0))
    selected = balls.hands.status()
    assert selected is not None
    assert (selected.body, selected.geom, selected.parent, selected.moves) == ("ball", "skin", None, "free")
    assert selected.mass_kg == pytest.approx(balls.simulation.model.body("ball").mass[0])
    assert selected.subtree_mass_kg > selected.mass_kg
    assert selected.point is not None
    assert np.linalg.norm(selected.point) == pytest.approx(0.3, abs=1e-3)
    balls.hand("p", Select(body="hat"))
    selected = balls.hands.status()
    assert selected is not None
    assert (selected.parent, selected.geom, selected.point) == ("ball", None, None)
    balls.hand("p", Select(body="#5"))
    assert balls.hands.selected == "post"
    with pytest.raises(SceneInvalid, match="no body 'ghost'"):
        balls.hand("p", Select(body="ghost"))
    balls.hand("p", Pick(x=0, y=0.95))
    assert balls.hands.status() is None, "the background selects nothing"


def test_centre_and_track_move_the_camera(balls: Stage) -> None:
    balls.hand("p", Pick(x=0, y=0, action="centre"))
    assert balls.camera.mode == "free"
    assert np.linalg.norm(balls.camera.lookat) == pytest.approx(0.3, abs=1e-3)
    balls.hand("p", Pick(x=0, y=0, action="track"))
    assert (balls.camera.mode, balls.camera_status().target) == ("tracking", "ball")
    assert balls.hands.selected is None


def test_a_pulled_body_follows_the_pointer_and_stays_where_it_was_left(balls: Stage) -> None:
    grip = balls.hand("ada", PerturbStart(grip=1, mode="drag", x=0, y=0))
    assert grip is not None
    assert grip.body == "ball"
    balls.hand("ada", PerturbMove(grip=1, x=0.3, y=0.2))
    run(balls, 2.0)
    point = balls.hands.status()
    assert point is not None
    # in the plane of the grip the height of the picture is 2 * (6 - .3) m * tan(45/2)
    height = 2 * 5.7 * np.tan(np.radians(22.5))
    assert point.point == pytest.approx([0.15 * height * 640 / 360, -0.3, 0.1 * height], abs=0.05)
    balls.hand("ada", PerturbEnd())
    assert not balls.simulation.data.xfrc_applied.any()
    assert not balls.view.holding


def test_torque_turns_and_force_pulls_the_selected_body(balls: Stage) -> None:
    balls.hand("p", Select(body="arm"))
    balls.hand("p", PerturbStart(grip=1, mode="force", x=0, y=0))
    balls.hand("p", PerturbMove(grip=1, x=0.4, y=0))
    run(balls, 0.3)
    assert abs(balls.simulation.data.qpos[7]) > 0.05
    balls.hand("p", PerturbEnd())
    balls.hand("p", Select(body="ball"))
    balls.hand("p", PerturbStart(grip=2, mode="torque", x=0, y=0))
    balls.hand("p", PerturbMove(grip=2, x=0.2, y=0.1))
    run(balls, 0.3)
    assert abs(balls.simulation.data.body("ball").xquat[0]) < 0.999
    assert np.linalg.norm(place(balls, "ball")) < 0.2


def test_without_a_selection_force_takes_what_is_under_the_pointer(balls: Stage) -> None:
    grip = balls.hand("p", PerturbStart(grip=1, mode="force", x=0, y=0))
    assert grip is not None
    assert grip.body == "ball"


@pytest.mark.parametrize(("body", "moves"), [("ball", True), ("target", True), ("arm", False), ("post", False)])
def test_while_paused_free_and_mocap_bodies_are_moved(balls: Stage, body: str, moves: bool) -> None:
    balls.paused = True
    balls.hand("p", Select(body=body))
    before = place(balls, body)
    grip = balls.hand("p", PerturbStart(grip=1, mode="force", x=0, y=0))
    assert grip is not None
    assert (grip.body is not None) == moves
    assert moves or "moved" in grip.why or "fixed" in grip.why
    balls.hand("p", PerturbMove(grip=1, x=0.5, y=0))
    assert (np.linalg.norm(place(balls, body) - before) > 0.3) == moves
    assert not balls.simulation.data.xfrc_applied.any()


def test_shift_pulls_in_the_plane_of_the_floor(balls: Stage) -> None:
    balls.paused = True
    balls.hand("p", PerturbStart(grip=1, mode="drag", x=0, y=0))
    balls.hand("p", PerturbMove(grip=1, x=0, y=0.5, plane="horizontal"))
    x, y, z = place(balls, "ball")
    assert y > 0.3
    assert (x, z) == pytest.approx((0, 0), abs=1e-9)


def test_the_background_and_what_is_fixed_are_not_held(balls: Stage) -> None:
    nothing = balls.hand("p", PerturbStart(grip=1, mode="drag", x=0, y=0.95))
    floor = balls.hand("p", PerturbStart(grip=2, mode="drag", x=0, y=-0.9))
    assert [grip and grip.body for grip in (nothing, floor)] == [None, None]
    assert not balls.view.holding


def test_one_hand_at_a_time(balls: Stage) -> None:
    balls.hand("ada", PerturbStart(grip=1, mode="drag", x=0, y=0))
    refused = balls.hand("bob", PerturbStart(grip=1, mode="drag", x=0, y=0))
    assert refused is not None
    assert (refused.body, "somebody else" in refused.why) == (None, True)
    balls.hand("bob", PerturbMove(grip=1, x=0.9, y=0))
    balls.hand("bob", PerturbEnd())
    status = balls.hands.status()
    assert status is not None
    assert status.held_by == "ada"
    balls.hand("ada", PerturbMove(grip=7, x=0.9, y=0))
    balls.hands.advance(1, 1.0, balls.time.timeline.run)
    assert np.linalg.norm(balls.simulation.data.xfrc_applied) < 1e-6, "another grip's motion is not this one's"


def test_a_hand_that_is_not_heard_of_opens_by_itself(balls: Stage) -> None:
    balls.hand("p", PerturbStart(grip=1, mode="drag", x=0, y=0))
    balls.hand("p", PerturbMove(grip=1, x=0.5, y=0))
    run(balls, 0.1)
    assert balls.simulation.data.xfrc_applied.any()
    assert balls.simulation.last_state().size
    now = __import__("time").monotonic()
    assert not balls.tend(now)
    assert balls.tend(now + HOLD_S + 0.1)
    assert not balls.simulation.data.xfrc_applied.any()


def test_a_reset_and_another_selection_open_the_hand(balls: Stage) -> None:
    for other in (Select(body="arm"), Pick(x=0, y=0.9), None):
        balls.hand("p", Select(body="ball"))
        balls.hand("p", PerturbStart(grip=1, mode="force", x=0, y=0))
        balls.hand("p", PerturbMove(grip=1, x=0.5, y=0))
        balls.hands.advance(1, 1.0, balls.time.timeline.run)
        assert balls.simulation.data.xfrc_applied.any()
        if other is None:
            balls.apply(Reset())
        else:
            balls.hand("p", other)
        assert not balls.simulation.data.xfrc_applied.any()
        assert not balls.view.holding


def test_a_saved_state_brings_no_force_back(balls: Stage) -> None:
    balls.hand("p", PerturbStart(grip=1, mode="drag", x=0, y=0))
    balls.hand("p", PerturbMove(grip=1, x=0.5, y=0))
    run(balls, 0.1)
    saved, state = balls.resume_point(), balls.simulation.last_state().tobytes()
    other = staged(mujoco.MjModel.from_xml_string(BALLS))
    other.resume(saved, state)
    assert other.hands.selected == "ball"
    assert other.simulation.time_s == pytest.approx(balls.simulation.time_s)
    assert not other.simulation.data.xfrc_applied.any()
    other.close()


def test_going_back_over_a_pull_and_forward_again_gives_the_same_states(balls: Stage) -> None:
    run(balls, 0.1)
    balls.hand("p", PerturbStart(grip=1, mode="drag", x=0, y=0))
    balls.hand("p", PerturbMove(grip=1, x=0.5, y=0.1))
    run(balls, 0.2)
    balls.hand("p", PerturbEnd())
    run(balls, 0.1)
    end, step = balls.simulation.state().copy(), balls.simulation.step
    balls.apply(StepBack(count=step - 20))
    assert balls.simulation.step == 20
    balls.apply(Step(count=step - 20))
    assert balls.simulation.step == step
    assert (balls.simulation.state() == end).all()


def test_going_on_from_the_past_does_not_pull_again(balls: Stage) -> None:
    balls.run(0.0, 1.0)
    balls.hand("p", PerturbStart(grip=1, mode="drag", x=0, y=0))
    balls.hand("p", PerturbMove(grip=1, x=0.5, y=0))
    for tick in range(1, 30):
        balls.run(tick / 60, 1.0)
    balls.hand("p", PerturbEnd())
    balls.run(0.6, 1.0)
    balls.apply(Seek(time_s=0.2))
    assert balls.simulation.data.xfrc_applied.any(), "the state of then had the pull"
    balls.paused = False
    balls.hold()
    balls.run(1.0, 1.0)
    speed = np.linalg.norm(balls.simulation.data.qvel[:3])
    for tick in range(1, 20):
        balls.run(1 + tick / 60, 1.0)
    assert not balls.simulation.data.xfrc_applied.any()
    assert np.linalg.norm(balls.simulation.data.qvel[:3]) == pytest.approx(speed, rel=0.01)


def test_a_camera_of_the_model_is_told_with_its_own_place_and_lens(gl: GlContext) -> None:
    stage = staged(
        mujoco.MjModel.from_xml_string(
            '<mujoco><worldbody><geom size=".1"/><body pos="0 0 1"><geom size=".1"/>'
            '<camera name="flat" pos="0 -3 0" xyaxes="1 0 0 0 0 1" projection="orthographic" fovy="2"/>'
            "</body></worldbody></mujoco>"
        )
    )
    stage.apply(SetLens(fov_deg=70))
    stage.apply(SetCamera(mode="fixed", target="flat"))
    told = stage.camera_status()
    assert told.pos == pytest.approx((0, -3, 1))
    assert told.xyaxes == pytest.approx((1, 0, 0, 0, 0, 1))
    assert (told.fov_deg, told.orthographic) == (2, True)
    stage.apply(SetCamera(mode="free"))
    told = stage.camera_status()
    assert (told.fov_deg, told.orthographic) == (70, False)
    stage.close()
