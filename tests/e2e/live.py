"""What the tests of the whole product share: pictures as the browser decoded them, and the connection that brought them."""

from __future__ import annotations

import base64
import json
import re
import time
import urllib.request
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import Page

# Runs before the page's scripts: counts the peer connections that it makes.
COUNT_CONNECTIONS = """
(() => {
  const Real = RTCPeerConnection;
  globalThis.__connections = [];
  globalThis.RTCPeerConnection = class extends Real {
    constructor(...given) { super(...given); globalThis.__connections.push(this); }
  };
})();
"""
# Runs before the page's scripts: WebRTC finds no path while `__blocked` is set; the WebSockets that were opened, to cut them.
BLOCK_WEBRTC = """
(() => {
  const Real = RTCPeerConnection;
  const only = (given) => (globalThis.__blocked ? { ...given, iceTransportPolicy: "relay", iceServers: [] } : given);
  globalThis.__blocked = true;
  globalThis.RTCPeerConnection = class extends Real {
    constructor(given) { super(only(given)); }
    setConfiguration(given) { super.setConfiguration(only(given)); }
  };
})();
"""
COUNT_SOCKETS = """
(() => {
  const Real = WebSocket;
  globalThis.__sockets = [];
  globalThis.WebSocket = class extends Real {
    constructor(...given) { super(...given); globalThis.__sockets.push(this); }
  };
})();
"""
HIDE = """state => {
  Object.defineProperty(document, "visibilityState", {configurable: true, get: () => state});
  Object.defineProperty(document, "hidden", {configurable: true, get: () => state === "hidden"});
  document.dispatchEvent(new Event("visibilitychange"));
}"""
DECODED = """() => {
  const shown = document.querySelector(".still:not([hidden])") ?? document.querySelector("video");
  if (!shown || !(shown.videoWidth ?? shown.width)) return null;
  const canvas = document.createElement("canvas");
  canvas.width = 160; canvas.height = 90;
  const context = canvas.getContext("2d");
  context.drawImage(shown, 0, 0, 160, 90);
  const bytes = context.getImageData(0, 0, 160, 90).data;
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}"""


def decoded(page: Page) -> NDArray[np.int16]:
    """The picture that is shown, as the browser decoded it: shape (90, 160, 3), RGB."""
    text = until(lambda: page.evaluate(DECODED), "a decoded picture")
    pixels = np.frombuffer(base64.b64decode(text), np.uint8).reshape(90, 160, 4)
    return pixels[:, :, :3].astype(np.int16)


def difference(a: NDArray[np.int16], b: NDArray[np.int16]) -> float:
    """Mean of the 100 most different pixels of 14,400: what moved, however small it is."""
    return float(np.sort(np.abs(a - b).max(axis=2).reshape(-1))[-100:].mean())


def until(ask: Callable[[], Any], what: str, timeout_s: float = 15.0) -> Any:
    """The first true answer; fails after `timeout_s`."""
    limit = time.monotonic() + timeout_s
    while time.monotonic() < limit:
        answer = ask()
        if answer is not None and answer is not False:
            return answer
        time.sleep(0.02)
    raise AssertionError(f"{what} did not come within {timeout_s} s")


def until_moving(page: Page, timeout_s: float = 15.0) -> float:
    """Seconds until the decoded picture changes by itself."""
    began, before = time.monotonic(), decoded(page)
    until(lambda: difference(decoded(page), before) > 12, "a moving picture", timeout_s)
    return time.monotonic() - began


def get(url: str) -> dict[str, Any]:
    """JSON of a GET."""
    with urllib.request.urlopen(url, timeout=20) as answer:
        parsed: dict[str, Any] = json.load(answer)
        return parsed


def post(url: str, body: dict[str, Any]) -> dict[str, Any]:
    """JSON of a POST."""
    request = urllib.request.Request(url, data=json.dumps(body).encode(), headers={"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=20) as answer:
        parsed: dict[str, Any] = json.load(answer)
        return parsed


def simulation(server: str) -> dict[str, Any]:
    """What the server says of the simulation."""
    told: dict[str, Any] = get(server + "api/stats")["simulation"]
    return told


def keyframe(server: str) -> dict[str, list[float]]:
    """The state of the engine: `time`, and each array by its name."""
    xml = get(server + "api/simulation/keyframe")["xml"]
    return {name: [float(n) for n in numbers.split()] for name, numbers in re.findall(r'(\w+)="([^"]*)"', xml)}


def until_paused(server: str) -> None:
    """Wait for a pause."""
    until(lambda: get(server + "api/stats")["simulation_state"]["simulation"]["is_paused"], "pause")
