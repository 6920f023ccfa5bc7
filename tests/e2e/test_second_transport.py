"""Pictures over the WebSocket, in a real Chromium from the real server: asked for, and where WebRTC cannot be."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.cli.servers import running
from tests.e2e.live import (
    BLOCK_WEBRTC,
    COUNT_CONNECTIONS,
    COUNT_SOCKETS,
    HIDE,
    decoded,
    difference,
    get,
    post,
    until,
    until_moving,
    until_paused,
)
from tests.e2e.page import Open, assert_accessible

pytestmark = [pytest.mark.e2e, pytest.mark.gl]

PICTURE_LIMIT_S = 5.0
WAYS = ("ws", "mjpeg")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with running("--quality", "lean-50", "--fps", "30", "--scene", "double_pendulum") as (_, url):
        yield url


def media(server: str) -> dict[str, Any]:
    """The only peer's connection, as the server counts it."""
    peers = [peer for peer in get(server + "api/stats")["peers"] if peer["media"]]
    assert len(peers) == 1, peers
    found: dict[str, Any] = peers[0]["media"]
    return found


def alone(server: str) -> None:
    """Wait until the page of the test before has gone."""
    until(lambda: get(server + "api/stats")["clients_connected"] == 0, "an empty room")


@pytest.mark.parametrize("way", WAYS)
def test_the_picture_moves_and_says_how_it_comes(server: str, watch: Open, way: str) -> None:
    alone(server)
    post(server + "api/scene/load", {"preset": "double_pendulum"})
    tab = watch(f"{server}?transport={way}")
    until_moving(tab.page)
    codec = {"ws": "H.264", "mjpeg": "JPEG"}[way]
    expect(tab.page.locator(".status")).to_contain_text("WebSocket: asked for")
    expect(tab.page.locator(".status")).to_contain_text(codec)
    found = media(server)
    assert (found["transport"], found["codec"]) == ("WebSocket", {"ws": "h264", "mjpeg": "mjpeg"}[way])
    if way == "mjpeg":
        assert found["fps"] <= 16
    latency = tab.page.locator(".status span[title^='From capture'] b")
    expect(latency).not_to_have_text("—")
    tab.page.keyboard.press("F2")
    expect(tab.page.locator(".hud")).to_contain_text(codec)
    assert_accessible(tab.page)
    rungs = [rung["codec"] for rung in get(server + "api/stats")["fanout"]["rungs"] if rung["watchers"]]
    assert set(rungs) == {found["codec"]}, "nothing is encoded for nobody"


@pytest.mark.parametrize("way", WAYS)
def test_dragging_turns_what_is_seen(server: str, watch: Open, way: str) -> None:
    alone(server)
    post(server + "api/scene/load", {"preset": "arm"})
    tab = watch(f"{server}?transport={way}")
    tab.focus_picture()
    tab.page.keyboard.press("Space")
    until_paused(server)
    before = decoded(tab.page)
    box = tab.page.locator(".picture").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    tab.page.mouse.move(x, y)
    tab.page.mouse.down()
    tab.page.mouse.move(x + 150, y + 20, steps=8)
    tab.page.mouse.up()
    until(lambda: difference(decoded(tab.page), before) > 30, "another view")


@pytest.mark.parametrize("way", WAYS)
def test_a_new_scene_comes_over_the_same_socket(server: str, watch: Open, way: str) -> None:
    alone(server)
    post(server + "api/scene/load", {"preset": "pendulum"})
    tab = watch(f"{server}?transport={way}", COUNT_SOCKETS)
    before = decoded(tab.page)
    post(server + "api/scene/load", {"preset": "newtons_cradle"})
    until(lambda: difference(decoded(tab.page), before) > 40, "the new scene", 5.0)
    until_moving(tab.page)
    assert tab.page.evaluate("__sockets.length") == 2, "signaling and video"


