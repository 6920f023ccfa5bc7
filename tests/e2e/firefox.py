"""A real Firefox, driven over WebDriver BiDi, which it speaks by itself: no driver program in between.

https://w3c.github.io/webdriver-bidi/
"""

from __future__ import annotations

import itertools
import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

from tests.e2e.live import until

START_LIMIT_S = 60.0
ANSWER_LIMIT_S = 60.0
QUIET = {
    "app.update.auto": False,
    "app.update.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.getAddons.cache.enabled": False,
    "media.autoplay.default": 0,
    "media.gmp-manager.updateEnabled": False,  # no OpenH264 plug-in: as on a closed network
    "media.peerconnection.ice.obfuscate_host_addresses": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "remote.active-protocols": 1,
    "toolkit.telemetry.enabled": False,
}


def firefox_path() -> str | None:
    """`FIREFOX`, or the one on the path."""
    return os.environ.get("FIREFOX") or shutil.which("firefox-esr") or shutil.which("firefox")


class Firefox:
    """One tab. Made by `firefox`."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._ids = itertools.count(1)
        self.ask("session.new", capabilities={})
        self._tab = self.ask("browsingContext.getTree")["contexts"][0]["context"]

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        """One command, and its result."""
        asked = next(self._ids)
        self._socket.send(json.dumps({"id": asked, "method": method, "params": params}))
        while True:
            message = json.loads(self._socket.recv(timeout=ANSWER_LIMIT_S))
            if message.get("id") == asked:
                assert message["type"] == "success", message
                result: dict[str, Any] = message["result"]
                return result

    def before_each_page(self, script: str) -> None:
        """Run `script`, a function, in front of the scripts of every page from now on."""
        self.ask("script.addPreloadScript", functionDeclaration=script)

    def open(self, url: str) -> None:
        """Go to `url`; returns when it has loaded."""
        self.ask("browsingContext.navigate", context=self._tab, url=url, wait="complete")

    def evaluate(self, expression: str) -> Any:
        """The value of a JavaScript expression that gives something JSON can hold, or a promise of it."""
        result = self.ask(
            "script.evaluate",
            expression=f"(async () => JSON.stringify((await ({expression})) ?? null))()",
            target={"context": self._tab},
            awaitPromise=True,
        )
        assert result["type"] == "success", result
        return json.loads(result["result"]["value"])

    def screenshot(self) -> str:
        """PNG, base64."""
        data: str = self.ask("browsingContext.captureScreenshot", context=self._tab)["data"]
        return data


@contextmanager
def firefox(path: str) -> Iterator[Firefox]:
    """A headless Firefox with a profile of its own; ended with the block."""
    with tempfile.TemporaryDirectory(prefix="firefox-", ignore_cleanup_errors=True) as profile:
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in QUIET.items()]
        (Path(profile) / "user.js").write_text("".join(lines), encoding="utf-8")
        errors = Path(profile) / "errors.txt"
        with errors.open("w") as heard:
            process = subprocess.Popen(
                [path, "--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0"],
                stdout=subprocess.DEVNULL,
                stderr=heard,
                env=os.environ | {"HOME": profile, "MOZ_HEADLESS_WIDTH": "1280", "MOZ_HEADLESS_HEIGHT": "800"},
            )
        try:
            address = until(
                lambda: re.search(r"WebDriver BiDi listening on (ws://\S+)", errors.read_text()),
                "Firefox",
                START_LIMIT_S,
            )
            with connect(f"{address.group(1)}/session", max_size=None, open_timeout=START_LIMIT_S) as socket:
                yield Firefox(socket)
        finally:
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
