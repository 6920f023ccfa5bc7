import signal
import socket
import time
import urllib.request
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from py_remote_viewer import __main__ as command
from py_remote_viewer.cli import serve
from py_remote_viewer.config import Settings
from py_remote_viewer.errors import SceneNotFound, SettingsInvalid
from tests.cli.servers import running

SHUTDOWN_S = 3.0


def reason_of_close(page: ClientConnection) -> str:
    """Read until the close."""
    try:
        while True:
            page.recv(10)
    except ConnectionClosed as end:
        assert end.rcvd is not None
        return end.rcvd.reason


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_says_where_and_ends_in_order_with_a_reason(how: signal.Signals) -> None:
    with running() as (process, url):
        with urllib.request.urlopen(url, timeout=10) as answer:
            assert b"<" in answer.read()
        with connect(url.replace("http", "ws") + "ws/signaling") as page:
            page.send('{"type": "hello", "protocol": 1}')
            assert '"welcome"' in str(page.recv(10))
            began = time.monotonic()
            process.send_signal(how)
            assert reason_of_close(page) == "the server is stopping"
        assert process.wait(10) == 0
        assert time.monotonic() - began < SHUTDOWN_S


def test_the_address_carries_the_token_behind_the_hash() -> None:
    with running(VIEWER_TOKEN="s3cret") as (_, url):
        assert url.endswith("/#token=s3cret")


def test_a_port_in_use_is_named_with_another_one(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert serve.main(["--port", str(port), "--scene", "pendulum"]) == 2
    said = capsys.readouterr().err
    assert f"port {port} on 127.0.0.1 is in use" in said
    assert "--port" in said


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--scene", "pendulun"], ["pendulun", "pendulum"]),
        (["--scene", "/nowhere/robot.xml"], ["/nowhere/robot.xml"]),
        (["--scene", __file__], ["test_serve.py", "no model", ".xml"]),
        (["--quality", "best"], ["best", "auto", "lean"]),
        (["--width", "641"], ["width", "even"]),
        (["--port", "70000"], ["port"]),
        (["--host", "0.0.0.0"], ["VIEWER_TOKEN"]),
        (["--publish", "rtmp:x"], ["whip:https://", "rtp:HOST:PORT"]),
        (["--publish", "rtp:192.0.2.1:5004"], ["not encrypted", "--publish-unencrypted"]),
        (["--host", "no.such.host.invalid"], ["no.such.host.invalid"]),
    ],
)
def test_what_cannot_be_used_is_refused_in_words(
    arguments: list[str], words: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    if "no.such.host.invalid" in arguments:
        monkeypatch.setenv("VIEWER_TOKEN", "x")
    assert serve.main(["--scene", "pendulum", *arguments]) == 2
    said = capsys.readouterr().err
    assert said.startswith("error: ")
    for word in words:
        assert word in said


def test_a_scene_with_a_path_is_a_file_and_one_without_is_a_preset(tmp_path: Path) -> None:
    robot = tmp_path / "robot.xml"
    robot.write_text("<mujoco/>")
    serve.check_scene(Settings(scene=str(robot)))
    serve.check_scene(Settings(scene="pendulum"))
    with pytest.raises(SceneNotFound):
        serve.check_scene(Settings(scene="robot.xml"))


def test_pages_of_every_address_have_one() -> None:
    assert serve.page_url(Settings(), 80) == "http://127.0.0.1:80/"
    assert serve.page_url(Settings(host="::1"), 80) == "http://[::1]:80/"
    assert serve.page_url(Settings(host="0.0.0.0", token="t"), 80).endswith(":80/#token=t")


def test_an_address_of_nobody_here_is_refused() -> None:
    with pytest.raises(SettingsInvalid):
        serve.listen(Settings(host="192.0.2.1", port=0, token="x"))


def test_an_unknown_benchmark_lists_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["bench", "everything"]) == 2
    assert "pipeline|fanout|latency|load" in capsys.readouterr().err
