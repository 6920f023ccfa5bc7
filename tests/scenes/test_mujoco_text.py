"""MuJoCo's error texts become a sentence, a line and an element, without folders of this machine."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from py_remote_viewer.scenes.mujoco_text import MAX_CHARS, explain, without_paths


@pytest.mark.parametrize(
    ("text", "message", "line", "element"),
    [
        ("XML Error: bad format in attribute 'size'\nElement 'geom', line 3\n", "bad format in attribute 'size'", 3, "geom"),
        ("Error: nan size in geom\nElement name 'a', id 0, line 7", "nan size in geom (named 'a')", 7, None),
        ("XML Error: Error: repeated name 'a' in geom\nElement 'geom', line 3\n", "repeated name 'a' in geom", 3, "geom"),
        ("Error: keyframe 'k': bad\nElement name 'k', id 0", "keyframe 'k': bad", None, None),
        ("out of memory at step, line 1364", "out of memory at step, line 1364", None, None),
        ("Error: no file '/home/ann/arm.stl'\nElement name '', id 0, line 1", "no file 'arm.stl'", 1, None),
        ("", "no reason given", None, None),
    ],
)  # fmt: skip
def test_the_place_is_taken_from_the_text(text: str, message: str, line: int | None, element: str | None) -> None:
    said = explain(text)
    assert (said.message, said.line, said.element) == (message, line, element)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("open /etc/passwd failed", "open passwd failed"),
        ("'../../a/b.xml'", "'b.xml'"),
        ("~/models/a.xml", "a.xml"),
        ("ratio 3/4 of km/h", "ratio 3/4 of km/h"),
    ],
)
def test_paths_keep_only_their_last_part(text: str, left: str) -> None:
    assert without_paths(text) == left


@given(st.text())
def test_any_text_is_explained_in_a_bounded_line(text: str) -> None:
    said = explain(text)
    assert said.message
    assert len(said.message) <= MAX_CHARS + 300
    assert "\n" not in said.message
