"""What the server may ask an engine that has an answer of its own: a text, facts, or bytes.

A command changes the room and shows in the next picture; a question goes back to who asked. Each kind is a message here
and a case of `engine/answers.py`.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from py_remote_viewer.protocol.base import Message
from py_remote_viewer.protocol.time_commands import OptionValue


class DescribeState(Message):
    """The state as it stands, as a `<key>` element of MJCF. Answer: `{"xml": ...}`."""

    type: Literal["describe_state"] = "describe_state"
    name: Annotated[str, Field(max_length=64)] = ""


class ExportModel(Message):
    """The compiled model, as the bytes of an MJB file. Answer: `{"mujoco": its version}` and the bytes."""

    type: Literal["export_model"] = "export_model"


class TakeSnapshot(Message):
    """All that drawing the view again takes but the model. Answer: `{"load_id", "time_s", "camera", "options",
    "look", "visual"}`, and the integration state as bytes.
    """

    type: Literal["take_snapshot"] = "take_snapshot"


class DescribeOptions(Message):
    """Physics options, noise and keyframes, each with what it is and may be."""

    type: Literal["describe_options"] = "describe_options"


class ChangeOptions(Message):
    """Make all of these changes, or none. Answer as to `describe_options`."""

    type: Literal["change_options"] = "change_options"
    changes: dict[str, OptionValue]


class DescribeModel(Message):
    """The model's lists for the panels, from `offset` on. Answer: the bytes of a JSON object (`sim/model_facts.py`)."""

    type: Literal["describe_model"] = "describe_model"
    scene_id: int = Field(description="Comes back in the answer.")
    offset: int = Field(0, ge=0)
    limit: int = Field(2000, ge=1, le=2000)


class PrintText(Message):
    """Every number of the model or of its data, as MuJoCo prints it. Answer: the bytes of a text."""

    type: Literal["print_text"] = "print_text"
    what: Literal["model", "data"]


Question = PrintText | DescribeState | ExportModel | TakeSnapshot | DescribeOptions | ChangeOptions | DescribeModel


class Ask(Message):
    """A question; answered by `told` with the same `ask_id`, in the order of asking."""

    type: Literal["ask"] = "ask"
    ask_id: int
    question: Annotated[Question, Field(discriminator="type")]


class Told(Message):
    """The answer; bytes that belong to it follow as the binary part.

    `error` has the fields of `errors.ViewerError` (code, message, hint) when the question could not be answered.
    """

    type: Literal["told"] = "told"
    ask_id: int
    facts: dict[str, Any] = Field(default_factory=dict)
    error: dict[str, Any] | None = None
