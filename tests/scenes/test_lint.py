"""All mistakes at once, each at its place; and none where MuJoCo sees none."""

from __future__ import annotations

import random
import re

import mujoco
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from py_remote_viewer.protocol.scene_edits import MAX_PROBLEMS, Problem
from py_remote_viewer.scenes.lint import Linter, place_of
from py_remote_viewer.scenes.mjcf_tables import tables
from py_remote_viewer.scenes.presets import list_presets, preset_xml

MANY = """<mujoco>
  <option timestep="fast" integrator="Eular"/>
  <asset><material name="red" rgba="1 0 0"/></asset>
  <worldbody>
    <geom type="plane" size="1 1 .1" frction="1"/>
    <body name="a"><joint name="j"/><geom size=".1" material="rd" condim="1.5"/></body>
    <body name="a"><foo><geom nothing="1"/></foo><inertial mass="1" pos="0 0 0"/><inertial mass="1" pos="0 0 0"/></body>
  </worldbody>
  <actuator><motor joint="jj"/></actuator>
  <sensor><touch/></sensor>
</mujoco>"""


def lint(xml: str) -> list[Problem]:
    return Linter(tables()).run(xml.encode("utf-8", "replace"))


def at(xml: str, problem: Problem) -> str:
    """The text that is underlined."""
    assert problem.line is not None
    line = xml.split("\n")[problem.line - 1].encode("utf-16-le")
    return line[2 * (problem.column - 1) : 2 * (problem.end_column - 1)].decode("utf-16-le")


def test_every_mistake_is_found_and_underlined() -> None:
    found = lint(MANY)
    assert [(one.line, at(MANY, one)) for one in found] == [
        (2, '"fast"'),
        (2, '"Eular"'),
        (3, '"1 0 0"'),
        (5, 'frction="1"'),
        (6, '"rd"'),
        (6, '"1.5"'),
        (7, '"a"'),
        (7, "<foo"),
        (7, "<inertial"),
        (9, '"jj"'),
        (10, "<touch"),
    ]
    assert [one.hint for one in found if one.line in (5, 9)] == ["Did you mean friction?", "Did you mean j?"]
    assert "first in line 6" in found[6].message
    assert {one.source for one in found} == {"schema", "names"}


@pytest.mark.parametrize("name", [entry.name for entry in list_presets()])
def test_a_preset_has_none(name: str) -> None:
    assert lint(preset_xml(name)) == []


@pytest.mark.parametrize(
    "xml",
    [
        '<mujoco><worldbody><replicate count="3" offset="1 0 0"><body name="b"><joint name="j"/><geom size=".1"/></body>'
        '</replicate></worldbody><actuator><motor joint="j1"/></actuator></mujoco>',
        '<mujoco><default><geom rgba="1 0 0 1"/><default class="big"><geom size="2"/></default></default>'
        '<worldbody><frame name="f" childclass="big"><geom/><geom class="main" size="1"/></frame></worldbody></mujoco>',
        '<mujoco><worldbody><body><joint name="x"/><geom name="x" size="1"/><site name="x"/></body></worldbody>'
        '<actuator><position name="x" joint="x"/></actuator><sensor><framepos name="x" objtype="site" objname="x"/>'
        "</sensor></mujoco>",
        '<mujoco><worldbody><body name="b" mocap="true"><geom size="1"/></body><camera target="world" mode="targetbody"/>'
        '</worldbody><equality><weld body1="b" body2="world"/></equality></mujoco>',
        '<mujoco><option gravity="0 0 -9.81"/><option><flag gravity="disable"/></option><worldbody/><worldbody/></mujoco>',
        '<mujoco><size memory="10M"/><compiler eulerseq="XYZ" angle="radian"/><worldbody><geom size="1" user="" rgba=""/>'
        "</worldbody></mujoco>",
    ],
)
def test_what_mujoco_takes_is_not_minded(xml: str) -> None:
    mujoco.MjSpec.from_string(xml).compile()
    assert lint(xml) == []


def test_an_asset_without_a_name_is_called_like_its_file() -> None:
    xml = '<mujoco><asset><mesh file="a/hip.stl"/></asset><worldbody><geom type="mesh" mesh="{}"/></worldbody></mujoco>'
    assert lint(xml.format("hip")) == []
    assert [one.message for one in lint(xml.format("hop"))] == ["there is no mesh 'hop'"]


def test_bad_xml_is_told_with_what_was_found_before_it() -> None:
    xml = '<mujoco>\n <worldbody>\n  <geom sise="1"/>\n </wordbody>\n</mujoco>'
    found = lint(xml)
    assert [(one.line, one.source) for one in found] == [(3, "schema"), (4, "xml")]
    assert "mismatched tag" in found[1].message


def test_there_is_an_end_to_what_is_told() -> None:
    assert len(lint("<mujoco>" + "<x/>\n" * 1000 + "</mujoco>")) == MAX_PROBLEMS


def test_entities_are_not_looked_into() -> None:
    bomb = '<!DOCTYPE m [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><mujoco model="&b;"><geon/></mujoco>'
    assert lint(bomb) == []


@given(st.text() | st.text(alphabet='<>/"=\n mujocogeatyp&;').map(lambda text: f"<mujoco>{text}</mujoco>"))
def test_any_text_is_looked_through(text: str) -> None:
    for problem in lint(text):
        assert problem.line is None or 1 <= problem.line <= text.count("\n") + text.count("\r") + 1
        assert problem.column <= problem.end_column
        assert problem.message


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["arm", "cart_pole", "humanoid", "dominoes"]), st.integers(0, 2**32))
def test_what_mujoco_still_takes_after_a_mutation_is_not_minded(name: str, seed: int) -> None:
    """The other way round is no promise: MuJoCo may refuse what is not found here."""
    chance = random.Random(seed)
    known = {entry.name for entry in list_presets()}
    tokens = re.split(r"(\W)", preset_xml(name if name in known else sorted(known)[0]))
    for _ in range(chance.randint(1, 3)):
        here, there = chance.randrange(len(tokens)), chance.randrange(len(tokens))
        tokens[here] = chance.choice([tokens[there], "", "1", "geom", "1 2 3"])
    xml = "".join(tokens)
    found = lint(xml)
    if any(one.source == "xml" for one in found):
        return
    try:
        mujoco.MjSpec.from_string(xml).compile()
    except (ValueError, RuntimeError):
        return
    assert found == []


def test_places_are_counted_as_editors_count_them() -> None:
    text = "<a>\n  <b name=\"\U0001f600\" x = '1'/></a>".encode()
    start = text.index(b"<b")
    assert place_of(text, start) == (2, 3, 5)
    assert place_of(text, start, "x") == (2, 20, 23)
    assert place_of(text, start, "x", whole=True) == (2, 16, 23)
    assert place_of(text, start, "missing") == (2, 3, 5)
