"""What people write, through the whole of it: words, layout, physics, and facts measured on the model that comes out."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from py_remote_viewer.errors import SceneInvalid, ViewerError
from py_remote_viewer.protocol.messages import MAX_XML_BYTES
from py_remote_viewer.scenes.compile_wire import CreatedScene, CreateRequest
from py_remote_viewer.scenes.create import author
from py_remote_viewer.scenes.create.lexicon.words import KNOWN
from py_remote_viewer.scenes.create.prompt import MAX_PROMPT_CHARS, read
from py_remote_viewer.scenes.create.things.description import MAX_BODIES
from tests.scenes.create.facts import Shown
from tests.scenes.create.prompts import PROMPTS, REFUSED
from tests.scenes.create.prompts_changes import CHANGES
from tests.scenes.create.prompts_conversations import CONVERSATIONS
from tests.scenes.create.prompts_edits import EDITS
from tests.scenes.create.prompts_groups import GROUPS
from tests.scenes.create.prompts_members import MEMBERS
from tests.scenes.create.prompts_motion import MOVING
from tests.scenes.create.prompts_pairs import PAIRS
from tests.scenes.create.prompts_parts import PARTS
from tests.scenes.create.prompts_places import PLACES
from tests.scenes.create.prompts_pointing import POINTED
from tests.scenes.create.prompts_remarks import REMARKS

pytestmark = pytest.mark.filterwarnings("error")


def created(prompts: str) -> CreatedScene:
    """The scene after all of `prompts`, separated by `>>`."""
    before = None
    for prompt in prompts.split(">>"):
        made, _ = author.create(CreateRequest(prompt=prompt.strip(), before_xml=before))
        before = made.xml
    return made


EVERY = (
    *PROMPTS,
    *GROUPS,
    *EDITS,
    *PARTS,
    *MEMBERS,
    *PAIRS,
    *CHANGES,
    *POINTED,
    *PLACES,
    *REMARKS,
    *MOVING,
    *CONVERSATIONS,
)


@pytest.mark.parametrize(("prompt", "facts"), EVERY, ids=[prompt[:60] for prompt, _ in EVERY])
def test_a_prompt_becomes_what_it_says(prompt: str, facts: str) -> None:
    made = created(prompt)
    shown = Shown(made)
    wanted = [fact.strip() for fact in facts.split(";")]
    ignored = [
        word.strip()
        for fact in wanted
        if fact.startswith("ignored ")
        for word in fact.removeprefix("ignored ").split(",")
    ]
    wrong = [fact for fact in wanted if not fact.startswith("ignored ") and not shown.holds(fact)]
    assert wrong == [], made.understood
    assert sorted(made.ignored) == sorted(ignored)


def test_there_are_enough_of_them() -> None:
    assert len({prompt for prompt, _ in EVERY}) == len(EVERY) >= 150
    assert len(set(REFUSED)) == len(REFUSED) >= 30


@pytest.mark.parametrize("prompt", REFUSED, ids=[repr(prompt)[:40] for prompt in REFUSED])
def test_nonsense_and_the_impossible_are_refused_usefully(prompt: str) -> None:
    with pytest.raises(SceneInvalid) as caught:
        author.create(CreateRequest(prompt=prompt))
    assert 10 < len(caught.value.message) < 500
    assert len(caught.value.hint) > 20


@pytest.mark.parametrize(
    "prompt", ["a pile of 12 bricks and 5 balls scattered", "a tower of 10 blocks", "a double pendulum"]
)
def test_the_same_words_and_seed_give_the_same_bytes(prompt: str) -> None:
    first, again, other = (author.create(CreateRequest(prompt=prompt, seed=seed))[0] for seed in (1, 1, 2))
    assert first.xml == again.xml
    assert (first.xml == other.xml) is False  # the seed is written down


def test_a_follow_up_of_a_scene_that_words_did_not_make_describes_a_new_one() -> None:
    made, _ = author.create(CreateRequest(prompt="a red ball", before_xml="<mujoco><worldbody/></mujoco>"))
    assert made.edited is False
    assert made.understood == ("a red ball",)


def test_a_story_that_was_tampered_with_is_no_story() -> None:
    xml = author.create(CreateRequest(prompt="a red ball"))[0].xml
    for broken in (
        xml.replace("a red ball", "nonsense xyz"),
        xml.replace('"steps"', '"stops"'),
        xml.replace("prompt", "promise"),
    ):
        made, _ = author.create(CreateRequest(prompt="a blue box", before_xml=broken))
        assert made.understood == ("a blue box",)


def test_a_slip_is_put_right_and_said() -> None:
    made = created("five yelow balls on a woden table")
    assert made.corrected == {"yelow": "yellow", "woden": "wooden"}
    assert "“yelow” as “yellow”" in made.message


def test_what_was_not_understood_is_said_word_by_word_with_the_nearest() -> None:
    made = created("a red ball and an elephant wearing sunglasses")
    assert made.ignored == ("elephant", "wearing", "sunglasses")
    assert made.suggestions["elephant"] == "a quadruped"


def test_things_that_must_change_are_named_when_they_are_not_there() -> None:
    before = created("a red ball on a table").xml
    with pytest.raises(SceneInvalid, match="no green box") as caught:
        author.create(CreateRequest(prompt="make the green box bigger", before_xml=before))
    assert "the red ball" in caught.value.hint


def test_a_scene_never_holds_more_bodies_than_its_bound() -> None:
    with pytest.raises(SceneInvalid, match=str(MAX_BODIES)):
        created("150 balls and 150 boxes")


vocabulary = st.lists(st.sampled_from(sorted(KNOWN)) | st.integers(0, 300).map(str), min_size=1, max_size=25).map(
    " ".join
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=MAX_PROMPT_CHARS) | vocabulary)
def test_no_text_breaks_the_reader(text: str) -> None:
    try:
        reading = read(text)
    except ViewerError as exc:
        assert exc.hint
    else:
        assert reading.scene.things
        try:
            read(text, reading.scene)
        except ViewerError as exc:
            assert exc.hint


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(vocabulary)
@example("45 pegboards")
def test_no_words_break_the_builder(text: str) -> None:
    try:
        made, model = author.create(CreateRequest(prompt=text))
    except ViewerError as exc:
        assert exc.hint
    else:
        assert model.nbody <= 2 * MAX_BODIES + 60
        assert len(made.xml.encode()) < MAX_XML_BYTES
