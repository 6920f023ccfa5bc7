"""The arrays of a model that a program changes while it runs and that show: colours, sizes, places, lights.

Meshes, textures and height fields are not among them: they are large and have to be sent to the GPU, so they go only
when the program says so.
"""

from __future__ import annotations

import mujoco
import numpy as np
from numpy.typing import NDArray

_NAMES = """
    body_pos body_quat geom_pos geom_quat geom_size geom_rgba geom_matid geom_group site_pos site_quat site_size site_rgba
    site_matid site_group cam_pos cam_quat cam_fovy light_pos light_dir light_active light_castshadow light_diffuse
    light_ambient light_specular light_attenuation light_cutoff light_exponent mat_rgba mat_emission mat_specular
    mat_shininess mat_reflectance mat_texrepeat tendon_rgba tendon_width tendon_group skin_rgba flex_rgba flex_group
""".split()  # noqa: SIM905
_HEADLIGHT = ("ambient", "diffuse", "specular")


def visual_arrays(model: mujoco.MjModel) -> list[NDArray[np.uint8]]:
    """The arrays that this MuJoCo has of them, as views of `model`'s own bytes, always in the same order."""
    found = [getattr(model, name) for name in _NAMES if hasattr(model, name)]
    found += [getattr(model.vis.headlight, name) for name in _HEADLIGHT]
    return [np.asarray(array).reshape(-1).view(np.uint8) for array in found if array.size]
