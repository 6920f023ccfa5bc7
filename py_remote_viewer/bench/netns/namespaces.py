"""A server and its clients, each in a network namespace of its own, on links as bad as asked for.

    server ── veth ── [wan: relay] ── veth ── client "bad"
           ── veth ──────────────────────────  client "clean"

Every client has its own subnet with the server. Names hold the id of the process that made them, so runs side by side do not
meet, and what a killed run left behind is found and removed at the next start. Linux, root.
"""

from __future__ import annotations

import asyncio
import ctypes
import os
import re
import shlex
import signal
import tempfile
import threading
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar

from py_remote_viewer.bench.line_process import LineProcess, line_process
from py_remote_viewer.bench.netns.commands import require, run
from py_remote_viewer.bench.netns.shape import Counters, LinkShape

PREFIX = "prv"
_NAME = re.compile(rf"{PREFIX}-(\d+)-\d+-\w+")
_OFFLOADS = ("tx", "off", "rx", "off", "gso", "off", "tso", "off", "gro", "off")
_CLIENT_INTERFACE = "net0"
_CLONE_NEWNET = 0x40000000
_libc = ctypes.CDLL(None, use_errno=True)
_made = 0

T = TypeVar("T")


class Namespace:
    """One network namespace."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self._folder = folder

    def command(self, *command: str) -> tuple[str, ...]:
        """`command` as it runs inside."""
        return ("ip", "netns", "exec", self.name, *command)

    def wrapper(self, executable: str) -> str:
        """Path of a script that runs `executable` inside, for callers that take an executable and no arguments before it.

        Pipes pass through, and the process keeps its id, so it can be waited for and killed as usual.
        """
        script = self._folder / f"{self.name}-{Path(executable).name}"
        script.write_text(f'#!/bin/sh\nexec {shlex.join(self.command(executable))} "$@"\n', encoding="utf-8")
        script.chmod(0o755)
        return str(script)

    async def call(self, work: Callable[[], T]) -> T:
        """Run `work` on a thread inside: what sockets it opens are this namespace's."""
        return await asyncio.to_thread(_inside, self.name, work)

    @asynccontextmanager
    async def stepping_back(self) -> AsyncIterator[None]:
        """Meanwhile all that runs inside gets only the processor time that nobody else on the machine wants."""
        await self._schedule(os.SCHED_IDLE)
        try:
            yield
        finally:
            await self._schedule(os.SCHED_OTHER)

    async def _schedule(self, policy: int) -> None:
        for pid in (await run("ip", "netns", "pids", self.name)).split():
            _schedule(int(pid), policy)

    async def block_udp(self, interface: str) -> None:
        """Drop every UDP packet that arrives at `interface`, without a word to the sender."""
        table = f"blocked_{interface}"
        hook = f"type filter hook prerouting priority -300; iifname {interface} ip protocol udp drop;"
        await run(*self.command("nft", "-f", "-"), text=f"table inet {table} {{\nchain inward {{\n{hook}\n}}\n}}\n")

    async def unblock_udp(self, interface: str) -> None:
        """Undo `block_udp`."""
        await run(*self.command("nft", "delete", "table", "inet", f"blocked_{interface}"))


class Relay:
    """The relay of one link; `a` is the server's end."""

    def __init__(self, process: LineProcess) -> None:
        self._process = process

    async def shape(self, shape: LinkShape, direction: Literal["to_client", "to_server"] | None = None) -> None:
        """Make the link like this from now on, in one direction or both; what is under way still arrives."""
        request: dict[str, Any] = {"shape": asdict(shape)}
        if direction is not None:
            request["direction"] = "a_to_b" if direction == "to_client" else "b_to_a"
        await self._process.ask(**request)

    async def counters(self) -> tuple[Counters, Counters]:
        """To the client, to the server: since the start."""
        answer = await self._process.ask()
        return Counters(**answer["a_to_b"]), Counters(**answer["b_to_a"])


@dataclass(frozen=True, slots=True)
class Client:
    """A namespace with a link to the server, which has `server_address` on it; `relay` is None on a clean link."""

    space: Namespace
    address: str
    server: Namespace
    server_address: str
    server_interface: str
    relay: Relay | None

    async def block_udp(self) -> None:
        """A firewall on the link that lets no UDP through, either way."""
        await self.space.block_udp(_CLIENT_INTERFACE)
        await self.server.block_udp(self.server_interface)

    async def unblock_udp(self) -> None:
        """Undo `block_udp`."""
        await self.space.unblock_udp(_CLIENT_INTERFACE)
        await self.server.unblock_udp(self.server_interface)


