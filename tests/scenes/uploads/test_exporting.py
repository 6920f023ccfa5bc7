"""A scene as an archive: what goes into it, and that it is found again as the model that it was."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from py_remote_viewer.errors import Unprocessable
from py_remote_viewer.scenes.compiled import UploadOrigin
from py_remote_viewer.scenes.uploads.exporting import ArchiveFormat, ScenePart, file_name, text_of, write_archive
from py_remote_viewer.scenes.uploads.roots import order_of_roots
from py_remote_viewer.scenes.uploads.store import AssetStore, HeldUpload
from tests.scenes.uploads.hostile_uploads import BALL
from tests.scenes.uploads.packing import tetra_stl
from tests.scenes.uploads.test_store import add


@pytest.fixture
def upload(tmp_path: Path) -> HeldUpload:
    files = {
        "bot/xml/bot.xml": b"<mujoco/>",
        "bot/xml/scene.xml": b"<scene/>",
        "bot/meshes/a.stl": tetra_stl(),
        "bot/x.png": b"",
    }
    return add(AssetStore(tmp_path, 10_000), files, "bot")


def packed(scene: ScenePart, kind: ArchiveFormat) -> dict[str, bytes]:
    output = io.BytesIO()
    write_archive(scene, kind, output)
    with zipfile.ZipFile(output) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def from_upload(
    upload: HeldUpload, root: str, *used: str, xml: str | None = "<edited/>", portable: bool = True
) -> ScenePart:
    return ScenePart("bot", xml, UploadOrigin(upload.upload_id, root, (), (root, *used), portable), upload)


def test_a_text_alone_is_an_archive_of_one() -> None:
    scene = ScenePart("A ball!", BALL)
    assert packed(scene, "mjz") == {"model.xml": BALL.encode()}
    assert packed(scene, "zip") == {"A_ball/A_ball.xml": BALL.encode()}
    assert text_of(scene) == BALL


def test_files_below_the_model_come_beside_it(upload: HeldUpload) -> None:
    scene = from_upload(upload, "bot/xml/scene.xml", "bot/xml/bot.xml")
    assert packed(scene, "zip") == {"scene/scene.xml": b"<edited/>", "scene/bot.xml": b"<mujoco/>"}
    assert packed(scene, "mjz") == {"model.xml": b"<edited/>", "bot.xml": b"<mujoco/>"}


def test_files_above_the_model_keep_their_places_and_the_model_is_found_again(upload: HeldUpload) -> None:
    scene = from_upload(upload, "bot/xml/scene.xml", "bot/xml/bot.xml", "bot/meshes/a.stl")
    files = packed(scene, "zip")
    assert set(files) == {"scene/bot/xml/scene.xml", "scene/bot/xml/bot.xml", "scene/bot/meshes/a.stl"}
    assert order_of_roots(list(files), "scene") == ["scene/bot/xml/scene.xml"]
    with pytest.raises(Unprocessable, match="below its own folder"):
        packed(scene, "mjz")


def test_what_an_archive_cannot_hold_is_said_with_what_can(upload: HeldUpload) -> None:
    for scene, kind in (
        (ScenePart("x", None), "zip"),
        (ScenePart("x", '<mujoco><include file="x.xml"/></mujoco>'), "zip"),
        (from_upload(upload, "bot/x.urdf", xml="<robot/>"), "mjz"),
        (from_upload(upload, "bot/xml/bot.xml", portable=False), "mjz"),
    ):
        with pytest.raises(Unprocessable) as caught:
            packed(scene, kind)  # type: ignore[arg-type]
        assert "MJB" in caught.value.hint
    with pytest.raises(Unprocessable):
        text_of(ScenePart("x", None))


def test_the_same_scene_gives_the_same_bytes(upload: HeldUpload) -> None:
    made = []
    for _ in range(2):
        output = io.BytesIO()
        write_archive(from_upload(upload, "bot/xml/bot.xml", "bot/meshes/a.stl"), "zip", output)
        made.append(output.getvalue())
    assert made[0] == made[1]


@pytest.mark.parametrize(
    ("name", "root", "file"),
    [
        ("pendulum", None, "pendulum.zip"),
        ("Ünï/../x", None, "n__.._x.zip"),
        ("", None, "scene.zip"),
        ("bot", "a/scene.xml", "bot.zip"),
    ],
)
def test_a_download_has_a_plain_name(name: str, root: str | None, file: str) -> None:
    origin = None if root is None else UploadOrigin("", root, (), (root,))
    assert file_name(ScenePart(name, "", origin), "zip") == file
