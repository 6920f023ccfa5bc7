"""Flags, groups, labels and frames: each changes the picture of a scene that has something of everything."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import mujoco
import numpy as np
import pytest

from py_remote_viewer.protocol.look import DEFAULT_LOOK, SetLook, changed
from py_remote_viewer.protocol.look_table import FLAGS
from py_remote_viewer.render.camera import Camera
from py_remote_viewer.render.gl import GlContext
from py_remote_viewer.render.quality import LADDER, level_index
from py_remote_viewer.render.renderer import Renderer
from py_remote_viewer.render.view import View, hidden_at
from tests.render.test_renderer import pixels_of

pytestmark = pytest.mark.gl
ROOT = Path(__file__).resolve().parents[2]
ULTRA = replace(LADDER[0], samples=0, shadow_px=1024)

EVERYTHING = (Path(__file__).parent / "everything.xml").read_text(encoding="utf-8")
# Flags that mean something only together with others, and what those are.
NEEDS: dict[str, SetLook] = {
    **dict.fromkeys(("actuator", "constraint", "autoconnect", "pertforce"), SetLook(flags={"transparent": True})),
    "activation": SetLook(flags={"actuator": True, "transparent": True}),
    "contactsplit": SetLook(flags={"contactforce": True}),
    "sclinertia": SetLook(flags={"inertia": True}),
    "island": SetLook(flags={"contactpoint": True}),
    "flexface": SetLook(flags={"flexskin": False, "flexedge": False}),
    "flexvert": SetLook(flags={"flexskin": False}),
    "flexedge": SetLook(flags={"flexskin": False}),
    "idcolor": SetLook(flags={"segment": True}),
    "additive": SetLook(flags={"transparent": True}),
    "select": SetLook(flags={"pertobj": False}),
}
# What this picture cannot show, and why.
INAPPLICABLE = {"sdfiter": "draws the gradient descent of signed distance plugins, which no built-in geom has"}


CAMERA = Camera(lookat=(0, 0, 0.3), distance=3.4, azimuth=110, elevation=-18)


@pytest.fixture(scope="module")
def gl() -> Iterator[GlContext]:
    with GlContext(1280, 720) as context:
        yield context


@pytest.fixture(scope="module")
def drawn(gl: GlContext) -> Iterator[tuple[Renderer, mujoco.MjData]]:
    model = mujoco.MjModel.from_xml_string(EVERYTHING)
    data = mujoco.MjData(model)
    data.ctrl[:] = 0.8
    mujoco.mj_step(model, data, 30)
    renderer = Renderer(model, ULTRA, (640, 360), View())
    view = renderer.view
    view.outline = False
    view.perturb.select = model.body("box").id
    view.perturb.active = int(mujoco.mjtPertBit.mjPERT_TRANSLATE)
    renderer.update(data, CAMERA)
    view.perturb.localpos[:] = (-0.1, -0.2, 0.0)
    mujoco.mjv_initPerturb(model, data, renderer.scene, view.perturb)
    view.perturb.refselpos[:] = (0.3, -0.5, 0.7)
    mujoco.mjv_applyPerturbForce(model, data, view.perturb)
    yield renderer, data
    renderer.close()


def picture(drawn: tuple[Renderer, mujoco.MjData], *commands: SetLook, camera: Camera = CAMERA) -> np.ndarray:
    renderer, data = drawn
    look = DEFAULT_LOOK
    for command in commands:
        look = changed(look, command)
    renderer.view.look = look
    renderer.set_level(renderer.level)
    renderer.draw(data, camera)
    return pixels_of(renderer).astype(int)


def differ(a: np.ndarray, b: np.ndarray) -> int:
    """Pixels that differ visibly."""
    return int((np.abs(a - b).max(axis=2) > 12).sum())


@pytest.mark.parametrize("flag", FLAGS, ids=lambda flag: flag.name)
def test_every_flag_changes_the_picture(drawn: tuple[Renderer, mujoco.MjData], flag: object) -> None:
    name, default = flag.name, flag.default  # type: ignore[attr-defined]
    if name in INAPPLICABLE:
        pytest.skip(INAPPLICABLE[name])
    camera = replace(CAMERA, distance=0.1, lookat=(-0.9, 0.9, 0.3)) if name == "cullface" else CAMERA
    needs = NEEDS.get(name, SetLook())
    without = picture(drawn, needs, camera=camera)
    with_it = picture(drawn, needs, SetLook(flags={name: not default}), camera=camera)
    assert differ(without, with_it) >= 4


@pytest.mark.parametrize(
    ("kind", "index", "needs"),
    [
        ("geom", 0, SetLook()),
        ("geom", 4, SetLook()),
        ("site", 0, SetLook()),
        ("site", 3, SetLook()),
        ("joint", 0, SetLook(flags={"joint": True})),
        ("tendon", 0, SetLook()),
        ("tendon", 5, SetLook()),
        ("actuator", 0, SetLook(flags={"actuator": True, "transparent": True})),
        ("actuator", 4, SetLook(flags={"actuator": True, "transparent": True})),
        ("flex", 0, SetLook()),
        ("skin", 0, SetLook()),
    ],
)
def test_every_kind_of_group_hides_and_shows(
    drawn: tuple[Renderer, mujoco.MjData], kind: str, index: int, needs: SetLook
) -> None:
    shown = picture(drawn, needs, SetLook.model_validate({"groups": {kind: {index: True}}}))
    gone = picture(drawn, needs, SetLook.model_validate({"groups": {kind: {index: False}}}))
    assert differ(shown, gone) >= 4


@pytest.mark.parametrize(
    "label", ["body", "joint", "geom", "site", "camera", "light", "tendon", "actuator", "selection"]
)
def test_labels_are_drawn(drawn: tuple[Renderer, mujoco.MjData], label: str) -> None:
    needs = SetLook(flags={"joint": True, "camera": True, "light": True, "actuator": True})
    assert differ(picture(drawn, needs), picture(drawn, needs, SetLook.model_validate({"label": label}))) >= 4


@pytest.mark.parametrize("frame", ["body", "geom", "site", "camera", "light", "contact", "world"])
def test_frames_are_drawn(drawn: tuple[Renderer, mujoco.MjData], frame: str) -> None:
    needs = SetLook(flags={"contactpoint": True, "camera": True, "light": True})
    assert differ(picture(drawn, needs), picture(drawn, needs, SetLook.model_validate({"frame": frame}))) >= 4


def test_tree_depth_headlight_and_lens_change_the_picture(drawn: tuple[Renderer, mujoco.MjData]) -> None:
    tree = SetLook(flags={"bodybvh": True})
    assert differ(picture(drawn, tree), picture(drawn, tree, SetLook(tree_depth=0))) >= 4
    assert differ(picture(drawn), picture(drawn, SetLook(headlight="off"))) > 1000
    assert differ(picture(drawn), picture(drawn, camera=replace(CAMERA, fov_deg=20))) > 1000
    assert differ(picture(drawn), picture(drawn, camera=replace(CAMERA, orthographic=True))) > 1000


def test_the_lens_and_the_light_of_the_model_stay_its_own(drawn: tuple[Renderer, mujoco.MjData]) -> None:
    model = drawn[0]._model
    before = model.vis.global_.fovy, model.vis.global_.orthographic, model.vis.headlight.active
    picture(drawn, SetLook(headlight="off"), camera=replace(CAMERA, fov_deg=20, orthographic=True))
    assert (model.vis.global_.fovy, model.vis.global_.orthographic, model.vis.headlight.active) == before


def test_perspective_and_its_absence_agree_in_the_middle(gl: GlContext) -> None:
    """A board across the line of sight is as large in both."""
    model = mujoco.MjModel.from_xml_string(
        '<mujoco><visual><headlight ambient="1 1 1"/></visual>'
        '<worldbody><geom type="box" size=".5 .001 .5"/></worldbody></mujoco>'
    )
    data = mujoco.MjData(model)
    mujoco.mj_forward(model, data)
    renderer = Renderer(model, LADDER[level_index("lean")], (640, 360), View())
    areas = []
    for orthographic in (False, True):
        renderer.draw(data, Camera(distance=3, azimuth=90, elevation=0, orthographic=orthographic))
        areas.append(int((pixels_of(renderer).max(axis=2) > 60).sum()))
    renderer.close()
    assert areas[0] > 5000
    assert areas[0] == pytest.approx(areas[1], rel=0.03)


def test_a_persons_off_wins_and_what_the_level_leaves_out_is_told() -> None:
    plain = LADDER[level_index("plain")]
    assert hidden_at(DEFAULT_LOOK, plain) == ("shadow", "reflection")
    assert hidden_at(DEFAULT_LOOK, LADDER[0]) == ()
    assert hidden_at(changed(DEFAULT_LOOK, SetLook(flags={"shadow": False})), plain) == ("reflection",)


def test_looks_change_only_where_asked_and_reset() -> None:
    once = changed(DEFAULT_LOOK, SetLook.model_validate({"flags": {"joint": True}, "groups": {"geom": {"3": True}}}))
    twice = changed(once, SetLook(label="body", groups={"geom": {0: False}}))
    assert twice.flags["joint"]
    assert twice.groups["geom"] == (False, True, True, True, False, False)
    assert twice.groups["site"] == DEFAULT_LOOK.groups["site"]
    assert changed(twice, SetLook(reset=True)) == DEFAULT_LOOK
    assert changed(twice, SetLook(reset=True, frame="body")) == DEFAULT_LOOK.model_copy(update={"frame": "body"})


def test_the_defaults_are_mujocos() -> None:
    option = mujoco.MjvOption()
    scene = mujoco.MjvScene(mujoco.MjModel.from_xml_string("<mujoco/>"), maxgeom=1)
    flags = [*option.flags, *scene.flags]
    assert [DEFAULT_LOOK.flags[flag.name] for flag in FLAGS] == [bool(value) for value in flags]
    assert [list(shown) for shown in DEFAULT_LOOK.groups.values()] == [option.geomgroup.astype(bool).tolist()] * 7
    assert (DEFAULT_LOOK.tree_depth, DEFAULT_LOOK.flex_layer) == (option.bvh_depth, option.flex_layer)


def test_the_table_of_names_is_fresh() -> None:
    command = [sys.executable, str(ROOT / "scripts" / "look_table.py"), "--check"]
    assert subprocess.run(command, check=False).returncode == 0


def test_hulls_are_drawn_where_meshes_are_simplified(gl: GlContext) -> None:
    """A simplified mesh has no hull any more, so where hulls are shown the meshes stay whole."""
    bumpy = np.random.default_rng(1).normal(size=(400, 3))
    bumpy /= np.linalg.norm(bumpy, axis=1, keepdims=True)
    vertices = " ".join(f"{value:.4f}" for value in (bumpy * 0.5).ravel())
    model = mujoco.MjModel.from_xml_string(
        f'<mujoco><visual><headlight ambient=".6 .6 .6"/></visual><asset><mesh name="ball" vertex="{vertices}"/></asset>'
        '<worldbody><geom type="mesh" mesh="ball" rgba=".9 .5 .1 1"/></worldbody></mujoco>'
    )
    data = mujoco.MjData(model)
    mujoco.mj_forward(model, data)
    level = replace(LADDER[level_index("lean-50")], mesh_faces=100)
    renderer = Renderer(model, level, (640, 360), View())
    assert renderer._context_key is not None
    assert renderer._context_key[:3] == (0, 0, 100)
    for hull in (False, True):
        renderer.view.look = changed(DEFAULT_LOOK, SetLook(flags={"convexhull": hull}))
        renderer.set_level(level)
        renderer.draw(data, Camera(distance=3))
        red, _, blue = pixels_of(renderer)[90, 160].astype(int)
        assert red > blue + 60, "the ball is there"
    renderer.close()


@pytest.mark.parametrize("orthographic", [False, True])
def test_a_copied_camera_shows_the_same_picture(gl: GlContext, orthographic: bool) -> None:
    camera = replace(CAMERA, fov_deg=35, orthographic=orthographic)
    seen = camera.status(None, camera.lookat)
    lens = f'projection="orthographic" fovy="{camera.height}"' if orthographic else 'fovy="35"'
    numbers = [" ".join(f"{value:.6f}" for value in values) for values in (seen.pos, seen.xyaxes)]
    element = f'<camera name="copied" pos="{numbers[0]}" xyaxes="{numbers[1]}" {lens}/>'
    model = mujoco.MjModel.from_xml_string(EVERYTHING.replace("<worldbody>", f"<worldbody>{element}"))
    data = mujoco.MjData(model)
    mujoco.mj_forward(model, data)
    # without the endless floor, whose lighting by vertices jumps with the last digit of the eye
    renderer = Renderer(
        model,
        replace(ULTRA, shadow_px=0, reflections=False),
        (640, 360),
        View(look=changed(DEFAULT_LOOK, SetLook(flags={"static": False}))),
    )
    pictures = []
    for one in (camera, Camera(mode="fixed", target_id=model.camera("copied").id)):
        renderer.draw(data, one)
        pictures.append(pixels_of(renderer).astype(int))
    renderer.close()
    assert differ(*pictures) < 200
