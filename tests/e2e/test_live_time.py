"""Going back in time, keyframes and physics options in the whole product: real server, real engine, real Chromium."""

from __future__ import annotations

import json
import os
import re
import signal
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.cli.servers import running
from tests.e2e.live import get, post, simulation, until
from tests.e2e.page import Open

pytestmark = [pytest.mark.e2e, pytest.mark.gl, pytest.mark.timeout(120)]

FALLING = """<mujoco><option timestep="0.002"/><worldbody><light pos="0 0 9"/><geom type="plane" size="5 5 .1"/>
<body pos="0 0 3"><freejoint/><geom type="box" size=".3 .3 .3" rgba="1 .3 .1 1"/></body></worldbody></mujoco>"""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with running("--quality", "lean-50", "--fps", "30", "--scene", "double_pendulum") as (_, url):
        yield url


def state(server: str) -> str:
    xml: str = get(server + "api/simulation/keyframe")["xml"]
    return xml


def option(server: str, name: str) -> Any:
    return next(one["value"] for one in get(server + "api/simulation/options")["options"] if one["name"] == name)


def test_back_and_forth_by_keys_is_the_same_state(server: str, watch: Open) -> None:
    post(server + "api/scene/load", {"preset": "standing_humanoid"})
    tab = watch(server)
    until(lambda: simulation(server)["time_s"] > 1, "a second")
    side = tab.page.locator(".side")
    side.get_by_role("button", name="Pause").click()
    until(lambda: simulation(server)["state"] == "paused", "a pause")
    before = state(server)
    side.get_by_label("Steps at once").fill("200")
    side.get_by_role("button", name="Back", exact=True).click()
    until(lambda: state(server) != before, "200 steps before")
    earlier = state(server)
    tab.focus_picture()
    for _ in range(3):
        tab.page.keyboard.press("ArrowLeft")
    until(lambda: state(server) != earlier, "three more")
    for _ in range(3):
        tab.page.keyboard.press("ArrowRight")
    until(lambda: state(server) == earlier, "three forward")
    side.get_by_role("button", name="Step", exact=True).click()
    until(lambda: state(server) == before, "the state of before, digit for digit")


def test_an_option_changed_on_one_page_is_shown_on_another_and_survives_the_engine(server: str, watch: Open) -> None:
    post(server + "api/scene/load", {"xml": FALLING})
    tab, other = watch(server), watch(server)
    for one in (tab, other):
        one.page.locator(".fold > summary", has_text=re.compile("^Gravity")).click()
    tab.page.get_by_role("button", name="Zero").click()
    until(lambda: option(server, "gravity") == [0, 0, 0], "no gravity")
    expect(other.page.get_by_role("button", name="Zero")).to_have_attribute("aria-pressed", "true")
    tab.page.locator(".side").get_by_role("button", name="Reset").click()
    until(lambda: simulation(server)["time_s"] > 0.3, "time")
    assert 'qpos="0.0 0.0 3.0 1.0 0.0 0.0 0.0"' in state(server), "it hangs in the air"
    change = urllib.request.Request(
        server + "api/simulation/options",
        json.dumps({"timestep": 0.004, "mjENBL_ENERGY": True}).encode(),
        method="PATCH",
    )
    with urllib.request.urlopen(change, timeout=20) as answer:
        assert answer.status == 200
    until(lambda: simulation(server)["timestep_s"] == 0.004, "another timestep")
    pid = get(server + "api/stats")["engine"]["pid"]
    os.kill(pid, signal.SIGKILL)
    until(lambda: get(server + "api/stats")["engine"]["pid"] not in (pid, None), "another engine")
    until(lambda: simulation(server)["state"] == "running", "running")
    assert option(server, "gravity") == [0, 0, 0]
    assert option(server, "timestep") == 0.004


def test_a_saved_keyframe_is_loaded_and_the_scene_reloaded(server: str, watch: Open) -> None:
    post(server + "api/scene/load", {"xml": FALLING})
    tab = watch(server)
    side = tab.page.locator(".side")
    until(lambda: simulation(server)["time_s"] > 0.3, "a fall")
    side.get_by_role("button", name="Pause").click()
    until(lambda: simulation(server)["state"] == "paused", "a pause")
    here = state(server)
    side.get_by_label("Name of a new keyframe").fill("in the air")
    side.get_by_role("button", name="Save state").click()
    expect(side.get_by_role("button", name="in the air", exact=True)).to_be_visible()
    side.get_by_role("button", name="Reset").click()
    until(lambda: state(server) != here, "the start")
    side.get_by_role("button", name="in the air", exact=True).click()
    until(lambda: state(server) == here, "the saved state")
    before = get(server + "api/scene/current")["scene_id"]
    tab.focus_picture()
    tab.page.keyboard.press("Shift+Backspace")
    until(lambda: get(server + "api/scene/current")["scene_id"] > before, "the scene anew")
    assert get(server + "api/scene/current")["xml"] == FALLING
    expect(side.get_by_role("button", name="in the air", exact=True)).to_have_count(0)
