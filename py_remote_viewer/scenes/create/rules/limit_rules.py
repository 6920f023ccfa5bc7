"""How far joints go: `limited to 45 degrees`, `with joint limits of -30 to 60 degrees`, `a rail with a travel of 40 cm`."""

from __future__ import annotations

from py_remote_viewer.scenes.create.rules.rope_rules import RopeRules
from py_remote_viewer.scenes.create.things.description import FLOOR

# What turns, and what slides: of no other machine a joint has the one range that words mean.
_TURNING = frozenset(["pendulum", "arm", "door", "seesaw", "cart_pole", "rotary_pendulum", "trapdoor"])
_SLIDING = frozenset(["slider", "drawers", "cart_pole"])
_OWNERS = ("with", "has", "have", "having", "and", "whose", "its", "their", "a", "an", "the", "each", "every", "all")
_JOINTS = (
    *("joint", "joints", "hinge", "hinges", "angle", "angles", "angular", "angle's", "motion", "rotation", "sliding"),
    *(
        "elbow",
        "shoulder",
        "pivot",
        "door",
        "cart",
        "carriage",
        "slider",
        "maximum",
        "max",
        "total",
        "position",
        "swing",
        "opening",
    ),
)
_NTH = ("joint", "hinge", "link", "drawer")
_RANGES = ("limit", "limits", "range", "ranges", "stops", "travel", "stroke")
_LIMITED = ("limited", "restricted", "constrained", "confined", "limit", "restrict", "constrain")
_GOES = (
    *("turn", "turns", "swing", "swings", "rotate", "rotates", "move", "moves", "open", "opens", "slide", "slides"),
    *("bend", "bends", "go", "goes", "pivot", "pivots"),
)
_OUT = frozenset(
    """sliding slides slide opening opens open extending extends extend pulled pull pulls comes coming moves move moving
    travels travelling goes slid opened sticking""".split()  # noqa: SIM905 - a list of twenty lines says no more
)
_SO_FAR = frozenset(
    """out open by to up most at each a an maximum maximally max only about of no more than for forward outwards once travel
    with""".split()  # noqa: SIM905 - a list of twenty lines says no more
)
_MOST = ("up", "most", "only", "more", "maximum", "between", "from")
_BETWEEN = (
    "of",
    "is",
    "are",
    "at",
    "from",
    "between",
    "to",
    "by",
    "be",
    "set",
    "=",
    "motion",
    "rotation",
    "travel",
    "within",
)
_LONGEST_M, _WIDEST_DEG = 3.0, 360.0


