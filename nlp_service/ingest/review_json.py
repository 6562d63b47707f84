"""Reviews as the stores' own programs give them in JSON: Google Takeout, Business Profile, Google Play, App Store."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from nlp_service.errors import UnreadableFile
from nlp_service.ingest.contents import Contents, Source
from nlp_service.ingest.decode import clean
from nlp_service.ingest.flat import flatten, scalar, table_of
from nlp_service.ingest.json_values import inner, mappings
from nlp_service.ingest.rows import records_of

Rows = Sequence[Mapping[str, str]]
_OWN = "These are reviews that the owner of the account wrote, not reviews that a business received."


def takeout_of(value: Any) -> Rows | None:
    """The places of a Takeout's `Reviews.json`, older or newer, each with what was asked about it."""
    features = mappings(value.get("features")) if isinstance(value, Mapping) else []
    if not features or not any("properties" in feature for feature in features):
        return None
    return [_place(inner(feature, "properties")) for feature in features]


def read_takeout(source: Source, rows: Rows) -> Contents:
    """One record a review with words, all of one person."""
    owner = f"owner of {source.filename}"
    contents = _read(source, [{**row, "author": owner} for row in rows], format="google_takeout")
    return replace(contents, warnings=(*contents.warnings, _OWN))


def business_of(value: Any) -> Rows | None:
    """The reviews that a business received, as Business Profile gives them."""
    reviews = mappings(value.get("reviews")) if isinstance(value, Mapping) else []
    if not any("starRating" in review and ("reviewId" in review or "reviewer" in review) for review in reviews):
        return None
    return [
        {
            "review id": scalar(review.get("reviewId") or review.get("name")),
            "author": ""
            if inner(review, "reviewer").get("isAnonymous") is True
            else _at(review, "reviewer.displayName"),
            "star rating": _at(review, "starRating"),
            "comment": _at(review, "comment"),
            "create time": _at(review, "createTime"),
            "update time": _at(review, "updateTime"),
            "reply": _at(review, "reviewReply.comment"),
        }
        for review in reviews
    ]


def play_of(value: Any) -> Rows | None:
    """The reviews of Google Play's developer API; the title stands before a tab."""
    reviews = mappings(value.get("reviews")) if isinstance(value, Mapping) else []
    if not any(mappings(review.get("comments")) for review in reviews):
        return None
    return [_played(review) for review in reviews]


def rss_of(value: Any) -> Rows | None:
    """The entries of the App Store's RSS in JSON; one review comes without a list, and the app itself may be among them."""
    feed = inner(value, "feed") if isinstance(value, Mapping) else {}
    entry = feed.get("entry")
    entries = mappings(entry if isinstance(entry, list) else [entry])
    if not any("im:rating" in one for one in entries):
        return None
    rows = []
    for one in entries:
        flat = flatten(one)
        is_review = "im:rating" in one
        rows.append(
            {
                "id": flat.get("id", ""),
                "author": flat.get("author.name", ""),
                "rating": flat.get("im:rating", ""),
                "title": flat.get("title", "") if is_review else "",
                "review": flat.get("content", "") if is_review else "",
                "updated": flat.get("updated", ""),
                "version": flat.get("im:version", ""),
            }
        )
    return rows


def connect_of(value: Any) -> Rows | None:
    """The reviews of App Store Connect, with the answers that are included."""
    data = value.get("data") if isinstance(value, Mapping) else None
    reviews = [
        one for one in mappings(data if isinstance(data, list) else [data]) if one.get("type") == "customerReviews"
    ]
    if not reviews:
        return None
    included = mappings(value.get("included"))
    replies = {scalar(one.get("id")): _at(one, "attributes.responseBody") for one in included}
    return [
        {
            "id": scalar(one.get("id")),
            "author": _at(one, "attributes.reviewerNickname"),
            "rating": _at(one, "attributes.rating"),
            "title": _at(one, "attributes.title"),
            "body": _at(one, "attributes.body"),
            "created date": _at(one, "attributes.createdDate"),
            "territory": _at(one, "attributes.territory"),
            "reply": replies.get(_at(one, "relationships.response.data.id"), ""),
        }
        for one in reviews
    ]


def read_business(source: Source, rows: Rows) -> Contents:
    """One record a review with words."""
    return _read(source, rows, format="google_business")


def read_play(source: Source, rows: Rows) -> Contents:
    """One record a review with words."""
    return _read(source, rows, format="google_play")


def read_app_store(source: Source, rows: Rows) -> Contents:
    """One record a review with words."""
    return _read(source, rows, format="app_store")


def _read(source: Source, rows: Rows, *, format: str) -> Contents:
    if not any(value for row in rows for value in row.values()):
        raise UnreadableFile("The reviews in this file are empty: check that the export was finished.")
    return records_of(source, table_of(rows, format=format, encoding=source.encoding))


def _place(properties: Mapping[str, Any]) -> dict[str, str]:
    asked = {
        clean(scalar(one.get("question"))): scalar(one.get("rating") or one.get("selected_option"))
        or ", ".join(map(scalar, options if isinstance(options := one.get("selected_options"), list) else []))
        for one in mappings(properties.get("questions"))
    }
    return {**flatten(properties), **{question: answer for question, answer in asked.items() if question and answer}}


def _played(review: Mapping[str, Any]) -> dict[str, str]:
    comments = mappings(review.get("comments"))
    said = next((inner(one, "userComment") for one in comments if "userComment" in one), {})
    replied = next((inner(one, "developerComment") for one in comments if "developerComment" in one), {})
    title, _, text = _at(said, "text").rpartition("\t")
    return {
        "review id": scalar(review.get("reviewId")),
        "author": scalar(review.get("authorName")),
        "title": title,
        "review text": text,
        "star rating": _at(said, "starRating"),
        "reviewer language": _at(said, "reviewerLanguage"),
        "date": _at(said, "lastModified.seconds"),
        "device": _at(said, "device"),
        "app version name": _at(said, "appVersionName"),
        "reply": _at(replied, "text"),
    }


def _at(value: Mapping[str, Any], path: str) -> str:
    """The plain value under a dotted path, empty where there is none."""
    *names, last = path.split(".")
    found = inner(value, *names).get(last)
    return "" if isinstance(found, list | Mapping) else scalar(found)
