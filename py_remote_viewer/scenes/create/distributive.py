"""What is shared out: `three boxes and three balls, one on each`, `one ball on each box`."""

from __future__ import annotations

from py_remote_viewer.scenes.create.loose_rules import LooseRules


class Distributive(LooseRules):
    """Rules for groups that go one by one to several places."""

    def one_on_each(self, at: int) -> int:
        """`one on each`, `one ball on each box`: the group that was named, one of it at every place."""
        r = self.r
        one = r.word(at, "one") or (r[at].kind == "number" and r[at].value == 1)
        before = r[at - 1].kind in ("comma", "stop") or r.word(at - 1, "and", "with", "put", "place")
        if not one or not before or at == 0:
            return 0
        noun = r.match(at + 1, "noun")
        end = at + 1 + (noun[1] if noun is not None else 0)
        place = r.match(end, "rel", "barerel")
        if place is None:
            return 0
        last = end + place[1]
        spots = any(r.word(word, "each", "every", "either") for word in range(end, last))
        if not spots and not r.word(last, "each", "every"):
            return 0
        named = [
            word for word in dict.fromkeys((*self.draft.named, *self.draft.mentions)) if self.draft.scene.has(word)
        ]
        groups = [
            word
            for word in sorted(named, key=self.draft.mentions.index)
            if self.draft.scene.thing(word).total > 1
            and not self.draft.scene.thing(word).place
            and (noun is None or self.draft.scene.thing(word).noun == noun[0].value.noun)
        ]
        if not groups or (len(groups) < 2 and noun is None and not spots):
            return 0
        self.subjects, self.index, self.attached = groups[-1:], None, []
        self.one_each = True
        self.clause_break = False
        r.use(at, end)
        step = self.relation(end) or self.bare_arrangement(end)
        self.one_each = False
        if step == 0:
            r.miss([at])
        return end + step - at
