"""How long a mixed batch takes, stage by stage, and what the engines do on the same texts: `make bench`."""

import gzip
import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sklearn.metrics import v_measure_score

from nlp_service import pipeline
from nlp_service.analysis.requests import detect
from nlp_service.analysis.signals import signals
from nlp_service.domain import Record, Report
from nlp_service.inference.load import load_encoder, load_engine
from nlp_service.settings import ROOT, Settings
from nlp_service.text.identify import identify
from nlp_service.topics.taxonomy import load_taxonomy

DATA = ROOT.parent / "shared" / "data" / "sentiment"
LANGUAGES = ("en", "fa", "tr", "ar", "de", "es")
N_RECORDS = 2_000
N_TEXTS = 300


def mixed_reviews(n: int) -> list[Record]:
    """About `n` training rows, as many of each language, taken in turn from the corpora of that language."""
    records = []
    for language in LANGUAGES:
        texts = _texts(language)
        records += [Record(id=f"{language}{i}", text=next(texts), kind="reviews") for i in range(n // len(LANGUAGES))]
    return records


def _texts(language: str) -> Iterator[str]:
    files = [_rows(path) for path in sorted((DATA / language).glob("*.jsonl.gz"))]
    while files:
        for rows in list(files):
            text = next(rows, None)
            if text is None:
                files.remove(rows)
            else:
                yield text


def _rows(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["split"] == "train":
                yield row["text"]


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Prints how many seconds the block took."""
    started = time.perf_counter()
    yield
    print(f"{what:32} {time.perf_counter() - started:7.1f} s")


def language_share(report: Report) -> float:
    """V-measure of the themes with the languages of their segments: 0 where themes know no language."""
    languages = {r.segment.id: r.segment.language for analysis in report.analyses for r in analysis.readings}
    pairs = [(number, languages[i]) for number, theme in enumerate(report.themes) for i in theme.segment_ids]
    return float(v_measure_score([language for _, language in pairs], [number for number, _ in pairs]))


def batch() -> None:
    """The whole flow over a batch in six languages."""
    settings = Settings()
    with timed("start-up: engine, detector"):
        engine = load_engine(settings)
        taxonomy = load_taxonomy(settings.corpora_dir / "taxonomy")
        identify(["warm up"])
        engine.encode(["warm up"])
    records = mixed_reviews(N_RECORDS)
    started = time.perf_counter()
    with timed(f"analyze {len(records)} records"):
        analyses = pipeline.analyze(records, engine=engine)
    with timed("themes and requests"):
        report = pipeline.report(analyses, engine=engine, taxonomy=taxonomy, settings=settings, purpose="benchmark")
    seconds = time.perf_counter() - started
    n_segments = sum(len(analysis.readings) for analysis in analyses)
    print(f"{len(records)} records, {n_segments} segments in {seconds:.1f} s: {len(records) / seconds:.0f} records/s")
    print(f"{len(report.themes)} themes, language v-measure {language_share(report):.4f}")


def engines() -> None:
    """The int8 graph against torch float32, on the same texts, as a ratio."""
    texts = [record.text[:300] for record in mixed_reviews(N_TEXTS)]
    rates: dict[str, float] = {}
    for name in ("onnx", "torch"):
        encoder = load_encoder(Settings(engine=name))
        encoder.features(texts[:8])
        rates[name] = len(texts) / _seconds(lambda encoder=encoder: encoder.features(texts))  # type: ignore[misc]
        print(f"{encoder.name:32} {rates[name]:7.0f} texts/s")
    print(f"{'ratio':32} {rates['onnx'] / rates['torch']:7.2f}")


def costs() -> None:
    """What requests and experience cost beside the encoder pass over the same segments, as ratios of CPU time."""
    engine = load_engine(Settings())
    records = mixed_reviews(N_RECORDS)
    codes = [found.code for found in identify([record.text for record in records])]
    segments = [s for record, code in zip(records, codes, strict=True) for s in pipeline.segment_record(record, code)]
    first = segments[:50]
    encoded = engine.encode([segment.text for segment in first])
    detect(first, encoded.logits["act"], encoded.logits["request"], encoded.tokens)
    signals(first, encoded.logits)
    spent = {"encoder": 0.0, "requests": 0.0, "experience": 0.0}
    for at in range(50, len(segments), 50):
        own = segments[at : at + 50]
        encoded = _spent(spent, "encoder", partial(engine.encode, [segment.text for segment in own]))
        logits = encoded.logits
        _spent(spent, "requests", partial(detect, own, logits["act"], logits["request"], encoded.tokens))
        _spent(spent, "experience", partial(signals, own, logits))
    for name in ("requests", "experience"):
        print(f"{name + ' beside the encoder':32} {spent[name] / spent['encoder']:7.1%}")


def _spent(spent: dict[str, float], name: str, call: Callable[[], Any]) -> Any:
    started = time.process_time()
    result = call()
    spent[name] += time.process_time() - started
    return result


def _seconds(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


if __name__ == "__main__":
    if not DATA.is_dir():
        sys.exit(f"{DATA} is not here: the benchmark needs the labelled corpora.")
    costs()  # first, on texts that no cache knows
    batch()
    engines()
