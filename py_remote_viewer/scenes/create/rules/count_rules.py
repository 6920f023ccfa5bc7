"""Counts that are said in a roundabout way: `12 steps, each 10 cm high`, `5 bricks wide`, `the leftmost of 5 balls`."""

from __future__ import annotations

from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.rules.verbs import Verbs
from py_remote_viewer.scenes.create.things.description import FLOOR


class CountRules(Verbs):
    """Rules for how many parts, rows and elements there are."""

    def _more_parts(self, at: int) -> int:
        """`add a second link`, `add two more wheels`: to a machine that is there."""
        r, end = self.r, at
        if self.verb_word != "add" or not self.draft.editing:
            return 0
        count = 1
        if r[end].kind == "number":
            count, end = int(r[end].value), end + 1
        elif r.word(end, "a", "an", "another"):
            end += 1
        else:
            return 0
        end += r.word(end, "more", "extra", "additional", "further")
        ordinal = r.match(end, "ordinal")
        end += ordinal[1] if ordinal is not None else 0
        part = r.match(end, "part")
        if part is None or part[0].value in ("bob", "end", "cart", "wall"):
            return 0
        owners = [
            one
            for one in self.draft.mentions
            if self.draft.scene.has(one) and self._has_part(self._kind_of(one), part[0].value)
        ]
        if not owners:
            return 0
        thing = self.draft.scene.thing(owners[-1])
        usual, _, most = KINDS[thing.kind].parts
        self.draft.update(thing.id, parts=min(most, (thing.parts or usual) + count))
        self.subjects, self.edited = [thing.id], True
        r.use(at, end + part[1])
        return end + part[1] - at

    def _each_part(self, at: int) -> int:
        """`12 steps, each 10 cm high`, `3 links of 20 cm each`: a size of every part makes that of the whole."""
        r, quantity = self.r, at + self.r.word(at, "each")
        token = r[quantity]
        dim = r.match(quantity + 1, "dim")
        end = quantity + 1 + (dim[1] if dim is not None else 0)
        if quantity == at and not r.word(end, "each"):
            return 0
        end += quantity == at
        there = [one for one in self.subjects if one != FLOOR]
        thing = self.draft.scene.thing(there[-1]) if there else None
        if token.dimension != "length" or token.kind != "quantity" or thing is None or thing.total > 1:
            return 0
        name = {"step": "height", "link": "length", "joint": "length", "pole": "length", "plank": "length"}.get(
            KINDS[thing.kind].part
        )
        if name is None or (dim is not None and dim[0].value not in (name, "length", "height")):
            return 0
        count = thing.parts if thing.parts is not None else KINDS[thing.kind].parts[0]
        self.draft.update(
            thing.id, dims=tuple(sorted({**dict(thing.dims), name: token.value * count}.items())), parts=count
        )
        r.use(at, end)
        return end - at

    def _nth_of(self, at: int) -> int:
        """`the leftmost of 5 balls is red`."""
        r = self.r
        ordinal = r.match(at + 1, "ordinal") if r.word(at, "the") else None
        if ordinal is None or not r.word(at + 1 + ordinal[1], "of"):
            return 0
        phrase = self.nouns.read(at + 2 + ordinal[1])
        if phrase is None or phrase.kind not in KINDS or (phrase.count or 0) < 2 or phrase.definite:
            return 0
        self.subjects, self.index = self.create(phrase), ordinal[0].value
        self.attached = []
        r.use(at, phrase.end)
        return phrase.end - at

    def _is_wall(self) -> bool:
        """Whether the subject is a wall of bricks."""
        there = [one for one in self.subjects if one != FLOOR]
        return bool(there) and self.draft.scene.thing(there[-1]).arrange == "wall"

    def _so_many_wide(self, at: int) -> int:
        """`5 bricks wide and 4 bricks high`, of a wall; `6 blocks high`, of a tower."""
        r, end = self.r, at
        sides: dict[str, int] = {}
        noun = None
        for _ in range(2):
            if r[end].kind != "number" or r[end].value != int(r[end].value):
                break
            found = r.match(end + 1, "noun")
            after = end + 1 + (found[1] if found is not None else 0)
            dim = r[after].text
            if dim not in ("wide", "long", "high", "tall", "across", "deep") or (
                found is None and not sides and not self._is_wall()
            ):
                break
            noun = found[0].value if found is not None else noun
            sides["rows" if dim in ("high", "tall") else "columns"] = int(r[end].value)
            end = last = after + 1
            end += r.word(end, "and", "by", "x") or r[end].kind == "comma"
            end = end if r[end].kind == "number" else last
        there = [one for one in self.subjects if one != FLOOR]
        thing = self.draft.scene.thing(there[-1]) if there and sides else None
        if thing is not None and noun is None and self._is_wall():
            there_are = thing.shape if len(thing.shape) == 2 and self.draft.editing else (6, 4)
            shape = (sides.get("columns", there_are[0]), sides.get("rows", there_are[1]))
            self.draft.update(thing.id, dims=(), shape=shape, count=min(201, shape[0] * shape[1]))
            r.use(at, end)
            return end - at
        if thing is None or noun is None or KINDS[noun.kind].sort != "solid":
            return 0
        if thing.kind != "wall" and thing.arrange not in ("wall", "stack"):
            return 0
        if thing.arrange == "stack" and "columns" not in sides:
            self.draft.update(thing.id, kind=noun.kind, noun=noun.noun, count=sides["rows"])
        else:
            there_are = thing.shape if len(thing.shape) == 2 and self.draft.editing else (6, 4)
            shape = (sides.get("columns", there_are[0]), sides.get("rows", there_are[1]))
            self.draft.update(
                thing.id,
                kind=noun.kind,
                noun=noun.noun,
                label="wall",
                arrange="wall",
                dims=(),
                shape=shape,
                count=min(201, shape[0] * shape[1]),
            )
        r.use(at, end)
        return end - at
