"""The command line: `python -m nlp_service …`. Each command imports what it needs, so that `--help` is instant."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from fnmatch import fnmatch
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from nlp_service import __version__
from nlp_service.errors import ServiceError
from nlp_service.settings import Settings

if TYPE_CHECKING:
    from nlp_service.inference.engine import Encoder, Engine
    from nlp_service.training.score import Score

F = TypeVar("F", bound=Callable[..., Any])
KINDS = ("auto", "reviews", "chats", "interviews")


class Commands(click.Group):
    """Turns our errors into one line and exit status 2."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ServiceError as error:
            click.echo(f"error ({error.code}): {error.detail}", err=True)
            ctx.exit(2)


TRAIN_TASKS = (
    "encoder",
    "sentiment",
    "act",
    "success",
    "effort",
    "centroids",
    "aspects",
    "wants",
    "wanted",
    "lexical",
    "request_rule",
    "success_rule",
    "experience_rule",
)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Customers' words in, structured themes with evidence out."""
    ctx.obj = Settings()


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
@click.argument("tasks", nargs=-1, required=True, type=click.Choice(TRAIN_TASKS))
@click.option("--data", "data_dir", required=True, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--steps", default=2400, type=click.IntRange(1), help="Steps of tuning the encoder.")
@click.pass_obj
def train(settings: Settings, tasks: tuple[str, ...], data_dir: Path, steps: int) -> None:
    """Tune the encoder, or fit the heads of TASKS on it, on the corpora under --data that are marked `train`."""
    from nlp_service.inference.load import load_encoder
    from nlp_service.training.aspects import train_aspects
    from nlp_service.training.centroids import train_centroids
    from nlp_service.training.lexical import train_lexical
    from nlp_service.training.wanted import train_wanted
    from nlp_service.training.wants import train_wants

    if "encoder" in tasks:
        from nlp_service.training.encoder import train_encoder

        cards = train_encoder(settings, data_dir=data_dir, steps=steps, report=lambda line: click.echo(line, err=True))
        click.echo(json.dumps(cards, indent=1))
    encoder = load_encoder(settings)
    common: dict[str, Any] = {"encoder": encoder, "data_dir": data_dir, "models_dir": settings.models_dir}
    cache_dir = settings.data_dir / "features"
    fits: dict[str, Callable[[], str]] = {
        "centroids": lambda: f"centroids of {len(train_centroids(**common, cache_dir=cache_dir))} languages",
        "aspects": lambda: f"vectors of {train_aspects(settings)} aspects",
        "wants": lambda: f"axes of {train_wants(settings, encoder)} wants",
        "wanted": lambda: (
            f"wanted words: F1 {train_wanted(settings, encoder)['word_f1']} on requests that no fit had seen"
        ),
        "lexical": lambda: f"n-grams of {len(train_lexical(**common)['rows'])} languages",
        "request_rule": lambda: _request_rule(settings, **common),
        "success_rule": lambda: _success_rule(settings, encoder),
        "experience_rule": lambda: _experience_rule(settings),
    }
    for task in [task for task in tasks if task != "encoder"]:
        click.echo(fits[task]() if task in fits else _head(task, settings, **common, cache_dir=cache_dir))


def _head(task: str, settings: Settings, **common: Any) -> str:
    """A head of whole texts, written to the models; a line about it."""
    from nlp_service.training.train import train as train_head

    card = train_head(task, **common, gold_dir=settings.gold_acts_dir if task == "act" else settings.gold_cues_dir)
    return f"{task}: development macro-F1 {max(card['dev_macro_f1'].values())}, {sum(card['rows'].values())} rows"


def _success_rule(settings: Settings, encoder: "Encoder") -> str:
    """The rule of success with its two heads, written to the models; a line about them."""
    from nlp_service.training.success_rows import engine_without_outcome
    from nlp_service.training.success_rule import choose_success_rule

    engine, gold_dir = engine_without_outcome(encoder, settings.models_dir), settings.gold_conversations_dir
    rule = choose_success_rule(encoder, engine, gold_dir=gold_dir, models_dir=settings.models_dir)
    return f"success_rule: accuracy {rule['unseen_accuracy']} on unseen parts of {rule['rows']} training conversations"


def _experience_rule(settings: Settings) -> str:
    """The rule that joins cues with heads to an experience, written to the models; a line about it."""
    from nlp_service.inference.load import load_engine
    from nlp_service.training.experience_rule import choose_experience_rule

    path, gold_dir = settings.models_dir / "experience_rule.json", settings.gold_conversations_dir
    rule = choose_experience_rule(load_engine(settings), gold_dir=gold_dir, path=path)
    return f"experience_rule: chosen on {rule['rows']} training conversations"


def _request_rule(settings: Settings, **common: Any) -> str:
    """The request head and its rule, written to the models; a line about them."""
    from nlp_service.training.request_rule import choose_rule

    gold_dirs = [settings.gold_acts_dir, settings.gold_requests_dir]
    rule = choose_rule(gold_dirs=gold_dirs, reviews_dir=settings.gold_reviews_dir, **common)
    return f"request_rule: precision {rule['precision']}, recall {rule['recall']} in reviews, of rows {rule['rows']}"


@cli.command()
@click.argument("task")
@click.option("--data", "data_dir", required=True, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--corpus", "names", default="*", help="Only corpora whose name matches this pattern.")
@click.option("--languages", default="", help="Only these languages, comma-separated.")
@click.option("--limit", type=click.IntRange(1), help="At most this many rows of a corpus.")
@click.option(
    "--baseline",
    type=click.Choice(["tf-idf", "frozen"]),
    help="Measure logistic regression on TF-IDF or on the encoder before tuning instead, fitted to each corpus.",
)
@click.option(
    "--json", "json_path", type=click.Path(dir_okay=False, path_type=Path), help="Also write JSON lines here."
)
@click.pass_obj
def evaluate(settings: Settings, /, task: str, data_dir: Path, json_path: Path | None, **options: Any) -> None:
    """The scorecard of TASK on the test rows under --data."""
    from nlp_service.inference.load import load_encoder, load_engine
    from nlp_service.training.baseline import TF_IDF, baseline_scores, frozen
    from nlp_service.training.evaluate import evaluate as labelled
    from nlp_service.training.evaluate_pii import pii_scores
    from nlp_service.training.evaluate_topics import evaluate_topics
    from nlp_service.training.frozen import frozen_settings

    common: dict[str, Any] = {
        "data_dir": data_dir,
        "names": options["names"],
        "languages": tuple(code for code in options["languages"].split(",") if code),
        "limit": options["limit"],
    }
    if options["baseline"]:
        if task not in ("sentiment", "requests"):
            raise click.BadParameter("it is measured for sentiment and requests", param_hint="--baseline")
        baseline = TF_IDF if options["baseline"] == "tf-idf" else frozen(load_encoder(frozen_settings(settings)))
        scores = baseline_scores(task, baseline, gold_dirs=settings.gold_dirs(task), **common)
    elif task == "pii":
        scores = pii_scores(gold_dir=settings.gold_pii_dir, **common)
    elif task == "topics":
        scores = evaluate_topics(engine=load_engine(settings), settings=settings, **common)
    else:
        engine = load_engine(settings)
        scores = labelled(task, engine=engine, settings=settings, **common)
        if task == "requests":
            scores = chain(scores, _own_requests(engine, settings, data_dir, common))
    found = []
    for score in scores:
        figures = "  ".join(f"{name} {value:.3f}" for name, value in score.metrics.items())
        click.echo(f"{score.language:4}{score.corpus:32}{score.n:6}  {figures}")
        found.append(score)
    if json_path:
        lines = [json.dumps(score.as_json(), ensure_ascii=False) + "\n" for score in found]
        json_path.write_text("".join(lines), encoding="utf-8")


def _own_requests(engine: "Engine", settings: Settings, data_dir: Path, scope: Mapping[str, Any]) -> Iterator["Score"]:
    """The scores of requests on our own sentences, and on the segments of real reviews that we labelled."""
    from nlp_service.training.evaluate_requests import GOLD_REQUESTS, GOLD_REVIEWS, request_scores, review_scores

    if fnmatch(GOLD_REQUESTS, scope["names"]):
        yield from request_scores(engine, settings=settings, languages=scope["languages"])
    if fnmatch(GOLD_REVIEWS, scope["names"]):
        where: dict[str, Any] = {"data_dir": data_dir, "reviews_dir": settings.gold_reviews_dir}
        yield from review_scores(engine, **where, languages=scope["languages"])


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
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_obj
def scorecard(settings: Settings, files: tuple[Path, ...]) -> None:
    """Write models/SCORECARD.md and scorecard.json from the FILES that `evaluate --json` wrote."""
    from nlp_service.training.scorecard import write_scorecard

    click.echo(f"{write_scorecard(files, settings.models_dir)} rows")


@cli.command()
def openapi() -> None:
    """The OpenAPI document, as JSON."""
    from nlp_service.app import create_app

    app = create_app(Settings(engine="hashing"))
    click.echo(app.test_client().get("/v1/openapi.json").get_data(as_text=True))


def main() -> None:
    """Runs the command line."""
    cli(prog_name="python -m nlp_service")
