"""Taking a scene away as an archive: the text and the files that it was loaded from, arranged so that they load again.

`.zip` holds everything in one folder called like the model, by which its model is found again. `.mjz` is MuJoCo's own: the
model is `model.xml` at the top, its files are beside it. Blocking: call it in a thread.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from typing import BinaryIO, Literal

from py_remote_viewer.errors import SceneInvalid, Unprocessable
from py_remote_viewer.scenes.compiled import UploadOrigin
from py_remote_viewer.scenes.precheck import precheck
from py_remote_viewer.scenes.uploads.names import folder_of, stem_of, suffix_of
from py_remote_viewer.scenes.uploads.store import HeldUpload

ArchiveFormat = Literal["mjz", "zip"]
_WHEN = (1980, 1, 1, 0, 0, 0)  # the same scene gives the same bytes
_PACKED = frozenset({".png", ".ktx", ".jpg", ".jpeg"})  # which do not get smaller


@dataclass(frozen=True, slots=True)
class ScenePart:
    """What an archive is made of.

    Attributes:
        name: of the scene; of the folder where it has no file of its own.
        xml: the model's text, as it is shown; None for a model that has none.
        origin: where it comes from, when that is an upload.
        upload: that upload.
    """

    name: str
    xml: str | None
    origin: UploadOrigin | None = None
    upload: HeldUpload | None = None


def write_archive(scene: ScenePart, kind: ArchiveFormat, output: BinaryIO) -> None:
    """Write `scene` into `output`.

    Raises:
        Unprocessable: this format cannot hold it; the hint says which can.
    """
    files = _of_upload(scene, kind) if scene.origin is not None else _of_text(scene, kind)
    with zipfile.ZipFile(output, "w") as packed:
        for name, data in files:
            info = zipfile.ZipInfo(name, _WHEN)
            info.external_attr = 0o644 << 16
            stored = suffix_of(name) in _PACKED
            info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            packed.writestr(info, data, compresslevel=None if stored else 4)


def _of_text(scene: ScenePart, kind: ArchiveFormat) -> list[tuple[str, bytes]]:
    if scene.xml is None:
        raise _no_text()
    try:
        precheck(scene.xml)
    except SceneInvalid as exc:
        raise Unprocessable(
            "this scene was loaded from files of the server, which are not sent", hint="Save it as MJB."
        ) from exc
    stem = _plain(scene.name)
    return [("model.xml" if kind == "mjz" else f"{stem}/{stem}.xml", scene.xml.encode("utf-8"))]


def _of_upload(scene: ScenePart, kind: ArchiveFormat) -> list[tuple[str, bytes]]:
    assert scene.origin is not None
    assert scene.upload is not None
    origin, upload = scene.origin, scene.upload
    home = folder_of(origin.root)
    inside = all(not home or name.startswith(f"{home}/") for name in origin.used)
    if kind == "mjz":
        if suffix_of(origin.root) not in (".xml", ".mjcf"):
            raise Unprocessable("MuJoCo's archive holds MJCF only", hint="Save this scene as ZIP or MJB.")
        if not inside or not origin.portable:
            raise Unprocessable(
                "MuJoCo's archive cannot hold a model whose files are not where it says, below its own folder",
                hint="Save this scene as ZIP or MJB.",
            )
    top = "" if kind == "mjz" else f"{_plain(stem_of(origin.root))}/"
    cut = len(home) + 1 if inside and home else 0
    files = []
    for name in origin.used:
        place = top + name[cut:]
        if name == origin.root and kind == "mjz":
            place = "model.xml"
        given = scene.xml.encode("utf-8") if name == origin.root and scene.xml is not None else upload.read(name)
        files.append((place, given))
    return files


def _no_text() -> Unprocessable:
    return Unprocessable("this scene has no text: it was loaded compiled", hint="Save it as MJB.")


def text_of(scene: ScenePart) -> str:
    """The model's text alone. Raises Unprocessable where it has none."""
    if scene.xml is None:
        raise _no_text()
    return scene.xml


def _plain(name: str) -> str:
    """`name` as a file name that every machine takes."""
    kept = "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "_" for c in name)[:60].strip("._")
    return kept or "scene"


def file_name(scene: ScenePart, ending: str) -> str:
    """What to call the download."""
    stem = stem_of(scene.origin.root) if scene.origin is not None else scene.name
    usual = stem.lower() in ("scene", "model")
    return f"{_plain(scene.name if usual else stem)}.{ending}"
