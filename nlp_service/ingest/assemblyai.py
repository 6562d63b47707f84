"""AssemblyAI's JSON: utterances where speakers were asked for, else words; times in milliseconds."""

from collections.abc import Mapping, Sequence
from typing import Any

from nlp_service.errors import UnreadableFile
from nlp_service.ingest.contents import Contents, Source
from nlp_service.ingest.conversation import Utterance
from nlp_service.ingest.json_values import mappings
from nlp_service.ingest.speech import Word, interview, plain, seconds, speaker_name, utterances_of

_MARKS = ("audio_url", "acoustic_model", "audio_duration", "speech_model")


def transcript_of(value: Any) -> Mapping[str, Any] | None:
    """The value where it is a transcript of this service, else None."""
    if not isinstance(value, Mapping) or not {"text", "words", "utterances"} & value.keys():
        return None
    return value if "status" in value and any(mark in value for mark in _MARKS) else None


def read_transcript(source: Source, transcript: Mapping[str, Any]) -> Contents:
    """One interview.

    Raises:
        UnreadableFile: the recording was not transcribed to its end, or there are no words.
    """
    if not plain(transcript.get("status")).endswith("completed"):
        raise UnreadableFile(
            "The recording was not transcribed to its end: fetch the transcript again when it is done."
        )
    return interview(
        source,
        _utterances(mappings(transcript.get("utterances")))
        or utterances_of(_word(word) for word in mappings(transcript.get("words")))
        or [Utterance(speaker="", text=plain(transcript.get("text")))],
        format="assemblyai",
        language=transcript.get("language_code"),
        external_id=plain(transcript.get("id")),
    )


def _utterances(said: Sequence[Mapping[str, Any]]) -> list[Utterance]:
    return [
        Utterance(
            speaker=speaker_name(one.get("speaker")),
            text=plain(one.get("text")),
            starts_at_s=seconds(one.get("start"), per_second=1000),
            ends_at_s=seconds(one.get("end"), per_second=1000),
        )
        for one in said
    ]


def _word(word: Mapping[str, Any]) -> Word:
    return Word(
        text=plain(word.get("text")),
        speaker=speaker_name(word.get("speaker")),
        starts_at_s=seconds(word.get("start"), per_second=1000),
        ends_at_s=seconds(word.get("end"), per_second=1000),
    )
