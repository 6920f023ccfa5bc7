"""`python -m py_remote_viewer [options]` serves; `… bench NAME` measures; `… render TRAJECTORY` draws a recording again;
`… scene|record|snapshot|status` ask a running server.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence

# Module of `cli` whose main takes the line.
COMMANDS = dict.fromkeys(("scene", "record", "snapshot", "status"), "remote")
BENCHES = ("pipeline", "fanout", "latency", "load", "network", "capacity", "sync", "history")


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments[:1] == ["bench"]:
        return bench(arguments[1:])
    if arguments and arguments[0] in COMMANDS:
        module = importlib.import_module(f"py_remote_viewer.cli.{COMMANDS[arguments[0]]}")
        status: int = module.main(arguments)
        return status
    if arguments[:1] == ["render"]:
        from py_remote_viewer.cli import render

        return render.main(arguments[1:])
    from py_remote_viewer.cli import serve

    return serve.main(arguments)


def bench(arguments: Sequence[str]) -> int:
    """Run one benchmark, importing no other."""
    if not arguments or arguments[0] not in BENCHES:
        given = f"no benchmark {arguments[0]!r}" if arguments else "which benchmark?"
        print(f"{given}\nusage: python -m py_remote_viewer bench {'|'.join(BENCHES)} [options]", file=sys.stderr)
        return 2
    module = importlib.import_module(f"py_remote_viewer.bench.{arguments[0]}")
    code: int = module.main(list(arguments[1:]))
    return code


if __name__ == "__main__":
    sys.exit(main())
