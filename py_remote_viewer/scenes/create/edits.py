"""Changes of the scene that is there: `same but with 5`, `where they were`, `to half`, `stop it`, `don't let it slide`."""

from __future__ import annotations

import math
from dataclasses import replace

from py_remote_viewer.errors import SceneInvalid
from py_remote_viewer.scenes.create.description import FLOOR, Motion, Relation, Thing
from py_remote_viewer.scenes.create.elements import override_of, position
from py_remote_viewer.scenes.create.kinds import KINDS, USUAL_SPIN
from py_remote_viewer.scenes.create.machine_parts import MachineParts
from py_remote_viewer.scenes.create.phrase import Phrase
from py_remote_viewer.scenes.create.sizes import ramp_angle_deg

_SHARES = {"half": 0.5, "third": 1 / 3, "quarter": 0.25, "fourth": 0.25, "fifth": 0.2, "tenth": 0.1}
_MORE = {"double": 2.0, "twice": 2.0, "triple": 3.0, "thrice": 3.0, "quadruple": 4.0}
_BEHIND_SHARE = (
    "of", "its", "the", "their", "original", "current", "present", "normal", "usual", "earth", "value", "size", "strength", "what", "it",
    "was", "is", "as", "before", "now", "earth's", "much",
)  # fmt: skip
_NOT = (
    "doesn't", "don't", "won't", "can't", "cannot", "never", "shouldn't", "isn't", "aren't", "doesnt", "dont", "wont",
)  # fmt: skip
_TAIL = (
    "down",
    "over",
    "off",
    "away",
    "anymore",
    "around",
    "at",
    "all",
    "any",
    "more",
    "longer",
    "again",
    "it",
    "from",
    "there",
    "so",
    "easily",
)
_SLIP = ("slip", "slips", "slipping")
_DIRECTED = {"higher": "up", "lower": "down", "closer": "forward", "nearer": "forward", "away": "back"}


