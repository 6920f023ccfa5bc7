"""`WS /ws/media`: the dull rim of the second transport. A `WsVideo` decides what goes out; acknowledgements come in.

The page binds the socket to its signaling session with the key that it got there, which stands for whatever let it in
there. Nothing closes silently: a refusal is an `error` text before the close, and every end has a code and a reason.
"""

from __future__ import annotations

import asyncio
import logging

from fastapi import APIRouter, WebSocket, WebSocketDisconnect

from py_remote_viewer.clock import now_s
from py_remote_viewer.errors import MessageInvalid, RateLimited, Unauthorized, ViewerError
from py_remote_viewer.protocol.messages import Error
from py_remote_viewer.protocol.video_socket import VideoReady, parse_ack, parse_bind
from py_remote_viewer.rooms.limits import MESSAGE_BURST, MESSAGES_PER_S
from py_remote_viewer.rooms.outbox import TOO_SLOW
from py_remote_viewer.rooms.peer import REFUSED, Peer
from py_remote_viewer.stream.token_bucket import TokenBucket
from py_remote_viewer.stream.ws_video import VideoEnd, WsVideo
from py_remote_viewer.web.access import require_known_host, require_origin
from py_remote_viewer.web.middleware import local_address
from py_remote_viewer.web.state import viewer_of

log = logging.getLogger(__name__)
router = APIRouter()

BIND_WITHIN_S = 10.0
SEND_WITHIN_S = 15.0
CLOSE_WITHIN_S = 2.0
_GONE = VideoEnd(1000, "bye")


@router.websocket("/ws/media")
async def media(socket: WebSocket) -> None:
    """One video socket, from handshake to close."""
    await socket.accept()
    try:
        peer, video = await _bind(socket)
    except ViewerError as exc:
        await _refuse(socket, exc)
        return
    except WebSocketDisconnect:
        return
    reading = asyncio.create_task(_read(socket, video), name=f"peer {video.peer_id} video acknowledgements")
    try:
        end = await _write(socket, video)
    finally:
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)
        peer.door.left(video)
    if end is not _GONE:
        await _close(socket, end)


async def _bind(socket: WebSocket) -> tuple[Peer, WsVideo]:
    """The first message, and what it opens. Raises ViewerError or WebSocketDisconnect."""
    viewer = viewer_of(socket)
    require_known_host(socket.headers.get("host", ""), local_address(socket.scope), viewer.settings)
    require_origin(socket.headers.get("origin"), socket.headers.get("host", ""), viewer.settings)
    try:
        async with asyncio.timeout(BIND_WITHIN_S):
            bind = parse_bind(await socket.receive_text())
    except KeyError:  # Starlette's way to say that the message was binary
        raise MessageInvalid("the first message must be text", hint='Send {"type": "bind", …}.') from None
    except TimeoutError:
        raise MessageInvalid(f"no bind within {BIND_WITHIN_S:.0f} s", hint='Send {"type": "bind", …}.') from None
    peer = viewer.rooms.get(bind.room_id).members.get(bind.peer_id)
    if not isinstance(peer, Peer):
        raise Unauthorized("no such peer in this room", hint="Open the signaling socket first.")
    return peer, peer.open_video(bind.key, bind.codec)


async def _read(socket: WebSocket, video: WsVideo) -> None:
    """Take acknowledgements until the page goes; its going ends the video."""
    bucket = TokenBucket(MESSAGES_PER_S, MESSAGE_BURST, now_s())
    try:
        while video.end is None:
            event = await socket.receive()
            if event["type"] == "websocket.disconnect":
                break
            if not bucket.take(now_s()):
                raise RateLimited(f"more than {MESSAGES_PER_S:.0f} messages a second", hint="Acknowledge once.")
            video.acked(parse_ack(event.get("bytes") or b""))
    except ViewerError as exc:
        video.close(REFUSED, f"{exc.code}: {exc.message}"[:120])
    finally:
        video.close(_GONE.code, _GONE.reason)


async def _write(socket: WebSocket, video: WsVideo) -> VideoEnd:
    """Send until the video ends; returns why it did."""

    async def send(data: bytes) -> None:
        async with asyncio.timeout(SEND_WITHIN_S):
            await socket.send_bytes(data)

    try:
        await socket.send_text(VideoReady(codec=video.codec).model_dump_json())
        end = await video.run(send)
    except TimeoutError:
        return VideoEnd(TOO_SLOW, f"nothing was read for {SEND_WITHIN_S:.0f} s")
    except (WebSocketDisconnect, RuntimeError):  # Starlette raises RuntimeError for a send after the close
        return _GONE
    return _GONE if end == _GONE else end


async def _refuse(socket: WebSocket, error: ViewerError) -> None:
    told = Error(
        code=error.code, message=error.message, hint=error.hint, details=dict(error.details), fatal=True
    ).model_dump_json()
    try:
        await socket.send_text(told)
    except (WebSocketDisconnect, RuntimeError):
        return
    await _close(socket, VideoEnd(REFUSED, error.code))


async def _close(socket: WebSocket, end: VideoEnd) -> None:
    try:
        async with asyncio.timeout(CLOSE_WITHIN_S):
            await socket.close(end.code, end.reason)
    except (TimeoutError, WebSocketDisconnect, RuntimeError):
        log.debug("a video socket was gone before it could be told: %s", end.reason)
