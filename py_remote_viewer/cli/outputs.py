"""Files that commands write: looked at before any work, so that a typing mistake costs no minute of recording."""

from __future__ import annotations

from pathlib import Path

from py_remote_viewer.errors import SettingsInvalid


def require_place(output: Path) -> None:
    """Raise SettingsInvalid unless a file of that name can be put there."""
    if not output.parent.is_dir():
        raise SettingsInvalid(
            f"{output} cannot be written: there is no folder {output.parent}", hint="Make it, or choose another place."
        )
    if output.is_dir():
        raise SettingsInvalid(f"{output} is a folder", hint="Add the name of a file.")


def unwritable(exc: OSError) -> SettingsInvalid:
    """What to say when writing failed all the same."""
    return SettingsInvalid(f"{exc.filename} cannot be written: {exc.strerror}", hint="Choose another place.")
