"""How a load is told of: every stage, not every byte, and always its end."""

from __future__ import annotations

import pytest

from py_remote_viewer.protocol.loading_messages import LoadProgress
from py_remote_viewer.rooms.load_report import EVERY_S, LoadReport
from tests.fakes import FakeClock


def test_stages_are_told_at_once_and_bytes_now_and_then() -> None:
    told: list[LoadProgress] = []
    clock = FakeClock()
    with LoadReport("bot.zip", told.append, clock) as report:
        for done in range(0, 1000, 10):
            report.at("upload", done, 1000)
            clock.advance(EVERY_S / 20)
        report.at("upload", 1000, 1000)
        report.at("unpack")
        report.at("unpack")
        report.at("compile")
    stages = [(one.stage, one.done_bytes) for one in told]
    assert stages[0] == ("upload", 0)
    assert stages[-4:] == [("upload", 1000), ("unpack", 0), ("compile", 0), ("done", 0)]
    assert len(stages) < 12
    assert len({one.load for one in told}) == 1


def test_a_load_that_fails_ends_too_and_one_that_was_nothing_is_not_told() -> None:
    told: list[LoadProgress] = []
    report = LoadReport("x" * 500, told.append)
    report.at("compile")
    with pytest.raises(ZeroDivisionError), report:
        raise ZeroDivisionError
    assert [one.stage for one in told] == ["compile", "done"]
    assert len(told[0].title) == 80
    with LoadReport("pendulum", told.append):
        pass
    assert len(told) == 2
