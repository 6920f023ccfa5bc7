"""Pictures drawn once: tiles fit together, distances and objects are right, the lens and the flags are followed."""

from collections.abc import Iterator

import mujoco
import numpy as np
import pytest

from py_remote_viewer.protocol.look import DEFAULT_LOOK, SetLook, changed
from py_remote_viewer.record.capture import camera_numbers
from py_remote_viewer.record.painter import Kind, Painter, Tile, tiles
from py_remote_viewer.render.camera import Camera
from py_remote_viewer.render.gl import GlContext

pytestmark = pytest.mark.gl

# a wall 3 m away that fills the picture, with a ball that is 1 m nearer in the middle of it
WALL = """<mujoco><visual><headlight ambient="1 1 1" diffuse="0 0 0" specular="0 0 0"/></visual>
<asset><texture type="skybox" builtin="flat" rgb1="0 0 1" width="8" height="8"/></asset><worldbody>
<body name="far"><geom name="wall" type="box" size="4 .1 4" pos="0 3.1 0" rgba="1 0 0 1"/></body>
<body name="near"><geom name="ball" size=".3" pos="0 2.3 0" rgba="0 1 0 1"/><site name="mark" size=".01"/></body>
<camera name="eye" pos="0 0 0" xyaxes="1 0 0 0 0 1"/></worldbody></mujoco>"""
EYE = np.array(camera_numbers(Camera(mode="fixed", target_id=0)))
FRONT = Camera(lookat=(0, 3, 0), distance=3, azimuth=90, elevation=0, fov_deg=40)


@pytest.fixture(autouse=True)
def gl() -> Iterator[None]:
    with GlContext(64, 64):
        yield


def drawn(
    kind: Kind = "color",
    size: tuple[int, int] = (160, 96),
    camera: np.ndarray = EYE,
    tile_px: int = 2048,
    **flags: bool,
) -> tuple[np.ndarray, Painter]:
    model = mujoco.MjModel.from_xml_string(WALL)
    data = mujoco.MjData(model)
    mujoco.mj_forward(model, data)
    painter = Painter(model, size, kind=kind, tile_px=tile_px)
    painter.view.look = changed(DEFAULT_LOOK, SetLook.model_validate({"flags": flags}))
    picture = painter.paint(data, camera)
    painter.close()
    return picture, painter


def test_tiles_cover_every_pixel_once() -> None:
    covered = np.zeros((70, 130), int)
    for tile in tiles(130, 70, 32):
        assert max(tile.width, tile.height) <= 32
        covered[tile.top : tile.top + tile.height, tile.left : tile.left + tile.width] += 1
    assert (covered == 1).all()
    assert list(tiles(10, 5, 32)) == [Tile(0, 0, 10, 5)]


@pytest.mark.parametrize(
    "camera", [EYE, np.array(camera_numbers(FRONT)), np.array(camera_numbers(Camera(orthographic=True)))]
)
def test_tiles_fit_together_without_a_seam(camera: np.ndarray) -> None:
    whole, _ = drawn(camera=camera)
    parts, _ = drawn(camera=camera, tile_px=50)
    different = (np.abs(whole.astype(int) - parts).max(axis=2) > 40).mean()
    assert different < 0.002  # edges may round otherwise


def test_distances_are_metres_along_the_view() -> None:
    metres, _ = drawn("depth")
    assert metres[5, 5] == pytest.approx(3.0, abs=0.01)
    assert metres[48, 80] == pytest.approx(2.0, abs=0.01)
    away, _ = drawn(
        "depth", camera=np.array(camera_numbers(Camera(lookat=(0, -50, 0), distance=1, azimuth=-90, elevation=0)))
    )
    assert np.isinf(away).all()


def test_distances_are_right_without_perspective_too() -> None:
    metres, _ = drawn(
        "depth",
        camera=np.array(
            camera_numbers(Camera(lookat=(0, 3, 0), distance=3, azimuth=90, elevation=0, orthographic=True))
        ),
    )
    assert metres[5, 5] == pytest.approx(3.0, abs=0.02)
    assert metres[48, 80] == pytest.approx(2.0, abs=0.02)


def test_objects_are_told_apart_by_their_numbers() -> None:
    ids, painter = drawn("segmentation")
    objects = {one["id"]: one for one in painter.objects()}
    assert objects[int(ids[5, 5])]["name"] == "wall"
    assert (objects[int(ids[48, 80])]["name"], objects[int(ids[48, 80])]["body"]) == ("ball", "near")
    assert [one["type"] for one in painter.objects()] == ["geom", "geom", "site"]


def test_colour_follows_the_flags() -> None:
    plain, _ = drawn()
    assert plain[5, 5].tolist() == [255, 0, 0]
    assert plain[48, 80].tolist() == [0, 255, 0]
    clear, _ = drawn(static=False)
    assert clear[5, 5].tolist() == [0, 0, 255]  # the wall is static: the sky is behind it


def test_a_wider_lens_shows_more() -> None:
    near, _ = drawn("segmentation", camera=np.array(camera_numbers(FRONT)))
    wide, _ = drawn("segmentation", camera=np.array([*camera_numbers(FRONT)[:8], 80.0, 0.0]))
    assert (wide == 2).sum() < 0.4 * (near == 2).sum()
