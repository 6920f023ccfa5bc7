"""`uvicorn py_remote_viewer.server:app`: the application with settings from the environment alone.

uvicorn's own `--host` is not visible here: a server without a token refuses requests that reach it from other machines.
"""

from __future__ import annotations

from py_remote_viewer import logs
from py_remote_viewer.config import load_settings
from py_remote_viewer.errors import ViewerError
from py_remote_viewer.web.app import create_app

try:
    _settings = load_settings()
    logs.configure("DEBUG" if _settings.debug else _settings.log_level)
    app = create_app(_settings)
except ViewerError as exc:
    raise SystemExit(f"error: {exc.message}\n{exc.hint}") from None
