"""More phrases, read like those of `vocabulary.py`: what joins things, shapes, opposite sides, races. Pure data."""

JOINTS = """
[tie]
-: joined, connected, linked, coupled, tied, fastened, hooked, bound, tethered, roped, chained, strung, glued, welded, joint,
    joining, connecting, linking, coupling, tying, attaching, joins, connects, links, couples, ties, screwed, stuck, join,
    connect, attach, link, couple, tie, fasten, tether, glue, weld, suspended, suspend, dangling, attached, together,
    stiffer, stronger, tighter, softer, weaker, looser
[control]
-: controlled, control, damping, undamped, controllers, controller, accelerometer, accelerometers, imu, imus, encoder,
    encoders, rangefinder, lidar, torque, effort, tactile, sensor, sensors, reaching, reach, reaches, pulled, displaced
[form]
-: round, circular
[motion]
moving: racing, races, race
[rel]
ends: on opposite ends of, at opposite ends of, at the ends of, on the ends of
sides: on opposite sides of, at opposite sides of, on the two sides of
"""
