"""The line about the selected body: where it must be, at every level and for every camera."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import mujoco
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from py_remote_viewer.render.bounds import visible_corners
from py_remote_viewer.render.camera import Camera, frame
from py_remote_viewer.render.gl import GlContext
from py_remote_viewer.render.outline import LINE, RIM, Outline, bounds_in_picture, grown, paint_edge
from py_remote_viewer.render.quality import LADDER
from py_remote_viewer.render.renderer import Renderer
from py_remote_viewer.render.view import View
from tests.render.test_renderer import pixels_of

SCENES = Path(__file__).resolve().parents[2] / "scenes"


@pytest.fixture(scope="module")
def gl() -> Iterator[GlContext]:
    with GlContext(1280, 720) as context:
        yield context


@given(arrays(bool, (12, 17)), st.integers(1, 3))
def test_the_line_lies_outside_of_the_body_and_touches_it(mask: np.ndarray, thickness: int) -> None:
    pixels = np.full((12, 17, 3), 200, np.uint8)
    paint_edge(pixels, mask, thickness)
    assert (pixels[mask] == 200).all()
    line = (pixels == LINE).all(axis=2)
    rim = (pixels == RIM).all(axis=2)
    assert (grown(mask, thickness) & ~mask == line).all()
    assert not (rim & grown(mask, thickness)).any()


@pytest.mark.gl
@pytest.mark.parametrize("level", LADDER, ids=lambda level: level.name)
def test_the_selected_body_has_a_line_at_every_level(gl: GlContext, level: object) -> None:
    model = mujoco.MjModel.from_xml_path(str(SCENES / "humanoid.xml"))
    data = mujoco.MjData(model)
    mujoco.mj_forward(model, data)
    view = View()
    renderer = Renderer(model, replace(level, shadow_px=min(level.shadow_px, 256)), (960, 540), view)  # type: ignore[type-var, attr-defined]
    camera = frame(Camera(elevation=-15), visible_corners(model, data), 16 / 9)
    renderer.draw(data, camera)
    plain = pixels_of(renderer)
    view.perturb.select = model.body("torso").id
    renderer.draw(data, camera)
    outlined = pixels_of(renderer)
    line = (np.abs(outlined.astype(int) - LINE).max(axis=2) < 3) & (np.abs(plain.astype(int) - LINE).max(axis=2) > 3)
    assert line.sum() > renderer.height / 8
    view.perturb.select = -1
    renderer.draw(data, camera)
    assert (pixels_of(renderer) == plain).all(), "nothing is left of it"
    renderer.close()


@pytest.mark.gl
@pytest.mark.parametrize("orthographic", [False, True])
def test_the_part_that_is_read_holds_the_whole_body(gl: GlContext, orthographic: bool) -> None:
    model = mujoco.MjModel.from_xml_path(str(SCENES / "quadruped.xml"))
    data = mujoco.MjData(model)
    mujoco.mj_forward(model, data)
    renderer = Renderer(model, LADDER[-1], (960, 540), View())
    outline = Outline(model)
    chance = np.random.default_rng(3)
    first = frame(Camera(), visible_corners(model, data), 16 / 9)
    whole = mujoco.MjrRect(0, 0, renderer.width, renderer.height)
    for _ in range(40):
        camera = replace(
            first,
            azimuth=float(chance.uniform(-180, 180)),
            elevation=float(chance.uniform(-85, 30)),
            distance=first.distance * float(chance.uniform(0.1, 1.5)),
            orthographic=orthographic,
        )
        renderer.update(data, camera)
        spheres = outline._collect(int(chance.integers(1, model.nbody)), renderer.scene)
        mujoco.mjr_render(whole, outline._scene, renderer._context)
        drawn = np.empty((renderer.height, renderer.width, 3), np.uint8)
        mujoco.mjr_readPixels(drawn, None, whole, renderer._context)
        rows, columns = np.nonzero(drawn.max(axis=2))
        left, bottom, right, top = bounds_in_picture(spheres, outline._scene, renderer.width, renderer.height)
        if len(rows):
            assert left <= columns.min()
            assert bottom <= rows.min()
            assert right > columns.max()
            assert top > rows.max()
    renderer.close()