class LimitRules(RopeRules):
    """The rule for ranges of joints."""

    def joint_limits(self, at: int) -> int:
        """Any way to say how far a joint goes; tokens taken, or 0."""
        r, end = self.r, self._said_as_range(at)
        if not end:
            return 0
        both = r.word(end, "±")
        end += both
        low, high, dimension, after = self._ends_at(end)
        each = r.word(after, "in", "to") and r.word(after + 1, "each", "either", "both", "every")
        each = each or (r.word(after, "each") and r.word(after + 1, "way"))
        wide = _WIDEST_DEG if dimension == "angle" else _LONGEST_M
        owners = self._with_such_joints(dimension)
        if not owners or not -wide <= low < high <= wide:
            return 0
        if low == 0.0 and after == end + 1 and r[end].kind == "quantity":
            total = not both and any(r.word(one, *_RANGES[2:]) for one in range(at, end))
            low, high = self._one_value(owners[-1], high, total=total and not each, both=both or each)
        before = at - 1 if r.word(at, *_NTH) else at - 2 if r.word(at - 1, *_NTH) else len(r)
        nth = r.match(before, "ordinal")
        limited = (int(nth[0].value),) if nth is not None and int(nth[0].value) >= 0 else ()
        r.use(before, at)
        for one in owners:
            self.draft.update(one, limits=(low, high, dimension), limited=limited)
        after += r.word(after, "only")
        if each:
            after += 2 + r.word(after + 2, "direction", "directions", "side", "sides", "way", "ways")
        self.excused_numbers.update(range(end, after))
        r.use(at, after)
        return after - at

    def pulled_out(self, at: int) -> int:
        """`a drawer sliding out 30 cm`, `that can be pulled out, each at most 25 cm`: how far it comes."""
        r, end = self.r, at
        while r.word(end, "that", "which", "can", "be", "may", "could", "and", "it", "they", "is", "are", "should"):
            end += 1
        if not r.word(end, *_OUT):
            return 0
        end += 1
        while r.word(end, *_SO_FAR) or (r[end].kind == "comma" and r.word(end + 1, *_SO_FAR)):
            end += 1
        owners = [one for one in self._with_such_joints("length") if self._kind_of(one) == "drawers"]
        if (
            not owners
            or r[end].kind != "quantity"
            or not 0 < r[end].value <= _LONGEST_M
            or r[end].dimension != "length"
        ):
            return 0
        for one in owners:
            self.draft.update(one, limits=(0.0, r[end].value, "length"))
        end += 1 + r.word(end + 1, "out", "open", "each", "far")
        self.excused_numbers.update(range(at, end))
        r.use(at, end)
        return end - at

    def _said_as_range(self, at: int) -> int:
        """Where the values begin; 0 where no words for a range stand at `at`."""
        r, end = self.r, at
        while r.word(end, *_OWNERS):
            end += 1
        end += r.word(end, "is", "are", "only") + (r.word(end, "is", "are") and r.word(end + 1, "only"))
        if r.word(end, "can", "may", "that", "which", *_GOES):
            end += r.word(end, "that", "which") + (r.word(end, "that", "which") and r.word(end + 1, "can", "may"))
            end += r.word(end, "can", "may")
            end += r.word(end, "only")
            said = r.word(end - 1, "only", "can", "may")
            if not r.word(end, *_GOES):
                return 0
            end += 1
            first = end
            while r.word(end, *_MOST, "by", "to", "at", "no", "than", "a", "of", "only"):
                end += 1
            return end if said and any(r.word(one, *_MOST) for one in range(first - 2, end)) else 0
        while r.word(end, *_JOINTS):
            end += 1
        end += r.word(end, "is", "are") and r.word(end + 1, *_LIMITED)
        if not r.word(end, *_RANGES, *_LIMITED):
            return 0
        end += 1 + r.word(end + 1, "it", "them", "its", "their", "both")
        while r.word(end, *_BETWEEN, *_JOINTS, *_RANGES, "a", "an", "the", "all", "every", "each"):
            end += 1
        return end

    def _ends_at(self, at: int) -> tuple[float, float, str, int]:
        """The two ends of what stands at `at`, degrees or m, what they measure, and where it ends."""
        r, one = self.r, self.r[at]
        if one.kind == "list" and len(one.vector) == 2 and one.dimension in ("angle", "length"):
            return one.vector[0], one.vector[1], one.dimension, at + 1
        ahead = at + 2 if r.word(at + 1, "to", "and") else at + 1  # `-45 45 degrees`
        other = r[ahead]
        if one.kind in ("number", "quantity") and other.kind == "quantity" and other.dimension in ("angle", "length"):
            if one.kind == "quantity" and one.dimension == other.dimension:
                return one.value, other.value, other.dimension, ahead + 1
            if one.kind == "number" and float(other.text):
                return one.value * other.value / float(other.text), other.value, other.dimension, ahead + 1
        if one.kind == "quantity" and one.dimension in ("angle", "length"):
            return 0.0, one.value, one.dimension, at + 1
        return 0.0, 0.0, "", at

    def _one_value(self, owner: int, value: float, *, total: bool, both: bool) -> tuple[float, float]:
        """What one value means: a door and a drawer open by it, anything else goes so far to each side."""
        if self._kind_of(owner) in ("door", "drawers", "trapdoor") and not both:
            return 0.0, value
        half = value / 2 if total or (self._kind_of(owner) == "slider" and not both) else value
        return -half, half

    def _with_such_joints(self, dimension: str) -> list[int]:
        kinds = {"angle": _TURNING, "length": _SLIDING}.get(dimension, frozenset())
        there = [one for one in dict.fromkeys((*self.attached, *self.subjects)) if one != FLOOR]
        named = [one for one in self.sentence_ids if self.draft.scene.has(one)]
        for group in (there, named, [thing.id for thing in self.draft.scene.things]):
            if found := [one for one in group if self._kind_of(one) in kinds]:
                self.edited = self.edited or self.draft.editing
                return found
        return []

    def _under_it(self, at: int, owner: int) -> int:
        """`a plate on a vertical rail with a spring under it`: the spring that carries what slides."""
        r, end = self.r, at + 1
        if self._kind_of(owner) not in ("slider", "elevator") or not r.word(
            at, "under", "below", "beneath", "underneath"
        ):
            return 0
        end += r.word(end, "the", "its")
        return end - at + r.word(end, "it", self._noun_of(owner), "platform", "carriage")
