from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from py_remote_viewer.stream.idr_gate import GAP_S, IdrGate


def test_the_first_request_is_answered_at_once() -> None:
    assert IdrGate().ask(now=100.0)


def test_requests_while_one_is_under_way_share_it() -> None:
    gate = IdrGate()
    gate.ask(now=0.0)
    assert not gate.ask(now=0.01)
    assert gate.due_at() is None


def test_a_request_soon_after_an_idr_is_remembered_until_the_gap_ends() -> None:
    gate = IdrGate()
    gate.ask(now=0.0)
    gate.arrived()
    assert not gate.ask(now=0.1)
    assert gate.due_at() == GAP_S
    assert not gate.fire(now=0.2)
    assert gate.fire(now=GAP_S)
    assert not gate.fire(now=2 * GAP_S)


def test_an_idr_that_comes_by_itself_answers_what_was_remembered() -> None:
    gate = IdrGate()
    gate.ask(now=0.0)
    gate.arrived()
    gate.ask(now=0.1)
    gate.arrived()
    assert gate.due_at() is None


def test_a_request_that_the_encoder_lost_can_be_repeated_after_the_gap() -> None:
    gate = IdrGate()
    gate.ask(now=0.0)
    assert gate.ask(now=GAP_S)


events = st.lists(st.tuples(st.sampled_from(["ask", "arrived", "fire"]), st.floats(0.0, 0.2)), max_size=200)


@given(events)
def test_whatever_happens_two_idrs_are_a_gap_apart(happened: list[tuple[str, float]]) -> None:
    gate, now, requested = IdrGate(), 0.0, []
    for kind, passed in happened:
        now += passed
        if kind == "arrived":
            gate.arrived()
        elif gate.ask(now) if kind == "ask" else gate.fire(now):
            requested.append(now)
    gaps = [b - a for a, b in pairwise(requested)]
    assert all(gap >= GAP_S for gap in gaps)


@given(events)
def test_whatever_happens_a_request_is_answered_shared_or_remembered(happened: list[tuple[str, float]]) -> None:
    gate, now, under_way = IdrGate(), 0.0, False
    for kind, passed in happened:
        now += passed
        if kind == "arrived":
            gate.arrived()
            under_way = False
        elif gate.ask(now) if kind == "ask" else gate.fire(now):
            under_way = True
        if kind == "ask":
            assert under_way or gate.due_at() is not None
