"""What people change about themes, from one run to the next, and what drives ratings."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from nlp_service.api.current import EXTENSION
from nlp_service.errors import NotReady
from nlp_service.service import Service
from nlp_service.store import keys, runs

ADDRESS = "/v1/runs/{}/segments?limit=200"


def themes_of(client: FlaskClient, run_id: str) -> dict[str, dict]:
    """The run's themes by id."""
    return {theme["id"]: theme for theme in client.get(f"/v1/runs/{run_id}/themes").get_json()["data"]}


def segments_of(client: FlaskClient, run_id: str) -> dict[str, set[str]]:
    """The segments of each theme."""
    found: dict[str, set[str]] = {}
    for segment in client.get(ADDRESS.format(run_id)).get_json()["data"]:
        if segment["theme_id"]:
            found.setdefault(segment["theme_id"], set()).add(segment["id"])
    return found


def carried_out(client: FlaskClient, reply) -> str:
    """The id of the run that an accepted edit started."""
    assert reply.status_code == 202, reply.get_json(force=True)
    job = client.get(reply.headers["Location"]).get_json()
    assert (job["state"], job["kind"], job["error"]) == ("done", "run", None)
    assert reply.get_json()["job"]["id"] == job["id"]
    return job["result_url"].rsplit("/", 1)[1]


def again(client: FlaskClient, project_id: str) -> str:
    """The id of one more run over the project."""
    job = client.post(f"/v1/projects/{project_id}/runs", json={}).get_json()
    return client.get(f"/v1/jobs/{job['id']}").get_json()["result_url"].rsplit("/", 1)[1]


@pytest.fixture
def themes(client: FlaskClient, run_id: str) -> list[str]:
    """The ids of the run's themes, the largest first; at least two."""
    found = segments_of(client, run_id)
    assert len(found) >= 2
    return sorted(found, key=lambda theme_id: -len(found[theme_id]))


def test_a_second_run_keeps_the_ids(client: FlaskClient, project_id, run_id):
    assert segments_of(client, again(client, project_id)) == segments_of(client, run_id)


def test_a_run_over_more_data_keeps_the_ids(client: FlaskClient, project_id, run_id):
    more = [{"text": f"Delivery was late again, {n} days late.", "author": f"q{n}"} for n in range(4, 9)]
    job = client.post(f"/v1/projects/{project_id}/batches", json=more).get_json()
    later = client.get(f"/v1/jobs/{job['id']}").get_json()["result_url"].rsplit("/", 1)[1]

    kept = set(segments_of(client, run_id)) & set(segments_of(client, later))
    assert len(kept) >= len(segments_of(client, run_id)) - 1


def test_a_name_is_changed_at_once_and_survives(client: FlaskClient, project_id, run_id, themes):
    reply = client.patch(f"/v1/themes/{themes[0]}", json={"label": {"en": " Late parcels ", "fa": "دیررسیدن"}})

    assert reply.status_code == 200
    assert (reply.get_json()["kind"], reply.get_json()["theme"]["id"]) == ("rename", themes[0])
    for run in (run_id, again(client, project_id), again(client, project_id)):
        label = themes_of(client, run)[themes[0]]["label"]
        assert (label["en"], label["fa"]) == ("Late parcels", "دیررسیدن")


def test_a_name_is_taken_back(client: FlaskClient, project_id, run_id, themes):
    before = themes_of(client, run_id)[themes[0]]["label"]
    client.patch(f"/v1/themes/{themes[0]}", json={"label": {"en": "Late parcels"}})

    run = carried_out(client, client.post("/v1/themes/undo", json={"project_id": project_id}))

    assert themes_of(client, run)[themes[0]]["label"] == before


