"""Making a model of an upload, in a compile child: its files are bytes of one pack, handed to MuJoCo in memory.

What MuJoCo gets is exactly what was judged: the texts that passed, and the files that they name. Were it to look for
another, nothing in this process can be opened.
"""

from __future__ import annotations

import codecs
import io
import os
import re
import tempfile
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO

import mujoco
import numpy as np

from py_remote_viewer.errors import SceneInvalid, SceneTooExpensive
from py_remote_viewer.protocol.messages import MAX_XML_BYTES
from py_remote_viewer.scenes.building import MUJOCO_REFUSES, refusal_of
from py_remote_viewer.scenes.uploads import archive
from py_remote_viewer.scenes.uploads.limits import MAX_FILES, MAX_ROOTS_TOLD, MAX_UNPACKED_BYTES
from py_remote_viewer.scenes.uploads.mjb import require_version
from py_remote_viewer.scenes.uploads.names import inside, is_clutter, require_distinct, stem_of, suffix_of
from py_remote_viewer.scenes.uploads.references import Shelf, references_of, require_all
from py_remote_viewer.scenes.uploads.roots import model_files, order_of_roots
from py_remote_viewer.scenes.uploads.urdf import is_urdf, prepare
from py_remote_viewer.scenes.uploads.wire import PackedFile, Unpacked, UnpackRequest, UploadFacts, UploadModel

_INCLUDE = re.compile(rb"<\s*(?:include|model)\b[^<>]{0,300}?\bfile\s*=\s*[\"']([^\"'<>]{1,512})[\"']")


@dataclass(frozen=True, slots=True)
class Pack:
    """Files of an upload, in the file behind `fd`, which belongs to the caller."""

    fd: int
    files: dict[str, PackedFile]

    @classmethod
    def of(cls, fd: int, files: tuple[PackedFile, ...]) -> Pack:
        return cls(fd, {file.name: file for file in files})

    def read(self, name: str) -> bytes:
        file = self.files[name]
        return os.pread(self.fd, file.size, file.offset) if file.size else b""


