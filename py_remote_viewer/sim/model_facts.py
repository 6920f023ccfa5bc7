"""A model as the panels show it: bodies, joints, actuators, sensors and the rest, by name, with ranges and units.

Static: nothing of `MjData`. Lists are cut into pages, because a model of a stranger may have a hundred thousand geoms.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import mujoco

from py_remote_viewer.sim.actuator_kinds import kind_of, unit_of
from py_remote_viewer.sim.sensor_units import SENSOR_UNITS

Facts = dict[str, Any]
_SIZES = (
    *("nbody", "njnt", "ngeom", "nsite", "ncam", "nlight", "nu", "neq", "nsensor", "ntendon", "nkey", "nmesh"),
    *("nq", "nv", "na", "nsensordata", "nmocap"),
)
_JOINT_UNITS = {0: "", 1: "", 2: "m", 3: "rad"}
_JOINT_SIZES = {0: 7, 1: 4, 2: 1, 3: 1}
_GEOMS = {int(kind): name.removeprefix("mjGEOM_").lower() for name, kind in mujoco.mjtGeom.__members__.items()}
_OBJECTS = {
    int(mujoco.mjtTrn.mjTRN_JOINT): "joint",
    int(mujoco.mjtTrn.mjTRN_JOINTINPARENT): "joint",
    int(mujoco.mjtTrn.mjTRN_SLIDERCRANK): "site",
    int(mujoco.mjtTrn.mjTRN_TENDON): "tendon",
    int(mujoco.mjtTrn.mjTRN_SITE): "site",
    int(mujoco.mjtTrn.mjTRN_BODY): "body",
}


class _Lists:
    """The model's arrays as lists, each made once: an array scalar costs ten times what a list's element does."""

    def __init__(self, model: mujoco.MjModel) -> None:
        self._model = model

    def __getattr__(self, name: str) -> Any:
        made = getattr(self._model, name).tolist()
        setattr(self, name, made)
        return made


class _Names:
    """Names by kind and number, cut from the model's one buffer: a call into MuJoCo for each would take longer."""

    def __init__(self, model: mujoco.MjModel) -> None:
        self._model = model
        self._buffer = bytes(model.names)
        self._starts = {
            "body": model.name_bodyadr.tolist(),
            "joint": model.name_jntadr.tolist(),
            "geom": model.name_geomadr.tolist(),
            "site": model.name_siteadr.tolist(),
            "camera": model.name_camadr.tolist(),
            "light": model.name_lightadr.tolist(),
            "mesh": model.name_meshadr.tolist(),
            "hfield": model.name_hfieldadr.tolist(),
            "actuator": model.name_actuatoradr.tolist(),
            "equality": model.name_eqadr.tolist(),
            "sensor": model.name_sensoradr.tolist(),
            "tendon": model.name_tendonadr.tolist(),
            "keyframe": model.name_keyadr.tolist(),
        }

    def of(self, kind: str, index: int) -> str:
        """Empty where it has none."""
        start = self._starts[kind][index]
        return self._buffer[start : self._buffer.index(0, start)].decode("utf-8", "replace")

    def any(self, kind: int, index: int) -> Facts | None:
        """An object by MuJoCo's number for its kind (`mjtObj`), as `{kind, id, name}`."""
        if index < 0:
            return None
        word = mujoco.mjtObj(kind).name.removeprefix("mjOBJ_").lower()
        name = mujoco.mj_id2name(self._model, kind, index) if word != "unknown" else None
        return {"kind": {"xbody": "body"}.get(word, word), "id": index, "name": name or ""}


