"""WHEP (draft-ietf-wish-whep): any player that speaks it watches a room, without our page.

Players run on pages of other sites, so these answers carry CORS headers. With a token, any page may ask: it needs the token,
and there are no cookies that it could borrow. Without one, the origins of the settings may.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.routing import APIRoute
from starlette.responses import Response

from py_remote_viewer.errors import (
    MessageInvalid,
    NotAcceptable,
    UnsupportedMediaType,
    ViewerError,
)
from py_remote_viewer.protocol.messages import MAX_SDP_CHARS
from py_remote_viewer.stream.ice_links import link_headers
from py_remote_viewer.stream.sdpfrag import MAX_CHARS
from py_remote_viewer.web.access import origin_allowed, require_origin, require_token
from py_remote_viewer.web.answers import Refusal
from py_remote_viewer.web.body import read_bytes
from py_remote_viewer.web.refusals import refusal
from py_remote_viewer.web.state import Open, Viewer, viewer_of

SDP = "application/sdp"
SDPFRAG = "application/trickle-ice-sdpfrag"
RETRY_AFTER_S = {429: "5", 503: "5"}
EXPOSED = "Location, Link, ETag, Accept-Patch, Accept-Post, Retry-After"
PREFLIGHT_S = "600"
_SDP_BODY = {"required": True, "content": {SDP: {"schema": {"type": "string"}}}}
_FRAGMENT_BODY = {"required": True, "content": {SDPFRAG: {"schema": {"type": "string"}}}}


class WhepRoute(APIRoute):
    """Adds CORS headers to every answer, refusals included: a player cannot read a status without them."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler of this route."""
        handle = super().get_route_handler()

        async def with_cors(request: Request) -> Response:
            try:
                response = await handle(request)
            except ViewerError as exc:
                response = refusal(exc)
                if exc.status in RETRY_AFTER_S:
                    response.headers["Retry-After"] = RETRY_AFTER_S[exc.status]
            response.headers.update(_cors(request))
            return response

        return with_cors


router = APIRouter(prefix="/whep", tags=["whep"], route_class=WhepRoute)


def _refusals(*statuses: int) -> dict[int | str, dict[str, Any]]:
    return {status: {"model": Refusal} for status in (401, 403, 404, *statuses)}


def _guarded(request: Request) -> Viewer:
    viewer = viewer_of(request)
    require_token(request.headers, viewer.settings)
    if not viewer.settings.token:
        require_origin(request.headers.get("origin"), request.headers.get("host", ""), viewer.settings)
    return viewer


Player = Annotated[Viewer, Depends(_guarded)]


@router.post(
    "/{room_id}",
    summary="Watch a room",
    status_code=201,
    response_class=Response,
    openapi_extra={"requestBody": _SDP_BODY},
    responses={
        201: {"description": "The SDP answer.", "content": {SDP: {}}},
        **_refusals(400, 406, 413, 415, 422, 429),
    },
)
async def watch(room_id: str, request: Request, viewer: Player) -> Response:
    """Takes an SDP offer, answers it, and names the session in `Location`.

    `Link` headers name STUN and TURN servers for this player; the answer holds all of our candidates.
    """
    room = viewer.rooms.get(room_id)
    _require_type(request, SDP)
    _require_accepted(request)
    offer = await _text(request, MAX_SDP_CHARS)
    peer, answer, granted = await viewer.whep.open(room, offer, request.client.host if request.client else None)
    response = Response(answer, 201, media_type=SDP)
    response.headers["Location"] = f"{request.scope.get('root_path', '')}/whep/{room_id}/{peer.session_id}"
    response.headers["ETag"] = peer.etag
    response.headers["Accept-Patch"] = SDPFRAG
    for link in link_headers(granted.servers):
        response.headers.append("Link", link)
    return response


