"""Texts are checked inside the same walls as scenes are compiled in, and nothing is left behind."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

import psutil
import pytest
import pytest_asyncio

from py_remote_viewer.errors import RoomBusy
from py_remote_viewer.protocol.messages import MAX_XML_BYTES
from py_remote_viewer.scenes.compiler import CHECKS_AT_ONCE, MAX_CHECKS_WAITING, SceneCompiler
from tests.scenes.hostile_cases import HostileCase, hostile_cases
from tests.scenes.test_compiler import BALL, ENDLESS, child_of, forkserver, leaves_nothing_when_cancelled

pytestmark = pytest.mark.asyncio(loop_scope="module")

WRONG = """<mujoco>
<worldbody>
  <geom type="plane" size="1 1 .1" frction="1"/>
  <body name="a"><joint name="j" axis="0 0"/><geom size=".1"/></body>
</worldbody>
<actuator><motor joint="k"/></actuator>
</mujoco>"""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def compiler() -> AsyncIterator[SceneCompiler]:
    async with SceneCompiler() as made:
        yield made


async def test_a_text_that_compiles_is_told_in_numbers(compiler: SceneCompiler) -> None:
    found = await compiler.check(BALL)
    assert found.problems == ()
    assert found.sizes is not None
    assert (found.sizes.nbody, found.sizes.njnt, found.sizes.ngeom, found.sizes.nq) == (1, 1, 1, 7)


async def test_mistakes_come_together_with_mujocos_own_words(compiler: SceneCompiler) -> None:
    found = await compiler.check(WRONG)
    assert found.sizes is None
    assert [(one.line, one.source) for one in found.problems] == [(3, "mujoco"), (4, "schema"), (6, "names")]
    first = found.problems[0]
    assert "unrecognized attribute: 'frction'" in first.message
    assert first.hint == "Did you mean friction?"
    assert WRONG.split("\n")[2][first.column - 1 : first.end_column - 1] == 'frction="1"'


async def test_what_only_the_compiler_sees_stands_at_its_line(compiler: SceneCompiler) -> None:
    xml = '<mujoco>\n<worldbody>\n  <body>\n    <joint/>\n  </body>\n  <geom name="g" size="0"/>\n</worldbody></mujoco>'
    [one] = (await compiler.check(xml)).problems
    assert one.source == "mujoco"
    assert one.line in (3, 6)
    assert xml.split("\n")[one.line - 1][one.column - 1 : one.end_column - 1].startswith("<")


async def test_warnings_are_told_too(compiler: SceneCompiler) -> None:
    found = await compiler.check(BALL.replace('size=".1"', 'size=".1" user="nan"'))
    assert found.sizes is not None
    assert any("NaN" in warning for warning in found.warnings)


@pytest.mark.slow
@pytest.mark.parametrize("case", hostile_cases(), ids=lambda case: case.name)
async def test_hostile_texts_are_answered_in_time_as_when_they_are_loaded(
    compiler: SceneCompiler, case: HostileCase
) -> None:
    xml = case.build()
    if len(xml.encode("utf-8", "replace")) > MAX_XML_BYTES:
        return  # never gets here: the door refuses it
    began = time.monotonic()
    found = await compiler.check(xml)
    assert time.monotonic() - began < 8
    assert (found.sizes is not None) == (case.outcome == "loads"), found.problems
    if case.outcome != "loads":
        told = " ".join(one.message for one in found.problems)
        too_slow = case.outcome == "expensive" and "took longer" in told
        assert case.says in told or too_slow
        assert case.line is None or case.line in [one.line for one in found.problems]


async def test_after_all_of_them_nothing_is_left(compiler: SceneCompiler) -> None:
    await compiler.check(BALL)
    process, own = forkserver(compiler), psutil.Process()
    fds, threads, memory = own.num_fds(), process.num_threads(), process.memory_info().rss
    for case in hostile_cases():
        xml = case.build()
        if case.gate == "precheck" and len(xml.encode("utf-8", "replace")) <= MAX_XML_BYTES:
            await compiler.check(xml)
    assert own.num_fds() == fds
    assert process.children() == []
    assert process.num_threads() == threads == 1
    assert process.memory_info().rss - memory < 20 * 2**20


async def test_cancelling_ends_the_child(compiler: SceneCompiler) -> None:
    await compiler.check(BALL)
    await leaves_nothing_when_cancelled(compiler, compiler.check(ENDLESS))


async def test_checks_never_hold_up_a_scene_and_their_line_has_an_end(compiler: SceneCompiler) -> None:
    tasks = [asyncio.create_task(compiler.check(ENDLESS)) for _ in range(CHECKS_AT_ONCE + MAX_CHECKS_WAITING)]
    child = await child_of(forkserver(compiler))
    async with asyncio.timeout(5):
        (await compiler.compile_xml(BALL)).close()
    assert child.nice() > 0
    with pytest.raises(RoomBusy, match="being checked"):
        await compiler.check(BALL)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert (await compiler.check(BALL)).problems == ()
