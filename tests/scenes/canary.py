"""A folder whose files tell when somebody opens them."""

from __future__ import annotations

import ctypes
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

_IN_ACCESS, _IN_OPEN, _IN_ISDIR = 0x1, 0x20, 0x40000000
_EVENT_HEADER = 16
_libc = ctypes.CDLL(None, use_errno=True)


class Canary:
    """Watches every file that is in `folder` now (inotify); `opened` gives names of those touched since the last call."""

    def __init__(self, folder: Path) -> None:
        self._fd = _libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        if self._fd < 0 or _libc.inotify_add_watch(self._fd, os.fsencode(folder), _IN_ACCESS | _IN_OPEN) < 0:
            raise OSError(ctypes.get_errno(), "inotify does not work here")

    def opened(self) -> set[str]:
        names: set[str] = set()
        while True:
            try:
                data = os.read(self._fd, 65536)
            except BlockingIOError:
                return names
            while data:
                mask = int.from_bytes(data[4:8], "little")
                length = int.from_bytes(data[12:16], "little")
                name = data[_EVENT_HEADER : _EVENT_HEADER + length].rstrip(b"\0").decode()
                if not mask & _IN_ISDIR:
                    names.add(name)
                data = data[_EVENT_HEADER + length :]

    def close(self) -> None:
        os.close(self._fd)


@contextmanager
def folder_with(files: Mapping[str, str]) -> Iterator[Path]:
    """A folder that everybody may read, unlike `tmp_path`: that a file stays closed must not be owed to its permissions."""
    with tempfile.TemporaryDirectory(prefix="canary-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        for file, text in files.items():
            (folder / file).write_text(text, encoding="utf-8")
        yield folder
