"""When to make the encoder start over: many requests, few IDRs. Pure; time is passed in.

An IDR costs several times a common picture, and one shared encode means that everybody pays. So joins and picture-loss
reports that come close together share one.
"""

from __future__ import annotations

GAP_S = 0.4  # at most 2.5 a second under a storm of reports; a browser repeats an unanswered one after about 0.2-0.3 s


class IdrGate:
    """At most one IDR per gap. A request inside the gap waits for its end; one that an IDR under way answers is dropped."""

    def __init__(self, gap_s: float = GAP_S) -> None:
        self._gap_s = gap_s
        self._asked_at = float("-inf")
        self._under_way = False
        self._remembered = False

    def ask(self, now: float) -> bool:
        """A peer needs an IDR at `now` (seconds, monotonic). True: request one from the encoder at once."""
        if now - self._asked_at >= self._gap_s:
            self._fire(now)
            return True
        self._remembered = self._remembered or not self._under_way
        return False

    def due_at(self) -> float | None:
        """When `fire` has something to do; None while nothing is remembered."""
        return self._asked_at + self._gap_s if self._remembered else None

    def fire(self, now: float) -> bool:
        """True when the remembered request is due at `now`: request an IDR at once."""
        if not self._remembered or now - self._asked_at < self._gap_s:
            return False
        self._fire(now)
        return True

    def arrived(self) -> None:
        """An IDR has been published. It also answers what was remembered: those peers start with it."""
        self._under_way = False
        self._remembered = False

    def _fire(self, now: float) -> None:
        self._asked_at = now
        self._under_way = True
        self._remembered = False
