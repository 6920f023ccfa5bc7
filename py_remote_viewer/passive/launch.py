"""`launch_passive`, `launch` and `launch_from_path`: those of `mujoco.viewer`, with a browser for a window."""

from __future__ import annotations

import logging
import os
import sys
import time
import webbrowser
from collections.abc import Callable
from contextlib import ExitStack, suppress
from typing import Literal
from xml.etree import ElementTree

import mujoco
import numpy as np

from py_remote_viewer import __version__
from py_remote_viewer.errors import SettingsInvalid, Unreachable, ViewerError
from py_remote_viewer.passive.handle import Handle
from py_remote_viewer.passive.link import Link
from py_remote_viewer.passive.server_child import ServerChild, ServerWish
from py_remote_viewer.protocol.program import ProgramHello, ProgramShown
from py_remote_viewer.remote.http import Server
from py_remote_viewer.scenes.building import describe
from py_remote_viewer.sim.shared_state import MOST_MARKERS, StateWriter, memory_file
from py_remote_viewer.web.answers import Keyframe, ProgramDoorAnswer, Stats

log = logging.getLogger(__name__)

KeyCallback = Callable[[int], None]
Loader = Callable[[], tuple[mujoco.MjModel, mujoco.MjData]]
LOOK_S = 0.5
EMPTY_S = 5.0  # a page that is loaded again is away for a moment
_EMPTY = ("--scene", "")


def launch_passive(
    model: mujoco.MjModel,
    data: mujoco.MjData,
    *,
    key_callback: KeyCallback | None = None,
    show_left_ui: bool = True,
    show_right_ui: bool = True,
    url: str | None = None,
    host: str | None = None,
    port: int | None = None,
    token: str | None = None,
    open_browser: bool | None = None,
    title: str = "",
) -> Handle:
    """Show `model` and `data`, which this program steps, to everybody who opens `Handle.url`.

    Args:
        model: shown as it is; what the program changes in it shows with `sync`.
        data: stepped by the program; people's wishes are applied to it in `sync`.
        key_callback: called with GLFW's number of each key that somebody presses over the picture. On a thread of its own,
            as in MuJoCo's viewer.
        show_left_ui: whether the page opens with its list of panels; people can show and hide it.
        show_right_ui: whether the page opens with its inspector; likewise.
        url: of a running server on this machine, whose room then shows this program; None starts one that ends with us.
        host: address for the new server; any but this machine needs a token.
        port: for the new server; 0 picks one; None means 8000 where that is free.
        token: secret of the server.
        open_browser: open the page on this machine; None: where there is a desktop and this is no notebook.
        title: what the page calls it; the model's name when empty.

    Raises:
        ValueError: the arguments are not what their names say (as in MuJoCo's viewer).
        Unreachable, Unauthorized: there is no server at `url`, or it wants another token.
        SettingsInvalid, EngineFailed: the new server does not start, and why.
    """
    if not isinstance(model, mujoco.MjModel):
        raise ValueError(f"`model` is not a mujoco.MjModel: got {model!r}")
    if not isinstance(data, mujoco.MjData):
        raise ValueError(f"`data` is not a mujoco.MjData: got {data!r}")
    if key_callback is not None and not callable(key_callback):
        raise ValueError(f"`key_callback` is not callable: got {key_callback!r}")
    if url is not None and (host is not None or port is not None):
        raise SettingsInvalid("url and host or port are both given", hint="url names a server that runs already.")
    mujoco.mj_forward(model, data)
    with ExitStack() as undo:
        server, stop = _server(url, undo, ServerWish(port, host, token, _EMPTY))
        user_scn = mujoco.MjvScene(model, MOST_MARKERS)
        writer = StateWriter(model, user_scn)
        undo.callback(writer.close)
        writer.write(data)
        link, shown = _show(server, model, writer, title, "steps", key_callback)
        undo.pop_all()
    page = _page(server, left=show_left_ui, right=show_right_ui)
    _announce(page, open_browser)
    return Handle(model, data, link, writer, user_scn, shown, page, stop)


def launch(
    model: mujoco.MjModel | Loader | None = None,
    data: mujoco.MjData | None = None,
    *,
    loader: Loader | None = None,
    show_left_ui: bool = True,
    show_right_ui: bool = True,
    host: str | None = None,
    port: int | None = None,
    token: str | None = None,
    open_browser: bool | None = None,
    stay: bool = False,
) -> None:
    """Serve a room whose engine runs `model` from `data` on; returns when the last page was closed, or on Ctrl+C.

    Args:
        model: to begin with, or a function that makes it; without one the room starts with a preset.
        data: where it starts. Holds time, positions, velocities, activations and controls of the room at the end.
        loader: makes model and data, in place of both.
        show_left_ui, show_right_ui, host, port, token, open_browser: as for `launch_passive`.
        stay: only Ctrl+C ends it.

    Raises:
        ValueError: arguments that exclude each other (as in MuJoCo's viewer).
        SettingsInvalid, EngineFailed: the server does not start, and why.
    """
    if callable(model):
        if data is not None:
            raise ValueError("mjData should not be specified when an mjModel loader is used")
        model, loader = None, model
    if model is None and data is not None:
        raise ValueError("mjData is specified but mjModel is not")
    if loader is not None and model is not None:
        raise ValueError("model and loader are both specified")
    if loader is not None:
        model, data = loader()
    wish = ServerWish(port, host, token, _EMPTY if model is not None else ())
    with ExitStack() as stack:
        server, _ = _server(None, stack, wish)
        if model is not None:
            _lend(server, stack, model, data)
        _announce(_page(server, left=show_left_ui, right=show_right_ui), open_browser)
        with suppress(KeyboardInterrupt):
            _wait_for_people(server, stay=stay)
        if model is not None and data is not None:
            _fetch_state(server, model, data)


