"""Time and physics in the real engine process: what a room's supervisor can ask of it."""

from __future__ import annotations

import os
import signal

import pytest

from py_remote_viewer.engine.supervisor import EngineSupervisor
from py_remote_viewer.errors import MessageInvalid
from py_remote_viewer.protocol.engine_questions import ChangeOptions, DescribeOptions, DescribeState
from py_remote_viewer.protocol.sim_commands import Pause, Play, Reset, Step
from py_remote_viewer.protocol.status import SimulationStatus
from py_remote_viewer.protocol.time_commands import (
    DeleteKeyframe,
    RenameKeyframe,
    ResetOptions,
    Rewind,
    SaveKeyframe,
    Seek,
    SetNoise,
    SetOption,
    StepBack,
)
from tests.engine.hearing import PENDULUM, UNSTABLE, Room, compiled

pytestmark = pytest.mark.gl


def simulation(room: Room) -> SimulationStatus:
    return room.status.simulation


async def state(engine: EngineSupervisor) -> str:
    xml: str = (await engine.ask(DescribeState())).facts["xml"]
    return xml


async def option(engine: EngineSupervisor, name: str) -> object:
    facts = (await engine.ask(DescribeOptions())).facts
    return next(one["value"] for one in facts["options"] if one["name"] == name)


async def test_back_200_steps_and_forward_200_shows_the_same_numbers(engine: EngineSupervisor, room: Room) -> None:
    await engine.load(compiled(PENDULUM))
    await room.until(lambda: bool(room.statuses) and simulation(room).time_s > 0.7)
    engine.send_input("p", Pause())
    before = await state(engine)
    engine.send_input("p", StepBack(count=200))
    assert await state(engine) != before
    engine.send_input("p", Step(count=200))
    assert await state(engine) == before
    await room.until(lambda: simulation(room).history.at_s == simulation(room).history.newest_s > 0.7)
    assert simulation(room).history.states > 30
    assert 0 < simulation(room).history.bytes <= simulation(room).history.max_bytes


async def test_seeking_pauses_there_shows_a_picture_and_playing_goes_on_from_it(
    engine: EngineSupervisor, room: Room
) -> None:
    await engine.load(compiled(PENDULUM))
    await room.until(lambda: bool(room.statuses) and simulation(room).time_s > 1.0)
    seen = len(room.pictures)
    engine.send_input("p", Seek(time_s=0.5))
    await room.until(lambda: simulation(room).state == "paused" and len(room.pictures) > seen)
    assert simulation(room).time_s == pytest.approx(0.5)
    end_s = simulation(room).history.newest_s
    assert end_s > 1.0
    engine.send_input("p", Play())
    await room.until(lambda: simulation(room).state == "running" and simulation(room).history.discarded_s > 0)
    assert simulation(room).history.discarded_s == pytest.approx(end_s - 0.5, abs=1e-6)
    engine.send_input("p", Reset())
    await room.until(lambda: simulation(room).history.discarded_s == 0)


async def test_a_divergence_can_be_rewound(engine: EngineSupervisor, room: Room) -> None:
    await engine.load(compiled(UNSTABLE))
    await room.until(lambda: bool(room.statuses) and simulation(room).state == "diverged")
    engine.send_input("p", Rewind(seconds=2))
    await room.until(lambda: simulation(room).state == "paused")


async def test_an_option_changes_physics_and_its_pace_and_can_be_taken_back(
    engine: EngineSupervisor, room: Room
) -> None:
    await engine.load(compiled(PENDULUM))
    engine.send_input("p", SetOption(field="timestep", value=0.01))
    engine.send_input("p", SetOption(field="gravity", value=(0, 0, -1.62)))
    await room.until(lambda: bool(room.statuses) and simulation(room).settings == 2)
    assert simulation(room).timestep_s == 0.01
    assert await option(engine, "gravity") == [0, 0, -1.62]
    engine.send_input("p", Pause())
    engine.send_input("p", Reset())
    engine.send_input("p", Step(count=50))
    await room.until(lambda: simulation(room).time_s == pytest.approx(0.5))
    engine.send_input("p", SetOption(field="timestep", value=0))
    await room.until(lambda: any("timestep cannot be 0" in text for text in room.notices))
    engine.send_input("p", ResetOptions())
    await room.until(lambda: simulation(room).timestep_s == 0.002)


