"""Making the recorded steps again, and saying whether every bit came out the same.

`python -m py_remote_viewer.record.replay TRAJECTORY` does it for one file; its exit code is 1 where a state differs.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import mujoco
import numpy as np

from py_remote_viewer.errors import ViewerError
from py_remote_viewer.record.options import set_options
from py_remote_viewer.record.trajectory import Trajectory, describe, load_trajectory
from py_remote_viewer.sim.full_state import put_state, read_state


@dataclass(frozen=True, slots=True)
class Difference:
    """The first state that came out otherwise.

    Attributes:
        row: its number.
        step: steps since the scene was loaded, as recorded.
        time_s: simulated seconds, as recorded.
        index: of the first number in the state vector that differs.
        recorded: that number.
        replayed: what it became.
    """

    row: int
    step: int
    time_s: float
    index: int
    recorded: float
    replayed: float

    def __str__(self) -> str:
        return (
            f"row {self.row}, step {self.step}, t={self.time_s!r} s: number {self.index} of the state was "
            f"{self.recorded!r} and became {self.replayed!r}"
        )


@dataclass(frozen=True, slots=True)
class Replay:
    """How a replay went: `difference` is None when it was bit for bit the same.

    Attributes:
        steps: steps made again.
        states: states compared.
        jumps: states that were set by something else than a step, and taken as they are.
    """

    steps: int
    states: int
    jumps: int
    difference: Difference | None

    @property
    def is_exact(self) -> bool:
        """Whether every compared state was bit for bit the same."""
        return self.difference is None


def replay(trajectory: Trajectory, on_row: Callable[[int], None] = lambda row: None) -> Replay:
    """Make every recorded step again, in this process, and compare.

    Args:
        trajectory: what `load_trajectory` gave.
        on_row: told each row's number, for a progress bar.

    Raises:
        RecordingInvalid: the model or an option cannot be used by this MuJoCo.
    """
    model = trajectory.model()
    data = mujoco.MjData(model)
    rows = trajectory.rows
    changes = iter(trajectory.options)
    change = next(changes, None)
    here = np.empty(rows.state.shape[1])
    made = compared = jumps = 0
    for row in range(len(rows)):
        while change is not None and change.row <= row:
            set_options(model, change.options)
            change = next(changes, None)
        steps = int(rows.steps[row])
        if steps == 0 or row == 0:
            jumps += 1
            put_state(model, data, rows.state[row])
        else:
            mujoco.mj_step(model, data, steps)
            read_state(model, data, here)
            made, compared = made + steps, compared + 1
            different = np.flatnonzero(here.view(np.uint64) != rows.state[row].view(np.uint64))
            if len(different):
                first = int(different[0])
                recorded = rows.state[row]
                where = Difference(
                    row, int(rows.step[row]), float(recorded[0]), first, float(recorded[first]), float(here[first])
                )
                return Replay(made, compared, jumps, where)
        on_row(row)
    return Replay(made, compared, jumps, None)


def main(argv: Sequence[str] | None = None) -> int:
    """0: bit for bit the same; 1: not; 2: the file cannot be replayed."""
    parser = argparse.ArgumentParser(
        prog="python -m py_remote_viewer.record.replay", description="Make the steps of a trajectory again and compare."
    )
    parser.add_argument("trajectory", help="a .prvt file")
    arguments = parser.parse_args(argv)
    try:
        trajectory = load_trajectory(arguments.trajectory)
        print(describe(trajectory), end="")
        done = replay(trajectory)
    except ViewerError as exc:
        print(f"error: {exc.message}. {exc.hint}", file=sys.stderr)
        return 2
    if done.difference is not None:
        print(f"differs: {done.difference}")
        return 1
    print(f"bit for bit: {done.steps} steps made again, {done.states} states compared, {done.jumps} taken as recorded")
    return 0


if __name__ == "__main__":
    os.environ.setdefault("MUJOCO_GL", "disable")
    sys.exit(main())
