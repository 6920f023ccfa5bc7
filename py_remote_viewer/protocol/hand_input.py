"""What hands do to bodies: select them, centre on them, pull, turn and move them. All of it is shared by the room."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from py_remote_viewer.protocol.base import Message, Sequence

InPicture = Annotated[float, Field(ge=-1, le=1)]
Plane = Literal["vertical", "horizontal"]
GripNumber = Annotated[
    int, Field(ge=1, le=2**32 - 1, description="Chosen by the peer: one for each time a hand closes.")
]


class Select(Message):
    """Select a body by name or `#id`; null selects nothing."""

    type: Literal["select"] = "select"
    body: Annotated[str, Field(max_length=256)] | None = None


class Pick(Message):
    """What lies under the pointer: select its body, centre the camera there, or follow its body.

    `x`, `y`: in the picture, -1..1 from left to right and from bottom to top.
    """

    type: Literal["pick"] = "pick"
    x: InPicture
    y: InPicture
    action: Literal["select", "centre", "track"] = "select"


class PerturbStart(Message):
    """Close the hand. `force` pulls and `torque` turns the selected body (where none is, the one under the pointer).

    `drag` takes the body under the pointer at that point, and selects it. Answered by `grip`. One hand in a room at a time.
    While the simulation is paused, free and mocap bodies are moved instead. The hand opens with `perturb_end`, when its peer
    leaves, and after 2 s without a `perturb_move`.
    """

    type: Literal["perturb_start"] = "perturb_start"
    grip: GripNumber
    mode: Literal["force", "torque", "drag"]
    x: InPicture
    y: InPicture


class PerturbMove(Message):
    """Where the pointer of a closed hand is now. Lost ones do no harm; send one at least twice a second."""

    type: Literal["perturb_move"] = "perturb_move"
    grip: GripNumber
    x: Annotated[float, Field(ge=-10, le=10)]
    y: Annotated[float, Field(ge=-10, le=10)]
    plane: Plane = "vertical"
    seq: Sequence = 0


class PerturbEnd(Message):
    """Open the hand."""

    type: Literal["perturb_end"] = "perturb_end"


class Grip(Message):
    """Answer to `perturb_start`: the body in the hand; null, and why, when there is none."""

    type: Literal["grip"] = "grip"
    grip: int
    body: str | None = None
    why: str = ""


HandInput = Select | Pick | PerturbStart | PerturbMove | PerturbEnd
