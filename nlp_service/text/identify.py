"""Which language each text of a batch is in: script runs, then lingua, then what the rest of the batch is in.

A text that nothing speaks for clearly, be it too short, romanised or without letters, is `und`.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING

from nlp_service.domain import UNDETERMINED, Language
from nlp_service.text.languages import LANGUAGES
from nlp_service.text.scripts import letters_by_script, words_of_script

if TYPE_CHECKING:
    from lingua import LanguageDetector

ONE_LANGUAGE_SCRIPTS = {
    "Hang": "ko",
    "Kana": "ja",
    "Hani": "zh",
    "Hebr": "he",
    "Deva": "hi",
    "Thai": "th",
    "Grek": "el",
}
SHARED_SCRIPTS = {
    script: tuple(code for code, info in LANGUAGES.items() if info.script == script)
    for script in ("Arab", "Latn", "Cyrl")
}
EVIDENCE: Mapping[str, Mapping[str, float]] = {
    "fa": dict.fromkeys("پچژگ", 1.2) | dict.fromkeys("یک", 0.25) | dict.fromkeys("ئأ", -0.1),
    "ar": dict.fromkeys("ةىيكإأؤ", 0.8),
    "ur": dict.fromkeys("ٹڈڑںےۓھہ", 2.0) | dict.fromkeys("پچگ", 0.6),
    "tr": dict.fromkeys("ış", 1.0) | {"ğ": 1.5},
    "az": {"ə": 4.0, "ğ": 0.5, "ı": 0.5, "x": 0.3, "q": 0.3},
}
"""Letters that speak for a language among those of its script: what each occurrence adds, up to two, to its log odds."""
CLEAR = 0.5
HINT_ODDS = 1.5
PRIOR_SMOOTHING = 0.02
PRIOR_FADES_AT = 24
"""Letters at which the batch's prior has lost half its say: a longer text speaks for itself."""
MIXED_WORDS = 2
MIXED_LETTERS = 6
_lock = Lock()


def identify(
    texts: Sequence[str], *, hints: Sequence[str | None] | None = None, language: str | None = None
) -> list[Language]:
    """The language of each text, in order; `language` settles it, `hints` (what a source claims) only lean."""
    if language is not None:
        return [Language(code=language, confidence=1.0, mixed=_mixed(text, language)) for text in texts]
    claimed = hints or [None] * len(texts)
    scripts = [letters_by_script(text) for text in texts]
    odds = [_odds(text, counts) for text, counts in zip(texts, scripts, strict=True)]
    prior = _batch_prior(odds, scripts)
    found = []
    for text, own, counts, hint in zip(texts, odds, scripts, claimed, strict=True):
        code, confidence = _decide(own, prior, n_letters=counts.total(), hint=hint)
        found.append(Language(code=code, confidence=confidence, mixed=_mixed(text, code)))
    return found


def _odds(text: str, counts: Counter[str]) -> dict[str, float]:
    """The log likelihood of each language that the text's main script allows, empty where it has no letters."""
    if not counts:
        return {}
    script = max(counts, key=lambda name: (counts[name], name))
    if counts["Kana"] and script == "Hani":
        script = "Kana"
    if script in ONE_LANGUAGE_SCRIPTS:
        return {ONE_LANGUAGE_SCRIPTS[script]: 0.0}
    words = " ".join(words_of_script(text, script))
    confidence = dict(_lingua_confidence(words[:1000]))
    odds = {code: math.log(confidence.get(code, 0.0) + 1e-3) for code in SHARED_SCRIPTS[script]}
    lowered = words.casefold()
    for code, letters in EVIDENCE.items():
        if code in odds:
            odds[code] += sum(weight * min(2, lowered.count(letter)) for letter, weight in letters.items())
    return odds


@lru_cache(maxsize=50_000)
def _lingua_confidence(text: str) -> tuple[tuple[str, float], ...]:
    values = _detector().compute_language_confidence_values(text)
    return tuple((value.language.iso_code_639_1.name.lower(), value.value) for value in values)


def _detector() -> "LanguageDetector":
    with _lock:  # building twice costs seconds and half a gigabyte
        return _build_detector()


@lru_cache(maxsize=1)
def _build_detector() -> "LanguageDetector":
    from lingua import IsoCode639_1, LanguageDetectorBuilder

    codes = [code for script in SHARED_SCRIPTS.values() for code in script]
    known = [getattr(IsoCode639_1, code.upper()) for code in codes]
    return LanguageDetectorBuilder.from_iso_codes_639_1(*known).with_preloaded_language_models().build()


def _batch_prior(odds: Sequence[Mapping[str, float]], scripts: Sequence[Counter[str]]) -> dict[str, float]:
    """The share of each language among the longer texts that are clear by themselves, smoothed; empty if there are none."""
    seen: Counter[str] = Counter()
    for own, counts in zip(odds, scripts, strict=True):
        if own and counts.total() >= PRIOR_FADES_AT:
            code, probability = _best(own)
            if probability >= 0.8:
                seen[code] += 1
    total = seen.total()
    return {code: (seen[code] / total + PRIOR_SMOOTHING) / (1 + PRIOR_SMOOTHING) for code in LANGUAGES} if total else {}


def _decide(
    own: Mapping[str, float], prior: Mapping[str, float], *, n_letters: int, hint: str | None
) -> tuple[str, float]:
    if not own:
        return UNDETERMINED, 0.0
    say = PRIOR_FADES_AT / (PRIOR_FADES_AT + n_letters)
    weighed: dict[str, float] = defaultdict(float)
    for code, value in own.items():
        weighed[code] = value + (say * math.log(prior[code]) if prior else 0.0)
        weighed[code] += HINT_ODDS * say if hint == code else 0.0
    code, probability = _best(weighed)
    return (code, round(probability, 4)) if probability >= CLEAR else (UNDETERMINED, round(probability, 4))


def _best(odds: Mapping[str, float]) -> tuple[str, float]:
    highest = max(odds.values())
    total = sum(math.exp(value - highest) for value in odds.values())
    code = max(odds, key=lambda name: (odds[name], name))
    return code, 1 / total


def _mixed(text: str, code: str) -> tuple[str, ...]:
    """Other languages in the text that its scripts betray: two words or more of another script."""
    script = LANGUAGES[code].script if code in LANGUAGES else None
    others = []
    for name, n_letters in sorted(letters_by_script(text).items()):
        if name == script or (script == "Jpan" and name in {"Kana", "Hani"}) or script is None:
            continue
        words = words_of_script(text, name)
        if len(words) < MIXED_WORDS or n_letters < MIXED_LETTERS:
            continue
        if name in ONE_LANGUAGE_SCRIPTS:
            others.append(ONE_LANGUAGE_SCRIPTS[name])
        else:
            guess, probability = _best(_odds(" ".join(words), Counter({name: n_letters})))
            if probability >= CLEAR:
                others.append(guess)
    return tuple(others)
