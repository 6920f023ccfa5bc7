"""What the settings say of recordings."""

from __future__ import annotations

from pathlib import Path

from py_remote_viewer.config import Settings
from py_remote_viewer.record.store import RecordingStore, StoreLimits
from py_remote_viewer.rooms.recorder import RecorderLimits

MB = 1_000_000
DEFAULT_FOLDER = Path(".local") / "share" / "py_remote_viewer" / "recordings"


def store_of(settings: Settings) -> RecordingStore:
    """The folder, which is made when it is first needed."""
    folder = Path(settings.recordings_dir).expanduser() if settings.recordings_dir else Path.home() / DEFAULT_FOLDER
    limits = StoreLimits(
        quota_bytes=settings.recordings_quota_mb * MB,
        delete_oldest=settings.recordings_when_full == "delete_oldest",
        keep_s=settings.recordings_keep_days * 86_400,
    )
    return RecordingStore(folder, limits)


def limits_of(settings: Settings) -> RecorderLimits:
    """Of one recording."""
    return RecorderLimits(settings.recording_max_s, settings.recording_max_mb * MB)
