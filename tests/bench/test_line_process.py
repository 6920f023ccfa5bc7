"""A child that answers lines: who stops waiting leaves nothing behind for the next."""

import asyncio
from pathlib import Path

import pytest

from py_remote_viewer.bench.line_process import line_process

ECHO = """
import sys, time
for line in sys.stdin:
    time.sleep(0.05)
    sys.stdout.write(line)
    sys.stdout.flush()
"""


async def test_a_cancelled_question_leaves_no_answer_for_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "line_echo.py").write_text(ECHO, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    async with line_process("line_echo") as child:
        first = asyncio.create_task(child.ask(question=1))
        await asyncio.sleep(0.01)
        first.cancel()
        await asyncio.wait([first])
        assert await child.ask(question=2) == {"question": 2}
        assert await child.ask(question=3) == {"question": 3}
