"""Where a peer's second transport comes in: one key at a time, one video socket at a time.

A video socket brings the key that its peer got over the signaling socket, so nobody can attach to somebody else. A key
works once; the next one follows at once over signaling. The newest socket wins: an older one may be half open.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable

from py_remote_viewer.errors import Unauthorized
from py_remote_viewer.protocol.messages import MediaKey, Notice, ServerMessage
from py_remote_viewer.stream.ws_video import REPLACED, STALLED, WsVideo


class VideoDoor:
    """The video socket of one peer.

    Args:
        tell: sends a message to the peer.
        changed: called when a socket came or went.
    """

    def __init__(self, tell: Callable[[ServerMessage], None], changed: Callable[[], None]) -> None:
        self.key = secrets.token_urlsafe(24)
        self.video: WsVideo | None = None
        self._tell = tell
        self._changed = changed

    def check(self, key: str) -> None:
        """Raise Unauthorized unless `key` is the one that the peer was given last; then it is used up."""
        if not hmac.compare_digest(key.encode(), self.key.encode()):
            raise Unauthorized(
                "the key of this video socket is wrong or used up", hint="Take the newest `media_key` of signaling."
            )
        self.key = secrets.token_urlsafe(24)
        self._tell(MediaKey(key=self.key))

    def open(self, video: WsVideo, *, visible: bool) -> None:
        """`video` is what the peer watches from now on."""
        if self.video is not None:
            self.video.close(REPLACED, "a newer video socket of this page took over")
        self.video = video
        video.watch(visible)
        self._changed()

    def left(self, video: WsVideo) -> None:
        """`video` has ended. Its peer is told when that is its own fault."""
        if video.end is not None and video.end.code == STALLED:
            self._tell(Notice(level="warn", text=f"The video over the WebSocket was ended: {video.end.reason}."))
        if self.video is video:
            self.video = None
            self._changed()

    def watch(self, visible: bool) -> None:
        """Pictures, or none."""
        if self.video is not None:
            self.video.watch(visible)

    def close(self, code: int, reason: str) -> None:
        """End the socket, with the peer."""
        if self.video is not None:
            self.video.close(code, reason)
