"""Rows of a speech recogniser, with start, end and text → one interview with timed turns."""

from collections.abc import Sequence

from nlp_service.domain import Role
from nlp_service.ingest.contents import Contents, Source
from nlp_service.ingest.conversation import Utterance, conversation, role_warnings
from nlp_service.ingest.headers import header_key
from nlp_service.ingest.tables import Table

_LONGEST_S = 100.0


def is_segments(table: Table) -> bool:
    """Whether the rows are stretches of speech: numbers under `start` and `end`, and a `text`."""
    places = _places(table)
    if not {"start", "end", "text"} <= places.keys():
        return False
    return all(_number(row[places[name]]) is not None for row in table.rows for name in ("start", "end"))


def read_segments(source: Source, table: Table) -> Contents:
    """One interview record; whole numbers that would be minutes for a few words are milliseconds."""
    places = _places(table)
    speaker = places.get("speaker")
    starts = [_number(row[places["start"]]) or 0.0 for row in table.rows]
    ends = [_number(row[places["end"]]) or 0.0 for row in table.rows]
    unit = _unit(starts, ends)
    utterances = [
        Utterance(
            speaker="" if speaker is None else row[speaker],
            text=" ".join(row[places["text"]].split()),
            starts_at_s=start / unit,
            ends_at_s=end / unit,
        )
        for row, start, end in zip(table.rows, starts, ends, strict=True)
    ]
    kind = source.kind_or("interviews")
    record = conversation(source, utterances, kind=kind, merge=True)
    speakers: dict[str, Role] = {turn.speaker: turn.role for turn in record.turns if turn.speaker}
    return Contents(
        format=f"{table.format}_segments",
        encoding=table.encoding,
        kind=kind,
        columns={"text": table.header[places["text"]]},
        speakers=speakers,
        records=(record,) if record.text else (),
        warnings=(*table.warnings, *role_warnings(speakers, kind=kind)),
    )


def _places(table: Table) -> dict[str, int]:
    return {header_key(name): place for place, name in enumerate(table.header)}


def _unit(starts: Sequence[float], ends: Sequence[float]) -> float:
    """Units in a second: 1000 where the middle stretch would else be longer than anybody speaks at once."""
    lengths = sorted(end - start for start, end in zip(starts, ends, strict=True))
    return 1000.0 if lengths[len(lengths) // 2] > _LONGEST_S else 1.0


def _number(cell: str) -> float | None:
    try:
        value = float(cell)
    except ValueError:
        return None
    return value if 0 <= value < float("inf") else None
