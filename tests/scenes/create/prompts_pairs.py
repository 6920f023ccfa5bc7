"""What people write of the one and the other, of distances, orders and shares. Facts as in `prompts.py`."""

from __future__ import annotations

PAIRS: tuple[tuple[str, str], ...] = (
    # --- the one and the other
    ("two cubes, one on top of the other, and a ball beside them", "2 cube; cube stacked; 1 ball; ball beside cube"),
    ("two steel discs, one lying on the other", "2 steel_disc; steel_disc stacked"),
    ("two balls, one 50 cm above the other", "ball_2 at 0 0 .68; ball fall 1"),
    ("a steel cube and a wooden ball, one on top of the other", "wood_ball on steel_cube"),
    ("a ball of 1 kg and another of 2 kg on a table", "ball_2 mass 2; ball_2 on table; 2 ball"),
    ("one ball is on the floor and the other on a table", "ball_2 on table; 1 table; 2 ball; ball at -.55 0 .06"),
    ("one red box stands on a table and the other on the floor", "red_box_2 on floor; 2 red_box; 1 table"),
    ("two tables; on one of them a ball, on the other a cube", "2 table; ball on table_1; cube on table_2"),
    (
        "two tables, a ball on one of them and a red cube on the other",
        "2 table; ball on table_1; red_cube on table_2",
    ),
    ("two bins. In one bin there are 3 balls, in the other 2 cubes.", "2 bin; ball inside bin_1; cube inside bin_2"),
    ("two towers of 4 blocks, a ball on one of them", "8 block; ball on block_4"),
    ("two balls and a box. one of the balls is on the box", "ball_2 on floor; 2 ball; 1 box"),
    (
        "a crate with a smaller crate on it and a ball balanced on the smaller one",
        "ball on crate_2; ball above crate_2",
    ),
    ("a box under a table and a ball on top of the same table", "1 table; box under table; ball on table"),
    ("a big box, on it a medium box, on that a small box, and a ball on the very top", "ball on box_3; box_3 on box_2"),
    # --- one so, one so
    (
        "three balls dropped from 1.5 m, one bouncy, one medium, one not bouncy at all",
        "3 ball; ball drops 1.4; ball bounces",
    ),
    ("two carts, one heavy and one not heavy", "cart_2 mass 2.7; 2 cart"),
    (
        "table, two bins, one blue and one red, and 4 blue and 4 red cubes on the table",
        "2 bin; bin_1 colour blue; bin_2 colour red; 4 blue_cube; blue_cube on table; red_cube on table",
    ),
    (
        "two balls, one rolling to the left at 1 m/s and the other to the right at 2 m/s",
        "ball moves left 1; ball_2 moves right 2",
    ),
    ("two balls: one falls from 1 m, the other from 2 m", "ball drops .9; ball_2 drops 1.9"),
    ("two boxes, one sliding to the right at 2 m/s, the other at rest", "box moves right 2; box_2 still"),
    (
        "three balls, one rolling at 1 m/s, one at 2 m/s and one at 3 m/s",
        "ball moves right 1; ball_2 moves right 2; ball_3 moves right 3",
    ),
    ("two balls rolling towards each other at 1 m/s and 2 m/s", "ball moves right 1; ball_2 moves left 2"),
    ("throw three balls at 6 m/s at 30, 45 and 60 degrees", "3 ball; ball_2 flies; ball_3 flies"),
    # --- what one noun or one number shares
    (
        "a table with a red, a green and a blue cube on it, 4 cm each",
        "red_cube size .04; green_cube size .04; blue_cube size .04; red_cube on table; green_cube on table",
    ),
    ("a shelf with a small and a large ball", "ball_2 size .204; ball on shelf; ball_2 on shelf"),
    ("a red cube and a blue ball weighing 2 kg each", "red_cube mass 2; blue_ball mass 2"),
    ("a double pendulum with two 40 cm links, 1 kg each", "hinges 2; apart_links pendulum_link_1 pendulum_link_2 .4"),
    ("a table, a ball and a cube on the table", "ball on table; cube on table"),
    # --- how far, and which way round
    ("throw a ball at 6 m/s at a wall 3 m away", "ball gap 3 wall; ball left wall"),
    ("a ball rolling at 2 m/s towards a stack of 5 boxes 2 m away", "ball gap 2 box; ball moves right 2"),
    ("a catapult facing a wall made of 12 stone blocks, 3 m away", "12 stone_block; stone_block right catapult"),
    ("a car facing a wall 2 m away", "car left wall"),
    ("two arms facing each other across a table with a ball in the middle", "1 table; ball on table; hinges 8"),
    ("a seesaw with a 2 kg box 30 cm left of the pivot", "box at -.3 0 .26; box mass 2"),
    (
        "a seesaw with a 1 kg ball 40 cm from the middle and a 2 kg ball 20 cm to the right of the pivot",
        "ball_2 mass 2; ball at -.4 0 .26; ball_2 at .2 0 .26",
    ),
    ("a box at the origin and a ball 1 m to its left", "box at 0 0 .06; ball gap 1 box; ball left box"),
    (
        "put a 5 cm cube at x=0.3 y=0.1 on a table 75 cm high",
        "cube at .3 .1 .777; cube on table; table height .75",
    ),
    ("a ball at (0.2, -0.1) on a wooden table", "ball on wood_table; ball at .2 -.1 .511"),
    ("two boxes 1 m apart with a plank across them", "plank on box; plank stays; box apart 1"),
    # --- levels and orders
    ("pyramid of boxes, 4 levels", "10 box"),
    ("a pyramid of cans, 3 tiers high", "6 can"),
    ("a wall of bricks, 5 rows", "20 brick; brick stays"),
    (
        "from left to right: a red ball, a green box and a blue cone",
        "red_ball left green_box; green_box left blue_cone",
    ),
    ("from bottom to top: a box, a cylinder and a ball", "cylinder on box; ball on cylinder"),
    ("a small box, a box and a big box stacked from top to bottom", "box_2 on box_3; box_2 above box_3"),
    ("stack: big box, medium box, small box, ball", "box_3 on box_2; ball on box_3"),
    ("drop three balls one after another from 3 m", "3 ball; ball drops 2.9; ignored one, after, another"),
    # --- without, at rest, on the way
    ("a ball without a box", "1 ball; no box"),
    ("ten balls in a box without a lid", "10 ball; ball inside box; no lid"),
    ("put a trolley with 4 wheels at the top of a 10 degree ramp. no motors.", "actuators 0; trolley on ramp; tilt 10"),
    ("a 2 kg cart hits a stationary 1 kg cart at 1.5 m/s", "cart moves right 1.5; cart_2 topples"),
    ("a conveyor belt carrying boxes towards a bin", "3 box; box rolls right .3; box_1 at -.41 0 .36"),
    ("a hoop, a solid cylinder and a solid sphere racing down a ramp", "hoop rolls right 1; cylinder rolls right 1"),
    ("a humanoid next to some stairs", "1 stairs; 1 humanoid_torso"),
    ("a cloth hanging from two corners, red", "1 red_cloth_rail"),
    ("a 60 cm square cloth falling from 1 m onto a ball", "1 ball"),
    # --- who meets whom
    ("a heavy ball colliding with a light one at rest", "ball moves right 1.5; ball_2 still; ball_2 mass .0905"),
    ("a ball collides with a stationary ball at 3 m/s", "ball moves right 3; ball_2 still; ball_2 topples"),
    ("a bowling ball hitting ten pins arranged in a triangle at 6 m/s", "10 white_pin; white_pin fall 6"),
    ("a ball dropped onto the left end of a seesaw with a box on the right end", "ball at -.52 0 1.26; ball drops .9"),
    ("a ball with initial velocity 3 m/s to the right and 2 m/s up", "ball drops .7"),
    ("a ramp with a ball at the top and three dominoes at its foot", "domino fall 2; ball on ramp"),
    ("a ball suspended 1 m above a table by a string", "1 table; ball above table"),
    # --- which is what
    ("3 balls, each twice as heavy as the one before", "ball_1 mass .362; ball_2 mass .724; ball_3 mass 1.448"),
    ("4 cubes in a row, each half as big as the previous one", "cube_2 size .06; cube_3 size .03; cube in row"),
    ("four boxes at the corners of a 2 m square", "box_1 at -1 -1 .06; box_4 at 1 1 .06"),
    ("two cubes 50 cm apart and a ball exactly in the middle between them", "ball between cube; cube apart .5"),
    ("the blue ball is heavier than the red ball", "1 blue_ball; 1 red_ball; red_ball mass .362"),
    ("5 stacked plates on a table", "5 plate; plate stacked; plate_1 on table"),
    ("a cube with edge 30 cm on which lies a ball with diameter 10 cm", "ball on cube; cube size .3; ball size .1"),
    ("a table on which there are two cups and a plate", "2 cup; cup on table; plate on table"),
    ("ball A at 1 m, ball B at 2 m and ball C at 3 m height", "3 ball; ball_3 at .32 0 3.06; ball_2 at 0 0 2.06"),
    ("three balls at heights of 1, 2 and 3 m", "3 ball; ball_3 drops 2.9; ball_2 drops 1.9"),
    ("a row of boxes: red, green, blue", "3 box; box_1 colour red; box_3 colour blue"),
    ("cubes: one red, two blue, three green", "6 cube; cube_1 colour red; cube_3 colour blue; cube_6 colour green"),
    (
        "a red cube, a green ball and a blue box in a row, 20 cm apart",
        "green_ball gap .2 red_cube; green_ball gap .2 blue_box",
    ),
    ("put two balls on the table, one at each end", "2 ball; ball on table"),
    ("a ball on the top step of a staircase with 6 steps", "ball on staircase; ball stays"),
    ("two ramps, one steep and one shallow, with a ball on each", "2 ball; 2 ramp; ball_2 rolls right 2"),
    ("two tables, one big and one small", "table_2 height .27; 2 table"),
)
