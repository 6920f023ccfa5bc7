"""What a program that steps a model itself (`launch_passive`) and the engine that shows it say to each other.

JSON messages over a Unix socket of the same machine (`SOCK_SEQPACKET`: one message, one packet). States do not go this
way: they are in shared memory, whose descriptor comes with `program_hello`, together with that of the model.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter, ValidationError

from py_remote_viewer.errors import MessageInvalid
from py_remote_viewer.protocol.base import Message
from py_remote_viewer.protocol.look import Look, SetLook
from py_remote_viewer.protocol.messages import EngineInput
from py_remote_viewer.protocol.scene_info import ModelInfo

MAX_PROGRAM_BYTES = 192_000
Number = Annotated[int, Field(ge=-1, le=10_000_000)]


# --- from the program ----------------------------------------------------------------------------------------------------


class ProgramHello(Message):
    """First message; two descriptors come with it: the model as MJB, and the shared memory.

    `steps`: the program steps it and the room shows it; `lends`: the room's engine runs it, from the state in the memory.
    """

    type: Literal["program_hello"] = "program_hello"
    version: Annotated[str, Field(max_length=32)]
    mujoco: Annotated[str, Field(max_length=32)]
    title: Annotated[str, Field(max_length=64)]
    info: ModelInfo
    role: Literal["steps", "lends"] = "steps"


class ViewCamera(Message):
    """An `mjvCamera` in full."""

    mode: Literal["free", "tracking", "fixed"] = "free"
    lookat: tuple[float, float, float]
    distance: float = Field(gt=0)
    azimuth: float
    elevation: float
    fixed_id: Number = -1
    body_id: Number = -1
    orthographic: bool = False


class ShowFrom(Message):
    """The program has moved the camera."""

    type: Literal["show_from"] = "show_from"
    camera: ViewCamera


class Text(Message):
    """One `mjr_overlay`."""

    font: int = Field(ge=0, le=300)
    place: int = Field(ge=0, le=16)
    left: Annotated[str, Field(max_length=2000)]
    right: Annotated[str, Field(max_length=2000)]


class ShowTexts(Message):
    """Texts over the picture, in place of those before."""

    type: Literal["show_texts"] = "show_texts"
    texts: tuple[Text, ...] = Field(max_length=16)


class Upload(Message):
    """New content of a texture, mesh or height field: the arrays lie one after the other in the memory file beside it."""

    type: Literal["upload"] = "upload"
    kind: Literal["texture", "mesh", "hfield"]
    id: Number


class ProgramGoodbye(Message):
    """The program has closed its viewer."""

    type: Literal["program_goodbye"] = "program_goodbye"


FromProgram = ProgramHello | ShowFrom | SetLook | ShowTexts | Upload | ProgramGoodbye

# --- to the program ------------------------------------------------------------------------------------------------------


class ProgramShown(Message):
    """The room shows the program's model."""

    type: Literal["program_shown"] = "program_shown"
    camera: ViewCamera
    look: Look
    width: int
    height: int


class ProgramRefused(Message):
    """It does not, or no longer; the fields of `errors.ViewerError`. The socket closes."""

    type: Literal["program_refused"] = "program_refused"
    error: dict[str, Any]


class PeopleDid(Message):
    """What somebody in the room asked of the simulation: the program has to do it."""

    type: Literal["people_did"] = "people_did"
    command: Annotated[EngineInput, Field(discriminator="type")]


class PutState(Message):
    """Go on from the state (as `sim/full_state.py` has it, float64) in the memory file that comes along."""

    type: Literal["put_state"] = "put_state"


class CameraMoved(Message):
    """Somebody in the room has moved the camera."""

    type: Literal["camera_moved"] = "camera_moved"
    camera: ViewCamera


class Perturbed(Message):
    """The hand in the room, as an `mjvPerturb`: which body (-1: none is selected), how (`active`: bits of mjtPertBit), and
    where to.
    """

    type: Literal["perturbed"] = "perturbed"
    select: Number
    active: int = Field(ge=0, le=3)
    refpos: tuple[float, float, float] = (0.0, 0.0, 0.0)
    refquat: tuple[float, float, float, float] = (1.0, 0.0, 0.0, 0.0)
    refselpos: tuple[float, float, float] = (0.0, 0.0, 0.0)
    localpos: tuple[float, float, float] = (0.0, 0.0, 0.0)
    localmass: float = 0.0
    scale: float = 1.0


class RoomGoodbye(Message):
    """The room shows something else from now on, or the server stops."""

    type: Literal["room_goodbye"] = "room_goodbye"
    reason: str


ToProgram = ProgramShown | ProgramRefused | PeopleDid | PutState | CameraMoved | Look | Perturbed | RoomGoodbye

from_program: TypeAdapter[FromProgram] = TypeAdapter(Annotated[FromProgram, Field(discriminator="type")])
to_program: TypeAdapter[ToProgram] = TypeAdapter(Annotated[ToProgram, Field(discriminator="type")])


def parse_from_program(packet: bytes) -> FromProgram:
    """One message of a program. Raises MessageInvalid."""
    try:
        return from_program.validate_json(packet)
    except ValidationError as exc:
        first = exc.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"])) or "message"
        raise MessageInvalid(f"{where}: {first['msg'][:200]}", hint="Use the same version on both ends.") from None
