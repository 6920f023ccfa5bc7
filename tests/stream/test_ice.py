import base64
import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from py_remote_viewer.config import Settings, load_settings
from py_remote_viewer.errors import SettingsInvalid
from py_remote_viewer.stream import ice

TURN = ("turn:turn.example:3478", "turns:turn.example:443?transport=tcp")


def test_there_is_no_server_by_default() -> None:
    assert ice.grant(Settings(), "p1", 1000.0) == ice.IceGrant()
    assert ice.public_servers(Settings()) == ()


def test_credentials_are_what_coturn_computes() -> None:
    username, password = ice.turn_credential("north", "p1", 1_700_000_000)
    assert username == "1700000000:p1"
    expected = hmac.new(b"north", b"1700000000:p1", hashlib.sha1).digest()
    assert base64.b64decode(password) == expected


@given(st.floats(0, 4e9), st.integers(60, 86_400))
def test_every_peer_gets_its_own_credentials_that_end(now: float, ttl_s: int) -> None:
    settings = Settings(turn_urls=TURN, turn_secret="north", turn_ttl_s=ttl_s)
    ada, bob = ice.grant(settings, "ada", now), ice.grant(settings, "bob", now)
    assert [server["urls"] for server in ada.servers] == list(TURN)
    assert {server["username"] for server in ada.servers} == {f"{int(now) + ttl_s}:ada"}
    assert ada.servers[0]["credential"] != bob.servers[0]["credential"]
    assert ada.renew_in_s is not None
    assert 0 < ada.renew_in_s < ttl_s
    assert all("north" not in value for server in ada.servers for value in server.values())


def test_static_credentials_do_not_end() -> None:
    settings = Settings(turn_urls=TURN[:1], turn_username="u", turn_password="p", stun_server="stun.example")
    granted = ice.grant(settings, "ada", 0.0)
    assert granted.renew_in_s is None
    assert granted.servers == (
        {"urls": "stun:stun.example"},
        {"urls": TURN[0], "username": "u", "credential": "p"},
    )
    assert ice.public_servers(settings) == ({"urls": "stun:stun.example"}, {"urls": TURN[0]})


def test_our_end_asks_a_relay_only_where_it_may_show_no_address() -> None:
    settings = Settings(turn_urls=TURN, turn_secret="north", stun_server="stun.example")
    servers = ice.grant(settings, "ada", 0.0).servers
    assert [one["urls"] for one in ice.for_our_end(servers, relay_only=False)] == ["stun:stun.example"]
    assert [one["urls"] for one in ice.for_our_end(servers, relay_only=True)] == list(TURN)


@pytest.mark.parametrize(
    ("given_settings", "says"),
    [
        ({"turn_urls": TURN}, "VIEWER_TURN_SECRET"),
        ({"turn_urls": TURN, "turn_username": "u"}, "VIEWER_TURN_SECRET"),
        ({"ice_relay_only": True}, "VIEWER_TURN_URLS"),
        ({"turn_urls": ("http://turn.example",), "turn_secret": "north"}, "docs/configuration.md"),
        ({"turn_urls": ("turn:user@turn.example",), "turn_secret": "north"}, "docs/configuration.md"),
    ],
)
def test_settings_that_could_connect_nobody_are_refused(given_settings: dict[str, object], says: str) -> None:
    with pytest.raises(SettingsInvalid) as caught:
        load_settings(**given_settings)
    assert says in caught.value.hint
    assert "north" not in str(caught.value)


def test_no_secret_is_ever_printed() -> None:
    text = repr(Settings(turn_urls=TURN, turn_secret="north", turn_username="u", turn_password="south"))
    assert "north" not in text
    assert "south" not in text
