import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from py_remote_viewer.render.strip import cell_px, draw_strip, strip_bits


@given(st.floats(0, 1e6), st.integers(0, 2**32), st.sampled_from([160, 432, 640, 1280]))
def test_the_strip_says_when_and_which_input(captured_s: float, number: int, width: int) -> None:
    pixels, side = np.full((64, width, 3), 7, np.uint8), cell_px(width)
    draw_strip(pixels, captured_s, number)
    top_row = pixels[::-1][side // 2, side // 2 : 40 * side : side, 0]
    bits = [int(value > 127) for value in top_row]
    assert bits == strip_bits(captured_s, number)
    data = [int("".join(map(str, bits[i : i + 8])), 2) for i in range(0, 40, 8)]
    assert data[3] == number % 256
    assert data[4] == sum(data[:4]) % 256
    assert (pixels[: 64 - side] == 7).all()
