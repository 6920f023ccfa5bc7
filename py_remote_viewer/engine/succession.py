"""A changed scene takes the place of the one that it was made from: what of the old stage goes on in the new one.

The text that was applied is the truth of everything that it can say, physics options too; only what it does not say is
carried over. On the engine's main thread, before anything of the new stage is drawn.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from py_remote_viewer.engine.stage import Stage
from py_remote_viewer.errors import ViewerError
from py_remote_viewer.protocol.camera_input import SetCamera
from py_remote_viewer.protocol.hand_input import Select
from py_remote_viewer.protocol.scene_edits import KeptPose
from py_remote_viewer.protocol.time_commands import Kept
from py_remote_viewer.sim.carry_over import carry_over


def continue_from(new: Stage, old: Stage) -> KeptPose:
    """Let `new`, which stands at its start, go on where `old` is.

    State goes on as `sim/carry_over.py` says. Pause, speed and the camera's place always do; a camera that was tied to a
    body or is the model's own, and the selected body, by name; keyframes that people saved and noise where states of the
    old model are states of the new one. History begins here.
    """
    new.paused = old.paused
    new.pacer.speed = old.pacer.speed
    _keep_view(new, old)
    carried = carry_over(new.simulation, old.simulation)
    if carried.same_layout:
        kept, states = old.time.kept()
        kept = Kept(noise_scale=kept.noise_scale, noise_rate=kept.noise_rate, keyframes=kept.keyframes)
        with suppress(ViewerError):  # the saved states do not fit after all
            new.time.keep(kept, states)
    selected = old.hands.selected
    if selected is not None and not selected.startswith("#"):
        with suppress(ViewerError):
            new.hands.take("", Select(body=selected), new, 0.0)
    new.time.timeline.restarted()
    return KeptPose(
        joints=carried.joints,
        joints_of=carried.joints_of,
        actuators=carried.actuators,
        actuators_of=carried.actuators_of,
        mocaps=carried.mocaps,
        mocaps_of=carried.mocaps_of,
        reason=carried.reason,
    )


def _keep_view(new: Stage, old: Stage) -> None:
    seen, tied = old.camera, old.camera_status()
    new.camera = replace(
        new.camera,
        mode="free",
        target_id=-1,
        lookat=seen.lookat,
        distance=seen.distance,
        azimuth=seen.azimuth,
        elevation=seen.elevation,
    )
    if tied.mode != "free" and tied.target is not None and not tied.target.startswith("#"):
        with suppress(ViewerError):  # the changed model has no body or camera of that name: the view stays free
            new.apply(SetCamera(mode=tied.mode, target=tied.target))
