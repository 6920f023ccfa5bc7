import json
import socket
from typing import Any

import pytest

from py_remote_viewer import dev_check
from py_remote_viewer.cli import machine
from py_remote_viewer.cli.machine import Check
from py_remote_viewer.config import Settings


@pytest.mark.gl
def test_this_machine_can_show_a_picture(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev_check.main(["--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["ok"]
    checks = {check["name"]: check for check in report["checks"]}
    assert checks["gl"]["details"]["renderer"]
    assert checks["encoder"]["details"]["encoder"] in checks["picture"]["found"]
    assert checks["picture"]["details"]["contrast"] > 5


def test_a_missing_thing_ends_with_code_1_and_says_what_to_type(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def no_gl(*question: str) -> dict[str, Any]:
        return {"error": "no libEGL.so.1", "hint": ""} if question[0] == "gl" else {"encoder": "x", "refused": {}}

    monkeypatch.setattr(machine, "ask_child", no_gl)
    monkeypatch.setattr(dev_check, "all_checks", lambda: [machine.check_gl(), machine.check_encoder("auto")])
    assert dev_check.main([]) == 1
    said = capsys.readouterr().out
    assert "MISSING gl         no libEGL.so.1" in said
    assert "apt-get install -y libegl1 libgl1-mesa-dri libopengl0" in said


def test_a_child_that_crashes_or_says_nonsense_is_an_answer() -> None:
    answer = machine.ask_child("no such question")
    assert "KeyError" in answer["error"]


def test_a_misspelt_variable_is_named_with_the_nearest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIEWER_WITDH", "640")
    check = machine.check_variables()
    assert not check.ok
    assert not check.needed
    assert "VIEWER_WIDTH" in check.found


def test_settings_that_cannot_be_used_are_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIEWER_WIDTH", "wide")
    _, check = machine.check_settings()
    assert not check.ok
    assert "wide" in check.found


def test_a_port_in_use_is_a_note() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        check = machine.check_tcp(Settings(port=other.getsockname()[1]))
    assert not check.ok
    assert not check.needed


def test_a_note_says_what_to_do() -> None:
    check = Check("gl", ok=False, needed=False, found="software", fix="install the driver")
    assert dev_check.describe(check) == "note    gl         software\n        -> install the driver"
