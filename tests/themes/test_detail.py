"""What a theme's records tell beside their words."""

from dataclasses import replace

from nlp_service.themes.detail import detailed
from tests.themes.test_drivers import rated, theme


def test_a_theme_tells_how_many_of_its_records_are_no_weak_evidence():
    found = replace(theme("thm_a"), segment_ids=("r0:0-4", "r0:5-9", "r1:0-4", "r2:0-4"))

    [own] = detailed([found], rated([1, 2, 3, 4]), flagged={"r1", "r3"})

    assert own.n_unflagged == 2
