"""Prompts about things: what joins them, solids of other shapes, machines, sensors, materials; facts as in `prompts.py`.

More facts: `tendons 2`, `welds 1`, `equalities 2`, `tendon spring stiffness 50`, `tendon rope reach 1` (its longest),
`joint pendulum_joint damped .1`, `sensor ball_touch`, `pull arm_joint_1_torque` (an actuator), `box rolls left .5`,
`ball sways .03` (at least so far from its start, m).
"""

from __future__ import annotations

JOINED: tuple[tuple[str, str], ...] = (
    ("two carts joined by a spring", "2 cart; tendons 5; hinges 8"),
    ("two blocks connected by a spring of 50 N/m", "2 block; tendons 1; tendon spring stiffness 50; block sways .03"),
    ("a box tied to the table with a rope", "1 box; 1 table; tendons 1; box stays"),
    (
        "a 2 kg block attached to a wall by a spring of 80 N/m",
        "1 block; 1 wall; tendon spring stiffness 80; block mass 2",
    ),
    ("two masses connected by three springs between two walls", "2 weight; 2 wall; tendons 3; weight sways .03"),
    ("three balls connected by springs", "3 ball; tendons 2"),
    ("six balls connected by springs in a circle", "6 ball; tendons 6; ball in circle"),
    ("three pendulums coupled by springs", "3 pendulum; hinges 3; tendons 2"),
    ("connect two boxes with a rope", "2 box; tendons 1"),
    ("a box and a ball. tie them together with a string", "1 box; 1 ball; tendons 1"),
    ("a red ball and a blue ball with a spring between them", "1 red_ball; 1 blue_ball; tendons 1"),
    ("a rope connecting a box to a wall", "1 box; 1 wall; tendons 1"),
    ("a cube tethered to a pillar with a 1 m rope", "1 cube; 1 pillar; tendon rope reach 1"),
    ("a 1 kg ball and a 2 kg ball linked by a rubber band", "2 ball; tendons 1; ball_2 mass 2"),
    ("two balls joined by a rod", "2 ball; tendons 1; equalities 1"),
    ("two boxes glued together", "2 box; welds 1; box stays"),
    ("a red sphere attached to a green cube", "1 red_sphere; 1 green_cube; welds 1"),
    ("a ball hanging from a table by a 20 cm string", "1 ball; 1 table; tendon string reach .2; ball sways .02"),
    ("a 2 kg red ball hanging from the ceiling by a 1 m rope", "balls 14; rope_ball mass 2; rope_ball colour red"),
    ("a metal sphere of diameter 10 cm hanging from a 40 cm string", "1 string_sphere; string_sphere size .1"),
    ("hang a 500 gram mass from a spring with stiffness 50 N/m", "slides 1; spring_weight mass .5; 0 weight"),
    ("a box >> add a ball and connect it to the box with a spring", "1 box; 1 ball; tendons 1"),
    ("two blocks joined by a string >> cut the string", "2 block; tendons 0"),
    ("two blocks joined by a spring of 40 N/m >> make the spring stiffer", "tendon spring stiffness 120"),
    ("a pulley with a 1 kg and a 2 kg mass", "slides 2; hinges 1; 0 weight"),
    (
        "a 2 kg block on a table connected by a string over a pulley to a hanging 1 kg mass",
        "slides 2; 0 block; 0 table",
    ),
    ("a half Atwood machine with a 1 kg block and a 200 g weight", "slides 2; hinges 1; 0 block"),
    ("a rope lying on a table", "balls 13; 1 table; 0 rope_stand"),
)

SHAPES: tuple[tuple[str, str], ...] = (
    ("three orange cones in a row", "3 orange_cone; orange_cone is mesh; orange_cone in row; orange_cone stays"),
    ("a ring with a diameter of 30 cm", "1 ring; geoms ring 24; ring is capsule; ring stays"),
    ("a blue torus lying on a table", "1 blue_torus; blue_torus colour blue; blue_torus on table"),
    ("a wheel rolling down a ramp", "1 wheel; wheel is cylinder; wheel on ramp; wheel drops .2"),
    ("a car tyre rolling to the right at 3 m/s", "1 car_tyre; car_tyre moves right 3"),
    (
        "a tetrahedron, an octahedron, a dodecahedron and an icosahedron in a row",
        "tetrahedron is mesh; dodecahedron stays",
    ),
    ("a hexagonal prism 30 cm tall", "1 hexagonal_prism; hexagonal_prism height .3; hexagonal_prism stays"),
    ("a square pyramid of gold", "1 gold_square_pyramid; gold_square_pyramid is mesh"),
    ("a hemisphere on a table", "1 hemisphere; hemisphere on table; hemisphere stays"),
    ("a hollow steel cube", "1 steel_cube; steel_cube mass 2.713"),
    ("a round table with a ball on it", "1 table; table is cylinder; ball on table"),
    ("10 metal washers stacked on a table", "10 metal_washer"),
    ("a cricket ball on the lawn", "1 maroon_cricket_ball; maroon_cricket_ball mass .16"),
    ("a 2-litre bottle on a stool", "1 bottle; bottle on stool"),
    ("a cube made of jelly", "1 jelly_cube; jelly_cube mass 1.814"),
    ("a ball weighing 1 newton", "1 ball; ball mass .102"),
)

