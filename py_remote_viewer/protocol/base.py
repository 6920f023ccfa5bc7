"""What every message has in common."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Sequence = Annotated[int, Field(ge=0, le=2**32 - 1, description="Counts the peer's inputs; stale ones are dropped.")]


class Message(BaseModel):
    """One typed message: unknown fields are refused, values never change after parsing, NaN and infinity are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False, populate_by_name=True)
