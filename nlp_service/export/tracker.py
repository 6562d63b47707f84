"""Requests as a CSV that issue trackers import: one row a request, with what it is, who asks, and how often."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from nlp_service.export.cells import csv_cell

COLUMNS = ("title", "description", "votes", "labels", "status", "first_seen", "last_seen", "id")


def tracker_csv(requests: Sequence[Mapping[str, Any]]) -> str:
    """The requests, as `request_json` gives them, with a header line; cells that a spreadsheet would run are made texts."""
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for request in requests:
        row = (
            _title(request),
            _description(request),
            str(request["n_askers"]),
            " ".join(_labels(request)),
            request["status"],
            request["first_seen"] or "",
            request["last_seen"] or "",
            request["id"],
        )
        writer.writerow([csv_cell(cell) for cell in row])
    return lines.getvalue()


def _title(request: Mapping[str, Any]) -> str:
    want = str(request["want"])
    return f"Remove: {want}" if request["polarity"] == "remove" else want[:1].upper() + want[1:]


def _description(request: Mapping[str, Any]) -> str:
    quotes = [f"[{quote['language']}] “{' '.join(quote['text'].split())}”" for quote in request["quotes"]]
    return "\n".join(["; ".join(request["reasons"]), *quotes])


def _labels(request: Mapping[str, Any]) -> list[str]:
    """Words without spaces, as trackers part labels at them."""
    return ["feature-request", request["polarity"], *(f"lang-{code}" for code in request["languages"])]
