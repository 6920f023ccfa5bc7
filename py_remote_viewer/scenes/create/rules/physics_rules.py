"""How the world is simulated: integrators, the density of air and water, floors; sensors that are said before their thing."""

from __future__ import annotations

from collections.abc import Callable

from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.lexicon.words import MEDIA
from py_remote_viewer.scenes.create.rules.machine_rules import MachineRules
from py_remote_viewer.scenes.create.things.description import FLOOR

_INTEGRATORS = {
    "rk": "rk4", "rungekutta": "rk4", "runge": "rk4", "euler": "euler", "implicit": "implicit", "implicitfast": "implicitfast",
}  # fmt: skip
_MEDIA = ("air", "water", "fluid", "liquid", "gas", "medium", "atmosphere", "oil", "honey", "milk", "syrup", "mud")
_SAYING = ("of", "with", "a", "an", "and", "whose", "is", "=", "to", "has", "having", "the", "at", "its")
_FLOORS = ("floor", "ground", "plane")
_THICKEST, _DENSEST = 1000.0, 20000.0
_CARRYING = ("on", "at", "in", "onto", "attached", "mounted", "fixed", "to", "inside", "under", "below")
_PARTS = frozenset(
    """tip end wrist gripper hand base joint joints roof top front hood nose side bob trunk torso head hook flange effector
    foot feet elbow shoulder""".split()  # noqa: SIM905 - a list of twenty lines says no more
)