def test_merged_themes_stay_one_and_undoing_gives_both_back(client: FlaskClient, project_id, run_id, themes):
    before, names = segments_of(client, run_id), themes_of(client, run_id)
    large, small = themes[0], themes[-1]

    reply = client.post("/v1/themes/merge", json={"theme_ids": [large, small], "into": small})
    merged = carried_out(client, reply)

    assert reply.get_json()["members"] == {large: len(before[large]), small: len(before[small])}
    for run in (merged, again(client, project_id)):
        assert segments_of(client, run)[small] == before[large] | before[small]
        assert large not in segments_of(client, run)
        kept = names[small]["label"]  # a language that only the other theme was worded in comes beside it
        assert {language: themes_of(client, run)[small]["label"].get(language) for language in kept} == kept
        assert themes_of(client, run)[small]["n_segments"] == len(before[large] | before[small])

    undone = carried_out(client, client.post("/v1/themes/undo", json={"project_id": project_id}))
    assert segments_of(client, undone) == before
    assert themes_of(client, undone)[large]["label"] == names[large]["label"]


def test_split_segments_are_a_theme_of_their_own(client: FlaskClient, project_id, run_id, themes):
    before = segments_of(client, run_id)
    part = sorted(before[themes[0]])[:-1]

    reply = client.post(
        "/v1/themes/split", json={"theme_id": themes[0], "segment_ids": part, "label": {"en": "On their own"}}
    )
    new = reply.get_json()["theme_id"]

    for run in (carried_out(client, reply), again(client, project_id), again(client, project_id)):
        found = segments_of(client, run)
        assert found == {**before, themes[0]: before[themes[0]] - set(part), new: set(part)}
        assert themes_of(client, run)[new]["label"]["en"] == "On their own"

    undone = client.post("/v1/themes/undo", json={"project_id": project_id, "edit_id": reply.get_json()["id"]})
    assert segments_of(client, carried_out(client, undone)) == before


def test_moved_segments_go_to_the_theme_and_locked_ones_stay(client: FlaskClient, project_id, run_id, themes):
    before = segments_of(client, run_id)
    moved = sorted(before[themes[0]])[:2]

    reply = client.patch(f"/v1/themes/{themes[1]}", json={"segment_ids": moved})
    run = carried_out(client, reply)
    locked = client.patch(f"/v1/themes/{themes[1]}", json={"locked": True})
    kept = carried_out(client, locked)

    assert (reply.get_json()["kind"], locked.get_json()["kind"]) == ("move", "lock")
    assert segments_of(client, run)[themes[1]] == before[themes[1]] | set(moved)
    assert segments_of(client, run)[themes[0]] == before[themes[0]] - set(moved)
    assert segments_of(client, kept) == segments_of(client, run)
    assert locked.get_json()["members"] == {themes[1]: len(before[themes[1]]) + 2}


def test_segments_in_no_theme_can_be_moved_into_one(client: FlaskClient, run_id, themes):
    loose = [row for row in client.get(ADDRESS.format(run_id)).get_json()["data"] if row["unclustered"]]
    assert loose
    reply = client.patch(f"/v1/themes/{themes[0]}", json={"segment_ids": [loose[0]["id"]]})

    rows = client.get(ADDRESS.format(carried_out(client, reply))).get_json()["data"]
    [row] = [row for row in rows if row["id"] == loose[0]["id"]]
    assert (row["theme_id"], row["unclustered"], row["found_in"]) == (themes[0], None, None)


def test_edits_are_listed_the_oldest_first_with_those_undone(client: FlaskClient, project_id, run_id, themes):
    address = f"/v1/projects/{project_id}/theme-edits"
    assert client.get(address).get_json()["data"] == []
    client.patch(f"/v1/themes/{themes[0]}", json={"label": {"en": "One"}})
    client.post("/v1/themes/merge", json={"theme_ids": themes[:2]})
    client.post("/v1/themes/undo", json={"project_id": project_id})

    rename, merge = client.get(address).get_json()["data"]

    assert (rename["kind"], rename["label"], rename["undone_at"]) == ("rename", {"en": "One"}, None)
    assert (merge["kind"], merge["theme_id"]) == ("merge", themes[0])
    assert set(merge["members"]) == set(themes[:2])
    assert merge["undone_at"] >= merge["created_at"]


