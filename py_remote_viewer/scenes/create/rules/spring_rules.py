"""Springs, dampers and friction of joints: `with a spring that pulls it back`, `stiffness 200 N/m`, `and a damper`.

They belong to the joint of the machine that is named; a spring between two things, or on a stand of its own, is none of them.
"""

from __future__ import annotations

from dataclasses import dataclass

from py_remote_viewer.scenes.create.rules.limit_rules import LimitRules
from py_remote_viewer.scenes.create.things.description import FLOOR
from py_remote_viewer.scenes.create.things.machine_joints import FEELS, joints_called

_WITH = ("with", "has", "have", "having", "by", "using", "via", "plus", "includes", "contains", "gets")
_LOOSE = ("and", "on", "in", "add", "give", "it")
_ARTICLES = ("a", "an", "the", "its", "one", "two", "some", "their", "own", "each", "built", "internal", "additional")
_SPRINGY = (
    *(
        "return",
        "torsion",
        "torsional",
        "restoring",
        "closing",
        "rotational",
        "linear",
        "coil",
        "steel",
        "strong",
        "stiff",
    ),
    *(
        "weak",
        "soft",
        "light",
        "heavy",
        "back",
        "pull",
        "pullback",
        "joint",
        "hinge",
        "little",
        "small",
        "spiral",
        "gas",
    ),
    *("centering", "centring", "resetting", "retracting", "compression", "extension", "tension", "hidden"),
)
_FIRM = {"strong": 5.0, "stiff": 5.0, "heavy": 5.0, "weak": 0.2, "soft": 0.2, "light": 0.2}
_PULLS = frozenset(
    """pulls pull pulling pulled pushes push pushing pushed brings bring bringing brought returns return returning returned
    draws drawn holds held holding keeps kept keeping closes close closing closed shuts shut moves resets swings slides
    retracts retracted centres centers centred centered turns forces loads loaded drives springs snaps""".split()  # noqa: SIM905 - a list of fifty lines says no more
)
_BY_ITSELF = frozenset(
    ["springs", "snaps", "returns", "closes", "shuts", "retracts", "resets", "close", "shut", "return"]
)
_LINKING = (
    "that",
    "which",
    "so",
    "to",
    "and",
    "it",
    "is",
    "are",
    "will",
    "should",
    "always",
    "can",
    "then",
    "they",
    "be",
)
_WAYS = frozenset(
    """back shut closed home in inwards down again to the its a zero 0 middle centre center rest resting position start starting
    initial original neutral equilibrium upright vertical straight into place together open up by itself on own automatically
    after opening towards when released let go off it them themselves alone angle state end closed inside from
    level balance horizontal vertical flat balanced""".split()  # noqa: SIM905 - a list of fifty lines says no more
)
_ALONE = frozenset(["itself", "themselves", "automatically", "own", "alone"])
_RATE = ("stiffness", "constant", "rate", "k")
_RATED = ("spring", "joint", "hinge", "torsional", "torsion", "rotational", "linear", "its", "the", "a", "an")
_DAMPERS = ("damper", "dampers", "dashpot", "dashpots", "damping", "absorber")
_JOINING = ("between", "connecting", "joining", "linking", "from", "attached", "connected", "joined", "fixed", "tied")
_STIFFEST = 1e5
_NEAR = 8  # things of a sentence, counted back, that words about joints may be about
_STIFFER = {
    **dict.fromkeys(("stiffer", "stronger", "tighter", "harder", "stiff", "strong"), 3.0),
    **dict.fromkeys(("softer", "weaker", "looser", "soft", "weak"), 0.33),
}
_SPRINGS = ("spring", "coil", "band")


@dataclass(slots=True)
class _Feeling:
    """What words say of how joints feel."""

    spring: bool = False
    sure: bool = False
    pulls: bool = False
    alone: bool = False
    factor: float = 1.0
    rate: float | None = None
    dimension: str = ""
    damper: bool = False
    damping: float | None = None
    loss: bool = False
    friction: float | None = None
    armature: float | None = None


