"""Entry of an engine process: `python -m py_remote_viewer.engine.process PIPE_FD SIDE_FD CONFIG_JSON`.

Started by `engine.supervisor` only. It dies with the server: by the pipe's end, and by the kernel's parent-death signal.
"""

from __future__ import annotations

import ctypes
import logging
import signal
import socket
import sys

from py_remote_viewer import logs
from py_remote_viewer.engine.pipe import EnginePipe
from py_remote_viewer.errors import ViewerError
from py_remote_viewer.protocol.engine_messages import EngineConfig, EngineNotice
from py_remote_viewer.render.gl import use_egl

log = logging.getLogger(__name__)

_PR_SET_PDEATHSIG = 1


def main(argv: list[str]) -> int:
    """Run one engine until the server says or closes; returns the exit code."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C goes to the whole group; the server tells us itself
    config = EngineConfig.model_validate_json(argv[2])
    logs.configure(config.log_level, f"engine/{config.room_id}")
    pipe = EnginePipe(socket.socket(fileno=int(argv[0])), socket.socket(fileno=int(argv[1])))
    use_egl()
    try:
        import mujoco

        from py_remote_viewer.engine.loop import EngineLoop
        from py_remote_viewer.render.gl import GlContext

        mujoco.set_mju_user_warning(lambda text: log.debug("MuJoCo: %s", text))
        with GlContext(config.width, config.height) as gl:
            loop = EngineLoop(config, pipe, gl)
            pipe.start()
            loop.run()
    except (ViewerError, ImportError) as exc:
        hint = getattr(exc, "hint", "")
        log.error("%s %s", exc, hint)
        pipe.send(EngineNotice(level="bad", text=f"The engine cannot start: {exc}. {hint}"))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
