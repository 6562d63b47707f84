"""Codebooks of researchers: REFI-QDA's QDC, QualCoder's lines, Taguette's table; codes and no customers' texts."""

import re
from collections.abc import Iterator, Sequence
from typing import NoReturn
from xml.etree.ElementTree import Element

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from nlp_service.errors import UnreadableFile
from nlp_service.ingest.columns import listed
from nlp_service.ingest.contents import Contents, Source
from nlp_service.ingest.headers import header_key
from nlp_service.ingest.tables import Table

_LONGEST_LINE = 1_000
_LONGEST_PATH = 300
_TABLE = ({"tag", "description"}, {"path", "description"}, {"tag"}, {"path"})
_ROOT = "Nodes"


def parse_xml(content: bytes) -> Element:
    """The root of an XML file; entities and document types are refused.

    Raises:
        UnreadableFile: the XML is broken, or defines entities.
    """
    try:
        root: Element = ElementTree.fromstring(content, forbid_dtd=True)
    except DefusedXmlException:
        raise UnreadableFile("The XML defines entities, which are not read: export it again.") from None
    except (ElementTree.ParseError, ValueError, LookupError, RecursionError):
        raise UnreadableFile("The XML is broken: export it again and send it anew.") from None
    return root


def local_name(element: Element) -> str:
    """The name without its namespace."""
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def children(element: Element, name: str) -> list[Element]:
    """The children of that name, whatever their namespace."""
    return [child for child in element if local_name(child) == name]


def codes_of(root: Element) -> dict[str, str]:
    """guid → the code's path (`parent > code`) of every code in a codebook or project, in its order."""
    found: dict[str, str] = {}
    waiting = [
        (code, "") for element in root.iter() if local_name(element) == "Codes" for code in children(element, "Code")
    ]
    waiting.reverse()
    while waiting:
        code, above = waiting.pop()
        name = " ".join((code.get("name") or "").split())
        is_wrapper = name == _ROOT and code.get("isCodable") == "false" and not above
        path = above if is_wrapper else f"{above} > {name}" if above else name
        if not is_wrapper:
            found[(code.get("guid") or str(len(found))).casefold()] = path
        waiting += [(child, path) for child in reversed(children(code, "Code"))]
    return found


def read_codebook(source: Source) -> Contents:
    """Nothing: a QDC holds codes.

    Raises:
        UnreadableFile: always; the message lists the codes.
    """
    refuse_codebook(list(codes_of(parse_xml(source.content)).values()))


def is_codebook_text(text: str) -> bool:
    """Whether a text is a codebook as QualCoder takes it: lines `category>>code<TAB>memo`, some with categories."""
    lines = [line for line in text.split("\n") if line.strip()]
    if not lines or any(len(line) > _LONGEST_LINE or line.count("\t") > 1 for line in lines):
        return False
    paths = [line.split("\t")[0] for line in lines]
    n_nested = sum(">>" in path for path in paths)
    return n_nested >= 1 and n_nested >= 0.2 * len(paths) and all(_is_path(path) for path in paths)


def read_codebook_text(source: Source) -> Contents:
    """Nothing: the lines are codes.

    Raises:
        UnreadableFile: always; the message lists the codes.
    """
    refuse_codebook(
        [line.split("\t")[0].strip().replace(">>", " > ") for line in source.text.split("\n") if line.strip()]
    )


def is_codebook_table(table: Table) -> bool:
    """Whether the only columns are those of Taguette's codebook."""
    return {header_key(name) for name in table.header} - {"number of highlights"} in _TABLE


def read_codebook_table(table: Table) -> Contents:
    """Nothing: the rows are codes.

    Raises:
        UnreadableFile: always; the message lists the codes.
    """
    place = next(place for place, name in enumerate(table.header) if header_key(name) in ("tag", "path"))
    refuse_codebook([row[place] for row in table.rows])


def refuse_codebook(codes: Sequence[str]) -> NoReturn:
    """Say that there are codes and no texts.

    Raises:
        UnreadableFile: always; the message lists the codes.
    """
    raise UnreadableFile(
        f"This is a codebook of {len(codes)} codes ({listed(codes)}) without customers' texts: send the documents that were "
        "coded, or the whole project (.qdpx)."
    )


def _is_path(path: str) -> bool:
    parts = path.split(">>")
    return len(path) <= _LONGEST_PATH and all(part.strip() and not re.search(r"[.!?؟]\s", part) for part in parts)


def elements(root: Element, *names: str) -> Iterator[Element]:
    """Every element of these names at any depth, in document order."""
    return (element for element in root.iter() if local_name(element) in names)
