"""Render the picture of each preset: what the Scenes panel shows before anything is loaded.

Each scene runs from its first keyframe for a moment (`thumbnail_s` in the catalogue), is drawn at four times the size with
shadows, MSAA and reflections, averaged down to 320x180 and written to `scenes/thumbnails/`. Run it after touching a scene:

    python scripts/render_thumbnails.py [NAME ...]

A comment in the JPEG holds the digest of what it was rendered from; a test compares it, so that no thumbnail goes stale.
"""

from __future__ import annotations

import hashlib
import math
import os
import sys
import tomllib
from fractions import Fraction

os.environ.setdefault("MUJOCO_GL", "egl")

import av
import mujoco
import numpy as np
from numpy.typing import NDArray

from py_remote_viewer.resources import data_dir
from py_remote_viewer.scenes.presets import CATALOGUE, preset_xml, thumbnail_path

WIDTH, HEIGHT = 320, 180
OVERSAMPLING = 4
JPEG_QUANTIZER = 3  # 2 is the finest of mjpeg; 3 keeps a picture below 10 kB without visible blocks
MARGIN = 1.04


def framed_camera(model: mujoco.MjModel, data: mujoco.MjData, aspect: float) -> mujoco.MjvCamera:
    """A free camera with the model's own angles, as near as keeps every geom but planes inside the picture."""
    camera = mujoco.MjvCamera()
    mujoco.mjv_defaultFreeCamera(model, camera)
    corners = _corners(model, data)
    camera.lookat[:] = (corners.min(axis=0) + corners.max(axis=0)) / 2
    azimuth, elevation = math.radians(camera.azimuth), math.radians(camera.elevation)
    forward = np.array(
        [math.cos(elevation) * math.cos(azimuth), math.cos(elevation) * math.sin(azimuth), math.sin(elevation)]
    )
    right = np.array([math.sin(azimuth), -math.cos(azimuth), 0.0])
    up = np.cross(right, forward)
    offset = corners - camera.lookat
    tan_y = math.tan(math.radians(model.vis.global_.fovy) / 2)
    reach = np.maximum(np.abs(offset @ up) / tan_y, np.abs(offset @ right) / (tan_y * aspect))
    camera.distance = float(np.max(reach - offset @ forward)) * MARGIN
    return camera


def _corners(model: mujoco.MjModel, data: mujoco.MjData) -> NDArray[np.float64]:
    """Corners of the boxes around all geoms except planes, and the flex vertices; world frame, shape (n, 3)."""
    signs = np.array([[x, y, z] for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)])
    boxes = [
        data.geom_xpos[i]
        + (model.geom_aabb[i, :3] + signs * model.geom_aabb[i, 3:]) @ data.geom_xmat[i].reshape(3, 3).T
        for i in range(model.ngeom)
        if model.geom_type[i] != mujoco.mjtGeom.mjGEOM_PLANE
    ]
    return np.concatenate([*boxes, data.flexvert_xpos])


def render(model: mujoco.MjModel, data: mujoco.MjData, camera: mujoco.MjvCamera) -> NDArray[np.uint8]:
    """RGB, shape (HEIGHT, WIDTH, 3), top row first, at full quality."""
    width, height = WIDTH * OVERSAMPLING, HEIGHT * OVERSAMPLING
    model.vis.quality.offsamples = 4
    model.vis.quality.shadowsize = 4096
    model.vis.global_.offwidth, model.vis.global_.offheight = width, height
    gl = mujoco.GLContext(width, height)
    gl.make_current()
    try:
        context = mujoco.MjrContext(model, mujoco.mjtFontScale.mjFONTSCALE_100)
        mujoco.mjr_setBuffer(mujoco.mjtFramebuffer.mjFB_OFFSCREEN, context)
        mjv_scene = mujoco.MjvScene(model, maxgeom=2000)
        mujoco.mjv_updateScene(
            model, data, mujoco.MjvOption(), None, camera, mujoco.mjtCatBit.mjCAT_ALL.value, mjv_scene
        )
        viewport = mujoco.MjrRect(0, 0, width, height)
        rgb = np.empty((height, width, 3), np.uint8)
        mujoco.mjr_render(viewport, mjv_scene, context)
        mujoco.mjr_readPixels(rgb, None, viewport, context)
        context.free()
    finally:
        gl.free()
    averaged = rgb[::-1].reshape(HEIGHT, OVERSAMPLING, WIDTH, OVERSAMPLING, 3).mean(axis=(1, 3))
    return np.ascontiguousarray(averaged.round().astype(np.uint8))


def jpeg(rgb: NDArray[np.uint8]) -> bytes:
    """The picture as one JPEG file."""
    encoder = av.CodecContext.create("mjpeg", "w")
    assert isinstance(encoder, av.VideoCodecContext)
    encoder.width, encoder.height = rgb.shape[1], rgb.shape[0]
    encoder.pix_fmt = "yuvj420p"
    encoder.time_base = Fraction(1, 60)
    encoder.qmin = encoder.qmax = JPEG_QUANTIZER
    picture = av.VideoFrame.from_ndarray(rgb, format="rgb24").reformat(format="yuvj420p")
    picture.pts = 0
    return b"".join(bytes(packet) for packet in [*encoder.encode(picture), *encoder.encode(None)])


def with_comment(picture: bytes, comment: bytes) -> bytes:
    """The JPEG with a COM segment (ITU-T T.81, B.2.4.5) right after its start marker."""
    return picture[:2] + b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment + picture[2:]


def thumbnail(xml: str, moment_s: float) -> bytes:
    """JPEG of the scene after `moment_s` simulated seconds, framed as it was at the start, as the viewer frames it."""
    model = mujoco.MjModel.from_xml_string(xml)
    data = mujoco.MjData(model)
    mujoco.mj_resetDataKeyframe(model, data, 0)
    mujoco.mj_forward(model, data)
    camera = framed_camera(model, data, WIDTH / HEIGHT)
    while data.time < moment_s:
        mujoco.mj_step(model, data)
    mujoco.mj_forward(model, data)
    digest = hashlib.sha256(f"{moment_s} {xml}".encode()).hexdigest()
    return with_comment(jpeg(render(model, data, camera)), digest.encode())


def main(names: list[str]) -> None:
    """Write the thumbnails of `names`, or of all presets."""
    total = 0
    for entry in tomllib.loads((data_dir("scenes") / CATALOGUE).read_text(encoding="utf-8"))["preset"]:
        name = entry["name"]
        if names and name not in names:
            continue
        picture = thumbnail(preset_xml(name), entry["thumbnail_s"])
        thumbnail_path(name).write_bytes(picture)
        total += len(picture)
        print(f"{name}: {len(picture)} bytes")
    print(f"{total} bytes in all")


if __name__ == "__main__":
    main(sys.argv[1:])
