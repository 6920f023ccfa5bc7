"""Every upload that means harm, sent to a real server while somebody watches."""

from __future__ import annotations

import asyncio
import json
import statistics
import tempfile
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.test_hostile_scenes import (
    ANSWER_WITHIN_S,
    KEPT,
    MEMORY_BACK_WITHIN_S,
    MEMORY_GROWTH_BYTES,
    SLACK_S,
    rates,
)
from tests.e2e.watched import SMALL, Watched, watched
from tests.scenes.canary import Canary
from tests.scenes.uploads.hostile_uploads import CANARY_FILES, HOSTILE_UPLOADS, Files, with_canary

pytestmark = [pytest.mark.gl, pytest.mark.e2e]


@pytest.fixture
def canary_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="canary-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        for file, text in CANARY_FILES.items():
            (folder / file).write_text(text, encoding="utf-8")
        yield folder


def form_of(files: Files) -> tuple[bytes, str]:
    """The body and its content type, names as they are."""
    boundary = uuid.uuid4().hex
    body = b""
    for name, data in files.items():
        shown = name.replace("\\", "\\\\").replace('"', "%22").encode("utf-8")
        head = b'Content-Disposition: form-data; name="file"; filename="' + shown + b'"'
        body += b"--" + boundary.encode() + b"\r\n" + head + b"\r\n\r\n" + data + b"\r\n"
    return body + b"--" + boundary.encode() + b"--\r\n", f"multipart/form-data; boundary={boundary}"


async def upload(room: Watched, files: Files) -> tuple[int, dict[str, Any], float]:
    """Status, answer and seconds."""
    body, kind = form_of(files)

    def ask() -> tuple[int, dict[str, Any]]:
        request = urllib.request.Request(room.server.url + "/api/scene/upload", body, {"Content-Type": kind})
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as exc:
            return exc.code, json.load(exc)

    began = asyncio.get_running_loop().time()
    status, answer = await asyncio.to_thread(ask)
    return status, answer, asyncio.get_running_loop().time() - began


@pytest.mark.timeout(300)
async def test_no_hostile_upload_harms_anybody(canary_folder: Path, tmp_path: Path) -> None:
    canary = Canary(canary_folder)
    seen: list[float] = []
    try:
        async with watched(*SMALL, watchers=1, VIEWER_ASSET_DIR=str(tmp_path / "assets")) as room:
            before, memory = await room.pictures_per_s(3.0), room.server.memory_bytes()
            for case in HOSTILE_UPLOADS:
                async with rates(room) as rate:
                    status, answer, took = await upload(room, with_canary(case.build(), str(canary_folder)))
                assert took <= ANSWER_WITHIN_S + SLACK_S, f"{case.name} took {took:.1f} s"
                if case.outcome == "loads":
                    assert status == 200, (case.name, answer)
                else:
                    assert status in (400, 413), (case.name, answer)
                    assert answer["error"]["hint"], case.name
                    seen += rate
            if seen:
                assert statistics.median(seen) >= KEPT * before
            assert await room.pictures_per_s(2.0) >= KEPT * before
            most = {process: used + MEMORY_GROWTH_BYTES for process, used in memory.items()}
            async with asyncio.timeout(MEMORY_BACK_WITHIN_S):
                while any(used > most[p] for p, used in room.server.memory_bytes().items()):  # noqa: ASYNC110
                    await asyncio.sleep(0.5)
            stats = await room.stats()
            assert stats["engine"]["restarts"] == 0
            assert stats["loop_stall_ms"] < 250  # other work may have the machine too; the bound that is aimed at is 50
        assert canary.opened() == set()
    finally:
        canary.close()
    left = await asyncio.to_thread(
        lambda: ({path.name for path in canary_folder.iterdir()}, list(tmp_path.glob("*/new-*")))
    )
    assert left == (set(CANARY_FILES), [])
