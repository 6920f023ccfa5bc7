"""What to do when an engine has ended: how, how soon, and when to stop trying. Pure."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

MEMORY_S = 30.0


@dataclass(frozen=True, slots=True)
class RestartPlan:
    """The decision.

    Attributes:
        wait_s: before the next start.
        keep_state: go on from the last saved state; else from the scene's start.
        pause: do not run until somebody presses play.
        give_up: do not start again until a scene is loaded.
        said: for the log.
    """

    wait_s: float
    keep_state: bool
    pause: bool
    give_up: bool
    said: str


@dataclass(slots=True)
class RestartPolicy:
    """Once: continue. Twice within half a minute: from the start of the scene. Three times: paused. Then give up."""

    gave_up: bool = False
    _ends: deque[float] = field(default_factory=deque)

    def after_end(self, now: float, *, has_scene: bool) -> RestartPlan:
        """The engine ended at `now` (monotonic seconds)."""
        self._ends.append(now)
        while self._ends[0] < now - MEMORY_S:
            self._ends.popleft()
        count = len(self._ends)
        if count == 1:
            return RestartPlan(0.0, True, False, False, "going on from the last saved state")
        if count == 2:
            return RestartPlan(0.2, False, False, False, "starting the scene again")
        if count == 3 and has_scene:
            return RestartPlan(1.0, False, True, False, "starting the scene again, paused")
        if count <= 4 and not has_scene:
            return RestartPlan(2.0, False, False, False, "starting again without a scene")
        self.gave_up = True
        return RestartPlan(0.0, False, True, True, "giving up until a scene is loaded")

    def forgive(self) -> None:
        """Somebody loads a scene: begin to count anew."""
        self.gave_up = False
        self._ends.clear()
