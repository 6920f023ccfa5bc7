"""What this machine can do, asked one by one. Nothing here imports MuJoCo or OpenGL: children do, and may crash."""

from __future__ import annotations

import json
import os
import platform
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from py_remote_viewer import __version__
from py_remote_viewer.config import Settings, load_settings, unknown_variables
from py_remote_viewer.errors import SettingsInvalid

CHILD_LIMIT_S = 60.0
APT_LINE = "apt-get install -y libegl1 libgl1-mesa-dri libopengl0"
PACKAGES = (
    "aiortc", "av", "fast-simplification", "fastapi", "mujoco", "numpy", "prometheus-client", "pydantic",
    "pydantic-settings", "PyOpenGL", "uvicorn", "websockets",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Check:
    """One answer.

    Attributes:
        name: what was asked.
        ok: whether it works.
        needed: whether the viewer cannot run without it.
        found: in words.
        fix: what to type when it does not work.
        details: JSON-ready facts.
    """

    name: str
    ok: bool
    needed: bool
    found: str
    fix: str = ""
    details: dict[str, Any] = field(default_factory=dict)


def all_checks() -> list[Check]:
    """Every check, in the order in which one builds on another."""
    settings, settings_check = check_settings()
    encoder = check_encoder(settings.encoder)
    return [
        check_python(),
        check_packages(),
        settings_check,
        check_variables(),
        check_gl(),
        encoder,
        check_picture(str(encoder.details.get("encoder", "libx264"))),
        check_tcp(settings),
        check_udp(),
        check_sandbox(),
    ]


def check_python() -> Check:
    """The interpreter."""
    ok = (3, 11) <= sys.version_info[:2] <= (3, 13)
    found = f"{platform.python_version()} on {platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    details = {"python": platform.python_version(), "viewer": __version__, "cores": os.cpu_count()}
    return Check("python", ok, True, found, "Use Python 3.11, 3.12 or 3.13.", details)


def check_packages() -> Check:
    """The packages that the viewer is made of."""
    versions: dict[str, str | None] = {}
    for package in PACKAGES:
        try:
            versions[package] = version(package)
        except PackageNotFoundError:
            versions[package] = None
    missing = [name for name, found in versions.items() if found is None]
    found = f"missing: {', '.join(missing)}" if missing else ", ".join(f"{name} {v}" for name, v in versions.items())
    return Check("packages", not missing, True, found, "pip install -r requirements.txt", versions)


def check_settings() -> tuple[Settings, Check]:
    """The environment as settings; the defaults where it cannot be used."""
    try:
        settings = load_settings()
    except SettingsInvalid as exc:
        return Settings.model_construct(), Check("settings", False, True, exc.message, exc.hint)
    return settings, Check("settings", True, True, f"listens on {settings.host} port {settings.port}")


def check_variables() -> Check:
    """Variables that look like settings and are none."""
    unknown = unknown_variables()
    said = [f"{name} (did you mean {near}?)" if near else name for name, near in unknown.items()]
    found = f"unknown: {', '.join(said)}" if said else "no unknown VIEWER_* variables"
    return Check("variables", not unknown, False, found, "docs/configuration.md lists all.", dict(unknown))


def check_gl() -> Check:
    """A headless GL context, really made."""
    answer = ask_child("gl")
    if "error" in answer:
        return Check("gl", False, True, answer["error"], APT_LINE, answer)
    found = f"{answer['renderer']}, OpenGL {answer['version']}"
    if answer["software"] and answer["gpu_devices"]:
        found += f"; a GPU is there ({', '.join(answer['gpu_devices'])}) and is not used"
        return Check("gl", False, False, found, "Install the EGL library of the GPU's driver.", answer)
    return Check("gl", True, True, found, "", answer)


def check_encoder(preferred: str) -> Check:
    """The encoder that would be used."""
    answer = ask_child("encoder", preferred)
    if "error" in answer:
        return Check("encoder", False, True, answer["error"], answer["hint"], answer)
    refused = "".join(f"; no {name} ({why})" for name, why in answer["refused"].items())
    return Check("encoder", True, True, f"{answer['encoder']}{refused}", "", answer)


def check_picture(encoder: str) -> Check:
    """A picture, drawn, encoded and decoded."""
    answer = ask_child("picture", encoder)
    if "error" in answer:
        return Check("picture", False, True, answer["error"], answer["hint"] or APT_LINE, answer)
    found = (
        f"{answer['width']}x{answer['height']} drawn, encoded with {encoder} and decoded: "
        f"{answer['bytes']} bytes, {answer['ms']} ms"
    )
    return Check("picture", True, True, found, "", answer)


def check_tcp(settings: Settings) -> Check:
    """The port of the page."""
    where = f"{settings.host} port {settings.port}"
    try:
        family, kind, proto, _, address = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, proto) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as exc:
        return Check("tcp", False, False, f"{where}: {exc.strerror}", "Stop what uses it, or choose --port N.")
    return Check("tcp", True, True, f"{where} is free")


def check_udp() -> Check:
    """A socket as WebRTC opens one for each peer."""
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.bind(("0.0.0.0", 0))
            port = probe.getsockname()[1]
    except OSError as exc:
        return Check("udp", False, True, str(exc), "Allow the process to open UDP sockets: video travels by UDP.")
    found = f"UDP works; ports come from {_port_range() or 'the system'}"
    return Check("udp", True, True, found, "", {"port": port, "range": _port_range()})


def _port_range() -> str | None:
    path = Path("/proc/sys/net/ipv4/ip_local_port_range")
    return "-".join(path.read_text().split()) if path.is_file() else None


def check_sandbox() -> Check:
    """The walls around a process that compiles a stranger's scene; those that lack are no reason not to run."""
    answer = ask_child("sandbox")
    if "error" in answer:
        return Check("sandbox", False, True, answer["error"], answer["hint"], answer)
    lacking = [name for name, there in answer.items() if not there]
    found = ", ".join(name for name, there in answer.items() if there)
    if lacking:
        found += f"; lacking: {', '.join(lacking)}"
    return Check("sandbox", not lacking, False, found, "A newer kernel has Landlock (Linux 5.13 and later).", answer)


def ask_child(*question: str) -> dict[str, Any]:
    """The answer of `machine_child`; `{"error", "hint"}` when it crashes or hangs."""
    command = [sys.executable, "-m", "py_remote_viewer.cli.machine_child", *question]
    root = str(Path(__file__).resolve().parents[2])
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH", "")]))}
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=CHILD_LIMIT_S, env=environment, check=False
        )
    except subprocess.TimeoutExpired:
        return {"error": f"no answer within {CHILD_LIMIT_S:.0f} s", "hint": ""}
    try:
        answer = json.loads(done.stdout.splitlines()[-1])
        assert isinstance(answer, dict)
    except (IndexError, ValueError, AssertionError):
        last = (done.stderr.strip().splitlines() or ["nothing was said"])[-1]
        return {"error": f"the process ended with code {done.returncode}: {last}", "hint": ""}
    return answer
