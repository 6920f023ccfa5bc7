"""What a stranger's MJCF must pass before MuJoCo reads it: well formed, bounded, and naming no file.

Pure and streaming, because it runs in the server process: one pass of expat, at most `MAX_XML_BYTES`, stopped at the first
refusal. It only looks for what is dangerous or hopeless. Whether the scene makes sense is MuJoCo's business, which answers
from the compile child. MuJoCo's own parser forgives more than expat (junk after the root, undeclared entities), so text
that expat takes is read by both in the same way.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import NoReturn
from xml.parsers import expat

from py_remote_viewer.errors import SceneInvalid, SceneTooExpensive
from py_remote_viewer.protocol.messages import MAX_XML_BYTES

MAX_ELEMENTS = 20_000
MAX_EXPANDED = 50_000  # elements after <replicate>, <flexcomp> and <composite> have multiplied them
MAX_DEPTH = 500  # MuJoCo recurses; 400 nested bodies compile, 100,000 end the process
MAX_ATTRIBUTES = 100
MAX_ATTRIBUTE_CHARS = 262_144
MAX_NAME_CHARS = 256
MAX_HFIELD_POINTS = 1_048_576
MAX_TEXTURE_PX = 4096 * 4096
MAX_MEMORY_BYTES = 512 * 2**20
MAX_SIZES = {"njmax": 100_000, "nconmax": 100_000, "nstack": 64_000_000, "nuserdata": 1_000_000, "nkey": 1000}
MAX_NUSER = 1000

# Those that the mujoco package brings. None of them opens a file.
PLUGINS = frozenset(
    {
        "mujoco.pid",
        "mujoco.elasticity.cable",
        "mujoco.sensor.touch_grid",
        "mujoco.sdf.bolt",
        "mujoco.sdf.bowl",
        "mujoco.sdf.gear",
        "mujoco.sdf.nut",
        "mujoco.sdf.torus",
    }
)
_DIRECTORIES = frozenset({"meshdir", "texturedir", "assetdir"})
_MULTIPLIERS = frozenset({"replicate", "flexcomp", "composite"})
_SUFFIXES = {"k": 2**10, "m": 2**20, "g": 2**30, "t": 2**40, "p": 2**50, "e": 2**60}
_FILE_HINT = (
    "A pasted scene brings no files: drop its whole folder or a zip of it on the page (POST /api/scene/upload), "
    "or write meshes as vertex and face, textures as builtin."
)
_PRESET_HINT = "Start from a preset (GET /api/scene/presets)."


@dataclass(frozen=True, slots=True)
class SceneOutline:
    """What one pass saw. `expanded` counts elements after replication, an estimate from above."""

    model: str
    elements: int
    expanded: int


def precheck(xml: str) -> SceneOutline:
    """Look `xml` over without building anything. At most some 100 ms for the largest text.

    Raises:
        SceneInvalid: not XML, not MJCF, or it names a file or an unknown plugin; `details` has `line`, `element`, `column`.
        SceneTooExpensive: larger than a bound of this module.
    """
    data = _encoded(xml)
    walk = Walk()
    try:
        walk.parser.Parse(data, True)
    except expat.ExpatError as exc:
        raise not_well_formed(exc) from exc
    return SceneOutline(walk.model, walk.elements, walk.expanded)


def not_well_formed(exc: expat.ExpatError) -> SceneInvalid:
    """What to tell people of `exc`."""
    return SceneInvalid(
        f"not well-formed XML: {expat.ErrorString(exc.code)} at line {exc.lineno}, column {exc.offset + 1}",
        hint="Fix the line it names: every tag closed, every attribute quoted, & written as &amp;.",
        line=exc.lineno,
        column=exc.offset + 1,
    )


def _encoded(xml: str) -> bytes:
    if len(xml) > MAX_XML_BYTES:  # before encoding, which would copy it
        _refuse_size(len(xml))
    if not xml.strip():
        raise SceneInvalid("the scene is empty", hint=f"Send MJCF: <mujoco>...</mujoco>. {_PRESET_HINT}")
    try:
        data = xml.encode("utf-8")
    except UnicodeEncodeError as exc:
        raise SceneInvalid(
            f"character {exc.start + 1} of the scene is half of a surrogate pair", hint="Send text as UTF-8."
        ) from exc
    if len(data) > MAX_XML_BYTES:
        _refuse_size(len(data))
    return data


def _refuse_size(size: int) -> NoReturn:
    raise SceneTooExpensive(
        f"the scene is {size} bytes long; at most {MAX_XML_BYTES} are taken",
        hint="Make it smaller, for example with <replicate> or <default>, or start the server with the file: --scene.",
    )


def shortened(value: str, limit: int = 60) -> str:
    """`value` on one line, quoted, cut to `limit` characters."""
    text = value if len(value) <= limit else f"{value[:limit]}..."
    return repr(text)


def _number(text: str) -> float:
    """The number, or 0 where there is none: MuJoCo refuses that later, and better."""
    try:
        return float(text)
    except ValueError:
        return 0.0


def _product(text: str) -> float:
    """Of the numbers in `text`, each taken as at least 1."""
    return math.prod(max(1.0, _number(part)) for part in text[:1000].split())


def _bytes(text: str) -> float:
    """`<size memory>`: a number with an optional suffix."""
    text = text.strip().lower()
    return _number(text[:-1]) * _SUFFIXES[text[-1]] if text and text[-1] in _SUFFIXES else _number(text)


@dataclass(slots=True)
class Walk:
    """The state of one pass over a text; handlers raise to stop it. Uploads look at files in another way."""

    model: str = ""
    elements: int = 0
    expanded: int = 0
    multipliers: list[float] = field(default_factory=lambda: [1.0])  # one per open element
    parser: expat.XMLParserType = field(init=False)

    def __post_init__(self) -> None:
        self.parser = self.new_parser()

    def new_parser(self) -> expat.XMLParserType:
        """One for another text, whose elements count with those before."""
        # The encoding is given, so a declared one is not believed: MuJoCo does not believe it either.
        parser = expat.ParserCreate(encoding="utf-8")
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.StartDoctypeDeclHandler = self.doctype
        parser.ProcessingInstructionHandler = self.instruction
        return parser

    def invalid(self, element: str, message: str, hint: str) -> NoReturn:
        line = self.parser.CurrentLineNumber
        raise SceneInvalid(f"line {line}: {message}", hint=hint, line=line, element=element[:64])

    def expensive(self, element: str, message: str, hint: str) -> NoReturn:
        line = self.parser.CurrentLineNumber
        raise SceneTooExpensive(f"line {line}: {message}", hint=hint, line=line, element=element[:64])

    def doctype(self, name: str, system_id: str | None, public_id: str | None, internal: int) -> None:
        self.invalid(name, f"<!DOCTYPE {name[:60]}> is not taken", "Remove it and the entities it declares.")

    def instruction(self, target: str, data: str) -> None:
        self.invalid(target, f"the processing instruction <?{target[:60]}?> is not taken", "Remove it.")

    def end(self, name: str) -> None:
        self.multipliers.pop()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.lower()
        if self.elements == 0:
            self.root(name, attributes)
        self.elements += 1
        if self.elements > MAX_ELEMENTS:
            self.expensive(name, f"more than {MAX_ELEMENTS} elements", "Leave some out.")
        if len(self.multipliers) > MAX_DEPTH:
            self.expensive(name, f"elements nested deeper than {MAX_DEPTH}", "Put bodies beside each other.")
        self.attributes(name, attributes)
        self.files(tag, name, attributes)
        self.plugins(tag, name, attributes)
        self.multiply(tag, name, attributes)
        self.sizes(tag, name, attributes)

    def root(self, name: str, attributes: dict[str, str]) -> None:
        if name.lower() == "robot":
            self.invalid(name, "this is URDF (its root is <robot>)", "Upload it as an .urdf file, with its meshes.")
        if name != "mujoco":
            self.invalid(name, f"the root element is <{name[:60]}>, not <mujoco>", f"Send MJCF. {_PRESET_HINT}")
        self.model = attributes.get("model", "")

    def attributes(self, name: str, attributes: dict[str, str]) -> None:
        if len(attributes) > MAX_ATTRIBUTES:
            self.expensive(name, f"<{name[:60]}> has {len(attributes)} attributes", f"At most {MAX_ATTRIBUTES}.")
        for key, value in attributes.items():
            if len(value) > MAX_ATTRIBUTE_CHARS:
                self.expensive(
                    name,
                    f"{key[:60]}={shortened(value, 20)} is {len(value)} characters long",
                    f"At most {MAX_ATTRIBUTE_CHARS} in one attribute.",
                )
        for key in ("name", "model", "class", "prefix"):
            if len(attributes.get(key, "")) > MAX_NAME_CHARS:
                value = attributes[key]
                self.invalid(name, f"{key}={shortened(value)} is {len(value)} characters", f"At most {MAX_NAME_CHARS}.")

    def files(self, tag: str, name: str, attributes: dict[str, str]) -> None:
        if tag == "include":
            self.invalid(name, f"<include file={shortened(attributes.get('file', ''))}> is not taken", _FILE_HINT)
        if tag == "attach" or (tag == "model" and len(self.multipliers) > 1):
            self.invalid(name, f"<{tag}> brings in another model file, which is not taken", _FILE_HINT)
        for key, value in attributes.items():
            low = key.lower()
            if low.startswith("file") or low in _DIRECTORIES:
                kind = "a path" if value.startswith(("/", "~", "\\")) or ".." in value else "a file"
                if low in _DIRECTORIES:
                    kind = "a folder"
                self.invalid(
                    name, f"<{name[:60]} {low}={shortened(value)}> names {kind}, which is not taken", _FILE_HINT
                )

    def plugins(self, tag: str, name: str, attributes: dict[str, str]) -> None:
        plugin = attributes.get("plugin")
        if plugin and plugin not in PLUGINS:
            self.invalid(name, f"the plugin {shortened(plugin)} is not taken", f"Taken: {', '.join(sorted(PLUGINS))}.")
        if tag == "config":
            key, value = attributes.get("key", ""), attributes.get("value", "")
            if "file" in key.lower() or "path" in key.lower() or "/" in value or ".." in value:
                self.invalid(name, f"plugin setting {shortened(key)}={shortened(value)} looks like a file", _FILE_HINT)

    def multiply(self, tag: str, name: str, attributes: dict[str, str]) -> None:
        inside = self.multipliers[-1]
        if tag in _MULTIPLIERS:
            inside *= _product(attributes.get("count", "1")) * _product(attributes.get("cellcount", "1"))
            inside = min(inside, 1e18)  # a product of infinities must not become nan
        self.multipliers.append(inside)
        grown = self.expanded + inside
        if not grown <= MAX_EXPANDED:
            count = f" count={shortened(attributes.get('count', ''))}" if tag in _MULTIPLIERS else ""
            self.expensive(
                name,
                f"<{name[:60]}{count}> brings the scene to more than {MAX_EXPANDED} elements",
                "Lower the counts: they multiply with those of the elements around them.",
            )
        self.expanded = int(grown)

    def sizes(self, tag: str, name: str, attributes: dict[str, str]) -> None:
        if tag == "hfield":
            self.area(name, attributes, "nrow", "ncol", MAX_HFIELD_POINTS, "points")
        elif tag == "texture":
            self.area(name, attributes, "width", "height", MAX_TEXTURE_PX, "pixels")
        elif tag == "size":
            memory = attributes.get("memory", "")
            if not _bytes(memory) <= MAX_MEMORY_BYTES:
                most = f"At most {MAX_MEMORY_BYTES // 2**20}M; leave it out and MuJoCo chooses."
                self.expensive(name, f"<size memory={shortened(memory)}> asks for too much", most)
            for key, value in attributes.items():
                bound = MAX_SIZES.get(key.lower(), MAX_NUSER if key.lower().startswith("nuser") else math.inf)
                if not _number(value) <= bound:
                    self.expensive(name, f"<size {key[:60]}={shortened(value)}> asks for too much", f"At most {bound}.")

    def area(self, name: str, attributes: dict[str, str], first: str, second: str, bound: int, what: str) -> None:
        sides = [attributes.get(side, "1") for side in (first, second)]
        if not _product(sides[0]) * _product(sides[1]) <= bound:
            asked = f"{first}={shortened(sides[0])} {second}={shortened(sides[1])}"
            self.expensive(name, f"<{name[:60]} {asked}> is too large", f"At most {bound} {what} in all.")
