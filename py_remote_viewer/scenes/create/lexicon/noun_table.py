"""Nouns by the kind of thing that they are, as text: read by `words.py`. Pure data.

A name of several words is joined by hyphens. What comes with a name stands behind the bar: sizes in metres, mass in
    kilograms.
"""

NOUNS = """
box: box cube block crate carton package parcel chest die dice cuboid toolbox suitcase square-block object rectangular-prism
    rectangular-block sugar-cube shoebox briefcase toaster
box: sugar-cube | size=0.016 mass=0.004 colour=white
box: eraser rubber-eraser | length=0.05 width=0.02 height=0.012 mass=0.02 colour=white
box: matchbox | length=0.055 width=0.035 height=0.015 mass=0.01
box: phone smartphone mobile-phone | length=0.15 width=0.07 height=0.009 mass=0.18 colour=black
box: lego-brick lego toy-block building-block | length=0.032 width=0.016 height=0.02 mass=0.003 colour=various
box: fridge refrigerator | length=0.6 width=0.6 height=1.7 mass=60 colour=white
ball: ball bob sphere orb globe projectile particle pellet planet
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
ball: cricket-ball | size=0.072 mass=0.16 colour=maroon bounce=0.5
ball: baseball base-ball | size=0.074 mass=0.145 colour=white bounce=0.55
ball: softball | size=0.097 mass=0.18 colour=yellow bounce=0.45
ball: hand-ball handball | size=0.18 mass=0.43 colour=blue bounce=0.7
ball: squash-ball | size=0.04 mass=0.024 colour=black bounce=0.3
ball: lacrosse-ball field-hockey-ball hockey-ball | size=0.068 mass=0.15 colour=white bounce=0.6
ball: medicine-ball | size=0.25 mass=5 colour=black bounce=0.1
ball: exercise-ball gym-ball yoga-ball | size=0.65 mass=1.2 colour=blue bounce=0.7
ball: bearing-ball ball-bearing steel-shot | size=0.012 material=steel
ball: bullet | size=0.01 mass=0.008 material=lead
ball: orange-fruit tangerine peach plum | size=0.07 mass=0.15 colour=orange
ball: watermelon melon | size=0.25 mass=5 colour=green
ball: tomato cherry-tomato | size=0.07 mass=0.12 colour=red
ball: coconut | size=0.14 mass=0.8 colour=brown
ball: pumpkin | size=0.3 mass=5 colour=orange
ball: cherry grape berry blueberry | size=0.02 mass=0.006 colour=maroon
ball: pin-ball pinball | size=0.027 material=steel
ball: bouncy-ball super-ball | size=0.08 material=rubber bounce=0.85
ball: cue-ball | size=0.057 mass=0.17 colour=white bounce=0.85
ball: balloon | size=0.25 mass=0.02
ball: apple | size=0.08 mass=0.18 colour=red
ball: snowball | size=0.09 mass=0.2 colour=white bounce=0.0
ball: pebble gravel-stone | size=0.03 material=stone
ball: stone rock | size=0.1 material=stone
ball: boulder | size=0.4 material=stone
ellipsoid: egg ellipsoid lemon potato rugby-ball
capsule: capsule pill sausage
cylinder: cylinder can tin roller log tube bottle glass-bottle candle battery jar vase pipe
cylinder: cup mug glass tumbler beaker | height=0.1 radius=0.04
cylinder: spool thermos flask tree-trunk trunk soup-can
    soda-can beer-can tin-can paint-can oil-drum chess-piece pawn
cylinder: wine-bottle beer-bottle plastic-bottle water-bottle milk-bottle | height=0.28 radius=0.037 mass=0.5
cylinder: peg dowel | height=0.2 radius=0.02
cylinder: barrel drum keg | height=0.5 radius=0.17
cylinder: bowling-pin pin skittle ninepin | height=0.38 radius=0.055 mass=1.5 colour=white
disc: coin medal token | radius=0.04
disc: pizza vinyl-record record cd plate-weight weight-plate manhole-cover lid
wheel: wheel tyre tire car-tyre car-tire car-wheel bicycle-wheel bike-wheel cartwheel cart-wheel wagon-wheel
ring: ring torus hoop donut doughnut bagel hula-hoop gasket washer annulus bracelet lifebuoy
cone: cone traffic-cone ice-cream-cone party-hat pylon
spire: square-pyramid solid-pyramid square-based-pyramid
spire: triangular-pyramid | parts=3
prism: prism triangular-prism
prism: hexagonal-prism hex-nut nut hexagonal-block | parts=6
prism: pentagonal-prism | parts=5
prism: octagonal-prism | parts=8
dome: hemisphere dome half-sphere half-ball
tetrahedron: tetrahedron
octahedron: octahedron
icosahedron: icosahedron
dodecahedron: dodecahedron
disc: curling-stone | radius=0.14 thickness=0.11 mass=19 material=granite
stick: dart | length=0.15 radius=0.006 mass=0.025
stick: arrow | length=0.7 radius=0.005 mass=0.03
cylinder: punching-bag | height=0.9 radius=0.17 mass=30
disc: disc disk puck cookie wheel-disc checker frisbee pancake
cylinder: pusher | height=0.1 radius=0.03
cylinder: hockey-puck | radius=0.038 height=0.025 mass=0.17 colour=black
plate: playing-card card postcard | length=0.09 width=0.06 thickness=0.004 mass=0.002 colour=white
plate: book textbook notebook dictionary | length=0.2 width=0.26 thickness=0.03
plate: plate tile panel sheet slab board tray chess-board chessboard checkerboard cutting-board
plank: plank beam girder bar ladder bookmark
stick: hockey-stick walking-stick pool-cue cue-stick drumstick baton
stick: writing-pen | length=0.14 thickness=0.01 colour=blue
stick: stick rod pole pencil broom bat stake rigid-rod rigid-bar massless-rod
brick: brick
domino: domino
dumbbell: dumbbell barbell
table: counter kitchen-counter counter-top
table: kitchen-table dining-table coffee-table side-table office-desk school-desk writing-desk lab-bench work-table
table: table desk bench workbench tabletop
table: chair armchair kitchen-chair office-chair dining-chair wooden-chair desk-chair | length=0.42 width=0.42 height=0.45
table: stool | length=0.36 width=0.36 height=0.45 parts=3
table: air-hockey-table card-table pinball-table | length=1.4 width=0.8 height=0.5
table: table-tennis-table ping-pong-table billiard-table pool-table snooker-table billiards-table | length=1.6
    width=0.8 height=0.5 colour=green
ramp: tilted-plane sloping-plane sloped-plane slanted-plane sloping-board
ramp: ramp incline slope slide inclined-plane wedge hill chute ski-jump
wall: wall fence barrier obstacle hurdle barricade
corridor: corridor hallway hall passage passageway alley aisle
corridor: tunnel | length=1.6 width=0.5 height=0.5 closed
arch: arch archway doorway door-frame gateway portal lintel
stairs: stair stairs staircase stairway stairwell flight-of-stairs
bin: bin bucket basket container tub trough sandbox open-box open-crate open-carton
socket: socket peg-hole block-with-a-hole
bin: cardboard-bin trash-can dustbin pot
bin: bowl basin | height=0.13
bin: room chamber arena enclosure pen cage playpen ring-fence | length=2 width=2 height=0.5 colour=grey
platform: platform pedestal podium stage plinth shelf ledge stand
platform: bowling-alley bowling-lane | length=4 width=1 height=0.06 material=wood
platform: trampoline | length=1.2 width=1.2 height=0.25 bounce=0.9 colour=navy
platform: football-field soccer-field football-pitch playing-field sports-field | length=3 width=2
    height=0.02 colour=green
platform: tennis-court basketball-court | length=3 width=1.6 height=0.02 colour=brown
platform: pallet wooden-pallet | length=1.2 width=0.8 height=0.14 material=wood
platform: mattress cushion | length=1.2 width=0.8 height=0.2 bounce=0.0 colour=white
platform: wardrobe closet cupboard locker | length=0.9 width=0.5 height=1.8
platform: bed sofa couch | length=1.6 width=0.8 height=0.4
pillar: pillar column post mast
pendulum: pendulum
pendulum: rod-on-a-hinge bar-on-a-hinge beam-on-a-hinge rod-on-a-pivot bar-on-a-pivot beam-on-a-pivot rod-on-a-nail
    hinged-bar hinged-rod hinged-beam swinging-bar swinging-rod hinged-stick
ball: wrecking-ball demolition-ball | size=0.2 weight=6.0 motion=swinging
cart_pole: cart-pole cartpole cart-and-pole inverted-pendulum pole-on-a-cart pendulum-on-a-cart pole-cart
    inverted-pendulum-on-a-cart cart-with-a-pole cart-with-pole pole-balanced-on-a-cart pole-balancing-on-a-cart
    poles-on-a-cart
arm: arm robot-arm robotic-arm manipulator robot-manipulator
crane: crane tower-crane
bookshelf: rack storage-rack storage-shelf wall-shelf bookshelf bookcase shelving-unit shelves book-shelf shelving shelf-unit
marker: marker goal-marker target-marker goal-position goal-point goal-location goal-site goal-sphere goal-state target
    target-position target-point target-location target-site target-sphere target-ball waypoint way-point visual-marker
    goal-ball reference-marker
zone: goal-zone target-zone goal-area target-area goal-region target-region drop-zone landing-zone landing-pad landing-area
    finish-area start-area goal-patch target-patch
board: target-board archery-target dartboard dart-board bullseye bull-s-eye shooting-target
gripper: gripper two-finger-gripper parallel-gripper parallel-jaw-gripper robot-gripper robotic-gripper jaw-gripper
    two-jaw-gripper gripper-hand
walker: walker walker2d biped biped-robot bipedal-robot planar-walker planar-biped two-legged-walker half-cheetah cheetah
    halfcheetah
walker: hopper planar-hopper hopping-robot hopper-robot one-legged-hopper monoped | parts=1
pendulum: fixed-inverted-pendulum | pose=inverted
pendulum: acrobot pendubot | parts=2
arm: reacher | parts=2
tee: t-block tee-block t-shape t-piece t-tetromino t-bar
ell: l-block l-shape l-piece l-bracket l-tetromino elbow-block
cross: plus-sign plus-shape cross-shape cross-block
channel: u-block u-shape u-piece u-channel c-block
aitch: h-block h-shape h-beam i-beam
goal: goal football-goal soccer-goal hockey-goal goalpost goal-post
hoop: basketball-hoop basketball-net basketball-basket basketball-ring
funnel: funnel
maze: maze labyrinth
peg_board: galton-board peg-board pegboard quincunx bean-machine plinko-board plinko pachinko-board
turntable: turntable rotating-platform rotating-disc rotating-disk lazy-susan spinning-platform rotating-table
    carousel merry-go-round record-player rotary-table spinning-table roundabout
conveyor: treadmill conveyor conveyor-belt belt-conveyor roller-conveyor
elevator: elevator lift lifting-platform scissor-lift
drawers: drawer chest-of-drawers cabinet dresser filing-cabinet
crank_slider: slider-crank crank-slider slider-crank-mechanism crank-slider-mechanism crank-mechanism piston-mechanism
    crank-and-slider piston-and-crank piston crankshaft piston-engine reciprocating-piston
linkage: bar-linkage fourbar fourbar-linkage crank-rocker crank-and-rocker linkage
universal_joint: cardan-shaft cardan-joint u-joint cardan hooke-joint cardan-drive
scara: scara scara-robot scara-arm scara-robot-arm
excavator: excavator digger excavator-arm backhoe mini-excavator
gears: gear gear-train pair-of-gears gearwheel cogwheel cog gear-wheel
swing_set: swing-set playground-swing swingset swing
table_pulley: modified-atwood-machine modified-atwood table-pulley modified-atwood-s-machine
rotary_pendulum: rotary-pendulum furuta-pendulum rotary-inverted-pendulum qube
doll: ragdoll rag-doll doll dummy crash-test-dummy mannequin stick-figure stickman stick-man puppet teddy-bear
    skeleton gymnast
    jumper diver child kid baby boy girl
crawler: crawler ant-robot ant hexapod-robot insect insect-robot spider-robot
crawler: spider octopod | parts=8
crawler: hexapod beetle | parts=6
snake: snake snake-robot robot-snake swimmer centipede
drone: drone quadrotor quadcopter multicopter quadrocopter
drone: hexacopter | parts=6
drone: octocopter | parts=8
car: mobile-robot wheeled-robot robot-car robot-vehicle differential-drive-robot | parts=2
car: rc-car go-kart kart racing-car race-car sports-car toy-car remote-controlled-car dump-truck monster-truck pickup-truck
car: car tractor vehicle truck cart buggy wagon rover lorry trolley van jeep
car: train tank bus | parts=8 length=0.8
car: trailer caravan | parts=2
car: tricycle | parts=3
catapult: catapult trebuchet slingshot onager
seesaw: balance-scale beam-balance balance-scales pair-of-scales weighing-scale weighing-scales scales see-saw-plank
    seesaw see-saw teeter-totter lever balance-beam balance teeterboard
cradle: newton-s-cradle newtons-cradle newton-cradle cradle newton-s-pendulum
top: top spinning-top spinner
gyroscope: gyroscope gyro
door: door hinged-door gate
trapdoor: trapdoor trap-door hatch horizontal-door
slider: slider rail linear-guide linear-slider
spring: spring spring-mass mass-spring mass-on-a-spring mass-on-spring masses-on-spring weight-on-a-spring
    ball-on-a-spring block-on-a-spring box-on-a-spring weight-on-spring oscillator mass-spring-system spring-pendulum
    harmonic-oscillator simple-harmonic-oscillator spring-oscillator spring-mass-oscillator spring-mass-system
    mass-spring-oscillator
rotor: rotor fan propeller windmill turnstile turbine pinwheel  wind-turbine flywheel water-wheel
    ferris-wheel big-wheel spinning-wheel ceiling-fan wind-mill
pulley: pulley atwood-machine atwood-s-machine pulley-system
rope: tightrope slackline
rope: rope string cord cable thread line-rope wire twine tether leash rubber-band elastic-band
    bungee-cord bungee elastic-cord
chain: chain necklace
cloth: volleyball-net tennis-net fishing-net badminton-net banner pennant
cloth: net | mass=0.15
cloth: hammock safety-net | pose=spanned
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
grid: grid, array, matrix, square, checkerboard, chessboard, chequerboard
pyramid: pyramid, castle
triangle: triangle, rack
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
link: link, segment, section, piece, ring, arm
joint: joint, axis, axes, dof, degrees of freedom
pole: pole
level: level, storey, story, layer, tier, compartment
wheel: wheel, axle
shelf: shelf
drawer: drawer
gear: gear
roller: roller
seat: seat, swing
row: row
cell: cell
rotor: rotor, propeller
leg: leg
step: step, rung
bob: bob, weight, mass
blade: blade
end: end
rod: rod
wall: wall, house
cart: cart
"""
# What means nothing for a scene: neither reported nor corrected.
FILLERS = """
solid spawn cluttered messy crowded tidy medieval historic historical ancient
's a able about actually add again all also am an and any approximately are around arrange arranged as at basic be been begin
beginning begins being bit bodies body both build but by called can carefully children class color colored colour coloured
composed consisting construct containing contains cool could create d demo demonstrate design did directly display do does
done draw each easily environment equal equally exactly example experiment fast even finally first for from generate gently get
happens give going good got had hangs has have having hello her here hey hi his homework how i i'd i'm identical if if's in
include initially insert interesting into is it it's item items its just kids kind lesson let let's lets lies like little ll
located look m made make may me might model must my named need new next nice nicely not now object objects of ok okay on once
one ones only onto other our own pairs part parts per perfectly physics physics-based picture place placed please pls plz plus
position positioned pretty properly put quickly quite rather real realistic really render rests room roughly s same scene see
set setup shall shape shaped should show side sides simple simply simultaneously simulate simulation sits size sized slowly so
some something somewhere sort standing stands start starting starts students teacher thank thanks thx that that's the their
them then there there's they're thing things this to together too try type up us use using very virtual want was watch we we'd
were what when where which while who whose will with world would you your
"""
