"""A text without its personal data: the kind stands where the data was."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate

from nlp_service.domain import UNDETERMINED
from nlp_service.text.redact.find import find
from nlp_service.text.redact.findings import Finding, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Masked:
    """A masked text, what was found in the text before (offsets are those of that text), and how often each kind."""

    text: str
    findings: tuple[Finding, ...]
    counts: Mapping[Kind, int]

    def moved(self, offset: int) -> int:
        """Where an offset of the text before is now; inside a finding, the end of what stands there."""
        n_before = bisect_right([finding.start for finding in self.findings], offset - 1)
        grown = [0, *accumulate(_growth(finding) for finding in self.findings)]
        if n_before and offset < self.findings[n_before - 1].end:
            offset = self.findings[n_before - 1].end
        return offset + grown[n_before]


def mask(text: str, *, language: str = UNDETERMINED) -> Masked:
    """The text with each piece of personal data replaced by its kind in brackets, such as `[phone]`."""
    findings = find(text, language=language)
    if not findings:
        return Masked(text=text, findings=(), counts={})
    pieces, at = [], 0
    for finding in findings:
        pieces += [text[at : finding.start], mark(finding.kind)]
        at = finding.end
    counts = Counter(finding.kind for finding in findings)
    return Masked(text="".join([*pieces, text[at:]]), findings=findings, counts=counts)


def mark(kind: Kind) -> str:
    """What stands in a text for personal data of the kind."""
    return f"[{kind}]"


def _growth(finding: Finding) -> int:
    return len(mark(finding.kind)) - (finding.end - finding.start)
