"""What a model refers to, found in the upload and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from py_remote_viewer.errors import SceneInvalid, SceneTooExpensive
from py_remote_viewer.scenes.uploads import references
from py_remote_viewer.scenes.uploads.references import References, Shelf, as_utf8, references_of, require_all
from tests.scenes.uploads.packing import ROBOT, mesh_model


def found_in(files: dict[str, str], root: str = "m.xml") -> References:
    data = {name: text.encode() for name, text in files.items()}
    return references_of(root, Shelf(data), data.__getitem__)


def includes(*names: str) -> str:
    return "<mujoco>" + "".join(f'<include file="{name}"/>' for name in names) + "</mujoco>"


def test_includes_meshes_and_textures_are_found_in_their_folders() -> None:
    data = {name: text if isinstance(text, bytes) else text.encode() for name, text in ROBOT.items()}
    found = references_of("bot/scene.xml", Shelf(data), data.__getitem__)
    assert list(found.texts) == ["bot/scene.xml", "bot/bot.xml", "bot/look.xml"]
    assert set(found.files) == {"bot/meshes/part.stl", "bot/textures/grey.png"}
    assert found.missing == ()


@pytest.mark.parametrize(
    ("reference", "folders", "file"),
    [
        ("meshes/a.stl", "", "bot/meshes/a.stl"),
        ("a.stl", '<compiler meshdir="meshes"/>', "bot/meshes/a.stl"),
        ("a.stl", '<compiler assetdir="./meshes/"/>', "bot/meshes/a.stl"),
        ("../bot/meshes/a.stl", "", "bot/meshes/a.stl"),
        ("MESHES/A.STL", "", "bot/meshes/a.stl"),
        ("/home/ann/bot/meshes/a.stl", "", "bot/meshes/a.stl"),
        ("C:\\bots\\meshes\\a.stl", "", "bot/meshes/a.stl"),
        ("../../../../etc/a.stl", "", "bot/meshes/a.stl"),
        ("a.stl", '<compiler meshdir="/usr/share/meshes"/>', "bot/meshes/a.stl"),
        ("http://127.0.0.1/a.stl", "", "bot/meshes/a.stl"),
    ],
)
def test_a_mesh_is_found_inside_the_upload_however_it_is_named(reference: str, folders: str, file: str) -> None:
    files = {"bot/m.xml": mesh_model(reference, folders), "bot/meshes/a.stl": "", "other/b.stl": ""}
    found = found_in(files, "bot/m.xml")
    assert (found.files, found.missing) == ((file,), ())


def test_the_longest_end_of_a_foreign_path_decides() -> None:
    files = {"m.xml": mesh_model("/x/visual/a.stl"), "collision/a.stl": "", "visual/a.stl": ""}
    assert found_in(files).files == ("visual/a.stl",)


def test_all_that_is_missing_is_named_at_once() -> None:
    text = "<mujoco><asset>" + "".join(f'<mesh file="part{i}.stl"/>' for i in range(30)) + "</asset></mujoco>"
    found = found_in({"m.xml": text})
    assert len(found.missing) == 30
    with pytest.raises(SceneInvalid, match=r"30 files that are not in the upload: 'part0.stl', .*…") as caught:
        require_all(found.missing)
    assert len(caught.value.details["missing"]) == 20
    with pytest.raises(SceneInvalid, match=r"a file that is not in the upload: 'no\.xml'"):
        require_all(found_in({"m.xml": includes("no.xml")}).missing)


@pytest.mark.parametrize("name", ["a.zip/b.stl", "a.mjz", "x/a.ZIP/b.stl"])
def test_no_reference_goes_through_an_archive(name: str) -> None:
    files = {"m.xml": mesh_model(name), name: "", "b.stl": ""}
    assert found_in(files).missing == (name,)


def test_cycles_and_repeats_of_includes_are_refused() -> None:
    with pytest.raises(SceneInvalid, match=r"m\.xml includes m\.xml"):
        found_in({"m.xml": includes("m.xml")})
    with pytest.raises(SceneInvalid, match=r"b\.xml includes m\.xml") as caught:
        found_in({"m.xml": includes("b.xml"), "b.xml": includes("m.xml")})
    assert (caught.value.details["file"], caught.value.details["line"]) == ("b.xml", 1)
    with pytest.raises(SceneInvalid, match="included twice"):
        found_in({"m.xml": includes("b.xml", "b.xml"), "b.xml": includes()})
    model = '<mujoco><asset><model name="a" file="{}"/></asset></mujoco>'
    with pytest.raises(SceneInvalid, match="attaches"):
        found_in({"m.xml": model.format("b.xml"), "b.xml": model.format("m.xml")})


def test_includes_are_bounded_in_depth_number_and_length(monkeypatch: pytest.MonkeyPatch) -> None:
    chain = {f"i{i}.xml": includes(f"i{i + 1}.xml") for i in range(40)} | {"i40.xml": includes()}
    with pytest.raises(SceneTooExpensive, match="includes"):
        found_in(chain | {"m.xml": includes("i0.xml")})
    many = {f"i{i}.xml": includes() for i in range(300)}
    with pytest.raises(SceneTooExpensive, match="includes"):
        found_in(many | {"m.xml": includes(*many)})
    monkeypatch.setattr(references, "MAX_TEXT_BYTES", 1000)
    with pytest.raises(SceneTooExpensive, match="longer than"):
        found_in({"m.xml": includes("b.xml"), "b.xml": includes() + " " * 1000})


def test_the_bounds_of_a_text_hold_over_all_its_includes() -> None:
    part = "<mujoco><worldbody>" + '<geom size="1"/>' * 6000 + "</worldbody></mujoco>"
    files = {f"i{i}.xml": part for i in range(4)}
    with pytest.raises(SceneTooExpensive, match=r"i3\.xml: line 1: more than 20000 elements"):
        found_in(files | {"m.xml": includes(*files)})
    with pytest.raises(SceneTooExpensive, match="more than 50000 elements"):
        found_in(
            {
                "m.xml": '<mujoco><worldbody><replicate count="1000"><include file="i.xml"/></replicate></worldbody></mujoco>',
                "i.xml": "<mujoco>" + '<geom size="1"/>' * 100 + "</mujoco>",
            }
        )


def test_attaching_counts_what_is_attached() -> None:
    files = {
        "m.xml": '<mujoco><asset><model name="a" file="sub/a.xml"/></asset><worldbody>'
        '<replicate count="1000"><attach model="a" body="b"/></replicate></worldbody></mujoco>',
        "sub/a.xml": '<mujoco><worldbody><body name="b">' + '<geom size="1"/>' * 100 + "</body></worldbody></mujoco>",
    }
    with pytest.raises(SceneTooExpensive, match="attached models"):
        found_in(files)


def test_an_attached_model_has_folders_of_its_own() -> None:
    files = {
        "m.xml": '<mujoco><compiler meshdir="mine"/><asset><model name="a" file="sub/a.xml"/></asset></mujoco>',
        "sub/a.xml": mesh_model("p.stl", '<compiler meshdir="theirs"/>'),
        "sub/theirs/p.stl": "",
        "mine/p.stl": "",
    }
    found = found_in(files)
    assert (list(found.texts), found.files) == (["m.xml", "sub/a.xml"], ("sub/theirs/p.stl",))


@pytest.mark.parametrize(
    "inner", ["<!DOCTYPE a><mujoco/>", "<?php x?><mujoco/>", "<mujoco>", "", "<mujoco><plugin plugin='x'/></mujoco>"]
)
def test_an_include_is_judged_like_the_model(inner: str) -> None:
    with pytest.raises(SceneInvalid, match=r"^b\.xml: "):
        found_in({"m.xml": includes("b.xml"), "b.xml": inner})


def test_old_texts_are_read_as_latin_1() -> None:
    assert as_utf8(b"\xef\xbb\xbf<a/>") == b"<a/>"
    assert as_utf8("é".encode()) == "é".encode()
    assert as_utf8(b"M\xfcller") == "Müller".encode()


@given(st.dictionaries(st.sampled_from(["m.xml", "a.xml", "b/a.xml", "x.stl"]), st.binary(max_size=200), min_size=1))
def test_no_text_does_anything_but_pass_or_be_refused(files: dict[str, bytes]) -> None:
    files = {"m.xml": b"<mujoco><include file='a.xml'/></mujoco>"} | files
    try:
        references_of("m.xml", Shelf(files), files.__getitem__)
    except SceneInvalid as exc:
        assert exc.hint
