"""JSON of Whisper and its kin: segments, WhisperX's words with speakers, whisper.cpp's offsets, pipelines' chunks."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from nlp_service.ingest.contents import Contents, Source
from nlp_service.ingest.conversation import Utterance
from nlp_service.ingest.json_values import mappings
from nlp_service.ingest.speech import Word, interview, plain, seconds, speaker_name, utterances_of

_HINTS = frozenset({"avg_logprob", "no_speech_prob", "words", "confidence", "temperature", "tokens"})
_SILENCE, _UNSURE, _REPETITIVE = 0.6, -1.0, 2.4
"""Whisper's own limits: over the first and under the second it is silence, over the third the text repeats itself."""


def output_of(value: Any) -> Mapping[str, Any] | None:
    """The value where one of the programs wrote it, else None; other segments with times are a table's business."""
    if not isinstance(value, Mapping):
        return None
    segments = mappings(value.get("segments"))
    if segments and {"start", "end", "text"} <= segments[0].keys():
        is_known = bool(_HINTS & segments[0].keys()) or bool({"word_segments", "language"} & value.keys())
        return value if is_known else None
    of_cpp = mappings(value.get("transcription"))
    if of_cpp and {"offsets", "text"} <= of_cpp[0].keys():
        return value
    chunks = mappings(value.get("chunks"))
    return value if chunks and {"timestamp", "text"} <= chunks[0].keys() else None


def read_output(source: Source, output: Mapping[str, Any]) -> Contents:
    """One interview; segments that are silence or that repeat the one before are counted.

    Raises:
        UnreadableFile: there are no words.
    """
    skipped: Counter[str] = Counter()
    result = output.get("result")
    said = [
        *_segments(mappings(output.get("segments")), skipped),
        *(_of_offsets(one) for one in mappings(output.get("transcription"))),
        *_chunks(output),
    ]
    language = output.get("language") or (result.get("language") if isinstance(result, Mapping) else None)
    return interview(source, said, format="whisper", language=language, skipped=skipped)


def _segments(segments: Sequence[Mapping[str, Any]], skipped: Counter[str]) -> Iterator[Utterance]:
    before = ""
    for segment in segments:
        text = " ".join(plain(segment.get("text")).split())
        reason = _reason(segment, is_repeated=text == before)
        before = text
        if reason is not None:
            skipped[reason] += 1
        else:
            yield from _utterances(segment, text)


def _reason(segment: Mapping[str, Any], *, is_repeated: bool) -> str | None:
    """Why a segment is nothing that anybody said, None where it is."""
    silence, likely, ratio = (segment.get(name) for name in ("no_speech_prob", "avg_logprob", "compression_ratio"))
    numbers = [one if isinstance(one, int | float) else None for one in (silence, likely, ratio)]
    if numbers[0] is not None and numbers[1] is not None and numbers[0] > _SILENCE and numbers[1] < _UNSURE:
        return "silence"
    return "repeated" if is_repeated and numbers[2] is not None and numbers[2] > _REPETITIVE else None


def _utterances(segment: Mapping[str, Any], text: str) -> list[Utterance]:
    """The segment, or its parts where its words are of several speakers."""
    words = [_word(word, segment) for word in mappings(segment.get("words"))]
    if len({word.speaker for word in words}) > 1:
        return utterances_of(words)
    return [
        Utterance(
            speaker=speaker_name(segment.get("speaker")),
            text=text,
            starts_at_s=seconds(segment.get("start")),
            ends_at_s=seconds(segment.get("end")),
        )
    ]


def _word(word: Mapping[str, Any], segment: Mapping[str, Any]) -> Word:
    return Word(
        text=plain(word.get("word")) or plain(word.get("text")),
        speaker=speaker_name(word.get("speaker")) or speaker_name(segment.get("speaker")),
        starts_at_s=seconds(word.get("start")),
        ends_at_s=seconds(word.get("end")),
    )


def _of_offsets(one: Mapping[str, Any]) -> Utterance:
    offsets = one.get("offsets")
    times = offsets if isinstance(offsets, Mapping) else {}
    return Utterance(
        speaker=speaker_name(one.get("speaker")),
        text=plain(one.get("text")),
        starts_at_s=seconds(times.get("from"), per_second=1000),
        ends_at_s=seconds(times.get("to"), per_second=1000),
    )


def _chunks(output: Mapping[str, Any]) -> Iterator[Utterance]:
    """Chunks with `[start, end]`, of which the last end may be missing; those told apart by speaker come first."""
    for chunk in mappings(output.get("speakers")) or mappings(output.get("chunks")):
        stamp = chunk.get("timestamp")
        start, end = stamp if isinstance(stamp, list) and len(stamp) == 2 else (None, None)
        yield Utterance(
            speaker=speaker_name(chunk.get("speaker")),
            text=plain(chunk.get("text")),
            starts_at_s=seconds(start),
            ends_at_s=seconds(end),
        )
