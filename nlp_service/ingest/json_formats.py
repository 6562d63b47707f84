"""JSON of known programs: who recognises it and who reads it; the first that recognises a value reads it."""

from collections.abc import Callable, Sequence
from typing import Any

from nlp_service.ingest import (
    assemblyai,
    aws_transcribe,
    deepgram,
    freshdesk,
    helpscout,
    intercom,
    rev,
    review_json,
    slack,
    surveymonkey,
    telegram,
    whisper,
    zendesk,
)
from nlp_service.ingest.contents import Contents, Source

FORMATS: Sequence[tuple[Callable[[Any], Any], Callable[[Source, Any], Contents]]] = (
    (telegram.chats_of, telegram.read_chats),
    (slack.day_of, slack.read_slack),
    (intercom.conversations_of, intercom.read_intercom),
    (helpscout.conversations_of, helpscout.read_helpscout),
    (freshdesk.tickets_of, freshdesk.read_freshdesk),
    (zendesk.tickets_of, zendesk.read_zendesk),
    (surveymonkey.export_of, surveymonkey.read_export),
    (review_json.takeout_of, review_json.read_takeout),
    (review_json.business_of, review_json.read_business),
    (review_json.play_of, review_json.read_play),
    (review_json.rss_of, review_json.read_app_store),
    (review_json.connect_of, review_json.read_app_store),
    (aws_transcribe.job_of, aws_transcribe.read_job),
    (deepgram.reply_of, deepgram.read_reply),
    (assemblyai.transcript_of, assemblyai.read_transcript),
    (rev.monologues_of, rev.read_monologues),
    (whisper.output_of, whisper.read_output),
)
"""Pairs of (recognise, read): `recognise` gives what it found in a JSON value or None, `read` makes records of that."""


def read_known(source: Source, value: Any) -> Contents | None:
    """The contents of a JSON value that a known program wrote, None where no one recognises it.

    Raises:
        UnreadableFile: the program is known, but there are no words.
    """
    for recognise, read in FORMATS:
        found = recognise(value)
        if found is not None:
            return read(source, found)
    return None


def is_known(value: Any) -> bool:
    """Whether a known program wrote a JSON value."""
    return any(recognise(value) is not None for recognise, _ in FORMATS)
