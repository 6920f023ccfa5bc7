"""States of a running simulation, so that every step between them can be made again bit for bit. In the engine's process.

`Simulation` tells before and after every call of `mj_step`. What was between two calls (a person's force, a slider, a reset,
a seek) is seen by comparing the whole integration state with the one after the last step: where they differ, the new one
becomes a row of its own. So nothing has to know what commands there are, and none can be forgotten.
"""

from __future__ import annotations

import json
import platform
import time
import zlib
from collections.abc import Callable
from typing import Any

import mujoco
import numpy as np
from numpy.typing import NDArray

from py_remote_viewer import __version__
from py_remote_viewer.protocol.look import Look
from py_remote_viewer.protocol.recording import TrajectoryData
from py_remote_viewer.record import chunks
from py_remote_viewer.record.chunk_line import ChunkLine
from py_remote_viewer.record.options import Options, options_of, visual_of
from py_remote_viewer.record.rows import CAMERA_MODES, Rows, pack_rows
from py_remote_viewer.render.camera import Camera
from py_remote_viewer.sim.full_state import read_state, state_size
from py_remote_viewer.sim.simulation import Simulation

BLOCK_S = 1.0  # a crash loses no more than this
BLOCK_BYTES = 4 * 2**20
MODEL_PIECE_BYTES = 8 * 2**20

Send = Callable[[TrajectoryData, bytes], None]
_Row = tuple[int, int, float, tuple[float, ...], NDArray[np.float64]]


