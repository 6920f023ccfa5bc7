"""Nouns by the kind of thing that they are, as text: read by `words.py`. Pure data.

A name of several words is joined by hyphens. What comes with a name stands behind the bar: sizes in metres, mass in kilograms.
"""

NOUNS = """
box: box cube block crate carton package parcel chest die dice cuboid toolbox suitcase prism square-block object
ball: ball sphere orb globe
ball: marble | size=0.03 material=glass loose_material
ball: pearl bead pea | size=0.02
ball: tennis-ball | size=0.067 mass=0.058 colour=lime bounce=0.73
ball: ping-pong-ball table-tennis-ball | size=0.04 mass=0.0027 colour=white bounce=0.85
ball: golf-ball | size=0.043 mass=0.046 colour=white bounce=0.8
ball: basketball basket-ball | size=0.24 mass=0.62 colour=orange bounce=0.8
ball: football soccer-ball soccerball | size=0.22 mass=0.43 colour=white bounce=0.75
ball: volleyball | size=0.21 mass=0.27 colour=white bounce=0.75
ball: beach-ball | size=0.4 mass=0.1 colour=various bounce=0.7
ball: bowling-ball | size=0.216 mass=6.0 colour=navy bounce=0.2
ball: billiard-ball pool-ball snooker-ball | size=0.057 mass=0.17 colour=various bounce=0.85
ball: cannonball cannon-ball | size=0.12 material=iron
ball: bouncy-ball super-ball | size=0.08 material=rubber bounce=0.85
ball: cue-ball | size=0.057 mass=0.17 colour=white bounce=0.85
ball: balloon | size=0.25 mass=0.02
ball: apple | size=0.08 mass=0.18 colour=red
ball: snowball | size=0.09 mass=0.2 colour=white bounce=0.0
ball: pebble stone boulder | size=0.08 material=stone
ellipsoid: egg ellipsoid lemon potato rugby-ball
capsule: capsule pill sausage
cylinder: cylinder can tin drum roller barrel log tube bottle glass-bottle candle battery jar vase pipe
cylinder: cup mug glass tumbler beaker | height=0.1 radius=0.04
cylinder: bowling-pin pin skittle ninepin | height=0.38 radius=0.055 mass=1.5 colour=white
disc: coin medal token | radius=0.04
disc: disc disk puck cookie wheel-disc checker frisbee pancake
cylinder: hockey-puck | radius=0.038 height=0.025 mass=0.17 colour=black
plate: plate tile panel sheet slab board tray book
plank: plank beam girder bar ladder bookmark
plank: swing | length=0.5 motion=swinging
stick: stick rod pole pencil broom bat stake
brick: brick
domino: domino
dumbbell: dumbbell barbell
table: table desk bench workbench tabletop
table: stool | length=0.36 width=0.36 height=0.45 parts=3
table: table-tennis-table ping-pong-table billiard-table pool-table snooker-table billiards-table | length=1.6
    width=0.8 height=0.5 colour=green
ramp: ramp incline slope slide inclined-plane wedge hill chute ski-jump
wall: wall fence barrier
stairs: stair stairs staircase stairway
bin: bin bucket basket container tub trough sandbox open-box cardboard-bin trash-can dustbin pot bowl basin
bin: room arena enclosure pen cage playpen ring-fence | length=2 width=2 height=0.5 colour=grey
platform: platform pedestal podium stage plinth shelf ledge stand
platform: trampoline | length=1.2 width=1.2 height=0.25 bounce=0.9 colour=navy
platform: mattress cushion | length=1.2 width=0.8 height=0.2 bounce=0.0 colour=white
platform: bed sofa couch | length=1.6 width=0.8 height=0.4
pillar: pillar column post mast
pendulum: pendulum
ball: wrecking-ball | size=0.2 weight=6.0 motion=swinging
cart_pole: cart-pole cartpole cart-and-pole inverted-pendulum pole-on-a-cart pendulum-on-a-cart pole-cart
    inverted-pendulum-on-a-cart cart-with-a-pole cart-with-pole pole-balanced-on-a-cart pole-balancing-on-a-cart
    poles-on-a-cart
arm: arm robot-arm robotic-arm manipulator robot-manipulator
arm: crane | parts=3
car: car vehicle truck cart buggy wagon rover lorry trolley van jeep
car: train tank bus | parts=8 length=0.8
car: tricycle | parts=3
catapult: catapult trebuchet slingshot onager
seesaw: seesaw see-saw teeter-totter lever balance-beam balance teeterboard
cradle: newton-s-cradle newtons-cradle newton-cradle cradle newton-s-pendulum
top: top spinning-top spinner
gyroscope: gyroscope gyro
door: door hinged-door gate
slider: slider rail linear-guide linear-slider
spring: spring spring-mass mass-spring mass-on-a-spring mass-on-spring masses-on-spring weight-on-a-spring
    ball-on-a-spring block-on-a-spring box-on-a-spring weight-on-spring oscillator mass-spring-system spring-pendulum
rotor: rotor fan propeller windmill turnstile turbine wheel pinwheel carousel merry-go-round
pulley: pulley atwood-machine atwood-s-machine pulley-system
rope: rope string cord cable thread line-rope
chain: chain necklace
cloth: flagpole flag-pole
cloth: cloth blanket towel flag curtain fabric tablecloth napkin sail handkerchief sheet-of-cloth piece-of-cloth
bridge: bridge suspension-bridge rope-bridge plank-bridge
humanoid: humanoid human person man woman robot humanoid-robot figure people student teacher
quadruped: quadruped dog robot-dog four-legged-robot quadruped-robot robodog
marble_run: marble-run
pendulum_wave: pendulum-wave
wave_machine: wave-machine
"""
# Nouns of groups, by how their elements are arranged.
GROUPS = """
stack: tower, stack, pile-up, skyscraper
row: run, rally, row, line, chain, string, chain reaction, series, queue, sequence
circle: circle, ring
grid: grid, array, matrix, square
pyramid: pyramid, castle
triangle: triangle
spiral: spiral, helix
arc: arc, semicircle, curve
zigzag: zigzag
wall: wall, house
pile: pile, heap, mountain, mound
scatter: bunch, group, set, number, collection, lot
rain: rain, shower, cloud, swarm
"""
# Nouns of what machines and furniture are made of.
PARTS = """
link: link, segment, section, piece, ring
joint: joint, axis, axes, dof, degrees of freedom
pole: pole
level: level, storey, story, layer
wheel: wheel, axle
leg: leg
step: step, rung
bob: bob, weight, mass
blade: blade
end: end
rod: rod
wall: wall
cart: cart
"""
# What means nothing for a scene: neither reported nor corrected.
FILLERS = """
solid
's a able about actually add again all also am an and any approximately are around arrange arranged as at basic be been begin
beginning begins being bit bodies body both build but by called can carefully children class color colored colour coloured
composed consisting construct containing contains cool could create d demo demonstrate design did directly display do does
done draw each easily environment equal equally exactly example experiment fast finally first for from generate gently get
give going good got had hangs has have having hello her here hey hi his homework how i i'd i'm identical if if's in
include initially insert interesting into is it it's item items its just kids kind lesson let let's lets lies like little
ll located look m made make may me might model must my named need new next nice nicely not now object objects of ok okay
on once one ones only onto other our own pairs part parts per perfectly physics physics-based picture place placed please
plus position positioned pretty properly put quickly quite rather real realistic really render rests room roughly s same
scene see set setup shall shape shaped should show side sides simple simply simulate simulation sits size sized slowly so
some something somewhere sort standing stands start starting starts students teacher thank thanks that that's the their
them then there there's they're thing things this to together too try type up us use using very virtual want was watch we
we'd were what when where which while who whose will with world would you your
"""
