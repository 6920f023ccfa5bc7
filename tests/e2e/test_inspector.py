"""The inspector's panels about the model, on the real server: what is moved here moves there, and what is measured is shown."""

from __future__ import annotations

import csv
import json
import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, expect

from tests.cli.servers import running
from tests.e2e.hands import slide
from tests.e2e.live import COUNT_SOCKETS, HIDE, keyframe, post, until, until_paused
from tests.e2e.page import Open, Tab, assert_accessible, tabs

pytestmark = [pytest.mark.e2e, pytest.mark.gl, pytest.mark.timeout(180)]

# A pendulum without friction, swinging by 0.2 rad: a sine of 2 s (physical pendulum, small angles).
PENDULUM = """<mujoco model="clock"><option timestep="0.002" integrator="RK4"/><worldbody><light pos="0 -1 3"/>
<body name="bob" pos="0 0 2"><joint name="pivot" axis="0 1 0" range="-90 90" limited="true"/>
<geom type="sphere" pos="0 0 -.99396" size=".02" mass="1"/></body></worldbody>
<sensor><jointpos name="angle" joint="pivot"/></sensor><keyframe><key qpos="0.2"/></keyframe></mujoco>"""
BENCH = """<mujoco model="bench"><option gravity="0 0 0"/><worldbody><light pos="0 -1 3"/>
<body name="crane" pos="0 0 1"><joint name="turn" axis="0 0 1" range="-170 170" limited="true" damping="5"/>
<geom name="mast" type="box" size=".05 .05 .5" mass="1"/>
<body name="trolley" pos=".3 0 .4"><joint name="run" type="slide" axis="1 0 0" range="-0.2 0.4" limited="true" damping="5"/>
<geom name="hook" type="box" size=".05 .05 .05" mass=".5"/><site name="grip"/></body></body>
<body name="ball" pos="1 0 .5"><freejoint/><geom size=".1" mass="2"/></body></worldbody>
<equality><weld name="hold" body1="ball" active="false"/></equality>
<actuator><position name="aim" joint="turn" kp="50" ctrlrange="-2 2"/><motor name="push" joint="run"/></actuator>
<sensor><framepos name="hook_at" objtype="body" objname="trolley"/></sensor></mujoco>"""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with running("--quality", "fast-33", "--fps", "30", "--scene", "pendulum") as (_, url):
        yield url


@pytest.fixture
def watch(browser: Browser) -> Iterator[Open]:
    seen = "localStorage.setItem('remote-viewer.hintsSeen', 'true')"
    with tabs(browser, scripts=[COUNT_SOCKETS, seen], bypass_csp=True) as visit:

        def open_tab(url: str, tab_name: str, **options: Any) -> Tab:
            tab = visit(url, height=900, **options)
            tab.page.get_by_role("tab", name=tab_name).click()
            return tab

        yield open_tab


def paused(server: str, tab: Tab) -> None:
    tab.page.get_by_role("button", name="Pause").first.click()
    until_paused(server)


def test_a_joint_slider_moves_the_body_and_others_see_it(server: str, watch: Open) -> None:
    post(server + "api/scene/load", {"xml": BENCH})
    tab, other = watch(server, "Joints"), watch(server, "Joints")
    paused(server, tab)
    turn = tab.page.get_by_role("slider", name="turn")
    assert (float(turn.get_attribute("min") or 0), float(turn.get_attribute("max") or 0)) == pytest.approx((-170, 170))
    slide(turn, 0.75)
    until(lambda: keyframe(server)["qpos"][0] == pytest.approx(math.radians(85), abs=0.05), "the joint at 85 degrees")
    expect(other.page.get_by_label("turn, number")).to_have_value(re.compile(r"^8[3-7]\.\d$"))
    tab.page.get_by_label("run, number").fill("0.25")
    tab.page.keyboard.press("Enter")
    until(lambda: keyframe(server)["qpos"][1] == 0.25, "the slide joint at 0.25 m")
    expect(tab.page.locator(".slider-text")).to_have_text("1.00 0.00 0.50 1.00 0.00 0.00 0.00")
    turn.dblclick()
    until(lambda: keyframe(server)["qpos"][0] == 0, "the reference pose")
    assert_accessible(tab.page)


