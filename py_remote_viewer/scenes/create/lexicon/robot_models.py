"""Real robots by their names, and what is built in their place; the real ones are in the catalogue, and that is told. Pure."""

from __future__ import annotations

_TEXT = """
arm 6: ur3 ur5 ur10 ur16 ur20 ur3e ur5e ur10e ur16e lite6 xarm6 vx300s wx250s viperx widowx piper aloha so100 so101
    vx300 wx250 irb120
arm 7: panda franka fr3 kuka iiwa xarm7 sawyer gen3 kinova emika lbr baxter
quadruped 0: go1 go2 spot anymal aliengo laikago barkour
humanoid 0: h1 g1 atlas asimo nao optimus digit talos cassie
drone 4: crazyflie skydio
car 2: turtlebot turtlebot3 husky jackal
"""


def _models() -> dict[str, tuple[str, str, int]]:
    found: dict[str, tuple[str, str, int]] = {}
    nouns = {
        "arm": "robot_arm",
        "quadruped": "robot_dog",
        "humanoid": "humanoid",
        "drone": "drone",
        "car": "mobile_robot",
    }
    for line in _TEXT.strip().replace("\n    ", " ").splitlines():
        what, _, names = line.partition(": ")
        kind, parts = what.split()
        found |= dict.fromkeys(names.split(), (kind, nouns[kind], int(parts)))
    return found


_IN_CATALOGUE = """
franka_emika_panda panda franka emika
franka_fr3 fr3
universal_robots_ur5e ur5 ur5e
universal_robots_ur10e ur10 ur10e
kuka_iiwa_14 kuka iiwa lbr
ufactory_xarm7 xarm7
ufactory_lite6 lite6
kinova_gen3 gen3 kinova
rethink_robotics_sawyer sawyer
trossen_vx300s vx300s viperx
trossen_wx250s wx250s widowx
aloha aloha
trs_so_arm100 so100
agilex_piper piper
unitree_go1 go1
unitree_go2 go2
unitree_h1 h1
unitree_g1 g1
boston_dynamics_spot spot
anybotics_anymal_c anymal
google_barkour_v0 barkour
pal_talos talos
agility_cassie cassie
bitcraze_crazyflie_2 crazyflie
skydio_x2 skydio
"""
# The scene of the catalogue that is the real one, by the name that people say.
REAL = {name: entry for entry, *names in map(str.split, _IN_CATALOGUE.strip().splitlines()) for name in names}
# By name: the kind, what it is called here, and how many joints, rotors or wheels; 0 for what comes as it is.
MODELS = _models()
