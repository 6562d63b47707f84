"""Names of people, found by Presidio with spaCy pipelines that are set, one a language; imported only where some are."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache, partial
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any

import regex

from nlp_service.domain import UNDETERMINED
from nlp_service.errors import ModelCorrupt, ModelMissing, NotReady, UnsupportedLanguage
from nlp_service.text.languages import is_supported
from nlp_service.text.redact.findings import EVERY_KIND, Finding, FindNames

PERSON = "PERSON"
LABELS = (PERSON, "PER", "PRS", "PS", "persName")
"""What pipelines call people: those of English, of most languages of Europe, of Swedish, Korean and Polish."""
LONGEST = 20_000
"""Code points that a pipeline reads at once: it takes much memory for each."""
SHORT, MOST_SHORT = 80, 10_000
"""Texts as short as speakers and values of columns come again: that many of them are remembered."""
_UNREAD = regex.compile(rf"\[(?:{'|'.join(EVERY_KIND)})\]|[^\s\p{{Han}}\p{{Hiragana}}\p{{Katakana}}\p{{Thai}}]{{201,}}")
"""What stands for personal data, and chunks without a space, which are no names and make tokenizers slow."""

_NOT_INSTALLED = (
    "NLP_PII_NAMES asks for names, which Presidio finds, and it is not installed: run "
    "`.venv/bin/pip install -r requirements-names.txt`, or unset NLP_PII_NAMES."
)
_NO_PIPELINE = (
    "NLP_PII_NAMES asks for names in {code} with the spaCy pipeline {name}, which is neither installed nor a folder with "
    "a config.cfg: run `.venv/bin/python -m spacy download {name}`, or name another."
)
_NOT_LOADED = (
    "The spaCy pipeline {name}, which NLP_PII_NAMES names for {code}, does not work here ({error}): install one that was "
    "made for spaCy {version}, with the packages it needs."
)
_NO_PERSONS = (
    "The spaCy pipeline {name}, which NLP_PII_NAMES names for {code}, knows no label for people ({labels}): name one "
    "with a component for named entities."
)
_FAILED = "Names of people could not be looked for in a text, so nothing was done with it: the log names the place."

Span = tuple[int, int, float]
"""Start, end and confidence."""


class Names:
    """Finds names of people in texts of the languages that have a pipeline; one text at a time, whichever thread asks."""

    def __init__(self, pipelines: Mapping[str, Any]) -> None:
        self._pipelines = pipelines
        self._analyzer = _analyzer(pipelines)
        self._one_at_a_time = Lock()
        self._remembered = lru_cache(maxsize=MOST_SHORT)(self._look)

    def within(self, language: str) -> FindNames | None:
        """What finds the names in a text of the language, None where it has no pipeline; in `und`, every pipeline looks."""
        if language == UNDETERMINED:
            return partial(self._find, tuple(self._pipelines))
        return partial(self._find, (language,)) if language in self._pipelines else None

    def _find(self, languages: Iterable[str], text: str) -> tuple[Finding, ...]:
        if not any(map(str.isalpha, text)):
            return ()
        look = self._remembered if len(text) <= SHORT else self._look
        return _joined(span for language in languages for span in look(language, text))

    def _look(self, language: str, text: str) -> tuple[Span, ...]:
        found: list[Span] = []
        try:
            with self._one_at_a_time:
                for at, piece in _pieces(_UNREAD.sub(_blank, text)):
                    # In a zone the words of the text are forgotten; else a pipeline keeps each that it ever met.
                    with self._pipelines[language].memory_zone():
                        results = self._analyzer.analyze(piece, language, entities=[PERSON])
                        found += [(at + one.start, at + one.end, float(one.score)) for one in results]
        except Exception as error:  # a pipeline is somebody's package; text in which it fails must not pass for read
            raise NotReady(_FAILED) from error
        return tuple(found)


def check_names(pipelines: Mapping[str, str]) -> None:
    """Nothing where Presidio and every pipeline are there; loads none of them.

    Raises:
        UnsupportedLanguage: there is a pipeline for a language that the service does not tell.
        ModelMissing: Presidio or a pipeline is not installed; the sentence says how to install it.
    """
    for code, name in pipelines.items():
        if not is_supported(code):
            raise UnsupportedLanguage(f"NLP_PII_NAMES names a pipeline for {code}, a language that is not told apart.")
        if find_spec("presidio_analyzer") is None:
            raise ModelMissing(_NOT_INSTALLED)
        if not (Path(name, "config.cfg").is_file() or _is_package(name)):
            raise ModelMissing(_NO_PIPELINE.format(code=code, name=name))


def load_names(pipelines: Mapping[str, str]) -> Names | None:
    """What finds names with these pipelines, packages or folders by language; None, and nothing imported, without any.

    Raises:
        UnsupportedLanguage: there is a pipeline for a language that the service does not tell.
        ModelMissing: Presidio or a pipeline is not installed; the sentence says how to install it.
        ModelCorrupt: a pipeline does not work, or knows no label for people.
    """
    check_names(pipelines)
    if not pipelines:
        return None
    loaded = {code: _loaded(code, name) for code, name in pipelines.items()}
    try:
        return Names(loaded)
    except ImportError as error:
        raise ModelMissing(_NOT_INSTALLED) from error


def _is_package(name: str) -> bool:
    try:
        return metadata.distribution(name) is not None
    except (metadata.PackageNotFoundError, ValueError):
        return False


def _loaded(code: str, name: str) -> Any:
    import spacy

    try:
        pipeline = spacy.load(name)
        pipeline("One text, to see whether it works.")
    except Exception as error:  # it may fail in any way
        what = type(error).__name__
        text = _NOT_LOADED.format(code=code, name=name, error=what, version=metadata.version("spacy"))
        raise ModelCorrupt(text) from error
    if not any(label in LABELS for labels in pipeline.pipe_labels.values() for label in labels):
        raise ModelCorrupt(_NO_PERSONS.format(code=code, name=name, labels=", ".join(LABELS)))
    return pipeline


def _analyzer(pipelines: Mapping[str, Any]) -> Any:
    """Presidio with these pipelines and the one recogniser that reads their entities.

    They are given loaded: Presidio would download those it misses.
    """
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
    from presidio_analyzer.nlp_engine import NerModelConfiguration, SpacyNlpEngine

    every = {label for one in pipelines.values() for labels in one.pipe_labels.values() for label in labels}
    reading = NerModelConfiguration(
        model_to_presidio_entity_mapping=dict.fromkeys(LABELS, PERSON), labels_to_ignore=sorted(every - set(LABELS))
    )
    engine = SpacyNlpEngine(
        models=[{"lang_code": code, "model_name": one.meta["name"]} for code, one in pipelines.items()],
        ner_model_configuration=reading,
    )
    engine.nlp = dict(pipelines)
    registry = RecognizerRegistry(supported_languages=list(pipelines))
    registry.add_nlp_recognizer(engine)
    return AnalyzerEngine(nlp_engine=engine, registry=registry, supported_languages=list(pipelines))


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Where each piece of a long text starts, and the piece; cut at the end of a line, else of a sentence or a word."""
    at = 0
    while len(text) - at > LONGEST:
        least, most = at + LONGEST // 2, at + LONGEST
        cut = next((cut for sign in ("\n", ". ", " ") if (cut := text.rfind(sign, least, most)) > 0), most - 1) + 1
        yield at, text[at:cut]
        at = cut
    yield at, text[at:]


def _joined(spans: Iterable[Span]) -> tuple[Finding, ...]:
    """A finding for each stretch of spans that overlap."""
    found: list[Finding] = []
    for start, end, confidence in sorted(spans):
        last = found[-1] if found else None
        if last is not None and start < last.end:
            found[-1] = replace(last, end=max(end, last.end), confidence=max(confidence, last.confidence))
        else:
            found.append(Finding(kind="name", start=start, end=end, confidence=confidence))
    return tuple(found)


def _blank(match: "regex.Match[str]") -> str:
    return " " * len(match[0])
