"""Where the data of the project lies: `client/` and `scenes/`, beside the package in a checkout, inside it in a wheel."""

from __future__ import annotations

from pathlib import Path

from py_remote_viewer.errors import NotFound

_PACKAGE = Path(__file__).resolve().parent


def data_dir(name: str) -> Path:
    """The folder `name` (`client` or `scenes`).

    Raises:
        NotFound: neither place has it; the installation is incomplete.
    """
    for folder in (_PACKAGE / "data" / name, _PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise NotFound(f"the folder {name}/ is missing from the installation", hint="Install py_remote_viewer again.")
