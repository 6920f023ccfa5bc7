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
[joint]
-: damper, dampers, dashpot, dashpots, stiffness, torsion, torsional, springs back, snaps, return, returns, returning,
    closes, shuts, pulls, pulling, retracts, itself, automatically, frictionloss, armature, servomotor, servomotors,
    gear ratio, gearing, steering, steered, trailer, hitch, towing, elbow, wrist, shoulder, pivot, crank, piston, linkage,
    integrator, newton, euler
[property]
friction: sliding friction, static friction, kinetic friction, dynamic friction
[surface]
clear 1.0: transparent, translucent, see through
gloss 1.0: shiny, glossy, reflective, mirrored, gleaming
gloss 0.0: matte, matt, dull
[arrange]
diamond: in a diamond, in a diamond shape, into a diamond
[edit]
-: undo, reset, restore, revert, reverse, original, initial, previous, former, fewer, collision, collisions, impact, impacts,
    surround, encircle, jump, hop, nudge, drag, pull, hold, gets, needs, closer, nearer, further, farther, materials,
    gripper, follows, following, tracks, tracking, watching,
    subtract, harder, repeat, remaining
[motion]
hitting: knocks down, knock out, knocks out, smash into, smashes into, smashing into, slam into, slams into, slamming
    into, slam, slams, slamming, ram, rams, ramming, ram into, rams into, ramming into, bash, bashes, bashing, runs into,
    running into, that smashes, that knocks over, that knocks down, that crashes, that slams, that strikes, that collides,
    that rams
resting: parked, waiting
[rel]
left: at the start of, at the beginning of, at the front end of
[barerel]
left: at the start, at the beginning
corner: to the corner, into the corner, to one corner, into one corner
other_corner: to the opposite corner, to the other corner, into the opposite corner, into the other corner
[dimfactor]
height 1.5: deeper
[form]
-: round, circular, cylindrical
[motion]
moving: racing, races, race
[rel]
between: in the middle between, midway between, halfway between, exactly between, right between, centred between
left_part: onto the left end of, onto the left side of, onto the left half of, above the left end of
right_part: onto the right end of, onto the right side of, onto the right half of, above the right end of
end: onto the end of, onto one end of, onto one side of
other_end: onto the other end of, onto the other side of
on: centred on, centered on, on the top face of, on the upper face of, on the top surface of, on the top side of,
    on the top step of, on the highest step of, at the very top of, on the upper end of
ends: on opposite ends of, at opposite ends of, at the ends of, on the ends of
sides: on opposite sides of, at opposite sides of, on the two sides of
[barerel]
on: on its top face, on its top, on its upper face, on its top side, on its top surface, centred on top,
    centred on its top face, centred on its top
foot: at its foot, at its bottom, at its base, at the foot, at the base
on: at its top, at its upper end, at its top end
[playback]
-: slow motion, in slow motion, slow mo, in real time, real time, fast forward
[of]
of: consists of, consist of, made up of
"""
