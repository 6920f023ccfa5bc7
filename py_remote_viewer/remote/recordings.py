"""Recordings and pictures by REST: begun, ended, taken, drawn again; the view as a file, as depth and as objects."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from py_remote_viewer.errors import NotFound
from py_remote_viewer.protocol.recording import Recording
from py_remote_viewer.remote.bounds import bounded
from py_remote_viewer.remote.calls import Calls, quoted
from py_remote_viewer.web.recording_answers import Done, Recordings, RecordingStart, RenderJob, RenderWish

Quality = Literal["ultra", "high", "shadows", "plain", "lean"]
ASK_EVERY_S = 0.25


@bounded
class RecordingCalls(Calls):
    """`/api/recordings` and `/api/screenshot`."""

    async def recordings(self) -> list[Recording]:
        """What was recorded, newest first."""
        return (await self.recording_folder()).recordings

    async def recording_folder(self) -> Recordings:
        """The same with what is being drawn, and how much room there is."""
        return await self.get("/api/recordings", Recordings)

    async def recording(self, recording_id: str) -> Recording:
        """One of them, with its files as they are now."""
        return await self.get(_path(recording_id), Recording)

    async def record(self, *, video: bool = True, trajectory: bool = False, limit_s: float | None = None) -> Recording:
        """Record from now on, until `stop_recording` or for `limit_s`."""
        wanted = RecordingStart(video=video, trajectory=trajectory, limit_s=limit_s)
        return await self.post("/api/recordings", wanted, Recording)

    async def stop_recording(self, recording_id: str) -> Recording:
        """End a recording; its files are whole when this returns."""
        return await self.post(f"{_path(recording_id)}/stop", None, Recording)

    async def recording_file(self, recording_id: str, name: str) -> bytes:
        """One file of a recording, by a name from its `files`."""
        return await self.get_bytes(f"{_path(recording_id)}/files/{quoted(name)}")

    async def save_recording_file(self, recording_id: str, name: str, into: str | Path) -> Path:
        """The same, of any size, written to a file."""
        return await self.get_file(f"{_path(recording_id)}/files/{quoted(name)}", Path(into))

    async def delete_recording(self, recording_id: str) -> None:
        """With all its files."""
        await self.send_json("DELETE", _path(recording_id), None, Done)

    async def render(self, recording_id: str, /, **wish: Any) -> RenderJob:
        """Begin to draw a recorded trajectory again, as a video.

        Args:
            recording_id: of a recording with a trajectory.
            wish: the fields of `RenderWish`: `width`, `height`, `fps`, `quality`, `camera`, `overlays`, `speed`, `from_s`, …
        """
        return await self.post(f"{_path(recording_id)}/render", RenderWish(**wish), RenderJob)

    async def cancel_render(self, job: RenderJob) -> RenderJob:
        """Stop drawing; what was drawn is deleted."""
        return await self.send_json("DELETE", f"{_path(job.recording_id)}/render/{job.id}", None, RenderJob)

    async def rendered(self, job: RenderJob, on_progress: Callable[[float], None] | None = None) -> RenderJob:
        """`job` when it has ended: `state` says how, and `file` is the video's name among those of the recording.

        Args:
            job: as `render` gave it.
            on_progress: told each new share that is drawn, 0 to 1.

        Raises:
            NotFound: the server knows no such job, any more.
        """
        told = -1.0
        while True:
            found = next((one for one in (await self.recording_folder()).renders if one.id == job.id), None)
            if found is None:
                raise NotFound(f"nothing is drawn under the number {job.id}", hint="Begin again: render(recording_id).")
            if on_progress is not None and found.progress > told:
                told = found.progress
                on_progress(told)
            if found.state not in ("waiting", "drawing"):
                return found
            await asyncio.sleep(ASK_EVERY_S)

    async def screenshot(
        self,
        *,
        width: int | None = None,
        height: int | None = None,
        kind: Literal["color", "depth", "segmentation"] = "color",
        format: Literal["png", "npy", "json"] = "png",
        quality: Quality = "ultra",
        overlays: bool = True,
    ) -> bytes:
        """The view drawn anew, as the bytes of a file; docs/recording.md says what the pixels mean.

        Args:
            width: px; by the height and the room's shape where it is not given, as the other way round.
            height: px.
            kind: what a pixel says.
            format: `npy` for depth and segmentation, `json` for the names of a segmentation.
            quality: how it is drawn.
            overlays: with labels, frames, contacts and the rest that people switched on.
        """
        wish = {"width": width, "height": height, "kind": kind, "format": format, "quality": quality}
        return await self.get_bytes("/api/screenshot", **wish, overlays=overlays)

    async def depth(self, *, width: int | None = None, height: int | None = None) -> NDArray[np.float32]:
        """Distance along the camera's axis, metres; shape (height, width), top row first, infinite where nothing is."""
        found: NDArray[np.float32] = _array(
            await self.screenshot(width=width, height=height, kind="depth", format="npy")
        )
        return found

    async def segmentation(self, *, width: int | None = None, height: int | None = None) -> NDArray[np.int32]:
        """Object ids, shape (height, width), top row first, 0 for nothing; `screenshot(format="json")` says which they are."""
        found: NDArray[np.int32] = _array(
            await self.screenshot(width=width, height=height, kind="segmentation", format="npy")
        )
        return found


def _path(recording_id: str) -> str:
    return f"/api/recordings/{quoted(recording_id)}"


def _array(data: bytes) -> Any:
    return np.load(io.BytesIO(data), allow_pickle=False)
