"""People's hands on the simulation: which body is selected, and who pulls, turns or moves it. Engine thread.

As in simulate: a spring between a point of the body and the pointer, written into `xfrc_applied` before the steps; while paused
the pose of free and mocap bodies follows instead. One hand at a time, and it always opens: when its peer says so or is
gone, and after `HOLD_S` without a word of it, so that no force stays behind.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal, Protocol

import mujoco
import numpy as np
from numpy.typing import NDArray

from py_remote_viewer.errors import SceneInvalid
from py_remote_viewer.protocol.hand_input import (
    Grip,
    HandInput,
    PerturbEnd,
    PerturbMove,
    PerturbStart,
    Pick,
    Plane,
    Select,
)
from py_remote_viewer.protocol.status import SelectionStatus
from py_remote_viewer.render.camera import Camera
from py_remote_viewer.render.picking import Picked
from py_remote_viewer.render.renderer import Renderer
from py_remote_viewer.render.view import View
from py_remote_viewer.sim.simulation import Simulation

HOLD_S = 2.0
SLICE_S = 0.02  # simulated seconds between two looks at the spring: it is damped for less than 0.2 s
_MOUSE = {
    ("translate", "vertical"): mujoco.mjtMouse.mjMOUSE_MOVE_V,
    ("translate", "horizontal"): mujoco.mjtMouse.mjMOUSE_MOVE_H,
    ("rotate", "vertical"): mujoco.mjtMouse.mjMOUSE_ROTATE_V,
    ("rotate", "horizontal"): mujoco.mjtMouse.mjMOUSE_ROTATE_H,
}
_NOTHING = "there is nothing to hold under the pointer"


class Seen(Protocol):
    """The stage that hands reach into."""

    camera: Camera

    @property
    def renderer(self) -> Renderer:
        """What draws it."""

    @property
    def is_running(self) -> bool:
        """Whether time passes."""


@dataclass(slots=True)
class _Hold:
    """A closed hand; `x`, `y` is where its pointer was last."""

    peer_id: str
    grip: int
    does: Literal["translate", "rotate"]
    x: float
    y: float
    until: float


class Hands:
    """Selection and hand of one stage."""

    def __init__(self, simulation: Simulation, view: View) -> None:
        self._simulation = simulation
        self._model = simulation.model
        self._view = view
        self._perturb = view.perturb
        self._perturb.select = -1
        self._geom = -1
        self._has_point = False
        self._hold: _Hold | None = None

    # --- what peers do -----------------------------------------------------------------------------------------------

    def take(self, peer_id: str, command: HandInput, stage: Seen, now: float) -> Grip | None:
        """Do what a peer's hand does, at `now` (seconds, monotonic); what to answer it.

        Raises:
            SceneInvalid: it names a body that this model has not.
        """
        match command:
            case Select():
                self.select(self._body(command.body) if command.body is not None else None)
            case Pick():
                self._pick(command, stage)
            case PerturbStart():
                return self._start(peer_id, command, stage, now)
            case PerturbMove():
                self._move(peer_id, command, stage, now)
            case PerturbEnd():
                if self._hold is not None and self._hold.peer_id == peer_id:
                    self.let_go()
        return None

    def select(self, body: int | None, picked: Picked | None = None) -> None:
        """Select `body`, at the point of it that was picked; None selects nothing."""
        self.let_go()
        perturb = self._perturb
        perturb.select = body if body is not None else -1
        perturb.flexselect = picked.flex if picked else -1
        perturb.skinselect = picked.skin if picked else -1
        self._geom = picked.geom if picked else -1
        self._has_point = picked is not None
        perturb.localpos[:] = self._model.body_ipos[body] if body is not None else 0.0  # pulled at its middle
        if picked is not None and body is not None:
            data = self._simulation.data
            rotation = data.xmat[body].reshape(3, 3)
            perturb.localpos[:] = rotation.T @ (np.array(picked.point) - data.xpos[body])
        self._view.mark_point = body is not None and body > 0 and int(self._model.body_geomnum[body]) == 0

    def let_go(self) -> None:
        """Open the hand; nothing of its force remains."""
        if self._hold is None:
            return
        self._hold = None
        self._view.holding = False
        self._perturb.active = self._perturb.active2 = 0
        self._simulation.data.xfrc_applied[self._perturb.select] = 0.0

    def forget_pulls(self) -> None:
        """A state that was gone back to holds the pull of its time; what runs on from there does not have it."""
        if self._hold is None:
            self._simulation.data.xfrc_applied[:] = 0.0

    def expire(self, now: float) -> bool:
        """Open a hand that has not been heard of for too long; whether there was one."""
        if self._hold is None or now < self._hold.until:
            return False
        self.let_go()
        return True

    # --- between the steps -------------------------------------------------------------------------------------------

    def advance(self, steps: int, budget_s: float, run: Callable[[int, float], int]) -> int:
        """As `run`, which is `Timeline.run`, with the spring between the steps while a hand is closed."""
        if self._hold is None:
            return run(steps, budget_s)
        made = 0
        at_once = max(1, int(SLICE_S / float(self._model.opt.timestep)))
        while made < steps and budget_s > 0:
            self._pull()
            wanted = min(at_once, steps - made)
            done = run(wanted, budget_s)
            made += done
            budget_s -= self._simulation.last_advance_s
            if done < wanted:
                break
        return made

    def _pull(self) -> None:
        model, data, perturb = self._model, self._simulation.data, self._perturb
        mujoco.mjv_applyPerturbPose(model, data, perturb, 0)
        data.xfrc_applied[perturb.select] = 0.0
        mujoco.mjv_applyPerturbForce(model, data, perturb)

    # --- where it stands ---------------------------------------------------------------------------------------------

    @property
    def selected(self) -> str | None:
        """Name or `#id` of the selected body."""
        return self._name(mujoco.mjtObj.mjOBJ_BODY, self._perturb.select) if self._perturb.select >= 0 else None

    def status(self) -> SelectionStatus | None:
        """For telemetry."""
        body, model, data = self._perturb.select, self._model, self._simulation.data
        if body < 0:
            return None
        point = data.xpos[body] + data.xmat[body].reshape(3, 3) @ self._perturb.localpos
        parent = int(model.body_parentid[body])
        return SelectionStatus(
            body=self._name(mujoco.mjtObj.mjOBJ_BODY, body),
            id=body,
            parent=self._name(mujoco.mjtObj.mjOBJ_BODY, parent) if body > 0 and parent > 0 else None,
            mass_kg=float(model.body_mass[body]),
            subtree_mass_kg=float(model.body_subtreemass[body]),
            pos=_three(data.xpos[body]),
            quat=_four(data.xquat[body]),
            geom=self._name(mujoco.mjtObj.mjOBJ_GEOM, self._geom) if self._geom >= 0 else None,
            point=_three(point) if self._has_point else None,
            moves=self._moves(body),
            held_by=self._hold.peer_id if self._hold else None,
        )

    # --- parts -------------------------------------------------------------------------------------------------------

    def _pick(self, command: Pick, stage: Seen) -> None:
        picked = self._under(command.x, command.y, stage)
        if command.action == "select":
            self.select(picked.body if picked and picked.body > 0 else None, picked)
        elif picked is not None and command.action == "centre":
            stage.camera = replace(stage.camera, mode="free", target_id=-1, lookat=picked.point)
        elif picked is not None and picked.body > 0:
            stage.camera = replace(stage.camera, mode="tracking", target_id=picked.body)

    def _start(self, peer_id: str, command: PerturbStart, stage: Seen, now: float) -> Grip:
        hold = self._hold
        if hold is not None and hold.peer_id != peer_id and now < hold.until:
            return Grip(grip=command.grip, why="somebody else holds a body just now")
        self.let_go()
        if command.mode == "drag" or self._perturb.select <= 0:
            picked = self._under(command.x, command.y, stage)
            if picked is None or picked.body <= 0:
                return Grip(grip=command.grip, why=_NOTHING)
            if command.mode == "drag" and self._moves(picked.body) == "fixed":
                return Grip(grip=command.grip, why="this body is fixed to the world")
            self.select(picked.body, picked)
        else:
            stage.renderer.update(self._simulation.data, stage.camera)
        moves = self._moves(self._perturb.select)
        if moves == "fixed":
            return Grip(grip=command.grip, why="the selected body is fixed to the world")
        if moves == "joints" and not stage.is_running:
            return Grip(grip=command.grip, why="while paused, only free and mocap bodies can be moved")
        perturb = self._perturb
        perturb.active = int(
            mujoco.mjtPertBit.mjPERT_ROTATE if command.mode == "torque" else mujoco.mjtPertBit.mjPERT_TRANSLATE
        )
        mujoco.mjv_initPerturb(self._model, self._simulation.data, stage.renderer.scene, perturb)
        does: Literal["translate", "rotate"] = "rotate" if command.mode == "torque" else "translate"
        self._hold = _Hold(peer_id, command.grip, does, command.x, command.y, now + HOLD_S)
        self._view.holding = True
        return Grip(grip=command.grip, body=self.selected)

    def _move(self, peer_id: str, command: PerturbMove, stage: Seen, now: float) -> None:
        hold = self._hold
        if hold is None or (hold.peer_id, hold.grip) != (peer_id, command.grip):
            return
        hold.until = now + HOLD_S
        renderer = stage.renderer
        # MuJoCo counts in heights of the picture, downwards
        right = (command.x - hold.x) / 2 * renderer.width / renderer.height
        down = (hold.y - command.y) / 2
        hold.x, hold.y = command.x, command.y
        self._shift(hold.does, command.plane, right, down, renderer.scene)
        if not stage.is_running:
            mujoco.mjv_applyPerturbPose(self._model, self._simulation.data, self._perturb, 1)
            self._simulation.settle()

    def _shift(self, does: str, plane: Plane, right: float, down: float, scene: mujoco.MjvScene) -> None:
        if right != 0 or down != 0:
            action = _MOUSE[does, plane]
            mujoco.mjv_movePerturb(self._model, self._simulation.data, action, right, down, scene, self._perturb)

    def _under(self, x: float, y: float, stage: Seen) -> Picked | None:
        return stage.renderer.pick(self._simulation.data, stage.camera, x, y)

    def _moves(self, body: int) -> Literal["free", "mocap", "joints", "fixed"]:
        model = self._model
        if model.body_mocapid[body] >= 0:
            return "mocap"
        if model.body_weldid[body] == 0:
            return "fixed"
        root = int(model.body_rootid[body])
        joint = int(model.body_jntadr[root])
        is_free = joint >= 0 and model.jnt_type[joint] == mujoco.mjtJoint.mjJNT_FREE
        return "free" if is_free else "joints"

    def _body(self, name: str) -> int:
        found = int(mujoco.mj_name2id(self._model, mujoco.mjtObj.mjOBJ_BODY, name))
        if found < 0 and name.startswith("#") and name[1:].isdigit():
            found = int(name[1:])
        if not 0 <= found < self._model.nbody:
            raise SceneInvalid(f"no body {name!r} in this scene", hint="See model_info for its body names.")
        return found

    def _name(self, kind: mujoco.mjtObj, index: int) -> str:
        return mujoco.mj_id2name(self._model, kind, index) or f"#{index}"


def _three(vector: NDArray[np.float64]) -> tuple[float, float, float]:
    x, y, z = vector.tolist()
    return x, y, z


def _four(vector: NDArray[np.float64]) -> tuple[float, float, float, float]:
    w, x, y, z = vector.tolist()
    return w, x, y, z
