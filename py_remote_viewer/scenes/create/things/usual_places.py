"""Where a thing goes that another is said to have, and how large a box is that becomes a bin for it. Pure."""

from __future__ import annotations

from py_remote_viewer.scenes.create.lexicon.abilities import VESSELS
from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.things.description import Thing
from py_remote_viewer.scenes.create.things.footprints import ROOMS
from py_remote_viewer.scenes.create.things.phrase import Phrase

TOPS = frozenset(
    """table platform plate ramp seesaw catapult car stairs bridge bookshelf turntable conveyor
    elevator trapdoor""".split()  # noqa: SIM905 - a list of thirteen lines says no more
)
_BOXES = frozenset(["box", "crate", "carton", "chest", "toolbox", "suitcase", "briefcase", "shoebox"]) | VESSELS


def usual_place(kind: str, phrase: Phrase, how: str, noun: str = "") -> str:
    """The relation of what `phrase` names to a holder of that kind and noun; empty where it only stands beside."""
    solid = KINDS[phrase.kind].sort == "solid"
    if phrase.kind == "bin" and phrase.noun != "room" and kind in ("table", "platform") and how != "filled":
        return "on"
    if kind in ("bin", "drawers", "funnel", "maze", "wall_maze", "peg_board", "corridor") and solid:
        return "inside"
    if kind == "bin" and noun in ROOMS and KINDS[phrase.kind].sort != "tie":
        return "inside"
    if solid and noun in _BOXES and how == "with":
        return "inside"
    if solid and (how == "carry" or kind in TOPS):
        return "on" if KINDS[kind].carries or kind == "catapult" else "near"
    return ""


def opened(thing: Thing) -> tuple[tuple[str, float], ...]:
    """The sizes of a box or a cup as those of a bin."""
    dims = dict(thing.dims)
    if thing.kind == "cylinder":
        across = dims.pop("radius", None)
        dims = {} if thing.noun in ("cup", "mug", "glass", "tumbler", "beaker") else dims
        dims |= dict.fromkeys(("length", "width"), 2 * across) if across and dims else {}
    if "size" in dims:
        dims |= dict.fromkeys(("length", "width", "height"), dims.pop("size"))
    return tuple(sorted(dims.items()))
