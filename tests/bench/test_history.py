import json
from pathlib import Path

import pytest

from py_remote_viewer.__main__ import main

pytestmark = [pytest.mark.e2e, pytest.mark.gl, pytest.mark.slow, pytest.mark.timeout(90)]


def test_places_that_a_hand_drags_the_slider_to_are_seen_and_states_are_counted(tmp_path: Path) -> None:
    target = tmp_path / "result.json"
    short = ["--scene", "pendulum", "--quality", "lean-50", "--minutes", "0.1", "--seconds", "2"]
    assert main(["bench", "history", *short, "--json", str(target)]) == 0
    result = json.loads(target.read_text())
    assert result["scrub_to_photon_ms"]["n"] >= 5
    assert 0 < result["scrub_to_photon_ms"]["p50"] <= result["scrub_to_photon_ms"]["p95"]
    assert result["scrubbed_through"]["seconds"] >= 6
    assert result["history"]["seconds"] == pytest.approx(6, abs=0.1)
    assert result["history"]["states"] == pytest.approx(360, abs=2)
    assert result["history"]["bytes"] > 0
