"""`WS /ws/signaling`: the dull rim. Texts go into a `Peer`, what its outbox holds goes out.

Nothing closes silently: every end has a code and a reason, and a refusal is an `error` message before the close, because a
page cannot read why a handshake failed.
"""

from __future__ import annotations

import asyncio
import logging

from fastapi import APIRouter, WebSocket, WebSocketDisconnect

from py_remote_viewer.errors import MessageInvalid, ViewerError
from py_remote_viewer.rooms.outbox import TOO_SLOW, Outbox
from py_remote_viewer.rooms.peer import Peer
from py_remote_viewer.rooms.session import token_matches
from py_remote_viewer.web.access import bearer_token, require_known_host, require_origin
from py_remote_viewer.web.middleware import local_address
from py_remote_viewer.web.state import Viewer, viewer_of

log = logging.getLogger(__name__)
router = APIRouter()

HELLO_WITHIN_S = 10.0
SEND_WITHIN_S = 10.0
CLOSE_WITHIN_S = 2.0
REFUSED_WAIT_S = 0.02
_NORMAL = 1000


@router.websocket("/ws/signaling")
async def signaling(socket: WebSocket) -> None:
    """One peer, from handshake to close."""
    viewer = viewer_of(socket)
    await socket.accept()
    async with _peer_of(socket, viewer) as peer:
        try:
            require_known_host(socket.headers.get("host", ""), local_address(socket.scope), viewer.settings)
            require_origin(socket.headers.get("origin"), socket.headers.get("host", ""), viewer.settings)
        except ViewerError as exc:
            peer.refuse(exc, fatal=True)
        reading = asyncio.create_task(_read(socket, peer), name=f"peer {peer.peer_id} reading")
        try:
            await _write(socket, peer.outbox, reading)
        finally:
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)


def _peer_of(socket: WebSocket, viewer: Viewer) -> Peer:
    token = viewer.settings.token
    return Peer(
        viewer.rooms.get(),
        viewer.parts,
        token=token,
        authorized=bool(token) and token_matches(bearer_token(socket.headers), token),
        ice=viewer.ice,
        relay_only=viewer.settings.ice_relay_only,
        remote_address=socket.client.host if socket.client else None,
    )


async def _read(socket: WebSocket, peer: Peer) -> None:
    """Read until the peer goes; its going closes the outbox, which ends the writing."""
    try:
        async with asyncio.timeout(HELLO_WITHIN_S) as patience:
            while peer.outbox.closing is None:
                event = await socket.receive()
                if event["type"] == "websocket.disconnect":
                    break
                text = event.get("text")
                if text is None:
                    peer.refuse(MessageInvalid("binary messages are not taken here", hint="Send JSON as text."))
                    continue
                refused = peer.session.refused
                peer.receive(text)
                if peer.session.refused > refused:
                    await asyncio.sleep(REFUSED_WAIT_S)  # a flood waits in its sender's buffers, not in ours
                if peer.session.greeted:
                    patience.reschedule(None)
    except TimeoutError:
        peer.refuse(
            MessageInvalid(
                f"no hello within {HELLO_WITHIN_S:.0f} s", hint='Send {"type": "hello", "protocol": 1} first.'
            ),
            fatal=True,
        )
    except WebSocketDisconnect:
        pass
    finally:
        peer.outbox.close(_NORMAL, "bye")


async def _write(socket: WebSocket, outbox: Outbox, reading: asyncio.Task[None]) -> None:
    """Send until the outbox ends, then close with its reason."""
    try:
        while (text := await outbox.take()) is not None:
            async with asyncio.timeout(SEND_WITHIN_S):
                await socket.send_text(text)
    except TimeoutError:
        outbox.close(TOO_SLOW, f"nothing was read for {SEND_WITHIN_S:.0f} s")
    except (WebSocketDisconnect, RuntimeError):  # Starlette raises RuntimeError for a send after the close
        return
    closing = outbox.closing
    if closing is not None and not (reading.done() and closing.code == _NORMAL):
        try:
            async with asyncio.timeout(CLOSE_WITHIN_S):
                await socket.close(closing.code, closing.reason)
        except (TimeoutError, WebSocketDisconnect, RuntimeError):
            log.debug("a peer was gone before it could be told: %s", closing.reason)
