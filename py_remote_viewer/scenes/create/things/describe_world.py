"""The world around the things back to words: gravity, air, the floor, cameras and lights. Pure."""

from __future__ import annotations

from py_remote_viewer.scenes.create.lexicon.words import MEDIA
from py_remote_viewer.scenes.create.things.description import World

_PLACES = {
    1.62: "on the moon",
    3.71: "on Mars",
    24.79: "on Jupiter",
    8.87: "on Venus",
    274.0: "on the sun",
    0.0: "no gravity",
}


def world_of(world: World) -> list[str]:
    """What is not as it is on earth, in the house's own room."""
    found = []
    if world.gravity != 9.81:
        found.append(_PLACES.get(world.gravity, f"gravity {world.gravity:.3g} m/s²"))
    if world.medium and world.medium != "air":
        found.append(f"in {world.medium}")
    usual = MEDIA.get(world.medium, (0.0, 0.0))
    if world.density not in (0.0, usual[0], 1.2):
        found.append(f"density of the {world.medium or 'air'} {world.density:.4g} kg/m³")
    if world.viscosity not in (0.0, usual[1], 1.8e-05):
        found.append(f"viscosity {world.viscosity:.3g} Pa s")
    if any(world.wind):
        speed = max(abs(part) for part in world.wind)
        found.append(f"wind of {speed:.3g} m/s")
    if not world.floor:
        found.append("no floor")
    if world.floor_relief:
        found.append(f"{world.floor_relief} terrain")
    floor = [f"{world.floor_colour or ''} {world.floor_material or ''}".strip()]
    if world.floor_friction is not None:
        floor.append(f"friction {world.floor_friction:.2g}")
    if world.floor_bounce is not None:
        floor.append(f"bounces back {world.floor_bounce:.0%}")
    if any(floor):
        found.append("floor: " + ", ".join(word for word in floor if word))
    found += [name for name, on in (("motors", world.motors), ("sensors", world.sensors)) if on]
    found += [_camera(one) for one in world.cameras]
    found += [_light(one) for one in world.lights]
    if world.timestep is not None:
        found.append(f"time step {world.timestep * 1000:.3g} ms")
    found += [f"{world.integrator} integrator"] * bool(world.integrator)
    return found


def _camera(wanted: str) -> str:
    how, _, what = wanted.partition(":")
    if how == "from":
        return f"a camera {'from' if what in ('above', 'behind') else 'from the'} {what}"
    if how == "tip":
        return f"a camera on the {what.replace('_', ' ')}"
    return f"a camera that follows the {how.replace('_', ' ')}" if how else "a camera"


def _light(wanted: str) -> str:
    kind, colour, side = wanted.split(":")
    words = f"a {colour} {'spotlight' if kind == 'spot' else 'light'}".replace("  ", " ")
    return f"{words} {'from' if side in ('above', 'behind') else 'from the'} {side}" if side else words
