"""Taking in files that a stranger uploads: written to disk as they come, counted all along, never held in memory.

A body is either `multipart/form-data` with any number of files, or one file as it is, whose name is asked for beside it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import BinaryIO

from fastapi import Request
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from py_remote_viewer.errors import MessageInvalid, SceneTooExpensive, TooLarge
from py_remote_viewer.scenes.uploads.limits import MAX_FILES, MAX_NAME_CHARS
from py_remote_viewer.scenes.uploads.wire import PackedFile
from py_remote_viewer.web.body import discard

FLUSH_BYTES = 1 << 20
SILENCE_S = 30.0
MAX_FIELDS = 50  # parts of a form that are no files
WHOLE_S = 900.0
_HINT = "Send multipart/form-data with the files, or one file as the body and ?name=robot.zip."


async def receive_files(
    request: Request, into: BinaryIO, *, limit: int, name: str | None, on_bytes: Callable[[int], None]
) -> tuple[PackedFile, ...]:
    """Write every file of the body into `into`, one after the other.

    Args:
        request: its body is read to the end.
        into: an empty file.
        limit: of the whole body, bytes.
        name: of the file, when the body is one.
        on_bytes: told how many bytes have come so far.

    Raises:
        TooLarge: as soon as more than `limit` is known to come.
        MessageInvalid: no file, no name, a broken body, or nothing came for `SILENCE_S`.
        SceneTooExpensive: too many files.
    """
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > limit:
        await discard(request)
        raise _too_large(limit)
    taken = _Taken(into)
    content_type, options = parse_options_header(request.headers.get("content-type"))
    if content_type == b"multipart/form-data":
        boundary = options.get(b"boundary", b"")
        if not 1 <= len(boundary) <= 70:  # RFC 2046, 5.1.1
            raise MessageInvalid("the multipart body names no boundary", hint=_HINT)
        sink: _Sink = _Parts(boundary, taken)
    else:
        if not name:
            raise MessageInvalid("the uploaded file has no name", hint=_HINT)
        sink = _Whole(name, taken)
    try:
        async with asyncio.timeout(WHOLE_S):
            await _read(request, sink, taken, limit, on_bytes)
    except TimeoutError:
        raise MessageInvalid("the upload stopped coming", hint="Try again on a faster connection.") from None
    except FormParserError as exc:
        raise MessageInvalid(f"the multipart body is broken: {str(exc)[:200]}", hint=_HINT) from exc
    if not taken.files:
        raise MessageInvalid("there is no file in the upload", hint=_HINT)
    return tuple(taken.files)


async def _read(request: Request, sink: _Sink, taken: _Taken, limit: int, on_bytes: Callable[[int], None]) -> None:
    size = 0
    chunks = request.stream()
    while True:
        async with asyncio.timeout(SILENCE_S):
            chunk = await anext(chunks, None)
        if chunk is None:
            break
        size += len(chunk)
        if size > limit:
            await discard(request)
            raise _too_large(limit)
        sink.write(chunk)
        if taken.waiting >= FLUSH_BYTES:
            await asyncio.to_thread(taken.flush)
        on_bytes(size)
    sink.finish()
    await asyncio.to_thread(taken.flush)


def _too_large(limit: int) -> TooLarge:
    return TooLarge(
        f"more than {limit >> 20} MiB",
        hint="Upload less, or ask whoever runs the server for a higher VIEWER_UPLOAD_MAX_MB.",
    )


class _Taken:
    """What has come: finished files, and bytes that are not on disk yet."""

    def __init__(self, into: BinaryIO) -> None:
        self.files: list[PackedFile] = []
        self.waiting = 0
        self._into = into
        self._buffers: list[bytes] = []
        self._at = 0
        self._began = 0

    def begin(self) -> None:
        self._began = self._at

    def add(self, data: bytes) -> None:
        self._buffers.append(data)
        self.waiting += len(data)
        self._at += len(data)

    def end(self, name: str) -> None:
        if len(self.files) >= MAX_FILES:
            raise SceneTooExpensive(f"more than {MAX_FILES} files", hint="Leave out what the model does not need.")
        if len(name) > MAX_NAME_CHARS:
            raise MessageInvalid(f"a file name of {len(name)} characters", hint=f"At most {MAX_NAME_CHARS} are taken.")
        self.files.append(PackedFile(name=name, offset=self._began, size=self._at - self._began))

    def flush(self) -> None:
        buffers, self._buffers, self.waiting = self._buffers, [], 0
        self._into.writelines(buffers)
        self._into.flush()


class _Whole:
    """The body is the file."""

    def __init__(self, name: str, taken: _Taken) -> None:
        self._name = name
        self._taken = taken
        taken.begin()

    def write(self, chunk: bytes) -> None:
        self._taken.add(chunk)

    def finish(self) -> None:
        self._taken.end(self._name)


class _Parts:
    """The body holds files, each a part with a file name (RFC 7578)."""

    def __init__(self, boundary: bytes, taken: _Taken) -> None:
        self._taken = taken
        self._field = self._value = b""
        self._disposition = ""
        self._name: str | None = None
        self._ended = False
        self._count = 0
        self._parser = MultipartParser(
            boundary,
            {
                "on_part_begin": self._begin,
                "on_header_field": self._on_field,
                "on_header_value": self._on_value,
                "on_header_end": self._on_header,
                "on_headers_finished": self._on_headers,
                "on_part_data": self._on_data,
                "on_part_end": self._on_end,
                "on_end": self._on_last,
            },
        )

    def write(self, chunk: bytes) -> None:
        self._parser.write(chunk)

    def finish(self) -> None:
        self._parser.finalize()
        if not self._ended:
            raise MessageInvalid("the upload was cut off", hint="Try again.")

    def _begin(self) -> None:
        self._count += 1
        if self._count > MAX_FILES + MAX_FIELDS:  # each costs the event loop a little
            raise SceneTooExpensive(f"more than {MAX_FILES} files", hint="Leave out what the model does not need.")
        self._field = self._value = b""
        self._disposition, self._name = "", None

    def _on_field(self, data: bytes, start: int, end: int) -> None:
        self._field += data[start:end]

    def _on_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _on_header(self) -> None:
        if self._field.strip().lower() == b"content-disposition":
            self._disposition = self._value.decode("latin-1")
        self._field = self._value = b""

    def _on_headers(self) -> None:
        _, options = parse_options_header(self._disposition)
        name = options.get(b"filename")
        if name is not None:  # other fields of the form are not files, and are passed over
            self._name = _unescaped(name.decode("utf-8", "replace"))
            self._taken.begin()

    def _on_data(self, data: bytes, start: int, end: int) -> None:
        if self._name is not None:
            self._taken.add(data[start:end])

    def _on_end(self) -> None:
        if self._name is not None:
            self._taken.end(self._name)
            self._name = None

    def _on_last(self) -> None:
        self._ended = True


def _unescaped(name: str) -> str:
    """Undo what browsers do to quotes and line ends in a file name (HTML, 4.10.21.8)."""
    return name.replace("%22", '"').replace("%0D", "\r").replace("%0A", "\n")


_Sink = _Whole | _Parts
