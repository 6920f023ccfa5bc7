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
[surface]
clear 1.0: transparent, translucent, see through
gloss 1.0: shiny, glossy, reflective, mirrored, gleaming
gloss 0.0: matte, matt, dull
[form]
-: round, circular
"""
