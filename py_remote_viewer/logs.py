"""Log lines: set up once per process, in one shape."""

from __future__ import annotations

import logging
import sys

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


def configure(level: str, process: str = "server") -> None:
    """Send log records of `level` and above to standard error, each line naming `process`."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter(f"%(asctime)s %(levelname)-7s {process} %(name)s: %(message)s"))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for noisy in ("aiortc", "aioice", "libav", "websockets", "uvicorn.access", "OpenGL"):
        logging.getLogger(noisy).setLevel(max(logging.WARNING, root.level))
