"""Small spaCy pipelines that know a few names by heart, saved as folders; tests without Presidio are skipped."""

from pathlib import Path

import pytest

from nlp_service.text.redact import Names, load_names

PEOPLE = {
    "en": ("PERSON", ["John Smith", "Maria Lopez 0532 111 22 33", "jane", "phone", "Kim\nLee Wong"]),
    "de": ("PER", ["Jürgen Müller", "John Smith senior"]),
}


def saved(folder: Path, language: str, *, label: str | None = None) -> Path:
    """The folder of a pipeline that knows the people of the language, and a company."""
    import spacy

    own, people = PEOPLE[language]
    pipeline = spacy.blank(language)
    patterns = [{"label": label or own, "pattern": name} for name in people]
    pipeline.add_pipe("entity_ruler").add_patterns([*patterns, {"label": "ORG", "pattern": "Acme"}])
    pipeline.to_disk(folder / language)
    return folder / language


def names_of(folder: Path) -> Names:
    """What finds the names of both languages with the real Presidio."""
    pytest.importorskip("presidio_analyzer", reason="Presidio is not installed: see requirements-names.txt")
    names = load_names({language: str(saved(folder, language)) for language in PEOPLE})
    assert names is not None
    return names
