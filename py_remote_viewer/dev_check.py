"""`python -m py_remote_viewer.dev_check [--json]`: what this machine can do; exit code 1 when something needed is missing."""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from collections.abc import Sequence

from py_remote_viewer.cli.machine import Check, all_checks


def main(argv: Sequence[str] | None = None) -> int:
    """Check, print, and say by the exit code whether the viewer can run here."""
    parser = argparse.ArgumentParser(prog="python -m py_remote_viewer.dev_check", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of text")
    given = parser.parse_args(argv)
    checks = all_checks()
    missing = [check for check in checks if check.needed and not check.ok]
    if given.json:
        print(json.dumps({"ok": not missing, "checks": [dataclasses.asdict(check) for check in checks]}, indent=2))
    else:
        for check in checks:
            print(describe(check))
        print(f"\n{len(missing)} needed thing(s) missing" if missing else "\nthe viewer runs here")
    return 1 if missing else 0


def describe(check: Check) -> str:
    """One check as a line, and a second one that says what to do where it does not work."""
    mark = "ok     " if check.ok else "MISSING" if check.needed else "note   "
    line = f"{mark} {check.name:<10} {check.found}"
    return line if check.ok or not check.fix else f"{line}\n        -> {check.fix}"


if __name__ == "__main__":
    sys.exit(main())
