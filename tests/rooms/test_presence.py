from py_remote_viewer.rooms.presence import Presence


def test_an_empty_room_sleeps_after_a_while_and_wakes_when_somebody_comes() -> None:
    presence = Presence(sleep_after_s=5, now=100)
    assert presence.awake(104.9)
    assert not presence.awake(105)
    presence.join()
    assert presence.awake(1000)
    presence.leave(1000)
    assert presence.awake(1004)
    assert not presence.awake(1005)


def test_one_of_two_leaving_does_not_empty_the_room() -> None:
    presence = Presence(sleep_after_s=5, now=0)
    presence.join()
    presence.join()
    presence.leave(1)
    assert presence.awake(1e6)


def test_zero_means_never() -> None:
    assert Presence(sleep_after_s=0, now=0).awake(1e9)
