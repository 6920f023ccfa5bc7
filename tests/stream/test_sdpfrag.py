import pytest
from hypothesis import given
from hypothesis import strategies as st

from py_remote_viewer.errors import MessageInvalid
from py_remote_viewer.stream.sdpfrag import MAX_CHARS, Fragment, parse

HOST = "candidate:1387637174 1 udp 2122260223 192.0.2.1 61764 typ host generation 0 ufrag EsAw network-id 1"


def test_the_example_of_the_rfc_is_read() -> None:
    text = (
        "a=ice-ufrag:EsAw\r\na=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:0\r\n"
        f"a={HOST}\r\na={HOST}\r\na=end-of-candidates\r\n"
    )
    assert parse(text) == Fragment("EsAw", (HOST,), True)


@pytest.mark.parametrize(
    "text", ["hello", "v=0\r\n", "a=ice-ufrag:one\r\na=ice-ufrag:two\r\n", "a=x\r\n" * MAX_CHARS], ids=range(4)
)
def test_other_text_is_refused_with_a_hint(text: str) -> None:
    with pytest.raises(MessageInvalid) as refused:
        parse(text)
    assert refused.value.hint


@given(st.text(max_size=200))
def test_no_text_breaks_it(text: str) -> None:
    try:
        parse(text)
    except MessageInvalid:
        pass


@given(st.lists(st.from_regex(r"candidate:[a-z0-9 .]{1,40}", fullmatch=True), max_size=5), st.booleans())
def test_every_candidate_comes_out_once_and_in_order(candidates: list[str], ended: bool) -> None:
    text = "".join(f"a={one}\n" for one in candidates) + ("a=end-of-candidates" if ended else "")
    found = parse(text)
    assert list(found.candidates) == [one.strip() for one in dict.fromkeys(one.strip() for one in candidates)]
    assert found.ended is ended
