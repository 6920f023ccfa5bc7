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

MECHANISMS: tuple[tuple[str, str], ...] = (
    ("a crank-slider turning at 30 rpm", "slides 1; hinges 2; equalities 1; crank_slider_piston sways .2"),
    ("a piston driven by a flywheel", "slides 1; equalities 1; piston_piston sways .2"),
    ("a 4-bar linkage 80 cm long", "hinges 3; equalities 1; bar_linkage_coupler sways .1"),
    ("two shafts joined by a cardan joint", "hinges 3; equalities 1"),
    ("a scara arm next to a box", "hinges 2; slides 1; actuators 3; 1 box"),
    (
        "a yellow excavator in front of a pile of 6 rocks",
        "1 yellow_excavator; hinges 4; actuators 4; yellow_excavator stays",
    ),
    ("a gear train with a ratio of 3", "hinges 2; equalities 1"),
    ("two cogwheels, one three times as large as the other", "hinges 2; equalities 1"),
    (
        "a van hauling a blue trailer to the right at 1 m/s",
        "1 van; hinges 8; van moves right 1; van_trailer rolls right 1.2",
    ),
    ("a trailer hitched to a tractor", "1 tractor; 1 tractor_trailer; hinges 8"),
    ("a toy car whose front wheels can be steered", "1 toy_car; hinges 6; pull toy_car_steering"),
    ("a 4 wheel buggy with front wheel steering and rear wheel drive", "pull buggy_steering; actuators 3"),
    ("a crane carrying a 20 kg steel barrel on its cable", "crane_barrel mass 20; crane_barrel rises"),
    ("a pulley with 2 kg on the left side and 3 kg on the right side", "pulley mass 2; pulley_right mass 3"),
    ("a drawer that pulls out 20 cm", "slides 1; travel drawer_slide 0 .2"),
    ("a chest of drawers with 3 drawers sliding out by 25 cm each", "slides 3; travel chest_of_drawers_3_slide 0 .25"),
    ("an acrobot with red links", "drives acrobot_joint_2"),
    ("a double pendulum with motors at the shoulder and the elbow", "drives pendulum_joint_1 pendulum_joint_2"),
    ("a gate with a weak spring >> make the spring stronger", "stiffness gate_hinge 4.8"),
    ("a sprung drawer >> remove the spring", "stiffness drawer_slide 0"),
)

HUNG: tuple[tuple[str, str], ...] = (
    ("a rope draped over a beam with a 2 kg weight at both ends", "balls 39; rope_weight mass 2; 0 beam; rope stays"),
    ("a 1.5 m chain slung over a pole", "1 chain; balls 39; chain stays"),
    (
        "a chain of 8 links suspended from a hook with a 3 kg cube at its lower end",
        "balls 8; chain_cube mass 3; 0 beam",
    ),
    ("a rope hanging from a beam with a red ball at the end", "rope_ball colour red; 0 beam"),
    ("a tennis net between two poles", "1 tennis_net_rail; no pole; tennis_net_40 stays"),
    (
        "a hammock between two posts with a 1 kg ball in it",
        "1 hammock_posts; ball mass 1; ball above hammock_40; ball drops .1",
    ),
    ("a curtain hanging from a rod", "1 curtain_rail; 0 rod"),
    ("a banner fixed to a tall pole in a strong wind", "wind 14; flagpole_40 sways .05"),
    ("a cloth fixed at its upper corners in a breeze", "cloth_40 sways .05"),
)

SET: tuple[tuple[str, str], ...] = (
    ("a triple pendulum with the Runge-Kutta integrator", "integrates 1"),
    ("a ball and a box; integrator: Euler", "integrates 0; 1 ball; 1 box"),
    ("a ball of density 700 falling into oil of density 850", "medium 850; 1 ball"),
    ("a cube in a liquid with density 1200 and viscosity 2", "medium 1200; 1 cube"),
    ("a 2 kg ball on a floor with friction 0.1", "floor friction .1; ball friction .7"),
    ("a disc with torsional friction 0.02 and sliding friction 0.3", "disc friction .3"),
    ("an accelerometer on a red ball", "1 red_ball; sensor red_ball_acceleration"),
    ("a quadruped with a touch sensor on each foot", "sensors 8"),
    ("a camera that follows a truck driving at 2 m/s", "1 truck; cameras 3; truck moves right 2"),
    ("a camera on the roof of a car, looking forward", "1 car; cameras 3"),
    ("a cube lit by a green light from above", "1 cube; 0 light"),
)

EQUIPPED: tuple[tuple[str, str], ...] = (
    ("a door with a hinge on its left side and a door handle", "1 door; hinges 1"),
    ("a robot arm with a gripper with two fingers", "slides 2; hinges 4"),
    (
        "a triple pendulum, first link 30 cm, second link 20 cm, third link 10 cm",
        "apart_links pendulum_link_2 pendulum_link_3 .2",
    ),
    ("a block on a 30 degree slope with enough friction that it does not slide", "1 block; block stays"),
)