def test_an_edit_sent_twice_is_made_once(client: FlaskClient, project_id, run_id, themes):
    headers, body = {"Idempotency-Key": "once"}, {"theme_ids": themes[:2]}
    first, second = (client.post("/v1/themes/merge", json=body, headers=headers) for _ in range(2))

    assert first.get_json()["id"] == second.get_json()["id"]
    assert second.headers["Idempotent-Replayed"] == "true"
    assert len(client.get(f"/v1/projects/{project_id}/theme-edits").get_json()["data"]) == 1


def test_a_new_run_is_made_as_the_last_one_was(client: FlaskClient, project_id, run_id, themes):
    client.post(f"/v1/projects/{project_id}/runs", json={"language": "en", "wished_themes": 2})
    theme_id = next(iter(segments_of(client, again(client, project_id))))
    client.post(f"/v1/projects/{project_id}/runs", json={"language": "en"})

    run = carried_out(client, client.patch(f"/v1/themes/{theme_id}", json={"locked": True}))

    assert client.get(f"/v1/runs/{run}").get_json()["summary"]["languages"] == {"en": 36}


SEGMENT = "rec_0:0-1"
ROWS = [
    # method, path, body, status, code, pointer of the first fault
    ("PATCH", "/v1/themes/thm_0", {"locked": True}, 404, None, None),
    ("PATCH", "/v1/themes/thm_0", {"locked": True, "run_id": "run_0"}, 404, None, None),
    ("PATCH", "/v1/themes/{a}", {"locked": True, "run_id": "run_0"}, 404, None, None),
    ("PATCH", "/v1/themes/{a}", {}, 400, "one_of", ""),
    ("PATCH", "/v1/themes/{a}", {"run_id": "{run}"}, 400, "one_of", ""),
    ("PATCH", "/v1/themes/{a}", {"locked": True, "label": {"en": "A"}}, 400, "one_of", ""),
    ("PATCH", "/v1/themes/{a}", {"locked": True, "segment_ids": ["{own}"]}, 400, "one_of", ""),
    ("PATCH", "/v1/themes/{a}", {"locked": False}, 400, None, "/locked"),
    ("PATCH", "/v1/themes/{a}", {"label": {}}, 400, None, "/label"),
    ("PATCH", "/v1/themes/{a}", {"label": {"en": "  "}}, 400, None, "/label/en"),
    ("PATCH", "/v1/themes/{a}", {"label": {"en": "x" * 201}}, 400, None, "/label/en"),
    ("PATCH", "/v1/themes/{a}", {"name": "A"}, 400, None, "/name"),
    ("PATCH", "/v1/themes/{a}", {"segment_ids": []}, 400, None, "/segment_ids"),
    ("PATCH", "/v1/themes/{a}", {"segment_ids": [SEGMENT]}, 400, "unknown_segments", "/segment_ids"),
    ("POST", "/v1/themes/merge", {"theme_ids": ["{a}"]}, 400, None, "/theme_ids"),
    ("POST", "/v1/themes/merge", {"theme_ids": ["{a}", "{a}"]}, 400, "bad_themes", "/theme_ids"),
    ("POST", "/v1/themes/merge", {"theme_ids": ["{a}", "{b}"], "into": "thm_0"}, 400, "bad_themes", "/theme_ids"),
    ("POST", "/v1/themes/merge", {"theme_ids": ["{a}", "thm_0"]}, 404, None, None),
    ("POST", "/v1/themes/split", {"theme_id": "thm_0", "segment_ids": [SEGMENT]}, 404, None, None),
    (
        "POST",
        "/v1/themes/split",
        {"theme_id": "{a}", "segment_ids": [SEGMENT]},
        400,
        "unknown_segments",
        "/segment_ids",
    ),
    (
        "POST",
        "/v1/themes/split",
        {"theme_id": "{b}", "segment_ids": ["{own}"]},
        400,
        "unknown_segments",
        "/segment_ids",
    ),
    ("POST", "/v1/themes/split", {"theme_id": "{a}", "segment_ids": "{all}"}, 400, "whole_theme", "/segment_ids"),
    ("POST", "/v1/themes/split", {"theme_id": "{a}"}, 400, None, "/segment_ids"),
    ("POST", "/v1/themes/undo", {}, 400, None, "/project_id"),
    ("POST", "/v1/themes/undo", {"project_id": "prj_0"}, 404, None, None),
    ("POST", "/v1/themes/undo", {"project_id": "{project}"}, 404, None, None),
    ("POST", "/v1/themes/undo", {"project_id": "{project}", "edit_id": "edt_0"}, 404, None, None),
    ("GET", "/v1/projects/prj_0/theme-edits", None, 404, None, None),
    ("GET", "/v1/runs/run_0/drivers", None, 404, None, None),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]} {row[1]} {str(row[2])[:60]}")
