"""Some of a group that go elsewhere: `put two of them into the bin`, `move five balls to the second bin`."""

from __future__ import annotations

from dataclasses import replace

from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.reading.lexer import Token
from py_remote_viewer.scenes.create.rules.member_subjects import MemberSubjects
from py_remote_viewer.scenes.create.things.description import FLOOR, Thing
from py_remote_viewer.scenes.create.things.phrase import Phrase

_MOVING = (
    "put",
    "move",
    "take",
    "place",
    "bring",
    "throw",
    "drop",
    "roll",
    "push",
    "shift",
    "lift",
    "pour",
    "stack",
    "lay",
)
_OLD_ONLY = ("move", "take", "bring", "shift", "lift", "push", "roll")  # `put two balls there` may bring new ones
_THEM = ("them", "those", "these")


class Portions(MemberSubjects):
    """What is looked at before the sentence is read: a number of a group becomes a group of its own."""

    def portions(self) -> None:
        """Take every portion that is sent somewhere out of its group, and let `them` point at it."""
        at = 0
        while self.draft.editing and at < len(self.r):
            if self.r.word(at, *_MOVING) and (at == 0 or not self.r.is_cat(at - 1, "noun")):
                self._portion(at)
            at += 1

    def gone_with_it(self, at: int) -> int:
        """`remove the bin together with its balls`: what was in or on what is gone goes too."""
        r, end = self.r, at + self.r.word(at, "together", "along")
        with_what = r.word(end, "with") and r.word(end + 1, "its", "their", "all", "the")
        if not self.draft.editing or not with_what or not any(r.word(one, "remove", "delete") for one in range(at)):
            return 0
        end += 1
        while r.word(end, "its", "their", "all", "the"):
            end += 1
        noun = self.nouns.read(end)
        if not r.word(end, "contents", "content", "everything") and (noun is None or noun.kind not in KINDS):
            return 0
        before, now = self.draft.before, self.draft.scene
        gone = {thing.id for thing in before.things if not now.has(thing.id)}
        inside = [
            thing.id
            for thing in before.things
            if now.has(thing.id)
            and any(one.kind in ("inside", "on") and gone & set(one.targets) for one in thing.place)
            and (noun is None or thing.kind == noun.kind)
        ]
        end = noun.end if noun is not None else end + 1
        end += 2 * (r.word(end, "in", "on") and r.word(end + 1, "it", "them"))
        if not inside:
            r.miss(list(range(at, end)))
            return end - at
        self.draft.remove(inside)
        r.use(at, end)
        return end - at

    def _portion(self, at: int) -> None:
        r, start = self.r, at + 1
        if r[start].kind != "number" or r[start].value != int(r[start].value):
            return
        count, end = int(r[start].value), start + 1
        if r.word(end, "of") and r.word(end + 1, *_THEM):
            ids, end = self.draft.resolve(Phrase(start, pron="them")), end + 2
        elif (noun := self.nouns.read(end + r.word(end, "of"))) is not None and noun.kind in KINDS:
            if not r.word(end, "of") and not r.word(at, *_OLD_ONLY):
                return
            ids = self.draft.resolve(replace(noun, det="the", plural=True))
            end = noun.end
        else:
            return
        groups = [one for one in ids if one != FLOOR and self.draft.scene.thing(one).total > 1]
        whole = self.draft.scene.thing(groups[-1]) if groups else None
        goes = r.is_cat(end, "rel", "barerel", "dir") or r[end].kind == "quantity" or r.word(end, "to", "out", "away")
        if whole is None or whole.groups > 1 or not goes or not 0 < count < whole.total:
            return
        self.draft.pointed[start] = [self._taken(whole, count)]
        r.replace(start, end, Token("word", "them", "them"))

    def _taken(self, whole: Thing, count: int) -> int:
        """The last `count` of `whole`, as a group of its own."""
        new = 1 + max(max(one.id for one in self.draft.scene.things), max(self.draft.old_ids, default=-1))
        left = whole.total - count
        kept = tuple(one for one in whole.overrides if one.index < left)
        taken = tuple(replace(one, index=one.index - left) for one in whole.overrides if one.index >= left)
        part = replace(whole, id=new, count=count, overrides=taken, place=())
        self.draft.update(whole.id, count=left, overrides=kept)
        self.draft.scene = replace(self.draft.scene, things=(*self.draft.scene.things, part))
        self.draft.old_ids |= {new}
        self.draft.mention([new])
        self.edited = True
        return new
