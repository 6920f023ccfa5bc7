"""URDF in an upload: its meshes found inside it, each under a name of its own."""

from __future__ import annotations

import mujoco
import pytest

from py_remote_viewer.errors import SceneInvalid
from py_remote_viewer.scenes.uploads.references import Shelf
from py_remote_viewer.scenes.uploads.urdf import PreparedUrdf, is_urdf, prepare
from tests.scenes.uploads.packing import tetra_obj, tetra_stl

INERTIAL = '<inertial><mass value="1"/><inertia ixx=".1" iyy=".1" izz=".1" ixy="0" ixz="0" iyz="0"/></inertial>'


def geometry(mesh: str) -> str:
    return f'<geometry><mesh filename="{mesh}"/></geometry>'


def link(name: str, visual: str = "", collision: str = "", inertial: str = INERTIAL) -> str:
    shown = f"<visual>{geometry(visual)}</visual>" if visual else ""
    touched = f"<collision>{geometry(collision)}</collision>" if collision else ""
    return f'<link name="{name}">{inertial}{shown}{touched}</link>'


def robot(*parts: str) -> bytes:
    return f'<?xml version="1.0"?><robot name="bot">{"".join(parts)}</robot>'.encode()


def hinge(parent: str, child: str, kind: str = "revolute") -> str:
    limit = '<limit lower="-1" upper="1" effort="1" velocity="1"/>' if kind == "revolute" else ""
    return (
        f'<joint name="{parent}_{child}" type="{kind}"><parent link="{parent}"/><child link="{child}"/>'
        f'<axis xyz="0 0 1"/><origin xyz="0 0 1"/>{limit}</joint>'
    )


def model_of(prepared: PreparedUrdf, files: dict[str, bytes]) -> mujoco.MjModel:
    with mujoco.MjVfs() as vfs:
        vfs["robot.urdf"] = prepared.text.encode()
        for new, old in prepared.meshes.items():
            vfs[new] = files[old]
        return mujoco.MjSpec.from_file("robot.urdf", vfs=vfs).compile(vfs=vfs)


def test_meshes_of_one_name_in_two_folders_stay_two() -> None:
    files = {"bot/meshes/visual/base.stl": tetra_stl(1), "bot/meshes/collision/base.stl": tetra_stl(3)}
    text = robot(link("base", "package://bot/meshes/visual/base.stl", "package://bot/meshes/collision/base.stl"))
    prepared = prepare("bot/urdf/bot.urdf", text, Shelf([*files, "bot/urdf/bot.urdf"]))
    assert set(prepared.used) == set(files)
    assert len(set(prepared.meshes)) == 2
    model = model_of(prepared, files)
    assert (model.nmesh, model.ngeom) == (2, 2)


@pytest.mark.parametrize(
    "reference",
    [
        "package://bot/meshes/a.stl",
        "model://bot/meshes/a.stl",
        "../meshes/a.stl",
        "file:///home/ann/bot/meshes/a.stl",
        "a.stl",
    ],
)
def test_a_mesh_is_found_however_ros_names_it(reference: str) -> None:
    shelf = Shelf(["bot/meshes/a.stl", "bot/urdf/bot.urdf"])
    prepared = prepare("bot/urdf/bot.urdf", robot(link("base", collision=reference)), shelf)
    assert prepared.used == ("bot/meshes/a.stl",)


def test_static_parts_are_fused_and_joints_stay() -> None:
    text = robot(link("a"), link("b"), link("c"), hinge("a", "b", "fixed"), hinge("b", "c"))
    model = model_of(prepare("r.urdf", text, Shelf(["r.urdf"])), {})
    assert (model.nbody, model.njnt) == (2, 1)


def test_all_missing_meshes_are_named_at_once() -> None:
    text = robot(*(link(f"l{i}", collision=f"package://bot/part{i}.stl") for i in range(3)))
    with pytest.raises(SceneInvalid, match=r"3 files that are not in the upload: .*part0\.stl.*part2\.stl") as caught:
        prepare("r.urdf", text, Shelf(["r.urdf"]))
    assert len(caught.value.details["missing"]) == 3


def test_a_picture_in_a_format_that_cannot_be_read_gives_way_or_is_left_out() -> None:
    files = {"m/a.dae": b"", "m/a.obj": tetra_obj(), "m/b.dae": b"", "m/b_hull.stl": tetra_stl()}
    text = robot(link("a", visual="m/a.dae"), link("b", "m/b.dae", "m/b_hull.stl"), hinge("a", "b"))
    prepared = prepare("r.urdf", text, Shelf([*files, "r.urdf"]))
    assert set(prepared.used) == {"m/a.obj", "m/b_hull.stl"}
    assert "1 visual meshes" in prepared.warnings[0]
    assert "b.dae" in prepared.warnings[0]
    assert model_of(prepared, files).ngeom == 2
    with pytest.raises(SceneInvalid, match=r"collision mesh 'm/b\.dae'"):
        prepare("r.urdf", robot(link("b", collision="m/b.dae")), Shelf([*files, "r.urdf"]))


def test_what_is_only_seen_stays_where_it_changes_no_mass() -> None:
    files = {"a.stl": tetra_stl()}
    shelf = Shelf(["a.stl", "r.urdf"])
    seen = model_of(prepare("r.urdf", robot(link("a", visual="a.stl"), link("b"), hinge("a", "b")), shelf), files)
    assert seen.ngeom == 1
    weighed = prepare("r.urdf", robot(link("a", visual="a.stl", inertial=""), link("b"), hinge("a", "b")), shelf)
    assert "discardvisual" not in weighed.text
    own = robot('<mujoco><compiler discardvisual="true"/></mujoco>', link("a", visual="a.stl"))
    assert 'discardvisual="true"' in prepare("r.urdf", own, shelf).text


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (b'<!DOCTYPE r [<!ENTITY e "x">]><robot name="&e;"/>', "DOCTYPE"),
        (b'<robot name="r"><include filename="x"/></robot>', "include"),
        (b'<robot xmlns:xacro="http://ros.org/wiki/xacro"><xacro:macro name="x"/></robot>', "xacro"),
        (b"<robot><link></robot>", "mismatched tag"),
        (b"<robot>" + b"<link/>" * 30_000 + b"</robot>", "elements"),
    ],
)
def test_a_text_that_means_harm_is_refused(text: bytes, says: str) -> None:
    with pytest.raises(SceneInvalid, match=says):
        prepare("r.urdf", text, Shelf(["r.urdf"]))


def test_urdf_is_known_by_its_first_element() -> None:
    assert is_urdf(b"\xef\xbb\xbf<!-- a --><robot name='r'>")
    assert not is_urdf(b"<mujoco/>")
    assert not is_urdf(b"robot")
    assert not is_urdf(b"")
