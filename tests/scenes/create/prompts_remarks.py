"""What people remark on what they see, and which of what stands on each other they mean; facts as in `prompts.py`."""

from __future__ import annotations

REMARKS: tuple[tuple[str, str], ...] = (
    # --- too much, too little
    ("a cone and a crate on a desk >> the crate is too small", "crate size .168; 1 cone"),
    ("a 2 kg cone and a crate >> the cone is far too heavy", "cone mass .8; crate mass .691"),
    ("a 2 kg can >> it's not heavy enough", "can mass 5"),
    ("a marble rolling at 3 m/s and a crate >> too fast", "glass_marble moves right 1.5; crate on floor"),
    ("a marble rolling at 3 m/s and a crate >> the marble rolls too slowly", "glass_marble moves right 6"),
    ("a ramp with a can on it >> that's too steep", "tilt 12; can on ramp"),
    ("a crate >> not so big", "crate size .084"),
    ("a rubber ball >> nice, but less bouncy", "1 rubber_ball"),
    ("a can >> weaker gravity", "gravity 6.573; 1 can"),
    ("a can >> great! add a desk", "1 can; 1 desk"),
    ("a can >> there should also be a desk", "1 can; 1 desk"),
    ("a can >> try steel", "1 steel_can"),
    ("a can and a cone >> can white please", "1 white_can; 1 cone"),
    ("a can >> make it light", "1 can; 0 light"),
    ("a can >> make it a big pink one", "1 pink_can"),
    ("a can >> make it a heavy can", "1 can"),
    (
        "a stack of 8 crates and a marble rolling into it >> make it 12 crates >> use a bigger marble",
        "12 crate; 1 glass_marble",
    ),
    (
        "a marble rolling at 3 m/s >> make it pink, in slow motion",
        "pink_marble moves right 3; ignored in, slow, motion",
    ),
    # --- what stands on each other
    ("three cans stacked >> remove the lower can", "2 can; can stacked"),
    ("two crates stacked >> make the upper crate pink", "crate_2 colour pink; crate_2 above crate_1"),
    ("a white crate on a pink crate >> remove the bottom crate", "1 white_crate; 0 pink_crate; white_crate on floor"),
    ("a stack of 5 cans >> paint the lowest can pink >> remove the upper three", "2 can; can_1 colour pink"),
    ("a can on a crate on a desk >> take the crate away", "can on desk; 0 crate"),
    ("6 marbles in a bin on a desk >> remove the bin", "6 glass_marble; glass_marble on desk"),
    # --- made fast, taken instead, brought along
    ("a chain hanging from the ceiling >> attach a 2 kg cone to it >> cut it", "cone mass 2; 0 chain"),
    ("a crate >> glue a can to it", "1 crate; 1 can; welds 1"),
    ("a rope from the ceiling and a can >> tie the can to the rope", "1 rope_can; 0 can"),
    ("a cone and a marble >> use a crate instead of the marble", "1 crate; 1 cone; 0 glass_marble"),
    ("a truck and a wall in front of it >> make the wall out of bricks", "12 brick; 1 truck"),
    ("a robot arm >> put a can within reach >> add a lamp", "1 can"),
    ("a truck >> put a cone at (1, 1)", "1 truck; cone at 1 1 .1"),
    ("a can >> copy it twice >> stack the copies", "3 can; can stacked"),
    ("dominoes in a circle >> 16 of them", "16 domino; domino in ring"),
    ("a desk with three chairs around it", "1 desk; 3 chair; geoms chair_1 6"),
    ("an armchair with a can on it", "1 can; 1 armchair"),
    # --- what else is asked next
    (
        "a white can, a pink can and a black can in a line >> put the white can on the black one",
        "white_can on black_can; pink_can on floor",
    ),
    ("a pyramid of 6 crates >> one level higher", "10 crate"),
    ("a line of 10 dominoes >> add a marble that starts them", "10 domino; 1 glass_marble"),
    ("a crate on a slope of 15 degrees >> compare it with a crate of friction 0.9", "2 in_all crate; tilt 15"),
    ("a pendulum 1 m long >> shorten it to 40 cm", "1 pendulum; hinges 1"),
    ("a truck on bumpy ground >> put it on a flat floor", "1 truck"),
    ("a tower of 3 crates and a tower of 5 crates >> make them 4 crates high", "8 in_all crate"),
    ("a tower of 9 cans >> pull one can out of the middle", "8 can"),
    ("six bottles on a plank >> roll the marble at 4 m/s", "1 glass_marble; 6 bottle"),
    ("a can falling into water >> use oil instead", "1 can"),
    ("a desk with a cone falling from 1 m", "cone above desk; cone at 0 0 1.55"),
    ("a rope of 6 links hanging from a beam", "1 rope; 5 rope_link; 0 beam"),
    # --- words that only seem to name something
    ("a simple arm that can grasp cones, and two cones in front of it", "2 cone; 0 can"),
    ("a conveyor belt carrying crates into a bin", "3 crate; 1 bin"),
    ("a 2 by 2 stack of crates, 3 high", "12 crate"),
    ("a stack of crates 3 wide and 2 high", "6 crate"),
    ("seven different objects on a desk", "2 box; 2 ball; 2 cylinder; 1 capsule"),
    # --- what goes on from there
    (
        "a truck driving at 2 m/s towards a wall >> make it crash into a stack of cans instead",
        "1 truck; 5 can; truck moves right 2",
    ),
    ("a marble >> make it roll into a wall", "1 glass_marble; 1 wall"),
    ("a rope between two towers", "10 block; tendons 1"),
    ("a marble in a pipe", "1 glass_marble; 1 pipe"),
    ("a football field with two goals", "1 green_football_field; 2 goal"),
    # --- some of them, the other one
    ("7 cans in a row >> move three of them 1 m back", "7 in_all can"),
    (
        "two bins, eight marbles in the first one >> take three of them to the second bin",
        "8 in_all glass_marble; 2 bin",
    ),
    (
        "a crate, a white can and a pink can >> put the white can on the crate >> make the other can black too",
        "1 black_can; 1 white_can",
    ),
    (
        "a bucket with 4 marbles and a desk >> remove the bucket together with its marbles",
        "1 desk; 0 glass_marble; 0 bucket",
    ),
    ("a tower of 4 crates >> every crate should be smaller than the one below it", "4 in_all crate"),
    ("a chain of 6 links >> twice as many links", "1 chain; 11 chain_link"),
    ("wind and a can >> stop the wind", "wind 0; 1 can"),
    ("a row with 12 pieces of domino >> taller ones, 18 cm", "12 domino"),
    # --- as people put it
    ("a round desk with four stools", "4 stool; 1 desk"),
    ("a truck: wheels with 40 cm radius", "1 truck"),
    ("a seesaw. left: a can of 3 kg, right: a crate of 1 kg", "can left crate; can mass 3; can on seesaw"),
    ("two parallel rows with 5 dominoes each", "10 domino"),
    ("a tall tower of 9 crates >> it is too high, only 4", "4 crate"),
    ("a truck >> 30 percent bigger wheels", "1 truck"),
    ("a rope on the floor with three small cans around it", "3 can; 1 rope"),
    ("a cart pole, no motors", "actuators 0"),
)
