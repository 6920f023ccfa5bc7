"""Scenes that mean harm, or look like it: the corpus that every door for scenes is tested with.

Small ones are files in `hostile/`, where `@CANARY@` stands for a folder whose files nobody may open; large ones are made
here. `hostile_cases(canary)` gives all of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

Outcome = Literal["invalid", "expensive", "loads"]
Gate = Literal["precheck", "child"]
_FOLDER = Path(__file__).parent / "hostile"

# Names of the files that `@CANARY@` holds in tests: each reference in the corpus is to one of these.
CANARY_FILES = {
    "scene.xml": "<mujoco><worldbody><geom size='1'/></worldbody></mujoco>",
    "mesh.obj": "v 0 0 0\nv 1 0 0\nv 0 1 0\nv 0 0 1\nf 1 3 2\nf 1 2 4\nf 1 4 3\nf 2 3 4\n",
    "height.png": "no picture",
    "picture.png": "no picture",
    "skin.skn": "no skin",
    "flex.msh": "no mesh",
}


@dataclass(frozen=True, slots=True)
class HostileCase:
    """One scene and what must come of it.

    Attributes:
        build: makes the text; the large ones are megabytes.
        outcome: `SceneInvalid`, `SceneTooExpensive`, or it loads and does no harm.
        gate: who decides.
        says: part of the error message.
        line: where the error must point, if anywhere.
    """

    name: str
    build: Callable[[], str]
    outcome: Outcome
    gate: Gate = "precheck"
    says: str = ""
    line: int | None = None


_FILES: dict[str, tuple[Outcome, Gate, str, int | None]] = {
    "absolute_include": ("invalid", "precheck", "<include file=", 2),
    "include_password_file": ("invalid", "precheck", "<include file=", 1),
    "parent_include": ("invalid", "precheck", "<include file=", 1),
    "include_in_capitals": ("invalid", "precheck", "<include file=", 1),
    "mesh_file": ("invalid", "precheck", "names a path", 1),
    "hfield_file": ("invalid", "precheck", "names a path", 1),
    "texture_file": ("invalid", "precheck", "names a path", 1),
    "cube_texture_files": ("invalid", "precheck", "names a path", 3),
    "skin_file": ("invalid", "precheck", "names a path", 1),
    "flexcomp_file": ("invalid", "precheck", "names a path", 1),
    "model_file": ("invalid", "precheck", "another model", 2),
    "attach_without_model": ("invalid", "precheck", "another model", 1),
    "mesh_folder": ("invalid", "precheck", "names a folder", 1),
    "bundle_uri": ("invalid", "precheck", "names a file", 1),
    "entity_expansion": ("invalid", "precheck", "DOCTYPE", 2),
    "external_entity": ("invalid", "precheck", "DOCTYPE", 1),
    "undeclared_entity": ("invalid", "precheck", "undefined entity", 1),
    "replicate_million": ("expensive", "precheck", "more than", 1),
    "replicate_nested": ("expensive", "precheck", "more than", 4),
    "replicate_negative": ("loads", "child", "", None),
    "flexcomp_200_cubed": ("expensive", "precheck", "more than", 1),
    "composite_huge": ("expensive", "precheck", "more than", 1),
    "composite_removed": ("invalid", "child", "", 1),
    "hfield_30000": ("expensive", "precheck", "too large", 1),
    "texture_30000": ("expensive", "precheck", "too large", 1),
    "memory_100g": ("expensive", "precheck", "memory=", 1),
    "njmax_huge": ("expensive", "precheck", "njmax=", 1),
    "keys_huge": ("expensive", "precheck", "nkey=", 1),
    "numeric_huge": ("invalid", "child", "between 1 and 500", 1),
    "unknown_plugin": ("invalid", "precheck", "acme.reader", 1),
    "plugin_file_setting": ("invalid", "precheck", "looks like a file", 3),
    "nan_size": ("invalid", "child", "nan size", 3),
    "negative_size": ("invalid", "child", "must be positive", 1),
    "timestep_tiny": ("invalid", "child", "time step", None),
    "timestep_zero": ("invalid", "child", "time step", None),
    "timestep_huge": ("invalid", "child", "time step", None),
    "mass_zero": ("invalid", "child", "mass and inertia", 3),
    "mass_1e308": ("invalid", "child", "blows up", None),
    "gains_1e300": ("invalid", "child", "blows up", None),
    "unicode_names": ("loads", "child", "", None),
    "latin1_declared": ("loads", "child", "", None),
    "utf16_declared": ("loads", "child", "", None),
    "duplicate_names": ("invalid", "child", "repeated name", 4),
    "duplicate_attributes": ("invalid", "precheck", "duplicate attribute", 1),
    "junk_after_root": ("invalid", "precheck", "not well-formed", 1),
    "keyframe_wrong_size": ("invalid", "child", "qpos size", None),
    "equality_loop": ("loads", "child", "", None),
    "urdf": ("invalid", "precheck", "URDF", 1),
    "not_mjcf": ("invalid", "precheck", "<html>", 1),
    "not_xml": ("invalid", "precheck", "not well-formed", 1),
    "processing_instruction": ("invalid", "precheck", "<?php?>", 1),
    "cdata": ("loads", "child", "", None),
    "comment_hides_include": ("loads", "child", "", None),
    "drawing_settings": ("loads", "child", "", None),
    "unclosed": ("invalid", "precheck", "mismatched tag", 4),
}


def _world(inside: str, before: str = "") -> str:
    return f"<mujoco>{before}<worldbody>{inside}</worldbody></mujoco>"


def _nested(depth: int) -> str:
    body = '<body pos="0 0 .1"><geom size=".05" contype="0" conaffinity="0"/>'
    return _world(body * depth + "</body>" * depth)


def _defaults(depth: int) -> str:
    inside = "".join(f'<default class="c{i}"><geom size=".{i + 1}"/>' for i in range(depth)) + "</default>" * depth
    return _world('<geom class="c0"/>', f"<default>{inside}</default>")


def _pile(count: int, memory: str = "") -> str:
    """`count` balls in one place: every pair of them touches."""
    place = '<body pos="{} 0 0"><freejoint/><geom size="1" condim="6"/></body>'
    return _world("".join(place.format(i * 1e-4) for i in range(count)), memory)


def _supersphere(resolution: int) -> str:
    mesh = f'<asset><mesh name="m" builtin="supersphere" params="{resolution} 1 1"/></asset>'
    return _world('<geom type="mesh" mesh="m"/>', mesh)


def _textures(count: int) -> str:
    each = '<texture name="t{}" type="cube" builtin="flat" width="4096" height="4096"/>'
    return _world('<geom size="1"/>', f"<asset>{''.join(map(each.format, range(count)))}</asset>")


_MADE: tuple[HostileCase, ...] = (
    HostileCase("empty", lambda: "", "invalid", says="empty"),
    HostileCase("only_whitespace", lambda: " \n\t" * 1000, "invalid", says="empty"),
    HostileCase("nul_bytes", lambda: _world("\0<geom size='1'/>"), "invalid", says="not well-formed", line=1),
    HostileCase(
        "utf16_bytes", lambda: _world("").encode("utf-16").decode("latin-1"), "invalid", says="not well-formed"
    ),
    HostileCase("half_a_surrogate", lambda: _world("<!-- \ud800 -->"), "invalid", says="surrogate"),
    HostileCase("nested_400", lambda: _nested(400), "loads", "child"),
    HostileCase("nested_100000", lambda: _nested(100_000)[:900_000], "expensive", says="nested deeper"),
    HostileCase("nested_defaults", lambda: _defaults(300), "loads", "child"),
    HostileCase(
        "geoms_15_mb", lambda: _world('<geom size=".1" pos="1 2 3"/>' * 500_000), "expensive", says="bytes long"
    ),
    HostileCase("geoms_25000", lambda: _world('<geom size=".1"/>' * 25_000), "expensive", says="elements"),
    HostileCase("comment_bomb", lambda: _world("<!---->" * 140_000), "loads", "child"),
    HostileCase("long_attribute", lambda: f'<mujoco model="{"x" * 990_000}"/>', "expensive", says="characters long"),
    HostileCase("long_name", lambda: f'<mujoco model="{"x" * 300}"/>', "invalid", says="300 characters"),
    HostileCase(
        "many_attributes",
        lambda: "<mujoco {}/>".format(" ".join(f"a{i}='1'" for i in range(80_000))),
        "expensive",
        says="80000 attributes",
    ),
    HostileCase("pile_of_700_balls", partial(_pile, 700), "expensive", "child", says="arena"),
    HostileCase("pile_of_250_balls", partial(_pile, 250), "expensive", "child", says="does not fit into its memory"),
    HostileCase(
        "pile_with_memory", partial(_pile, 76, '<size memory="500M"/>'), "expensive", "child", says="simulation step"
    ),
    HostileCase(
        "solver_without_end",
        lambda: _world('<geom size="1"/>', '<option iterations="2000000000" tolerance="0"/>'),
        "loads",
        "child",
    ),
    HostileCase("supersphere_huge", partial(_supersphere, 4_000), "expensive", "child"),
    HostileCase("textures_of_3_gb", partial(_textures, 10), "expensive", "child", says="memory"),
    HostileCase(
        "replicate_24000",
        lambda: _world('<replicate count="24000" offset="1 0 0"><geom size=".1"/></replicate>'),
        "expensive",
        "child",
    ),
)


def _from_file(name: str, canary: str) -> str:
    return (_FOLDER / f"{name}.xml").read_text(encoding="utf-8").replace("@CANARY@", canary)


def hostile_cases(canary: str = "/etc") -> list[HostileCase]:
    """All of them, with references to files below `canary`."""
    stored = [
        HostileCase(name, partial(_from_file, name, canary), *expectation) for name, expectation in _FILES.items()
    ]
    return [*stored, *_MADE]
