"""The model as `GET /api/scene/details` tells it, as types for OpenAPI. Made in the engine (`sim/model_facts.py`)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from py_remote_viewer.web.answers import Answer


class NamedObject(Answer):
    """Something of the model that something else refers to."""

    kind: str = Field(examples=["joint"])
    id: int
    name: str = Field(description="Empty where it has none.")


class BodyFacts(Answer):
    """A body; its joints, geoms and sites name it by `body`."""

    id: int
    name: str
    parent: int = Field(description="The world, body 0, is its own parent.")
    mass: float = Field(description="kg.")
    subtree_mass: float = Field(description="kg, with everything that hangs on it.")
    inertia: list[float] = Field(description="Diagonal, kg·m², in the frame of its inertia.")
    mocap: bool


class JointFacts(Answer):
    """A joint: where its values are in `qpos` and `qvel`."""

    id: int
    name: str
    body: int
    type: Literal["free", "ball", "slide", "hinge"]
    limited: bool
    range: list[float]
    unit: Literal["rad", "m", ""]
    qposadr: int
    dofadr: int
    qpos0: list[float] = Field(description="Its values in the reference pose.")
    group: int


class GeomFacts(Answer):
    """A geom."""

    id: int
    name: str
    body: int
    type: str
    size: list[float]
    rgba: list[float]
    group: int
    asset: str = Field(description="Name of its mesh or height field.")


class SiteFacts(Answer):
    """A site."""

    id: int
    name: str
    body: int
    group: int


class CameraFacts(Answer):
    """A camera of the model."""

    id: int
    name: str
    body: int
    fov_deg: float


class LightFacts(Answer):
    """A light."""

    id: int
    name: str
    body: int


class ActuatorFacts(Answer):
    """An actuator; its number is its index in `ctrl`."""

    id: int
    name: str
    type: str = Field(description="The MJCF shortcut it is: `motor`, `position`, `velocity`, …, or `general`.")
    unit: str = Field(description="Of its control, where that is known.")
    target: NamedObject | None
    ctrllimited: bool
    ctrlrange: list[float]
    forcerange: list[float] | None
    group: int
    actadr: int = Field(description="First index in `act`, or -1.")
    actnum: int


class EqualityFacts(Answer):
    """An equality constraint."""

    id: int
    name: str
    type: str
    active0: bool = Field(description="At reset; `eq_active` says how it is now.")
    objects: list[NamedObject]


class SensorFacts(Answer):
    """A sensor: `dim` values of `sensordata` from `adr` on."""

    id: int
    name: str
    type: str
    dim: int
    adr: int
    unit: str
    cutoff: float
    object: NamedObject | None


class TendonFacts(Answer):
    """A tendon; its number is its index in `ten_length`."""

    id: int
    name: str
    limited: bool
    range: list[float]


class KeyframeFacts(Answer):
    """A keyframe of the model."""

    id: int
    name: str
    time: float


class ModelFacts(Answer):
    """A page of every list, and how much is left."""

    scene_id: int
    sizes: dict[str, int] = Field(examples=[{"nbody": 17, "nq": 28, "nv": 27, "nu": 21}])
    offset: int
    limit: int
    more: dict[str, int] = Field(description="List to how many of it come after this page.", examples=[{"geoms": 1200}])
    fields: list[str] = Field(description="What `watch_values` can read.", examples=[["qpos", "qvel", "energy"]])
    bodies: list[BodyFacts]
    joints: list[JointFacts]
    geoms: list[GeomFacts]
    sites: list[SiteFacts]
    cameras: list[CameraFacts]
    lights: list[LightFacts]
    actuators: list[ActuatorFacts]
    equalities: list[EqualityFacts]
    sensors: list[SensorFacts]
    tendons: list[TendonFacts]
    keyframes: list[KeyframeFacts]
