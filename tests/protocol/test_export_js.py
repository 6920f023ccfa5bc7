"""The page's message types say what the server's do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from py_remote_viewer.protocol import export_js, messages


def test_the_committed_types_are_fresh() -> None:
    assert export_js.main(["--check"]) == 0


def test_a_stale_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export_js, "CLIENT", tmp_path)
    assert export_js.main(["--check"]) == 1
    assert export_js.main([]) == 0
    assert export_js.main(["--check"]) == 0


def test_every_message_has_a_type() -> None:
    text = export_js.render()["messages.d.ts"]
    names = set(re.findall(r"export interface (\w+) ", text))
    for model in (*messages.ClientMessage.__args__, *messages.ServerMessage.__args__):
        assert model.__name__ in names
    assert {"ModelInfo", "PresetInfo", "StageTimes", "InputEvent"} - names == {"InputEvent"}


def test_defaults_are_optional_only_in_what_the_page_sends() -> None:
    text = export_js.render()["messages.d.ts"]
    assert '  plane?: "vertical"|"horizontal";' in text
    assert "  d_azimuth: number;" in text
    assert "  lookat: [number, number, number];" in text
    assert "  target: string|null;" in text
