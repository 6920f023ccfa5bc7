"""One question about the machine, answered in a process of its own: `python -m py_remote_viewer.cli.machine_child QUESTION`.

Graphics drivers and hardware encoders can end a process without a word; then only this one ends. The answer is one
line of JSON on standard output; exit code 1 with `{"error", "hint"}` when the part does not work.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

from py_remote_viewer.errors import EncoderUnavailable, ViewerError
from py_remote_viewer.render.gl import use_egl

WIDTH, HEIGHT = 640, 352
SCENE = """
<mujoco>
  <asset><texture type="skybox" builtin="gradient" rgb1="0.3 0.5 0.8" rgb2="0 0 0" width="64" height="64"/></asset>
  <worldbody>
    <light pos="0 -1 3" dir="0 0.3 -1"/>
    <geom type="plane" size="2 2 0.1" rgba="0.2 0.3 0.4 1"/>
    <body pos="0 0 0.3"><freejoint/><geom type="box" size="0.2 0.2 0.2" rgba="0.9 0.5 0.1 1"/></body>
  </worldbody>
</mujoco>
"""


def ask_gl() -> dict[str, Any]:
    """What draws."""
    use_egl()
    from py_remote_viewer.render.gl import GlContext, gpu_devices

    with GlContext(WIDTH, HEIGHT) as gl:
        return {
            "renderer": gl.renderer,
            "version": gl.version,
            "software": gl.is_software,
            "gpu_devices": gpu_devices(),
        }


def ask_encoder(preferred: str = "auto") -> dict[str, Any]:
    """What encodes, and why nothing before it does."""
    from py_remote_viewer.encode.probe import choose_encoder

    name, refused = choose_encoder(preferred)
    return {"encoder": name, "refused": refused}


def ask_picture(encoder: str = "libx264") -> dict[str, Any]:
    """Draw a scene, encode it, decode it again: does a picture come out?"""
    use_egl()
    import av
    import mujoco
    import numpy as np

    from py_remote_viewer.clock import now_s
    from py_remote_viewer.encode.encoder import PictureEncoder, new_picture
    from py_remote_viewer.encode.options import EncoderSettings
    from py_remote_viewer.render.camera import Camera
    from py_remote_viewer.render.gl import GlContext
    from py_remote_viewer.render.quality import LADDER, level_index
    from py_remote_viewer.render.renderer import Renderer

    model = mujoco.MjModel.from_xml_string(SCENE)
    data = mujoco.MjData(model)
    mujoco.mj_forward(model, data)
    picture = new_picture(WIDTH, HEIGHT)
    coder = PictureEncoder(EncoderSettings(encoder, WIDTH, HEIGHT, fps=60, bitrate_bps=2_000_000))
    with GlContext(WIDTH, HEIGHT):
        renderer = Renderer(model, LADDER[level_index("lean")], (WIDTH, HEIGHT))
        renderer.draw(data, Camera(distance=2.0))
        renderer.read_into(picture)
        encoded = coder.encode(picture, now_s(), idr=True)
        took_ms = 1000 * (
            renderer.update_s + renderer.render_s + renderer.read_s + encoded.convert_s + encoded.encode_s
        )
        renderer.close()
    coder.close()
    decoder = av.CodecContext.create("h264", "r")
    decoded = [*decoder.decode(av.Packet(encoded.data)), *decoder.decode(None)]
    contrast = float(decoded[0].to_ndarray(format="gray").std()) if decoded else 0.0
    if contrast < 5 or not np.isfinite(contrast):
        raise EncoderUnavailable(
            f"the decoded picture is empty (contrast {contrast:.1f})",
            hint="Update the graphics driver, or try --encoder libx264.",
        )
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "bytes": len(encoded.data),
        "ms": round(took_ms, 2),
        "contrast": round(contrast, 1),
    }


def ask_sandbox() -> dict[str, bool]:
    """Which walls a process gets that compiles a stranger's scene."""
    from py_remote_viewer.scenes.sandbox import sandbox_features

    return sandbox_features()


QUESTIONS: dict[str, Callable[..., dict[str, Any]]] = {
    "gl": ask_gl,
    "encoder": ask_encoder,
    "picture": ask_picture,
    "sandbox": ask_sandbox,
}


def main(argv: list[str]) -> int:
    """Answer one question."""
    try:
        answer, code = QUESTIONS[argv[0]](*argv[1:]), 0
    except ViewerError as exc:
        answer, code = {"error": exc.message, "hint": exc.hint}, 1
    except ImportError as exc:
        answer, code = {"error": str(exc), "hint": "Install the packages: pip install -r requirements.txt"}, 1
    print(json.dumps(answer), flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
