"""A coturn of our own, for the tests that can have one."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from py_remote_viewer.bench.coturn import SECRET, Coturn
from py_remote_viewer.bench.coturn import coturn as running_coturn

__all__ = ["SECRET", "Coturn", "coturn"]


@asynccontextmanager
async def coturn(
    folder: Path, address: str = "127.0.0.1", port: int = 0, inside: tuple[str, ...] = ()
) -> AsyncIterator[Coturn]:
    """Run turnserver; skips the test where it is not installed."""
    if shutil.which("turnserver") is None:
        pytest.skip("no turnserver: apt-get install coturn")
    async with running_coturn(folder, address, port, inside) as turn:
        yield turn
