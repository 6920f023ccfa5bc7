"""The editor on the real product: mistakes underlined while they are typed, a change applied without losing the pose."""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.cli.servers import running
from tests.e2e.editing import go_to, show_editor, standing, text_of, until_text
from tests.e2e.hands import drop
from tests.e2e.live import get, keyframe, post, until, until_paused
from tests.e2e.page import Open, Tab, assert_accessible, tabs
from tests.scenes.uploads.packing import ROBOT, zipped

pytestmark = [pytest.mark.e2e, pytest.mark.gl, pytest.mark.timeout(240)]

ARM = """<mujoco model="arm">
  <asset>
    <material name="red" rgba=".8 .2 .2 1"/>
  </asset>
  <worldbody>
    <light pos="0 0 3"/>
    <body name="upper" pos="0 0 1">
      <joint name="shoulder" axis="0 1 0" damping=".1"/>
      <geom type="capsule" fromto="0 0 0 .5 0 0" size=".05" material="red"/>
    </body>
  </worldbody>
  <actuator>
    <motor name="m" joint="shoulder"/>
  </actuator>
</mujoco>
"""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with running("--quality", "lean-50", "--fps", "30", "--scene", "pendulum", "--width", "320", "--height", "192") as (
        _,
        url,
    ):
        yield url


@pytest.fixture
def editor(browser: Browser, server: str) -> Iterator[Open]:
    """Opens a page with the editor open; its content security policy is the server's, and nothing may break it."""
    with tabs(browser, server, accept_downloads=True) as visit:

        def open_tab(width: int = 1440, height: int = 900, *, opened: bool = True, **options: Any) -> Tab:
            tab = visit(width=width, height=height, timeout_ms=15_000, **options)
            if opened:
                show_editor(tab.page)
            return tab

        yield open_tab


def test_a_mistake_is_underlined_fixed_and_applied_with_the_pose_kept(server: str, editor: Open) -> None:
    post(server + "api/scene/load", {"xml": ARM})
    tab, other = editor(), editor(opened=False)
    page = tab.page
    until_text(page, 'model="arm"')
    standing(page, "This is the scene that runs.")
    assert_accessible(page)
    go_to(page, 9)
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    page.keyboard.type(' frction="1" condim="four"')
    expect(page.locator(".problems li")).to_have_count(2)
    expect(page.locator(".problems li").first).to_contain_text("9")
    expect(page.locator(".problems li").first).to_contain_text("unrecognized attribute: 'frction'")
    expect(page.locator(".problems li").first).to_contain_text("Did you mean friction?")
    expect(page.locator(".cm-lintRange-error").first).to_have_text('frction="1"')
    expect(page.locator(".cm-lint-marker-error")).to_have_count(1)
    standing(page, "2 mistakes")
    assert_accessible(page)
    for _ in range(len(' condim="four"') + len('frction="1"')):
        page.keyboard.press("Backspace")
    page.keyboard.type('group="1"', delay=20)
    standing(page, "Compiles: 1 body, 1 joint, 1 actuator.")
    expect(page.locator(".cm-lintRange-error")).to_have_count(0)

    page.get_by_role("button", name="Pause").first.click()
    until_paused(server)
    before = keyframe(server)
    assert before["time"][0] > 0
    go_to(page, 10)
    page.keyboard.type('\n<body name="new" pos="1 0 1"><freejoint/><geom size=".1"/>')  # the editor closes it
    standing(page, "Compiles: 2 bodies, 2 joints, 1 actuator.")
    page.keyboard.press("Control+Enter")
    standing(page, "Applied for everybody. Kept 1 of 2 joints, 1 of 1 actuator.")
    after = keyframe(server)
    assert (after["time"], after["qpos"][:1], after["qvel"][:1]) == (before["time"], before["qpos"], before["qvel"])
    assert after["qpos"][1:4] == [1, 0, 1]
    expect(other.page.locator(".top")).to_contain_text("arm")
    show_editor(other.page)
    until_text(other.page, 'name="new"')
    page.locator(".cm-content").focus()
    for _ in range(40):
        if text_of(page) == ARM:
            break
        page.keyboard.press("Control+z")
    assert text_of(page) == ARM
    until(lambda: page.get_by_role("button", name="Apply").is_enabled(), "something to apply")


