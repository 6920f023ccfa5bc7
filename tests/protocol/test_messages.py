import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from py_remote_viewer.errors import MessageInvalid
from py_remote_viewer.protocol.camera_input import Orbit, Pan, SetCamera, Zoom
from py_remote_viewer.protocol.messages import (
    MAX_MESSAGE_BYTES,
    MAX_POINTER_BYTES,
    ClientMessage,
    LoadScene,
    client_message,
    parse_client_message,
    parse_pointer_input,
)
from py_remote_viewer.protocol.sim_commands import Step

sequences = st.integers(0, 2**32 - 1)
messages = st.one_of(
    st.builds(Orbit, d_azimuth=st.floats(-360, 360), d_elevation=st.floats(-180, 180), seq=sequences),
    st.builds(Pan, dx=st.floats(-10, 10), dy=st.floats(-10, 10), plane=st.sampled_from(["vertical", "horizontal"])),
    st.builds(Zoom, amount=st.floats(-5, 5), x=st.floats(-1, 1), y=st.floats(-1, 1), seq=sequences),
    st.builds(SetCamera, mode=st.sampled_from(["free", "tracking", "fixed"]), target=st.none() | st.text(max_size=256)),
    st.builds(Step, count=st.integers(1, 10_000)),
    st.builds(LoadScene, xml=st.text(max_size=300)),
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)
TYPES = sorted(
    schema["properties"]["type"].get("const", "event")
    for schema in client_message.json_schema()["$defs"].values()
    if "type" in schema.get("properties", {})
)


@given(messages)
def test_parsing_undoes_printing(message: ClientMessage) -> None:
    assert parse_client_message(message.model_dump_json()) == message


@given(st.binary(max_size=400) | st.text(max_size=400))
def test_no_bytes_crash_the_parser(data: bytes | str) -> None:
    try:
        parse_client_message(data)
    except MessageInvalid as exc:
        assert exc.hint


@given(st.sampled_from(TYPES), st.dictionaries(st.text(max_size=12), json_values, max_size=5))
def test_no_fields_crash_the_parser(kind: str, fields: dict[str, object]) -> None:
    try:
        parse_client_message(json.dumps({**fields, "type": kind}))
    except MessageInvalid as exc:
        assert len(exc.message) < 500


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("{", "Invalid JSON"),
        ('{"type":"warp"}', "warp"),
        ('{"type":"step","count":0}', "count"),
        ('{"type":"step","count":10001}', "count"),
        ('{"type":"step","cuont":2}', "cuont"),
        ('{"type":"zoom","amount":NaN}', "finite"),
        ('{"type":"hello"}', "protocol"),
        ('{"type":"hello","protocol":1,"peer_id":"a b"}', "peer_id"),
        ('{"type":"offer","sdp":"%s"}' % ("x" * 70_000), "sdp"),
        ("[]", "object"),
        ('{"type":"orbit","d_azimuth":1e999,"d_elevation":0}', "d_azimuth"),
    ],
)
def test_what_is_wrong_is_said(data: str, said: str) -> None:
    with pytest.raises(MessageInvalid, match=said):
        parse_client_message(data)


def test_sizes_are_bounded_before_anything_is_parsed() -> None:
    with pytest.raises(MessageInvalid, match="at most"):
        parse_client_message("x" * (MAX_MESSAGE_BYTES + 1))
    with pytest.raises(MessageInvalid, match="at most"):
        parse_pointer_input(b" " * (MAX_POINTER_BYTES + 1))


def test_the_pointer_channel_takes_camera_inputs_only() -> None:
    assert parse_pointer_input('{"type":"orbit","d_azimuth":1,"d_elevation":2,"seq":3}') == Orbit(
        d_azimuth=1, d_elevation=2, seq=3
    )
    with pytest.raises(MessageInvalid):
        parse_pointer_input('{"type":"load_scene","preset":"humanoid"}')


def test_refusals_do_not_repeat_what_was_sent() -> None:
    secret = "s3cret" * 200
    with pytest.raises(MessageInvalid) as refused:
        parse_client_message(json.dumps({"type": "hello", "protocol": 1, "token": secret}))
    assert "s3crets3cret" not in refused.value.message
