"""More phrases, read like those of `vocabulary.py`: what joins things, and shapes. Pure data."""

JOINTS = """
[tie]
-: joined, connected, linked, coupled, tied, fastened, hooked, bound, tethered, roped, chained, strung, glued, welded, joint,
    joining, connecting, linking, coupling, tying, attaching, joins, connects, links, couples, ties, screwed, stuck, join,
    connect, attach, link, couple, tie, fasten, tether, glue, weld, suspended, suspend, dangling, attached, together,
    stiffer, stronger, tighter, softer, weaker, looser
[control]
-: controlled, control, damping, undamped, controllers, controller, accelerometer, accelerometers, imu, imus, encoder,
    encoders, rangefinder, lidar, torque, effort, tactile, sensor, sensors, reaching, reach, reaches, pulled, displaced
[edit]
-: undo, reset, restore, revert, reverse, original, initial, previous, former, fewer, collision, collisions, impact, impacts,
    surround, encircle, jump, hop, nudge, drag, pull, hold, gets, needs, closer, nearer, further, farther, materials,
    gripper, follows, following, tracks, tracking, watching,
    subtract, harder, repeat, remaining
[rel]
left: at the start of, at the beginning of, at the front end of
[barerel]
left: at the start, at the beginning
corner: to the corner, into the corner, to one corner, into one corner
other_corner: to the opposite corner, to the other corner, into the opposite corner, into the other corner
[form]
-: round, circular
"""
