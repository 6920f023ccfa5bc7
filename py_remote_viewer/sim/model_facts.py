"""A model as the panels show it: bodies, joints, actuators, sensors and the rest, by name, with ranges and units.

Static: nothing of `MjData`. Lists are cut into pages, because a model of a stranger may have a hundred thousand geoms.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import mujoco
import numpy as np

from py_remote_viewer.sim.actuator_kinds import kind_of, unit_of
from py_remote_viewer.sim.sensor_units import SENSOR_UNITS

Facts = dict[str, Any]
_SIZES = (
    *("nbody", "njnt", "ngeom", "nsite", "ncam", "nlight", "nu", "neq", "nsensor", "ntendon", "nkey", "nmesh"),
    *("nq", "nv", "na", "nsensordata", "nmocap"),
)
_JOINT_UNITS = {0: "", 1: "", 2: "m", 3: "rad"}
_JOINT_SIZES = {0: 7, 1: 4, 2: 1, 3: 1}
_OBJECTS = {
    int(mujoco.mjtTrn.mjTRN_JOINT): "joint",
    int(mujoco.mjtTrn.mjTRN_JOINTINPARENT): "joint",
    int(mujoco.mjtTrn.mjTRN_SLIDERCRANK): "site",
    int(mujoco.mjtTrn.mjTRN_TENDON): "tendon",
    int(mujoco.mjtTrn.mjTRN_SITE): "site",
    int(mujoco.mjtTrn.mjTRN_BODY): "body",
}


class _Names:
    """Names by kind and number, cut from the model's one buffer: a call into MuJoCo for each would take longer."""

    def __init__(self, model: mujoco.MjModel) -> None:
        self._buffer = bytes(model.names)
        self._starts = {
            "body": model.name_bodyadr,
            "joint": model.name_jntadr,
            "geom": model.name_geomadr,
            "site": model.name_siteadr,
            "camera": model.name_camadr,
            "light": model.name_lightadr,
            "mesh": model.name_meshadr,
            "hfield": model.name_hfieldadr,
            "actuator": model.name_actuatoradr,
            "equality": model.name_eqadr,
            "sensor": model.name_sensoradr,
            "tendon": model.name_tendonadr,
            "keyframe": model.name_keyadr,
        }

    def of(self, kind: str, index: int) -> str:
        """Empty where it has none."""
        start = int(self._starts[kind][index])
        return self._buffer[start : self._buffer.index(0, start)].decode("utf-8", "replace")

    def any(self, kind: int, index: int) -> Facts | None:
        """An object by MuJoCo's number for its kind (`mjtObj`), as `{kind, id, name}`."""
        if index < 0:
            return None
        word = mujoco.mjtObj(kind).name.removeprefix("mjOBJ_").lower()
        name = mujoco.mj_id2name(self._model, kind, index) if word != "unknown" else None
        return {"kind": {"xbody": "body"}.get(word, word), "id": index, "name": name or ""}

    def bind(self, model: mujoco.MjModel) -> _Names:
        """Also for `any`."""
        self._model = model
        return self


def describe(model: mujoco.MjModel, offset: int, limit: int) -> Facts:
    """Every list from `offset` on, at most `limit` of each; `more` says how many are left of which.

    Units are SI, angles in radians, as MJCF's `compiler/angle` has been applied. Quaternions wxyz.
    """
    names = _Names(model).bind(model)
    lists: dict[str, tuple[int, Callable[[mujoco.MjModel, _Names, int], Facts]]] = {
        "bodies": (model.nbody, _body),
        "joints": (model.njnt, _joint),
        "geoms": (model.ngeom, _geom),
        "sites": (model.nsite, _site),
        "cameras": (model.ncam, _camera),
        "lights": (model.nlight, _light),
        "actuators": (model.nu, _actuator),
        "equalities": (model.neq, _equality),
        "sensors": (model.nsensor, _sensor),
        "tendons": (model.ntendon, _tendon),
        "keyframes": (model.nkey, _keyframe),
    }
    facts: Facts = {"sizes": _sizes(model), "offset": offset, "limit": limit, "more": {}}
    for kind, (count, of) in lists.items():
        stop = min(count, offset + limit)
        facts[kind] = [of(model, names, index) for index in range(min(offset, count), stop)]
        if stop < count:
            facts["more"][kind] = count - stop
    return facts


def _sizes(model: mujoco.MjModel) -> Facts:
    return {name: int(getattr(model, name)) for name in _SIZES}


def _numbers(values: Any) -> list[float]:
    return [float(f"{value:.9g}") for value in np.ravel(values).tolist()]


def _body(model: mujoco.MjModel, names: _Names, index: int) -> Facts:
    return {
        "id": index,
        "name": names.of("body", index),
        "parent": int(model.body_parentid[index]),
        "mass": float(model.body_mass[index]),
        "subtree_mass": float(model.body_subtreemass[index]),
        "inertia": _numbers(model.body_inertia[index]),
        "mocap": int(model.body_mocapid[index]) >= 0,
    }


