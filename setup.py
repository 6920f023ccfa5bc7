"""Carries `client/` and `scenes/` into the wheel as `py_remote_viewer/data/`, where `resources.data_dir` looks for them.

They stay beside the package in a checkout, so that what is edited is what is served; a wheel has no "beside".
"""

from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).resolve().parent
CARRIED = ("client", "scenes")


class BuildWithData(build_py):
    """Copy the data folders after the modules."""

    def run(self) -> None:
        """Build."""
        super().run()
        if self.editable_mode:
            return
        for folder in CARRIED:
            for source in sorted((ROOT / folder).rglob("*")):
                if source.is_file():
                    target = Path(self.build_lib, "py_remote_viewer", "data", source.relative_to(ROOT))
                    target.parent.mkdir(parents=True, exist_ok=True)
                    self.copy_file(str(source), str(target))


setup(cmdclass={"build_py": BuildWithData})
