"""Where things stood before a follow-up: what it does not move stays there. Pure.

The layout sets clusters side by side around the origin. After a follow-up each cluster is put back to where its first thing
stood, so that adding, removing and resizing leave the others alone, and `move it 1 m to the left` is seen to move it.
"""

from __future__ import annotations

from dataclasses import replace

from py_remote_viewer.errors import SceneInvalid
from py_remote_viewer.scenes.create.description import Pin, Scene
from py_remote_viewer.scenes.create.elements import shift_at
from py_remote_viewer.scenes.create.layout import Layout
from py_remote_viewer.scenes.create.ties import set_apart, without_ties


def pinned(scene: Scene, before: Scene, seed: int) -> Scene:
    """`scene`, with every thing of `before` remembered at the place where it stood, less what it was moved by."""
    try:
        placed = Layout(without_ties(set_apart(before)), seed).run()
    except SceneInvalid:  # it stood with more room than is usual
        return replace(scene, pins=())
    first: dict[int, Pin] = {}
    for one in placed:
        if one.thing.id not in first and scene.has(one.thing.id):
            x, y, _ = shift_at(one.thing, one.index)
            first[one.thing.id] = Pin(one.thing.id, one.base[0] - x, one.base[1] - y)
    return replace(scene, pins=tuple(first.values()))
