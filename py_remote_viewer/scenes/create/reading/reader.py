"""Matching phrases against tokens: what the grammar stands on."""

from __future__ import annotations

from py_remote_viewer.scenes.create.lexicon.words import LEXICON, LONGEST, Entry
from py_remote_viewer.scenes.create.reading.journal import Trace
from py_remote_viewer.scenes.create.reading.lexer import Token


class Reader:
    """Tokens of one prompt, what of them was used, and look-ups of phrases in them."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.missed: set[int] = set()
        self._found: dict[tuple[int, tuple[str, ...]], tuple[Entry, int] | None] = {}  # rules look at a word many times
        self.traces: list[Trace] = []  # what each step of the reading changed
        self.used = [token.kind in ("stop", "comma") for token in tokens]

    def __len__(self) -> int:
        return len(self.tokens)

    def __getitem__(self, at: int) -> Token:
        """The token at `at`; the closing stop beyond the end."""
        return self.tokens[at] if 0 <= at < len(self.tokens) else self.tokens[-1]

    def replace(self, start: int, end: int, token: Token) -> None:
        """Read the tokens from `start` to `end` as one; only before any of them was looked at for good."""
        self.tokens[start:end] = [token]
        self.used[start:end] = [False]
        self._found.clear()

    def match(self, at: int, *cats: str) -> tuple[Entry, int] | None:
        """The longest phrase at `at` that does one of `cats`, and how many tokens it takes; earlier `cats` win ties."""
        key = (at, cats)
        if key not in self._found:
            self._found[key] = self._match(at, cats)
        return self._found[key]

    def _match(self, at: int, cats: tuple[str, ...]) -> tuple[Entry, int] | None:
        words: list[str] = []
        for token in self.tokens[at : at + LONGEST]:
            if token.kind not in ("word", "times"):
                break
            words.append(token.text)
        for length in range(len(words), 0, -1):
            entries = LEXICON.get(tuple(words[:length]), ())
            for cat in cats:
                for entry in entries:
                    if entry.cat == cat and not (cat == "barerel" and self._points(words[:length], at + length)):
                        return entry, length
        return None

    def _points(self, words: list[str], after: int) -> bool:
        """Whether `on the right` goes on: `on the right one`, `on the left box`, which is a place on that thing."""
        if words[-2:-1] != ["the"] or words[-1] not in ("left", "right"):
            return False
        token = self[after]
        nouns = [entry.value for entry in LEXICON.get((token.text,), ()) if entry.cat == "noun"]
        alone = token.kind == "word" and bool(nouns) and not self.is_cat(after, "verb", "motion", "rel", "part")
        return self.word(after, "one", "ones") or (alone and not token.text.endswith("s"))

    def is_cat(self, at: int, *cats: str) -> bool:
        """Whether a phrase of `cats` begins at `at`."""
        return self.match(at, *cats) is not None

    def word(self, at: int, *words: str) -> bool:
        """Whether the token at `at` is one of these words."""
        return self[at].kind in ("word", "times") and self[at].text in words

    def use(self, start: int, end: int) -> None:
        """Note that tokens from `start` up to `end` were understood."""
        for at in range(start, min(end, len(self.used))):
            self.used[at] = at not in self.missed

    def miss(self, places: list[int]) -> None:
        """Note that the tokens at `places` say something that nothing came of, whatever takes the words around them."""
        self.missed.update(places)
        for at in places:
            self.used[at] = False
