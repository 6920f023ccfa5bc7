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


# By name: the kind, what it is called here, and how many joints, rotors or wheels; 0 for what comes as it is.
MODELS = _models()
