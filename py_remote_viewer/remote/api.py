"""The server's REST routes as calls: one small method each, answering with the type that the route itself answers with.

Work without joining the room: asking how a server is wakes no simulation. `remote/room.py` joins.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from py_remote_viewer.protocol.time_commands import OptionValue
from py_remote_viewer.remote.recordings import RecordingCalls
from py_remote_viewer.remote.scenes import SceneCalls
from py_remote_viewer.web.answers import Config, Health, Keyframe, ProgramDoorAnswer, SimulationOptions, Stats
from py_remote_viewer.web.routes.simulation import OptionChanges


class Api(SceneCalls, RecordingCalls):
    """One server. Every method raises Unreachable when it does not answer, and the server's own refusal otherwise."""

    async def health(self) -> Health:
        """Whether it works; needs no token."""
        return await self.get("/api/health", Health)

    async def config(self) -> Config:
        """Its settings."""
        return await self.get("/api/config", Config)

    async def stats(self) -> Stats:
        """Everything that is counted, and where the simulation stands."""
        return await self.get("/api/stats", Stats)

    async def metrics(self) -> str:
        """The same for Prometheus, as its text."""
        return (await self.get_bytes("/metrics")).decode()

    async def program_door(self) -> ProgramDoorAnswer:
        """Where `launch_passive(url=...)` connects to, and whether a program steps the room now."""
        return await self.get("/api/program", ProgramDoorAnswer)

    async def keyframe(self, name: str = "") -> str:
        """The state as it stands, as a `<key>` element of MJCF."""
        return (await self.get("/api/simulation/keyframe", Keyframe, name=name)).xml

    async def options(self) -> SimulationOptions:
        """Physics options, noise and keyframes, as they are now."""
        return await self.get("/api/simulation/options", SimulationOptions)

    async def set_options(self, changes: Mapping[str, OptionValue]) -> SimulationOptions:
        """Change several physics options at once: all of them, or none and the reason why."""
        wanted = OptionChanges(dict(changes))
        return await self.send_json("PATCH", "/api/simulation/options", wanted, SimulationOptions)

    async def print_text(self, what: Literal["model", "data"]) -> str:
        """Every number of the model or of its data, as MuJoCo prints them."""
        return (await self.get_bytes("/api/simulation/print", what=what)).decode("utf-8", "replace")
