"""The feed alone, on a real simulation: what is granted, when it is sent, and that it rests when nobody looks."""

from __future__ import annotations

import json

import mujoco
import pytest

from py_remote_viewer.engine.value_feed import MAX_PEER_VALUES, ValueFeed
from py_remote_viewer.protocol.engine_values import FieldsGranted, FieldsResolved, ValuesSampled, WatchFields
from py_remote_viewer.sim.simulation import Simulation

PENDULUM = """<mujoco><worldbody><body pos="0 0 1"><joint axis="0 1 0"/>
<geom type="capsule" fromto="0 0 0 1 0 0" size=".1"/></body></worldbody></mujoco>"""
MANY = """<mujoco><worldbody><replicate count="1000" offset="1 0 0"><body pos="0 0 1"><joint axis="0 1 0"/>
<geom size=".1" pos=".2 0 0"/></body></replicate></worldbody></mujoco>"""


class Server:
    """Hears what the server would hear."""

    def __init__(self) -> None:
        self.granted: list[dict[str, FieldsGranted]] = []
        self.sampled: list[dict[str, list[float]]] = []

    def hear(self, message: FieldsResolved | ValuesSampled, data: bytes) -> None:
        if isinstance(message, FieldsResolved):
            self.granted.append({one.peer_id: one for one in message.granted})
            return
        values, at = {}, 0
        for field, length in zip(message.fields, message.lengths, strict=True):
            values[field] = json.loads(data[at : at + length])
            at += length
        assert at == len(data)
        self.sampled.append(values)


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def feed(server: Server) -> ValueFeed:
    return ValueFeed(server.hear)


def simulation(xml: str = PENDULUM) -> Simulation:
    return Simulation(mujoco.MjModel.from_xml_string(xml))


def test_nothing_is_read_and_nothing_is_sent_while_nobody_watches(feed: ValueFeed, server: Server) -> None:
    running = simulation()
    feed.show(running)
    for tick in range(100):
        running.advance(8, 1.0)
        feed.touch()
        feed.feed(tick / 60)
    assert (feed.samples, feed.is_watched, feed.wait_s(99.0)) == (0, False, None)
    assert server.granted == server.sampled == []


def test_a_field_that_two_peers_want_is_sent_once(feed: ValueFeed, server: Server) -> None:
    feed.show(simulation())
    feed.watch(WatchFields(peers={"ada": ("qpos", "time"), "bob": ("qpos", "qvel[0]")}))
    feed.feed(1.0)
    assert list(server.sampled[0]) == ["qpos", "time", "qvel[0]"]
    assert server.granted[0]["bob"].fields == ("qpos", "qvel[0]")


def test_sixty_ticks_a_second_give_thirty_samples(feed: ValueFeed, server: Server) -> None:
    feed.show(simulation())
    feed.watch(WatchFields(peers={"ada": ("qpos",)}))
    for tick in range(120):
        feed.touch()
        feed.feed(tick / 60 + 0.0005 * (tick % 3))
    assert len(server.sampled) == pytest.approx(60, abs=2)


def test_a_slower_rate_is_kept(feed: ValueFeed, server: Server) -> None:
    feed.show(simulation())
    feed.watch(WatchFields(peers={"ada": ("qpos",)}, hz=5))
    for tick in range(120):
        feed.touch()
        feed.feed(tick / 60)
    assert len(server.sampled) == pytest.approx(10, abs=2)


def test_a_paused_simulation_is_sent_once_and_again_when_it_is_changed(feed: ValueFeed, server: Server) -> None:
    feed.show(simulation())
    feed.watch(WatchFields(peers={"ada": ("qpos",)}))
    for tick in range(100):
        feed.feed(tick / 10)
    assert len(server.sampled) == 1
    feed.touch()
    assert feed.wait_s(10.0) == 0
    feed.feed(10.0)
    assert len(server.sampled) == 2
    assert feed.wait_s(10.0) is None


def test_another_model_is_asked_anew_for_what_people_want(feed: ValueFeed, server: Server) -> None:
    feed.show(simulation())
    feed.watch(WatchFields(peers={"ada": ("qpos[0]", "ctrl[0]")}))
    assert server.granted[0]["ada"].fields == ("qpos[0]",)
    assert "ctrl has 0 values" in server.granted[0]["ada"].problems["ctrl[0]"]
    feed.show(simulation(MANY))
    assert server.granted[1]["ada"].fields == ("qpos[0]",)


def test_one_page_gets_its_share_and_no_more(feed: ValueFeed, server: Server) -> None:
    feed.show(simulation(MANY))
    wishes = tuple(f"{name}[0:1000]" for name in ("qpos", "qvel", "qacc", "qfrc_bias"))
    feed.watch(WatchFields(peers={"greedy": wishes, "modest": ("qpos[0:1000]", "time")}))
    granted = server.granted[0]
    assert granted["greedy"].fields == wishes[: MAX_PEER_VALUES // 1000]
    assert all("too much" in reason for reason in granted["greedy"].problems.values())
    assert granted["modest"].fields == ("qpos[0:1000]", "time")


def test_a_room_has_a_bound_too(feed: ValueFeed, server: Server) -> None:
    feed.show(simulation(MANY))
    names = (
        "qpos",
        "qvel",
        "qacc",
        "qfrc_bias",
        "qfrc_passive",
        "qfrc_smooth",
        "qfrc_applied",
        "qacc_smooth",
        "subtree_com",
    )
    feed.watch(WatchFields(peers={name: (f"{name}[0:1000]",) for name in names} | {"late": ("qpos[0:1000]",)}))
    assert [name for name, one in server.granted[0].items() if not one.fields] == ["subtree_com"]


def test_watching_before_there_is_a_model_starts_with_the_model(feed: ValueFeed, server: Server) -> None:
    feed.watch(WatchFields(peers={"ada": ("qpos",)}))
    feed.feed(0.0)
    assert server.granted == []
    feed.show(simulation())
    feed.feed(0.1)
    assert server.sampled == [{"qpos": [0]}]


def test_who_stops_watching_ends_it(feed: ValueFeed, server: Server) -> None:
    feed.show(simulation())
    feed.watch(WatchFields(peers={"ada": ("qpos",)}))
    feed.watch(WatchFields())
    feed.touch()
    feed.feed(5.0)
    assert server.sampled == []
