"""Commands that speak to a running server: `scene`, `snapshot`, `status`. All by the client that programs use."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any

from py_remote_viewer.config import load_settings
from py_remote_viewer.errors import ViewerError
from py_remote_viewer.remote.api import Api
from py_remote_viewer.remote.room import AsyncRoom

Command = Callable[[argparse.Namespace], Coroutine[Any, Any, str]]
_FILE_ENDINGS = (".xml", ".mjcf", ".urdf", ".mjb")


def make_parser() -> argparse.ArgumentParser:
    """The commands and their arguments."""
    server = argparse.ArgumentParser(add_help=False)
    server.add_argument("--url", help="of the server (http://127.0.0.1 and the port of the settings)")
    server.add_argument("--token", help="its secret (VIEWER_TOKEN)")
    parser = argparse.ArgumentParser(prog="python -m py_remote_viewer")
    commands = parser.add_subparsers(required=True)

    scene = commands.add_parser("scene", help="what the room shows").add_subparsers(required=True)
    listing = scene.add_parser("list", parents=[server], help="scenes that come with the server")
    listing.set_defaults(run=list_scenes)
    load = scene.add_parser("load", parents=[server], help="show another one to everybody")
    load.add_argument("scene", metavar="FILE|PRESET", help="an MJCF file, or a name from `scene list`")
    load.set_defaults(run=load_scene)
    create = scene.add_parser("create", parents=[server], help="make one from a sentence, and show it")
    create.add_argument("prompt", metavar="PROMPT", help='for example "a tower of 10 blocks"')
    create.add_argument("--seed", type=int, help="of what is left to chance")
    create.add_argument("-o", "--output", type=Path, help="write its MJCF to this file as well")
    create.add_argument("--dry", action="store_true", help="show it to nobody")
    create.set_defaults(run=create_scene)

    snapshot = commands.add_parser("snapshot", parents=[server], help="the room's picture as a file")
    snapshot.add_argument("-o", "--output", type=Path, default=Path("snapshot.png"), help="ends in .png or .jpg")
    snapshot.set_defaults(run=take_snapshot)

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
        print(asyncio.run(run(arguments)))
    except ViewerError as exc:
        print(f"error: {exc.message}\n{exc.hint}".rstrip(), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


async def list_scenes(arguments: argparse.Namespace) -> str:
    """Name and description of each."""
    presets = await Api(arguments.url, arguments.token).presets()
    width = max((len(preset.name) for preset in presets), default=0)
    return "\n".join(f"{preset.name:<{width}}  {preset.description}" for preset in presets)


async def load_scene(arguments: argparse.Namespace) -> str:
    """Load a file where the name ends like one, else a preset."""
    api = Api(arguments.url, arguments.token)
    path = Path(arguments.scene)
    loaded = await (api.load(file=path) if path.suffix.lower() in _FILE_ENDINGS else api.load(arguments.scene))
    info = loaded.model_info
    warnings = "".join(f"\nwarning: {text}" for text in loaded.warnings)
    return f"{loaded.name} is on: {info.nbody} bodies, {info.nv} degrees of freedom, {info.nu} actuators{warnings}"


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
    """The picture that everybody sees."""
    async with AsyncRoom(arguments.url, arguments.token, name="snapshot") as room:
        picture = await room.picture()
    picture.save(arguments.output)
    height, width, _ = picture.rgb.shape
    return f"{arguments.output}: {width} x {height}"


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
