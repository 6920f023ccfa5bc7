"""The process that compile children are forked from, as the server starts and ends it. It runs `scenes/compile_child.py`."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

log = logging.getLogger(__name__)

_STOP_S = 2.0
# What a forkserver inherits; everything else, secrets above all, stays out of it.
_KEPT_ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "PYTHONPATH", "PYTHONHOME")


@dataclass(frozen=True, slots=True)
class Forkserver:
    """A running one, and our end of its socket."""

    process: subprocess.Popen[bytes]
    control: socket.socket

    @classmethod
    def start(cls) -> Forkserver:
        """Start it without waiting for it: the socket holds requests until it has imported mujoco."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        ours.setblocking(False)
        environment = {name: os.environ[name] for name in _KEPT_ENVIRONMENT if name in os.environ}
        environment |= dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
        roots = [str(Path(__file__).resolve().parents[2]), environment.get("PYTHONPATH", "")]
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, roots))
        command = [sys.executable, "-P", "-m", "py_remote_viewer.scenes.compile_child", "--fd", str(theirs.fileno())]
        with theirs:
            process = subprocess.Popen(
                command,
                env=environment,
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C in a terminal is for the server, which then stops this in order
            )
        log.debug("scene compiler started pid=%d", process.pid)
        return cls(process, ours)

    async def stop(self) -> None:
        """End it: gently by closing its socket, else by force. Returns when it is gone."""
        self.control.close()
        try:
            await asyncio.to_thread(self.process.wait, _STOP_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            await asyncio.to_thread(self.process.wait)
        log.debug("scene compiler stopped pid=%d", self.process.pid)