async def test_options_can_be_asked_for_and_changed_all_or_none(engine: EngineSupervisor, room: Room) -> None:
    await engine.load(compiled(PENDULUM))
    facts = (await engine.ask(ChangeOptions(changes={"solver": "PGS", "mjDSBL_GRAVITY": True}))).facts
    assert facts["revision"] == 1
    with pytest.raises(MessageInvalid, match="solver cannot be"):
        await engine.ask(ChangeOptions(changes={"timestep": 0.01, "solver": "guess"}))
    assert await option(engine, "timestep") == 0.002
    assert await option(engine, "solver") == "pgs"
    await room.until(lambda: bool(room.statuses) and simulation(room).settings == 1)


async def test_keyframes_are_saved_renamed_loaded_and_deleted(engine: EngineSupervisor, room: Room) -> None:
    await engine.load(compiled(PENDULUM))
    engine.send_input("p", Pause())
    engine.send_input("p", Step(count=123))
    engine.send_input("p", SaveKeyframe(name="here"))
    here = await state(engine)
    engine.send_input("p", RenameKeyframe(name="here", to="there"))
    engine.send_input("p", Reset())
    assert await state(engine) != here
    engine.send_input("p", Reset(keyframe="there"))
    assert await state(engine) == here
    keyframes = (await engine.ask(DescribeOptions())).facts["keyframes"]
    assert [(one["name"], one["saved"]) for one in keyframes if one["saved"]] == [("there", True)]
    engine.send_input("p", DeleteKeyframe(name="there"))
    engine.send_input("p", Reset(keyframe="there"))
    await room.until(lambda: any("no keyframe 'there'" in text for text in room.notices))


async def test_what_people_set_survives_the_engine(engine: EngineSupervisor, room: Room) -> None:
    await engine.load(compiled(PENDULUM))
    engine.send_input("p", SetOption(field="gravity", value=(0, 0, -1.62)))
    engine.send_input("p", SetOption(field="timestep", value=0.004))
    engine.send_input("p", SetNoise(scale=0.25, rate=1))
    engine.send_input("p", SaveKeyframe(name="kept"))
    await room.until(lambda: bool(room.statuses) and simulation(room).settings == 4)
    assert engine.pid is not None
    os.kill(engine.pid, signal.SIGKILL)
    await room.until(lambda: bool(room.restarts))
    known = len(room.statuses)
    await room.until(lambda: len(room.statuses) > known and simulation(room).state == "running")
    facts = (await engine.ask(DescribeOptions())).facts
    assert await option(engine, "gravity") == [0, 0, -1.62]
    assert facts["noise"] == {"scale": 0.25, "rate": 1}
    assert [one["name"] for one in facts["keyframes"] if one["saved"]] == ["kept"]
    assert simulation(room).timestep_s == 0.004
    os.kill(engine.pid, signal.SIGKILL)
    await room.until(lambda: len(room.restarts) == 2)
    known = len(room.statuses)
    await room.until(lambda: len(room.statuses) > known and simulation(room).state == "running")
    assert await option(engine, "timestep") == 0.002, "what it may have died of, twice in half a minute"
    keyframes = (await engine.ask(DescribeOptions())).facts["keyframes"]
    assert [one["name"] for one in keyframes if one["saved"]] == ["kept"]
    await engine.load(compiled(PENDULUM))
    assert (await engine.ask(DescribeOptions())).facts["keyframes"] == [], "another scene has its own"


async def test_who_switches_automatic_reset_on_gets_it_and_hears_of_it(engine: EngineSupervisor, room: Room) -> None:
    await engine.load(compiled(UNSTABLE))
    await room.until(lambda: bool(room.statuses) and simulation(room).state == "diverged")
    engine.send_input("p", SetOption(field="mjDSBL_AUTORESET", value=False))
    engine.send_input("p", Play())
    await room.until(lambda: any("was reset" in text for text in room.notices))
    assert simulation(room).state != "diverged"
