"""Names for files that people take home: of which scene, and when. Pure."""

from __future__ import annotations

import time


def slug(title: str) -> str:
    """`title` in lower-case letters, digits and hyphens; `scene` where nothing is left of it."""
    kept = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in title.lower())
    return "-".join(part for part in kept.split("-") if part)[:48].rstrip("-") or "scene"


def file_name(title: str, at_s: float, rest: str) -> str:
    """For example `humanoid-20260131-142233-t1.250s.png`; `at_s` in seconds since 1970."""
    return f"{slug(title)}-{time.strftime('%Y%m%d-%H%M%S', time.localtime(at_s))}-{rest}"
