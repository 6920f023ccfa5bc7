"""Back to how it was: `undo the colours`, `back to its original size`, `turn gravity back on`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from py_remote_viewer.scenes.create.rules.single_edits import SingleEdits
from py_remote_viewer.scenes.create.things.description import FLOOR, Override, Thing
from py_remote_viewer.scenes.create.things.phrase import Phrase

_EARTH = 9.81
_UNDOING = ("undo", "reset", "restore", "revert", "remove", "clear", "delete")
_FIRST = ("original", "old", "initial", "first", "previous", "former", "usual", "normal")
_COLOURS = ("colour", "colours", "color", "colors", "paint", "painting", "colouring", "coloring")
# What a word means of a thing, and of one element of it; with what they are where nothing is said.
_FIELDS: dict[str, tuple[tuple[str, ...], dict[str, Any]]] = {
    "colour": (("colours",), {"colour": None}),
    "size": (("dims", "scales"), {"scale": 1.0}),
    "mass": (("mass", "weight"), {"mass": None, "weight": 1.0}),
    "material": (("material", "density"), {"material": None}),
    "position": (("place", "at", "shift"), {"shift": (0.0, 0.0, 0.0)}),
    "speed": (("motion",), {}),
    "friction": (("friction",), {"friction": None}),
    "bounce": (("bounce",), {"bounce": None}),
    "angle": (("tilt_deg", "yaw_deg"), {"tilt_deg": None}),
}
_CALLED = {"place": "position", "positions": "position", "places": "position", "weight": "mass", "orientation": "angle"}


class Reversals(SingleEdits):
    """Rules for taking back a part of what follow-ups have done."""

    def as_at_first(self, at: int) -> int:
        """`undo the colours`, `give them their original colours back`, `back to its old size`."""
        r, end = self.r, at
        if not self.draft.editing:
            return 0
        undoing = r.word(end, *_UNDOING)
        undone = r.word(end, "undo", "reset", "restore", "revert")
        end += undoing
        end += 2 * (r.word(end, "back") and r.word(end + 1, "to")) or r.word(end, "to")
        end += r.word(end, "all")
        end += r.word(end, "the", "its", "their", "any")
        first = r.word(end, *_FIRST)
        end += first + (first and r.word(end + 1, *_FIRST))
        name = self._named_field(end)
        if not name or not (undoing or first) or (undoing and not undone and (name != "colour" or first)):
            return 0
        end += 1 + (name == "colour" and r.word(end + 1, "change", "changes"))
        phrase = self.nouns.read(end + 1) if r.word(end, "of") else None
        ids = self.draft.resolve(phrase) if phrase is not None else [one for one in self.subjects if one != FLOOR]
        end = phrase.end if phrase is not None else end
        end += r.word(end, "back", "again")
        if r[end].kind == "quantity" or r.word(end, "of", "is", "to"):
            return 0
        everything = [thing.id for thing in self.draft.scene.things]
        ids = ids or (everything if name == "colour" else self.draft.resolve(Phrase(at, pron="it")))
        if not self._take_back([one for one in ids if one != FLOOR], name, plain=undoing and not undone):
            return 0
        r.use(at, end)
        return end - at

    def _named_field(self, at: int) -> str:
        """Which of the fields the word at `at` is about."""
        if self.r.word(at, *_COLOURS):
            return "colour"
        found = self.r.match(at, "property", "dim")
        word = self.r[at].text.removesuffix("s")
        name = str(found[0].value) if found is not None else _CALLED.get(word, word)
        name = {"tilt": "angle"}.get(name, _CALLED.get(name, name))
        return name if name in _FIELDS else ""

    def _take_back(self, ids: list[int], name: str, *, plain: bool) -> bool:
        whole, single = _FIELDS[name]
        done = False
        for one in ids:
            thing = self.draft.scene.thing(one)
            first = next((each for each in self.draft.before.firsts if each.id == one), thing)
            if plain:
                first = replace(first, colours=(), overrides=())
            changes: dict[str, Any] = {field: getattr(first, field) for field in whole}
            if name == "position":
                changes["place"] = tuple(
                    r for r in first.place if all(t == FLOOR or self.draft.scene.has(t) for t in r.targets)
                )
            changes["overrides"] = _overrides_back(thing, first, single)
            if any(getattr(thing, field) != value for field, value in changes.items()):
                self.draft.update(one, **changes)
                done = True
        if done:
            self.subjects, self.attached, self.edited = ids, list(ids), True
            self.draft.mention(ids)
        return done

    def gravity_back(self, at: int) -> int:
        """`turn it back on`, `bring gravity back`, where there is none."""
        r, end = self.r, at
        if not self.draft.editing or self.draft.scene.world.gravity == _EARTH or not self.starts_clause():
            return 0
        if not r.word(at, "turn", "switch", "bring", "put", "restore", "reset", "normal"):
            return 0
        named = False
        while r.word(end + 1, "the", "it", "gravity", "back", "on", "again", "normal", "to"):
            end += 1
            named = named or r.word(end, "gravity")
        back = r.word(at, "restore", "reset", "normal") or any(r.word(i, "back", "on") for i in range(at + 1, end + 1))
        if not back or r[end + 1].kind not in ("stop", "comma") or (not named and self.draft.scene.world.gravity != 0):
            return 0
        self.world(gravity=_EARTH)
        self.edited, self.about_gravity = True, True
        r.use(at, end + 1)
        return end + 1 - at


def _overrides_back(thing: Thing, first: Thing, single: dict[str, Any]) -> tuple[Override, ...]:
    """What is said of single elements, with one thing of it as it was at first."""
    kept = [replace(one, **single) for one in thing.overrides]
    if first.total == thing.total and single:
        own = [replace(Override(one.index), **{name: getattr(one, name) for name in single}) for one in first.overrides]
        kept += own
    return tuple(one for one in kept if one != Override(one.index))
