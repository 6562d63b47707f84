"""The OpenAPI document, and the page that shows it with a viewer from an installed package: nothing from outside."""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, render_template, send_from_directory

from nlp_service.api.auth import public

DESCRIPTION = (
    "Turns what customers say, in any language, into themes with evidence. Errors are RFC 9457 problems; offsets count "
    "Unicode code points unless you ask for UTF-16; fields may be added to replies, so ignore those you do not know."
)
VIEWER = Path(str(files("flask_openapi_scalar"))) / "templates" / "scalar" / "js"
VIEWER_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self' data:; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'"
)
CONFIGURATION = {
    "withDefaultFonts": False,
    "telemetry": False,
    "hideClientButton": True,
    "agent": {"disabled": True},
    "mcp": {"disabled": True},
    "showDeveloperTools": "never",
}
"""Everything in the viewer that would call its makers is off; the policy above blocks it besides."""

blueprint = Blueprint("docs", __name__)


@blueprint.get("/v1/openapi.json")
@public
def get_openapi() -> Response:
    """The OpenAPI document, made from the schemas that validate"""
    document: dict[str, Any] = current_app.api_doc  # type: ignore[attr-defined]
    return jsonify(document)


@blueprint.get("/docs")
@public
def get_docs() -> Response:
    """The page that shows the OpenAPI document"""
    response = current_app.make_response(render_template("docs.html", configuration=json.dumps(CONFIGURATION)))
    response.headers["Content-Security-Policy"] = VIEWER_POLICY
    return response


@blueprint.get("/docs/viewer.js")
@public
def get_viewer() -> Response:
    """The viewer's script"""
    return send_from_directory(VIEWER, "scalar.standalone.js", mimetype="text/javascript", max_age=86_400)
