"""Ground that is not flat: `on rough terrain`, `over bumpy ground`, `across hills`, `the floor is uneven`."""

from __future__ import annotations

from py_remote_viewer.scenes.create.rules.physics_rules import PhysicsRules

_BUMPY = (
    *("bumpy", "uneven", "hilly", "rugged", "lumpy", "undulating", "wavy", "irregular", "bumpier", "mountainous"),
    *("rolling", "rough", "rocky"),
)
_ONLY_TERRAIN = ("rough", "rocky", "rolling")  # of a floor, `rough` says how it rubs
_HILLY = ("hilly", "hills", "mountainous", "undulating", "wavy", "rolling")
_LAND = ("terrain", "heightfield", "landscape", "hfield", "heightmap")
_GROUND = ("ground", "floor", "surface", "field", "land", "path", "road", "track")
_LOOKS = ("very", "slightly", "some", "a", "an", "the", "randomly", "random", "generated", "small", "gentle", "low")


class TerrainRules(PhysicsRules):
    """The rule for terrain."""

    def terrain(self, at: int) -> int:
        """Terrain in place of the flat floor; tokens taken, or 0."""
        r, end = self.r, at
        if self.draft.editing and self.draft.scene.world.floor_relief and (step := self._flattened(at)):
            return step
        over = r.word(end, "on", "over", "across", "along", "through", "with", "in", "down")
        end += over
        while r.word(end, *_LOOKS):
            end += 1
        first = end
        while r.word(end, *_BUMPY) or (end > first and (r[end].kind == "comma" or r.word(end, "and", *_LOOKS))):
            end += 1
        said = [r[one].text for one in range(first, end)]
        if not self._land(end, said, over=over):
            return 0
        end += 1 + (r.word(end, "height") and r.word(end + 1, "field", "map"))
        hilly = any(r.word(one, *_HILLY) for one in range(first, end))
        self.world(floor_relief="hilly" if hilly else "bumpy", floor=True)
        r.use(at, end)
        return end - at

    def _flattened(self, at: int) -> int:
        """`make the ground flat`, `on a level floor`: no terrain any more."""
        r, end = self.r, at
        while r.word(end, "make", "flatten", "level", "on", "a", "the", "with", "use", "flat", "even", "smooth"):
            end += 1
        if not r.word(end, *_GROUND, *_LAND):
            return 0
        end += 1
        while r.word(end, "is", "should", "be", "flat", "level", "even", "smooth"):
            end += 1
        if not any(r.word(one, "flat", "flatten", "level", "even", "smooth") for one in range(at, end)):
            return 0
        self.world(floor_relief="")
        self.edited = True
        r.use(at, end)
        return end - at

    def _land(self, at: int, said: list[str], *, over: bool) -> bool:
        """Whether a word for uneven land stands at `at`, after the adjectives `said`."""
        r = self.r
        if r.word(at, *_LAND) or (r.word(at, "height") and r.word(at + 1, "field", "map")):
            return True
        if r.word(at, "hills", "bumps"):
            return (
                over and not r.word(at - 1, "the") and not (r.word(at, "bumps") and not r.word(at - 1, *_LOOKS, "over"))
            )
        return r.word(at, *_GROUND) and any(one in _BUMPY and one not in _ONLY_TERRAIN for one in said)
