"""Personal data in a text: `find` says where it is, `mask` puts the kind in its place, `mask_records` does so in records."""

from nlp_service.text.redact.find import find
from nlp_service.text.redact.findings import EVERY_KIND, KINDS, Finding, Kind
from nlp_service.text.redact.masked import Masked, mask
from nlp_service.text.redact.names import Names, check_names, load_names
from nlp_service.text.redact.records import NOTE, Masking, counted, mask_records

__all__ = [
    "EVERY_KIND",
    "KINDS",
    "NOTE",
    "Finding",
    "Kind",
    "Masked",
    "Masking",
    "Names",
    "check_names",
    "counted",
    "find",
    "load_names",
    "mask",
    "mask_records",
]
