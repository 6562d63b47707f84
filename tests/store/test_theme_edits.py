import pytest

from nlp_service.errors import NotFound
from nlp_service.store import projects, theme_edits


@pytest.fixture
def edits(store, project):
    """A rename, a merge and a split, in that order."""
    with store.write() as connection:
        return (
            theme_edits.add(connection, project.id, "rename", "thm_a", label={"fa": "ارسال", "en": "Delivery"}),
            theme_edits.add(connection, project.id, "merge", "thm_a", members={"thm_a": {"s2", "s1"}, "thm_b": ["s3"]}),
            theme_edits.add(connection, project.id, "split", "thm_n", members={"thm_n": ["s1"]}, label={"en": "New"}),
        )


def test_edits_come_back_in_order_as_they_were_made(store, project, edits):
    with store.read() as connection:
        assert theme_edits.log(connection, project.id) == edits
        assert theme_edits.in_force(connection, project.id) == edits

    rename, merge, split = edits
    assert (rename.kind, rename.label, rename.members) == ("rename", {"fa": "ارسال", "en": "Delivery"}, {})
    assert merge.members == {"thm_a": frozenset({"s1", "s2"}), "thm_b": frozenset({"s3"})}
    assert (split.theme_id, split.undone_at) == ("thm_n", None)
    assert rename.created_at <= merge.created_at <= split.created_at


def test_the_newest_edit_is_undone_first_and_stays_in_the_log(store, project, edits):
    for expected in reversed(edits):
        with store.write() as connection:
            undone = theme_edits.undo(connection, project.id)
        assert (undone.id, undone.undone_at is None) == (expected.id, False)

    with store.read() as connection:
        assert [edit.id for edit in theme_edits.log(connection, project.id)] == [edit.id for edit in edits]
        assert theme_edits.in_force(connection, project.id) == ()


def test_an_edit_is_undone_by_its_id(store, project, edits):
    with store.write() as connection:
        assert theme_edits.undo(connection, project.id, edits[0].id).id == edits[0].id
        assert theme_edits.in_force(connection, project.id) == edits[1:]


@pytest.mark.parametrize("which", ["unknown", "undone before", "of another project", "nothing there"])
def test_what_is_not_in_force_cannot_be_undone(store, project, edits, which):
    with store.write() as connection:
        other = projects.create(connection, name="Other", purpose="P").id
        theme_edits.undo(connection, project.id, edits[0].id)
        asked = {
            "unknown": (project.id, "edt_unknown"),
            "undone before": (project.id, edits[0].id),
            "of another project": (other, edits[1].id),
            "nothing there": (other, None),
        }
        with pytest.raises(NotFound, match="nothing to undo"):
            theme_edits.undo(connection, *asked[which])
        assert theme_edits.in_force(connection, project.id) == edits[1:]


def test_edits_go_with_their_project(store, project, edits):
    with store.write() as connection:
        projects.delete(connection, project.id)
        assert theme_edits.log(connection, project.id) == ()
