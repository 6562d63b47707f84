"""The phrases that set a topic apart, language by language: class TF-IDF over lemmas (Grootendorst 2022, section 3.3)."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from nlp_service.domain import Keyphrase
from nlp_service.text.words import Word

MAX_WORDS = 3
MIN_SEGMENTS = 2
Phrase = tuple[str, ...]


@dataclass(slots=True)
class _Counts:
    """Segments of one topic in one language that hold a phrase, and how customers wrote it."""

    segments: Counter[Phrase] = field(default_factory=Counter)
    surfaces: dict[Phrase, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))


def keyphrases(
    texts: Sequence[str],
    words: Sequence[Sequence[Word]],
    languages: Sequence[str],
    topics: Sequence[int],
    *,
    limit: int = 5,
) -> dict[int, tuple[Keyphrase, ...]]:
    """At most `limit` keyphrases of each language of each topic, strongest first; topic −1 is counted but not described."""
    counts: dict[tuple[int, str], _Counts] = defaultdict(_Counts)
    for text, text_words, language, topic in zip(texts, words, languages, topics, strict=True):
        own = counts[topic, language]
        for phrase, surface in _phrases(text, text_words):
            own.segments[phrase] += 1
            own.surfaces[phrase][surface] += 1
    by_language = _totals(counts)
    described: dict[int, tuple[Keyphrase, ...]] = {}
    for topic in sorted({topic for topic, _ in counts if topic >= 0}):
        own_languages = sorted(
            (language for t, language in counts if t == topic),
            key=lambda language: (-sum(counts[topic, language].segments.values()), language),
        )
        described[topic] = tuple(
            _without_repeats(
                phrase
                for language in own_languages
                for phrase in _best(counts[topic, language], *by_language[language], language=language, limit=limit)
            )
        )
    return described


def _totals(counts: Mapping[tuple[int, str], _Counts]) -> dict[str, tuple[Counter[Phrase], float]]:
    """For each language, the segments that hold a phrase in all topics, and the mean number of phrases a topic."""
    sums: dict[str, Counter[Phrase]] = defaultdict(Counter)
    n_topics: Counter[str] = Counter()
    for (_, language), own in counts.items():
        sums[language].update(own.segments)
        n_topics[language] += 1
    return {language: (total, total.total() / n_topics[language]) for language, total in sums.items()}


def _best(own: _Counts, total: Counter[Phrase], mean: float, *, language: str, limit: int) -> list[Keyphrase]:
    size = own.segments.total() or 1
    scored = []
    for phrase, n in own.segments.items():
        if n < MIN_SEGMENTS:
            continue
        weight = n / size * math.log(1 + mean / total[phrase]) * (1 + 0.35 * (len(phrase) - 1))
        scored.append((-weight, phrase, n))
    chosen: list[tuple[Phrase, Keyphrase]] = []
    for negative, phrase, n in sorted(scored):
        if any(_overlaps(phrase, other) for other, _ in chosen):
            continue
        surface = min(own.surfaces[phrase].items(), key=lambda item: (-item[1], item[0]))[0]
        chosen.append((phrase, Keyphrase(text=surface, language=language, weight=round(-negative, 6), n_segments=n)))
        if len(chosen) == limit:
            break
    return [keyphrase for _, keyphrase in chosen]


def _overlaps(phrase: Phrase, other: Phrase) -> bool:
    return bool(set(phrase) & set(other))


def _phrases(text: str, words: Sequence[Word]) -> list[tuple[Phrase, str]]:
    """The distinct phrases of one segment: up to three neighboring words, none of them a stop word, with their surface."""
    found: dict[Phrase, str] = {}
    for i in range(len(words)):
        for j in range(i, min(i + MAX_WORDS, len(words))):
            if words[j].is_stop or (j > i and text[words[j - 1].end : words[j].start].strip()):
                break
            phrase = tuple(word.lemma for word in words[i : j + 1])
            if len(set(phrase)) == len(phrase) and any(len(lemma) > 1 for lemma in phrase):
                found.setdefault(phrase, text[words[i].start : words[j].end])
    return list(found.items())


def _without_repeats(phrases: Iterable[Keyphrase]) -> list[Keyphrase]:
    """The phrases without those already said, word for word, in another language."""
    seen: set[str] = set()
    kept = []
    for phrase in phrases:
        key = phrase.text.casefold()
        if key not in seen:
            seen.add(key)
            kept.append(phrase)
    return kept
