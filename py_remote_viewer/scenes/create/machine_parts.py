"""Parts of machines, described: `pole 0.1 kg and half a metre long`, `whose bob is a red cube`, `links of 20 and 30 cm`."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from py_remote_viewer.scenes.create.description import Override, Thing
from py_remote_viewer.scenes.create.elements import position
from py_remote_viewer.scenes.create.footprints import axles_of, parts_of, segments
from py_remote_viewer.scenes.create.kinds import KINDS
from py_remote_viewer.scenes.create.part_words import INTRO, Part, PartWords
from py_remote_viewer.scenes.create.phrase import Phrase

_SHORTEST_M, _LONGEST_M = 0.02, 10.0


class MachineParts(PartWords):
    """Rules for what the parts of a machine are like."""

    def part_reference(self, at: int) -> int:
        """`the second link`, then what is said of it."""
        return self.described_part(at) or super().part_reference(at)

    def _property_of(self, at: int) -> int:
        return self.property_of_part(at) or super()._property_of(at)

    def described_part(self, at: int) -> int:
        """`with arms of 30 and 50 cm`, `pole 0.1 kg and half a metre long`, `the bob is red`, `big rear wheels`."""
        start = at
        introduced = self.r.word(at, *INTRO)
        at += introduced
        part = self._part_at(at, introduced=introduced)
        if part is None:
            return 0
        end = self._description(part)
        if end == part.end and not self._says(part.said):
            return 0
        done = self._give(part)
        if not done:
            return 0
        self.part_now = part if part.index is not None else None
        self.subjects, self.attached, self.part_told, self.told_what = [part.owner], [part.owner], True, part.what
        self.index = part.index if self.draft.scene.thing(part.owner).total == 1 else None
        self.edited = self.edited or self.draft.editing
        self.draft.mention([part.owner])
        self.r.use(start, end)
        return end - start

    def property_of_part(self, at: int) -> int:
        """`mass of the cart 1 kg`, `the length of the second link to 40 cm`, `double the mass of the bob`."""
        r, start = self.r, at
        at += r.word(at, "the", "a")
        now = self.part_now if r.word(start, "its", "their") else None
        at += now is not None
        found = r.match(at, "property", "dim")
        if found is None or (now is None and not r.word(at + found[1], "of")):
            return 0
        name = found[0].value
        part = self._part_at(at + found[1] + 1, introduced=True) if now is None else replace(now, end=at + found[1])
        if part is None or name not in ("mass", "length", "size", "diameter", "radius", "colour"):
            return 0
        value = part.end
        while r.word(value, "is", "of", "=", "to", "be", "should", "equal", "equals"):
            value += 1
        token, part.said = r[value], Phrase(start)
        factor = self.factor
        if factor is None and self.verb_word in ("grow", "shrink") and token.kind != "quantity":
            factor = 1.5 if self.verb_word == "grow" else 0.67
            value = part.end
        if factor is not None:
            self.factor = None
            self._times(part.said, name, factor)
        elif name == "colour":
            value += self.nouns.adjective(value, part.said)
        elif token.kind == "quantity" and token.dimension == ("mass" if name == "mass" else "length"):
            self._value_of(part.said, name, token.value)
            value += 1
        elif token.kind == "list" and token.dimension == ("mass" if name == "mass" else "length"):
            part.said.lists.append((name, token.vector))
            value += 1
        if not self._says(part.said) or not self._give(part):
            return 0
        self.subjects, self.edited = [part.owner], self.edited or self.draft.editing
        self.attached = [part.owner]
        r.use(start, value)
        return value - start

    # --- giving it to the machine -------------------------------------------------------------------------------------------

    def _give(self, part: Part) -> bool:
        """Put what was said into the description; False where such a part cannot be so."""
        said, thing = part.said, self.draft.scene.thing(part.owner)
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
        first = 1 if thing.kind == "arm" and part.what == "rod" and not self._counted_links(thing) else 0
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

    def _with_thing(self, at: int, phrase: Phrase, how: str) -> int:
        """`with a ball at the end of a 1.5 m rod`: the rod is that of the pendulum that got this bob."""
        step = super()._with_thing(at, phrase, how)
        end = at + step
        if not step or not self.r.word(end - 1, "of", "from"):
            return step
        part = self._part_at(end, introduced=True)
        if part is None or part.what != "rod" or part.owner not in self.subjects:
            return step
        after = self._description(part)
        if self._says(part.said) and not self._give(part):
            return step
        self.r.use(end, after)
        return after - at

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
        if said.changes or not least <= (parts or 1) <= most:
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

    def _take_part(self, start: int, end: int, part: str, phrase: Phrase) -> int:
        step = super()._take_part(start, end, part, phrase)
        if step and part in ("wheel", "link", "pole", "bob"):
            self.part_told, self.told_what = True, {"wheel": "wheel", "bob": "bob"}.get(part, "rod")
        return step

    def end_of_a_rod(self, at: int) -> int:
        """`2 kg at the end of a massless rod`: the rod of the pendulum that it is the bob of."""
        r = self.r
        if not (r.word(at, "at", "on") and r.word(at + 1, "the") and r.word(at + 2, "end") and r.word(at + 3, "of")):
            return 0
        part = self._part_at(at + 4, introduced=True)
        if part is None or part.what != "rod" or part.owner not in (*self.subjects, *self.attached):
            return 0
        if self._kind_of(part.owner) != "pendulum":
            return 0
        end = self._description(part)
        if self._says(part.said) and not self._give(part):
            return 0
        r.use(at, end)
        return end - at

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
        overrides = _merged((*thing.overrides, *own), parts_of(thing))
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
                changes["overrides"] = _merged((*thing.overrides, *fixed, *own), parts_of(thing))
        self.draft.update(thing.id, **changes)


def _merged(overrides: tuple[Override, ...], n: int) -> tuple[Override, ...]:
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
