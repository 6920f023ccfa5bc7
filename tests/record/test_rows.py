"""Rows of states: packing them loses no bit, whatever the numbers are."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from py_remote_viewer.errors import RecordingInvalid
from py_remote_viewer.record.rows import CAMERA_NUMBERS, Rows, pack_rows, unpack_rows

any_float = st.floats(allow_nan=True, allow_infinity=True, width=64)


@st.composite
def row_blocks(draw: st.DrawFn) -> Rows:
    count, size = draw(st.integers(0, 6)), draw(st.integers(1, 5))
    whole = st.integers(0, 2**62)
    return Rows(
        draw(arrays(np.int64, count, elements=whole)),
        draw(arrays(np.int64, count, elements=whole)),
        draw(arrays(np.float64, count, elements=any_float)),
        draw(arrays(np.float64, (count, CAMERA_NUMBERS), elements=any_float)),
        draw(arrays(np.float64, (count, size), elements=any_float)),
    )


@given(row_blocks())
def test_unpacking_gives_every_bit_back(rows: Rows) -> None:
    again = unpack_rows(pack_rows(rows), rows.state.shape[1])
    for name in ("steps", "step", "wall_s", "camera", "state"):
        before, after = getattr(rows, name), getattr(again, name)
        assert before.shape == after.shape
        assert before.tobytes() == after.tobytes()


@given(st.binary(max_size=60))
def test_other_bytes_are_refused_in_words(data: bytes) -> None:
    with pytest.raises(RecordingInvalid):
        unpack_rows(data, 3)


def test_states_of_another_model_are_refused() -> None:
    with pytest.raises(RecordingInvalid, match="states of 4 numbers, the model has 3"):
        unpack_rows(pack_rows(Rows.empty(4)), 3)
