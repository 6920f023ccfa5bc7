"""The one family of errors that people see: what happened, with the offending value, and what to do about it.

REST turns one into JSON with its HTTP `status`; signaling sends the same fields as an `error` message. Anything that is
not a `ViewerError` is a bug of ours: it is logged, and the person is told only that it happened.
"""

from __future__ import annotations

from typing import Any, ClassVar


class ViewerError(Exception):
    """Base of the family.

    Attributes:
        code: stable name for programs, for example `scene_invalid`.
        status: HTTP status.
        hint: what the reader can do now.
        details: further JSON-ready facts, for example `{"line": 12, "element": "geom"}`.
    """

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 500

    def __init__(self, message: str, *, hint: str = "", **details: Any) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.details = details

    def as_json(self) -> dict[str, Any]:
        """`{error: {code, message, hint, ...details}}`, the body of every refusal."""
        return {"error": {"code": self.code, "message": self.message, "hint": self.hint, **self.details}}


class SettingsInvalid(ViewerError):
    """A setting, environment variable or command-line argument that cannot be used."""

    code = "settings_invalid"
    status = 500


class MessageInvalid(ViewerError):
    """A message that is malformed, oversized or of an unknown type."""

    code = "message_invalid"
    status = 400


class ProtocolMismatch(ViewerError):
    """The page speaks another version of the protocol."""

    code = "protocol_mismatch"
    status = 400


class SceneInvalid(ViewerError):
    """MJCF that does not pass the pre-check, does not compile, or cannot be simulated."""

    code = "scene_invalid"
    status = 400


class SceneTooExpensive(SceneInvalid):
    """MJCF that ran into a limit of the compile child: time, memory or size."""

    code = "scene_too_expensive"
    status = 400


class ModelUnreachable(ViewerError):
    """The language model that the operator set up gave no usable answer, or none is set up."""

    code = "language_model_failed"
    status = 502


class SceneNotFound(ViewerError):
    """No preset or file of that name."""

    code = "scene_not_found"
    status = 404


class SceneChanged(ViewerError):
    """A scene made from one that is not shown any more: somebody else loaded another meanwhile."""

    code = "scene_changed"
    status = 409


class NotFound(ViewerError):
    """No such room, peer or resource."""

    code = "not_found"
    status = 404


class Unauthorized(ViewerError):
    """The token is missing or wrong."""

    code = "unauthorized"
    status = 401


class Forbidden(ViewerError):
    """The request comes from a web page or under a host name that is not ours."""

    code = "forbidden"
    status = 403


class TooLarge(ViewerError):
    """A request body above the limit."""

    code = "too_large"
    status = 413


class Conflict(ViewerError):
    """Something else is going on that excludes it."""

    code = "conflict"
    status = 409


class RecordingInvalid(ViewerError):
    """A trajectory or recording that cannot be read, or was made by something else."""

    code = "recording_invalid"
    status = 400


class StorageFull(ViewerError):
    """No room for it: the quota of recordings is used up, or the disk is full."""

    code = "storage_full"
    status = 507


class NotAcceptable(ViewerError):
    """The asker takes none of the formats that we answer in."""

    code = "not_acceptable"
    status = 406


class PreconditionFailed(ViewerError):
    """The change is meant for another state of the resource than the one it has."""

    code = "precondition_failed"
    status = 412


class UnsupportedMediaType(ViewerError):
    """A request body in a format that is not read here."""

    code = "unsupported_media_type"
    status = 415


class Unprocessable(ViewerError):
    """Well formed and understood, but not done here."""

    code = "unprocessable"
    status = 422


class PreconditionRequired(ViewerError):
    """The change does not say which state of the resource it is meant for."""

    code = "precondition_required"
    status = 428


class RateLimited(ViewerError):
    """More messages or scene loads in a short time than one peer may send."""

    code = "rate_limited"
    status = 429


class RoomBusy(ViewerError):
    """A bounded queue of the room is full; the command was not taken."""

    code = "room_busy"
    status = 503


class EngineFailed(ViewerError):
    """The engine could not start, or could not do what was asked before it stopped."""

    code = "engine_failed"
    status = 503


class GlLost(ViewerError):
    """The GL context is gone or could not be made."""

    code = "gl_unavailable"
    status = 503


class EncoderUnavailable(ViewerError):
    """No H.264 encoder opens and encodes a picture on this machine."""

    code = "encoder_unavailable"
    status = 503


class NoCommonCodec(ViewerError):
    """The peer's offer holds no codec that we send."""

    code = "no_common_codec"
    status = 422


class NoRelay(ViewerError):
    """Only TURN servers may carry the media, and none of them gave us a relay."""

    code = "no_relay"
    status = 503


class Unreachable(ViewerError):
    """No server answers at the address that was given."""

    code = "unreachable"
    status = 503


class NotOverTheWeb(ViewerError):
    """Something that a window on this machine can do and a page cannot."""

    code = "not_over_the_web"
    status = 501


def from_fields(fields: dict[str, Any]) -> ViewerError:
    """The error whose `as_json()["error"]` another process sent; `EngineFailed` where its code is unknown."""
    rest = {key: value for key, value in fields.items() if key not in ("code", "message", "hint")}
    code = (
        "message_invalid" if fields.get("code") == "request_invalid" else fields.get("code")
    )  # of REST: the same mistake
    kind = next((kind for kind in ViewerError.__subclasses__() if kind.code == code), EngineFailed)
    return kind(str(fields.get("message", "it failed")), hint=str(fields.get("hint", "")), **rest)
