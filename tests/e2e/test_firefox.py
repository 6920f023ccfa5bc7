"""A real Firefox really plays: shown by the pictures that it decoded, which move."""

from __future__ import annotations

import base64
from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.cli.servers import running
from tests.e2e.firefox import Firefox, firefox, firefox_path
from tests.e2e.live import BLOCK_WEBRTC, DECODED, difference, get, until

pytestmark = [pytest.mark.firefox, pytest.mark.gl, pytest.mark.timeout(240)]

LIVE = "document.querySelector('.top .light')?.textContent === 'live'"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with running("--quality", "lean-50", "--scene", "double_pendulum") as (_, url):
        yield url


@pytest.fixture
def fox() -> Iterator[Firefox]:
    path = firefox_path()
    if path is None:
        pytest.skip("no Firefox on the path; `FIREFOX` may name one")
    with firefox(path) as started:
        yield started


def seen(fox: Firefox) -> NDArray[np.int16]:
    """The picture that is shown, as Firefox decoded it: shape (90, 160, 3), RGB."""
    text = until(lambda: fox.evaluate(f"({DECODED})()"), "a decoded picture")
    return np.frombuffer(base64.b64decode(text), np.uint8).reshape(90, 160, 4)[:, :, :3].astype(np.int16)


def plays(fox: Firefox, url: str) -> str:
    """Opens the page, sees it move twice, and gives its status line."""
    fox.open(url)
    until(lambda: fox.evaluate(LIVE), "the page to be live", 30.0)
    for _ in range(2):
        before = seen(fox)
        until(lambda before=before: difference(seen(fox), before) > 12, "a moving picture")
    status: str = until(
        lambda: (text := fox.evaluate("document.querySelector('.status').innerText")) and " · " in text and text,
        "the status line",
    )
    print(
        f"{url.rsplit('/', 1)[1] or '/'}: live at {fox.evaluate('performance.now()'):.0f} ms: {' '.join(status.split())}"
    )
    return status


def test_vp8_plays_over_webrtc_where_there_is_no_h264(server: str, fox: Firefox) -> None:
    assert not fox.evaluate("RTCRtpReceiver.getCapabilities('video').codecs.some(c => /h264/i.test(c.mimeType))")
    status = plays(fox, server)
    assert "VP8" in status
    assert "WebRTC" in status
    [peer] = get(server + "api/stats")["peers"]
    assert peer["media"]["codec"].upper() == "VP8"


def test_the_websocket_plays_with_webcodecs_or_with_single_pictures(server: str, fox: Firefox) -> None:
    fox.open(server)
    decodes = fox.evaluate("VideoDecoder.isConfigSupported({codec: 'avc1.42C01F'}).then(answer => answer.supported)")
    status = plays(fox, server + "?transport=ws")
    assert ("H.264" if decodes else "JPEG · WebSocket: asked for, H.264 could not be decoded") in status


def test_single_pictures_play(server: str, fox: Firefox) -> None:
    assert "JPEG · WebSocket: asked for" in plays(fox, server + "?transport=mjpeg")


def test_it_changes_over_where_webrtc_finds_no_path(server: str, fox: Firefox) -> None:
    fox.before_each_page(f"() => {{ {BLOCK_WEBRTC} }}")
    assert "WebSocket: no UDP path" in plays(fox, server)
