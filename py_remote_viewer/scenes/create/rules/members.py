"""Which of several, said in one go: `the first three of ten dominoes`, `one 50 cm and the other 1 m`, `the left tower`."""

from __future__ import annotations

from dataclasses import replace

from py_remote_viewer.errors import SceneInvalid
from py_remote_viewer.scenes.create.layout.arrange import pyramid_levels, wall_columns
from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.reading.lexer import Token
from py_remote_viewer.scenes.create.rules.follow_ups import FollowUps
from py_remote_viewer.scenes.create.things.description import FLOOR
from py_remote_viewer.scenes.create.things.elements import position
from py_remote_viewer.scenes.create.things.phrase import Phrase
from py_remote_viewer.scenes.create.things.sizes import dims_of
from py_remote_viewer.scenes.create.things.values import give_each

_JOINING = (
    "is", "of", "with", "has", "having", "weighs", "weighing", "being", "a", "at", "from", "released", "starting",
    "mass", "length", "height", "angle", "diameter", "radius", "which", "inclined", "tilted", "sloped", "an",
)  # fmt: skip
_NTH = ("first", "second", "third", "fourth", "fifth")
_ROWS = ("row", "rows", "layer", "layers", "course", "courses", "level", "levels", "storey", "storeys")


class Members(FollowUps):
    """Rules for members of a group that are told together with it."""

    def first_of_many(self, at: int) -> int:
        """`the first three of ten dominoes are red`, `3 of 10 balls are red`: all of them, and what some are like."""
        r, end = self.r, at + self.r.word(at, "the")
        ordinal = r.match(end, "ordinal") if end > at else None
        end += ordinal[1] if ordinal is not None else 0
        half = r.word(end, "half")
        if not (half or r[end].kind == "number") or not r.word(end + 1, "of"):
            return 0
        if ordinal is not None and ordinal[0].value < -1:
            return 0  # `the second last three`
        phrase = self.nouns.read(end + 2)
        if phrase is None or phrase.kind not in KINDS or KINDS[phrase.kind].sort != "solid" or phrase.pron:
            return 0
        count = (phrase.count or 0) // 2 if half else int(r[end].value)
        if not 0 < count < (phrase.count or 0) or phrase.label or (phrase.definite and self.draft.resolve(phrase)):
            return 0
        finish, described = phrase.end, Phrase(at)
        while r.word(finish, "is", "are", "should", "be", "must"):
            finish += 1
        after = self._adjectives(finish, described)
        if after == finish:
            return 0
        phrase.det = "a"
        self.subjects, self.index, self.attached = self.create(phrase), None, []
        total = self.draft.scene.thing(self.subjects[-1]).total
        first = total - count if ordinal is not None and ordinal[0].value == -1 else ordinal[0].value if ordinal else 0
        r.use(at, phrase.end)
        if not self._apply(at, after, self.subjects[-1], list(range(first, min(total, first + count))), described):
            r.miss([end, *range(finish, after)])
        return after - at

    def one_and_the_other(self, at: int) -> int:
        """`two pendulums, one 50 cm and the other 1 m`: a value for each of them, in that order."""
        r, end, last = self.r, at, at
        values: list[float] = []
        names: list[str] = []
        while len(values) < len(_NTH):
            end += r.word(end, "the")
            one = r[end].kind == "number" and r[end].value == 1 and not r.word(end + 1, "x", "by")
            if not one and not r.word(end, "one", "other", "another", _NTH[len(values)]):
                break
            end += 1 + r.word(end + 1, "one")
            named, placed = "", False
            while r.word(end, *_JOINING):
                placed = placed or r.word(end, "at", "from")
                found = r.match(end, "property", "dim")
                named = str(found[0].value) if found is not None else named
                end += 1
            token = self._with_its_unit(end)
            if token.kind != "quantity" or token.dimension not in ("length", "mass", "angle"):
                break
            self.excused_numbers.update([end] if r[end].kind == "number" else [])
            if placed and token.dimension == "length":
                break  # where it is, and no size
            dim = r.match(end + 1, "dim", "dimfactor") if token.dimension == "length" else None
            named = self._dimension_name(dim) if dim is not None else named
            values.append(token.value)
            names.append({"mass": "mass", "angle": "tilt"}.get(token.dimension, named))
            end += 1 + (dim[1] if dim is not None else r.word(end + 1, "heavy"))
            last = end
            end += r[end].kind == "comma"
            end += r.word(end, "and", "but", "while")
        ids = self._who_are(len(values), slopes="tilt" in names) if len(values) > 1 else []
        if not ids or self.nouns.head_follows(last) or r.is_cat(last, "rel", "barerel", "apart", "from", "dir"):
            return 0
        name = next((each for each in names if each), "") or self._usual_size(ids[0])
        if not name or any(each not in ("", name) for each in names):
            return 0
        given = give_each(self.draft, ids, name, tuple(values))
        if not given:
            return 0
        self.subjects, self.attached, self.index = given, [], None
        self.draft.mention(given)
        r.use(at, last)
        return last - at

    def _with_its_unit(self, at: int) -> Token:
        """`one of 15 and one of 40 degrees`: a number alone has the unit of the next one."""
        token = self.r[at]
        ahead = (self.r[one] for one in range(at + 1, min(at + 6, len(self.r))))
        unit = next((one for one in ahead if one.kind == "quantity"), None)
        if token.kind != "number" or unit is None or not self.r.word(at + 1, "and", "but", "while"):
            return token
        factor = unit.value / float(unit.text) if float(unit.text) else 1.0
        return replace(token, kind="quantity", value=token.value * factor, dimension=unit.dimension)

    def _who_are(self, number: int, *, slopes: bool) -> list[int]:
        """The group of that many, or the things that were named one by one; for angles, ramps where there are so many."""
        named = [one for one in dict.fromkeys((*self.sentence_ids, *self.attached)) if self.draft.scene.has(one)]
        ramps = [one for one in named if slopes and self._kind_of(one) == "ramp"]
        if ramps and sum(self.draft.scene.thing(one).total for one in ramps) == number:
            return ramps
        there = [one for one in (self.subjects or self.topic) if one != FLOOR and self.draft.scene.has(one)]
        if len(there) == number and all(self.draft.scene.thing(one).total == 1 for one in there):
            return there
        groups = [one for one in there if self.draft.scene.thing(one).total == number]
        return [one for one in groups if not self.draft.scene.thing(one).label][-1:]

    def _usual_size(self, one: int) -> str:
        """What a length alone is of such a thing: a pendulum's length, the size of a ball."""
        kind = self._kind_of(one)
        return "size" if KINDS[kind].sort == "solid" else "length" if "length" in KINDS[kind].dims else ""

    def existing(self, phrase: Phrase, *, required: bool = True) -> list[int]:
        """Also `the left tower`, of two: one of them, from here on a thing of its own."""
        return self.one_group(phrase, super().existing(phrase, required=required))

    def one_group(self, phrase: Phrase, ids: list[int]) -> list[int]:
        """The one of several alike groups that `phrase` singles out; `ids` where it singles out none."""
        if phrase.ordinal is None or len(ids) != 1 or ids[0] == FLOOR:
            return ids
        thing = self.draft.scene.thing(ids[0])
        if phrase.pron and thing.label and thing.groups > 1 and self.draft.editing:
            phrase.label = thing.label  # `the left one`, of two towers
        if not phrase.label:
            return ids
        which = position(phrase.ordinal, thing.groups)
        if thing.groups < 2 or thing.label != phrase.label or not 0 <= which < thing.groups:
            return ids
        apart = self._split_groups(thing, [thing.count] * thing.groups)
        phrase.ordinal = None
        self.draft.mention([apart[which]])
        return [apart[which]]

    def more_rows(self, at: int) -> int:
        """`add two more rows`, to a wall, a grid or a tower that is there."""
        r, end = self.r, at
        if self.verb_word != "add" or not self.draft.editing:
            return 0
        count = int(r[end].value) if r[end].kind == "number" else 1 if r.word(end, "a", "an", "another", "one") else 0
        end += 1
        while r.word(end, "more", "extra", "additional", "further", "second", "third"):
            end += 1
        walls = [one for one in self.draft.mentions if self.draft.scene.has(one)]
        walls = [one for one in walls if self.draft.scene.thing(one).arrange in ("wall", "grid", "stack", "pyramid")]
        if not count or not r.word(end, *_ROWS) or r.is_cat(end + 1, "of") or not walls:
            return 0
        thing = self.draft.scene.thing(walls[-1])
        columns = 1 if thing.arrange == "stack" else thing.shape[0] if thing.shape else wall_columns(thing.count)
        if thing.arrange == "grid" and (len(thing.shape) < 2 or thing.shape[0] * thing.shape[1] != thing.count):
            return 0
        shape = (columns, thing.shape[1] + count, *thing.shape[2:]) if len(thing.shape) > 1 else thing.shape
        total = thing.count + columns * count
        if thing.arrange == "pyramid":
            total = pyramid_levels(thing.count, count, balls=thing.kind == "ball")
        if total * thing.groups > 200:
            raise SceneInvalid("more than 200 of them are too many", hint="Ask for fewer.")
        if thing.arrange == "wall" and not thing.shape:
            shape = (columns,)
        dims = tuple(one for one in thing.dims if not one[0].startswith("total_"))
        self.draft.update(thing.id, count=total, shape=shape if thing.arrange in ("wall", "grid") else (), dims=dims)
        self.subjects, self.edited = [thing.id], True
        end += 1
        end += 2 * (r.word(end, "on") and r.word(end + 1, "top")) + r.word(end, "above")
        r.use(at, end)
        return end - at

    def subset(self, at: int) -> int:
        """Some of a group, whose number a list may say."""
        self._count_listed(at)
        return super().subset(at)

    def _count_listed(self, at: int) -> None:
        """`billiard balls: one white, one black`: there are as many as the list names."""
        r, end, count = self.r, at, 0
        group = self._group() if r[at - 1].shown == ":" else None
        if group is None or group not in self.draft.unsaid:
            return
        while (r[end].kind == "number" and r[end].value == 1) or r.word(end, "one", "a", "another"):
            finish = self._adjectives(end + 1, Phrase(end))
            if finish == end + 1:
                break
            count, finish = count + 1, finish + r.word(finish, "one")
            end = finish + (r[finish].kind == "comma")
            end += r.word(end, "and")
            if end == finish:
                break
        if count > 1:
            self.draft.update(group, count=count)
            self.draft.unsaid.discard(group)

    def second_thought(self, at: int) -> int:
        """`a table. no, wait, two tables`: what was said first is taken back."""
        r, end = self.r, at + self.r.word(at, "oh", "oops")
        end += r[end].kind == "comma" and end > at
        end += r.word(end, "no")
        end += r[end].kind == "comma" and r.word(end - 1, "no")
        said = end
        end += r.word(end, "wait", "sorry", "actually", "rather")
        end += 2 * (r.word(end, "i") and r.word(end + 1, "mean", "meant"))
        if end == said:
            return 0
        end += r[end].kind == "comma"
        phrase = self.nouns.read(end)
        last = [one for one in self.draft.mentions if self.draft.scene.has(one) and one not in self.draft.old_ids]
        if phrase is None or phrase.definite or not last or self._kind_of(last[-1]) != phrase.kind:
            return 0
        self.draft.remove(last[-1:])
        r.use(at, end)
        return end - at

    def settle_strung(self) -> None:
        """A rope between posts that are `1 m apart` is as long as that takes."""
        for thing in self.draft.scene.things:
            own = thing.kind in ("rope", "chain") and thing.pose == "strung" and thing.total == 1
            if own and thing.spacing is not None and thing.dim("length") is None:
                usual = dims_of(replace(thing, scales=()))["length"]
                factor = thing.spacing / (0.9 * usual)
                self.draft.update(thing.id, scales=(("length", factor),))
