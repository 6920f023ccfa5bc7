"""Pictures of a MuJoCo model, drawn by its classic renderer into an offscreen buffer and read into the encoder's memory.

One thread: the one where the GL context is current. `MjrContext()` holds the interpreter lock for up to half a second,
which is one reason why all this lives in a process of its own.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import mujoco
import numpy as np
from av.video.frame import VideoFrame
from OpenGL import GL

from py_remote_viewer.clock import now_s
from py_remote_viewer.render.additions import Additions
from py_remote_viewer.render.camera import Camera
from py_remote_viewer.render.mesh_detail import MeshDetail
from py_remote_viewer.render.outline import Outline
from py_remote_viewer.render.picking import Picked, pick
from py_remote_viewer.render.quality import QualityLevel, picture_size
from py_remote_viewer.render.view import View, apply_options, apply_rendering
from py_remote_viewer.render.visual import context_settings, copy_context_settings
from py_remote_viewer.sim.model_content import ContentKind

MAX_GEOMS = 20_000


class Renderer:
    """Draws one model at one quality level at a time.

    Attributes:
        level: how it draws.
        view: what it shows.
        additions: what is drawn beside the model.
        scene: what the last `update` found visible, and from where.
        width: of the picture, px.
        height: of the picture, px.
        update_s: seconds that the last `draw` spent collecting what is visible.
        render_s: seconds that it spent drawing, until the pixels were there.
        read_s: seconds that the last `read_into` took.
    """

    def __init__(
        self, model: mujoco.MjModel, level: QualityLevel, full_size: tuple[int, int], view: View | None = None
    ) -> None:
        """Args:
        model: to draw.
        level: how well.
        full_size: width and height where `level.scale` is 1, px.
        view: what is shown of it; may change between two pictures. MuJoCo's defaults without one.
        """
        self._model = model
        self._full_size = full_size
        self._detail = MeshDetail(model)
        self.view = view or View()
        self.scene = mujoco.MjvScene(model, maxgeom=MAX_GEOMS)
        self._option = mujoco.MjvOption()
        self.additions = Additions()
        self._outline = Outline(model)
        self._camera = mujoco.MjvCamera()
        self._context: mujoco.MjrContext | None = None
        self._context_key: tuple[Any, ...] | None = None
        self.update_s = self.render_s = self.read_s = 0.0
        self.set_level(level)

    def set_level(self, level: QualityLevel) -> None:
        """Draw like this from now on. May take as long as making a GL context for the model does."""
        self.level = level
        self.width, self.height = picture_size(level, *self._full_size)
        key = (level.samples, level.shadow_px, self._detail.budget(self._faces(level)), context_settings(self._model))
        if key != self._context_key:
            self._make_context(level)
            self._context_key = key
        self._set_texture_filter(smooth=level.smooth_textures)
        self._viewport = mujoco.MjrRect(0, 0, self.width, self.height)

    def prepare(self, level: QualityLevel) -> bool:
        """Whether `set_level(level)` can be done without simplifying meshes first; else that is begun beside."""
        return self._detail.prepare(self._faces(level))

    def draw(self, data: mujoco.MjData, camera: Camera) -> None:
        """Draw `data` as it stands, from `camera`. Only the pixels of the next `read_into` show it."""
        began = now_s()
        self.update(data, camera)
        self.additions.put_into(self.scene)
        updated = now_s()
        mujoco.mjr_render(self._viewport, self.scene, self._context)
        self.additions.draw_texts(self._viewport, self._context)
        mujoco.mjr_finish()  # llvmpipe returns early otherwise, and the cost would show up as reading
        self.update_s, self.render_s = updated - began, now_s() - updated

    def update(self, data: mujoco.MjData, camera: Camera) -> None:
        """Collect in `scene` what is visible of `data` from `camera`, without drawing it."""
        self._aim(camera)
        apply_options(self.view, self._option)
        apply_rendering(self.view.look, self.level, self.scene)
        assert self._context_key is not None
        if self._context_key[-1] != context_settings(self._model):
            self.set_level(self.level)
        with self._adjusted(camera):
            mujoco.mjv_updateScene(
                self._model,
                data,
                self._option,
                self.view.perturb,
                self._camera,
                mujoco.mjtCatBit.mjCAT_ALL,
                self.scene,
            )

    def pick(self, data: mujoco.MjData, camera: Camera, x: float, y: float) -> Picked | None:
        """What is at (`x`, `y`) of the picture (-1..1, upwards) of `data` from `camera`; None for the background."""
        self.update(data, camera)
        return pick(self._model, data, self._option, self.scene, self.width / self.height, x, y)

    def read_into(self, picture: VideoFrame) -> None:
        """Read the pixels of the last `draw` straight into `picture`: rgb24, this size, bottom row first."""
        began = now_s()
        pixels = np.frombuffer(memoryview(picture.planes[0]), np.uint8).reshape(self.height, self.width, 3)
        mujoco.mjr_readPixels(pixels, None, self._viewport, self._context)
        selected = self.view.perturb.select
        if selected > 0 and self.view.outline:
            self._outline.paint(pixels, selected, self.scene, self._viewport, self._context)
        self.read_s = now_s() - began

    def upload(self, kind: ContentKind, index: int) -> None:
        """The content of a texture, mesh or height field has changed in the model: draw it so from now on."""
        if kind == "mesh" or self._detail.drawn_faces:
            self._detail = MeshDetail(self._model)  # simplified copies hold the old content
        if kind == "mesh":
            self._context_key = None
            self.set_level(self.level)
        elif kind == "texture":
            mujoco.mjr_uploadTexture(self._model, self._context, index)
            self._set_texture_filter(smooth=self.level.smooth_textures)
        else:
            mujoco.mjr_uploadHField(self._model, self._context, index)

    def close(self) -> None:
        """Free the GL memory. Idempotent."""
        if self._context is not None:
            self._context.free()
            self._context = None

    def _make_context(self, level: QualityLevel) -> None:
        self.close()
        drawn = self._detail.model(self._faces(level))
        quality, size = drawn.vis.quality, drawn.vis.global_
        saved = quality.offsamples, quality.shadowsize, size.offwidth, size.offheight
        quality.offsamples, quality.shadowsize = level.samples, level.shadow_px
        size.offwidth, size.offheight = self._full_size
        copy_context_settings(self._model, drawn)
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

    def _faces(self, level: QualityLevel) -> int | None:
        """Most mesh triangles; simplified meshes have no convex hull, so where hulls are shown they stay whole."""
        return None if self.view.look.flags["convexhull"] else level.mesh_faces

    @contextlib.contextmanager
    def _adjusted(self, camera: Camera) -> Iterator[None]:
        """The model's own lens and headlight stand aside while MuJoCo looks at them."""
        lens, light = self._model.vis.global_, self._model.vis.headlight
        saved = lens.fovy, lens.orthographic, light.active
        lens.fovy = camera.height if camera.orthographic else camera.fov_deg
        lens.orthographic = camera.orthographic
        if self.view.look.headlight != "model":
            light.active = self.view.look.headlight == "on"
        try:
            yield
        finally:
            lens.fovy, lens.orthographic, light.active = saved

    def _aim(self, camera: Camera) -> None:
        kinds = mujoco.mjtCamera
        own = self._camera
        own.orthographic = camera.orthographic
        own.type = {
            "free": kinds.mjCAMERA_FREE,
            "tracking": kinds.mjCAMERA_TRACKING,
            "fixed": kinds.mjCAMERA_FIXED,
        }[camera.mode]
        own.fixedcamid = camera.target_id if camera.mode == "fixed" else -1
        own.trackbodyid = camera.target_id if camera.mode == "tracking" else -1
        own.lookat[:] = camera.lookat
        own.distance, own.azimuth, own.elevation = camera.distance, camera.azimuth, camera.elevation