def test_a_slider_in_a_hand_is_not_fought(server: str, watch: Open) -> None:
    post(server + "api/scene/load", {"xml": PENDULUM})
    tab = watch(server, "Joints")
    pivot = tab.page.get_by_role("slider", name="pivot")
    seen = {float(pivot.evaluate("e => e.value"))}
    until(lambda: len(seen.add(round(float(pivot.evaluate("e => e.value")), 1)) or seen) > 5, "a slider that follows")
    box = pivot.bounding_box()
    assert box is not None
    tab.page.mouse.move(box["x"] + box["width"] * 0.7, box["y"] + box["height"] / 2)
    tab.page.mouse.down()
    held = float(pivot.evaluate("e => e.value"))
    swung: set[float] = set()
    until(lambda: len(swung.add(round(keyframe(server)["qpos"][0], 3)) or swung) > 4, "a pendulum that swings on")
    assert float(pivot.evaluate("e => e.value")) == held
    tab.page.mouse.up()
    until(lambda: float(pivot.evaluate("e => e.value")) != held, "a slider that follows again")


def test_an_actuator_slider_writes_ctrl_and_clear_all_takes_it_back(server: str, watch: Open) -> None:
    post(server + "api/scene/load", {"xml": BENCH})
    tab = watch(server, "Actuators")
    slide(tab.page.get_by_role("slider", name="aim"), 0.75)
    until(lambda: keyframe(server)["ctrl"][0] == pytest.approx(1.0, abs=0.05), "ctrl of the position actuator")
    until(lambda: keyframe(server)["qpos"][0] > 0.5, "the crane that turns")
    push = tab.page.get_by_role("slider", name="push")
    assert (push.get_attribute("min"), push.get_attribute("max")) == ("-1", "1")
    expect(tab.page.locator(".slider-open")).to_have_count(1)
    tab.page.get_by_label("push, number").fill("3.5")
    tab.page.keyboard.press("Enter")
    until(lambda: keyframe(server)["ctrl"][1] == 3.5, "a value beyond the slider of an actuator without limits")
    assert_accessible(tab.page)
    tab.page.get_by_role("button", name="Clear all").click()
    until(lambda: keyframe(server)["ctrl"] == [0, 0], "no control")
    expect(tab.page.get_by_label("push, number")).to_have_value("0.000")


def test_an_equality_is_switched_for_everybody(server: str, watch: Open) -> None:
    post(server + "api/scene/load", {"xml": BENCH})
    tab, other = watch(server, "Joints"), watch(server, "Joints")
    switch = tab.page.get_by_role("checkbox", name="hold")
    expect(switch).not_to_be_checked()
    switch.check()
    expect(other.page.get_by_role("checkbox", name="hold")).to_be_checked()
    other.page.get_by_role("checkbox", name="hold").uncheck()
    expect(switch).not_to_be_checked()


def until_time(server: str, time_s: float) -> None:
    """Return when the simulation is past `time_s`."""
    until(lambda: keyframe(server)["time"][0] > time_s, f"t = {time_s} s", 30)


def download(tab: Tab, path: Path) -> tuple[list[str], np.ndarray]:
    """Names and numbers of the CSV that the page gives."""
    with tab.page.expect_download() as started:
        tab.page.get_by_role("button", name="Download as CSV").click()
    started.value.save_as(path)
    with path.open(encoding="utf-8", newline="") as file:
        names, *rows = csv.reader(file)
    return names, np.array([[float(cell or "nan") for cell in row] for row in rows])


