"""Level of detail: a second copy of the model whose meshes have fewer triangles, for the renderer alone.

In software a robot of 180,000 triangles spends 12 ms a picture on geometry before the first pixel. Physics and
`mjv_updateScene` keep the original model: both copies share mesh frames, because `mesh_vert` already is in the mesh's own
frame, so only the arrays that `MjrContext` uploads are rewritten, each in the place that the original mesh had.
"""

from __future__ import annotations

import copy
import threading

import fast_simplification
import mujoco
import numpy as np
from numpy.typing import NDArray

from py_remote_viewer.render.bounds import VISIBLE_GROUPS

CREASE_DEG = 40.0  # sharper edges keep two normals, so that rings and boxes stay crisp
FEWEST_FACES = 60
_WELD_DECIMALS = 6
# Aggressiveness of the edge collapse: 2 keeps shapes, 5 and more crumple large panels. Where 4 gets stuck, more stays.
_HASTE = (2, 4)

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]


class MeshDetail:
    """Simplified copies of one model, made when first asked for and kept."""

    def __init__(self, model: mujoco.MjModel) -> None:
        self._model = model
        self._copies: dict[int, mujoco.MjModel] = {}
        self._lock = threading.Lock()
        self._worker: threading.Thread | None = None
        self._uses = _visible_uses(model)
        self.drawn_faces = int((model.mesh_facenum * self._uses).sum()) if model.nmesh else 0

    def budget(self, most_faces: int | None) -> int | None:
        """`most_faces`, or None when the model draws no more than that anyway."""
        return most_faces if most_faces is not None and self.drawn_faces > most_faces else None

    def model(self, most_faces: int | None) -> mujoco.MjModel:
        """The model to make an `MjrContext` from: the original, or a copy that draws about `most_faces` triangles."""
        budget = self.budget(most_faces)
        if budget is None:
            return self._model
        with self._lock:
            if budget not in self._copies:
                shares = face_shares(self._model.mesh_facenum, _mesh_areas(self._model), self._uses, budget)
                self._copies[budget] = _simplified(self._model, shares)
            return self._copies[budget]

    def prepare(self, most_faces: int | None) -> bool:
        """Whether `model(most_faces)` is ready; else it is begun on a thread, so that pictures go on meanwhile."""
        budget = self.budget(most_faces)
        if budget is None or budget in self._copies:
            return True
        if self._worker is None or not self._worker.is_alive():
            self._worker = threading.Thread(target=self.model, args=(most_faces,), name="mesh detail", daemon=True)
            self._worker.start()
        return False


def face_shares(
    faces: NDArray[np.integer], areas: NDArray[np.floating], uses: NDArray[np.integer], budget: int
) -> NDArray[np.int64]:
    """How many triangles each mesh may keep, so that all together draw at most about `budget`.

    A mesh's share grows with its surface and with the detail it had; small meshes keep every triangle.

    Args:
        faces: triangles of each mesh, shape (n,).
        areas: surface of each mesh, shape (n,).
        uses: how many visible geoms show it, shape (n,).
        budget: triangles to draw in all.
    """
    weights = np.sqrt(np.maximum(areas, 1e-12) * faces)
    low, high = 0.0, float((faces / np.maximum(weights, 1e-12)).max(initial=1.0))
    shares: NDArray[np.int64] = np.minimum(faces, FEWEST_FACES).astype(np.int64)
    for _ in range(40):
        middle = (low + high) / 2
        tried = np.minimum(faces, np.maximum(FEWEST_FACES, weights * middle)).astype(np.int64)
        if int((tried * uses).sum()) <= budget:
            low, shares = middle, tried
        else:
            high = middle
    return shares


def _mesh_areas(model: mujoco.MjModel) -> NDArray[np.float64]:
    areas = np.zeros(model.nmesh)
    for mesh in range(model.nmesh):
        vertices, faces = _mesh_arrays(model, mesh)
        corners = vertices[faces]
        cross = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
        areas[mesh] = np.linalg.norm(cross, axis=1).sum() / 2
    return areas


def _mesh_arrays(model: mujoco.MjModel, mesh: int) -> tuple[Floats, Ints]:
    vert, face = int(model.mesh_vertadr[mesh]), int(model.mesh_faceadr[mesh])
    return (
        model.mesh_vert[vert : vert + int(model.mesh_vertnum[mesh])],
        model.mesh_face[face : face + int(model.mesh_facenum[mesh])],
    )


def _visible_uses(model: mujoco.MjModel) -> NDArray[np.int64]:
    uses = np.zeros(model.nmesh, np.int64)
    for geom in np.flatnonzero(model.geom_type == mujoco.mjtGeom.mjGEOM_MESH):
        if model.geom_group[geom] < VISIBLE_GROUPS and model.geom_dataid[geom] >= 0:
            uses[model.geom_dataid[geom]] += 1
    return uses


def _simplified(model: mujoco.MjModel, shares: NDArray[np.int64]) -> mujoco.MjModel:
    drawn = copy.deepcopy(model)
    textured = _textured_meshes(model)
    for mesh in range(model.nmesh):
        if model.mesh_facenum[mesh] > shares[mesh] and mesh not in textured:
            _simplify_in_place(drawn, mesh, int(shares[mesh]))
    return drawn


