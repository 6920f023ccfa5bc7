"""Several of a group by their numbers: `the first and the last one`, `the top row`, `the middle two`, `all that are left`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from py_remote_viewer.scenes.create.layout.arrange import offsets
from py_remote_viewer.scenes.create.layout.cutting import kept_in_place
from py_remote_viewer.scenes.create.rules.short_edits import ShortEdits
from py_remote_viewer.scenes.create.things.description import Override
from py_remote_viewer.scenes.create.things.elements import at_own_spot, position
from py_remote_viewer.scenes.create.things.phrase import Phrase

_ROW_WORDS = ("row", "layer", "course", "level", "line")
_ROWS = {
    "bottom": 0,
    "lowest": 0,
    "first": 0,
    "second": 1,
    "third": 2,
    "top": -1,
    "last": -1,
    "upper": -1,
    "uppermost": -1,
}
_MIDDLE = 99


class SeveralEdits(ShortEdits):
    """Rules for more than one element, and fewer than all; and the order of all that change what is there."""

    def change_rules(self) -> tuple[Callable[[int], int], ...]:
        """What is taken back, moved, fitted and made more or less, in the order in which they are tried."""
        return (
            self.as_at_first,
            self.gravity_back,
            self.slow_down,
            self.nudged,
            self.far_faster,
            self.turn_back,
            self.jump,
            self.nearer,
            self.draw_aside,
            self.fitted,
            self.add_gripper,
            self.collisions,
            self.held_at_both_ends,
            self.surround,
            self.aside_by,
            self.bare_value,
            self.scaled_by,
            self.add_mass,
            self.comparative_first,
            self.thrown_higher,
            self.use_so_many,
            self.not_so_thick,
            self.vanish,
            self.legs_of_a_table,
            self.steepness,
            self.so_often,
            self.air_and_water,
        )

    def kind_rules(self) -> tuple[Callable[[int], int], ...]:
        """How many there are now, and what they are."""
        return (
            self.parts_now,
            self.one_more,
            self.number_of,
            self.so_many_high,
            self.so_many,
            self.so_much_longer,
            self.whole_grows,
            self.same_sort,
            self.made_of,
            self.instead_of,
            self.become,
            self.another_kind,
        )

    def subset(self, at: int) -> int:
        """Some of a group: by a list of ordinals, or a row of what is built of rows."""
        if self.draft.editing and (group := self._group()) is not None:
            indices, end = self._listed_ordinals(at, group)
            if len(indices) > 1 and (step := self._are(at, end, group, indices)):
                return step
        return super().subset(at)

    def _listed_ordinals(self, at: int, group: int) -> tuple[list[int], int]:
        """`the second and the fourth one`, `the first, third and last ball`, `the corner ones`; where they end."""
        r, end, found = self.r, at + self.r.word(at, "the"), []
        thing = self.draft.scene.thing(group)
        if r.word(end, "corner") and thing.arrange == "grid" and len(thing.shape) > 1:
            columns, rows = thing.shape[:2]
            corners = [0, columns - 1, (rows - 1) * columns, rows * columns - 1]
            return corners, end + 1 + (r.word(end + 1, "ones") or r.is_cat(end + 1, "noun"))
        while (ordinal := r.match(end, "ordinal")) is not None and end > at:
            index = position(ordinal[0].value, thing.total)
            if not 0 <= index < thing.total:
                return [], at
            found.append(index)
            last = end = end + ordinal[1]
            named = r.match(end, "noun")
            own = named is not None and named[0].value.kind == thing.kind
            end += named[1] if named is not None and own else r.word(end, "one", "ones") or r[end].shown == "one"
            last = end
            end += r[end].kind == "comma"
            end += r.word(end, "and")
            if end == last:
                break
            end += r.word(end, "the")
        return (found, last) if len(found) > 1 else ([], at)

    def row_of_grid(self, at: int) -> int:
        """`the top row red`: also of a wall, and of a pyramid."""
        r, group = self.r, self._group()
        thing = self.draft.scene.thing(group) if group is not None else None
        named = r.word(at, "the") and r[at + 1].text in _ROWS and r.word(at + 2, *_ROW_WORDS)
        if not named or thing is None or group is None or thing.arrange not in ("wall", "pyramid"):
            return super().row_of_grid(at)
        rows = self._rows_of(group)
        which = _ROWS[r[at + 1].text]
        if not -len(rows) <= which < len(rows):
            return 0
        end = at + 3 + 2 * (r.word(at + 3, "of") and r.word(at + 4, "bricks", "blocks", "it"))
        return self._are(at, end, group, rows[which])

    def _rows_of(self, group: int) -> list[list[int]]:
        """The elements of each course, the lowest first."""
        thing = self.draft.scene.thing(group)
        heights: dict[float, list[int]] = {}
        for index, (_, _, z, _) in enumerate(offsets(thing, 0)):
            heights.setdefault(round(z, 4), []).append(index)
        return [heights[z] for z in sorted(heights)]

    def _about(self, at: int, verb: str) -> int:
        return self.row_of_grid(at) or super()._about(at, verb)

    def _so_many_of(self, at: int, group: int) -> int:
        """`the middle two`: those around the middle."""
        r, total = self.r, self.draft.scene.thing(group).total
        ordinal = r.match(at + 1, "ordinal") if r.word(at, "the") else None
        if ordinal is None or ordinal[0].value != _MIDDLE or r[at + 2].kind != "number":
            return super()._so_many_of(at, group)
        count = int(r[at + 2].value)
        first = (total - count) // 2
        end = at + 3 + (r.word(at + 3, "ones") or r.is_cat(at + 3, "noun"))
        return self._are(at, end, group, list(range(first, first + count))) if 0 < count < total else 0

    def _apply(self, at: int, end: int, group: int, indices: list[int], phrase: Phrase) -> int:
        """`make the remaining ones blue`, which are all that are left: the whole of them."""
        thing = self.draft.scene.thing(group)
        if not self.draft.editing or len(set(indices)) < thing.total or self.allotted.get(group):
            step = super()._apply(at, end, group, indices, phrase)
            own = {
                position(one.index, thing.total): one.colour
                for one in self.draft.scene.thing(group).overrides
                if one.colour
            }
            if step and self.draft.editing and len(own) == thing.total and thing.colours:
                plain = tuple(replace(one, colour=None) for one in self.draft.scene.thing(group).overrides)
                plain = tuple(one for one in plain if one != Override(one.index))
                self.draft.update(group, colours=tuple(own[i] or "" for i in range(thing.total)), overrides=plain)
            return step
        if phrase.colours:
            plain = tuple(replace(one, colour=None) for one in thing.overrides)
            self.draft.update(group, overrides=plain)
        self.draft.apply(group, phrase)
        self.subjects, self.edited = [group], True
        self.r.use(at, end)
        return end - at

    def _some_go(self, at: int) -> int:
        """`remove the first and the last one`."""
        group = self._group()
        whole = self.draft.scene.thing(group) if group is not None else None
        count = self._how_many(at, whole.groups) if whole is not None else 0
        if whole is not None and whole.groups > count > 0 and self.r.word(at + 1, "of") and self.draft.editing:
            self.draft.update(whole.id, groups=whole.groups - count)  # one of two towers
            self.subjects = [whole.id]
            return self._whom(at, at + 3)
        if group is not None and self.draft.editing and self._of_groups(at, group):
            phrase = self.nouns.read(at)
            ids = self.existing(phrase) if phrase is not None else []
            self.draft.remove(ids)
            self.r.use(at, at + 3)
            return 3 if ids else 0
        indices, end = self._listed_ordinals(at, group) if group is not None else ([], at)
        if group is None or len(set(indices)) < 2:
            return super()._some_go(at)
        self._out(group, sorted(set(indices)))
        return self._whom(at, end)

    def _out(self, group: int, indices: list[int]) -> None:
        """Those that stay, stay where they are."""
        before = self.draft.scene.thing(group)
        super()._out(group, indices)
        if before.total == 2 and self.draft.scene.has(group):  # each has its own end
            self.draft.update(group, place=at_own_spot(before.place, 1 - indices[0]))
        if self.draft.editing and self.draft.scene.has(group):
            own = kept_in_place(before, self.draft.scene.thing(group), indices)
            if own:
                self.draft.update(group, overrides=own)