class TrajectoryPart:
    """One model's states, from now until `close`. The engine's main thread; packing and sending happen on `line`."""

    def __init__(
        self,
        recording_id: str,
        part: int,
        load_id: int,
        simulation: Simulation,
        camera: Camera,
        now: float,
        line: ChunkLine,
        send: Send,
    ) -> None:
        self.recording_id = recording_id
        self._number = part
        self._load_id = load_id
        self._simulation = simulation
        self._line = line
        self._send = send
        self._began_s = now
        self._camera = camera_numbers(camera)
        self._wall_s = 0.0
        self._model, self._data = simulation.model, simulation.data
        size = state_size(self._model)
        self._here = np.empty(size)  # scratch: the state as it stands
        self._after = np.empty(size)  # after the last step or row
        self._broken = True  # the next row cannot follow from the one before
        self._steps = 0  # since the last row
        self._step = simulation.steps
        self._first_step = simulation.steps
        self._rows: list[_Row] = []
        self._sent_rows = 0
        self._block_s = now
        self._options: dict[str, Any] = {}
        self._shown: Look | None = None
        self._visual: Options = {}
        self._changes: list[tuple[bytes, dict[str, Any]]] = []
        self._check_options = True
        self._check_visual = False
        self._inputs: list[dict[str, Any]] = []
        self._start()

    # --- what the simulation tells -----------------------------------------------------------------------------------

    def before(self) -> None:
        """`mj_step` is about to be called."""
        if self._check_options:
            self._check_options = False
            self._note_options()
        self._look()

    def after(self, count: int) -> None:
        """`count` steps have been made."""
        read_state(self._model, self._data, self._after)
        self._steps += count
        self._step += count

    # --- what the engine's loop tells --------------------------------------------------------------------------------

    def tick(self, now: float, camera: Camera, look: Look) -> None:
        """A picture's worth of steps has been made, or something has changed while time stands still."""
        if look is not self._shown:
            self._look_changed(look, visual_of(self._model))
        elif self._check_visual or now - self._block_s >= BLOCK_S:  # a quarter of a millisecond: not at every tick
            self._check_visual = False
            if (visual := visual_of(self._model)) != self._visual:
                self._look_changed(look, visual)
        seen = camera_numbers(camera)
        has_turned, self._camera, self._wall_s = seen != self._camera, seen, now - self._began_s
        before = self._row_count
        self._flush_steps()
        self._look()
        if has_turned and self._row_count == before:
            self._row(0)
        self._check_options = True
        if now - self._block_s >= BLOCK_S or len(self._rows) * self._here.nbytes >= BLOCK_BYTES:
            self._send_block(now)

    def note(self, peer_id: str, command: dict[str, Any]) -> None:
        """Somebody did something; what it changed is seen by itself."""
        self._check_options = True
        self._inputs.append(
            {"row": self._row_count, "step": self._step, "wall_s": self._wall_s, "peer": peer_id, "input": command}
        )

    def set_by_people(self) -> None:
        """Somebody has changed options, those of the picture perhaps: they hold from the next tick on."""
        self._check_visual = True

    def close(self, now: float, reason: str) -> None:
        """End the part; what was captured goes out."""
        self._wall_s = now - self._began_s
        self._flush_steps()
        self._look()
        self._send_block(now, must=True)
        facts = {
            "reason": reason,
            "rows": self._sent_rows,
            "steps": self._step - self._first_step,
            "wall_s": self._wall_s,
        }
        data = self._told(last=True)
        self._line.put(lambda: self._send(data, _json_chunk(chunks.END, facts)), must=True)

    # --- inside ------------------------------------------------------------------------------------------------------

    @property
    def _row_count(self) -> int:
        return self._sent_rows + len(self._rows)

    def _look(self) -> None:
        """Compare the state with the one that the last row or step left; a difference is a row."""
        read_state(self._model, self._data, self._here)
        if self._broken or not np.array_equal(self._here.view(np.uint64), self._after.view(np.uint64)):
            self._flush_steps()
            self._after[:] = self._here
            self._row(0)

    def _flush_steps(self) -> None:
        if self._steps:
            self._row(self._steps)

    def _row(self, steps: int) -> None:
        self._rows.append((steps, self._step, self._wall_s, self._camera, self._after.copy()))
        self._steps = 0
        self._broken = False

    def _note_options(self) -> None:
        options = options_of(self._model)
        if options == self._options:
            return
        self._options = options
        self._flush_steps()
        self._changes.append((chunks.OPTIONS, {"row": self._row_count, "options": options}))

    def _look_changed(self, look: Look, visual: Options) -> None:
        row = 0 if self._shown is None else self._row_count  # what is known at the first tick held from the start
        self._shown, self._visual = look, visual
        self._changes.append((chunks.LOOK, {"row": row, "look": look.model_dump(mode="json"), "visual": visual}))

    def _start(self) -> None:
        model = self._model
        head = {
            "format": 1,
            "created": time.time(),
            "recording": self.recording_id,
            "part": self._number,
            "package": __version__,
            "mujoco": mujoco.__version__,
            "platform": platform.platform(),
            "scene": model_name(model),
            "timestep_s": float(model.opt.timestep),
            "state": "mjSTATE_INTEGRATION, tree_asleep",
            "state_size": len(self._here),
            "first_step": self._first_step,
        }
        raw = np.empty(mujoco.mj_sizeModel(model), np.uint8)
        mujoco.mj_saveModel(model, None, raw)
        data = self._told()

        def send() -> None:
            self._send(data, chunks.MAGIC + _json_chunk(chunks.HEAD, head))
            for at in range(0, len(raw), MODEL_PIECE_BYTES):
                piece = zlib.compress(raw[at : at + MODEL_PIECE_BYTES].tobytes(), 1)
                self._send(data, chunks.pack_chunk(chunks.MODEL, piece))

        self._line.put(send, must=True)

    def _send_block(self, now: float, *, must: bool = False) -> None:
        self._block_s = now
        rows, inputs, changes, size = self._rows, self._inputs, self._changes, len(self._here)
        if not rows and not inputs:
            return
        self._rows, self._inputs, self._changes = [], [], []
        self._sent_rows += len(rows)
        data = self._told()

        def send() -> None:
            parts = [_json_chunk(kind, change) for kind, change in changes]
            if rows:
                parts.append(chunks.pack_chunk(chunks.ROWS, pack_rows(_joined(rows, size))))
            if inputs:
                parts.append(chunks.pack_chunk(chunks.INPUTS, zlib.compress(json.dumps(inputs).encode(), 6)))
            self._send(data, b"".join(parts))

        if not self._line.put(send, must=must):
            self._sent_rows -= len(rows)
            self._broken = True  # nobody reads: these states are lost, and the file says so
            self._options, self._shown = {}, None

    def _told(self, *, last: bool = False) -> TrajectoryData:
        return TrajectoryData(
            recording_id=self.recording_id,
            part=self._number,
            load_id=self._load_id,
            scene=model_name(self._model),
            rows=self._sent_rows,
            steps=self._step - self._first_step,
            last=last,
        )