class Network:
    """Made by `network`; `server` is where the server runs, `add_client` makes the others."""

    def __init__(self, stack: AsyncExitStack, folder: Path) -> None:
        global _made
        _made += 1
        self._stack = stack
        self._folder = folder
        self._prefix = f"{PREFIX}-{os.getpid()}-{_made}"
        self._wan: Namespace | None = None
        self._clients = 0
        self.server: Namespace

    async def open(self) -> None:
        """Make the server's namespace."""
        self.server = await self.add_namespace("server")

    async def add_namespace(self, label: str) -> Namespace:
        """An empty namespace with nothing but loopback. No IPv6: its own addresses would be candidates past the relay."""
        name = f"{self._prefix}-{label}"
        await run("ip", "netns", "add", name)
        self._stack.push_async_callback(_remove, name)
        await run("ip", "-n", name, "link", "set", "lo", "up")
        space = Namespace(name, self._folder)
        await run(*space.command("sysctl", "-qw", "net.ipv6.conf.all.disable_ipv6=1"))
        return space

    async def add_client(self, label: str, shape: LinkShape | None = None, *, seed: int = 1) -> Client:
        """A client named `label`. With a shape its link goes through a relay; without, it is as fast as the machine."""
        self._clients += 1
        number = self._clients
        space = await self.add_namespace(label)
        ours, theirs = f"10.77.{number}.1", f"10.77.{number}.2"
        if shape is None:
            await _cable(self.server, f"to{number}", space, _CLIENT_INTERFACE)
            relay = None
        else:
            if self._wan is None:
                self._wan = await self.add_namespace("wan")
            await _cable(self.server, f"to{number}", self._wan, f"s{number}")
            await _cable(self._wan, f"c{number}", space, _CLIENT_INTERFACE)
            ends = (f"s{number}", f"c{number}", str(seed))
            relaying = line_process("py_remote_viewer.bench.netns.relay", *ends, prefix=self._wan.command())
            relay = Relay(await self._stack.enter_async_context(relaying))
            await relay.shape(shape)
        await run("ip", "-n", self.server.name, "addr", "add", f"{ours}/24", "dev", f"to{number}")
        await run("ip", "-n", space.name, "addr", "add", f"{theirs}/24", "dev", _CLIENT_INTERFACE)
        await run("ip", "-n", space.name, "route", "add", "default", "via", ours)
        return Client(space, theirs, self.server, ours, f"to{number}", relay)


@asynccontextmanager
async def network() -> AsyncIterator[Network]:
    """A network with a server's namespace; everything in it ends with it, processes included.

    Raises:
        SettingsInvalid: not root, a package is missing, or the kernel refuses.
    """
    require()
    await remove_leftovers()
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix=f"{PREFIX}-")))
        made = Network(stack, folder)
        await made.open()
        yield made


async def remove_leftovers() -> list[str]:
    """Remove the namespaces of runs whose process has ended, with what still runs inside; returns their names."""
    listed = (line.split()[0] for line in (await run("ip", "netns", "list")).splitlines() if line.strip())
    left = [name for name in listed if (found := _NAME.fullmatch(name)) and not _is_alive(int(found[1]))]
    for name in left:
        await _remove(name)
    return left


def _inside(name: str, work: Callable[[], T]) -> T:
    """A thread of its own, because a thread that has entered a namespace must not go back to a pool."""
    done: Future[T] = Future()

    def main() -> None:
        try:
            handle = os.open(f"/run/netns/{name}", os.O_RDONLY | os.O_CLOEXEC)
            try:
                if _libc.setns(handle, _CLONE_NEWNET) != 0:
                    raise OSError(ctypes.get_errno(), f"cannot enter the network namespace {name}")
            finally:
                os.close(handle)
            done.set_result(work())
        except BaseException as exc:
            done.set_exception(exc)

    thread = threading.Thread(target=main, name=f"in {name}")
    thread.start()
    thread.join()
    return done.result()


def _schedule(pid: int, policy: int) -> None:
    """Give every thread of a process this policy."""
    for thread in Path(f"/proc/{pid}/task").glob("*"):
        with suppress(ProcessLookupError):
            os.sched_setscheduler(int(thread.name), policy, os.sched_param(0))


def _is_alive(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


async def _cable(first: Namespace, at_first: str, second: Namespace, at_second: str) -> None:
    """A veth pair, up. Without offloads: a relay must see whole, small frames with right checksums."""
    await run(
        *("ip", "-n", first.name, "link", "add", at_first, "type", "veth"),
        *("peer", "name", at_second, "netns", second.name),
    )
    for space, interface in ((first, at_first), (second, at_second)):
        await run(*space.command("ethtool", "-K", interface, *_OFFLOADS))
        await run("ip", "-n", space.name, "link", "set", interface, "up")


async def _remove(name: str) -> None:
    for pid in (await run("ip", "netns", "pids", name)).split():
        try:
            os.kill(int(pid), signal.SIGKILL)
        except ProcessLookupError:
            continue
    await run("ip", "netns", "del", name)
