"""Trajectories for tests: a simulation that people disturb in every way while it is recorded."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import mujoco
import numpy as np

from py_remote_viewer.protocol.look import DEFAULT_LOOK
from py_remote_viewer.protocol.recording import TrajectoryData
from py_remote_viewer.record.capture import StateCapture
from py_remote_viewer.render.camera import Camera
from py_remote_viewer.sim.simulation import Simulation

# limbs that touch, a muscle (act), a weld (equality), a mocap body, sensors with noise, a delayed actuator state
MODEL = """<mujoco model="busy"><option timestep="0.004"/><worldbody><light pos="0 0 3"/>
<geom name="floor" type="plane" size="5 5 .1" rgba=".3 .4 .5 1"/>
<body name="hand" mocap="true" pos="0 0 2"><geom size=".03" contype="0" conaffinity="0"/></body>
<body name="box" pos="0 0 1"><freejoint/><geom name="red" type="box" size=".1 .1 .1" rgba="1 0 0 1"/></body>
<body name="arm" pos="1 0 1"><joint name="shoulder" axis="0 1 0" damping=".1"/>
<geom type="capsule" fromto="0 0 0 .4 0 0" size=".04"/>
<body pos=".4 0 0"><joint name="elbow" axis="0 1 0"/><geom type="capsule" fromto="0 0 0 .3 0 0" size=".03"/></body></body>
<camera name="side" pos="0 -4 1.5" xyaxes="1 0 0 0 0.2 1"/>
</worldbody><equality><weld name="held" body1="hand" body2="box" active="false"/></equality>
<actuator><motor name="m" joint="shoulder"/><general joint="elbow" dyntype="filter" dynprm=".1" gainprm="5"/></actuator>
<keyframe><key name="up" qpos="0 0 1.5 1 0 0 0 .5 -.5"/></keyframe></mujoco>"""


class Tape:
    """Takes what a capture sends, as the server does: pieces appended to one file for each part."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.parts: dict[int, Path] = {}
        self.told: list[TrajectoryData] = []
        self.gate = threading.Event()
        self.gate.set()

    def send(self, piece: TrajectoryData, data: bytes) -> None:
        assert self.gate.wait(10)
        self.told.append(piece)
        path = self.parts.setdefault(piece.part, self._folder / f"part-{piece.part}.prvt")
        with path.open("ab") as file:
            file.write(data)


def recorded(
    folder: Path,
    act: Callable[[Simulation, int], object],
    ticks: int = 120,
    xml: str = MODEL,
) -> tuple[Path, Simulation]:
    """Record `ticks` pictures of `xml`, 5 steps each; `act` is called before each. Gives the file and the simulation.

    What `act` gives says whether it changed options, as people do.
    """
    folder.mkdir(parents=True, exist_ok=True)
    tape = Tape(folder)
    simulation = Simulation(mujoco.MjModel.from_xml_string(xml))
    capture = StateCapture(tape.send)
    camera = Camera()
    capture.staged(1, simulation, camera, 0.0)
    capture.want("20260101-120000-00000000", camera, 0.0)
    for tick in range(ticks):
        if act(simulation, tick):
            capture.set_by_people()
        simulation.advance(5, budget_s=5.0)
        capture.tick((tick + 1) / 50, camera, DEFAULT_LOOK)
    capture.close(ticks / 50)
    assert np.isfinite(simulation.data.qpos).all()
    return tape.parts[1], simulation
