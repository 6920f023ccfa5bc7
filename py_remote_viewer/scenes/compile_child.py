"""The forkserver that compiles scenes: `python -m py_remote_viewer.scenes.compile_child --fd N`.

It imports mujoco once and stays single threaded and clean; each request is a fork that lives for one scene. So a warm
compile costs milliseconds, and a scene that crashes, hangs or eats memory takes only its own child with it. It ends when
its socket does, and its children with it. Its only asker is `scenes/compiler.py`.
"""

from __future__ import annotations

import argparse
import gc
import os
import selectors
import signal
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import mujoco
import numpy as np

from py_remote_viewer.errors import SceneInvalid, SceneTooExpensive
from py_remote_viewer.protocol.scene_edits import CheckedScene
from py_remote_viewer.scenes import building, checking, sandbox
from py_remote_viewer.scenes.compile_wire import (
    MAX_REQUEST_BYTES,
    MAX_WARNINGS,
    ChildAnswer,
    ChildEnd,
    CompileRequest,
    CreatedScene,
    CreateRequest,
    Refusal,
    cpu_limit_s,
)
from py_remote_viewer.scenes.create import author
from py_remote_viewer.scenes.create.bodies import robots
from py_remote_viewer.scenes.create.checks import trial
from py_remote_viewer.scenes.uploads import reading
from py_remote_viewer.scenes.uploads.limits import MAX_UNPACKED_BYTES
from py_remote_viewer.scenes.uploads.urdf import is_urdf
from py_remote_viewer.scenes.uploads.wire import Unpacked, UnpackRequest, UploadFacts, UploadModel

MAX_MODEL_FILE_BYTES = 512 * 2**20
CHECK_NICE = 10
_HIGHEST_FD = 1 << 16


@dataclass(frozen=True, slots=True)
class _Job:
    """One request with the descriptors that came with it."""

    request: CompileRequest
    reply: socket.socket
    output: int
    xml: int | None = None
    pack: int | None = None

    @property
    def fds(self) -> set[int]:
        return {fd for fd in (self.output, self.xml, self.pack) if fd is not None}

    def close(self) -> None:
        self.reply.close()
        for fd in self.fds:
            os.close(fd)


@dataclass(frozen=True, slots=True)
class _Child:
    """A fork at work. `reply` is kept to tell the server how it ended, and to hear that nobody waits any more."""

    pid: int
    pidfd: int
    reply: socket.socket


class Forkserver:
    """Takes requests from `control` until it closes. One thread; never compiles itself."""

    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._children: dict[int, _Child] = {}  # by pid
        self._selector = selectors.PollSelector()
        self._selector.register(control, selectors.EVENT_READ)

    def run(self) -> None:
        """Serve until the server closes its end; then no child is left."""
        try:
            while True:
                for key, _ in self._selector.select():
                    if key.fileobj is self._control:
                        if not self._take():
                            return
                    elif isinstance(key.data, _Child) and key.data.pid in self._children:
                        if key.fd == key.data.pidfd:
                            self._reap(key.data)
                        else:  # the reply socket was closed by the server: it does not want the answer any more
                            self._selector.unregister(key.fileobj)
                            os.kill(key.data.pid, signal.SIGKILL)
        finally:
            for child in list(self._children.values()):
                os.kill(child.pid, signal.SIGKILL)
                self._reap(child)

    def _take(self) -> bool:
        """Start what is asked for; False when the server is gone."""
        data, fds, _, _ = socket.recv_fds(self._control, MAX_REQUEST_BYTES, 4)
        if not data:
            return False
        request = CompileRequest.model_validate_json(data)
        job = _Job(request, socket.socket(fileno=fds[0]), *fds[1:])
        forkserver_pid = os.getpid()
        pid = os.fork()
        if pid == 0:
            _child_main(job, forkserver_pid)
        reply = job.reply.dup()
        job.close()
        child = _Child(pid, os.pidfd_open(pid), reply)
        self._children[pid] = child
        self._selector.register(child.pidfd, selectors.EVENT_READ, child)
        self._selector.register(child.reply, selectors.EVENT_READ, child)
        return True

    def _reap(self, child: _Child) -> None:
        """Collect a child that has ended (or was just killed) and tell the server how."""
        _, status, usage = os.wait4(child.pid, 0)
        del self._children[child.pid]
        for source in (child.pidfd, child.reply):
            if source in self._selector.get_map():
                self._selector.unregister(source)
        os.close(child.pidfd)
        end = ChildEnd(exit_code=os.waitstatus_to_exitcode(status), max_rss_kb=usage.ru_maxrss)
        try:
            child.reply.sendall(b"\n" + end.model_dump_json().encode() + b"\n")
        except OSError:
            pass  # the server did not wait for it
        child.reply.close()


