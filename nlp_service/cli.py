"""The command line: `python -m nlp_service …`. Each command imports what it needs, so that `--help` is instant."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from nlp_service import __version__
from nlp_service.errors import ServiceError
from nlp_service.settings import Settings
from nlp_service.training.commands import evaluate, scorecard, train

KINDS = ("auto", "reviews", "chats", "interviews")


class Commands(click.Group):
    """Turns our errors into one line and exit status 2."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ServiceError as error:
            click.echo(f"error ({error.code}): {error.detail}", err=True)
            ctx.exit(2)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Customers' words in, structured themes with evidence out."""
    ctx.obj = Settings()


for command in (train, evaluate, scorecard):
    cli.add_command(command)


@cli.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--kind", type=click.Choice(KINDS), default="auto", help="What the files hold.")
@click.option("--text-column", help="The column with the customers' words.")
@click.option("--map", "mapping", multiple=True, metavar="ROLE=HEADER", help="Which column is what; may be repeated.")
@click.option("--encoding", help="The files' encoding, where it is told wrong.")
@click.option("--language", help="The language of every text; told apart when absent.")
@click.option("--label-language", default="en", show_default=True, help="The language of the themes' names.")
@click.option("--themes", "wished_themes", type=click.IntRange(1), help="About how many themes you wish.")
@click.option("--preview", is_flag=True, help="Show what was understood of the files and analyse nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Also write report.json and report.txt.")
@click.pass_obj
def analyze(settings: Settings, /, files: tuple[Path, ...], **options: Any) -> None:
    """One run over FILES without a server: a report on stdout, progress on stderr."""
    from nlp_service.oneshot import preview_files, run_files

    if options["preview"]:
        click.echo(preview_files(files, **_reading_options(options), as_json=options["as_json"]))
        return
    click.echo(
        run_files(
            settings,
            files,
            **_reading_options(options),
            label_language=options["label_language"],
            wished_themes=options["wished_themes"],
            as_json=options["as_json"],
            out=options["out"],
        ),
        nl=False,
    )


def _reading_options(options: dict[str, Any]) -> dict[str, Any]:
    pairs = [pair.partition("=") for pair in options["mapping"]]
    if not all(role and header for role, _, header in pairs):
        raise click.BadParameter("write ROLE=HEADER, as rating=Stars", param_hint="--map")
    mapping = {role.strip(): header for role, _, header in pairs}
    return {name: options[name] for name in ("kind", "text_column", "language", "encoding")} | {"mapping": mapping}


@cli.group()
def models() -> None:
    """Weights: fetch, build, check."""


@models.command("install")
@click.option("--force", is_flag=True, help="Build again even if a whole build is there.")
@click.pass_obj
def models_install(settings: Settings, force: bool) -> None:
    """Build the encoder from its base weights, once."""
    import logging

    from tqdm import tqdm

    from nlp_service.inference.install import STEPS, install

    logging.getLogger().setLevel(logging.ERROR)  # the quantizer's advice is not for this reader
    with tqdm(total=len(STEPS), desc="encoder", file=sys.stderr, bar_format="{l_bar}{bar}| {n_fmt}/{total_fmt}") as bar:

        def show(stage: str, done: int, _total: int) -> None:
            bar.set_description(f"encoder: {stage}")
            bar.update(done - bar.n)

        built, is_new = install(settings, force=force, progress=show)
        bar.update(len(STEPS) - bar.n)
    state = "built and verified" if is_new else "already there, nothing to do"
    click.echo(f"encoder {state}: {built.folder} (from {built.source}, cosine ≥ {built.cosine})")


@models.command("list")
@click.pass_obj
def models_list(settings: Settings) -> None:
    """The installed encoder and heads, as JSON."""
    from nlp_service.inference import catalog, heads

    built = catalog.find(settings.models_dir)
    cards = [dict(head.card) for head in heads.load(settings.heads_dir)]
    encoder = {"name": catalog.NAME, "source": built.source, "cosine": built.cosine, "sha256": dict(built.sha256)}
    click.echo(json.dumps({"encoder": encoder, "heads": cards}, indent=1, ensure_ascii=False))


@models.command("verify")
@click.pass_obj
def models_verify(settings: Settings) -> None:
    """Check every file against its checksum."""
    from nlp_service.inference import catalog, heads

    catalog.verify(catalog.find(settings.models_dir))
    heads.load(settings.heads_dir)
    click.echo("encoder and heads match their checksums")


@cli.command()
@click.option("--with-samples", is_flag=True, help="First analyse the sample reviews, if that was not done.")
@click.pass_obj
def serve(settings: Settings, with_samples: bool) -> None:
    """The web process: API, pages and a job worker."""
    from nlp_service.serve import serve as run

    run(settings, with_samples=with_samples)


@cli.command()
@click.pass_obj
def work(settings: Settings) -> None:
    """A job consumer in a process of its own."""
    from nlp_service.jobs.worker import work as run

    run(settings)


@cli.group()
def keys() -> None:
    """API keys."""


@keys.command("create")
@click.option("--project", "project_id", required=True, help="The project that the key opens.")
@click.option("--scopes", default="analyze,read,write", show_default=True, help="Comma-separated.")
@click.pass_obj
def keys_create(settings: Settings, project_id: str, scopes: str) -> None:
    """Make a key; its secret is shown once."""
    from nlp_service.store import keys as stored
    from nlp_service.store.engine import opened_store

    with opened_store(settings) as store, store.write() as connection:
        key, secret = stored.create(connection, project_id, [scope for scope in scopes.split(",") if scope])
    click.echo(f"{key.id}\n{secret}")


@keys.command("list")
@click.option("--project", "project_id", required=True)
@click.pass_obj
def keys_list(settings: Settings, project_id: str) -> None:
    """The keys of a project, without their secrets."""
    from nlp_service.store import keys as stored
    from nlp_service.store.engine import opened_store

    with opened_store(settings) as store, store.read() as connection:
        for key in stored.list_keys(connection, project_id):
            click.echo(f"{key.id}  {','.join(key.scopes)}  {key.created_at}")


@keys.command("revoke")
@click.argument("key_id")
@click.pass_obj
def keys_revoke(settings: Settings, key_id: str) -> None:
    """Make a key useless."""
    from nlp_service.store import keys as stored
    from nlp_service.store.engine import opened_store

    with opened_store(settings) as store, store.write() as connection:
        stored.revoke(connection, key_id)
    click.echo(f"{key_id} revoked")


@cli.group()
def db() -> None:
    """The database."""


@db.command("upgrade")
@click.pass_obj
def db_upgrade(settings: Settings) -> None:
    """Create the schema, or bring it up to this version."""
    from nlp_service.store.engine import opened_store

    with opened_store(settings):
        click.echo(f"{settings.data_dir} is up to date")


@cli.command()
def openapi() -> None:
    """The OpenAPI document, as JSON."""
    from nlp_service.app import create_app

    app = create_app(Settings(engine="hashing"))
    click.echo(app.test_client().get("/v1/openapi.json").get_data(as_text=True))


def main() -> None:
    """Runs the command line."""
    cli(prog_name="python -m nlp_service")
