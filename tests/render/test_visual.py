"""Visual settings: a changed one shows in the next picture, and the model's own brings the old picture back."""

from __future__ import annotations

from collections.abc import Iterator

import mujoco
import numpy as np
import pytest

from py_remote_viewer.errors import MessageInvalid
from py_remote_viewer.protocol.look import DEFAULT_LOOK, SetLook, changed
from py_remote_viewer.render.gl import GlContext
from py_remote_viewer.render.renderer import Renderer
from py_remote_viewer.render.view import View
from py_remote_viewer.sim.options import ModelOptions
from py_remote_viewer.sim.visual_options import visual_table
from tests.render.test_renderer import pixels_of
from tests.render.test_view import CAMERA, EVERYTHING, ULTRA

pytestmark = pytest.mark.gl

CASES: dict[str, tuple[SetLook, object]] = {
    "vis.map.fogstart": (SetLook(flags={"fog": True}), 0.0),
    "vis.map.fogend": (SetLook(flags={"fog": True}), 2.0),
    "vis.rgba.fog": (SetLook(flags={"fog": True}), (1, 0, 0, 1)),
    "vis.map.haze": (SetLook(), 0.9),
    "vis.map.alpha": (SetLook(flags={"transparent": True}), 0.9),
    "vis.map.shadowscale": (SetLook(), 0.05),
    "vis.map.zfar": (SetLook(), 1.2),
    "vis.headlight.active": (SetLook(), False),
    "vis.headlight.diffuse": (SetLook(), (1, 0, 0)),
    "vis.global.ellipsoidinertia": (SetLook(flags={"inertia": True}), True),
    "vis.scale.framelength": (SetLook(frame="body"), 3.0),
    "vis.scale.contactwidth": (SetLook(flags={"contactpoint": True}), 1.5),
    "vis.rgba.contactpoint": (SetLook(flags={"contactpoint": True}), (0, 0, 1, 1)),
    "vis.rgba.joint": (SetLook(flags={"joint": True}), (1, 0, 0, 1)),
    "vis.rgba.com": (SetLook(flags={"com": True}), (1, 0, 0, 1)),
}


@pytest.fixture(scope="module")
def gl() -> Iterator[GlContext]:
    with GlContext(1280, 720) as context:
        yield context


@pytest.fixture(scope="module")
def drawn(gl: GlContext) -> Iterator[tuple[Renderer, mujoco.MjData, ModelOptions]]:
    model = mujoco.MjModel.from_xml_string(EVERYTHING)
    data = mujoco.MjData(model)
    mujoco.mj_step(model, data, 30)
    renderer = Renderer(model, ULTRA, (640, 360), View())
    yield renderer, data, ModelOptions(model, visual_table(model.vis))
    renderer.close()


@pytest.mark.parametrize("name", CASES)
def test_a_visual_setting_shows_and_goes_back(drawn: tuple[Renderer, mujoco.MjData, ModelOptions], name: str) -> None:
    renderer, data, options = drawn
    look, value = CASES[name]
    renderer.view.look = changed(DEFAULT_LOOK, look)

    def picture() -> np.ndarray:
        renderer.draw(data, CAMERA)
        return pixels_of(renderer).astype(int)

    picture()
    before = picture()
    options.set({name: value}, data)
    assert np.abs(picture() - before).max() > 12
    assert options.changed().keys() == {name}
    options.reset(("vis",))
    assert (np.abs(picture() - before).max(axis=2) > 2).mean() < 1e-3, "the edges of what is drawn through may differ"


def test_every_part_of_the_visual_settings_is_there_with_the_models_values() -> None:
    model = mujoco.MjModel.from_xml_string(EVERYTHING)
    options = ModelOptions(model, visual_table(model.vis))
    names = [name for name in options.table if name.startswith("vis.")]
    for part, least in (("headlight", 4), ("map", 13), ("scale", 17), ("rgba", 23)):
        assert sum(name.startswith(f"vis.{part}.") for name in names) >= least
    assert options.value(options.table["vis.scale.com"]) == 0.4
    assert options.value(options.table["vis.rgba.haze"]) == (1.0, 1.0, 1.0, 1.0)
    with pytest.raises(MessageInvalid, match="cannot be"):
        options.set({"vis.rgba.haze": (1, 2, 0, 1)}, mujoco.MjData(model))
    with pytest.raises(MessageInvalid, match="cannot be"):
        options.set({"vis.map.znear": -1.0}, mujoco.MjData(model))
