"""What people change of a model while it runs: it comes back from JSON as it was, and nonsense is refused in words."""

import json

import mujoco
import pytest

from py_remote_viewer.errors import RecordingInvalid
from py_remote_viewer.record.options import FIELDS, options_of, set_options, set_visual, visual_of
from tests.record.trajectories import MODEL


def test_every_option_comes_back_from_json_exactly() -> None:
    changed, fresh = (mujoco.MjModel.from_xml_string(MODEL) for _ in range(2))
    changed.opt.gravity[:] = (0.1, -1 / 3, 9.81)
    changed.opt.timestep = 1 / 700
    changed.opt.integrator = mujoco.mjtIntegrator.mjINT_RK4
    changed.opt.disableflags |= int(mujoco.mjtDisableBit.mjDSBL_CONTACT)
    changed.vis.headlight.diffuse[:] = (0.1, 0.2, 0.3)
    changed.vis.map.force = 0.5
    options, visual = json.loads(json.dumps([options_of(changed), visual_of(changed)]))
    assert set(options) == set(FIELDS)
    set_options(fresh, options)
    set_visual(fresh, visual)
    assert options_of(fresh) == options_of(changed)
    assert visual_of(fresh) == visual_of(changed)
    assert visual_of(fresh) != visual_of(mujoco.MjModel.from_xml_string(MODEL))


@pytest.mark.parametrize("options", [{"sparkle": 1}, {"gravity": [1, 2]}, {"timestep": "fast"}, {"integrator": None}])
def test_nonsense_is_refused_in_words(options: dict[str, object]) -> None:
    with pytest.raises(RecordingInvalid):
        set_options(mujoco.MjModel.from_xml_string(MODEL), options)  # type: ignore[arg-type]


def test_visual_settings_of_another_version_are_passed_over_and_broken_ones_refused() -> None:
    model = mujoco.MjModel.from_xml_string(MODEL)
    before = visual_of(model)
    set_visual(model, {"vis.map.sparkle": 1.0})
    assert visual_of(model) == before
    with pytest.raises(RecordingInvalid, match=r"vis\.map\.force"):
        set_visual(model, {"vis.map.force": "strong"})  # type: ignore[dict-item]
