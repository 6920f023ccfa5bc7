"""What can be built that is nearest to a word that cannot: said beside every word that was not understood. Pure."""

from __future__ import annotations

import difflib

from py_remote_viewer.scenes.create.lexicon.robot_models import MODELS, REAL
from py_remote_viewer.scenes.create.lexicon.words import KNOWN, LEXICON

_SHORTEST = 5  # letters of a word that may be a slip of another
_MEANT_TEXT = """
a quadruped: spot anymal unitree go1 go2 laikago elephant cat horse cow animal lion dinosaur dragon sheep pig
    goat deer bear tiger giraffe dogs puppy kitten
a drone: plane airplane aeroplane helicopter bird rocket jet spaceship spacecraft satellite ufo parachute glider
a car: bike bicycle motorcycle motorbike scooter skateboard sled sledge ambulance taxi tractor forklift bulldozer
a cart pole: segway unicycle
a chair: throne
a table or a platform: nightstand
a wall or a tower of blocks: house building church temple apartment hut barn igloo city village
a pillar: tree flower plant lamppost streetlight torch lighthouse signpost chimney antenna
small balls, or a scene under water: liquid fluid lava rain river lake sea fountain ocean puddle wave juice soup coffee tea
many small balls, say how many: sand gravel rice beans popcorn confetti powder dust sugar salt grain grains
a spring between two things, or a pendulum: magnet magnets magnetic electromagnet
a ball thrown fast: fire smoke explosion laser bomb lightning
motors that you drive by hand (with motors): picking grasping gripping holding picks grabbing walking dancing jumping walks
    running swimming climbing writing drawing catching lifting carrying balancing
a robot arm with a gripper: insertion xarm
a robot arm with a gripper: hand fingers finger claw tweezers tongs
a speed, for example pushed at 2 m/s: force push impulse thrust torque
a spring of a stiffness (of 50 N/m), or a bouncy material: spongy squishy stretchy flexible deformable inflatable
a cloth: shirt dress jacket foil carpet rug net sheet bag
a chain or a rope: belt zip vine hose cable-car zipline
a plank: raft boat ship surfboard ski sledge
a pulley (Atwood machine) or a crane: winch hoist block-and-tackle
stairs and ramps: course
stairs: escalator
a humanoid: atlas asimo nao optimus digit talos pepper ballerina athlete
a spring: slinky
a pendulum: clock metronome yo yoyo
a ball: duck teddy feather leaf snowflake planet sun star earth comet meteor
a box: piano computer laptop tv television radio oven microwave washing-machine sponge
a cylinder: hammer nail screw bolt needle pen pencil syringe
a camera: video film
a rotor: sail mill engine
a ramp: water-slide loop looping half-pipe halfpipe roller-coaster rollercoaster track
a plate standing upright: sign target bullseye billboard
a billiard table with balls in a triangle: billiards pool snooker
a table tennis table: table-tennis
a room: classroom kitchen warehouse factory lab laboratory gym office bedroom corridor hallway
colours and materials by name: pattern texture striped stripes spotted checkered dotted
the speed of the simulation, set under the picture: motion playback realtime timelapse
one gravity and one medium for the whole scene: respectively
"""


def _meant() -> dict[str, str]:
    found: dict[str, str] = {}
    for line in _MEANT_TEXT.strip().replace("\n    ", " ").splitlines():
        near, _, words = line.partition(": ")
        for word in words.split():
            found[word.replace("-", " ")] = near
    return found


_MEANT = _meant()
_NOUNS = sorted(
    {
        " ".join(key)
        for key, entries in LEXICON.items()
        for entry in entries
        if entry.cat == "noun" and not entry.value.plural
    }
)


def nearest(word: str) -> str:
    """What can be built that means or sounds nearly the same; empty when nothing does."""
    for form in (word, word.removesuffix("s"), word.removesuffix("es")):
        if form in MODELS:
            noun = MODELS[form][1].replace("_", " ")
            real = (
                f"the real one is {REAL[form]} in the catalogue" if form in REAL else "real models are in the catalogue"
            )
            return f"a {noun} ({real})"
        if form in _MEANT:
            return _MEANT[form]
    if word in KNOWN or not _SHORTEST <= len(word) <= 24:
        return ""
    close = difflib.get_close_matches(word, _NOUNS, n=1, cutoff=0.8)
    if not close:
        return ""
    return f"{'an' if close[0][0] in 'aeiou' else 'a'} {close[0]}"