def describe(model: mujoco.MjModel, offset: int, limit: int) -> Facts:
    """Every list from `offset` on, at most `limit` of each; `more` says how many are left of which.

    Units are SI, angles in radians, as MJCF's `compiler/angle` has been applied. Quaternions wxyz.
    """
    names, arrays = _Names(model), _Lists(model)
    lists: dict[str, tuple[int, Callable[[_Lists, _Names, int], Facts]]] = {
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
        facts[kind] = [of(arrays, names, index) for index in range(min(offset, count), stop)]
        if stop < count:
            facts["more"][kind] = count - stop
    return facts


def _sizes(model: mujoco.MjModel) -> Facts:
    return {name: int(getattr(model, name)) for name in _SIZES}


def _short(values: list[float]) -> list[float]:
    """Of float32: no digits that it does not have."""
    return [round(value, 6) for value in values]


def _body(model: _Lists, names: _Names, index: int) -> Facts:
    return {
        "id": index,
        "name": names.of("body", index),
        "parent": model.body_parentid[index],
        "mass": model.body_mass[index],
        "subtree_mass": model.body_subtreemass[index],
        "inertia": model.body_inertia[index],
        "mocap": model.body_mocapid[index] >= 0,
    }


def _joint(model: _Lists, names: _Names, index: int) -> Facts:
    kind = model.jnt_type[index]
    start = model.jnt_qposadr[index]
    return {
        "id": index,
        "name": names.of("joint", index),
        "body": model.jnt_bodyid[index],
        "type": ("free", "ball", "slide", "hinge")[kind],
        "limited": bool(model.jnt_limited[index]),
        "range": model.jnt_range[index],
        "unit": _JOINT_UNITS[kind],
        "qposadr": start,
        "dofadr": model.jnt_dofadr[index],
        "qpos0": model.qpos0[start : start + _JOINT_SIZES[kind]],
        "group": model.jnt_group[index],
    }


def _geom(model: _Lists, names: _Names, index: int) -> Facts:
    kind = _GEOMS[model.geom_type[index]]
    data = model.geom_dataid[index]
    material = model.geom_matid[index]
    return {
        "id": index,
        "name": names.of("geom", index),
        "body": model.geom_bodyid[index],
        "type": kind,
        "size": model.geom_size[index],
        "rgba": _short(model.geom_rgba[index] if material < 0 else model.mat_rgba[material]),
        "group": model.geom_group[index],
        "asset": names.of(kind, data) if kind in ("mesh", "hfield") and data >= 0 else "",
    }


def _site(model: _Lists, names: _Names, index: int) -> Facts:
    body = model.site_bodyid[index]
    return {"id": index, "name": names.of("site", index), "body": body, "group": model.site_group[index]}


def _camera(model: _Lists, names: _Names, index: int) -> Facts:
    body = model.cam_bodyid[index]
    return {"id": index, "name": names.of("camera", index), "body": body, "fov_deg": model.cam_fovy[index]}


def _light(model: _Lists, names: _Names, index: int) -> Facts:
    return {"id": index, "name": names.of("light", index), "body": model.light_bodyid[index]}


def _actuator(model: _Lists, names: _Names, index: int) -> Facts:
    target_kind = _OBJECTS.get(model.actuator_trntype[index])
    target = model.actuator_trnid[index][0]
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
        "ctrlrange": model.actuator_ctrlrange[index],
        "forcerange": model.actuator_forcerange[index] if force_limited else None,
        "group": model.actuator_group[index],
        "actadr": model.actuator_actadr[index],
        "actnum": model.actuator_actnum[index],
    }


def _equality(model: _Lists, names: _Names, index: int) -> Facts:
    kind = mujoco.mjtEq(model.eq_type[index]).name.removeprefix("mjEQ_").lower()
    of = {"joint": mujoco.mjtObj.mjOBJ_JOINT, "tendon": mujoco.mjtObj.mjOBJ_TENDON}.get(kind)
    objtype = model.eq_objtype[index] if of is None else int(of)
    ends = (names.any(objtype, int(number[index])) for number in (model.eq_obj1id, model.eq_obj2id))
    return {
        "id": index,
        "name": names.of("equality", index),
        "type": kind,
        "active0": bool(model.eq_active0[index]),
        "objects": [end for end in ends if end is not None],
    }


def _sensor(model: _Lists, names: _Names, index: int) -> Facts:
    kind = mujoco.mjtSensor(model.sensor_type[index]).name.removeprefix("mjSENS_").lower()
    return {
        "id": index,
        "name": names.of("sensor", index),
        "type": kind,
        "dim": model.sensor_dim[index],
        "adr": model.sensor_adr[index],
        "unit": _exact_unit(model, index, SENSOR_UNITS.get(kind, "")),
        "cutoff": model.sensor_cutoff[index],
        "object": names.any(model.sensor_objtype[index], model.sensor_objid[index]),
    }


def _exact_unit(model: _Lists, index: int, unit: str) -> str:
    """Of a sensor at a joint: that of its kind of joint."""
    turning, _, sliding = unit.partition(" or ")
    if not sliding or model.sensor_objtype[index] != mujoco.mjtObj.mjOBJ_JOINT:
        return unit
    slides = int(model.jnt_type[model.sensor_objid[index]]) == mujoco.mjtJoint.mjJNT_SLIDE
    return (sliding if turning.startswith("rad") else turning) if slides else (turning if turning != "N" else sliding)


def _tendon(model: _Lists, names: _Names, index: int) -> Facts:
    return {
        "id": index,
        "name": names.of("tendon", index),
        "limited": bool(model.tendon_limited[index]),
        "range": model.tendon_range[index],
    }


def _keyframe(model: _Lists, names: _Names, index: int) -> Facts:
    return {"id": index, "name": names.of("keyframe", index), "time": model.key_time[index]}
