"""Compiling through the real forkserver: what loads, what is refused and how, and that nothing is left behind."""

from __future__ import annotations

import asyncio
import logging
import os
import re
import signal
import sys
import time
from collections.abc import AsyncIterator, Coroutine, Iterator
from pathlib import Path
from typing import Any

import mujoco
import numpy as np
import psutil
import pytest
import pytest_asyncio

from py_remote_viewer.errors import EngineFailed, RoomBusy, SceneInvalid, SceneNotFound, SceneTooExpensive
from py_remote_viewer.protocol.scene_info import NAMES_LIMIT
from py_remote_viewer.scenes import compiler as compiler_module
from py_remote_viewer.scenes.compile_wire import CreateRequest
from py_remote_viewer.scenes.compiled import CompiledScene
from py_remote_viewer.scenes.compiler import AT_ONCE, MAX_WAITING, SceneCompiler
from py_remote_viewer.scenes.presets import list_presets
from py_remote_viewer.scenes.sandbox import sandbox_features
from tests.scenes.canary import Canary, folder_with
from tests.scenes.hostile_cases import CANARY_FILES, HostileCase, hostile_cases

pytestmark = pytest.mark.asyncio(loop_scope="module")

GEOM = '<geom size="1"/>'
BALL = '<mujoco model="m"><worldbody><body name="ball"><freejoint/><geom size=".1"/></body></worldbody></mujoco>'
# Replication that MuJoCo does not finish in seconds, and whose text passes the pre-check.
ENDLESS = (
    '<mujoco><worldbody><replicate count="24000" offset="1 0 0"><geom size=".1"/></replicate></worldbody></mujoco>'
)


@pytest.fixture(scope="module")
def canary_folder() -> Iterator[Path]:
    with folder_with(CANARY_FILES) as folder:
        yield folder


@pytest.fixture
def canary(canary_folder: Path) -> Iterator[Canary]:
    watch = Canary(canary_folder)
    yield watch
    watch.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def compiler() -> AsyncIterator[SceneCompiler]:
    async with SceneCompiler() as compiler:
        yield compiler


def loaded(scene: CompiledScene) -> mujoco.MjModel:
    """The model as an engine would read it; closes the scene."""
    data = os.pread(scene.fd, scene.size, 0)
    scene.close()
    return mujoco.MjModel.from_binary_path("scene.mjb", {"scene.mjb": data})


async def answered(compiler: SceneCompiler, xml: str) -> tuple[str, CompiledScene | None, SceneInvalid | None]:
    """What came of `xml`: the outcome as `HostileCase` spells it, with the scene or the refusal."""
    try:
        return "loads", await compiler.compile_xml(xml), None
    except SceneTooExpensive as exc:
        return "expensive", None, exc
    except SceneInvalid as exc:
        return "invalid", None, exc


def forkserver(compiler: SceneCompiler) -> psutil.Process:
    assert compiler.pid is not None
    return psutil.Process(compiler.pid)


async def test_a_scene_comes_back_as_a_model_with_its_names(compiler: SceneCompiler) -> None:
    scene = await compiler.compile_xml(BALL)
    assert (scene.name, scene.title, scene.preset, scene.xml, scene.warnings) == ("m", "m", None, BALL, ())
    assert scene.info.bodies == ("world", "ball")
    assert (scene.info.nq, scene.info.nv, scene.info.timestep_s) == (7, 6, 0.002)
    model = loaded(scene)
    assert (model.nbody, model.ngeom) == (2, 1)


@pytest.mark.parametrize("name", [entry.name for entry in list_presets()])
async def test_every_preset_compiles_without_a_warning(compiler: SceneCompiler, name: str) -> None:
    scene = await compiler.compile_preset(name)
    assert (scene.name, scene.preset, scene.warnings) == (name, name, ())
    assert scene.title
    assert loaded(scene).nbody == scene.info.nbody


async def test_an_unknown_preset_is_not_found(compiler: SceneCompiler) -> None:
    with pytest.raises(SceneNotFound):
        await compiler.compile_preset("no_such_preset")


