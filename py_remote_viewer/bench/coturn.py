"""A coturn of our own: one process, one address, credentials made from a shared secret."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from py_remote_viewer.errors import SettingsInvalid

SECRET = "north"
_CONFIGURATION = """
listening-ip={address}
listening-port={port}
relay-ip={address}
min-port=49200
max-port=49400
realm=viewer.example
use-auth-secret
static-auth-secret={secret}
fingerprint
no-tls
no-dtls
no-cli
{loopback}
pidfile={folder}/turn.pid
log-file={folder}/turn.log
simple-log
userdb={folder}/turn.db
"""
_START_LIMIT_S = 10.0


@dataclass(frozen=True, slots=True)
class Coturn:
    """Where it listens."""

    address: str
    port: int
    log: Path

    def url(self, transport: str) -> str:
        """As in `VIEWER_TURN_URLS`."""
        return f"turn:{self.address}:{self.port}?transport={transport}"


@asynccontextmanager
async def coturn(
    folder: Path, address: str = "127.0.0.1", port: int = 0, inside: tuple[str, ...] = ()
) -> AsyncIterator[Coturn]:
    """Run turnserver; `inside` is a command prefix, as `ip netns exec NAME`.

    Raises:
        SettingsInvalid: it is not installed.
    """
    program = shutil.which("turnserver")
    if program is None:
        raise SettingsInvalid("no TURN server on this machine", hint="Install it: apt-get install -y coturn")
    port = port or _free_port(address)
    file = folder / "turn.conf"
    loopback = "allow-loopback-peers" if address.startswith("127.") else ""
    file.write_text(
        _CONFIGURATION.format(address=address, port=port, secret=SECRET, folder=folder, loopback=loopback),
        encoding="utf-8",
    )
    process = await asyncio.create_subprocess_exec(
        *inside, program, "-c", str(file), stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL
    )
    log = folder / "turn.log"
    try:
        async with asyncio.timeout(_START_LIMIT_S):
            while b"DB connection success" not in _read(log):
                if process.returncode is not None:
                    raise SettingsInvalid(f"turnserver has ended: {_read(log)[-300:]!r}", hint="See its log.")
                await asyncio.sleep(0.02)
        yield Coturn(address, port, log)
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.communicate()


def _free_port(address: str) -> int:
    with socket.create_server((address, 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def _read(log: Path) -> bytes:
    return b"".join(one.read_bytes() for one in log.parent.glob("turn*.log"))
