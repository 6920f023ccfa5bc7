"""Whatever is typed gets an answer from the checker, and what it finds is told once."""

from __future__ import annotations

import asyncio

from hypothesis import given, settings
from hypothesis import strategies as st

from py_remote_viewer.protocol.scene_edits import Problem
from py_remote_viewer.scenes.checking import merged
from py_remote_viewer.scenes.compiler import SceneCompiler

words = st.sampled_from(
    ["<mujoco>", "</mujoco>", "<worldbody>", "</worldbody>", "<geom", "<body", "</body>", "/>", ">", ' size="1"', ' name="a"',
     ' type="mesh"', ' mesh="', '"', "<asset>", "</asset>", "<include file='/etc/passwd'/>", "<joint/>", "\n", "&amp;", "&x;",
     "<!--", "-->", "<![CDATA[", "]]>", " ", "nan", "1e400", "\x00", "\U0001f600", "<option", ' timestep="0"']
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(text=st.lists(words, max_size=30).map("".join) | st.text(max_size=200))
def _typed(runner: asyncio.Runner, compiler: SceneCompiler, text: str) -> None:
    async def check() -> None:
        async with asyncio.timeout(10):
            found = await compiler.check(text)
        assert (found.sizes is None) == any(one.severity == "error" for one in found.problems)

    runner.run(check())


def test_whatever_is_typed_gets_an_answer() -> None:
    with asyncio.Runner() as runner:
        compiler = SceneCompiler()
        runner.run(compiler.__aenter__())
        try:
            _typed(runner, compiler)
        finally:
            runner.run(compiler.__aexit__(None, None, None))


def test_merging_keeps_what_the_compiler_says_last() -> None:
    found = [
        Problem(line=2, column=3, end_column=9, source="schema", message="x is 'a'", hint="h"),
        Problem(line=4, message="y"),
    ]
    last = Problem(line=2, column=1, end_column=30, source="mujoco", message="bad 'a'")
    first, second = merged(found, last)
    assert (first.line, first.column, first.source, first.hint) == (2, 3, "mujoco", "h")
    assert first.message == "x is 'a' (MuJoCo: bad 'a')"
    assert second.message == "y"
    assert [one.message for one in merged([], Problem(message="the whole"))] == ["the whole"]
