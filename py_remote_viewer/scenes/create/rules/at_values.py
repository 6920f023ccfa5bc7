"""`at` with a value: a speed, an angle, a height, or a place by its numbers."""

from __future__ import annotations

from py_remote_viewer.scenes.create.rules.slots import Slots
from py_remote_viewer.scenes.create.things.description import FLOOR

_LEADING = tuple("a an the position coordinates point location speed velocity height of angle constant rate".split())  # noqa: SIM905


class AtValues(Slots):
    """Rules for what is `at` a number."""

    def at_quantity(self, at: int, end: int) -> int:
        """`at 3 m/s`, `at 30 degrees`, `at a height of 2 m`, `at an angle of 30 degrees`."""
        r = self.r
        start = end
        while r.word(end, *_LEADING):
            end += 1
        words = [r[i].text for i in range(start, end)]
        token = r[end]
        if token.kind == "list" and self.subjects:
            step = self.value_list(end)
            if step:
                r.use(at, end)
            return end - at + step if step else 0
        if token.kind not in ("quantity", "number") or not self.subjects:
            return 0
        after = r.match(end + 1, "dim")
        height = (
            "height" in words or (after is not None and after[0].value == "height") or (token.dimension == "length")
        )
        if token.dimension in ("speed", "spin") or "speed" in words or "velocity" in words:
            for one in self.movers():
                if token.dimension == "spin" or "rate" in words:
                    self.draft.move(one, "spinning", spin=token.value)
                else:
                    self.draft.move(one, "", speed=token.value)
        elif token.dimension == "angle" or "angle" in words:
            self._angle(token.value)
            end += r.word(end + 1, "angle")
            if r.word(end + 1, "above", "to", "from", "with", "over") and r.word(end + 2, "the"):
                end += 3 if r.word(end + 3, "horizontal", "ground", "horizon", "vertical") else 0
        elif height and (token.dimension == "length" or ("height" in words and token.kind == "number")):
            others = [one for one in self.subjects if one not in self.attached and one != FLOOR]
            own = self.attached and any(self.draft.scene.thing(one).height is not None for one in others)
            for one in self.attached if own else self.subjects:  # `ball A at 1 m, ball B at 2 m height`
                self.draft.update(one, height=token.value)
            end += after[1] if after is not None else 0
        elif token.kind == "number" and r[end + 1].kind in ("comma", "number") and r[end + 2].kind == "number":
            return self._plain_vector(at, end)
        else:
            return 0
        end += 1 + r.word(end + 1, "each", "apiece")
        r.use(at, end)
        return end - at

    def _plain_vector(self, at: int, end: int) -> int:
        """`at 1, 2, 3`."""
        numbers: list[float] = []
        while len(numbers) < 3 and self.r[end].kind == "number":
            numbers.append(self.r[end].value)
            end += 1 + (self.r[end + 1].kind == "comma" and self.r[end + 2].kind == "number")
        z = numbers[2] if len(numbers) > 2 else None
        free = [one for one in self.subjects if one != FLOOR and self.draft.scene.thing(one).at is None]
        for one in (free or self.subjects)[-1:]:  # two are not in one place
            self.draft.update(one, at=(numbers[0], numbers[1], z), place=())
        self.r.use(at, end)
        return end - at
