"""What an actuator is, and what its control means: MuJoCo keeps gains and biases, people say motor, position, velocity.

The shortcuts of MJCF are told apart by the parameters that the compiler writes for them (`actuator/motor`, `position`,
`velocity`, `intvelocity`, `damper`, `cylinder`, `muscle`, `adhesion`); anything else is `general`.
"""

from __future__ import annotations

from typing import Any

import mujoco

_GAIN = mujoco.mjtGain
_BIAS = mujoco.mjtBias
_DYN = mujoco.mjtDyn
_TRN = mujoco.mjtTrn


def kind_of(model: Any, index: int) -> str:
    """The MJCF shortcut whose parameters it has, or `general`. `model`: an `MjModel`, or its arrays as lists."""
    gain, bias, dyn = (
        int(kinds[index]) for kinds in (model.actuator_gaintype, model.actuator_biastype, model.actuator_dyntype)
    )
    g, b = model.actuator_gainprm[index], model.actuator_biasprm[index]
    if gain == _GAIN.mjGAIN_MUSCLE:
        return "muscle"
    if int(model.actuator_trntype[index]) == _TRN.mjTRN_BODY:
        return "adhesion"
    if gain == _GAIN.mjGAIN_AFFINE and bias == _BIAS.mjBIAS_NONE and g[0] == g[1] == 0 and g[2] < 0:
        return "damper"
    if gain != _GAIN.mjGAIN_FIXED:
        return "general"
    if bias == _BIAS.mjBIAS_NONE:
        return "motor" if dyn == _DYN.mjDYN_NONE else "general"
    if bias != _BIAS.mjBIAS_AFFINE or b[0] != 0:
        return "general"
    if b[1] == -g[0] and g[0] != 0:
        return "intvelocity" if dyn == _DYN.mjDYN_INTEGRATOR else "position"
    if b[1] == 0 and b[2] == -g[0] and g[0] != 0:
        return "velocity"
    return "general"


def unit_of(model: Any, index: int) -> str:
    """Unit of its control as far as it is known: that of the joint's place or speed, or of force at gear 1."""
    kind = kind_of(model, index)
    trn, target = int(model.actuator_trntype[index]), int(model.actuator_trnid[index][0])
    turns = False
    if trn in (_TRN.mjTRN_JOINT, _TRN.mjTRN_JOINTINPARENT):
        turns = int(model.jnt_type[target]) in (mujoco.mjtJoint.mjJNT_HINGE, mujoco.mjtJoint.mjJNT_BALL)
    match kind:
        case "motor":
            unit_gear = model.actuator_gear[index][0] == 1 and model.actuator_gainprm[index][0] == 1
            return ("N·m" if turns else "N") if unit_gear else ""
        case "position":
            return "rad" if turns else "m"
        case "velocity" | "intvelocity":
            return "rad/s" if turns else "m/s"
        case _:
            return ""
