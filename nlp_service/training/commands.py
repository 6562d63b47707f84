"""The commands that train and measure: `train`, `evaluate` and `scorecard`. Each imports what it needs when it runs."""

import json
from collections.abc import Callable, Iterator, Mapping
from fnmatch import fnmatch
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nlp_service.settings import Settings

if TYPE_CHECKING:
    from nlp_service.inference.engine import Encoder, Engine
    from nlp_service.training.score import Score


def _head(task: str, settings: Settings, encoder: "Encoder", data_dir: Path) -> str:
    """A head of whole texts, written to the models; a line about it."""
    from nlp_service.training.train import train as train_head

    card = train_head(
        task,
        encoder=encoder,
        data_dir=data_dir,
        models_dir=settings.models_dir,
        gold_dir=settings.gold_acts_dir if task == "act" else settings.gold_cues_dir,
        cache_dir=settings.data_dir / "features",
    )
    return f"{task}: development macro-F1 {max(card['dev_macro_f1'].values())}, {sum(card['rows'].values())} rows"


def _centroids(settings: Settings, encoder: "Encoder", data_dir: Path) -> str:
    """The mean vector of each language, written to the models; a line about them."""
    from nlp_service.training.centroids import train_centroids

    cache_dir = settings.data_dir / "features"
    found = train_centroids(encoder=encoder, data_dir=data_dir, models_dir=settings.models_dir, cache_dir=cache_dir)
    return f"centroids of {len(found)} languages"


def _aspects(settings: Settings, _encoder: "Encoder", _data_dir: Path) -> str:
    """The vectors of the taxonomy, written to the models; a line about them."""
    from nlp_service.training.aspects import train_aspects

    return f"vectors of {train_aspects(settings)} aspects"


def _wants(settings: Settings, encoder: "Encoder", _data_dir: Path) -> str:
    """The axes of wants and the wordings on them, written to the models; a line about them."""
    from nlp_service.training.wants import train_wants

    return f"axes of {train_wants(settings, encoder)} wants"


def _wanted(settings: Settings, encoder: "Encoder", _data_dir: Path) -> str:
    """The head of wanted words, written to the models; a line about it."""
    from nlp_service.training.wanted import train_wanted

    return f"wanted words: F1 {train_wanted(settings, encoder)['word_f1']} on requests that no fit had seen"


def _lexical(settings: Settings, encoder: "Encoder", data_dir: Path) -> str:
    """The n-grams of sentiment, written to the models; a line about them."""
    from nlp_service.training.lexical import train_lexical

    own = settings.gold_dirs("sentiment")
    card = train_lexical(encoder=encoder, data_dir=data_dir, models_dir=settings.models_dir, gold_dirs=own)
    return f"n-grams of {len(card['rows'])} languages"


def _request_rule(settings: Settings, encoder: "Encoder", data_dir: Path) -> str:
    """The request head and its rule, written to the models; a line about them."""
    from nlp_service.training.request_rule import choose_rule

    rule = choose_rule(
        encoder=encoder,
        data_dir=data_dir,
        models_dir=settings.models_dir,
        gold_dirs=[settings.gold_acts_dir, settings.gold_requests_dir],
        reviews_dir=settings.gold_reviews_dir,
    )
    return f"request_rule: precision {rule['precision']}, recall {rule['recall']} in reviews, of rows {rule['rows']}"


def _success_rule(settings: Settings, encoder: "Encoder", _data_dir: Path) -> str:
    """The rule of success with its two heads, written to the models; a line about them."""
    from nlp_service.training.success_rows import engine_without_outcome
    from nlp_service.training.success_rule import choose_success_rule

    engine, gold_dir = engine_without_outcome(encoder, settings.models_dir), settings.gold_conversations_dir
    rule = choose_success_rule(encoder, engine, gold_dir=gold_dir, models_dir=settings.models_dir)
    return f"success_rule: accuracy {rule['unseen_accuracy']} on unseen parts of {rule['rows']} training conversations"


def _experience_rule(settings: Settings, _encoder: "Encoder", _data_dir: Path) -> str:
    """The rule that joins cues with heads to an experience, written to the models; a line about it."""
    from nlp_service.inference.load import load_engine
    from nlp_service.training.experience_rule import choose_experience_rule

    path, gold_dir = settings.models_dir / "experience_rule.json", settings.gold_conversations_dir
    rule = choose_experience_rule(load_engine(settings), gold_dir=gold_dir, path=path)
    return f"experience_rule: chosen on {rule['rows']} training conversations"


FITS: Mapping[str, Callable[[Settings, "Encoder", Path], str]] = {
    **{task: partial(_head, task) for task in ("sentiment", "act", "success", "effort")},
    "centroids": _centroids,
    "aspects": _aspects,
    "wants": _wants,
    "wanted": _wanted,
    "lexical": _lexical,
    "request_rule": _request_rule,
    "success_rule": _success_rule,
    "experience_rule": _experience_rule,
}
"""What is fitted on an encoder as it is, by the name of the task."""


@click.command()
@click.argument("tasks", nargs=-1, required=True, type=click.Choice(["encoder", *FITS]))
@click.option("--data", "data_dir", required=True, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--steps", default=2400, type=click.IntRange(1), help="Steps of tuning the encoder.")
@click.pass_obj
def train(settings: Settings, tasks: tuple[str, ...], data_dir: Path, steps: int) -> None:
    """Tune the encoder, or fit the heads of TASKS on it, on the corpora under --data that are marked `train`."""
    from nlp_service.inference.load import load_encoder

    if "encoder" in tasks:
        from nlp_service.training.encoder import train_encoder

        cards = train_encoder(settings, data_dir=data_dir, steps=steps, report=lambda line: click.echo(line, err=True))
        click.echo(json.dumps(cards, indent=1))
    encoder = load_encoder(settings)
    for task in [task for task in tasks if task != "encoder"]:
        click.echo(FITS[task](settings, encoder, data_dir))


@click.command()
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


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_obj
def scorecard(settings: Settings, files: tuple[Path, ...]) -> None:
    """Write models/SCORECARD.md and scorecard.json from the FILES that `evaluate --json` wrote."""
    from nlp_service.training.scorecard import write_scorecard

    click.echo(f"{write_scorecard(files, settings.models_dir)} rows")
