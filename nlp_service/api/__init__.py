"""JSON over HTTP, version 1: one blueprint a resource, registered with the app that documents them."""

from flask_openapi.openapi import OpenAPI

from nlp_service.api import about, analyze, conversations, jobs, languages, projects, records, requests, runs, themes

BLUEPRINTS = (
    analyze.blueprint,
    conversations.blueprint,
    projects.blueprint,
    records.blueprint,
    jobs.blueprint,
    runs.blueprint,
    requests.blueprint,
    themes.blueprint,
    languages.blueprint,
    about.blueprint,
    about.health,
)


def register_api(app: OpenAPI) -> None:
    """Puts every call of version 1 into the app."""
    for blueprint in BLUEPRINTS:
        app.register_api(blueprint)
