# shellcheck shell=bash
# Shared by the scripts beside this folder: a Python, a virtual environment with pinned packages, Debian's libraries.
# Source it after `set -euo pipefail`. What is there already is left alone, so that a second start costs milliseconds.

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
VENV="$ROOT/.venv"
EGL_PACKAGES=(libegl1 libgl1-mesa-dri libopengl0)

say() { printf '%s\n' "$*" >&2; }

die() {
  say "error: $1"
  shift
  for line in "$@"; do say "  $line"; done
  exit 1
}

# The command prefix that makes somebody root; fails where nobody can be asked.
as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    sudo "$@"
  elif command -v sudo >/dev/null && [ -t 0 ]; then
    say "sudo is needed once, to install packages of the system"
    sudo "$@"
  else
    return 1
  fi
}

# apt_install PACKAGE... : those that are missing; where that cannot be done, print what to type and stop.
apt_install() {
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
  done
  [ "${#missing[@]}" -eq 0 ] && return 0
  say "installing ${missing[*]}"
  command -v apt-get >/dev/null || die "this system has no apt-get" "Install what is called on Debian: ${missing[*]}"
  if ! as_root env DEBIAN_FRONTEND=noninteractive sh -c \
    'apt-get update -qq && apt-get install -y -qq --no-install-recommends "$@"' apt "${missing[@]}" >&2 </dev/null; then
    die "the packages ${missing[*]} are missing, and could not be installed" \
      "Type: sudo apt-get update && sudo apt-get install -y ${missing[*]}" "Then start this script again."
  fi
}

# Print the first Python of 3.11 to 3.13; fails when there is none.
find_python() {
  local name
  for name in "${PYTHON:-}" python3.13 python3.12 python3.11 python3 python; do
    [ -n "$name" ] && command -v "$name" >/dev/null || continue
    if "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then
      command -v "$name"
      return 0
    fi
  done
  return 1
}

make_venv() {
  local python
  if ! python="$(find_python)"; then
    say "no Python of 3.11 to 3.13 found"
    apt_install python3 python3-venv
    python="$(find_python)" || die "this system's Python is not 3.11 to 3.13" "Install one, or name it: PYTHON=/path/to/python3.12"
  fi
  say "making a virtual environment in .venv with $python"
  if ! "$python" -m venv "$VENV" >/dev/null 2>&1; then
    rm -rf "$VENV"
    apt_install python3-venv
    "$python" -m venv "$VENV" || die "$python cannot make a virtual environment" "Install its venv and ensurepip modules."
  fi
}

# pip_install REQUIREMENTS... : unless the same files were installed before into this environment.
pip_install() {
  local stamp wanted
  stamp="$VENV/.installed-$(basename "${!#}")"
  wanted="$(cat "$@" | cksum)"
  [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && return 0
  say "installing Python packages: $(basename "${!#}")"
  "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check --no-input -r "${!#}" </dev/null \
    || die "pip could not install the packages" "Its message above says which; the network may be closed."
  printf '%s\n' "$wanted" >"$stamp"
}

# The environment with the packages that the viewer needs to run.
setup_core() {
  [ -x "$VENV/bin/python" ] || make_venv
  pip_install "$ROOT/requirements.txt"
  has_egl || apt_install "${EGL_PACKAGES[@]}"
}

# Whether the libraries that draw without a screen can be found: by the loader's own list, and Mesa's drivers as files.
has_egl() {
  local found library
  found="$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null)" || return 1
  for library in libEGL.so.1 libOpenGL.so.0; do
    case "$found" in *"$library"*) ;; *) return 1 ;; esac
  done
  case "$found" in
    *libEGL_nvidia*) return 0 ;;
    *libEGL_mesa*) compgen -G '/usr/lib*/*/dri/*_dri.so' >/dev/null || compgen -G '/usr/lib*/dri/*_dri.so' >/dev/null ;;
    *) return 1 ;;
  esac
}
