"""WebVTT and SRT → one record with a turn for each stretch of one speaker."""

import re
from collections.abc import Sequence
from dataclasses import replace

from nlp_service.domain import Role
from nlp_service.errors import UnreadableFile
from nlp_service.ingest.cells import language_of
from nlp_service.ingest.contents import Contents, Source
from nlp_service.ingest.conversation import Utterance, conversation, role_warnings
from nlp_service.ingest.cues import Cue, cues_of, unrolled, voices
from nlp_service.ingest.speakers import same_people, speaker_and_text, speakers_among

LONGEST_LINE = 100_000
_BRACKETED = re.compile(r"[\u200e\u200f\u202a-\u202e]?\[([^\[\]\n\d:][^\[\]\n:]{0,40})\]\s+(?=\S)")
_LANGUAGE = re.compile(r"^Language:\s*([A-Za-z-]{2,12})\s*$", re.MULTILINE)


def read_subtitles(source: Source) -> Contents:
    """One interview record of a subtitle file.

    Raises:
        UnreadableFile: no cue has words, or a line is too long for one.
    """
    if len(max(source.text.split("\n"), key=len)) > LONGEST_LINE:
        raise UnreadableFile(f"A line of this file is longer than {LONGEST_LINE:,} characters: it is no subtitle file.")
    cues = unrolled(cues_of(source.text))
    utterances = _utterances(cues)
    kind = source.kind_or("interviews")
    header = _LANGUAGE.search(source.text[:500])
    claimed = language_of(header.group(1)) if header else None
    record = conversation(source, utterances, kind=kind, merge=True) if utterances else None
    if record is None or not record.text:
        raise UnreadableFile(
            "No caption in this file has words: check that it is the transcript and not a chapter list."
        )
    speakers: dict[str, Role] = {turn.speaker: turn.role for turn in record.turns if turn.speaker}
    return Contents(
        format="vtt" if source.text.startswith("WEBVTT") or source.suffix == "vtt" else "srt",
        encoding=source.encoding,
        kind=kind,
        speakers=speakers,
        records=(replace(record, language=record.language or claimed),),
        warnings=role_warnings(speakers, kind=kind),
    )


def _utterances(cues: Sequence[Cue]) -> list[Utterance]:
    """Who says what: by voice tags, else by `Name:` prefixes (a cue without one goes on), else by `[Name]`."""
    spoken = [(cue, voice, text) for cue in cues for voice, text in voices(cue) if text or voice]
    has_voices = any(voice for _, voice, _ in spoken)
    names = {} if has_voices else speakers_among([text for _, _, text in spoken])
    bracketed = set() if has_voices or names else _bracketed([text for _, _, text in spoken])
    current, utterances = "", list[Utterance]()
    for cue, voice, text in spoken:
        prefix, rest = _by_bracket(text, bracketed) if bracketed else speaker_and_text(text, names)
        current = voice or prefix or ("" if bracketed else current)
        utterances.append(Utterance(speaker=current, text=rest, starts_at_s=cue.starts_at_s, ends_at_s=cue.ends_at_s))
    people = same_people([one.speaker for one in utterances])
    return [replace(one, speaker=people.get(one.speaker, one.speaker)) for one in utterances]


def _bracketed(texts: Sequence[str]) -> set[str]:
    """Names in square brackets before speech, where at least one of them repeats."""
    found = [match.group(1).strip() for match in map(_BRACKETED.match, texts) if match]
    return set(found) if len(found) > len(set(found)) else set()


def _by_bracket(text: str, names: set[str]) -> tuple[str | None, str]:
    match = _BRACKETED.match(text)
    if match is None or match.group(1).strip() not in names:
        return None, text
    return match.group(1).strip(), text[match.end() :]
