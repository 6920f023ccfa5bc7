import math
from typing import Any

import mujoco
import pytest
from hypothesis import given
from hypothesis import strategies as st

from py_remote_viewer.errors import MessageInvalid
from py_remote_viewer.sim.options import AUTORESET, ModelOptions
from py_remote_viewer.sim.simulation import Simulation

XML = """<mujoco><option timestep=".004" integrator="RK4"/><worldbody><geom type="plane" size="1 1 .1"/>
<body pos="0 0 1"><freejoint/><geom size=".1"/></body></worldbody></mujoco>"""


@pytest.fixture
def simulation() -> Simulation:
    return Simulation(mujoco.MjModel.from_xml_string(XML))


@pytest.fixture
def options(simulation: Simulation) -> ModelOptions:
    return ModelOptions(simulation.model)


def test_every_field_and_every_flag_of_mujoco_is_there(options: ModelOptions) -> None:
    fields = {name for name in dir(mujoco.MjOption) if not name.startswith("_")}
    flags = [*mujoco.mjtDisableBit.__members__, *mujoco.mjtEnableBit.__members__]
    bits = {name for name in flags if not name.startswith("mjN")}
    groups = {f"disableactuator.{group}" for group in range(mujoco.mjNGROUP)}
    assert set(options.table) == (fields - {"disableflags", "enableflags", "disableactuator"}) | bits | groups
    assert len(bits) == mujoco.mjtDisableBit.mjNDISABLE + mujoco.mjtEnableBit.mjNENABLE
    assert options.table["mjENBL_ENERGY"].label == "Energy"
    assert options.table["gravity"].about == "gravitational acceleration"


def test_a_value_reaches_the_model_under_its_own_name(simulation: Simulation, options: ModelOptions) -> None:
    opt = simulation.model.opt
    wanted: dict[str, Any] = {
        "timestep": 0.001,
        "gravity": [0, 1, -1.62],
        "integrator": "implicitfast",
        "solver": "CG",
        "cone": 1,
        "iterations": 7,
        "mjDSBL_CONTACT": True,
        "mjENBL_ENERGY": True,
        "disableactuator.2": True,
        "o_solref": [0.1, 0.5],
    }
    options.set(wanted, simulation.data)
    assert opt.timestep == 0.001
    assert opt.gravity.tolist() == [0, 1, -1.62]
    assert opt.integrator == mujoco.mjtIntegrator.mjINT_IMPLICITFAST
    assert (opt.solver, opt.cone, opt.iterations) == (mujoco.mjtSolver.mjSOL_CG, 1, 7)
    assert opt.disableflags & mujoco.mjtDisableBit.mjDSBL_CONTACT
    assert opt.enableflags == mujoco.mjtEnableBit.mjENBL_ENERGY
    assert opt.disableactuator == 4
    assert options.changed().keys() == wanted.keys()
    assert options.value(options.table["cone"]) == "elliptic"
    options.reset()
    assert options.changed() == {}
    assert (opt.timestep, opt.integrator, opt.disableactuator) == (0.004, 1, 0)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("timestep", 0),
        ("timestep", -0.01),
        ("timestep", math.nan),
        ("timestep", "fast"),
        ("timestep", True),
        ("gravity", [0, 0]),
        ("gravity", [0, 0, math.inf]),
        ("gravity", 9.81),
        ("iterations", 2.5),
        ("iterations", 10_001),
        ("tolerance", -1e-9),
        ("integrator", "euller"),
        ("integrator", 17),
        ("mjDSBL_CONTACT", 2),
        ("mjDSBL_CONTACT", "yes"),
        ("mjDSBL_NOTHING", True),
        ("disableflags", 3),
        ("__class__", 1),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_nothing_changes(
    simulation: Simulation, options: ModelOptions, name: str, value: object
) -> None:
    before = options.values()
    with pytest.raises(MessageInvalid) as refused:
        options.set({"gravity": [0, 0, 0], name: value}, simulation.data)
    assert refused.value.hint
    assert options.values() == before


@given(
    st.text(max_size=30),
    st.one_of(st.floats(), st.integers(), st.booleans(), st.text(max_size=9), st.lists(st.floats())),
)
def test_nothing_that_is_sent_breaks_the_model(name: str, value: object) -> None:
    simulation = Simulation(mujoco.MjModel.from_xml_string(XML))
    options = ModelOptions(simulation.model)
    for one in (name, *options.table):
        try:
            options.set({one: value}, simulation.data)
        except MessageInvalid:
            continue
    assert math.isfinite(simulation.model.opt.timestep)
    assert simulation.model.opt.timestep > 0


def test_what_mujoco_itself_refuses_is_taken_back(monkeypatch: pytest.MonkeyPatch) -> None:
    simulation = Simulation(mujoco.MjModel.from_xml_string(XML))
    options = ModelOptions(simulation.model)

    def refuse(model: mujoco.MjModel, data: mujoco.MjData) -> None:
        raise mujoco.FatalError("not with this integrator")

    monkeypatch.setattr(mujoco, "mj_step", refuse)
    with pytest.raises(MessageInvalid, match="not with this integrator"):
        options.set({"mjENBL_SLEEP": True}, simulation.data)
    assert options.changed() == {}


def test_a_misspelt_name_is_corrected(simulation: Simulation, options: ModelOptions) -> None:
    with pytest.raises(MessageInvalid) as refused:
        options.set({"gravty": [0, 0, 0]}, simulation.data)
    assert "gravity" in refused.value.hint


def test_a_divergence_is_seen_whatever_automatic_reset_says(
    simulation: Simulation, capfd: pytest.CaptureFixture[str]
) -> None:
    options = ModelOptions(simulation.model)
    assert options.value(options.table[AUTORESET]) is True
    options.set({AUTORESET: False, "gravity": [0, 0, 1e10], "timestep": 1.0}, simulation.data)
    assert options.auto_reset
    simulation.advance(1000, 5.0)
    assert simulation.diverged_at is not None
    options.reset()
    assert not options.auto_reset
