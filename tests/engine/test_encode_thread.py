"""The encode thread: one encode for each rung, the best one first."""

from __future__ import annotations

import queue
from collections.abc import Iterator

import pytest

from py_remote_viewer.encode.encoder import Encoded
from py_remote_viewer.engine.encode_thread import EncodeHooks, EncodeThread
from py_remote_viewer.protocol.engine_messages import RungSpec
from py_remote_viewer.protocol.pictures import EncodedPicture

SIZE = (64, 48)
TOP, LOW = RungSpec(rung=0, height=48, bitrate_bps=500_000), RungSpec(rung=2, height=24, bitrate_bps=100_000)


class Line:
    """An encode thread and what came out of it."""

    def __init__(self) -> None:
        self.now_s = 0.0
        self.expected = 0
        self.out: queue.Queue[EncodedPicture] = queue.Queue()
        hooks = EncodeHooks(self._deliver, lambda captured_s, took_s: None, self._failed, lambda: None)
        self.thread = EncodeThread("libx264", 60, SIZE[1], hooks)

    def rungs_of_next_picture(self) -> list[int]:
        """In the order in which they were encoded."""
        raw = self.thread.picture(*SIZE)
        self.now_s += 1.0
        raw.captured_s = self.now_s
        self.thread.submit(raw)
        first = self.out.get(timeout=10.0)
        found = [first, *(self.out.get(timeout=10.0) for _ in range(self.expected - 1))]
        assert {picture.picture_id for picture in found} == {first.picture_id}
        return [picture.rung for picture in found]

    def watch(self, *specs: RungSpec) -> None:
        """Encode for these from now on."""
        self.expected = len(specs)
        self.thread.set_rungs(specs)

    def _deliver(self, picture: EncodedPicture, encoded: Encoded) -> None:
        self.out.put(picture)

    def _failed(self, name: str, reason: str) -> str:
        raise AssertionError(f"{name}: {reason}")


@pytest.fixture
def line() -> Iterator[Line]:
    line = Line()
    yield line
    line.thread.close()


def test_every_rung_in_use_gets_one_encode_of_a_picture(line: Line) -> None:
    line.watch(TOP)
    assert line.rungs_of_next_picture() == [0]
    line.watch(TOP, LOW)
    assert line.rungs_of_next_picture() == [0, 2]
    assert (line.thread.counts.pictures, line.thread.counts.calls) == (2, 3)


def test_the_best_rung_stays_first_when_its_encoder_is_opened_anew(line: Line) -> None:
    line.watch(TOP, LOW)
    line.rungs_of_next_picture()
    line.watch(TOP.model_copy(update={"bitrate_bps": 400_000}), LOW)
    assert line.rungs_of_next_picture() == [0, 2], "who is on the top rung does not wait for the encodes below"
