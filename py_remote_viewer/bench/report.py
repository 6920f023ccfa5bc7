"""What every bench says beside its figures: on which machine, how busy it was, and where the result goes."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import sys
import time
from collections.abc import Callable, Coroutine, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from py_remote_viewer.errors import ViewerError

Measured = Coroutine[Any, Any, dict[str, Any]]
_PACKAGES = ("av", "aiortc", "mujoco")
_BUSY_WINDOW_S = 0.5
_BUSY_SHARE = 0.15  # of all cores, used by others before the bench starts


def machine_facts(*, encoder: str | None = None, gl_renderer: str | None = None) -> dict[str, Any]:
    """Cores, processor, versions; and what the caller knows of the encoder and the GL renderer."""
    facts: dict[str, Any] = {
        "cores": len(os.sched_getaffinity(0)),
        "cpu": _cpu_model(),
        "kernel": platform.release(),
        "python": platform.python_version(),
        "versions": {name: _version(name) for name in _PACKAGES},
    }
    if encoder is not None:
        facts["encoder"] = encoder
    if gl_renderer is not None:
        facts["gl_renderer"] = gl_renderer
    return facts


def busy_warning(window_s: float = _BUSY_WINDOW_S) -> str | None:
    """A sentence when others use this machine now, so that only ratios count; None when it is quiet. Sleeps `window_s`."""
    before = _busy_and_total()
    time.sleep(window_s)
    after = _busy_and_total()
    total = after[1] - before[1]
    share = (after[0] - before[0]) / total if total > 0 else 0.0
    if share < _BUSY_SHARE:
        return None
    load = os.getloadavg()[0]
    return f"others use {share:.0%} of the machine (load {load:.1f}): trust ratios, not times"


def run(parser: argparse.ArgumentParser, argv: list[str], measure: Callable[[argparse.Namespace], Measured]) -> int:
    """The end of a bench's `main`: read `argv`, measure, tell; returns the exit code.

    Args:
        parser: called `bench NAME`; gets `--json`.
        argv: the command line after that name.
        measure: gives the result; its `encoder` and `gl_renderer` are told with the machine.
    """
    parser.add_argument("--json", metavar="FILE", help="write the result as JSON; - for standard output")
    options = parser.parse_args(argv)
    try:
        warning = busy_warning()
        result = asyncio.run(measure(options))
    except ViewerError as exc:
        parser.exit(1, f"{parser.prog}: {exc}. {exc.hint}\n")
    machine = machine_facts(encoder=result.pop("encoder", None), gl_renderer=result.pop("gl_renderer", None))
    bench = parser.prog.removeprefix("bench ")
    emit({"bench": bench, "machine": machine, "warning": warning, **result}, options.json)
    return 0


def emit(result: dict[str, Any], json_target: str | None) -> None:
    """Print `result` for people, and write it as JSON to a file, or to standard output when the target is `-`.

    With `-`, standard output holds the JSON alone and the lines for people go to standard error.
    """
    for line in lines(result):
        print(line, file=sys.stderr if json_target == "-" else sys.stdout)
    if json_target is None:
        return
    text = json.dumps(result, indent=2) + "\n"
    if json_target == "-":
        sys.stdout.write(text)
    else:
        Path(json_target).write_text(text, encoding="utf-8")


def lines(result: dict[str, Any]) -> Iterator[str]:
    """`result` as text: one line per value, lists of rows as aligned columns."""
    for key, value in result.items():
        if isinstance(value, list) and value and all(isinstance(row, dict) for row in value):
            yield f"{key}:"
            yield from _table(value)
        elif isinstance(value, dict):
            yield f"{key}: " + ", ".join(f"{name} {_short(item)}" for name, item in value.items())
        elif value is not None:
            yield f"{key}: {_short(value)}"


def _table(rows: list[dict[str, Any]]) -> Iterator[str]:
    names = list(dict.fromkeys(name for row in rows for name in row))
    cells = [names, *([_short(row.get(name, "")) for name in names] for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(names))]
    for row in cells:
        yield "  " + "  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True))


def _short(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, dict):
        return " ".join(f"{name}={_short(item)}" for name, item in value.items())
    return str(value)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def _cpu_model() -> str:
    try:
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


def _busy_and_total() -> tuple[int, int]:
    """Jiffies of all cores since boot: busy, and all."""
    try:
        fields = [int(field) for field in Path("/proc/stat").read_text(encoding="utf-8").splitlines()[0].split()[1:9]]
    except (OSError, ValueError, IndexError):
        return 0, 0
    return sum(fields) - fields[3] - fields[4], sum(fields)