def _child_main(job: _Job, forkserver_pid: int) -> NoReturn:
    """The life of a fork, from the first line to `os._exit`: nothing of the forkserver may run in it."""
    code = 1
    try:
        _close_all_but({job.reply.fileno(), *job.fds})
        answer = _answer(job, forkserver_pid)
        job.reply.sendall(answer.model_dump_json().encode() + b"\n")
        code = 0
    except MemoryError:
        code = 2  # said by the exit code alone: there may be no memory left for words
    except BaseException as exc:
        os.write(2, f"scene compiler: {repr(exc)[:1000]}\n".encode())  # a bug of ours, for the server's log
    finally:
        os._exit(code)


def _close_all_but(kept: set[int]) -> None:
    low = 3
    for fd in sorted(kept):
        os.closerange(low, fd)
        low = fd + 1
    os.closerange(low, _HIGHEST_FD)


def _answer(job: _Job, forkserver_pid: int) -> ChildAnswer:
    """Compile under limits; a refusal is an answer too."""
    request = job.request
    trusted = request.path is not None
    sandbox.limit_time(request.wall_s, cpu_limit_s(request.wall_s))
    walls: dict[str, bool] = {}
    if not trusted:
        largest = MAX_UNPACKED_BYTES if request.upload == "unpack" else MAX_MODEL_FILE_BYTES
        walls = sandbox.shut_in(sandbox.mapped_bytes() + request.memory_mb * 2**20, largest)
    sandbox.end_with_parent(forkserver_pid)  # after leaving root, which would undo it
    with building.collected_warnings() as warnings:
        if request.check:
            return ChildAnswer(checked=_checked(job, warnings), sandbox=walls)
        try:
            answer = _done(job, warnings)
        except SceneInvalid as exc:
            answer = ChildAnswer(refusal=_as_refusal(exc))
    return answer.model_copy(update={"warnings": tuple(warnings[:MAX_WARNINGS]), "sandbox": walls})


def _done(job: _Job, warnings: list[str]) -> ChildAnswer:
    """Do what is asked; raises SceneInvalid."""
    created, upload = None, None
    if job.request.upload == "unpack":
        return ChildAnswer(unpacked=_unpacked(job))
    if job.request.create:
        created, model = _created(job)
    elif job.request.upload == "compile":
        model, upload = _uploaded(job, warnings)
    else:
        model = _model(job, warnings)
    checks = trial.tried_out(model) if job.request.try_out else {}
    read_from = building.files_named_by(Path(job.request.path)) if job.request.path is not None else ()
    info = building.describe(model, job.request.name)
    size = _write(model, job.output)
    return ChildAnswer(info=info, created=created, upload=upload, read_from=read_from, checks=checks, size=size)


def _source(job: _Job) -> bytes:
    assert job.xml is not None
    return os.pread(job.xml, job.request.xml_size, 0)


def _unpacked(job: _Job) -> Unpacked:
    assert job.pack is not None
    with open(job.pack, "rb", closefd=False) as source:
        return reading.unpack(UnpackRequest.model_validate_json(_source(job)), source, job.output)


def _uploaded(job: _Job, warnings: list[str]) -> tuple[mujoco.MjModel, UploadFacts]:
    assert job.pack is not None
    model, facts = reading.compile_upload(UploadModel.model_validate_json(_source(job)), job.pack, warnings)
    return _bounded(model, job.request, warnings), facts


def _created(job: _Job) -> tuple[CreatedScene, mujoco.MjModel]:
    """A scene from a sentence, and its model."""
    return author.create(CreateRequest.model_validate_json(_source(job)))


