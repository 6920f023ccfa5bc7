"""A real server in a process of its own, for the tests that need one."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def running(*arguments: str, **environment: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server on a free port, and its address; killed at the end where it still runs."""
    process = subprocess.Popen(
        [sys.executable, "-m", "py_remote_viewer", "--port", "0", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=os.environ | environment,
    )
    assert process.stdout is not None
    try:
        said = process.stdout.readline()
        found = re.search(r"http://\S+", said)
        assert found, said
        yield process, found.group()
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
