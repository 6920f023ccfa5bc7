"""What physics says of MJCF that somebody else wrote: the same two watched seconds, without words to hold it against.

Child process only: imports mujoco.
"""

from __future__ import annotations

import math

import mujoco

from py_remote_viewer.errors import SceneInvalid
from py_remote_viewer.scenes.create.checks.check import SETTLE_S, Checks, deepest, deepest_pair, simulate

_OVERLAP_M = 0.02
_FLIGHT_MPS = 60.0


def tried_out(model: mujoco.MjModel) -> dict[str, float | int | bool]:
    """Watch `model` from its first keyframe, or its initial state.

    Returns:
        The figures of `Checks`.

    Raises:
        SceneInvalid: things begin inside each other, fly off, fall through the floor, or the state does not stay finite.
        SceneTooExpensive: it takes too long.
    """
    data = mujoco.MjData(model)
    if model.nkey:
        mujoco.mj_resetDataKeyframe(model, data, 0)
    mujoco.mj_forward(model, data)
    checks = Checks(overlap_m=deepest(model, data))
    if checks.overlap_m > _OVERLAP_M:
        first, second = (name.replace("_", " ") for name in deepest_pair(model, data))
        raise _refused(f"{first} and {second} begin {checks.overlap_m * 100:.1f} cm inside each other")
    height = float(data.xpos[:, 2].max(initial=0.0)) + 1.0
    gravity = float(abs(model.opt.gravity[2]))
    bound = _FLIGHT_MPS + 2 * math.sqrt(2 * gravity * height) + 2 * gravity * SETTLE_S
    if not simulate(model, data, checks, bound):
        raise _refused(checks.problem)
    checks.penetration_m = deepest(model, data)
    return checks.figures()


def _refused(reason: str) -> SceneInvalid:
    return SceneInvalid(
        f"the scene compiles, but within two simulated seconds {reason}",
        hint="Move what touches apart, give bodies sensible masses, or use a smaller time step.",
    )
