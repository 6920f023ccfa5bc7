"""`launch_passive` gives one of these: `mujoco.viewer.Handle`, with a browser for a window.

Everything that people in the room do reaches the program in `sync`, on the program's own thread; so does what `sync` shows.
"""

from __future__ import annotations

import contextlib
import html
import logging
import os
import threading
import weakref
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Any, NoReturn, Self

import mujoco
import numpy as np
from pydantic import ValidationError

from py_remote_viewer.errors import NotOverTheWeb, ViewerError
from py_remote_viewer.passive.link import Link
from py_remote_viewer.passive.people import People
from py_remote_viewer.passive.view_state import CameraView, LookView, take_perturb
from py_remote_viewer.protocol.look import Look
from py_remote_viewer.protocol.program import (
    CameraMoved,
    PeopleDid,
    Perturbed,
    ProgramGoodbye,
    ProgramShown,
    ShowTexts,
    Text,
    ToProgram,
    Upload,
)
from py_remote_viewer.sim.model_content import ContentKind, content_arrays
from py_remote_viewer.sim.shared_state import StateWriter, memory_file

log = logging.getLogger(__name__)

TextBox = tuple[int | None, int | None, str | None, str | None]


class Handle:
    """A room that shows what the program steps. Close it, or use it as a context manager.

    `cam`, `opt`, `perturb` and `user_scn` are MuJoCo's own structs. The program may write to them (under `lock()` where it has
    several threads); people in the room write to `cam`, `opt`, `user_scn.flags` and `perturb` too: seen after the next `sync`.
    """

    def __init__(
        self,
        model: mujoco.MjModel,
        data: mujoco.MjData,
        link: Link,
        writer: StateWriter,
        user_scn: mujoco.MjvScene,
        shown: ProgramShown,
        url: str,
        on_close: Callable[[], None],
    ) -> None:
        """Made by `launch_passive`; everything given belongs to it from now on, but for `model` and `data`."""
        self._model, self._data = model, data
        self._link = link
        self._writer = writer
        self._url = url
        self._size = shown.width, shown.height
        self._lock = threading.RLock()
        self._cam, self._opt = mujoco.MjvCamera(), mujoco.MjvOption()
        self._perturb, self._user_scn = mujoco.MjvPerturb(), user_scn
        self._camera = CameraView(self._cam)
        self._camera.take(shown.camera)
        self._look = LookView(self._opt, user_scn)
        self._look.take(shown.look)
        self._people = People(model, data)
        self._texts: ShowTexts | None = None
        self._uploads: dict[tuple[ContentKind, int], bytes] = {}
        self._finalizer = weakref.finalize(self, _end, link, writer, on_close, os.getpid())

    # --- as mujoco.viewer.Handle -------------------------------------------------------------------------------------

    @property
    def cam(self) -> mujoco.MjvCamera:
        """Where everybody looks from."""
        return self._cam

    @property
    def opt(self) -> mujoco.MjvOption:
        """What is shown."""
        return self._opt

    @property
    def perturb(self) -> mujoco.MjvPerturb:
        """The hand of somebody in the room."""
        return self._perturb

    @property
    def user_scn(self) -> mujoco.MjvScene:
        """Geoms that the program adds to the picture; `flags` change how it is drawn."""
        return self._user_scn

    @property
    def m(self) -> mujoco.MjModel:
        """The model."""
        return self._model

    @property
    def d(self) -> mujoco.MjData:
        """Its data."""
        return self._data

    @property
    def viewport(self) -> mujoco.MjrRect:
        """The largest picture that is drawn; people may see it smaller."""
        return mujoco.MjrRect(0, 0, *self._size)

    def lock(self) -> contextlib.AbstractContextManager[Any]:
        """Hold this while model, data or the structs above are changed from another thread than that of `sync`."""
        return self._lock

    def is_running(self) -> bool:
        """Whether the room still shows this program; `ended` says why not."""
        return not self._link.ended

    def sync(self, state_only: bool = False) -> None:
        """Take what people did, and show the state as it stands. Never waits for anybody.

        Args:
            state_only: leave out what was changed in the model (colours, sizes, lights).
        """
        with self._lock:
            if self._link.ended or not self._finalizer.alive:
                return
            self._tell_view()
            while self._link.inbox:
                news = self._link.inbox.popleft()
                if isinstance(news, np.ndarray):
                    self._people.put(news)
                else:
                    self._take(news)
            self._people.tend()
            self._people.pull(self._perturb)
            self._writer.write(self._data, state_only=state_only)

    def update_texture(self, texid: int) -> None:
        """Show a texture whose content was changed in `model.tex_data`. Raises SceneInvalid: there is none of that number."""
        self._upload("texture", texid)

    def update_mesh(self, meshid: int) -> None:
        """Show a mesh whose vertices, normals, texture coordinates or faces were changed in the model. Raises likewise."""
        self._upload("mesh", meshid)

    def update_hfield(self, hfieldid: int) -> None:
        """Show a height field whose content was changed in `model.hfield_data`. Raises likewise."""
        self._upload("hfield", hfieldid)

    def set_texts(self, texts: TextBox | Sequence[TextBox]) -> None:
        """Texts over the picture, in place of those before.

        Args:
            texts: one or a list of (font, gridpos, left column, right column); None is MuJoCo's default.
        """
        boxes = [texts] if isinstance(texts, tuple) else texts
        self._texts = ShowTexts(texts=tuple(_text(*box) for box in boxes))
        self._say_texts()

    def clear_texts(self) -> None:
        """Take the texts away."""
        self.set_texts([])

    def set_figures(self, viewports_figures: object) -> None:
        """Not over the web: the page has plots of its own."""
        self._unsupported("set_figures")

    def clear_figures(self) -> None:
        """There are none."""

    def set_images(self, viewports_images: object) -> None:
        """Not over the web."""
        self._unsupported("set_images")

    def clear_images(self) -> None:
        """There are none."""

    def close(self) -> None:
        """Leave the room; a server that was started for this program ends. Idempotent."""
        with self._lock:
            self._finalizer()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- beyond it ---------------------------------------------------------------------------------------------------

    @property
    def url(self) -> str:
        """What to open in a browser; it holds the token where the server has one."""
        return self._url

    @property
    def ended(self) -> str:
        """Why the room shows this program no longer; empty while it does."""
        return self._link.ended

    @property
    def paused(self) -> bool:
        """Somebody in the room wants it to stand still; whether it does is up to the program."""
        return self._people.paused

    @paused.setter
    def paused(self, value: bool) -> None:
        self._people.paused = value

    @property
    def speed(self) -> float:
        """Simulated seconds per second that the room asks for; up to the program, too."""
        return self._people.speed

    def wants_step(self) -> bool:
        """Whether the room wants a step now: always while it runs; while it is paused, once for each step asked for."""
        return self._people.wants_step()

    def _repr_html_(self) -> str:
        """The room in a notebook's cell."""
        return (
            f'<iframe src="{html.escape(self._url)}" title="py_remote_viewer" allow="autoplay; fullscreen; clipboard-write" '
            'style="width: 100%; height: 540px; border: 0"></iframe>'
        )

    # --- inside ------------------------------------------------------------------------------------------------------

    def _take(self, message: ToProgram) -> None:
        match message:
            case PeopleDid():
                try:
                    self._people.do(message.command)
                except ViewerError as exc:
                    log.warning("somebody in the room asked for what cannot be: %s", exc)
            case CameraMoved():
                self._camera.take(message.camera)
            case Look():
                self._look.take(message)
            case Perturbed():
                take_perturb(self._perturb, message)

    def _tell_view(self) -> None:
        """What the program has changed goes out; what does not is tried again with the next `sync`."""
        for kept, message in ((self._camera, self._camera.wish), (self._look, self._look.wish)):
            if not kept.changed():
                continue
            try:
                sent = self._link.send(message())
            except ValidationError as exc:
                kept.known()  # said once
                first = exc.errors()[0]
                raise ViewerError(
                    f"viewer.cam or viewer.opt cannot be shown: {first['loc']}: {first['msg']}",
                    hint="Numbers must be finite and within MuJoCo's bounds, and the camera's distance above 0.",
                ) from None
            if sent:
                kept.known()
        self._say_texts()
        self._send_uploads()

    def _upload(self, kind: ContentKind, index: int) -> None:
        content = b"".join(array.tobytes() for array in content_arrays(self._model, kind, index))
        with self._lock:
            self._uploads[kind, index] = content
            self._send_uploads()

    def _send_uploads(self) -> None:
        for (kind, index), content in list(self._uploads.items()):
            fd = memory_file(content)
            sent = self._link.send(Upload(kind=kind, id=index), [fd])
            os.close(fd)
            if not sent:
                return  # the next `sync` tries again
            del self._uploads[kind, index]

    def _say_texts(self) -> None:
        if self._texts is not None and self._link.send(self._texts):
            self._texts = None

    def _unsupported(self, what: str) -> NoReturn:
        raise NotOverTheWeb(f"{what} is not possible over the web", hint="docs/python.md says what is there instead.")


def _text(font: int | None, place: int | None, left: str | None, right: str | None) -> Text:
    big = font is not None and int(font) == int(mujoco.mjtFont.mjFONT_BIG)
    return Text(
        font=int(mujoco.mjtFont.mjFONT_BIG if big else mujoco.mjtFont.mjFONT_NORMAL),
        place=int(mujoco.mjtGridPos.mjGRID_TOPLEFT if place is None else place),
        left=(left or "")[:2000],
        right=(right or "")[:2000],
    )


def _end(link: Link, writer: StateWriter, on_close: Callable[[], None], pid: int) -> None:
    """Close everything; also when the handle is collected, and when the interpreter exits. Not in a forked child."""
    if os.getpid() != pid:
        return
    link.send(ProgramGoodbye())
    link.close()
    writer.close()
    on_close()
