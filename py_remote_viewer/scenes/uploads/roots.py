"""Which file of an upload is the model. Pure.

A single model file; else the one that is called like the folder; else `scene.xml` (`model.xml` in MuJoCo's own archives);
else the first that compiles.
"""

from __future__ import annotations

from collections.abc import Collection

from py_remote_viewer.errors import SceneInvalid
from py_remote_viewer.scenes.uploads.limits import MAX_ROOTS_TRIED
from py_remote_viewer.scenes.uploads.names import base_of, stem_of, suffix_of

MODEL_SUFFIXES = frozenset({".xml", ".mjcf", ".urdf", ".mjb"})
_USUAL = ("scene.xml", "model.xml")


def model_files(names: Collection[str]) -> list[str]:
    """Those that may be a model: nearest to the top first, then by name."""
    found = [name for name in names if suffix_of(name) in MODEL_SUFFIXES]
    return sorted(found, key=lambda name: (name.count("/"), name.casefold(), name))


def order_of_roots(names: Collection[str], folder: str, included: Collection[str] = ()) -> list[str]:
    """What to compile, best first; where the first is not alone, the rest is tried when it does not compile.

    Args:
        names: all files of the upload.
        folder: what the upload is called.
        included: files that another one includes: they are parts, unless nothing else is there.

    Raises:
        SceneInvalid: there is no model.
    """
    models = model_files(names)
    if not models:
        kinds = sorted({suffix_of(name) for name in names if suffix_of(name)})[:8]
        raise SceneInvalid(
            "there is no model in the upload" + (f", only {', '.join(kinds)}" if kinds else ""),
            hint="It takes an .xml (MJCF), .urdf or .mjb file, with its meshes and textures beside it; "
            "an archive inside an archive is not opened.",
        )
    if len(models) == 1:
        return models
    if folder:
        named = [name for name in models if stem_of(name).casefold() == folder.casefold()]
        if named:
            return named[:1]
    usual = [name for wanted in _USUAL for name in models if base_of(name).lower() == wanted]
    if usual:
        return usual[:1]
    parts = set(included)
    return sorted(models, key=lambda name: name in parts)[:MAX_ROOTS_TRIED]