def test_a_bad_edit_is_refused_and_changes_nothing(client: FlaskClient, project_id, run_id, themes, row):
    method, path, body, status, code, pointer = row
    own = sorted(segments_of(client, run_id)[themes[0]])
    known = {
        "{a}": themes[0],
        "{b}": themes[1],
        "{run}": run_id,
        "{project}": project_id,
        "{own}": own[0],
        "{all}": own,
    }

    def filled(value):
        if isinstance(value, list):
            return [filled(one) for one in value]
        if isinstance(value, dict):
            return {name: filled(one) for name, one in value.items()}
        return known.get(value, value) if isinstance(value, str) else value

    reply = client.open(path.replace("{a}", themes[0]), method=method, json=filled(body))
    problem = reply.get_json(force=True)

    assert (reply.status_code, reply.content_type) == (status, "application/problem+json")
    if pointer is not None:
        assert problem["errors"][0]["pointer"] == pointer
        assert code is None or problem["errors"][0]["code"] == code
    assert client.get(f"/v1/projects/{project_id}/theme-edits").get_json()["data"] == []
    assert len(client.get(f"/v1/projects/{project_id}/runs").get_json()["data"]) == 1


def test_themes_of_two_runs_are_not_merged(client: FlaskClient, app: Flask, project_id, run_id, themes):
    later = again(client, project_id)
    with app.extensions[EXTENSION].store.write() as connection:
        kept = [themes_of(client, run_id)[themes[0]]]
        runs.save_results(connection, later, {}, themes=kept, requests=[], segments=[])
    reply = client.post("/v1/themes/merge", json={"theme_ids": themes[:2]})

    assert (reply.status_code, reply.get_json()["errors"][0]["code"]) == (400, "bad_themes")
    assert "`run_id`" in reply.get_json()["detail"]
    assert client.post("/v1/themes/merge", json={"theme_ids": themes[:2], "run_id": run_id}).status_code == 202


def test_the_same_theme_in_two_projects_needs_its_run(client: FlaskClient, project_id, run_id, themes):
    from tests.api.conftest import REVIEWS

    other = client.post("/v1/projects", json={"name": "Copy", "purpose": "Test"}).get_json()["id"]
    copied = [{"text": text, "author": f"p{i}"} for i, text in enumerate(REVIEWS)]
    client.post(f"/v1/projects/{other}/batches", json=copied)
    reply = client.patch(f"/v1/themes/{themes[0]}", json={"label": {"en": "A"}})
    told = client.patch(f"/v1/themes/{themes[0]}", json={"label": {"en": "A"}, "run_id": run_id})

    assert (reply.status_code, told.status_code) == (400, 200)
    assert len(client.get(f"/v1/projects/{project_id}/theme-edits").get_json()["data"]) == 1
    assert client.get(f"/v1/projects/{other}/theme-edits").get_json()["data"] == []


