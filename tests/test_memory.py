from py_remote_viewer.memory import MemoryTrim


def test_the_heap_is_trimmed_at_most_so_often() -> None:
    trim = MemoryTrim(every_s=20.0)
    trimmed = [now for now in range(0, 100, 5) if trim.after_release(float(now))]
    assert trimmed == [0, 20, 40, 60, 80]
