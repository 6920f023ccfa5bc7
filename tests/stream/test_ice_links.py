from hypothesis import given
from hypothesis import strategies as st

from py_remote_viewer.stream.ice_links import link_headers, parse_links

words = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=20)
hosts = st.from_regex(r"[a-z0-9.]{1,12}(:[0-9]{1,5})?", fullmatch=True)


@st.composite
def servers(draw: st.DrawFn) -> dict[str, str]:
    if draw(st.booleans()):
        return {"urls": f"stun:{draw(hosts)}"}
    url = f"turn:{draw(hosts)}{draw(st.sampled_from(['', '?transport=tcp']))}"
    return {"urls": url, "username": draw(words), "credential": draw(words)}


@given(st.lists(servers(), max_size=4))
def test_parsing_undoes_writing_also_when_a_proxy_joins_the_headers(given_servers: list[dict[str, str]]) -> None:
    headers = link_headers(tuple(given_servers))
    assert parse_links(headers) == tuple(given_servers)
    assert parse_links([", ".join(headers)]) == tuple(given_servers)


@given(st.lists(st.text(max_size=60), max_size=3))
def test_no_header_breaks_it(values: list[str]) -> None:
    parse_links(values)


@given(st.text(st.sampled_from('<>;=", \\relic-svturn:'), max_size=60))
def test_no_half_a_link_breaks_it(value: str) -> None:
    parse_links([value])


def test_the_example_of_the_rfc_is_read() -> None:
    values = [
        '<stun:stun.example.net>; rel="ice-server"',
        '<turn:turn.example.net?transport=udp>; rel="ice-server"; username="user"; '
        'credential="myPassword"; credential-type="password"',
    ]
    assert parse_links(values) == (
        {"urls": "stun:stun.example.net"},
        {"urls": "turn:turn.example.net?transport=udp", "username": "user", "credential": "myPassword"},
    )


def test_other_links_are_left_out() -> None:
    assert parse_links(['<https://x.example/>; rel="ice-server"', "<stun:s.example>; rel=next", "nonsense"]) == ()
