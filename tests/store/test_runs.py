import pytest

from nlp_service.errors import InvalidRequest, NotFound
from nlp_service.store import projects, runs


def segment(number: int, **fields: str | None) -> dict[str, object]:
    return {
        "id": f"seg_{number}",
        "record_id": f"rec_{number // 2}",
        "act": "problem",
        "sentiment": "negative",
        "language": "fa",
        "theme_id": "thm_1",
        "unclustered": None,
        **fields,
    }


SEGMENTS = [
    segment(0),
    segment(1, act="praise", sentiment="positive"),
    segment(2, language="tr", theme_id="thm_2"),
    segment(3, theme_id=None, unclustered="generic"),
    segment(4, language="tr"),
]
THEMES = [
    {"id": "thm_2", "aspect": "delivery", "label": {"fa": "ارسال"}},
    {"id": "thm_1", "aspect": None, "label": {"en": "App"}},
]
REQUESTS = [{"id": "req_1", "theme_id": "thm_2", "status": "open"}, {"id": "req_2", "theme_id": None, "status": "done"}]


@pytest.fixture
def run(store, project):
    with store.write() as connection:
        run = runs.create(connection, project.id, project.purpose)
        runs.save_results(connection, run.id, {"n_records": 3}, themes=THEMES, requests=REQUESTS, segments=SEGMENTS)
        return runs.get(connection, run.id)


def test_a_run_has_no_summary_before_its_results(store, project, run):
    with store.write() as connection:
        fresh = runs.create(connection, project.id, "Why")
        assert (fresh.summary, fresh.finished_at) == (None, None)
        assert runs.list_runs(connection, project.id) == (fresh, run)
    assert run.summary == {"n_records": 3}
    assert run.finished_at >= run.created_at


def test_results_come_back_in_their_order_and_as_they_were(store, run):
    with store.read() as connection:
        assert runs.page_themes(connection, run.id).items == tuple(THEMES)
        assert runs.page_requests(connection, run.id).items == tuple(REQUESTS)
        assert runs.page_segments(connection, run.id).items == tuple(SEGMENTS)
        assert runs.page_segments(connection, "run_unknown").items == ()


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, [0, 1, 2, 3, 4]),
        ({"theme_id": "thm_1"}, [0, 1, 4]),
        ({"theme_id": None}, [3]),
        ({"theme_id": "thm_unknown"}, []),
        ({"record_id": "rec_1"}, [2, 3]),
        ({"act": "praise"}, [1]),
        ({"sentiment": "negative", "language": "tr"}, [2, 4]),
        ({"language": "tr", "theme_id": "thm_1"}, [4]),
        ({"unclustered": "generic"}, [3]),
        ({"act": "praise", "language": "tr"}, []),
    ],
)
def test_segments_are_filtered_by(store, run, filters, expected):
    with store.read() as connection:
        found = runs.page_segments(connection, run.id, filters=filters)

    assert found.items == tuple(SEGMENTS[number] for number in expected)


def test_themes_and_requests_are_filtered_by(store, run):
    with store.read() as connection:
        assert runs.page_themes(connection, run.id, filters={"aspect": "delivery"}).items == (THEMES[0],)
        assert runs.page_requests(connection, run.id, filters={"theme_id": "thm_2"}).items == (REQUESTS[0],)
        assert runs.page_requests(connection, run.id, filters={"status": "done"}).items == (REQUESTS[1],)


@pytest.mark.parametrize("call", [runs.page_themes, runs.page_requests, runs.page_segments])
def test_an_unknown_filter_is_refused(store, run, call):
    with store.read() as connection, pytest.raises(InvalidRequest, match="not by payload"):
        call(connection, run.id, filters={"payload": "x"})


