"""From MJCF to a model that can be simulated and drawn, or a refusal. Runs in a compile child only: it imports mujoco.

Nothing here limits time or memory, the sandbox does. What is checked here is what the engine would suffer from later: a
simulation that blows up at once, a step that takes seconds, buffers that do not fit, and drawing settings out of bounds.
"""

from __future__ import annotations

import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import mujoco
import numpy as np

from py_remote_viewer.errors import SceneInvalid, SceneTooExpensive
from py_remote_viewer.protocol.scene_info import NAMES_LIMIT, ModelInfo
from py_remote_viewer.scenes.compile_wire import MAX_WARNINGS
from py_remote_viewer.scenes.mujoco_text import explain, without_paths

MAX_BUFFER_BYTES = 512 * 2**20
MAX_GEOMS = 20_000
MAX_MESH_FACES = 2_000_000
MAX_TEXTURE_SIDE_PX = 8192
MAX_STEP_S = 0.25
MIN_TIMESTEP_S, MAX_TIMESTEP_S = 1e-6, 1.0
MAX_NAME_CHARS = 256
MUJOCO_REFUSES = (ValueError, RuntimeError, TypeError, mujoco.FatalError, mujoco.UnexpectedError)
REFUSED = "MuJoCo refused the scene: "
FIX_HINT = "Fix what it names, or start from a preset (GET /api/scene/presets)."
_TRIAL_STEPS = 4
_UNNAMED = "MuJoCo Model"  # what MuJoCo calls a model without a name
_UNSTABLE = (mujoco.mjtWarning.mjWARN_BADQPOS, mujoco.mjtWarning.mjWARN_BADQVEL, mujoco.mjtWarning.mjWARN_BADQACC)
# What a drawing setting may cost at most: the renderer allocates or loops by these numbers.
_VISUAL_BOUNDS = {
    ("global_", "offwidth"): 3840,
    ("global_", "offheight"): 2160,
    ("quality", "shadowsize"): 8192,
    ("quality", "offsamples"): 16,
    ("quality", "numslices"): 128,
    ("quality", "numstacks"): 128,
    ("quality", "numquads"): 64,
}

# What one step may cost at most when the solver does not converge, which can begin long after the trial steps.
_SOLVER_BOUNDS = {
    "iterations": 1000,
    "ls_iterations": 1000,
    "noslip_iterations": 1000,
    "ccd_iterations": 1000,
    "sdf_iterations": 1000,
    "sdf_initpoints": 1000,
}


@contextmanager
def collected_warnings() -> Iterator[list[str]]:
    """What MuJoCo warns of meanwhile, each text once, at most `MAX_WARNINGS`."""
    texts: list[str] = []

    def take(text: str) -> None:
        said = without_paths(" ".join(str(text).split()))[:300]
        if said not in texts and len(texts) < MAX_WARNINGS:
            texts.append(said)

    mujoco.set_mju_user_warning(take)
    try:
        with warnings.catch_warnings(record=True) as raised:
            warnings.simplefilter("always")
            yield texts
        for warning in raised:  # what the compiler itself says comes as a Python warning
            take(str(warning.message))
    finally:
        mujoco.set_mju_user_warning(None)


def build_text(xml: str) -> mujoco.MjModel:
    """Compile MJCF that has passed the pre-check.

    Raises:
        SceneInvalid, SceneTooExpensive: MuJoCo's reason, with line and element where it gives them.
    """
    try:
        return mujoco.MjSpec.from_string(xml).compile()
    except MUJOCO_REFUSES as exc:
        raise refusal_of(exc) from exc


def build_file(path: Path) -> mujoco.MjModel:
    """Load a file that the operator named: MJCF (or URDF) with all it refers to, or a binary `.mjb`.

    Raises:
        SceneInvalid: as `build_text`.
    """
    try:
        if path.suffix.lower() == ".mjb":
            return mujoco.MjModel.from_binary_path(str(path))
        return mujoco.MjSpec.from_file(str(path)).compile()
    except MUJOCO_REFUSES as exc:
        raise refusal_of(exc) from exc


def files_named_by(path: Path) -> tuple[str, ...]:
    """The MJCF file `path` and all that it names, directly or through what it includes; empty for other kinds of files."""
    if path.suffix.lower() not in (".xml", ".mjcf"):
        return ()
    try:
        named = [str(Path(name).resolve()) for name in mujoco.mju_getXMLDependencies(str(path))]
    except MUJOCO_REFUSES:  # it compiled, so this is MuJoCo's second thoughts on how it is written
        return ()
    return tuple(dict.fromkeys([str(path.resolve()), *sorted(named)]))


def refusal_of(exc: Exception) -> SceneInvalid:
    """What to tell people of what MuJoCo raised."""
    said = explain(str(exc))
    where = {"line": said.line, "element": said.element}
    if "<size memory=" in said.message:  # the arena, whose size is the scene's own choice
        hint = 'Fewer contacts (contype, conaffinity), or more memory for them, for example <size memory="400M"/>.'
        return SceneTooExpensive(f"the simulation does not fit into its memory: {said.message}", hint=hint, **where)
    if "unknown exception" in said.message:  # C++ that the binding cannot name: in practice std::bad_alloc
        hint = "Fewer or smaller bodies, meshes, textures and height fields."
        return SceneTooExpensive("MuJoCo gave up without a reason, most likely out of memory", hint=hint, **where)
    if "allocate" in said.message.lower() or "bad_alloc" in said.message:
        hint = "Fewer or smaller bodies, meshes, textures and height fields, or a smaller <size memory>."
        return SceneTooExpensive(f"MuJoCo ran out of memory: {said.message}", hint=hint, **where)
    prefix = "" if said.line is None else f"line {said.line}: "
    return SceneInvalid(f"{prefix}{REFUSED}{said.message}", hint=FIX_HINT, **where)


