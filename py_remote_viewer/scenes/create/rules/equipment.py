"""What a follow-up fits things with: `add motors to all joints`, `add a gripper`, `a camera that follows the car`."""

from __future__ import annotations

from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.rules.pace_edits import PaceEdits
from py_remote_viewer.scenes.create.things.description import FLOOR, Relation
from py_remote_viewer.scenes.create.things.phrase import Phrase

_JOINTED = ("joint", "joints", "link", "links", "hinge", "hinges", "wheel", "wheels", "axis", "axes", "leg", "legs")
_WATCHING = ("follows", "following", "tracks", "tracking", "watches", "watching", "films", "filming")


class Equipment(PaceEdits):
    """Rules for motors, sensors, cameras and grippers, and for what hangs and bounces, of what is there."""

    def fitted(self, at: int) -> int:
        """`motors to it`, `motors to all joints`, `a sensor on the ball`."""
        r, start = self.r, at + self.r.word(at, "a", "an", "some", "the")
        found = r.match(start, "feature")
        if not self.draft.editing or self.verb_word not in ("add", "put", "make", "create") or found is None:
            return 0
        if found[0].value == "camera":
            return self._watching(at, start + found[1])
        end = start + found[1]
        if not r.word(end, "to", "on", "at", "in", "for"):
            return 0
        end += 1
        ahead = end
        while r.word(ahead, "all", "each", "every", "both", "of", "the", "its", "their"):
            ahead += 1
        phrase = self.nouns.read(end)
        if r.word(ahead, *_JOINTED):
            ids, end = self.draft.resolve(Phrase(at, pron="it")), ahead + 1
            if r.word(end, "of") and (owner := self.nouns.read(end + 1)) is not None:
                ids, end = self.draft.resolve(owner), owner.end
        elif phrase is not None and phrase.definite:
            ids, end = self.draft.resolve(phrase), phrase.end
        else:
            return 0
        ids = [one for one in ids if one != FLOOR and KINDS[self._kind_of(one)].sort in ("machine", "solid", "soft")]
        if not ids or (found[0].value == "motors" and any(KINDS[self._kind_of(one)].sort == "solid" for one in ids)):
            return 0
        for one in ids:
            self.draft.update(one, **{found[0].value: True, "unpowered": False})
        self.subjects, self.attached, self.edited = ids, list(ids), True
        self.draft.mention(ids)
        r.use(at, end)
        return end - at

    def _watching(self, at: int, end: int) -> int:
        """`a camera that follows the red ball`, `a camera on the car`."""
        r = self.r
        end += r.word(end, "that", "which")
        if r.word(end, "looking", "pointing", "pointed", "aimed", "looks") and r.word(end + 1, "at"):
            end += 2
        elif r.word(end, *_WATCHING, "on", "for"):
            end += 1
        else:
            return 0
        phrase = self.nouns.read(end)
        ids = [one for one in self.draft.resolve(phrase) if one != FLOOR] if phrase is not None else []
        if phrase is None or not ids:
            return 0
        thing = self.draft.scene.thing(ids[-1])
        same = [other for other in self.draft.scene.things if other.noun == thing.noun]
        if thing.total > 1 or len(same) > 1 or KINDS[thing.kind].sort == "furniture":
            return 0
        self.world(cameras=(*self.draft.scene.world.cameras, thing.noun))
        self.edited = True
        r.use(at, phrase.end)
        return phrase.end - at

    def add_gripper(self, at: int) -> int:
        """`add a gripper`, `give it a gripper`: to the arm that is there."""
        if not self.draft.editing or self.verb_word not in ("add", "make", "put"):
            return 0
        arms = [one for one in self.draft.mentions if self.draft.scene.has(one) and self._kind_of(one) == "arm"]
        before, self.subjects = self.subjects, arms[-1:]
        step = self._gripper(at)
        if not step:
            self.subjects = before
            return 0
        end = at + step
        if self.r.word(end, "to", "on", "at") and (phrase := self.nouns.read(end + 1)) is not None:
            end = phrase.end if set(self.draft.resolve(phrase)) <= set(arms) else end
        self.attached, self.edited = list(self.subjects), True
        self.draft.mention(self.subjects)
        self.r.use(at, end)
        return end - at

    def collisions(self, at: int) -> int:
        """`make the collision perfectly elastic`, `make it bounce more`: how what is loose bounces."""
        r, end = self.r, at
        begins = at == 0 or r[at - 1].kind == "stop"
        if begins and not self.subjects and r.word(at, "bounce") and self.draft.editing:
            self.subjects, self.verb_word = self.draft.resolve(Phrase(at, pron="it")), "make"
        if not self.draft.editing or self.verb_word not in ("make", "change"):
            return 0
        named = end + r.word(end, "the", "their", "all")
        hits = r.word(named, "collision", "collisions", "impact", "impacts")
        loose = [thing.id for thing in self.draft.scene.things if KINDS[thing.kind].sort == "solid"]
        if hits:
            phrase, end = Phrase(at), named + 1
            end += self.nouns.adjective(end, phrase)
            end += r.word(end, "totally", "fully", "completely")
            if "bounce" not in phrase.changes:
                end += self.nouns.adjective(end, phrase)
            if "bounce" not in phrase.changes or r[end].kind not in ("stop", "comma"):
                return 0
            value = {0.9: 0.98}.get(float(phrase.changes["bounce"]), float(phrase.changes["bounce"]))
        else:
            loose = [one for one in self.subjects if one in loose]
            more, less = r.word(end + 1, "more", "higher", "better"), r.word(end + 1, "less", "lower")
            if not loose or not r.word(end, "bounce", "bounces") or not (more or less):
                return 0
            end += 2
            value = 0.0
        for one in loose:
            now = self.draft.scene.thing(one).bounce
            if not hits:
                value = min(0.95, max(0.8, 1.15 * (now or 0.0))) if more else 0.5 * (0.5 if now is None else now)
            self.draft.update(one, bounce=round(value, 3))
        if not loose:
            return 0
        self.subjects, self.attached, self.edited = loose, list(loose), True
        r.use(at, end)
        return end - at

    def held_at_both_ends(self, at: int) -> int:
        """`hold it at both ends`, `fix the rope at two ends instead`."""
        r, end = self.r, at + 1
        if not self.draft.editing or not r.word(at, "hold", "fix", "hang", "attach", "support", "fasten", "suspend"):
            return 0
        phrase = self.nouns.read(end)
        ids = [one for one in self.draft.resolve(phrase) if one != FLOOR] if phrase is not None else []
        end = phrase.end if phrase is not None else end
        ropes = [one for one in ids if self._kind_of(one) in ("rope", "chain")]
        if not ropes or not r.word(end, "at", "by", "from", "on"):
            return 0
        end += 1 + r.word(end + 1, "its", "the")
        two = r.word(end, "both", "either") or (r[end].kind == "number" and r[end].value == 2)
        if not two or not r.word(end + 1, "ends", "end", "sides"):
            return 0
        if any(self.draft.scene.thing(one).bob for one in ropes):
            return 0  # what hangs at the end has no place between two posts
        for one in ropes:
            self.draft.update(one, pose="strung")
        self.subjects, self.attached, self.edited = ropes, list(ropes), True
        r.use(at, end + 2)
        return end + 2 - at

    def surround(self, at: int) -> int:
        """`surround it with 8 balls`."""
        r = self.r
        middle = self.nouns.read(at + 1) if r.word(at, "surround", "encircle") and self.draft.editing else None
        if middle is None or not r.word(middle.end, "with", "by"):
            return 0
        ids = [one for one in self.draft.resolve(middle) if one != FLOOR]
        around = self.nouns.read(middle.end + 1)
        if not ids or around is None or around.kind not in KINDS or around.definite:
            return 0
        if around.plural and around.count is None:
            around.count = 8
        made = self.create(around)
        self.draft.update(made[0], arrange="circle")
        self.draft.relate(made, Relation("around", (ids[-1],)), instead=False)
        self.subjects, self.attached, self.edited = made, list(made), True
        r.use(at, around.end)
        return around.end - at
