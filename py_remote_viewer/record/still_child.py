"""Draws one still and ends: `python -m py_remote_viewer.record.still_child --fd N --size BYTES`.

On standard input a line of JSON (see `still.py`) and the state; on standard output the file. Exit code 3: a refusal as JSON.
"""

from __future__ import annotations

import io
import json
import sys
from typing import Any

import mujoco
import numpy as np
from numpy.typing import NDArray

from py_remote_viewer.errors import EngineFailed, ViewerError
from py_remote_viewer.protocol.look import Look
from py_remote_viewer.record.options import set_options, set_visual
from py_remote_viewer.record.painter import Painter
from py_remote_viewer.record.png import png
from py_remote_viewer.record.still import MOST_S, REFUSED
from py_remote_viewer.render.child_model import given_model
from py_remote_viewer.render.gl import GlContext
from py_remote_viewer.sim.full_state import put_state, state_size

CPU_S = 600
MM_PER_M = 1000.0
FARTHEST = 65_535


def draw(model: mujoco.MjModel, facts: dict[str, Any], state: NDArray[np.float64]) -> bytes:
    """The file that `facts["wish"]` asks for.

    Raises:
        EngineFailed: the state is of another model.
        GlLost: this machine cannot draw.
    """
    wish = facts["wish"]
    if len(state) != state_size(model):
        raise EngineFailed("the scene has just changed", hint="Try again.")
    set_options(model, facts["options"])
    set_visual(model, facts["visual"])
    data = mujoco.MjData(model)
    put_state(model, data, state)
    with GlContext(64, 64):
        painter = Painter(model, (wish["width"], wish["height"]), wish["quality"], wish["kind"])
        try:
            if wish["overlays"]:
                painter.view.look = Look.model_validate(facts["look"])
            picture = painter.paint(data, np.array(facts["camera"]))
        finally:
            painter.close()
        return written(picture, painter, wish, facts)


def written(picture: NDArray[Any], painter: Painter, wish: dict[str, Any], facts: dict[str, Any]) -> bytes:
    """The picture as a file of the format that was asked for."""
    if wish["format"] == "npy":
        file = io.BytesIO()
        np.save(file, picture)
        return file.getvalue()
    words = {"simulated-time": f"{facts['time_s']!r} s"}
    if wish["kind"] == "color":
        return png(picture, words)
    if wish["kind"] == "depth":
        millimetres = np.minimum(np.round(picture.astype(np.float64) * MM_PER_M), FARTHEST)
        return png(millimetres.astype(np.uint16), words | {"depth": f"millimetres; {FARTHEST}: farther, or nothing"})
    seen = dict(zip(*(part.tolist() for part in np.unique(picture, return_counts=True)), strict=True))
    legend = [one | {"pixels": seen[one["id"]]} for one in painter.objects() if one["id"] in seen]
    text = json.dumps({"background": 0, "objects": legend})
    if wish["format"] == "json":
        return text.encode()
    return png(np.minimum(picture, FARTHEST).astype(np.uint16), words | {"legend": text})


def main() -> int:
    """Draw what standard input says, of the model in `--fd`."""
    model = given_model(__doc__, most_s=MOST_S, cpu_s=CPU_S, nice=15)
    facts = json.loads(sys.stdin.buffer.readline())
    state = np.frombuffer(sys.stdin.buffer.read(), np.float64)
    try:
        sys.stdout.buffer.write(draw(model, facts, state))
    except ViewerError as exc:
        sys.stdout.buffer.write(json.dumps(exc.as_json()["error"]).encode())
        return REFUSED
    return 0


if __name__ == "__main__":
    sys.exit(main())
