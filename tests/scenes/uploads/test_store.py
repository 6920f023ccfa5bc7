"""Where uploads are kept: by their hash, below a bound, and never thrown away while somebody uses them."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import pytest

from py_remote_viewer.errors import NotFound, TooLarge
from py_remote_viewer.scenes.uploads import store as store_module
from py_remote_viewer.scenes.uploads.store import AssetStore, HeldUpload
from py_remote_viewer.scenes.uploads.wire import PackedFile, Unpacked


def add(store: AssetStore, files: dict[str, bytes], folder: str = "") -> HeldUpload:
    with store.new_pack() as pack:
        packed, at = [], 0
        for name, data in files.items():
            pack.file.write(data)
            packed.append(PackedFile(name=name, offset=at, size=len(data)))
            at += len(data)
        return pack.keep(Unpacked(files=tuple(packed), folder=folder))


def used_at(store: AssetStore, upload: HeldUpload, when: float) -> str:
    """Close `upload`, as if it had been used last at `when`; its id."""
    os.utime(store.folder / upload.upload_id / "index.json", (when, when))
    upload.close()
    return upload.upload_id


def test_an_upload_is_found_again_by_its_hash(tmp_path: Path) -> None:
    store = AssetStore(tmp_path / "deep" / "assets", 10_000)
    first = add(store, {"a.xml": b"<mujoco/>", "empty": b"", "m.stl": b"123"}, "bot")
    first.close()
    again = AssetStore(store.folder, 10_000).hold(first.upload_id)
    assert (again.read("m.stl"), again.read("empty"), again.index.folder) == (b"123", b"", "bot")
    with pytest.raises(KeyError):
        again.read("nothing")
    again.close()
    again.close()
    assert (store.folder.stat().st_mode & 0o777) == 0o700


def test_other_names_or_contents_make_another_upload(tmp_path: Path) -> None:
    store = AssetStore(tmp_path, 10_000)
    made = [
        add(store, {"a": b"1"}),
        add(store, {"b": b"1"}),
        add(store, {"a": b"2"}),
        add(store, {"a": b"1"}, "folder"),
        add(store, {"a": b"1"}),
    ]
    assert len({upload.upload_id for upload in made}) == 4
    for upload in made:
        upload.close()


@pytest.mark.parametrize(
    "upload_id", ["", "..", "../../etc", "a" * 64, "A" * 64, "f" * 63, "f" * 63 + "\n", "index.json"]
)
def test_what_is_not_there_is_not_found(tmp_path: Path, upload_id: str) -> None:
    with pytest.raises(NotFound, match="no upload"):
        AssetStore(tmp_path, 10_000).hold(upload_id)


def test_what_was_used_longest_ago_goes_first(tmp_path: Path) -> None:
    store = AssetStore(tmp_path, 3000)
    now = time.time()
    ids = [used_at(store, add(store, {"a": bytes([i]) * 1000}), now - 100 + i) for i in range(3)]
    store.hold(ids[0]).close()  # used again
    add(store, {"b": b"x" * 1000}).close()
    for upload_id in (ids[0], ids[2]):
        store.hold(upload_id).close()
    with pytest.raises(NotFound):
        store.hold(ids[1])
    assert store.size_bytes() == 3000


def test_what_is_in_use_stays_even_for_another_server(tmp_path: Path) -> None:
    store, other = AssetStore(tmp_path, 3000), AssetStore(tmp_path, 3000)
    mine = add(store, {"a": b"1" * 2000})
    copy = mine.again()
    mine.close()
    with pytest.raises(TooLarge, match="in use"):
        add(other, {"b": b"2" * 2000})
    assert copy.read("a") == b"1" * 2000
    copy.close()
    add(other, {"b": b"2" * 2000}).close()
    with pytest.raises(NotFound):
        store.hold(mine.upload_id)


def test_what_is_larger_than_the_store_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TooLarge):
        add(AssetStore(tmp_path, 1000), {"a": bytes(2000)})
    assert [path.name for path in tmp_path.iterdir()] == ["lock"]


def test_what_was_half_way_when_a_server_died_is_removed_later(tmp_path: Path) -> None:
    old, young = tmp_path / "new-old", tmp_path / "new-young"
    for path in (old, young):
        path.mkdir()
        (path / "data").write_bytes(b"x")
    for path in (old / "data", old):
        os.utime(path, (0, 0))
    add(AssetStore(tmp_path, 1000), {"a": b"1"}).close()
    assert (old.exists(), young.exists()) == (False, True)


def test_a_damaged_upload_is_not_found_and_can_come_again(tmp_path: Path) -> None:
    store = AssetStore(tmp_path, 1000)
    upload_id = used_at(store, add(store, {"a": b"1"}), 0)
    (tmp_path / upload_id / "index.json").write_text('{"folder": "other", "files": []}')
    with pytest.raises(NotFound):
        store.hold(upload_id)
    again = add(store, {"a": b"1"})
    assert (again.upload_id, again.read("a")) == (upload_id, b"1")
    again.close()


def test_a_link_in_the_store_is_not_followed(tmp_path: Path) -> None:
    store = AssetStore(tmp_path / "assets", 1000)
    upload_id = used_at(store, add(store, {"a": b"1"}), 0)
    pack = tmp_path / "assets" / upload_id / "pack"
    pack.unlink()
    pack.symlink_to("/etc/hostname")
    with pytest.raises(NotFound):
        store.hold(upload_id)


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(TooLarge, match="cannot keep uploads") as caught:
        add(AssetStore(tmp_path / "file" / "assets", 1000), {"a": b"1"})
    assert "VIEWER_ASSET_DIR" in caught.value.hint


def test_a_pack_that_is_not_as_described_is_our_mistake(tmp_path: Path) -> None:
    store = AssetStore(tmp_path, 1000)
    for files in ([PackedFile(name="a", offset=0, size=5)], [PackedFile(name="a", offset=1, size=1)]):
        with store.new_pack() as pack:
            pack.file.write(b"123")
            with pytest.raises(ValueError, match="outside"):
                pack.keep(Unpacked(files=tuple(files)))


def test_many_at_once_keep_the_bound_and_what_they_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "_CHUNK", 16)
    faults: list[BaseException] = []

    def work(seed: int) -> None:
        store = AssetStore(tmp_path, 2000)
        try:
            for i in range(20):
                data = bytes([(seed * 7 + i) % 5]) * 300
                upload = add(store, {"a": data})
                assert upload.read("a") == data
                upload.close()
        except BaseException as exc:
            faults.append(exc)

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert AssetStore(tmp_path, 2000).size_bytes() <= 2000
