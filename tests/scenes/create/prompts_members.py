"""What people say of some of several, and of what comes in pairs; facts as in `prompts.py`.

Also: `domino fall 9` (at least so many end lower than they began), `posts chain 1` (how far apart a rope's two posts are).
"""

from __future__ import annotations

MEMBERS: tuple[tuple[str, str], ...] = (
    # --- some of a group that is named with them
    (
        "the first three of ten dominoes are red, the rest white",
        "10 domino; domino_1 colour red; domino_3 colour red; domino_4 colour white; domino_10 colour white",
    ),
    ("3 of 8 balls are green", "8 ball; ball_1 colour green; ball_2 colour green; ball_3 colour green"),
    ("the last two of 5 balls are red", "5 ball; ball_4 colour red; ball_5 colour red"),
    # --- a value for each
    ("two pendulums, one 50 cm and the other 1 m", "hinges 2; long pendulum_rod .5; long pendulum_2_rod 1"),
    ("two boxes, one of 1 kg and the other of 3 kg", "2 box; box_1 mass 1; box_2 mass 3"),
    ("two ramps, one at 10 degrees and the other at 30 degrees", "slant ramp 10; slant ramp_2 30"),
    ("three balls, one 10 cm, one 20 cm and one 30 cm", "3 ball; ball_1 size .1; ball_2 size .2; ball_3 size .3"),
    # --- one of several groups
    ("two towers of 5 blocks >> paint the left tower red", "5 red_block; 5 block; red_block left block"),
    ("a wall of 24 bricks >> add two more rows", "34 brick; brick stays"),
    ("a tower of 5 blocks >> add two more layers", "7 block; block stacked"),
    # --- corners
    (
        "a table with one ball in one corner and a blue one in the opposite corner",
        "1 ball; 1 blue_ball; ball on table; blue_ball on table; blue_ball right ball; blue_ball behind ball",
    ),
    ("a red cube in a corner of a table", "1 red_cube; red_cube on table"),
    # --- who moves
    (
        "8 bowling pins in two rows of four, 40 cm apart, and a ball coming at 3 m/s from the right",
        "8 white_bowling_pin; ball moves left 3; white_bowling_pin_1 still; white_bowling_pin_8 still",
    ),
    ("a box and a ball moving at 2 m/s", "box still; ball moves right 2"),
    (
        "a marble rolling around inside of a large bowl",
        "1 glass_marble; glass_marble sways .1; glass_marble inside bowl",
    ),
    ("a circle of 20 dominoes, the first one gets pushed by a small ball", "20 domino; domino fall 12"),
    ("15 dominoes in a half circle and a ball rolling into them", "15 domino; domino fall 8"),
    ("a swing >> push it", "1 swing; hinges 1; start swing_swing -35; 1 swing_frame"),
    # --- what belongs to what it is with
    ("a door with a spring", "1 door; hinges 1; stiffness door_hinge 8; tendons 0"),
    ("chain of 15 links hanging between 2 posts 1 m apart", "balls 15; posts chain 1"),
    # --- what is not made is told with all that was said of it
    ("a robot arm with a red gripper", "slides 2; ignored red"),
    ("a ball and a big red dragon", "1 ball; 0 red_ball; ignored big, red, dragon"),
    ("a ball and a dragon of 5 kg", "ball mass .362; ignored dragon, 5 kg"),
    ("a ball and big red dragons", "1 ball; 0 red_ball; ball size .12; ignored big, red, dragons"),
    ("half a dozen eggs in a basket, hanging by a rope", "6 egg; egg inside basket; ignored hanging, by, a, rope"),
    ("two cars crash head-on at 5 m/s each", "car moves right 5; car_2 moves left 5"),
    ("a table. no, wait, two tables", "2 table"),
    ("billiard balls: one white, one black, distance 30 cm", "2 billiard_ball; billiard_ball_1 apart .3"),
    ("a wooden plank leaning against a wall at 60 degrees", "1 wood_plank; 1 wall; wood_plank leans"),
    ("a rope between two posts, with a ring on it", "1 ring; ignored on"),
    ("a castle wall made of 40 bricks", "40 brick; 0 block; ignored castle"),
    ("two stacks of 4 boxes >> remove the left stack", "4 box; box stacked"),
    ("two stacks of 4 boxes >> make the right stack red >> remove the left stack", "4 red_box; 0 box"),
    ("a green ball coming from behind at 4 m/s and a still cube", "green_ball moves front 4; cube still"),
    ("a car with a pendulum", "1 car; hinges 5; ignored with"),
)
