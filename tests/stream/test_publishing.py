import pytest
from hypothesis import given
from hypothesis import strategies as st

from py_remote_viewer.errors import SettingsInvalid
from py_remote_viewer.stream.publishing import (
    LAST_RETRY_S,
    RtpTarget,
    WhipTarget,
    is_address,
    is_private,
    parse_target,
    require_private,
    retry_delay_s,
)


@pytest.mark.parametrize(
    ("text", "target", "shown"),
    [
        (
            "whip:https://u:p@sfu.example/whip/room?key=x",
            WhipTarget("https://u:p@sfu.example/whip/room?key=x"),
            "whip:https://sfu.example/whip/room",
        ),
        ("whip:http://127.0.0.1:8080/w", WhipTarget("http://127.0.0.1:8080/w"), "whip:http://127.0.0.1:8080/w"),
        ("rtp:127.0.0.1:5004", RtpTarget("127.0.0.1", 5004), "rtp:127.0.0.1:5004"),
        ("rtp:[::1]:5004", RtpTarget("::1", 5004), "rtp:[::1]:5004"),
        ("rtp://janus:5004", RtpTarget("janus", 5004), "rtp:janus:5004"),
    ],
)
def test_targets_are_read_and_shown_without_secrets(text: str, target: object, shown: str) -> None:
    found = parse_target(text)
    assert found == target
    assert found.shown == shown


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "whip:",
        "whip:sfu.example",
        "whip:ftp://x",
        "rtp:",
        "rtp:h",
        "rtp:h:0",
        "rtp:h:99999",
        "rtp:h:1/x",
        "rtmp:h",
    ],
)
def test_other_texts_are_refused_with_a_hint(text: str) -> None:
    with pytest.raises(SettingsInvalid) as refused:
        parse_target(text)
    assert "whip:https" in refused.value.hint


@given(st.text(max_size=40))
def test_no_text_breaks_it_and_no_secret_is_repeated(text: str) -> None:
    try:
        parse_target(text)
    except SettingsInvalid as refused:
        assert len(text) < 12 or text not in refused.message


@pytest.mark.parametrize(
    ("address", "private"),
    [
        ("127.0.0.1", True),
        ("10.1.2.3", True),
        ("172.31.0.1", True),
        ("172.32.0.1", False),
        ("192.168.1.1", True),
        ("::1", True),
        ("::ffff:10.0.0.1", True),
        ("::ffff:8.8.8.8", False),
        ("fe80::1%eth0", True),
        ("fd00::2", True),
        ("8.8.8.8", False),
        ("2001:db8::1", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("0.0.0.0", False),
    ],
)
def test_plain_rtp_goes_to_private_addresses_only_unless_confirmed(address: str, private: bool) -> None:
    assert is_address(address)
    assert is_private(address) is private
    target = RtpTarget(address, 5004)
    require_private(address, target, unencrypted_anywhere=True)
    if not private:
        with pytest.raises(SettingsInvalid) as refused:
            require_private(address, target, unencrypted_anywhere=False)
        assert "--publish-unencrypted" in refused.value.hint


def test_a_token_stays_secret_by_tls_or_on_one_machine() -> None:
    assert WhipTarget("https://sfu.example/w").keeps_secrets
    assert WhipTarget("http://localhost:8889/w").keeps_secrets
    assert WhipTarget("http://[::1]:8889/w").keeps_secrets
    assert not WhipTarget("http://10.0.0.1/w").keeps_secrets


def test_waiting_doubles_up_to_a_minute() -> None:
    assert [retry_delay_s(failures) for failures in range(1, 9)] == [1, 2, 4, 8, 16, 32, 60, 60]


@given(st.integers(1, 10_000), st.none() | st.text(max_size=12) | st.integers(0, 10**9).map(str))
def test_no_server_makes_us_wait_longer_than_a_minute_or_hammer_it(failures: int, retry_after: str | None) -> None:
    assert 1 <= retry_delay_s(failures, retry_after) <= LAST_RETRY_S


def test_the_server_may_ask_for_patience() -> None:
    assert retry_delay_s(1, "7") == 7
    assert retry_delay_s(5, "7") == 16