class StateCapture:
    """Keeps the trajectory of whatever is on the stage while the server wants one. The engine's main thread."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._line = ChunkLine()
        self._wanted = ""
        self._parts = 0
        self._part: TrajectoryPart | None = None
        self._simulation: Simulation | None = None
        self._load_id = 0

    @property
    def is_on(self) -> bool:
        """Whether states are kept."""
        return self._part is not None

    def want(self, recording_id: str, camera: Camera | None, now: float) -> None:
        """Keep states for this recording from now on; empty: none."""
        if recording_id == self._wanted:
            return
        self._end(now, "stopped")
        self._wanted = recording_id
        self._begin(camera, now)

    def staged(self, load_id: int, simulation: Simulation, camera: Camera, now: float) -> None:
        """Another model is on the stage: another part begins."""
        self._end(now, "another scene")
        self._load_id, self._simulation = load_id, simulation
        self._begin(camera, now)

    def tick(self, now: float, camera: Camera, look: Look) -> None:
        """The loop's tick is over."""
        if self._part is not None:
            self._part.tick(now, camera, look)

    def note(self, peer_id: str, command: Callable[[], dict[str, Any]]) -> None:
        """A peer's input was applied."""
        if self._part is not None:
            self._part.note(peer_id, command())

    def set_by_people(self) -> None:
        """Options were changed."""
        if self._part is not None:
            self._part.set_by_people()

    def close(self, now: float) -> None:
        """The engine ends in order."""
        self._end(now, "the engine ended")
        self._line.close()

    def _begin(self, camera: Camera | None, now: float) -> None:
        if not self._wanted or self._simulation is None or camera is None:
            return
        self._parts += 1
        self._part = TrajectoryPart(
            self._wanted, self._parts, self._load_id, self._simulation, camera, now, self._line, self._send
        )
        self._simulation.observer = self._part

    def _end(self, now: float, reason: str) -> None:
        part, self._part = self._part, None
        if part is not None:
            assert self._simulation is not None
            self._simulation.observer = None
            part.close(now, reason)


def camera_numbers(camera: Camera) -> tuple[float, ...]:
    """As a row holds it."""
    return (
        float(CAMERA_MODES.index(camera.mode)),
        float(camera.target_id),
        *camera.lookat,
        camera.distance,
        camera.azimuth,
        camera.elevation,
        camera.fov_deg,
        float(camera.orthographic),
    )


def model_name(model: mujoco.MjModel) -> str:
    """The name in its `<mujoco model="…">`."""
    return bytes(model.names[: model.names.find(b"\0")]).decode("utf-8", "replace")


def _json_chunk(kind: bytes, facts: dict[str, Any]) -> bytes:
    return chunks.pack_chunk(kind, json.dumps(facts).encode())


def _joined(rows: list[_Row], size: int) -> Rows:
    return Rows(
        steps=np.array([row[0] for row in rows], np.int64),
        step=np.array([row[1] for row in rows], np.int64),
        wall_s=np.array([row[2] for row in rows]),
        camera=np.array([row[3] for row in rows]),
        state=np.stack([row[4] for row in rows]) if rows else np.empty((0, size)),
    )
