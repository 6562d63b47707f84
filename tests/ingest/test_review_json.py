"""Reviews of the stores' own programs in JSON: words, stars, answers, and what is no review."""

import json

import pytest

from nlp_service.errors import UnreadableFile

BUSINESS = {
    "reviews": [
        {"reviewId": "r1", "reviewer": {"displayName": "Ann"}, "starRating": "FIVE", "createTime": "2026-01-02T10:00:00Z",
         "comment": "(Translated by Google) Very good service\n\n(Original)\nخدمات خیلی خوب بود",
         "reviewReply": {"comment": "Thank you", "updateTime": "2026-01-03T10:00:00Z"}},
        {"reviewId": "r2", "reviewer": {"displayName": "A Google user", "isAnonymous": True}, "starRating": "ONE",
         "comment": "Çok pahalı\n\n(Translated by Google)\nVery expensive", "createTime": "2026-01-02T11:00:00Z"},
        {"reviewId": "r3", "reviewer": {"displayName": "Bo"}, "starRating": "TWO", "createTime": "2026-01-02T12:00:00Z"},
    ],
    "averageRating": 3.1,
}  # fmt: skip
PLAY = {
    "reviews": [
        {"reviewId": "gp:AOqp1", "authorName": "Ann", "comments": [
            {"userComment": {"text": "Slow\tIt takes a minute to open", "lastModified": {"seconds": "1544006350"},
                             "starRating": 2, "reviewerLanguage": "en", "device": "h1"}},
            {"developerComment": {"text": "We are on it", "lastModified": {"seconds": "1544006450"}}}]},
        {"reviewId": "gp:AOqp2", "comments": [{"userComment": {"text": "\tHarika", "starRating": 5}}]},
    ]
}  # fmt: skip


def label(value):
    return {"label": value}


APP = {"im:name": label("Shop"), "title": label("Shop - by X"), "id": label("1"), "summary": label("Buy things")}
ENTRY = {"id": label("77"), "author": {"name": label("ann"), "uri": label("u")}, "im:rating": label("4"),
         "im:version": label("5.1"), "title": label("Nice"),
         "content": {"label": "It is quick", "attributes": {"type": "text"}},
         "updated": label("2026-01-02T10:00:00-07:00")}  # fmt: skip
CONNECT = {
    "data": [
        {"type": "customerReviews", "id": "c1", "attributes": {
            "rating": 1, "title": "Crash", "body": "It crashes when I pay", "reviewerNickname": "ann", "territory": "USA",
            "createdDate": "2026-01-02T10:00:00-07:00"}, "relationships": {"response": {"data": {"id": "a1"}}}},
        {"type": "customerReviews", "id": "c2", "attributes": {"rating": 5, "title": "Great", "body": ""}},
    ],
    "included": [{"type": "customerReviewResponses", "id": "a1", "attributes": {"responseBody": "Please update"}}],
}  # fmt: skip


def found(contents):
    return [(record.external_id, record.text, record.rating, record.author) for record in contents.records]


def test_a_business_gets_its_reviews_in_the_words_they_were_written(read):
    contents = read("reviews.json", json.dumps(BUSINESS))

    assert found(contents) == [
        ("r1", "خدمات خیلی خوب بود\nThank you", 5.0, "Ann"),
        ("r2", "Çok pahalı", 1.0, None),
    ]
    assert [record.metadata["translation"] for record in contents.records] == ["Very good service", "Very expensive"]
    assert [turn.role for turn in contents.records[0].turns] == ["customer", "agent"]
    assert (contents.format, contents.skipped) == ("google_business", {"no_text": 1})


def test_titles_of_the_play_api_stand_before_a_tab(read):
    contents = read("reviews.json", json.dumps(PLAY))

    assert found(contents) == [
        ("gp:AOqp1", "Slow\nIt takes a minute to open\nWe are on it", 2.0, "Ann"),
        ("gp:AOqp2", "Harika", 5.0, None),
    ]
    assert contents.records[0].occurred_at == "2018-12-05T10:39:10Z"


@pytest.mark.parametrize("entry", [ENTRY, [ENTRY], [APP, ENTRY]], ids=["one", "list", "with the app"])
def test_the_app_store_feed_gives_reviews_and_not_the_app(read, entry):
    contents = read("feed.json", json.dumps({"feed": {"entry": entry, "title": label("x")}}))

    assert found(contents) == [("77", "Nice\nIt is quick", 4.0, "ann")]
    assert contents.skipped == ({"no_text": 1} if isinstance(entry, list) and APP in entry else {})


def test_app_store_connect_has_the_answer_among_the_included(read):
    contents = read("reviews.json", json.dumps(CONNECT))

    assert found(contents) == [
        ("c1", "Crash\nIt crashes when I pay\nPlease update", 1.0, "ann"),
        ("c2", "Great", 5.0, None),
    ]
    assert contents.records[0].metadata["territory"] == "USA"


def test_what_was_asked_about_a_place_is_metadata(read):
    place = {"date": "2026-02-10T16:34:12Z", "five_star_rating_published": 5, "review_text_published": "Good food",
             "questions": [{"question": "Food", "rating": 5}, {"question": "Price", "selected_option": "€10"},
                           {"question": "With", "selected_options": ["Family", "Kids"]}]}  # fmt: skip
    contents = read("Reviews.json", json.dumps({"type": "FeatureCollection", "features": [{"properties": place}]}))

    assert contents.records[0].metadata == {"Food": "5", "Price": "€10", "With": "Family, Kids"}
    assert contents.format == "google_takeout"


@pytest.mark.parametrize(
    "value",
    [
        {"reviews": [{"reviewId": "r3", "reviewer": {}, "starRating": "TWO"}]},
        {"features": [{"properties": {}}]},
        {"data": [{"type": "customerReviews"}]},
        {"feed": {"entry": {"im:rating": {}}}},
    ],
)
def test_reviews_without_words_are_refused(read, value):
    with pytest.raises(UnreadableFile):
        read("reviews.json", json.dumps(value))


@pytest.mark.parametrize("value", [{"reviews": [{"id": "1", "text": "Fine"}]}, {"features": [{"text": "Fine"}]}])
def test_other_json_is_read_as_before(read, value):
    assert read("a.json", json.dumps(value)).format == "json"
