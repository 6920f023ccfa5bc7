"""A prompt to a scene: reads it, decides whether it changes the scene before it, and says what was not understood. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from py_remote_viewer.errors import SceneInvalid
from py_remote_viewer.scenes.create.checks.attachment import misattached
from py_remote_viewer.scenes.create.checks.ledger import lost
from py_remote_viewer.scenes.create.checks.sense import mostly_unknown, require_sizes
from py_remote_viewer.scenes.create.checks.unmet import Unmet, relating, words_of
from py_remote_viewer.scenes.create.lexicon.words import FILLERS, KNOWN
from py_remote_viewer.scenes.create.reading.journal import overruled
from py_remote_viewer.scenes.create.reading.lexer import tokens_of
from py_remote_viewer.scenes.create.reading.names import with_nouns, with_parts
from py_remote_viewer.scenes.create.reading.reader import Reader
from py_remote_viewer.scenes.create.reading.replies import answered
from py_remote_viewer.scenes.create.reading.spelling import corrected
from py_remote_viewer.scenes.create.reading.suggestions import nearest as suggested
from py_remote_viewer.scenes.create.rules.grammar import Grammar
from py_remote_viewer.scenes.create.things.description import Scene
from py_remote_viewer.scenes.create.things.draft import Draft

MAX_PROMPT_CHARS = 2000
EXAMPLES = (
    "Five red balls on a wooden table",
    "A tower of 10 blocks and a heavy ball swinging into it",
    "A double pendulum on the moon",
)
_HINT = "Try: " + "; ".join(EXAMPLES) + "."
# Words that tell where something is, or take something back: without their rule they are missed.
_PLACES = ["in", "at", "to", "on", "by", "into", "from", "with", "off", "over", "under", "than", "per", "onto"]
_WAYS = [
    "through",
    "across",
    "along",
    "against",
    "towards",
    "toward",
    "above",
    "below",
    "behind",
    "beside",
    "between",
    "around",
]
_RELATING = frozenset([*_PLACES, *_WAYS])
_TELLING = frozenset(
    [
        "not",
        "same",
        "each",
        "other",
        "both",
        "than",
        "except",
        "unless",
        "until",
        "respectively",
        "instead",
        "where",
        "fast",
        "slowly",
        "quickly",
        "gently",
        "once",
    ]
)
_QUESTION = re.compile(
    r"\s*(?:which|why|where|who|when|is|are|does|do|did|how (?:many|much|long|high|tall|heavy|big|fast|far|wide)|"
    r"what(?! (?:about|if)\b))\b[^.;!]*\?\s*\Z",
    re.IGNORECASE,
)
_HARMLESS = frozenset([*_PLACES, "of", "up", "down", "as"])
_ABOUT_IT = frozenset(
    [
        "make",
        "move",
        "remove",
        "delete",
        "paint",
        "turn",
        "rotate",
        "change",
        "double",
        "halve",
        "replace",
        "colour",
        "color",
        "lift",
        "shrink",
        "grow",
        "set",
        *(
            "take",
            "give",
            "bring",
            "lock",
            "unlock",
            "swap",
            "exchange",
            "keep",
            "stop",
            "release",
            "free",
            "fix",
            "copy",
        ),
        *(
            "duplicate",
            "clone",
            "tilt",
            "undo",
            "restore",
            "let",
            "rename",
            *("pull", "open", "close", "raise", "lower"),
            "call",
            "attach",
            "detach",
            "connect",
            "limit",
        ),
    ]
)
_DOING = frozenset(
    [
        "roll",
        "throw",
        "shoot",
        "kick",
        "drop",
        "push",
        "launch",
        "fire",
        "swing",
        "bounce",
        "slide",
        "release",
        "start",
        "hit",
        "knock",
        "strike",
    ]
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one prompt came to.

    Attributes:
        scene: as it is after it.
        ignored: words that were not understood, as they were written, in order.
        nearest: for some of them, the nearest that is known.
        corrected: `(written, read as)`.
        edited: whether it changed the scene before it.
        reader: its tokens.
    """

    scene: Scene
    ignored: tuple[str, ...]
    nearest: dict[str, str]
    corrected: tuple[tuple[str, str], ...]
    edited: bool
    reader: Reader


