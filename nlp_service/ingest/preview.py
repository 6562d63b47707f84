"""What was understood of a file, as JSON values for somebody who wants to see it before anything is done with it."""

from collections.abc import Sequence
from typing import Any

from nlp_service.domain import Record
from nlp_service.ingest.contents import Contents

PREVIEW_RECORDS = 5
_MOST_TURNS = 3


def understood(filename: str, contents: Contents, *, is_part: bool = False) -> dict[str, Any]:
    """Format, encoding, kind, columns, speakers, counts and warnings, without any text; a part has no `n_records`."""
    return {
        "filename": filename,
        "format": contents.format,
        "encoding": contents.encoding,
        "kind": contents.kind,
        "columns": dict(contents.columns),
        "speakers": dict(contents.speakers),
        "n_records": None if is_part else len(contents.records),
        "skipped": dict(contents.skipped),
        "warnings": list(contents.warnings),
    }


def preview(filename: str, contents: Contents, *, is_part: bool = False) -> dict[str, Any]:
    """What was understood, and the first five records with their texts."""
    shown = first_records(contents.records)
    return {**understood(filename, contents, is_part=is_part), "records": shown}


def first_records(records: Sequence[Record]) -> list[dict[str, Any]]:
    """The first five records; of a conversation, the first three turns."""
    return [
        {
            "id": record.id,
            "external_id": record.external_id,
            "text": record.text,
            "author": record.author,
            "rating": record.rating,
            "occurred_at": record.occurred_at,
            "language": record.language,
            "channel": record.channel,
            "metadata": dict(record.metadata),
            "turns": [
                {
                    "speaker": turn.speaker,
                    "role": turn.role,
                    "text": record.text[turn.start : turn.end],
                    "time": turn.starts_at_s,
                }
                for turn in record.turns[:_MOST_TURNS]
            ],
        }
        for record in records[:PREVIEW_RECORDS]
    ]
