"""URDF in an upload: judged like MJCF, its mesh names resolved inside the upload, its text made ready for MuJoCo.

MuJoCo strips every folder from a URDF's mesh names, so that `visual/base.stl` and `collision/base.stl` become one. Here
each mesh gets a name of its own in the text that MuJoCo reads. Pure; runs in a compile child.
"""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field
from xml.parsers import expat

from py_remote_viewer.errors import SceneInvalid
from py_remote_viewer.scenes.precheck import Walk, not_well_formed, shortened
from py_remote_viewer.scenes.uploads.names import folder_of, joined, stem_of, suffix_of
from py_remote_viewer.scenes.uploads.references import Shelf, as_utf8, require_all

READABLE = (".stl", ".obj", ".msh")


@dataclass(frozen=True, slots=True)
class PreparedUrdf:
    """What MuJoCo reads: `text`, and the `meshes` that it names, by those names.

    Attributes:
        used: names of the upload's files behind them.
        warnings: what was left out.
    """

    text: str
    meshes: dict[str, str]
    used: tuple[str, ...]
    warnings: tuple[str, ...]


def is_urdf(data: bytes) -> bool:
    """Whether the first element of an XML text is `<robot>`."""
    parser = expat.ParserCreate(encoding="utf-8")
    roots: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        roots.append(name)
        raise _Seen

    parser.StartElementHandler = start
    try:
        parser.Parse(as_utf8(data), True)
    except (_Seen, expat.ExpatError):
        pass
    return roots[:1] == ["robot"]


class _Seen(Exception):
    """The first element was seen."""


@dataclass(slots=True)
class _UrdfWalk(Walk):
    """The bounds of any text; in a URDF nothing but a mesh or a texture may name a file, and that is looked up."""

    names: list[str] = field(default_factory=list)

    def root(self, name: str, attributes: dict[str, str]) -> None:
        if name != "robot":
            self.invalid(name, f"the root element is <{name[:60]}>, not <robot>", "Upload a URDF or MJCF.")

    def files(self, tag: str, name: str, attributes: dict[str, str]) -> None:
        if tag == "include":
            self.invalid(
                name, "<include> is not taken in a URDF", "Run xacro over it first, and upload what comes out."
            )


def prepare(root: str, data: bytes, shelf: Shelf) -> PreparedUrdf:
    """Judge the URDF `root` and resolve what it names.

    A visual mesh in a format that MuJoCo cannot read gives way to one of the same name that it can, else it is left out.

    Raises:
        SceneInvalid, SceneTooExpensive: as `precheck`; or meshes are missing, all of them named.
    """
    data = as_utf8(data)
    walk = _UrdfWalk()
    try:
        walk.parser.Parse(data, True)
    except expat.ExpatError as exc:
        raise not_well_formed(exc) from exc
    tree = ElementTree.fromstring(data)
    if any("xacro" in element.tag for element in tree.iter()):
        raise SceneInvalid("this is a xacro template, not a URDF yet", hint="Run xacro over it, and upload the result.")
    return _resolved(tree, root, shelf)


def _resolved(tree: ElementTree.Element, root: str, shelf: Shelf) -> PreparedUrdf:
    folders = [folder_of(root)]
    compiler = tree.find("mujoco/compiler")
    if compiler is not None and compiler.get("meshdir"):
        folders.insert(0, joined(folder_of(root), compiler.get("meshdir", "")) or "")
    meshes: dict[str, str] = {}  # the upload's name: the name in the text
    missing, unreadable, warnings = [], [], []
    parts = [part for part in tree.iter() if part.tag in ("visual", "collision")]
    for part in parts:
        for mesh in part.iter("mesh"):
            reference = mesh.get("filename", "")
            found = _readable(reference, folders, shelf)
            if found is None:
                missing.append(reference)
            elif found:
                mesh.set("filename", meshes.setdefault(found, _unique(found, meshes)))
            elif part.tag == "visual":
                unreadable.append(reference)
                part.set("remove", "1")
            else:
                raise SceneInvalid(
                    f"MuJoCo cannot read the collision mesh {shortened(reference)}",
                    hint=f"Convert it: {', '.join(READABLE)} are read.",
                )
    require_all(tuple(dict.fromkeys(missing)))
    for link in tree.iter("link"):
        for part in [part for part in link if part.get("remove")]:
            link.remove(part)
    if unreadable:
        named = ", ".join(dict.fromkeys(shortened(one) for one in unreadable[:5]))
        warnings.append(f"{len(unreadable)} visual meshes in a format that MuJoCo cannot read were left out: {named}")
    _settle_compiler(tree)
    text = ElementTree.tostring(tree, encoding="unicode")
    return PreparedUrdf(text, {new: old for old, new in meshes.items()}, tuple(meshes), tuple(warnings))


def _readable(reference: str, folders: list[str], shelf: Shelf) -> str | None:
    """The file to read for a mesh; "" when only one of a format that cannot be read is there, None when none is."""
    found = shelf.find(reference, folders)
    if found and suffix_of(found[0]) in READABLE:
        return found[0]
    stem = reference.rpartition(".")[0] or reference
    for suffix in READABLE:
        other = shelf.find(stem + suffix, folders)
        if other:
            return other[0]
    return "" if found else None


def _unique(name: str, taken: dict[str, str]) -> str:
    """A file name without folders whose stem is no other's: MuJoCo calls the mesh by it."""
    stems = {stem_of(one).casefold() for one in taken.values()}
    base, suffix = stem_of(name), suffix_of(name)
    if base.casefold() in stems:
        base = name.removesuffix(suffix).replace("/", "_")
    counted, number = base, 2
    while counted.casefold() in stems:
        counted, number = f"{base}_{number}", number + 1
    return counted + suffix


def _settle_compiler(tree: ElementTree.Element) -> None:
    """Say what MuJoCo shall do where the file does not: keep what is only seen, where that changes no mass."""
    block = tree.find("mujoco")
    if block is None:
        block = ElementTree.SubElement(tree, "mujoco")
    compiler = block.find("compiler")
    if compiler is None:
        compiler = ElementTree.SubElement(block, "compiler")
    compiler.attrib.pop("meshdir", None)
    every_mass_is_given = all(
        link.find("inertial") is not None for link in tree.iter("link") if link.find("visual") is not None
    )
    if every_mass_is_given and "discardvisual" not in compiler.attrib:
        compiler.set("discardvisual", "false")
