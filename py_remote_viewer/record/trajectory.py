"""Reading trajectories: `load_trajectory(path)` gives the model, every state, and what people did.

A file that was cut off is read up to its last whole chunk, and `ended` says so.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import mujoco

from py_remote_viewer.errors import RecordingInvalid
from py_remote_viewer.protocol.look import Look
from py_remote_viewer.record import chunks
from py_remote_viewer.record.options import Options
from py_remote_viewer.record.rows import Rows, unpack_rows
from py_remote_viewer.sim.full_state import state_size

_DAMAGED = "The file is damaged, or was made by another program."


@dataclass(frozen=True, slots=True)
class OptionsChange:
    """`options` hold for every step that leads to row `row` or a later one."""

    row: int
    options: Options


@dataclass(frozen=True, slots=True)
class LookChange:
    """`look` is what the picture shows from row `row` on, and `visual` how: headlight, map, scales, colours."""

    row: int
    look: Look
    visual: Options


@dataclass(frozen=True, slots=True)
class RecordedInput:
    """What a peer did: the command as on the wire, after `step` steps and before row `row` was complete."""

    row: int
    step: int
    wall_s: float
    peer: str
    input: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Trajectory:
    """One model's recorded states.

    Attributes:
        path: of the file.
        facts: what the file says of itself: versions, scene, time of recording (`created`, seconds since 1970).
        rows: the states.
        options: `mjOption` as it changed, by row.
        looks: flags, groups and labels of the picture as they changed, by row.
        inputs: what people did, in order.
        xml: MJCF as it was given; None where there was none.
        ended: why the recording ended; empty when the file was cut off.
        wall_s: length in seconds, as it was watched.
    """

    path: Path
    facts: dict[str, Any]
    rows: Rows
    options: tuple[OptionsChange, ...]
    looks: tuple[LookChange, ...]
    inputs: tuple[RecordedInput, ...]
    xml: str | None
    ended: str
    wall_s: float
    mjb: bytes

    def model(self) -> mujoco.MjModel:
        """A new model, as it was compiled; `options` are not applied yet.

        Raises:
            RecordingInvalid: this MuJoCo cannot read it.
        """
        if not self.mjb:
            raise RecordingInvalid(f"{self.path.name} was cut off before its model was complete", hint="Record again.")
        name = "recorded.mjb"
        try:
            model = mujoco.MjModel.from_binary_path(name, {name: self.mjb})
        except (ValueError, RuntimeError, mujoco.FatalError) as exc:
            raise RecordingInvalid(
                f"MuJoCo {mujoco.__version__} cannot read the model: {exc}",
                hint=f"It was recorded with MuJoCo {self.facts.get('mujoco', 'of an unknown version')}.",
            ) from exc
        if state_size(model) != self.rows.state.shape[1]:
            raise RecordingInvalid("the states are of another model", hint=_DAMAGED)
        return model


def load_trajectory(path: str | Path) -> Trajectory:
    """Read a `.prvt` file.

    Raises:
        RecordingInvalid: it is none, it is damaged, or it is not there.
    """
    path = Path(path)
    try:
        with path.open("rb") as file:
            return _parsed(path, list(chunks.read_chunks(file)))
    except OSError as exc:
        raise RecordingInvalid(f"{path}: {exc.strerror}", hint="Give the path of a .prvt file.") from exc


def _parsed(path: Path, found: list[chunks.Chunk]) -> Trajectory:
    if not found or found[0].kind != chunks.HEAD:
        raise RecordingInvalid(f"{path.name} holds nothing", hint="It was cut off at its very start; record again.")
    facts = _json(found[0])
    size = facts.get("state_size")
    if not isinstance(size, int) or not 0 < size < 2**27:
        raise RecordingInvalid(f"{path.name} does not say how large its states are", hint=_DAMAGED)
    blocks = [unpack_rows(chunk.payload, size) for chunk in found if chunk.kind == chunks.ROWS]
    rows = Rows.joined(blocks, size)
    end = next((_json(chunk) for chunk in found if chunk.kind == chunks.END), {})
    xml = next((chunks.unpacked(chunk.payload) for chunk in found if chunk.kind == chunks.XML), None)
    last_s = float(rows.wall_s[-1]) if len(rows) else 0.0
    try:
        options = tuple(
            OptionsChange(int(each["row"]), each["options"])
            for each in (_json(chunk) for chunk in found if chunk.kind == chunks.OPTIONS)
        )
        looks = tuple(
            LookChange(int(each["row"]), Look.model_validate(each["look"]), dict(each.get("visual", {})))
            for each in (_json(chunk) for chunk in found if chunk.kind == chunks.LOOK)
        )
        inputs = tuple(
            RecordedInput(**each)
            for chunk in found
            if chunk.kind == chunks.INPUTS
            for each in json.loads(chunks.unpacked(chunk.payload))
        )
        wall_s = float(end.get("wall_s", last_s))
    except (KeyError, TypeError, ValueError) as exc:
        raise RecordingInvalid(f"{path.name}: an entry cannot be read: {exc}", hint=_DAMAGED) from exc
    return Trajectory(
        path=path,
        facts=facts,
        rows=rows,
        options=options,
        looks=looks,
        inputs=inputs,
        xml=None if xml is None else xml.decode("utf-8", "replace"),
        ended=str(end.get("reason", "")),
        wall_s=wall_s,
        mjb=b"".join(chunks.unpacked(chunk.payload) for chunk in found if chunk.kind == chunks.MODEL),
    )


def describe(trajectory: Trajectory) -> str:
    """A few lines for a terminal."""
    rows, facts = trajectory.rows, trajectory.facts
    kinds = Counter(str(each.input.get("type", "?")) for each in trajectory.inputs)
    done = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common()) or "nothing"
    return (
        f"{facts.get('scene') or 'a scene without a name'}: {trajectory.wall_s:.2f} s, {len(rows)} states, "
        f"{int(rows.steps.sum())} steps of {facts.get('timestep_s')} s\n"
        f"recorded with py_remote_viewer {facts.get('package')} and MuJoCo {facts.get('mujoco')}; people did: {done}\n"
        + ("" if trajectory.ended else "the file was cut off; it is read up to its last whole part\n")
    )


def _json(chunk: chunks.Chunk) -> dict[str, Any]:
    try:
        facts = json.loads(chunk.payload)
    except ValueError as exc:
        raise RecordingInvalid("an entry is no JSON", hint=_DAMAGED) from exc
    if not isinstance(facts, dict):
        raise RecordingInvalid("an entry is no JSON object", hint=_DAMAGED)
    return facts
