"""The quality ladder, and the governor that climbs it by what was measured. Pure: times and clock are passed in.

In software, shadows and multisampling cost two to three times a plain picture each, reflections half of one, smooth
texture filters a third; then only fewer pixels and fewer triangles help. That is the order of the ladder.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

import numpy as np


@dataclass(frozen=True, slots=True)
class QualityLevel:
    """One way to draw.

    Attributes:
        name: what `--quality` and the page call it.
        scale: of the configured width and height.
        shadow_px: side of the shadow map; 0 draws no shadows.
        samples: multisampling; 0 for none.
        reflections: mirrors on reflective materials.
        smooth_textures: mipmapped linear filters; else the nearest texel.
        mesh_faces: most mesh triangles in the whole model; None draws all.
    """

    name: str
    scale: float
    shadow_px: int
    samples: int
    reflections: bool
    smooth_textures: bool
    mesh_faces: int | None


LADDER = (
    QualityLevel("ultra", 1.0, 4096, 4, True, True, None),
    QualityLevel("high", 1.0, 2048, 4, False, True, None),
    QualityLevel("shadows", 1.0, 1024, 0, False, True, 120_000),
    QualityLevel("plain", 1.0, 0, 0, False, True, 60_000),
    QualityLevel("lean", 1.0, 0, 0, False, False, 30_000),
    QualityLevel("lean-75", 0.75, 0, 0, False, False, 30_000),
    QualityLevel("lean-50", 0.5, 0, 0, False, False, 30_000),
    QualityLevel("fast-50", 0.5, 0, 0, False, False, 15_000),
    QualityLevel("fast-33", 1 / 3, 0, 0, False, False, 15_000),
)
LEVEL_NAMES = tuple(level.name for level in LADDER)
STARTING_SHARE = 0.7
_WIDTH_STEP = 16  # other widths make libav pad the rows


def level_index(name: str) -> int:
    """Where `name` stands on the ladder. Raises KeyError, naming the levels."""
    try:
        return LEVEL_NAMES.index(name)
    except ValueError:
        raise KeyError(f"no quality level {name!r}; there are auto, {', '.join(LEVEL_NAMES)}") from None


def picture_size(level: QualityLevel, width: int, height: int) -> tuple[int, int]:
    """Width and height in px of a picture at `level` where the full size is `width` x `height`."""
    scaled = max(_WIDTH_STEP, round(width * level.scale / _WIDTH_STEP) * _WIDTH_STEP)
    return scaled, max(2, round(scaled * height / width / 2) * 2)


def rise_factor(low: QualityLevel, high: QualityLevel) -> float:
    """About how many times dearer `high` is than `low`, in software: pixels, and what shadows, samples and so on cost."""
    factor = (high.scale / low.scale) ** 2
    if high.shadow_px > 0:
        factor *= 2.5 if low.shadow_px == 0 else 1.1
    if high.samples > low.samples:
        factor *= 2.5
    if high.reflections and not low.reflections:
        factor *= 1.5
    if high.smooth_textures and not low.smooth_textures:
        factor *= 1.3
    return factor


@dataclass(slots=True)
class QualityGovernor:
    """Chooses the level: down after 2 s too slow, up after a quiet 3 s where the next level should fit easily, else 10 s;
    later and later when a rise did not last.

    "Slow" is the 95th percentile over one second of the dearer of the two things that overlap (drawing, encoding),
    against the time that one picture has.

    Attributes:
        fps: pictures a second that are wanted.
        index: where on the ladder we are.
        fixed: never move.
        best: dearest level that may be chosen.
        holds_size: while a video is recorded, because a file has one size: no rise to another size, and a fall only where
            every other picture would be lost.
    """

    fps: float
    index: int
    fixed: bool = False
    best: int = 0
    holds_size: bool = False
    reason: str = ""
    _window: deque[float] = field(default_factory=deque)
    _window_began: float | None = None
    _slow_since: float | None = None
    _quiet_since: float | None = None
    _patience: float = 1.0
    _rose_at: float | None = None

    DOWN = 0.85
    LOST = 2.0
    UP = 0.45
    EASY = 0.6
    SLOW_S = 2.0
    QUIET_S = 10.0
    EASY_QUIET_S = 3.0
    MOST_PATIENCE = 30.0

    @property
    def level(self) -> QualityLevel:
        """The level in use."""
        return LADDER[self.index]

    def of_this_size(self, index: int) -> int:
        """The level nearest to `index` that may be gone to while the size is held."""
        if not self.holds_size:
            return index
        same = [at for at, level in enumerate(LADDER) if level.scale == self.level.scale]
        return min(max(index, same[0]), same[-1])

    def pick(self, index: int, reason: str, *, fixed: bool) -> None:
        """Go to a level from outside: a person's choice, or a calibration."""
        self.index, self.fixed, self.reason = index, fixed, reason
        self._forget()

    def start_over(self) -> None:
        """Pictures cost something else from now on: what was measured is forgotten, the level stays."""
        self._patience, self._rose_at = 1.0, None
        self._forget()

    def observe(self, now: float, busy_s: float) -> bool:
        """Take in one picture's cost.

        Args:
            now: seconds, monotonic.
            busy_s: the dearer of drawing and encoding this picture.

        Returns:
            Whether `level` has changed.
        """
        if self.fixed:
            return False
        if self._window_began is None:
            self._window_began = now
        self._window.append(busy_s)
        if now - self._window_began < 1.0 or len(self._window) < 5:
            return False
        load = float(np.percentile(self._window, 95)) * self.fps
        self._window.clear()
        self._window_began = now
        return self._judge(now, load)

    def _judge(self, now: float, load: float) -> bool:
        if load <= self.DOWN:
            self._slow_since = None
        elif self._slow_since is None:
            self._slow_since = now - 1.0
        if load >= self.UP:
            self._quiet_since = None
        elif self._quiet_since is None:
            self._quiet_since = now - 1.0
        if self._rose_at is not None and now - self._rose_at > 60.0:
            self._rose_at, self._patience = None, 1.0  # the rise has lasted
        if self._slow_since is not None and now - self._slow_since >= self.SLOW_S and self.index + 1 < len(LADDER):
            if self._rose_at is not None:
                self._patience = min(self._patience * 3, self.MOST_PATIENCE)
                self._rose_at = None
            # twice the time a picture has: one step would only prolong the stutter
            lower = min(len(LADDER) - 1, self.index + (2 if load > 2.0 else 1))
            if load <= self.LOST:
                lower = self.of_this_size(lower)
            if lower == self.index:
                return False
            self.index = lower
            self.reason = f"a picture took {load:.0%} of its time"
            self._forget()
            return True
        if self._quiet_since is not None and self.index > self.best and self.of_this_size(self.index - 1) < self.index:
            easy = load * rise_factor(LADDER[self.index], LADDER[self.index - 1]) <= self.EASY
            wait_s = (self.EASY_QUIET_S if easy else self.QUIET_S) * self._patience
            if now - self._quiet_since >= wait_s:
                self.index -= 1
                self._rose_at = now
                self.reason = f"a picture took only {load:.0%} of its time"
                self._forget()
                return True
        return False

    def _forget(self) -> None:
        self._window.clear()
        self._window_began = self._slow_since = self._quiet_since = None


def starting_level(costs: dict[int, float], fps: float) -> int | None:
    """From measured costs (level index to seconds per picture): the dearest that takes at most 0.7 of a picture's time.

    None when none of them does.
    """
    fitting = [index for index, cost in costs.items() if cost * fps <= STARTING_SHARE]
    return min(fitting) if fitting else None
