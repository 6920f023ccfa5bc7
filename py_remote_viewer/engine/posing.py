"""What people change by hand in a running state: positions, and which equality constraints act."""

from __future__ import annotations

import mujoco

from py_remote_viewer.errors import SceneInvalid
from py_remote_viewer.protocol.panels import PanelCommand, SetEquality, SetQpos

_OTHER_SCENE = "Another scene may be running than the one it was meant for."


def pose(model: mujoco.MjModel, data: mujoco.MjData, command: PanelCommand) -> None:
    """Carry out `command` on `data`; the next step shows it, or `mj_forward` where none follows.

    Raises:
        SceneInvalid: this model has no such position or constraint; nothing has changed.
    """
    match command:
        case SetQpos(values=values):
            nq = model.nq
            for index, _ in values:
                if index >= nq:
                    raise SceneInvalid(f"this scene has {nq} positions; there is no qpos[{index}]", hint=_OTHER_SCENE)
            for index, value in values:
                data.qpos[index] = value
            mujoco.mj_normalizeQuat(model, data.qpos)
        case SetEquality(index=index, active=active):
            neq = model.neq
            if index >= neq:
                raise SceneInvalid(
                    f"this scene has {neq} equality constraints; there is no number {index}", hint=_OTHER_SCENE
                )
            data.eq_active[index] = active
