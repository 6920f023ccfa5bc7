"""The whole product: the real server, engine and compiler, watched and driven in a real Chromium."""

from __future__ import annotations

import os
import re
import signal
import socket
from collections.abc import Iterator

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.cli.servers import running
from tests.e2e.live import COUNT_CONNECTIONS, decoded, difference, get, post, until, until_moving, until_paused
from tests.e2e.page import Open, Tab, assert_accessible

pytestmark = [pytest.mark.e2e, pytest.mark.gl]

ONE_COLOUR = """<mujoco><visual><headlight ambient="1 1 1" diffuse="0 0 0" specular="0 0 0"/></visual><worldbody>
<geom type="box" size="5 .1 5" rgba=".8 .2 .1 1"/></worldbody></mujoco>"""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with running("--quality", "lean-50", "--fps", "30", "--scene", "double_pendulum") as (_, url):
        yield url


def paused(server: str, tab: Tab) -> None:
    tab.focus_picture()
    tab.page.keyboard.press("Space")
    until_paused(server)


def test_the_picture_moves(server: str, watch: Open) -> None:
    post(server + "api/scene/load", {"preset": "double_pendulum"})
    tab = watch(server)
    until_moving(tab.page)
    assert_accessible(tab.page)


def test_dragging_turns_the_camera_and_the_wheel_zooms(server: str, watch: Open) -> None:
    post(server + "api/scene/load", {"preset": "arm"})
    tab = watch(server)
    paused(server, tab)
    before_camera = get(server + "api/stats")["simulation_state"]["camera"]
    before = decoded(tab.page)
    box = tab.page.locator(".picture").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    tab.page.mouse.move(x, y)
    tab.page.mouse.down()
    tab.page.mouse.move(x + 150, y + 20, steps=8)
    tab.page.mouse.up()
    until(lambda: difference(decoded(tab.page), before) > 30, "another view")
    turned = until(
        lambda: (
            (c := get(server + "api/stats")["simulation_state"]["camera"])["azimuth"] != before_camera["azimuth"] and c
        ),
        "another azimuth",
    )
    assert turned["distance"] == pytest.approx(before_camera["distance"])
    tab.page.mouse.move(x + 60, y - 40)
    tab.page.mouse.wheel(0, -300)
    until(
        lambda: get(server + "api/stats")["simulation_state"]["camera"]["distance"] < 0.9 * before_camera["distance"],
        "a nearer camera",
    )


def test_a_scene_loaded_by_rest_reaches_two_browsers_without_reconnecting(server: str, watch: Open) -> None:
    post(server + "api/scene/load", {"preset": "pendulum"})
    tabs = [watch(server, COUNT_CONNECTIONS), watch(server, COUNT_CONNECTIONS)]
    before = [decoded(tab.page) for tab in tabs]
    answer = post(server + "api/scene/load", {"preset": "newtons_cradle"})
    assert answer["success"] is True
    assert {"name", "nbody", "nq", "nv", "nu", "ngeom"} <= set(answer["model_info"])
    for tab, old in zip(tabs, before, strict=True):
        until(lambda tab=tab, old=old: difference(decoded(tab.page), old) > 40, "the new scene", 5.0)
        expect(tab.page.locator(".top")).to_contain_text(re.compile("cradle", re.I))
        assert tab.page.evaluate("__connections.length") == 1
        until_moving(tab.page)


def test_a_scene_that_does_not_compile_leaves_everybody_as_they_were(server: str, watch: Open) -> None:
    post(server + "api/scene/load", {"preset": "double_pendulum"})
    tab = watch(server)
    before = get(server + "api/scene/current")
    with pytest.raises(Exception, match="400"):
        post(server + "api/scene/load", {"xml": "<mujoco><worldbody><geom size='-1'/></worldbody></mujoco>"})
    assert get(server + "api/scene/current") == before
    until_moving(tab.page)


def test_colours_come_out_as_they_were_drawn(server: str, watch: Open) -> None:
    post(server + "api/scene/load", {"xml": ONE_COLOUR})
    tab = watch(server)
    middle = until(lambda: (p := decoded(tab.page)[45, 80])[0] > 150 and p, "the coloured wall")
    assert np.abs(middle - np.array([204, 51, 26])).max() <= 8


def test_a_killed_engine_comes_back_on_the_same_connection(server: str, watch: Open) -> None:
    post(server + "api/scene/load", {"preset": "double_pendulum"})
    tab = watch(server, COUNT_CONNECTIONS)
    until_moving(tab.page)
    stats = get(server + "api/stats")
    before_s = stats["simulation_state"]["simulation"]["time"]
    os.kill(stats["engine"]["pid"], signal.SIGKILL)
    until(lambda: get(server + "api/stats")["engine"]["restarts"] > stats["engine"]["restarts"], "a new engine")
    until_moving(tab.page)
    after = until(
        lambda: (s := get(server + "api/stats"))["simulation_state"]["simulation"]["state"] == "running" and s,
        "running",
    )
    assert after["simulation_state"]["simulation"]["time"] >= before_s - 0.3
    assert tab.page.evaluate("__connections.length") == 1
    assert tab.page.evaluate("__connections[0].connectionState") == "connected"


def test_the_page_finds_a_restarted_server_again(watch: Open) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    arguments = ("--port", port, "--quality", "lean-50", "--scene", "double_pendulum")
    with running(*arguments) as (process, url):
        tab = watch(url)
        until_moving(tab.page)
        process.kill()
        process.wait()
        expect(tab.page.locator(".top .light")).not_to_have_text("live", timeout=10_000)
        assert_accessible(tab.page)
    with running(*arguments):
        tab.live()
        until_moving(tab.page)


def test_a_token_is_needed_where_one_is_set(watch: Open) -> None:
    with running("--quality", "lean-50", "--fps", "30", "--scene", "pendulum", VIEWER_TOKEN="open-sesame") as (_, url):
        address, _, token = url.partition("#token=")
        assert token == "open-sesame"
        refused = watch(address, live=False)
        expect(refused.page.locator(".refused")).to_contain_text(re.compile("token", re.I))
        allowed = watch(url)
        until_moving(allowed.page)
        assert "sesame" not in allowed.page.url


def test_a_hidden_tab_stops_its_stream_and_a_shown_one_goes_on(server: str, watch: Open) -> None:
    post(server + "api/scene/load", {"preset": "double_pendulum"})
    tab = watch(server)
    until_moving(tab.page)
    hide = """state => { Object.defineProperty(document, "visibilityState", {configurable: true, get: () => state});
        Object.defineProperty(document, "hidden", {configurable: true, get: () => state === "hidden"});
        document.dispatchEvent(new Event("visibilitychange")); }"""
    tab.page.evaluate(hide, "hidden")
    until(lambda: get(server + "api/stats")["picture"]["fps"] == 0, "no pictures for nobody")
    tab.page.evaluate(hide, "visible")
    until_moving(tab.page)