MACHINES: tuple[tuple[str, str], ...] = (
    ("a ragdoll falling from 2 m onto a trampoline", "1 ragdoll; ragdoll drops 1; balls 6; hinges 4; actuators 0"),
    ("a man thrown to the left at 5 m/s", "1 man; man moves left 5; balls 6"),
    ("a bookshelf with 5 books", "1 bookshelf; 5 book; book stays"),
    ("a chest of drawers with 4 drawers", "slides 4"),
    ("three gears", "hinges 3; equalities 2; actuators 1"),
    ("a box on a conveyor belt", "hinges 16; actuators 16; box rolls right .3"),
    ("a conveyor belt moving at 0.5 m/s to the left with 3 boxes on it", "3 box; box rolls left .5"),
    ("a turntable spinning at 30 rpm with four cubes on it", "hinges 1; 4 cube; cube sways .1"),
    ("an elevator with a box on it", "slides 1; box rises"),
    ("a crane with a 5 kg red load", "hinges 1; slides 2; actuators 3; crane_load mass 5"),
    ("a Galton board with 50 balls", "50 ball; ball drops .15"),
    ("a funnel with 20 marbles", "20 glass_marble; glass_marble drops .05"),
    ("a maze with a marble", "1 maze; 1 glass_marble; glass_marble stays"),
    ("a stick figure falling down the stairs", "1 stick_figure; 1 stairs; stick_figure drops .3"),
    ("ten pins and a ball rolling at 6 m/s", "10 white_pin; 1 ball; ball moves right 6; white_pin stays"),
    ("a hoop, a disc and a sphere rolling down a 15 degree ramp", "hoop on ramp; disc drops .2; sphere drops .2"),
    ("a basketball thrown at a hoop", "1 orange_basketball; 1 hoop; orange_basketball topples"),
    ("a soccer ball kicked at a goal", "1 white_soccer_ball; 1 goal; white_soccer_ball topples"),
    ("a swing set with two swings", "hinges 2; 2 swing_set"),
    ("a drone hovering above a platform", "1 drone; actuators 4; drone stays"),
    ("a snake robot with 10 links", "hinges 9; actuators 9"),
    ("a hexapod", "hinges 12; actuators 12"),
    ("a mobile robot with two wheels and a lidar", "hinges 2; sensor mobile_robot_distance"),
    ("a furuta pendulum", "hinges 2; actuators 1"),
    ("a robot arm with a gripper and a cube on a table", "hinges 4; slides 2; actuators 6; cube on table"),
)

MEASURED: tuple[tuple[str, str], ...] = (
    ("a ball with a touch sensor", "1 ball; sensor ball_touch"),
    ("a box with an IMU", "1 box; sensors 2; sensor box_acceleration; sensor box_rotation"),
    ("a robot arm with a force sensor", "sensors 5"),
    ("a car with an accelerometer and a gyroscope", "1 car; 0 gyroscope; sensor car_rotation"),
    ("a 3 joint arm with torque-controlled joints", "hinges 3; actuators 3; pull arm_joint_1_torque"),
    ("an arm with velocity controlled joints", "hinges 4; actuators 4; pull arm_joint_1_velocity"),
    (
        "a pendulum with damping 0.1 released from 60 degrees",
        "joint pendulum_joint damped .1; qpos pendulum_joint 1.0472",
    ),
    ("a pendulum pulled 45 degrees to the left and released", "qpos pendulum_joint -.7854"),
    ("a ball thrown straight up reaching a height of 3 m", "ball moves up 7.672; ball size .12"),
    ("a ball with rolling friction 0.01", "1 ball; ball friction .7; ball stays"),
    ("a projectile launched at 20 m/s at an angle of 60 degrees", "1 projectile; projectile flies"),
)

# Nothing of these may be built in silence: the words that were not taken, and for some the nearest.
TOLD: tuple[tuple[str, str, str], ...] = (
    ("a double Atwood machine", "double", ""),
    ("a UR5 robot arm and a red cube", "ur5", "a robot arm with a gripper"),
    ("a self-balancing robot", "self, balancing", ""),
    ("a Franka Panda next to a table", "franka, panda", "in the catalogue"),
    ("a Unitree Go2 robot beside a box", "unitree, go2", "in the catalogue"),
    ("an L-shaped table", "l", ""),
    ("two Go2 on a platform", "go2", "in the catalogue"),
    ("a lever with a 2 kg ball on the short end", "short", ""),
    ("a red blue cube", "blue", ""),
    ("a red ball and a magnet", "magnet", "a spring between two things"),
    ("a block pushed with a force of 10 N", "force, 10 n", "a speed"),
    ("a ball at night", "night", ""),
    ("a ball and a slinky", "slinky", "a spring"),
    ("a ball in a classroom", "in, classroom", "a room"),
    ("a quadcopter with a hanging load", "hanging, load", ""),
)
