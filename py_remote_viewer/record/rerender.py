"""A trajectory as a video again, at any size and quality: every picture is drawn from its recorded state, none simulated."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

import av
import mujoco
import numpy as np
from av.video.frame import VideoFrame
from numpy.typing import NDArray
from pydantic import ValidationError

from py_remote_viewer.errors import EncoderUnavailable, MessageInvalid, RecordingInvalid, StorageFull
from py_remote_viewer.protocol.look import DEFAULT_LOOK, SetLook, changed
from py_remote_viewer.protocol.look_table import FLAGS
from py_remote_viewer.protocol.recording import RecordedFile
from py_remote_viewer.record.options import set_visual
from py_remote_viewer.record.painter import Painter
from py_remote_viewer.record.rows import CAMERA_NUMBERS, Rows
from py_remote_viewer.record.trajectory import LookChange, Trajectory
from py_remote_viewer.render.gl import GlContext
from py_remote_viewer.sim.full_state import put_state

MOST_PICTURES = 10**6
Timeline = Literal["watched", "simulated"]


@dataclass(frozen=True, slots=True)
class RenderOptions:
    """How to draw a trajectory.

    Attributes:
        width: px, even.
        height: px, even.
        fps: pictures a second of the video.
        quality: a level of the quality ladder.
        camera: a camera of the model by name or `#number`; None: as it was recorded.
        speed: seconds of the timeline per second of video.
        timeline: `watched`, by the clock of those who watched, pauses included; `simulated`, by the seconds that were stepped.
        from_s: where on the timeline it begins.
        to_s: where it ends; None: at the end.
        overlays: `recorded` for flags, groups and labels as they were; `none`; or names of flags, with commas.
    """

    width: int = 1920
    height: int = 1080
    fps: int = 60
    quality: str = "ultra"
    camera: str | None = None
    speed: float = 1.0
    timeline: Timeline = "watched"
    from_s: float = 0.0
    to_s: float | None = None
    overlays: str = "recorded"


def timeline_of(rows: Rows, timeline: Timeline) -> NDArray[np.float64]:
    """The second at which each row begins to show. Never falls.

    `simulated` counts what was stepped: a reset or a seek takes no time and the seconds go on from where they were.
    """
    if timeline == "watched":
        return np.maximum.accumulate(rows.wall_s)
    gained = np.diff(rows.state[:, 0], prepend=rows.state[:1, 0])
    gained[rows.steps == 0] = 0.0
    return np.asarray(np.cumsum(np.where(np.isfinite(gained), np.maximum(gained, 0.0), 0.0)))


def chosen_rows(times: NDArray[np.float64], end_s: float, options: RenderOptions) -> NDArray[np.int64]:
    """The row that each picture shows: the newest one at its time.

    Raises:
        RecordingInvalid: `from_s` and `to_s` leave nothing, or far too much.
    """
    to_s = end_s if options.to_s is None else min(options.to_s, end_s)
    count = round((to_s - options.from_s) / options.speed * options.fps)
    if not len(times) or count < 1:
        raise RecordingInvalid(
            f"there is nothing between {options.from_s:g} s and {to_s:g} s",
            hint=f"The trajectory is {end_s:.2f} s long by this timeline.",
        )
    if count > MOST_PICTURES:
        raise RecordingInvalid(f"that would be {count} pictures", hint=f"At most {MOST_PICTURES}: choose a part of it.")
    wanted = options.from_s + np.arange(count) * options.speed / options.fps
    return np.maximum(np.searchsorted(times, wanted + 1e-9, side="right") - 1, 0)


def render(
    trajectory: Trajectory, target: Path, options: RenderOptions, on_progress: Callable[[int, int], None]
) -> RecordedFile:
    """Draw `trajectory` into the MP4 file `target`.

    Args:
        trajectory: what `load_trajectory` gave.
        target: is written anew.
        options: how.
        on_progress: told after each picture how many are drawn, and how many there will be.

    Raises:
        RecordingInvalid: it holds nothing there, or this MuJoCo cannot read it.
        MessageInvalid: no such overlay.
        GlLost, EncoderUnavailable: this machine cannot draw or encode.
        StorageFull: the file cannot be written.
    """
    rows = trajectory.rows
    times = timeline_of(rows, options.timeline)
    end_s = trajectory.wall_s if options.timeline == "watched" else float(times[-1]) if len(times) else 0.0
    chosen = chosen_rows(times, end_s, options)
    model = trajectory.model()
    fixed = None if options.camera is None else _camera(model, options.camera)
    looks = _looks(trajectory, options.overlays)
    if looks:
        set_visual(model, looks[0].visual)
    with GlContext(64, 64):
        painter = Painter(model, (options.width, options.height), options.quality)
        try:
            _encode(painter, rows, chosen, fixed, looks, target, options, on_progress)
        finally:
            painter.close()
    return RecordedFile(
        name=target.name,
        kind="render",
        bytes=target.stat().st_size,
        duration_s=len(chosen) / options.fps,
        scene=str(trajectory.facts.get("scene", "")),
        width=options.width,
        height=options.height,
        pictures=len(chosen),
    )


def _encode(
    painter: Painter,
    rows: Rows,
    chosen: NDArray[np.int64],
    fixed: NDArray[np.float64] | None,
    looks: tuple[LookChange, ...],
    target: Path,
    options: RenderOptions,
    on_progress: Callable[[int, int], None],
) -> None:
    data = mujoco.MjData(painter.model)
    shown, picture = -1, np.empty((0, 0, 3), np.uint8)
    try:
        with av.open(str(target), "w", format="mp4", options={"movflags": "faststart"}) as container:
            stream: Any = container.add_stream("libx264", rate=Fraction(options.fps, 1))
            stream.width, stream.height, stream.pix_fmt = options.width, options.height, "yuv420p"
            stream.codec_context.color_range = 1
            stream.codec_context.colorspace = stream.codec_context.color_primaries = stream.codec_context.color_trc = 1
            stream.options = {"crf": "18", "preset": "medium"}
            for number, row in enumerate(chosen.tolist()):
                if row != shown:
                    _show(painter, next((one for one in reversed(looks) if one.row <= row), None))
                    put_state(painter.model, data, rows.state[row])
                    picture, shown = painter.paint(data, rows.camera[row] if fixed is None else fixed), row
                frame = VideoFrame.from_ndarray(picture, format="rgb24")
                frame = frame.reformat(format="yuv420p", dst_colorspace="ITU709", dst_color_range="MPEG")
                frame.pts, frame.time_base = number, Fraction(1, options.fps)
                container.mux(stream.encode(frame))
                on_progress(number + 1, len(chosen))
            container.mux(stream.encode(None))
    except OSError as exc:
        raise StorageFull(f"{target} cannot be written: {exc.strerror or exc}", hint="Choose another place.") from exc
    except (av.FFmpegError, ValueError) as exc:
        raise EncoderUnavailable(f"the video cannot be encoded: {exc}", hint="Choose another size.") from exc


def _show(painter: Painter, change: LookChange | None) -> None:
    """Look as then: flags and groups, and fog, lights and colours."""
    painter.view.look = change.look if change is not None else DEFAULT_LOOK
    if change is not None:
        set_visual(painter.model, change.visual)


def _looks(trajectory: Trajectory, overlays: str) -> tuple[LookChange, ...]:
    if overlays == "recorded":
        return trajectory.looks
    names = [name for name in overlays.split(",") if name not in ("", "none")]
    try:
        command = SetLook.model_validate({"flags": dict.fromkeys(names, True)})
    except ValidationError:
        raise MessageInvalid(
            f"no such overlay among {overlays!r}"[:200],
            hint=f"recorded, none, or of {', '.join(flag.name for flag in FLAGS)}.",
        ) from None
    look = changed(DEFAULT_LOOK, command)
    return tuple(LookChange(one.row, look, one.visual) for one in trajectory.looks) or (LookChange(0, look, {}),)


def _camera(model: mujoco.MjModel, name: str) -> NDArray[np.float64]:
    index = mujoco.mj_name2id(model, mujoco.mjtObj.mjOBJ_CAMERA, name)
    if index < 0 and name.startswith("#") and name[1:].isdigit():
        index = int(name[1:])
    if not 0 <= index < model.ncam:
        names = [mujoco.mj_id2name(model, mujoco.mjtObj.mjOBJ_CAMERA, i) or f"#{i}" for i in range(model.ncam)]
        raise RecordingInvalid(f"no camera {name!r} in this scene", hint=f"It has: {', '.join(names) or 'none'}.")
    camera = np.zeros(CAMERA_NUMBERS)
    camera[0], camera[1] = 2, index
    return camera
