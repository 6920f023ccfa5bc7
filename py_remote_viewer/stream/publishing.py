"""Publishing a room to somebody else's server: where to, how it stands, when to try again.

The standards are the interface: WHIP (RFC 9725) for anything that speaks it, plain RTP for a media server on the same
machine or network. An SFU behind either carries the picture on to more viewers than one machine should.
"""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from types import TracebackType
from typing import Literal, Self
from urllib.parse import urlsplit

from py_remote_viewer.errors import SettingsInvalid
from py_remote_viewer.stream.ice import is_loopback

FIRST_RETRY_S = 1.0
LAST_RETRY_S = 60.0
_HINT = "Use whip:https://HOST/PATH or rtp:HOST:PORT; docs/scaling.md has examples."
_PRIVATE = tuple(
    ip_network(text)
    for text in (
        "127.0.0.0/8",
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "169.254.0.0/16",
        "::1/128",
        "fc00::/7",
        "fe80::/10",
    )
)

PublishState = Literal["connecting", "publishing", "waiting", "refused"]


@dataclass(frozen=True, slots=True)
class WhipTarget:
    """A WHIP endpoint."""

    url: str

    @property
    def keeps_secrets(self) -> bool:
        """Whether a token stays between the two ends: TLS, or one machine."""
        parts = urlsplit(self.url)
        return parts.scheme == "https" or is_loopback(parts.hostname)

    @property
    def shown(self) -> str:
        """For people: without user, query and fragment, which may hold secrets."""
        parts = urlsplit(self.url)
        return f"whip:{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


@dataclass(frozen=True, slots=True)
class RtpTarget:
    """A UDP port."""

    host: str
    port: int

    @property
    def shown(self) -> str:
        """For people."""
        return f"rtp:[{self.host}]:{self.port}" if ":" in self.host else f"rtp:{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class PublishStats:
    """How publishing stands. Counts since the room opened; None: not measured.

    Attributes:
        kind: `whip` or `rtp`.
        target: where to, without secrets.
        state: `connecting`, `publishing`, `waiting` (for the next try) or `refused` (it goes on trying, once a minute).
        reason: why it is not publishing; else empty.
        attempts: connections begun.
    """

    kind: Literal["whip", "rtp"]
    target: str
    state: PublishState
    reason: str = ""
    attempts: int = 0
    pictures_sent: int = 0
    packets_sent: int = 0
    bytes_sent: int = 0
    packets_resent: int = 0
    plis: int = 0
    rtt_ms: float | None = None
    fraction_lost: float | None = None


class Publisher(ABC):
    """Publishes for as long as it is entered: a task of `_run`, and what is known of it. Event loop only.

    Args:
        shown: the target, for people.
        on_change: called when `is_publishing` changes.
    """

    def __init__(self, shown: str, on_change: Callable[[], None]) -> None:
        self._shown = shown
        self._on_change = on_change
        self._state: PublishState = "connecting"
        self._reason = ""
        self._attempts = 0
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._run(), name=f"publish {self._shown}")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None
    ) -> None:
        assert self._task is not None
        self._task.cancel()
        await asyncio.wait([self._task])

    @property
    def is_publishing(self) -> bool:
        """Whether pictures reach the other end, as far as can be known."""
        return self._state == "publishing"

    @abstractmethod
    def stats(self) -> PublishStats:
        """How it stands."""

    @abstractmethod
    async def _run(self) -> None:
        """Try, and try again."""

    def _set(self, state: PublishState, reason: str = "") -> None:
        before = self.is_publishing
        self._state, self._reason = state, reason
        if self.is_publishing != before:
            self._on_change()


def parse_target(text: str) -> WhipTarget | RtpTarget:
    """`whip:URL` or `rtp:HOST:PORT`.

    Raises:
        SettingsInvalid: neither.
    """
    kind, _, rest = text.strip().partition(":")
    try:
        if kind == "whip":
            parts = urlsplit(rest)
            if parts.scheme in ("http", "https") and parts.hostname and parts.port != 0:
                return WhipTarget(rest)
        if kind == "rtp":
            parts = urlsplit(rest if rest.startswith("//") else f"//{rest}")
            if parts.hostname and parts.port and not (parts.path or parts.query or parts.username):
                return RtpTarget(parts.hostname, parts.port)
    except ValueError:
        pass
    raise SettingsInvalid(f"cannot publish to {kind[:10]!r}: not a target", hint=_HINT)


def is_address(host: str) -> bool:
    """Whether `host` is an IP address rather than a name."""
    try:
        ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


def is_private(address: str) -> bool:
    """Whether plain RTP to this IP address stays on this machine or its own network."""
    ip: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped is not None:
        ip = ip.ipv4_mapped
    return any(ip in network for network in _PRIVATE)


def require_private(address: str, target: RtpTarget, *, unencrypted_anywhere: bool) -> None:
    """Refuse to send the picture in the clear to a public address.

    Raises:
        SettingsInvalid: with the ways out.
    """
    if not unencrypted_anywhere and not is_private(address):
        raise SettingsInvalid(
            f"{target.shown} is the public address {address}, and plain RTP is not encrypted: anybody on the way could watch",
            hint="Publish by WHIP, which is encrypted; or confirm with --publish-unencrypted (VIEWER_PUBLISH_UNENCRYPTED=1).",
        )


def retry_delay_s(failures: int, retry_after: str | None = None) -> float:
    """How long to wait after `failures` in a row (1 or more): doubling, or as the server asks, a minute at most."""
    delay_s = min(LAST_RETRY_S, FIRST_RETRY_S * 2.0 ** min(failures - 1, 10))
    if retry_after is not None and retry_after.strip().isascii() and retry_after.strip().isdecimal():
        delay_s = max(delay_s, min(LAST_RETRY_S, float(retry_after)))
    return delay_s