def warm_up() -> None:
    """Do once, in the forkserver, what a child may not: load modules and codecs that come with their first use."""
    archived = io.BytesIO()
    urdf = '<robot name="r"><link name="a"><visual><geometry><sphere radius="1"/></geometry></visual></link></robot>'
    with zipfile.ZipFile(archived, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a.urdf", urdf)
    data = archived.getvalue()
    with tempfile.TemporaryFile() as output:
        request = UnpackRequest(files=(PackedFile(name="a.zip", offset=0, size=len(data)),))
        unpacked = unpack(request, io.BytesIO(data), output.fileno())
        compile_upload(UploadModel(files=unpacked.files), output.fileno(), [])
    for codec in ("cp437", "latin-1"):  # names in old archives, comments in old models
        codecs.lookup(codec)


# --- unpacking ---------------------------------------------------------------------------------------------------------


def unpack(request: UnpackRequest, source: BinaryIO, output: int) -> Unpacked:
    """Write one pack of everything that came into `output`; its files have the names they keep.

    Raises:
        SceneInvalid, SceneTooExpensive: an archive is not taken, or a name is not.
    """
    packer = _Packer(output)
    archives = 0
    for file in request.files:
        name = inside(file.name)
        window = archive.Window(source, file.offset, file.size)
        if suffix_of(name) in archive.ARCHIVES:
            archives += 1
            folder = stem_of(name) if len(request.files) > 1 else ""
            packer.add_archive(window, name, folder)
        elif is_clutter(name):
            packer.ignored += 1
        else:
            packer.add(name, window.chunks())
    require_distinct(file.name for file in packer.files)
    tops = {file.name.partition("/")[0] for file in packer.files}
    folder = tops.pop() if len(tops) == 1 and all("/" in file.name for file in packer.files) else ""
    if not folder and archives == 1 and len(request.files) == 1:
        folder = stem_of(inside(request.files[0].name))
    return Unpacked(files=tuple(packer.files), folder=folder, ignored=packer.ignored)


class _Packer:
    """Appends files to `output`, in all at most `MAX_FILES` and `MAX_UNPACKED_BYTES`."""

    def __init__(self, output: int) -> None:
        self.files: list[PackedFile] = []
        self.ignored = 0
        self._output = output
        self._at = 0

    def add_archive(self, window: archive.Window, name: str, folder: str) -> None:
        packed, contents = archive.contents_of(window, name)
        with packed:
            self.ignored += contents.ignored
            require_distinct(member.name for member in contents.members)
            self._require_room(len(contents.members), sum(member.info.file_size for member in contents.members))
            for member in contents.members:
                self.add(f"{folder}/{member.name}" if folder else member.name, archive.chunks_of(packed, member))

    def add(self, name: str, chunks: Iterable[bytes]) -> None:
        offset = self._at
        for chunk in chunks:
            self._require_room(0, len(chunk))
            left = memoryview(chunk)
            try:
                while left:
                    left = left[os.write(self._output, left) :]
            except OSError as exc:
                raise SceneTooExpensive(
                    f"the server could not write the upload: {exc.strerror}", hint="Upload less, or try again later."
                ) from exc
            self._at += len(chunk)
        self._require_room(1, 0)
        self.files.append(PackedFile(name=name, offset=offset, size=self._at - offset))

    def _require_room(self, files: int, size: int) -> None:
        if len(self.files) + files > MAX_FILES:
            raise SceneTooExpensive(f"more than {MAX_FILES} files", hint="Leave out what the model does not need.")
        if self._at + size > MAX_UNPACKED_BYTES:
            raise SceneTooExpensive(
                f"the upload unpacks to more than {MAX_UNPACKED_BYTES >> 20} MiB",
                hint="Leave out what the model does not need, or use simpler meshes and smaller textures.",
            )


# --- compiling ---------------------------------------------------------------------------------------------------------


def compile_upload(wanted: UploadModel, fd: int, warnings: list[str]) -> tuple[mujoco.MjModel, UploadFacts]:
    """The model of an upload.

    Raises:
        SceneInvalid, SceneTooExpensive: with `root` and `roots` in its details where there is a choice.
    """
    pack = Pack.of(fd, wanted.files)
    names = list(pack.files)
    others = model_files(names)[:MAX_ROOTS_TOLD]
    if wanted.root is not None:
        if wanted.root not in pack.files:
            raise SceneInvalid(
                f"there is no {wanted.root[:80]!r} in the upload", hint="Choose one of `roots`.", roots=others
            )
        order = [wanted.root]
    else:
        order = order_of_roots(names, wanted.folder, _included(pack) if len(others) > 1 else ())
    failed: SceneInvalid | None = None
    for root in order:
        said: list[str] = []
        try:
            if suffix_of(root) == ".mjb" and not wanted.binary:
                raise SceneInvalid(
                    "this server takes no compiled models", hint="Upload the model's XML with its files."
                )
            model, facts = _compile(pack, root, wanted.text, said)
        except SceneInvalid as exc:
            failed = failed or type(exc)(exc.message, hint=exc.hint, **exc.details, root=root, roots=others)
            continue
        warnings += said
        return model, facts.model_copy(update={"others": tuple(one for one in others if one != root)})
    assert failed is not None
    raise failed


def judge_text(wanted: UploadModel, fd: int) -> None:
    """Look over `wanted.text` in the place of its root, with all that it names, and compile nothing.

    Raises:
        SceneInvalid, SceneTooExpensive: as `compile_upload`; files that are not there in `missing`.
    """
    pack = Pack.of(fd, wanted.files)
    assert wanted.root is not None
    assert wanted.text is not None
    data, shelf = wanted.text.encode("utf-8"), Shelf(pack.files)
    if is_urdf(data):
        prepare(wanted.root, data, shelf)
    else:
        require_all(references_of(wanted.root, shelf, pack.read, data).missing)


def _included(pack: Pack) -> set[str]:
    """Files that others include, seen without parsing: a hint for the order in which models are tried."""
    shelf = Shelf(pack.files)
    found: set[str] = set()
    for name in model_files(list(pack.files)):
        if suffix_of(name) in (".xml", ".mjcf") and pack.files[name].size <= MAX_XML_BYTES:
            folder = name.rpartition("/")[0]
            for reference in _INCLUDE.findall(pack.read(name)):
                found.update(one for one in shelf.find(reference.decode("utf-8", "replace"), [folder]) if one != name)
    return found


def _compile(pack: Pack, root: str, text: str | None, warnings: list[str]) -> tuple[mujoco.MjModel, UploadFacts]:
    data = pack.read(root) if text is None else text.encode("utf-8")
    if suffix_of(root) == ".mjb":
        return _binary(data), UploadFacts(root=root, used=(root,))
    shelf = Shelf(pack.files)
    if is_urdf(data):
        prepared = prepare(root, data, shelf)
        warnings += prepared.warnings
        model = _model("robot.urdf", {"robot.urdf": prepared.text.encode()}, pack, prepared.meshes)
        return model, UploadFacts(root=root, used=(root, *prepared.used), xml=_shown(data), portable=False)
    found = references_of(root, shelf, pack.read, data)
    require_all(found.missing)
    used = (*found.texts, *found.files)
    model = _model(root, found.texts, pack, {name: name for name in found.files})
    return model, UploadFacts(root=root, used=used, xml=_shown(data), portable=found.portable)


def _model(root: str, texts: dict[str, bytes], pack: Pack, files: dict[str, str]) -> mujoco.MjModel:
    """Compile `root` with `texts` and with `files`: names that it uses, and those that they have in the pack."""
    try:
        with mujoco.MjVfs() as vfs:
            for name, data in texts.items():
                vfs[name] = data
            for name, kept in files.items():
                vfs[name] = pack.read(kept)  # copied: one at a time, or everything would be here twice
            return mujoco.MjSpec.from_file(root, vfs=vfs).compile(vfs=vfs)
    except MUJOCO_REFUSES as exc:
        raise refusal_of(exc) from exc


def _binary(data: bytes) -> mujoco.MjModel:
    empty = mujoco.MjModel.from_xml_string("<mujoco/>")
    ours = np.empty(mujoco.mj_sizeModel(empty), np.uint8)
    mujoco.mj_saveModel(empty, None, ours)
    require_version(data, ours[:20].tobytes(), mujoco.__version__)
    try:
        return mujoco.MjModel.from_binary_path("model.mjb", {"model.mjb": data})
    except MUJOCO_REFUSES as exc:
        raise SceneInvalid(
            "MuJoCo cannot read this MJB: it is cut off or damaged", hint="Save it again, or upload the model's XML."
        ) from exc


def _shown(data: bytes) -> str | None:
    return data.decode("utf-8", "replace") if len(data) <= MAX_XML_BYTES else None
