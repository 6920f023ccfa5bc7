"""`ip`, `ethtool` and `nft` as functions, and what they need said before they fail halfway."""

from __future__ import annotations

import asyncio
import os
import shutil

from py_remote_viewer.errors import SettingsInvalid

_NEEDED = {"ip": "iproute2", "ethtool": "ethtool", "nft": "nftables"}


def require() -> None:
    """Raise SettingsInvalid unless this process can make network namespaces; the hint says what is missing."""
    missing = sorted(package for command, package in _NEEDED.items() if shutil.which(command) is None)
    if missing:
        raise SettingsInvalid(
            f"network namespaces need {', '.join(missing)}", hint=f"Install: apt-get install -y {' '.join(missing)}"
        )
    if os.geteuid() != 0:
        raise SettingsInvalid(
            "network namespaces can only be made by root",
            hint="Run the same command with sudo, or in a container as root.",
        )


async def run(*command: str, text: str = "") -> str:
    """Standard output of a command that must succeed; `text` goes to its standard input.

    Raises:
        SettingsInvalid: it failed; the message holds what it said.
    """
    process = await asyncio.create_subprocess_exec(
        *command, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    said, complaint = await process.communicate(text.encode())
    if process.returncode:
        raise SettingsInvalid(
            f"`{' '.join(command)}` failed: {complaint.decode(errors='replace').strip()}",
            hint="The kernel must allow network namespaces and veth pairs: use a virtual machine or a privileged container.",
        )
    return said.decode()
