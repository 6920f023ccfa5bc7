"""What was said of a part, put into the description of its machine: `links of 20 and 30 cm`, `80 cm long legs`."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.rules.part_words import Part, PartWords
from py_remote_viewer.scenes.create.things.description import Override, Thing
from py_remote_viewer.scenes.create.things.elements import position
from py_remote_viewer.scenes.create.things.footprints import axles_of, parts_of, segments
from py_remote_viewer.scenes.create.things.phrase import Phrase

_SHORTEST_M, _LONGEST_M = 0.02, 10.0


class PartGiving(PartWords):
    """How parts come to be what was said."""

    def _give(self, part: Part) -> bool:
        """Put what was said into the description; False where such a part cannot be so."""
        said, thing = part.said, self.draft.scene.thing(part.owner)
        if part.what == "rod" and thing.kind == "car":
            self.draft.update(thing.id, kind="cart_pole", parts=None, dims=())
            thing = self.draft.scene.thing(part.owner)
        if set(said.changes) - {"mass", "weight", "material"} or set(said.scales) - {"all", "length", "height"}:
            return False
        if part.what == "cart":
            return self._give_cart(part, thing)
        if part.what == "bob" and thing.load is not None:
            return self._give_load(part, thing, thing.load)
        if part.what in ("leg", "blade", "plank", "body") or (part.what == "rod" and thing.kind in ("rope", "chain")):
            return self._give_whole(part, thing)
        if said.lists:
            return self._give_lists(part, thing)
        if (said.count or 1) > 1 and part.what == "wheel":
            least, most = KINDS[thing.kind].parts[1:]
            if not least <= (said.count or 1) <= most:
                return False
            self.draft.update(thing.id, parts=said.count)
            thing = self.draft.scene.thing(part.owner)
        if (said.count or 1) > 1 and part.what != "wheel":
            least, most = KINDS[thing.kind].parts[1:]
            parts = (said.count or 1) + (thing.kind == "arm") if thing.parts is None else thing.parts
            if parts is None or not least <= parts <= most:
                return False
            self.draft.update(thing.id, parts=parts)
            thing = self.draft.scene.thing(part.owner)
        n = parts_of(thing)
        if part.what == "wheel":
            n = axles_of(thing)
        turret = thing.kind == "arm" and part.what == "rod" and not self._counted_links(thing)
        painted = not (said.dims or said.scales or set(said.changes) - {"material"})
        first = 1 if turret and not painted else 0  # its turret has a colour, and no length
        indices = list(range(first, n)) if part.index is None else [position(part.index, n)]
        if thing.kind == "arm" and part.index is not None and part.index >= 0:
            indices = [min(n - 1, part.index + 1)]
        if said.given and not (said.changes or said.dims or said.colours or said.scales):
            return True
        own = [made for index in indices if (made := self._own(part, thing, index)) is not None]
        if len(own) != len(indices):
            return False
        self._store(thing, own)
        return True

    def _counted_links(self, thing: Thing) -> bool:
        """`a 3-link arm`: its links were counted, and no joints."""
        r = self.r
        return thing.parts is not None and any(
            r[i].kind == "number"
            and r[i].value == thing.parts
            and r.word(i + 1, "link", "links", "segment", "segments")
            for i in range(len(r))
        )

    def _give_cart(self, part: Part, thing: Thing) -> bool:
        said = part.said
        if said.dims or said.scales:
            return False
        changes: dict[str, Any] = {}
        if "mass" in said.changes:
            changes["mass"] = said.changes["mass"]
        if "weight" in said.changes:
            changes["mass"] = (thing.mass or 1.0) * said.changes["weight"]
        if said.colours:
            changes["colours"] = tuple(said.colours[:1])
        if "material" in said.changes:
            changes["material"] = said.changes["material"]
        self.draft.update(thing.id, **changes)
        return True

    def _give_load(self, part: Part, thing: Thing, load: Thing) -> bool:
        """What hangs there is a thing of its own: it is so then."""
        said = part.said
        if said.lists or "length" in said.scales:
            return False
        dims = dict(load.dims)
        for name, value in said.dims.items():
            dims = {"size": value} if name in ("size", "diameter", "radius") else dims
        scale = said.scales.get("all", 1.0)
        changes: dict[str, Any] = {"dims": tuple((name, value * scale) for name, value in dims.items())}
        if scale != 1.0 and not dims:
            changes["scales"] = (("all", load.scale() * scale),)
        weight = said.changes.get("weight", 1.0)
        mass = said.changes.get("mass", load.mass * weight if load.mass is not None else None)
        changes |= {"mass": mass, "weight": load.weight * weight if mass is None else 1.0}
        changes["material"] = said.changes.get("material", load.material)
        changes["colours"] = tuple(said.colours[:1]) or (() if "material" in said.changes else load.colours)
        self.draft.update(thing.id, load=replace(load, **changes))
        return True

    def _give_whole(self, part: Part, thing: Thing) -> bool:
        """What is said of such a part is a figure of the whole: `80 cm long legs`, `links of 5 cm`, `60 cm blades`."""
        said = part.said
        least, most = KINDS[thing.kind].parts[1:]
        parts = said.count if said.count and part.what != "plank" else parts_of(thing)
        length = said.dims.get("length", said.dims.get("size", said.dims.get("height")))
        if (
            said.lists
            or said.colours
            or said.scales
            or set(said.dims) - {"length", "size", "height"}
            or part.index not in (None, 0, -1)
        ):
            return False
        if part.what == "body":
            if said.dims or "material" in said.changes:
                return False
            mass = said.changes.get("mass")
            self.draft.update(thing.id, mass=mass or thing.mass, weight=thing.weight * said.changes.get("weight", 1.0))
            return True
        if part.what == "plank" and set(said.changes) <= {"material"} and said.changes:
            self.draft.update(thing.id, material=said.changes["material"])
            if not length:
                return True
        elif said.changes:
            return False
        if not least <= (parts or 1) <= most:
            return False
        name, value = {
            "leg": ("height", (length or 0.0) + 0.05),
            "blade": ("radius", length),
            "plank": ("length", length),
            "rod": ("length", (length or 0.0) * parts),
        }[part.what]
        changes: dict[str, Any] = {"parts": parts} if said.count or part.what == "rod" else {}
        if length:
            changes["dims"] = tuple(sorted({**dict(thing.dims), name: value}.items()))
        self.draft.update(thing.id, **changes)
        return bool(changes)

    def _give_lists(self, part: Part, thing: Thing) -> bool:
        """One value for each link, in order from where it is held."""
        count = len(part.said.lists[0][1])
        parts = thing.parts
        if thing.kind not in ("pendulum", "cart_pole", "arm", "spring") or part.what not in ("rod", "bob"):
            return False
        if parts is None:
            parts = count + (thing.kind == "arm")
            self.draft.update(thing.id, parts=parts)
        skipped = parts - count
        if skipped != 0 and not (thing.kind == "arm" and skipped == 1):
            return False
        thing = self.draft.scene.thing(thing.id)
        own = []
        for dimension, values in part.said.lists:
            for index, value in enumerate(values):
                one = Phrase(0, changes={"mass": value} if dimension == "mass" else {})
                if dimension != "mass":
                    one.dims["length" if part.what == "rod" else "size"] = value
                made = self._own(replace(part, said=one), thing, index + skipped)
                if made is None:
                    return False
                own.append(made)
        self._store(thing, own)
        return True

    def _own(self, part: Part, thing: Thing, index: int) -> Override | None:
        """What is said of part `index`; None where it cannot be built."""
        said = part.said
        mass, weight = said.changes.get("mass"), said.changes.get("weight", 1.0)
        made = Override(index, colour=said.colours[0] if said.colours else None, material=said.changes.get("material"))
        if part.what == "rod":
            length = said.dims.get("length", said.dims.get("size", said.dims.get("height")))
            factor = said.scales.get("length", said.scales.get("all", said.scales.get("height")))
            if set(said.dims) - {"length", "size", "height"} or (thing.kind == "pendulum" and weight != 1.0):
                return None
            if length is None and factor is not None:
                length = factor * segments(thing)[index]
            if length is not None and not _SHORTEST_M <= length <= _LONGEST_M:
                return None
            if thing.kind == "arm":
                return replace(made, length=length, mass=mass, weight=weight)
            rod = mass if mass is not None else 0.32 * weight if weight != 1.0 else None
            return replace(made, length=length, rod_mass=rod)
        if thing.kind in ("cradle", "pulley") and (said.dims or said.scales):
            return None
        across = said.dims.get("size", said.dims.get("diameter", said.dims.get("radius")))
        if set(said.dims) - {"size", "diameter", "radius"} or "length" in said.scales:
            return None
        if part.what == "wheel" and (mass is not None or weight != 1.0 or made.material):
            return None
        return replace(made, mass=mass, weight=weight, scale=said.scales.get("all", 1.0), size=across)

    def _store(self, thing: Thing, own: list[Override]) -> None:
        overrides = merged((*thing.overrides, *own), parts_of(thing))
        changes: dict[str, Any] = {"overrides": overrides}
        made = replace(thing, overrides=overrides)
        if any(one.length is not None for one in own):
            lengths = segments(made)
            total = sum(lengths[1:]) if thing.kind == "arm" and all(one.index for one in own) else sum(lengths)
            kept = [(name, value) for name, value in thing.dims if name not in ("length", "height")]
            changes["dims"] = tuple(sorted([*kept, ("length", total)]))
            if len(own) < len(lengths):  # those that nothing was said of stay as long as they were
                first = 1 if thing.kind == "arm" and not any(one.index == 0 for one in own) else 0
                fixed = [Override(index, length=length) for index, length in enumerate(lengths) if index >= first]
                changes["overrides"] = merged((*thing.overrides, *fixed, *own), parts_of(thing))
        self.draft.update(thing.id, **changes)


def merged(overrides: tuple[Override, ...], n: int) -> tuple[Override, ...]:
    """One for each part: what was said later holds, factors multiply."""
    found: dict[int, Override] = {}
    for one in overrides:
        index = position(one.index, n)
        old = found.get(index)
        if old is None:
            found[index] = replace(one, index=index)
            continue
        said = {
            field.name: getattr(one, field.name) for field in fields(Override) if getattr(one, field.name) is not None
        }
        said |= {"index": index, "scale": old.scale * one.scale}
        said["weight"] = one.weight if one.mass is not None else old.weight * one.weight
        if one.colour and not one.material:
            said["material"] = old.material
        mass = said.get("mass", old.mass)
        if mass is not None and said["weight"] != 1.0:
            said |= {"mass": mass * said["weight"], "weight": 1.0}
        found[index] = replace(old, **said)
    return tuple(found.values())