@pytest.mark.parametrize("cursor", ["InByal8wIg", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5", "dHJ1ZQ", "MS4w"])
def test_a_cursor_of_another_list_is_refused(store, run, cursor):
    with store.read() as connection, pytest.raises(InvalidRequest):
        runs.page_segments(connection, run.id, cursor=cursor)


def test_filtered_segments_are_paged_to_the_end(store, run):
    seen, cursor = [], None
    with store.read() as connection:
        while True:
            page = runs.page_segments(connection, run.id, limit=1, cursor=cursor, filters={"theme_id": "thm_1"})
            seen += page.items
            cursor = page.next_cursor
            if cursor is None:
                break

    assert seen == [SEGMENTS[0], SEGMENTS[1], SEGMENTS[4]]


def test_saving_again_replaces_what_the_run_had(store, run):
    with store.write() as connection:
        runs.save_results(connection, run.id, {"n_records": 1}, themes=[], requests=[], segments=SEGMENTS[:1])
        assert runs.page_themes(connection, run.id).items == ()
        assert runs.page_segments(connection, run.id).items == (SEGMENTS[0],)
        assert runs.get(connection, run.id).summary == {"n_records": 1}


def test_creating_a_run_of_a_known_id_gives_that_run(store, project, run):
    with store.write() as connection:
        assert runs.create(connection, project.id, "Why", run_id=run.id) == run


def test_a_theme_is_the_one_of_the_newest_run_that_has_it(store, project, run):
    with store.write() as connection:
        other = projects.create(connection, name="Other", purpose="P")
        later = runs.create(connection, project.id, "Why")
        found = {"themes": [{"id": "thm_1", "n_records": 9}], "requests": [], "segments": []}
        runs.save_results(connection, later.id, {}, **found)

        assert runs.get_theme(connection, "thm_1").payload["n_records"] == 9
        assert runs.get_theme(connection, "thm_1").project_id == project.id
        assert runs.get_theme(connection, "thm_1", run_id=run.id).payload == THEMES[1]
        assert runs.get_theme(connection, "thm_2", project_id=project.id).run_id == run.id
        for limits in ({"project_id": other.id}, {"run_id": "run_unknown"}):
            with pytest.raises(NotFound):
                runs.get_theme(connection, "thm_1", **limits)
        with pytest.raises(NotFound):
            runs.get(connection, "run_unknown")


def test_a_theme_of_several_projects_needs_to_be_told_which(store, project, run):
    with store.write() as connection:
        other = projects.create(connection, name="Other", purpose="P")
        same = runs.create(connection, other.id, "Why")
        runs.save_results(connection, same.id, {}, themes=THEMES, requests=[], segments=[])

        with pytest.raises(InvalidRequest, match="`run_id`"):
            runs.get_theme(connection, "thm_1")
        assert runs.get_theme(connection, "thm_1", run_id=run.id).project_id == project.id
        assert runs.get_theme(connection, "thm_1", project_id=other.id).run_id == same.id


def test_the_latest_run_is_the_newest_with_results(store, project, run):
    with store.write() as connection:
        assert runs.latest(connection, project.id) == run
        fresh = runs.create(connection, project.id, "Why")
        assert runs.latest(connection, project.id) == run
        runs.save_results(connection, fresh.id, {}, themes=[], requests=[], segments=[])
        assert runs.latest(connection, project.id).id == fresh.id
        assert runs.latest(connection, projects.create(connection, name="Other", purpose="P").id) is None


def test_themes_have_the_segments_they_have_and_those_they_were_found_with(store, project, run):
    moved = [segment(0, found_in="thm_2"), segment(1, found_in="thm_1"), segment(2, found_in=None), segment(3)]
    moved.append(segment(4, theme_id=None, found_in=None, unclustered="generic"))
    with store.write() as connection:
        later = runs.create(connection, project.id, "Why")
        runs.save_results(connection, later.id, {}, themes=[], requests=[], segments=moved)

        assert runs.theme_members(connection, later.id) == {"thm_1": {"seg_0", "seg_1", "seg_2", "seg_3"}}
        assert runs.found_members(connection, later.id) == {"thm_1": {"seg_1", "seg_3"}, "thm_2": {"seg_0"}}
        assert runs.found_members(connection, run.id) == runs.theme_members(connection, run.id)
        assert runs.theme_members(connection, run.id) == {"thm_1": {"seg_0", "seg_1", "seg_4"}, "thm_2": {"seg_2"}}
        assert runs.theme_members(connection, "run_unknown") == {}
        assert runs.segment_ids(connection, later.id) == {f"seg_{number}" for number in range(5)}
        assert runs.segment_ids(connection, "run_unknown") == frozenset()


def test_a_theme_is_renamed_in_its_run_and_in_the_languages_given(store, project, run):
    with store.write() as connection:
        later = runs.create(connection, project.id, "Why")
        runs.save_results(connection, later.id, {}, themes=THEMES, requests=[], segments=[])
        old = runs.get_theme(connection, "thm_2", run_id=run.id)

        renamed = runs.rename_theme(connection, old, {"en": "Delivery"})

        assert renamed.payload == {**THEMES[0], "label": {"fa": "ارسال", "en": "Delivery"}}
        assert runs.page_themes(connection, run.id).items == (renamed.payload, THEMES[1])
        assert runs.page_themes(connection, later.id).items == tuple(THEMES)
