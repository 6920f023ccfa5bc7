"""Time and physics of a stage: going back, noise, keyframes that people save, physics options. Engine thread only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from py_remote_viewer.protocol.time_commands import (
    DeleteKeyframe,
    HistoryStatus,
    Kept,
    KeptKeyframe,
    RenameKeyframe,
    ResetOptions,
    Rewind,
    SaveKeyframe,
    Seek,
    SetNoise,
    SetOption,
    StepBack,
    TimeCommand,
)
from py_remote_viewer.sim.keyframes import SavedKeyframes
from py_remote_viewer.sim.noise import CtrlNoise
from py_remote_viewer.sim.options import ModelOptions, Option
from py_remote_viewer.sim.simulation import Simulation
from py_remote_viewer.sim.timeline import Timeline
from py_remote_viewer.sim.visual_options import visual_table

OPTION_PATHS = {"all": ("",), "physics": ("opt",), "visual": ("vis",)}
DEFAULT_HISTORY_BYTES = 64 * 2**20


class TimeControl:
    """What a person may do to a simulation beside running it.

    Attributes:
        timeline: runs the simulation and remembers where it has been.
        options: of physics.
        noise: on `ctrl`.
        keyframes: that were saved.
        revision: counts the changes of options, noise and keyframes.
    """

    def __init__(self, simulation: Simulation, history_bytes: int = DEFAULT_HISTORY_BYTES) -> None:
        self._simulation = simulation
        self.revision = 0
        self.options = ModelOptions(simulation.model, visual_table(simulation.model.vis))
        self.noise = CtrlNoise(simulation.model, simulation.data)
        self.keyframes = SavedKeyframes(simulation.model)
        self._history_bytes = history_bytes
        self.timeline = Timeline(simulation, history_bytes)

    def apply(self, command: TimeCommand) -> bool:
        """Do what a peer asked for.

        Returns:
            Whether time stands still from now on.

        Raises:
            ViewerError: it cannot be done; nothing has changed.
        """
        match command:
            case StepBack():
                self.timeline.step_back(command.count)
                return True
            case Seek():
                self.timeline.seek(command.time_s)
                return True
            case Rewind():
                self.timeline.seek(self._simulation.time_s - command.seconds)
                return True
            case SaveKeyframe():
                self.keyframes.save(command.name, self._simulation.data)
            case RenameKeyframe():
                self.keyframes.rename(command.name, command.to)
            case DeleteKeyframe():
                self.keyframes.delete(command.name)
            case SetNoise():
                self._set_noise(command.scale, command.rate)
            case SetOption():
                self.change_options({command.field: command.value})
                return False
            case ResetOptions():
                self.options.reset(OPTION_PATHS[command.what])
                self.timeline.epoch += command.what != "visual"
        self.revision += 1
        return False

    def change_options(self, changes: Mapping[str, object]) -> None:
        """Set all of `changes`, or none.

        Raises:
            MessageInvalid: one cannot be set.
        """
        self.options.set(changes, self._simulation.data)
        self.timeline.epoch += any(self.options.table[name].path == "opt" for name in changes)
        self.revision += 1

    def reset(self, keyframe: str | None = None) -> None:
        """To the start, or to a keyframe of the model or one that was saved; history begins anew.

        Going back from there takes it back.

        Raises:
            SceneInvalid: there is no such keyframe.
        """
        self.timeline.restart(lambda: self._reset(keyframe))

    def _reset(self, keyframe: str | None) -> None:
        if keyframe is not None and self.keyframes.load(keyframe, self._simulation.data):
            self._simulation.restarted()
        else:
            self._simulation.reset(keyframe)

    def status(self) -> HistoryStatus:
        """How far time can be gone back in."""
        timeline = self.timeline
        return HistoryStatus(
            oldest_s=timeline.oldest_s,
            newest_s=timeline.newest_s,
            at_s=self._simulation.time_s,
            discarded_s=timeline.discarded_s,
            states=len(timeline.history),
            bytes=timeline.history.bytes,
            max_bytes=self._history_bytes,
        )

    def describe(self) -> dict[str, Any]:
        """Everything that can be set, JSON-ready: each option with its kind, bounds, value and the model's own value."""
        return {
            "revision": self.revision,
            "options": [self._describe(option) for option in self.options.table.values()],
            "noise": {"scale": self.noise.scale, "rate": self.noise.rate},
            "keyframes": self.list_keyframes(),
        }

    def list_keyframes(self) -> list[dict[str, Any]]:
        """The model's keyframes, then those that were saved, JSON-ready."""
        model = self._simulation.model
        own = [
            {"name": model.key(number).name or f"#{number}", "time_s": float(model.key_time[number]), "saved": False}
            for number in range(model.nkey)
        ]
        saved = [{"name": name, "time_s": self.keyframes.time_s(name), "saved": True} for name in self.keyframes.names]
        return own + saved

    def kept(self) -> tuple[Kept, bytes]:
        """What another engine of this room needs to know, and the keyframes' states."""
        names = self.keyframes.names
        kept = Kept(
            options=self.options.changed(),
            noise_scale=self.noise.scale,
            noise_rate=self.noise.rate,
            keyframes=tuple(KeptKeyframe(name=name, time_s=self.keyframes.time_s(name)) for name in names),
        )
        return kept, self.keyframes.packed()

    def keep(self, kept: Kept, states: bytes) -> None:
        """Take over what another engine of this room had.

        Raises:
            ViewerError: it does not fit this model.
        """
        self.keyframes.unpack(tuple(one.name for one in kept.keyframes), states)
        self.change_options(dict(kept.options))
        self._set_noise(kept.noise_scale, kept.noise_rate)

    def _set_noise(self, scale: float, rate: float) -> None:
        self.noise.scale, self.noise.rate = scale, rate
        self._simulation.before_step = self.noise.before_step if self.noise.is_on else None
        self.timeline.epoch += 1

    def _describe(self, option: Option) -> dict[str, Any]:
        facts: dict[str, Any] = {
            "name": option.name,
            "label": option.label,
            "about": option.about,
            "kind": option.kind,
            "group": option.group,
            "value": self.options.value(option),
            "initial": self.options.initial(option.name),
        }
        if np.isfinite(option.low):
            facts |= {"low": option.low, "high": option.high}
        if option.choices:
            facts["choices"] = list(option.choices)
        return facts