@router.patch(
    "/{room_id}/{session_id}",
    summary="Trickle ICE candidates",
    status_code=204,
    response_class=Response,
    openapi_extra={"requestBody": _FRAGMENT_BODY},
    responses=_refusals(400, 412, 413, 415, 422, 428),
)
async def trickle(room_id: str, session_id: str, request: Request, viewer: Player) -> Response:
    """Takes an SDP fragment (RFC 8840); `If-Match` holds the ETag of the answer. An ICE restart is refused with 422."""
    peer = viewer.whep.get(room_id, session_id)
    _require_type(request, SDPFRAG)
    await peer.trickle(await _text(request, MAX_CHARS), request.headers.get("if-match"))
    return Response(status_code=204)


@router.delete("/{room_id}/{session_id}", summary="Stop watching", response_class=Response, responses=_refusals())
async def stop(room_id: str, session_id: str, viewer: Player) -> Response:
    """Ends the session."""
    await viewer.whep.close(viewer.whep.get(room_id, session_id))
    return Response(status_code=200)


@router.options("/{room_id}", include_in_schema=False)
async def endpoint_options(room_id: str, _viewer: Open) -> Response:
    """What a browser asks before it posts, and what the endpoint takes."""
    return Response(status_code=204, headers={"Accept-Post": SDP, "Allow": "OPTIONS, POST"})


@router.options("/{room_id}/{session_id}", include_in_schema=False)
async def session_options(room_id: str, session_id: str, _viewer: Open) -> Response:
    """What a browser asks before it trickles or ends."""
    return Response(status_code=204, headers={"Accept-Patch": SDPFRAG, "Allow": "DELETE, OPTIONS, PATCH"})


@router.api_route("/{room_id}", methods=["GET", "HEAD", "PUT", "PATCH", "DELETE"], include_in_schema=False)
async def not_a_page(room_id: str, request: Request) -> Response:
    """Say what this address is for."""
    return _not_allowed(
        request,
        "OPTIONS, POST",
        "Give this address to a WHEP player; it posts its SDP offer here. Your own browser watches at /.",
    )


@router.api_route("/{room_id}/{session_id}", methods=["GET", "HEAD", "PUT", "POST"], include_in_schema=False)
async def not_a_session_method(room_id: str, session_id: str, request: Request) -> Response:
    """Say what this address is for."""
    return _not_allowed(request, "DELETE, OPTIONS, PATCH", "A WHEP session takes PATCH with candidates, and DELETE.")


class _MethodNotAllowed(ViewerError):
    code = "method_not_allowed"
    status = 405


def _not_allowed(request: Request, allow: str, hint: str) -> Response:
    response = refusal(_MethodNotAllowed(f"{request.method} {request.url.path}: Method Not Allowed", hint=hint))
    response.headers["Allow"] = allow
    return response


def _cors(request: Request) -> dict[str, str]:
    origin = request.headers.get("origin")
    settings = viewer_of(request).settings
    headers = {"Vary": "Origin"}
    if origin is None:
        return headers
    if not settings.token and not origin_allowed(origin, request.headers.get("host", ""), settings.allowed_origins):
        return headers
    headers |= {"Access-Control-Allow-Origin": origin, "Access-Control-Expose-Headers": EXPOSED}
    if request.method == "OPTIONS":
        headers |= {
            "Access-Control-Allow-Methods": "DELETE, OPTIONS, PATCH, POST",
            "Access-Control-Allow-Headers": "Authorization, Content-Type, If-Match",
            "Access-Control-Max-Age": PREFLIGHT_S,
        }
    return headers


def _require_type(request: Request, wanted: str) -> None:
    given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if given != wanted:
        raise UnsupportedMediaType(f"a body of type {given[:60]!r}", hint=f"Send Content-Type: {wanted}.")


def _require_accepted(request: Request) -> None:
    accepted = [one.partition(";")[0].strip().lower() for one in request.headers.get("accept", "*/*").split(",")]
    if not {SDP, "application/*", "*/*", ""} & set(accepted):
        raise NotAcceptable("the answer is SDP, which `Accept` leaves out", hint=f"Send Accept: {SDP}.")


async def _text(request: Request, limit: int) -> str:
    try:
        return (await read_bytes(request, limit, hint="No offer and no candidates are that long.")).decode()
    except UnicodeDecodeError as exc:
        raise MessageInvalid("the body is not UTF-8", hint="SDP is UTF-8 text (RFC 8866).") from exc
