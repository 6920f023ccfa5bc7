"""What is measured and driven, and how: sensors by name, kinds of control, damping, volumes, how far aside something begins."""

from __future__ import annotations

import math
from dataclasses import replace

from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.rules.hang_rules import HangRules
from py_remote_viewer.scenes.create.things.description import FLOOR

# What each is called; those behind the bar are sensors only where the word `sensor` follows.
_SENSORS = {
    "touch": ((), ("touch", "contact", "tactile", "pressure", "bump")),
    "force": (("load cell", "load cells"), ("force",)),
    "torque": ((), ("torque",)),
    "force torque": (("ft sensor", "wrist sensor"), ("force torque", "force and torque", "6 axis force torque")),
    "imu": (("imu", "imus", "inertial measurement unit"), ("inertial", "orientation", "imu")),
    "accelerometer": (("accelerometer", "accelerometers"), ("acceleration",)),
    "gyro": (("gyrometer", "rate gyro"), ("gyro", "gyroscope", "gyroscopic", "rotation", "angular velocity")),
    "velocity": (("velocimeter", "speedometer"), ("velocity", "speed")),
    "position": ((), ("position", "gps", "location")),
    "distance": (("rangefinder", "rangefinders", "lidar", "sonar"), ("distance", "range", "ultrasonic", "proximity")),
    "magnetometer": (("magnetometer", "compass"), ("magnetic",)),
    "joint": (
        ("encoder", "encoders", "joint encoders", "joint encoder"),
        ("joint", "angle", "joint position", "joint angle", "hinge angle", "angular position"),
    ),
}
_HAS = ("with", "has", "have", "having", "and", "plus", "including")
_FITTED = ("equipped", "fitted", "carrying", "mounted")
_CONTROLS = {
    "position": "position",
    "servo": "position",
    "velocity": "velocity",
    "speed": "velocity",
    "torque": "torque",
    "force": "torque",
    "effort": "torque",
}
_AT_JOINTS = ("joint", "joints", "hinge", "hinges", "axis", "axes", "pivot", "motor", "motors")
_ASIDE = frozenset(["pulled", "displaced", "drawn", "deflected", "lifted", "held", "raised", "starting"])
_USUAL_ASIDE_DEG = 40.0
_SWINGING = ("pendulum", "rope", "chain", "swing_set")


