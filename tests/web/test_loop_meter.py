import asyncio
import time

import pytest

from py_remote_viewer.web.loop_meter import WINDOW_S, LoopMeter


def test_a_late_beat_is_a_stall_and_is_forgotten_after_the_window() -> None:
    meter = LoopMeter(lambda: True)
    meter.beat(due=10.0, now=10.03)
    meter.beat(due=11.0, now=11.002)
    assert meter.stall_ms(now=12.0) == pytest.approx(30.0)
    assert meter.stall_ms(now=10.03 + WINDOW_S + 0.5) == pytest.approx(2.0)
    assert meter.stall_ms(now=100.0) == 0.0


async def test_a_blocked_loop_is_noticed() -> None:
    async with LoopMeter(lambda: True) as meter:
        await asyncio.sleep(0.03)
        time.sleep(0.08)  # noqa: ASYNC251 (this is what must be noticed)
        await asyncio.sleep(0.03)
        assert meter.stall_ms() >= 60
