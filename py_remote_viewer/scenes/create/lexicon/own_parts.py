"""Parts that every machine or piece of furniture of a kind has anyway: naming them asks for nothing more. Pure data."""

from __future__ import annotations

_TEXT = """
walker: torso thigh leg shin foot feet hip knee ankle body trunk calf
arm: base shoulder elbow wrist forearm tip
trapdoor: hinge frame panel leg
door: handle frame panel knob hinge leaf post
drawers: handle knob front frame cabinet
goal: net crossbar post
hoop: backboard net rim
catapult: spoon arm cup frame sling beam counterweight
crank_slider: crank wheel rod piston connecting cylinder guide slider
linkage: crank coupler rocker bar link joint hinge
universal_joint: shaft cross fork joint bearing
scara: arm spindle slider column
excavator: bucket boom stick arm track cab chain shovel
crane: hook boom mast tower jib
drone: body propeller frame
car: chassis cabin body axle
rotor: tower mast hub stand
humanoid: arm leg head torso hand foot feet body
doll: arm leg head torso hand foot feet body
quadruped: leg body trunk
crawler: torso body
seesaw: fulcrum pivot board plank beam
slider: rail carriage
conveyor: roller belt
gyroscope: gimbal frame
cradle: frame string
pendulum: stand string pivot
bin: bottom wall
table: top tabletop
turntable: disc disk plate
swing_set: frame chain rope seat
pulley: string rope wheel
funnel: spout stand
bridge: plank rope
"""
OWN_PARTS = {
    kind: frozenset(words.split()) for kind, _, words in (line.partition(": ") for line in _TEXT.strip().splitlines())
}
