"""What phrases do (`[section]`) and say (before the colon), as text: read by `words.py`. Pure data.

Phrases are separated by commas; a line that is indented goes on with the one above. `-` says nothing more.
"""

VOCABULARY = """
[verb]
put: stick, put, place, bring, lay, hang, arrange, lean
turn: incline, turn, rotate, tilt
move: slide, move, shift
stack: stack
make: set, make, let, give
sink: lower
spread: spread out, spread, space out
change: colour, color, paint, change, scale, resize, dye, tint, repaint, recolour, recolor, spray, adjust, modify
double: double, duplicate, clone, copy
treble: triple
remove: remove, delete, erase, take away, get rid of, clear, take out, drop out, eliminate, destroy, cut, snap, sever
without: without
off: turn off, switch off, disable
on: turn on, switch on, enable
lift: lift, raise, lift up, push up
halve: halve
replace: swap, replace, exchange
grow: enlarge, increase, grow, strengthen, extend, lengthen
shrink: shrink, decrease, reduce, weaken, shorten
add: add
lineup: line up
create: create, build
restart: start over, new scene, start again, clear the scene, clear everything, remove everything, start from scratch,
    empty scene, delete everything
weigh: weigh, weighs, weighing
flip: flip, turn around
steepen: steepen
[motion]
sliding: slides, slide, sliding, pushed, push, pushing, slid
falling: rains, falling, falls, fall, dropped, drop, dropping, drops, that falls, falling down, let fall, plunging,
    raining, it rains
thrown: firing, thrown, throw, launches, launching, kicks, kicking, fires, tosses, tossing, tossed, launched, launch, shot,
    fired, flying, hurled, flies, shoot, fire, toss, kicked, kick, shooting, that flies, throwing, throws, jumping
moving: moving, moves, coming, comes, heading, travelling, traveling, driving, drives, drive, going, speeding, running
hitting: collide, crash head on, crashes head on, collides head on, collide head on, colliding head on, crashing
    head on, head on, hitting, knock, knocks, knock over, knocks over, knock down, strike, strikes, smash, bump,
    bumps, crash, bump into, hits, hit, crashing, crashes, crash, colliding, collides, smashing, smashes, striking,
    that hits, knocking over, knocking down, flying at, bumping
rolling: rolling, rolls, roll, rolled, that rolls
bouncing: bouncing, bounces, that bounces, bounce up and down, bouncing up and down
spinning: spinning, spins, spin, rotating, rotates, whirling, twirling, turning
swinging: swinging, swings, swing, that swings
toppled: toppling, tipped, that falls over, that falls down, that topples, that collapses, falls over, fall over,
    falling over, topples, topple, falls down, tips over, collapses
hovering: hovering, floating, floats, levitating
resting: at rest, resting, still, stationary, motionless, standing still, unmoving
released: released, release, releases, let go
[ordinal]
-1: top, upper, last, rightmost, final, uppermost, topmost, highest, outer
0: first, bottom, lower, leftmost, lowest, lowermost, undermost, bottommost, inner, 1st
1: second
2: third
3: fourth
4: fifth
5: sixth
6: seventh
7: eighth
8: ninth
9: tenth
99: middle, centre, center, central
[property]
mass: weight, mass, masses, weights
spin: spin, angular velocity, angular speed
friction: friction, friction coefficient, coefficient of friction, friction coefficients, coefficients of friction, mu,
    frictions
bounce: bounciness, elasticity, restitution, coefficient of restitution, bounce, restitution coefficient
density: density, densities
rolling: rolling friction, rolling resistance, rolling friction coefficient, coefficient of rolling friction
stiffness: stiffness, spring constant
speed: speed, velocity, initial speed, initial velocity, speeds, velocities
tilt: angle, inclination, slope of, angles, incline of
gravity: gravity
viscosity: viscosity
spacing: spacing, gap, gaps, distance
colour: colour, color
position: position
timestep: time step, timestep
wind: wind speed
[weight]
0.25: light, lightweight
5.0: heavy, weighty, dense, massy
2.5: heavier
0.4: lighter
[dimfactor]
width 1.5: deep, wider, fat
length 1.6: long
length 0.6: short
height 1.6: tall, high
height 0.5: low
width 1.6: wide, broad
width 0.55: narrow
thickness 0.5: thin
thickness 2.0: thick
height 0.3: flat
length 1.5: longer
length 0.67: shorter
height 1.5: taller, higher
height 0.67: lower
width 0.67: narrower
thickness 0.6: thinner
thickness 1.6: thicker
width 0.6: slim
[dim]
width: wide, width, in width, widths
depth: deep, depth, in depth
length: long, length, total length, in length, lengths
height: tall, high, height, in height, heights
thickness: thick, thickness
diameter: across, diameter, in diameter, diameters, base diameter, outer diameter
size: in size, sizes, side length, edge length, edge, edges, sides, side, size
radius: radius, in radius, radii, radiuses, base radius, outer radius
[size]
0.35: tiny
0.25: minuscule
0.4: mini, miniature
0.6: small, little
0.7: smallish, smaller
1.0: medium, normal, medium sized, average
1.7: big, large, great
2.8: huge, giant, massive
3.2: enormous, gigantic
2.0: oversized
1.3: biggish
1.4: larger, bigger
[surface]
damping 0.0: undamped
damping 0.01: lightly damped, underdamped
damping 0.1: damped
damping 0.6: heavily damped, overdamped, strongly damped
hollow 1.0: hollow, empty
hollow 0.0: solid
friction 0.05: slippery, slick, greasy, oily, ice cold
friction 0.15: smooth, polished, smoother
friction 0.0: frictionless, without friction, no friction, zero friction
friction 0.1: low friction, waxed
friction 1.5: high friction, grippy, stickier
friction 1.2: rough, rougher
friction 2.0: sticky
bounce 0.85: bouncy
bounce 0.9: elastic, bouncier
bounce 0.8: springy
bounce 0.0: inelastic, dead, without bounce
bounce 0.98: perfectly elastic
bounce 0.95: super bouncy
bounce 0.1: soft
friction 0.03: more slippery, slipperier
bounce 0.4: less bouncy
friction 0.6: less slippery
[pose]
standing: upright, standing, standing up, vertical, vertically, on end, on edge, on its edge, on their edge, on their edges,
    on its rim
lying: lying, lying down, lying flat, on its side, on their sides, horizontal, horizontally, lying on its side
inverted: inverted, upside down
[dir]
horizontal: horizontally
down: down, downwards, downward
up: up, upwards, upward, into the air, straight up
left: to the left, left, leftwards, leftward
right: to the right, right, rightwards, rightward, sideways
forward: forward, forwards, towards the camera, towards me, to the front, towards us
back: backward, backwards, back, away, to the back
air: in the air, in mid air, in midair, in the sky, off the ground
from_left: from the left, from the side, from one side
from_right: from the right
from_above: from above, from the sky, from the ceiling, out of the sky
from_front: from the front
from_behind: from behind
[rel]
on: on, onto, upon, on top of, atop, resting on, standing on, lying on, sitting on, on the top of, at the top of, balanced
    on, on to, balancing on, placed on, stacked on, stacked on top of, rests on, stands on, sits on, lies on, supported
    by, mounted on, to the top of, across
down: down
near: next to, beside, near, by, close to, alongside, adjacent to, nearby, at the side of, besides, right next to,
    directly next to
along: along
around: around, surrounding
surrounded: surrounded by
left: left of, to the left of, at the left of, to left of, to the left side of
left_part: on the left of, on the left side of, at the left end of, on the left end of, on the left half of,
    at the left side of
right: right of, to the right of, at the right of, to right of, to the right side of
right_part: on the right of, on the right side of, at the right end of, on the right end of, on the right half of,
    at the right side of
front: in front of, before, ahead of, in front, opposite
behind: behind, in back of, at the back of
ahead: in the way of, in the path of
between: between, in between, among, hanging between, strung between, stretched between, tied between, suspended between,
    hung between, spanning between
middle: in the middle of, in the centre of, in the center of, at the centre of, at the center of, on the middle of,
    at the middle of, on the centre of, on the center of
foot: at the foot of, at the bottom of, at the base of
above: above, over, hovering over, hovering above, high above, floating above, floating over
under: below, beneath, under, underneath
inside: inside, in, inside of, within
into: into
leaning: leaning against, leaning on, leaned against, leans against, propped against, propped up against
against: against
touching: touching
hanging: hanging from, suspended from, hung from, attached to, tied to, hangs from, dangling from, connected to
at: at
towards: towards, toward, through
off: off
climb: up
edge: on the edge of, at the edge of
corners: in each corner of, in the corners of, at each corner of, at the corners of, on each corner of,
    on the corners of, in every corner of, at the four corners of, in the four corners of, on the four corners of,
    at every corner of, on every corner of, in all corners of, in all four corners of, on all four corners of
corner: in the corner of, in a corner of, in one corner of, at the corner of, on the corner of, at a corner of,
    on a corner of, on one corner of, at one corner of, in another corner of
other_corner: in the opposite corner of, in the other corner of, at the opposite corner of
end: at the end of, on the end of, on one end of, on one side of, at one end of
other_end: on the other end of, on the other side of, at the other end of
ends: on each end of, at each end of, on both ends of, at both ends of, on either end of, at either end of
sides: on each side of, on both sides of, on either side of, at each side of, at both sides of, at either side of
[barerel]
near: beside, nearby
around: around
ahead: in its way, in the way, in its path, in their way
front: in front, at the front
behind: behind, at the back
between: in between
above: above
under: below, beneath, underneath
inside: inside
on: on top, on the top, at the top, across the top, on top of it all, on the very top, at the very top
row: next to each other
middle: in the middle, in the centre, in the center
left: to the left, on the left, on the left side, on the left end, at the left end, at the left
right: to the right, on the right, on the right side, on the right end, at the right end, at the right
foot: at the bottom
end: at the end, on the end, at its end, on one end, on one side, at the tip, at one end
other_end: on the other end, on the other side, on the other, at the other end
sides: on each side, on both sides, on either side, at each side, at both sides, at either side
ends: on each end, on both ends, at each end, at both ends, on either end, at either end
corner: in one corner, in a corner, in the corner, at one corner, at a corner, on one corner, on a corner,
    in another corner
other_corner: in the opposite corner, at the opposite corner, on the opposite corner, in the other corner,
    in the corner opposite
corners: in each corner, in every corner, in the corners, at each corner, at every corner, at the corners,
    on each corner, on the corners, in all corners, in all four corners, in the four corners
[link]
by: by
into: into
is: is, are, should be, be, becomes, become
to: to
than: than
as: as
[aerial]
air: above, air
ceiling: ceiling, the ceiling, a ceiling, the roof, a roof
sky: sky
[arrange]
row: next to each other, in a row, in a line, lined up, side by side, in one row, in a straight line,
    next to one another,
    in line, in single file, into a row, into a line, like dominoes, in a chain
grid: in rows, in a grid, in a square grid, in a regular grid, in a rectangular grid, in a square, in an array,
    into a grid, in two rows
circle: in a circle, in a ring, in circles, into a circle
arc: in a semicircle, in a half circle, in an arc, in a curve, in a semi circle
spiral: in a spiral, spirally, spiralling, into a spiral
zigzag: in a zigzag, in a zig zag, in a zigzag line
cube: in a cube, into a cube
pyramid: in a pyramid, as a pyramid, into a pyramid
triangle: in a triangle
pile: in a pile, in a heap, into a pile
stack: piled up, piled, stacked, stacked up, in a stack, in a tower, as a tower, into a tower, on top of each other, on
    top of one another, one on top of the other, above each other, one above the other, on each other, in a column,
    into a stack
scatter: scattered, scattered around, randomly, spread out, at random, lying around, at random positions, everywhere,
    randomly placed
wall: in a wall, into a wall, as a wall
file: parallel, parallel to each other, parallel to one another, in parallel, behind each other,
    one behind the other, behind one another
diagonal: diagonally, in a diagonal
[from]
away: away, away from
from: from
[apart]
spacing: spacing, gap, gaps, apart, apart from each other, between each, from each other, away from each other
spacing_between: between them
[tuple]
1: single, simple
2: double
3: triple
4: quadruple
5: quintuple
6: sextuple
[factor]
2.0: double, twice, two times, twice as, doubled
3.0: triple, three times, thrice, tripled
0.5: half, half as, halved
4.0: four times
10.0: ten times
5.0: five times
[pron]
it: it, its, him, her, he, she, his, that, this, this one, that one
them: them, they, these, those, their, all of them, both of them, both
each_other: each other, one another
all: everything, all, all things, all objects
copy: the copy, the duplicate, the clone
original: the original, the original one
new: the new one, the newest one, the newest
other: the other, the other one
others: everything else, the others, the other ones, all others, all the others, the rest, all the other ones
[det]
the: these, those, that, this, all, both, the, all the, all of the, my, most, the one
a: a, an, one
another: another, one more, other
each: each, every
more: more, additional, extra, further
one: one of the
some: some, any
many: many, a lot of, lots of, plenty of
several: several, a bunch of, a handful of, a number of, a group of, a set of, a collection of, a series of
few: a few, few
couple: a couple
no: no, not
[degree]
1.0: extra, very, really, super, too, perfectly, completely
1.6: extremely, incredibly
0.4: slightly
0.5: a bit, a little, somewhat, a little bit
0.7: quite, fairly, rather
1.2: much, a lot, way, far
1.8: ridiculously
0.8: so
[slope]
35.0: steep
1.5: steeper, more steep
10.0: shallow, gentle
0.6: flatter, less steep, shallower, gentler
[pace]
2.0: faster, quicker
0.5: slower
5.0: fast, quickly
0.7: slow, slowly, at low speed
6.0: hard, at high speed, at full speed, fiercely
1.0: gently
[feature]
motors: motor, motors, motorised, motorized, actuated, actuators, actuator, servos, servo, engine, motor driven,
    powered,
    engines, controllable, driven, controls
camera: camera, cameras, a camera
sensors: sensor, sensors
[fixed]
yes: fixed, static, immovable, glued, fixed in place, immobile, anchored, welded, unmovable, bolted, nailed
no: free, movable, loose, moveable, mobile
[times]
-: times, times as
[tilted]
tilt: at an angle, tilted, inclined, sloped, slanted, leaning, angled
yaw: rotated, turned
[of]
of: made of, made from, made out of, of, consisting of, built of, built from, composed of, out of, built out of,
    containing, constructed from, formed by, formed of
filled: filled with, full of
s: s
[conj]
with: with, having, has, have, that has, and has, including
carry: carrying, holding, supporting, carries
and: plus, and, then, vs, versus, as well as, along with, together with, also
filled: contains
[floor]
floor: floor, ground, surface, the floor, the ground, plane, ground plane
[gravity]
0.0: in space, in outer space, weightless, zero gravity, no gravity, without gravity, zero g, in orbit, microgravity,
    without any gravity, gravity free, gravity off, in zero gravity, weightlessness, in weightlessness, on the iss, in
    free fall, in deep space, at zero gravity
0.05: on an asteroid
1.62: lunar gravity, on the moons surface
3.71: martian gravity
3.0: low gravity, weak gravity, in low gravity
20.0: high gravity, strong gravity
9.81: normal gravity
-9.81: gravity point upwards, gravity pointing upwards, gravity points upwards, gravity points up,
    gravity pointing up, gravity
    point up, upward gravity, upwards gravity, reversed gravity, reverse gravity, gravity upside down,
    negative gravity, gravity upwards, inverted gravity
[medium]
water: underwater, submerged, in a pool of water, under the water
vacuum: in vacuum, in a vacuum, no air, without air
air: with air resistance, air resistance, with drag, air drag
[wind]
wind: wind, windy
breeze: breeze, light breeze, gentle breeze
storm: storm, gale, strong wind, hurricane
[nofloor]
no: no floor, without a floor, without floor, without the floor, without ground, without a ground, no ground,
    bottomless,
    floorless
[same]
-: the same, same
"""
