#!/usr/bin/env bash
# Every check, in the order of their cost; the first that fails ends it: scripts/run_tests.sh [pytest arguments]
set -euo pipefail
# shellcheck source=lib/setup.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib/setup.sh"

step() {
  printf '\n== %s\n' "$1" >&2
  shift
  "$@" || die "$* failed (exit code $?)"
}

setup_core
pip_install "$ROOT/requirements.txt" "$ROOT/requirements-dev.txt"
command -v chromium >/dev/null || apt_install chromium
cd "$ROOT"
export PATH="$VENV/bin:$PATH" PYTHONPATH="$ROOT"

step "format" ruff format --check .
step "lint" ruff check .
step "types" mypy
step "imports point downwards" lint-imports
if [ -f scripts/vendor/package-lock.json ]; then
  lock="$(cksum <scripts/vendor/package-lock.json)"
  stamp=scripts/vendor/node_modules/.installed
  if [ ! -f "$stamp" ] || [ "$(cat "$stamp")" != "$lock" ]; then
    step "node packages" npm ci --prefix scripts/vendor --no-audit --no-fund --loglevel=error
    printf '%s\n' "$lock" >"$stamp"
  fi
  step "types of the page" scripts/vendor/node_modules/.bin/tsc -p client/jsconfig.json
  step "tests of the page" node --test "tests/js/**/*.test.js"
fi
step "tests" python -m pytest "$@"
printf '\nall checks passed\n' >&2
