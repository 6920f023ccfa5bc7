"""Prompts about what machines come with, what is seen, ranges and other words for known things; facts as in `prompts.py`."""

from __future__ import annotations

FITTED: tuple[tuple[str, str], ...] = (
    ("a door opened 30 degrees", "1 door; start door_hinge -30"),
    ("a half-open door with a ball behind it", "1 door; start door_hinge -45; 1 ball"),
    ("a door that shuts by itself, opened 60 degrees at the start", "stiffness door_hinge 8; start door_hinge -60"),
    ("a 3 m wide wall that is 50 cm high", "wide wall 3; wall height .5"),
    ("a rail with a slider and a cube on the slider", "slides 1; cube stays"),
    ("a newton's cradle whose first ball is pulled back by 30 degrees", "start newton_cradle_ball_1_swing -30"),
    ("a newton's cradle with two balls raised to 50 degrees", "start newton_cradle_ball_2_swing -50"),
    ("a double pendulum with a motor at each joint", "hinges 2; actuators 2"),
    ("cartpole with a motor on the cart", "1 cartpole; 0 cart; actuators 1"),
    ("catapult w/ a projectile = red ball 300 g", "1 catapult; red_ball mass .3; red_ball flies"),
    ("a spring of 100 N/m and a 2 kg mass", "slides 1; spring mass 2; 0 weight"),
    ("a pendulum with a 1 kg bob on a 80 cm rod", "hinges 1; 0 rod; geom pendulum_bob mass 1"),
    ("a rack with 4 levels and two balls on each level", "1 rack; 8 ball; ball stays"),
    ("stairs with 4 steps and a cube on every step", "1 stairs; 4 cube; cube stays"),
    ("a gripper above a red cube on a table", "1 gripper; slides 3; red_cube on table; gripper above red_cube"),
    ("a planar arm with 2 joints and a goal marker at (0.4, 0.2)", "hinges 2; 1 goal_marker; goal_marker at .4 .2 0"),
    ("a car with a red target position 2 m in front of it", "1 car; 1 red_target_position"),
    ("a ball thrown at a target", "1 ball; 1 target; ball topples"),
    ("a hopper with motors on its 3 joints", "hinges 4; slides 2; actuators 3"),
    ("a biped 1.5 m tall", "hinges 7; actuators 6"),
    ("a green light and a white box", "1 white_box; white_box colour white"),
)

SEEN: tuple[tuple[str, str], ...] = (
    ("a table with a top-down camera", "1 table; cameras 3"),
    ("two cameras, one from the left and one from above, and a box", "1 box; cameras 4"),
    ("a camera on a robot arm", "hinges 4; cameras 3"),
    ("a spotlight above a ball", "1 ball"),
)

PLAIN: tuple[tuple[str, str], ...] = (
    ("a 2 kg and a 4 kg block on a frictionless table joined by a spring", "2 block; tendons 1; block_2 mass 4"),
    ("two pendulums side by side with lengths 40 and 80 cm", "2 pendulum; hinges 2"),
    ("a tall tower and a wide tower side by side", "block_5_2 above block_4_2; block_5_2 stays"),
    ("a bucket with 8 balls on a table", "1 bucket; bucket on table; ball inside bucket; 8 ball"),
    ("a round arena of 1 m radius with two boxes in it", "geoms grey_arena 21; 2 box; box inside grey_arena"),
    ("a transparent red cube and a shiny ball", "1 red_cube; 1 ball"),
    ("a 6 kg aluminium robot arm", "hinges 4"),
    ("a see-through bin with 5 marbles", "1 bin; 5 glass_marble; glass_marble inside bin"),
    ("a harmonic oscillator with spring constant 40 N/m", "slides 1"),
    ("a disc rolling down a slope without slipping", "1 disc; disc drops .05"),
    ("free fall from 3 m", "1 ball; ball drops 2"),
    ("a beam on a pivot", "hinges 1"),
    ("a pyramid of cannonballs with a 2 by 2 base", "5 iron_cannonball; iron_cannonball stays"),
    ("a pyramid of 20 balls", "20 ball; ball stays"),
    ("a conveyor belt carrying two crates into a bin", "2 crate; 1 bin; crate rolls right .2"),
    ("a truck with a load of 3 kg", "1 truck; 1 weight; weight mass 3"),
    ("a basketball hoop with a backboard and a ball", "1 basketball_hoop; 1 ball"),
    ("a camera on a drone", "1 drone; cameras 3"),
    ("two cameras around a box", "1 box; cameras 4"),
    ("stacking task: three blocks and a robot arm", "3 block; hinges 4"),
    ("a ball with friction 1.5 and rolling friction 0.02", "ball friction 1.5"),
    ("2 robot arms facing each other across a table", "hinges 8; 1 table"),
    ("a merry-go-round with two balls on it", "hinges 1; 2 ball"),
)

