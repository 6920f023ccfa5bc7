"""Groups of a noun: `a tower of 10 blocks`, `of 5 red and 5 blue ones`, `a stack of 3 boxes and 2 balls`. Reads only."""

from __future__ import annotations

from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.reading.noun_modifiers import NounModifiers
from py_remote_viewer.scenes.create.things.phrase import Phrase


class NounGroups(NounModifiers):
    """Reads what a group is made of."""

    def read(self, at: int, depth: int = 0) -> Phrase | None:
        """A hook: the noun phrase at `at`."""
        return None

    def _of_many(self, at: int, depth: int) -> bool:
        """`of 10 blocks`, `of blocks`: something that can be counted, so that `a wall of glass` stays one wall."""
        r = self._r
        of = r.match(at, "of")
        if of is None or of[0].value not in ("of", "filled") or depth > 2:
            return False
        element = self.read(at + of[1], depth + 1)
        return element is not None and element.kind in KINDS and (element.plural or (element.count or 0) > 1)

    def _group(self, at: int, after: int, arrange: str, phrase: Phrase, depth: int) -> bool:
        r = self._r
        of = r.match(after, "of")
        element = None
        if of is None and depth < 3 and r[after].kind == "number":  # `a tower 6 boxes high`
            counted = self.read(after, depth + 1)
            if (
                counted is not None
                and counted.kind in KINDS
                and counted.plural
                and r.word(counted.end, "high", "tall", "long", "wide")
            ):
                counted.end += 1
                return self._finish_group(at, counted.end, arrange, phrase, counted, depth)
        if of is not None and depth < 3:
            element = self.read(after + of[1], depth + 1)
            if element is not None and (element.kind in ("?", "floor", "") or element.label):
                element = None if not element.kind else element
        if element is None:
            if arrange in ("scatter", "rain") or r[at].text in (
                "line",
                "lines",
                "square",
                "ring",
                "set",
                "lot",
                "number",
            ):
                return False
            element = Phrase(after, after, "box", "block")
        if of is not None and element.kind in KINDS and not element.label:
            self._merge(element, depth)
        return self._finish_group(
            at, element.end if of is not None and element.end > after else after, arrange, phrase, element, depth
        )

    def _merge(self, element: Phrase, depth: int) -> None:
        """`of 5 red and 5 blue blocks`: one sort in several colours, in that order or by turns."""
        r = self._r
        count, at = element.count, element.end
        colours = [element.colours[:1]] if element.colours and count else []
        counts = [count or 0]
        at = self._level_words(at) if colours else at
        while colours and (r.word(at, "and") or r[at].kind == "comma"):
            other = self.read(at + 1 + (r[at].kind == "comma" and r.word(at + 1, "and")), depth + 1)
            if other is None or other.kind != element.kind or other.label or not other.count or not other.colours:
                break
            colours.append(other.colours[:1])
            counts.append(other.count)
            at = self._level_words(other.end)
        if len(counts) < 2:
            return
        turns = r.word(at, "alternating", "alternately", "alternate", "in") and not (
            r.word(at, "in") and not r.word(at + 1, "turn")
        )
        if turns:
            at += 1 + r.word(at, "in")
            element.colours = [
                name
                for index in range(max(counts))
                for names, n in zip(colours, counts, strict=True)
                for name in names
                if index < n
            ]
        else:
            element.colours = [names[0] for names, n in zip(colours, counts, strict=True) for _ in range(n)]
        element.count, element.end = sum(counts), at

    def _level_words(self, at: int) -> int:
        """Behind `at the bottom` and `on top`, which is the order in which they are said."""
        r = self._r
        for words in (
            ("at", "the", "bottom"),
            ("on", "the", "bottom"),
            ("on", "top"),
            ("at", "the", "top"),
            ("above",),
        ):
            length = len(words)
            if all(r.word(at + i, word) for i, word in enumerate(words)) and not r.word(at + length, "of"):
                return at + length
        return at

    def _finish_group(self, at: int, end: int, arrange: str, phrase: Phrase, element: Phrase, depth: int) -> bool:
        """Make `phrase` the group of `element`: what was said of either holds for the elements."""
        r = self._r
        if element.kind == "?":
            phrase.kind, phrase.noun, phrase.end = "?", element.noun, end
            return True
        phrase.label = r[at].text.rstrip("s") if arrange not in ("scatter", "rain") else ""
        phrase.groups = phrase.count or 1
        phrase.arrange = "" if arrange in ("scatter", "rain") else arrange
        curved = [one for one in phrase.beside if r.word(one, "curved", "curving", "bent", "arched")]
        if curved and arrange == "row":
            phrase.arrange = "arc"
            phrase.beside = [one for one in phrase.beside if one not in curved]
        if arrange == "rain":
            phrase.motion = "falling"
        count = element.count
        if count is None and phrase.parts is not None:
            count = phrase.parts
        if arrange in ("scatter", "rain") and count is None:
            count = 12 if arrange == "rain" else 6
        if arrange in ("scatter",):
            phrase.groups = 1
        phrase.count = count
        if phrase.arrange in ("grid", "wall", "cube") and not phrase.shape:
            phrase.shape = element.shape
        if len(phrase.shape) == 3 and phrase.arrange in ("stack", "grid", "pile"):
            phrase.arrange = "cube"  # `a 2 x 2 x 2 stack`
        if element.label == "row" and element.count and element.groups > 1 and phrase.arrange in ("wall", "grid"):
            phrase.shape, phrase.count = (element.count, element.groups), element.count * element.groups
            count = phrase.count
        if phrase.arrange == "wall" and len(phrase.shape) == 2 and count is None:
            phrase.count = phrase.shape[0] * phrase.shape[1]
        if r.word(end, "of") and r[end + 1].kind == "number" and phrase.count is None and self.read(end + 1, 5) is None:
            phrase.count, end = int(r[end + 1].value), end + 2  # `a domino chain of 15`
        phrase.kind, phrase.noun, phrase.given, phrase.end = element.kind, element.noun, element.given, end
        phrase.plural = True if arrange in ("scatter", "rain") else phrase.groups > 1
        for name, value in element.changes.items():
            phrase.changes.setdefault(name, value)
        whole = {"stack": "total_height", "row": "total_length", "wall": "total_length", "file": "total_length"}
        own = {name: value for name, value in phrase.dims.items() if name in ("length", "width", "height", "size")}
        phrase.dims = dict(element.dims)
        for name, value in own.items():
            long = name == "width" and phrase.arrange == "wall"
            total = "total_length" if long else f"total_{name}" if name != "size" else whole.get(phrase.arrange, "")
            if name == "width" and not long:
                phrase.dims.setdefault(name, value)
            elif total and phrase.arrange in whole:
                phrase.dims[total] = value
        sized = {} if phrase.count is not None and element.count is not None and phrase.arrange else phrase.scales
        phrase.scales = element.scales | (sized if phrase.groups == 1 or element.count is None else {})
        phrase.colours = phrase.colours or element.colours
        phrase.elements = self._more_elements(phrase, depth)
        return True

    def _more_elements(self, phrase: Phrase, depth: int) -> list[Phrase]:
        """`a stack of 3 boxes and 2 balls`: what else is in it, where nothing else claims that noun."""
        r, more = self._r, []
        at = phrase.end
        while (
            phrase.arrange == "stack"
            and phrase.groups == 1
            and phrase.count is not None
            and depth < 3
            and (r.word(at, "and") or r[at].kind == "comma")
        ):
            comma = r[at].kind == "comma"
            follow = self.read(at + 1 + (comma and r.word(at + 1, "and")), depth + 1)
            if follow is None or follow.kind not in KINDS or follow.label or follow.definite:
                break
            if (follow.count is None or follow.det) and (comma or follow.plural or follow.det != "a"):
                break
            if comma and follow.kind != phrase.kind:
                break
            if KINDS[follow.kind].sort != "solid" or not (
                r[follow.end].kind in ("stop", "comma")
                or r.word(follow.end, "and")
                or (r.word(follow.end, "on") and not r.is_cat(follow.end + 1, "pron"))
            ):
                break
            more.append(follow)
            phrase.end = at = follow.end
        return more
