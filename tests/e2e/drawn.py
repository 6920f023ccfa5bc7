"""A picture that costs nothing to know: a checkered floor, a ball, and the scenes' thumbnails."""

from __future__ import annotations

import asyncio
import time
from fractions import Fraction
from typing import Any

import numpy as np
from aiortc.mediastreams import VideoStreamTrack
from av import VideoFrame

WIDTH, HEIGHT, FPS = 640, 360, 20
Pixels = np.ndarray[Any, np.dtype[np.uint8]]


class DrawnTrack(VideoStreamTrack):
    """A checkered floor and a ball, stamped with the clock that `pong` tells; stands still while `moving` is cleared."""

    def __init__(self, moving: asyncio.Event) -> None:
        super().__init__()
        self._moving = moving
        self._floor = _floor()

    async def recv(self) -> VideoFrame:
        await asyncio.sleep(1 / FPS)
        await self._moving.wait()
        now = time.monotonic()
        frame = VideoFrame.from_ndarray(_draw(self._floor, now), format="rgb24")
        frame.pts, frame.time_base = int(now * 90_000), Fraction(1, 90_000)
        return frame


def _floor() -> Pixels:
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    depth = 90 / np.maximum(y - 120, 0.5)
    tile = (np.floor(depth * 3) + np.floor((x - WIDTH / 2) * depth / 60)) % 2
    far = np.clip((y - 120) / 90, 0, 1)[..., None]
    blue = np.array([38, 66, 104], np.float32) + tile[..., None] * np.array([28, 34, 40], np.float32)
    sky = np.array([30, 52, 82], np.float32) + (1 - y[..., None] / 200) * np.array([30, 40, 50], np.float32)
    return np.where(y[..., None] > 120, sky * (1 - far) + blue * far, sky).clip(0, 255).astype(np.uint8)


def _draw(floor: Pixels, now: float) -> Pixels:
    picture = floor.copy()
    height = abs(np.sin(now * 2.5)) * 90
    centre = 320 + np.sin(now * 0.7) * 120
    left, top = int(centre) - 64, int(192 - height) - 2
    part = picture[top:300, left : left + 128]  # what the ball and its shadow cover
    y, x = np.mgrid[top:300, left : left + 128].astype(np.float32)
    shadow = ((x - centre) / 52) ** 2 + ((y - 285) / 13) ** 2 < 1
    part[shadow] = (part[shadow] * 0.55).astype(np.uint8)
    ball = np.hypot(x - centre, y - (238 - height)) < 46
    light = np.clip(1.15 - np.hypot(x - centre + 16, y - (222 - height)) / 70, 0.2, 1)
    part[ball] = (light[ball][:, None] * np.array([240, 150, 70])).astype(np.uint8)
    return picture


def thumbnail(colour: str) -> str:
    """SVG."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 180"><rect width="320" height="180" fill="#2b4468"/>'
        '<path d="M0 110h320v70H0z" fill="#3d5c86"/><ellipse cx="160" cy="138" rx="62" ry="12" fill="#22344f"/>'
        f'<circle cx="160" cy="92" r="42" fill="{colour}"/></svg>'
    )
