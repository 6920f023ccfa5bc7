"""Facts about a created scene, measured on the compiled model: what `prompts.py` writes down."""

from __future__ import annotations

import itertools
import math
import re
from functools import cached_property

import mujoco
import numpy as np

from py_remote_viewer.scenes.compile_wire import CreatedScene
from py_remote_viewer.scenes.create.checks.check import bounds
from py_remote_viewer.scenes.create.lexicon.materials import rgb
from tests.scenes.create.facts_motion import meets, shown_whole
from tests.scenes.create.facts_places import near_edge, spread

_GEOMS = {"mesh": 7, "sphere": 2, "capsule": 3, "ellipsoid": 4, "cylinder": 5, "box": 6}
_DIRECTIONS = {
    "left": (-1, 0, 0),
    "right": (1, 0, 0),
    "up": (0, 0, 1),
    "down": (0, 0, -1),
    "front": (0, -1, 0),
    "behind": (0, 1, 0),
}


class Shown:
    """A created scene, at its start and two simulated seconds later."""

    def __init__(self, made: CreatedScene) -> None:
        self.made = made
        self.model = mujoco.MjModel.from_xml_string(made.xml)
        self.data = mujoco.MjData(self.model)
        mujoco.mj_resetDataKeyframe(self.model, self.data, 0)
        mujoco.mj_forward(self.model, self.data)

    @cached_property
    def path(self) -> np.ndarray:
        """Positions of all bodies through two seconds, shape (steps, nbody, 3)."""
        data = mujoco.MjData(self.model)
        mujoco.mj_resetDataKeyframe(self.model, data, 0)
        mujoco.mj_forward(self.model, data)
        found = [data.xpos.copy()]
        for step in range(round(2 / self.model.opt.timestep)):
            mujoco.mj_step(self.model, data)
            if step % 5 == 4:
                found.append(data.xpos.copy())
        return np.array(found)

    def bodies(self, name: str) -> list[int]:
        """Ids of `name`, or of `name_1`, `name_2`, …"""
        names = {self.model.body(i).name: i for i in range(1, self.model.nbody)}
        found = [i for one, i in names.items() if re.fullmatch(re.escape(name) + r"_\d+", one)]
        return sorted([*found, names[name]] if name in names else found)

    def box(self, name: str) -> list[tuple[np.ndarray, np.ndarray]]:
        """Corners of the boxes around them, at the start."""
        ids = self.bodies(name)
        assert ids, f"no body {name}"
        return [bounds(self.model, self.data, i) for i in ids]

    def geoms(self, body: int) -> list[int]:
        """Of one body alone."""
        return [g for g in range(self.model.ngeom) if self.model.geom_bodyid[g] == body]

    def holds(self, fact: str) -> bool:
        """Whether `fact` is true of it."""
        words = fact.split()
        if words[0].isdecimal() and words[1] == "in_all":
            names = [self.model.body(i).name for i in range(1, self.model.nbody)]
            return len([one for one in names if re.fullmatch(re.escape(words[2]) + r"(_\d+)*", one)]) == int(words[0])
        if words[0].isdecimal():
            return len(self.bodies(words[1])) == int(words[0])
        method = getattr(self, "_" + words[0], None)
        if method is not None:
            return bool(method(*words[1:]))
        return bool(getattr(self, "_of_" + words[1])(words[0], *words[2:]))

    # --- the model --------------------------------------------------------------------------------------------------------

    def _gravity(self, value: str) -> bool:
        return math.isclose(-self.model.opt.gravity[2], float(value), rel_tol=1e-3)

    def _wind(self, value: str) -> bool:
        return math.isclose(float(np.abs(self.model.opt.wind).max()), float(value))

    def _medium(self, density: str) -> bool:
        return math.isclose(self.model.opt.density, float(density))

    def _uneven(self) -> bool:
        return self.model.nhfield == 1 and bool(np.ptp(self.model.hfield_data) > 0.9)

    def _no(self, what: str) -> bool:
        return mujoco.mj_name2id(self.model, mujoco.mjtObj.mjOBJ_GEOM, what) < 0

    def _joints(self, kind: int, count: str) -> bool:
        return int((self.model.jnt_type == kind).sum()) == int(count)

    def _hinges(self, count: str) -> bool:
        return self._joints(3, count)

    def _slides(self, count: str) -> bool:
        return self._joints(2, count)

    def _balls(self, count: str) -> bool:
        return self._joints(1, count)

    def _actuators(self, count: str) -> bool:
        return int(self.model.nu) == int(count)

    def _sensors(self, count: str) -> bool:
        return int(self.model.nsensor) == int(count)

    def _cameras(self, count: str) -> bool:
        return int(self.model.ncam) == int(count)

    def _tendons(self, count: str) -> bool:
        return int(self.model.ntendon) == int(count)

    def _equalities(self, count: str) -> bool:
        return int(self.model.neq) == int(count)

    def _welds(self, count: str) -> bool:
        return int((self.model.eq_type == mujoco.mjtEq.mjEQ_WELD).sum()) == int(count)

    def _tendon(self, name: str, what: str, value: str) -> bool:
        one = self.model.tendon(name).id
        found = {"stiffness": self.model.tendon_stiffness[one], "reach": self.model.tendon_range[one][1]}[what]
        return math.isclose(float(found), float(value), rel_tol=0.03)

    def _joint(self, name: str, _damped: str, value: str) -> bool:
        return math.isclose(float(self.model.dof_damping[self.model.joint(name).dofadr[0]]), float(value))

    def _sensor(self, name: str) -> bool:
        return mujoco.mj_name2id(self.model, mujoco.mjtObj.mjOBJ_SENSOR, name) >= 0

    def _pull(self, name: str) -> bool:
        return mujoco.mj_name2id(self.model, mujoco.mjtObj.mjOBJ_ACTUATOR, name) >= 0

    def _geoms(self, body: str, count: str) -> bool:
        return len(self.geoms(self.model.body(body).id)) == int(count)

    def _geom(self, name: str, _mass: str, value: str) -> bool:
        body = int(self.model.geom_bodyid[self.model.geom(name).id])
        return math.isclose(float(self.model.body_mass[body]) - 0.05, float(value), rel_tol=0.05)

    def _long(self, name: str, value: str) -> bool:
        return math.isclose(2 * float(self.model.geom(name).size[1]), float(value), rel_tol=0.01)

    def _wide(self, name: str, value: str) -> bool:
        return math.isclose(2 * float(self.model.geom(name).size[0]), float(value), rel_tol=0.01)

    def _limits(self, joint: str, low: str, high: str) -> bool:
        found = np.degrees(self.model.jnt_range[self.model.joint(joint).id])
        return bool(np.allclose(found, [float(low), float(high)], atol=0.1))

    def _start(self, joint: str, degrees: str) -> bool:
        return math.isclose(math.degrees(float(self.data.joint(joint).qpos[0])), float(degrees), rel_tol=1e-3)

    def _stiffness(self, joint: str, value: str) -> bool:
        return math.isclose(float(self.model.jnt_stiffness[self.model.joint(joint).id]), float(value), rel_tol=1e-3)

    def _travel(self, joint: str, low: str, high: str) -> bool:
        return bool(np.allclose(self.model.jnt_range[self.model.joint(joint).id], [float(low), float(high)], atol=1e-4))

    def _joint_has(self, joint: str, what: str, value: str) -> bool:
        found = getattr(self.model, f"dof_{what}")[self.model.joint(joint).dofadr[0]]
        return math.isclose(float(found), float(value), rel_tol=1e-3)

    def _drives(self, *joints: str) -> bool:
        """Those joints, and no others, have a motor of their own."""
        model = self.model
        own = [
            model.joint(int(model.actuator_trnid[i, 0])).name for i in range(model.nu) if model.actuator_trntype[i] == 0
        ]
        return sorted(own) == sorted(joints)

    def _integrates(self, by: str) -> bool:
        return int(self.model.opt.integrator) == int(by)

    def _strength(self, actuator: str, value: str) -> bool:
        """The most that it gives."""
        one = self.model.actuator(actuator).id
        if self.model.actuator_forcelimited[one]:
            return math.isclose(float(self.model.actuator_forcerange[one][1]), float(value))
        return math.isclose(
            float(self.model.actuator_gear[one][0] * self.model.actuator_ctrlrange[one][1]), float(value)
        )

    def _slant(self, name: str, degrees: str) -> bool:
        normal = self.data.geom(name).xmat.reshape(3, 3)[2, 2]
        return math.isclose(math.degrees(math.acos(normal)), float(degrees), abs_tol=0.2)

    def _apart_links(self, name: str, other: str, distance: str) -> bool:
        """From joint to joint."""
        one, two = (self.data.xpos[self.model.body(body).id] for body in (name, other))
        return math.isclose(float(np.linalg.norm(one - two)), float(distance), rel_tol=0.01)

    def _qpos(self, joint: str, value: str) -> bool:
        return math.isclose(float(self.data.joint(joint).qpos[0]), float(value), rel_tol=1e-3)

    def _posts(self, name: str, span: str) -> bool:
        left, right = (self.data.geom(f"{name}_{side}_post").xpos for side in ("left", "right"))
        return math.isclose(float(right[0] - left[0]), float(span), rel_tol=0.01)

    def _tilt(self, degrees: str) -> bool:
        names = [
            n
            for n in ("ramp", "inclined_plane", "slope")
            if mujoco.mj_name2id(self.model, mujoco.mjtObj.mjOBJ_GEOM, n) >= 0
        ]
        normal = self.data.geom(names[0]).xmat.reshape(3, 3)[2, 2]
        return math.isclose(math.degrees(math.acos(normal)), float(degrees), abs_tol=0.2)

    def _floor(self, _friction: str, value: str) -> bool:
        return math.isclose(float(self.model.geom("floor").friction[0]), float(value))

    # --- one thing --------------------------------------------------------------------------------------------------------

    def _of_is(self, name: str, kind: str) -> bool:
        return all(any(self.model.geom_type[g] == _GEOMS[kind] for g in self.geoms(i)) for i in self.bodies(name))

    def _of_colour(self, name: str, colour: str) -> bool:
        return all(np.allclose(self._rgba(i)[:3], rgb(colour.replace("_", " ")), atol=2e-3) for i in self.bodies(name))

    def _rgba(self, body: int) -> np.ndarray:
        geom = self.geoms(body)[0]
        material = int(self.model.geom_matid[geom])
        return self.model.mat_rgba[material] if material >= 0 else self.model.geom_rgba[geom]

    def _of_colours(self, name: str, count: str) -> bool:
        return len({tuple(self._rgba(i).round(3)) for i in self.bodies(name)}) == int(count)

    def _of_mass(self, name: str, value: str) -> bool:
        return all(math.isclose(float(self.model.body_mass[i]), float(value), rel_tol=0.02) for i in self.bodies(name))

    def _of_friction(self, name: str, value: str) -> bool:
        geom = self.geoms(self.bodies(name)[0])[0]
        found = float(self.model.geom_friction[geom][0])
        return math.isclose(found, float(value), abs_tol=1e-3)

    def _of_size(self, name: str, value: str) -> bool:
        return all(math.isclose(float((high - low).max()), float(value), rel_tol=0.02) for low, high in self.box(name))

    def _of_height(self, name: str, value: str) -> bool:
        return all(math.isclose(float(high[2] - low[2]), float(value), rel_tol=0.02) for low, high in self.box(name))

    def _of_at(self, name: str, *values: str) -> bool:
        return bool(np.allclose(self.data.xpos[self.bodies(name)[0]], [float(v) for v in values], atol=0.005))

    def _of_in(self, name: str, how: str) -> bool:
        places = np.array([self.data.xpos[i] for i in self.bodies(name)])
        if how == "row":
            return bool(np.ptp(places[:, 1]) < 1e-6 and (np.diff(places[:, 0]) > 0).all())
        radii = np.linalg.norm(places[:, :2] - places[:, :2].mean(axis=0), axis=1)
        return bool(np.ptp(radii) < 0.01)

    def _of_apart(self, name: str, gap: str) -> bool:
        base = re.sub(r"_\d+$", "", name)
        one, two = self.box(base)[:2]
        return math.isclose(float(two[0][0] - one[1][0]), float(gap), abs_tol=0.005)

    def _of_stacked(self, name: str) -> bool:
        boxes = self.box(name)
        return all(abs(above[0][2] - below[1][2]) < 0.003 for below, above in itertools.pairwise(boxes))

    # --- relations, at the start ------------------------------------------------------------------------------------------

    def _hull(self, name: str) -> tuple[np.ndarray, np.ndarray]:
        boxes = self.box(name)
        return np.min([b[0] for b in boxes], axis=0), np.max([b[1] for b in boxes], axis=0)

    def _of_on(self, name: str, other: str) -> bool:
        if other == "floor":
            return all(abs(low[2]) < 0.003 for low, _ in self.box(name))
        low, high = self._hull(other)
        ramp = other.endswith(("ramp", "slope", "staircase"))
        return all(
            (b_low[2] > low[2] + 0.01 if ramp else abs(b_low[2] - high[2]) < 0.006)
            and bool((b_low[:2] < high[:2]).all() and (b_high[:2] > low[:2]).all())
            for b_low, b_high in self.box(name)
        )

    def _of_above(self, name: str, other: str) -> bool:
        return all(low[2] > self._hull(other)[1][2] for low, _ in self.box(name))

    def _of_under(self, name: str, other: str) -> bool:
        low, high = self._hull(other)
        return all(b_high[2] < high[2] and bool((b_low[:2] > low[:2]).all()) for b_low, b_high in self.box(name))

    def _of_inside(self, name: str, other: str) -> bool:
        low, high = (
            self._hull(other) if other != "box_2" else bounds(self.model, self.data, self.model.body("box_2").id)
        )
        boxes = self.box(name) if other != "box_2" else [bounds(self.model, self.data, self.model.body("box").id)]
        return all(bool((b_low[:2] >= low[:2]).all() and (b_high[:2] <= high[:2]).all()) for b_low, b_high in boxes)

    def _of_left(self, name: str, other: str) -> bool:
        return bool(self._hull(name)[1][0] <= self._hull(other)[0][0])

    def _of_right(self, name: str, other: str) -> bool:
        return bool(self._hull(name)[0][0] >= self._hull(other)[1][0])

    def _of_front(self, name: str, other: str) -> bool:
        return bool(self._hull(name)[1][1] <= self._hull(other)[0][1])

    def _of_behind(self, name: str, other: str) -> bool:
        return bool(self._hull(name)[0][1] >= self._hull(other)[1][1])

    def _way(self, name: str, other: str) -> tuple[np.ndarray, np.ndarray]:
        """Where `name` faces, its own +x, and the direction from its middle to that of `other`."""
        here, there = (sum(self._hull(one)) / 2 for one in (name, other))
        return self.data.xmat[self.bodies(name)[0]].reshape(3, 3)[:, 0], (there - here) / np.linalg.norm(there - here)

    def _of_faces(self, name: str, other: str) -> bool:
        ahead, way = self._way(name, other)
        return bool(ahead[:2] @ way[:2] > 0.7 * np.linalg.norm(way[:2]))

    def _of_ahead(self, name: str, other: str) -> bool:
        """Whether `name` stands where `other` faces."""
        return self._of_faces(other, name)

    def _of_hits(self, name: str, other: str) -> bool:
        return meets(self.model, self.bodies(name), self.bodies(other))

    def _of_misses(self, name: str, other: str) -> bool:
        return not meets(self.model, self.bodies(name), self.bodies(other))

    def _shown(self) -> bool:
        return shown_whole(self.model, self.data)

    def _gap_between(self, name: str, other: str) -> float:
        (low, high), (o_low, o_high) = self._hull(name), self._hull(other)
        return float(np.max([o_low - high, low - o_high]))

    def _of_gap(self, name: str, gap: str, other: str) -> bool:
        return math.isclose(self._gap_between(name, other), float(gap), abs_tol=0.01)

    def _of_beside(self, name: str, other: str) -> bool:
        return 0 <= self._gap_between(name, other) < 0.4

    def _of_between(self, name: str, *others: str) -> bool:
        boxes = [box for other in others for box in self.box(other)]
        middle = float(np.mean([box[0][0] for box in self.box(name)] + [box[1][0] for box in self.box(name)]))
        ends = sorted((float(low[0]), float(high[0])) for low, high in boxes)
        return (
            ends[0][1] <= self._hull(name)[0][0]
            and self._hull(name)[1][0] <= ends[-1][0]
            and abs(middle - (ends[0][1] + ends[-1][0]) / 2) < 0.02
        )

    def _of_edge(self, name: str, other: str, *sides: str) -> bool:
        return near_edge(self.box(name), self._hull(other), sides)

    def _of_span(self, name: str, axis: str, value: str) -> bool:
        low, high = self._hull(name)
        return math.isclose(float((high - low)["xyz".index(axis)]), float(value), abs_tol=0.003)

    def _of_all_through(self, name: str, far: str) -> bool:
        return bool((spread(self.box(name)) > float(far)).all())

    def _of_around(self, name: str, other: str) -> bool:
        centre = np.mean(self._hull(other), axis=0)[:2]
        places = np.array([self.data.xpos[i][:2] for i in self.bodies(name)]) - centre
        return bool(np.ptp(np.linalg.norm(places, axis=1)) < 0.01 and np.linalg.norm(places.mean(axis=0)) < 0.01)

    def _of_leans(self, name: str) -> bool:
        body = self.bodies(name)[0]
        low, high = self.box(name)[0]
        still = float(np.linalg.norm(self.path[-1][body] - self.path[0][body])) < 0.25
        return still and float(high[2] - low[2]) > 0.4 and float((high - low)[:2].max()) > 0.1

    # --- motion -----------------------------------------------------------------------------------------------------------

    def _of_moves(self, name: str, direction: str, speed: str) -> bool:
        body = self.model.body(name if direction != "" and mujoco.mj_name2id(self.model, 1, name) >= 0 else f"{name}_1")
        velocity = self.data.qvel[int(body.dofadr[0]) : int(body.dofadr[0]) + 3]
        along = float(velocity @ np.array(_DIRECTIONS[direction], float))
        return along > 0.8 * float(speed) and math.isclose(float(np.linalg.norm(velocity)), float(speed), rel_tol=0.05)

    def _of_spins(self, name: str, rate: str) -> bool:
        at = int(self.model.body(name).dofadr[0])
        return math.isclose(float(np.linalg.norm(self.data.qvel[at + 3 : at + 6])), float(rate), rel_tol=0.01)

    def _moved(self, name: str) -> np.ndarray:
        return np.array([self.path[-1][i] - self.path[0][i] for i in self.bodies(name)])

    def _of_stays(self, name: str) -> bool:
        return bool(np.linalg.norm(self._moved(name), axis=1).max() < 0.05)

    def _of_drops(self, name: str, height: str) -> bool:
        ids = self.bodies(name)
        return all(self.path[0][i][2] - self.path[:, i, 2].min() > float(height) - 0.06 for i in ids)

    def _of_fall(self, name: str, count: str) -> bool:
        return int((self._moved(name)[:, 2] < -0.003).sum()) >= int(count)

    def _of_still(self, name: str) -> bool:
        at = int(self.model.body(name).dofadr[0])
        return not np.any(self.data.qvel[at : at + 6])

    def _of_rises(self, name: str) -> bool:
        return bool((self._moved(name)[:, 2] > 0.2).all())

    def _of_topples(self, name: str) -> bool:
        return bool(np.linalg.norm(self._moved(name), axis=1).max() > 0.05)

    def _of_flies(self, name: str) -> bool:
        body = self.bodies(name)[0]
        return bool(
            self.path[:, body, 2].max() > self.path[0][body][2] + 0.3
            and self.path[:, body, 0].max() > self.path[0][body][0] + 0.8
        )

    def _of_bounces(self, name: str) -> bool:
        height = self.path[:, self.bodies(name)[0], 2]
        low = int(np.argmin(height[: len(height) * 2 // 3]))
        return bool(height[low:].max() - height[low] > 0.4 * (height[0] - height[low]))

    def _of_rolls(self, name: str, direction: str, far: str) -> bool:
        along = self._moved(name) @ np.array(_DIRECTIONS[direction], float)
        return bool((along > float(far)).all())

    def _of_sways(self, name: str, far: str) -> bool:
        went = [np.linalg.norm(self.path[:, one] - self.path[0, one], axis=1).max() for one in self.bodies(name)]
        return bool(max(went) > float(far))

    def _of_stands(self, name: str) -> bool:
        return bool(abs(self._moved(name)[0][2]) < 0.03)