JOINTED: tuple[tuple[str, str], ...] = (
    ("two planks connected by a hinge", "2 plank; equalities 2; plank stays"),
    ("a row of four rods joined by hinges", "4 rod; equalities 6"),
    ("a cube and a ball joined by a ball joint", "1 cube; 1 ball; equalities 1"),
    ("a plank hinged to a wall", "1 plank; 1 wall; equalities 2"),
    ("a 2 m rope tied at both ends with a 500 g ball in the middle", "balls 14; equalities 1; 0 ball"),
    ("a weight of 3 kg hanging on a spring of 80 N/m", "slides 1; spring_weight mass 3"),
    ("a double pendulum with lengths 60 and 30 cm and masses 2 and 1 kg", "hinges 2; pendulum_link_1 mass 2.05"),
    ("an arm with 5 velocity-controlled joints", "hinges 5; actuators 5; pull arm_joint_1_velocity"),
    ("a crate with 4 apples", "1 crate; 4 red_apple; red_apple inside crate"),
    ("a block sliding down a 25 degree slope", "1 block; block on slope; block drops .1"),
    ("a brick of steel sliding down a ramp at 15 degrees", "1 steel_brick; steel_brick drops .05"),
    ("an eight-legged robot", "hinges 16"),
    ("a squash ball bouncing off a wall", "1 black_squash_ball; black_squash_ball topples"),
    ("a cart pole on a frictionless rail with a 50 cm pole", "slides 1; hinges 1"),
)

ODDS: tuple[tuple[str, str], ...] = (
    ("three cubes: a red one, a green one and a blue one", "3 cube; cube_2 colour green"),
    ("two balls, a light one and a heavy one", "2 ball"),
    ("a vertical slider of 1 kg", "slides 1; slider sways .02"),
    ("nine balls in a diamond", "9 ball; ball stays"),
    ("a catapult with a ball, aimed at a wall", "1 catapult; 1 ball; wall right catapult"),
    ("a five-wheeled robot", "hinges 5"),
    ("an obstacle course of 4 hurdles", "4 hurdle"),
    ("a gate that is wide open", "start gate_hinge -90"),
    ("a counter with two glasses", "1 counter; 2 glass; glass on counter"),
)

RANGED: tuple[tuple[str, str], ...] = (
    ("8 balls between 4 and 12 cm", "8 ball; ball stays"),
    ("ten cubes with random masses between 1 and 3 kg", "10 cube"),
    ("a desk with 12 random objects on it", "3 box; 3 ball; 3 cylinder; 3 capsule; box on desk; cylinder on desk"),
    ("4 balls and 4 cubes falling into a bin", "4 ball; 4 cube; ball drops .1; cube drops .1"),
    ("balls, cubes and cones, one of each, in a row", "1 ball; 1 cube; 1 cone"),
    ("two T-shaped blocks and an L-shaped block", "3 block; block stays; geoms block_1 2"),
    ("a plus-shaped wooden block of 1 kg", "wood_block mass 1; geoms wood_block 3"),
    ("a T-block standing on a table", "1 t_block; t_block on table"),
    ("an open bucket with a ball in it", "1 bucket; ball inside bucket"),
    ("Bowling: ten pins and a ball", "10 white_pin; 1 ball"),
    ("On the desk there is a mug. Next to the desk stands a red box.", "mug on desk; 1 red_box; red_box beside desk"),
    ("two balls dropped simultaneously, a feather-light one and a heavy one", "2 ball"),
    ("a box on a spring bouncing up and down", "slides 1; box_on_a_spring sways .01"),
    ("a tower of 3 boxes... actually, just two balls", "2 ball; 0 box"),
    ("a room with four walls and 3 balls in it", "1 grey_room; 3 ball; ball inside grey_room"),
    ("a totally inelastic collision between two carts", "2 cart"),
)
