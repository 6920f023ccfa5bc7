"""One of a group taken out as a thing of its own, while the others stay where they are around it. Pure."""

from __future__ import annotations

from dataclasses import replace

from py_remote_viewer.scenes.create.layout.arrange import offsets
from py_remote_viewer.scenes.create.things.description import FLOOR, Override, Relation, Scene, Thing
from py_remote_viewer.scenes.create.things.elements import as_one, parted, position, tint_at, without
from py_remote_viewer.scenes.create.things.footprints import footprint

_IN_LINE = {"stack": "on", "row": "right", "": "right"}


def cut(scene: Scene, one: int, index: int, free_id: int) -> tuple[Scene, int] | None:
    """`scene` with element `index` of thing `one` a thing of its own, and its id; None where the rest cannot stay.

    What comes before it keeps the id of the group, what comes behind it is a group of its own; `free_id` and the next are
    taken.
    """
    thing = scene.thing(one)
    index = position(index, thing.total) % thing.total
    if thing.groups > 1 or thing.total < 2 or thing.arrange not in _IN_LINE or not _one_line(thing):
        return None
    side = _IN_LINE[thing.arrange]
    gap = _gap(thing) if side == "right" else None
    before, behind = index, thing.total - index - 1
    single, _ = parted(thing, index)
    middle = free_id if before else one
    single = replace(single, id=middle, place=(Relation(side, (one,), gap),) if before else thing.place)
    parts = [single]
    if before:
        parts.insert(0, _as_left(replace(thing, **without(thing, list(range(index, thing.total))))))
    if behind:
        rest = _as_left(replace(thing, **without(thing, list(range(index + 1))), tint=tint_at(thing, index + 1)))
        parts.append(replace(rest, id=free_id + 1, place=(Relation(side, (middle,), gap),), motion=None, at=None))
    things: list[Thing] = []
    for other in scene.things:
        behind_it = ("on", "above") if side == "on" else ("right",)
        things += parts if other.id == one else [_by_the_last(other, one, parts[-1].id, behind_it)]
    return replace(scene, things=tuple(things)), middle


def _as_left(thing: Thing) -> Thing:
    """One alone is no stack and no row."""
    return replace(as_one(thing), label="", arrange="") if thing.total == 1 else thing


def _one_line(thing: Thing) -> bool:
    """Whether all of them stand in a line, or on top of each other."""
    return len({round(y, 6) for _, y, *_ in offsets(thing, 0)}) == 1


def _gap(thing: Thing) -> float:
    first, second = offsets(thing, 0)[:2]
    return max(0.0, second[0] - first[0] - 2 * footprint(thing).x)


def _by_the_last(thing: Thing, old: int, new: int, kinds: tuple[str, ...]) -> Thing:
    """What stood on the stack stands on its upper part, what stood right of the row right of its end."""
    place = tuple(
        replace(r, targets=tuple(new if t == old else t for t in r.targets))
        if r.kind in kinds and r.index is None
        else r
        for r in thing.place
    )
    return thing if place == thing.place else replace(thing, place=place)


def kept_in_place(before: Thing, after: Thing, gone: list[int]) -> tuple[Override, ...]:
    """What is said of the elements of `after`, so that each stays where it was in `before`, of which `gone` are away."""
    if before.groups > 1 or before.arrange not in ("", "row", "file", "circle", "grid", "wall"):
        return ()
    if any(target != FLOOR for relation in before.place for target in relation.targets):
        return ()  # they are spread over what they stand on
    kept = [index for index in range(before.total) if index not in set(gone)]
    old, new = offsets(before, 0), offsets(after, 0)
    middle = before.arrange == "circle"
    (x0, y0), (x1, y1) = ((0.0, 0.0), (0.0, 0.0)) if middle else (old[0][:2], new[0][:2])
    moved = []
    for number, index in enumerate(kept):
        (ox, oy, oz, _), (nx, ny, nz, _) = old[index], new[number]
        shift = (ox - x0 - nx + x1, oy - y0 - ny + y1, oz - nz)
        if max(map(abs, shift)) > 1e-6:
            moved.append(Override(number, shift=shift))
    return (*after.overrides, *moved) if moved else ()