def read(prompt: str, before: Scene | None = None, *, mode: str = "auto") -> Reading:
    """Read `prompt`; `before` is the scene that a follow-up changes.

    Args:
        mode: `auto` decides whether it is a follow-up, `new` and `edit` say so.

    Raises:
        SceneInvalid: nothing of it was understood, or it asks for what cannot be; the hint says what can.
    """
    if len(prompt) > MAX_PROMPT_CHARS:
        raise SceneInvalid(
            f"the prompt has {len(prompt)} characters; at most {MAX_PROMPT_CHARS} are read",
            hint="Describe it in fewer words, then add to it in a second sentence.",
        )
    follows = before is not None and bool(before.things) and mode != "new"
    if follows and _QUESTION.match(prompt):
        raise SceneInvalid(
            "a question changes nothing in the scene",
            hint="Say what to change; masses, sizes and positions are in the panels.",
        )
    tokens, slips = corrected(tokens_of(answered(prompt) if follows else prompt))
    if before is not None and follows:
        tokens = with_parts(with_nouns(tokens, before), before)
    if not any(token.kind in ("word", "number", "quantity") for token in tokens):
        raise SceneInvalid("the prompt says nothing", hint=_HINT)
    if mode == "edit" and (before is None or not before.things):
        raise SceneInvalid("there is no created scene to change", hint="Describe one first. " + _HINT)
    if before is not None and follows:
        follow = _walk(tokens, before, editing=True)
        if mode == "edit" or _is_follow_up(follow):
            return _judge(follow, slips, prompt, edited=True, before=before)
        try:
            return _judge(_walk(tokens, Scene(), editing=False), slips, prompt, edited=False)
        except SceneInvalid:  # no scene of its own: then it was meant for the one that is there
            return _judge(follow, slips, prompt, edited=True, before=before)
    return _judge(_walk(tokens, Scene(), editing=False), slips, prompt, edited=False)


@dataclass(slots=True)
class _Walked:
    reader: Reader
    draft: Draft
    grammar: Grammar
    error: SceneInvalid | None


def _walk(tokens: list, before: Scene, *, editing: bool) -> _Walked:  # type: ignore[type-arg]
    reader, draft = Reader(tokens), Draft(before, editing=editing)
    grammar = Grammar(reader, draft)
    try:
        grammar.run()
    except SceneInvalid as exc:
        return _Walked(reader, draft, grammar, exc)
    return _Walked(reader, draft, grammar, None)


def _is_follow_up(walked: _Walked) -> bool:
    """Whether the words are about the scene before: its things are pointed at, or `add` and the like begins."""
    first = walked.reader[0].text
    if first in ("add", "also", "now", "and", "then", "remove", "delete", "plus"):
        return True
    if any(_points_back(walked.reader, at) for at in range(1, len(walked.reader))):
        return True
    if walked.error is not None:
        return first in _ABOUT_IT
    if walked.grammar.edited or walked.draft.named & walked.draft.old_ids:
        return True
    if first in _ABOUT_IT and walked.reader.word(1, "the", "it", "them", "its", "their", "all", "both", "each"):
        return True
    if any(walked.reader.word(at, "also") for at in range(5)):
        return True
    if first in _DOING and walked.reader.word(1, "the"):
        return True  # `roll the ball at 5 m/s`: also where nobody has spoken of a ball
    starts = [at for at in range(len(walked.reader)) if at == 0 or walked.reader[at - 1].kind == "stop"]
    if any(walked.reader.word(at + ahead, "add", "remove", "delete") for at in starts for ahead in (0, 1)):
        return True
    made = [thing for thing in walked.draft.scene.things if thing.id not in walked.draft.old_ids]
    if first in ("put", "place", "set", "hang") and made and not any(thing.place for thing in made):
        return True  # `put a cube within sight`: where it is said to go is not in what it brings
    if not made and walked.draft.changes:
        return True
    old = walked.draft.old_ids
    if any(thing.motion is not None and thing.motion.target in old for thing in made):
        return True
    return any(target in old for thing in made for relation in thing.place for target in relation.targets)


def _points_back(reader: Reader, at: int) -> bool:
    """`put a pyramid there`, `a cube instead`, `a red one too`: what only somebody says who has something before him."""
    ends = reader[at + 1].kind in ("stop", "comma")
    return (reader.word(at, "there", "too", "again") and ends) or (
        reader.word(at, "instead") and not reader.word(at + 1, "of")
    )


