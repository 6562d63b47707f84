"""The factory: settings to a Flask app with its store, its calls and its pages."""

import re
import time
import uuid

import structlog
from flask import Response, g, request
from flask_openapi.models.info import Info
from flask_openapi.openapi import OpenAPI

from nlp_service import __version__
from nlp_service.api import register_api
from nlp_service.api.auth import authenticate
from nlp_service.api.body import ApiRequest
from nlp_service.api.current import EXTENSION
from nlp_service.api.documentation import SECURITY_SCHEMES
from nlp_service.api.problems import refuse_validation, register_problems
from nlp_service.api.replies import Problem
from nlp_service.inference.engine import Engine
from nlp_service.ops.logs import configure_logs, get_log
from nlp_service.service import Service
from nlp_service.settings import Settings
from nlp_service.store.engine import open_store
from nlp_service.text.redact import load_names
from nlp_service.web import docs, pages

SAFE_REQUEST_ID = re.compile(r"[A-Za-z0-9._~:+/=-]{1,128}")
UPLOAD_PATH = re.compile(r"/upload|/v1/projects/[^/]+/(records|batches)")
FORM_OVERHEAD_BYTES = 100_000
CONTENT_POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"


def create_app(
    settings: Settings | None = None,
    *,
    engine: Engine | None = None,
    immediate: bool = False,
    with_samples: bool = False,
) -> OpenAPI:
    """The app; without an engine it loads the one that the settings name, in the background.

    With `immediate` a job ends before the request that made it, as tests want it; with `with_samples` an empty service
    gets the sample project.

    Raises:
        NotReady: the database was written by a newer version, or what NLP_PII_NAMES asks for is not installed.
        UnsupportedLanguage: NLP_PII_NAMES asks for names in a language that is not told apart.
    """
    settings = settings or Settings()
    names = load_names(settings.name_pipelines)
    app = _bare_app()
    service = Service(settings, open_store(settings), names=names, with_samples=with_samples)
    app.extensions[EXTENSION] = service
    register_problems(app, page=pages.error_page)
    _register_hooks(app, settings)
    register_api(app)
    app.register_blueprint(docs.blueprint)
    app.register_blueprint(pages.blueprint)
    app.generate_spec_json()  # type: ignore[no-untyped-call]  # Now: later, threads would do it at the same time.
    if engine is None:
        service.start()
    else:
        service.use(engine, immediate=immediate)
    return app


def _bare_app() -> OpenAPI:
    app = OpenAPI(
        "nlp_service",
        info=Info(title="nlp_service", version=__version__, description=docs.DESCRIPTION),
        security_schemes=SECURITY_SCHEMES,
        validation_error_status=400,
        validation_error_model=Problem,
        validation_error_callback=refuse_validation,
        doc_ui=False,
        static_folder=None,
    )
    app.openapi_version = "3.1.0"
    app.request_class = ApiRequest
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    return app


def _register_hooks(app: OpenAPI, settings: Settings) -> None:
    def begin() -> None:
        given = request.headers.get("X-Request-Id", "")
        g.request_id = given if SAFE_REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
        g.began_at = time.perf_counter()
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=g.request_id)
        is_upload = UPLOAD_PATH.fullmatch(request.path)
        most = settings.max_upload_bytes + FORM_OVERHEAD_BYTES if is_upload else settings.max_body_bytes
        request.max_content_length = most

    def end(response: Response) -> Response:
        response.headers["X-Request-Id"] = g.get("request_id", "")
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers.setdefault("Content-Security-Policy", CONTENT_POLICY)
        if not request.path.startswith(("/static/", "/docs")):
            response.headers.setdefault("Cache-Control", "no-store")
        if response.mimetype == "text/html":
            response.vary.add("Accept-Language")
        if not request.path.startswith(("/static/", "/healthz", "/readyz")):
            duration_ms = round((time.perf_counter() - g.get("began_at", time.perf_counter())) * 1000, 1)
            route = request.url_rule.rule if request.url_rule else None
            get_log().info(
                "request", method=request.method, route=route, status=response.status_code, duration_ms=duration_ms
            )
        return response

    configure_logs()
    app.before_request(begin)
    app.before_request(authenticate)
    app.after_request(end)
