"""The walls around a compile child: limits the kernel enforces, and no way to the file system or the network.

The wall that always stands is `RLIMIT_NOFILE = 0`: no descriptor can be made any more, so no file and no socket opens,
whatever the scene names and whatever the kernel offers. Landlock, `no_new_privs` and leaving root are further walls,
raised where the kernel has them. Used by the forked child, which is single threaded at that point; imports no mujoco, so
that `sandbox_features` can be asked anywhere.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import struct
import sys
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_PR_SET_NO_NEW_PRIVS = 38
_PR_GET_NO_NEW_PRIVS = 39
_LANDLOCK_CREATE_RULESET = 444  # the same number on every architecture
_LANDLOCK_RESTRICT_SELF = 446
_LANDLOCK_VERSION_FLAG = 1
# Landlock rights by ABI: all that may be denied (linux/landlock.h).
_FS_RIGHTS = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1, 5: (1 << 16) - 1}
_NET_RIGHTS = 0b11  # TCP bind and connect
_SCOPES = 0b11  # abstract sockets of others, signals to others
_NOBODY = 65_534
_CAP_SETGID_SETUID = 1 << 6 | 1 << 7

_libc = ctypes.CDLL(None, use_errno=True)
_libc.syscall.restype = ctypes.c_long


def landlock_abi() -> int:
    """The version of Landlock in this kernel; 0 when there is none."""
    if not sys.platform.startswith("linux"):
        return 0
    return max(0, int(_libc.syscall(_LANDLOCK_CREATE_RULESET, None, ctypes.c_size_t(0), _LANDLOCK_VERSION_FLAG)))


def sandbox_features() -> dict[str, bool]:
    """Which walls a compile child gets on this machine, without raising any here."""
    return {
        "rlimits": True,
        "no_new_descriptors": True,
        "no_new_privs": _libc.prctl(_PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) >= 0,
        "landlock": landlock_abi() > 0,
        "not_root": os.geteuid() != 0 or _may_leave_root(),
    }


def _may_leave_root() -> bool:
    """Whether root here may become another user: it has the capabilities, and that user exists in its namespace."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
        uid_map = Path("/proc/self/uid_map").read_text(encoding="ascii")
    except OSError:
        return False
    effective = next((int(line.split()[1], 16) for line in status.splitlines() if line.startswith("CapEff:")), 0)
    ranges = [(int(first), int(count)) for first, _, count in map(str.split, uid_map.splitlines())]
    there = any(first <= _NOBODY < first + count for first, count in ranges)
    return there and effective & _CAP_SETGID_SETUID == _CAP_SETGID_SETUID


def mapped_bytes() -> int:
    """Address space this process maps now; the memory limit of a child counts from here."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()


def end_with_parent(parent_pid: int) -> None:
    """Have the kernel kill this process when its parent goes, also when it went before this call."""
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent_pid:
        os._exit(1)


def limit_time(wall_s: float, cpu_s: int) -> None:
    """From now: `SIGALRM` after `wall_s`, `SIGXCPU` after `cpu_s`. Default actions, so C code is ended as well."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.signal(signal.SIGXCPU, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, wall_s)
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def shut_in(memory_bytes: int, file_bytes: int) -> dict[str, bool]:
    """Raise every wall around this process, for good.

    Args:
        memory_bytes: address space it may map in all.
        file_bytes: largest file it may write (memory files count).

    Returns:
        Which walls stand.
    """
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_FSIZE, (file_bytes, file_bytes))
    no_new_privs = _libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
    landlock = no_new_privs and _deny_file_system()
    not_root = _leave_root()
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))  # last: Landlock needs a descriptor for a moment
    return {
        "rlimits": True,
        "no_new_descriptors": True,
        "no_new_privs": no_new_privs,
        "landlock": landlock,
        "not_root": not_root,
    }


def _deny_file_system() -> bool:
    """Landlock without a single rule: every right that it can deny is denied."""
    abi = landlock_abi()
    if abi == 0:
        return False
    rights = struct.pack("=Q", _FS_RIGHTS[min(abi, 5)])
    if abi >= 4:
        rights += struct.pack("=Q", _NET_RIGHTS)
    if abi >= 6:
        rights += struct.pack("=Q", _SCOPES)
    ruleset = int(_libc.syscall(_LANDLOCK_CREATE_RULESET, rights, ctypes.c_size_t(len(rights)), 0))
    if ruleset < 0:
        return False
    try:
        return int(_libc.syscall(_LANDLOCK_RESTRICT_SELF, ruleset, 0)) == 0
    finally:
        os.close(ruleset)


def _leave_root() -> bool:
    """Root could raise its own limits again, so stop being root."""
    if os.geteuid() != 0:
        return True
    try:
        os.setgroups([])
        os.setresgid(_NOBODY, _NOBODY, _NOBODY)
        os.setresuid(_NOBODY, _NOBODY, _NOBODY)
    except OSError:
        return False
    return True