def test_the_plot_of_a_pendulum_is_its_sine(server: str, watch: Open, tmp_path: Path) -> None:
    post(server + "api/scene/load", {"xml": PENDULUM})
    tab = watch(server, "Sensors")
    plot = tab.page.get_by_role("region", name="Plot 1")
    expect(plot.locator(".plot-curves li")).to_contain_text("angle")
    plot.get_by_role("button", name="Choose curves").click()
    tab.page.get_by_role("searchbox", name="Search curves").fill("total energy")
    tab.page.get_by_role("button", name="total energy").click()
    until_time(server, keyframe(server)["time"][0] + 5)
    names, values = download(tab, tmp_path / "a.csv")
    assert len(values) > 60
    assert names == ["time [s]", "angle [rad]", "total energy [J]"]
    time_s, angle = values[:, 0], values[:, 1]
    assert 1 / 45 < np.median(np.diff(time_s)) < 1 / 20, "30 samples a second of simulated time"
    # a sine of the right period and height: what is left after fitting one is small
    length = 0.99396
    omega = math.sqrt(9.81 * length / (length**2 + 0.4 * 0.02**2)) * (1 - 0.2**2 / 16)
    basis = np.stack([np.sin(omega * time_s), np.cos(omega * time_s)], axis=1)
    fitted, *_ = np.linalg.lstsq(basis, angle, rcond=None)
    assert np.hypot(*fitted) == pytest.approx(0.2, rel=0.02)
    assert np.abs(basis @ fitted - angle).max() < 0.01
    energy = values[:, 2][np.isfinite(values[:, 2])]
    assert np.ptp(energy) < 1e-4
    inked = plot.locator("canvas").evaluate(
        "c => { const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;"
        " let n = 0; for (let i = 3; i < d.length; i += 4) n += d[i] > 0; return n }"
    )
    assert inked > 200
    assert_accessible(tab.page)


def test_a_reset_begins_the_plot_anew_and_pause_holds_it(server: str, watch: Open, tmp_path: Path) -> None:
    post(server + "api/scene/load", {"xml": PENDULUM})
    tab = watch(server, "Sensors")
    until_time(server, 3)
    tab.page.get_by_role("button", name="Reset").first.click()
    until(lambda: keyframe(server)["time"][0] < 2.5, "a reset")
    until_time(server, 1)
    after = download(tab, tmp_path / "b.csv")[1]
    assert after[0, 0] < 0.3, "what was before the reset is gone"
    assert (np.diff(after[:, 0]) > 0).all()
    tab.page.get_by_role("button", name="Pause the plots").click()
    held = download(tab, tmp_path / "c.csv")[1]
    until_time(server, held[-1, 0] + 0.5)
    assert np.array_equal(download(tab, tmp_path / "d.csv")[1], held)
    tab.page.get_by_role("button", name="Go on plotting").click()
    until_time(server, held[-1, 0] + 2)

    def later() -> Any:
        tab.page.wait_for_timeout(300)  # a file each time: not too often
        found = download(tab, tmp_path / "e.csv")[1]
        return found if found[-1, 0] > held[-1, 0] + 0.5 else None

    went_on = until(later, "plots that go on", 30)
    tab.page.get_by_role("button", name="Clear the plots").click()
    assert len(download(tab, tmp_path / "f.csv")[1]) < len(went_on)


def test_any_field_can_be_watched_and_a_wrong_one_says_why(server: str, watch: Open) -> None:
    post(server + "api/scene/load", {"xml": PENDULUM})
    tab = watch(server, "Sensors")
    for field in ("qpos[0]", "qpso", "xpos[3:6]", "ctrl[4]"):
        tab.page.get_by_label("Field of mjData").fill(field)
        tab.page.get_by_role("button", name="Watch", exact=True).click()
    rows = tab.page.locator(".watch > div")
    expect(rows.filter(has_text="qpso")).to_contain_text("Did you mean qpos")
    expect(rows.filter(has_text="ctrl[4]")).to_contain_text("ctrl has 0 values")
    expect(rows.filter(has_text="xpos[3:6]").locator("dd").first).to_have_text("0  0  2")
    swung: set[str] = set()
    value = rows.filter(has_text="qpos[0]").locator("dd").first
    until(lambda: len(swung.add(value.inner_text()) or swung) > 3, "a value that changes")
    tab.page.get_by_role("button", name="Stop watching qpso").click()
    expect(rows).to_have_count(3)
    assert_accessible(tab.page)


