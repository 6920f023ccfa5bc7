"""A room's scene over the engines that come and go: who owns the model, and what the next engine goes on from."""

from __future__ import annotations

import os

import pytest

from py_remote_viewer.engine.handover import Handover
from py_remote_viewer.engine.restart import RestartPlan
from py_remote_viewer.errors import EngineFailed, RoomBusy
from py_remote_viewer.protocol.engine_messages import KeptSaved, ResumeFrom, StateSaved
from py_remote_viewer.protocol.scene_edits import KeptPose
from py_remote_viewer.protocol.time_commands import Kept, KeptKeyframe
from tests.fakes import compiled

GO_ON = RestartPlan(0, keep_state=True, pause=False, give_up=False, said="")
ANEW = RestartPlan(0, keep_state=False, pause=False, give_up=False, said="")
PAUSED = RestartPlan(0, keep_state=False, pause=True, give_up=False, said="")
KEPT = Kept(options={"timestep": 0.001}, keyframes=(KeptKeyframe(name="mine", time_s=1),))
RESUME = ResumeFrom.model_construct(has_state=True)


def saved(load_id: int) -> StateSaved:
    return StateSaved.model_construct(load_id=load_id, resume=RESUME)


async def test_the_next_engine_gets_what_the_last_one_saved() -> None:
    held = Handover()
    assert held.message() is None
    load = held.begin(compiled("one"), keep_pose=False)
    held.settle(load.load_id, None)
    await load.done
    held.finish(load)
    held.state_saved(saved(7), b"of another scene")
    held.state_saved(saved(1), b"state")
    held.kept_saved(KeptSaved(load_id=1, kept=KEPT), b"keyframe")
    assert held.engine_ended(GO_ON, "it was killed")
    first = held.message()
    assert first is not None
    assert (first[1].load_id, first[1].resume, first[1].kept, first[2]) == (1, RESUME, KEPT, b"statekeyframe")
    assert not held.engine_ended(ANEW, "again")
    second = held.message()
    assert second is not None
    assert (second[1].resume, second[1].paused, second[2]) == (None, False, b"keyframe")
    assert second[1].kept == Kept(keyframes=KEPT.keyframes)  # options may be what it died of
    held.engine_ended(PAUSED, "again")
    third = held.message()
    assert third is not None
    assert third[1].paused
    held.release()


async def test_a_load_that_fails_leaves_the_scene_before_it_and_its_state() -> None:
    held = Handover()
    one, two = compiled("one"), compiled("two")
    held.finish(held.begin(one, keep_pose=False))
    held.state_saved(saved(1), b"state")
    load = held.begin(two, keep_pose=True)
    with pytest.raises(RoomBusy):
        held.model_file(1)
    held.settle(load.load_id, "no")
    with pytest.raises(EngineFailed, match="cannot show the scene: no"):
        await load.done
    held.take_back(load)
    assert two.fd == -1
    message = held.message()
    assert message is not None
    assert (message[0], message[2]) == ([one.fd], b"state")
    held.release()
    assert one.fd == -1
    assert not held.has_scene


async def test_a_newer_scene_outlives_one_that_fails_behind_it() -> None:
    held = Handover()
    one, two, three = compiled("one"), compiled("two"), compiled("three")
    held.finish(held.begin(one, keep_pose=False))
    failing = held.begin(two, keep_pose=False)
    newest = held.begin(three, keep_pose=False)
    held.take_back(failing)
    assert (two.fd, held.has_scene) == (-1, True)
    held.pose_kept(newest.load_id, KeptPose(joints=1, joints_of=2))
    kept = held.finish(newest)
    assert kept is not None
    assert kept.joints == 1
    assert one.fd == -1
    fd, size = held.model_file(None)
    assert os.fstat(fd).st_size == size
    os.close(fd)
    held.release()


async def test_who_waits_is_told_when_the_engine_or_the_room_ends() -> None:
    held = Handover()
    load = held.begin(compiled("one"), keep_pose=False)
    held.engine_ended(GO_ON, "exit code 1")
    with pytest.raises(EngineFailed, match="exit code 1"):
        await load.done
    held.take_back(load)
    load = held.begin(compiled("two"), keep_pose=False)
    held.close()
    with pytest.raises(EngineFailed, match="the room is closed"):
        await load.done
    held.take_back(load)
