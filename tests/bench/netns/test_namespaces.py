"""The tools on a real kernel: what the links do to pings, datagrams and connections."""

import asyncio
import os
import re
import socket
import sys

import pytest

from py_remote_viewer.bench.netns.commands import run
from py_remote_viewer.bench.netns.namespaces import Client, Namespace, network, remove_leftovers
from py_remote_viewer.bench.netns.shape import LinkShape

pytestmark = [pytest.mark.netns, pytest.mark.usefixtures("netns")]

SINK = """
import socket, sys, time
sink = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sink.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8_000_000)
sink.bind(("0.0.0.0", 9000))
print("ready", flush=True)
sink.settimeout(3)
sink.recv(2000)
sink.settimeout(0.7)
got, first, last = 1, time.monotonic(), time.monotonic()
try:
    while True:
        sink.recv(2000)
        got, last = got + 1, time.monotonic()
except TimeoutError:
    print(got, last - first)
"""
SOURCE = """
import socket, sys, time
out = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
count, rate_hz = int(sys.argv[2]), float(sys.argv[3])
began = time.monotonic()
for number in range(count):
    time.sleep(max(0.0, began + number / rate_hz - time.monotonic()))
    out.sendto(bytes(1172), (sys.argv[1], 9000))
"""


async def flood(server: Namespace, client: Client, count: int, rate_hz: float) -> tuple[int, float]:
    """Datagrams of 1200 bytes with headers, server to client: how many arrive, and between first and last, seconds."""
    sink = await asyncio.create_subprocess_exec(
        *client.space.command(sys.executable, "-c", SINK), stdout=asyncio.subprocess.PIPE
    )
    assert sink.stdout is not None
    assert await sink.stdout.readline() == b"ready\n"
    await run(*server.command(sys.executable, "-c", SOURCE, client.address, str(count), str(rate_hz)))
    said = (await sink.stdout.read()).decode()
    await sink.wait()
    if not said:
        return 0, 0.0
    got, took = said.split()
    return int(got), float(took)


async def rtt_ms(space: Namespace, address: str) -> float:
    # without a `ping` on the machine: how long a connection to a closed port takes to be refused
    code = (
        "import socket, time\nbest = 9.9\nfor _ in range(5):\n began = time.monotonic()\n"
        f" socket.socket().connect_ex(({address!r}, 9))\n best = min(best, time.monotonic() - began)\nprint(best * 1e3)"
    )
    return float(await run(*space.command(sys.executable, "-c", code)))


async def test_links_delay_lose_throttle_and_go_dark() -> None:
    async with network() as net:
        bad = await net.add_client("bad", LinkShape(delay_ms=50))
        clean = await net.add_client("clean")
        assert bad.relay is not None
        assert await rtt_ms(clean.space, clean.server_address) < 20
        assert 100 <= await rtt_ms(bad.space, bad.server_address) < 130

        await bad.relay.shape(LinkShape(delay_ms=5))
        got, _ = await flood(net.server, bad, 2500, 1250)  # 12 Mbit/s
        assert got == 2500
        await bad.relay.shape(LinkShape(loss=0.1))
        got, _ = await flood(net.server, bad, 1000, 2000)
        assert 850 <= got <= 950
        await bad.relay.shape(LinkShape(rate_bps=3_000_000, queue_bytes=30_000))
        got, took = await flood(net.server, bad, 1000, 1000)
        assert 2_700_000 <= (got - 1) * 1214 * 8 / took <= 3_100_000
        await bad.relay.shape(LinkShape(loss=1.0), "to_client")
        to_client, to_server = await bad.relay.counters()
        assert to_client.lost >= 50
        assert to_client.overflowed > 500
        assert to_server.frames > 0


async def test_blocked_udp_vanishes_while_tcp_works() -> None:
    async with network() as net:
        client = await net.add_client("client")
        await client.block_udp()
        assert await rtt_ms(client.space, client.server_address) < 20
        sink = asyncio.create_task(flood(net.server, client, 20, 1000))
        assert await asyncio.wait_for(sink, 15) == (0, 0.0)
        await client.unblock_udp()
        assert (await flood(net.server, client, 20, 1000))[0] == 20


async def test_a_wrapped_program_runs_inside_and_nothing_is_left_behind() -> None:
    async with network() as net:
        client = await net.add_client("client", LinkShape())
        seen = await run(client.space.wrapper("ip"), "-4", "-o", "addr")
        assert client.address in seen
        names = await client.space.call(lambda: [name for _, name in socket.if_nameindex()])
        assert names == ["lo", "net0"]
        name = client.space.name
        assert name in await run("ip", "netns", "list")
    assert name not in await run("ip", "netns", "list")
    assert not re.findall(rf"prv-{os.getpid()}-", await run("ip", "netns", "list"))


async def test_what_a_killed_run_left_behind_is_removed() -> None:
    code = (
        "import asyncio\nfrom py_remote_viewer.bench.netns.namespaces import network\n"
        "from py_remote_viewer.bench.netns.shape import LinkShape\n"
        "async def main():\n async with network() as net:\n  await net.add_client('bad', LinkShape())\n"
        "  print('up', flush=True)\n  await asyncio.sleep(60)\nasyncio.run(main())"
    )
    other = await asyncio.create_subprocess_exec(sys.executable, "-c", code, stdout=asyncio.subprocess.PIPE)
    assert other.stdout is not None
    assert await other.stdout.readline() == b"up\n"
    other.kill()
    await other.wait()
    left = await remove_leftovers()
    assert sorted(name.rpartition("-")[2] for name in left) == ["bad", "server", "wan"]
    assert f"prv-{other.pid}-" not in await run("ip", "netns", "list")


async def test_who_steps_back_gets_what_nobody_else_wants_and_then_its_share_again() -> None:
    async with network() as net:
        client = await net.add_client("one")
        sleeper = await asyncio.create_subprocess_exec(*client.space.command("sleep", "60"))
        assert sleeper.pid is not None
        while str(sleeper.pid) not in (await run("ip", "netns", "pids", client.space.name)).split():
            pass
        async with client.space.stepping_back():
            assert os.sched_getscheduler(sleeper.pid) == os.SCHED_IDLE
        assert os.sched_getscheduler(sleeper.pid) == os.SCHED_OTHER
        sleeper.kill()
        await sleeper.wait()
