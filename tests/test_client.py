"""The page as files: small enough, typed, tested in node, and free of addresses that a closed network cannot reach."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CLIENT = ROOT / "client"
TSC = ROOT / "scripts" / "vendor" / "node_modules" / ".bin" / "tsc"
FIRST_LOAD_LIMIT_BYTES = 100_000


def first_load(*, lazy: bool = False) -> list[Path]:
    """What a browser takes before the page stands: the document, its styles, and every module that `app.js` reaches.

    With `lazy` also what it may take later.
    """
    html = (CLIENT / "index.html").read_text(encoding="utf-8")
    linked = {CLIENT / path for path in re.findall(r'(?:href|src)="static/([^"]+)"', html)}
    found = {CLIENT / "index.html", CLIENT / "vendor" / "icons.svg"}
    waiting = list(linked)
    while waiting:
        path = waiting.pop().resolve()
        if path in found:
            continue
        found.add(path)
        if path.suffix == ".js" and "vendor" not in path.parts:
            text = path.read_text(encoding="utf-8")
            imports = re.findall(r'^\s*(?:import|export)[^;]*?from "(\.[^"]+)"', text, re.M)
            if lazy:
                imports += re.findall(r'(?<![`{.])\bimport\("(\.[^"]+)"\)(?!\.[A-Z])', text)
                found |= {(CLIENT / style).resolve() for style in re.findall(r'loadStyles\("([^"]+)"\)', text)}
            waiting += [path.parent / name for name in imports]
    return sorted(found)


def test_the_first_load_stays_under_100_kb() -> None:
    sizes = {path.relative_to(CLIENT).as_posix(): len(gzip.compress(path.read_bytes(), 9)) for path in first_load()}
    total = sum(sizes.values())
    print(
        f"first load: {len(sizes)} files, {total} bytes gzipped; largest {sorted(sizes.items(), key=lambda kv: -kv[1])[:5]}"
    )
    assert "ui/hud.js" in sizes
    assert total <= FIRST_LOAD_LIMIT_BYTES


def test_everything_in_the_folder_is_reached() -> None:
    shipped = {path for path in CLIENT.rglob("*") if path.suffix in {".js", ".css"}}
    assert shipped == {path for path in first_load(lazy=True) if path.suffix in {".js", ".css"}}


def test_every_module_is_preloaded_so_that_none_waits_for_another() -> None:
    html = (CLIENT / "index.html").read_text(encoding="utf-8")
    modules = {path.relative_to(CLIENT).as_posix() for path in first_load() if path.suffix == ".js"}
    assert set(re.findall(r'rel="modulepreload" href="static/([^"]+)"', html)) == modules - {"app.js"}


def test_the_sprite_holds_the_icons_that_are_used_and_no_more() -> None:
    sprite = set(re.findall(r'<symbol id="([^"]+)"', (CLIENT / "vendor" / "icons.svg").read_text(encoding="utf-8")))
    code = "".join(path.read_text(encoding="utf-8") for path in first_load(lazy=True) if path.suffix == ".js")
    assert {name for name in sprite if f'"{name}"' in code} == sprite
    assert set(re.findall(r'(?:icon|<\$\{Icon\} name)="([^"$]+)"', code)) <= sprite


def test_the_page_holds_no_inline_script_or_style() -> None:
    html = (CLIENT / "index.html").read_text(encoding="utf-8")
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", html)


def test_the_page_loads_from_its_own_server_only() -> None:
    for path in first_load(lazy=True):
        for address in re.findall(r"https?://[^\s\"'`)]+", path.read_text(encoding="utf-8")):
            assert address.startswith(("http://www.w3.org/", "https://lab.example/")), (path, address)


def test_the_lock_file_names_no_download_address() -> None:
    lock = json.loads((ROOT / "scripts" / "vendor" / "package-lock.json").read_text(encoding="utf-8"))
    assert all("resolved" not in package for package in lock["packages"].values())


def test_the_modules_pass_their_own_tests() -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    files = sorted(str(path) for path in (ROOT / "tests" / "js").glob("*.test.js"))
    done = subprocess.run([node, "--test", *files], cwd=ROOT, capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]


def test_the_types_hold() -> None:
    if not TSC.exists():
        pytest.skip("run scripts/vendor_client.sh first: it takes TypeScript")
    command = [str(TSC), "-p", str(CLIENT / "jsconfig.json")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 0, done.stdout
