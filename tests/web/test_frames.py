"""Who may show the page in a frame of theirs."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from py_remote_viewer.config import Settings, load_settings
from py_remote_viewer.errors import SettingsInvalid
from py_remote_viewer.web.app import create_app
from tests.fakes import FakeParts


def policy(settings: Settings) -> str:
    app = create_app(settings, parts=FakeParts().room_parts())
    with TestClient(app, base_url="http://127.0.0.1") as client:
        return str(client.get("/").headers["Content-Security-Policy"])


def test_only_pages_of_the_same_origin_unless_told_otherwise() -> None:
    assert policy(Settings()).endswith("frame-ancestors 'self'")
    named = ("http://localhost:*", "https://lab.example.org", "vscode-webview:")
    assert policy(Settings(frame_ancestors=named)).endswith(
        "frame-ancestors 'self' http://localhost:* https://lab.example.org vscode-webview:"
    )


@pytest.mark.parametrize("source", ["*", "'none'; script-src *", "localhost", "http://a b", "https://x; y"])
def test_what_is_no_source_of_a_policy_is_refused(source: str) -> None:
    with pytest.raises(SettingsInvalid, match="must look like"):
        load_settings(frame_ancestors=(source,))
