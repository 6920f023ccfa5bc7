import pytest
from hypothesis import given
from hypothesis import strategies as st

from py_remote_viewer.config import Settings
from py_remote_viewer.errors import Forbidden, Unauthorized
from py_remote_viewer.web.access import bearer_token, host_name, origin_allowed, require_known_host, require_token


@pytest.mark.parametrize(
    ("origin", "host", "may"),
    [
        (None, "localhost:8000", True),
        ("http://localhost:8000", "localhost:8000", True),
        ("https://viewer.example", "viewer.example", True),
        ("https://viewer.example:443", "viewer.example", True),
        ("http://localhost:9000", "localhost:8000", False),
        ("http://evil.example", "localhost:8000", False),
        ("http://localhost:8000.evil.example", "localhost:8000", False),
        ("null", "localhost:8000", False),
        ("", "", False),
        ("https://friend.example", "localhost:8000", True),
        ("http://[", "localhost", False),
    ],
)
def test_a_page_may_write_where_it_came_from_and_where_the_operator_allows_it(
    origin: str | None, host: str, may: bool
) -> None:
    assert origin_allowed(origin, host, ["https://friend.example/"]) is may


@given(st.text(), st.text())
def test_no_origin_and_no_host_crashes(origin: str, host: str) -> None:
    assert origin_allowed(origin, host, []) in (True, False)
    assert isinstance(host_name(host), str)


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1", "[::1]:8000", "LOCALHOST", "app.localhost:1"])
def test_names_of_this_machine_need_no_token(host: str) -> None:
    require_known_host(host, "127.0.0.1", Settings())


@pytest.mark.parametrize("host", ["evil.example", "", "192.168.1.5:8000", "localhost.evil.example"])
def test_other_names_are_refused_without_a_token_because_of_rebinding(host: str) -> None:
    with pytest.raises(Forbidden) as caught:
        require_known_host(host, "127.0.0.1", Settings())
    assert "VIEWER_TOKEN" in caught.value.hint
    require_known_host(host, "127.0.0.1", Settings(token="secret"))


def test_an_allowed_origin_is_an_allowed_name() -> None:
    require_known_host("viewer.example", "127.0.0.1", Settings(allowed_origins=("https://viewer.example",)))


def test_a_server_without_a_token_answers_only_on_loopback_addresses() -> None:
    with pytest.raises(Forbidden, match=r"192\.168\.1\.5"):
        require_known_host("localhost", "192.168.1.5", Settings())


def test_tokens_come_as_bearer() -> None:
    assert bearer_token({"authorization": "Bearer abc"}) == "abc"
    assert bearer_token({"authorization": "Basic abc"}) is None
    assert bearer_token({"authorization": "Bearer "}) is None
    require_token({}, Settings())
    require_token({"authorization": "bearer s3"}, Settings(token="s3"))
    with pytest.raises(Unauthorized):
        require_token({"authorization": "Bearer s4"}, Settings(token="s3"))
