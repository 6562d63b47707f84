"""The file for issue trackers: one row a request, nothing that a spreadsheet would run."""

import csv
import io

from nlp_service.export.tracker import COLUMNS, tracker_csv

QUOTE = {"language": "en", "text": "please  add\na dark theme"}
REQUEST = {
    "id": "req_1",
    "want": "dark mode",
    "polarity": "add",
    "n_askers": 3,
    "reasons": ["3 people", "in 2 languages"],
    "languages": {"en": 2, "fa": 1},
    "first_seen": "2026-07-01",
    "last_seen": None,
    "quotes": [QUOTE],
    "status": "open",
}


def rows(*requests):
    return list(csv.DictReader(io.StringIO(tracker_csv(requests))))


def test_a_request_is_a_row_with_its_votes_and_labels():
    row = rows(REQUEST)[0]

    assert tuple(row) == COLUMNS
    assert (row["title"], row["votes"], row["status"]) == ("Dark mode", "3", "open")
    assert row["description"] == "3 people; in 2 languages\n[en] “please add a dark theme”"
    assert row["labels"] == "feature-request add lang-en lang-fa"
    assert (row["first_seen"], row["last_seen"]) == ("2026-07-01", "")


def test_what_is_to_go_says_so_and_formulas_do_not_run():
    row = rows({**REQUEST, "want": "ads", "polarity": "remove"}, {**REQUEST, "want": "=HYPERLINK(1)"})

    assert row[0]["title"] == "Remove: ads"
    assert row[1]["title"] == "'=HYPERLINK(1)"


def test_no_requests_are_a_header():
    assert tracker_csv([]) == ",".join(COLUMNS) + "\r\n"
