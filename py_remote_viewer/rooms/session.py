"""What one peer may do: every message becomes a list of actions, or a `ViewerError`. Pure: no socket, no clock.

The order is fixed here: a greeting first (with the token, where the server has one), then anything; too much in too short
a time is refused; an input older than one already taken is dropped. `rooms.peer` carries the actions out.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass

from py_remote_viewer.errors import MessageInvalid, ProtocolMismatch, RateLimited, Unauthorized
from py_remote_viewer.protocol.camera_input import Orbit, Pan, Zoom
from py_remote_viewer.protocol.control_input import SetCtrl
from py_remote_viewer.protocol.hand_input import PerturbMove
from py_remote_viewer.protocol.messages import (
    PROTOCOL_VERSION,
    CandidateInit,
    ClientMessage,
    EngineInput,
    Event,
    Hello,
    IceCandidate,
    LoadScene,
    Offer,
    Ping,
    ReloadScene,
    RequestIdr,
    SceneUpdate,
    ViewerReport,
    Watch,
)
from py_remote_viewer.protocol.panels import WatchValues
from py_remote_viewer.rooms.legacy import LegacyInput
from py_remote_viewer.rooms.limits import (
    IDR_BURST,
    IDRS_PER_S,
    LOAD_BURST,
    LOADS_PER_S,
    MESSAGE_BURST,
    MESSAGES_PER_S,
)
from py_remote_viewer.stream.token_bucket import TokenBucket

_SEQ_MODULUS = 2**32
TELL_AGAIN_S = 1.0


@dataclass(frozen=True, slots=True)
class Greet:
    """Let the peer into the room, as `peer_id` where that is free or its own, and welcome it."""

    peer_id: str | None
    name: str | None
    resume_key: str | None = None


@dataclass(frozen=True, slots=True)
class Drive:
    """Hand `command` to the engine."""

    command: EngineInput


@dataclass(frozen=True, slots=True)
class Connect:
    """Make a WebRTC connection out of the offer; one that exists is replaced."""

    sdp: str


@dataclass(frozen=True, slots=True)
class AddCandidate:
    """A trickled ICE candidate; None ends them."""

    candidate: CandidateInit | None


@dataclass(frozen=True, slots=True)
class Show:
    """Whether the peer wants pictures."""

    visible: bool


@dataclass(frozen=True, slots=True)
class Load:
    """Swap the room's scene: one of `preset` and `xml` is given, or neither to load the running one anew."""

    preset: str | None = None
    xml: str | None = None
    name: str | None = None
    keep_pose: bool = False
    based_on: int | None = None


@dataclass(frozen=True, slots=True)
class SendPong:
    """Answer a clock question."""

    t: float


@dataclass(frozen=True, slots=True)
class Refresh:
    """Make an IDR."""


@dataclass(frozen=True, slots=True)
class Keep:
    """Keep what the page measured."""

    report: ViewerReport


@dataclass(frozen=True, slots=True)
class SeeValues:
    """The live values that the peer wants from now on."""

    wanted: WatchValues


Action = Greet | Drive | Connect | AddCandidate | Show | Load | SendPong | Refresh | Keep | SeeValues


