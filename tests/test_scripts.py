"""The scripts that set a machine up, on machines made of stubs: what they install, and what they say when they may not."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SETUP = ROOT / "scripts" / "lib" / "setup.sh"


def stub(folder: Path, name: str, body: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{body}\n")
    (folder / name).chmod(0o755)


def shell(bin_folder: Path, code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `code` after sourcing the setup, with the stubs in front of everything."""
    return subprocess.run(
        ["bash", "-c", f"set -euo pipefail; . {SETUP}; {code}"],
        env=os.environ | {"PATH": f"{bin_folder}:{os.environ['PATH']}"} | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A Debian on which nothing is installed; apt-get writes what it was asked into `asked`."""
    folder = tmp_path / "bin"
    stub(folder, "dpkg-query", "exit 1")
    stub(folder, "ldconfig", "exit 0")
    stub(folder, "apt-get", f'echo "$DEBIAN_FRONTEND $*" >> {tmp_path}/asked')
    return folder


@pytest.mark.parametrize("script", sorted(ROOT.glob("scripts/**/*.sh")), ids=lambda path: path.name)
def test_every_script_is_well_formed(script: Path) -> None:
    subprocess.run(["bash", "-n", str(script)], check=True)


def test_root_gets_the_missing_packages_without_a_question(bare: Path, tmp_path: Path) -> None:
    stub(bare, "id", "echo 0")
    done = shell(bare, 'has_egl || apt_install "${EGL_PACKAGES[@]}"')
    assert done.returncode == 0, done.stderr
    asked = (tmp_path / "asked").read_text().splitlines()
    assert asked[0] == "noninteractive update -qq"
    assert asked[1].endswith("libegl1 libgl1-mesa-dri libopengl0")
    assert " -y " in asked[1]


def test_others_are_told_what_to_type(bare: Path, tmp_path: Path) -> None:
    stub(bare, "id", "echo 1000")
    stub(bare, "sudo", "exit 1")
    done = shell(bare, 'apt_install "${EGL_PACKAGES[@]}"')
    assert done.returncode == 1
    assert "sudo apt-get update && sudo apt-get install -y libegl1 libgl1-mesa-dri libopengl0" in done.stderr
    assert not (tmp_path / "asked").exists()


def test_what_is_installed_is_not_installed_again(bare: Path, tmp_path: Path) -> None:
    stub(bare, "dpkg-query", 'echo "install ok installed"')
    assert shell(bare, "apt_install libegl1").returncode == 0
    assert not (tmp_path / "asked").exists()


def test_a_python_that_is_too_old_is_passed_over(bare: Path) -> None:
    for name in ("python3.13", "python3.12"):
        stub(bare, name, "exit 1")
    stub(bare, "python3.11", "exit 0")
    assert shell(bare, "find_python", PYTHON="").stdout.strip() == str(bare / "python3.11")


def test_packages_are_installed_once_for_the_same_requirements(bare: Path, tmp_path: Path) -> None:
    venv = tmp_path / "venv"
    stub(tmp_path, "requirements.txt", "x==1")
    (venv / "bin").mkdir(parents=True)
    stub(venv / "bin", "python", f"echo pip >> {tmp_path}/asked")
    code = f"VENV={venv}; pip_install {tmp_path}/requirements.txt; pip_install {tmp_path}/requirements.txt"
    assert shell(bare, code).returncode == 0
    assert (tmp_path / "asked").read_text() == "pip\n"
    stub(tmp_path, "requirements.txt", "x==2")
    assert shell(bare, code).returncode == 0
    assert (tmp_path / "asked").read_text() == "pip\npip\n"


def test_a_copy_of_the_scripts_finds_its_own_checkout(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "scripts" / "lib", tmp_path / "scripts" / "lib")
    said = subprocess.run(
        ["bash", "-c", f". {tmp_path}/scripts/lib/setup.sh; echo $ROOT"],
        cwd="/",
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() == str(tmp_path)
