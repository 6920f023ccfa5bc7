"""`bench pipeline`: how fast scenes are simulated, drawn and encoded here, by the product's own engine process.

Two runs a scene. Paced, as people see it: the quality governor chooses, and pictures are counted at the server's end of the
pipe. Then flat out at the quality that it chose: the time per picture against the slower of the two sides that overlap (step,
update, render and read are one side, convert and encode the other) says how well they do. 1 would be perfect; one after
the other is well above. `pipeline_over_stage` compares with the slowest single stage instead.
"""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path
from typing import Any

from py_remote_viewer.bench import report
from py_remote_viewer.bench.robot import mesh_robot
from py_remote_viewer.bench.side_by_side import write_side_by_side
from py_remote_viewer.clock import now_s
from py_remote_viewer.engine.supervisor import EngineSupervisor
from py_remote_viewer.errors import EngineFailed, ViewerError
from py_remote_viewer.protocol.engine_messages import (
    EngineConfig,
    EngineNotice,
    EngineReady,
    EngineStatus,
    InputApplied,
    PeerAnswer,
    RungSpec,
)
from py_remote_viewer.protocol.engine_values import FieldsResolved, ValuesSampled
from py_remote_viewer.protocol.pictures import EncodedPicture
from py_remote_viewer.protocol.recording import TrajectoryData
from py_remote_viewer.render.quality import LEVEL_NAMES
from py_remote_viewer.scenes.compiled import CompiledScene
from py_remote_viewer.scenes.compiler import SceneCompiler

DEFAULT_SCENES = ("humanoid", "cart_pole")
FPS = 60
FLAT_OUT_FPS = 1000
SETTLE_S = 6.0


class _Counter:
    """Hears an engine and counts its pictures."""

    def __init__(self) -> None:
        self.pictures = 0
        self.status: EngineStatus | None = None
        self.ready: EngineReady | None = None
        self.trouble = ""

    def on_picture(self, picture: EncodedPicture) -> None:
        self.pictures += 1

    def on_status(self, status: EngineStatus) -> None:
        self.status = status

    def on_applied(self, applied: InputApplied) -> None:
        pass

    def on_fields(self, resolved: FieldsResolved) -> None:
        """Nobody watches values here."""

    def on_values(self, sampled: ValuesSampled, data: bytes) -> None:
        """Nobody watches values here."""

    def on_notice(self, notice: EngineNotice) -> None:
        self.trouble = notice.text if notice.level == "bad" else self.trouble

    def on_trajectory(self, piece: TrajectoryData, data: bytes) -> None:
        pass

    def on_answer(self, answer: PeerAnswer) -> None:
        pass

    def on_ready(self, ready: EngineReady) -> None:
        self.ready = ready

    def on_restart(self, reason: str, resumes: bool) -> None:
        self.trouble = reason

    def on_failed(self, reason: str) -> None:
        self.trouble = reason


async def _compiled(compiler: SceneCompiler, scene: str) -> CompiledScene:
    if scene.endswith((".xml", ".mjb")):
        return await compiler.compile_file(Path(scene))
    return await compiler.compile_preset(scene)


async def _measure(
    scene: CompiledScene, config: EngineConfig, settle_s: float, seconds: float
) -> tuple[float, _Counter]:
    """Pictures a second over `seconds`, after `settle_s`."""
    counter = _Counter()
    async with EngineSupervisor(config, counter) as engine:
        engine.set_demand(present=True, rungs=(RungSpec(fps=FLAT_OUT_FPS),))
        await engine.load(scene)
        await asyncio.sleep(settle_s)
        before, began = counter.pictures, now_s()
        await asyncio.sleep(seconds)
        fps = (counter.pictures - before) / (now_s() - began)
    if counter.status is None or counter.trouble:
        raise EngineFailed(f"the engine did not last: {counter.trouble or 'no status'}", hint="See the log.")
    return fps, counter


async def _row(compiler: SceneCompiler, scene: str, options: argparse.Namespace) -> tuple[dict[str, Any], EngineReady]:
    size = {"room_id": "bench", "width": options.width, "height": options.height, "log_level": "WARNING"}
    paced = EngineConfig(fps=FPS, quality=options.quality, **size)
    fps, counter = await _measure(await _compiled(compiler, scene), paced, options.settle, options.seconds)
    status = counter.status
    assert status is not None
    assert counter.ready is not None
    level = status.quality.level
    flat_out = EngineConfig(fps=FLAT_OUT_FPS, quality=level, **size)
    free_fps, free = await _measure(await _compiled(compiler, scene), flat_out, 1.0, options.seconds)
    assert free.status is not None
    times = free.status.picture.stage_ms
    sides = (times.step + times.update + times.render + times.read, times.convert + times.encode)
    period_ms = 1e3 / free_fps
    row = {
        "scene": Path(scene).stem,
        "width": status.picture.width,
        "height": status.picture.height,
        "quality": level,
        "fps": round(fps, 2),
        "real_time_factor": round(status.simulation.real_time_factor, 4),
        "stage_ms": status.picture.stage_ms.model_dump(),
        "flat_out_fps": round(free_fps, 1),
        "pipeline_over_slowest": round(period_ms / max(sides), 3),
        "pipeline_over_stage": round(period_ms / max(times.model_dump().values()), 3),
    }
    if options.pictures:
        again = await _compiled(compiler, scene)
        row["picture"] = write_side_by_side(again, level, (options.width, options.height), options.pictures)
    return row, counter.ready


async def run(options: argparse.Namespace) -> dict[str, Any]:
    """The result, as `--json` writes it."""
    warning = report.busy_warning()
    rows: list[dict[str, Any]] = []
    ready: EngineReady | None = None
    async with SceneCompiler() as compiler:
        for scene in options.scene:
            row, ready = await _row(compiler, scene, options)
            rows.append(row)
    assert ready is not None
    machine = report.machine_facts(encoder=ready.encoder, gl_renderer=ready.gl_renderer)
    return {"bench": "pipeline", "machine": machine, "warning": warning, "rows": rows}


def main(argv: list[str]) -> int:
    """Entry of `python -m py_remote_viewer bench pipeline`."""
    parser = argparse.ArgumentParser(prog="bench pipeline", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--scene", nargs="+", default=None, help="presets or MJCF files; default: humanoid cart_pole")
    parser.add_argument("--robot", action="store_true", help="also a robot of 197,000 mesh triangles (fetched by pip)")
    parser.add_argument("--width", type=int, default=1280)
    parser.add_argument("--height", type=int, default=720)
    parser.add_argument("--quality", default="auto", choices=("auto", *LEVEL_NAMES))
    parser.add_argument("--seconds", type=float, default=6.0, help="measured time of each run")
    parser.add_argument("--settle", type=float, default=SETTLE_S, help="time for the governor before measuring")
    parser.add_argument("--pictures", metavar="DIR", help="write each scene at full and at chosen quality side by side")
    parser.add_argument("--json", metavar="FILE", help="write the result as JSON; - for standard output")
    options = parser.parse_args(argv)
    try:
        options.scene = [*(options.scene or DEFAULT_SCENES), *([str(mesh_robot())] if options.robot else [])]
        report.emit(asyncio.run(run(options)), options.json)
    except ViewerError as exc:
        parser.exit(1, f"bench pipeline: {exc}. {exc.hint}\n")
    return 0