def test_a_hidden_tab_stops_its_stream_and_a_shown_one_goes_on(server: str, watch: Open) -> None:
    alone(server)
    post(server + "api/scene/load", {"preset": "double_pendulum"})
    tab = watch(f"{server}?transport=ws")
    until_moving(tab.page)
    tab.page.evaluate(HIDE, "hidden")
    until(lambda: get(server + "api/stats")["picture"]["fps"] == 0, "no pictures for nobody")
    tab.page.evaluate(HIDE, "visible")
    until_moving(tab.page)


@pytest.mark.parametrize("which", [0, 1], ids=["signaling", "video"])
def test_a_cut_socket_is_opened_anew(server: str, watch: Open, which: int) -> None:
    alone(server)
    post(server + "api/scene/load", {"preset": "double_pendulum"})
    tab = watch(f"{server}?transport=ws", COUNT_SOCKETS)
    until_moving(tab.page)
    before = media(server)["pictures_sent"]
    tab.page.evaluate(f"__sockets[{which}].close()")
    until(lambda: tab.page.evaluate("__sockets.length") >= 3 + (which == 0), "new sockets")
    tab.live()
    until_moving(tab.page)
    expect(tab.page.locator(".status")).to_contain_text("WebSocket: asked for")
    assert media(server)["pictures_sent"] < before + 600, "counted from the new socket"


def test_without_a_path_for_webrtc_a_picture_comes_soon_says_why_and_goes_back(server: str, watch: Open) -> None:
    alone(server)
    post(server + "api/scene/load", {"preset": "double_pendulum"})
    began = time.monotonic()
    tab = watch(server, BLOCK_WEBRTC)
    took_s = time.monotonic() - began
    print(f"live {took_s:.1f} s after the page was asked for")
    assert took_s <= PICTURE_LIMIT_S
    until_moving(tab.page)
    status = tab.page.locator(".status")
    expect(status).to_contain_text("WebSocket: no UDP path")
    assert_accessible(tab.page)
    tab.page.evaluate("__blocked = false; dispatchEvent(new Event('online'))")
    expect(status).to_contain_text(re.compile(r"WebRTC$|WebRTC(?!: )"), timeout=15_000)
    expect(status).not_to_contain_text("WebSocket")
    tab.live()
    until_moving(tab.page)
    assert tab.page.evaluate("document.querySelector('.still').hidden"), "the video itself is seen"
    until(lambda: media(server)["transport"] == "WebRTC", "the video socket to be closed")


@pytest.mark.slow
def test_a_connection_that_dies_and_cannot_be_renewed_gives_way_to_the_websocket(server: str, watch: Open) -> None:
    alone(server)
    post(server + "api/scene/load", {"preset": "double_pendulum"})
    tab = watch(server, BLOCK_WEBRTC + "__blocked = false;", COUNT_CONNECTIONS)
    until_moving(tab.page)
    tab.page.evaluate("__blocked = true; __connections[0].close()")  # without an event, and no new one finds a path
    expect(tab.page.locator(".status")).to_contain_text("WebSocket: no UDP path", timeout=20_000)
    until_moving(tab.page)


def test_a_page_without_webcodecs_and_webrtc_gets_single_pictures(server: str, watch: Open) -> None:
    alone(server)
    post(server + "api/scene/load", {"preset": "double_pendulum"})
    tab = watch(server, BLOCK_WEBRTC, "delete globalThis.VideoDecoder;")
    until_moving(tab.page)
    expect(tab.page.locator(".status")).to_contain_text("JPEG · WebSocket: no UDP path, no WebCodecs on this page")
    assert_accessible(tab.page)


def test_a_decoder_that_refuses_h264_leads_to_single_pictures(server: str, watch: Open) -> None:
    alone(server)
    tab = watch(
        f"{server}?transport=ws",
        "VideoDecoder.prototype.configure = () => { throw new DOMException('no such codec', 'NotSupportedError'); };",
    )
    until_moving(tab.page)
    expect(tab.page.locator(".status")).to_contain_text("JPEG · WebSocket: asked for, H.264 could not be decoded")
