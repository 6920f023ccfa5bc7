"""What the editor asks of a room, and what it is told: a scene exchanged for a changed one, and text that is checked."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from py_remote_viewer.protocol.base import Message

MAX_PROBLEMS = 100


class KeptPose(Message):
    """How much of the scene goes on where the one before it stood, of how many it has; see `sim/carry_over.py`."""

    joints: int = 0
    joints_of: int = 0
    actuators: int = 0
    actuators_of: int = 0
    mocaps: int = 0
    mocaps_of: int = 0
    reason: str = Field("", description="Why nothing was kept; empty otherwise.")


class Problem(Message):
    """One thing that is wrong with MJCF, at its place. Lines and columns count from 1, columns in UTF-16 units."""

    line: int | None = Field(None, ge=1, description="None: the text as a whole.")
    column: int = Field(1, ge=1)
    end_column: int = Field(1, ge=1, description="Behind its last character, in the same line.")
    severity: Literal["error", "warning"] = "error"
    source: Literal["xml", "schema", "names", "limits", "mujoco"] = Field(
        "mujoco",
        description="Who found it: the XML parser, MuJoCo's schema, the names in the text, the server's limits, the compiler.",
    )
    message: str
    hint: str = ""


class SceneSizes(Message):
    """What the text compiles to, in numbers."""

    nbody: int = Field(description="Without the world.")
    njnt: int
    ngeom: int
    nu: int
    nsensor: int
    nq: int
    nv: int
    timestep_s: float


class CheckedScene(Message):
    """What is wrong with a text, everything that could be found; without an error, `sizes` says what it compiles to."""

    problems: tuple[Problem, ...] = ()
    warnings: tuple[str, ...] = Field((), description="What the compiler said and did not refuse.")
    sizes: SceneSizes | None = None