class Edits(MachineParts):
    """Rules for follow-ups."""

    gone: tuple[Thing, tuple[int, ...]] | None = None  # what was taken away last, and which of its elements
    turned: tuple[int, float] | None = None  # what was turned last, and how it stood before

    # --- what was there ---------------------------------------------------------------------------------------------------

    def _remove(self, at: int, length: int) -> int:
        before = self.draft.scene
        step = super()._remove(at, length)
        whole = [thing for thing in before.things if not self.draft.scene.has(thing.id)]
        if whole:
            self.gone = (whole[-1], ())
        return step

    def _out(self, group: int, indices: list[int]) -> None:
        before = self.draft.scene.thing(group)
        super()._out(group, indices)
        self.gone = (before, tuple(indices))

    def where_it_was(self, at: int) -> int:
        """`where they were`, `in its place`: what was just put stands where what was taken away stood."""
        r, end = self.r, at
        if r.word(at, "where") and r.word(at + 1, "it", "they", "those", "the", "that"):
            end = at + 2
            while r[end].kind == "word" and end - at < 6 and not r.word(end, "was", "were", "stood", "had"):
                end += 1
            if not r.word(end, "was", "were", "stood", "had"):
                return 0
            end += 1 + r.word(end + 1, "been", "standing", "before")
        elif r.word(at, "in") and r.word(at + 1, "its", "their", "the") and r.word(at + 2, "place", "places", "same"):
            end = at + 3 + r.word(at + 3, "place", "spot")
        elif r.word(at, "there", "instead") and r[at + 1].kind in ("stop", "comma"):
            end = at + 1
        else:
            return 0
        new = [one for one in self.subjects if one != FLOOR and one not in self.draft.old_ids]
        if self.gone is None or not new:
            return 0
        old, indices = self.gone
        place = old.place if not indices else self._beside_the_rest(old, indices)
        if place is None:
            r.miss(list(range(at, end)))
            return end - at
        here = tuple(one for one in place if all(t == FLOOR or self.draft.scene.has(t) for t in one.targets))
        for one in new:
            where = {"at": old.at, "shift": old.shift, "height": old.height} if not indices else {}
            self.draft.update(one, place=here, **where)
        if not indices:
            self._take_over(old, new[0])
        r.use(at, end)
        return end - at

    @staticmethod
    def _beside_the_rest(old: Thing, indices: tuple[int, ...]) -> tuple[Relation, ...] | None:
        """A place beside those of the group that stay; None where the gap is among them."""
        count = len(indices)
        if old.groups > 1 or old.arrange not in ("", "row", "stack") or count == old.total:
            return old.place if count == old.total else None
        if set(indices) == set(range(old.total - count, old.total)):
            return (
                Relation(
                    "on" if old.arrange == "stack" else "right",
                    (old.id,),
                    None if old.arrange == "stack" else old.spacing,
                ),
            )
        if set(indices) == set(range(count)) and old.arrange != "stack":
            return (Relation("left", (old.id,), old.spacing),)
        return None

    def _take_over(self, old: Thing, new: int) -> None:
        """`new` gets the old one's place in the row of things, and what stood on it or beside it."""
        before = self.draft.before
        scene = self.draft.scene
        things = [thing for thing in scene.things if thing.id != new]
        order = [thing.id for thing in before.things]
        after = [thing.id for thing in things if thing.id in order and order.index(thing.id) > order.index(old.id)]
        spot = next((i for i, thing in enumerate(things) if thing.id in after), len(things))
        things.insert(spot, scene.thing(new))
        for i, thing in enumerate(things):
            was = before.thing(thing.id) if before.has(thing.id) else None
            back = [one for one in was.place if old.id in one.targets] if was is not None else []
            if back and not thing.place:
                moved = tuple(
                    replace(one, targets=tuple(new if t == old.id else t for t in one.targets)) for one in back
                )
                things[i] = replace(thing, place=moved)
        self.draft.scene = replace(scene, things=tuple(things))

    # --- the same, but -----------------------------------------------------------------------------------------------------

    def same_again(self, at: int) -> int:
        """`same but with 5`, `do the same with 5 cylinders`: the scene that is there, with one thing different."""
        r, end = self.r, at
        if not self.draft.editing or self.subjects or not self.draft.scene.things:
            return 0
        end += r.word(end, "do", "make", "show", "create", "build", "now", "try")
        end += r.word(end, "the", "it", "exactly")
        if not r.word(end, "same"):
            return 0
        end += 1 + r.word(end + 1, "thing", "scene", "setup", "again", "ones", "one", "experiment", "simulation")
        end += r.word(end, "again")
        end += r[end].kind == "comma"
        if not r.word(end, "but", "just", "only", "except", "with", "using", "for", "on", "in", "without"):
            return 0
        while r.word(end, "but", "just", "only", "except", "now", "this", "time"):
            end += 1
        group = self._main()
        number = end + r.word(end, "with", "using", "for")
        token = r[number]
        part = token.kind == "number" and r.is_cat(number + 1, "part")
        counted = token.kind == "number" and not part
        noun = self.nouns.read(number) if number > end else None
        if noun is not None and noun.kind in KINDS and (counted or not noun.definite) and not part:
            end = self._other_kind(group, noun)
        elif counted and 0 < token.value <= 200 and token.value == int(token.value):
            self.draft.update(group, count=int(token.value), shape=())
            end = number + 1 + 2 * (r.word(number + 1, "of") and r.word(number + 2, "them"))
        self.subjects, self.edited, self.verb_word = [group], True, "make"
        self.clause_break = False
        r.use(at, end)
        return end - at

    def _main(self) -> int:
        there = [one for one in self.draft.mentions if self.draft.scene.has(one)]
        groups = [one for one in there if self.draft.scene.thing(one).total > 1]
        return (groups or there)[-1]

    def _other_kind(self, group: int, noun: Phrase) -> int:
        """The group made of something else, where and as it was."""
        old = self.draft.scene.thing(group)
        alike = [thing for thing in self.draft.scene.things if thing.kind == noun.kind]
        if alike:
            group, old = alike[-1].id, alike[-1]
        count = noun.count if noun.count is not None else old.count
        if not alike:
            (made, *_) = self.create(noun)
            new = self.draft.scene.thing(made)
            self.draft.remove([made])
            kept = {
                "id": old.id,
                "place": old.place,
                "at": old.at,
                "arrange": old.arrange,
                "label": old.label,
                "spacing": old.spacing,
            }
            kept |= {"groups": old.groups, "motion": old.motion, "colours": new.colours or old.colours, "count": count}
            things = tuple(replace(new, **kept) if thing.id == old.id else thing for thing in self.draft.scene.things)
            self.draft.scene = replace(self.draft.scene, things=things)
        else:
            self.draft.update(group, count=count, shape=())
            self.draft.apply(group, replace(noun, count=None))
        return noun.end

    def one_of_them(self, at: int) -> int:
        """`make one longer`, `paint one of them red`: any one of the group."""
        r = self.r
        group = self._group()
        one = r.word(at, "one") or (r[at].kind == "number" and r[at].shown == "one")
        if group is None or not one or not self.verb_word or not self.draft.editing:
            return 0
        end = at + 1 + 2 * (r.word(at + 1, "of") and r.word(at + 2, "them"))
        phrase = Phrase(at)
        finish = self._adjectives(end, phrase)
        if finish == end or self.nouns.head_follows(finish):
            return 0
        index = self._free(group)[:1] or [0]
        if override_of(self.draft.scene.thing(group), index[0], phrase) is not None:
            return self._apply(at, finish, group, index, phrase)
        place = self.draft.scene.thing(group).place
        single = self.draft.split_off(group, position(index[0], self.draft.scene.thing(group).total))
        if not place:
            self.draft.relate([single], Relation("right", (group,)), instead=False)
        self.draft.apply(single, phrase)
        self.subjects, self.edited = [single], True
        r.use(at, finish)
        return finish - at

    def subset(self, at: int) -> int:
        """Some of a group, or one of it."""
        return self.one_of_them(at) or super().subset(at)

    # --- how much ---------------------------------------------------------------------------------------------------------

    def _share(self, at: int) -> tuple[float, int] | None:
        """`to half`, `by a factor of 3`, `by 20 percent`, `to twice its value`: the factor, and where it ends."""
        r, by = self.r, self.r.word(at, "by")
        if not r.word(at, "to", "by"):
            return None
        less, end = self.verb_word == "shrink", at + 1
        end += r.word(end, "a", "an", "one", "about", "only")
        token = r[end]
        if r.word(end, "factor") and r.word(end + 1, "of") and r[end + 2].kind == "number" and r[end + 2].value > 0:
            value, end = r[end + 2].value, end + 3
            return (1 / value if less else value), end
        if token.kind == "quantity" and token.dimension == "percent":
            factor = token.value if not by else 1 - token.value if less else 1 + token.value
        elif r.word(end, *_SHARES) or (token.kind == "number" and token.value == 0.5):
            share = _SHARES.get(token.text, 0.5)
            factor = share if not by else 1 - share if less else 1 + share
        elif r.word(end, *_MORE):
            factor = _MORE[token.text]
        elif token.kind == "number" and r.is_cat(end + 1, "times"):
            factor, end = (1 / token.value if less and token.value else token.value), end + 1
        else:
            return None
        end += 1
        while r.word(end, *_BEHIND_SHARE):
            end += 1
        return (factor, end) if factor > 0 else None

    def _set_property(self, start: int, end: int, ids: list[int], name: str) -> int:
        share = self._share(end)
        if share is None or not self.verb_word:
            return super()._set_property(start, end, ids, name)
        self.factor = share[0]
        super()._set_property(start, end, ids, name)
        self.r.use(start, share[1])
        return share[1] - start

    def world_property(self, at: int, *, look: bool = False) -> int:
        """Gravity, also `to half`."""
        end = at + self.r.word(at, "the")
        share = self._share(end + 1) if self._gravity_word(end) and self.verb_word else None
        if share is None or look:
            return super().world_property(at, look=look)
        self.set_gravity(self.draft.scene.world.gravity * share[0])
        self.about_gravity = True
        self.r.use(at, share[1])
        return share[1] - at

    def _property_of(self, at: int) -> int:
        """`the friction between the box and the ramp`: that of both."""
        r, end = self.r, at + self.r.word(at, "the")
        found = r.match(end, "property")
        if found is not None and found[0].value == "friction" and r.word(end + found[1], "between"):
            pair, after = self._pair_at(end + found[1] + 1)
            if len(pair) != 2 and r.word(end + found[1] + 1, "them", "both"):
                pair = self._last_two()
            if len(pair) == 2:
                return self._set_property(at, after, pair, "friction")
        return super()._property_of(at)

    def moved_by(self, at: int) -> int:
        """`move it 30 cm further away`, `lift it another 10 cm`: how far, which is no size."""
        r, end = self.r, at
        if self.verb_word not in ("move", "lift", "sink") or not self.subjects:
            return 0
        end += r.word(end, "by", "about")
        end += r.word(end, "another", "a")
        token = r[end]
        if token.kind != "quantity" or token.dimension != "length":
            return 0
        end += 1
        ahead = end
        while r.word(ahead, "further", "farther", "more", "straight"):
            ahead += 1
        found = r.match(ahead, "dir")
        direction, after = "", end
        if (
            found is not None
            and found[0].value in ("left", "right", "up", "down", "forward", "back")
            and not r.word(ahead, "away")
        ):
            direction, after = found[0].value, ahead + found[1]
            if r.is_cat(ahead, "rel") and r.word(after, "of"):
                return 0
        elif r.word(ahead, *_DIRECTED) and not r.word(ahead + 1, "from", "to"):
            direction, after = _DIRECTED[r[ahead].text], ahead + 1
        elif self.verb_word in ("lift", "sink") and not r.is_cat(ahead, "rel"):
            direction, after = ("up" if self.verb_word == "lift" else "down"), ahead
        if not direction:
            return 0
        self.shift(direction, token.value)
        r.use(at, after)
        return after - at

    def _turned(self, one: int, degrees: float, words: list[str]) -> None:
        self.turned = (one, self.draft.scene.thing(one).yaw_deg)
        super()._turned(one, degrees, words)

    def clockwise(self, at: int) -> int:
        """`clockwise`, as seen from above, behind a turn."""
        counter = self.r.word(at, "counterclockwise", "anticlockwise") or (
            self.r.word(at, "counter", "anti") and self.r.word(at + 1, "clockwise")
        )
        if not counter and not self.r.word(at, "clockwise"):
            return 0
        length = 1 + self.r.word(at, "counter", "anti")
        if self.turned is None or self.draft.scene.thing(self.turned[0]).yaw_deg == self.turned[1]:
            return 0
        one, old = self.turned
        if not counter:
            self.draft.update(one, yaw_deg=2 * old - self.draft.scene.thing(one).yaw_deg)
        self.r.use(at, at + length)
        return length

    # --- what should not be -------------------------------------------------------------------------------------------------

    def kept_from(self, at: int) -> int:
        """`so it doesn't slide`, `don't let it fall over`, `keep it from rolling away`, `without sliding`."""
        r, end = self.r, at
        end += r.word(end, "so")
        end += r.word(end, "that", "such") and end > at
        whom = [one for one in self.subjects if one != FLOOR]
        letting = r.word(end, *_NOT, "not") and r.word(end + 1, "let", "allow")
        holding = (
            (r.word(end, "keep", "prevent", "stop")
            and not r.word(end + 1, "the"))
            or (r.word(end, "keep", "prevent", "stop"))
        )
        if letting or holding:
            phrase = self.nouns.read(end + (2 if letting else 1))
            if phrase is None or not phrase.definite:
                return 0
            whom, end = self.draft.resolve(phrase), phrase.end
            if holding and not r.word(end, "from"):
                return 0
            end += r.word(end, "from", "to")
        else:
            phrase = self.nouns.read(end) if not r.word(end, *_NOT, "without") else None
            if phrase is not None:
                if not phrase.definite or not r.word(
                    phrase.end, *_NOT, "does", "do", "will", "should", "no", "not", "stays"
                ):
                    return 0
                whom, end = self.draft.resolve(phrase) or whom, phrase.end
            if r.word(end, *_NOT, "without"):
                end += 1
            elif (r.word(end, "does", "do", "will", "should", "can") and r.word(end + 1, "not")) or (r.word(end, "no") and r.word(end + 1, "longer")):
                end += 2
            else:
                return 0
        found = r.match(end, "motion")
        kind, length = (
            ("sliding", 1) if r.word(end, *_SLIP) else (found[0].value, found[1]) if found is not None else ("", 0)
        )
        whom = [one for one in whom or [self._main()] if one != FLOOR] if self.draft.scene.things else []
        if not kind or not whom:
            return 0
        end += length
        while r.word(end, *_TAIL):
            end += 1
        if not self._held(whom, kind, toppling="over" in (r[end - 1].text, r[end - 2].text)):
            return 0
        self.edited = self.edited or self.draft.editing
        r.use(at, end)
        return end - at

    def _held(self, whom: list[int], kind: str, *, toppling: bool) -> bool:
        """Take the motion away, and give what it takes to prevent it; False where nothing here would."""
        done = False
        for one in whom:
            thing = self.draft.scene.thing(one)
            ramp = next(
                (self.draft.scene.thing(t) for r in thing.place for t in r.targets if t != FLOOR and r.kind == "on"),
                None,
            )
            slope = ramp_angle_deg(ramp) if ramp is not None and ramp.kind == "ramp" else 0.0
            rolls = KINDS[thing.kind].sort == "solid" and not KINDS[thing.kind].carries
            if kind == "bouncing":
                self.draft.update(one, bounce=0.0)
                done = True
            elif kind == "sliding" and not rolls:
                grip = round(math.tan(math.radians(slope)) + 0.3, 2)
                motion = (
                    None if thing.motion is not None and thing.motion.kind in ("sliding", "moving") else thing.motion
                )
                self.draft.update(
                    one, friction=max(thing.friction if thing.friction is not None else 0.7, grip), motion=motion
                )
                done = True
            elif thing.motion is not None and (
                thing.motion.kind == kind or kind == "moving" or (toppling and thing.motion.kind == "toppled")
            ):
                self.draft.update(one, motion=None)
                done = not slope or not rolls
            elif toppling and (thing.label or thing.total > 1) and thing.motion is None and self.draft.editing:
                self.draft.changes += 1
                done = True
        return done

    def stop_it(self, at: int) -> int:
        """`stop it`, `make the car stop`, `bring it to rest`: it no longer moves at the start."""
        r, end = self.r, at
        if not self.draft.editing:
            return 0
        whom = [one for one in self.subjects if one != FLOOR]
        if r.word(at, "stop", "freeze", "halt", "stops"):
            end = at + 1
            phrase = self.nouns.read(end)
            if phrase is not None and phrase.definite:
                whom, end = self.draft.resolve(phrase), phrase.end
            if r.word(end, "from"):
                return 0
            end += r.word(end, "moving", "rolling", "driving", "spinning", "sliding", "swinging")
            whom = whom or [one for one in self.draft.mentions if self.draft.scene.has(one)][-1:]
        elif r.word(at, "to") and r.word(at + 1, "a", "rest") and whom:
            end = at + 2 + (r.word(at + 1, "a") and r.word(at + 2, "stop", "halt", "standstill"))
        elif not (r.word(at, "still", "stationary") and self.verb_word in ("make", "put") and whom):
            return 0
        else:
            end = at + 1
        moving = [one for one in whom if one != FLOOR and self.draft.scene.thing(one).motion is not None]
        if not moving:
            return 0
        for one in moving:
            self.draft.update(one, motion=None)
        self.subjects, self.edited = moving, True
        self.draft.mention(moving)
        r.use(at, end)
        return end - at

    def instead(self, at: int) -> int:
        """`make it blue instead`: the change is the other way already."""
        r = self.r
        if (
            not r.word(at, "instead", "rather")
            or r.word(at + 1, "of", "than")
            or not self.draft.editing
            or not self.draft.changes
        ):
            return 0
        new = [one for one in self.sentence_ids if one not in self.draft.old_ids and self.draft.scene.has(one)]
        old = [
            one
            for one in self.draft.focus or self.draft.mentions
            if one in self.draft.old_ids and self.draft.scene.has(one)
        ]
        if new and len(new) == 1 and old and not self.draft.scene.thing(new[0]).place:
            before = self.draft.scene.thing(old[-1])
            self.draft.remove([before.id])
            self.draft.update(new[0], place=before.place, at=before.at, shift=before.shift)
            self._take_over(before, new[0])
        elif new:
            return 0
        self.edited = True
        r.use(at, at + 1)
        return 1

    def _ordinary(self, at: int) -> int:
        """`faster`, also of what spins by itself."""
        for one in self.subjects if self.r.is_cat(at, "pace") else ():
            thing = self.draft.scene.thing(one) if one != FLOOR else None
            usual = USUAL_SPIN.get(thing.kind) if thing is not None else None
            if thing is not None and usual is not None and (thing.motion is None or thing.motion.spin is None):
                self.draft.update(one, motion=Motion("spinning", spin=usual))
        return super()._ordinary(at)

    def go_on(self, at: int) -> int:
        """`make the ball go twice as fast`: a verb that says nothing beside what comes."""
        if not self.r.word(at, "go", "move", "run", "drive", "travel") or self.verb_word != "make" or not self.subjects:
            return 0
        factor, end = self._factor(at + 1)
        if end == at + 1 and not self.r.is_cat(at + 1, "pace"):
            return 0
        self.r.use(at, at + 1)
        return 1

    def _as_many_more(self, at: int) -> int:
        """`10 more`, of what was named last; `two more on top` of a tower, `two more at the end` of a row."""
        number = self.r[at].kind == "number" and self.r.word(at + 1, "more")
        ids = self.draft.resolve(Phrase(at, pron="it")) if number and self.draft.editing else []
        if not ids:
            return 0
        thing = self.draft.scene.thing(ids[-1])
        self.draft.update(thing.id, count=min(201, thing.count + max(0, int(self.r[at].value))))
        if thing.count + self.r[at].value > 200:
            raise SceneInvalid("more than 200 of them are too many", hint="Ask for fewer.")
        self.edited = True
        where = self.r.match(at + 2, "barerel")
        fits = {"stack": ("on",), "row": ("end", "right")}.get(thing.arrange, ())
        length = 2 + (where[1] if where is not None and where[0].value in fits else 0)
        self.r.use(at, at + length)
        return length

    def world_switch(self, at: int, *, on: bool) -> int:
        """`without motors`: also of machines that come with them."""
        step = super().world_switch(at, on=on)
        feature = [i for i in range(at, at + step) if self.r.is_cat(i, "feature")]
        if feature and self.r.match(feature[0], "feature")[0].value == "motors":  # type: ignore[index]
            for thing in self.draft.scene.things:
                if KINDS[thing.kind].sort == "robot" and not on:
                    self.r.miss(feature)
                elif KINDS[thing.kind].sort == "machine":
                    self.draft.update(thing.id, unpowered=not on)
        return step
