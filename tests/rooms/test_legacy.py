import pytest
from hypothesis import given
from hypothesis import strategies as st

from py_remote_viewer.errors import MessageInvalid
from py_remote_viewer.protocol.camera_input import FrameScene, Orbit, Pan, Zoom
from py_remote_viewer.protocol.events import CommandEvent, InputEvent, KeyEvent, MouseEvent, ScrollEvent
from py_remote_viewer.protocol.messages import EngineInput
from py_remote_viewer.protocol.sim_commands import Pause, Play, Reset, Step
from py_remote_viewer.rooms.legacy import LegacyInput


def drag(buttons: int, dx: float, dy: float) -> list[EngineInput]:
    legacy = LegacyInput()
    legacy.translate(MouseEvent(type="mouse_down", x=100, y=100, buttons=buttons), paused=False)
    return legacy.translate(MouseEvent(type="mouse_move", x=100 + dx, y=100 + dy, buttons=buttons), paused=False)


def command(cmd: str, **params: object) -> list[EngineInput]:
    return LegacyInput().translate(CommandEvent(type="command", cmd=cmd, params=params), paused=False)


def test_a_left_drag_turns_half_a_degree_per_pixel() -> None:
    assert drag(1, 10, -4) == [Orbit(d_azimuth=-5, d_elevation=2)]


def test_a_right_drag_pans_and_a_middle_drag_zooms() -> None:
    [pan] = drag(2, 10, 0)
    assert isinstance(pan, Pan)
    assert pan.dx == pytest.approx(0.1207, abs=1e-4)
    [zoom] = drag(4, 0, 10)
    assert isinstance(zoom, Zoom)
    assert zoom.amount < 0


def test_moving_without_a_button_or_without_a_start_does_nothing() -> None:
    assert drag(0, 10, 10) == []
    assert LegacyInput().translate(MouseEvent(type="mouse_move", x=1, y=1, buttons=1), paused=False) == []


def test_a_new_drag_starts_where_it_is_pressed() -> None:
    legacy = LegacyInput()
    for kind, x, buttons in (("mouse_down", 0, 1), ("mouse_up", 5, 0), ("mouse_down", 500, 1)):
        legacy.translate(MouseEvent.model_validate({"type": kind, "x": x, "y": 0, "buttons": buttons}), paused=False)
    [orbit] = legacy.translate(MouseEvent(type="mouse_move", x=502, y=0, buttons=1), paused=False)
    assert orbit == Orbit(d_azimuth=-1, d_elevation=0)


def test_one_notch_towards_oneself_goes_a_tenth_away() -> None:
    assert LegacyInput().translate(ScrollEvent(type="scroll", dy=100), paused=False) == [Zoom(amount=-0.1)]


@pytest.mark.parametrize(
    ("cmd", "params", "expected"),
    [
        ("play", {}, Play()),
        ("start", {}, Play()),
        ("resume", {}, Play()),
        ("pause", {}, Pause()),
        ("stop", {}, Pause()),
        ("pause_simulation", {}, Pause()),
        ("reset", {}, Reset()),
        ("reset_simulation", {}, Reset()),
        ("step", {}, Step(count=1)),
        ("step", {"num_steps": 50}, Step(count=50)),
        ("step", {"steps": 2}, Step(count=2)),
        ("step", {"count": 3}, Step(count=3)),
        ("reset_camera", {}, FrameScene(view="initial")),
        ("set_camera_preset", {"preset": "top"}, FrameScene(view="top")),
        ("camera_preset", {"preset": "side"}, FrameScene(view="side")),
    ],
)
def test_every_command_of_the_original_has_a_translation(
    cmd: str, params: dict[str, object], expected: EngineInput
) -> None:
    assert command(cmd, **params) == [expected]


def test_an_unknown_command_is_refused_with_the_list_of_known_ones() -> None:
    with pytest.raises(MessageInvalid) as caught:
        command("fly")
    assert "fly" in caught.value.message
    assert "reset_camera" in caught.value.hint


@pytest.mark.parametrize("count", [0, -1, 10_001, 1.5, "7", True, None, [1]])
def test_a_step_count_that_cannot_be_used_is_refused(count: object) -> None:
    with pytest.raises(MessageInvalid):
        command("step", count=count)


def test_the_space_bar_flips_between_play_and_pause() -> None:
    press = KeyEvent(type="key_down", code="Space")
    assert LegacyInput().translate(press, paused=True) == [Play()]
    assert LegacyInput().translate(press, paused=False) == [Pause()]


def test_keys_with_ctrl_belong_to_the_browser() -> None:
    assert LegacyInput().translate(KeyEvent(type="key_down", code="ArrowLeft", ctrl=True), paused=False) == []


pixels = st.floats(-100_000, 100_000)
events: st.SearchStrategy[InputEvent] = st.one_of(
    st.builds(
        MouseEvent,
        type=st.sampled_from(["mouse_down", "mouse_move", "mouse_up"]),
        x=pixels,
        y=pixels,
        buttons=st.integers(0, 31),
    ),
    st.builds(ScrollEvent, type=st.just("scroll"), x=pixels, y=pixels, dx=pixels, dy=pixels),
    st.builds(
        KeyEvent,
        type=st.sampled_from(["key_down", "key_up"]),
        code=st.sampled_from(["ArrowUp", "PageDown", "Space", "KeyQ", ""]),
        key=st.text(max_size=5),
        ctrl=st.booleans(),
    ),
    st.builds(
        CommandEvent,
        type=st.just("command"),
        cmd=st.one_of(st.text(max_size=10), st.sampled_from(["step", "play", "camera_preset"])),
        params=st.dictionaries(
            st.sampled_from(["count", "preset", "steps", "x"]),
            st.one_of(st.none(), st.integers(), st.text(max_size=5), st.lists(st.integers(), max_size=2)),
            max_size=4,
        ),
    ),
)


@given(st.lists(events, max_size=30), st.booleans())
def test_no_order_of_events_raises_anything_but_a_refusal(sequence: list[InputEvent], paused: bool) -> None:
    legacy = LegacyInput()
    for event in sequence:
        try:
            made = legacy.translate(event, paused=paused)
        except MessageInvalid:
            assert isinstance(event, CommandEvent)
        else:
            assert len(made) <= 1
