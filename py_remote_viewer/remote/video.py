"""A room's picture for programs: the video socket, decoded by FFmpeg."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from py_remote_viewer.errors import EngineFailed, SettingsInvalid, from_fields
from py_remote_viewer.protocol.video_socket import BindVideo, pack_ack, unpack_picture
from py_remote_viewer.remote.http import Server


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture of the room.

    Attributes:
        rgb: shape (height, width, 3), uint8, top row first.
        captured_s: when it was drawn, seconds on the clock of `status.server_time_s`.
    """

    rgb: NDArray[np.uint8]
    captured_s: float

    def save(self, path: str | Path) -> None:
        """Write it as a PNG or a JPEG, as the name ends. Raises SettingsInvalid for another ending."""
        import av

        path = Path(path)
        codec, layout = {".png": ("png", "rgb24"), ".jpg": ("mjpeg", "yuvj420p"), ".jpeg": ("mjpeg", "yuvj420p")}.get(
            path.suffix.lower(), ("", "")
        )
        if not codec:
            raise SettingsInvalid(f"no picture format {path.suffix!r}", hint="End the name in .png or .jpg.")
        height, width, _ = self.rgb.shape
        encoder: Any = av.CodecContext.create(codec, "w")
        encoder.width, encoder.height, encoder.pix_fmt, encoder.time_base = width, height, layout, Fraction(1)
        frame = av.VideoFrame.from_ndarray(self.rgb, format="rgb24").reformat(format=layout)
        frame.pts = 0
        path.write_bytes(b"".join(bytes(packet) for packet in [*encoder.encode(frame), *encoder.encode(None)]))


async def pictures(server: Server, peer_id: str, key: str, timeout_s: float | None = None) -> AsyncGenerator[Picture]:
    """Every picture that the server sends to `peer_id`, whose `key` opens one video socket.

    Raises:
        TimeoutError: none came for `timeout_s`.
        ViewerError: the server refuses, or ends it.
    """
    import av

    decoder: Any = av.CodecContext.create("h264", "r")
    address = server.socket_url.removesuffix("signaling") + "media"
    async with connect(address, max_size=None, close_timeout=1, proxy=None) as socket:
        await socket.send(BindVideo(peer_id=peer_id, key=key).model_dump_json())
        while True:
            try:
                message = await asyncio.wait_for(socket.recv(), timeout_s)
            except ConnectionClosed:
                reason = socket.close_reason or socket.close_code
                raise EngineFailed(f"the video ended: {reason}", hint="Connect again.") from None
            if isinstance(message, str):
                _check(message)
                continue
            header, data = unpack_picture(message)
            await socket.send(pack_ack(header.picture_id))
            for frame in decoder.decode(av.Packet(data)):
                yield Picture(frame.to_ndarray(format="rgb24"), header.captured_s)


def _check(text: str) -> None:
    """The server's answer to the greeting."""
    said = json.loads(text)
    if said.get("type") == "error":
        raise from_fields({name: said.get(name, "") for name in ("code", "message", "hint")})
