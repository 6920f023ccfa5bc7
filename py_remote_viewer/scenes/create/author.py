"""From a prompt to a scene that physics has tried: read, build, check, repair or refuse. Child process only: imports mujoco."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import mujoco
from pydantic import ValidationError

from py_remote_viewer.errors import SceneInvalid
from py_remote_viewer.protocol.messages import MAX_XML_BYTES
from py_remote_viewer.scenes.building import build_text
from py_remote_viewer.scenes.compile_wire import CreatedScene, CreateRequest, CreateStep, Story
from py_remote_viewer.scenes.create.bodies.build import STORY, Built, Repair, build
from py_remote_viewer.scenes.create.checks.check import Checks, check
from py_remote_viewer.scenes.create.checks.hits import missed, not_reached
from py_remote_viewer.scenes.create.checks.placement import misplaced
from py_remote_viewer.scenes.create.checks.verify import unmet
from py_remote_viewer.scenes.create.layout.pins import pinned
from py_remote_viewer.scenes.create.own.by_hand import by_hand, sealed
from py_remote_viewer.scenes.create.own.edit import edited
from py_remote_viewer.scenes.create.prompt import Reading, read, with_unmet
from py_remote_viewer.scenes.create.things.describe import understood
from py_remote_viewer.scenes.create.things.description import Scene
from py_remote_viewer.scenes.create.things.titles import made, title_of

MOST_REPAIRS = 4
_CLOSER, _NEAREST = 0.5, 0.3  # of the way to a target that was not reached: how much of it is tried next, at least
MOST_STEPS = 60
MOST_BODIES = 460
_BACK = re.compile(
    r"(?:please |oops,? )?(?:undo(?: that| it| this)?(?: the)?(?: last)?(?: change| step| edit)?|take (?:that|it) back"
    r"|go back(?: one step| to the (?:last|previous) (?:one|version|scene|state))?|revert(?: that| it)?(?: the last change)?"
    r"|cancel (?:that|it)|never ?mind|forget (?:that|it)|undo please)(?:,? please)?[.! ]*",
    re.IGNORECASE,
)
_BACK_AND = re.compile(
    r"(?:please |oops,? )?(?:undo (?:that|it|this|the last (?:change|step))|take (?:that|it) back|forget (?:that|it))"
    r"(?:,? and(?: then)?|[,.;]) +(?=\w)",
    re.IGNORECASE,
)
_AT_FIRST = re.compile(
    r"(?:please )?(?:(?:reset|undo|revert) (?:everything|all|all of it|the (?:whole )?scene|it all)"
    r"|(?:go )?back to (?:the )?(?:start|beginning|first (?:scene|version)|original scene))[.! ]*",
    re.IGNORECASE,
)


def create(request: CreateRequest) -> tuple[CreatedScene, mujoco.MjModel]:
    """Make what `request` says, and its model.

    Raises:
        SceneInvalid, SceneTooExpensive: with what to say instead.
    """
    story = story_of(request.before_xml) if request.before_xml and request.mode != "new" else None
    if story is not None and by_hand(request.before_xml or ""):
        story = None
    undo = _BACK.fullmatch(request.prompt.strip()) is not None
    if story is not None and (back := _BACK_AND.match(request.prompt.strip())):  # `undo that and make it red`
        taken, _ = create(request.model_copy(update={"prompt": "undo"}))
        rest = request.prompt.strip()[back.end() :]
        return create(request.model_copy(update={"prompt": rest, "before_xml": taken.xml}))
    if (
        story is None
        and request.before_xml
        and request.mode != "new"
        and (own := edited(request, undo=undo)) is not None
    ):
        return own
    first = _AT_FIRST.fullmatch(request.prompt.strip()) is not None
    taken_back = story is not None and (undo or first)
    if taken_back and story is not None:
        story, request = _one_back(
            Story(seed=story.seed, steps=(*story.steps[:1], story.steps[-1])) if first else story
        )
    before = replayed(story) if story is not None else None
    reading = read(request.prompt, before, mode=request.mode)
    step = CreateStep(
        prompt=request.prompt,
        mode="edit" if reading.edited else "new",
        gravity=request.gravity,
        timestep_s=request.timestep_s,
        floor=request.floor,
    )
    scene = _with_parameters(reading.scene, step)
    if reading.edited and before is not None:
        scene = pinned(scene, before, story.seed if story is not None else 0)
    seed = request.seed if request.seed is not None else story.seed if story is not None and reading.edited else 0
    steps = (*story.steps, step) if story is not None and reading.edited else (step,)
    if len(steps) > MOST_STEPS:
        raise SceneInvalid(f"{MOST_STEPS} follow-ups are the most", hint="Describe the scene anew, in one go.")
    title = title_of(scene)
    told = (
        Story(seed=seed, steps=steps)
        .model_dump_json(exclude_defaults=True)
        .replace(">", "\\u003e")
        .replace("<", "\\u003c")
    )
    built, model, checks = tried(scene, title, told, seed)
    built = replace(built, xml=sealed(built.xml, model))
    reading = with_unmet(reading, [*unmet(model, built, scene, checks.moved), *misplaced(model, built, scene)])
    if taken_back:
        reading = replace(reading, edited=True, ignored=(), nearest={}, corrected=())
    return _answer(reading, scene, title, built, checks), model


def _one_back(story: Story) -> tuple[Story | None, CreateRequest]:
    """The sentences before the last two, and the one before the last to be read again.

    Raises:
        SceneInvalid: there is only one.
    """
    if len(story.steps) < 2:
        raise SceneInvalid("there is no change to take back", hint="Say what to change, or describe a new scene.")
    earlier, last = story.steps[:-2], story.steps[-2]
    before = Story(seed=story.seed, steps=earlier) if earlier else None
    return before, CreateRequest(**last.model_dump(), seed=story.seed)


def tried(scene: Scene, title: str, story: str, seed: int) -> tuple[Built, mujoco.MjModel, Checks]:
    """Build, check, and build again with what the check asks for, a few times.

    Raises:
        SceneInvalid: it does not come right; the last reason.
    """
    repair, passed = Repair(), None
    for attempt in range(MOST_REPAIRS + 1):
        built = _built(scene, title, story, seed, repair)
        if len(built.xml.encode()) >= MAX_XML_BYTES:
            raise SceneInvalid(
                f"that would be {len(built.xml.encode()) / 1e6:.1f} MB of MJCF with all their parts; 1 MB is the most",
                hint="Ask for fewer of them.",
            )
        model = build_text(built.xml)
        if model.nbody > MOST_BODIES:
            raise SceneInvalid(
                f"that would be {model.nbody} bodies with all their parts", hint="Ask for fewer of them."
            )
        checks = check(model, built, scene)
        checks.repairs = attempt
        if not checks.problem:
            checks.missed = missed(model, built, scene)
            passed = (built, model, checks)
            if not checks.missed or repair.closer < _NEAREST:
                return passed
            farther = next((hit.farther for hit in checks.missed if hit.farther is not None), 0.0)
            repair = replace(repair, closer=_CLOSER * repair.closer, farther=repair.farther + farther)
            continue
        if passed is not None:
            return passed
        if checks.repair is None or (attempt > 0 and checks.repair.friction != 1.0 and repair.friction > 2.0):
            break
        asked = checks.repair
        repair = Repair(
            repair.spread * asked.spread,
            repair.lift + asked.lift,
            repair.timestep * asked.timestep,
            repair.friction * asked.friction,
            repair.closer,
            repair.farther,
        )
    if passed is not None:
        return passed
    raise SceneInvalid(
        f"the scene was built, but {checks.problem}",
        hint="Say it with more room, fewer things, or another support; a tower needs level ground, a ball something to lie in.",
    )


def _built(scene: Scene, title: str, story: str, seed: int, repair: Repair) -> Built:
    """Raises SceneInvalid for what MuJoCo cannot make of such sizes, masses and counts."""
    try:
        return build(scene, title, story, seed=seed, repair=repair)
    except (ValueError, mujoco.FatalError, mujoco.UnexpectedError) as exc:
        raise SceneInvalid(
            "the scene cannot be built with these sizes, masses and counts",
            hint="Leave out the last number that you gave, or say one that is nearer to what is usual.",
        ) from exc


def story_of(xml: str) -> Story | None:
    """The sentences that made `xml`; None when none did."""
    try:
        root = ElementTree.fromstring(xml)
    except ElementTree.ParseError:
        return None
    for text in root.iter("text"):
        if text.get("name") == STORY:
            try:
                return Story.model_validate_json(text.get("data") or (text.text or ""))
            except ValidationError:
                return None
    return None


def replayed(story: Story) -> Scene | None:
    """The description after all sentences of `story`; None when they no longer make one."""
    scene: Scene | None = None
    try:
        for step in story.steps:
            reading, before = read(step.prompt, scene, mode=step.mode), scene
            scene = _with_parameters(reading.scene, step)
            if reading.edited and before is not None:
                scene = pinned(scene, before, story.seed)
    except SceneInvalid:
        return None
    return scene


def _with_parameters(scene: Scene, step: CreateStep) -> Scene:
    world = scene.world
    if step.gravity is not None:
        world = replace(world, gravity=step.gravity)
    if step.timestep_s is not None:
        world = replace(world, timestep=step.timestep_s)
    if step.floor is not None:
        world = replace(world, floor=step.floor)
    return replace(scene, world=world)


def _answer(reading: Reading, scene: Scene, title: str, built: Built, checks: Checks) -> CreatedScene:
    parts = [f"Changed the scene. It shows {made(scene)}." if reading.edited else f"Made: {made(scene)}."]
    if reading.corrected:
        parts.append("Read " + ", ".join(f"“{written}” as “{meant}”" for written, meant in reading.corrected) + ".")
    if reading.ignored:
        parts.append("Not understood: " + ", ".join(f"“{word}”" for word in reading.ignored) + ".")
        parts += [f"The nearest to “{word}” is {near}." for word, near in reading.nearest.items()]
    parts += [*not_reached(checks.missed, scene), *_remarks(scene)]
    return CreatedScene(
        xml=built.xml,
        title=title,
        message=" ".join(parts),
        understood=tuple(understood(scene)),
        ignored=reading.ignored,
        suggestions=reading.nearest,
        corrected=dict(reading.corrected),
        edited=reading.edited,
        checks=checks.figures(),
    )


def _remarks(scene: Scene) -> list[str]:
    if scene.world.density > 100:
        return [
            f"Everything is inside the {scene.world.medium}: what is lighter than it rises, and there is no surface."
        ]
    return []
