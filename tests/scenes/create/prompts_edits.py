"""Follow-ups, with what must come of them; facts as in `prompts.py`."""

from __future__ import annotations

EDITS: tuple[tuple[str, str], ...] = (
    # --- taking away, and putting there
    (
        "5 green balls in a row >> take away two of them and put a cube where they were",
        "3 green_ball; 1 cube; cube right green_ball; cube beside green_ball",
    ),
    (
        "5 green balls in a row >> remove the first two and put a red cube in their place",
        "3 green_ball; 1 red_cube; red_cube left green_ball",
    ),
    ("a red box on a table >> remove the box and put a ball where it was", "0 red_box; 1 ball; ball on table"),
    (
        "a stack of ten plates >> make every plate a different color >> remove the bottom plate",
        "9 plate; plate_1 colour orange; plate colours 9; plate stacked",
    ),
    ("5 balls >> give them different colours >> now only three of them", "3 ball; ball colours 3; ball_1 colour blue"),
    (
        "a red ball and a green ball >> delete the red one and make the other one twice as big",
        "0 red_ball; 1 green_ball; green_ball size .24",
    ),
    ("a cube, a ball and a cylinder >> replace the ball by two cones", "1 cube; 0 ball; 2 cone; 1 cylinder"),
    (
        "a red box on a table and a ball on the box >> replace the red box with a cylinder",
        "0 red_box; cylinder on table; ball on cylinder",
    ),
    # --- the same, but
    ("a row of 3 cubes >> same but with 5", "5 cube; cube in row"),
    ("a row of 3 cubes >> do the same with 5 cylinders instead", "5 cylinder; 0 cube; cylinder in row"),
    ("2 pendulums >> make one longer", "2 pendulum; hinges 2; long pendulum_rod .6; long pendulum_2_rod .9"),
    ("a tower of 5 blocks >> add two more on top", "7 block; block stacked"),
    ("a wooden cube >> make it a sphere", "1 wood_sphere; 0 wood_cube; wood_sphere is sphere"),
    ("three cubes >> make them spheres", "3 sphere; 0 cube"),
    ("a wooden cube on a table >> turn it into a ball", "1 wood_ball; wood_ball on table; 0 wood_cube"),
    # --- colours
    ("a tower of 6 dice >> colour the top one gold", "6 die; die_6 colour gold; die_6 mass .691; die stays"),
    ("a tower of 6 blocks >> paint every other block silver", "6 block; block_2 colour silver; block_2 mass .691"),
    ("a red cube and a blue ball >> swap their colours", "1 blue_cube; 1 red_ball"),
    ("a blue ball >> I want it green, not blue", "1 green_ball; 0 blue_ball"),
    ("a red ball >> actually make it blue", "1 blue_ball"),
    # --- amounts
    ("a box on a ramp of 20 degrees >> increase the friction so it doesn't slide", "1 box; tilt 20; box stays"),
    (
        "a wooden box on a steel ramp >> reduce the friction between them to 0.1",
        "wood_box friction .1; steel_ramp friction .1",
    ),
    ("a ball of 2 kg >> increase its weight by 500 g", "ball mass 2.5"),
    ("a cube of 20 cm >> shrink it by 5 cm", "cube size .15"),
    ("a cube of 20 cm >> enlarge it by 50 percent", "cube size .3"),
    ("a ramp of 20 degrees with a box >> increase the angle by 10 degrees", "tilt 30; box on ramp"),
    ("a ball >> reduce gravity to a third", "gravity 3.27"),
    ("a ball rolling at 3 m/s >> increase the speed by a factor of 2", "ball moves right 6"),
    ("a ball dropped from 2 m >> raise the drop height to 5 m", "ball drops 4.8"),
    (
        "a box and a ball >> make the box bigger and the ball smaller, then move the ball 30 cm further away",
        "box size .168; ball size .084; 1 box; 1 ball",
    ),
    ("10 dominoes in a row >> make the gap between them 3 cm", "10 domino; domino_1 apart .03"),
    ("4 boxes in a row >> space them 20 cm apart", "4 box; box_1 apart .2"),
    ("a ball on a ramp >> make the ramp steeper and less slippery", "tilt 30; ramp friction 1.12"),
    (
        "a ball with mass 2 kg on a 30 degree incline >> change the mass to 5 kg and the angle to 45 degrees",
        "ball mass 5; slant incline 45",
    ),
    ("a spinning top >> make it spin faster", "spinning_top spins 120"),
    # --- motions, and none
    ("a car driving at 2 m/s >> stop it", "1 car; car stays"),
    (
        "a ball rolling at 2 m/s toward a wall >> make the ball go twice as fast and paint the wall green",
        "ball moves right 4; 1 green_wall",
    ),
    (
        "a box sliding at 3 m/s >> it should be sliding at 5 m/s to the left instead",
        "box moves left 5",
    ),
    ("a tower of 5 blocks that falls over >> don't let it fall over", "5 block; block stays"),
    ("a pendulum 1 m long released from 60 degrees >> start it from 20 degrees instead", "start pendulum_joint 20"),
    ("a table with 4 cups >> knock one over", "4 cup; 1 ball; cup topples"),
    # --- several at once, and where `it` is
    (
        "a table and a ball >> put the ball on the table, make it bouncy and lift it 1 m",
        "ball above table; 1 table; ball bounces",
    ),
    ("a ball on the moon >> bring it back to earth", "1 ball; gravity 9.81"),
    (
        "5 boxes >> make the second one twice as big and the third one red",
        "box_2 size .24; box_3 colour red; box_1 size .12",
    ),
    # --- short ones
    ("a ball >> heavier, please", "1 ball; ball mass .905"),
    ("a blue ball >> red please", "1 red_ball; 0 blue_ball"),
    ("a ball thrown upwards at 5 m/s >> and now at 45 degrees", "ball flies"),
    ("a red box >> add 3 copies of it", "4 red_box"),
    ("a red ball and a blue box >> make them the same colour", "1 red_ball; 1 red_box; 0 blue_box"),
    ("two carts colliding >> give one of them twice the mass", "cart_1 mass 2.7; cart_2 mass 5.4"),
    ("a box sliding with friction 0.5 >> turn off friction", "box friction 0; floor friction 0"),
    ("a ball rolling into a tower >> use a heavier ball", "1 ball; ball mass .905; 5 block"),
    ("a ball on a table >> remove everything except the table", "0 ball; 1 table"),
    ("a tower of red and blue blocks >> remove all the red ones", "2 block; block colour blue"),
    ("5 balls, one of them red >> make all of them red except the last", "5 ball; ball_4 colour red; ball colours 2"),
    ("three pendulums of different lengths >> make the longest one red", "1 red_pendulum; long red_pendulum_rod .96"),
    ("a box at (1, 0) >> move it to (0, 1)", "box at 0 1 .06"),
    ("a ball >> make it 3 times as big but not heavier", "ball size .36; ball mass .362"),
    (
        "a simple pendulum >> set the length to 2 metres and the gravity to that of mars",
        "long pendulum_rod 2; gravity 3.71",
    ),
    (
        "a green cylinder >> delete everything and make three blue cylinders instead",
        "3 blue_cylinder; 0 green_cylinder",
    ),
    ("a table >> put 3 balls on it >> remove one", "2 ball; ball on table"),
    ("a ball rolling to the right at 1 m/s >> the other direction", "ball moves left 1"),
    ("a ball rolling to the right >> to the left instead", "ball moves left 1.5"),
    ("an empty box >> fill it with 10 balls >> take out half of them", "5 ball; 5 ball"),
    ("a tower of 8 blocks >> make it a pyramid", "8 block; block stays"),
    (
        "ten marbles, half of them green and half of them red >> make the green ones bigger",
        "glass_marble_1 size .042; glass_marble_6 size .03",
    ),
    (
        "a pendulum of length 1 m >> add another pendulum of length 2 m beside it >> start both from 10 degrees",
        "hinges 2; long pendulum_rod 1; long pendulum_2_rod 2; start pendulum_joint 10; start pendulum_2_joint 10",
    ),
    ("a robot arm >> add a box in front of it >> make the arm bigger", "4 robot_arm_link; 1 box"),
    (
        "seesaw with a ball at each end >> make the left ball 2 kg >> paint the right one red",
        "2 ball; ball_1 mass 2; ball_2 colour red",
    ),
    ("a red ball >> make it blue >> undo", "1 red_ball; 0 blue_ball"),
    (
        "a table >> put a ball on it >> make the ball red >> undo that >> make it green",
        "1 green_ball; green_ball on table",
    ),
    ("a red ball >> and a second, green one", "1 red_ball; 1 green_ball"),
    ("a red ball >> thanks! now add a blue one", "1 red_ball; 1 blue_ball"),
    ("a quadruped >> make it twice as heavy", "1 quadruped_trunk; ignored twice, heavy"),
    ("a blue cube on a red cube >> put the red cube on the blue cube", "red_cube on blue_cube; blue_cube on floor"),
    ("a cart pole >> make the cart 5 kg and the pole 2 m long >> with two poles", "hinges 2; cart_pole mass 5"),
)
