"""A picture of the room at any size: the engine says where everything is, a process of its own draws it.

The engine would stand still for as long as the drawing takes, seconds in software at 4K, so it only hands over its state (a few
microseconds); the live stream goes on at its own size and quality. Event loop; never imports mujoco or OpenGL.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from dataclasses import asdict, dataclass
from typing import Any, Literal

from py_remote_viewer.errors import EngineFailed, RoomBusy, from_fields
from py_remote_viewer.render.child_environment import drawing_environment

log = logging.getLogger(__name__)

MOST_S = 120.0
MOST_BYTES = 256 * 2**20
MOST_WAITING = 8
REFUSED = 3  # exit code of a child that says why
MAX_WIDTH, MAX_HEIGHT = 7680, 4320
StillKind = Literal["color", "depth", "segmentation"]
StillFormat = Literal["png", "npy", "json"]


@dataclass(frozen=True, slots=True)
class StillWish:
    """What to draw.

    Attributes:
        width: px.
        height: px.
        kind: colour, distances, or which object is where.
        format: `png`; `npy` for distances in metres or object numbers; `json` for the objects that are seen.
        quality: a level of the quality ladder.
        overlays: with the flags, groups and labels that the live picture shows; else MuJoCo's defaults.
    """

    width: int
    height: int
    kind: StillKind = "color"
    format: StillFormat = "png"
    quality: str = "ultra"
    overlays: bool = True


class StillMaker:
    """Draws one still at a time; a few more may wait."""

    def __init__(self) -> None:
        self._one = asyncio.Semaphore(1)
        self._waiting = 0

    async def draw(
        self, model_fd: int, model_bytes: int, facts: dict[str, Any], state: bytes, wish: StillWish
    ) -> bytes:
        """The file that `wish` asks for.

        Args:
            model_fd: memory file with the model (MJB); stays the caller's.
            model_bytes: in it.
            facts: the engine's answer to `TakeSnapshot`.
            state: the bytes of that answer.
            wish: what to draw.

        Raises:
            RoomBusy: too many wait already.
            EngineFailed: this machine cannot draw it, or not in time.
            ViewerError: the child's own reason.
        """
        if self._waiting >= MOST_WAITING:
            raise RoomBusy(f"{MOST_WAITING} pictures wait to be drawn", hint="Try again in a moment.")
        self._waiting += 1
        try:
            async with self._one:
                return await _drawn(model_fd, model_bytes, {**facts, "wish": asdict(wish)}, state)
        finally:
            self._waiting -= 1


async def _drawn(model_fd: int, model_bytes: int, facts: dict[str, Any], state: bytes) -> bytes:
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-m", "py_remote_viewer.record.still_child"),
        *("--fd", str(model_fd), "--size", str(model_bytes)),
        env=drawing_environment(),
        pass_fds=(model_fd,),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        start_new_session=True,
        limit=2**20,
    )
    assert child.stdin is not None
    assert child.stdout is not None
    try:
        async with asyncio.timeout(MOST_S):
            child.stdin.write(json.dumps(facts).encode() + b"\n" + state)
            await child.stdin.drain()
            child.stdin.close()
            parts, size = [], 0
            while size <= MOST_BYTES and (part := await child.stdout.read(2**20)):
                parts.append(part)
                size += len(part)
            code = await child.wait()
    except (TimeoutError, ConnectionError) as exc:
        raise EngineFailed(
            f"the picture was not drawn within {MOST_S:.0f} s", hint="Ask for a smaller one, or a lower quality."
        ) from exc
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    data = b"".join(parts)
    if code == REFUSED:
        raise from_fields(json.loads(data))
    if code != 0 or not data:
        raise EngineFailed(
            f"the picture could not be drawn (exit code {code})",
            hint="python -m py_remote_viewer.dev_check looks at EGL.",
        )
    return data
