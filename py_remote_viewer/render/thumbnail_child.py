"""Draws one thumbnail and ends: `python -m py_remote_viewer.render.thumbnail_child --fd N --size BYTES` writes a JPEG.

Under limits on processor time and wall clock. Asked by `thumbnail.py`.
"""

from __future__ import annotations

import math
import sys
from fractions import Fraction

import av
import mujoco
import numpy as np
from numpy.typing import NDArray

from py_remote_viewer.render.child_model import given_model
from py_remote_viewer.render.gl import GlContext
from py_remote_viewer.render.thumbnail import HEIGHT, MOST_S, WIDTH

OVERSAMPLING = 2
JPEG_QUANTIZER = 3
MARGIN = 1.08
CPU_S = 20


def draw(model: mujoco.MjModel) -> NDArray[np.uint8]:
    """The first keyframe (or the model's own pose) as RGB, shape (HEIGHT, WIDTH, 3), top row first."""
    width, height = WIDTH * OVERSAMPLING, HEIGHT * OVERSAMPLING
    quality, size = model.vis.quality, model.vis.global_
    quality.offsamples, quality.shadowsize = 4, 2048
    size.offwidth, size.offheight = width, height
    data = mujoco.MjData(model)
    if model.nkey:
        mujoco.mj_resetDataKeyframe(model, data, 0)
    mujoco.mj_forward(model, data)
    with GlContext(width, height):
        context = mujoco.MjrContext(model, mujoco.mjtFontScale.mjFONTSCALE_100)
        mujoco.mjr_setBuffer(mujoco.mjtFramebuffer.mjFB_OFFSCREEN, context)
        scene = mujoco.MjvScene(model, maxgeom=5000)
        mujoco.mjv_updateScene(
            model, data, mujoco.MjvOption(), None, _camera(model, data), mujoco.mjtCatBit.mjCAT_ALL.value, scene
        )
        rgb = np.empty((height, width, 3), np.uint8)
        viewport = mujoco.MjrRect(0, 0, width, height)
        mujoco.mjr_render(viewport, scene, context)
        mujoco.mjr_readPixels(rgb, None, viewport, context)
        context.free()
    averaged = rgb[::-1].reshape(HEIGHT, OVERSAMPLING, WIDTH, OVERSAMPLING, 3).mean(axis=(1, 3))
    return np.ascontiguousarray(averaged.round().astype(np.uint8))


def _camera(model: mujoco.MjModel, data: mujoco.MjData) -> mujoco.MjvCamera:
    """The model's own angles, as near as keeps every geom but planes in the picture."""
    camera = mujoco.MjvCamera()
    mujoco.mjv_defaultFreeCamera(model, camera)
    solid = [i for i in range(model.ngeom) if model.geom_type[i] != mujoco.mjtGeom.mjGEOM_PLANE]
    points = (
        np.concatenate([data.geom_xpos[solid], data.flexvert_xpos.reshape(-1, 3)])
        if solid or model.nflex
        else np.zeros((1, 3))
    )
    radii = (
        np.concatenate([model.geom_rbound[solid], np.full(len(points) - len(solid), 0.05)])
        if len(points) > 1 or solid
        else np.ones(1)
    )
    camera.lookat[:] = ((points - radii[:, None]).min(axis=0) + (points + radii[:, None]).max(axis=0)) / 2
    azimuth, elevation = math.radians(camera.azimuth), math.radians(camera.elevation)
    forward = np.array(
        [math.cos(elevation) * math.cos(azimuth), math.cos(elevation) * math.sin(azimuth), math.sin(elevation)]
    )
    right = np.array([math.sin(azimuth), -math.cos(azimuth), 0.0])
    offset = points - camera.lookat
    tan_y = math.tan(math.radians(model.vis.global_.fovy) / 2)
    reach = np.maximum(
        (np.abs(offset @ np.cross(right, forward)) + radii) / tan_y,
        (np.abs(offset @ right) + radii) * HEIGHT / (tan_y * WIDTH),
    )
    camera.distance = max(0.1, float(np.max(reach - offset @ forward)) * MARGIN)
    return camera


def jpeg(rgb: NDArray[np.uint8]) -> bytes:
    """The picture as one JPEG file."""
    encoder = av.CodecContext.create("mjpeg", "w")
    assert isinstance(encoder, av.VideoCodecContext)
    encoder.width, encoder.height = rgb.shape[1], rgb.shape[0]
    encoder.pix_fmt, encoder.time_base = "yuvj420p", Fraction(1, 60)
    encoder.qmin = encoder.qmax = JPEG_QUANTIZER
    picture = av.VideoFrame.from_ndarray(rgb, format="rgb24").reformat(format="yuvj420p")
    picture.pts = 0
    return b"".join(bytes(packet) for packet in [*encoder.encode(picture), *encoder.encode(None)])


def main() -> None:
    """Draw what is in `--fd`."""
    model = given_model(__doc__, most_s=MOST_S, cpu_s=CPU_S, nice=10)
    sys.stdout.buffer.write(jpeg(draw(model)))


if __name__ == "__main__":
    main()
