"""Amazon Transcribe's JSON: words with times as texts, punctuation without any, speakers beside them or by channel."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from nlp_service.ingest.contents import Contents, Source
from nlp_service.ingest.conversation import Utterance
from nlp_service.ingest.json_values import mappings
from nlp_service.ingest.speech import Word, interview, plain, seconds, speaker_name, utterances_of


def job_of(value: Any) -> Mapping[str, Any] | None:
    """The value where it is a finished job with its words, else None."""
    results = value.get("results") if isinstance(value, Mapping) else None
    if not isinstance(results, Mapping) or "transcripts" not in results:
        return None
    return value if mappings(results.get("items")) else None


def read_job(source: Source, job: Mapping[str, Any]) -> Contents:
    """One interview.

    Raises:
        UnreadableFile: there are no words.
    """
    results = job["results"]
    labels = results.get("channel_labels")
    channels = mappings(labels.get("channels")) if isinstance(labels, Mapping) else []
    return interview(
        source,
        _by_channel(channels) if channels else utterances_of(_words(mappings(results["items"]), _speakers(results))),
        format="aws_transcribe",
        language=results.get("language_code") or job.get("language_code"),
        external_id=plain(job.get("jobName")),
    )


def _by_channel(channels: Sequence[Mapping[str, Any]]) -> list[Utterance]:
    """The sentences of every channel, whose label is the speaker."""
    found: list[Utterance] = []
    for channel in channels:
        words = _words(mappings(channel.get("items")), {}, speaker_name(channel.get("channel_label")))
        found += utterances_of(words, by_sentence=True)
    return found


def _speakers(results: Mapping[str, Any]) -> dict[str, str]:
    """Start of a word, as written → who says it."""
    labels = results.get("speaker_labels")
    segments = mappings(labels.get("segments")) if isinstance(labels, Mapping) else []
    return {
        str(item.get("start_time")): speaker_name(item.get("speaker_label") or segment.get("speaker_label"))
        for segment in segments
        for item in mappings(segment.get("items"))
    }


def _words(items: Sequence[Mapping[str, Any]], speakers: Mapping[str, str], channel: str = "") -> Iterator[Word]:
    current = ""
    for item in items:
        first = (mappings(item.get("alternatives")) or [{}])[0]
        is_mark = item.get("type") == "punctuation"
        if not is_mark:
            stated = speaker_name(item.get("speaker_label")) or speakers.get(str(item.get("start_time")), "")
            current = channel or stated
        yield Word(
            text=plain(first.get("content")),
            speaker=current,
            starts_at_s=seconds(item.get("start_time")),
            ends_at_s=seconds(item.get("end_time")),
            is_mark=is_mark,
        )
