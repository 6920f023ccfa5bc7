"""What moves, what it meets, and which way things face; facts as in `prompts.py`, and `ball hits box`, `car faces ramp`."""

from __future__ import annotations

MOVING: tuple[tuple[str, str], ...] = (
    # --- what swings at something hits it
    (
        "a wrecking ball: 50 kg sphere on a chain of 8 links, released from 60 degrees, swinging into a wall of bricks",
        "7 in_all chain_link; chain_sphere mass 50; chain hits brick; shown",
    ),
    ("a wrecking ball on a chain that smashes into a brick wall", "chain hits brick; 12 brick"),
    ("a 3 kg ball on a 1.5 m rope swings into a tower of 8 cans", "rope_ball mass 3; rope hits can; can fall 3"),
    ("an 80 cm long pendulum hits a cube", "pendulum hits cube"),
    ("a heavy ball on a chain knocks down a wall of 20 bricks", "chain hits brick"),
    # --- what is sent at something gets there, at the speed that was said
    ("a door on a hinge with a handle, and a ball flying into it at 3 m/s", "ball hits door; start door_hinge 0"),
    ("a closed door and a 2 kg ball rolling into it", "ball hits door; start door_hinge 0"),
    ("a ball thrown at a wall at 1 m/s", "ball hits wall"),
    ("a ball rolling at 0.2 m/s into a crate", "ball hits crate"),
    ("a crate sliding into a wall", "crate hits wall"),
    ("two crates slide towards each other and collide", "crate hits crate_2"),
    ("two balls, one thrown at the other", "ball hits ball_2; ball_2 still"),
    ("two cubes. One of them slides into the other at 3 m/s.", "cube hits cube_2; cube moves right 3"),
    ("a bowling ball slams into a tower of cans", "navy_bowling_ball hits can"),
    ("a truck rams a stack of crates", "truck hits crate"),
    ("a barrel rolls along the floor into a pyramid of tin cans", "barrel hits can; can fall 3"),
    ("a bowling ball rolling into ten pins", "navy_bowling_ball hits white_pin; white_pin fall 3"),
    (
        "a cylinder lying on its side at the top of a ramp. it should roll down and knock over six dominoes",
        "cylinder hits domino",
    ),
    ("a ball on top of a ramp, it rolls down", "ball on ramp; ball rolls right 1"),
    ("a catapult throwing a ball at a tower", "ball hits block"),
    ("a trebuchet that launches a 2 kg stone into a stack of crates", "stone hits crate; stone mass 2"),
    ("a ball falls on a seesaw with a crate on the other end", "ball hits seesaw; crate left ball"),
    ("a truck driving over a bridge", "truck rolls right 1.5"),
    (
        "a crate sliding down a frictionless ramp next to a ball rolling down an identical ramp",
        "crate rolls right .8; 2 ramp",
    ),
    # --- over things, off them, down them, one after another
    ("a ball thrown over a wall", "ball misses wall; ball rolls right 2"),
    ("a catapult which launches a small stone over a wall of 1 m height", "stone misses wall; stone rolls right 2"),
    ("throw a cube over a table", "cube misses table; cube rolls right 2"),
    ("shoot a ball horizontally from the edge of a table at 2 m/s", "ball moves right 2; ball drops .4"),
    ("a tennis ball bouncing down stairs with 6 steps", "lime_tennis_ball drops .5"),
    (
        "five balls fall one after another into a bin",
        "5 ball; ball_2 above ball_1; ball_5 above ball_4; ball inside bin",
    ),
    ("20 dominoes along a half circle, the first is tipped over", "20 domino; domino fall 16"),
    ("How does a ball fall on the moon? Drop one from 3 m.", "gravity 1.62; 1 ball; ball at 0 0 3.06"),
    ("a globe spinning in its place around the vertical axis with 10 rad/s", "globe spins 10; globe stands"),
    ("a long plank lying on the floor, turned 45 degrees around the vertical axis", "plank height .03"),
    ("a leaning board", "board stands; 1 wall; board hits wall"),
    ("a pendulum released at 60 degrees hits a stack of three cans on a table", "pendulum hits can; can_1 above table"),
    ("a wrecking ball hanging still next to a tower of blocks", "wrecking_ball still; block stacked"),
    ("a truck in front of a wall of crates, driving into it at 3 m/s", "truck faces crate; truck hits crate"),
    ("a cube hit by a ball on a string", "string hits cube; cube on floor"),
    ("a ball thrown at a crate on a table", "ball hits crate; crate on table"),
    ("a ball thrown into a bin 2 m away", "ball drops .5; bin right ball; ball rolls right 2"),
    ("a ball dropped onto the high end of a seesaw", "ball hits seesaw; ball drops .9"),
    # --- fronts
    ("a robot dog standing in front of a staircase with eight steps", "robot_dog_trunk faces staircase"),
    ("a staircase with a humanoid in front of it", "humanoid_torso ahead staircase; humanoid_torso faces staircase"),
    ("a car on a flat floor, and a ramp in front of it", "ramp ahead car; ramp faces car"),
    ("a car driving towards a ramp", "car hits ramp; ramp faces car; car sways .9"),
    ("a wall behind a truck", "truck right wall"),
    ("a person standing behind a car", "person_torso faces car; car ahead person_torso"),
    ("a robot arm with three cubes in front of it", "cube_1 right robot_arm_base; 3 cube"),
    ("a ball rolling to the left with a domino in front of it", "domino left ball; ball hits domino"),
    ("a ball in front of a goal", "ball left goal"),
    # --- what only hangs, hangs straight
    ("a ball hanging from a string", "string_ball still; string_ball at 0 0 .293"),
    ("Newton's cradle with 5 balls at rest", "newton_cradle_ball_1 still; newton_cradle_ball_5 still"),
    ("a pendulum hanging still", "start pendulum_joint 0"),
    ("three pendulums hanging side by side", "3 pendulum; start pendulum_1_joint 0"),
    ("a swinging gate", "start gate_hinge -50"),
    ("a double pendulum released from horizontal", "start pendulum_joint_1 90; start pendulum_joint_2 0"),
    ("three pendulums, the first one pulled aside 30 degrees", "start pendulum_joint 30; start pendulum_1_joint 0"),
    (
        "four balls on strings in a row, the last one pulled back",
        "4 in_all string; string_1_ball still; string_ball sways .3",
    ),
    ("a weight on a 1 m string hits a crate", "string hits crate"),
    ("a 2 kg mass on a string released from 70 degrees strikes a cube", "string_weight mass 2; string hits cube"),
    # --- pegs and holes
    ("a peg in a hole", "peg inside socket; peg drops 0"),
    ("a wooden peg in a 5 cm hole", "wood_peg inside socket; wood_peg size .2"),
    ("a block with a square hole and a steel peg above it", "steel_peg above socket; steel_peg drops .3"),
    # --- what it comes to
    ("a ball rolls down a ramp, hits a domino and the domino falls", "ball hits domino; 1 domino"),
    (
        "a ball rolling towards a wall and bouncing back",
        "rubber_bouncy_ball hits wall; rubber_bouncy_ball moves right 1.5",
    ),
    (
        "a robot dog in front of a humanoid",
        "robot_dog_trunk ahead humanoid_torso; robot_dog_trunk faces humanoid_torso",
    ),
    ("a ball 20 m up", "ball at 0 0 20.06; shown"),
    # --- ceilings
    ("a chain hanging from a ceiling", "geom chain_ceiling mass 7.35; no chain_column"),
    ("a 2 meter rope hanging from the ceiling", "geom rope_ceiling mass 7.35; no rope_column"),
    ("a 2 kg ball hanging from the ceiling by a rope", "rope_ball mass 2; no rope_column"),
    # --- all of it is seen
    ("a tower of 25 blocks", "25 block; shown"),
    ("a ball dropped from 12 m", "ball drops 10; shown"),
    # --- one of each, on slopes beside each other
    (
        "two cans start from the top of two ramps, one of 10 and one of 30 degrees",
        "slant ramp 10; slant ramp_2 30; can_1 on ramp; can_2 front can_1; can rolls right 1",
    ),
    ("two slopes, one at 20 and the other at 35 degrees", "slant slope 20; slant slope_2 35"),
    (
        "cube on ramp of 45 degrees vs cube on ramp of 5 degrees",
        "slant ramp 45; slant ramp_2 5; cube sways 1; cube_2 stays",
    ),
    (
        "crate on ramp without friction versus crate on ramp with very high friction, both 25 degrees",
        "slant ramp 25; slant ramp_2 25; crate_2 stays; crate sways 1",
    ),
    (
        "box with friction 0.1 versus box with friction 0.9, both on a 20 degree ramp",
        "box_2 stays; box sways 1; 1 ramp",
    ),
    # --- what is round goes down a slope
    ("a barrel at the top of a slope", "barrel on slope; barrel rolls right 1"),
    ("a ramp >> a disc at the top >> a wall at the bottom to stop it", "disc rolls right .8; disc hits wall"),
    ("a can standing on a table", "can stands; can height .16; can on table"),
    # --- blows
    ("strike the stationary red ball with a black ball at 3 m/s", "red_ball still; black_ball hits red_ball"),
    ("hit a blue puck at rest with a crate", "blue_puck still; crate hits blue_puck"),
    (
        "a tower of 5 crates and a ball in front of it >> the ball flies to the tower with 5 m/s >> faster, 7 m/s",
        "ball front crate; ball hits crate",
    ),
    ("a cube and a wall. the cube slides to the wall at 4 m/s", "cube moves right 4; cube hits wall"),
    # --- the left of what has a front
    ("a robot dog with a can behind it >> put the can to its left instead", "can behind robot_dog_trunk"),
    (
        "a truck with a cone to its right and a ball behind it",
        "cone front truck; ball left truck",
    ),
    # --- a plate at an angle
    ("a ball on a plate >> tilt the plate by 12 degrees", "plate stays; ball rolls right .5"),
    (
        "a board with a ball on it >> tilt the board 10 degrees >> tilt it the other way",
        "board stays; ball rolls left .5",
    ),
    # --- bars beside each other
    ("five logs parallel to each other", "log height .1; log_2 behind log_1; log_1 span x .16; log_1 span y .1"),
    ("three capsules lying side by side with a plank across them", "capsule_2 behind capsule_1; plank hits capsule_3"),
)