def _joint(model: mujoco.MjModel, names: _Names, index: int) -> Facts:
    kind = int(model.jnt_type[index])
    start = int(model.jnt_qposadr[index])
    return {
        "id": index,
        "name": names.of("joint", index),
        "body": int(model.jnt_bodyid[index]),
        "type": ("free", "ball", "slide", "hinge")[kind],
        "limited": bool(model.jnt_limited[index]),
        "range": _numbers(model.jnt_range[index]),
        "unit": _JOINT_UNITS[kind],
        "qposadr": start,
        "dofadr": int(model.jnt_dofadr[index]),
        "qpos0": _numbers(model.qpos0[start : start + _JOINT_SIZES[kind]]),
        "group": int(model.jnt_group[index]),
    }


def _geom(model: mujoco.MjModel, names: _Names, index: int) -> Facts:
    kind = mujoco.mjtGeom(int(model.geom_type[index])).name.removeprefix("mjGEOM_").lower()
    data = int(model.geom_dataid[index])
    material = int(model.geom_matid[index])
    return {
        "id": index,
        "name": names.of("geom", index),
        "body": int(model.geom_bodyid[index]),
        "type": kind,
        "size": _numbers(model.geom_size[index]),
        "rgba": _numbers(model.geom_rgba[index] if material < 0 else model.mat_rgba[material]),
        "group": int(model.geom_group[index]),
        "asset": names.of(kind, data) if kind in ("mesh", "hfield") and data >= 0 else "",
    }


def _site(model: mujoco.MjModel, names: _Names, index: int) -> Facts:
    body = int(model.site_bodyid[index])
    return {"id": index, "name": names.of("site", index), "body": body, "group": int(model.site_group[index])}


def _camera(model: mujoco.MjModel, names: _Names, index: int) -> Facts:
    body = int(model.cam_bodyid[index])
    return {"id": index, "name": names.of("camera", index), "body": body, "fov_deg": float(model.cam_fovy[index])}


def _light(model: mujoco.MjModel, names: _Names, index: int) -> Facts:
    return {"id": index, "name": names.of("light", index), "body": int(model.light_bodyid[index])}


def _actuator(model: mujoco.MjModel, names: _Names, index: int) -> Facts:
    target_kind = _OBJECTS.get(int(model.actuator_trntype[index]))
    target = int(model.actuator_trnid[index, 0])
    force_limited = bool(model.actuator_forcelimited[index])
    return {
        "id": index,
        "name": names.of("actuator", index),
        "type": kind_of(model, index),
        "unit": unit_of(model, index),
        "target": {"kind": target_kind, "id": target, "name": names.of(target_kind, target)}
        if target_kind is not None and target >= 0
        else None,
        "ctrllimited": bool(model.actuator_ctrllimited[index]),
        "ctrlrange": _numbers(model.actuator_ctrlrange[index]),
        "forcerange": _numbers(model.actuator_forcerange[index]) if force_limited else None,
        "group": int(model.actuator_group[index]),
        "actadr": int(model.actuator_actadr[index]),
        "actnum": int(model.actuator_actnum[index]),
    }


def _equality(model: mujoco.MjModel, names: _Names, index: int) -> Facts:
    kind = mujoco.mjtEq(int(model.eq_type[index])).name.removeprefix("mjEQ_").lower()
    of = {"joint": mujoco.mjtObj.mjOBJ_JOINT, "tendon": mujoco.mjtObj.mjOBJ_TENDON}.get(kind)
    objtype = int(model.eq_objtype[index]) if of is None else int(of)
    ends = (names.any(objtype, int(number[index])) for number in (model.eq_obj1id, model.eq_obj2id))
    return {
        "id": index,
        "name": names.of("equality", index),
        "type": kind,
        "active0": bool(model.eq_active0[index]),
        "objects": [end for end in ends if end is not None],
    }


def _sensor(model: mujoco.MjModel, names: _Names, index: int) -> Facts:
    kind = mujoco.mjtSensor(int(model.sensor_type[index])).name.removeprefix("mjSENS_").lower()
    return {
        "id": index,
        "name": names.of("sensor", index),
        "type": kind,
        "dim": int(model.sensor_dim[index]),
        "adr": int(model.sensor_adr[index]),
        "unit": _exact_unit(model, index, SENSOR_UNITS.get(kind, "")),
        "cutoff": float(model.sensor_cutoff[index]),
        "object": names.any(int(model.sensor_objtype[index]), int(model.sensor_objid[index])),
    }


def _exact_unit(model: mujoco.MjModel, index: int, unit: str) -> str:
    """Of a sensor at a joint: that of its kind of joint."""
    turning, _, sliding = unit.partition(" or ")
    if not sliding or int(model.sensor_objtype[index]) != mujoco.mjtObj.mjOBJ_JOINT:
        return unit
    slides = int(model.jnt_type[int(model.sensor_objid[index])]) == mujoco.mjtJoint.mjJNT_SLIDE
    return (sliding if turning.startswith("rad") else turning) if slides else (turning if turning != "N" else sliding)


def _tendon(model: mujoco.MjModel, names: _Names, index: int) -> Facts:
    return {
        "id": index,
        "name": names.of("tendon", index),
        "limited": bool(model.tendon_limited[index]),
        "range": _numbers(model.tendon_range[index]),
    }


def _keyframe(model: mujoco.MjModel, names: _Names, index: int) -> Facts:
    return {"id": index, "name": names.of("keyframe", index), "time": float(model.key_time[index])}
