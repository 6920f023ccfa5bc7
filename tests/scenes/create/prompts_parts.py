"""Parts of machines that a sentence describes, with what must come of them; facts as in `prompts.py`.

Also: `long ROD 0.5` and `wide BOB 0.1`, of a geom; `start JOINT 30`, in degrees.
"""

from __future__ import annotations

PARTS: tuple[tuple[str, str], ...] = (
    (
        "a cart with an inverted pendulum, mass of the cart 1 kg, pole 0.1 kg and half a metre long",
        "1 cart_pole; cart_pole mass 1; cart_pole_pole mass .1; long cart_pole_pole_rod .5; hinges 1; 0 pole",
    ),
    (
        "an inverted pendulum on a cart with cart mass 2 kg and pole mass 0.3 kg and pole length 1 m",
        "hinges 1; slides 1; long inverted_pendulum_on_a_cart_pole_rod 1; inverted_pendulum_on_a_cart mass 2",
    ),
    (
        "a cart pole whose pole weighs 200 g and is 80 cm long, and whose cart weighs 2 kg",
        "cart_pole mass 2; cart_pole_pole mass .2; long cart_pole_pole_rod .8",
    ),
    (
        "cart pole with two poles of different lengths, 0.5 m and 1 m",
        "1 cart_pole; hinges 2; long cart_pole_pole_1_rod .5; long cart_pole_pole_2_rod 1",
    ),
    (
        "a double pendulum with arms of 30 and 50 cm",
        "hinges 2; long pendulum_link_1_rod .3; long pendulum_link_2_rod .5; actuators 0",
    ),
    (
        "a double pendulum, the first link 40 cm, the second one 20 cm",
        "hinges 2; long pendulum_link_1_rod .4; long pendulum_link_2_rod .2",
    ),
    (
        "a triple pendulum with links of 10, 20 and 30 cm and bobs of 1, 2 and 3 kg",
        "hinges 3; long pendulum_link_3_rod .3; geom pendulum_link_1_bob mass 1; geom pendulum_link_3_bob mass 3",
    ),
    (
        "a pendulum whose bob is a 2 kg red cube",
        "1 pendulum; geom pendulum_bob mass 2; pendulum colour red; pendulum is box; 0 red_cube",
    ),
    (
        "a simple pendulum with a string 80 cm long and a bob of 300 g",
        "hinges 1; long pendulum_rod .8; geom pendulum_bob mass .3; 0 string",
    ),
    (
        "a pendulum with a 2 kg steel ball at the end of a 1.5 m rod",
        "hinges 1; long pendulum_rod 1.5; geom pendulum_bob mass 2; 0 rod",
    ),
    (
        "a pendulum with a heavy red bob and a 1 m string",
        "long pendulum_rod 1; geom pendulum_bob mass 3; pendulum colour red",
    ),
    ("a pendulum with a bob of 3 cm radius", "wide pendulum_bob .06"),
    (
        "a pendulum with a 30 cm long string and a 50 g bob, released from 60 degrees",
        "long pendulum_rod .3; geom pendulum_bob mass .05; start pendulum_joint 60",
    ),
    (
        "a simple pendulum: length 1 m, bob mass 0.5 kg, initial angle 30 degrees",
        "long pendulum_rod 1; geom pendulum_bob mass .5; start pendulum_joint 30",
    ),
    ("hang a 500 gram mass from a spring with stiffness 50 N/m", "slides 1; 1 spring; 0 weight"),
    ("a 1 kg block hanging from a spring with k = 100 N/m", "slides 1; 1 spring; 0 block"),
    (
        "a robot arm with links of 20 cm, 30 cm and 10 cm",
        "4 robot_arm_link; apart_links robot_arm_link_2 robot_arm_link_3 .2; apart_links robot_arm_link_3 robot_arm_link_4 .3",
    ),
    ("a 3-link arm, each link 15 cm long", "3 arm_link; hinges 3; apart_links arm_link_1 arm_link_2 .15"),
    (
        "a robot arm with three links of 20 cm each",
        "4 robot_arm_link; apart_links robot_arm_link_3 robot_arm_link_4 .2",
    ),
    ("a car with big rear wheels", "1 car; hinges 4; wide car_left_wheel_2_tyre .221; wide car_left_wheel_1_tyre .13"),
    (
        "a car with small front wheels and large back wheels driving into a wall",
        "1 car; 1 wall; wide car_right_wheel_1_tyre .078; wide car_right_wheel_2_tyre .221",
    ),
    ("a tricycle with a small front wheel", "hinges 3; wide tricycle_front_wheel_tyre .078"),
    ("a robot arm with 4 joints without motors", "4 robot_arm_link; actuators 0"),
    ("a ball with a mass of 2 kg on a 30 degree incline", "1 ball; ball mass 2; 1 incline; 0 weight"),
    ("a gold ball and a ball painted gold", "2 gold_ball; gold_ball_2 mass .362"),
    ("a car with red wheels", "1 car; car_left_wheel_1 colour red; car_right_wheel_2 colour red"),
    ("a truck with six wheels, the rear ones bigger", "1 truck; hinges 6; wide truck_left_wheel_3_tyre .182"),
    ("a rover with 6 wheels of 10 cm diameter", "1 rover; hinges 6; wide rover_left_wheel_2_tyre .1"),
    ("a table with 80 cm long legs", "1 table; table height .85"),
    (
        "a chain with 10 links, each link 5 cm long, and a 1 kg ball at the end",
        "1 chain; balls 10; apart_links chain chain_link_2 .05",
    ),
    ("a windmill with four 60 cm blades", "1 windmill; geoms windmill 5"),
    ("a seesaw with a 2 m plank", "1 seesaw; long seesaw .24; wide seesaw 2; 0 plank"),
    ("a Newton's cradle with 5 balls of 100 g each", "5 newton_cradle_ball; newton_cradle_ball_3 mass .101"),
    ("a pendulum with 2 kg at the end of a massless rod", "1 pendulum; pendulum mass 2; 0 rod"),
    (
        "a pulley with a 1 kg weight on the left and a 2 kg weight on the right",
        "slides 2; pulley mass 1; pulley_right mass 2; 0 weight",
    ),
    ("a gyroscope with a heavy wheel", "1 gyroscope; hinges 3; 0 wheel"),
    (
        "double pendulum: upper rod 1 m and lower rod 50 cm, upper mass 1 kg, lower mass 2 kg",
        "long pendulum_link_1_rod 1; long pendulum_link_2_rod .5; geom pendulum_link_2_bob mass 2",
    ),
    ("cart (2 kg) with a pole (0.5 kg, 1 m)", "cart mass 2; cart_pole mass .5; long cart_pole_rod 1"),
    ("an inverted pendulum with a 1.5 m pole on a 3 kg cart", "inverted_pendulum mass 3; hinges 1; slides 1; 0 cart"),
    (
        "a spring pendulum with a 300 g mass and a spring constant of 15 N/m",
        "slides 1; stiffness spring_pendulum_bounce 15",
    ),
    ("a robot arm with 3 joints, link masses 2 kg, 1 kg and 0.5 kg", "3 robot_arm_link; robot_arm_link_2 mass 1"),
    ("a pendulum with a rod of mass 0.5 kg and a disc of 2 kg at the end", "1 pendulum; pendulum mass 2.5; 0 disc"),
    ("a seesaw with a 3 m long board and a 30 kg box at the left end", "1 seesaw; box on seesaw; box mass 30; 0 board"),
    ("a seesaw whose plank is made of steel", "1 steel_seesaw; 0 steel_plank"),
    ("a bob of mass 0.5 kg on a 1.2 m string displaced by 10 degrees", "1 string; 0 bob"),
    # --- follow-ups on parts
    ("cart pole >> start with the pole tilted by 20 degrees", "start cart_pole_hinge 20"),
    ("a mass on a spring >> use a 3 kg mass", "slides 1; 0 weight"),
    (
        "a mass-spring system with a 2 kg mass and k = 80 >> change k to 200 N/m",
        "stiffness mass_spring_system_bounce 200",
    ),
    ("a robot arm >> extend it by 20 cm", "4 robot_arm_link; apart_links robot_arm_link_2 robot_arm_link_3 .3667"),
    (
        "a double pendulum >> make the lower arm twice as long as the upper one >> reduce gravity to half",
        "hinges 2; long pendulum_link_1_rod .3; long pendulum_link_2_rod .6; gravity 4.905",
    ),
    ("a double pendulum >> make the first rod 50 cm long", "long pendulum_link_1_rod .5; long pendulum_link_2_rod .3"),
    (
        "a double pendulum >> colour the second bob green and double its mass",
        "geom pendulum_link_2_bob mass 1.2; pendulum_link_2 colour green; geom pendulum_link_1_bob mass .6",
    ),
    ("a cartpole >> make the pole twice as long and the cart heavier", "long cartpole_pole_rod 1.2; cartpole mass 2.5"),
    ("a spring with a 2 kg mass >> make the mass lighter", "spring mass .8"),
    ("a spring with a 1 kg mass >> double the stiffness", "stiffness spring_bounce 120"),
    ("a robot arm with 6 joints and a red cube >> remove two joints", "4 robot_arm_link; 1 red_cube"),
    ("a robot arm with 4 joints >> without motors", "4 robot_arm_link; actuators 0"),
    ("a car >> give it six wheels and paint it red", "1 red_car; hinges 6"),
)
