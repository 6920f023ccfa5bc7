from __future__ import annotations

import json

import pytest

from py_remote_viewer.bench import fanout


@pytest.mark.slow
def test_a_picture_is_encoded_once_for_each_rung_however_many_watch(capsys: pytest.CaptureFixture[str]) -> None:
    assert fanout.main(["--viewers", "1,3", "--stock-viewers", "1", "--seconds", "0.5", "--json", "-"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert [row["viewers"] for row in result["rows"]] == [1, 3]
    rows = [*result["rows"], *result["rows_with_rungs"]]
    assert all(row["encoder_calls_per_picture"] == row["rungs_in_use"] for row in rows)
    assert [round(row["rungs_in_use"]) for row in rows] == [1, 1, 3]
    assert all(row["fps_min"] > 0 and row["loop_ms_per_picture"] > 0 for row in result["rows"])
    assert result["peer_over_encode"] is None, "too few viewers to say"
    assert result["stock_rows"][0]["cpu_ms_per_picture_and_peer"] > 0


def test_numbers_of_viewers_are_checked() -> None:
    with pytest.raises(SystemExit):
        fanout.main(["--viewers", "0"])
    with pytest.raises(SystemExit):
        fanout.main(["--viewers", "many"])
