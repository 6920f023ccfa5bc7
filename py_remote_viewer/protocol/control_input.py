"""What a peer may send to actuators: values of `ctrl`, as sliders and teleoperation write them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from py_remote_viewer.protocol.base import Message, Sequence

MOST_CTRLS = 512
ActuatorIndex = Annotated[int, Field(ge=0, le=1_000_000)]
CtrlValue = Annotated[float, Field(ge=-1e9, le=1e9)]


class SetCtrl(Message):
    """Write `ctrl` of some actuators; each value is clamped to its actuator's `ctrlrange` where it has one.

    With `scale` `share` a value is -1..1: from the lower end of the range over the neutral value (a position servo's is the
    pose of keyframe 0 or `qpos0`, others' is 0) to the upper end; without a range it is added to that. With `lease_s` the
    values go back to neutral when they are not sent again within that time: for a hand on a stick, which may lose its
    connection.
    """

    type: Literal["set_ctrl"] = "set_ctrl"
    values: Annotated[tuple[tuple[ActuatorIndex, CtrlValue], ...], Field(max_length=MOST_CTRLS)]
    scale: Literal["value", "share"] = "value"
    lease_s: Annotated[float, Field(ge=0.1, le=10)] | None = None
    seq: Sequence = 0


class ClearCtrl(Message):
    """Every `ctrl` to zero, as simulate's "Clear all"."""

    type: Literal["clear_ctrl"] = "clear_ctrl"


ControlInput = SetCtrl | ClearCtrl
