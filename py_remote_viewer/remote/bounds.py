"""What a program asks for is checked before it is sent; a value out of bounds is told in the server's words."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from pydantic import ValidationError

from py_remote_viewer.protocol.messages import in_words

C = TypeVar("C", bound=type)


def bounded(cls: C) -> C:
    """A class whose asynchronous methods raise MessageInvalid, naming the argument, where they raised ValidationError."""
    for name, method in list(vars(cls).items()):
        if inspect.iscoroutinefunction(method):
            setattr(cls, name, _told(method))
    return cls


def _told(method: Callable[..., Coroutine[Any, Any, Any]]) -> Callable[..., Coroutine[Any, Any, Any]]:
    @functools.wraps(method)
    async def call(*args: Any, **kwargs: Any) -> Any:
        try:
            return await method(*args, **kwargs)
        except ValidationError as exc:
            raise in_words(exc) from exc

    return call
