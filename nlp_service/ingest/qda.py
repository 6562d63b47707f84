"""REFI-QDA projects (.qdpx) of NVivo, ATLAS.ti, MAXQDA and others → a record a document, its codes beside it."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from xml.etree.ElementTree import Element

from nlp_service.domain import Record
from nlp_service.errors import UnreadableFile
from nlp_service.ingest.archives import members_of
from nlp_service.ingest.codebooks import children, codes_of, elements, local_name, parse_xml
from nlp_service.ingest.columns import listed
from nlp_service.ingest.contents import Contents, Source, record_id
from nlp_service.ingest.decode import clean, decode
from nlp_service.ingest.transcripts import read_transcript

_BESIDE = ("Transcript", "Representation")
_QUOTED = ("PlainTextSelection", "PDFSelection", "TranscriptSelection")
_MEDIA = ("PictureSource", "PDFSource", "AudioSource", "VideoSource")
_WHITE = re.compile(r"\s+")
_MOST_WORDS = 5_000
_REASONS = ("no_text", "no_quotation", "media")
_MOST_SEGMENTS = 2_000
"""Coded segments of a document whose places are kept; all are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """A stretch of a document that somebody coded; `quote` is empty where the file does not hold its words."""

    guid: str
    quote: str
    is_cut_off: bool
    span: tuple[int, int] | None
    codes: tuple[str, ...]

    def words_in(self, text: str) -> str:
        """The words that were coded: where the positions hold, those at them, else the quotation."""
        placed = clean(text[slice(*self.span)]) if self.span else ""
        return placed if placed.startswith(self.quote[:30]) else self.quote


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document of a project: its words, as far as the file has them, and what was coded in it."""

    name: str
    guid: str
    text: str
    coded: tuple[Coded, ...]


def read_project(source: Source) -> Contents:
    """One record for each document; where its text is not in the file, one for each coded quotation of it.

    The metadata of a record hold its `codes` with counts, and as JSON `coded_segments`, [code, start, end] in the
    record's text.

    Raises:
        UnreadableFile: the project is damaged or holds no text; the message says what it holds.
    """
    files = members_of(source.content, lambda name: name.lower().endswith((".qde", ".txt")))
    projects = [content for name, content in files.items() if name.lower().endswith(".qde")]
    if len(projects) != 1:
        raise UnreadableFile("The archive is no QDA project: a .qdpx holds one project.qde.")
    root = parse_xml(projects[0])
    codes = codes_of(root)
    texts = {PurePosixPath(name.replace("\\", "/")).name.casefold(): content for name, content in files.items()}
    documents = _documents(root, codes, texts)
    records = [record for document in documents for record in _records(source, document)]
    without = [document.name for document in documents if not document.text]
    if not records:
        raise UnreadableFile(
            f"The project names {len(documents)} documents ({listed([d.name for d in documents])}) and holds no text of "
            f"them: export it with its sources. Its {len(codes)} codes are {listed(list(codes.values()))}."
        )
    n_unquoted = sum(not coded.quote for document in documents for coded in document.coded if not document.text)
    n_media = sum(1 for _ in elements(root, *_MEDIA))
    return Contents(
        format="qdpx",
        encoding="utf-8",
        kind=source.kind_or("interviews"),
        speakers={turn.speaker: turn.role for record in records for turn in record.turns if turn.speaker},
        records=tuple(records),
        skipped={reason: n for reason, n in zip(_REASONS, (len(without), n_unquoted, n_media), strict=True) if n},
        warnings=_warnings(codes, documents, without, n_media=n_media),
    )


def _documents(root: Element, codes: Mapping[str, str], texts: Mapping[str, bytes]) -> list[Document]:
    """The documents of a project, each text once; a transcript may be listed as a text as well."""
    found: dict[str, Document] = {}
    for element in _texts_of(root):
        path = element.get("plainTextPath") or ""
        if not path and not children(element, "PlainTextContent"):
            continue
        key = path.casefold() or (element.get("guid") or str(len(found)))
        document = Document(
            name=clean(element.get("name") or "") or f"document {len(found) + 1}",
            guid=element.get("guid") or "",
            text=_text(element, path, texts),
            coded=tuple(_coded(selection, codes) for selection in element if local_name(selection) in _QUOTED),
        )
        earlier = found.get(key)
        found[key] = replace(earlier, coded=earlier.coded + document.coded) if earlier else document
    return [document for document in found.values() if document.text or document.coded or document.name]


def _texts_of(root: Element) -> Iterator[Element]:
    """The text sources, and the texts that stand beside PDF files, sound and video."""
    for sources in elements(root, "Sources"):
        for one in sources:
            yield from (
                [one] if local_name(one) == "TextSource" else [part for part in one if local_name(part) in _BESIDE]
            )


def _text(element: Element, path: str, texts: Mapping[str, bytes]) -> str:
    inside = "".join(child.text or "" for child in children(element, "PlainTextContent"))
    content = (
        texts.get(PurePosixPath(path.split("://", 1)[-1].replace("\\", "/")).name.casefold(), b"") if path else b""
    )
    if inside.strip() or not content.strip():
        return inside if inside.strip() else ""
    try:
        return decode(content)[0]
    except UnreadableFile:
        return ""


def _coded(selection: Element, codes: Mapping[str, str]) -> Coded:
    """A selection with its words: its name, where that is as long as the positions say or cut off with an ellipsis.

    Another name is a title that somebody gave it.
    """
    name = clean(selection.get("name") or "")
    start, end = selection.get("startPosition") or "", selection.get("endPosition") or ""
    is_placed = start.isdecimal() and end.isdecimal() and len(start + end) < 20
    length = int(end) - int(start) if is_placed else 0
    is_cut_off = name.endswith("…") and len(name) < length
    quoted = [
        child.text or ""
        for part in children(selection, "Representation")
        for child in children(part, "PlainTextContent")
    ]
    targets = [(ref.get("targetGUID") or "").casefold() for ref in elements(selection, "CodeRef")]
    return Coded(
        guid=selection.get("guid") or f"{start}-{end}",
        quote=name.removesuffix("…").rstrip() if is_cut_off or length == len(name) else clean(" ".join(quoted)),
        is_cut_off=is_cut_off,
        span=(int(start), int(end)) if is_placed else None,
        codes=tuple(codes[target] for target in targets if target in codes),
    )


def _records(source: Source, document: Document) -> list[Record]:
    if document.text.strip():
        return _whole(source, document)
    return [
        Record(
            id=record_id(source.filename, f"{document.guid} {coded.guid}", coded.quote),
            text=coded.quote,
            kind=source.kind_or("interviews"),
            source=source.filename,
            external_id=f"{document.guid}:{coded.guid}",
            language=source.language,
            metadata={
                "document": document.name,
                "unit": "quotation",
                **({"codes": "; ".join(coded.codes)} if coded.codes else {}),
                **({"cut_off": "true"} if coded.is_cut_off else {}),
            },
        )
        for coded in document.coded
        if coded.quote
    ]


def _whole(source: Source, document: Document) -> list[Record]:
    named = replace(
        source, filename=f"{source.filename}/{document.name}", text=document.text, kind=source.kind_or("interviews")
    )
    records = read_transcript(named).records
    return [
        replace(
            record,
            source=source.filename,
            external_id=(document.guid or None) if len(records) == 1 else None,
            metadata={**record.metadata, "document": document.name, **_code_metadata(document, record.text)},
        )
        for record in records
    ]


def _code_metadata(document: Document, text: str) -> dict[str, str]:
    counts = Counter(code for coded in document.coded for code in coded.codes)
    if not counts:
        return {}
    placed = [
        [code, *span]
        for coded in document.coded[:_MOST_SEGMENTS]
        if (span := _span(coded.words_in(document.text), text)) is not None
        for code in coded.codes
    ]
    return {
        "codes": "; ".join(f"{code} ({n})" for code, n in sorted(counts.items())),
        "coded_segments": json.dumps(placed, ensure_ascii=False),
    }


def _span(quote: str, text: str) -> tuple[int, int] | None:
    """Where the words of a quotation stand in a text whose spaces may be others."""
    words = _WHITE.split(quote.strip())
    if not quote.strip() or len(words) > _MOST_WORDS:
        return None
    match = re.search(r"\s+".join(map(re.escape, words)), text)
    return match.span() if match else None


def _warnings(
    codes: Mapping[str, str], documents: Sequence[Document], without: Sequence[str], *, n_media: int
) -> tuple[str, ...]:
    n_coded = sum(len(document.coded) for document in documents)
    notes = [f"The project has {len(codes)} codes and {n_coded} coded segments: they are kept beside the documents."]
    if without:
        notes.append(
            f"The text of {len(without)} documents is not in the project, so only their coded quotations were read: "
            f"{listed(without)}."
        )
    if n_media:
        notes.append(f"Pictures, PDF files, sound and video were not read, only texts beside them: {n_media}.")
    return tuple(notes)
