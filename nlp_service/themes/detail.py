"""Themes with what their records tell beside the words: change over time, and counts by field."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from nlp_service.domain import Record, Theme
from nlp_service.themes.drivers import splits
from nlp_service.themes.trend import trends


def record_ids(theme: Theme) -> frozenset[str]:
    """The records that a theme was found in; a segment's id begins with its record's."""
    return frozenset(segment_id.rsplit(":", 1)[0] for segment_id in theme.segment_ids)


def detailed(themes: Sequence[Theme], records: Sequence[Record], *, flagged: Collection[str]) -> tuple[Theme, ...]:
    """The themes with their trends and splits, and how many of their records are not among the `flagged` ids."""
    members = [record_ids(theme) for theme in themes]
    groups = splits(records)
    return tuple(
        replace(
            theme,
            trend=trend,
            n_unflagged=len(own.difference(flagged)),
            splits={
                name: {value: len(ids & own) for value, ids in by_value.items()} for name, by_value in groups.items()
            },
        )
        for theme, own, trend in zip(themes, members, trends(records, members), strict=True)
    )
