"""States as rows, and rows as bytes: each is XORed with the one before and the bytes are sorted by place before zlib.

Neighbouring states share signs, exponents and often whole numbers, so this halves what zlib alone leaves, and it is exact.
Each packed block stands alone: a reader needs none before it.
"""

from __future__ import annotations

import json
import struct
import zlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from py_remote_viewer.errors import RecordingInvalid
from py_remote_viewer.record.chunks import unpacked

CAMERA_NUMBERS = 10  # mode, target id, lookat (3), distance, azimuth, elevation, vertical field of view, orthographic
CAMERA_MODES = ("free", "tracking", "fixed")
_LENGTH = struct.Struct("!I")
_LEVEL = 1


@dataclass(frozen=True, slots=True)
class Rows:
    """What happened, in order. All arrays have one entry for each row.

    Attributes:
        steps: int64. n > 0: n steps of MuJoCo lead from the row before to this one. 0: the state was set by something
            else (a reset, a person, another start); nothing is claimed about how.
        step: int64, steps made since the scene was loaded.
        wall_s: float64, seconds since the recording began.
        camera: float64, shape (rows, 10): mode (0 free, 1 tracking, 2 fixed), target id, lookat (m), distance (m), azimuth,
            elevation, vertical field of view (degrees), 1 where it is orthographic.
        state: float64, shape (rows, state_size), as `sim.full_state` has it.
    """

    steps: NDArray[np.int64]
    step: NDArray[np.int64]
    wall_s: NDArray[np.float64]
    camera: NDArray[np.float64]
    state: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.steps)

    @classmethod
    def empty(cls, state_size: int) -> Rows:
        """No rows."""
        return cls(
            np.empty(0, np.int64),
            np.empty(0, np.int64),
            np.empty(0),
            np.empty((0, CAMERA_NUMBERS)),
            np.empty((0, state_size)),
        )

    @classmethod
    def joined(cls, parts: list[Rows], state_size: int) -> Rows:
        """Blocks, one after the other."""
        parts = parts or [cls.empty(state_size)]
        return cls(
            np.concatenate([part.steps for part in parts]),
            np.concatenate([part.step for part in parts]),
            np.concatenate([part.wall_s for part in parts]),
            np.concatenate([part.camera for part in parts]),
            np.concatenate([part.state for part in parts]),
        )


def pack_rows(rows: Rows) -> bytes:
    """A block of rows as bytes: `u32 length of the JSON | JSON {rows, state_size} | zlib`."""
    head = json.dumps({"rows": len(rows), "state_size": rows.state.shape[1]}).encode()
    numbers = np.concatenate([rows.wall_s[:, None], rows.camera, rows.state], axis=1).view(np.uint64)
    whole = np.concatenate([np.stack([rows.steps, rows.step], axis=1).view(np.uint64), numbers], axis=1)
    whole[1:] ^= whole[:-1].copy()
    planes = np.ascontiguousarray(whole.astype("<u8").view(np.uint8).reshape(-1, 8).T)
    return _LENGTH.pack(len(head)) + head + zlib.compress(planes.tobytes(), _LEVEL)


def unpack_rows(payload: bytes, state_size: int) -> Rows:
    """Undo `pack_rows`.

    Raises:
        RecordingInvalid: damaged, or of another model.
    """
    try:
        (length,) = _LENGTH.unpack_from(payload)
        head = json.loads(payload[_LENGTH.size : _LENGTH.size + length])
        count, width = int(head["rows"]), int(head["state_size"])
    except (struct.error, ValueError, KeyError, TypeError) as exc:
        raise RecordingInvalid("a block of states cannot be read", hint="The file is damaged.") from exc
    columns = 2 + 1 + CAMERA_NUMBERS + state_size
    if width != state_size or count < 0:
        raise RecordingInvalid(
            f"a block holds states of {width} numbers, the model has {state_size}", hint="The file is damaged."
        )
    data = unpacked(payload[_LENGTH.size + length :])
    if len(data) != 8 * count * columns:
        raise RecordingInvalid("a block of states has another size than it says", hint="The file is damaged.")
    planes = np.frombuffer(data, np.uint8).reshape(8, -1)
    whole = np.ascontiguousarray(planes.T).view("<u8").astype(np.uint64).reshape(count, columns)
    whole = np.bitwise_xor.accumulate(whole, axis=0)
    counts, numbers = whole[:, :2].view(np.int64), np.ascontiguousarray(whole[:, 2:]).view(np.float64)
    return Rows(
        steps=counts[:, 0].copy(),
        step=counts[:, 1].copy(),
        wall_s=numbers[:, 0].copy(),
        camera=numbers[:, 1 : 1 + CAMERA_NUMBERS].copy(),
        state=numbers[:, 1 + CAMERA_NUMBERS :].copy(),
    )
