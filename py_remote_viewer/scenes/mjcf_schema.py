"""MuJoCo's own schema of MJCF as a tree: which elements hold which, how often, and what attributes they take. Pure.

It is read from the text that `mujoco.mj_printSchema` makes, so it is always that of the MuJoCo that compiles. What that
text leaves out is added here: `frame` and `replicate`, which MuJoCo reads wherever a body's parts may stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, cast

Times = Literal["!", "?", "*", "R"]

_HEAD_CHARS = 30  # of a line, before its attributes
_INDENT = 3
_HEAD = re.compile(r"^( *)(\S+) \(([!?*R])\)\s*$")
_PLACE = ("pos", "quat", "axisangle", "xyaxes", "zaxis", "euler")
# MuJoCo checks neither the attributes of these nor that their elements are known before it reads them.
GROUPS = {"frame": ("name", "childclass", *_PLACE), "replicate": ("count", "offset", "euler", "sep")}


@dataclass(eq=False, slots=True)
class Element:
    """One element at its place in MJCF.

    Attributes:
        times: `!` exactly once, `?` at most once, `*` as often as you like, `R` also inside itself.
        takes_any: attributes outside `attributes` are not refused.
    """

    name: str
    times: Times
    attributes: tuple[str, ...] = ()
    children: dict[str, Element] = field(default_factory=dict)
    takes_any: bool = False

    def child(self, name: str) -> Element | None:
        """What `name` means inside this element; None when it may not stand there."""
        return self.children.get(name)


def parse(text: str) -> Element:
    """The tree in `text`, which is what `mujoco.mj_printSchema(False, False)` gives; its root is `mujoco`.

    Raises:
        ValueError: it does not look like that.
    """
    path: list[Element] = []
    root: Element | None = None
    for line in filter(str.strip, text.splitlines()):
        head = _HEAD.match(line[:_HEAD_CHARS])
        if head is None:
            if line[:_HEAD_CHARS].strip() or not path:
                raise ValueError(f"not a line of MuJoCo's schema: {line!r}")
            path[-1].attributes += tuple(line.split())
            continue
        name = "body" if head[2] == "(world)body" else head[2]
        made = Element(name, cast(Times, head[3]), tuple(line[_HEAD_CHARS:].split()))
        del path[len(head[1]) // _INDENT :]
        if path:
            path[-1].children[name] = made
        root = root or made
        path.append(made)
    if root is None or root.name != "mujoco" or "body" not in root.children:
        raise ValueError("MuJoCo's schema has another shape than the one that is known here")
    _complete(root)
    return root


def _complete(root: Element) -> None:
    """Add what recursion means, and what the printed schema leaves out."""
    body = root.children.pop("body")
    body.times = "*"
    default = root.children["default"]
    default.children["default"] = default
    parts = body.children
    parts["body"] = body
    for name, attributes in GROUPS.items():
        parts[name] = Element(name, "*", attributes, parts, takes_any=True)
    root.children["worldbody"] = Element("worldbody", "*", body.attributes, parts)


def walk(root: Element) -> Iterator[tuple[str, Element]]:
    """Every element once, with the shortest path to it, `mujoco/worldbody/geom`; a parent before its children."""
    seen: set[int] = set()
    waiting = [("mujoco", root)]
    while waiting:
        path, element = waiting.pop(0)
        if id(element) in seen:
            continue
        seen.add(id(element))
        yield path, element
        waiting += [(f"{path}/{name}", child) for name, child in element.children.items()]
