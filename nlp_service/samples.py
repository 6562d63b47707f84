"""The sample project: what a newcomer sees first, analysed once from the reviews in `corpora/samples`."""

from pathlib import Path

from nlp_service.domain import Upload
from nlp_service.jobs.context import Context
from nlp_service.jobs.tasks import submit
from nlp_service.store import jobs, projects, uploads

NAME = "Sample: Kiva reviews"
PURPOSE = "To show what the service finds in 240 invented reviews in English, Persian, Turkish and Arabic."
FILE = Path("samples", "reviews.csv")


def add_sample_project(context: Context) -> bool:
    """Whether the sample project was added: it is where no project is, and its analysis is queued."""
    path = context.settings.corpora_dir / FILE
    with context.store.write() as connection:
        if projects.page(connection, limit=1).items:
            return False
        project = projects.create(connection, name=NAME, purpose=PURPOSE)
        upload = Upload(filename=path.name, content=path.read_bytes(), kind="reviews")
        payload = {"upload_id": uploads.save(connection, project.id, upload), "text_column": None, "language": None}
        job = jobs.create(connection, project.id, "batch", payload | {"wished_themes": None})
    submit(context, job.id)
    return True
