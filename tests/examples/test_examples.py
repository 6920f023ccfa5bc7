"""The examples run as they stand."""

from __future__ import annotations

import json
import runpy
from pathlib import Path
from typing import Any

import pytest

from tests.cli.servers import running

pytestmark = [pytest.mark.gl, pytest.mark.timeout(90)]

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"WIDTH": "320", "HEIGHT": "192", "FPS": "30", "QUALITY": "lean", "PORT": "0"}.items():
        monkeypatch.setenv(f"VIEWER_{name}", value)


def test_the_passive_viewer_balances_its_pole(capsys: pytest.CaptureFixture[str]) -> None:
    example = runpy.run_path(str(EXAMPLES / "passive_viewer.py"))
    data = example["main"](seconds=2.0, port=0, open_browser=False)
    assert data.time > 0.5
    assert abs(data.joint("hinge").qpos[0]) < 0.2


def test_the_client_leaves_a_picture(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    example = runpy.run_path(str(EXAMPLES / "connect_client.py"))
    with running("--scene", "pendulum") as (_, url):
        example["main"](url, str(tmp_path / "domino.png"))
    assert (tmp_path / "domino.png").read_bytes().startswith(b"\x89PNG")
    assert "dominoes: " in capsys.readouterr().out


def test_the_recorder_leaves_a_video_and_a_scene(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    example = runpy.run_path(str(EXAMPLES / "record_and_render.py"))
    with running("--scene", "pendulum", VIEWER_RECORDINGS_DIR=str(tmp_path / "recordings")) as (_, url):
        example["main"](url, str(tmp_path), seconds=0.5, width=128)
    assert (tmp_path / "again.mp4").stat().st_size > 500
    assert (tmp_path / "scene.zip").read_bytes().startswith(b"PK")
    assert "drawn: 100%" in capsys.readouterr().out


def test_the_notebooks_cells_run_and_show_a_frame() -> None:
    cells = json.loads((EXAMPLES / "notebook.ipynb").read_text(encoding="utf-8"))["cells"]
    names: dict[str, Any] = {}
    for cell in cells:
        if cell["cell_type"] == "code":
            source = "".join(cell["source"]).replace(
                "launch_passive(model, data)", "launch_passive(model, data, open_browser=False)"
            )
            exec(compile(source.replace("data.time < 5", "data.time < 0.2"), "notebook.ipynb", "exec"), names)
            if "prv.launch_passive" in source:
                assert names["viewer"]._repr_html_().startswith("<iframe ")
    assert names["data"].time >= 0.2
    assert not names["viewer"].is_running()
