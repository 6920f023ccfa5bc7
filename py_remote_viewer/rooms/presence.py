"""When an empty room goes to sleep. Pure: time is passed in."""

from __future__ import annotations


class Presence:
    """Counts people; says whether the simulation should run.

    A reload of the page leaves the room empty for a second; the simulation must not jump to a halt for that.
    """

    def __init__(self, sleep_after_s: float, now: float) -> None:
        """`sleep_after_s` 0 means that the room never sleeps; a new room counts as left at `now`."""
        self._sleep_after_s = sleep_after_s
        self._empty_since_s: float | None = now
        self._people = 0

    def join(self) -> None:
        """Somebody came."""
        self._people += 1
        self._empty_since_s = None

    def leave(self, now: float) -> None:
        """Somebody went, at `now` (seconds, monotonic)."""
        self._people -= 1
        if self._people == 0:
            self._empty_since_s = now

    def guest(self) -> Guest:
        """Somebody who is no person and counts as one while he is here: a publisher, a recording."""
        return Guest(self)

    def awake(self, now: float) -> bool:
        """Whether the simulation should run at `now`."""
        if self._empty_since_s is None or self._sleep_after_s == 0:
            return True
        return now - self._empty_since_s < self._sleep_after_s


class Guest:
    """Made by `Presence.guest`."""

    def __init__(self, presence: Presence) -> None:
        self._presence = presence
        self._is_here = False

    def be(self, is_here: bool, now: float) -> bool:
        """Come, go or stay as he is; whether that changed anything."""
        if is_here == self._is_here:
            return False
        self._is_here = is_here
        if is_here:
            self._presence.join()
        else:
            self._presence.leave(now)
        return True
