"""Commands that speak to a running server: `scene`, `record`, `snapshot`, `status`. All by the client that programs use."""

from __future__ import annotations

import argparse
import asyncio
import math
import signal
import sys
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any

from py_remote_viewer.cli.outputs import require_place, unwritable
from py_remote_viewer.config import load_settings
from py_remote_viewer.errors import RecordingInvalid, SceneInvalid, SceneNotFound, SettingsInvalid, ViewerError
from py_remote_viewer.protocol.loading_messages import LoadProgress
from py_remote_viewer.remote.api import Api
from py_remote_viewer.remote.room import AsyncRoom
from py_remote_viewer.remote.scenes import ExportFormat, read_text
from py_remote_viewer.web.answers import SceneLoaded

Command = Callable[[argparse.Namespace], Coroutine[Any, Any, str]]
_FILE_ENDINGS = (".xml", ".mjcf", ".urdf", ".mjb", ".mjz", ".zip")
_KINDS = {".mp4": "video", ".prvt": "trajectory"}
_EXPORTS: dict[str, ExportFormat] = {".xml": "xml", ".mjb": "mjb", ".mjz": "mjz", ".zip": "zip"}


def make_parser() -> argparse.ArgumentParser:
    """The commands and their arguments."""
    server = argparse.ArgumentParser(add_help=False)
    server.add_argument("--url", help="of the server (http://127.0.0.1 and the port of the settings)")
    server.add_argument("--token", help="its secret (VIEWER_TOKEN)")
    parser = argparse.ArgumentParser(prog="python -m py_remote_viewer")
    commands = parser.add_subparsers(required=True)

    scene = commands.add_parser("scene", help="what the room shows").add_subparsers(required=True)
    listing = scene.add_parser("list", parents=[server], help="scenes that come with the server")
    listing.add_argument("--all", action="store_true", help="and the models that others publish")
    listing.set_defaults(run=list_scenes)
    load = scene.add_parser("load", parents=[server], help="show another one to everybody")
    load.add_argument(
        "scene",
        metavar="FILE|FOLDER|NAME",
        help="a model (.xml, .urdf, .mjb) with what it names, a folder or archive of one, or a name from `scene list`",
    )
    load.add_argument("--root", help="the file that is the model, where there are several")
    load.set_defaults(run=load_scene)
    check = scene.add_parser("check", parents=[server], help="what is wrong with an MJCF file; shows nothing")
    check.add_argument("file", type=Path, metavar="FILE", help="MJCF that names no other file")
    check.set_defaults(run=check_scene)
    export = scene.add_parser("export", parents=[server], help="write the running scene to a file")
    export.add_argument("-o", "--output", type=Path, required=True, help="ends in .xml, .mjb, .mjz or .zip")
    export.set_defaults(run=export_scene)
    create = scene.add_parser("create", parents=[server], help="make one from a sentence, and show it")
    create.add_argument("prompt", metavar="PROMPT", help='for example "a tower of 10 blocks"')
    create.add_argument("--seed", type=int, help="of what is left to chance")
    create.add_argument("-o", "--output", type=Path, help="write its MJCF to this file as well")
    create.add_argument("--dry", action="store_true", help="show it to nobody")
    create.set_defaults(run=create_scene)

    snapshot = commands.add_parser("snapshot", parents=[server], help="the room's picture as a file")
    snapshot.add_argument("-o", "--output", type=Path, default=Path("snapshot.png"), help="ends in .png or .jpg")
    snapshot.add_argument(
        "--width", type=_pixels, help="px: draw it anew at this size, instead of taking what everybody sees"
    )
    snapshot.add_argument("--height", type=_pixels, help="px, likewise")
    snapshot.add_argument("--kind", choices=("color", "depth", "segmentation"), help="draw it anew, as this")
    snapshot.set_defaults(run=take_snapshot)

    record = commands.add_parser("record", parents=[server], help="record the room")
    record.add_argument(
        "-o",
        "--output",
        type=Path,
        action="append",
        required=True,
        help=".mp4: video, .prvt: trajectory; once or twice",
    )
    record.add_argument("--seconds", type=_seconds, help="how long; until Ctrl+C otherwise")
    record.add_argument("--keep", action="store_true", help="leave it on the server, too")
    record.set_defaults(run=record_room)

    status = commands.add_parser("status", parents=[server], help="how the server is")
    status.set_defaults(run=tell_status)
    return parser


