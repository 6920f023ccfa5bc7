"""A scene in one line: its title, and what was made, for messages. Pure."""

from __future__ import annotations

from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.things.describe import given_of, name_of
from py_remote_viewer.scenes.create.things.describe_form import plural
from py_remote_viewer.scenes.create.things.describe_joints import load_place
from py_remote_viewer.scenes.create.things.description import Scene, Thing

_TITLE_CHARS = 64
_MADE_CHARS = 600


def made(scene: Scene) -> str:
    """All that was made, for people: nothing is left out but what would be too many words."""
    names = [_with_parts(thing) for thing in scene.things]
    text = ", ".join(names[:-1]) + (" and " if len(names) > 1 else "") + names[-1]
    if len(text) > _MADE_CHARS:
        few = names[: max(1, len(names) * _MADE_CHARS // len(text))]
        text = ", ".join(few) + (f" and {len(names) - len(few)} more" if len(few) < len(names) else "")
    return text


def _with_parts(thing: Thing) -> str:
    part = KINDS[thing.kind].part
    parts = (
        f" with {thing.parts} {plural(part) if thing.parts != 1 else part}" if thing.parts is not None and part else ""
    )
    given = thing.parts in (given_of(thing).get("parts"), KINDS[thing.kind].parts[0])
    hung = (
        f" with {name_of(thing.load)} {load_place(thing)}" if thing.load is not None and thing.kind != "slider" else ""
    )
    return name_of(thing) + ("" if given else parts) + hung


def title_of(scene: Scene) -> str:
    """A name for the whole, at most 64 characters."""
    names = [name_of(thing) for thing in scene.things]
    names = [name.split(" ", 1)[1] if name.startswith(("a ", "an ")) else name for name in names]
    title = ""
    for index, name in enumerate(names):
        longer = name if not title else f"{title}, {name}" if index < len(names) - 1 else f"{title} and {name}"
        if len(longer) > _TITLE_CHARS:
            break
        title = longer
    title = title or names[0][:_TITLE_CHARS]
    return title[:1].upper() + title[1:]
