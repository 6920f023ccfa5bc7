"""The files of a model of the operator's, kept as if they had been uploaded together. Blocking: call it in a thread."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from py_remote_viewer.errors import SceneInvalid
from py_remote_viewer.scenes.compiled import UploadOrigin
from py_remote_viewer.scenes.sources.packing import pack_files
from py_remote_viewer.scenes.uploads.names import inside
from py_remote_viewer.scenes.uploads.references import Shelf, references_of, require_all
from py_remote_viewer.scenes.uploads.store import HeldUpload, NewPack


def keep_files(paths: Sequence[Path], pack: NewPack) -> tuple[HeldUpload, UploadOrigin]:
    """Keep `paths`, and nothing else of their folders.

    Args:
        paths: absolute, without `..`; an MJCF file and all that it names.
        pack: to write them into.

    Returns:
        A hold on what was kept, and the place of the model in it.

    Raises:
        SceneInvalid, SceneTooExpensive: an upload of these files would be refused.
        TooLarge: there is no room for them.
    """
    home = Path(os.path.commonpath([path.parent for path in paths]))
    files = {inside(path.relative_to(home).as_posix()): path for path in paths}
    try:
        unpacked = pack_files(files, home.name, pack.file)
    except OSError as exc:
        raise SceneInvalid(
            f"{exc.filename} cannot be read: {exc.strerror}", hint="Give the model files that can be read."
        ) from exc
    root = next(iter(files))
    found = references_of(root, Shelf(files), lambda name: files[name].read_bytes())
    require_all(found.missing)
    held = pack.keep(unpacked)
    return held, UploadOrigin(held.upload_id, root, (), (*found.texts, *found.files), found.portable)
