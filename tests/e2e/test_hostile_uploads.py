"""Every upload that means harm, sent to a real server while somebody watches."""

from __future__ import annotations

import asyncio
import statistics
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.hostile import ANSWER_WITHIN_S, KEPT, SLACK_S, memory_back, posted, rates
from tests.e2e.watched import SMALL, Watched, watched
from tests.scenes.canary import Canary, folder_with
from tests.scenes.uploads.hostile_uploads import CANARY_FILES, HOSTILE_UPLOADS, Files, with_canary

pytestmark = [pytest.mark.gl, pytest.mark.e2e]


@pytest.fixture
def canary_folder() -> Iterator[Path]:
    with folder_with(CANARY_FILES) as folder:
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
    return await posted(room, "/api/scene/upload", body, kind)


@pytest.mark.slow
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
            await memory_back(room, memory)
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
