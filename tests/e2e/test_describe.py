"""Scenes from a sentence in the page: the real server, in a real Chromium."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.cli.servers import running
from tests.e2e.live import decoded, difference, get, until
from tests.e2e.page import Open, Tab, assert_accessible, tabs

pytestmark = [pytest.mark.e2e, pytest.mark.gl, pytest.mark.timeout(180)]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with running("--quality", "lean-50", "--fps", "30", "--scene", "pendulum") as (_, url):
        yield url


@pytest.fixture
def watch(browser: Browser, server: str) -> Iterator[Open]:
    with tabs(browser, server, bypass_csp=True) as open_tab:
        yield open_tab


def words_of(tab: Tab) -> Locator:
    return tab.page.get_by_label("Describe a scene, or a change to it")


def test_a_sentence_becomes_the_picture_and_a_second_one_changes_it(server: str, watch: Open) -> None:
    tab = watch()
    tab.page.get_by_role("button", name="Scenes").click()
    before = decoded(tab.page)
    words_of(tab).fill("Put 5 red balls on a wooden tabel and a dragon next to it")
    words_of(tab).press("Enter")
    expect(tab.page.get_by_label("Not understood")).to_contain_text("dragon", timeout=30_000)
    expect(tab.page.get_by_label("Understood", exact=True)).to_contain_text("5 red balls on the table")
    expect(tab.page.locator(".describe")).to_contain_text("“tabel” was read as “table”")
    until(lambda: difference(decoded(tab.page), before) > 40, "the described scene")
    assert "red_ball_5" in get(server + "api/scene/current")["model_info"]["bodies"]
    assert_accessible(tab.page)

    words_of(tab).fill("remove the balls and add a blue box on it")
    tab.page.get_by_role("button", name="Create").click()
    expect(tab.page.get_by_label("Understood", exact=True)).to_contain_text("a blue box on the table", timeout=30_000)
    bodies = get(server + "api/scene/current")["model_info"]["bodies"]
    assert "blue_box" in bodies
    assert "red_ball_5" not in bodies
    tab.page.get_by_role("button", name="no gravity").click()
    expect(words_of(tab)).to_have_value("no gravity")
    tab.page.get_by_role("button", name="Edit the words").click()
    expect(words_of(tab)).to_have_value("remove the balls and add a blue box on it")
    tab.page.get_by_label("Earlier descriptions").select_option(index=1)
    expect(words_of(tab)).to_have_value("remove the balls and add a blue box on it")


def test_a_refusal_says_what_can_be_built_and_leaves_the_scene(server: str, watch: Open) -> None:
    tab = watch()
    tab.page.get_by_role("button", name="Scenes").click()
    scene = get(server + "api/scene/current")["scene_id"]
    words_of(tab).fill("three purple dragons")
    words_of(tab).press("Enter")
    expect(tab.page.locator("#describe-error")).to_contain_text("dragons", timeout=30_000)
    expect(tab.page.locator("#describe-error")).to_contain_text(re.compile("Try: "))
    expect(words_of(tab)).to_have_value("three purple dragons")
    assert get(server + "api/scene/current")["scene_id"] == scene
    assert_accessible(tab.page)


def test_it_works_under_a_thumb(server: str, watch: Open) -> None:
    tab = watch(width=390, height=844, has_touch=True, is_mobile=True)
    tab.page.get_by_role("tab", name="Scenes").click()
    words_of(tab).fill("a double pendulum on the moon")
    tab.page.get_by_role("button", name="Create").tap()
    expect(tab.page.get_by_label("Understood", exact=True)).to_contain_text("on the moon", timeout=30_000)
    assert tab.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert_accessible(tab.page)