class SpringRules(LimitRules):
    """The rule for how the joints of a machine feel."""

    def joint_feel(self, at: int) -> int:
        """Any way to say it; tokens taken, or 0."""
        there = [] if self.r.is_cat(at, "rel", "arrange") else self._with_joints()
        owners = [one for one in there if self._kind_of(one) != "car"]
        if not owners and (step := self._damped_spring(at)):
            return step
        said, end = _Feeling(), at + (self._whose_joint(at, owners[-1]) if owners else 0)
        while owners:
            ahead = end + ((self.r[end].kind == "comma" or self.r.word(end, "and")) and end > at)
            step = (
                self._spring_noun(ahead, said, owners[-1])
                or self._pulls_back(ahead, said)
                or self._rate_at(ahead, said)
                or self._damper_at(ahead, said)
                or self._friction_at(ahead, said)
                or (self._at_its_joint(ahead, owners[-1]) or self._under_it(ahead, owners[-1]) if end > at else 0)
            )
            if not step:
                break
            end = ahead + step
        spring = said.spring and (said.sure or said.pulls or said.rate is not None)
        named = spring or (said.pulls and said.alone) or (said.rate is not None and not said.spring)
        if not named and not (
            not said.spring and not said.pulls and (said.damper or said.loss or said.armature is not None)
        ):
            return 0
        for one in owners:
            self._feels(one, said, spring=named)
        self.edited = self.edited or self.draft.editing
        self.r.use(at, end)
        self.excused_numbers.update(i for i in range(at, end) if self.r.word(i, "two", "one"))
        return end - at

    def _damped_spring(self, at: int) -> int:
        """`a spring-mass system with a damper of 2 Ns/m`: what is damped is the spring itself."""
        said = _Feeling()
        there = [one for one in dict.fromkeys((*self.attached, *self.subjects)) if one != FLOOR]
        springs = [one for one in there if self._kind_of(one) in _SPRINGS]
        step = self._damper_at(at, said) if springs else 0
        if not step or (said.damping is None and not self.r.word(at + step - 1, "damper", "dashpot")):
            return 0
        for one in springs:
            self.draft.update(one, damping=1.0 if said.damping is None else said.damping)
        self.r.use(at, at + step)
        return step

    def joint_spring_now(self, at: int) -> int:
        """`make the spring stiffer`, `remove the spring`: in a follow-up, of the machine that has one at its joint."""
        r, end = self.r, at
        there = [one for one in self.draft.scene.things if one.kind in FEELS and one.stiffness is not None]
        if not self.draft.editing or not there or any(one.kind in _SPRINGS for one in self.draft.scene.things):
            return 0
        gone = r.word(end, "remove", "delete", "without", "no") or (
            r.word(end, "take") and r.word(end + 1, "away", "out")
        )
        end += r.word(end, "make", "set", "use", "give", "a") + gone + r.word(end + 1, "away", "out") * gone
        while r.word(end, "it", "the", "a", "its", "them"):
            end += 1
        before = _STIFFER.get(r[end].text)
        end += before is not None
        if not r.word(end, "spring", "springs"):
            return 0
        end += 1 + r.word(end + 1, "is", "should") + r.word(end + 2, "be")
        factor = before
        found = r.match(end, "factor")
        if factor is None and found is not None and r.word(end + found[1], "as", "stiff", "strong"):
            factor, end = float(found[0].value), end + found[1]
            while r.word(end, "as", "stiff", "strong", "stiffer"):
                end += 1
        elif factor is None and not gone:
            end += r.word(end, "much", "a") + (r.word(end, "a") and r.word(end + 1, "bit", "little"))
            factor, end = _STIFFER.get(r[end].text), end + 1
        if factor is None and not gone:
            return 0
        for thing in there:
            assert thing.stiffness is not None
            self.draft.update(thing.id, stiffness=None if gone else min(_STIFFEST, thing.stiffness * (factor or 1.0)))
        self.subjects, self.edited = [there[-1].id], True
        r.use(at, end)
        return end - at

    def _feels(self, one: int, said: _Feeling, *, spring: bool) -> None:
        thing = self.draft.scene.thing(one)
        usual = FEELS[thing.kind]
        if spring:
            fits = said.rate is not None and said.dimension in ("", _RATES[usual.dimension])
            if said.rate is not None and not fits:
                self.r.miss(
                    [at for at in range(len(self.r)) if self.r[at].value == said.rate and self.r[at].kind == "quantity"]
                )
            now = thing.stiffness if thing.stiffness is not None else usual.stiffness * said.factor
            self.draft.update(one, stiffness=said.rate if fits else now)
        if said.damper:
            self.draft.update(one, damping=usual.damping if said.damping is None else said.damping)
        if said.loss:
            self.draft.update(one, loss=usual.loss if said.friction is None else said.friction)
        if said.armature is not None:
            self.draft.update(one, armature=said.armature)

    def _with_joints(self) -> list[int]:
        """The machines that words about joints are about: named just before, or what the sentence or the follow-up is about."""
        there = [one for one in dict.fromkeys((*self.attached, *self.subjects)) if one != FLOOR]
        named = [one for one in self.sentence_ids[-_NEAR:] if self.draft.scene.has(one)]
        known = [one for one in self.draft.mentions[-1:] if self.draft.scene.has(one)]
        for group in (there, named, known):
            if found := [one for one in group if self._kind_of(one) in FEELS]:
                return found
            if group is there and group:
                solid = [one for one in group if self._kind_of(one) in ("spring", "coil", "band")]
                if solid:
                    return []
        return []

    # --- what they have -------------------------------------------------------------------------------------------------

    def _spring_noun(self, at: int, said: _Feeling, owner: int) -> int:
        """`with a torsion spring`, `and a weak spring`, `by its own spring`."""
        r, end = self.r, at
        sure = r.word(end, *_WITH)
        while r.word(end, *_WITH, *_LOOSE):
            end += 1
        while r.word(end, *_ARTICLES, *_SPRINGY):
            said.factor *= _FIRM.get(r[end].text, 1.0)
            sure = sure or r.word(end, "torsion", "torsional", "return", "restoring")
            end += 1
        noun = r.match(end, "noun")
        if (
            not r.word(end, "spring", "springs")
            or (noun is not None and noun[1] > 1)
            or self._kind_of(owner) == "spring"
        ):
            return 0
        end += 1 + r.word(end + 1, "mechanism", "mechanisms", "system")
        if r.word(end, *_JOINING) or (r.word(end, "that", "which") and r.word(end + 1, *_JOINING)):
            return 0
        placed = self._at_its_joint(end, owner) or self._under_it(end, owner)
        if not placed and r.is_cat(end, "rel", "barerel") and not r.word(end, "to", "in", "inside"):
            return 0  # `with a spring on top`: a thing of its own
        said.spring, said.sure = True, said.sure or sure or placed > 0
        return end + placed - at

    def _pulls_back(self, at: int, said: _Feeling) -> int:
        """`that pulls it back`, `which closes by itself`, `held shut`."""
        r, end = self.r, at
        while r.word(end, *_LINKING):
            end += 1
        verb = r[end].text
        if r[end].kind != "word" or verb not in _PULLS:
            return 0
        end += 1
        start = end
        while r[end].text in _WAYS or self._names_the_joined(end) or (r[end].kind == "number" and r[end].value == 0):
            end += 1
        while end > start and r.word(end - 1, "by", "on", "when", "after", "from", "a", "the", "to", "in"):
            end -= 1
        ways = {r[one].text for one in range(start, end)}
        if r.word(end, "forth") or (not ways and verb not in ("returns", "retracts")):
            return 0
        said.pulls = True
        said.alone = said.alone or (
            verb in _BY_ITSELF and bool(ways & _ALONE or (verb in ("springs", "snaps") and "back" in ways))
        )
        said.alone = (
            said.alone
            or (verb in ("returns", "retracts") and bool(ways - {"back"}))
            or bool(ways & _ALONE and "back" in ways)
        )
        return end - at

    def _names_the_joined(self, at: int) -> bool:
        noun = self.r.match(at, "noun")
        return noun is not None and noun[0].value.kind in FEELS and self.r.word(at - 1, "the")

    def _rate_at(self, at: int, said: _Feeling) -> int:
        """`of 200 N/m`, `with stiffness 5 Nm/rad`, `spring constant 40`."""
        r, end = self.r, at
        while r.word(end, *_WITH, "of", "and", "whose", "that"):
            end += 1
        while r.word(end, *_RATED):
            end += 1
        named = r.word(end, *_RATE)
        end += named
        while r.word(end, "of", "is", "=", "to", "at", "about"):
            end += 1
        token = r[end]
        fits = token.kind == "quantity" and token.dimension in ("stiffness", "torsion")
        if not (fits or (named and token.kind == "number")) or not 0 < token.value <= _STIFFEST:
            return 0
        said.rate, said.dimension = token.value, token.dimension
        return end + 1 - at

    def _damper_at(self, at: int, said: _Feeling) -> int:
        """`and a damper`, `with a damping of 2 Ns/m`, `damping 10`."""
        r, end = self.r, at
        while r.word(end, *_WITH, *_LOOSE, "of", "whose"):
            end += 1
        while r.word(end, *_ARTICLES, *_SPRINGY, "viscous", "shock", "hydraulic", "rotary"):
            end += 1
        if not r.word(end, *_DAMPERS):
            return 0
        damps = r.word(end, "damping")
        end += 1 + r.word(end + 1, "coefficient", "constant", "factor")
        while r.word(end, "of", "is", "=", "to", "with", "at"):
            end += 1
        token = r[end]
        valued = token.kind == "number" or (token.kind == "quantity" and token.dimension == "dampening")
        if not valued and (damps and r.word(end - 1, "of", "is", "to")):
            return 0
        if r.word(at, "no", "without"):
            return 0
        said.damper = True
        if valued and 0 <= token.value <= 1e4:
            said.damping = token.value
            return end + 1 - at
        while r.word(end - 1, "of", "is", "=", "to", "with", "at"):
            end -= 1
        return end - at

    def _friction_at(self, at: int, said: _Feeling) -> int:
        """`with friction in the joints`, `joint friction 0.2`, `frictionloss 0.1`, `armature 0.01`."""
        r, end = self.r, at
        while r.word(end, *_WITH, "and", "of", "some", "a", "an", "little", "dry", "coulomb", "rotor"):
            end += 1
        joint = r.word(end, "joint", "hinge", "joints", "hinges")
        end += joint
        armature = r.word(end, "armature", "inertia") and not r.word(end - 1, "of")
        loss = r.word(end, "frictionloss") or (r.word(end, "friction") and r.word(end + 1, "loss"))
        plain = r.word(end, "friction") and not loss
        if not (armature or loss or plain):
            return 0
        end += 1 + (loss and r.word(end, "friction"))
        first = end
        while r.word(end, "of", "is", "=", "to"):
            end += 1
        token = r[end]
        valued = token.kind == "number" or (token.kind == "quantity" and token.dimension in ("torque", "force"))
        after = end + valued
        where = r.word(after, "in", "at", "on") and self._joint_words(after + 1)
        if armature:
            if not valued or token.value <= 0:
                return 0
            said.armature = token.value
            return end + 1 - at
        if not (loss or joint or where):
            return 0
        said.loss = True
        if valued and token.value >= 0:
            said.friction = token.value
        end = after if valued else first
        return end + (1 + self._joint_words(end + 1) if where else 0) - at

    def _joint_words(self, at: int) -> int:
        """`the joints`, `its hinge`, `each joint`: how many words."""
        end = at
        while self.r.word(end, "the", "its", "their", "each", "every", "all", "both", "of"):
            end += 1
        return (
            end + 1 - at
            if self.r.word(end, "joint", "joints", "hinge", "hinges", "pivot", "rail", "axle", "bearing")
            else 0
        )

    def _whose_joint(self, at: int, owner: int) -> int:
        """`whose hinge has`, `its joints have`: how many words stand before what they have."""
        r, end = self.r, at + self.r.word(at, "whose", "where", "and")
        end += r.word(end, "the", "its")
        there = r[end].kind == "word" and joints_called(self.draft.scene.thing(owner), r[end].text, None) is not None
        return end + 1 - at if there and end > at and r.word(end + 1, "has", "have", "with") else 0

    def _at_its_joint(self, at: int, owner: int) -> int:
        """`at the hinge`, `in its joints`, `on the pivot`: where it is anyway."""
        r, end = self.r, at + 1
        if not r.word(at, "at", "on", "in", "around", "inside", "behind"):
            return 0
        while r.word(end, "the", "its", "each", "every", "all", "both", "of", "their"):
            end += 1
        word = r[end].text
        if r[end].kind != "word" or joints_called(self.draft.scene.thing(owner), word, None) is None:
            return 0
        return end + 1 - at


_RATES = {"angle": "torsion", "length": "stiffness"}
