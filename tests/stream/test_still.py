from py_remote_viewer.stream.still import StillLosses


def test_losses_while_pictures_flow_are_all_believed() -> None:
    still = StillLosses()
    assert all(still.believe(0.02) for _ in range(20))


def test_losses_during_silence_are_answered_less_and_less() -> None:
    still = StillLosses()
    assert [number for number in range(1, 20) if still.believe(3.0)] == [1, 2, 4, 8, 16]


def test_motion_begins_the_count_anew() -> None:
    still = StillLosses()
    for _ in range(3):
        still.believe(3.0)
    assert still.believe(0.1)
    assert still.believe(3.0)
