"""The server's end of compiling: pre-check, a place in the line, one request to the forkserver, its answer made readable.

Nothing blocks the event loop: the pre-check has a thread, sockets are non-blocking, and MJCF and models travel in memory
files whose descriptors are passed. This module runs in the server process and therefore never imports mujoco.
"""

from __future__ import annotations

import asyncio
import logging
import os
import socket
from contextlib import AsyncExitStack
from pathlib import Path
from types import TracebackType

from py_remote_viewer.errors import EngineFailed, SceneInvalid, SceneNotFound, SceneTooExpensive
from py_remote_viewer.protocol.messages import MAX_XML_BYTES
from py_remote_viewer.protocol.scene_edits import CheckedScene, Problem
from py_remote_viewer.scenes.compile_wire import (
    CREATE_WALL_S,
    MAX_REPLY_BYTES,
    TRUSTED_WALL_S,
    ChildAnswer,
    CompileRequest,
    CreatedScene,
    CreateRequest,
)
from py_remote_viewer.scenes.compiled import CompiledScene
from py_remote_viewer.scenes.forkserver import Forkserver
from py_remote_viewer.scenes.precheck import precheck
from py_remote_viewer.scenes.sandbox import sandbox_features
from py_remote_viewer.scenes.uploads.limits import UNPACK_WALL_S, UPLOAD_MEMORY_FACTOR, UPLOAD_WALL_S
from py_remote_viewer.scenes.uploads.wire import Unpacked, UnpackRequest, UploadFacts, UploadModel
from py_remote_viewer.scenes.verdicts import NoAnswer, judge
from py_remote_viewer.scenes.waiting_line import WaitingLine

log = logging.getLogger(__name__)

AT_ONCE = 2
MAX_WAITING = 8
CHECKS_AT_ONCE = 1  # beside them: a text that is being written never holds up a scene that is to be shown
MAX_CHECKS_WAITING = 16
_START_ALLOWANCE_S = 60.0  # a cold start of the forkserver on a busy machine: mujoco from disk