class Session:
    """The rules for one peer."""

    def __init__(self, token: str, now: float, *, authorized: bool = False) -> None:
        """`token` is the server's, empty for none; `authorized` when the handshake has already brought it."""
        self._token = token
        self._authorized = authorized or not token
        self._messages = TokenBucket(MESSAGES_PER_S, MESSAGE_BURST, now)
        self._loads = TokenBucket(LOADS_PER_S, LOAD_BURST, now)
        self._idrs = TokenBucket(IDRS_PER_S, IDR_BURST, now)
        self._told_s: float | None = None
        self._legacy = LegacyInput()
        self._newest: dict[str, int] = {}
        self.greeted = False
        self.received = 0
        self.refused = 0

    def admit(self, now: float) -> bool:
        """Count a message before it is parsed.

        Returns:
            False when it must be thrown away unread.

        Raises:
            RateLimited: the same, and the peer has not been told for a second.
        """
        self.received += 1
        if self._messages.take(now):
            return True
        self.refused += 1
        if self._told_s is None or now - self._told_s >= TELL_AGAIN_S:
            self._told_s = now
            raise RateLimited(
                f"more than {MESSAGES_PER_S:.0f} messages a second; the rest is thrown away",
                hint="Send pointer motion at most once per picture.",
            )
        return False

    def receive(self, message: ClientMessage, now: float, *, paused: bool = False) -> list[Action]:
        """What `message` leads to.

        Raises:
            Unauthorized, ProtocolMismatch: and nothing else will be answered; close the connection.
            MessageInvalid, RateLimited: this message is refused, the next may be right.
        """
        if isinstance(message, Hello):
            return [self._hello(message)]
        if not self._authorized:
            raise Unauthorized(
                "this server wants a token", hint="Open the address that the server printed, with #token=."
            )
        actions = self._dispatch(message, now, paused)
        if self.greeted:
            return actions
        self.greeted = True  # the original protocol knows no greeting: its first message is the offer
        return [Greet(None, None), *actions]

    def _hello(self, hello: Hello) -> Greet:
        if self.greeted:
            raise MessageInvalid("hello has been said already", hint="Open a new WebSocket to start over.")
        if hello.protocol != PROTOCOL_VERSION:
            raise ProtocolMismatch(
                f"this page speaks protocol {hello.protocol}, the server {PROTOCOL_VERSION}",
                hint="Reload the page.",
            )
        if not self._authorized and not token_matches(hello.token, self._token):
            raise Unauthorized(
                "the token is missing or wrong", hint="Open the address that the server printed, with #token=."
            )
        self._authorized = True
        self.greeted = True
        return Greet(hello.peer_id, hello.name, hello.resume_key)

    def _dispatch(self, message: ClientMessage, now: float, paused: bool) -> list[Action]:
        match message:
            case Ping():
                return [SendPong(message.t)]
            case Offer():
                return [Connect(message.sdp)]
            case IceCandidate():
                return [AddCandidate(message.candidate)]
            case Watch():
                return [Show(message.visible)]
            case ViewerReport():
                return [Keep(message)]
            case WatchValues():
                return [SeeValues(message)]
            case RequestIdr():
                return [Refresh()] if self._idrs.take(now) else []
            case LoadScene():
                return [self._load(message, now)]
            case ReloadScene():
                return [self._admitted(Load(), now)]
            case SceneUpdate():
                return [self._load(LoadScene(xml=message.xml), now)]
            case Event():
                return [Drive(made) for made in self._legacy.translate(message.data, paused=paused)]
            case Hello():
                raise MessageInvalid("hello has been said already", hint="Open a new WebSocket to start over.")
            case Orbit() | Pan() | Zoom():
                return [Drive(message)] if self._is_fresh("camera", message.seq) else []
            case PerturbMove():
                return [Drive(message)] if self._is_fresh("hand", message.seq) else []
            case SetCtrl():
                return [Drive(message)] if self._is_fresh("ctrl", message.seq) else []
            case _:
                return [Drive(message)]

    def _is_fresh(self, kind: str, seq: int) -> bool:
        """Whether `seq` is newer than all of its kind before (serial number arithmetic, RFC 1982); 0 is not counted."""
        if seq == 0:
            return True
        newest = self._newest.get(kind)
        if newest is not None and not 0 < (seq - newest) % _SEQ_MODULUS < _SEQ_MODULUS // 2:
            self.refused += 1
            return False
        self._newest[kind] = seq
        return True

    def _load(self, wanted: LoadScene, now: float) -> Load:
        if (wanted.preset is None) == (wanted.xml is None):
            raise MessageInvalid("load_scene: give exactly one of preset and xml", hint='{"preset": "pendulum"}')
        load = Load(wanted.preset, wanted.xml, wanted.name, wanted.keep_pose, wanted.based_on)
        return self._admitted(load, now)

    def _admitted(self, load: Load, now: float) -> Load:
        if not self._loads.take(now):
            raise RateLimited(
                f"more than {LOADS_PER_S:.0f} scene loads a second", hint="Wait a moment, then load it again."
            )
        return load


def token_matches(given: str | None, expected: str) -> bool:
    """Compare in constant time. False when nothing was given."""
    return given is not None and hmac.compare_digest(given.encode(), expected.encode())
