"""Scenes by a language model that the operator set up: asked, checked like a stranger's MJCF, asked again with the reason.

Used only when a request says `engine: "llm"`, or after the grammar gave up and the settings allow it. The key goes into one
header and nowhere else: not into a log, an error or an answer.
"""

from __future__ import annotations

import asyncio
import logging

from py_remote_viewer.config import Settings
from py_remote_viewer.errors import ModelUnreachable, RoomBusy, SceneInvalid
from py_remote_viewer.rooms.parts import Compiler
from py_remote_viewer.scenes.compile_wire import CreatedScene, CreateRequest
from py_remote_viewer.scenes.compiled import CompiledScene
from py_remote_viewer.scenes.model_talk import answer_text, complaint, document_in, opening, request_body
from py_remote_viewer.stream import http_client

log = logging.getLogger(__name__)

MOST_REPAIRS = 3
AT_ONCE = 2


class SceneWriter:
    """Asks the endpoint of `settings`, at most `AT_ONCE` conversations at a time."""

    def __init__(self, settings: Settings, compiler: Compiler) -> None:
        self._settings = settings
        self._compiler = compiler
        self._talking = 0

    @property
    def is_there(self) -> bool:
        """Whether the operator set one up."""
        return bool(self._settings.llm_url)

    async def write(self, wanted: CreateRequest) -> tuple[CreatedScene, CompiledScene]:
        """A scene for `wanted.prompt` that compiled and was watched for two simulated seconds.

        Returns:
            What was made, and its model, whose descriptor now belongs to the caller.

        Raises:
            ModelUnreachable: none is set up, or it gives no usable answer.
            SceneInvalid: nothing that it wrote passed, not even after `MOST_REPAIRS` repairs; the last reason.
            RoomBusy: too many conversations already.
        """
        if not self.is_there:
            raise ModelUnreachable(
                "no language model is set up on this server",
                hint="Leave `engine` out: the built-in grammar needs none. Operators set VIEWER_LLM_URL and VIEWER_LLM_MODEL.",
            )
        if self._talking >= AT_ONCE:
            raise RoomBusy("the language model is busy with other scenes", hint="Try again in a minute.")
        self._talking += 1
        try:
            return await self._converse(wanted)
        finally:
            self._talking -= 1

    async def _converse(self, wanted: CreateRequest) -> tuple[CreatedScene, CompiledScene]:
        before = wanted.before_xml if wanted.mode != "new" else None
        messages = opening(wanted.prompt, before)
        reason = ""
        for attempt in range(MOST_REPAIRS + 1):
            text = await self._ask(messages, wanted.seed or 0)
            xml = document_in(text)
            if xml is None:
                reason = "the answer holds no complete MJCF document from <mujoco to </mujoco>"
            else:
                try:
                    scene, checks = await self._compiler.try_xml(xml)
                except SceneInvalid as exc:
                    element = exc.details.get("element")
                    reason = f"{exc.message}{f' (element {element})' if element else ''}. {exc.hint}".strip()
                else:
                    return self._made(wanted, xml, scene, checks | {"repairs": attempt}), scene
            log.info("a scene by the language model did not pass, attempt %d of %d", attempt + 1, MOST_REPAIRS + 1)
            messages = [*opening(wanted.prompt, before), *complaint(text, reason)]
        raise SceneInvalid(
            f"the language model wrote no scene that works in {MOST_REPAIRS + 1} attempts; the last one: {reason}",
            hint="Say it in simpler words, or leave `engine` out and use the built-in grammar.",
        )

    async def _ask(self, messages: list[dict[str, str]], seed: int) -> str:
        settings = self._settings
        url = settings.llm_url
        url = url if url.endswith("/chat/completions") else f"{url}/chat/completions"
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if settings.llm_key:
            headers["Authorization"] = f"Bearer {settings.llm_key}"
        body = await asyncio.to_thread(request_body, settings.llm_model, messages, seed)
        try:
            answer = await http_client.request(
                "POST", url, headers=headers, body=body, timeout_s=settings.llm_timeout_s
            )
        except http_client.HttpFailed as exc:
            raise _unreachable(f"the language model gives no answer: {exc}") from exc
        if answer.status != 200:
            raise _unreachable(_STATUS.get(answer.status, "the language model refused") + f" (HTTP {answer.status})")
        text = answer_text(answer.body)
        if text is None:
            raise _unreachable("the language model answers in a form that is not a chat completion")
        return text

    def _made(
        self, wanted: CreateRequest, xml: str, scene: CompiledScene, checks: dict[str, float | int | bool]
    ) -> CreatedScene:
        bodies = [name for name in scene.info.bodies[1:] if name]
        shown = ", ".join(bodies[:12]) + (f" and {len(bodies) - 12} more" if len(bodies) > 12 else "")
        return CreatedScene(
            xml=xml,
            title=scene.info.name[:64],
            message=f"Written by {self._settings.llm_model} and tried out; what it left out of your words it does not say.",
            understood=(f"bodies: {shown}" if shown else f"{scene.info.ngeom} shapes",),
            edited=wanted.before_xml is not None and wanted.mode != "new",
            checks=checks,
        )


_STATUS = {
    401: "the language model refuses the key of this server",
    403: "the language model refuses the key of this server",
    404: "there is no chat at the address of the language model",
    429: "the language model has too much to do",
}


def _unreachable(message: str) -> ModelUnreachable:
    return ModelUnreachable(
        message, hint="Leave `engine` out to use the built-in grammar; an operator finds the address in VIEWER_LLM_URL."
    )
