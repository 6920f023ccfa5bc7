import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from py_remote_viewer.errors import MessageInvalid, ProtocolMismatch, RateLimited, Unauthorized, ViewerError
from py_remote_viewer.protocol.camera_input import Orbit
from py_remote_viewer.protocol.control_input import SetCtrl
from py_remote_viewer.protocol.hand_input import PerturbMove
from py_remote_viewer.protocol.messages import (
    ClientMessage,
    Hello,
    IceCandidate,
    LoadScene,
    Offer,
    Ping,
    ReloadScene,
    RequestIdr,
    SceneUpdate,
    Watch,
    parse_client_message,
)
from py_remote_viewer.protocol.sim_commands import Pause
from py_remote_viewer.rooms.limits import LOAD_BURST
from py_remote_viewer.rooms.session import (
    AddCandidate,
    Connect,
    Drive,
    Greet,
    Load,
    Refresh,
    SendPong,
    Session,
    Show,
)


def greeted(now: float = 0.0) -> Session:
    session = Session("", now)
    session.receive(Hello(protocol=1), now)
    return session


def test_hello_comes_first_and_brings_the_name() -> None:
    session = Session("", 0)
    assert session.receive(Hello(protocol=1, peer_id="abc", name="Ada"), 0) == [Greet("abc", "Ada")]


def test_a_page_of_another_protocol_is_told_to_reload() -> None:
    with pytest.raises(ProtocolMismatch) as caught:
        Session("", 0).receive(Hello(protocol=2), 0)
    assert "Reload" in caught.value.hint


def test_hello_twice_is_refused() -> None:
    with pytest.raises(MessageInvalid):
        greeted().receive(Hello(protocol=1), 0)


def test_the_original_protocol_starts_with_its_offer() -> None:
    assert Session("", 0).receive(Offer(sdp="v=0"), 0) == [Greet(None, None), Connect("v=0")]


@pytest.mark.parametrize("token", [None, "", "wrong", "secre", "geheim\u00e4"])
def test_without_the_right_token_nothing_goes(token: str | None) -> None:
    session = Session("secret", 0)
    with pytest.raises(Unauthorized):
        session.receive(Hello(protocol=1, token=token), 0)
    with pytest.raises(Unauthorized):
        session.receive(Pause(), 0)
    assert not session.greeted


def test_the_right_token_opens_and_so_does_a_handshake_that_brought_it() -> None:
    assert Session("secret", 0).receive(Hello(protocol=1, token="secret"), 0) == [Greet(None, None)]
    assert Session("secret", 0, authorized=True).receive(Hello(protocol=1), 0) == [Greet(None, None)]


def test_each_message_has_its_action() -> None:
    session = greeted()
    assert session.receive(Ping(t=4), 0) == [SendPong(4)]
    assert session.receive(IceCandidate(), 0) == [AddCandidate(None)]
    assert session.receive(Watch(visible=False), 0) == [Show(False)]
    assert session.receive(RequestIdr(), 0) == [Refresh()]
    assert session.receive(Pause(), 0) == [Drive(Pause())]
    assert session.receive(LoadScene(preset="pendulum"), 0) == [Load("pendulum", None, None)]
    assert session.receive(SceneUpdate(xml="<mujoco/>"), 0) == [Load(None, "<mujoco/>", None)]


def test_motion_older_than_what_came_is_dropped() -> None:
    session = greeted()
    orbits = [Orbit(d_azimuth=1, d_elevation=0, seq=seq) for seq in (1, 3, 2, 3, 4)]
    assert [len(session.receive(orbit, 0)) for orbit in orbits] == [1, 1, 0, 0, 1]


def test_controls_hands_and_motion_count_apart() -> None:
    session = greeted()
    assert session.receive(Orbit(d_azimuth=1, d_elevation=0, seq=9), 0)
    assert [len(session.receive(SetCtrl(values=((0, 1.0),), seq=seq), 0)) for seq in (1, 3, 2)] == [1, 1, 0]
    moves = [PerturbMove(grip=1, x=0, y=0, seq=seq) for seq in (5, 4, 6)]
    assert [len(session.receive(move, 0)) for move in moves] == [1, 0, 1]


def test_the_count_of_inputs_may_wrap() -> None:
    session = greeted()
    for seq in (2**32 - 1, 1, 2):
        assert session.receive(Orbit(d_azimuth=1, d_elevation=0, seq=seq), 0)


@pytest.mark.parametrize("both", [{}, {"preset": "a", "xml": "<mujoco/>"}])
def test_a_load_names_exactly_one_scene(both: dict[str, str]) -> None:
    with pytest.raises(MessageInvalid):
        greeted().receive(LoadScene(**both), 0)


def test_scene_loads_have_a_rate() -> None:
    session = greeted()
    for _ in range(4):
        session.receive(LoadScene(preset="pendulum"), 0)
    with pytest.raises(RateLimited):
        session.receive(LoadScene(preset="pendulum"), 0)
    assert session.receive(LoadScene(preset="pendulum"), 0.5)


def test_a_flood_is_thrown_away_and_the_peer_told_once_a_second() -> None:
    session = greeted()
    assert all(session.admit(0) for _ in range(480))
    with pytest.raises(RateLimited):
        session.admit(0)
    assert not session.admit(0)
    assert session.admit(0.5)
    for _ in range(119):
        session.admit(0.5)
    assert not session.admit(0.5)


def test_requests_for_a_fresh_picture_beyond_the_rate_are_ignored() -> None:
    session = greeted()
    assert sum(len(session.receive(RequestIdr(), 0)) for _ in range(100)) == 4


seqs = st.integers(0, 2**32 - 1)
texts = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            '{"type":"hello","protocol":1}',
            '{"type":"hello","protocol":1,"token":"secret"}',
            '{"type":"hello","protocol":9}',
            '{"type":"offer","sdp":""}',
            '{"type":"ice-candidate"}',
            '{"type":"event","data":{"type":"command","cmd":"step","params":{"count":[]}}}',
            '{"type":"event","data":{"type":"mouse_move","x":3,"y":4,"buttons":1}}',
            '{"type":"load_scene"}',
            '{"type":"load_scene","preset":"pendulum"}',
            '{"type":"ping","t":1e308}',
            '{"type":"orbit","d_azimuth":1e99,"d_elevation":0}',
            '{"type":"watch","visible":true}',
            "[]",
            "null",
            '{"type":["hello"]}',
            "{" * 1000,
        ]
    ),
    st.builds('{{"type":"orbit","d_azimuth":1,"d_elevation":0,"seq":{}}}'.format, seqs),
)


@settings(max_examples=200)
@given(st.lists(st.tuples(texts, st.floats(0, 10)), max_size=40), st.sampled_from(["", "secret"]), st.booleans())
def test_no_order_of_messages_raises_anything_but_a_refusal(
    sequence: list[tuple[str, float]], token: str, paused: bool
) -> None:
    session = Session(token, 0)
    greetings = 0
    for text, now in sequence:
        with contextlib.suppress(ViewerError):
            if session.admit(now):
                message: ClientMessage = parse_client_message(text)
                actions = session.receive(message, now, paused=paused)
                greetings += sum(isinstance(action, Greet) for action in actions)
                assert greetings == 1
    assert greetings == session.greeted


def test_the_running_scene_is_loaded_anew_as_seldom_as_any_other() -> None:
    session = greeted()
    assert session.receive(ReloadScene(), 0) == [Load()]
    for _ in range(int(LOAD_BURST) - 1):
        session.receive(ReloadScene(), 0)
    with pytest.raises(RateLimited):
        session.receive(ReloadScene(), 0)
