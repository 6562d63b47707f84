"""Rows of speech, of a recogniser or a transcriber, with who speaks or when → interviews with turns."""

import html
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from nlp_service.domain import Record, Role
from nlp_service.ingest.cells import ascii_digits
from nlp_service.ingest.contents import Contents, Source
from nlp_service.ingest.conversation import Utterance, conversation, kind_of_names, role_warnings
from nlp_service.ingest.dates import parse_date
from nlp_service.ingest.headers import header_key
from nlp_service.ingest.markup import text_of_body
from nlp_service.ingest.speech import speaker_name
from nlp_service.ingest.tables import Table

_NAMES: Mapping[str, frozenset[str]] = {
    part: frozenset(map(header_key, words.split("|")))
    for part, words in {
        "text": "text|words|utterance|transcript|transcription|speech|sentence|spoken text|detected text|متن|گفتار|metin"
        "|konuşma|النص|wortlaut|texte|texto|testo|transcripción|transcrição|текст|内容|內容|文本|テキスト",
        "speaker": "speaker|speaker name|speaker label|speaker id|speaker role|who|گوینده|konuşmacı|المتحدث|sprecher"
        "|sprecherin|locuteur|hablante|falante|spreker|mówca|говорящий|спикер|说话人|發言人|发言人|話者|화자",
        "start": "start|start time|timestamp|time|begin|from|زمان|zaman|süre|الوقت|zeit|temps|tiempo|tempo|время|时间|時間",
        "end": "end|end time|stop|to|پایان|bitiş|النهایه|ende|fin|fim|fine|конец",  # codespell:ignore ende
        "length": "dur|duration|length",
        "conversation": "conversation id|conversation|dialogue id|interview id|interview|session id|call id|transcript id",
    }.items()
}
_NO_SPEECH = frozenset({"rating", "score", "stars", "review", "review text"})
_CLOCK = re.compile(r"\s*[\[(]?(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3})\d*)?(?![\d:])")
_DIRECTION = re.compile(r"[(\[][^()\[\]]{0,400}[)\]][.]?")
_LONGEST_S = 100.0
_MOST_VALUES = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A row of speech on its way to an utterance."""

    conversation: str
    speaker: str
    text: str
    start: float | None
    end: float | None
    said_at: str | None


def is_segments(table: Table) -> bool:
    """Whether the rows are stretches of speech: numbers under `start` and `end` and a text, or a text and who says it."""
    places = _places(table.header)
    if "text" not in places or {header_key(name) for name in table.header} & _NO_SPEECH or not table.rows:
        return False
    if {"start", "end"} <= places.keys():
        return all(_number(row[places[name]]) is not None for row in table.rows for name in ("start", "end"))
    speakers = Counter(row[places["speaker"]].strip() for row in table.rows) if "speaker" in places else Counter[str]()
    del speakers[""]
    return bool(speakers) and len(table.rows) > 1 and len(speakers) <= max(2, 0.5 * speakers.total())


def read_segments(source: Source, table: Table) -> Contents:
    """A record for each conversation; whole numbers that would be minutes for a few words are milliseconds."""
    places = _places(table.header)
    lines = list(_lines(table, places))
    skipped: Counter[str] = Counter()
    groups: dict[str, list[Utterance]] = {}
    current: dict[str, str] = {}
    if _is_note(lines):
        skipped["note"] += 1
        lines.pop()
    for line in lines:
        if not line.speaker and "speaker" in places and _DIRECTION.fullmatch(line.text):
            skipped["stage_direction"] += 1
            continue
        current[line.conversation] = line.speaker or current.get(line.conversation, "")
        groups.setdefault(line.conversation, []).append(_utterance(line, current[line.conversation]))
    kind = source.kind_or(kind_of_names(line.speaker for line in lines))
    extra = _extra(table, places) if len(groups) == 1 else {}
    found = [
        conversation(source, said, kind=kind, key=name, external_id=name or None, metadata=extra, merge=True)
        for name, said in groups.items()
    ]
    records: tuple[Record, ...] = tuple(record for record in found if record.text)
    speakers: dict[str, Role] = {turn.speaker: turn.role for one in records for turn in one.turns if turn.speaker}
    return Contents(
        format=f"{table.format}_segments",
        encoding=table.encoding,
        kind=kind,
        columns={name: table.header[place] for name, place in places.items() if name in ("text", "speaker")},
        speakers=speakers,
        records=records,
        skipped=dict(skipped),
        warnings=(*table.warnings, *role_warnings(speakers, kind=kind)),
    )


def _places(header: Sequence[str]) -> dict[str, int]:
    """Part of speech → its column; of two columns for one part, the name that comes first in our list, then in theirs."""
    found: dict[str, int] = {}
    for place, name in enumerate(header):
        part = next((part for part, names in _NAMES.items() if header_key(name) in names), None)
        if part is not None:
            found.setdefault(part, place)
    return found


def _lines(table: Table, places: Mapping[str, int]) -> Iterator[_Line]:
    unit = _unit(table, places)
    for row in table.rows:
        cells = {part: row[place] for part, place in places.items()}
        start, end, length = (_seconds(cells.get(part, ""), unit) for part in ("start", "end", "length"))
        if end is None and start is not None and length is not None:
            end = start + length
        yield _Line(
            conversation=cells.get("conversation", "").strip(),
            speaker=speaker_name(cells.get("speaker", "").strip().rstrip(":：").rstrip()),
            text=" ".join(html.unescape(text_of_body(cells["text"])).split()),
            start=start,
            end=end,
            said_at=parse_date(cells.get("start", "")) if start is None else None,
        )


def _is_note(lines: Sequence[_Line]) -> bool:
    """Whether the last row is a link to the whole interview under a name that says nothing else."""
    last = lines[-1]
    others = {line.speaker for line in lines[:-1]}
    return len(others) > 1 and bool(last.speaker) and last.speaker not in others and "://" in last.text


def _utterance(line: _Line, speaker: str) -> Utterance:
    return Utterance(speaker=speaker, text=line.text, starts_at_s=line.start, ends_at_s=line.end, said_at=line.said_at)


def _extra(table: Table, places: Mapping[str, int]) -> dict[str, str]:
    """Of every other column its values with their counts, the most frequent first."""
    extra: dict[str, str] = {}
    for place, name in enumerate(table.header):
        values = (
            Counter(part.strip() for row in table.rows for part in row[place].split(";") if part.strip())
            if place not in places.values() and name.strip()
            else Counter[str]()
        )
        if values and values.most_common(1)[0][1] > 1:
            extra[name] = "; ".join(f"{value} ({n})" for value, n in values.most_common(_MOST_VALUES))
    return extra


def _unit(table: Table, places: Mapping[str, int]) -> float:
    """Units in a second: 1000 where the middle stretch would else be longer than anybody speaks at once."""
    if not {"start", "end"} <= places.keys():
        return 1.0
    pairs = ((_number(row[places["start"]]), _number(row[places["end"]])) for row in table.rows)
    lengths = sorted(end - start for start, end in pairs if start is not None and end is not None)
    return 1000.0 if lengths and lengths[len(lengths) // 2] > _LONGEST_S else 1.0


def _seconds(cell: str, unit: float) -> float | None:
    """The seconds of `[00:03:43]`, `0:07.5`, `5.0s` or a number in units; None where the cell has another thing."""
    number = _number(cell.strip().removesuffix("s"))
    if number is not None:
        return number / unit
    match = _CLOCK.match(ascii_digits(cell[:40]))
    if match is None:
        return None
    hours, minutes, whole = (int(part or 0) for part in match.groups()[:3])
    return ((hours * 3600 + minutes * 60 + whole) * 1000 + int((match[4] or "0").ljust(3, "0"))) / 1000


def _number(cell: str) -> float | None:
    try:
        value = float(cell)
    except ValueError:
        return None
    return value if 0 <= value < float("inf") else None
