"""Questions to the engine: each answer reaches who asked, and nobody waits for ever."""

import asyncio

import pytest

from py_remote_viewer.engine.questions import MOST_WAITING, Questions, Reply
from py_remote_viewer.errors import EngineFailed, RoomBusy, SceneInvalid
from py_remote_viewer.protocol.engine_questions import Ask, DescribeState, Told

STATE = DescribeState()


async def test_answers_in_any_order_reach_who_asked() -> None:
    questions, sent = Questions(), list[Ask]()
    first = asyncio.create_task(questions.ask(STATE, sent.append, 5))
    second = asyncio.create_task(questions.ask(STATE, sent.append, 5))
    await asyncio.sleep(0)
    questions.told(Told(ask_id=sent[1].ask_id, facts={"n": 2}), b"two")
    questions.told(Told(ask_id=sent[0].ask_id, facts={"n": 1}), b"")
    assert await first == Reply({"n": 1})
    assert await second == Reply({"n": 2}, b"two")


async def test_the_engines_refusal_is_raised_as_it_was() -> None:
    questions, sent = Questions(), list[Ask]()
    asked = asyncio.create_task(questions.ask(STATE, sent.append, 5))
    await asyncio.sleep(0)
    error = SceneInvalid("no body 'x'", hint="See the list.", element="body")
    questions.told(Told(ask_id=sent[0].ask_id, error=error.as_json()["error"]), b"")
    with pytest.raises(SceneInvalid, match="no body 'x'") as caught:
        await asked
    assert (caught.value.hint, caught.value.details) == ("See the list.", {"element": "body"})


async def test_an_engine_that_does_not_answer_or_ends_fails_the_question() -> None:
    questions, sent = Questions(), list[Ask]()
    with pytest.raises(EngineFailed, match="did not answer describe_state"):
        await questions.ask(STATE, sent.append, 0.01)
    questions.told(Told(ask_id=sent[0].ask_id), b"")  # too late: nobody waits
    asked = asyncio.create_task(questions.ask(STATE, sent.append, 5))
    await asyncio.sleep(0)
    questions.end("the engine ended: killed")
    with pytest.raises(EngineFailed, match="killed"):
        await asked


async def test_too_many_waiting_questions_are_refused() -> None:
    questions, sent = Questions(), list[Ask]()
    waiting = [asyncio.create_task(questions.ask(STATE, sent.append, 5)) for _ in range(MOST_WAITING)]
    await asyncio.sleep(0)
    with pytest.raises(RoomBusy):
        await questions.ask(STATE, sent.append, 5)
    questions.end("closed")
    assert all(isinstance(one, EngineFailed) for one in await asyncio.gather(*waiting, return_exceptions=True))