class PhysicsRules(MachineRules):
    """Rules for settings of the simulation, and for what measures."""

    def physics_rules(self) -> tuple[Callable[[int], int], ...]:
        """In the order in which they are tried."""
        return (self.integrator, self.medium_figure, self.floor_figure, self.twisting_friction, self.sensor_on)

    def integrator(self, at: int) -> int:
        """`with the RK4 integrator`, `use implicit integration`, `integrator: Euler`."""
        r, end = self.r, at
        while r.word(end, "with", "use", "using", "and", "the", "a", "an", "set", "to", "semi", "by", "in"):
            end += 1
        named = r.word(end, "integrator", "solver")
        end += named
        while named and (r.word(end, "is", "=", "to", "the", "should", "be", "of", "type") or r[end].shown == ":"):
            end += 1
        kind = _INTEGRATORS.get(r[end].text, "")
        if not kind or r[end].kind != "word":
            return 0
        end += 1 + (r.word(end, "runge") and r.word(end + 1, "kutta"))
        end += r[end].kind == "number" and r[end].value == 4
        end += r.word(end, "order")
        if kind == "implicit" and r.word(end, "fast"):
            kind, end = "implicitfast", end + 1
        said = r.word(end, "integrator", "integration", "method", "solver", "scheme", "stepping")
        if not (named or said or kind == "rk4"):
            return 0
        self.world(integrator=kind)
        self.edited = self.edited or self.draft.editing
        self.excused_numbers.update(range(at, end))
        r.use(at, end + said)
        return end + said - at

    def medium_figure(self, at: int) -> int:
        """`in a fluid of density 800 and viscosity 0.5`, `air density 1.2`, `water of density 1025`."""
        r, end = self.r, at
        while r.word(end, "in", "into", "inside", "through", "a", "the", "an", "with", "set", "thick", "dense"):
            end += 1
        name = r[end].text
        named = r.word(end, *_MEDIA)
        before = r.word(at - 1, *_MEDIA) and not named
        end += named
        if not (named or before) or (before and not r.word(at, "of", "with", "whose", "density", "viscosity")):
            return 0
        changes: dict[str, float] = {}
        if name in MEDIA:
            changes["viscosity"] = MEDIA[name][1]
        start = end
        while True:
            ahead = end + (r[end].kind == "comma")
            while r.word(ahead, *_SAYING):
                ahead += 1
            what = r[ahead].text
            value = ahead + 1
            while r.word(value, "of", "is", "=", "to"):
                value += 1
            token, most = r[value], {"density": _DENSEST, "viscosity": _THICKEST}.get(what)
            fits = token.kind == "number" or token.dimension == "density"
            if most is None or not fits or not 0 <= token.value <= most:
                break
            changes[what], end = token.value, value + 1
            end += r.word(end, "pa") + (r.word(end, "pa") and r.word(end + 1, "s"))
        if end == start:
            return 0
        medium = self.draft.scene.world.medium or (
            name if named and name not in ("fluid", "liquid", "gas", "medium") else ""
        )
        self.world(**changes, medium=medium or "fluid")
        self.edited = self.edited or self.draft.editing
        self.excused_numbers.update(range(at, end))
        r.use(at, end)
        return end - at

    def floor_figure(self, at: int) -> int:
        """`on a floor with friction 0.2 and restitution 0.5`: of the floor, not of what lies on it."""
        r, end = self.r, at
        if not r.word(at - 1, *_FLOORS) or not r.word(at, "with", "of", "whose", "having", "has"):
            return 0
        changes: dict[str, float] = {}
        while True:
            ahead = end
            while r.word(ahead, "with", "of", "whose", "having", "has", "a", "an", "and", "the"):
                ahead += 1
            found = r.match(ahead, "property")
            if found is None or found[0].value not in ("friction", "bounce"):
                break
            value = ahead + found[1]
            while r.word(value, "of", "is", "=", "to"):
                value += 1
            if r[value].kind not in ("number", "quantity") or r[value].dimension not in ("", "percent"):
                break
            changes[f"floor_{found[0].value}"], end = r[value].value, value + 1
        if not changes:
            return 0
        self.world(**changes)
        r.use(at, end)
        return end - at

    def twisting_friction(self, at: int) -> int:
        """`torsional friction 0.01`: what resists turning about the normal of a contact, m."""
        r, end = self.r, at
        while r.word(end, "and", "with", "a", "of", "plus"):
            end += 1
        if not r.word(end, "torsional", "spinning", "twisting") or not r.word(end + 1, "friction"):
            return 0
        end += 2 + r.word(end + 2, "coefficient")
        while r.word(end, "of", "is", "=", "to"):
            end += 1
        ids = [one for one in self.subjects if one != FLOOR and KINDS[self._kind_of(one)].sort == "solid"]
        if r[end].kind != "number" or not ids or not 0 <= r[end].value <= 1:
            return 0
        for one in ids:
            self.draft.update(one, twisting=r[end].value)
        r.use(at, end + 1)
        return end + 1 - at

    def sensor_on(self, at: int) -> int:
        """`an IMU on the box`, `a force sensor at the wrist of a robot arm`: the sensor is named before what it is on."""
        r, end = self.r, at
        while r.word(end, "a", "an", "the", "add", "put", "with", "and") or (
            r[end].kind == "number" and r[end].value == 1
        ):
            end += 1
        found = self._sensor_at(end)
        if found is None:
            return 0
        kind, length = found
        end += length
        if not r.word(end, *_CARRYING):
            return 0
        while r.word(end, *_CARRYING):
            end += 1
        part = end
        while r.word(part, "the", "its", "each", "every", "all", "both", "of"):
            part += 1
        if r[part].text in _PARTS and r.word(part + 1, "of"):
            end = part + 2
        phrase, bare = self.nouns.read(end), r[part].text in _PARTS - {"gripper"} and end != part + 2
        if phrase is None or bare or (phrase.kind not in KINDS and not phrase.pron):
            return 0
        ids = [one for one in self.draft.resolve(phrase) if one != FLOOR] if phrase.definite or phrase.pron else []
        if not ids and phrase.pron:
            return 0
        ids = ids or self.create(phrase)
        if any(KINDS[self._kind_of(one)].sort in ("tie", "soft", "furniture") for one in ids):
            return 0
        for one in ids:
            if r.word(part, "gripper") and end == part + 2 and self._kind_of(one) == "arm":
                self.draft.update(one, bob="gripper")
            self.draft.update(one, senses=(*self.draft.scene.thing(one).senses, kind))
        self.subjects, self.attached, self.joined = ids, list(ids), False
        self.edited = self.edited or self.draft.editing
        r.use(at, phrase.end)
        return phrase.end - at