class SceneCompiler:
    """Compiles scenes, at most `AT_ONCE` at a time with `MAX_WAITING` in line. Async context manager; event loop only.

    Entering does not wait for the forkserver; the first compile does. A forkserver that dies is started again.
    """

    def __init__(self, settings_wall_s: float = 5.0, memory_mb: int = 1536) -> None:
        self._wall_s = settings_wall_s
        self._memory_mb = memory_mb
        self._forkserver: Forkserver | None = None
        self._lock = asyncio.Lock()
        self._loads = WaitingLine("scenes are being compiled", AT_ONCE, MAX_WAITING)
        self._checks = WaitingLine("texts are being checked", CHECKS_AT_ONCE, MAX_CHECKS_WAITING)
        self._open = False

    async def __aenter__(self) -> SceneCompiler:
        self._open = True
        missing = [wall for wall, stands in sandbox_features().items() if not stands]
        if missing:
            log.warning("this kernel or container gives the scene compiler no %s; its other walls stand", missing)
        self._forkserver = Forkserver.start()
        return self

    async def __aexit__(
        self, exc_type: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._open = False
        async with self._lock:
            forkserver, self._forkserver = self._forkserver, None
            if forkserver is not None:
                await asyncio.shield(forkserver.stop())

    @property
    def pid(self) -> int | None:
        """Of the forkserver, for telemetry."""
        return self._forkserver.process.pid if self._forkserver else None

    async def compile_xml(
        self, xml: str, *, name: str | None = None, title: str | None = None, preset: str | None = None
    ) -> CompiledScene:
        """Check and compile MJCF that nobody vouches for.

        Args:
            xml: MJCF; it can name no file.
            name: what people call it; the model's own name otherwise.
            title: for the page; the name otherwise.
            preset: the preset's name, when it is one.

        Returns:
            A scene whose descriptor now belongs to the caller.

        Raises:
            SceneInvalid, SceneTooExpensive: with `line` and `element` in `details` where known.
            RoomBusy: too many scenes are waiting to be compiled.
            EngineFailed: the forkserver cannot be kept alive.
        """
        async with self._loads.place():
            await asyncio.to_thread(precheck, xml)
            data = xml.encode("utf-8")
            request = CompileRequest(wall_s=self._wall_s, memory_mb=self._memory_mb, xml_size=len(data), name=name)
            fd, answer = await self._ask(request, data)
        return _scene(fd, answer, title=title, preset=preset, xml=xml)

    async def try_xml(self, xml: str) -> tuple[CompiledScene, dict[str, float | int | bool]]:
        """Compile a stranger's MJCF and watch it for two simulated seconds, as a scene from a sentence is.

        Returns:
            The scene, whose descriptor now belongs to the caller, and the figures.

        Raises:
            SceneInvalid, SceneTooExpensive: with the reason, which may be that physics does not hold it.
            RoomBusy, EngineFailed: as `compile_xml`.
        """
        async with self._loads.place():
            await asyncio.to_thread(precheck, xml)
            data = xml.encode("utf-8")
            request = CompileRequest(wall_s=CREATE_WALL_S, memory_mb=self._memory_mb, xml_size=len(data), try_out=True)
            fd, answer = await self._ask(request, data)
        return _scene(fd, answer, title=None, preset=None, xml=xml), answer.checks

    async def compile_preset(self, name: str) -> CompiledScene:
        """Compile the preset `name`.

        Raises:
            SceneNotFound: no preset has that name; and what `compile_xml` raises.
        """
        from py_remote_viewer.scenes import presets

        xml = await asyncio.to_thread(presets.preset_xml, name)
        return await self.compile_xml(xml, name=name, title=presets.preset(name).title, preset=name)

    async def compile_file(self, path: Path) -> CompiledScene:
        """Compile a file that the operator named: its includes, meshes and textures load, and limits are wide.

        Raises:
            SceneNotFound: it is not there or cannot be read; and what `compile_xml` raises.
        """
        path, xml = await asyncio.to_thread(_source, path)
        async with self._loads.place():
            request = CompileRequest(wall_s=TRUSTED_WALL_S, memory_mb=1, path=str(path), name=path.stem[:256])
            fd, answer = await self._ask(request, None)
        return _scene(fd, answer, title=None, preset=None, xml=xml)

    async def create(self, wanted: CreateRequest) -> tuple[CreatedScene, CompiledScene]:
        """Make a scene from a sentence, in a child under the same limits as a stranger's MJCF, with more time.

        Returns:
            What was made, and its model, whose descriptor now belongs to the caller.

        Raises:
            SceneInvalid, SceneTooExpensive: nothing was understood, it cannot be, or physics does not hold it.
            RoomBusy, EngineFailed: as `compile_xml`.
        """
        async with self._loads.place():
            data = wanted.model_dump_json().encode("utf-8")
            request = CompileRequest(wall_s=CREATE_WALL_S, memory_mb=self._memory_mb, xml_size=len(data), create=True)
            fd, answer = await self._ask(request, data)
        assert answer.created is not None
        return answer.created, _scene(fd, answer, title=None, preset=None, xml=answer.created.xml)

    async def unpack(self, request: UnpackRequest, source: int, output: int) -> Unpacked:
        """Write one pack of uploaded files into `output`, with what is in the archives among them.

        Args:
            request: what is in `source`.
            source: a file; read only.
            output: an empty file.

        Raises:
            SceneInvalid, SceneTooExpensive: an archive or a name is not taken.
            RoomBusy, EngineFailed: as `compile_xml`.
        """
        async with self._loads.place():
            data = request.model_dump_json().encode("utf-8")
            asked = CompileRequest(wall_s=UNPACK_WALL_S, memory_mb=256, xml_size=len(data), upload="unpack")
            fd, answer = await self._ask(asked, data, source, output)
            os.close(fd)
        assert answer.unpacked is not None
        return answer.unpacked

    async def compile_pack(
        self, model: UploadModel, pack: int, *, name: str | None = None, title: str | None = None
    ) -> tuple[CompiledScene, UploadFacts]:
        """Compile a model of an upload, whose files can name each other and nothing else.

        Args:
            model: which, and what is in `pack`.
            pack: a file; read only.
            name: what people call it; the model's own name otherwise.
            title: for the page; the name otherwise.

        Raises:
            SceneInvalid, SceneTooExpensive: with `roots`, the models there are, in `details`.
            RoomBusy, EngineFailed: as `compile_xml`.
        """
        async with self._loads.place():
            data = model.model_dump_json().encode("utf-8")
            wall_s = max(self._wall_s, UPLOAD_WALL_S)
            memory_mb = self._memory_mb * UPLOAD_MEMORY_FACTOR
            asked = CompileRequest(wall_s=wall_s, memory_mb=memory_mb, xml_size=len(data), name=name, upload="compile")
            fd, answer = await self._ask(asked, data, pack)
        assert answer.upload is not None
        return _scene(fd, answer, title=title, preset=None, xml=answer.upload.xml), answer.upload

    async def check(self, xml: str, within: UploadModel | None = None, pack: int = -1) -> CheckedScene:
        """Say all that is wrong with `xml`, from a child under the limits that it is loaded under. Cancelling ends the child.

        Args:
            xml: the text.
            within: the model of an upload in whose root's place it stands, where it does.
            pack: the file that the upload is in; read only.

        Raises:
            RoomBusy: too many texts are waiting to be checked.
            EngineFailed: as `compile_xml`.
        """
        try:
            data = xml.encode("utf-8")
        except UnicodeEncodeError as exc:
            return _only(f"character {exc.start + 1} is half of a surrogate pair", "Delete it.")
        wall_s, memory_mb = self._wall_s, self._memory_mb
        if within is not None:
            data = within.model_copy(update={"text": xml}).model_dump_json().encode("utf-8")
            wall_s, memory_mb = max(wall_s, UPLOAD_WALL_S), memory_mb * UPLOAD_MEMORY_FACTOR
        request = CompileRequest(
            wall_s=wall_s,
            memory_mb=memory_mb,
            xml_size=len(data),
            check=True,
            upload="compile" if within else "",
        )
        async with self._checks.place():
            try:
                fd, answer = await self._ask(request, data, pack if within else None)
            except SceneInvalid as exc:  # a limit ended the child, or MuJoCo did
                return _only(exc.message, exc.hint)
        os.close(fd)
        assert answer.checked is not None
        return answer.checked

    async def _ask(
        self, request: CompileRequest, xml: bytes | None, pack: int | None = None, into: int | None = None
    ) -> tuple[int, ChildAnswer]:
        """Have the forkserver do `request`; a forkserver that dies on it is replaced, once.

        Returns:
            A descriptor of what the child wrote, a new memory file or a copy of `into`, and its answer.
        """
        for attempt in (1, 2):
            forkserver = await self._alive()
            output = os.memfd_create("scene-model", os.MFD_CLOEXEC) if into is None else os.dup(into)
            try:
                os.lseek(output, 0, os.SEEK_SET)
                os.ftruncate(output, 0)  # what an attempt before may have left
                answer = await self._once(forkserver, request, (xml, pack), output)
            except NoAnswer:
                os.close(output)
                log.warning("the scene compiler (pid %d) died, attempt %d of 2", forkserver.process.pid, attempt)
                await self._bury(forkserver)
            except BaseException as exc:
                os.close(output)
                if isinstance(exc, SceneInvalid) and not self._open:  # its child was killed because we stop
                    raise _closed() from exc
                raise
            else:
                return output, answer
        raise EngineFailed(
            "the scene compiler does not stay alive",
            hint="See the server's log; `python -m py_remote_viewer.dev_check` tells what this machine lacks.",
        )

    async def _alive(self) -> Forkserver:
        async with self._lock:
            if not self._open:
                raise _closed()
            if self._forkserver is None:
                self._forkserver = Forkserver.start()
            return self._forkserver

    async def _bury(self, dead: Forkserver) -> None:
        async with self._lock:
            if self._forkserver is dead:
                self._forkserver = None
                await asyncio.shield(dead.stop())

    async def _once(
        self, forkserver: Forkserver, request: CompileRequest, given: tuple[bytes | None, int | None], output: int
    ) -> ChildAnswer:
        """One request, one answer. Leaving early, by cancellation or not, closes the reply socket: that kills the child."""
        async with AsyncExitStack() as stack:
            ours, theirs = socket.socketpair()
            stack.callback(ours.close)
            ours.setblocking(False)
            with theirs:
                fds = [theirs.fileno(), output]
                xml, pack = given
                if xml is not None:
                    source = os.memfd_create("scene-xml", os.MFD_CLOEXEC)
                    stack.callback(os.close, source)
                    os.write(source, xml)  # at most some MB, into memory: whole, and at once
                    fds.append(source)
                if pack is not None:
                    fds.append(pack)
                try:
                    socket.send_fds(forkserver.control, [request.model_dump_json().encode()], fds)
                except OSError as exc:
                    raise NoAnswer from exc
            try:
                async with asyncio.timeout(_START_ALLOWANCE_S + request.wall_s):
                    lines = await _read_lines(ours)
            except TimeoutError as exc:
                raise NoAnswer from exc
        return judge(request, lines)


def _closed() -> EngineFailed:
    return EngineFailed("the scene compiler is closed", hint="The server is stopping; start it again.")


async def _read_lines(reply: socket.socket) -> list[bytes]:
    loop = asyncio.get_running_loop()
    data = bytearray()
    while chunk := await loop.sock_recv(reply, 1 << 16):
        data += chunk
        if len(data) > MAX_REPLY_BYTES:
            raise SceneTooExpensive("the scene's description is too long", hint="Give it fewer or shorter names.")
    return [line for line in bytes(data).split(b"\n") if line]


def _source(path: Path) -> tuple[Path, str | None]:
    """The file's absolute path, and its text to be shown: None when it is binary or too long for that.

    Raises:
        SceneNotFound: it cannot be read.
    """
    path = path.expanduser().absolute()
    try:
        with path.open("rb") as file:
            data = file.read(MAX_XML_BYTES + 1)
    except OSError as exc:
        raise SceneNotFound(
            f"the scene file {path} cannot be read: {exc.strerror}",
            hint="Give the path of an .xml or .mjb file, or the name of a preset.",
        ) from exc
    if path.suffix.lower() == ".mjb" or len(data) > MAX_XML_BYTES:
        return path, None
    return path, data.decode("utf-8", "replace")


def _scene(fd: int, answer: ChildAnswer, *, title: str | None, preset: str | None, xml: str | None) -> CompiledScene:
    assert answer.info is not None
    log.debug("compiled %s: %d bytes, walls %s", answer.info.name, answer.size, answer.sandbox)
    return CompiledScene(
        name=answer.info.name,
        title=title or answer.info.name,
        preset=preset,
        info=answer.info,
        fd=fd,
        size=answer.size,
        xml=xml,
        warnings=answer.warnings,
        read_from=tuple(Path(path) for path in answer.read_from),
    )


def _only(message: str, hint: str) -> CheckedScene:
    return CheckedScene(problems=(Problem(source="limits", message=message, hint=hint),))
