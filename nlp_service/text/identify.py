"""Which language each text of a batch is in: script, then letters, words and statistics, then the rest of the batch.

A text that nothing speaks for clearly, be it too short, romanized or without letters, is `und`.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import regex

from nlp_service.domain import UNDETERMINED, Language
from nlp_service.text.detector import SHARED_SCRIPTS, likelihoods
from nlp_service.text.everyday_words import WEIGHTS
from nlp_service.text.languages import LANGUAGES
from nlp_service.text.scripts import LETTERS_OF_A_SIGN, letters_by_script, passages, readable

Odds = Mapping[str, float]

ONE_LANGUAGE_SCRIPTS: Mapping[str, Odds] = {
    "Hang": {"ko": 0.0},
    "Kana": {"ja": 0.0},
    "Hani": {"zh": 0.0, "ja": -1.0},  # 最高 is either; a Japanese batch decides
    "Hebr": {"he": 0.0},
    "Deva": {"hi": 0.0},
    "Thai": {"th": 0.0},
    "Grek": {"el": 0.0},
    "Zyyy": {},
}
EVIDENCE: Mapping[str, Odds] = {
    "fa": dict.fromkeys("پچژگ", 1.2) | dict.fromkeys("یک", 0.25),
    "ar": dict.fromkeys("ةىإأؤ", 0.8) | dict.fromkeys("يك", 0.3),  # Persian is typed with these two as well
    "ur": dict.fromkeys("ٹڈڑںےۓھ", 2.0) | dict.fromkeys("ہ", 1.0) | dict.fromkeys("پچگ", 0.6),
    "tr": dict.fromkeys("ış", 1.0) | {"ğ": 1.5},
    "az": {"ə": 4.0, "ğ": 0.5, "ı": 0.5, "x": 0.3, "q": 0.3},
    "ru": dict.fromkeys("ыэё", 2.0),
    "uk": dict.fromkeys("іїєґ", 2.0),
    UNDETERMINED: dict.fromkeys("ێۆڵڕڤەېښځڼډټ", 2.0)  # Sorani, Pashto
    | dict.fromkeys("ђћљњџјәғқңөұүһ", 2.0)  # Serbian, Kazakh and others
    | dict.fromkeys("čšžřůěőűāēīūėųįļķņģøæ", 1.5),  # Czech, Hungarian, Baltic and Nordic neighbors
}
"""Letters that speak for a language among those of its script: what each adds to its log odds, twice at the most."""
MOST_WORD_ODDS = 6.0
PLAIN_ODDS = 4.0
"""Lead of one language in letters and words that makes the slower statistics needless."""
CLEAR = 0.5
HINT_ODDS = 1.5
PRIOR_FADES_AT = 24
"""Letters at which the batch's prior has lost half its say: a longer text speaks for itself."""
PRIOR_SURE_AT = 0.8
PRIOR_SMOOTHING = 0.5
MOST_PRIOR_ODDS = -4.0
UNKNOWN_PRIOR_ODDS = -3.0
"""What a batch of known languages says against a language of none of ours; it fades faster, as texts grow."""
MOST_CHARACTERS = 5_000
"""Where a text is cut for telling its language."""
MIXED_WORDS = 2
MIXED_LETTERS = 6
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}'’]+")
_PERSIAN_LETTERS = frozenset("پچژگ")
_PERSIAN_FORMS = str.maketrans("يىك", "ییک")


@dataclass(frozen=True, slots=True)
class _Clues:
    """What one text says for itself."""

    text: str
    n_letters: int
    odds: Odds


def identify(
    texts: Sequence[str], *, hints: Sequence[str | None] | None = None, language: str | None = None
) -> list[Language]:
    """The language of each text, in order; `language` settles it, `hints` (what a source claims) only lean."""
    read = [readable(text[:MOST_CHARACTERS]) for text in texts]
    if language is not None:
        return [Language(code=language, confidence=1.0, mixed=_mixed(text, language)) for text in read]
    clues = [_clues(text) for text in read]
    prior = _batch_prior(clues)
    found = []
    for clue, hint in zip(clues, hints or [None] * len(texts), strict=True):
        code, confidence = _decide(clue, prior, hint=_base_code(hint))
        found.append(Language(code=code, confidence=confidence, mixed=_mixed(clue.text, code)))
    return found


def _clues(text: str) -> _Clues:
    counts = letters_by_script(text)
    if not counts:
        return _Clues(text, 0, {})
    script = max(counts, key=lambda name: (counts[name], name))
    if script == "Hani" and counts["Kana"]:
        script = "Kana"
    odds = _odds(text, script)
    if script == "Hani" and counts[script] >= PRIOR_FADES_AT:
        odds = {"zh": 0.0, "ja": -4.0}  # no Japanese sentence of this length does without kana
    return _Clues(text, counts[script], odds)


