"""The statistical detector (lingua), built once: how likely each language is for a text of one script."""

from collections.abc import Mapping
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING

from nlp_service.domain import UNDETERMINED
from nlp_service.text.languages import LANGUAGES

if TYPE_CHECKING:
    from lingua import LanguageDetector

NEIGHBORS = ("cs", "da", "nb", "hu", "bg")
"""Languages told apart only to say that a text is in none of ours."""
SHARED_SCRIPTS: Mapping[str, tuple[str, ...]] = {
    script: tuple(code for code, info in LANGUAGES.items() if info.script == script)
    for script in ("Arab", "Latn", "Cyrl")
}
MOST_LETTERS = 200
"""Where a text is cut for the detector: more letters cost time and change nothing."""
_lock = Lock()


def likelihoods(words: str) -> Mapping[str, float]:
    """How likely each language of a shared script is, from 0 to 1, and `und` for what is in none of ours."""
    return _kept(words) if len(words) <= 80 else _likelihoods(words[:MOST_LETTERS])


def _likelihoods(words: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for value in detector().compute_language_confidence_values(words):
        code = value.language.iso_code_639_1.name.lower()
        code = code if code in LANGUAGES else UNDETERMINED
        found[code] = found.get(code, 0.0) + value.value
    return found


_kept = lru_cache(maxsize=20_000)(_likelihoods)


def detector() -> "LanguageDetector":
    """The detector with the languages of the shared scripts; the first call takes seconds."""
    with _lock:  # building twice costs seconds and half a gigabyte
        return _build()


@lru_cache(maxsize=1)
def _build() -> "LanguageDetector":
    from lingua import IsoCode639_1, LanguageDetectorBuilder

    codes = [code for script in SHARED_SCRIPTS.values() for code in script]
    known = [getattr(IsoCode639_1, code.upper()) for code in (*codes, *NEIGHBORS)]
    return LanguageDetectorBuilder.from_iso_codes_639_1(*known).with_preloaded_language_models().build()