def test_an_uploaded_robot_is_checked_with_its_files_and_applied(server: str, editor: Open) -> None:
    request = urllib.request.Request(server + "api/scene/upload?name=bot.zip", zipped(ROBOT), method="POST")
    request.add_header("Content-Type", "application/zip")
    urllib.request.urlopen(request, timeout=60).close()
    page = editor().page
    until_text(page, "part.stl")
    shown = text_of(page)
    page.locator(".cm-content").focus()
    page.keyboard.press("Control+End")
    page.keyboard.type("<!-- mine -->")
    standing(page, "Compiles: 1 body, 1 joint")
    expect(page.locator(".cm-lintRange-error")).to_have_count(0)
    page.keyboard.press("Control+Enter")
    standing(page, "Applied for everybody.")
    assert get(server + "api/scene/current")["xml"] == shown + "<!-- mine -->"
    page.locator(".cm-content").evaluate("""element => {
      const view = element.cmTile.view, at = view.state.doc.toString().indexOf("part.stl");
      view.dispatch({changes: {from: at, to: at + 8, insert: "lost.stl"}});
    }""")
    expect(page.locator(".problems li")).to_have_count(1)
    expect(page.locator(".problems li").first).to_contain_text("no file 'lost.stl' in the upload")
    expect(page.locator(".cm-lintRange-error").first).to_have_text('"lost.stl"')


def test_an_unapplied_text_survives_a_reload_and_another_scene(server: str, editor: Open) -> None:
    post(server + "api/scene/load", {"xml": ARM})
    tab = editor()
    page = tab.page
    until_text(page, 'model="arm"')
    go_to(page, 6)
    page.keyboard.type("\n<!-- mine -->")
    standing(page, "Compiles")
    page.reload()
    tab.live()
    until_text(page, "<!-- mine -->")
    standing(page, "What you had not applied is here again.")

    with page.expect_response("**/api/scene/current"):
        post(server + "api/scene/load", {"xml": ARM})  # the same text is no other scene
    expect(page.locator(".theirs")).to_have_count(0)
    post(server + "api/scene/load", {"preset": "pendulum"})
    expect(page.locator(".theirs")).to_contain_text("was loaded meanwhile")
    assert_accessible(page)
    assert "<!-- mine -->" in text_of(page)
    page.keyboard.press("Control+Enter")  # the picture has the focus: nothing happens
    page.locator(".cm-content").focus()
    page.keyboard.press("Control+Enter")
    expect(page.locator(".theirs")).to_be_visible()
    assert get(server + "api/scene/current")["preset"] == "pendulum"
    page.reload()
    tab.live()
    expect(page.locator(".theirs")).to_be_visible()
    page.get_by_role("button", name="See theirs").click()
    until_text(page, 'model="pendulum"')
    page.get_by_role("button", name="Earlier versions").click()
    assert_accessible(page)
    page.locator(".versions li").first.click()
    until_text(page, "<!-- mine -->")
    post(server + "api/scene/load", {"preset": "cart_pole"})
    page.get_by_role("button", name="Overwrite").click()
    standing(page, "Applied for everybody.")
    assert "<!-- mine -->" in get(server + "api/scene/current")["xml"]


def test_completion_and_hover_know_mujocos_schema(server: str, editor: Open) -> None:
    post(server + "api/scene/load", {"xml": ARM})
    page = editor().page
    until_text(page, 'model="arm"')
    go_to(page, 6)
    page.keyboard.type("\n<geo")
    options = page.locator(".cm-tooltip-autocomplete li")
    expect(options.first).to_have_text("geom")
    options.first.click()
    page.keyboard.type(" ty")
    expect(options.first).to_contain_text("type")
    options.first.click()
    expect(page.locator(".cm-tooltip-autocomplete")).to_contain_text("capsule")
    page.keyboard.type("bo")
    expect(options.first).to_have_text("box")
    options.first.click()
    page.keyboard.press("ArrowRight")
    page.keyboard.type(" mate")
    expect(options.first).to_contain_text("material")
    options.first.click()
    expect(options.first).to_contain_text("red")
    options.first.click()
    page.keyboard.press("ArrowRight")
    page.keyboard.type(' size=".1 .1 .1"/>')
    assert '<geom type="box" material="red" size=".1 .1 .1"/>' in text_of(page)
    standing(page, "Compiles")
    page.locator(".cm-line", has_text="shoulder").first.get_by_text("damping").hover()
    expect(page.locator(".cm-explained")).to_contain_text("Force against the velocity.")