def _odds(text: str, script: str) -> Odds:
    """The log likelihood of each language of a script; `und` stands for all that are not ours."""
    if script in ONE_LANGUAGE_SCRIPTS:
        return ONE_LANGUAGE_SCRIPTS[script]
    own = " ".join(part for name, part in passages(text, without=frozenset()) if name == script)
    if script == "Arab" and not _PERSIAN_LETTERS.isdisjoint(own):
        own = own.translate(_PERSIAN_FORMS)
    lowered = own.replace("İ", "i").casefold()
    said = list(dict.fromkeys(word.replace("’", "'") for word in _WORD.findall(text.replace("İ", "i").casefold())))
    evidence = dict.fromkeys((*SHARED_SCRIPTS[script], UNDETERMINED), 0.0)
    for code, letters in EVIDENCE.items():
        if code in evidence:
            evidence[code] += sum(weight * min(2, lowered.count(letter)) for letter, weight in letters.items())
    for code, value in _word_odds(said).items():
        if code in evidence:
            evidence[code] += min(value, MOST_WORD_ODDS)
    best, second = sorted(evidence, key=lambda code: (-evidence[code], code))[:2]
    is_plain = evidence[best] - evidence[second] >= PLAIN_ODDS
    likely = {best: 0.9} if is_plain else likelihoods(own)
    unknown = 0.03 + 0.02 * min(len(said), 8)
    return {
        code: value + math.log(likely.get(code, 0.0) + (unknown if code == UNDETERMINED else 1e-3))
        for code, value in evidence.items()
    }


def _word_odds(words: Sequence[str]) -> dict[str, float]:
    total: dict[str, float] = {}
    for word in words:
        known = WEIGHTS.get(word) or WEIGHTS.get(word.translate(_PERSIAN_FORMS)) or {}
        for code, weight in known.items():
            total[code] = total.get(code, 0.0) + weight
    return total


def _batch_prior(clues: Sequence[_Clues]) -> Counter[str]:
    """How many of the longer texts, clear by themselves, are in each language."""
    seen: Counter[str] = Counter()
    for clue in clues:
        if clue.odds and clue.n_letters >= PRIOR_FADES_AT:
            code, probability = _best(clue.odds)
            if probability >= PRIOR_SURE_AT and code != UNDETERMINED:
                seen[code] += 1
    return seen


def _decide(clue: _Clues, prior: Counter[str], *, hint: str | None) -> tuple[str, float]:
    if not clue.odds:
        return UNDETERMINED, 0.0
    say = PRIOR_FADES_AT / (PRIOR_FADES_AT + clue.n_letters)
    most = max(prior.values(), default=0) + PRIOR_SMOOTHING
    leaning = {code: say * max(MOST_PRIOR_ODDS, math.log((prior[code] + PRIOR_SMOOTHING) / most)) for code in clue.odds}
    if prior:
        leaning[UNDETERMINED] = UNKNOWN_PRIOR_ODDS * say**2
    weighed = {
        code: value + leaning[code] + (HINT_ODDS * say if hint == code else 0.0) for code, value in clue.odds.items()
    }
    code, probability = _best(weighed)
    if code == UNDETERMINED:
        return UNDETERMINED, round(min(1 - probability, CLEAR), 4)
    return (code if probability >= CLEAR else UNDETERMINED), round(probability, 4)


def _best(odds: Odds) -> tuple[str, float]:
    highest = max(odds.values())
    total = sum(math.exp(value - highest) for value in odds.values())
    code = max(odds, key=lambda name: (odds[name], name))
    return code, 1 / total


def _base_code(hint: str | None) -> str | None:
    """The ISO 639-1 code of a claimed tag such as `pt-BR` or `EN_us`."""
    return hint.strip().replace("_", "-").split("-")[0].lower() if hint else None


def _mixed(text: str, code: str) -> tuple[str, ...]:
    """Other languages that stretches of another script betray; a brand name is no mixing."""
    if code not in LANGUAGES:
        return ()
    script = LANGUAGES[code].script
    own = frozenset({"Kana", "Hani"} if script == "Jpan" else {script})
    others: dict[str, None] = {}
    for name, passage in passages(text, without=own):
        if _is_speech(name, passage):
            odds = _odds(passage, name)
            guess, probability = _best(odds) if odds else (UNDETERMINED, 0.0)
            if probability >= CLEAR and guess not in {UNDETERMINED, code}:
                others[guess] = None
    return tuple(others)


def _is_speech(script: str, passage: str) -> bool:
    """Whether a stretch is more than a name: two words and six letters, and of Latin words not all capitalized."""
    words = passage.split()
    n_letters = sum(map(len, words)) * LETTERS_OF_A_SIGN.get(script, 1)
    if script in {"Hani", "Kana", "Thai"}:
        return n_letters >= 2 * MIXED_LETTERS
    if len(words) < MIXED_WORDS or n_letters < MIXED_LETTERS:
        return False
    return script != "Latn" or len(words) > 3 or any(word.islower() for word in words)
