"""Which file of an upload is the model."""

from __future__ import annotations

import pytest

from py_remote_viewer.errors import SceneInvalid
from py_remote_viewer.scenes.uploads.roots import model_files, order_of_roots


@pytest.mark.parametrize(
    ("names", "folder", "order"),
    [
        (["a/only.xml", "a/m.stl"], "zz", ["a/only.xml"]),
        (["bot/bot.xml", "bot/scene.xml", "bot/x.xml"], "bot", ["bot/bot.xml"]),
        (["bot/BOT.urdf", "bot/scene.xml"], "bot", ["bot/BOT.urdf"]),
        (["bot/a.xml", "bot/scene.xml"], "bot", ["bot/scene.xml"]),
        (["bot/a.xml", "bot/model.xml"], "x", ["bot/model.xml"]),
        (["deep/scene.xml", "a.xml", "scene.xml"], "", ["scene.xml"]),
        (["b.xml", "a.xml", "c/d.xml"], "", ["a.xml", "b.xml", "c/d.xml"]),
    ],
)
def test_the_model_is_chosen_by_rule(names: list[str], folder: str, order: list[str]) -> None:
    assert order_of_roots(names, folder) == order


def test_what_another_includes_is_tried_last() -> None:
    assert order_of_roots(["a.xml", "b.xml"], "", included={"a.xml"}) == ["b.xml", "a.xml"]


def test_the_nearest_to_the_top_comes_first() -> None:
    assert model_files(["z/a.xml", "B.xml", "a.mjb", "x.stl"]) == ["a.mjb", "B.xml", "z/a.xml"]


def test_without_a_model_it_says_what_came() -> None:
    with pytest.raises(SceneInvalid, match=r"no model in the upload, only \.png, \.stl"):
        order_of_roots(["a.stl", "b.png"], "")
    with pytest.raises(SceneInvalid, match="no model in the upload"):
        order_of_roots([], "")
