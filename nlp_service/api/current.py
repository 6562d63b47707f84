"""What the request at hand belongs to: the service, its context, the caller, and what the caller may see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app, g

from nlp_service.errors import NotFound
from nlp_service.jobs.context import Context
from nlp_service.service import Service
from nlp_service.settings import Settings
from nlp_service.store import jobs, projects, runs
from nlp_service.store.jobs import Job
from nlp_service.store.keys import Key
from nlp_service.store.projects import Project
from nlp_service.store.runs import Run

EXTENSION = "nlp_service"


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who asks: a key, or the local machine where no key is configured."""

    key: Key | None = None

    @property
    def owner(self) -> str:
        """The name under which idempotency keys are kept."""
        return self.key.id if self.key else "local"

    @property
    def project_id(self) -> str | None:
        """The only project the caller may see, or None for every one."""
        return self.key.project_id if self.key else None

    def allows(self, scope: str) -> bool:
        """Whether the caller may do this."""
        return self.key is None or scope in self.key.scopes or "admin" in self.key.scopes


def service() -> Service:
    """The service of the app at hand."""
    found: Service = current_app.extensions[EXTENSION]
    return found


def settings() -> Settings:
    """The settings of the app at hand."""
    return service().settings


def context() -> Context:
    """The context of jobs and analyses.

    Raises:
        NotReady: the engine is not loaded.
    """
    return service().context


def caller() -> Caller:
    """Who sent the request at hand."""
    found: Caller = g.caller
    return found


def find_project(project_id: str) -> Project:
    """The project.

    Raises:
        NotFound: there is none, or it is another key's.
    """
    if not _visible(project_id):
        raise NotFound("There is no project with this id.")
    with service().store.read() as connection:
        return projects.get(connection, project_id)


def find_job(job_id: str) -> Job:
    """The job.

    Raises:
        NotFound: there is none, or it belongs to another key's project.
    """
    with service().store.read() as connection:
        job = jobs.get(connection, job_id)
    if not _visible(job.project_id):
        raise NotFound("There is no job with this id.")
    return job


def find_run(run_id: str) -> Run:
    """The run.

    Raises:
        NotFound: there is none, or it belongs to another key's project.
    """
    with service().store.read() as connection:
        run = runs.get(connection, run_id)
    if not _visible(run.project_id):
        raise NotFound("There is no run with this id.")
    return run


def page_json(items: Sequence[Mapping[str, Any]], next_cursor: str | None) -> dict[str, Any]:
    """A page as API.md has it."""
    return {"data": list(items), "next_cursor": next_cursor, "has_more": next_cursor is not None}


def _visible(project_id: str) -> bool:
    own = caller().project_id
    return own is None or own == project_id
