import os
import subprocess
import sys


def import_server(**environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from py_remote_viewer.server import app; print(app.title)"],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_uvicorn_finds_an_application_made_from_the_environment() -> None:
    assert import_server(VIEWER_PORT="8001").stdout == "py_remote_viewer\n"


def test_a_setting_that_cannot_be_used_is_said_without_a_trace() -> None:
    done = import_server(VIEWER_WIDTH="wide")
    assert done.returncode == 1
    assert "wide" in done.stderr
    assert "Traceback" not in done.stderr
