"""`docs/controls.md` lists every key that the page has, and what it does."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ASK = "import('./client/keys.js').then(({ SHORTCUTS }) => console.log(JSON.stringify(SHORTCUTS)))"


def test_every_key_is_in_the_document() -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    done = subprocess.run([node, "-e", ASK], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    text = " ".join((ROOT / "docs" / "controls.md").read_text(encoding="utf-8").split())
    for shortcut in json.loads(done.stdout):
        shown, does = shortcut["shown"], shortcut["does"]
        mark = " †" if shortcut.get("clickedOnly") else " *" if shortcut.get("pictureOnly") else ""
        if re.fullmatch(r"(Geom|Site) group \d", does):
            assert "| 0 … 5 | Geom group 0 … 5 |" in text
            assert "| Shift 0 … Shift 5 | Site group 0 … 5 |" in text
        elif len(shown) == 1 and shortcut["group"] == "Shown":
            assert any(f"{quote}{shown}{quote[::-1]} {does}" in text for quote in ("", "`", "`` ")), shortcut
        else:
            assert f"| {shown}{mark} | {does} |" in text, shortcut
