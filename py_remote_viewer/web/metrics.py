"""Prometheus: figures are read from the rooms when somebody scrapes, so that nothing is counted twice or per picture."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from statistics import median

from prometheus_client import CollectorRegistry
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric, SummaryMetricFamily
from prometheus_client.registry import Collector

from py_remote_viewer.rooms.parts import MediaStats
from py_remote_viewer.rooms.registry import RoomRegistry
from py_remote_viewer.rooms.room import Room
from py_remote_viewer.web.loop_meter import LoopMeter
from py_remote_viewer.web.meter import open_files, resident_bytes

PEERS = {
    "peer_fps_shown": "Pictures a second on the screen.",
    "peer_latency_seconds": "From the simulation's state to the screen.",
    "peer_rtt_seconds": "Round trip of the media connection.",
    "peer_loss_ratio": "Share of packets lost lately.",
}
RUNGS = {
    "rung_peers": "People whom pictures of this rung reach.",
    "rung_packets_resent": "Packets sent again to those who are on this rung now.",
    "rung_pictures_dropped": "Pictures thrown away for those who are on this rung now, because they were too slow.",
}
STAGES = ("step", "update", "render", "read", "convert", "encode")


class RoomCollector(Collector):
    """Every figure of every room, with the label `room`."""

    def __init__(self, rooms: RoomRegistry, loop_meter: LoopMeter) -> None:
        self._rooms = rooms
        self._loop_meter = loop_meter

    def collect(self) -> Iterator[Metric]:
        """All families, read now."""
        rooms = list(self._rooms.rooms.values())
        yield GaugeMetricFamily("viewer_server_memory_bytes", "Resident memory of the server.", value=resident_bytes())
        stall_s = self._loop_meter.stall_ms() / 1e3
        yield GaugeMetricFamily(
            "viewer_loop_stall_seconds", "Longest stall of the loop in the last 10 s.", value=stall_s
        )
        yield GaugeMetricFamily("viewer_server_tasks", "Tasks of the loop.", value=len(asyncio.all_tasks()))
        yield GaugeMetricFamily("viewer_server_open_files", "Open files and sockets.", value=open_files())
        yield GaugeMetricFamily("viewer_rooms", "Open rooms.", value=len(rooms))
        families = _families()
        for room in rooms:
            _fill(families, room)
        yield from families.values()


def registry_of(rooms: RoomRegistry, loop_meter: LoopMeter) -> CollectorRegistry:
    """A registry of our own: the default one is shared by whatever else runs in the process."""
    registry = CollectorRegistry()
    registry.register(RoomCollector(rooms, loop_meter))
    return registry


def _families() -> dict[str, Metric]:
    label = ["room"]
    counters = {
        "pictures": "Encoded pictures handed to the fan-out.",
        "picture_bytes": "Bytes of those pictures.",
        "idrs": "Pictures among them that decode on their own.",
        "connections": "People who joined.",
        "messages": "Messages that people sent.",
        "scene_loads": "Scenes shown.",
        "scene_load_failures": "Scenes refused.",
        "engine_restarts": "Engines that died and were replaced.",
        "recordings": "Recordings begun.",
        "recording_failures": "Recordings that an error ended, or that could not begin.",
        "recording_pictures": "Pictures handed to the video files of recordings.",
        "recording_bytes": "Bytes written of recordings.",
        "publish_attempts": "Connections begun to the server that the room is published to.",
        "publish_packets": "RTP packets sent to it.",
    }
    gauges = {
        "peers": "People in the room.",
        "peers_watching": "People whom pictures reach.",
        "real_time_factor": "Simulated seconds per second.",
        "picture_rate_hz": "Encoded pictures a second.",
        "bitrate_bps": "Bits a second of the encoded pictures.",
        "engine_memory_bytes": "Resident memory of the engine.",
        "engine_cpu_seconds": "CPU time of the running engine.",
        "engine_up": "1 while an engine runs.",
        "recording_up": "1 while the room is recorded.",
        "publish_up": "1 while pictures reach the server that the room is published to.",
    }
    families: dict[str, Metric] = {}
    for name, text in counters.items():
        families[name] = CounterMetricFamily(f"viewer_{name}", text, labels=label)
    for name, text in gauges.items():
        families[name] = GaugeMetricFamily(f"viewer_{name}", text, labels=label)
    families["stage_seconds"] = GaugeMetricFamily(
        "viewer_stage_seconds", "Time per picture by stage, median of a second.", labels=["room", "stage"]
    )
    for name, text in RUNGS.items():
        families[name] = GaugeMetricFamily(f"viewer_{name}", text, labels=["room", "rung", "transport"])
    for name, text in PEERS.items():
        families[name] = GaugeMetricFamily(f"viewer_{name}", f"{text} Median and worst peer.", labels=["room", "stat"])
    families["compile_seconds"] = SummaryMetricFamily(
        "viewer_compile_seconds", "Time that compiling scenes took, failed ones included.", labels=label
    )
    return families


def _fill(families: dict[str, Metric], room: Room) -> None:
    counters, engine, status = room.counters, room.engine, room.reports.status
    recorded = room.recorder.figures()
    values: dict[str, float] = {
        "pictures": counters.pictures,
        "picture_bytes": counters.picture_bytes,
        "idrs": counters.idrs,
        "connections": counters.joined,
        "messages": counters.events,
        "scene_loads": counters.loads,
        "scene_load_failures": counters.loads_failed,
        "engine_restarts": engine.restarts if engine else 0,
        "peers": len(room.members),
        "peers_watching": sum(member.is_watching for member in room.members.values()),
        "engine_up": 1 if engine and engine.pid else 0,
        "recording_up": 1 if room.recorder.is_recording else 0,
        "recordings": recorded.begun,
        "recording_failures": recorded.failed,
        "recording_pictures": recorded.pictures,
        "recording_bytes": recorded.bytes,
    }
    if room.publisher is not None:
        published = room.publisher.stats()
        values |= {
            "publish_up": 1 if published.state == "publishing" else 0,
            "publish_attempts": published.attempts,
            "publish_packets": published.packets_sent,
        }
    if status is not None:
        values |= {
            "real_time_factor": status.simulation.real_time_factor,
            "picture_rate_hz": status.picture.fps,
            "bitrate_bps": status.picture.bitrate_bps,
            "engine_memory_bytes": status.rss_bytes,
            "engine_cpu_seconds": status.cpu_s,
        }
        for stage in STAGES:
            _add(families["stage_seconds"], [room.room_id, stage], getattr(status.picture.stage_ms, stage) / 1000)
    for name, value in values.items():
        _add(families[name], [room.room_id], value)
    for name, (found, worst) in _of_peers(room).items():
        if found:
            _add(families[name], [room.room_id, "median"], median(found))
            _add(families[name], [room.room_id, "worst"], worst(found))
    for (rung, transport), media in _by_rung(room).items():
        labels = [room.room_id, str(rung), transport]
        _add(families["rung_peers"], labels, len(media))
        _add(families["rung_packets_resent"], labels, sum(one.packets_resent for one in media))
        _add(families["rung_pictures_dropped"], labels, sum(one.pictures_dropped for one in media))
    compile_seconds = families["compile_seconds"]
    assert isinstance(compile_seconds, SummaryMetricFamily)
    compile_seconds.add_metric([room.room_id], count_value=counters.compiles, sum_value=counters.compile_s)


def _by_rung(room: Room) -> dict[tuple[int, str], list[MediaStats]]:
    """The connections that pictures reach, by rung and transport; there are few of both."""
    found: dict[tuple[int, str], list[MediaStats]] = {}
    for member in room.members.values():
        media = member.figures.media
        if media is not None and member.is_watching:
            found.setdefault((media.rung, media.transport), []).append(media)
    return found


def _of_peers(room: Room) -> dict[str, tuple[list[float], Callable[[list[float]], float]]]:
    """What is known of each peer, and which end of it is the bad one; no label names a peer, for those never end."""
    figures = [member.figures for member in room.members.values()]
    reports = [one.report for one in figures if one.report is not None]
    media = [one.media for one in figures if one.media is not None]
    return {
        "peer_fps_shown": ([one.fps_shown for one in reports], min),
        "peer_latency_seconds": ([one.latency_ms / 1000 for one in reports if one.latency_ms is not None], max),
        "peer_rtt_seconds": ([one.rtt_ms / 1000 for one in media if one.rtt_ms is not None], max),
        "peer_loss_ratio": ([one.fraction_lost for one in media if one.fraction_lost is not None], max),
    }


def _add(family: Metric, labels: list[str], value: float) -> None:
    assert isinstance(family, CounterMetricFamily | GaugeMetricFamily)
    family.add_metric(labels, value)
