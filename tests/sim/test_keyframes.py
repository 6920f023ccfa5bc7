import mujoco
import pytest

from py_remote_viewer.errors import MessageInvalid, NotFound, TooLarge
from py_remote_viewer.sim.keyframes import MOST_KEYFRAMES, SavedKeyframes

MODEL = mujoco.MjModel.from_xml_string("""<mujoco><worldbody><body mocap="true" name="hand"/>
<body pos="0 0 1"><freejoint/><geom size=".1"/></body></worldbody><keyframe><key name="start"/></keyframe></mujoco>""")


@pytest.fixture
def data() -> mujoco.MjData:
    data = mujoco.MjData(MODEL)
    mujoco.mj_step(MODEL, data, 50)
    data.mocap_pos[0] = (1, 2, 3)
    return data


def test_a_saved_one_brings_back_what_a_keyframe_holds_and_nothing_else(data: mujoco.MjData) -> None:
    keyframes = SavedKeyframes(MODEL)
    data.xfrc_applied[2] = 5
    keyframes.save("there", data)
    assert keyframes.time_s("there") == data.time
    other = mujoco.MjData(MODEL)
    other.xfrc_applied[:] = 9
    assert keyframes.load("there", other)
    assert (other.qpos == data.qpos).all()
    assert (other.qvel == data.qvel).all()
    assert (other.mocap_pos == data.mocap_pos).all()
    assert (other.time, other.xfrc_applied.any()) == (data.time, False)
    assert not keyframes.load("nowhere", other)


def test_they_are_renamed_replaced_and_forgotten(data: mujoco.MjData) -> None:
    keyframes = SavedKeyframes(MODEL)
    keyframes.save("a", data)
    keyframes.save("b", data)
    keyframes.rename("a", "c")
    assert keyframes.names == ("c", "b")
    mujoco.mj_step(MODEL, data)
    keyframes.save("b", data)
    assert keyframes.time_s("b") > keyframes.time_s("c")
    keyframes.delete("c")
    assert keyframes.names == ("b",)
    with pytest.raises(NotFound, match="'c'"):
        keyframes.delete("c")
    with pytest.raises(NotFound):
        keyframes.rename("c", "d")


@pytest.mark.parametrize("name", ["start", "", "  ", "#1"])
def test_a_name_that_means_something_else_is_refused(data: mujoco.MjData, name: str) -> None:
    keyframes = SavedKeyframes(MODEL)
    keyframes.save("mine", data)
    with pytest.raises(MessageInvalid):
        keyframes.save(name, data)
    with pytest.raises(MessageInvalid):
        keyframes.rename("mine", name)
    keyframes.save("other", data)
    with pytest.raises(MessageInvalid, match="saved already"):
        keyframes.rename("mine", "other")


def test_there_is_room_for_so_many_and_no_more(data: mujoco.MjData) -> None:
    keyframes = SavedKeyframes(MODEL)
    for number in range(MOST_KEYFRAMES):
        keyframes.save(f"k{number}", data)
    with pytest.raises(TooLarge):
        keyframes.save("one more", data)
    keyframes.save("k3", data)


def test_they_move_to_another_engine(data: mujoco.MjData) -> None:
    keyframes = SavedKeyframes(MODEL)
    keyframes.save("a", data)
    mujoco.mj_step(MODEL, data)
    keyframes.save("b", data)
    other = SavedKeyframes(MODEL)
    other.unpack(keyframes.names, keyframes.packed())
    assert (other.names, other.packed()) == (keyframes.names, keyframes.packed())
    with pytest.raises(MessageInvalid, match="do not fit"):
        other.unpack(("a",), b"123")
