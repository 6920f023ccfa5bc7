"""How many there are now: `change the dominoes to 20`, `another on top`, `make the tower taller`, `2 bricks wider`."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

from py_remote_viewer.errors import SceneInvalid
from py_remote_viewer.scenes.create.layout.arrange import ring_of, wall_columns
from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.rules.part_counts import LONGER, SHORTER, PartCounts
from py_remote_viewer.scenes.create.things.description import FLOOR, Thing
from py_remote_viewer.scenes.create.things.footprints import footprint
from py_remote_viewer.scenes.create.things.phrase import Phrase

_ENDS_CLAUSE = ("and", "instead", "now", "please", "total", "but", "then")
_MOST = 200


class Recounts(PartCounts):
    """Rules for the counts of groups that a follow-up changes."""

    def one_more(self, at: int) -> int:
        """`put another on top`, `one more`, `another one on the left`: of what was named last."""
        r, end = self.r, at
        if not self.draft.editing:
            return 0
        if r.word(at, "another"):
            end += 1 + (r.word(at + 1, "one") or r[at + 1].shown == "one")
        elif (r.word(at, "one") or r[at].shown == "one") and r.word(at + 1, "more"):
            end += 2
        else:
            return 0
        follows = r[end].kind in ("stop", "comma") or r.is_cat(end, "rel", "barerel", "conj", "motion", "dir")
        if not follows and r.word(end, *_ENDS_CLAUSE):
            follows = True
        ids = [one for one in self.draft.resolve(Phrase(at, pron="it")) if one != FLOOR]
        if not follows or not ids:
            return 0
        thing = self.draft.scene.thing(ids[-1])
        where = r.match(end, "barerel")
        fits = {"stack": ("on",), "row": ("end", "right"), "file": ("end", "behind")}.get(thing.arrange, ())
        if thing.total > 1 and thing.groups == 1 and (where is None or where[0].value in fits):
            if r.is_cat(end, "rel") and where is None:
                return 0
            self._recount(thing, thing.count + 1)
            end += where[1] if where is not None else 0
        else:
            self.subjects = self._clone(thing)
            self.attached, self.edited = list(self.subjects), True
        r.use(at, end)
        return end - at

    def _clone(self, thing: Thing) -> list[int]:
        """One more of it, as it is, at no place of its own yet; beside the first where nothing else is said."""
        made = self.create(Phrase(0, 0, thing.kind, thing.noun, det="a"))
        kept: dict[str, Any] = {
            "id": made[0],
            "count": 1,
            "groups": 1,
            "label": "",
            "arrange": "",
            "shape": (),
            "overrides": (),
        }
        kept |= {"place": (), "at": None, "shift": (0.0, 0.0, 0.0), "motion": None}
        self.draft.scene = replace(
            self.draft.scene,
            things=tuple(replace(thing, **kept) if one.id == made[0] else one for one in self.draft.scene.things),
        )
        if thing.place and FLOOR not in thing.place[0].targets and thing.place[0].kind in ("on", "inside"):
            self.draft.relate(made, thing.place[0], instead=False)
        return made

    def so_many(self, at: int) -> int:
        """`change the dominoes to 20`, `make it 12`, `make them 8 instead of 5`: how many of them there are."""
        r, end = self.r, at
        if not self.draft.editing or self.verb_word not in ("make", "change", "grow", "shrink"):
            return 0
        ids = [one for one in self.subjects if one != FLOOR]
        if len(ids) != 1 or self.index is not None or self.property_name or not r.used[at - 1]:
            return 0
        end += r.word(end, "to", "be", "into")
        token, thing = r[end], self.draft.scene.thing(ids[0])
        if token.kind != "number" or token.value != int(token.value) or not 1 <= token.value <= _MOST:
            return 0
        end += 1
        noun = r.match(end, "noun")
        if noun is not None and noun[0].value.kind != thing.kind and r.word(at - 1, "it", "that", "this"):
            named = Phrase(end, kind=noun[0].value.kind, noun=noun[0].value.noun, det="the", plural=True)
            those = [one for one in self.draft.resolve(named) if one in self.draft.old_ids]
            thing = self.draft.scene.thing(those[-1]) if those else thing  # `make it 15 blocks`: the tower of them
        same = noun is not None and noun[0].value.kind == thing.kind
        by = (
            {1: 1, -1: -1}.get(r.word(end + noun[1], *LONGER) - r.word(end + noun[1], *SHORTER)) if noun and same else 0
        )
        if by and noun is not None:
            return self._longer_by(at, end + noun[1] + 1, thing, by * int(token.value))
        end += noun[1] if noun is not None and same else 0
        end += 2 * (r.word(end, "of") and r.word(end + 1, "them"))
        end += 2 * (r.word(end, "in") and r.word(end + 1, "total", "all"))
        if r.word(end, "instead") and r.word(end + 1, "of") and r[end + 2].kind == "number":
            end += 3
        if r[end].kind not in ("stop", "comma") and not r.word(end, *_ENDS_CLAUSE):
            return 0
        if thing.total == 1 and KINDS[thing.kind].sort not in ("solid", "machine"):
            return 0
        self._recount(thing, int(token.value) if thing.groups == 1 else max(1, int(token.value) // thing.groups))
        r.use(at, end)
        return end - at

    def so_many_high(self, at: int) -> int:
        """`make them all 6 blocks high`: of towers, how many there are in each."""
        r, noun = self.r, self.r.match(at + 1, "noun")
        if not self.draft.editing or r[at].kind != "number" or noun is None or r[at].value != int(r[at].value):
            return 0
        towers = [self.draft.scene.thing(one) for one in self.subjects if one != FLOOR]
        alike = all(one.arrange == "stack" and one.kind == noun[0].value.kind for one in towers)
        end = at + 1 + noun[1]
        if not towers or not alike or not r.word(end, "high", "tall") or not 1 <= r[at].value <= _MOST:
            return 0
        for tower in towers:
            self._recount(tower, int(r[at].value))
        self.subjects = [tower.id for tower in towers]
        r.use(at, end + 1)
        return end + 1 - at

    def so_much_longer(self, at: int) -> int:
        """`3 blocks taller`, `two bricks wider`, of what was spoken of last."""
        r, noun = self.r, self.r.match(at + 1, "noun")
        begins = at == 0 or r[at - 1].kind == "stop" or r.word(at - 1, "now", "and")
        if not self.draft.editing or self.subjects or not begins or r[at].kind != "number" or noun is None:
            return 0
        end = at + 1 + noun[1]
        there = [self.draft.scene.thing(one) for one in self.draft.mentions if self.draft.scene.has(one)]
        groups = [thing for thing in there if thing.kind == noun[0].value.kind and thing.total > 1]
        by = r.word(end, *LONGER) - r.word(end, *SHORTER)
        if not groups or not by or r[at].value != int(r[at].value):
            return 0
        return self._longer_by(at, end + 1, groups[-1], by * int(r[at].value))

    def _longer_by(self, at: int, end: int, thing: Thing, more: int) -> int:
        """`3 blocks taller`, `two bricks wider`."""
        wide = self.r.word(end - 1, "wider", "longer", "narrower")
        if thing.arrange == "wall":
            columns, rows = _wall_shape(thing)
            shape = (columns + more, rows) if wide else (columns, rows + more)
            if min(shape) < 1:
                return 0
            self._recount(thing, shape[0] * shape[1], shape=shape)
        elif thing.count + more < 1:
            return 0
        else:
            self._recount(thing, thing.count + more)
        self.r.use(at, end)
        return end - at

    def _recount(self, thing: Thing, count: int, **changes: Any) -> None:
        if count * thing.groups > _MOST:
            raise SceneInvalid(
                f"{count * thing.groups} of them are too many: a scene may hold {_MOST} bodies", hint="Ask for fewer."
            )
        dims = tuple(one for one in thing.dims if not one[0].startswith("total_"))
        shape = () if thing.arrange in ("wall", "grid", "cube") else thing.shape
        self.draft.update(thing.id, **{"count": count, "dims": dims, "shape": shape} | changes)
        self.subjects, self.attached, self.edited = [thing.id], [thing.id], True
        self.draft.mention([thing.id])

    def whole_grows(self, at: int) -> int:
        """`make the tower taller`, `make the circle bigger`: the whole of the group, out of elements as they are."""
        r = self.r
        ids = [one for one in self.subjects if one != FLOOR]
        if not self.draft.editing or len(ids) != 1 or self.verb_word != "make" or not r.used[at - 1]:
            return 0
        thing = self.draft.scene.thing(ids[0])
        factor, end = self._factor(at)
        end += r.word(end, "as")
        found = r.match(end, "dimfactor", "size")
        if found is None or thing.total < 2 or self.index is not None or r.word(end + found[1], "than"):
            return 0
        name, own = found[0].value if found[0].cat == "dimfactor" else ("all", found[0].value)
        factor = factor if end > at else 1.4 if own > 1 else 0.7
        end += found[1]
        called = r.is_cat(at - 1, "group")
        if thing.arrange == "circle" and called and name in ("all", "width"):
            foot, now = footprint(thing), ring_of(thing)
            least = 1.02 * math.hypot(foot.x, foot.y) / math.sin(math.pi / max(2, thing.total))
            if factor < 1 and now <= 1.02 * least:
                raise SceneInvalid(
                    "they do not fit in a smaller circle", hint="Make them smaller first, or take some away."
                )
            self.draft.update(thing.id, ring_radius=max(least, factor * now) if factor < 1 else factor * now)
        elif thing.arrange == "stack" and thing.label and thing.groups == 1 and name == "height":
            self._recount(thing, _grown(thing.count, factor))
        elif thing.arrange == "wall" and thing.label and name in ("height", "length", "width"):
            columns, rows = _wall_shape(thing)
            shape = (columns, _grown(rows, factor)) if name == "height" else (_grown(columns, factor), rows)
            self._recount(thing, shape[0] * shape[1], shape=shape)
        elif thing.arrange in ("row", "file") and called and name == "length":
            self._recount(thing, _grown(thing.count, factor))
        else:
            return 0
        end += 2 * (r.word(end, "as", "than") and r.word(end + 1, "before", "now"))
        r.use(at, end)
        return end - at


def _wall_shape(thing: Thing) -> tuple[int, int]:
    columns = thing.shape[0] if thing.shape else wall_columns(thing.count)
    return columns, thing.shape[1] if len(thing.shape) > 1 else math.ceil(thing.count / columns)


def _grown(count: int, factor: float) -> int:
    """At least one more, or one less."""
    return max(1, max(count + 1, round(count * factor)) if factor > 1 else min(count - 1, round(count * factor)))
