"""A controller of our own steps the model; everybody who opens the address watches, and may push the cart.

    python examples/passive_viewer.py

The same program with a window: `import mujoco.viewer as prv`, and without `wants_step`.
"""

import time
from typing import Any

import mujoco
import numpy as np

import py_remote_viewer as prv

MODEL = """
<mujoco model="balance">
  <worldbody>
    <light pos="0 -2 3" dir="0 1 -1.5"/>
    <geom type="plane" size="4 4 .1" rgba=".25 .28 .33 1"/>
    <body name="cart" pos="0 0 .3">
      <joint name="slide" type="slide" axis="1 0 0" range="-2 2" damping=".5"/>
      <geom type="box" size=".2 .1 .06" rgba=".3 .55 .9 1" mass="1"/>
      <body name="pole">
        <joint name="hinge" axis="0 1 0"/>
        <geom type="capsule" fromto="0 0 0 0 0 .9" size=".025" rgba=".95 .6 .2 1" mass=".2"/>
      </body>
    </body>
  </worldbody>
  <actuator><motor joint="slide" ctrlrange="-20 20"/></actuator>
</mujoco>
"""
GAIN = np.array([-4.0, -60.0, -7.0, -12.0])  # slide, hinge, and their speeds
GOAL_COLOUR = np.array([0.2, 0.9, 0.4, 0.6], np.float32)


def main(seconds: float = float("inf"), **options: Any) -> mujoco.MjData:
    """Balance the pole over a goal that wanders, for `seconds` of wall clock; `options` are those of `launch_passive`."""
    model = mujoco.MjModel.from_xml_string(MODEL)
    data = mujoco.MjData(model)
    data.joint("hinge").qpos = 0.1
    with prv.launch_passive(model, data, **options) as viewer:
        began = time.monotonic()
        while viewer.is_running() and time.monotonic() - began < seconds:
            step_began = time.monotonic()
            goal = np.sin(0.5 * data.time)
            if viewer.wants_step():  # Pause and Step of the page
                error = np.concatenate([data.qpos - [goal, 0], data.qvel])
                data.ctrl[0] = -GAIN @ error
                mujoco.mj_step(model, data)
            draw_goal(viewer.user_scn, goal)
            viewer.sync()
            time.sleep(max(0.0, model.opt.timestep - (time.monotonic() - step_began)))
    return data


def draw_goal(scene: mujoco.MjvScene, x: float) -> None:
    """A marker that belongs to no model."""
    place = np.array([x, 0, 0.05])
    mujoco.mjv_initGeom(
        scene.geoms[0], mujoco.mjtGeom.mjGEOM_SPHERE, [0.06, 0, 0], place, np.eye(3).ravel(), GOAL_COLOUR
    )
    scene.ngeom = 1


if __name__ == "__main__":
    main()
