"""A language model writes scenes: a stand-in for it on 127.0.0.1, the real compile child and physics for what it writes."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from py_remote_viewer.config import Settings, load_settings
from py_remote_viewer.errors import ModelUnreachable, SceneInvalid, SettingsInvalid
from py_remote_viewer.scenes.compile_wire import CreateRequest
from py_remote_viewer.scenes.compiler import SceneCompiler
from py_remote_viewer.scenes.model_talk import RULES, document_in
from py_remote_viewer.web.scene_writer import MOST_REPAIRS, SceneWriter
from tests.web.conftest import Serve
from tests.web.language_model import LanguageModel, language_model

pytestmark = pytest.mark.asyncio(loop_scope="module")
KEY = "sk-very-secret"
BALL = """<mujoco model="a cone"><worldbody><light name="sun"/><geom name="floor" type="plane" size="2 2 .1"/>
<body name="cone" pos="0 0 .5"><freejoint/><geom size=".1"/></body></worldbody></mujoco>"""
INSIDE = BALL.replace(
    "</worldbody>", '<body name="other" pos="0 0 .55"><freejoint/><geom size=".1"/></body></worldbody>'
)
FILE = BALL.replace("<worldbody>", '<asset><mesh name="m" file="/etc/passwd"/></asset><worldbody>')


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def compiler() -> AsyncIterator[SceneCompiler]:
    async with SceneCompiler() as compiler:
        yield compiler


def writer(model: LanguageModel, compiler: SceneCompiler, **more: object) -> SceneWriter:
    settings = Settings(llm_url=model.url, llm_model="scribe-1", llm_key=KEY, llm_timeout_s=5.0).model_copy(update=more)
    return SceneWriter(settings, compiler)


async def test_what_it_writes_is_compiled_and_watched(compiler: SceneCompiler) -> None:
    async with language_model(f"Here you are:\n```xml\n{BALL}\n```") as model:
        made, scene = await writer(model, compiler).write(CreateRequest(prompt="a cone"))
    scene.close()
    assert made.xml == BALL
    assert made.understood == ("bodies: cone",)
    assert (made.checks["settled_s"], made.checks["repairs"]) == (2.0, 0)
    (asked,) = model.asked
    assert (asked["model"], asked["temperature"], asked["stream"]) == ("scribe-1", 0, False)
    assert asked["messages"][0] == {"role": "system", "content": RULES}
    assert asked["messages"][1]["content"].endswith("a cone")
    assert model.keys == [f"Bearer {KEY}"]


async def test_mujocos_words_go_back_until_it_is_right(compiler: SceneCompiler) -> None:
    wrong = BALL.replace("<geom size", "<geon size")
    async with language_model("I would rather not.", wrong, INSIDE, BALL) as model:
        made, scene = await writer(model, compiler).write(CreateRequest(prompt="a cone"))
    scene.close()
    assert made.checks["repairs"] == MOST_REPAIRS == 3
    told = [asked["messages"][-1]["content"] for asked in model.asked[1:]]
    assert "no complete MJCF document" in told[0]
    assert "geon" in told[1]
    assert "inside each other" in told[2]
    assert [len(asked["messages"]) for asked in model.asked] == [2, 4, 4, 4]


async def test_what_never_comes_right_is_refused_with_the_last_reason(compiler: SceneCompiler) -> None:
    async with language_model(FILE) as model:
        with pytest.raises(SceneInvalid, match="in 4 attempts") as caught:
            await writer(model, compiler).write(CreateRequest(prompt="a cone"))
    assert len(model.asked) == MOST_REPAIRS + 1
    assert "passwd" not in model.asked[-1]["messages"][0]["content"]
    assert caught.value.hint


async def test_a_follow_up_shows_it_the_scene_that_is_there(compiler: SceneCompiler) -> None:
    async with language_model(BALL) as model:
        made, scene = await writer(model, compiler).write(CreateRequest(prompt="make it red", before_xml="<mujoco/>"))
        scene.close()
        _, scene = await writer(model, compiler).write(
            CreateRequest(prompt="a cone", before_xml="<mujoco/>", mode="new")
        )
        scene.close()
    assert made.edited
    assert ["<mujoco/>" in asked["messages"][1]["content"] for asked in model.asked] == [True, False]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (401, "refuses the key"),
        (404, "no chat at the address"),
        (429, "too much to do"),
        (500, "HTTP 500"),
        (302, "HTTP 302"),
        (b"<html>hello</html>", "not a chat completion"),
        (b'{"choices": []}', "not a chat completion"),
        (b'{"choices": [{"message": {"content": ["a"]}}]}', "not a chat completion"),
        (b"x" * 300_000, "more than"),
    ],
)
async def test_an_endpoint_that_fails_is_told_without_the_key(
    compiler: SceneCompiler, caplog: pytest.LogCaptureFixture, answer: int | bytes, words: str
) -> None:
    with caplog.at_level(logging.DEBUG):
        async with language_model(answer) as model:
            with pytest.raises(ModelUnreachable, match=words) as caught:
                await writer(model, compiler).write(CreateRequest(prompt="a cone"))
    assert KEY not in caplog.text
    assert KEY not in str(caught.value.as_json())
    assert len(model.asked) == 1


async def test_silence_ends_at_the_time_limit(compiler: SceneCompiler) -> None:
    async with language_model(None) as model:
        with pytest.raises(ModelUnreachable, match="no answer within"):
            await writer(model, compiler, llm_timeout_s=0.2).write(CreateRequest(prompt="a cone"))


async def test_nobody_at_the_address_is_told(compiler: SceneCompiler) -> None:
    settings = Settings(llm_url="http://127.0.0.1:9/v1", llm_model="scribe-1")
    with pytest.raises(ModelUnreachable, match="gives no answer"):
        await SceneWriter(settings, compiler).write(CreateRequest(prompt="a cone"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", None),
        ("<mujoco>", None),
        ("see <mujoco/>", None),
        ("x <mujoco a='1'><worldbody/></mujoco> y", "<mujoco a='1'><worldbody/></mujoco>"),
        ("<mujoco>" + "x" * 1_100_000 + "</mujoco>", None),
    ],
)
async def test_only_a_whole_document_is_taken_from_an_answer(text: str, found: str | None) -> None:
    assert document_in(text) == found


async def test_settings_that_could_never_work_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SettingsInvalid, match="no model"):
        load_settings(llm_url="http://127.0.0.1:1/v1")
    for url in ("ftp://example.org", "example.org/v1", "http://me:secret@example.org/v1"):
        with pytest.raises(SettingsInvalid, match="must look like"):
            load_settings(llm_url=url, llm_model="m")
    assert KEY not in repr(load_settings(llm_url="http://127.0.0.1:1/v1/", llm_model="m", llm_key=KEY))


async def test_the_page_is_told_that_there_is_one_and_nothing_more(serve: Serve) -> None:
    client = serve(llm_url="http://127.0.0.1:9/v1", llm_model="scribe-1", llm_key=KEY)
    config = client.get("/api/config").json()
    assert config["language_model"] is True
    assert KEY not in str(config)
    assert "127.0.0.1:9" not in str(config)
    body = client.post("/api/scene/create", json={"prompt": "a cone", "engine": "llm"})
    assert (body.status_code, body.json()["error"]["code"]) == (502, "language_model_failed")
    assert client.post("/api/scene/create", json={"prompt": "a ball"}).json()["engine"] == "grammar"


async def test_without_one_the_request_says_what_to_do(serve: Serve) -> None:
    answer = serve().post("/api/scene/create", json={"prompt": "a cone", "engine": "llm"})
    assert answer.status_code == 502
    assert "VIEWER_LLM_URL" in answer.json()["error"]["hint"]
