"""Where on what it stands on something is, and how far it reaches along an axis; of boxes around bodies."""

from __future__ import annotations

import numpy as np

Box = tuple[np.ndarray, np.ndarray]

_SIDES = {"left": (0, -1), "right": (0, 1), "front": (1, -1), "back": (1, 1)}


def near_edge(ones: list[Box], other: Box, sides: tuple[str, ...]) -> bool:
    """Whether all of `ones` together end near that edge of `other`, or in that corner, and within it."""
    low, high = np.min([one[0] for one in ones], axis=0), np.max([one[1] for one in ones], axis=0)
    for side in sides:
        axis, sign = _SIDES[side]
        left = other[1][axis] - high[axis] if sign > 0 else low[axis] - other[0][axis]
        if not -0.002 < left < 0.06:
            return False
    return True


def spread(ones: list[Box]) -> np.ndarray:
    """How far the middles of `ones` are apart along x, y and z, m."""
    return np.ptp([(low + high) / 2 for low, high in ones], axis=0)