def _textured_meshes(model: mujoco.MjModel) -> set[int]:
    """Meshes that show a texture by their own coordinates: these would be lost, so such a mesh stays as it is."""
    textured = set()
    for geom in np.flatnonzero(model.geom_type == mujoco.mjtGeom.mjGEOM_MESH):
        mesh, material = int(model.geom_dataid[geom]), int(model.geom_matid[geom])
        has_texture = material >= 0 and bool((model.mat_texid[material] >= 0).any())
        if has_texture and mesh >= 0 and model.mesh_texcoordadr[mesh] >= 0:
            textured.add(mesh)
    return textured


def _simplify_in_place(model: mujoco.MjModel, mesh: int, most_faces: int) -> None:
    vert_at, vert_room = int(model.mesh_vertadr[mesh]), int(model.mesh_vertnum[mesh])
    face_at, face_room = int(model.mesh_faceadr[mesh]), int(model.mesh_facenum[mesh])
    normal_at, normal_room = int(model.mesh_normaladr[mesh]), int(model.mesh_normalnum[mesh])
    vertices, faces = weld(*_mesh_arrays(model, mesh))
    for haste in _HASTE:
        if len(faces) > most_faces * 1.2:
            fewer = fast_simplification.simplify(vertices, faces, target_count=most_faces, agg=haste)
            vertices, faces = weld(np.asarray(fewer[0], np.float32), np.asarray(fewer[1], np.int32))
    if not 0 < len(faces) <= face_room or len(vertices) > vert_room:
        return  # nothing gained
    normals, corner_normals = corner_normals_of(vertices, faces, CREASE_DEG)
    if len(normals) > normal_room:
        normals, corner_normals = corner_normals_of(vertices, faces, 180.0)
    if len(normals) > normal_room:
        return
    model.mesh_vert[vert_at : vert_at + len(vertices)] = vertices
    model.mesh_face[face_at : face_at + len(faces)] = faces
    model.mesh_normal[normal_at : normal_at + len(normals)] = normals
    model.mesh_facenormal[face_at : face_at + len(faces)] = corner_normals
    model.mesh_vertnum[mesh], model.mesh_facenum[mesh] = len(vertices), len(faces)
    model.mesh_normalnum[mesh] = len(normals)
    model.mesh_texcoordadr[mesh] = -1
    model.mesh_graphadr[mesh] = -1  # the convex hull names vertices that are gone


def weld(vertices: Floats, faces: Ints) -> tuple[Floats, Ints]:
    """Merge vertices at the same place (as STL files have them), and drop triangles without area and unused vertices.

    Args:
        vertices: shape (n, 3), metres.
        faces: shape (m, 3), vertex numbers.

    Returns:
        The same two, smaller.
    """
    scale = max(float(np.abs(vertices).max(initial=0.0)), 1e-9)
    _, first, same = np.unique(
        np.round(vertices / scale, _WELD_DECIMALS), axis=0, return_index=True, return_inverse=True
    )
    welded = same.reshape(-1)[faces]
    real = (welded[:, 0] != welded[:, 1]) & (welded[:, 1] != welded[:, 2]) & (welded[:, 0] != welded[:, 2])
    used, renumbered = np.unique(welded[real], return_inverse=True)
    return (
        np.ascontiguousarray(vertices[first][used], np.float32),
        np.ascontiguousarray(renumbered.reshape(-1, 3), np.int32),
    )


def corner_normals_of(vertices: Floats, faces: Ints, crease_deg: float) -> tuple[Floats, Ints]:
    """Normals for smooth shading that stop at creases.

    Each corner of a triangle takes the area-weighted mean of the triangles about its vertex that are turned by less than
    `crease_deg` against its own.

    Returns:
        Distinct normals, shape (k, 3), unit length; and for each corner which one it has, shape (m, 3).
    """
    edges = vertices[faces]
    area = np.cross(edges[:, 1] - edges[:, 0], edges[:, 2] - edges[:, 0]).astype(np.float64)
    unit = area / np.maximum(np.linalg.norm(area, axis=1, keepdims=True), 1e-20)
    corner_vertex, corner_face = faces.reshape(-1), np.repeat(np.arange(len(faces)), 3)
    order = np.argsort(corner_vertex, kind="stable")
    sums = np.zeros((len(corner_vertex), 3))
    limit = np.cos(np.radians(crease_deg)) - 1e-9
    counts = np.bincount(corner_vertex, minlength=len(vertices))
    starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
    for turn in range(int(counts.max(initial=0))):
        # the turn-th triangle about each corner's vertex, for all corners at once
        there = turn < counts[corner_vertex]
        mine = np.flatnonzero(there)
        other = corner_face[order[starts[corner_vertex[mine]] + turn]]
        near = (unit[other] * unit[corner_face[mine]]).sum(axis=1) >= limit
        sums[mine[near]] += area[other[near]]
    length = np.linalg.norm(sums, axis=1, keepdims=True)
    sums = np.where(length > 1e-20, sums / np.maximum(length, 1e-20), unit[corner_face])
    normals, which = np.unique(np.round(sums, 2), axis=0, return_inverse=True)
    size = np.linalg.norm(normals, axis=1, keepdims=True)
    normals = np.where(size > 0, normals / np.maximum(size, 1e-12), [0.0, 0.0, 1.0])
    return normals.astype(np.float32), which.reshape(-1, 3).astype(np.int32)