def test_the_tree_selects_in_the_picture_and_the_picture_in_the_tree(server: str, watch: Open) -> None:
    post(server + "api/scene/load", {"xml": BENCH})
    tab, other = watch(server, "Tree"), watch(server, "Tree")
    tree = tab.page.get_by_role("tree", name="Bodies")
    tree.get_by_role("treeitem", name="trolley").click()
    for page in (tab.page, other.page):
        expect(page.get_by_role("treeitem", selected=True)).to_contain_text("trolley")
        expect(page.locator(".facts")).to_contain_text("0.5000 kg")
    expect(tab.page.locator(".facts")).to_contain_text("0.300 0.000 1.400")
    tree.focus()
    for key in ("Home", "b", "Enter"):
        tab.page.keyboard.press(key)
    expect(other.page.get_by_role("treeitem", selected=True)).to_contain_text("ball")
    tab.page.get_by_role("searchbox", name=re.compile("Search")).fill("grip")
    expect(tree.get_by_role("treeitem")).to_have_count(4)
    assert_accessible(tab.page)
    post(server + "api/scene/load", {"xml": PENDULUM})
    expect(tree.get_by_role("treeitem", name="bob")).to_be_visible()


def test_a_huge_model_is_shown_in_pieces(watch: Open, tmp_path: Path) -> None:
    scene = tmp_path / "many.xml"
    scene.write_text(
        """<mujoco model="many"><worldbody><light pos="0 0 9"/><geom size="1"/>
        <replicate count="700" offset=".3 0 0"><body name="arm"><joint name="swing" axis="0 1 0" range="-9 9"/>
        <geom size=".1" pos="0 0 -.2" contype="0" conaffinity="0" group="4"/></body></replicate>
        <replicate count="1500" offset="0 .3 0"><body name="post"><geom size=".1" contype="0" conaffinity="0" group="4"/></body>
        </replicate></worldbody></mujoco>""",
        encoding="utf-8",
    )
    with running("--quality", "fast-33", "--fps", "30", "--scene", str(scene)) as (_, url):
        tab = watch(url, "Tree")
        more = tab.page.get_by_role("button", name="201 more bodies")
        expect(more).to_be_visible(timeout=20_000)
        more.click()
        expect(more).to_have_count(0)
        search = tab.page.get_by_role("searchbox", name=re.compile("Search"))
        search.fill("post1499")
        expect(tab.page.get_by_role("treeitem")).to_have_count(2)
        search.fill("")
        tab.page.get_by_role("treeitem", name="world").click()
        tab.page.keyboard.press("End")
        expect(tab.page.get_by_role("treeitem", name="post1499")).to_be_visible()
        assert tab.page.get_by_role("treeitem").count() < 120, "only what is in view is in the page"
        tab.page.get_by_role("tab", name="Joints").click()
        tab.page.get_by_role("button", name="Pause").first.click()
        tab.page.get_by_role("searchbox", name=re.compile("Search")).fill("swing699")
        tab.page.get_by_label("swing699, number").fill("5")
        tab.page.keyboard.press("Enter")
        until(lambda: keyframe(url)["qpos"][699] == pytest.approx(math.radians(5)), "the last joint")
        expect(tab.page.get_by_label("swing699, number")).to_have_value("5.00")


COLOURED = """canvas => {
  const bytes = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
  let count = 0;
  for (let at = 0; at < bytes.length; at += 4) {
    const [most, least] = [Math.max(...bytes.slice(at, at + 3)), Math.min(...bytes.slice(at, at + 3))];
    count += bytes[at + 3] > 128 && most - least > 60 ? 1 : 0;
  }
  return count;
}"""


