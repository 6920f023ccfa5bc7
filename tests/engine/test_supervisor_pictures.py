"""Pictures of the real engine process: they decode, every rung once, an IDR where one is asked for."""

from __future__ import annotations

import av
import numpy as np
import pytest

from py_remote_viewer.engine.supervisor import EngineSupervisor
from py_remote_viewer.protocol.camera_input import Orbit
from py_remote_viewer.protocol.engine_messages import (
    RungSpec,
)
from py_remote_viewer.protocol.sim_commands import Pause, SetQuality
from tests.engine.hearing import PENDULUM, Room, compiled, decoded

pytestmark = pytest.mark.gl


async def test_pictures_decode_and_show_that_the_simulation_moves(engine: EngineSupervisor, room: Room) -> None:
    await engine.load(compiled(PENDULUM))
    assert room.pictures, "load returns when a picture is out"
    assert room.pictures[0].is_idr
    await room.until(lambda: len(room.pictures) >= 40)
    pictures = decoded(room.pictures[:40])
    assert len(pictures) == 40
    assert np.abs(pictures[39].astype(int) - pictures[0].astype(int)).max() > 60
    assert sum(picture.is_idr for picture in room.pictures) == 1
    captured = [picture.captured_s for picture in room.pictures]
    assert captured == sorted(captured)
    await room.until(lambda: room.statuses != [] and room.status.picture.fps > 0)
    assert room.status.encoder_calls <= room.status.pictures_encoded


async def test_an_idr_comes_on_demand(engine: EngineSupervisor, room: Room) -> None:
    await engine.load(compiled(PENDULUM))
    engine.force_idr()
    await room.until(lambda: sum(picture.is_idr for picture in room.pictures) == 2)


async def test_quality_can_be_fixed_while_running(engine: EngineSupervisor, room: Room) -> None:
    await engine.load(compiled(PENDULUM))
    engine.send_input("p", SetQuality(level="lean-50"))
    await room.until(lambda: room.pictures[-1].width == 320)
    assert next(picture for picture in room.pictures if picture.width == 320).is_idr


async def test_every_rung_in_use_is_encoded_once_per_picture_and_no_other(engine: EngineSupervisor, room: Room) -> None:
    await engine.load(compiled(PENDULUM))
    rungs = (
        RungSpec(rung=0),
        RungSpec(rung=1, height=180, fps=30, bitrate_bps=300_000),
        RungSpec(rung=2, codec="vp8", height=180),
        RungSpec(rung=3, codec="mjpeg", height=90, fps=15),
    )
    engine.set_demand(present=True, rungs=rungs)
    await room.until(lambda: len({picture.rung for picture in room.pictures}) == 4)
    await room.until(lambda: room.status.rungs != () and all(rung.fps >= 14 for rung in room.status.rungs))
    by_rung = {number: [p for p in room.pictures if p.rung == number] for number in range(4)}
    assert [(by_rung[n][-1].codec, by_rung[n][-1].height) for n in range(4)] == [
        ("h264", 360),
        ("h264", 180),
        ("vp8", 180),
        ("mjpeg", 90),
    ]
    assert all(pictures[0].is_idr for pictures in by_rung.values())
    fps = {rung.rung: rung.fps for rung in room.status.rungs}
    assert fps[0] / 2 - 4 <= fps[1] <= 32, (
        "a busy machine draws fewer than 60, of which a slow rung takes more than half"
    )
    assert fps[0] / 4 - 3 <= fps[3] <= 17
    decoder = av.CodecContext.create("vp8", "r")
    assert [len(decoder.decode(av.Packet(picture.data))) for picture in by_rung[2][:5]] == [1] * 5
    assert by_rung[3][0].data.startswith(b"\xff\xd8")
    engine.set_demand(present=True, rungs=rungs[:1])
    known = len(room.statuses)
    await room.until(lambda: len(room.statuses) > known + 5)
    seen = len(room.pictures)
    await room.until(lambda: len(room.pictures) > seen + 20)
    assert {picture.rung for picture in room.pictures[seen:]} == {0}
    assert room.status.encoder_calls < 4 * room.status.pictures_encoded


async def test_an_idr_of_one_rung_is_no_idr_of_another(engine: EngineSupervisor, room: Room) -> None:
    await engine.load(compiled(PENDULUM))
    engine.set_demand(present=True, rungs=(RungSpec(rung=0), RungSpec(rung=1, height=180)))
    await room.until(lambda: len([p for p in room.pictures if p.rung == 1]) > 10)
    before = {rung: sum(p.is_idr for p in room.pictures if p.rung == rung) for rung in (0, 1)}
    engine.force_idr(1)
    await room.until(lambda: sum(p.is_idr for p in room.pictures if p.rung == 1) == before[1] + 1)
    assert sum(p.is_idr for p in room.pictures if p.rung == 0) == before[0]


async def test_a_slow_rung_ends_with_the_last_picture_too(engine: EngineSupervisor, room: Room) -> None:
    await engine.load(compiled(PENDULUM))
    engine.set_demand(present=True, rungs=(RungSpec(rung=0), RungSpec(rung=1, codec="mjpeg", fps=5)))
    engine.send_input("p", Pause())
    await room.until(lambda: bool(room.statuses) and room.status.simulation.state == "paused")
    known = len(room.statuses)
    await room.until(lambda: len(room.statuses) > known + 1)  # quiet by now
    engine.send_input("p", Orbit(d_azimuth=60, d_elevation=10, seq=1))
    known = len(room.statuses)
    await room.until(lambda: len(room.statuses) > known + 1)
    shown = {rung: [p for p in room.pictures if p.rung == rung] for rung in (0, 1)}
    jpeg = av.CodecContext.create("mjpeg", "r").decode(av.Packet(shown[1][-1].data))[0].to_ndarray(format="gray")
    assert np.abs(jpeg.astype(int) - decoded(shown[0])[-1].astype(int)).mean() < 8


async def test_another_scene_keeps_the_size_of_a_picture_that_is_filmed(engine: EngineSupervisor, room: Room) -> None:
    await engine.load(compiled(PENDULUM))
    engine.set_demand(present=True, rungs=(RungSpec(),), filmed=True)
    engine.send_input("ada", SetQuality(level="lean-50"))
    await room.until(lambda: bool(room.pictures) and room.pictures[-1].width == 320)
    engine.send_input("ada", SetQuality(level="auto"))
    shown = len(room.pictures)
    await engine.load(compiled(PENDULUM.replace("arm", "leg")))  # so small a scene would be drawn larger
    await room.until(lambda: len(room.pictures) > shown + 20)
    assert {picture.width for picture in room.pictures[shown:]} == {320}
