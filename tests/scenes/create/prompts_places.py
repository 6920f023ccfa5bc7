"""Structures, containers, arrangements, lists and positions. Facts as in `prompts.py`.

More facts: `ball edge table left front` (near that edge, or in that corner), `box span x .3`, `ball all_through .5`
(their middles are so far apart along every axis).
"""

from __future__ import annotations

LISTED: tuple[tuple[str, str], ...] = (
    (
        "A bench, 50 cm high. On it are three cans in a row, a tower of 2 red crates and a green ball. Next to it is a bucket.",
        "can on bench; red_crate_1 on bench; green_ball on bench; bench height .5; 1 bucket",
    ),
    ("on the platform there are two cones in a row and a blue can", "cone on platform; blue_can on platform"),
    (
        "a table with two cups side by side, a book and three dice in a line",
        "cup on table; book on table; die on table",
    ),
    (
        "two green and one white cone, a black crate, and behind them a fence",
        "green_cone front fence; white_cone front fence; black_crate front fence",
    ),
    ("two benches with three and two cans on them", "5 in_all can; can on bench"),
    ("four stools with one, two, one and three apples on them", "4 stool; 7 in_all red_apple"),
    ("a rack with three boards and two cans on each board", "6 can; 1 rack"),
    ("a bookcase with 4 shelves, each holding 3 books", "12 book; 1 bookcase; book stays"),
    ("a desk with a poster next to a bed", "1 desk; 1 bed; desk beside bed; ignored poster"),
    ("a kennel beside a crate", "1 crate; ignored kennel, beside"),
)

SIZED: tuple[tuple[str, str], ...] = (
    ("a 2 m long and 50 cm high fence", "fence span x 2; fence height .5"),
    ("a 15 cm wide, 30 cm long and 5 cm high crate", "crate span x .3; crate span y .15; crate height .05"),
    ("a 3 kg, 25 cm wide cube", "cube mass 3; cube size .25"),
    ("a desk of height 80 cm", "desk height .8; desk span x .9"),
    ("a can of height 20 cm and diameter 12 cm", "can height .2; can span x .12"),
    ("a 3 ft by 2 ft platform", "platform span x .9144; platform span y .6096"),
    ("a green ball and a 4 by 6 by 30 cm crate", "crate span x .04; crate height .3; green_ball size .12"),
    ('a 6\'2" tall pillar next to a 10" cube', "pillar height 1.8796; cube size .254"),
    ("a square pen 2.5 m wide", "grey_pen span x 2.5; grey_pen span y 2.5"),
    ("a crate 40 cm wide", "crate span x .4; crate span y .4"),
    ("a square bench", "bench span x .9; bench span y .9"),
    ("stairs with 4 steps, each step 12 cm high and 25 cm deep", "stairs height .48; stairs span x 1"),
    ("a staircase with 6 steps, every step 20 cm high", "staircase height 1.2"),
    ("a row of 3 cones: 10, 20 and 30 cm high", "cone_2 height .2; cone_3 height .3"),
    (
        "four crates stacked, the largest at the bottom (40 cm) and the smallest on top (10 cm)",
        "crate_1 size .4; crate_4 size .1",
    ),
    ("a red can at position 0.5, 1 and a green can at -0.5, -1", "red_can at .5 1 .08; green_can at -.5 -1 .08"),
)

