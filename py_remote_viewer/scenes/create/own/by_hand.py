"""Whether somebody changed by hand what sentences had made: then the sentences no longer tell what is there.

Child process only: imports mujoco.
"""

from __future__ import annotations

import hashlib
import re

import mujoco
import numpy as np

SEAL = "created_seal"  # the custom text that holds the digest of the model as the sentences made it
_SEALED = re.compile(rf'<text name="{SEAL}"(?: data="|><!\[CDATA\[)(\w+)')
_END = "</custom>"
_OFF = 0.37  # what people and MuJoCo write are round numbers: far from where these are cut


def sealed(xml: str, model: mujoco.MjModel) -> str:
    """`xml`, which sentences made, with the digest of its model."""
    return xml.replace(_END, f'<text name="{SEAL}" data="{digest(model)}"/>{_END}', 1)


def by_hand(xml: str) -> bool:
    """Whether `xml` was sealed, and is no longer what was sealed."""
    try:
        model = mujoco.MjModel.from_xml_string(xml)
    except (ValueError, RuntimeError, mujoco.FatalError):
        return False
    found = _SEALED.search(xml)
    return found is not None and found.group(1) != digest(model)


def digest(model: mujoco.MjModel) -> str:
    """Of what is seen and felt, so coarse that writing it down and reading it again changes nothing."""
    felt = (model.body_pos, model.body_mass, model.geom_size, model.geom_friction, model.geom_rgba, model.mat_rgba)
    made = hashlib.sha256()
    for values in (*felt, model.qpos0, model.dof_damping, model.jnt_range, model.opt.gravity, model.actuator_gear):
        made.update(np.floor(np.asarray(values, dtype=np.float64) * 1000 + _OFF).tobytes())
    made.update(" ".join(model.body(one).name for one in range(model.nbody)).encode())
    return made.hexdigest()[:16]
