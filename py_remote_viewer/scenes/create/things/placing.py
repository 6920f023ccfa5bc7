"""Where the things of a draft are put: relations among them, and what follows from them for counts and forms. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from py_remote_viewer.errors import SceneInvalid
from py_remote_viewer.scenes.create.lexicon.abilities import HOLLOW, measured
from py_remote_viewer.scenes.create.things.description import FLOOR, Relation, Thing
from py_remote_viewer.scenes.create.things.naming import Naming
from py_remote_viewer.scenes.create.things.usual_places import opened

_VERTICAL = frozenset(
    "on under above inside hanging middle end other_end ends sides corner corners other_corner spot".split()  # noqa: SIM905
)
MAX_COUNT = 200
_SPOTS = {"corners": 4, "ends": 2, "sides": 2}  # places that a relation names by itself


class Placing(Naming):
    """A draft whose things are changed one by one and placed by one another."""

    editing: bool
    old_ids: frozenset[int]
    unsaid: set[int]
    changes: int

    def update(self, thing_id: int, **changes: Any) -> None:
        """Replace fields of one thing."""
        if "dims" in changes and "scales" not in changes:
            old = self.scene.thing(thing_id)
            said = {name for name, value in changes["dims"] if dict(old.dims).get(name) != value}
            vague = said | ({"length", "all"} if "size" in said else set())
            if any(name in vague for name, _ in old.scales):
                changes["scales"] = tuple((name, value) for name, value in old.scales if name not in vague)
        if "dims" in changes:
            changes["dims"] = measured(changes.get("kind", self.scene.thing(thing_id).kind), changes["dims"])
        self.scene = self.scene.changed(thing_id, **changes)
        self.changes += 1

    def relate(self, ids: list[int], relation: Relation, *, instead: bool, shared: bool = False) -> list[int]:
        """Place `ids` by `relation`; with `instead`, this takes the place of what was said before. Who was placed.

        With `shared`, those that there are go one to each target; else each target gets what was named.
        """
        done = []
        cases = [t for t in relation.targets if t != FLOOR and self.scene.thing(t).kind == "bookshelf"]
        for one in ids if cases and relation.kind in ("on", "inside", "near", "levels") else ():
            row = {} if relation.kind == "levels" else {"arrange": "row", "spacing": 0.004}
            relation = replace(relation, kind="on" if row else "levels")
            self.update(
                one, **({"pose": "standing", "yaw_deg": 90.0} | row if self.scene.thing(one).noun == "book" else {})
            )
        for one in ids if relation.kind in ("on", "inside", "middle", "around") else ():
            rope = self.scene.thing(one)
            if rope.kind in ("rope", "chain") and not rope.bob and not rope.pose and rope.motion is None:
                self.update(one, pose="lying")
        pegs = any(target != FLOOR and self.scene.thing(target).kind == "peg_board" for target in relation.targets)
        for one in ids if pegs else ():
            if self.scene.thing(one).kind == "ball" and not self.scene.thing(one).dims:
                self.update(one, dims=(("radius", 0.012),))  # so that they fit between the pegs
        if pegs and relation.kind in ("on", "above", "near"):
            relation = replace(relation, kind="inside")
        if relation.kind == "inside":
            self._open(relation.targets)
        for one in ids:
            if one in relation.targets or not self.scene.has(one):
                continue
            thing = self.scene.thing(one)
            kept = tuple(
                old
                for old in thing.place
                if not instead and not (old.kind in _VERTICAL and relation.kind in _VERTICAL and old.targets)
            )
            if instead and one in self.old_ids:
                self._let_go(one, relation.targets)
            if any(self._depends(target, one) for target in relation.targets):
                self._refuse_a_ring(thing, relation.targets if relation.kind == "on" and not instead else ())
                continue
            extra: dict[str, Any] = {"at": None, "shift": (0.0, 0.0, 0.0)} if instead else {}
            if relation.each:
                total = sum(self.scene.thing(t).total for t in relation.targets if t != FLOOR and self.scene.has(t))
                extra |= {} if shared else self._shared_out(thing, max(1, total))
            elif relation.kind in _SPOTS and (thing.label or relation.each_spot):
                extra |= self._shared_out(thing, _SPOTS[relation.kind])
            self.update(one, place=(*kept, relation), **extra)
            done.append(one)
        return done

    def _let_go(self, one: int, targets: tuple[int, ...]) -> None:
        """What stands beside `one`, which now goes to it, stays where it is: `put the red box on the blue one`."""
        for thing in self.scene.things:
            beside = [place for place in thing.place if one in place.targets and place.kind not in _VERTICAL]
            if beside and thing.id in self.old_ids and any(self._depends(target, thing.id) for target in targets):
                self.update(thing.id, place=tuple(place for place in thing.place if place not in beside))

    def _shared_out(self, thing: Thing, places: int) -> dict[str, Any]:
        """How many there are when each of `places` gets what was named: one, three, a tower of five."""
        alone = thing.total == 1 or (thing.id in self.unsaid and not thing.label)
        count, groups = (places, 1) if alone else (thing.count, places)
        if count * groups > MAX_COUNT:
            raise SceneInvalid(
                f"{count * groups} of {thing.noun} are too many: a scene may hold {MAX_COUNT} bodies",
                hint="Ask for fewer on each.",
            )
        return {"count": count, "groups": groups}

    def _open(self, targets: tuple[int, ...]) -> None:
        """What something is put into is open on top: a box becomes a bin."""
        for one in targets:
            if one == FLOOR or self.scene.thing(one).label:
                continue
            thing = self.scene.thing(one)
            if thing.noun in HOLLOW or thing.hollow:
                self.update(one, kind="bin", dims=opened(thing))

    def _depends(self, thing_id: int, on: int) -> bool:
        """Whether `thing_id` is placed by `on`, directly or not."""
        seen, todo = set(), [thing_id]
        while todo:
            current = todo.pop()
            if current == on:
                return True
            if current in seen or current == FLOOR or not self.scene.has(current):
                continue
            seen.add(current)
            todo += [target for relation in self.scene.thing(current).place for target in relation.targets]
        return False