def test_differences_are_shown_and_taken_back_and_the_text_is_saved(server: str, editor: Open) -> None:
    post(server + "api/scene/load", {"xml": ARM})
    page = editor().page
    until_text(page, 'model="arm"')
    go_to(page, 3)
    page.keyboard.type("<!-- other -->")
    page.get_by_role("button", name="Show what differs").click()
    expect(page.locator(".cm-changedText, .cm-insertedLine").first).to_contain_text("other")
    assert_accessible(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Save to a file").click()
    assert download.value.suggested_filename == "arm.xml"
    assert "<!-- other -->" in download.value.path().read_text()
    page.get_by_role("button", name="Revert to the running scene").click()
    assert text_of(page) == ARM
    page.get_by_role("button", name="Undo").click()
    assert "<!-- other -->" in text_of(page)


def test_pasted_and_dropped_mjcf_with_a_mistake_opens_in_the_editor(server: str, editor: Open) -> None:
    post(server + "api/scene/load", {"preset": "pendulum"})
    page = editor(opened=False).page
    wrong = ARM.replace("<joint", "<jiont")
    drop(page, "arm.xml", wrong, ".picture")
    until_text(page, "<jiont")
    expect(page.locator(".problems li").first).to_contain_text("Did you mean joint?")
    refusal = page.locator(".findings .note.bad")
    expect(refusal).to_contain_text(re.compile(r"^arm.xml was not loaded\. .+\. Fix what it names"))
    expect(page.locator(".problems li").first).to_contain_text(re.compile(r"\. Did you mean joint\?"))
    page.locator(".cm-content").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" ")
    expect(refusal).to_have_count(0)  # it was said of another text
    assert get(server + "api/scene/current")["preset"] == "pendulum"


def test_it_works_in_the_sheet_of_a_phone(server: str, editor: Open) -> None:
    post(server + "api/scene/load", {"xml": ARM})
    page = editor(390, 844, opened=False, has_touch=True, is_mobile=True).page
    page.get_by_role("tab", name="Editor").click()
    until_text(page, 'model="arm"')
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert_accessible(page)
    box = page.locator(".code-slot").bounding_box()
    assert box is not None
    assert box["height"] > 90


PYTHON = """async () => {
  const { CodeEditor } = await import("/static/ui/code-editor.js");
  const editor = new CodeEditor({ language: "python", label: "Script", text: "import math\\ndef f(x):\\n    return x\\n" });
  editor.element.style.height = "300px";
  editor.element.id = "python";
  document.querySelector(".view").append(editor.element);
  globalThis.python = editor;
}"""


def test_the_same_editor_speaks_python(server: str, editor: Open) -> None:
    page = editor(opened=False).page
    page.evaluate(PYTHON)
    content = page.locator("#python .cm-content")
    expect(content.locator("span", has_text="import").first).to_be_visible()
    content.focus()
    page.keyboard.press("Control+End")
    page.keyboard.type("for i in ran")
    option = page.locator("#python .cm-tooltip-autocomplete li").first
    expect(option).to_contain_text("range")
    option.click()
    page.keyboard.type("(3):\npass")
    assert json.loads(page.evaluate("JSON.stringify(python.text)")).endswith("for i in range(3):\n    pass")
    page.evaluate("python.mark([{line: 2, column: 5, end_column: 6, severity: 'error', message: 'no'}])")
    expect(page.locator("#python .cm-lintRange-error")).to_have_text("f")
