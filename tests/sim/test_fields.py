import json
import math
from pathlib import Path

import mujoco
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from py_remote_viewer.errors import MessageInvalid
from py_remote_viewer.protocol.messages import parse_client_message
from py_remote_viewer.sim.fields import Fields, Part, parse, readable, to_json

SCENES = Path(__file__).resolve().parents[2] / "scenes"
BALL = """<mujoco><worldbody><geom type="plane" size="2 2 .1"/><body pos="0 0 .099"><freejoint/>
<geom size=".1" mass="2"/></body></worldbody></mujoco>"""


def humanoid() -> tuple[mujoco.MjModel, mujoco.MjData]:
    """Standing, with contacts."""
    model = mujoco.MjModel.from_xml_path(str(SCENES / "standing_humanoid.xml"))
    data = mujoco.MjData(model)
    mujoco.mj_step(model, data, 50)
    return model, data


HUMANOID = humanoid()


@pytest.fixture
def running() -> tuple[mujoco.MjModel, mujoco.MjData]:
    model = mujoco.MjModel.from_xml_string(BALL)
    data = mujoco.MjData(model)
    mujoco.mj_step(model, data, 500)
    return model, data


def read(running: tuple[mujoco.MjModel, mujoco.MjData], field: str) -> list[float]:
    fields = Fields(*running)
    fields.count(field)
    values: list[float] = json.loads(fields.read(field))
    return values


def test_a_field_is_read_whole_or_in_part(running: tuple[mujoco.MjModel, mujoco.MjData]) -> None:
    data = running[1]
    assert read(running, "qpos") == pytest.approx(data.qpos.tolist(), rel=1e-8)
    assert read(running, "qpos[2]") == pytest.approx([data.qpos[2]], rel=1e-8)
    assert read(running, "xpos[3:6]") == pytest.approx(data.xpos[1].tolist(), rel=1e-8)
    assert read(running, "ncon") == [1]
    assert read(running, "time") == [1.0]


def test_what_was_written_after_a_reading_is_read_the_next_time(running: tuple[mujoco.MjModel, mujoco.MjData]) -> None:
    model, data = running
    fields = Fields(model, data)
    fields.count("efc_force[0:3]")
    before = fields.read("efc_force[0:3]")
    data.qpos[2] = 5.0
    mujoco.mj_forward(model, data)
    assert before != "[null,null,null]"
    assert fields.read("efc_force[0:3]") == "[null,null,null]"


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("qpso", "Did you mean qpos"),
        ("qpos[7]", "no qpos"),
        ("qpos[5:8]", "7 values"),
        ("qpos[4:4]", "empty"),
        ("efc_force[0:5000]", "at most 1024"),
        ("plugin_data", "no field"),
        ("pstack", "no field"),
        ("__class__", "no field"),
        ("model", "no field"),
        ("qpos[", "is no field"),
    ],
)
def test_what_cannot_be_watched_is_refused_in_words(
    running: tuple[mujoco.MjModel, mujoco.MjData], field: str, words: str
) -> None:
    with pytest.raises(MessageInvalid) as refused:
        Fields(*running).count(field)
    assert words in f"{refused.value.message} {refused.value.hint}"


def test_every_readable_field_of_a_model_with_everything_can_be_read() -> None:
    model = mujoco.MjModel.from_xml_path(str(SCENES / "standing_humanoid.xml"))
    data = mujoco.MjData(model)
    mujoco.mj_step(model, data, 5)
    fields = Fields(model, data)
    fields.prepare(readable())
    assert {"qpos", "ctrl", "xpos", "sensordata", "qfrc_actuator", "energy", "timer_ms", "nefc"} <= readable()
    for name in sorted(readable()):
        try:
            count = fields.count(name)
        except MessageInvalid as exc:
            assert "at most 1024" in exc.message
            continue
        assert len(json.loads(fields.read(name))) <= count
    fields.close()


@given(st.text(max_size=20) | st.from_regex(r"[a-z]{1,8}\[\d{0,3}:?\d{0,3}\]?", fullmatch=True))
def test_no_text_breaks_the_parser_and_the_protocol_lets_no_more_through_than_it_understands(text: str) -> None:
    try:
        part = parse(text)
    except MessageInvalid:
        return
    assert part.stop is None or 0 <= part.start < part.stop
    message = json.dumps({"type": "watch_values", "fields": [text]})
    if text.isascii() and not text[0].isdigit() and len(text) < 12:
        assert parse_client_message(message)


def test_a_part_says_where_it_is() -> None:
    assert parse("qpos") == Part("qpos")
    assert parse("qpos[3]") == Part("qpos", 3, 4)
    assert parse("xpos[6:9]") == Part("xpos", 6, 9)


@given(st.lists(st.floats() | st.integers(-(10**6), 10**6), max_size=30))
def test_numbers_survive_as_json_to_nine_digits(values: list[float]) -> None:
    back = json.loads(to_json(values))
    assert len(back) == len(values)
    for value, read_back in zip(values, back, strict=True):
        if math.isfinite(value):
            assert read_back == pytest.approx(value, rel=1e-8)
        else:
            assert read_back is None


def test_reading_changes_no_bit_of_what_the_simulation_computes() -> None:
    model = mujoco.MjModel.from_xml_path(str(SCENES / "standing_humanoid.xml"))
    watched, alone = mujoco.MjData(model), mujoco.MjData(model)
    names = [name for name in readable() if name not in ("timer_ms",)]
    fields = Fields(model, watched)
    fields.prepare([*names, "timer_ms"])
    for _ in range(100):
        mujoco.mj_step(model, watched)
        for name in ("energy", "contact_force", "timer_ms", "solver_gradient", "xpos", "qfrc_constraint"):
            fields.read(name)
        mujoco.mj_step(model, alone)
    fields.close()
    assert np.array_equal(watched.qpos, alone.qpos)
    assert np.array_equal(watched.qvel, alone.qvel)


@given(st.sampled_from(sorted(readable())), st.integers(0, 2000) | st.just(10**9 - 2), st.integers(1, 1100))
@settings(deadline=None)
def test_whatever_part_is_asked_for_is_given_in_full_or_refused(name: str, start: int, length: int) -> None:
    fields = Fields(*HUMANOID)
    field = f"{name}[{start}:{start + length}]"
    try:
        count = fields.count(field)
    except MessageInvalid:
        return
    assert len(json.loads(fields.read(field))) == count == length
