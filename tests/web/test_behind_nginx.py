"""The proxy configuration of docs/scaling.md, as it stands there, in front of a real server."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import shutil
import socket
import ssl
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from websockets.asyncio.client import connect

from py_remote_viewer.stream import http_client
from tests.served import served

SCALING = Path(__file__).resolve().parents[2] / "docs" / "scaling.md"
MAIN = """daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; events {{}}
http {{ access_log off; client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
uwsgi_temp_path {folder}; scgi_temp_path {folder};
{server} }}
"""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


def make_certificate(key: Path, certificate: Path) -> None:
    """For `localhost`, signed by itself."""
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost"
    names = ["-addext", "subjectAltName=DNS:localhost"]
    files = ["-keyout", str(key), "-out", str(certificate)]
    subprocess.run([*command.split(), *names, *files], check=True, capture_output=True)


@asynccontextmanager
async def nginx(folder: Path, upstream: str) -> AsyncIterator[int]:
    """The documented server block, with a certificate and ports of this test."""
    program = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
    if program is None:
        pytest.skip("no nginx: apt-get install nginx-light")
    key, certificate, port = folder / "viewer.key", folder / "viewer.pem", free_port()
    make_certificate(key, certificate)
    block = re.search(r"```nginx\n(.*?)```", SCALING.read_text(), re.S)
    assert block
    server = block[1].replace("listen 443", f"listen 127.0.0.1:{port}").replace("viewer.example.org", "localhost")
    server = server.replace("/etc/ssl/viewer.pem", str(certificate)).replace("/etc/ssl/viewer.key", str(key))
    server = server.replace("http://127.0.0.1:8000", upstream)
    configuration = folder / "nginx.conf"
    configuration.write_text(MAIN.format(folder=folder, server=server))
    process = await asyncio.create_subprocess_exec(program, "-c", str(configuration), "-e", str(folder / "error.log"))
    try:
        async with asyncio.timeout(10):
            while not await listens(port):
                assert process.returncode is None, (folder / "error.log").read_text()
                await asyncio.sleep(0.02)
        yield port
    finally:
        process.terminate()
        await process.wait()


async def listens(port: int) -> bool:
    with contextlib.suppress(OSError):
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.close()
        await writer.wait_closed()
        return True
    return False


async def test_page_websocket_and_whep_pass_the_documented_proxy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "viewer.pem"))
    async with served(token="s3cret") as server, nginx(tmp_path, server.url) as port:
        base = f"https://localhost:{port}"
        bearer = {"Authorization": "Bearer s3cret", "Origin": base}
        page = await http_client.request("GET", f"{base}/", headers={})
        assert (page.status, b"<!doctype html>" in page.body.lower()) == (200, True)
        refused = await http_client.request(
            "POST", f"{base}/whep/main", headers={**bearer, "Content-Type": "application/sdp"}, body=b"v=0"
        )
        assert refused.status == 400
        assert refused.header("access-control-allow-origin") == base
        trusted = ssl.create_default_context(cafile=str(tmp_path / "viewer.pem"))
        async with connect(f"wss://localhost:{port}/ws/signaling", ssl=trusted, origin=base) as page_socket:
            await page_socket.send(json.dumps({"type": "hello", "protocol": 1, "token": "s3cret"}))
            async with asyncio.timeout(10):
                while (message := json.loads(await page_socket.recv()))["type"] != "welcome":
                    pass
            assert message["room_id"] == "main"
