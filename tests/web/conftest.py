from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from py_remote_viewer.config import Settings
from py_remote_viewer.web.app import create_app
from tests.fakes import FakeParts

Serve = Callable[..., TestClient]


@pytest.fixture
def parts() -> FakeParts:
    return FakeParts()


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A folder as `client/` is one."""
    folder = tmp_path / "client"
    folder.mkdir()
    (folder / "index.html").write_text("<!doctype html><title>viewer</title>")
    (folder / "main.js").write_text("export const x = 1;\n" * 400)
    return folder


@pytest.fixture
def serve(parts: FakeParts, page: Path) -> Iterator[Serve]:
    """Start a server on the fakes, with settings; it ends with the test."""
    with ExitStack() as stack:

        def start(**settings: Any) -> TestClient:
            app = create_app(Settings(**settings), parts=parts.room_parts(), client=page)
            return stack.enter_context(TestClient(app, base_url="http://localhost:8000", raise_server_exceptions=False))

        yield start
