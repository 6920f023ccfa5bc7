import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from py_remote_viewer.protocol.messages import Notice, Pong
from py_remote_viewer.protocol.status import SimulationStatus, Status
from py_remote_viewer.rooms.outbox import TOO_SLOW, Line, Outbox, line

STATUS = line(Status(simulation=SimulationStatus(state="running")))


async def drain(outbox: Outbox) -> list[str]:
    outbox.close(1000, "bye")
    texts = []
    while (text := await outbox.take()) is not None:
        texts.append(text)
    return texts


def test_telemetry_may_be_dropped_and_words_may_not() -> None:
    assert STATUS.droppable
    assert line(Pong(t=1, server_time_s=2)).droppable
    assert not line(Notice(text="hello")).droppable


async def test_a_full_outbox_loses_the_oldest_telemetry_and_nothing_else() -> None:
    outbox = Outbox(limit=3)
    for name in ("s1", "s2"):
        outbox.put(Line(name, droppable=True))
    for name in ("a", "b"):
        outbox.put(Line(name, droppable=False))
    assert [await outbox.take() for _ in range(3)] == ["s2", "a", "b"]
    assert outbox.dropped == 1


async def test_a_peer_that_does_not_even_read_what_matters_is_closed_with_a_reason() -> None:
    outbox = Outbox(limit=2)
    for name in "abc":
        outbox.put(Line(name, droppable=False))
    assert outbox.closing is not None
    assert outbox.closing.code == TOO_SLOW
    assert "slow" in outbox.closing.reason


async def test_what_matters_is_still_sent_after_closing() -> None:
    outbox = Outbox()
    outbox.put(Line("error", droppable=False))
    outbox.put(STATUS)
    assert await drain(outbox) == ["error"]


async def test_a_waiting_reader_wakes_up() -> None:
    outbox = Outbox()
    async with asyncio.timeout(5), asyncio.TaskGroup() as group:
        taken = group.create_task(outbox.take())
        await asyncio.sleep(0)
        outbox.put(Line("x", droppable=False))
    assert taken.result() == "x"


@given(st.lists(st.booleans(), max_size=100))
def test_it_never_holds_more_than_its_limit_and_keeps_order(kinds: list[bool]) -> None:
    async def run() -> None:
        outbox = Outbox(limit=8)
        for number, droppable in enumerate(kinds):
            outbox.put(Line(str(number), droppable))
            assert len(outbox) <= 8
        lasting = [str(n) for n, droppable in enumerate(kinds) if not droppable]
        was_closed = outbox.closing is not None
        texts = await drain(outbox)
        assert texts == sorted(texts, key=int)
        kept = [text for text in texts if text in lasting]
        assert kept == lasting[: len(kept)]
        assert was_closed or kept == lasting

    asyncio.run(run())


@pytest.mark.parametrize("message", [Notice(text="x"), Pong(t=0, server_time_s=0)])
def test_a_line_is_the_message_as_json(message: Notice | Pong) -> None:
    assert line(message).text == message.model_dump_json()
