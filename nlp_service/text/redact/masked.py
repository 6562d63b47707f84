"""A text without its personal data: the kind stands where the data was."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate

from nlp_service.domain import UNDETERMINED
from nlp_service.text.redact.find import find
from nlp_service.text.redact.findings import Finding, FindNames, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Masked:
    """A masked text, what was found in the text before (offsets are those of that text), and how often each kind.

    `marks` stand where the findings stood, in their order.
    """

    text: str
    findings: tuple[Finding, ...]
    marks: tuple[str, ...]
    counts: Mapping[Kind, int]

    def moved(self, offset: int) -> int:
        """Where an offset of the text before is now; inside a finding, the end of what stands there."""
        n_before = bisect_right([finding.start for finding in self.findings], offset - 1)
        grown = [0, *accumulate(map(_growth, self.findings, self.marks))]
        if n_before and offset < self.findings[n_before - 1].end:
            offset = self.findings[n_before - 1].end
        return offset + grown[n_before]


def mask(text: str, *, language: str = UNDETERMINED, marked: bool = True, names: FindNames | None = None) -> Masked:
    """The text with its kind in brackets, such as `[phone]`, for each piece of personal data; not `marked`, with nothing."""
    findings = find(text, language=language, names=names)
    if not findings:
        return Masked(text=text, findings=(), marks=(), counts={})
    marks = tuple(f"[{finding.kind}]" if marked else "" for finding in findings)
    pieces, at = [], 0
    for finding, mark in zip(findings, marks, strict=True):
        pieces += [text[at : finding.start], mark]
        at = finding.end
    counts = Counter(finding.kind for finding in findings)
    return Masked(text="".join([*pieces, text[at:]]), findings=findings, marks=marks, counts=counts)


def _growth(finding: Finding, mark: str) -> int:
    return len(mark) - (finding.end - finding.start)
