"""One writer, one reader, no lock: what comes over is whole, new, and of the right model."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator

import mujoco
import numpy as np
import pytest

from py_remote_viewer.errors import SceneInvalid
from py_remote_viewer.sim.full_state import read_state, state_size
from py_remote_viewer.sim.geom_memory import geom_memory
from py_remote_viewer.sim.shared_state import MOST_MARKERS, StateReader, StateWriter

XML = """<mujoco><worldbody><light pos="0 0 3"/><geom type="plane" size="2 2 .1"/>
<body pos="0 0 1"><freejoint/><geom name="ball" size=".1" rgba="1 0 0 1"/></body></worldbody></mujoco>"""


def made() -> tuple[mujoco.MjModel, mujoco.MjData]:
    model = mujoco.MjModel.from_xml_string(XML)
    return model, mujoco.MjData(model)


def sphere(scene: mujoco.MjvScene, x: float) -> None:
    red = np.array([1, 0, 0, 1], np.float32)
    geom = scene.geoms[scene.ngeom]
    mujoco.mjv_initGeom(geom, mujoco.mjtGeom.mjGEOM_SPHERE, [0.1, 0, 0], [x, 0, 0], np.eye(3).ravel(), red)
    scene.ngeom += 1


@pytest.fixture
def model() -> mujoco.MjModel:
    return made()[0]


@pytest.fixture
def markers(model: mujoco.MjModel) -> mujoco.MjvScene:
    return mujoco.MjvScene(model, MOST_MARKERS)


@pytest.fixture
def writer(model: mujoco.MjModel, markers: mujoco.MjvScene) -> Iterator[StateWriter]:
    writer = StateWriter(model, markers)
    yield writer
    writer.close()


@pytest.fixture
def theirs() -> mujoco.MjModel:
    return made()[0]


@pytest.fixture
def reader(theirs: mujoco.MjModel, writer: StateWriter) -> Iterator[StateReader]:
    reader = StateReader(theirs, writer.fd)
    yield reader
    reader.close()


def test_the_newest_state_comes_once_and_bit_for_bit(
    model: mujoco.MjModel, writer: StateWriter, reader: StateReader
) -> None:
    data = mujoco.MjData(model)
    assert not reader.take()
    for _ in range(10):
        mujoco.mj_step(model, data)
        writer.write(data)
    assert reader.take()
    state = read_state(model, data, np.empty(state_size(model)))
    assert reader.state.tobytes() == state.tobytes()
    assert not reader.take()


def test_colours_and_lights_follow_unless_only_the_state_is_wanted(
    model: mujoco.MjModel, theirs: mujoco.MjModel, writer: StateWriter, reader: StateReader
) -> None:
    data = mujoco.MjData(model)
    model.geom_rgba[1] = [0, 1, 0, 1]
    model.vis.headlight.diffuse[:] = 0.9
    writer.write(data)
    assert reader.take()
    assert theirs.geom_rgba[1].tolist() == [0, 1, 0, 1]
    assert theirs.vis.headlight.diffuse[0] == pytest.approx(0.9)
    model.geom_rgba[1] = [0, 0, 1, 1]
    for _ in range(6):  # through every slot
        data.time += 1
        writer.write(data, state_only=True)
        assert reader.take()
        assert theirs.geom_rgba[1].tolist() == [0, 1, 0, 1]
    writer.write(data)
    reader.take()
    assert theirs.geom_rgba[1].tolist() == [0, 0, 1, 1]


def test_a_program_that_stands_still_shows_nothing_new(
    model: mujoco.MjModel, writer: StateWriter, reader: StateReader
) -> None:
    data = mujoco.MjData(model)
    writer.write(data)
    assert reader.take()
    for _ in range(5):
        writer.write(data)
        assert not reader.take()
    data.qpos[0] = 1e-9
    writer.write(data)
    assert reader.take()


def test_markers_arrive_as_they_were_made_and_go_again(
    model: mujoco.MjModel,
    theirs: mujoco.MjModel,
    markers: mujoco.MjvScene,
    writer: StateWriter,
    reader: StateReader,
) -> None:
    data = mujoco.MjData(model)
    for x in (1.0, 2.5):
        sphere(markers, x)
    writer.write(data)
    assert reader.take()
    scene = mujoco.MjvScene(theirs, 10)
    geom_memory(scene)[:2] = reader.markers
    assert [geom.pos[0] for geom in scene.geoms[:2]] == [1.0, 2.5]
    assert scene.geoms[1].type == int(mujoco.mjtGeom.mjGEOM_SPHERE)
    assert scene.geoms[1].rgba.tolist() == [1, 0, 0, 1]
    markers.ngeom = 0
    writer.write(data)
    assert reader.take()
    assert len(reader.markers) == 0


def test_more_markers_than_there_is_room_for_are_cut_off(
    model: mujoco.MjModel, markers: mujoco.MjvScene, writer: StateWriter, reader: StateReader
) -> None:
    sphere(markers, 1.0)
    markers.ngeom = MOST_MARKERS
    writer.write(mujoco.MjData(model))
    assert reader.take()
    assert len(reader.markers) == MOST_MARKERS


def test_a_state_that_is_being_written_over_is_never_shown_in_parts(
    model: mujoco.MjModel, writer: StateWriter, reader: StateReader
) -> None:
    data = mujoco.MjData(model)
    done = threading.Event()

    def write() -> None:
        number = 0.0
        while not done.is_set():
            number += 1
            data.time, data.qpos[:], data.qvel[:] = number, number, number
            writer.write(data)

    thread = threading.Thread(target=write)
    thread.start()
    seen = []
    try:
        while len(seen) < 200:
            if reader.take():
                state = reader.state[: 1 + model.nq + model.nv]
                assert len(set(state.tolist())) == 1
                seen.append(state[0])
    finally:
        done.set()
        thread.join()
    assert seen == sorted(seen)


def test_the_memory_of_another_model_is_refused(writer: StateWriter) -> None:
    other = mujoco.MjModel.from_xml_string("<mujoco><worldbody><geom size='1'/></worldbody></mujoco>")
    with pytest.raises(SceneInvalid, match="does not fit"):
        StateReader(other, writer.fd)


def test_memory_that_nobody_wrote_is_refused(writer: StateWriter, theirs: mujoco.MjModel) -> None:
    size = os.fstat(writer.fd).st_size
    fd = os.memfd_create("nothing")
    os.ftruncate(fd, size)
    with pytest.raises(SceneInvalid, match="another version"):
        StateReader(theirs, fd)
    os.close(fd)


def test_a_marker_that_nobody_has_set_is_nothing(
    writer: StateWriter, reader: StateReader, markers: mujoco.MjvScene, model: mujoco.MjModel
) -> None:
    sphere(markers, 1.0)
    markers.ngeom = MOST_MARKERS  # more than were made: chance memory drew what is not there, and the engine crashed
    writer.write(mujoco.MjData(model))
    assert reader.take()
    kinds = np.ascontiguousarray(reader.markers[:, :4]).view(np.int32).reshape(-1)
    assert kinds[0] == mujoco.mjtGeom.mjGEOM_SPHERE
    assert set(kinds[1:]) == {int(mujoco.mjtGeom.mjGEOM_NONE)}
    assert {geom.matid for geom in markers.geoms[1:]} == {-1}
