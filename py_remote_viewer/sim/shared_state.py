"""A block of memory that a program writes after its steps and the engine reads before its pictures.

One writer, one reader, no lock and no waiting on either side: the writer fills the next of a few slots and then names it
as the newest; the reader copies the newest and looks whether it was written over meanwhile (a sequence number at both
ends of the slot, and a sum over its words, because not every processor shows stores in the order of writing).
"""

from __future__ import annotations

import mmap
import os
from dataclasses import dataclass

import mujoco
import numpy as np
from numpy.typing import NDArray

from py_remote_viewer.errors import SceneInvalid
from py_remote_viewer.sim.full_state import read_state, state_size
from py_remote_viewer.sim.geom_memory import empty_geoms, geom_memory
from py_remote_viewer.sim.model_visuals import visual_arrays

MOST_MARKERS = 5000
SLOTS = 4
_MAGIC = 0x7072_762D_7374_6131  # "prv-sta1": of this layout
_HEADER_WORDS = 8  # magic, slot words, newest sequence number, 5 unused
_HEAD_WORDS = 4  # of a slot: sequence number, words in use, sum over them, sequence number again
_TRIES = 4


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things lie in a slot, in words of 8 bytes. Both ends make it of the same model.

    Attributes:
        state: float64 values of the state (`full_state`).
        visuals: words for `visual_arrays`, one after the other.
        marker_bytes: of one `mjvGeom`.
    """

    state: int
    visuals: int
    marker_bytes: int

    @classmethod
    def of(cls, model: mujoco.MjModel, marker_bytes: int) -> Layout:
        """For `model`."""
        size = sum(array.nbytes for array in visual_arrays(model))
        return cls(state_size(model), _words(size), marker_bytes)

    @property
    def markers_at(self) -> int:
        """Words before the number of markers, which stands before the markers."""
        return _HEAD_WORDS + self.state + self.visuals

    @property
    def slot_words(self) -> int:
        """Of a slot."""
        return self.markers_at + 1 + _words(MOST_MARKERS * self.marker_bytes)

    @property
    def total_bytes(self) -> int:
        """Of the whole block."""
        return 8 * (_HEADER_WORDS + SLOTS * self.slot_words)


def _words(size: int) -> int:
    return -(-size // 8)


class StateWriter:
    """The program's end. Owns the memory file `fd` until `close`."""

    def __init__(self, model: mujoco.MjModel, markers: mujoco.MjvScene | None) -> None:
        """Args:
        model: whose states are written.
        markers: whose geoms go along; at most `MOST_MARKERS` of them.
        """
        self._model = model
        self._markers = markers
        self._marker_memory = geom_memory(markers if markers is not None else mujoco.MjvScene(model, 2))
        if markers is not None:
            empty_geoms(markers, self._marker_memory)
        layout = Layout.of(model, self._marker_memory.shape[1])
        self.fd = os.memfd_create("py_remote_viewer-state", os.MFD_CLOEXEC)
        os.ftruncate(self.fd, layout.total_bytes)
        self._words = np.frombuffer(mmap.mmap(self.fd, layout.total_bytes), np.int64)
        self._words[:2] = _MAGIC, layout.slot_words
        self._arrays = visual_arrays(model)
        self._looks = np.concatenate(self._arrays)
        self._slots = [_Slot(self._words, index, layout, len(self._looks)) for index in range(SLOTS)]
        self._sequence = 0

    def write(self, data: mujoco.MjData, *, state_only: bool = False) -> None:
        """Publish `data` (and, unless `state_only`, how the model looks) with the markers. Never waits."""
        self._sequence += 1
        slot = self._slots[self._sequence % SLOTS]
        slot.words[0] = self._sequence
        read_state(self._model, data, slot.state)
        if not state_only:
            np.concatenate(self._arrays, out=self._looks)
        slot.visuals[:] = self._looks
        used = slot.put_markers(self._marker_memory, self._markers.ngeom if self._markers is not None else 0)
        slot.words[1] = used
        slot.words[2] = slot.words[_HEAD_WORDS:used].sum()
        slot.words[3] = self._sequence
        self._words[2] = self._sequence

    def close(self) -> None:
        """Let the memory go; it lasts while the engine has it too."""
        if self.fd >= 0:
            os.close(self.fd)
            self.fd = -1


