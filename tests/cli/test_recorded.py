"""Recording with the real server and nobody watching: through a killed engine, another scene, and a killed server."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

import av
import pytest

from py_remote_viewer.record.replay import replay
from py_remote_viewer.record.trajectory import load_trajectory
from tests.cli.servers import running
from tests.e2e.live import get, post, until

pytestmark = pytest.mark.gl
ARGUMENTS = ("--quality", "lean-50", "--scene", "double_pendulum")


def times_of(path: Path) -> list[float]:
    with av.open(str(path)) as container:
        return [float(frame.time or 0) for frame in container.decode(video=0)]


def test_a_recording_goes_on_through_a_killed_engine_and_another_scene(tmp_path: Path) -> None:
    with running(*ARGUMENTS, VIEWER_RECORDINGS_DIR=str(tmp_path)) as (_, url):
        until(lambda: get(url + "api/stats")["simulation_state"]["mujoco"]["initialized"], "a scene")
        begun = post(url + "api/recordings", {"video": True, "trajectory": True})

        def pictures() -> int:
            return int(get(url + "api/stats")["frames_sent"])

        def more(count: int) -> None:
            least = pictures() + count
            until(lambda: pictures() >= least, f"{count} more pictures", 30.0)

        more(150)  # the newest second dies with the engine
        engine = get(url + "api/stats")["engine"]
        os.kill(engine["pid"], signal.SIGKILL)
        until(lambda: get(url + "api/stats")["engine"]["restarts"] == 1, "another engine")
        more(30)
        post(url + "api/scene/load", {"preset": "pendulum"})
        more(30)
        assert get(url + "api/stats")["recording"]["id"] == begun["id"]
        before = get(url + "api/stats")["engine"]
        more(20)
        after = get(url + "api/stats")["engine"]
        calls, drawn = (after[name] - before[name] for name in ("encoder_calls", "pictures_encoded"))
        assert abs(calls - drawn) <= 1  # one encode a picture, and the counts are not taken at the same moment
        done = post(url + f"api/recordings/{begun['id']}/stop", {})
    assert (done["state"], done["reason"]) == ("done", "")
    folder = tmp_path / begun["id"]
    kinds = [(file["name"], file["scene"]) for file in done["files"]]
    assert ("video-1.mp4", "") in kinds
    assert [scene for name, scene in kinds if "trajectory" in name] == [
        "double_pendulum",
        "double_pendulum",
        "pendulum",
    ]
    times = times_of(folder / "video-1.mp4")
    assert len(times) >= 90
    assert times == sorted(set(times))
    trajectories = [load_trajectory(folder / name) for name, _ in kinds if "trajectory" in name]
    assert [one.ended for one in trajectories] == ["", "another scene", "stopped"]
    for one in trajectories:
        again = replay(one)
        assert again.difference is None, str(again.difference)
        assert again.steps > 50
    names = [one.xml.split("model=")[1].split('"')[1] for one in trajectories if one.xml is not None]
    assert names == ["double_pendulum", "double_pendulum", "pendulum"]


def test_what_a_killed_server_recorded_is_there_when_it_comes_back(tmp_path: Path) -> None:
    with running(*ARGUMENTS, VIEWER_RECORDINGS_DIR=str(tmp_path)) as (process, url):
        until(lambda: get(url + "api/stats")["simulation_state"]["mujoco"]["initialized"], "a scene")
        begun = post(url + "api/recordings", {"video": True, "trajectory": True})
        path = tmp_path / begun["id"] / "video-1.mp4"
        until(lambda: path.exists() and path.stat().st_size > 30_000, "two seconds of pictures", 40.0)
        process.kill()
        process.wait()
    with running(*ARGUMENTS, VIEWER_RECORDINGS_DIR=str(tmp_path)) as (_, url):
        listed: list[dict[str, Any]] = get(url + "api/recordings")["recordings"]
    [one] = listed
    assert (one["state"], one["reason"]) == ("interrupted", "the server ended while it recorded")
    assert one["duration_s"] >= 1.0
    assert len(times_of(path)) > 10
    again = replay(load_trajectory(tmp_path / begun["id"] / "trajectory-1.prvt"))
    assert again.difference is None
    assert again.steps > 100
