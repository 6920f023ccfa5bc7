"""STUN and TURN servers for one peer: which, and with what credentials. Pure: time is passed in.

Credentials are made per peer and end (draft-uberti-behave-turn-rest, coturn's `use-auth-secret`), so that what a page gets
to see is of no use to anybody next week. There is no server by default: nothing beyond the network at hand is asked.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

from py_remote_viewer.config import Settings

_RENEW_AT = 0.5  # of a credential's life


@dataclass(frozen=True, slots=True)
class IceGrant:
    """What one peer may use.

    Attributes:
        servers: `RTCIceServer` objects, one URL each.
        renew_in_s: when to make new ones; None where they do not end.
    """

    servers: tuple[dict[str, str], ...] = ()
    renew_in_s: float | None = None


def turn_credential(secret: str, peer_id: str, expires_unix_s: int) -> tuple[str, str]:
    """`(username, password)` that a TURN server with the same `secret` takes until `expires_unix_s`."""
    username = f"{expires_unix_s}:{peer_id}"
    digest = hmac.new(secret.encode(), username.encode(), hashlib.sha1).digest()
    return username, base64.b64encode(digest).decode()


def grant(settings: Settings, peer_id: str, now_unix_s: float) -> IceGrant:
    """Servers for an authorised peer, with credentials."""
    stun = tuple({"urls": url} for url in _stun_urls(settings))
    if not settings.turn_urls:
        return IceGrant(stun)
    if settings.turn_secret:
        username, password = turn_credential(settings.turn_secret, peer_id, int(now_unix_s) + settings.turn_ttl_s)
        renew_in_s = settings.turn_ttl_s * _RENEW_AT
    else:
        username, password, renew_in_s = settings.turn_username, settings.turn_password, None
    turn = tuple({"urls": url, "username": username, "credential": password} for url in settings.turn_urls)
    return IceGrant(stun + turn, renew_in_s)


def public_servers(settings: Settings) -> tuple[dict[str, str], ...]:
    """The URLs alone, for whoever may see the settings."""
    return tuple({"urls": url} for url in (*_stun_urls(settings), *settings.turn_urls))


def for_our_end(servers: Sequence[dict[str, str]], *, relay_only: bool) -> list[dict[str, str]]:
    """Of the servers granted to a peer, those that our end of its connection asks as well.

    A relay for us too is needed only where we may show no address: else the peer's relay reaches us, and an
    allocation per peer would cost every answer a round trip to the TURN server, or its time limit when it is down.
    """
    wanted = "turn" if relay_only else "stun"
    return [server for server in servers if server["urls"].startswith(wanted)]


def is_loopback(host: str | None) -> bool:
    """Whether an address, or the name `localhost`, means this machine."""
    if host == "localhost":
        return True
    try:
        ip = ip_address(host or "")
    except ValueError:
        return False
    mapped = ip.ipv4_mapped if isinstance(ip, IPv6Address) else None  # what a dual-stack socket makes of IPv4
    return (mapped or ip).is_loopback


def _stun_urls(settings: Settings) -> tuple[str, ...]:
    return (settings.stun_server,) if settings.stun_server else ()