def _checked(job: _Job, warnings: list[str]) -> CheckedScene:
    """All that is wrong with the text; nobody waits for it as for a scene, so it gives way to everything else."""
    assert job.xml is not None
    os.nice(CHECK_NICE)
    if job.request.upload != "compile":
        xml = _source(job).decode("utf-8")
        return checking.check(xml, checking.Trial.alone(xml, lambda: _model(job, warnings)), warnings)
    assert job.pack is not None
    pack, wanted = job.pack, UploadModel.model_validate_json(_source(job))
    text = wanted.text or ""
    tried = checking.Trial(
        judge=lambda: reading.judge_text(wanted, pack),
        compile=lambda: _uploaded(job, warnings)[0],
        is_mjcf=not is_urdf(text.encode("utf-8")),
    )
    return checking.check(text, tried, warnings)


def _model(job: _Job, warnings: list[str]) -> mujoco.MjModel:
    if job.request.path is not None:
        model = building.build_file(Path(job.request.path))
    else:
        model = building.build_text(_source(job).decode("utf-8"))
    return _bounded(model, job.request, warnings)


def _bounded(model: mujoco.MjModel, request: CompileRequest, warnings: list[str]) -> mujoco.MjModel:
    """`model`, when it can be held, drawn and stepped."""
    if request.path is None:
        building.bound_solver(model, warnings)
    building.bound_drawing(model, warnings)
    building.require_timestep(model)
    try:
        building.require_affordable(model)
        building.require_simulable(model)
    except SceneInvalid as exc:
        if request.path is None:
            raise
        warnings.append(exc.message)  # the operator's own file is shown all the same
    return model


def _write(model: mujoco.MjModel, output: int) -> int:
    """Put the model into the memory file `output` as MJB; its size."""
    size = int(mujoco.mj_sizeModel(model))
    if size > MAX_MODEL_FILE_BYTES:
        raise SceneTooExpensive(
            f"the compiled model is {size >> 20} MiB; at most {MAX_MODEL_FILE_BYTES >> 20} MiB are taken",
            hint="Use fewer or smaller meshes, textures and height fields.",
        )
    buffer = np.empty(size, np.uint8)
    mujoco.mj_saveModel(model, None, buffer)
    left = buffer.data
    while left:
        left = left[os.write(output, left) :]
    return size


def _as_refusal(exc: SceneInvalid) -> Refusal:
    return Refusal(
        message=exc.message,
        hint=exc.hint,
        expensive=isinstance(exc, SceneTooExpensive),
        details=exc.details,
    )


def _warm_up() -> None:
    """Do once what a child needs and may not: load lazily imported modules, fill caches; then keep it all shared."""
    xml = "<mujoco><worldbody><body><freejoint/><geom size='.1'/></body></worldbody></mujoco>"
    with building.collected_warnings():
        model = building.build_text(xml)
        building.require_affordable(model)
        building.require_simulable(model)
        ChildAnswer(info=building.describe(model, None)).model_dump_json()
        wrong = "<mujoco>\n<worldbody><geom size='a b'/></worldbody></mujoco>"
        checking.check(wrong, checking.Trial.alone(wrong, lambda: building.build_text(wrong)), [])
        robots.warm_up()
        reading.warm_up()
        author.create(CreateRequest(prompt="a ball on a table and a pendulum"))
    del model
    gc.collect()
    gc.freeze()


def main() -> None:
    """Serve on the inherited socket `--fd`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fd", type=int, required=True, help="SOCK_SEQPACKET socket to the server")
    control = socket.socket(fileno=parser.parse_args().fd)
    control.set_inheritable(False)
    os.chdir("/")
    silence = os.open(os.devnull, os.O_RDWR)
    os.dup2(silence, 1)
    os.close(silence)
    _warm_up()
    threads = len(list(Path("/proc/self/task").iterdir()))
    if threads > 1:  # only the forking thread lives on in a child, and locks of the others stay locked
        os.write(2, f"scene compiler: {threads} threads where one was expected; compiles may hang\n".encode())
    Forkserver(control).run()


if __name__ == "__main__":
    main()
