"""Personal data in a text: `find` says where it is, `mask` puts the kind in its place, `mask_record` does so in a record."""

from nlp_service.text.redact.find import find
from nlp_service.text.redact.findings import KINDS, Finding, Kind
from nlp_service.text.redact.masked import Masked, mask
from nlp_service.text.redact.records import mask_record

__all__ = ["KINDS", "Finding", "Kind", "Masked", "find", "mask", "mask_record"]