class AttributeRules(HangRules):
    """Rules for what things carry to measure and to move themselves, and for physical figures of theirs."""

    def attribute(self, at: int) -> int:
        """Any of them; tokens taken, or 0."""
        listed = self.r.word(at - 1, "and") or self.r[at - 1].kind == "comma"
        if self.r.word(at, "a") and listed and (step := self._gripper(at)) > 0:
            return step
        return self._senses(at) or self._controlled(at) or self._damped(at) or self._aside(at) or self._reaches(at)

    # --- sensors --------------------------------------------------------------------------------------------------------

    def _senses(self, at: int) -> int:
        """`with a touch sensor`, `has an IMU and a force sensor`."""
        r, end = self.r, at
        end += r.word(end, *_HAS) or (r[end].kind == "comma" and r.word(end + 1, *_HAS, "a", "an"))
        end += r.word(end, *_HAS) and end > at
        end += r.word(end, *_FITTED)
        end += r.word(end, "with") and end > at
        end += r.word(end, "a", "an", "the", "one") or (r[end].kind == "number" and r[end].value == 1)
        found = self._sensor_at(end)
        ids = [one for one in self.subjects if one != FLOOR]
        if found is None or not ids:
            return 0
        kind, length = found
        sensing = r.word(end + length - 1, "sensor", "sensors", "gyrometer", "gyro")
        if kind == "gyro" and not sensing and not any(self.draft.scene.thing(one).senses for one in ids):
            return 0  # a gyroscope of its own
        for one in ids:
            thing = self.draft.scene.thing(one)
            if KINDS[thing.kind].sort in ("tie", "soft", "furniture"):
                return 0
            self.draft.update(one, senses=(*thing.senses, kind))
        end += length
        if (
            r.word(end, "on", "at", "in")
            and r.word(end + 1, "it", "top", "its", "the")
            and r.word(end + 2, "tip", "end", "hand", "wrist", "flange", "gripper", "base", "joints", "roof", "bumper")
        ):
            end += 3
        if r.word(end, "on", "at", "in"):
            stop = end + 1
            while r.word(stop, "the", "its", "each", "every", "all", "both", "of"):
                stop += 1
            joint = kind == "joint" and r.word(stop, *_AT_JOINTS)
            feet = kind in ("touch", "force") and r.word(stop, "foot", "feet")
            end = stop + 1 if joint or feet else end
        r.use(at, end)
        return end - at

    def _sensor_at(self, at: int) -> tuple[str, int] | None:
        """Which sensor is named at `at`, and in how many words."""
        r = self.r
        for length in (4, 3, 2, 1):
            words = " ".join(r[at + i].text for i in range(length))
            named = r.word(at + length, "sensor", "sensors", "meter")
            for kind, (alone, with_word) in _SENSORS.items():
                if words in with_word and named:
                    return kind, length + 1
                if words in alone:
                    return kind, length + named
        if r.word(at, "gyroscope") and r.word(at - 1, "a", "and") and not r.word(at + 1, "on"):
            return "gyro", 1
        return None

    # --- drives ---------------------------------------------------------------------------------------------------------

    def _controlled(self, at: int) -> int:
        """`position-controlled`, `with velocity control`, `with torque-controlled joints`."""
        r, end = self.r, at
        end += r.word(end, "with", "using", "under")
        kind = _CONTROLS.get(r[end].text, "")
        if not kind or not r.word(end + 1, "controlled", "control", "controllers", "controller", "actuators", "motors"):
            return 0
        ids = [one for one in self.subjects if one != FLOOR and KINDS[self._kind_of(one)].sort == "machine"]
        if not ids:
            return 0
        end += 2
        end += r.word(end, "joints", "joint", "motors", "motor", "actuators", "servos")
        for one in ids:
            self.draft.update(one, control=kind, motors=True)
        r.use(at, end)
        return end - at

    def _damped(self, at: int) -> int:
        """`with damping 0.1`, `damping of 0.5`, `undamped`, `without damping`."""
        r, end = self.r, at
        ids = [one for one in (self.attached or self.subjects) if one != FLOOR and self._can_damp(one)]
        ids = ids or [one for one in self.subjects if one != FLOOR and self._can_damp(one)]
        if r.word(end, "undamped") or (r.word(end, "without", "no", "zero") and r.word(end + 1, "damping")):
            end += 1 if r.word(end, "undamped") else 2
            value = 0.0
        else:
            end += r.word(end, "with", "and", "a", "has")
            end += r.word(end, "a", "joint")
            end += r.word(end, "joint")
            if not r.word(end, "damping"):
                return 0
            end += 1 + r.word(end + 1, "coefficient", "constant", "ratio")
            while r.word(end, "of", "is", "=", "to"):
                end += 1
            if r[end].kind not in ("number", "quantity"):
                return 0
            value, end = r[end].value, end + 1
        if not ids or not 0 <= value <= 1000:
            return 0
        for one in ids:
            self.draft.update(one, damping=value)
        r.use(at, end)
        return end - at

    def _can_damp(self, one: int) -> bool:
        kind = self._kind_of(one)
        return (KINDS[kind].sort in ("machine", "soft") and kind != "cloth") or kind in ("coil", "band")

    # --- where it begins ------------------------------------------------------------------------------------------------

    def _aside(self, at: int) -> int:
        """`pulled 45 degrees to the left and released`, `displaced by 30°`."""
        r = self.r
        ids = [one for one in self.subjects if one != FLOOR and self._kind_of(one) in _SWINGING]
        if r[at].text not in _ASIDE or not ids:
            return 0
        end = at + 1
        while r.word(end, "back", "aside", "by", "to", "at", "an", "angle", "of", "out", "the", "side", "up"):
            end += 1
        told = r[end].kind == "quantity" and r[end].dimension == "angle"
        index = self._only(at, ids)
        if not told and (index is None or end == at + 1):
            return 0
        angle, end = (r[end].value, end + 1) if told else (_USUAL_ASIDE_DEG, end)
        found = r.match(end, "dir")
        side = found[0].value if found is not None and found[0].value in ("left", "right") else ""
        end += found[1] if found is not None and side else 0
        if r.word(end, "from") and r.word(end + 1, "the", "vertical"):
            end += 2 + r.word(end + 2, "vertical")
        for one in ids:
            # a positive angle is to the right of a pendulum, to the left of a rope
            sign = -1.0 if side == ("left" if self._kind_of(one) == "pendulum" else "right") else 1.0
            alone = one if index is None else self._drawn_alone(one, index)
            self.draft.update(alone, tilt_deg=sign * angle)
        end += r.word(end, "and") and r.word(end + 1, "released", "let")
        if r.word(end, "released"):
            end += 1
        r.use(at, end)
        return end - at

    def _only(self, at: int, ids: list[int]) -> int | None:
        """`the first one pulled aside`: which of a group is meant."""
        if len(ids) != 1 or self.draft.scene.thing(ids[0]).total < 2 or self.draft.scene.thing(ids[0]).groups > 1:
            return None
        for back in range(max(0, at - 3), at):
            found = self.r.match(back, "ordinal")
            if found is not None and not self.r.word(back, "both", "all"):
                self.r.use(back, at)
                return int(found[0].value)
        return None

    def _drawn_alone(self, one: int, index: int) -> int:
        """Element `index` as a thing of its own, the others hanging still beside it."""
        if self._kind_of(one) == "pendulum":
            self.draft.update(one, pose="hanging")
        new = self.draft.split_off(one, index)
        self.draft.update(new, pose="")
        if index == 0:  # it is still the first of the row
            single = self.draft.scene.thing(new)
            others = [thing for thing in self.draft.scene.things if thing.id != new]
            others.insert([thing.id for thing in others].index(one), single)
            self.draft.scene = replace(self.draft.scene, things=tuple(others))
        return new

    def _reaches(self, at: int) -> int:
        """`reaching a height of 3 m`, of what is thrown up: the speed that does it."""
        r, end = self.r, at
        end += r.word(end, "to", "and", "so", "that")
        if not r.word(end, "reaching", "reach", "reaches", "rising", "rises"):
            return 0
        end += 1
        while r.word(end, "it", "a", "the", "height", "of", "maximum", "max", "to", "up"):
            end += 1
        token = r[end]
        ids = [one for one in self.subjects if one != FLOOR and self._moves(one)]
        if token.kind != "quantity" or token.dimension != "length" or not ids or token.value <= 0:
            return 0
        gravity = self.draft.scene.world.gravity
        for one in ids:
            motion = self.draft.scene.thing(one).motion
            if motion is None or motion.direction != "up" or gravity <= 0:
                return 0
            self.draft.move(one, "", speed=math.sqrt(2 * gravity * token.value), height=None)
            self.excused_numbers.add(end)
        end += 1 + r.word(end + 1, "high")
        r.use(at, end)
        return end - at
