import re
import tomllib
from pathlib import Path

import pytest

from py_remote_viewer.cli import docs
from py_remote_viewer.config import Settings
from py_remote_viewer.web.app import create_app
from tests.fakes import FakeParts

ROOT = Path(__file__).resolve().parents[2]


def test_the_table_of_settings_is_fresh() -> None:
    assert docs.main(["--check"]) == 0


def test_a_page_without_markers_is_an_error() -> None:
    with pytest.raises(ValueError, match="markers"):
        docs.with_table("no table here")


def test_every_route_is_documented(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "rest.md").read_text()
    schema = create_app(Settings(), parts=FakeParts().room_parts(), client=tmp_path).openapi()
    for path, operations in schema["paths"].items():
        for method in operations:
            assert f"## {method.upper()} {path}\n" in text


def test_every_metric_is_documented() -> None:
    from py_remote_viewer.web.metrics import _families

    text = (ROOT / "docs" / "rest.md").read_text()
    for name in _families():
        assert f"viewer_{name}" in text


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[<>=\[; ]", line, maxsplit=1)[0].lower() for line in requirements}


def test_every_dependency_has_its_reason_and_its_pin() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    core, dev, models = names(project["dependencies"]), names(extras["dev"]), names(extras["models"])
    text = (ROOT / "docs" / "dependencies.md").read_text()
    python = text.partition("## In the page")[0] + text.partition("## To develop")[2]
    python = re.sub(r"## In the page.*?(?=\n## |\Z)", "", text, flags=re.DOTALL)
    told = names(re.findall(r"^\| `([^`]+)` \|", python, flags=re.MULTILINE))
    assert told == core | dev | models
    pins = [line for line in (ROOT / "requirements.txt").read_text().splitlines() if not line.startswith("#")]
    assert all("==" in line for line in pins)
    assert core <= names(pins)
    dev_pins = [line for line in (ROOT / "requirements-dev.txt").read_text().splitlines() if line[0] not in "#-"]
    assert all("==" in line for line in dev_pins)
    assert dev <= names(dev_pins)