class _Slot:
    """One slot, as the writer sees it."""

    def __init__(self, block: NDArray[np.int64], index: int, layout: Layout, looks_bytes: int) -> None:
        begin = _HEADER_WORDS + index * layout.slot_words
        self.words = block[begin : begin + layout.slot_words]
        self.state = self.words[_HEAD_WORDS:].view(np.float64)[: layout.state]
        self.visuals = self.words[_HEAD_WORDS + layout.state : layout.markers_at].view(np.uint8)[:looks_bytes]
        self._count_at = layout.markers_at
        self._markers = self.words[layout.markers_at + 1 :].view(np.uint8)

    def put_markers(self, memory: NDArray[np.uint8], count: int) -> int:
        """Copy `count` geoms; returns how many words of the slot are in use."""
        count = min(count, MOST_MARKERS)
        self.words[self._count_at] = count
        if count:
            size = count * memory.shape[1]
            self._markers[:size] = memory[:count].reshape(-1)
            return self._count_at + 1 + _words(size)
        return self._count_at + 1


class StateReader:
    """The engine's end.

    Attributes:
        state: the newest state, float64; written over by `take`.
        markers: geoms of the newest, shape (count, bytes of one).
    """

    def __init__(self, model: mujoco.MjModel, fd: int) -> None:
        """Map the memory file `fd`, which stays the caller's.

        Raises:
            SceneInvalid: it was not made for this model, or by another version.
        """
        marker_bytes = geom_memory(mujoco.MjvScene(model, 2)).shape[1]
        self._layout = layout = Layout.of(model, marker_bytes)
        if os.fstat(fd).st_size != layout.total_bytes:
            raise SceneInvalid("the program's memory does not fit its model", hint=_SAME_VERSION)
        self._map = mmap.mmap(fd, layout.total_bytes, prot=mmap.PROT_READ)
        self._words = np.frombuffer(self._map, np.int64)
        if self._words[0] != _MAGIC or self._words[1] != layout.slot_words:
            raise SceneInvalid("the program's memory is of another version", hint=_SAME_VERSION)
        self._arrays = visual_arrays(model)
        self._copy = np.zeros(layout.slot_words, np.int64)
        self._visuals = np.zeros(layout.visuals, np.int64)
        self._shown = np.zeros(0, np.int64)
        self._taken = 0
        self.state: NDArray[np.float64] = self._copy[_HEAD_WORDS:].view(np.float64)[: layout.state]
        self.markers: NDArray[np.uint8] = np.zeros((0, marker_bytes), np.uint8)

    def take(self) -> bool:
        """Copy the newest; whether there was a newer one, and it differs from the one before. The model's looks follow."""
        for _ in range(_TRIES):
            newest = int(self._words[2])
            if newest == self._taken:
                return False
            if self._copy_slot(newest):
                self._taken = newest
                return self._show()
        return False  # the program is faster than we copy; the next picture tries again

    def close(self) -> None:
        """Let the memory go."""
        self._words = np.zeros(3, np.int64)
        self._map.close()

    def _copy_slot(self, sequence: int) -> bool:
        begin = _HEADER_WORDS + (sequence % SLOTS) * self._layout.slot_words
        slot = self._words[begin : begin + self._layout.slot_words]
        used = int(slot[1])
        if not self._layout.markers_at < used <= len(slot):
            return False
        self._copy[:used] = slot[:used]
        head = self._copy[:_HEAD_WORDS]
        whole = slot[0] == sequence and slot[3] == sequence and head[1] == used
        return bool(whole and head[2] == self._copy[_HEAD_WORDS:used].sum())

    def _show(self) -> bool:
        layout, used = self._layout, int(self._copy[1])
        content = self._copy[_HEAD_WORDS:used]
        if np.array_equal(content, self._shown):
            return False  # a program that stands still publishes all the same
        self._shown = content.copy()
        visuals = self._copy[_HEAD_WORDS + layout.state : layout.markers_at]
        if not np.array_equal(visuals, self._visuals):
            self._visuals[:] = visuals
            rest = visuals.view(np.uint8)
            for array in self._arrays:
                array[:] = rest[: array.nbytes]
                rest = rest[array.nbytes :]
        count = min(max(0, int(self._copy[layout.markers_at])), MOST_MARKERS)
        size = count * layout.marker_bytes
        self.markers = self._copy[layout.markers_at + 1 :].view(np.uint8)[:size].reshape(count, layout.marker_bytes)
        return True


_SAME_VERSION = "The program and the server need the same versions of py_remote_viewer and mujoco."


def memory_file(content: bytes | memoryview) -> int:
    """The descriptor of a memory file that holds `content`; it is the caller's."""
    fd = os.memfd_create("py_remote_viewer", os.MFD_CLOEXEC)
    left = memoryview(content)
    while left:
        left = left[os.write(fd, left) :]
    return fd


def read_and_close(fds: list[int]) -> bytes:
    """What is in memory files that came with a message; they are closed."""
    found = b""
    for fd in fds:
        found += os.pread(fd, os.fstat(fd).st_size, 0)
        os.close(fd)
    return found
