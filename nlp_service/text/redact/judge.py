"""How sure a form and the words around it make us together."""

from nlp_service.text.redact.findings import CERTAIN, NAMED, SURE, Kind
from nlp_service.text.redact.labels import Label


def confidence(kind: Kind, named: Label, *, alone: float) -> float:
    """How sure we are (0 to 1) of a form that by itself makes us `alone` sure, given what its text calls it; 0 is no."""
    if named.kind == kind:
        return max(NAMED, alone)
    if alone >= CERTAIN:
        return alone
    if named.direct or (named.kind in ("other", "postal_code") and alone < SURE):
        return 0.0
    return alone
