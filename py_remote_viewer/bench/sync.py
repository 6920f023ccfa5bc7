"""`bench sync`: what `viewer.sync()` costs the program that steps a model, while nobody waits for it.

A real room shows the model and somebody watches its video. Medians of many calls; `copy` is the write into shared memory alone.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from statistics import median
from typing import Any

import mujoco
import numpy as np

from py_remote_viewer.bench import report
from py_remote_viewer.passive.launch import launch_passive
from py_remote_viewer.remote.blocking import connect
from py_remote_viewer.scenes.presets import preset_xml
from py_remote_viewer.sim.shared_state import StateWriter

CALLS = 5000
MARKERS = (0, 100)
_UPRIGHT, _WHITE = np.eye(3).ravel(), np.ones(4, np.float32)


def main(argv: Sequence[str] | None = None) -> int:
    """Measure; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m py_remote_viewer bench sync", description=__doc__)
    parser.add_argument("--scene", default="humanoid", help="preset (humanoid)")
    parser.add_argument("--calls", type=int, default=CALLS, help=f"of sync ({CALLS})")
    parser.add_argument("--json", metavar="FILE|-", help="write the result as JSON as well")
    arguments = parser.parse_args(argv)
    result = report.machine_facts() | {"scene": arguments.scene, "warning": report.busy_warning()}
    report.emit(result | measure(preset_xml(arguments.scene), arguments.calls), arguments.json)
    return 0


def measure(xml: str, calls: int) -> dict[str, Any]:
    """Microseconds by what was called, with their 99th percentiles."""
    model = mujoco.MjModel.from_xml_string(xml)
    data = mujoco.MjData(model)
    found: dict[str, Any] = {}
    writer = StateWriter(model, None)
    found["copy_us"] = _microseconds(lambda: writer.write(data), model, data, calls)
    writer.close()
    with launch_passive(model, data, port=0, open_browser=False) as viewer, connect(viewer.url) as room:
        room.picture()
        for count in MARKERS:
            viewer.user_scn.ngeom = count
            for index in range(count):
                mujoco.mjv_initGeom(
                    viewer.user_scn.geoms[index], mujoco.mjtGeom.mjGEOM_SPHERE, [0.01] * 3, [0, 0, 1], _UPRIGHT, _WHITE
                )
            found[f"sync_{count}_markers_us"] = _microseconds(viewer.sync, model, data, calls)
    return found


def _microseconds(call: Callable[[], None], model: mujoco.MjModel, data: mujoco.MjData, calls: int) -> dict[str, float]:
    times = []
    for _ in range(calls):
        mujoco.mj_step(model, data)
        began = time.perf_counter()
        call()
        times.append(time.perf_counter() - began)
    times.sort()
    return {"median": round(median(times) * 1e6, 1), "p99": round(times[int(0.99 * calls)] * 1e6, 1)}