def test_overlays_show_the_solver_the_phases_and_the_sensors(server: str, watch: Open) -> None:
    post(server + "api/scene/load", {"preset": "standing_humanoid"})
    tab = watch(server, "Sim")
    tab.focus_picture()
    for key in ("F2", "F4"):
        tab.page.keyboard.press(key)
    physics = tab.page.get_by_label("Physics")
    expect(physics).to_contain_text(re.compile(r"energy\s*[-−]?\d"))
    sensors = tab.page.get_by_role("region", name="Sensors")
    expect(sensors).to_contain_text(re.compile(r"torso_position\s*−?\d"))
    tab.page.keyboard.press("F3")
    expect(physics).to_contain_text(re.compile(r"memory\s*\d+\.\d of \d+\.\d MB"))
    profiler = tab.page.get_by_role("region", name="Profiler")
    expect(profiler.locator("canvas")).to_have_count(4)
    for figure in range(3):  # drawn at once, though the other panels' values come before the profiler's first
        painted = profiler.locator("canvas").nth(figure)
        until(lambda canvas=painted: canvas.evaluate(COLOURED) > 20, f"curves in figure {figure}", 5)
    assert_accessible(tab.page)
    tab.focus_picture()
    for key in ("F2", "F3", "F4"):
        tab.page.keyboard.press(key)
    expect(profiler).to_have_count(0)
    expect(sensors).to_have_count(0)


def test_a_hidden_tab_asks_for_nothing_and_a_reconnected_one_asks_again(server: str, watch: Open) -> None:
    post(server + "api/scene/load", {"xml": PENDULUM})
    sent: list[dict[str, Any]] = []

    def wanted() -> list[str]:
        asked = [message["fields"] for message in list(sent) if message["type"] == "watch_values"]
        return asked[-1] if asked else []

    tab = watch(server, "Sim")
    tab.page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(json.loads(frame))))
    tab.page.reload()
    tab.live()
    expect(tab.page.get_by_role("tab", name="Joints")).to_be_visible()
    assert wanted() == [], "no panel, no values"
    tab.page.get_by_role("tab", name="Joints").click()
    until(lambda: tab.page.wait_for_timeout(50) or wanted() == ["qpos"], "the joints' wish")
    for state, fields in (("hidden", []), ("visible", ["qpos"])):
        tab.page.evaluate(HIDE, state)
        until(lambda fields=fields: tab.page.wait_for_timeout(50) or wanted() == fields, f"the wish of a {state} tab")
    sent.clear()
    tab.page.evaluate("__sockets.at(-1).close()")
    until(lambda: tab.page.wait_for_timeout(50) or wanted() == ["qpos"], "the wish after a reconnect")
    tab.page.get_by_role("tab", name="Sim").click()
    until(lambda: tab.page.wait_for_timeout(50) or wanted() == [], "nothing again")


SMALL_TARGETS = """() => [...document.querySelectorAll(".pane button, .pane select, .pane [role=treeitem], .pane summary")]
  .filter((e) => e.checkVisibility() && !e.closest(".visually-hidden, .list"))
  .filter((e) => { const r = e.getBoundingClientRect(); return r.width < 40 || r.height < 40 })
  .map((e) => e.outerHTML.slice(0, 120))"""


def test_the_panels_fit_a_phone(server: str, watch: Open) -> None:
    post(server + "api/scene/load", {"xml": BENCH})
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "bypass_csp": True}
    tab = watch(server, "Joints", **phone)
    for name, shown in (("Joints", "slider"), ("Actuators", "slider"), ("Sensors", "region"), ("Tree", "treeitem")):
        tab.page.get_by_role("tab", name=name).click()
        expect(tab.page.locator(".pane").get_by_role(shown).first).to_be_visible()
        assert tab.page.evaluate("document.documentElement.scrollWidth") <= 390
        assert tab.page.evaluate(SMALL_TARGETS) == []
        assert_accessible(tab.page)
