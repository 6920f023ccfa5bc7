"""Cameras and lights that a sentence asks for, and where they look and shine from."""

from __future__ import annotations

from dataclasses import replace

from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.rules.ranges import Ranges
from py_remote_viewer.scenes.create.things.description import FLOOR
from py_remote_viewer.scenes.create.things.phrase import Phrase

# What is said of where a camera looks or a lamp shines from.
_SIDES = {
    "above": "above", "overhead": "above", "top": "above", "ceiling": "above", "down": "above", "side": "side",
    "right": "side", "left": "left", "front": "front", "behind": "behind", "back": "behind", "rear": "behind",
}  # fmt: skip
_TIPS = frozenset(
    ["gripper", "wrist", "hand", "tip", "head", "effector", "roof", "hood", "bumper", "nose", "end", "belly"]
)
_LAMPS = frozenset(["light", "lights", "spotlight", "spotlights", "lightsource", "lamp", "lamps"])
_ALL_SIDES = ("front", "side", "behind", "left")
_ROOFS = ("top", "roof", "front", "hood", "nose", "back", "side", "mast", "bumper")
_LEADING = ("with", "and", "plus", "has", "add", "show")


class Views(Ranges):
    """Rules for what looks and what shines."""

    def camera(self, at: int) -> int:
        """`a camera from above`, `a wrist camera`, `two cameras, one from above and one from the front`."""
        r, end = self.r, at + self.r.word(at, *_LEADING)
        count = 1
        if r[end].kind == "number" and 1 <= r[end].value <= 6:
            count, end = int(r[end].value), end + 1
        else:
            end += r.word(end, "a", "an", "the", "another", "its", "one")
        spot = "tip" if r[end].text in _TIPS or r.word(end, "onboard", "mounted") else ""
        end += bool(spot)
        if not r.word(end, "camera", "cameras"):
            return 0
        end += 1
        views: list[str] = []
        if r[end].kind == "quantity" and r.word(end + 1, "above", "over"):  # how high is told: it shows all of it
            r.miss([end])
            end += 1
            below = self.nouns.read(end + 1)
            if below is not None:
                r.use(below.end, below.end + self._looking_ahead(below.end))
        ahead = end + self._looking_at(end)
        if count == 1 and ahead > end and self._view(ahead)[1]:
            end = ahead  # `looking at the table from the front`
        while len(views) < count:
            ahead = end + (r[end].kind == "comma")
            ahead += r.word(ahead, "and") and bool(views)
            ahead += count > 1 and (r.word(ahead, "one") or (r[ahead].kind == "number" and r[ahead].value == 1))
            view, length = self._view(ahead)
            if not length:
                break
            views.append(view)
            end = ahead + length
            if count == 1:
                break
        owner = next((one for one in reversed(self.subjects) if one != FLOOR), None)
        if views == ["tip"] and r.word(end, "of") and (carrier := self._carrier(end)) is not None:
            views, end = self._on_carrier(carrier)
        if r.word(end - 1, "down", "downwards") and owner is not None and self._kind_of(owner) in ("drone", "gripper"):
            views = ["tip"]
        if not views and r.word(end, "around") and count > 1 and self.nouns.read(end + 1) is not None:
            views, around = [(*_ALL_SIDES, *_ALL_SIDES)[number] for number in range(count)], self.nouns.read(end + 1)
            there = around is not None and around.definite and self.draft.resolve(around)
            end = around.end if around is not None and there else end + 1
        elif not views and (followed := self._followed(end)) is not None:
            noun, end = followed
            views = [f"{noun}:"]
        elif not views and (carrier := self._carrier(end)) is not None:
            views, end = self._on_carrier(carrier)
        elif spot or "tip" in views:
            if owner is None:
                return 0
            views = [f"tip:{self.draft.scene.thing(owner).noun}"]
        if not views:
            return 0
        views += [views[-1]] * (count - len(views))
        end += self._looking_at(end)
        made = [view.removesuffix(":") if ":" in view else f"from:{view}" for view in views]
        self.world(cameras=(*self.draft.scene.world.cameras, *made))
        self.edited = self.edited or self.draft.editing
        r.use(at, end)
        return end - at

    def _followed(self, at: int) -> tuple[str, int] | None:
        """`following the car`, `that follows it`: what a camera follows, and where the words end; a new noun is read next."""
        r, end = self.r, at + self.r.word(at, "that", "which")
        if not r.word(end, "following", "follows", "follow", "tracking", "tracks", "chasing", "chases", "watching"):
            return None
        phrase = self.nouns.read(end + 1)
        if phrase is None:
            return None
        ids = [one for one in self.draft.resolve(phrase) if one != FLOOR] if phrase.pron or phrase.definite else []
        if phrase.pron and not ids:
            ids = [one for one in (*self.topic, *self.subjects) if one != FLOOR and self.draft.scene.has(one)]
        if ids:
            return self._noun_of(ids[-1]), phrase.end
        return (phrase.noun, phrase.start) if phrase.kind in KINDS and KINDS[phrase.kind].sort != "furniture" else None

    def _looking_ahead(self, at: int) -> int:
        """`looking forward`: where such a camera looks anyway."""
        r, end = self.r, at + (self.r[at].kind == "comma")
        looks = r.word(end, "looking", "facing", "pointing")
        if not looks or not r.word(end + 1, "forward", "forwards", "ahead", "straight", "down", "downwards"):
            return 0
        return end + 2 + r.word(end + 2, "ahead", "forward") - at

    def _on_carrier(self, carrier: Phrase) -> tuple[list[str], int]:
        """The view of a camera on a machine, and where the words end; a machine that is new is read next."""
        there, ahead = carrier.definite and self.draft.resolve(carrier), self._looking_ahead(carrier.end)
        self.r.use(carrier.end, carrier.end + ahead)
        return [f"tip:{carrier.noun}"], carrier.end + ahead if there else carrier.start

    def _carrier(self, at: int) -> Phrase | None:
        """`on a robot arm`, `mounted on the car`: the machine that a camera is on."""
        r, end = self.r, at + self.r.word(at, "mounted", "fixed", "attached")
        if not r.word(end, "on", "to", "of", "onto", "at", "above"):
            return None
        end += 1
        if r.word(end, "the") and r.word(end + 1, *_ROOFS) and r.word(end + 2, "of"):
            end += 3
        elif r.word(end, "top") and r.word(end + 1, "of"):
            end += 2
        phrase = self.nouns.read(end)
        if phrase is None or KINDS.get(phrase.kind) is None or KINDS[phrase.kind].sort != "machine":
            return None
        known = self.draft.resolve(phrase) if phrase.definite else []
        return replace(phrase, noun=self._noun_of(known[0]) if known else phrase.noun)

    def _view(self, at: int) -> tuple[str, int]:
        """`from above`, `on its gripper`, `looking straight down`: from where, in how many words."""
        r, end = self.r, at
        if r.word(end, "looking", "facing", "pointing"):
            end += 1
            end += r.word(end, "straight", "directly", "vertically")
            return ("above", end + 1 - at) if r.word(end, "down", "downwards") else ("", 0)
        if not r.word(end, "from", "on", "at", "above", "over", "in"):
            return "", 0
        if r.word(end, "above", "over"):
            phrase = self.nouns.read(end + 1)
            there = phrase is not None and phrase.definite and self.draft.resolve(phrase)
            return ("above", (phrase.end if phrase is not None and there else end + 1) - at)
        end += 1
        end += r.word(end, "the", "its", "one", "directly", "straight")
        end += r.word(end, "end") and r.word(end + 1, "effector")
        word = r[end].text
        if word in _TIPS and r.word(at, "on", "at", "in"):
            return "tip", end + 1 - at
        if word in _SIDES and r.word(at, "from", "on", "at") and not r.word(end + 1, "of"):
            return _SIDES[word], end + 1 - at
        return "", 0

    def _looking_at(self, at: int) -> int:
        """`looking down at the table`, `pointing at it`: what stands in the middle of every view."""
        r, end = self.r, at
        end += r[end].kind == "comma"
        if not r.word(end, "looking", "facing", "pointing", "pointed", "aimed", "watching", "directed"):
            return 0
        end += 1
        while r.word(end, "straight", "down", "directly", "back"):
            end += 1
        end += r.word(end, "at", "to", "towards", "onto", "on")
        phrase = self.nouns.read(end)
        if phrase is not None and phrase.definite and (phrase.pron or self.draft.resolve(phrase)):
            end = phrase.end
        return end - at

    def lamp(self, at: int) -> int:
        """`a red light`, `a spotlight above the table`, `light from the left`."""
        r, end = self.r, at + self.r.word(at, *_LEADING)
        count = 1
        if r[end].kind == "number" and 1 <= r[end].value <= 4:
            count, end = int(r[end].value), end + 1
        else:
            end += r.word(end, "a", "an", "the", "another", "one", "some")
        colour = ""
        while r.is_cat(end, "colour") or r.word(end, "bright", "dim", "warm", "soft", "strong", "single", "point"):
            found = r.match(end, "colour")
            colour = str(found[0].value) if found is not None else colour
            end += 1
        if r[end].text not in _LAMPS:
            return 0
        if (
            end == at
            and r.word(at, "light")
            and self.verb_word == "make"
            and self.subjects
            and r[at - 1].kind == "word"
        ):
            return 0  # `make it light`: how heavy it is
        spot = r[end].text.startswith("spot")
        end += 1 + r.word(end + 1, "source", "sources", "bulb")
        view, length = self._view(end)
        if r.word(end, "shining", "coming", "falling"):
            view, length = self._view(end + 1)
            length += bool(length)
        weighed = (
            r.word(end, "one", "ones")
            or r.is_cat(end, "colour")
            or (r[end].kind == "number" and not length)
            or (r.word(end, "and") and r.is_cat(end + 1 + r.word(end + 1, "a", "one"), "weight"))
        )
        if not length and (self.nouns.head_follows(end) or r.is_cat(end, "size", "material") or weighed):
            return 0  # `a light box`, `a light one`, `a light and a heavy ball`
        end += length
        if not length and r.word(end, "on", "onto", "over") and self.nouns.read(end + 1) is not None:
            phrase = self.nouns.read(end + 1)
            if phrase is not None and phrase.definite and self.draft.resolve(phrase):
                view, end = "above", phrase.end
        made = f"{'spot' if spot else 'light'}:{colour}:{view if view != 'tip' else 'above'}"
        self.world(lights=(*self.draft.scene.world.lights, *[made] * count))
        self.edited = self.edited or self.draft.editing
        r.use(at, end)
        return end - at

    def unseen(self, at: int) -> int:
        """`remove the camera`, `turn off the red light`, `no lights`: what looks and shines no longer."""
        r, end = self.r, at
        if not self.draft.editing or not (self.starts_clause() or r.word(at, "without", "no")):
            return 0
        if r.word(at, "remove", "delete", "without", "no", "drop"):
            end += 1
        elif r.word(at, "turn", "switch", "take") and r.word(at + 1, "off", "out", "away"):
            end += 2
        else:
            return 0
        end += r.word(end, "the", "all", "both", "any") + (r.word(end, "all") and r.word(end + 1, "the"))
        which = r.match(end, "colour", "ordinal")
        end += which[1] if which is not None else 0
        kind = "cameras" if r.word(end, "camera", "cameras") else "lights" if r[end].text in _LAMPS else ""
        if not kind:
            return 0
        world = self.draft.scene.world
        there = world.cameras if kind == "cameras" else world.lights
        kept = there[:0]
        if which is not None and which[0].cat == "colour":
            kept = tuple(one for one in there if f":{which[0].value}:" not in one)
        elif not r[end].text.endswith("s"):
            kept = there[:-1]
        if kept == there:
            r.miss(list(range(at, end + 1)))
            return end + 1 - at
        self.world(**{kind: kept})
        self.edited = True
        r.use(at, end + 1)
        return end + 1 - at