def bound_drawing(model: mujoco.MjModel, warnings: list[str]) -> None:
    """Cut drawing settings down to what every renderer can do, in place, and say so in `warnings`."""
    for (section, name), most in _VISUAL_BOUNDS.items():
        settings = getattr(model.vis, section)
        asked = getattr(settings, name)
        if asked > most:
            setattr(settings, name, most)
            warnings.append(f"visual {section.rstrip('_')} {name}={asked} was cut to {most}")


def bound_solver(model: mujoco.MjModel, warnings: list[str]) -> None:
    """Cut iteration limits down, in place, and say so in `warnings`."""
    for name, most in _SOLVER_BOUNDS.items():
        asked = getattr(model.opt, name)
        if asked > most:
            setattr(model.opt, name, most)
            warnings.append(f"option {name}={asked} was cut to {most}")


def require_affordable(model: mujoco.MjModel) -> None:
    """Bound what the engine will have to hold, and to draw.

    Raises:
        SceneTooExpensive: names the size and its bound.
    """
    side = max(map(int, [*model.tex_width, *model.tex_height]), default=0) if model.ntex else 0
    mib = 2**20
    sizes = (
        (int(model.nbuffer) // mib, MAX_BUFFER_BYTES // mib, "MiB of model", "Use fewer or smaller assets."),
        (int(model.narena) // mib, MAX_BUFFER_BYTES // mib, "MiB of arena memory", "Lower or leave out <size memory>."),
        (int(model.ngeom), MAX_GEOMS, "geoms", "Leave some out: each is drawn in every picture."),
        (int(model.nmeshface), MAX_MESH_FACES, "mesh faces", "Use simpler meshes."),
        (side, MAX_TEXTURE_SIDE_PX, "pixels in one side of a texture", "Use a smaller texture."),
    )
    for value, most, what, hint in sizes:
        if value > most:
            raise SceneTooExpensive(f"the scene has {value} {what}; at most {most} are taken", hint=hint)


def require_timestep(model: mujoco.MjModel) -> None:
    """Refuse a time step that the engine's clock cannot follow.

    Raises:
        SceneInvalid: says the bounds.
    """
    timestep = float(model.opt.timestep)
    if not MIN_TIMESTEP_S <= timestep <= MAX_TIMESTEP_S:
        raise SceneInvalid(
            f"the time step is {timestep:g} s; {MIN_TIMESTEP_S:g} to {MAX_TIMESTEP_S:g} s can be simulated",
            hint='Set <option timestep="0.002"/>, MuJoCo\'s default.',
            element="option",
        )


def require_simulable(model: mujoco.MjModel) -> None:
    """Take a few steps from the initial state.

    Raises:
        SceneInvalid: the state does not stay finite.
        SceneTooExpensive: one step takes longer than `MAX_STEP_S` of processor time.
    """
    try:
        data = mujoco.MjData(model)
        fastest, spent = np.inf, 0.0
        for _ in range(_TRIAL_STEPS):
            began = time.thread_time()
            mujoco.mj_step(model, data)
            took = time.thread_time() - began
            fastest, spent = min(fastest, took), spent + took
            if spent > 4 * MAX_STEP_S:
                break
    except (mujoco.FatalError, mujoco.UnexpectedError) as exc:
        raise refusal_of(exc) from exc
    unstable = any(data.warning[int(kind)].number for kind in _UNSTABLE)
    if unstable or not (np.isfinite(data.qpos).all() and np.isfinite(data.qvel).all() and np.isfinite(data.xpos).all()):
        raise SceneInvalid(
            f"the simulation blows up within its first {_TRIAL_STEPS} steps: positions or velocities become infinite",
            hint="Look for extreme masses, sizes or gains, bodies that start inside each other, or a time step too long.",
        )
    if fastest > MAX_STEP_S:
        raise SceneTooExpensive(
            f"one simulation step takes {fastest:.2f} s here; at most {MAX_STEP_S} s is taken",
            hint="Use fewer bodies or contacts (contype, conaffinity), or a simpler collision shape.",
        )


def describe(model: mujoco.MjModel, name: str | None) -> ModelInfo:
    """Sizes and names; `name` in place of the model's own when given."""
    own = model.names.split(b"\0", 1)[0].decode("utf-8", "replace")[:MAX_NAME_CHARS]
    return ModelInfo(
        name=name or (own if own != _UNNAMED else "") or "scene",
        nbody=model.nbody,
        nq=model.nq,
        nv=model.nv,
        nu=model.nu,
        ngeom=model.ngeom,
        timestep_s=float(model.opt.timestep),
        nmeshface=model.nmeshface,
        cameras=_names(model, model.name_camadr),
        keyframes=_names(model, model.name_keyadr),
        bodies=_names(model, model.name_bodyadr),
    )


def _names(model: mujoco.MjModel, addresses: np.ndarray) -> tuple[str, ...]:
    """Names at `addresses`, in order; "" for a nameless one, so that an index stays an id."""
    table: bytes = model.names
    starts = map(int, addresses[:NAMES_LIMIT])
    return tuple(table[i : table.index(b"\0", i)].decode("utf-8", "replace")[:MAX_NAME_CHARS] for i in starts)
