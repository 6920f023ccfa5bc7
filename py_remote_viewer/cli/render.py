"""`python -m py_remote_viewer render TRAJECTORY -o out.mp4`: a recorded trajectory as a video, at any size and quality."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import fields
from pathlib import Path

from py_remote_viewer.cli.outputs import require_place
from py_remote_viewer.errors import SettingsInvalid, ViewerError
from py_remote_viewer.render.gl import use_egl

BAR = 30
SHOW_S = 0.2


def make_parser() -> argparse.ArgumentParser:
    """The arguments."""
    parser = argparse.ArgumentParser(
        prog="python -m py_remote_viewer render",
        description="Draw a recorded trajectory (.prvt) again, as an MP4 file. Needs no screen and no server.",
    )
    parser.add_argument("trajectory", type=Path, metavar="TRAJECTORY", help="a .prvt file")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE", help="the .mp4 file to write")
    parser.add_argument("--width", type=_even(64, 7680), default=1920, help="px (1920)")
    parser.add_argument("--height", type=_even(64, 4320), default=1080, help="px (1080)")
    parser.add_argument("--fps", type=_number(int, 1, 240), default=60, help="pictures a second (60)")
    parser.add_argument(
        "--quality",
        choices=("ultra", "high", "shadows", "plain", "lean"),
        default="ultra",
        help="how it is drawn (ultra)",
    )
    parser.add_argument("--camera", help="a camera of the model, by name or #number; as recorded otherwise")
    parser.add_argument("--speed", type=_number(float, 1e-3, 100), default=1.0, help="recorded seconds a second (1)")
    parser.add_argument(
        "--timeline",
        choices=("watched", "simulated"),
        default="watched",
        help="seconds as they were watched, pauses included, or as they were simulated",
    )
    parser.add_argument("--from", dest="from_s", type=_number(float, 0, 1e6), default=0.0, help="first second (0)")
    parser.add_argument("--to", dest="to_s", type=_number(float, 0, 1e6), default=None, help="last second (the end)")
    parser.add_argument(
        "--overlays",
        default="recorded",
        metavar="recorded|none|NAMES",
        help="flags, groups and labels as they were (default), none, or names of flags: contactpoint,contactforce,…",
    )
    parser.add_argument("--json", action="store_true", help="tell the progress as lines of JSON on standard output")
    parser.add_argument("--nice", type=int, default=0, help=argparse.SUPPRESS)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Draw; 0 when the file is there, 2 when the trajectory or an argument cannot be used, 1 when drawing fails."""
    arguments = make_parser().parse_args(argv)
    use_egl()
    os.nice(arguments.nice)
    try:
        _check_output(arguments.output)
        return _render(arguments)
    except ViewerError as exc:
        if arguments.json:
            print(json.dumps({"error": f"{exc.message}. {exc.hint}"}), flush=True)
        print(f"error: {exc.message}. {exc.hint}", file=sys.stderr)
        return 2 if exc.status < 500 else 1
    except KeyboardInterrupt:
        print("\ninterrupted", file=sys.stderr)
        return 130


def _check_output(output: Path) -> None:
    if output.suffix.lower() != ".mp4":
        raise SettingsInvalid(f"no video format {output.suffix!r}", hint="End the name in .mp4.")
    require_place(output)


def _render(arguments: argparse.Namespace) -> int:
    from py_remote_viewer.record.rerender import RenderOptions, render  # after `use_egl`: they import mujoco
    from py_remote_viewer.record.trajectory import describe, load_trajectory

    trajectory = load_trajectory(arguments.trajectory)
    if not arguments.json:
        print(describe(trajectory), end="", file=sys.stderr)
    options = RenderOptions(**{field.name: getattr(arguments, field.name) for field in fields(RenderOptions)})
    file = render(trajectory, arguments.output, options, _json_progress() if arguments.json else _bar())
    if arguments.json:
        print(json.dumps({"progress": 1, "file": file.model_dump()}), flush=True)
    else:
        print(f"\n{arguments.output}: {file.pictures} pictures, {file.duration_s:.2f} s, {file.bytes / 1e6:.1f} MB")
    return 0


def _bar() -> Callable[[int, int], None]:
    began, shown = time.monotonic(), 0.0

    def progress(done: int, total: int) -> None:
        nonlocal shown
        now = time.monotonic()
        if now - shown < SHOW_S and done < total:
            return
        shown = now
        filled = round(BAR * done / total)
        left_s = (now - began) / done * (total - done)
        bar = "#" * filled + "." * (BAR - filled)
        print(f"\r[{bar}] {done}/{total} pictures, {left_s:.0f} s left  ", end="", file=sys.stderr, flush=True)

    return progress


def _json_progress() -> Callable[[int, int], None]:
    shown = 0.0

    def progress(done: int, total: int) -> None:
        nonlocal shown
        if time.monotonic() - shown >= SHOW_S:
            shown = time.monotonic()
            print(json.dumps({"progress": done / total}), flush=True)

    return progress


def _number(kind: type[int] | type[float], least: float, most: float) -> Callable[[str], float]:
    def parse(text: str) -> float:
        value = kind(text)
        if not least <= value <= most:
            raise argparse.ArgumentTypeError(f"must be between {least:g} and {most:g}")
        return value

    parse.__name__ = "number"
    return parse


def _even(least: int, most: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        value = int(text)
        if not least <= value <= most or value % 2:
            raise argparse.ArgumentTypeError(f"must be even and between {least} and {most}")
        return value

    parse.__name__ = "number"
    return parse
