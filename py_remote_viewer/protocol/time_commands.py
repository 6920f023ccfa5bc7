"""What a peer may send to move through time, to keep states, and to change what physics runs by; and how time stands."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StrictBool, StrictFloat, StrictInt

from py_remote_viewer.protocol.base import Message, Sequence

Text = Annotated[str, Field(min_length=1, max_length=64)]
Numbers = Annotated[tuple[StrictFloat | StrictInt, ...], Field(max_length=16)]
OptionValue = StrictBool | StrictInt | StrictFloat | Annotated[str, Field(max_length=64)] | Numbers


class StepBack(Message):
    """Pause, and go back `count` steps: exactly where that can be had, else to the recorded state before.

    From the start, within some seconds after a reset: take the reset back.
    """

    type: Literal["step_back"] = "step_back"
    count: int = Field(1, ge=1, le=10_000)


class Seek(Message):
    """Pause, and go to what is recorded of `time_s`. Running from there forgets what came after; `step` goes along it."""

    type: Literal["seek"] = "seek"
    time_s: float = Field(ge=-1e9, le=1e9)
    seq: Sequence = 0


class Rewind(Message):
    """Pause, and go back by `seconds` of simulated time, also out of a divergence."""

    type: Literal["rewind"] = "rewind"
    seconds: float = Field(2.0, gt=0, le=86_400)


class SaveKeyframe(Message):
    """Keep the state as a keyframe, as long as the room shows this scene. `reset` with its name loads it."""

    type: Literal["save_keyframe"] = "save_keyframe"
    name: Text


class RenameKeyframe(Message):
    """Give a saved keyframe another name."""

    type: Literal["rename_keyframe"] = "rename_keyframe"
    name: Text
    to: Text


class DeleteKeyframe(Message):
    """Forget a saved keyframe."""

    type: Literal["delete_keyframe"] = "delete_keyframe"
    name: Text


class SetNoise(Message):
    """Noise on `ctrl`, as simulate has it: an Ornstein-Uhlenbeck process about the middle of each actuator's range."""

    type: Literal["set_noise"] = "set_noise"
    scale: float = Field(ge=0, le=1, description="Standard deviation, in half ranges of an actuator; 0: none.")
    rate: float = Field(ge=0, le=4, description="Seconds that a deviation takes to fall to 1/e; 0: white noise.")


class SetOption(Message):
    """Change one physics option. `GET /api/simulation/options` lists them with what each takes.

    `field` is a field of `mjOption` (`timestep`, `gravity`, `solver`), a flag's bit (`mjDSBL_CONTACT`, `mjENBL_ENERGY`:
    true sets the bit) or an actuator group (`disableactuator.2`).
    """

    type: Literal["set_option"] = "set_option"
    field: Text
    value: OptionValue


class ResetOptions(Message):
    """The options of physics, those of how it is drawn (`vis.…`), or both, as the model has them."""

    type: Literal["reset_options"] = "reset_options"
    what: Literal["all", "physics", "visual"] = "all"


TimeCommand = (
    StepBack | Seek | Rewind | SaveKeyframe | RenameKeyframe | DeleteKeyframe | SetNoise | SetOption | ResetOptions
)


class HistoryStatus(Message):
    """What can be gone back to: simulated seconds, of the scene since it was last loaded or reset."""

    oldest_s: float = 0.0
    newest_s: float = 0.0
    at_s: float = Field(0.0, description="Where it stands now; before `newest_s` in the past.")
    discarded_s: float = Field(0.0, description="Cut off when it last ran on from the past.")
    states: int = Field(0, description="Recorded states: all of the last seconds, fewer of what is longer ago.")
    bytes: int = 0
    max_bytes: int = 0


class KeptKeyframe(Message):
    """One keyframe that a person saved."""

    name: str
    time_s: float


class Kept(Message):
    """What people have set in a scene and what another engine of the room is given; the keyframes' states follow."""

    options: dict[str, OptionValue] = Field(
        default_factory=dict, description="Those that are not as the model has them."
    )
    noise_scale: float = 0.0
    noise_rate: float = 0.0
    keyframes: tuple[KeptKeyframe, ...] = ()
