"""What runs here and what it allows: models, limits, health, the meaning of problems."""

import json
from typing import Any

from flask import Response, jsonify
from flask_openapi.blueprint import APIBlueprint
from flask_openapi.models.tag import Tag

from nlp_service.api.auth import public, scope
from nlp_service.api.current import service, settings
from nlp_service.api.documentation import SECURITY, problems
from nlp_service.api.problems import error_classes
from nlp_service.api.replies import HealthReply, ModelsReply
from nlp_service.api.schemas import ProblemPath
from nlp_service.errors import NotFound

LIMITS = ("max_documents", "max_body_bytes", "max_characters", "max_upload_bytes", "max_records")
TAGS: list[Tag | dict[str, Any]] = [{"name": "About", "description": "What this service knows and allows."}]

blueprint = APIBlueprint("about", __name__, url_prefix="/v1", abp_tags=TAGS)
health = APIBlueprint("health", __name__, abp_tags=TAGS)


@blueprint.get("/models", responses={200: ModelsReply, **problems(401, 403)}, security=SECURITY)
@scope("read")
def get_models() -> dict[str, Any]:
    """The engine, the cards of its parts, and the limits"""
    engine = service().engine
    named = {"name": engine.name, "version": engine.version, "sha256": engine.sha256} if engine else None
    limits = {name: getattr(settings(), name) for name in LIMITS}
    return {"engine": named, "cards": _cards(), "limits": limits}


@blueprint.get("/problems", doc_ui=False)
@public
def list_problems() -> dict[str, Any]:
    """Every code that an error of this service may carry"""
    return {"data": [{"code": kind.code, "status": kind.status, "title": kind.title} for kind in error_classes()]}


@blueprint.get("/problems/<code>", doc_ui=False)
@public
def get_problem(path: ProblemPath) -> dict[str, Any]:
    """What the `type` of a problem means"""
    for kind in error_classes():
        if kind.code == path.code:
            return {"code": kind.code, "status": kind.status, "title": kind.title}
    raise NotFound("There is no problem with this code: /v1/problems lists them.")


@health.get("/healthz", responses={200: HealthReply})
@public
def get_healthz() -> dict[str, Any]:
    """Whether the process answers"""
    return {"status": "ok"}


@health.get("/readyz", responses={200: HealthReply, **problems(503)})
@public
def get_readyz() -> Response:
    """Whether the engine is loaded and the database answers"""
    engine = service().context.engine
    with service().store.read():
        return jsonify(status="ready", engine=engine.name, version=engine.version)


def _cards() -> list[dict[str, Any]]:
    folder = settings().heads_dir
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]