def test_the_themes_of_another_project_are_not_found(app: Flask, client: FlaskClient, project_id, run_id, themes):
    other = client.post("/v1/projects", json={"name": "Other", "purpose": "Test"}).get_json()["id"]
    segment_id = sorted(segments_of(client, run_id)[themes[0]])[0]
    with app.extensions[EXTENSION].store.write() as connection:
        headers = {
            name: {"Authorization": f"Bearer {keys.create(connection, project, scopes)[1]}"}
            for name, project, scopes in [
                ("other", other, ["read", "write"]),
                ("reader", project_id, ["read"]),
                ("own", project_id, ["read", "write"]),
            ]
        }
    calls = [
        ("PATCH", f"/v1/themes/{themes[0]}", {"label": {"en": "Taken"}}),
        ("PATCH", f"/v1/themes/{themes[0]}", {"label": {"en": "Taken"}, "run_id": run_id}),
        ("POST", "/v1/themes/merge", {"theme_ids": themes[:2]}),
        ("POST", "/v1/themes/split", {"theme_id": themes[0], "segment_ids": [segment_id]}),
        ("POST", "/v1/themes/undo", {"project_id": project_id}),
        ("GET", f"/v1/projects/{project_id}/theme-edits", None),
        ("GET", f"/v1/runs/{run_id}/drivers", None),
    ]

    for method, path, body in calls:
        assert client.open(path, method=method, json=body, headers=headers["other"]).status_code == 404
        expected = 200 if method == "GET" else 403
        assert client.open(path, method=method, json=body, headers=headers["reader"]).status_code == expected
    assert client.get(calls[5][1], headers=headers["own"]).get_json()["data"] == []
    assert client.open(calls[0][1], method="PATCH", json=calls[0][2], headers=headers["own"]).status_code == 200


def test_while_the_engine_loads_only_names_can_be_changed(client: FlaskClient, project_id, run_id, themes, monkeypatch):
    def loading(_service):
        raise NotReady("The engine is loading: ask again in a moment.")

    monkeypatch.setattr(Service, "context", property(loading))
    calls = [
        ("PATCH", f"/v1/themes/{themes[0]}", {"locked": True}),
        ("POST", "/v1/themes/merge", {"theme_ids": themes[:2]}),
        ("POST", "/v1/themes/split", {"theme_id": themes[0], "segment_ids": [min(segments_of(client, run_id)[themes[0]])]}),
        ("POST", "/v1/themes/undo", {"project_id": project_id}),
    ]  # fmt: skip

    assert {client.open(path, method=method, json=body).status_code for method, path, body in calls} == {503}
    assert client.get(f"/v1/projects/{project_id}/theme-edits").get_json()["data"] == []
    assert client.patch(f"/v1/themes/{themes[0]}", json={"label": {"en": "A"}}).status_code == 200


def test_drivers_say_how_ratings_differ_and_that_it_is_no_cause(client: FlaskClient, project_id):
    late = [{"text": f"Delivery was late again, {n} days late.", "rating": 1 + n % 2} for n in range(3, 18)]
    good = [{"text": f"The dark mode of version {n} is a joy at night.", "rating": 4 + n % 2} for n in range(3, 18)]
    job = client.post(f"/v1/projects/{project_id}/batches", json=late + good).get_json()
    run_id = client.get(f"/v1/jobs/{job['id']}").get_json()["result_url"].rsplit("/", 1)[1]
    themes = themes_of(client, run_id)

    page = client.get(f"/v1/runs/{run_id}/drivers").get_json()

    assert page["data"] and page["has_more"] is False
    for driver in page["data"]:
        assert driver["outcome"] == "rating"
        assert driver["low"] < driver["effect"] < driver["high"]
        assert "not a cause" in driver["note"]
        assert driver in themes[driver["theme_id"]]["drivers"]
    worst = min(page["data"], key=lambda driver: driver["effect"])
    assert worst["significant"] and worst["effect"] < -2
    assert sum(len(theme["drivers"]) for theme in themes.values()) == len(page["data"])


def test_without_ratings_there_are_no_drivers(client: FlaskClient, run_id):
    assert client.get(f"/v1/runs/{run_id}/drivers").get_json() == {"data": [], "next_cursor": None, "has_more": False}


def test_the_drivers_of_a_run_that_has_not_ended_are_not_ready(app: Flask, client: FlaskClient, project_id):
    with app.extensions[EXTENSION].store.write() as connection:
        run_id = runs.create(connection, project_id, "Test").id
    reply = client.get(f"/v1/runs/{run_id}/drivers")

    assert (reply.status_code, reply.get_json(force=True)["code"]) == (503, "not_ready")
