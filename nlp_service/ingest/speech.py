"""What speech recognisers give, words or stretches with times and speakers → one interview."""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from nlp_service.domain import Role
from nlp_service.errors import UnreadableFile
from nlp_service.ingest.cells import language_of
from nlp_service.ingest.contents import Contents, Source
from nlp_service.ingest.conversation import SENTENCE_END, Utterance, conversation, kind_of_names, role_warnings

_CLOSE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3040-\u30ff]")
"""Scripts that put no space between words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One recognised word; `is_mark` says that it is punctuation, which follows the word before without a space."""

    text: str
    speaker: str = ""
    starts_at_s: float | None = None
    ends_at_s: float | None = None
    is_mark: bool = False


def plain(value: Any) -> str:
    """A JSON text, empty where it is none."""
    return value if isinstance(value, str) else ""


def seconds(value: Any, *, per_second: float = 1.0) -> float | None:
    """The seconds in a number or its text, None where there are none."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number / per_second if math.isfinite(number) and number >= 0 else None


def speaker_name(value: Any) -> str:
    """The name of a speaker; a bare number gets a word before it."""
    name = "" if value is None or isinstance(value, bool | list | Mapping) else str(value)[:120].strip()
    return f"Speaker {name}" if name.isdecimal() else name


def utterances_of(words: Iterable[Word], *, by_sentence: bool = False) -> list[Utterance]:
    """The stretches of one speaker; words of nobody in particular, or `by_sentence` all, are cut at ends of sentences."""
    return [_utterance(stretch) for stretch in _stretches(words, by_sentence=by_sentence)]


def interview(
    source: Source,
    utterances: Sequence[Utterance],
    *,
    format: str,
    language: Any = None,
    external_id: str | None = None,
    skipped: Mapping[str, int] | None = None,
) -> Contents:
    """One record of what was said, in the order of time.

    Raises:
        UnreadableFile: there are no words.
    """
    if all(one.starts_at_s is not None for one in utterances):
        utterances = sorted(utterances, key=lambda one: one.starts_at_s or 0.0)
    kind = source.kind_or(kind_of_names(one.speaker for one in utterances))
    record = conversation(
        source, utterances, kind=kind, key=external_id or "", external_id=external_id or None, merge=True
    )
    if not record.text:
        raise UnreadableFile("The transcript has no words: check that the recording was transcribed to its end.")
    speakers: dict[str, Role] = {turn.speaker: turn.role for turn in record.turns if turn.speaker}
    return Contents(
        format=format,
        encoding=source.encoding,
        kind=kind,
        speakers=speakers,
        records=(replace(record, language=record.language or language_of(plain(language))),),
        skipped={reason: n for reason, n in (skipped or {}).items() if n},
        warnings=role_warnings(speakers, kind=kind),
    )


def _stretches(words: Iterable[Word], *, by_sentence: bool) -> Iterator[list[Word]]:
    stretch: list[Word] = []
    for word in words:
        if not word.text.strip() and not word.is_mark:
            continue
        if stretch and _begins(stretch, word, by_sentence=by_sentence):
            yield stretch
            stretch = []
        stretch.append(word)
    if stretch:
        yield stretch


def _begins(stretch: Sequence[Word], word: Word, *, by_sentence: bool) -> bool:
    if word.is_mark:
        return False
    if word.speaker != stretch[0].speaker:
        return True
    return (by_sentence or not word.speaker) and SENTENCE_END.search(stretch[-1].text.strip()[-8:]) is not None


def _utterance(stretch: Sequence[Word]) -> Utterance:
    starts = [word.starts_at_s for word in stretch if word.starts_at_s is not None]
    ends = [word.ends_at_s for word in stretch if word.ends_at_s is not None]
    return Utterance(
        speaker=stretch[0].speaker,
        text=_joined(stretch),
        starts_at_s=starts[0] if starts else None,
        ends_at_s=ends[-1] if ends else None,
    )


def _joined(stretch: Sequence[Word]) -> str:
    pieces: list[str] = []
    for word in stretch:
        text = word.text if word.is_mark else word.text.strip()
        is_close = pieces and _CLOSE.match(pieces[-1][-1:]) and _CLOSE.match(text)
        pieces.append(text if word.is_mark or not pieces or is_close else f" {text}")
    return " ".join("".join(pieces).split())
