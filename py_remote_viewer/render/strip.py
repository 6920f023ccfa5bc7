"""A machine-readable strip in the corner of the picture, for the latency benchmark: when it was captured, and which input
it shows. 40 cells of 16 x 16 px, black or white, so that it survives the encoder at every quality.

Cells, most significant bit first: 24 bits of capture time in tenths of a millisecond (modulo 2^24), 8 bits of the input
number, 8 bits of checksum (the sum of the four bytes before it, modulo 256).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

CELLS = 40
LARGEST_CELL_PX = 16
TICKS_PER_S = 10_000


def strip_bits(captured_s: float, input_number: int) -> list[int]:
    """The 40 bits for a capture time (monotonic seconds) and an input number."""
    ticks = round(captured_s * TICKS_PER_S) % 2**24
    values = [*ticks.to_bytes(3, "big"), input_number % 256]
    values.append(sum(values) % 256)
    return [value >> (7 - bit) & 1 for value in values for bit in range(8)]


def cell_px(width: int) -> int:
    """Side of a cell in a picture `width` px wide."""
    return max(1, min(LARGEST_CELL_PX, width // CELLS))


def draw_strip(pixels: NDArray[np.uint8], captured_s: float, input_number: int) -> None:
    """Draw it into the top left corner.

    Args:
        pixels: shape (height, width, 3), bottom row first; changed in place.
        captured_s: monotonic seconds.
        input_number: of the newest input that the picture shows.
    """
    side = cell_px(pixels.shape[1])
    row = np.repeat(np.array(strip_bits(captured_s, input_number), np.uint8) * 255, side)
    pixels[-side:, : len(row)] = row[None, :, None]
