"""What tests of the engine process share: a model, and a room that keeps what the supervisor tells it."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Callable

import av
import numpy as np

from py_remote_viewer.protocol.engine_messages import (
    EngineNotice,
    EngineReady,
    EngineStatus,
    InputApplied,
    PeerAnswer,
)
from py_remote_viewer.protocol.engine_values import FieldsResolved, ValuesSampled
from py_remote_viewer.protocol.pictures import EncodedPicture
from py_remote_viewer.protocol.recording import TrajectoryData
from py_remote_viewer.protocol.scene_info import ModelInfo
from py_remote_viewer.scenes.compiled import CompiledScene

PENDULUM = """<mujoco><worldbody><light pos="0 0 3"/><geom type="plane" size="2 2 .1" rgba=".2 .3 .4 1"/>
<body name="arm" pos="0 0 1.5"><joint name="hinge" axis="0 1 0"/>
<geom type="capsule" fromto="0 0 0 .8 0 0" size=".08" rgba="1 .5 0 1"/>
</body><camera name="side" pos="0 -3 1" xyaxes="1 0 0 0 0 1"/></worldbody></mujoco>"""
UNSTABLE = """<mujoco><option timestep="0.01"/><worldbody><body pos="0 0 1"><freejoint/>
<geom size=".1" mass="1e-3"/></body></worldbody><option gravity="0 0 -1e300"/></mujoco>"""

_COMPILE = """
import sys, os, numpy, mujoco
model = mujoco.MjModel.from_xml_string(sys.stdin.read())
data = numpy.empty(mujoco.mj_sizeModel(model), numpy.uint8)
mujoco.mj_saveModel(model, None, data)
os.write(int(sys.argv[1]), data.tobytes())
"""


def compiled(xml: str) -> CompiledScene:
    """The model as the compile child would hand it over."""
    fd = os.memfd_create("model")
    subprocess.run([sys.executable, "-c", _COMPILE, str(fd)], input=xml, text=True, pass_fds=[fd], check=True)
    info = ModelInfo(name="test", nbody=2, nq=1, nv=1, nu=0, ngeom=2, timestep_s=0.002)
    return CompiledScene("test", "Test", None, info, fd, os.fstat(fd).st_size, xml=xml)


class Room:
    """Hears what a room would hear."""

    def __init__(self) -> None:
        self.pictures: list[EncodedPicture] = []
        self.statuses: list[EngineStatus] = []
        self.applied: list[InputApplied] = []
        self.notices: list[str] = []
        self.answers: list[PeerAnswer] = []
        self.restarts: list[str] = []
        self.resumed: list[bool] = []
        self.failed: list[str] = []
        self.trajectory: list[tuple[TrajectoryData, bytes]] = []
        self.granted: list[FieldsResolved] = []
        self.values: list[tuple[ValuesSampled, bytes]] = []
        self._changed = asyncio.Event()

    def on_picture(self, picture: EncodedPicture) -> None:
        self.pictures.append(picture)
        self._changed.set()

    def on_status(self, status: EngineStatus) -> None:
        self.statuses.append(status)
        self._changed.set()

    def on_applied(self, applied: InputApplied) -> None:
        self.applied.append(applied)
        self._changed.set()

    def on_fields(self, resolved: FieldsResolved) -> None:
        self.granted.append(resolved)
        self._changed.set()

    def on_values(self, sampled: ValuesSampled, data: bytes) -> None:
        self.values.append((sampled, data))
        self._changed.set()

    def on_notice(self, notice: EngineNotice) -> None:
        self.notices.append(notice.text)
        self._changed.set()

    def on_trajectory(self, piece: TrajectoryData, data: bytes) -> None:
        self.trajectory.append((piece, data))
        self._changed.set()

    def on_answer(self, answer: PeerAnswer) -> None:
        self.answers.append(answer)
        self._changed.set()

    def on_ready(self, ready: EngineReady) -> None:
        self._changed.set()

    def on_restart(self, reason: str, resumes: bool) -> None:
        self.restarts.append(reason)
        self.resumed.append(resumes)
        self._changed.set()

    def on_failed(self, reason: str) -> None:
        self.failed.append(reason)
        self._changed.set()

    async def until(self, condition: Callable[[], bool], timeout_s: float = 15.0) -> None:
        async with asyncio.timeout(timeout_s):
            while not condition():
                self._changed.clear()
                await self._changed.wait()

    @property
    def status(self) -> EngineStatus:
        return self.statuses[-1]


def decoded(pictures: list[EncodedPicture]) -> list[np.ndarray]:
    decoder = av.CodecContext.create("h264", "r")
    frames = [frame for picture in pictures for frame in decoder.decode(av.Packet(picture.data))]
    return [frame.to_ndarray(format="gray") for frame in frames + decoder.decode(None)]
