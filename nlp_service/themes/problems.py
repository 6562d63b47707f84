"""What goes wrong, theme by theme, ranked by who reports it as requests are ranked by who asks."""

from collections.abc import Mapping, Sequence

import numpy as np

from nlp_service.domain import Problem, Reading, Record, Theme
from nlp_service.inference.engine import Floats
from nlp_service.themes.demand import demands, rank_key
from nlp_service.themes.quotes import choose_quotes


def find_problems(
    readings: Sequence[Reading],
    vectors: Floats,
    records_by_id: Mapping[str, Record],
    themes: Sequence[Theme],
    *,
    key: bytes,
) -> list[Problem]:
    """The problems of the themes in which a segment reports one, ranked.

    `vectors` (n, d) belong to the readings; `key` is the secret behind the pseudonyms of those who report.
    """
    row_of = {reading.segment.id: row for row, reading in enumerate(readings) if reading.act == "problem"}
    rows = [[row_of[i] for i in theme.segment_ids if i in row_of] for theme in themes]
    troubled = [(theme, np.array(own, np.int64)) for theme, own in zip(themes, rows, strict=True) if own]
    groups = [[readings[int(row)] for row in own] for _, own in troubled]
    found = [
        Problem(
            theme_id=theme.id,
            label=theme.label,
            demand=demand,
            quotes=choose_quotes(group, vectors[own], records_by_id),
            segment_ids=tuple(reading.segment.id for reading in group),
        )
        for (theme, own), group, demand in zip(troubled, groups, demands(groups, records_by_id, key=key), strict=True)
    ]
    return sorted(found, key=lambda problem: (*rank_key(problem.demand), problem.theme_id))
