"""`render` refuses what it cannot write before it draws anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from py_remote_viewer.cli import render


@pytest.mark.parametrize(
    ("output", "words"),
    [("out.avi", "End the name in .mp4"), ("nowhere/out.mp4", "there is no folder"), (".mp4", "mp4")],
)
def test_a_place_that_cannot_be_written_is_refused_at_once(
    output: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert render.main(["no.prvt", "-o", str(tmp_path / output)]) == 1
    said = capsys.readouterr().err
    assert words in said
    assert "no.prvt" not in said
