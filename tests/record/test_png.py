"""PNG files: another decoder reads the same pixels, and the words come back."""

import io

import av
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from py_remote_viewer.record.png import png, words_of

sizes = st.tuples(st.integers(1, 9), st.integers(1, 9))


def decoded(data: bytes) -> np.ndarray:
    with av.open(io.BytesIO(data), format="png_pipe") as container:
        return next(container.decode(video=0)).to_ndarray()


@settings(deadline=None)
@given(sizes.flatmap(lambda size: arrays(np.uint8, (*size, 3))))
def test_colours_come_back(picture: np.ndarray) -> None:
    assert np.array_equal(decoded(png(picture)), picture)


@settings(deadline=None)
@given(sizes.flatmap(lambda size: arrays(np.uint16, size)))
def test_sixteen_bits_come_back(picture: np.ndarray) -> None:
    assert np.array_equal(decoded(png(picture)), picture)


@pytest.mark.parametrize("words", [{}, {"legend": "{}"}, {"a": "é…", "b": "x" * 1000}])
def test_words_come_back(words: dict[str, str]) -> None:
    assert words_of(png(np.zeros((2, 2, 3), np.uint8), words)) == words
