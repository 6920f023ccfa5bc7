"""The pre-check: refuses what is dangerous with a place and a hint, takes what is not, and never breaks."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from py_remote_viewer.errors import SceneInvalid, SceneTooExpensive
from py_remote_viewer.protocol.messages import MAX_XML_BYTES
from py_remote_viewer.scenes.precheck import MAX_ELEMENTS, MAX_EXPANDED, SceneOutline, precheck
from py_remote_viewer.scenes.presets import list_presets, preset_xml
from tests.scenes.hostile_cases import HostileCase, hostile_cases

GEOM = '<geom size=".1 .1 .1" type="box" name="a"/>'
WORDS = [
    "mujoco",
    "include",
    "geom",
    "replicate",
    "file",
    "count",
    "size",
    "name",
    "nan",
    "1e999",
    "-1",
    "/etc",
    "&",
    "é",
]
texts = st.one_of(
    st.text(),
    st.text(alphabet=st.characters(codec=None, categories=["Cs", "Cc", "Ll"])),
    st.binary().map(lambda data: data.decode("utf-8", "surrogateescape")),
    st.lists(
        st.sampled_from([*"<>/=\"'!? \n[]-", "<mujoco>", "</mujoco>", "<!--", "<![CDATA[", "<!DOCTYPE", *WORDS])
    ).map("".join),
)
names = st.sampled_from(
    ["geom", "body", "replicate", "hfield", "texture", "size", "include", "flexcomp", "config", "é"]
)
keys = st.sampled_from(["count", "nrow", "ncol", "memory", "njmax", "file", "plugin", "value", "width", "nuser_geom"])
values = st.sampled_from(["", "1", "-3", "nan", "inf", "1e400", "9" * 400, "2 3 4", "5G", "x", "../a", "½"])


@st.composite
def documents(draw: st.DrawFn) -> str:
    """Well-formed, and odd."""
    inside = ""
    for _ in range(draw(st.integers(0, 6))):
        name = draw(names)
        attributes = draw(st.dictionaries(keys, values, max_size=3))
        written = "".join(f' {key}="{value}"' for key, value in attributes.items())
        inside = f"<{name}{written}>{inside}</{name}>" if draw(st.booleans()) else f"{inside}<{name}{written}/>"
    return f"<mujoco>{inside}</mujoco>"


def verdict(xml: str) -> SceneOutline | tuple[str, str, str]:
    try:
        return precheck(xml)
    except SceneInvalid as exc:
        return (exc.code if exc.message and exc.hint else "silent", exc.message, str(exc.details))


@given(st.one_of(texts, documents()))
def test_any_text_gets_a_verdict_and_always_the_same_one(xml: str) -> None:
    first = verdict(xml)
    assert first == verdict(xml)
    assert isinstance(first, SceneOutline) or first[0] in {"scene_invalid", "scene_too_expensive"}


@pytest.mark.parametrize("case", hostile_cases(), ids=lambda case: case.name)
def test_hostile_scenes_are_refused_here_with_the_line_or_left_to_the_child(case: HostileCase) -> None:
    xml = case.build()
    if case.gate == "child":
        assert precheck(xml).elements > 0
        return
    with pytest.raises(SceneTooExpensive if case.outcome == "expensive" else SceneInvalid) as caught:
        precheck(xml)
    assert case.says in caught.value.message
    assert len(caught.value.message) < 400
    assert caught.value.hint
    if case.line is not None:
        assert caught.value.details["line"] == case.line


@pytest.mark.parametrize("name", [entry.name for entry in list_presets()])
def test_every_preset_passes(name: str) -> None:
    assert precheck(preset_xml(name)).elements > 5


@pytest.mark.parametrize(
    "xml",
    [
        f"<mujoco>{GEOM * 19_000}</mujoco>",
        f"<mujoco>{'<a>' * 300_000}",
        f"<mujoco>{'<a/>' * 240_000}</mujoco>",
        f"<mujoco>{'&amp;' * 190_000}</mujoco>",
        f"<mujoco>{'<!---->' * 140_000}</mujoco>",
        f"<mujoco a='{'&lt;' * 240_000}'/>",
    ],
    ids=["geoms", "nesting", "empty_elements", "references", "comments", "attribute"],
)
def test_the_largest_texts_take_a_fraction_of_a_second(xml: str) -> None:
    assert len(xml) < MAX_XML_BYTES
    began = time.process_time()
    verdict(xml)
    assert time.process_time() - began < 0.4  # 40 ms on a quiet core


def test_replication_multiplies_down_and_adds_up() -> None:
    grid = '<replicate count="20"><replicate count="30"><geom/></replicate></replicate>'
    assert precheck(f"<mujoco>{grid}</mujoco>").expanded == 1 + 20 + 600 + 600
    with pytest.raises(SceneTooExpensive, match=str(MAX_EXPANDED)):
        precheck(f"<mujoco>{grid * 60}</mujoco>")


def test_the_element_count_is_bounded() -> None:
    assert precheck(f"<mujoco>{'<a/>' * (MAX_ELEMENTS - 1)}</mujoco>").elements == MAX_ELEMENTS
    with pytest.raises(SceneTooExpensive, match="elements"):
        precheck(f"<mujoco>{'<a/>' * MAX_ELEMENTS}</mujoco>")


def test_plugins_of_the_mujoco_package_are_taken() -> None:
    precheck('<mujoco><extension><plugin plugin="mujoco.elasticity.cable"/></extension></mujoco>')


def test_a_syntax_error_names_line_and_column() -> None:
    with pytest.raises(SceneInvalid) as caught:
        precheck("<mujoco>\n  <geom size=1/>\n</mujoco>")
    assert (caught.value.details["line"], caught.value.details["column"]) == (2, 14)
