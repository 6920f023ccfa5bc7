"""Errors as JSON: one shape for every refusal, and for our own mistakes nothing but that they happened."""

from __future__ import annotations

import logging
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from py_remote_viewer.errors import ViewerError

log = logging.getLogger(__name__)


def refusal(error: ViewerError) -> JSONResponse:
    """`{success: false, error: {code, message, hint, …}}` with the error's status."""
    headers = {"WWW-Authenticate": "Bearer"} if error.status == 401 else None
    return JSONResponse({"success": False, **error.as_json()}, error.status, headers)


def _body(code: str, message: str, hint: str = "", **details: Any) -> dict[str, Any]:
    return {"success": False, "error": {"code": code, "message": message, "hint": hint, **details}}


async def _viewer_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, ViewerError)
    if error.status >= 500:
        log.warning("%s %s: %s", request.method, request.url.path, error)
    return refusal(error)


async def _invalid_request(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    body = _body("request_invalid", f"{where}: {first['msg']}", "docs/rest.md shows a request that works.")
    return JSONResponse(body, 400)


async def _http_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    code = {404: "not_found", 405: "method_not_allowed"}.get(error.status_code, "http_error")
    body = _body(code, f"{request.method} {request.url.path}: {error.detail}", "docs/rest.md lists every route.")
    return JSONResponse(body, error.status_code, error.headers)


def install(app: FastAPI, *, debug: bool) -> None:
    """Set the handlers of `app`; with `debug`, an unknown error's type and text are shown too."""

    async def unknown(request: Request, error: Exception) -> JSONResponse:
        log.error("%s %s failed", request.method, request.url.path, exc_info=error)
        message = f"{type(error).__name__}: {error}" if debug else "the server made a mistake"
        return JSONResponse(_body("internal", message, "The server's log says which."), 500)

    app.add_exception_handler(ViewerError, _viewer_error)
    app.add_exception_handler(RequestValidationError, _invalid_request)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(Exception, unknown)
