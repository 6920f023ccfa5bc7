"""Reads the strip that `render/strip.py` draws, from a picture as it was drawn or as a decoder gives it back."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from py_remote_viewer.render.strip import CELLS, cell_px


def read_strip(picture: NDArray[Any]) -> tuple[int, int]:
    """The capture time in ticks, and the number of the newest input.

    Args:
        picture: shape (height, width, 3), top row first.
    """
    side = cell_px(picture.shape[1])
    cells = picture[side // 2, side // 2 : CELLS * side : side, 1] > 127
    *data, checksum = np.packbits(cells).tolist()
    assert sum(data) % 256 == checksum
    return int.from_bytes(bytes(data[:3]), "big"), data[3]
