"""A picture of a scene at full quality beside one at the quality that a bench measured, for the eye to judge."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from py_remote_viewer.encode.encoder import new_picture
from py_remote_viewer.render.gl import use_egl
from py_remote_viewer.render.quality import LADDER, level_index
from py_remote_viewer.scenes.compiled import CompiledScene


def write_side_by_side(scene: CompiledScene, level: str, size: tuple[int, int], folder: str) -> str:
    """Draw the scene's first state twice; returns the PNG file: full quality left, `level` (scaled up) right.

    Takes over the scene. Draws in this process, which therefore must not be a server.
    """
    use_egl()
    import mujoco

    from py_remote_viewer.engine.stage import Stage
    from py_remote_viewer.render.gl import GlContext

    pictures = []
    with GlContext(*size):
        model = mujoco.MjModel.from_binary_path(f"/proc/self/fd/{scene.fd}")
        stage = Stage(1, scene.info, model, size)
        for index in (0, level_index(level)):
            stage.set_level(LADDER[index])
            stage.draw()
            raw = new_picture(stage.renderer.width, stage.renderer.height)
            stage.renderer.read_into(raw)
            shown = raw.reformat(width=size[0], height=size[1], format="rgb24")
            pictures.append(shown.to_ndarray()[::-1])
        stage.close()
    scene.close()
    path = Path(folder) / f"{scene.name}-{level}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_png(np.concatenate(pictures, axis=1)))
    return str(path)


def _png(pixels: NDArray[np.uint8]) -> bytes:
    codec: Any = av.CodecContext.create("png", "w")
    codec.height, codec.width = pixels.shape[:2]
    codec.pix_fmt, codec.time_base = "rgb24", Fraction(1, 1)
    frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels), format="rgb24")
    return b"".join(bytes(packet) for packet in [*codec.encode(frame), *codec.encode(None)])
