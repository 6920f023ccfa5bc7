"""A scene that fills any bitrate: a grainy ground that turns, so that every block of every picture is new to the encoder."""

from __future__ import annotations

from pathlib import Path

_MJCF = """<mujoco model="busy">
  <option timestep="0.005" gravity="0 0 0"/>
  <visual><headlight ambient=".6 .6 .6" diffuse=".4 .4 .4" specular="0 0 0"/></visual>
  <asset>
    <texture name="grain" type="2d" builtin="flat" rgb1=".1 .1 .1" mark="random" markrgb="1 1 1" random="0.5"
      width="512" height="512"/>
    <material name="grain" texture="grain" texrepeat=".6 .6"/>
  </asset>
  <default><geom contype="0" conaffinity="0"/></default>
  <worldbody>
    <body name="ground">
      <joint name="turn" axis="0 0 1"/>
      <geom type="cylinder" size="4 .05" material="grain"/>
    </body>
    <body name="box" pos="0 0 1">
      <joint name="spin" axis="0 1 0"/>
      <geom type="box" size=".5 .5 .5" rgba=".8 .2 .2 1"/>
    </body>
  </worldbody>
  <keyframe><key name="turning" qvel="1.5 2"/></keyframe>
</mujoco>
"""


def busy_scene(folder: Path) -> Path:
    """Write it into `folder`; returns the file."""
    path = folder / "busy.xml"
    path.write_text(_MJCF, encoding="utf-8")
    return path