async def test_a_warm_compile_takes_milliseconds(compiler: SceneCompiler) -> None:
    took = []
    for _ in range(10):
        began = time.perf_counter()
        (await compiler.compile_xml(BALL)).close()
        took.append(time.perf_counter() - began)
    assert min(took) < 0.1  # 10 ms on a quiet core


async def test_names_are_bounded_and_keep_their_index(compiler: SceneCompiler) -> None:
    bodies = "".join(f'<body name="b{i}"/>' if i % 2 else "<body/>" for i in range(600))
    scene = await compiler.compile_xml(f"<mujoco><worldbody>{bodies}</worldbody></mujoco>")
    scene.close()
    assert len(scene.info.bodies) == NAMES_LIMIT
    assert scene.info.bodies[:4] == ("world", "", "b1", "")
    assert scene.info.nbody == 601


async def test_warnings_of_mujoco_arrive(compiler: SceneCompiler) -> None:
    scene = await compiler.compile_xml(BALL.replace('size=".1"', 'size=".1" user="nan"'))
    scene.close()
    assert any("NaN" in warning for warning in scene.warnings)


@pytest.mark.parametrize("case", hostile_cases("@FOLDER@"), ids=lambda case: case.name)
async def test_hostile_scenes_are_answered_in_time_and_open_nothing(
    compiler: SceneCompiler, canary: Canary, canary_folder: Path, case: HostileCase
) -> None:
    xml = case.build().replace("@FOLDER@", str(canary_folder))
    began = time.monotonic()
    outcome, scene, refusal = await answered(compiler, xml)
    assert time.monotonic() - began < 6
    assert canary.opened() == set()
    assert outcome == case.outcome, refusal
    if refusal is not None:
        # on a crowded machine whatever would run into the memory limit may meet the limit of time first
        too_slow = case.outcome == "expensive" and "took longer" in refusal.message
        assert case.says in refusal.message or too_slow
        assert refusal.hint
        assert case.line is None or refusal.details["line"] == case.line
        assert all(path in xml for path in re.findall(r"(?<![\w.<])/[\w.-]+/[\w./-]+", refusal.message))
    if scene is not None:
        assert np.isfinite(loaded(scene).qpos0).all()


async def test_after_all_of_them_the_forkserver_is_the_same_and_small(compiler: SceneCompiler) -> None:
    (await compiler.compile_xml(BALL)).close()
    process, pid = forkserver(compiler), compiler.pid
    own, its = psutil.Process(), process.memory_info().rss
    own_before, fds_before = own.memory_info().rss, own.num_fds()
    for case in hostile_cases("/etc"):
        if case.gate == "child" and case.name not in {"replicate_24000", "supersphere_huge", "pile_with_memory"}:
            _, scene, _ = await answered(compiler, case.build())
            if scene is not None:
                scene.close()
    assert compiler.pid == pid
    assert process.children() == []
    assert process.memory_info().rss - its < 50 * 2**20
    assert own.memory_info().rss - own_before < 50 * 2**20
    assert own.num_fds() == fds_before
    assert process.num_threads() == 1


async def test_without_the_precheck_the_sandbox_alone_keeps_files_shut(
    compiler: SceneCompiler, canary: Canary, canary_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compiler_module, "precheck", lambda xml: None)
    tried = [case for case in hostile_cases(str(canary_folder)) if str(canary_folder) in case.build()]
    assert len(tried) > 10
    for case in tried:
        _, scene, refusal = await answered(compiler, case.build())
        if scene is not None:
            scene.close()
        assert refusal is None or str(canary_folder) not in refusal.message
    assert canary.opened() == set()


async def test_the_canary_does_sing_when_a_file_is_opened(
    compiler: SceneCompiler, canary: Canary, canary_folder: Path, tmp_path: Path
) -> None:
    path = tmp_path / "named.xml"
    path.write_text(f'<mujoco><include file="{canary_folder}/scene.xml"/></mujoco>', encoding="utf-8")
    (await compiler.compile_file(path)).close()
    assert canary.opened() == {"scene.xml"}


