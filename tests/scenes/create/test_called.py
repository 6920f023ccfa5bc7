"""Bodies in messages are called what the person called their things."""

from __future__ import annotations

from py_remote_viewer.scenes.create.things.called import both, called
from py_remote_viewer.scenes.create.things.description import Scene, Thing

SCENE = Scene((Thing(0, "ball", "ball", count=2), Thing(1, "ball", "ball"), Thing(2, "box", "box", colours=("red",))))
BODIES = {0: ["ball_1", "ball_2"], 1: ["ball"], 2: ["red_box"]}


def test_a_body_is_called_what_its_thing_is() -> None:
    assert called("red_box", BODIES, SCENE) == "the red box"
    assert called("ball_2", BODIES, SCENE) == "one of the 2 balls"
    assert called("red_box_lid", BODIES, SCENE) == "the red box"
    assert called("the floor", BODIES, SCENE) == "the floor"


def test_two_of_a_group_and_two_of_a_name_are_told_apart() -> None:
    assert both(("ball_1", "ball_2"), BODIES, SCENE) == "the 2 balls"
    assert both(("ball", "red_box"), BODIES, SCENE) == "the ball and the red box"
    assert both(("red_box", "red_box_lid"), BODIES, SCENE) == "the red box and another like it"
