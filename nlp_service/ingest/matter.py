"""What stands around the words of a text: a head of `name: value` lines between `---`, and comments of an editor below."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from nlp_service.domain import Role
from nlp_service.ingest.cells import language_of
from nlp_service.ingest.roles import role_word

_HEAD = re.compile(r"\A\s*---[ \t]*\n(?P<fields>(?:[^\n]{0,500}\n){1,40}?)---[ \t]*\n")
_FIELD = re.compile(r"([A-Za-z][\w -]{0,40}):[ \t]+[\"']?(.{1,300}?)[\"']?[ \t]*")
_COMMENT = re.compile(r"\[([a-z]{1,2})\](?!\s*\S{1,40}\s*:)\S.*")
_HOSTS = frozenset({"host", "hosts", "interviewer", "interviewers", "moderator"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """The text without what stands around it, the fields of its head, and the anchors of comments that were left out."""

    text: str
    fields: Mapping[str, str] = field(default_factory=dict)
    anchors: tuple[str, ...] = ()

    @property
    def language(self) -> str | None:
        """The language that the head claims."""
        return language_of(self.fields.get("language", ""))

    @property
    def skipped(self) -> dict[str, int]:
        """How many comments were left out."""
        return {"comment": len(self.anchors)} if self.anchors else {}

    def roles(self, names: Sequence[str]) -> dict[str, Role]:
        """The roles that the head states of speakers: `hosts: Ann`."""
        return {
            name: "interviewer" if key.casefold() in _HOSTS else "participant"
            for key, value in self.fields.items()
            if key.casefold() in _HOSTS or role_word(key) == "participant"
            for name in names
            if name and name.casefold() in re.split(r"\s*[,;&]\s*", value.casefold())
        }

    def without_anchors(self, text: str) -> str:
        """A text without the `[a]` that point at comments."""
        return re.sub(rf"\[(?:{'|'.join(self.anchors)})\]", "", text) if self.anchors else text


def matter_of(text: str) -> Matter:
    """The head, the body and the anchors of the comments that an exported document lists at its end: `[a]`, `[b]`, …."""
    head = _HEAD.match(text[:20_000])
    body = text[head.end() :] if head else text
    found = (_FIELD.fullmatch(line) for line in head["fields"].split("\n")) if head else ()
    fields = {match[1].strip(): match[2].strip() for match in found if match}
    lines = body.rstrip().split("\n")
    anchors: list[str] = []
    while lines and (match := _COMMENT.fullmatch(lines[-1].strip()[:2_000])):
        anchors.append(match[1])
        lines.pop()
    expected = [chr(ord("a") + place) for place in range(len(anchors))]
    is_list = anchors[::-1] == expected and bool(anchors)
    return Matter(
        text="\n".join(lines) if is_list else body, fields=fields, anchors=tuple(reversed(anchors)) if is_list else ()
    )