PLACED: tuple[tuple[str, str], ...] = (
    ("a can at the left edge of a bench and a cone at the right edge", "can edge bench left; cone edge bench right"),
    ("a cup in the back right corner of a desk", "cup edge desk back right; cup on desk"),
    ("a desk with a can in the front left corner and a book in the rear right corner", "can edge desk front left"),
    ("four cans along the back edge of a table", "can edge table back; 4 can"),
    ("six crates along the right edge of a platform", "crate edge platform right; 6 crate"),
    ("a room with a crate in the far left corner and a desk in the middle", "crate edge grey_room back left"),
    ("a table. put a cone in its front right corner >> move it to the back left corner", "cone edge table back left"),
    ("four cubes on a bench, one at the right edge", "4 in_all cube; cube edge bench right"),
    ("a can in the middle of a desk and four dice at its corners", "4 die; die on desk; can on desk"),
    (
        "a bench with a ball in the middle and a crate in each corner",
        "4 crate; ball on bench; crate edge bench left back",
    ),
    ("a room 5 m by 4 m, and put a bed in the middle", "1 bed; bed inside grey_room; grey_room span x 5"),
    (
        "a bed, a desk and a wardrobe in a room",
        "bed inside grey_room; desk inside grey_room; wardrobe inside grey_room",
    ),
    ("a fence 2 m long with a crate on both sides", "crate_1 front fence; crate_2 behind fence; crate on floor"),
    (
        "two parallel fences 1.5 m apart with a can between them",
        "fence_1 front fence_2; can behind fence_1; can front fence_2",
    ),
    ("two walls facing each other", "wall_1 front wall_2; 2 wall"),
    ("3 rows of 5 cubes, 10 cm apart", "15 cube; cube span x 1; cube span y .56"),
    ("a crate, then a gap of 70 cm, then a can", "can gap .7 crate; can right crate"),
    (
        "a room with a bed against the back wall and two chairs next to it",
        "chair inside grey_room; bed inside grey_room",
    ),
    ("an arena with a crate in the middle and a cone beside the crate", "cone inside grey_arena; cone beside crate"),
    ("on a bench a can, a cone and a book in a row", "can left cone; cone left book; book on bench"),
    (
        "a platform with a red, a white and a black cube in a row from left to right",
        "red_cube left white_cube; white_cube left black_cube; black_cube on platform",
    ),
    (
        "two crates: the left one is 30 cm, the right one 50 cm, 70 cm between them",
        "crate_1 size .3; crate_2 size .5; crate apart .7",
    ),
    (
        "a green can in the front left corner of a desk, a red one in the back right",
        "green_can edge desk front left; red_can edge desk back right; 1 desk",
    ),
    ("a ring of 10 stones and in the middle a crate", "stone around crate; 1 crate"),
    ("a square bench with a chair on each side", "4 chair; chair around bench"),
)

WALLED: tuple[tuple[str, str], ...] = (
    (
        "a corridor 4 m long and 90 cm wide with a box in it",
        "box inside corridor; corridor span x 4.03; geoms corridor 2",
    ),
    ("a U-shaped corridor with a ball in it", "1 corridor; ball inside corridor; ball stays"),
    ("an L-shaped fence", "1 fence; geoms fence 2; fence span x 1.2; fence span y 1.2"),
    ("a T-shaped maze", "1 maze"),
    ("a labyrinth 2 m wide", "labyrinth span x 2.024"),
    ("a hallway 5 m long with three doors", "geoms hallway 7"),
    ("a house of cards", "ignored house"),
    ("a zigzag fence", "geoms fence 4"),
    ("a ball rolling through a tunnel", "geoms tunnel 3; ball rolls right 1"),
    ("an archway with a can under it", "geoms archway 3; 1 can"),
    ("a fence around three cones", "cone inside fence; geoms fence 4"),
    ("a tower of 4 cans with a fence around it", "can_1 inside fence; 4 can; can stays"),
    ("two crates surrounded by a wall", "crate inside wall; geoms wall 4"),
    ("a room with a door in the left wall and a window in the front wall", "1 grey_room; geoms grey_room 9"),
    ("a pen with a 50 cm gap and a ball in it", "ball inside grey_pen; geoms grey_pen 5"),
    ("a wall with a gap of 80 cm and a ball rolling through the gap", "ball rolls right 2"),
    ("a spiral staircase with 10 steps", "geoms staircase 11; staircase height 2"),
    ("a staircase with 8 steps and a landing", "geoms staircase 8; staircase span x 1.88"),
    (
        "a checkerboard of 9 tiles",
        "9 tile; tile colours 2; tile_1 colour black; tile_2 colour white; tile_4 colour white",
    ),
    ("a brick wall 6 bricks long and 4 bricks high, staggered", "24 brick; brick stays"),
    ("an arch: two pillars and a plank on them", "2 pillar; 1 plank; plank stays; 0 arch"),
    ("four columns in a square with a plate on top", "4 column; plate stays; plate above column"),
)

