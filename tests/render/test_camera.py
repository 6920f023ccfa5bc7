import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from py_remote_viewer.protocol.camera_input import Orbit, Pan, Zoom
from py_remote_viewer.render.camera import MAX_ELEVATION, Camera, frame, look_from, orbit, pan, zoom

ASPECT = 16 / 9
metres = st.floats(-50, 50)
cameras = st.builds(
    Camera,
    lookat=st.tuples(metres, metres, metres),
    distance=st.floats(0.05, 50),
    azimuth=st.floats(-180, 179.9),
    elevation=st.floats(-MAX_ELEVATION, MAX_ELEVATION),
    fov_deg=st.floats(20, 90),
    extent=st.floats(0.1, 100),
)


def project(camera: Camera, points: np.ndarray) -> np.ndarray:
    """Picture coordinates (x, y in -1..1, depth in metres) of world points, by the definition of a pinhole camera."""
    forward, right, up = camera.axes()
    eye = np.array(camera.lookat) - camera.distance * forward
    seen = (points - eye) @ np.stack([right, up, forward]).T
    tan_y = math.tan(math.radians(camera.fov_deg) / 2)
    return np.stack([seen[:, 0] / (seen[:, 2] * tan_y * ASPECT), seen[:, 1] / (seen[:, 2] * tan_y), seen[:, 2]], axis=1)


@given(cameras, st.lists(st.tuples(st.floats(-360, 360), st.floats(-180, 180)), max_size=10))
def test_orbit_keeps_the_middle_and_the_bounds(camera: Camera, moves: list[tuple[float, float]]) -> None:
    turned = camera
    for azimuth, elevation in moves:
        turned = orbit(turned, Orbit(d_azimuth=azimuth, d_elevation=elevation))
        assert -180 <= turned.azimuth < 180
        assert abs(turned.elevation) <= MAX_ELEVATION
    assert (turned.lookat, turned.distance) == (camera.lookat, camera.distance)


@given(cameras, st.floats(-360, 360))
def test_orbit_there_and_back_is_where_it_was(camera: Camera, azimuth: float) -> None:
    back = orbit(orbit(camera, Orbit(d_azimuth=azimuth, d_elevation=0)), Orbit(d_azimuth=-azimuth, d_elevation=0))
    difference = (back.azimuth - camera.azimuth + 180) % 360 - 180
    assert difference == pytest.approx(0, abs=1e-6)


@given(cameras, st.floats(-1, 1), st.floats(-1, 1))
def test_pan_moves_the_point_in_the_middle_with_the_pointer(camera: Camera, dx: float, dy: float) -> None:
    moved = pan(camera, Pan(dx=dx, dy=dy))
    x, y, _ = project(moved, np.array([camera.lookat]))[0]
    # dx, dy are fractions of the height, y positive down; x of the picture spans `ASPECT` heights
    assert x == pytest.approx(2 * dx / ASPECT, abs=1e-5)
    assert y == pytest.approx(-2 * dy, abs=1e-5)


@given(cameras, st.floats(-1, 1), st.floats(-1, 1))
def test_horizontal_pan_keeps_the_height(camera: Camera, dx: float, dy: float) -> None:
    moved = pan(replace(camera, elevation=min(camera.elevation, 80)), Pan(dx=dx, dy=dy, plane="horizontal"))
    assert moved.lookat[2] == pytest.approx(camera.lookat[2], abs=1e-6 * (1 + camera.distance))


@given(cameras, st.floats(-0.5, 0.5), st.floats(-1, 1), st.floats(-1, 1))
def test_zoom_keeps_what_is_under_the_pointer(camera: Camera, amount: float, x: float, y: float) -> None:
    camera = replace(camera, extent=camera.distance)
    _, right, up = camera.axes()
    half = camera.distance * math.tan(math.radians(camera.fov_deg) / 2)
    under = np.array(camera.lookat) + right * x * half * ASPECT + up * y * half
    nearer = zoom(camera, Zoom(amount=amount, x=x, y=y), ASPECT)
    assert nearer.distance == pytest.approx(camera.distance * math.exp(-amount))
    seen = project(nearer, under[None, :])[0]
    assert seen[:2] == pytest.approx([x, y], abs=1e-5)


@given(cameras, st.lists(st.floats(-5, 5), max_size=30))
def test_zoom_stays_within_the_scale_of_the_model(camera: Camera, amounts: list[float]) -> None:
    for amount in amounts:
        camera = zoom(camera, Zoom(amount=amount), ASPECT)
        assert camera.extent * 0.00999 <= camera.distance <= camera.extent * 100.01


@given(cameras, st.lists(st.tuples(metres, metres, metres), min_size=1, max_size=20))
def test_framing_shows_every_corner(camera: Camera, corners: list[tuple[float, float, float]]) -> None:
    points = np.array(corners)
    framed = frame(camera, points, ASPECT)
    seen = project(framed, points)
    assert (seen[:, 2] > 0).all()
    assert np.abs(seen[:, :2]).max() <= 1.0
    assert (framed.azimuth, framed.elevation) == (camera.azimuth, camera.elevation)


def test_framing_is_not_needlessly_far() -> None:
    cube = np.array([(x, y, z) for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)], float)
    seen = project(frame(Camera(), cube, ASPECT), cube)
    assert np.abs(seen[:, :2]).max() > 0.75


@given(cameras)
def test_a_fixed_camera_is_left_by_dragging(camera: Camera) -> None:
    fixed = replace(camera, mode="fixed", target_id=1)
    assert orbit(fixed, Orbit(d_azimuth=1, d_elevation=0)).mode == "free"
    assert pan(fixed, Pan(dx=0.1, dy=0)).mode == "free"
    assert zoom(fixed, Zoom(amount=0.1), ASPECT).mode == "free"


def test_tracking_survives_orbit_and_zoom_but_not_pan() -> None:
    tracking = Camera(mode="tracking", target_id=2)
    assert orbit(tracking, Orbit(d_azimuth=5, d_elevation=5)).mode == "tracking"
    assert zoom(tracking, Zoom(amount=0.2, x=0.5), ASPECT).mode == "tracking"
    assert pan(tracking, Pan(dx=0.1, dy=0)).mode == "free"


@pytest.mark.parametrize("view", ["front", "side", "top"])
def test_named_views_look_at_the_same_point(view: str) -> None:
    camera = Camera(lookat=(1, 2, 3))
    assert look_from(camera, view).lookat == (1, 2, 3)  # type: ignore[arg-type]
