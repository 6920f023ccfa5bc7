"""How a process that draws once begins: limits on its own time, and the model that it was given as `--fd N --size BYTES`."""

from __future__ import annotations

import argparse
import os
import resource
import signal

import mujoco


def given_model(about: str | None, *, most_s: float, cpu_s: int, nice: int) -> mujoco.MjModel:
    """The model of the command line.

    Args:
        about: for `--help`.
        most_s: after so long the process is ended by a signal.
        cpu_s: likewise, of processor time.
        nice: what runs live goes before it.
    """
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--fd", type=int, required=True, help="memory file with the model as MJB")
    parser.add_argument("--size", type=int, required=True, help="bytes of it")
    arguments = parser.parse_args()
    signal.setitimer(signal.ITIMER_REAL, most_s)
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s + 1))
    os.nice(nice)
    return mujoco.MjModel.from_binary_path("scene.mjb", {"scene.mjb": os.pread(arguments.fd, arguments.size, 0)})
