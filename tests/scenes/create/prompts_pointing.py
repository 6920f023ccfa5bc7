"""What is pointed at without a name of its own, or said in a roundabout way; facts as in `prompts.py`."""

from __future__ import annotations

POINTED: tuple[tuple[str, str], ...] = (
    # --- a noun without an article is the one that is there
    ("desk, crate, bucket >> crate must be yellow and 300 g", "1 yellow_crate; yellow_crate mass .3; 1 desk; 1 bucket"),
    ("a cone and a green ball >> ball: 40 cm", "1 cone; green_ball size .4"),
    ("4 cans and a ball >> cans should be pink", "4 pink_can; 1 ball"),
    ("a seesaw and a crate >> crate is made of steel", "1 steel_crate; 1 seesaw"),
    # --- one of several by where it stands
    ("three cans in a row >> put a cone on the right one", "cone on can_3; 3 can"),
    ("three crates in a row >> put another crate on the left crate", "4 in_all crate"),
    ("two balls on a table >> remove the ball on the left", "1 ball; ball on table"),
    ("four cubes in a row >> paint the cube on the right pink", "4 in_all cube; cube_4 colour pink"),
    ("three cones in a row >> the cone in the middle should be white", "3 cone; cone_2 colour white"),
    ("a stack of 4 crates >> remove the crate at the top", "3 crate; crate stacked"),
    (
        "a seesaw with two crates >> put another crate on the right one >> remove the crate on the left",
        "2 in_all crate",
    ),
    # --- roundabout
    (
        "a stack of 5 cans on a table >> take the top one off and put it next to the stack",
        "5 in_all can; can_4 above can_3",
    ),
    ("a green ball and a bin >> pick up the ball and drop it into the bin", "green_ball inside bin; 1 bin"),
    ("a bin with 10 marbles >> pour five more in", "15 glass_marble; 1 bin"),
    ("a curved line of 9 dominoes", "9 domino"),
    ("a carton full of oranges", "orange inside open_carton; 1 open_carton"),
    ("a chain of 8 links, held at one end", "1 chain; 7 chain_link"),
    ("a desk with a slippery top and a can on it", "can on desk"),
    ("three cones >> give all cones the same mass of 250 g", "3 cone; cone mass .25"),
    ("a pendulum >> release it horizontally", "1 pendulum"),
    ("a seesaw with two bricks", "2 brick; brick_1 on seesaw; brick_2 on seesaw; brick_1 left brick_2"),
    ("a catapult with a small ball in it", "1 catapult; 1 ball"),
    ("a catapult with a melon on it", "1 catapult"),
    # --- by rows, by halves, by corners
    ("a wall of 4 rows with 7 bricks in each row", "28 brick"),
    ("a pyramid built of 4 layers of white cubes", "10 white_cube"),
    ("6 balls on the left half of a table and 6 cans on the right half", "6 ball; 6 can; ball left can; ball on table"),
    ("a 1.2 m by 1.2 m cloth held at all four corners, a ball on top", "1 ball; ball above cloth_posts"),
    ("a 60 cm x 40 cm platform", "1 platform"),
    ("two buckets, one filled with white marbles and the other with red cubes", "2 bucket; red_cube inside bucket_2"),
    ("two desks, one with a cone on it and the other with a can", "cone on desk_1; can on desk_2"),
    ("a chain >> tie a 2 kg weight to its lower end", "1 chain"),
    ("a robot arm with 5 joints on a table with a white cube in front of it", "white_cube on table"),
    ("a red can and 4 crates as obstacles", "1 red_can; 4 crate"),
    ("a triple pendulum released from the horizontal position", "hinges 3"),
    ("an Atwood machine with 1 kg and 4 kg weights over a pulley", "0 pulley"),
    ("two trucks, a white one and a pink one, driving towards each other", "white_truck left pink_truck"),
    ("a can with a height of 20 cm and a mass of 2 kg on a ramp", "can mass 2; 0 weight; can on ramp"),
    ("a cradle with 6 balls instead of 5", "6 cradle_ball"),
    ("four cubes, each 9 cm wide", "4 cube; cube size .09"),
    ("three cans >> make the first one pink and 5 kg", "can_1 mass 5; can_1 colour pink; can_2 mass .503"),
    ("a can and a big ball on a desk with a cone between them", "cone between can ball; can on desk"),
    ("two rows of dominoes, eight in each", "16 domino"),
    ("a green ball hanging from a rope above a bin >> cut the rope", "1 green_ball; 0 rope; 1 bin"),
    ("a crate >> switch off the gravity", "gravity 0; 1 crate"),
    ("a desk with four legs, 65 cm high", "1 desk"),
    ("a can and a ball on a desk >> make the ball twice as large >> put a cone between them", "cone between can ball"),
)
