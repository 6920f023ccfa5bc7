"""The table of simulate's surface names tests that exist, and leaves out none of MuJoCo's own lists."""

from __future__ import annotations

import re
from pathlib import Path

import mujoco

from py_remote_viewer.protocol.look_table import FLAGS
from py_remote_viewer.sim.options import ModelOptions

ROOT = Path(__file__).resolve().parents[1]
TABLE = (ROOT / "docs" / "simulate.md").read_text(encoding="utf-8")


def test_every_test_that_the_table_names_exists() -> None:
    named = re.findall(r"`(tests/[\w/.]+?\.(?:py|js))(?:::(\w+))?`", TABLE)
    assert len(named) >= 50
    for file, test in named:
        assert (ROOT / file).is_file(), file
        assert not test or f"def {test}(" in (ROOT / file).read_text(encoding="utf-8"), (file, test)


def test_every_row_names_one() -> None:
    head, _, _ = TABLE.partition("## Left out")
    rows = [line for line in head.splitlines() if line.startswith("| ") and not line.startswith("| simulate |")]
    assert len(rows) > 40
    assert [row for row in rows if "`tests/" not in row] == []


def test_all_flags_and_options_of_mujoco_are_there() -> None:
    assert len(FLAGS) == int(mujoco.mjtVisFlag.mjNVISFLAG) + int(mujoco.mjtRndFlag.mjNRNDFLAG) == 42
    names = set(ModelOptions(mujoco.MjModel.from_xml_string("<mujoco/>")).table)
    for bits in (mujoco.mjtDisableBit, mujoco.mjtEnableBit):
        assert {name for name in bits.__members__ if not name.startswith("mjN")} <= names
