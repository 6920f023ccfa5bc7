"""Bodies of a model by what the person called the things that they belong to: for messages. Pure."""

from __future__ import annotations

from py_remote_viewer.scenes.create.things.describe import short_name
from py_remote_viewer.scenes.create.things.description import Scene


def called(body: str, bodies: dict[int, list[str]], scene: Scene) -> str:
    """A body by what the person called the thing that it belongs to."""
    owners = [
        (len(name), thing)
        for thing in scene.things
        for name in bodies.get(thing.id, [])
        if body == name or body.startswith(f"{name}_")
    ]
    if not owners:
        return body.replace("_", " ")
    thing = max(owners, key=lambda owner: owner[0])[1]
    return short_name(thing) if thing.total == 1 or thing.label else f"one of the {short_name(thing)}"


def both(pair: tuple[str, str], bodies: dict[int, list[str]], scene: Scene) -> str:
    """Two of them: `the red ball and one of the 3 boxes`."""
    one, other = (called(name, bodies, scene) for name in pair)
    if one != other:
        return f"{one} and {other}"
    return one.removeprefix("one of ") if one.startswith("one of") else f"{one} and another like it"
