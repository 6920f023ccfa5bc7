"""Prompts about machines: springs and motors of their joints, mechanisms, ropes and their ends; facts as in `prompts.py`."""

from __future__ import annotations

SPRUNG: tuple[tuple[str, str], ...] = (
    ("a gate with a return spring of 12 Nm/rad", "slides 0; hinges 1; stiffness gate_hinge 12"),
    ("a spring-loaded drawer", "slides 1; stiffness drawer_slide 60"),
    (
        "a linear slider with a spring constant of 150 N/m and a damper of 3 Ns/m",
        "slides 1; stiffness linear_slider_slide 150; joint linear_slider_slide damping 3",
    ),
    ("a pendulum whose pivot has a torsion spring of 4 N*m/rad", "hinges 1; slides 0; stiffness pendulum_joint 4"),
    ("a trap door held closed by a strong spring", "slides 0; stiffness trap_door_hinge 125"),
    ("a seesaw and a spring", "slides 1; stiffness seesaw_tilt 0"),
    (
        "a double pendulum with joint friction 0.05 and armature 0.002",
        "joint_has pendulum_joint_2 frictionloss .05; joint_has pendulum_joint_1 armature .002",
    ),
    ("a slider >> it gets a spring of 80 N/m", "slides 1; stiffness slider_slide 80"),
)

DRIVEN: tuple[tuple[str, str], ...] = (
    ("a triple pendulum with a motor at the third joint", "drives pendulum_joint_3"),
    ("a double pendulum with a servo at the elbow", "drives pendulum_joint_2; pull pendulum_joint_2_position"),
    ("an actuator at the hinge of a pendulum", "drives pendulum_joint; 1 pendulum"),
    (
        "a cart pole with a torque motor of 2 Nm at the pole",
        "drives cart_pole_hinge; strength cart_pole_hinge_torque 2",
    ),
    ("a truck with six wheels and motors on the front wheels", "drives truck_left_wheel_1_2 truck_right_wheel_1_2"),
    (
        "a buggy with all wheel drive",
        "drives buggy_left_wheel_1_2 buggy_left_wheel_2_2 buggy_right_wheel_1_2 buggy_right_wheel_2_2",
    ),
    ("a gate powered by an electric motor with a torque of 20 Nm", "drives gate_hinge; strength gate_motor 20"),
    ("a slider with a velocity servo", "drives slider_slide; pull slider_slide_velocity"),
    ("a double pendulum >> add a motor to the second joint", "drives pendulum_joint_2"),
)
