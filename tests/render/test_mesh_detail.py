import mujoco
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from py_remote_viewer.render.mesh_detail import MeshDetail, corner_normals_of, face_shares, weld


def sphere(rings: int, radius: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
    """A closed sphere of triangles as STL files have it: every triangle with its own three vertices."""
    theta = np.linspace(0, np.pi, rings + 1)
    phi = np.linspace(0, 2 * np.pi, 2 * rings + 1)
    grid = radius * np.stack(
        [
            np.outer(np.sin(theta), np.cos(phi)),
            np.outer(np.sin(theta), np.sin(phi)),
            np.outer(np.cos(theta), np.ones_like(phi)),
        ],
        axis=-1,
    )
    quads = [
        (grid[i, j], grid[i + 1, j], grid[i + 1, j + 1], grid[i, j + 1]) for i in range(rings) for j in range(2 * rings)
    ]
    triangles = [t for a, b, c, d in quads for t in ((a, b, c), (a, c, d))]
    vertices = np.array(triangles, np.float32).reshape(-1, 3)
    return vertices, np.arange(len(vertices), dtype=np.int32).reshape(-1, 3)


def mesh_model(rings: int) -> mujoco.MjModel:
    vertices, faces = sphere(rings, 0.5)
    spec = mujoco.MjSpec()
    mesh = spec.add_mesh(name="ball")
    mesh.uservert, mesh.userface = vertices.reshape(-1).tolist(), faces.reshape(-1).tolist()
    for x in (0.0, 2.0):
        body = spec.worldbody.add_body(pos=[x, 0, 1])
        body.add_freejoint()
        body.add_geom(type=mujoco.mjtGeom.mjGEOM_MESH, meshname="ball")
    return spec.compile()


def test_welding_closes_a_triangle_soup() -> None:
    vertices, faces = sphere(16)
    welded, kept = weld(vertices, faces)
    assert len(welded) == 16 * 32 - 32 + 2  # rings without the seam, and two poles
    edges = np.sort(np.concatenate([kept[:, [0, 1]], kept[:, [1, 2]], kept[:, [2, 0]]]), axis=1)
    _, counts = np.unique(edges, axis=0, return_counts=True)
    assert (counts == 2).all()  # closed: every edge between two triangles


def test_a_smooth_ball_gets_smooth_normals_and_a_cube_keeps_its_edges() -> None:
    vertices, faces = weld(*sphere(16))
    normals, corners = corner_normals_of(vertices, faces, 40.0)
    outward = vertices / np.linalg.norm(vertices, axis=1, keepdims=True)
    assert (np.abs(normals[corners] - outward[faces]).max()) < 0.15

    cube = np.array([(x, y, z) for x in (0, 1) for y in (0, 1) for z in (0, 1)], np.float32)
    quads = [(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3)]
    triangles = np.array([t for a, b, c, d in quads for t in ((a, b, c), (a, c, d))], np.int32)
    normals, _ = corner_normals_of(cube, triangles, 40.0)
    assert sorted(map(tuple, np.round(normals).astype(int).tolist())) == sorted(
        [(1, 0, 0), (-1, 0, 0), (0, 1, 0), (0, -1, 0), (0, 0, 1), (0, 0, -1)]
    )


@given(
    st.lists(st.tuples(st.integers(1, 50_000), st.floats(0, 10), st.integers(0, 4)), min_size=1, max_size=30),
    st.integers(3_000, 100_000),
)
def test_shares_keep_to_the_budget(meshes: list[tuple[int, float, int]], budget: int) -> None:
    faces, areas, uses = (np.array(column) for column in zip(*meshes, strict=True))
    shares = face_shares(faces, areas, uses, budget)
    assert (shares <= faces).all()
    least = int((np.minimum(faces, 60) * uses).sum())
    assert int((shares * uses).sum()) <= max(budget, least)


def test_a_model_within_the_budget_is_drawn_as_it_is() -> None:
    model = mesh_model(8)
    detail = MeshDetail(model)
    assert detail.budget(1_000_000) is None
    assert detail.model(1_000_000) is model


def test_a_copy_can_be_made_beside() -> None:
    detail = MeshDetail(mesh_model(48))
    assert detail.prepare(None)
    assert not detail.prepare(3_000)
    made = detail.model(3_000)  # waits for the one under way
    assert detail.prepare(3_000)
    assert detail.model(3_000) is made


def test_a_heavy_model_gets_fewer_triangles_of_the_same_shape() -> None:
    model = mesh_model(64)
    detail = MeshDetail(model)
    drawn = detail.model(4_000)
    assert drawn is not model
    assert detail.drawn_faces == 2 * int(model.mesh_facenum[0])
    assert 500 < int(drawn.mesh_facenum[0]) <= 2_500
    used = drawn.mesh_face[: int(drawn.mesh_facenum[0])]
    radii = np.linalg.norm(drawn.mesh_vert[np.unique(used)], axis=1)
    assert radii == pytest.approx(0.5, abs=0.01)
    lengths = np.linalg.norm(drawn.mesh_normal[: int(drawn.mesh_normalnum[0])], axis=1)
    assert lengths == pytest.approx(1.0, abs=1e-3)
    assert int(used.max()) < int(drawn.mesh_vertnum[0])
    assert int(model.mesh_facenum[0]) > 10_000  # the original, which physics uses, is untouched
