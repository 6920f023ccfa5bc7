"""A server of our own for one program: a child process that ends with the program, or when those who watch have gone."""

from __future__ import annotations

import contextlib
import json
import os
import re
import selectors
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from py_remote_viewer.errors import EngineFailed, SettingsInvalid

USUAL_PORT = 8000
START_LIMIT_S = 30.0
END_LIMIT_S = 5.0
# Pages on this machine that may frame ours: notebooks, and editors that show them.
FRAMES = ("http://localhost:*", "http://127.0.0.1:*", "https://localhost:*", "vscode-webview:")
_ROOT = str(Path(__file__).resolve().parents[2])
_URL = re.compile(r"https?://\S+")


@dataclass(frozen=True, slots=True)
class ServerWish:
    """How the server is wanted.

    Attributes:
        port: TCP port; 0 picks one; None: 8000 where that is free, else any.
        host: address to listen on; None: as the environment says, else this machine alone.
        token: secret; None: as the environment says.
        arguments: further ones of the command line.
        frames: web origins that may frame the page.
    """

    port: int | None = None
    host: str | None = None
    token: str | None = None
    arguments: Sequence[str] = ()
    frames: Sequence[str] = FRAMES


class ServerChild:
    """A running server: `url` to open, with its token in the fragment."""

    def __init__(self, wish: ServerWish) -> None:
        """Start it; returns when it serves.

        Raises:
            SettingsInvalid: it refuses the port, the address or another setting.
            EngineFailed: it does not serve in half a minute.
        """
        port = wish.port if wish.port is not None else _free_port(wish.host or "127.0.0.1")
        command = [sys.executable, "-P", "-m", "py_remote_viewer", "--port", str(port), "--end-with-parent"]
        command += ["--host", wish.host] if wish.host else []
        command += wish.arguments
        environment = {
            "VIEWER_LOG_LEVEL": "WARNING",
            **os.environ,
            # -P and the root: the same package as ours, wherever the program was started
            "PYTHONPATH": os.pathsep.join(filter(None, [_ROOT, os.environ.get("PYTHONPATH", "")])),
            "VIEWER_FRAME_ANCESTORS": json.dumps(list(wish.frames)),
        }
        if wish.token is not None:
            environment["VIEWER_TOKEN"] = wish.token
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 (as long as the child)
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,  # closes with us, however we end
            stdout=subprocess.PIPE,
            stderr=self._said,
            env=environment,
            start_new_session=True,  # Ctrl+C is for the program, which then ends us in order
        )
        try:
            self.url = self._read_url()
        except BaseException:
            self.stop()
            raise

    @property
    def pid(self) -> int:
        """Its process."""
        return self._process.pid

    @property
    def is_running(self) -> bool:
        """Whether it has not ended."""
        return self._process.poll() is None

    def wait(self) -> None:
        """Until it ends."""
        self._process.wait()

    def stop(self) -> None:
        """End it now. Idempotent."""
        if self.is_running:
            self._process.terminate()
            try:
                self._process.wait(END_LIMIT_S)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            _close(pipe)
        self._said.close()

    def _read_url(self) -> str:
        pipe = self._process.stdout
        assert pipe is not None
        said, limit = b"", time.monotonic() + START_LIMIT_S
        with selectors.DefaultSelector() as selector:
            selector.register(pipe, selectors.EVENT_READ)
            while (left := limit - time.monotonic()) > 0 and selector.select(left):
                more = os.read(pipe.fileno(), 4096)
                if not more:
                    self._process.wait(END_LIMIT_S)
                    raise self._refusal()
                said += more
                found = _URL.search(said.decode("utf-8", "replace"))
                if found and said.endswith(b"\n"):
                    return found.group()
        raise EngineFailed(f"the server did not start within {START_LIMIT_S:.0f} s", hint="Is the machine busy?")

    def _refusal(self) -> SettingsInvalid | EngineFailed:
        self._said.seek(0)
        text = self._said.read(4000).decode("utf-8", "replace").strip()
        message, _, hint = text.removeprefix("error: ").partition("\n")
        if self._process.returncode == 2:
            return SettingsInvalid(message, hint=hint)
        return EngineFailed(f"the server ended with code {self._process.returncode}: {text[-1000:]}", hint="See above.")


def _free_port(host: str) -> int:
    """The usual port where nobody has it, else 0."""
    with socket.socket() as probe, contextlib.suppress(OSError):
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((host, USUAL_PORT))
        return USUAL_PORT
    return 0


def _close(pipe: IO[bytes] | None) -> None:
    if pipe is not None:
        pipe.close()
