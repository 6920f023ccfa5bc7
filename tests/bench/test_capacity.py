import json
from pathlib import Path

import pytest

from py_remote_viewer.__main__ import main

pytestmark = [pytest.mark.gl, pytest.mark.slow, pytest.mark.timeout(90)]


def test_the_number_of_viewers_is_raised_until_the_most(tmp_path: Path) -> None:
    size = ["--width", "320", "--height", "192", "--scene", "pendulum", "--quality", "lean"]
    target = tmp_path / "result.json"
    assert (
        main(["bench", "capacity", *size, "--start", "1", "--most", "2", "--seconds", "1", "--json", str(target)]) == 0
    )
    result = json.loads(target.read_text())
    assert [row["viewers"] for row in result["rows"]][:1] == [1]
    assert result["limit"] <= 2
    assert result["broken_by"]
    for row in result["rows"]:
        assert row["fps_min"] > 1
        assert 0 < row["server_cpu"] < 2