def main(argv: Sequence[str]) -> int:
    """Run one command; returns the exit code."""
    arguments = make_parser().parse_args(argv)
    run: Command = arguments.run
    try:
        settings = load_settings()
        arguments.url = arguments.url or f"http://127.0.0.1:{settings.port}"
        if arguments.token is None and "#token=" not in arguments.url:
            arguments.token = settings.token
        for output in _outputs(arguments):
            require_place(output)
        print(_run(run, arguments))
    except ViewerError as exc:
        print(f"error: {exc.message}\n{exc.hint}".rstrip(), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _run(run: Command, arguments: argparse.Namespace) -> str:
    try:
        return asyncio.run(run(arguments))
    except OSError as exc:
        if exc.filename is None:
            raise
        raise unwritable(exc) from exc


def _outputs(arguments: argparse.Namespace) -> list[Path]:
    given = getattr(arguments, "output", None) or []
    return given if isinstance(given, list) else [given]


def _pixels(text: str) -> int:
    if not 16 <= (value := int(text)) <= 7680:
        raise argparse.ArgumentTypeError("must be between 16 and 7680")
    return value


def _seconds(text: str) -> float:
    if not 0 < (value := float(text)) < math.inf:
        raise argparse.ArgumentTypeError("must be more than 0")
    return value


_pixels.__name__ = _seconds.__name__ = "number"  # what argparse calls them


async def list_scenes(arguments: argparse.Namespace) -> str:
    """Name and description of each."""
    api = Api(arguments.url, arguments.token)
    rows = [(preset.name, preset.description) for preset in await api.presets()]
    if arguments.all:
        rows += [(entry.name, f"{entry.title} ({entry.source})") for entry in (await api.catalogue()).scenes]
    width = max((len(name) for name, _ in rows), default=0)
    return "\n".join(f"{name:<{width}}  {about}" for name, about in rows)


async def load_scene(arguments: argparse.Namespace) -> str:
    """Upload what is there or ends like a file, else load what is called so. Downloads tell how far they are."""
    path = Path(arguments.scene)
    is_file = path.suffix.lower() in _FILE_ENDINGS or await asyncio.to_thread(path.is_dir)
    if not is_file and await asyncio.to_thread(path.is_file):
        raise SceneNotFound(f"{path} is no model", hint=f"A model ends in {', '.join(_FILE_ENDINGS)}, or is a folder.")
    async with AsyncRoom(arguments.url, arguments.token, name="scene load") as room:
        if is_file:
            loaded: SceneLoaded = await room.upload(path, root=arguments.root, on_progress=_tell_load)
        else:
            loaded = await room.load(arguments.scene, on_progress=_tell_load)
    info = loaded.model_info
    warnings = "".join(f"\nwarning: {text}" for text in loaded.warnings)
    freedom = "1 degree of freedom" if info.nv == 1 else f"{info.nv} degrees of freedom"
    counts = [_plural(info.nbody - 1, "body"), freedom, _plural(info.nu, "actuator")]  # the world counts for none
    return f"{loaded.name} is on: {', '.join(counts)}{warnings}"


def _plural(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what.replace('body', 'bodie')}s"


def _tell_load(progress: LoadProgress) -> None:
    if progress.stage != "download" or not sys.stderr.isatty():
        return
    total = f" of {progress.total_bytes / 1e6:.1f}" if progress.total_bytes else ""
    print(f"\r{progress.title}: {progress.done_bytes / 1e6:.1f}{total} MB ", end="", file=sys.stderr, flush=True)


async def check_scene(arguments: argparse.Namespace) -> str:
    """Each mistake with its place, as compilers write them."""
    xml = await asyncio.to_thread(read_text, arguments.file)
    found = await Api(arguments.url, arguments.token).check(xml)
    lines = [
        f"{arguments.file}:{one.line or 1}:{one.column}: {one.message}" + (f"\n    {one.hint}" if one.hint else "")
        for one in found.problems
    ]
    if found.sizes is None:
        raise SceneInvalid("\n".join(lines), hint=f"{len(lines)} mistake{'s' if len(lines) != 1 else ''}")
    sizes = found.sizes
    counts = [_plural(sizes.nbody, "body"), _plural(sizes.njnt, "joint"), _plural(sizes.nu, "actuator")]
    return "\n".join([f"compiles: {', '.join(counts)}", *found.warnings])


async def export_scene(arguments: argparse.Namespace) -> str:
    """Write it in the format that the name ends in."""
    output: Path = arguments.output
    if output.suffix.lower() not in _EXPORTS:
        raise SettingsInvalid(f"no scene format {output.suffix!r}", hint=f"End the name in {', '.join(_EXPORTS)}.")
    data = await Api(arguments.url, arguments.token).export(_EXPORTS[output.suffix.lower()])
    await asyncio.to_thread(output.write_bytes, data)
    return f"{output}: {len(data)} bytes"


async def create_scene(arguments: argparse.Namespace) -> str:
    """Say what was understood, and what was not."""
    api = Api(arguments.url, arguments.token)
    made = await api.create(arguments.prompt, seed=arguments.seed, apply=not arguments.dry)
    if arguments.output is not None:
        arguments.output.write_text(made.xml, encoding="utf-8")
    lines = [made.message, *(f"  {line}" for line in made.understood)]
    if made.ignored:
        lines.append(f"not understood: {', '.join(made.ignored)}")
    lines += [f"{word}: perhaps {nearest}" for word, nearest in made.suggestions.items()]
    return "\n".join(lines)


async def take_snapshot(arguments: argparse.Namespace) -> str:
    """The picture that everybody sees, or the same view drawn anew."""
    output: Path = arguments.output
    wish = {name: value for name in ("width", "height", "kind") if (value := getattr(arguments, name)) is not None}
    if wish:
        if output.suffix.lower() not in (".png", ".npy"):
            raise SettingsInvalid(
                f"no format {output.suffix!r} for a picture drawn anew", hint="End the name in .png or .npy."
            )
        api = Api(arguments.url, arguments.token)
        data = await api.screenshot(**wish, format="npy" if output.suffix.lower() == ".npy" else "png")
        await asyncio.to_thread(output.write_bytes, data)
        return f"{output}: {len(data)} bytes"
    async with AsyncRoom(arguments.url, arguments.token, name="snapshot") as room:
        picture = await room.picture()
    picture.save(output)
    height, width, _ = picture.rgb.shape
    return f"{output}: {width} x {height}"


async def record_room(arguments: argparse.Namespace) -> str:
    """Record for a while, and fetch the files; a second scene's or engine's go beside the first as `name-2`."""
    outputs = {output.suffix.lower(): output for output in arguments.output}
    if len(outputs) != len(arguments.output) or not set(outputs) <= set(_KINDS):
        raise SettingsInvalid(
            f"cannot record into {', '.join(map(str, arguments.output))}", hint="Give one .mp4, one .prvt, or both."
        )
    api = Api(arguments.url, arguments.token)
    begun = await api.record(video=".mp4" in outputs, trajectory=".prvt" in outputs)
    await _until_stopped(arguments.seconds)
    done = await api.stop_recording(begun.id)
    lines = []
    for suffix, output in outputs.items():
        files = [file for file in done.files if file.kind == _KINDS[suffix]]
        for number, file in enumerate(files, 1):
            into = output if number == 1 else output.with_stem(f"{output.stem}-{number}")
            await api.save_recording_file(done.id, file.name, into)
            length = f"{file.duration_s:.2f} s, " if file.kind == "video" else ""
            lines.append(f"{into}: {length}{file.bytes} bytes")
    if not arguments.keep:
        await api.delete_recording(done.id)
    if not lines:
        raise RecordingInvalid("nothing was recorded: the room stood still", hint="Play the scene, and record longer.")
    return "\n".join(lines)


async def _until_stopped(seconds: float | None) -> None:
    """Wait so long, or until Ctrl+C."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGINT, stop.set)
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        pass
    finally:
        loop.remove_signal_handler(signal.SIGINT)


async def tell_status(arguments: argparse.Namespace) -> str:
    """A few lines for a person."""
    api = Api(arguments.url, arguments.token)
    health, stats = await api.health(), await api.stats()
    simulation, model = stats.simulation, stats.simulation_state.mujoco
    lines = [
        f"{api.server.url}: {health.status}, version {health.version}, up {health.uptime_s:.0f} s",
        f"scene {model.model_name or 'none'}: {simulation.state}, t = {simulation.time_s:.2f} s, "
        f"{simulation.real_time_factor:.2f} of {simulation.speed:g}x real time",
        f"{stats.clients_connected} people, {stats.picture.fps:.0f} pictures/s of {stats.picture.width} x "
        f"{stats.picture.height}, {stats.picture.bitrate_bps / 1e6:.1f} Mbit/s, {stats.picture.encoder}",
    ]
    return "\n".join(lines + [f"warning: {text}" for text in health.warnings])
