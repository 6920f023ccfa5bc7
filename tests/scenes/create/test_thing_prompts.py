"""What people call things, through the whole of it: joined, shaped, driven and measured as the words say, or told."""

from __future__ import annotations

import pytest

from py_remote_viewer.scenes.create.reading.lexer import tokens_of
from py_remote_viewer.scenes.create.reading.spelling import correction, foreign
from tests.scenes.create.facts import Shown
from tests.scenes.create.prompts_fittings import FITTED, JOINTED, ODDS, PLAIN, RANGED, SEEN
from tests.scenes.create.prompts_machines import (
    COMPOSED,
    DRIVEN,
    EQUIPPED,
    HUNG,
    HUNG_UP,
    MECHANISMS,
    RAILED,
    SET,
    SINGLED,
    SPRUNG,
)
from tests.scenes.create.prompts_things import JOINED, MACHINES, MEASURED, SHAPES, TOLD
from tests.scenes.create.test_prompts import created

pytestmark = pytest.mark.filterwarnings("error")
ALL = (
    *JOINED,
    *SHAPES,
    *MACHINES,
    *MEASURED,
    *FITTED,
    *SEEN,
    *PLAIN,
    *JOINTED,
    *ODDS,
    *RANGED,
    *SPRUNG,
    *DRIVEN,
    *MECHANISMS,
    *HUNG,
    *SET,
    *EQUIPPED,
    *RAILED,
    *SINGLED,
    *COMPOSED,
    *HUNG_UP,
)


@pytest.mark.parametrize(("prompt", "facts"), ALL, ids=[prompt[:60] for prompt, _ in ALL])
def test_a_thing_is_what_it_is_called(prompt: str, facts: str) -> None:
    made = created(prompt)
    shown = Shown(made)
    wrong = [fact for fact in (one.strip() for one in facts.split(";")) if not shown.holds(fact)]
    assert wrong == [], made.understood
    assert made.ignored == ()


@pytest.mark.parametrize(("prompt", "ignored", "near"), TOLD, ids=[prompt[:60] for prompt, _, _ in TOLD])
def test_what_cannot_be_is_told_with_the_nearest(prompt: str, ignored: str, near: str) -> None:
    made = created(prompt)
    assert list(made.ignored) == ignored.split(", ")
    assert near in " ".join(made.suggestions.values())


@pytest.mark.parametrize("word", ["works", "firing", "self", "slack", "roter", "linked", "teeth", "sunk"])
def test_good_english_is_no_slip(word: str) -> None:
    assert correction(word) is None


def test_nothing_is_corrected_in_another_language() -> None:
    assert foreign(tokens_of("ein roter würfel auf einem tisch"))
    assert not foreign(tokens_of("five yelow balls on a woden table"))
