"""What is installed is what is in the checkout."""

import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_a_wheel_carries_the_page_and_the_scenes_and_finds_them(tmp_path: Path) -> None:
    source = tmp_path / "source"
    archive = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True
    )
    for name in archive.stdout.decode().splitlines():
        if name.split("/")[0] in ("py_remote_viewer", "client", "scenes") or "/" not in name:
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_bytes((ROOT / name).read_bytes())
    (source / "README.md").touch()
    built = subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "wheel",
            "--no-deps",
            "--no-build-isolation",
            "-q",
            "-w",
            str(tmp_path),
            str(source),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    [wheel] = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(tmp_path / "installed")
    code = (
        "from py_remote_viewer.resources import data_dir; from py_remote_viewer.scenes.presets import list_presets;"
        "print(data_dir('client') / 'index.html'); print(len(list_presets()))"
    )
    said = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path / "installed")},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert said[0].startswith(str(tmp_path))
    assert Path(said[0]).is_file()
    assert int(said[1]) >= 12


def test_the_server_process_knows_neither_mujoco_nor_opengl() -> None:
    code = (
        "import sys; import py_remote_viewer.web.app, py_remote_viewer.web.parts, py_remote_viewer.cli.serve;"
        "print([name for name in ('mujoco', 'OpenGL', 'torch') if name in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert said.strip() == "[]"
