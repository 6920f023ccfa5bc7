from __future__ import annotations

import json
from pathlib import Path

import pytest

from py_remote_viewer.bench import report

RESULT = {"bench": "fanout", "machine": {"cores": 2}, "warning": None, "rows": [{"viewers": 1, "fps_min": 59.98765}]}


def test_the_machine_is_named() -> None:
    facts = report.machine_facts(encoder="libx264")
    assert facts["cores"] >= 1
    assert facts["encoder"] == "libx264"
    assert "gl_renderer" not in facts
    assert {"av", "aiortc", "mujoco"} == set(facts["versions"])


def test_a_busy_machine_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    samples = iter([(0, 0), (80, 100), (0, 0), (1, 100)])
    monkeypatch.setattr(report, "_busy_and_total", lambda: next(samples))
    assert "80%" in str(report.busy_warning(window_s=0))
    assert report.busy_warning(window_s=0) is None


def test_people_get_lines_and_programs_get_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report.emit(RESULT, str(tmp_path / "result.json"))
    assert json.loads((tmp_path / "result.json").read_text()) == RESULT
    out = capsys.readouterr().out
    assert "59.99" in out
    assert "warning" not in out


def test_json_on_standard_output_stands_alone(capsys: pytest.CaptureFixture[str]) -> None:
    report.emit(RESULT, "-")
    captured = capsys.readouterr()
    assert json.loads(captured.out) == RESULT
    assert "viewers" in captured.err
