"""What hands do to a page beyond clicks and keys: fingers, a slider that is dragged, files that are dropped."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Locator, Page

# A file dropped on what a selector finds, as a script can: its bytes come as base64.
_DROP = """([name, text, onto]) => {
  const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const data = new DataTransfer();
  data.items.add(new File([bytes], name));
  for (const type of ["dragenter", "dragover", "drop"]) {
    const options = { dataTransfer: data, bubbles: true, cancelable: true };
    document.querySelector(onto).dispatchEvent(new DragEvent(type, options));
  }
}"""

Point = tuple[float, float]


def drop(page: Page, name: str, data: bytes | str, onto: str = "body") -> None:
    """One file of that name."""
    content = data.encode() if isinstance(data, str) else data
    page.evaluate(_DROP, [name, base64.b64encode(content).decode(), onto])


def drop_paths(page: Page, *paths: Path) -> None:
    """Files and folders as a person drops them from the desktop."""
    session = page.context.new_cdp_session(page)
    data = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        session.send("Input.dispatchDragEvent", {"type": kind, "x": 600, "y": 300, "data": data})


def middle(page: Page) -> Point:
    """Of the picture, in CSS px."""
    box = page.locator(".picture").bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def pull_directly(page: Page) -> None:
    """Have a finger, or the left button, that starts on a body pull it."""
    button = page.get_by_role("button", name="Direct drag")
    if button.get_attribute("aria-pressed") != "true":
        button.click()


class Fingers:
    """Fingers on a touch screen, in CSS px."""

    def __init__(self, page: Page) -> None:
        self._session = page.context.new_cdp_session(page)

    def down(self, *points: Point) -> None:
        self._send("touchStart", points)

    def move(self, *points: Point) -> None:
        self._send("touchMove", points)

    def up(self) -> None:
        self._send("touchEnd", ())

    def _send(self, kind: str, points: Sequence[Point]) -> None:
        touches = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]
        self._session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})


def slide(slider: Locator, share: float) -> None:
    """Take the thumb of a slider where it is, by the mouse, and bring it to `share` (0 to 1) of the way."""
    box = slider.bounding_box()
    assert box is not None
    value, low, high = (float(slider.evaluate(f"e => e.{name}")) for name in ("value", "min", "max"))
    thumb = 16.0
    at = box["x"] + thumb / 2 + (value - low) / (high - low) * (box["width"] - thumb)
    mouse = slider.page.mouse
    mouse.move(at, box["y"] + box["height"] / 2)
    mouse.down()
    mouse.move(box["x"] + thumb / 2 + share * (box["width"] - thumb), box["y"] + box["height"] / 2, steps=6)
    mouse.up()
