"""Deepgram's JSON: utterances where they were asked for, else the words of each channel."""

from collections.abc import Mapping, Sequence
from typing import Any

from nlp_service.ingest.contents import Contents, Source
from nlp_service.ingest.conversation import Utterance
from nlp_service.ingest.json_values import mappings
from nlp_service.ingest.speech import Word, interview, plain, seconds, speaker_name, utterances_of


def reply_of(value: Any) -> Mapping[str, Any] | None:
    """The value where it holds channels with alternatives, else None."""
    results = value.get("results") if isinstance(value, Mapping) else None
    channels = mappings(results.get("channels")) if isinstance(results, Mapping) else []
    return value if any(mappings(channel.get("alternatives")) for channel in channels) else None


def read_reply(source: Source, reply: Mapping[str, Any]) -> Contents:
    """One interview.

    Raises:
        UnreadableFile: there are no words.
    """
    results, metadata = reply["results"], reply.get("metadata")
    channels = mappings(results["channels"])
    said = mappings(results.get("utterances"))
    return interview(
        source,
        _from_utterances(said, n_channels=len(channels)) if said else _from_words(channels),
        format="deepgram",
        language=channels[0].get("detected_language"),
        external_id=plain(metadata.get("request_id")) if isinstance(metadata, Mapping) else None,
    )


def _from_utterances(said: Sequence[Mapping[str, Any]], *, n_channels: int) -> list[Utterance]:
    return [
        Utterance(
            speaker=_speaker(one, one.get("channel"), n_channels=n_channels),
            text=plain(one.get("transcript")),
            starts_at_s=seconds(one.get("start")),
            ends_at_s=seconds(one.get("end")),
        )
        for one in said
    ]


def _from_words(channels: Sequence[Mapping[str, Any]]) -> list[Utterance]:
    found: list[Utterance] = []
    for place, channel in enumerate(channels):
        best = (mappings(channel.get("alternatives")) or [{}])[0]
        words = [
            Word(
                text=plain(word.get("punctuated_word")) or plain(word.get("word")),
                speaker=_speaker(word, place, n_channels=len(channels)),
                starts_at_s=seconds(word.get("start")),
                ends_at_s=seconds(word.get("end")),
            )
            for word in mappings(best.get("words"))
        ]
        whole = Utterance(speaker=_speaker({}, place, n_channels=len(channels)), text=plain(best.get("transcript")))
        found += utterances_of(words, by_sentence=len(channels) > 1) or [whole]
    return found


def _speaker(said: Mapping[str, Any], channel: Any, *, n_channels: int) -> str:
    """Who speaks: the number that was told apart, else the channel where there are several."""
    name = speaker_name(said.get("speaker"))
    return name or (f"Channel {channel}" if n_channels > 1 and isinstance(channel, int) else "")
