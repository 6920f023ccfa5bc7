"""Pictures of a MuJoCo model, drawn by its classic renderer into an offscreen buffer and read into the encoder's memory.

One thread: the one where the GL context is current. `MjrContext()` holds the interpreter lock for up to half a second,
which is one reason why all this lives in a process of its own.
"""

from __future__ import annotations

import contextlib

import mujoco
import numpy as np
from av.video.frame import VideoFrame
from OpenGL import GL

from py_remote_viewer.clock import now_s
from py_remote_viewer.render.additions import Additions
from py_remote_viewer.render.camera import Camera
from py_remote_viewer.render.mesh_detail import MeshDetail
from py_remote_viewer.render.quality import QualityLevel, picture_size

MAX_GEOMS = 20_000
MOST_ADDED = 5000


class Renderer:
    """Draws one model at one quality level at a time.

    Attributes:
        level: how it draws.
        additions: what is drawn beside the model.
        width: of the picture, px.
        height: of the picture, px.
        update_s: seconds that the last `draw` spent collecting what is visible.
        render_s: seconds that it spent drawing, until the pixels were there.
        read_s: seconds that the last `read_into` took.
    """

    def __init__(self, model: mujoco.MjModel, level: QualityLevel, full_size: tuple[int, int]) -> None:
        self._model = model
        self._full_size = full_size
        self._detail = MeshDetail(model)
        self._scene = mujoco.MjvScene(model, maxgeom=min(MAX_GEOMS, 1000 + 4 * model.ngeom + model.nsite) + MOST_ADDED)
        self._option = mujoco.MjvOption()
        self._perturb = mujoco.MjvPerturb()
        self.additions = Additions()
        self._camera = mujoco.MjvCamera()
        self._context: mujoco.MjrContext | None = None
        self._context_key: tuple[int, int, int | None] | None = None
        self.update_s = self.render_s = self.read_s = 0.0
        self.set_level(level)

    def set_level(self, level: QualityLevel) -> None:
        """Draw like this from now on. May take as long as making a GL context for the model does."""
        self.level = level
        self.width, self.height = picture_size(level, *self._full_size)
        key = (level.samples, level.shadow_px, self._detail.budget(level.mesh_faces))
        if key != self._context_key:
            self._make_context(level)
            self._context_key = key
        self._scene.flags[mujoco.mjtRndFlag.mjRND_SHADOW] = level.shadow_px > 0
        self._scene.flags[mujoco.mjtRndFlag.mjRND_REFLECTION] = level.reflections
        self._set_texture_filter(smooth=level.smooth_textures)
        self._viewport = mujoco.MjrRect(0, 0, self.width, self.height)

    @property
    def option(self) -> mujoco.MjvOption:
        """What is shown; changes hold from the next `draw` on."""
        return self._option

    def prepare(self, level: QualityLevel) -> bool:
        """Whether `set_level(level)` can be done without simplifying meshes first; else that is begun beside."""
        return self._detail.prepare(level.mesh_faces)

    def draw(self, data: mujoco.MjData, camera: Camera) -> None:
        """Draw `data` as it stands, from `camera`. Only the pixels of the next `read_into` show it."""
        began = now_s()
        self._aim(camera)
        mujoco.mjv_updateScene(
            self._model,
            data,
            self._option,
            self._perturb,
            self._camera,
            mujoco.mjtCatBit.mjCAT_ALL,
            self._scene,
        )
        self.additions.put_into(self._scene)
        updated = now_s()
        mujoco.mjr_render(self._viewport, self._scene, self._context)
        self.additions.draw_texts(self._viewport, self._context)
        mujoco.mjr_finish()  # llvmpipe returns early otherwise, and the cost would show up as reading
        self.update_s, self.render_s = updated - began, now_s() - updated

    def read_into(self, picture: VideoFrame) -> None:
        """Read the pixels of the last `draw` straight into `picture`: rgb24, this size, bottom row first."""
        began = now_s()
        pixels = np.frombuffer(memoryview(picture.planes[0]), np.uint8).reshape(self.height, self.width, 3)
        mujoco.mjr_readPixels(pixels, None, self._viewport, self._context)
        self.read_s = now_s() - began

    def close(self) -> None:
        """Free the GL memory. Idempotent."""
        if self._context is not None:
            self._context.free()
            self._context = None

    def _make_context(self, level: QualityLevel) -> None:
        self.close()
        drawn = self._detail.model(level.mesh_faces)
        quality, size = drawn.vis.quality, drawn.vis.global_
        saved = quality.offsamples, quality.shadowsize, size.offwidth, size.offheight
        quality.offsamples, quality.shadowsize = level.samples, level.shadow_px
        size.offwidth, size.offheight = self._full_size
        try:
            self._context = mujoco.MjrContext(drawn, mujoco.mjtFontScale.mjFONTSCALE_100)
        finally:
            quality.offsamples, quality.shadowsize, size.offwidth, size.offheight = saved
        mujoco.mjr_setBuffer(mujoco.mjtFramebuffer.mjFB_OFFSCREEN, self._context)
        self._context.readDepthMap = mujoco.mjtDepthMap.mjDEPTH_ZEROFAR

    def _set_texture_filter(self, *, smooth: bool) -> None:
        """MuJoCo has no option for it, so the textures that it made are touched one by one."""
        assert self._context is not None
        shrink = GL.GL_LINEAR_MIPMAP_LINEAR if smooth else GL.GL_NEAREST_MIPMAP_NEAREST
        grow = GL.GL_LINEAR if smooth else GL.GL_NEAREST
        for index in range(self._context.ntexture):
            kind = self._context.textureType[index]
            target = GL.GL_TEXTURE_2D if kind == mujoco.mjtTexture.mjTEXTURE_2D else GL.GL_TEXTURE_CUBE_MAP
            with contextlib.suppress(GL.GLError):
                GL.glBindTexture(target, self._context.texture[index])
                GL.glTexParameteri(target, GL.GL_TEXTURE_MIN_FILTER, shrink)
                GL.glTexParameteri(target, GL.GL_TEXTURE_MAG_FILTER, grow)
                GL.glBindTexture(target, 0)

    def _aim(self, camera: Camera) -> None:
        kinds = mujoco.mjtCamera
        own = self._camera
        own.type = {
            "free": kinds.mjCAMERA_FREE,
            "tracking": kinds.mjCAMERA_TRACKING,
            "fixed": kinds.mjCAMERA_FIXED,
        }[camera.mode]
        own.fixedcamid = camera.target_id if camera.mode == "fixed" else -1
        own.trackbodyid = camera.target_id if camera.mode == "tracking" else -1
        own.lookat[:] = camera.lookat
        own.distance, own.azimuth, own.elevation = camera.distance, camera.azimuth, camera.elevation
