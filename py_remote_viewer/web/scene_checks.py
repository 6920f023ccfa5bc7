"""Texts that are checked while somebody types them: one at a time for each asker, the newest, and not too many.

A newer text of the same asker ends the check of the one before, and so does a page that has gone: the child that did it is
killed within milliseconds. What a check costs is bounded by the compiler's own line, which is apart from that of scenes.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable

from py_remote_viewer.clock import now_s
from py_remote_viewer.errors import RateLimited, RoomBusy, ViewerError
from py_remote_viewer.protocol.scene_edits import CheckedScene
from py_remote_viewer.rooms.parts import Compiler
from py_remote_viewer.scenes.uploads.store import HeldUpload
from py_remote_viewer.stream.token_bucket import TokenBucket

CHECKS_PER_S = 20.0  # of one address: a class may sit behind one
CHECK_BURST = 60.0
MOST_ADDRESSES = 1000


class SceneChecks:
    """For one server. Event loop only; every task ends with the request that began it."""

    def __init__(self, compiler: Compiler, clock: Callable[[], float] = now_s) -> None:
        self._compiler = compiler
        self._clock = clock
        self._running: dict[tuple[str, str], asyncio.Task[CheckedScene]] = {}
        self._rates: OrderedDict[str, TokenBucket] = OrderedDict()

    async def check(
        self,
        xml: str,
        *,
        address: str,
        asker: str,
        gone: Callable[[], Awaitable[None]],
        upload: HeldUpload | None = None,
        root: str | None = None,
    ) -> CheckedScene:
        """All that is wrong with `xml`.

        Args:
            xml: the text.
            upload: whose files it may name, with `root`, the file of it that it stands in for; the caller's.
            address: where the request comes from; rates are counted by it.
            asker: of the texts of one asker only the newest is checked.
            gone: returns when nobody waits for the answer any more.

        Raises:
            RateLimited: too many from this address.
            RoomBusy: a newer text came, or too many wait.
            EngineFailed: there is no compiler.
        """
        self._admit(address)
        key = (address, asker)
        before = self._running.get(key)
        if before is not None:
            before.cancel()
        try:
            async with asyncio.TaskGroup() as tasks:
                work = tasks.create_task(self._checked(xml, upload, root), name="scene check")
                self._running[key] = work
                waiting = tasks.create_task(_then_cancel(gone, work), name="scene check is waited for")
                work.add_done_callback(lambda _: waiting.cancel())
        except* ViewerError as group:
            raise group.exceptions[0] from None
        finally:
            if self._running.get(key) is work:
                del self._running[key]
        if work.cancelled():
            raise RoomBusy("a newer text took the place of this one", hint="Wait for the answer to that one.")
        return work.result()

    async def _checked(self, xml: str, upload: HeldUpload | None, root: str | None) -> CheckedScene:
        return await self._compiler.check(xml, upload=upload, root=root)

    def _admit(self, address: str) -> None:
        now = self._clock()
        bucket = self._rates.pop(address, None) or TokenBucket(CHECKS_PER_S, CHECK_BURST, now)
        self._rates[address] = bucket
        if len(self._rates) > MOST_ADDRESSES:
            self._rates.popitem(last=False)
        if not bucket.take(now):
            raise RateLimited(
                f"more than {CHECKS_PER_S:.0f} checks a second", hint="Check when somebody stops typing for a moment."
            )


async def _then_cancel(gone: Callable[[], Awaitable[None]], work: asyncio.Task[CheckedScene]) -> None:
    await gone()
    work.cancel()
