"""The state of one walk over the tokens: whom the sentence is about, and how its words are looked up."""

from __future__ import annotations

from typing import Any

from py_remote_viewer.errors import SceneInvalid
from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.reading.nouns import NounReader
from py_remote_viewer.scenes.create.reading.reader import Reader
from py_remote_viewer.scenes.create.things.description import FLOOR
from py_remote_viewer.scenes.create.things.draft import Draft
from py_remote_viewer.scenes.create.things.phrase import Phrase
from py_remote_viewer.scenes.create.things.values import give_each

_SAYING = ("colour", "shade", "material", "size", "dimfactor", "weight", "surface", "form", "pose", "fixed", "motion")

_SQUARE = ("cloth", "plate", "table", "platform", "bin")


class Walk:
    """What a rule may read and change. A rule takes what stands at `at`, and returns how many tokens it was, or 0."""

    def __init__(self, reader: Reader, draft: Draft) -> None:
        self.r = reader
        self.draft = draft
        self.nouns = NounReader(reader)
        self.subjects: list[int] = []
        self.topic: list[int] = []
        self.index: int | None = None
        self.objects: list[int] = []
        self.prior_objects: list[int] = []
        self.attached: list[int] = []  # what the words that follow at once are about: the noun just before them
        self.sentence_ids: list[int] = []
        self.joined = False
        self.related_since = False
        self.clause_break = True
        self.fresh_and = False
        self.edited = False
        self.verb_word = ""
        self.moving = ""
        self.factor: float | None = None
        self.property_name = ""
        self.about_floor = False
        self.about_gravity = False
        self.pending_motion: dict[str, Any] | None = None
        self.verb_motion = ""
        self.sentence_place: tuple[str, list[int], float | None, bool] | None = None
        self.place_ahead: tuple[str, list[int], float | None, bool] | None = None
        self.unknown_nouns: list[str] = []
        self.last_relation = ""
        self.allotted: dict[int, set[int]] = {}
        self.carried_by: tuple[int, str] | None = None
        self.failed_relation = False
        self.excused: set[int] = set()  # adjectives of nouns that are not known: the noun alone is reported
        self.denied: set[int] = set()  # `without a lid`: what there is none of
        self.chosen: int | None = None  # which element of the target a relation is about
        self.each_spot = False  # `in each corner`: what was counted is counted once for each
        self.one_each = False  # `one on each`: no more of them than there are
        self.nth_end = 0
        self.missed_shape = False  # an arrangement that one thing alone cannot have
        self.counted_ones: set[int] = set()  # `one ball`: another may follow as `the other`
        self.sharers: list[list[int]] = []  # `4 blue and 4 red cubes`: things that share a noun
        self.pending_sharers: list[int] = []
        self.members_of: dict[int, list[int]] = {}  # of a group whose elements became things of their own
        self.told_of: dict[int, list[int]] = {}  # those of them that something was said of
        self.unsided: set[int] = set()  # `30 cm from the pivot`, on whichever side is free
        self.carrying: set[int] = set()  # of such elements, those that something was put on
        self.spots: dict[int, set[int]] = {}  # of a group: elements that carry something, `on one of them`
        self.slots: dict[int, str] = {}
        self.slot_words: list[int] = []
        self.relation_at = 0  # where the words of the relation begin that is being read
        self.unknown_subject = False
        self.contrasted = False  # behind `versus`: what is named without an article is another one
        self.nameless = False  # what comes next is said of a noun that is not known
        self.clash: tuple[int, int, float | None] | None = None
        self.waiting: list[tuple[int, int, str, int, Phrase]] = []
        self.excused_numbers: set[int] = set()  # figures that another figure follows from
        self.uncounted_ties: set[int] = set()
        self.tie_nouns: list[int] | None = None
        self.deferred: list[Any] = []  # of `comparisons.Comparison`

    def create(self, phrase: Phrase) -> list[int]:
        """Add what `phrase` names, with the values that it gives one by one; the ids."""
        if phrase.kind in _SQUARE and any(self.r.word(one, "square") for one in phrase.beside):
            phrase.beside = [one for one in phrase.beside if not self.r.word(one, "square")]
            sides = KINDS[phrase.kind].dims | phrase.given.get("dims", {})
            if not phrase.dims and sides["length"] != sides["width"]:
                phrase.dims = dict.fromkeys(("length", "width"), sides["length"])
        self.r.miss(phrase.beside)
        if phrase.label == "house" and phrase.noun in ("card", "playing_card"):
            self.r.miss(
                [one for one in range(phrase.start, phrase.end) if self.r.word(one, "house")]
            )  # nothing leans so
        if phrase.parts is not None and phrase.kind in KINDS and not KINDS[phrase.kind].part:
            tuples = [one for one in range(phrase.start, phrase.end) if self.r.is_cat(one, "tuple")]
            self.r.miss([one for one in tuples if not self.r.word(one, "single", "simple")])
        ids = self.draft.create(phrase)
        if phrase.count is None and not phrase.det and not phrase.plural and not phrase.label:
            self.draft.unsaid.add(ids[-1])  # `pendulum lengths 30, 60 and 90 cm`: the values say how many
        for name, values in phrase.lists:
            if phrase.count is None:
                self.draft.unsaid.add(ids[-1])
            ids = give_each(self.draft, ids, name, values) or ids
        self.sentence_ids += ids
        return ids

    def forget_removed(self) -> None:
        """What was taken away is no longer spoken of."""
        there = {FLOOR, *(thing.id for thing in self.draft.scene.things)}
        for spoken in (self.subjects, self.attached, self.topic, self.objects, self.sentence_ids):
            if not there.issuperset(spoken):
                spoken[:] = [one for one in spoken if one in there]

    def end_sentence(self) -> None:
        """Forget whom the sentence was about, but for `it` in the next."""
        self.topic = [one for one in self.subjects if one != FLOOR] or self.topic
        self.subjects, self.objects, self.index = [], [], None
        self.attached, self.sentence_ids = [], []
        self.joined = self.related_since = False
        self.clause_break = True
        self.verb_word, self.moving, self.property_name = "", "", ""
        self.factor = None
        self.about_floor = self.about_gravity = False
        self.pending_motion = None
        self.verb_motion = ""
        self.sentence_place = self.place_ahead = None
        self.carried_by = None
        self.unknown_subject = self.nameless = self.contrasted = False

    def _place_follows(self, at: int) -> bool:
        """Whether what was just named is told its own place; `in a row` is none."""
        place, shape = self.r.match(at, "rel"), self.r.match(at, "arrange")
        return place is not None and (shape is None or shape[1] < place[1])

    def _on_ramp(self, one: int) -> int:
        """A hook for the rules above: the ramp that `one` stands on."""
        return one

    def subset(self, at: int) -> int:
        """A hook for the rules above: some elements of a group."""
        return 0

    def range_follows(self, at: int) -> bool:
        """A hook for the rules above: `between 2 and 6 cm`, which is no place."""
        return False

    def _holder(self, placed: list[int]) -> list[int]:
        """A hook for the rules above: what has corners, of all that was named before `placed`."""
        return []

    def is_title(self, phrase: Phrase) -> bool:
        """A hook for the rules above: whether `phrase` only names what comes behind a colon."""
        return False

    def _last_run(self, ids: list[int], targets: list[int]) -> list[int]:
        """A hook for the rules above: which of several a place is said of."""
        return ids[-1:]

    def bare_load(self, at: int) -> int:
        """A hook for the rules above: a mass that is a thing."""
        return 0

    def _noun_of(self, one: int) -> str:
        return self.draft.scene.thing(one).noun if one != FLOOR else ""

    def _kind_of(self, one: int) -> str:
        return self.draft.scene.thing(one).kind if one != FLOOR else ""

    def starts_clause(self) -> bool:
        """Whether a verb here would begin a clause."""
        return not self.subjects or self.clause_break or self.related_since

    def unknown(self, phrase: Phrase) -> None:
        """A noun that is not known: what it would have been stays unused, and is reported."""
        self.unknown_nouns.append(phrase.noun)
        self.excused.update(range(phrase.start, phrase.end - 1))
        self.unknown_subject = self.nameless = True
        self.attached = []
        self.r.use(phrase.start, phrase.end - 1)
        said = [at for at in range(phrase.start, phrase.end - 1) if self.r.is_cat(at, *_SAYING)]
        self.r.miss(said + [at for at in range(phrase.start, phrase.end) if self.r[at].kind == "quantity"])
        owned = self.r.word(phrase.start - 1, "with", "has", "having")  # where it is, its owner is
        if (not self.joined or self.related_since) and not owned:
            self.subjects = []

    def existing(self, phrase: Phrase, *, required: bool = True) -> list[int]:
        """Ids of what `phrase` points at.

        Raises:
            SceneInvalid: there is none, and `required`.
        """
        ids = self.draft.resolve(phrase)
        if not ids and phrase.kind not in ("floor", "?") and required:
            described = " ".join([*phrase.colours, phrase.changes.get("material", "")]).strip()
            what = (
                (described + " one" if described else {"it": "such thing"}.get(phrase.pron, phrase.pron))
                if phrase.pron
                else " ".join([*phrase.colours, phrase.changes.get("material", ""), phrase.noun]).strip()
            )
            raise SceneInvalid(
                f"there is no {what.replace('_', ' ')!s} to change".replace("  ", " "),
                hint=self.draft.what_there_is() + " Say what to add, or describe a new scene.",
            )
        return ids

    def _gravity_word(self, at: int) -> bool:
        return self.r.word(at, "gravity", "gravitation", "gravitational")

    def _object_follows(self, at: int) -> bool:
        r = self.r
        each = r.word(at, "each", "every") and not r.word(at + 1, "other")
        return each or r[at].kind == "vector" or r.is_cat(at, "floor", "aerial") or self.nouns.read(at) is not None

    def _meant_by_it(self) -> list[int]:
        return self.draft.resolve(Phrase(0, pron="it"), exclude=tuple(self.subjects))

    def _with_ends(self) -> list[int]:
        """What was named last that has two ends to put something on."""
        there = [one for one in self.draft.mentions if one not in self.subjects and self.draft.scene.has(one)]
        long = ("seesaw", "catapult", "table", "plank", "platform", "bridge", "wall")
        ended = [one for one in there if self.draft.scene.thing(one).kind in long]
        return (ended or there)[-1:]

    def _nearest_holder(self, subject: int) -> int:
        """`a robot next to a table with a ball on it`: the table, when it can carry and the robot cannot."""
        last = self.objects[-1] if self.objects and self.draft.scene.has(self.objects[-1]) else subject
        near = [
            one for one in self.attached[-1:] if one != FLOOR and one not in self.subjects and self.draft.scene.has(one)
        ]
        if near and self._kind_of(near[0]) == "bin" and self._kind_of(subject) != "bin":
            return near[0]  # `a robot in an arena with 8 boxes`
        carries = [KINDS[self.draft.scene.thing(one).kind].carries for one in (subject, last)]
        return last if carries[1] and not carries[0] else subject

    def _moves(self, one: int) -> bool:
        motion = self.draft.scene.thing(one).motion
        return motion is not None and motion.kind not in ("spinning", "hovering")

    def shift(self, direction: str, distance: float) -> None:
        """Move the subjects from where they are."""
        x, y, z = {
            "left": (-1, 0, 0),
            "right": (1, 0, 0),
            "back": (0, 1, 0),
            "forward": (0, -1, 0),
            "up": (0, 0, 1),
            "down": (0, 0, -1),
        }.get(direction, (0, 0, 0))
        for one in self.subjects:
            old = self.draft.scene.thing(one).shift
            self.draft.update(one, shift=(old[0] + x * distance, old[1] + y * distance, old[2] + z * distance))
            for other in self.draft.scene.things:  # what stands at a place of its own upon it goes with it
                carried = any(r.kind in ("on", "inside") and one in r.targets for r in other.place)
                if other.at is not None and carried and other.id not in self.subjects:
                    high = None if other.at[2] is None else other.at[2] + z * distance
                    self.draft.update(other.id, at=(other.at[0] + x * distance, other.at[1] + y * distance, high))

    def vector(self, at: int) -> int:
        """`(x, y, z)` is where the subjects are."""
        given = self.r[at].vector
        self.subjects = self.subjects[-1:]  # several cannot be in one place
        for one in self.subjects:
            self.draft.update(one, at=(given[0], given[1], given[2] if len(given) > 2 else None), place=())
        self.r.use(at, at + 1)
        return 1 if self.subjects else 0

    def _distance_within(self, at: int) -> bool:
        return any(self.r[at + ahead].kind == "quantity" for ahead in range(3))

    @staticmethod
    def _has_part(kind: str, part: str) -> bool:
        own = KINDS[kind].part
        if part == "cart":
            return kind == "cart_pole"
        if part == "wall":
            return kind == "bin"
        if part in ("bob", "end"):
            return kind in ("pendulum", "cart_pole", "spring", "rope", "chain")
        if part in ("link", "joint"):
            return own in ("link", "joint")
        if part == "rod":
            return own in ("link", "pole")
        return own == part or part == kind or (part == "ball" and kind == "cradle")

    def _counts(self, noun_kind: str) -> bool:
        """Whether the subject is made of such nouns: a cradle of balls, a bridge of planks, a tower of blocks."""
        thing = self.draft.scene.thing(self.subjects[-1]) if self.subjects and self.subjects[-1] != FLOOR else None
        if thing is None:
            return False
        return KINDS[thing.kind].part == noun_kind or (bool(thing.label) and thing.kind == noun_kind)
