"""Transcripts in XML and HTML: Transcriber's .trs, segments of a speaker recogniser, pages with speakers marked by class."""

import html
import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from selectolax.lexbor import LexborHTMLParser, LexborNode

from nlp_service.errors import UnreadableFile
from nlp_service.ingest.codebooks import children, elements, local_name
from nlp_service.ingest.contents import Contents, Source
from nlp_service.ingest.conversation import Utterance
from nlp_service.ingest.speech import interview, seconds, speaker_name

_TRS = re.compile(r"<Trans[\s>].*?<Turn[\s>]", re.DOTALL)
_SEGMENTS = re.compile(r"<segment>(?=.{0,400}?<start>)(?=.{0,400}?<text>)", re.DOTALL)
_SPEAKER_CLASS = re.compile(r"""class\s*=\s*["'][^"']{0,60}\bspeaker\b""")
_DTD = re.compile(r"<!DOCTYPE\s+[\w:.-]{1,60}(?:\s+SYSTEM\s+[\"'][^\"'<>]{0,200}[\"'])?\s*>")
_TIME = re.compile(r"\b(\d{1,2}):(\d{1,2}):(\d{1,2})\b")
_PLAY = "▶►⏵ \n"
_HEAD = 200_000
_BLOCKS = frozenset({"p", "li", "dd", "dt", "div", "section", "article", "blockquote", "td", "tr", "table", "ul", "ol"})
_NO_WORDS = frozenset({"script", "style", "h1", "h2", "h3", "h4", "h5", "h6", "nav", "footer", "template"})


def is_tagged(text: str) -> bool:
    """Whether an XML or HTML text is a transcript that is read."""
    head = text[:_HEAD]
    return any(pattern.search(head) is not None for pattern in (_TRS, _SEGMENTS, _SPEAKER_CLASS))


def read_tagged(source: Source) -> Contents:
    """One interview.

    Raises:
        UnreadableFile: the markup is broken (the message says where), defines entities, or has no words.
    """
    head = source.text[:_HEAD]
    if _TRS.search(head):
        said, format = _turns(_root(source.text)), "trs"
    elif _SEGMENTS.search(head):
        said, format = (_segment(one) for one in elements(_root(source.text), "segment")), "xml_segments"
    else:
        said, format = _page(source.text), "html_transcript"
    return interview(source, list(said), format=format)


def _root(text: str) -> Element:
    """The root of an XML text; a document type without rules of its own is left away, since programs write one."""
    text = re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", _DTD.sub("", text[:5_000]) + text[5_000:])
    try:
        root: Element = ElementTree.fromstring(text.strip(), forbid_dtd=True)
        return root
    except DefusedXmlException:
        raise UnreadableFile("The XML defines entities, which are not read: export it again without them.") from None
    except ElementTree.ParseError as error:
        line, column = error.position
        raise UnreadableFile(f"The XML is broken at line {line}, column {column}: export it again.") from None
    except (ValueError, LookupError, RecursionError):
        raise UnreadableFile("The XML is broken: export it again and send it anew.") from None


def _turns(root: Element) -> Iterator[Utterance]:
    """The turns of a Transcriber file, cut where it sets a time; speakers who talk at once are named together."""
    names = {one.get("id") or "": speaker_name(one.get("name") or "") for one in elements(root, "Speaker")}
    for turn in elements(root, "Turn"):
        ids = (turn.get("speaker") or "").split()
        speaker = " + ".join(names.get(one) or one for one in ids)
        at, words = seconds(turn.get("startTime")), [turn.text or ""]
        for child in turn:
            if local_name(child) == "Sync" and "".join(words).strip():
                until = seconds(child.get("time"))
                yield Utterance(speaker=speaker, text=_line(words), starts_at_s=at, ends_at_s=until)
                words = []
            at = seconds(child.get("time")) if local_name(child) == "Sync" and not words else at
            words.append(child.tail or "")
        yield Utterance(speaker=speaker, text=_line(words), starts_at_s=at, ends_at_s=seconds(turn.get("endTime")))


def _segment(segment: Element) -> Utterance:
    parts: Mapping[str, str] = {
        name: (children(segment, name) or [segment])[0].text or "" for name in ("start", "end", "speaker", "text")
    }
    return Utterance(
        speaker=speaker_name(parts["speaker"].strip()),
        text=_line([parts["text"]]),
        starts_at_s=seconds(parts["start"]),
        ends_at_s=seconds(parts["end"]),
    )


def _page(text: str) -> Iterator[Utterance]:
    """The paragraphs of a page, each of the speaker whose element came last before it; times are those of their links."""
    body = LexborHTMLParser(text).body
    speaker, at, pieces = "", None, list[str]()
    inside: set[int] = set()
    for node in body.traverse(include_text=True) if body is not None else ():
        if node.mem_id in inside:
            continue
        is_speaker = "speaker" in (node.attributes.get("class") or "").split()
        if is_speaker or node.tag in _BLOCKS:
            if speaker and _line(pieces).strip(_PLAY):
                yield Utterance(speaker=speaker, text=_line(pieces).strip(_PLAY), starts_at_s=at)
            at, pieces = None, []
        if is_speaker or node.tag in _NO_WORDS:
            inside = {one.mem_id for one in node.traverse(include_text=True)}
            speaker = speaker_name(_line([node.text(deep=True)]).rstrip(":：")) if is_speaker else speaker
        elif node.tag == "-text":
            pieces.append(node.text_content or "")
        at = at if at is not None else _time_in(node)
    if speaker and _line(pieces).strip(_PLAY):
        yield Utterance(speaker=speaker, text=_line(pieces).strip(_PLAY), starts_at_s=at)


def _time_in(node: LexborNode) -> float | None:
    """The seconds of `h:mm:ss` in an attribute."""
    for value in node.attributes.values():
        match = _TIME.search(value or "")
        if match:
            hours, minutes, whole = map(int, match.groups())
            return float(hours * 3600 + minutes * 60 + whole)
    return None


def _line(pieces: list[str]) -> str:
    return " ".join(html.unescape("".join(pieces)).split())
