"""Answers to what the server asks an engine (`protocol/engine_questions.py`). On the engine's main thread, GL current."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Literal
from xml.sax.saxutils import quoteattr

import mujoco
import numpy as np
from numpy.typing import NDArray

from py_remote_viewer.engine.questions import Reply
from py_remote_viewer.engine.stage import Stage
from py_remote_viewer.protocol.engine_questions import (
    ChangeOptions,
    DescribeModel,
    DescribeOptions,
    DescribeState,
    ExportModel,
    PrintText,
    Question,
    TakeSnapshot,
)
from py_remote_viewer.record.capture import camera_numbers
from py_remote_viewer.record.options import options_of, visual_of
from py_remote_viewer.sim.fields import readable
from py_remote_viewer.sim.model_facts import describe


def answer(stage: Stage, question: Question) -> Reply:
    """The answer for the scene on the stage, as it stands.

    Raises:
        ViewerError: it cannot be given, with the reason.
    """
    match question:
        case DescribeState():
            return Reply({"xml": keyframe_xml(stage.simulation.model, stage.simulation.data, question.name)})
        case DescribeOptions():
            return Reply(stage.time.describe())
        case ChangeOptions():
            stage.change_options(question.changes)
            if stage.program is not None:
                stage.program.tell_options(question.changes)
            return Reply(stage.time.describe())
        case PrintText(what=what):
            return Reply(data=printed(what, stage.simulation.model, stage.simulation.data))
        case ExportModel():
            resets = stage.simulation.authored_reset or stage.time.options.auto_reset
            return Reply({"mujoco": mujoco.__version__}, exported(stage.simulation.model, resets=resets))
        case TakeSnapshot():
            simulation = stage.simulation
            facts = {
                "load_id": stage.load_id,
                "time_s": simulation.time_s,
                "camera": camera_numbers(stage.camera),
                "options": options_of(simulation.model),
                "look": stage.view.look.model_dump(mode="json"),
                "visual": visual_of(simulation.model),
            }
            return Reply(facts, simulation.state().tobytes())
        case DescribeModel(scene_id=scene_id, offset=offset, limit=limit):
            facts = {
                "scene_id": scene_id,
                **describe(stage.simulation.model, offset, limit),
                "fields": sorted(readable()),
            }
            return Reply(data=json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode())


def printed(what: Literal["model", "data"], model: mujoco.MjModel, data: mujoco.MjData) -> bytes:
    """What `mj_printModel` or `mj_printData` writes: a text of all numbers, for people."""
    fd = os.memfd_create("printed")
    try:
        path = f"/proc/self/fd/{fd}"
        if what == "model":
            mujoco.mj_printModel(model, path)
        else:
            mujoco.mj_printData(model, data, path)
        return Path(path).read_bytes()
    finally:
        os.close(fd)


def exported(model: mujoco.MjModel, *, resets: bool) -> bytes:
    """`model` as MJB, with what people have set. MuJoCo's automatic reset, which is off here always, is as `resets` says."""
    own, bit = model.opt.disableflags, int(mujoco.mjtDisableBit.mjDSBL_AUTORESET)
    buffer = np.empty(mujoco.mj_sizeModel(model), np.uint8)
    model.opt.disableflags = own & ~bit if resets else own | bit
    try:
        mujoco.mj_saveModel(model, None, buffer)
    finally:
        model.opt.disableflags = own
    return buffer.tobytes()


def keyframe_xml(model: mujoco.MjModel, data: mujoco.MjData, name: str) -> str:
    """`data` as a `<key>` element of MJCF with every digit, so that loading it gives the same numbers.

    Args:
        model: sizes; attributes of size 0 are left out.
        data: time, qpos, qvel, act, ctrl, mocap_pos and mocap_quat are taken.
        name: of the keyframe; empty for none.
    """
    arrays = {
        "qpos": data.qpos,
        "qvel": data.qvel,
        "act": data.act,
        "ctrl": data.ctrl,
        "mpos": data.mocap_pos,
        "mquat": data.mocap_quat,
    }
    parts = [f"name={quoteattr(name)}"] if name else []
    parts.append(f'time="{data.time!r}"')
    parts += [f'{key}="{_numbers(values)}"' for key, values in arrays.items() if values.size]
    return f"<key {' '.join(parts)}/>"


def _numbers(values: NDArray[np.float64]) -> str:
    return " ".join(repr(value) for value in values.ravel().tolist())
