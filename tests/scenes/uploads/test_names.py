"""Names of uploaded files: paths inside the upload, or refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from py_remote_viewer.errors import SceneInvalid
from py_remote_viewer.scenes.uploads.names import (
    inside,
    is_clutter,
    joined,
    require_distinct,
    stem_of,
    suffix_of,
    without_scheme,
)


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("robot.xml", "robot.xml"),
        ("./robot/./meshes//a.stl", "robot/meshes/a.stl"),
        ("robot\\meshes\\a.stl", "robot/meshes/a.stl"),
        ("e\u0301.xml", "\u00e9.xml"),
        ("a b (1).stl", "a b (1).stl"),
        ("..hidden/a", "..hidden/a"),
        ("\uff0e\uff0e/a", "\uff0e\uff0e/a"),  # letters that look like dots are letters
    ],
)
def test_a_name_becomes_a_path_inside_the_upload(raw: str, name: str) -> None:
    assert inside(raw) == name


@pytest.mark.parametrize(
    "raw",
    [
        "",
        ".",
        "/",
        "/etc/passwd",
        "\\windows\\win.ini",
        "\\\\server\\share\\a",
        "C:\\a.xml",
        "c:a.xml",
        "../a.xml",
        "a/../../b.xml",
        "a/..\\b.xml",
        "a/..",
        "a\0.xml",
        "a\n.xml",
        "a\u202e.xml",
        "\ufeffa.xml",
        "a\u200b.xml",
        "a\u2028.xml",
        "a\ud800.xml",
        "x" * 600,
        "x" * 300 + "/a",
        "é" * 200,
        "a/" * 40 + "b",
    ],
)
def test_a_name_that_means_harm_is_refused_in_words_that_can_be_shown(raw: str) -> None:
    with pytest.raises(SceneInvalid) as caught:
        inside(raw)
    assert caught.value.message.isprintable()
    assert caught.value.hint


@given(st.text())
def test_whatever_is_taken_stays_inside_and_is_settled(raw: str) -> None:
    try:
        name = inside(raw)
    except SceneInvalid:
        return
    assert not name.startswith("/")
    assert not {"", ".", ".."} & set(name.split("/"))
    assert "\\" not in name
    assert inside(name) == name


@given(st.text(alphabet="ab./\\:~ "), st.text(alphabet="ab./\\:~ "))
def test_no_reference_leads_out(folder: str, reference: str) -> None:
    try:
        base = inside(folder)
    except SceneInvalid:
        base = ""
    found = joined(base, reference)
    assert found is None or not {"", ".", ".."} & set(found.split("/"))


@pytest.mark.parametrize(
    ("folder", "reference", "name"),
    [
        ("bot", "a.stl", "bot/a.stl"),
        ("bot", "../shared/a.stl", "shared/a.stl"),
        ("bot", "meshes\\a.stl", "bot/meshes/a.stl"),
        ("", "../a.stl", None),
        ("bot", "../../a.stl", None),
        ("bot", "/a.stl", None),
        ("bot", "C:/a.stl", None),
        ("bot", "package://bot/a.stl", None),
        ("bot", "", "bot"),
        ("", "", None),
    ],
)
def test_references_are_joined_inside(folder: str, reference: str, name: str | None) -> None:
    assert joined(folder, reference) == name


def test_what_a_reference_names_without_where_it_thinks_it_is() -> None:
    assert without_scheme("package://bot/meshes/a.stl") == "bot/meshes/a.stl"
    assert without_scheme("file:///home/ann/a.stl") == "home/ann/a.stl"
    assert without_scheme("/home/ann/a.stl") == "home/ann/a.stl"
    assert without_scheme("C:\\bots\\a.stl") == "bots/a.stl"


def test_endings_and_stems() -> None:
    assert (suffix_of("a/B.XML"), suffix_of("a.b/c"), suffix_of(".xml"), suffix_of("a.tar.gz")) == (
        ".xml",
        "",
        "",
        ".gz",
    )
    assert (stem_of("a/b.xml"), stem_of("a/.xml"), stem_of("a/b")) == ("b", ".xml", "b")


def test_what_file_managers_leave_is_clutter() -> None:
    clutter = ["__MACOSX/bot/._a.stl", "bot/.DS_Store", "bot/._a.stl", "bot/.git/config", "Thumbs.db"]
    assert all(map(is_clutter, clutter))
    assert not any(map(is_clutter, ["bot/a.stl", "bot/.config", "git/a"]))


def test_a_name_that_comes_twice_is_refused_and_one_in_other_case_is_another() -> None:
    require_distinct(["a", "A", "b/a"])
    with pytest.raises(SceneInvalid, match="twice"):
        require_distinct(["a", "b", "a"])