def launch_from_path(path: str | os.PathLike[str]) -> None:
    """`launch` with the MJCF, URDF or MJB file at `path`."""
    name = os.fspath(path)

    def load() -> tuple[mujoco.MjModel, mujoco.MjData]:
        made = mujoco.MjModel.from_binary_path if name.endswith(".mjb") else mujoco.MjModel.from_xml_path
        model = made(name)
        return model, mujoco.MjData(model)

    launch(loader=load)


# --- the room ------------------------------------------------------------------------------------------------------------


def _server(url: str | None, stack: ExitStack, wish: ServerWish) -> tuple[Server, Callable[[], None]]:
    """The server at `url`, or a new one that `stack` ends; and what ends it later."""
    if url is not None:
        return Server(url, wish.token), _nothing
    child = ServerChild(wish)
    stack.callback(child.stop)
    return Server(child.url, wish.token), child.stop


def _show(
    server: Server,
    model: mujoco.MjModel,
    writer: StateWriter,
    title: str,
    role: Literal["steps", "lends"],
    key_callback: KeyCallback | None = None,
) -> tuple[Link, ProgramShown]:
    """Bring `model` into the room of `server`."""
    door = ProgramDoorAnswer.model_validate(server.ask("GET", "/api/program"))
    link = Link(door.socket, key_callback)
    info = describe(model, None)
    hello = ProgramHello(
        version=__version__, mujoco=mujoco.__version__, title=(title or info.name)[:64], info=info, role=role
    )
    fd = _model_file(model)
    try:
        return link, link.show(hello, [fd, writer.fd])
    finally:
        os.close(fd)


def _model_file(model: mujoco.MjModel) -> int:
    """A memory file that holds `model` as MJB."""
    buffer = np.empty(mujoco.mj_sizeModel(model), np.uint8)
    mujoco.mj_saveModel(model, None, buffer)
    return memory_file(buffer.data)


def _lend(server: Server, stack: ExitStack, model: mujoco.MjModel, data: mujoco.MjData | None) -> None:
    """Let the engine of the room run `model` from `data` on."""
    begin = mujoco.MjData(model) if data is None else data
    mujoco.mj_forward(model, begin)
    writer = StateWriter(model, None)
    stack.callback(writer.close)
    writer.write(begin)
    link, _ = _show(server, model, writer, "", "lends")
    stack.callback(link.close)


def _wait_for_people(server: Server, *, stay: bool) -> None:
    """Until everybody who came has gone, or the server has."""
    empty_s = 0.0
    while True:
        time.sleep(LOOK_S)
        try:
            stats = Stats.model_validate(server.ask("GET", "/api/stats"))
        except Unreachable:
            return
        empty_s = 0.0 if stats.clients_connected else empty_s + LOOK_S
        if stats.total_connections and not stay and empty_s >= EMPTY_S:
            return


def _fetch_state(server: Server, model: mujoco.MjModel, data: mujoco.MjData) -> None:
    """Where the room's simulation stands, into `data`."""
    try:
        key = ElementTree.fromstring(Keyframe.model_validate(server.ask("GET", "/api/simulation/keyframe")).xml)
    except ViewerError as exc:
        log.warning("the last state did not come back: %s", exc)
        return
    data.time = float(key.get("time", "0"))
    places = {"mpos": data.mocap_pos, "mquat": data.mocap_quat}
    for name in ("qpos", "qvel", "act", "ctrl", "mpos", "mquat"):
        values = np.array(key.get(name, "").split(), np.float64)
        into = places.get(name, getattr(data, name, None))
        if into is not None and into.size == values.size:  # another scene may have been loaded meanwhile
            into.reshape(-1)[:] = values
    mujoco.mj_forward(model, data)


def _page(server: Server, *, left: bool, right: bool) -> str:
    """Its address; panels that are not wanted are named in the query."""
    hidden = "&".join(name for name, wanted in (("left=0", left), ("right=0", right)) if not wanted)
    base, mark, fragment = server.page_url.partition("#")
    return base + (f"?{hidden}" if hidden else "") + mark + fragment


def _announce(page: str, open_browser: bool | None) -> None:
    """Open the page, or say where it is."""
    if open_browser is None:
        open_browser = _has_desktop() and "ipykernel" not in sys.modules
    if not (open_browser and webbrowser.open(page)):
        print(f"py_remote_viewer: open {page}", file=sys.stderr, flush=True)


def _has_desktop() -> bool:
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _nothing() -> None:
    """A server that runs for others too is not ours to end."""
