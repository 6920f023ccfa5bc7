"""What is left of a model that goes off the stage."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import mujoco
import pytest

from py_remote_viewer.engine.stage import Stage
from py_remote_viewer.engine.value_feed import ValueFeed
from py_remote_viewer.protocol.engine_values import WatchFields
from py_remote_viewer.protocol.hand_input import PerturbStart, Select
from py_remote_viewer.protocol.time_commands import SaveKeyframe, SetNoise, SetOption
from py_remote_viewer.render.gl import GlContext
from py_remote_viewer.render.quality import LADDER
from py_remote_viewer.scenes.building import describe

ARM = """<mujoco><worldbody><body name="arm"><joint name="hinge"/><geom size=".1" mass="1"/></body></worldbody>
<actuator><motor joint="hinge" ctrllimited="true" ctrlrange="-1 1"/></actuator></mujoco>"""


@pytest.fixture
def no_collector() -> Iterator[None]:
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.gl
@pytest.mark.usefixtures("no_collector")
def test_a_scene_that_left_takes_its_memory_with_it_at_once() -> None:
    """History, model and state are tens of megabytes, which must not wait for the garbage collector."""
    with GlContext(64, 48):
        model = mujoco.MjModel.from_xml_string(ARM)
        stage = Stage(1, describe(model, "arm"), model, (64, 48))
        stage.set_level(LADDER[0])
        stage.draw()
        feed = ValueFeed(lambda message, data: None)
        feed.show(stage.simulation)
        feed.watch(WatchFields(peers={"p": ("energy", "contact_force", "qpos")}))
        for command in (
            SetNoise(scale=0.5, rate=0.1),
            SaveKeyframe(name="a"),
            SetOption(field="gravity", value=(0, 0, -1)),
        ):
            stage.apply(command)
        stage.hand("p", Select(body="arm"))
        stage.hand("p", PerturbStart(grip=1, mode="force", x=0, y=0))
        for tick in range(10):
            stage.run(tick / 60, budget_s=0.1)
            feed.feed(tick / 60)
            stage.draw()
        left = weakref.ref(stage), weakref.ref(stage.simulation), weakref.ref(stage.time.timeline.history)
        stage.close()
        other = mujoco.MjModel.from_xml_string(ARM)
        feed.show(Stage(2, describe(other, "arm"), other, (64, 48)).simulation)
    del stage, model
    assert [one() for one in left] == [None, None, None]