def _judge(
    walked: _Walked, slips: list[tuple[str, str]], prompt: str, *, edited: bool, before: Scene | None = None
) -> Reading:
    if walked.error is not None:
        raise walked.error
    walked.draft.aim_loose_swings()
    walked.draft.shape_groups(before or Scene())
    excused = walked.grammar.excused | walked.grammar.excused_numbers | walked.grammar.denied
    for at in lost(walked.reader, before or Scene(), walked.draft.scene):
        walked.reader.used[at] = at in excused
    strayed = misattached(walked.reader, before or Scene(), walked.draft.scene)
    known = walked.grammar.denied | walked.grammar.excused_numbers
    walked.reader.miss([at for at in strayed if at not in known])
    for trace in overruled(walked.reader.traces, walked.draft.scene):
        walked.reader.miss(relating(walked.reader, trace))
    ignored = _unused(walked.reader)
    nearest = {word: found for word in ignored if (found := suggested(word)) and word not in found.split()}
    draft = walked.draft
    require_sizes(draft.scene)
    strange = not edited and mostly_unknown(walked.reader, ignored)
    if not draft.changes or (not edited and not draft.scene.things) or strange:
        raise _nothing(ignored, nearest, slips, prompt, draft)
    if not draft.scene.things:
        raise SceneInvalid("nothing would be left in the scene", hint="Say what to show instead. " + _HINT)
    topic = walked.grammar.topic or draft.last_group
    focus = tuple(one for one in topic if draft.scene.has(one)) or tuple(draft.mentions[-1:])
    known = {thing.id for thing in before.firsts} if before is not None else set()
    firsts = (
        *(before.firsts if before is not None else ()),
        *(thing for thing in draft.scene.things if thing.id not in known),
    )
    scene = replace(draft.scene, focus=focus, firsts=firsts)
    return Reading(scene, tuple(ignored), nearest, tuple(slips), edited, walked.reader)


def _nothing(
    ignored: list[str], nearest: dict[str, str], slips: list[tuple[str, str]], prompt: str, draft: Draft
) -> SceneInvalid:
    said = ", ".join(repr(word) for word in ignored[:8])
    meant = "; ".join(f"for {word!r} there is {near}" for word, near in list(nearest.items())[:3])
    if draft.editing and draft.scene.things:
        message = f"nothing to change was understood{': not known are ' + said if said else ''}"
        return SceneInvalid(
            message,
            hint=draft.what_there_is() + " Try: make it twice as big; add three balls above it.",
            ignored=ignored,
        )
    if ignored and not nearest and all(word in KNOWN for word in ignored):
        return SceneInvalid(
            f"there is nothing yet that {said} could be about", hint="Describe a scene first. " + _HINT, ignored=ignored
        )
    what = "too little of it" if draft.scene.things else "nothing that can be built"
    message = f"{what} was understood{': not known are ' + said if said else ''}"
    return SceneInvalid(message, hint=(meant[:1].upper() + meant[1:] + ". " if meant else "") + _HINT, ignored=ignored)


def _unused(reader: Reader) -> list[str]:
    """What no rule took, without words that mean nothing."""
    found = []
    for at, (token, used) in enumerate(zip(reader.tokens, reader.used, strict=True)):
        if used or token.kind in ("stop", "comma"):
            continue
        quiet = (
            at not in reader.missed
            and token.kind in ("word", "times")
            and (token.text in FILLERS or token.text in _HARMLESS)
        )
        if quiet and not (token.text in _TELLING or (token.text in _RELATING and _stranded(reader, at))):
            continue
        if token.shown not in found:
            found.append(token.shown[:40])
    return found[:60]


def _stranded(reader: Reader, at: int) -> bool:
    """Whether a word that relates stands before something that was understood, and nothing came of the relation."""
    before = range(max(0, at - 4), at)
    if any(
        not reader.used[one] and reader[one].text not in FILLERS and reader[one].text not in _HARMLESS for one in before
    ):
        return False  # what it relates is reported itself
    at += 1
    while reader.is_cat(at, "det", "colour", "material", "size", "weight", "ordinal") or reader[at].kind == "number":
        at += 1
    return reader.used[min(at, len(reader.used) - 1)] and reader.is_cat(at, "noun", "group", "pron", "floor")


def with_unmet(reading: Reading, missing: list[Unmet]) -> Reading:
    """`reading` with the words of what was understood and is not in the model among the ignored."""
    said = list(reading.ignored)
    for one in missing:
        places = words_of(reading.reader, one)
        noun = reading.scene.thing(one.thing).noun.replace("_", " ")
        words = [reading.reader[at].shown for at in places] or [f"{one.what} of the {noun}"]
        said += [word for word in words if word not in said]
    return replace(reading, ignored=tuple(said))
