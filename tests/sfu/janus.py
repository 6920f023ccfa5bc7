"""A Janus of our own on 127.0.0.1: one process, its files in a folder of the test, and its HTTP API."""

from __future__ import annotations

import asyncio
import contextlib
import json
import secrets
import shutil
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from py_remote_viewer.stream.http_client import HttpFailed, request

MOUNTPOINT = 1
ROOM = 1234
PLUGINS = Path("/usr/lib/x86_64-linux-gnu/janus")
# Everything listens on the loopback; the admin API is off, and nothing but the two plugins and HTTP is loaded.
_JANUS = """
general: {{
  configs_folder = "{folder}"
  plugins_folder = "{plugins}/plugins"
  transports_folder = "{plugins}/transports"
  events_folder = "{folder}/none"
  loggers_folder = "{folder}/none"
  debug_level = 4
  debug_timestamps = true
  server_name = "test"
}}
media: {{ rtp_port_range = "41000-41999" }}
nat: {{ ice_lite = true, ice_enforce_list = "127.0.0.1" }}
plugins: {{ disable = "{other_plugins}" }}
transports: {{ disable = "{other_transports}" }}
"""
_HTTP = """
general: {{ json = "compact", base_path = "/janus", http = true, port = {port}, ip = "127.0.0.1", https = false }}
admin: {{ admin_http = false, admin_https = false }}
"""
_STREAMING = """
viewer: {{
  type = "rtp"
  id = {mountpoint}
  secret = "{secret}"
  media = ( {{ type = "video", mid = "v", port = {rtp_port}, iface = "127.0.0.1", pt = 96, codec = "h264",
    fmtp = "profile-level-id=42e01f;packetization-mode=1", bufferkf = true }} )
}}
"""
_VIDEOROOM = """
room-{room}: {{ description = "viewer", secret = "{secret}", publishers = 2, bitrate = 8000000, videocodec = "h264",
  h264_profile = "42e01f" }}
"""


@dataclass(frozen=True, slots=True)
class Janus:
    """Where it is."""

    url: str
    rtp_port: int
    log: Path

    async def session(self) -> JanusSession:
        """A new session."""
        made = await _ask("POST", self.url, {"janus": "create", "transaction": secrets.token_hex(6)})
        return JanusSession(f"{self.url}/{made['data']['id']}")


class JanusSession:
    """One session with one handle; asks, and waits for the event that answers."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._handle = ""

    async def attach(self, plugin: str) -> None:
        made = await self._send(self._url, {"janus": "attach", "plugin": f"janus.plugin.{plugin}"})
        self._handle = f"{self._url}/{made['data']['id']}"

    async def ask(self, body: dict[str, Any], sdp: str | None = None, kind: str = "answer") -> dict[str, Any]:
        """Send a plugin request; returns the event, or the synchronous answer, that belongs to it."""
        message: dict[str, Any] = {"janus": "message", "body": body}
        if sdp is not None:
            message["jsep"] = {"type": kind, "sdp": sdp}
        transaction = secrets.token_hex(6)
        answered = await self._send(self._handle, message, transaction)
        async with asyncio.timeout(10):
            while answered["janus"] == "ack" or answered.get("transaction") != transaction:
                answered = await _ask("GET", f"{self._url}?maxev=1", None)
        data: dict[str, Any] = answered["plugindata"]["data"]
        assert "error" not in data, data
        return data | ({"sdp": answered["jsep"]["sdp"]} if "jsep" in answered else {})

    async def destroy(self) -> None:
        with contextlib.suppress(HttpFailed):
            await self._send(self._url, {"janus": "destroy"})

    async def _send(self, url: str, message: dict[str, Any], transaction: str | None = None) -> dict[str, Any]:
        return await _ask("POST", url, {**message, "transaction": transaction or secrets.token_hex(6)})


async def _ask(method: str, url: str, message: dict[str, Any] | None) -> dict[str, Any]:
    body = b"" if message is None else json.dumps(message).encode()
    answered = await request(method, url, headers={"Content-Type": "application/json"}, body=body, timeout_s=35)
    found: dict[str, Any] = json.loads(answered.body)
    assert found["janus"] not in ("error", "timeout"), found
    return found


@asynccontextmanager
async def janus(folder: Path) -> AsyncIterator[Janus]:
    """Run Janus with a mountpoint for plain RTP and a video room. Skips the test where it is not installed."""
    program = shutil.which("janus")
    if program is None:
        pytest.skip("no janus: apt-get install janus")
    with _reserved(socket.SOCK_STREAM) as port, _reserved(socket.SOCK_DGRAM) as rtp_port:
        values = {
            "folder": folder,
            "plugins": PLUGINS,
            "port": port,
            "rtp_port": rtp_port,
            "secret": secrets.token_hex(8),
            "mountpoint": MOUNTPOINT,
            "room": ROOM,
            "other_plugins": _others("plugins", "streaming", "videoroom"),
            "other_transports": _others("transports", "http"),
        }
    (folder / "none").mkdir()
    files = {
        "janus.jcfg": _JANUS,
        "janus.transport.http.jcfg": _HTTP,
        "janus.plugin.streaming.jcfg": _STREAMING,
        "janus.plugin.videoroom.jcfg": _VIDEOROOM,
    }
    for name, text in files.items():
        (folder / name).write_text(text.format(**values))
    log = folder / "janus.log"
    process = await asyncio.create_subprocess_exec(
        program, "-F", str(folder), "-C", str(folder / "janus.jcfg"), "-L", str(log), stdout=asyncio.subprocess.DEVNULL
    )
    try:
        found = Janus(f"http://127.0.0.1:{port}/janus", rtp_port, log)
        await _answers(found, process)
        yield found
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        try:
            async with asyncio.timeout(5):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()


async def _answers(one: Janus, process: asyncio.subprocess.Process) -> None:
    async with asyncio.timeout(20):
        while True:
            assert process.returncode is None, one.log.read_text()[-2000:]
            try:
                return await _info(one)
            except HttpFailed:
                await asyncio.sleep(0.05)


async def _info(one: Janus) -> None:
    answered = await request("GET", f"{one.url}/info", headers={})
    assert answered.status == 200


def _others(kind: str, *wanted: str) -> str:
    prefix = "libjanus_"
    names = sorted(path.name for path in (PLUGINS / kind).glob(f"{prefix}*.so"))
    return ",".join(name for name in names if name.removeprefix(prefix).removesuffix(".so") not in wanted)


@contextlib.contextmanager
def _reserved(kind: socket.SocketKind) -> Any:
    """A number that is free as long as this is entered, and a moment later, hopefully."""
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind(("127.0.0.1", 0))
        yield probe.getsockname()[1]
