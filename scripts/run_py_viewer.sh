#!/usr/bin/env bash
# Set up whatever is missing, then serve: scripts/run_py_viewer.sh [--scene PRESET|FILE] [--port N] ...   (--help lists all)
set -euo pipefail
# shellcheck source=lib/setup.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib/setup.sh"

setup_core
export PYTHONPATH="$ROOT${PYTHONPATH:+:$PYTHONPATH}"
exec "$VENV/bin/python" -m py_remote_viewer "$@"
