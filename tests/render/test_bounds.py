"""What a first view must see: the model, and where it comes down."""

from __future__ import annotations

import mujoco
import numpy as np
import pytest

from py_remote_viewer.render.bounds import landing_corners

FLOOR = '<geom type="plane" size="3 3 .1"/>'
BALL = '<body pos="{x} 0 {z}"><freejoint/><geom size=".2"/></body>'


def landings(inside: str, option: str = "") -> np.ndarray:
    model = mujoco.MjModel.from_xml_string(f"<mujoco>{option}<worldbody>{inside}</worldbody></mujoco>")
    data = mujoco.MjData(model)
    mujoco.mj_forward(model, data)
    return landing_corners(model, data)


def test_a_ball_in_the_air_comes_down_below_itself() -> None:
    corners = landings(FLOOR + BALL.format(x=0.5, z=1))
    assert set(corners[:, 2]) == {0.0}
    assert corners[:, 0].min() == pytest.approx(0.3)
    assert corners[:, 0].max() == pytest.approx(0.7)


@pytest.mark.parametrize(
    ("inside", "option"),
    [
        (BALL.format(x=0, z=1), ""),
        (FLOOR + BALL.format(x=0, z=1), '<option gravity="0 0 0"/>'),
        (FLOOR + BALL.format(x=0, z=100), ""),
        (FLOOR + '<body pos="0 0 1"><joint axis="0 1 0"/><geom size=".2"/></body>', ""),
        ('<geom type="plane" size="3 3 .1" euler="0 90 0"/>' + BALL.format(x=0, z=1), ""),
        ('<geom type="plane" size="3 3 .1" pos="0 0 2"/>' + BALL.format(x=0, z=1), ""),
    ],
    ids=["no floor", "no gravity", "from far up", "on a hinge", "a wall", "below the floor"],
)
def test_what_has_no_floor_to_fall_on_adds_nothing(inside: str, option: str) -> None:
    assert len(landings(inside, option)) == 0
