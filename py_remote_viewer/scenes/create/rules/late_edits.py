"""Changes that other rules would take for something else: heights of falls, every third one, `in a circle` alone."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

from py_remote_viewer.scenes.create.layout.motions import usual_speed
from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.rules.one_and_both import OneAndBoth
from py_remote_viewer.scenes.create.rules.removal import EVERY
from py_remote_viewer.scenes.create.things.description import FLOOR
from py_remote_viewer.scenes.create.things.phrase import Phrase

_POSED = ("solid", "soft", "tie")


class LateEdits(OneAndBoth):
    """Rules that look at what the words would do, before they are taken as usual."""

    def late_rules(self) -> tuple[Callable[[int], int], ...]:
        """Those of here and of the class above, in the order in which they are tried."""
        return (
            self.limited,
            self.turn_some,
            self.lay_down,
            self.every_nth_kind,
            self.arranged_alone,
            self.in_rows,
            self.so_many_instead,
        )

    def limited(self, at: int) -> int:
        """`limit it to 30 cm`: no joint is limited by words here, and the figure is no size."""
        r, end = self.r, at + 1
        if not self.draft.editing or not r.word(at, "limit", "restrict", "constrain") or not self.starts_clause():
            return 0
        while r[end].kind not in ("stop", "comma") and not r.word(end, "and"):
            end += 1
        r.miss(list(range(at, end)))
        return end - at

    # --- from how high ----------------------------------------------------------------------------------------------------

    def _falling(self, ids: list[int]) -> list[int]:
        found = []
        for one in ids:
            motion = self.draft.scene.thing(one).motion if one != FLOOR else None
            if motion is not None and motion.kind == "falling":
                found.append(one)
        return found

    def _owners(self, name: str) -> list[int]:
        """`change the heights to 3 m`: of all that fall."""
        falling = self._falling([thing.id for thing in self.draft.scene.things]) if name == "height" else []
        return falling if falling and self.draft.editing else super()._owners(name)

    def _assign(self, name: str, value: float) -> int:
        """The height of what falls is where it falls from."""
        falling = self._falling(self.subjects) if name == "height" and self.draft.editing else []
        if not falling or len(falling) < len(self.subjects):
            return super()._assign(name, value)
        for one in falling:
            self.draft.move(one, "", height=value)
        return 1

    def quantity(self, at: int) -> int:
        """`raise it to 2 m`: that high, and not so much higher."""
        r, token = self.r, self.r[at + 1]
        raised = [one for one in self.subjects if one != FLOOR and KINDS[self._kind_of(one)].sort != "furniture"]
        if not self.draft.editing or self.moving != "lift" or not r.word(at, "to") or token.dimension != "length":
            return super().quantity(at)
        if token.kind != "quantity" or not raised or self.index is not None:
            return super().quantity(at)
        for one in raised:
            thing = self.draft.scene.thing(one)
            place = tuple(each for each in thing.place if each.kind not in ("on", "inside", "above"))
            self.draft.update(one, height=token.value, place=place, shift=(*thing.shift[:2], 0.0))
        r.use(at, at + 2)
        return 2

    # --- how fast ---------------------------------------------------------------------------------------------------------

    def _ordinary(self, at: int) -> int:
        """`faster`, than it is where nobody said how fast."""
        if self.draft.editing and self.r.word(at, "faster", "slower", "quicker"):
            self._say_speed(self.subjects)
        return super()._ordinary(at)

    def scale_property(self, one: int, name: str, factor: float) -> None:
        """A speed that nobody said is the usual one."""
        if name == "speed" and self.draft.editing:
            self._say_speed([one])
        super().scale_property(one, name, factor)

    def _say_speed(self, ids: list[int]) -> None:
        for one in ids:
            motion = self.draft.scene.thing(one).motion if one != FLOOR else None
            if (
                motion is not None
                and motion.speed is None
                and motion.kind in ("moving", "rolling", "sliding", "thrown")
            ):
                self.draft.update(one, motion=replace(motion, speed=usual_speed(motion)))

    # --- whom and what ----------------------------------------------------------------------------------------------------

    def every_nth_kind(self, at: int) -> int:
        """`change every third one into a cube`."""
        r, group = self.r, self._group()
        every = EVERY.get(r[at + 2].text) if r.word(at + 1, "every") else None
        if (
            not self.draft.editing
            or group is None
            or every is None
            or not r.word(at, "change", "turn", "make", "replace")
        ):
            return 0
        noun = r.match(at + 3, "noun")
        end = at + 3 + (noun[1] if noun is not None else r.word(at + 3, "one") or r[at + 3].shown == "one")
        end += r.word(end, "into", "to", "with", "by")
        phrase = self.nouns.read(end)
        thing = self.draft.scene.thing(group)
        if phrase is None or phrase.det != "a" or phrase.kind not in KINDS or phrase.label or phrase.kind == thing.kind:
            return 0
        for index in reversed(range(every - 1, thing.total, every)):
            self.subjects, self.index = [group], index
            if not self._cut_out():
                return 0
            self._put_in_place(self.subjects[0], phrase)
        r.use(at, phrase.end)
        return phrase.end - at

    def arranged_alone(self, at: int) -> int:
        """`arrange in a circle`, `line up in a row`: those that are there."""
        r = self.r
        bare = at == 0 and r.word(at, "arrange", "put", "place")
        bare = bare and (r.is_cat(at + 1, "arrange") or (r.word(at + 1, "in", "into") and self._rows_at(at + 2) > 0))
        if not self.draft.editing or not bare:
            return 0
        group = self._group()
        if group is None:
            return 0
        self.subjects, self.edited, self.verb_word = [group], True, "put"
        r.use(at, at + 1)
        return 1

    def _rows_at(self, at: int) -> int:
        """How many words `two rows of three` are; 0 for none."""
        r = self.r
        if r[at].kind != "number" or not r.word(at + 1, "rows", "lines", "columns"):
            return 0
        return 4 if r.word(at + 2, "of") and r[at + 3].kind == "number" else 2

    def in_rows(self, at: int) -> int:
        """`arrange them in two rows of three`, of what is there."""
        r = self.r
        length = self._rows_at(at + 1) if r.word(at, "in", "into") else 0
        ids = [one for one in self.subjects if one != FLOOR]
        if not self.draft.editing or not length or len(ids) != 1 or self.verb_word != "put":
            return 0
        thing = self.draft.scene.thing(ids[0])
        rows = int(r[at + 1].value)
        columns = int(r[at + 4].value) if length == 4 else math.ceil(thing.total / max(1, rows))
        rows, columns = (columns, rows) if r.word(at + 2, "columns") else (rows, columns)
        if thing.groups > 1 or min(rows, columns) < 1 or rows * columns < thing.total:
            return 0
        self.draft.update(thing.id, arrange="grid", shape=(columns, rows), label="")
        self.edited = True
        r.use(at, at + 1 + length)
        return 1 + length

    def so_many_instead(self, at: int) -> int:
        """`3 balls instead`: as many of those that are there, as they are."""
        r, noun = self.r, self.r.match(at + 1, "noun")
        begins = at == 0 or r[at - 1].kind == "stop" or r.word(at - 1, "with", "now", "make")
        if not self.draft.editing or self.subjects or not begins or r[at].kind != "number" or noun is None:
            return 0
        if not r.word(at + 1 + noun[1], "instead") or r.word(at + 2 + noun[1], "of") or not 1 <= r[at].value <= 200:
            return 0
        plain = Phrase(at, kind=noun[0].value.kind, noun=noun[0].value.noun, det="the")
        ids = [one for one in self.draft.resolve(plain) if one != FLOOR]
        if not ids or r[at].value != int(r[at].value):
            return 0
        self._recount(self.draft.scene.thing(ids[-1]), int(r[at].value))
        r.use(at, at + 2 + noun[1])
        return 2 + noun[1]

    def predicate(self, at: int) -> int:
        """`make the slider vertical`: what stands fixed or has a frame of its own takes no pose, and that is told."""
        found = self.r.match(at, "pose")
        ids = [one for one in self.subjects if one != FLOOR]
        told = found is not None and ids and all(KINDS[self._kind_of(one)].sort not in _POSED for one in ids)
        if self.draft.editing and told and found is not None and found[0].value in ("standing", "lying"):
            self.r.miss(list(range(at, at + found[1])))
            return found[1]
        return super().predicate(at)
