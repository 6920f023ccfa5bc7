"""What the editor completes and explains is what the installed MuJoCo takes."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import mujoco
import pytest

from py_remote_viewer.resources import data_dir
from py_remote_viewer.scenes import mjcf_export, mjcf_names
from py_remote_viewer.scenes.mjcf_schema import parse, walk
from py_remote_viewer.scenes.mjcf_tables import tables

CONTENT: dict[str, Any] = json.loads((data_dir("client") / mjcf_export.NAME).read_text(encoding="utf-8"))


@pytest.mark.slow
def test_the_committed_schema_is_fresh() -> None:
    """Every keyword was offered to MuJoCo's parser again, and every count of numbers.

    In a process of its own: after thousands of refusals MuJoCo's next warning in the same process never returns.
    """
    command = [sys.executable, "-m", "py_remote_viewer.scenes.mjcf_export", "--check"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=110, check=False)
    assert done.returncode == 0, done.stderr[-2000:]


def test_the_tree_is_that_of_mujoco_and_bodies_are_inside_bodies() -> None:
    root = parse(mujoco.mj_printSchema(False, False))
    paths = dict(walk(root))
    assert {"mujoco/option/flag", "mujoco/worldbody/geom/plugin/config", "mujoco/worldbody/frame"} <= set(paths)
    body = paths["mujoco/worldbody/body"]
    assert body.child("body") is body
    assert body.child("frame") is not None
    assert body.child("option") is None
    assert set(paths) == set(CONTENT["elements"])


@pytest.mark.parametrize(
    "text", ["", "mujoco (!)   model\n   nonsense", "   indented (*)  x", "mujoco (!)                    model"]
)
def test_another_shape_of_schema_is_noticed(text: str) -> None:
    with pytest.raises(ValueError):
        parse(text)


@pytest.mark.parametrize(
    ("path", "attribute", "takes"),
    [
        ("mujoco/option", "integrator", {"Euler", "RK4", "implicitfast"}),
        ("mujoco/option", "solver", {"PGS", "CG", "Newton"}),
        (
            "mujoco/worldbody/geom",
            "type",
            {"plane", "sphere", "capsule", "box", "mesh", "hfield", "cylinder", "ellipsoid"},
        ),
        ("mujoco/worldbody/joint", "limited", {"false", "true", "auto"}),
        ("mujoco/asset/texture", "colorspace", {"auto", "linear", "sRGB"}),
        ("mujoco/option/flag", "gravity", {"enable", "disable"}),
    ],
)
def test_keywords_of_every_spelling_were_found(path: str, attribute: str, takes: set[str]) -> None:
    assert takes <= set(tables().places[path].attributes[attribute].values)


def test_every_attribute_of_a_keyword_has_a_choice() -> None:
    keywords = [one for one in CONTENT["types"] if one["kind"] == "keyword"]
    assert len(keywords) > 30
    assert all(len(one["values"]) > 1 for one in keywords)


def test_numbers_have_the_counts_that_mujoco_reads() -> None:
    geom = tables().places["mujoco/worldbody/geom"].attributes
    assert (geom["size"].least, geom["size"].most) == (1, 3)
    assert (geom["rgba"].least, geom["rgba"].most) == (4, 4)
    assert geom["condim"].whole
    assert tables().places["mujoco/asset/hfield"].attributes["elevation"].most is None
    assert tables().places["mujoco/keyframe/key"].attributes["qpos"].most is None


REFERRING = """<mujoco><asset><material name="material"/><texture name="texture" builtin="flat" width="2" height="2" type="2d"/>
<mesh name="mesh" builtin="sphere" params="2"/><hfield name="hfield" nrow="2" ncol="2" size="1 1 1 1"/></asset>
<worldbody><body name="body"><joint name="joint"/><geom name="geom" size="1"/><site name="site"/><camera name="camera"/></body>
<body name="body2"><joint name="joint2"/><geom name="geom2" size="1"/><site name="site2"/><geom {geom} size="1"/>
<camera {camera} mode="targetbody"/></body></worldbody>
<contact><pair geom1="geom" geom2="geom2"/></contact>
<tendon><fixed name="tendon"><joint {fixed} coef="1"/></fixed></tendon>
<equality><joint {equality}/></equality><actuator><motor name="actuator" {motor}/></actuator>
<sensor><touch {touch}/><jointpos {jointpos}/><subtreecom {subtreecom}/></sensor></mujoco>"""
GIVEN = {
    "geom": 'material="material"',
    "camera": 'target="body"',
    "fixed": 'joint="joint"',
    "equality": 'joint1="joint" joint2="joint2"',
    "motor": 'joint="joint"',
    "touch": 'site="site"',
    "jointpos": 'joint="joint"',
    "subtreecom": 'body="body"',
}


@pytest.mark.parametrize("which", ["", *GIVEN])
def test_what_is_taken_for_a_name_is_one_for_mujoco(which: str) -> None:
    given = {key: value.split('"')[0] + '"nowhere"' if key == which else value for key, value in GIVEN.items()}
    xml = REFERRING.format(**given)
    if which:
        with pytest.raises(ValueError, match=r"nowhere|unknown target body"):
            mujoco.MjSpec.from_string(xml).compile()
    else:
        mujoco.MjSpec.from_string(xml).compile()


def test_names_and_references_are_told_apart() -> None:
    assert mjcf_names.named("mujoco/worldbody/freejoint", "name") == {"kind": "gives", "of": "joint"}
    assert mjcf_names.named("mujoco/default/default", "class") == {"kind": "gives", "of": "class"}
    assert mjcf_names.named("mujoco/worldbody/geom", "class") == {"kind": "name", "of": "class"}
    assert mjcf_names.named("mujoco/actuator/motor", "site") == {"kind": "name", "of": "site"}
    assert mjcf_names.named("mujoco/worldbody/geom", "size") is None
    assert mjcf_names.named("mujoco/worldbody", "name") is None


def test_what_is_explained_exists(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    wrong = tmp_path / "about.toml"
    wrong.write_text('[elements]\ngeon = "A shape."\n[attributes]\n"geom@sise" = "How large."\n', encoding="utf-8")
    monkeypatch.setattr(mjcf_export, "ABOUT", wrong)
    with pytest.raises(ValueError, match=r"geon.*geom@sise"):
        mjcf_export.render(CONTENT)
