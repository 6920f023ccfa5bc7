"""`GET /metrics` for Prometheus."""

from __future__ import annotations

from fastapi import APIRouter
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.responses import Response

from py_remote_viewer.web.metrics import registry_of
from py_remote_viewer.web.state import Guarded

router = APIRouter(tags=["status"])


@router.get("/metrics", summary="Metrics for Prometheus", response_class=Response)
async def metrics(viewer: Guarded) -> Response:
    """Text exposition format; every room has the label `room`. Needs the token as a bearer, where there is one."""
    return Response(generate_latest(registry_of(viewer.rooms, viewer.loop_meter)), media_type=CONTENT_TYPE_LATEST)
