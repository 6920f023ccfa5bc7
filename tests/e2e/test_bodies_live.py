"""Hands on a real simulation in a real Chromium: a click selects, a pull moves, a flag changes the picture."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.cli.servers import running
from tests.e2e.hands import Fingers, middle, pull_directly
from tests.e2e.live import decoded, difference, get, post, until, until_paused
from tests.e2e.page import Open, Tab

pytestmark = [pytest.mark.e2e, pytest.mark.gl, pytest.mark.timeout(180)]

BALL = """<mujoco><option gravity="0 0 0"/><visual><global elevation="0"/><headlight ambient=".6 .6 .6"/></visual>
<statistic center="0 0 0" extent="2"/>
<worldbody><geom name="wall" type="box" size="3 .1 3" pos="0 1.5 0" rgba=".2 .3 .5 1"/>
<body name="ball"><freejoint/><geom name="skin" size=".4" rgba=".9 .5 .1 1"/></body></worldbody></mujoco>"""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with running("--quality", "lean-50", "--fps", "30", "--scene", "pendulum") as (_, url):
        yield url


def ball_x(server: str) -> float:
    """Where the ball is, along the wall, from the engine's own keyframe."""
    text = get(server + "api/simulation/keyframe")["xml"]
    return float(text.partition('qpos="')[2].split()[0])


def card(tab: Tab) -> Any:
    return tab.page.get_by_role("region", name="Selected body")


def test_a_double_click_selects_and_the_body_gets_a_line(server: str, watch: Open) -> None:
    post(server + "api/scene/load", {"xml": BALL})
    tab, other = watch(server), watch(server)
    before = decoded(tab.page)
    tab.page.mouse.dblclick(*middle(tab.page))
    for one in (tab, other):
        expect(card(one)).to_contain_text("ball")
        until(lambda one=one: difference(decoded(one.page), before) > 30, "the outline")
    tab.focus_picture()
    tab.page.keyboard.press("Escape")
    expect(card(other)).to_have_count(0)


def test_ctrl_drag_pulls_a_running_body_and_lets_it_go(server: str, watch: Open) -> None:
    post(server + "api/scene/load", {"xml": BALL})
    tab = watch(server)
    x, y = middle(tab.page)
    tab.page.mouse.dblclick(x, y)
    expect(card(tab)).to_contain_text("ball")
    tab.page.keyboard.down("Control")
    tab.page.mouse.move(x, y)
    tab.page.mouse.down(button="right")
    tab.page.mouse.move(x + 120, y, steps=6)
    until(lambda: ball_x(server) > 0.2, "the ball follows")
    tab.page.mouse.up(button="right")
    tab.page.keyboard.up("Control")
    before = get(server + "api/simulation/keyframe")["xml"].partition('qvel="')[2].split()[:3]

    def coasting() -> bool:
        now = get(server + "api/simulation/keyframe")["xml"].partition('qvel="')[2].split()[:3]
        nonlocal before
        same, before = now == before, now
        return same

    until(coasting, "no force is left: the velocity stays as it is")


def test_paused_the_same_drag_moves_the_body(server: str, watch: Open) -> None:
    post(server + "api/scene/load", {"xml": BALL})
    tab = watch(server)
    tab.focus_picture()
    tab.page.keyboard.press("Space")
    until_paused(server)
    x, y = middle(tab.page)
    tab.page.keyboard.down("Control")
    tab.page.mouse.move(x, y)
    tab.page.mouse.down(button="right")
    tab.page.mouse.move(x - 120, y, steps=6)
    until(lambda: ball_x(server) < -0.2, "the ball is moved")
    tab.page.mouse.up(button="right")
    tab.page.keyboard.up("Control")
    assert get(server + "api/stats")["simulation_state"]["simulation"]["is_paused"]


def test_a_finger_pulls_a_body(server: str, watch: Open) -> None:
    post(server + "api/scene/load", {"xml": BALL})
    tab = watch(server, has_touch=True)
    pull_directly(tab.page)
    fingers = Fingers(tab.page)
    x, y = middle(tab.page)
    camera = get(server + "api/stats")["simulation_state"]["camera"]["azimuth"]
    fingers.down((x, y))
    for step in range(1, 9):
        fingers.move((x + 15 * step, y))
    until(lambda: ball_x(server) > 0.2, "the ball follows the finger")
    fingers.up()
    expect(card(tab)).to_contain_text("ball")
    assert get(server + "api/stats")["simulation_state"]["camera"]["azimuth"] == camera


def test_a_page_that_vanishes_while_it_pulls_leaves_no_force(server: str, watch: Open) -> None:
    post(server + "api/scene/load", {"xml": BALL})
    tab, other = watch(server), watch(server)
    x, y = middle(tab.page)
    tab.page.keyboard.down("Control")
    tab.page.mouse.move(x, y)
    tab.page.mouse.down(button="right")
    tab.page.mouse.move(x + 60, y, steps=4)
    expect(card(other)).to_contain_text("held by somebody")
    tab.page.close(run_before_unload=False)
    expect(card(other)).not_to_contain_text("held by somebody")


def test_flags_change_the_picture_and_come_to_everybody(server: str, watch: Open) -> None:
    post(server + "api/scene/load", {"xml": BALL})
    tab, other = watch(server), watch(server)
    before = decoded(other.page)
    tab.focus_picture()
    tab.page.keyboard.press("w")
    until(lambda: difference(decoded(other.page), before) > 30, "wireframe")
    other.page.get_by_role("tab", name="Look").click()
    expect(other.page.get_by_role("checkbox", name="Wireframe")).to_be_checked()
    late = watch(server)
    late.page.get_by_role("tab", name="Look").click()
    expect(late.page.get_by_role("checkbox", name="Wireframe")).to_be_checked()
    other.page.get_by_role("button", name="Defaults").click()
    until(lambda: difference(decoded(tab.page), before) < 30, "the picture as it was")


def test_teleoperation_drives_the_car(server: str, watch: Open) -> None:
    post(server + "api/scene/load", {"preset": "car"})
    tab = watch(server)
    tab.page.get_by_role("button", name="Teleoperation").click()
    expect(tab.page.get_by_role("region", name="Teleoperation")).to_contain_text("throttle")
    tab.focus_picture()
    tab.page.keyboard.down("w")

    def ctrl() -> list[float]:
        text = get(server + "api/simulation/keyframe")["xml"]
        return [float(value) for value in text.partition('ctrl="')[2].partition('"')[0].split()]

    until(lambda: ctrl()[0] != 0, "the first actuator is driven")
    tab.page.keyboard.up("w")
    until(lambda: ctrl()[0] == 0, "it rests")
