from hypothesis import given
from hypothesis import strategies as st

from py_remote_viewer.config import RungSetting, Settings
from py_remote_viewer.stream.rungs import FIRST_VP8, MJPEG, ladder_of

rungs = st.tuples(st.integers(90, 2160), st.integers(5, 120), st.integers(100_000, 50_000_000))


def test_the_ladder_ends_below_what_a_bad_link_carries() -> None:
    ladder = ladder_of(Settings(bitrate_bps=6_000_000))
    assert [(one.rung, one.height, one.fps, one.bitrate_bps) for one in ladder.h264] == [
        (0, 720, 60, 6_000_000),
        (1, 480, 60, 1_500_000),
        (2, 360, 30, 600_000),
        (3, 240, 15, 250_000),
    ]
    for codec in ("h264", "vp8"):
        fits = [one for one in ladder.of(codec) if one.bitrate_bps <= 850_000]
        assert fits[0].fps >= 10


def test_a_rung_that_saves_nothing_is_left_out_and_none_is_better_than_the_view() -> None:
    ladder = ladder_of(Settings(width=640, height=360, fps=30, bitrate_bps=700_000))
    assert [(one.rung, one.height, one.fps, one.bitrate_bps) for one in ladder.h264] == [
        (0, 360, 30, 700_000),
        (1, 240, 15, 250_000),
    ]


@given(st.lists(rungs, max_size=3), st.lists(rungs, min_size=1, max_size=3), rungs)
def test_every_ladder_goes_down_and_every_number_keeps_its_codec(
    lower: list[RungSetting], vp8: list[RungSetting], top: RungSetting
) -> None:
    height, fps, bitrate_bps = top
    settings = Settings(
        height=height // 2 * 2, fps=fps, bitrate_bps=bitrate_bps, lower_rungs=tuple(lower), vp8_rungs=tuple(vp8)
    )
    ladder = ladder_of(settings)
    numbers = [one.rung for one in ladder.all]
    assert len(set(numbers)) == len(numbers) <= 8, "as many as the engine takes at once"
    for one in ladder.all:
        assert one.height <= settings.height
        assert one.fps <= settings.fps
        assert one.codec == ("h264" if one.rung < FIRST_VP8 else "vp8" if one.rung < MJPEG else "mjpeg")
    for of in (ladder.h264, ladder.vp8, ladder.mjpeg):
        rates = [one.bitrate_bps for one in of]
        assert rates
        assert rates == sorted(rates, reverse=True)
