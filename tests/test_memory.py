from py_remote_viewer.memory import MemoryTrim


def test_the_heap_is_trimmed_at_most_so_often() -> None:
    trim = MemoryTrim(every_s=20.0)
    trimmed = []
    for now in range(0, 100, 5):
        trim.released()
        if trim.trim_if_due(float(now)):
            trimmed.append(now)
    assert trimmed == [0, 20, 40, 60, 80]


def test_what_was_let_go_soon_after_a_trim_is_trimmed_later() -> None:
    trim = MemoryTrim(every_s=20.0)
    trim.released()
    assert trim.trim_if_due(0.0)
    trim.released()
    assert [now for now in range(1, 100) if trim.trim_if_due(float(now))] == [20]


def test_without_a_release_there_is_nothing_to_trim() -> None:
    assert not MemoryTrim().trim_if_due(0.0)
