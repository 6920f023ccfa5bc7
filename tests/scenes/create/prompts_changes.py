"""Follow-ups that change some of what is there and leave the rest as and where it was; facts as in `prompts.py`."""

from __future__ import annotations

CHANGES: tuple[tuple[str, str], ...] = (
    # --- what is not moved stays where it stood
    ("a ball >> move it 1 m to the left", "ball at -1 0 .06"),
    ("a crate and a marble >> shift the crate 40 cm backwards", "crate at -.115 .4 .06; glass_marble at .160 0 .015"),
    ("a box >> add a car behind it >> remove the car", "box at 0 0 .06; 0 car"),
    ("a humanoid >> put a box in front of it", "box front humanoid_torso; humanoid_torso at 0 0 1.166"),
    ("a table with a cup on it >> slide the table half a metre to the right", "table at .5 0 0; cup on table"),
    # --- how many parts, and how many there are
    ("a simple pendulum >> turn it into a triple pendulum", "hinges 3; 0 pendulum_2_link"),
    ("a robot arm with 4 joints >> make it a 6-joint arm", "6 robot_arm_link; actuators 6"),
    ("an inverted pendulum >> it gets two more poles", "3 inverted_pendulum_pole; hinges 3"),
    ("a rope with 10 links >> fewer links", "balls 7"),
    ("a suspension bridge with 8 planks >> double the number of planks", "15 in_all suspension_bridge_plank"),
    ("a ball on the stairs >> make it two steps higher", "geoms stairs 7; ball on stairs"),
    ("a newton's cradle >> try it with 3 balls", "3 newton_cradle_ball"),
    ("12 dominoes in a row and a ball >> set the dominoes to 18", "18 domino; 1 ball"),
    ("six cans in a row >> make that 4 cans", "4 can; can in row"),
    ("a tower of 4 crates >> make the tower higher", "6 crate; crate stacked; crate size .12"),
    ("a wall of 5x3 bricks >> make it 4 bricks high", "20 brick; brick_1 size .2"),
    ("6 balls in a ring >> make the ring twice as big", "6 ball; ball in ring; ball size .12; ball_1 at .5 0 .06"),
    ("a stack of 3 plates >> put one more on top", "4 plate; plate stacked"),
    ("a green cone >> another one to the left", "2 green_cone; green_cone at 0 0 .1"),
    # --- which of several things
    ("a cork cube and an iron cube >> paint the iron one white", "1 cork_cube; white_cube mass 13.6"),
    ("a marble table and a box >> put the box on the marble one", "box on marble_table"),
    ("a 2 kg ball and a 7 kg ball >> make the lighter one red", "red_ball mass 2; ball mass 7"),
    (
        "a can on the left and a can on the right, both 1 kg >> double the mass of the left one",
        "2 can; can_2 mass 1",
    ),
    ("a cone, a ball and a cube >> paint the first one pink", "1 pink_cone; 1 ball; 1 cube"),
    # --- one of a group, alone
    ("three crates in a row >> push the middle one 25 cm backwards", "crate_2 at 0 .25 .06; crate_1 at -.15 0 .06"),
    ("a stack of 4 books >> replace the top book with a marble", "3 book; glass_marble above book"),
    ("5 cans in a row >> turn the third one into a cone", "4 in_all can; 1 cone"),
    ("a row of 10 dominoes >> make the last one taller", "10 in_all domino"),
    # --- what it is made of, and what it is
    ("a wooden table with a cup on it >> make it glass", "1 glass_cup; 1 wood_table"),
    ("three wooden cubes >> change their material to ice", "3 ice_cube; ice_cube friction .03"),
    ("a wooden crate and a wooden ball >> replace the wood with lead", "1 lead_crate; 1 lead_ball"),
    ("a wall of 20 bricks >> make it ice instead of brick", "20 ice_brick"),
    ("a cup on a table >> turn the cup into a car", "car on table; 0 cup"),
    # --- back to how it was
    ("20 dominoes in a row >> paint every third one black >> undo the colours", "20 domino; domino colours 4"),
    (
        "4 green cans >> paint the first one red >> give them their original colour back",
        "4 green_can; green_can colours 1",
    ),
    ("a 3 kg ball >> make it 20 kg >> reset its mass", "ball mass 3"),
    ("a box and a ball >> no gravity >> bring gravity back", "gravity 9.81; box on floor"),
    # --- how it moves
    ("a truck driving at 4 m/s >> slow it down", "truck moves right 2"),
    ("a ball rolling at 1 m/s to the left >> speed it up >> reverse it", "ball moves right 2"),
    ("a ball rolling at 1 m/s >> make it faster >> even faster", "ball moves right 4"),
    ("a car driving to the right >> make it go left", "car moves left 1.5"),
    ("a box on a ramp >> steeper", "tilt 30; box on ramp"),
    ("two marbles rolling towards each other >> make the collision perfectly elastic", "glass_marble bounces"),
    ("a tower of 4 cubes and a ball >> throw the ball at the tower", "ball left cube; 4 cube"),
    ("a double pendulum >> release it from horizontal", "start pendulum_joint_1 90"),
    # --- how near
    ("a box and a ball >> move the ball closer to the box", "ball gap .05 box; box at -.16 0 .06"),
    ("a can next to a table >> move it further away from the table", "can gap .24 table"),
    ("a cone, a ball and a cube >> put the ball in front of the others", "ball front cone; ball front cube"),
    (
        "a seesaw >> put a 2 kg crate on the left end >> and a 1 kg can on the right end",
        "crate left can; can above seesaw",
    ),
    # --- what it is fitted with
    ("a triple pendulum >> add motors to all joints", "actuators 3"),
    ("a robot arm >> give it a gripper", "slides 2; actuators 6"),
    ("a red car >> add a camera that follows the car", "cameras 3"),
    ("a rope hanging from the ceiling >> hold it at both ends", "equalities 1"),
    ("a cone >> surround it with 6 marbles", "glass_marble around cone; 6 glass_marble"),
    # --- several of a group
    (
        "7 cans in a row >> take away the first and the last one >> add one more",
        "6 can; can_1 at -.25 0 .08; can_2 apart .025",
    ),
    ("5 marbles in a row >> delete every other marble", "3 glass_marble; glass_marble_1 apart .07"),
    ("8 dice in a circle >> remove the third one", "7 die; die_1 at .25 0 .06"),
    ("a tower of 5 crates >> paint the middle three black", "5 crate; crate_2 colour black; crate_4 colour black"),
    ("4 globes >> make the first and the third one heavier", "globe_1 mass .905; globe_3 mass .905; globe_2 mass .362"),
    ("a pyramid of 10 cubes >> paint the bottom row gold", "10 cube; cube_4 colour gold; cube_4 mass .691"),
    ("a wall of 5x4 bricks >> make the top row white", "20 brick; brick_20 colour white; brick_17 colour white"),
    (
        "a 3x4 grid of cans >> paint the corner ones red",
        "12 can; can_1 colour red; can_12 colour red; can_3 colour red",
    ),
    ("4 red cones >> remove one cone >> paint the remaining ones blue", "3 blue_cone"),
    # --- values and comparatives that stand almost alone
    ("a crate >> shift it up 50 cm >> move it to the right by 1 m", "crate at 1 0 .56"),
    ("a ball >> move it 1 m to the left >> move it down 5 cm", "ball at -1 0 .06"),
    ("a globe >> double its diameter", "globe size .24"),
    ("a ball rolling at 1 m/s >> now 6 m/s", "ball moves right 6"),
    ("a can dropped from 1 m >> from 3 m instead", "can drops 2.8"),
    ("a cube of 10 cm >> scale it by 2.5", "cube size .25"),
    ("a crate of 3 kg >> add 500 g to it", "crate mass 3.5"),
    ("a ball and a ramp >> longer ramp", "1 ball; 1 ramp"),
    ("a 1 kg weight on a spring with k = 100 N/m >> stiffer spring", "stiffness weight_on_a_spring_bounce 300"),
    ("a ball thrown up at 4 m/s >> throw it higher", "ball moves up 6"),
    ("a can >> clone it four times", "5 can"),
    ("a cube under water >> replace the water with oil", "medium 900"),
    ("a ball in the wind >> no wind", "wind 0"),
    ("a bin and a ball >> put the ball in the bin >> take it out again", "ball beside bin; ball on floor"),
    ("6 cans in a circle >> move them further apart", "can in ring; can_1 at .375 0 .08"),
)
