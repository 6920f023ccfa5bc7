"""Conversations about the scene that is shown; facts as in `prompts.py`."""

from __future__ import annotations

CONVERSATIONS: tuple[tuple[str, str], ...] = (
    # --- one of a group, in what only a thing of its own can be
    (
        "three cans on a desk >> make the second one steel and twice as big >> the last one should be pink and slippery",
        "steel_can height .32; 1 pink_can; pink_can on desk; 1 can; desk height .45",
    ),
    (
        "four cubes in a row >> roll the last one to the right at 2 m/s",
        "cube moves right 2; cube_1 still; 4 in_all cube",
    ),
    ("8 cans in a circle >> make the fifth one taller and pink", "1 pink_can; pink_can height .24; 7 in_all can"),
    ("6 cans in a row >> the first two should be 30 cm tall and pink", "2 pink_can; pink_can height .3; 4 can"),
    ("ten dominoes, 4 of them white >> make the white ones twice as tall >> remove the tall ones", "6 domino"),
    ("a stack of 5 cans >> the one on top should be a ball", "1 ball; 4 can; ball above can_4; can stacked"),
    ("three white cubes >> the left cube is a ball now", "1 white_ball; 2 white_cube; white_ball left white_cube_1"),
    ("a crate and a can >> make the crate and the can pink and 2 kg", "pink_crate mass 2; pink_can mass 2"),
    # --- what is not moved stays
    ("a can and a wall 2 m to the right of it >> move the can 1 m to the left", "can gap 3 wall; can left wall"),
    ("a can, and a cone behind the can >> move the can 50 cm forward", "cone behind can; can gap .55 cone"),
    (
        "a stack of 3 crates next to a ball >> move the stack 1 m further away",
        "crate stacked; ball still; crate gap 1.03 ball",
    ),
    # --- held and let go
    ("a can in the air at 2 m >> fix it there", "can still; can at 0 0 2.08"),
    ("a can in the air at 2 m >> pin it in place >> let it go", "can drops 1.9"),
    ("a can on a crate >> glue the can to the crate", "welds 1; can on crate"),
    ("a hinged door >> lock the hinge", "equalities 1; hinges 1"),
    ("a hinged door >> lock it >> unlock the hinge", "equalities 0; hinges 1"),
    ("a robot arm with 3 joints >> limit all joints to 50 degrees >> remove the limits", "hinges 3"),
    ("a ball dropped from 1 m >> it must not bounce", "1 ball; ball drops .9"),
    # --- copies, more, and back again
    (
        "a tower of 4 crates >> copy it and put the copy 1 m to the right >> paint the copy white",
        "4 crate; 4 white_crate; crate stacked; white_crate stacked; white_crate right crate",
    ),
    ("a pink can >> duplicate it >> put the copy on top of the original", "2 pink_can; pink_can stacked"),
    ("two white cans and three red cones >> one more of each", "3 white_can; 4 red_cone"),
    ("two white cans and a cone >> delete the cans >> bring them back", "2 white_can; 1 cone"),
    ("a tower of 6 crates >> four more crates on top >> delete the third", "9 crate; crate stacked"),
    ("a table with four cans on it >> remove all the cans except one", "1 can; can on table"),
    ("three cans >> make the middle one red >> remove the other two", "1 red_can; 1 in_all red_can"),
    ("Newton's cradle with four balls >> six instead of four", "6 newton_cradle_ball"),
    ("a brick wall, 5 wide and 4 high >> one row higher", "25 brick"),
    ("a double pendulum >> I want a triple one >> the lower one should be 1 m", "hinges 3"),
    # --- answers
    ("a van driving to the left at 3 m/s >> no, I meant to the right >> actually 5 m/s", "van moves right 5"),
    ("a can on a crate >> no, a cone", "cone on crate; 0 can"),
    ("stairs with a ball on top >> no, a cube rather than a ball", "1 cube; 0 ball"),
    ("5 dominoes in a row >> 8 cm between them please", "domino_1 apart .08"),
    ("a red can >> make it bigger >> and 2 kg >> reset everything", "1 red_can; red_can height .16"),
    (
        "two vans facing each other >> let them drive at each other >> only the left one should drive",
        "van moves right 1.5",
    ),
    # --- names
    (
        "a green cube >> call it Bob >> make Bob red >> add a can named Alice next to Bob",
        "1 bob; bob colour red; alice beside bob",
    ),
    ("a table >> rename the table to desk >> put a can on the desk", "1 desk; can on desk; 0 table"),
    # --- what looks, shines, joins
    ("a robot arm >> add a camera above it >> remove the camera", "cameras 2"),
    ("a can and a cone >> connect the can to the cone with a spring >> make it stiffer", "tendons 1; 1 can; 1 cone"),
    ("a wooden can and a steel cone >> swap their materials", "1 steel_can; 1 wood_cone"),
    ("a seesaw >> put a heavy can on one end and a light ball on the other >> swap them", "ball right can"),
)
