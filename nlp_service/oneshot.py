"""One run over files without a server: what `analyze` on the command line does."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from tqdm import tqdm

from nlp_service import ingest, pipeline
from nlp_service.domain import Kind, Record, Report, Upload
from nlp_service.errors import UnsupportedLanguage
from nlp_service.export.report import report_json
from nlp_service.export.text import report_text
from nlp_service.inference.load import load_engine
from nlp_service.ingest.contents import Contents
from nlp_service.ingest.preview import preview
from nlp_service.settings import Settings
from nlp_service.text.languages import is_supported
from nlp_service.topics.taxonomy import load_taxonomy

AnyKind = Kind | Literal["auto"]
PURPOSE = "one run on the command line"


def read_files(files: Sequence[Path], *, kind: AnyKind, language: str | None, **how: Any) -> list[Contents]:
    """What is in each file.

    Raises:
        UnsupportedLanguage: the service does not know the language.
        InvalidRequest: the mapping names a column that there is not, or the encoding is none.
        UnreadableFile: a file cannot be read; the message names it.
    """
    if language is not None and not is_supported(language):
        raise UnsupportedLanguage(f"The language {language} is not supported: leave it out to have it told apart.")
    uploads = [Upload(filename=path.name, content=path.read_bytes(), kind=kind) for path in files]
    return [ingest.read(upload, language=language, **how) for upload in uploads]


def preview_files(files: Sequence[Path], *, as_json: bool, **reading: Any) -> str:
    """What was understood of the files: format, encoding, columns, speakers, the first records."""
    found = [preview(path.name, contents) for path, contents in zip(files, read_files(files, **reading), strict=True)]
    if as_json:
        return json.dumps({"files": found}, ensure_ascii=False, indent=1)
    return "\n\n".join("\n".join(_preview_lines(one)) for one in found)


def _preview_lines(found: dict[str, Any]) -> list[str]:
    lines = [f"{name:10}{json.dumps(value, ensure_ascii=False)}" for name, value in found.items() if name != "records"]
    return lines + ["  " + json.dumps(record, ensure_ascii=False) for record in found["records"]]


def run_files(
    settings: Settings,
    files: Sequence[Path],
    *,
    label_language: str,
    wished_themes: int | None,
    as_json: bool,
    out: Path | None,
    **reading: Any,
) -> str:
    """The report over the files, as text or JSON; with `out` both are also written there."""
    found = read_files(files, **reading)
    records = [record for contents in found for record in contents.records]
    report = _report(settings, records, language=reading["language"], wished_themes=wished_themes)
    for path, contents in zip(files, found, strict=True):
        for warning in contents.warnings:
            print(f"{path.name}: {warning}", file=sys.stderr)  # noqa: T201
    text = report_text(report, language=label_language)
    content = json.dumps(report_json(report), ensure_ascii=False, indent=1) + "\n"
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        (out / "report.json").write_text(content, encoding="utf-8")
        (out / "report.txt").write_text(text, encoding="utf-8")
    return content if as_json else text


def _report(
    settings: Settings, records: Sequence[Record], *, language: str | None, wished_themes: int | None
) -> Report:
    engine = load_engine(settings)
    with tqdm(total=1, file=sys.stderr, leave=False, bar_format="{desc}: {percentage:3.0f}%|{bar}|") as bar:

        def show(stage: str, done: int, total: int) -> None:
            bar.total, bar.n = max(total, 1), done
            bar.set_description(stage)

        analyses = pipeline.analyze(records, engine=engine, language=language, progress=show)
        return pipeline.report(
            analyses,
            engine=engine,
            taxonomy=load_taxonomy(settings.taxonomy_dir),
            settings=settings,
            purpose=PURPOSE,
            wished_themes=wished_themes,
            progress=show,
        )