CONTAINED: tuple[tuple[str, str], ...] = (
    (
        "a bucket full of golf balls",
        "white_golf_ball inside bucket; 1 bucket",
    ),
    ("a bin brimming with dice", "die inside bin"),
    ("fill a basket with oranges", "orange inside basket"),
    ("a crate half full of cubes", "1 crate; cube inside crate"),
    ("a bin filled with 40 tennis balls", "40 lime_tennis_ball; lime_tennis_ball inside bin"),
    ("a basin >> fill it with marbles", "glass_marble inside basin"),
    (
        "no gravity, 12 balls in a closed room 3 m wide",
        "ball all_through 1; ball inside grey_room; geoms grey_room 6; gravity 0",
    ),
    ("eight cubes float in a room with a ceiling, weightless", "cube all_through .5; geoms grey_room 6"),
    ("a sealed box with six marbles inside", "glass_marble inside box; geoms box 6"),
    (
        "a room with two tables, a bed and a wardrobe",
        "bed inside grey_room; wardrobe inside grey_room; 2 table; table inside grey_room",
    ),
    ("a bin with 3 cans on Mars", "can inside bin; gravity 3.71"),
    ("a crate with a green top", "geoms crate 2; crate size .121"),
    ("a white cube whose top is black", "geoms white_cube 2"),
    ("a brick with a blue front and a yellow back next to a can", "geoms brick 3; brick beside can"),
    ("a bench with a spinning top on it", "spinning_top on bench"),
)

LOOKS: tuple[tuple[str, str], ...] = (
    ("a mustard ball and a slate-coloured crate", "mustard_ball colour mustard; slate_crate mass .691"),
    ("a tower of 4 cubes, terracotta colour", "4 terracotta_cube; terracotta_cube mass .691"),
    ("a wedge, light green colour", "1 light_green_wedge; cameras 2"),
    ("a sandstone cube", "sandstone_cube mass 3.97"),
    ("a 3D pyramid with a square base of 4 by 4 crates", "30 crate; crate_30 drops 0"),
    ("a square pyramid of cubes in cream", "cream_cube stays; 10 cream_cube"),
    ("a desk with a notebook and three pens", "3 blue_writing_pen; blue_writing_pen on desk; notebook on desk"),
    ("a pen beside a mug", "1 blue_writing_pen; 1 mug"),
    ("a pen with a robot dog in it", "1 grey_pen"),
    ("a book (25 x 18 x 6 cm)", "book height .06; book span x .25"),
    ("a man-sized crate of 30 kg next to a tube-like pillar", "crate mass 30; 1 pillar; ignored mansize, tubelike"),
    (
        "two stacks of 4 crates with an 80 cm distance, joined by a board on the top",
        "8 crate; board on crate; board stays",
    ),
    ("a staircase with 8 steps and a can on every other step", "4 can; can stays"),
    ("a 4 cm die on every third step of stairs with 9 steps", "3 die; die stays; die size .04"),
    ("a labyrinth 2 m wide with four inner walls and a die in the far corner", "geoms labyrinth 8; die stays; 0 wall"),
    ("would it be possible to have a can in a corner of a maze with two walls?", "1 can; 1 maze; geoms maze 6; 0 wall"),
    ("a cable 2 m long between two heavy cubes on the floor", "tendons 1; 2 cube; cube stays"),
    (
        "three buckets: white, black and green; put a can with the matching colour in each",
        "3 can; can inside bucket; can_1 colour white; can_2 colour black; can_3 colour green",
    ),
    (
        "a red and a yellow crate with a matching ball on each",
        "2 ball; ball_1 on red_crate; ball_1 colour red; ball_2 on yellow_crate; ball_2 colour yellow",
    ),
    ("a string on the floor between two heavy crates", "tendons 1; 2 crate; crate stays"),
    ("eight cones in a row and a can on a cube", "8 cone; cone on floor; can on cube"),
    (
        "15 dominoes in a straight line, and at its end a can on a crate",
        "15 domino; domino on floor; can on crate; crate right domino",
    ),
    ("a stack of 4 plates and a cup on a table", "4 plate; cup on table; plate_1 on table"),
    ("two cubes, 60 cm spacing, bridged by a plank", "plank on cube; plank stays"),
)

PLACES = (*LISTED, *SIZED, *PLACED, *WALLED, *CONTAINED, *LOOKS)
