"""The large content of a model that has to be sent to the GPU again when it changes: textures, meshes, height fields."""

from __future__ import annotations

from typing import Literal

import mujoco
import numpy as np
from numpy.typing import NDArray

from py_remote_viewer.errors import SceneInvalid

ContentKind = Literal["texture", "mesh", "hfield"]


def content_arrays(model: mujoco.MjModel, kind: ContentKind, index: int) -> list[NDArray[np.uint8]]:
    """The bytes of one texture, mesh or height field, as views of `model`, always in the same order.

    Raises:
        SceneInvalid: the model has none of that number.
    """
    count = {"texture": model.ntex, "mesh": model.nmesh, "hfield": model.nhfield}[kind]
    if not 0 <= index < count:
        raise SceneInvalid(f"this model has no {kind} {index}", hint=f"It has {count}, counted from 0.")
    match kind:
        case "texture":
            size = int(model.tex_height[index] * model.tex_width[index] * model.tex_nchannel[index])
            parts = [_part(model.tex_data, model.tex_adr[index], size)]
        case "hfield":
            size = int(model.hfield_nrow[index] * model.hfield_ncol[index])
            parts = [_part(model.hfield_data, model.hfield_adr[index], size)]
        case "mesh":
            parts = [
                _part(model.mesh_vert, model.mesh_vertadr[index], model.mesh_vertnum[index]),
                _part(model.mesh_normal, model.mesh_normaladr[index], model.mesh_normalnum[index]),
                _part(model.mesh_texcoord, model.mesh_texcoordadr[index], model.mesh_texcoordnum[index]),
                _part(model.mesh_face, model.mesh_faceadr[index], model.mesh_facenum[index]),
            ]
    return [part.reshape(-1).view(np.uint8) for part in parts if part.size]


def write_content(model: mujoco.MjModel, kind: ContentKind, index: int, content: bytes) -> None:
    """Put into `model` what `content_arrays` of another copy of it held.

    Raises:
        SceneInvalid: it is of another size.
    """
    arrays = content_arrays(model, kind, index)
    if sum(array.nbytes for array in arrays) != len(content):
        raise SceneInvalid(f"the content of {kind} {index} is of another size", hint="Load the changed model anew.")
    rest = np.frombuffer(content, np.uint8)
    for array in arrays:
        array[:] = rest[: array.nbytes]
        rest = rest[array.nbytes :]


def _part(array: NDArray[np.generic], begin: int, count: int) -> NDArray[np.generic]:
    return array[max(0, int(begin)) : max(0, int(begin)) + int(count)]