RAILED: tuple[tuple[str, str], ...] = (
    (
        "a 3 kg steel block on a horizontal rail with a spring of 90 N/m",
        "slides 1; stiffness steel_block_slide 90; steel_block mass 3",
    ),
    ("a trolley on a frictionless track", "slides 1; hinges 0; joint trolley_slide damping 0"),
    ("a red ball sliding along a 1.5 m rail", "slides 1; red_ball is sphere; travel red_ball_slide -.63 .63"),
    ("a mass-spring-damper with k = 80 N/m and c = 2 Ns/m", "slides 1; joint spring_mass_system_bounce damping 2"),
    (
        "a roller conveyor transporting two boxes at 0.3 m/s",
        "2 box; box rolls right .1",
    ),
    ("a lift raising a crate", "1 crate; crate rises"),
    ("a pinwheel driven by a breeze", "1 pinwheel; wind 2"),
    ("a seesaw with a motor at the pivot", "drives seesaw_tilt"),
)

SINGLED: tuple[tuple[str, str], ...] = (
    ("a triple pendulum with only the second joint driven", "drives pendulum_joint_2"),
    ("a gate with a 15 Nm motor", "strength gate_motor 15"),
    (
        "an arm with 3 joints, its second joint limited to -30 to 30 degrees",
        "limits arm_joint_2 -30 30; limits arm_joint_3 -120 120",
    ),
    ("a cart-pole whose pole starts at 20 degrees", "start cart_pole_hinge 20; 0 pole"),
    ("a rover with skid steering and 6 wheels", "hinges 6; actuators 2"),
    ("a rope strung between two crates", "2 crate; tendons 1"),
)

COMPOSED: tuple[tuple[str, str], ...] = (
    # what slides, and the spring that carries it
    (
        "a vertical slider holding a 1 kg box with a spring underneath and a ball dropped onto the box",
        "slides 1; box mass 1; stiffness box_slide 30; ball above box",
    ),
    (
        "an upright slider with a plate on it and a spring below the plate",
        "slides 1; stiffness plate_slide 30; 1 plate",
    ),
    (
        "a vertical slide joint carrying a plate, a spring of 200 N/m under the plate",
        "slides 1; stiffness plate_slide 200; 1 plate",
    ),
    ("a plate with a spring under it", "slides 1; stiffness plate_slide 30; plate sways .1"),
    # poles side by side
    (
        "a cart with a long pole and a short pole",
        "hinges 2; slides 1; apart_links cart_pole_1 cart_pole_2 .22; actuators 1",
    ),
    (
        "a cart with two parallel poles of 1 m and 0.4 m and a motor of at most 10 N",
        "hinges 2; apart_links cart_pole_1 cart_pole_2 .22; drives cart_slide; strength cart_push 10",
    ),
    (
        "two poles on one cart, one long and one short",
        "hinges 2; apart_links cart_pole_1 cart_pole_2 .22; drives cart_slide",
    ),
    # links that get shorter
    (
        "an arm whose links get shorter towards the tip",
        "hinges 4; apart_links arm_link_2 arm_link_3 .277; apart_links arm_link_3 arm_link_4 .221",
    ),
    (
        "a pendulum with 3 links, each shorter than the previous one",
        "hinges 3; apart_links pendulum_link_1 pendulum_link_2 .246; apart_links pendulum_link_2 pendulum_link_3 .197",
    ),
    # trap doors, trebuchets, cradles
    ("a horizontal plate hinged along one edge with a box on it", "1 trapdoor; 1 box; hinges 1; box drops .5"),
    ("a hatch made of a steel plate hinged at one side, with a ball on it", "hinges 1; 1 ball; 0 plate; ball drops .5"),
    (
        "a trebuchet with a 30 kg counterweight throwing a 500 g ball",
        "geom catapult_counterweight mass 30; ball mass .5",
    ),
    ("a catapult with a counterweight of 20 kg", "geom catapult_counterweight mass 20; stiffness catapult_arm 0"),
    ("a newton cradle with five balls, two of them start raised", "start newton_cradle_ball_2_swing -45; hinges 5"),
    (
        "a cradle with six steel balls, the first two held up",
        "start cradle_ball_1_swing -45; start cradle_ball_2_swing -45; start cradle_ball_3_swing 0",
    ),
)

HUNG_UP: tuple[tuple[str, str], ...] = (
    ("a towel hanging from two pegs", "geoms towel_rail 5; wind 0"),
    ("a blanket hung on two hooks >> a gentle breeze against it >> let the wind stop", "geoms blanket_rail 5; wind 0"),
    ("a sheet hanging from 2 hooks >> wind blowing across it", "geoms cloth_rail 5; wind 5"),
    ("rope swing with a wooden board and a box on the seat", "1 swing; hinges 1; 1 box; box stays"),
    ("a box on a swinging swing", "1 swing; hinges 1; box sways .1"),
    ("a garden swing with a red seat >> put a 2 kg ball on the seat", "hinges 1; ball mass 2; ball stays"),
    (
        "an arm with 5 joints >> paint all the links red",
        "arm_link_1 colour red; arm_link_2 colour red; arm_link_5 colour red",
    ),
    (
        "an arm with 3 links >> make the last link green",
        "arm_link_3 colour green; hinges 3",
    ),
)
