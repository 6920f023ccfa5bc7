import mujoco
import numpy as np
import pytest

from py_remote_viewer.encode.encoder import new_picture
from py_remote_viewer.render.bounds import visible_corners
from py_remote_viewer.render.camera import Camera, frame
from py_remote_viewer.render.gl import GlContext
from py_remote_viewer.render.quality import LADDER, level_index
from py_remote_viewer.render.renderer import Renderer
from py_remote_viewer.sim.geom_memory import geom_memory

pytestmark = pytest.mark.gl

RED_BALL = """<mujoco><visual><headlight ambient=".5 .5 .5"/></visual><worldbody>
<geom type="plane" size="0 0 1" rgba="0 0 1 1"/>
<body name="ball" pos="0 0 1"><freejoint/><geom size=".3" rgba="1 0 0 1"/></body>
<camera name="eye" pos="0 -3 1" xyaxes="1 0 0 0 0 1"/>
</worldbody></mujoco>"""


def pixels_of(renderer: Renderer) -> np.ndarray:
    picture = new_picture(renderer.width, renderer.height)
    renderer.read_into(picture)
    return picture.to_ndarray()[::-1]


@pytest.fixture(scope="module")
def gl():
    with GlContext(640, 360) as context:
        yield context


def test_the_picture_shows_the_ball_in_the_middle_and_upright(gl: GlContext) -> None:
    model = mujoco.MjModel.from_xml_string(RED_BALL)
    data = mujoco.MjData(model)
    mujoco.mj_forward(model, data)
    renderer = Renderer(model, LADDER[level_index("lean-50")], (1280, 720))
    camera = frame(Camera(elevation=-15), visible_corners(model, data), 16 / 9)
    renderer.draw(data, camera)
    picture = pixels_of(renderer).astype(int)
    assert picture.shape == (360, 640, 3)
    red, _, blue = picture[180, 320]
    assert red > 100 > blue
    bottom, top = picture[-5, 320], picture[5, 320]
    assert bottom[2] > bottom[0]  # the blue floor is below
    assert not (top[2] > 100 and top[0] < 50)
    renderer.close()


@pytest.mark.parametrize("level", ["ultra", "high", "shadows", "plain", "lean", "lean-75", "fast-33"])
def test_every_level_draws_the_same_scene(gl: GlContext, level: str) -> None:
    model = mujoco.MjModel.from_xml_string(RED_BALL)
    data = mujoco.MjData(model)
    mujoco.mj_forward(model, data)
    renderer = Renderer(model, LADDER[level_index("lean")], (640, 360))
    renderer.set_level(LADDER[level_index(level)])
    renderer.draw(data, Camera(mode="fixed", target_id=0))
    picture = pixels_of(renderer).astype(int)
    red, _, blue = picture[renderer.height // 2, renderer.width // 2]
    assert red > blue + 50
    assert (renderer.width, renderer.height) == (
        (640, 360) if LADDER[level_index(level)].scale == 1 else (renderer.width, renderer.height)
    )
    renderer.close()


def test_floors_and_hidden_groups_do_not_count_for_framing() -> None:
    model = mujoco.MjModel.from_xml_string(
        """<mujoco><worldbody><geom type="plane" size="50 50 1"/>
        <geom type="box" size=".1 .1 .1" pos="0 0 1"/>
        <geom type="box" size=".1 .1 .1" pos="90 0 1" group="4"/>
        <geom type="box" size=".1 .1 .1" pos="0 90 1" rgba="1 1 1 0"/></worldbody></mujoco>"""
    )
    data = mujoco.MjData(model)
    mujoco.mj_forward(model, data)
    corners = visible_corners(model, data)
    assert np.abs(corners).max() < 1.2
    assert len(corners) == 8


def test_an_empty_scene_can_still_be_framed() -> None:
    model = mujoco.MjModel.from_xml_string("<mujoco><worldbody><geom type='plane' size='1 1 1'/></worldbody></mujoco>")
    data = mujoco.MjData(model)
    mujoco.mj_forward(model, data)
    assert len(visible_corners(model, data)) == 8


@pytest.mark.parametrize("kind", [mujoco.mjtGeom.mjGEOM_FLEX, mujoco.mjtGeom.mjGEOM_SKIN, mujoco.mjtGeom.mjGEOM_MESH])
def test_a_marker_that_brings_no_shape_is_left_out(gl: GlContext, kind: mujoco.mjtGeom) -> None:
    model = mujoco.MjModel.from_xml_string(RED_BALL)
    data = mujoco.MjData(model)
    mujoco.mj_forward(model, data)
    given = mujoco.MjvScene(model, 4)
    white = np.ones(4, np.float32)
    mujoco.mjv_initGeom(given.geoms[0], kind, [0.1] * 3, [0, 0, 1], np.eye(3).ravel(), white)
    given.geoms[0].dataid = 0
    ball = mujoco.mjtGeom.mjGEOM_SPHERE
    mujoco.mjv_initGeom(given.geoms[1], ball, [0.4] * 3, [0, 0, 1], np.eye(3).ravel(), white)
    renderer = Renderer(model, LADDER[level_index("lean-50")], (640, 360))
    renderer.additions.markers = geom_memory(given)[:2]
    renderer.draw(data, Camera(mode="fixed", target_id=0))  # drawing such a geom would end the process
    middle = pixels_of(renderer)[renderer.height // 2, renderer.width // 2].astype(int)
    assert middle.max() - middle.min() < 30  # the other marker, white, is there
    renderer.close()