@pytest.mark.parametrize(
    ("xml", "says"),
    [
        (ENDLESS, "took longer than 0.5 s"),
        (
            '<mujoco><asset><texture name="t" type="cube" builtin="flat" width="4096" height="4096"/></asset></mujoco>',
            "memory",
        ),
    ],
    ids=["wall", "memory"],
)
async def test_tighter_limits_hold_too(xml: str, says: str) -> None:
    async with SceneCompiler(0.5, memory_mb=64) as compiler:
        with pytest.raises(SceneTooExpensive, match=says):
            await compiler.compile_xml(xml)
        (await compiler.compile_xml(BALL)).close()


async def test_a_file_brings_its_meshes_and_a_binary_model_loads(compiler: SceneCompiler, tmp_path: Path) -> None:
    (tmp_path / "tetra.obj").write_text(CANARY_FILES["mesh.obj"], encoding="utf-8")
    path = tmp_path / "arm.xml"
    path.write_text(
        '<mujoco><asset><mesh name="m" file="tetra.obj"/></asset>'
        '<worldbody><geom type="mesh" mesh="m"/></worldbody></mujoco>',
        encoding="utf-8",
    )
    scene = await compiler.compile_file(path)
    assert (scene.name, scene.info.nmeshface) == ("arm", 4)
    assert scene.xml is not None
    binary = tmp_path / "compiled.mjb"
    binary.write_bytes(os.pread(scene.fd, scene.size, 0))
    scene.close()
    again = await compiler.compile_file(binary)
    assert (again.name, again.info.nmeshface, again.xml) == ("compiled", 4, None)
    again.close()


async def test_an_operators_file_that_blows_up_is_shown_with_a_warning(compiler: SceneCompiler, tmp_path: Path) -> None:
    path = tmp_path / "wild.xml"
    path.write_text(BALL.replace('size=".1"', 'size=".1" mass="1e308"'), encoding="utf-8")
    scene = await compiler.compile_file(path)
    scene.close()
    assert any("blows up" in warning for warning in scene.warnings)


@pytest.mark.parametrize("name", ["missing.xml", "."])
async def test_a_file_that_cannot_be_read_is_not_found(compiler: SceneCompiler, tmp_path: Path, name: str) -> None:
    with pytest.raises(SceneNotFound, match="cannot be read"):
        await compiler.compile_file(tmp_path / name)


@pytest.mark.parametrize("text", ["", "junk", "<mujoco><geom/></mujoco>"])
@pytest.mark.parametrize("suffix", [".xml", ".mjb"])
async def test_a_broken_file_is_refused_without_its_folder(
    compiler: SceneCompiler, tmp_path: Path, text: str, suffix: str
) -> None:
    path = tmp_path / f"broken{suffix}"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SceneInvalid) as caught:
        await compiler.compile_file(path)
    assert str(tmp_path) not in caught.value.message
    assert caught.value.hint


async def child_of(process: psutil.Process) -> psutil.Process:
    """The compile child at work, once there is one."""
    async with asyncio.timeout(10):
        while not (children := process.children()):  # noqa: ASYNC110 - another process: it can set no event here
            await asyncio.sleep(0)
    return children[0]


async def leaves_nothing_when_cancelled(compiler: SceneCompiler, work: Coroutine[Any, Any, object]) -> None:
    """Cancel `work` once its child is there: the child ends, and no descriptor is left."""
    before = psutil.Process().num_fds()
    task = asyncio.create_task(work)
    child = await child_of(forkserver(compiler))
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await asyncio.to_thread(psutil.wait_procs, [child], 3)
    assert not child.is_running()
    assert psutil.Process().num_fds() == before


async def test_cancelling_kills_the_child_and_leaves_no_descriptor(compiler: SceneCompiler) -> None:
    (await compiler.compile_xml(BALL)).close()
    await leaves_nothing_when_cancelled(compiler, compiler.compile_xml(ENDLESS))
    (await compiler.compile_xml(BALL)).close()


