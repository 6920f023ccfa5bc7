"""Physics options of a running model: every field of `mjOption` and every flag, by MuJoCo's own names.

Which fields and flags there are is read from MuJoCo, so another version of it brings its own. Only what a value may be is said
here. A flag is named by its bit (`mjDSBL_CONTACT`, `mjENBL_ENERGY`), an actuator group `disableactuator.2`.
"""

from __future__ import annotations

import enum
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from fnmatch import fnmatch
from operator import attrgetter
from typing import Literal

import mujoco
import numpy as np

from py_remote_viewer.errors import MessageInvalid

Value = float | int | bool | str | tuple[float, ...]
Kind = Literal["float", "int", "vector", "choice", "flag"]

AUTORESET = "mjDSBL_AUTORESET"
_BITS: dict[str, tuple[str, type[enum.IntEnum], tuple[str, ...]]] = {
    "disableflags": ("disable", mujoco.mjtDisableBit, mujoco.mjDISABLESTRING),
    "enableflags": ("enable", mujoco.mjtEnableBit, mujoco.mjENABLESTRING),
}
_GROUPS = "disableactuator"
# The first pattern that fits a name says what its number may be. MuJoCo takes what is beyond mjMAXVAL for a divergence.
_BOUNDS: tuple[tuple[str, float, float], ...] = (
    ("timestep", 1e-6, 1.0),
    ("*iterations", 0, 10_000),
    ("*initpoints", 1, 10_000),
    ("*tolerance", 0, mujoco.mjMAXVAL),
    ("impratio", 1e-6, 1e6),
    ("density", 0, mujoco.mjMAXVAL),
    ("viscosity", 0, mujoco.mjMAXVAL),
    ("*", -mujoco.mjMAXVAL, mujoco.mjMAXVAL),
)


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that can be set.

    Attributes:
        about: MuJoCo's own words on it, for a field of mjOption.
        group: `option`, or for flags `disable`, `enable`, `actuator`.
        size: numbers of a vector; 1 for everything else.
        choices: names of a choice; their values are those of MuJoCo.
        path: of the part of the model that holds it, from the model.
        field: its name there.
        bits: of a flag: the integer there that it is a bit of; empty when the field itself is the flag.
    """

    name: str
    label: str
    kind: Kind
    group: str = "option"
    about: str = ""
    low: float = -math.inf
    high: float = math.inf
    size: int = 1
    choices: dict[str, int] = field(default_factory=dict)
    path: str = "opt"
    field: str = ""
    bits: str = ""
    mask: int = 0


class ModelOptions:
    """The options of one model.

    Attributes:
        auto_reset: what `mjDSBL_AUTORESET` says to people. MuJoCo's own bit stays set, so that a divergence is always seen.
    """

    def __init__(self, model: mujoco.MjModel, more: Mapping[str, Option] | None = None) -> None:
        """The options of `model.opt`, and `more` of other parts of the model."""
        self.auto_reset = False
        self._model = model
        self.table = _table(model.opt) | dict(more or {})
        self._initial = self.values()

    def value(self, option: Option) -> Value:
        """What it is now; a choice by its name."""
        owner = attrgetter(option.path)(self._model)
        if option.kind == "flag":
            if option.name == AUTORESET:
                return not self.auto_reset
            return bool(getattr(owner, option.bits) & option.mask if option.bits else getattr(owner, option.field))
        value = getattr(owner, option.field or option.name)
        match option.kind:
            case "vector":
                return tuple(_plain(value.dtype, one) for one in value.tolist())
            case "choice":
                return next((name for name, number in option.choices.items() if number == value), str(value))
            case "int":
                return int(value)
            case _:
                return float(value) if option.path == "opt" else _plain(np.dtype(np.float32), value)

    def values(self) -> dict[str, Value]:
        """All of them, by name."""
        return {name: self.value(option) for name, option in self.table.items()}

    def changed(self) -> dict[str, Value]:
        """Those that are not as the model has them."""
        return {name: value for name, value in self.values().items() if value != self._initial[name]}

    def initial(self, name: str) -> Value:
        """What the model has."""
        return self._initial[name]

    def set(self, changes: Mapping[str, object], data: mujoco.MjData) -> None:
        """Make all of `changes`, or none.

        Args:
            changes: by the names of `table`: a number, a list of numbers, a name of a choice, or whether a flag's bit is set.
            data: tried with one step on a copy of it, because MuJoCo refuses some choices and flags only then.

        Raises:
            MessageInvalid: there is no such option, it cannot have this value, or MuJoCo refuses it.
        """
        parsed = [(option := self._option(name), parse(option, value)) for name, value in changes.items()]
        before = [(option, self.value(option)) for option, _ in parsed]
        for option, value in parsed:
            self._write(option, value)
        risky = parsed != before and any(o.path == "opt" and o.kind not in ("float", "vector") for o, _ in parsed)
        problem = self._problem(data) if risky else ""
        if problem:
            for option, value in before:
                self._write(option, value)
            names = ", ".join(f"{option.name} = {value}" for option, value in parsed)
            raise MessageInvalid(f"MuJoCo refuses {names}: {problem}", hint="Change what it names first.")

    def reset(self, paths: tuple[str, ...] = ("",)) -> None:
        """As the model has them; only those whose path begins with one of `paths`."""
        for name in self.changed():
            if self.table[name].path.startswith(paths):
                self._write(self.table[name], self._initial[name])

    def _option(self, name: str) -> Option:
        option = self.table.get(name)
        if option is None:
            known = get_close_matches(name, self.table, n=1, cutoff=0.4)
            hint = f"Did you mean {known[0]}?" if known else "GET /api/simulation/options lists them."
            raise MessageInvalid(f"there is no physics option {name[:64]!r}", hint=hint)
        return option

    def _write(self, option: Option, value: Value) -> None:
        owner, name = attrgetter(option.path)(self._model), option.field or option.name
        if option.name == AUTORESET:
            self.auto_reset = not value
        elif option.kind == "flag" and option.bits:
            bits = getattr(owner, option.bits)
            setattr(owner, option.bits, bits | option.mask if value else bits & ~option.mask)
        elif option.kind == "choice":
            setattr(owner, name, option.choices[str(value)])
        elif option.kind == "vector":
            getattr(owner, name)[:] = value
        else:
            setattr(owner, name, value)

    def _problem(self, data: mujoco.MjData) -> str:
        trial = mujoco.MjData(self._model)
        mujoco.mj_copyData(trial, self._model, data)
        try:
            mujoco.mj_step(self._model, trial)
        except mujoco.FatalError as exc:
            return str(exc)
        return ""


def _plain(kind: np.dtype[np.generic], number: float) -> float:
    """The shortest decimal that is `number`: 0.1 where single precision has 0.10000000149."""
    return float(str(np.float32(number))) if kind == np.float32 else float(number)


def parse(option: Option, value: object) -> Value:
    """`value` as `option` takes it.

    Raises:
        MessageInvalid: it cannot be one; the text says what it may be.
    """
    match option.kind:
        case "flag" if isinstance(value, bool) or value in (0, 1):
            return bool(value)
        case "choice":
            return _choice(option, value)
        case "vector" if isinstance(value, list | tuple) and len(value) == option.size:
            return tuple(_number(option, one) for one in value)
        case "float":
            return _number(option, value)
        case "int":
            number = _number(option, value)
            if number == int(number):
                return int(number)
    raise _refused(option, value)


def _number(option: Option, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not option.low <= value <= option.high:
        raise _refused(option, value)
    return float(value)


def _choice(option: Option, value: object) -> str:
    for name, number in option.choices.items():
        if value == number and not isinstance(value, bool):
            return name
        if isinstance(value, str) and value.lower() == name.lower():
            return name
    raise _refused(option, value)


def _refused(option: Option, value: object) -> MessageInvalid:
    match option.kind:
        case "flag":
            wanted = "true or false"
        case "choice":
            wanted = "one of " + ", ".join(option.choices)
        case "vector":
            wanted = f"{option.size} numbers"
        case kind:
            wanted = f"{'a whole' if kind == 'int' else 'a'} number from {option.low:g} to {option.high:g}"
    return MessageInvalid(f"{option.name} cannot be {str(value)[:40]}", hint=f"It takes {wanted}.")


def _table(opt: mujoco.MjOption) -> dict[str, Option]:
    table: dict[str, Option] = {}
    for name, about in _fields().items():
        value = getattr(opt, name)
        choices = getattr(mujoco, f"mjt{name.capitalize()}", None)
        low, high = next((low, high) for pattern, low, high in _BOUNDS if fnmatch(name, pattern))
        if name in _BITS:
            table |= _flags(name)
        elif name == _GROUPS:
            table |= _groups()
        elif choices is not None:
            table[name] = Option(name, name, "choice", about=about, choices=_members(choices))
        elif isinstance(value, np.ndarray):
            table[name] = Option(name, name, "vector", about=about, low=low, high=high, size=value.size)
        elif isinstance(value, int):
            table[name] = Option(name, name, "int", about=about, low=low, high=high)
        else:
            table[name] = Option(name, name, "float", about=about, low=low, high=high)
    return table


def _fields() -> dict[str, str]:
    """The fields of mjOption in the order of its declaration, with what MuJoCo says of each."""
    from mujoco.introspect.structs import STRUCTS  # the declarations of all of MuJoCo: only a room needs them

    here = {name for name in dir(mujoco.MjOption) if not name.startswith("_")}
    fields = {part.name: part.doc for part in STRUCTS["mjOption"].fields if part.name in here}
    return fields | dict.fromkeys(sorted(here - fields.keys()), "")


def _flags(name: str) -> dict[str, Option]:
    group, bits, labels = _BITS[name]
    members = [(bit, int(value)) for bit, value in bits.__members__.items() if not bit.startswith("mjN")]
    flags: dict[str, Option] = {}
    for (bit, mask), label in zip(members, labels, strict=True):
        flags[bit] = Option(bit, label, "flag", group, bits=name, mask=mask)
    return flags


def _groups() -> dict[str, Option]:
    return {
        f"{_GROUPS}.{number}": Option(
            f"{_GROUPS}.{number}", f"Group {number}", "flag", "actuator", bits=_GROUPS, mask=1 << number
        )
        for number in range(mujoco.mjNGROUP)
    }


def _members(choices: type[enum.IntEnum]) -> dict[str, int]:
    """`mjINT_IMPLICITFAST` as `implicitfast`."""
    return {name.partition("_")[2].lower(): int(value) for name, value in choices.__members__.items() if "_" in name}
