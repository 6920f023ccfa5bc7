"""A server that was started for a program ends when it is of no use to anybody."""

from py_remote_viewer.cli.lifetime import EMPTY_S, MOST_ALONE_S, Patience


def test_it_stays_as_long_as_its_program_does() -> None:
    patience = Patience()
    assert not any(patience.is_over(now, people=0, alone=False) for now in (0.0, 100.0, 10_000.0))


def test_without_its_program_it_ends_when_nobody_has_watched_for_a_while() -> None:
    patience = Patience()
    assert not patience.is_over(0.0, people=1, alone=True)
    assert not patience.is_over(60.0, people=1, alone=True)
    assert not patience.is_over(61.0, people=0, alone=True)
    assert not patience.is_over(62.0, people=1, alone=True)  # a page that was loaded again
    assert not patience.is_over(70.0, people=0, alone=True)
    assert patience.is_over(70.0 + EMPTY_S, people=0, alone=True)


def test_somebody_who_watches_on_does_not_keep_it_for_ever() -> None:
    patience = Patience()
    assert not patience.is_over(0.0, people=1, alone=True)
    assert patience.is_over(MOST_ALONE_S, people=1, alone=True)