async def test_a_child_that_crashes_is_told_as_such(compiler: SceneCompiler) -> None:
    task = asyncio.create_task(compiler.compile_xml(ENDLESS))
    child = await child_of(forkserver(compiler))
    child.send_signal(signal.SIGSEGV)
    with pytest.raises(SceneInvalid, match=r"crashed on the scene \(signal 11, SIGSEGV\)"):
        await task


async def test_a_forkserver_that_dies_is_replaced_and_the_scene_still_compiles(
    compiler: SceneCompiler, caplog: pytest.LogCaptureFixture
) -> None:
    (await compiler.compile_xml(BALL)).close()
    old = forkserver(compiler)
    old.kill()
    with caplog.at_level(logging.WARNING):
        (await compiler.compile_xml(BALL)).close()
    assert compiler.pid != old.pid
    assert "died" in caplog.text


async def test_the_line_is_bounded(compiler: SceneCompiler) -> None:
    tasks = [asyncio.create_task(compiler.compile_xml(ENDLESS)) for _ in range(AT_ONCE + MAX_WAITING)]
    await child_of(forkserver(compiler))
    with pytest.raises(RoomBusy):
        await compiler.compile_xml(BALL)
    assert len(forkserver(compiler).children()) <= AT_ONCE
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    (await compiler.compile_xml(BALL)).close()


async def test_leaving_stops_the_forkserver_and_whoever_waits() -> None:
    before = psutil.Process().num_fds()
    async with SceneCompiler() as compiler:
        process = forkserver(compiler)
        task = asyncio.create_task(compiler.compile_xml(ENDLESS))
        child = await child_of(process)
    with pytest.raises(EngineFailed):
        await task
    assert not process.is_running()
    assert not child.is_running()
    assert psutil.Process().num_fds() == before


async def test_the_loop_turns_while_scenes_compile(compiler: SceneCompiler) -> None:
    """Largest text that passes: what blocks the loop would show as one long gap between two turns."""
    xml = f"<mujoco>{'<!-- filler -->' * 60_000}<worldbody>{GEOM * 500}</worldbody></mujoco>"
    task = asyncio.create_task(compiler.compile_xml(xml))
    longest, last = 0.0, time.thread_time()
    while not task.done():
        await asyncio.sleep(0)
        now = time.thread_time()
        longest, last = max(longest, now - last), now
    (await task).close()
    assert longest < 0.05


async def test_all_walls_that_this_machine_offers_stand_around_the_child(
    compiler: SceneCompiler, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, logger=compiler_module.__name__):
        (await compiler.compile_xml(BALL)).close()
    assert str(sandbox_features()) in caplog.text


async def test_the_server_side_never_imports_mujoco() -> None:
    code = (
        "import sys, py_remote_viewer.scenes.compiler, py_remote_viewer.scenes.sandbox, py_remote_viewer.scenes.presets;"
        "sys.exit('mujoco' in sys.modules)"
    )
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", code, cwd=Path(__file__).parents[2])
    assert await process.wait() == 0


async def test_words_become_a_model_inside_the_walls(compiler: SceneCompiler) -> None:
    made, scene = await compiler.create(CreateRequest(prompt="three red balls on a table"))
    assert made.understood == ("3 red balls on the table", "a table")
    assert {"red_ball_1", "red_ball_2", "red_ball_3", "table"} <= set(scene.info.bodies)
    assert (made.checks["settled_s"], made.checks["overlap_m"]) == (2.0, 0.0)
    assert loaded(scene).nkey == 1
    again, second = await compiler.create(CreateRequest(prompt="paint them blue", before_xml=made.xml))
    second.close()
    assert again.edited
    assert "blue_ball_3" in second.info.bodies


async def test_words_that_cannot_be_are_refused_with_what_was_not_understood(compiler: SceneCompiler) -> None:
    with pytest.raises(SceneInvalid) as caught:
        await compiler.create(CreateRequest(prompt="three purple dragons"))
    assert caught.value.details["ignored"] == ["three", "purple", "dragons"], "they had no other thing to be of"
    assert "Try: " in caught.value.hint
