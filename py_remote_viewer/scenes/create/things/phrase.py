"""What a noun phrase says, as it was read; nothing of it has happened yet."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Phrase:
    """What a noun phrase says. `kind` is empty for a pronoun (`pron`), `floor` for the floor, `?` for an unknown noun."""

    start: int
    end: int = 0
    kind: str = ""
    noun: str = ""
    plural: bool = False
    pron: str = ""
    det: str = ""
    each: bool = False
    count: int | None = None
    groups: int = 1
    label: str = ""
    arrange: str = ""
    shape: tuple[int, ...] = ()
    ordinal: int | None = None
    level: str = ""  # `the upper one`: the `top` or the `bottom` of what stands on each other
    parts: int | None = None
    part: str = ""
    lists: list[tuple[str, tuple[float, ...]]] = field(default_factory=list)
    tag: str = ""
    shared: bool = False  # its noun comes later: `a red` in `a red and a blue ball`
    beside: list[int] = field(default_factory=list)
    changes: dict[str, Any] = field(default_factory=dict)
    dims: dict[str, float] = field(default_factory=dict)
    scales: dict[str, float] = field(default_factory=dict)
    colours: list[str] = field(default_factory=list)
    motion: str = ""
    speed: float | None = None
    model: str = ""  # the name of a real robot before `robot`
    profile: str = ""  # of a T-shaped block and the like: its kind
    given: dict[str, Any] = field(default_factory=dict)
    element: Phrase | None = None
    elements: list[Phrase] = field(default_factory=list)

    @property
    def definite(self) -> bool:
        """Whether it points at something that is there."""
        return self.det == "the" or bool(self.pron) or bool(self.tag)

    def pointed_at(self) -> Phrase:
        """The same noun, pointed at: the last of that kind."""
        stuff = {key: value for key, value in self.changes.items() if key == "material"}
        return Phrase(
            self.start,
            self.end,
            self.kind,
            self.noun,
            det="the",
            label=self.label,
            colours=[*self.colours],
            changes=stuff,
        )
