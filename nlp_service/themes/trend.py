"""How often a theme is spoken of over time, and whether its share changed of late: Fisher's exact test on two spans."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from scipy.stats import false_discovery_control, fisher_exact

from nlp_service.domain import Direction, Period, Record, Trend

LONGEST_BY_WEEK = timedelta(weeks=26)
MOST_PERIODS = 120
"""Months that are counted, the newest: one record dated 1970 must not make the others a speck."""
LEAST_PERIODS = 4
"""Periods below which nothing is said of change."""
RECENT_SHARE = 0.25
"""The newest part of the periods, one at least, that is held against the rest."""
SIGNIFICANT = 0.05
EMERGING_RATIO = 2.0
EMERGING_RECORDS = 3


@dataclass(frozen=True, slots=True)
class _Spans:
    """Records of a theme in the newest periods and before, and how many of all there are in each."""

    recent: int
    of_recent: int
    before: int
    of_before: int

    @classmethod
    def of(cls, counts: Sequence[int], everything: Sequence[int]) -> "_Spans":
        n_recent = max(1, round(len(counts) * RECENT_SHARE))
        recent, of_recent = sum(counts[-n_recent:]), sum(everything[-n_recent:])
        return cls(recent, of_recent, sum(counts) - recent, sum(everything) - of_recent)

    @property
    def p_value(self) -> float:
        """That the two shares are one, by Fisher's exact test."""
        table = [[self.recent, self.of_recent - self.recent], [self.before, self.of_before - self.before]]
        return float(fisher_exact(table).pvalue)


def trends(records: Sequence[Record], members: Sequence[frozenset[str]]) -> list[Trend | None]:
    """For each theme, given as the ids of its records, its trend; None where fewer than two records have a time.

    The p-values of a run are corrected together (Benjamini and Hochberg 1995).
    """
    days = {record.id: day for record in records if (day := _day(record)) is not None}
    if len(days) < 2:
        return [None] * len(members)
    starts = _starts(min(days.values()), max(days.values()))
    everything = _counts(days, days.keys(), starts)
    own = [_counts(days, ids & days.keys(), starts) for ids in members]
    spans = [_Spans.of(counts, everything) for counts in own]
    p_values = [1.0 if len(starts) < LEAST_PERIODS else one.p_value for one in spans]
    adjusted = false_discovery_control(p_values) if p_values else []
    return [
        _trend(counts, everything, starts, one, float(p)) for counts, one, p in zip(own, spans, adjusted, strict=True)
    ]


def _day(record: Record) -> date | None:
    try:
        return date.fromisoformat((record.occurred_at or "")[:10])
    except ValueError:
        return None


def _starts(first: date, last: date) -> list[date]:
    """The first days of all weeks (from Monday) or, over half a year, of the newest months from the first to the last."""
    if last - first <= LONGEST_BY_WEEK:
        monday = first - timedelta(days=first.weekday())
        return [monday + timedelta(weeks=i) for i in range((last - monday).days // 7 + 1)]
    n_months = (last.year - first.year) * 12 + last.month - first.month + 1
    months = [divmod(first.month - 1 + i, 12) for i in range(max(0, n_months - MOST_PERIODS), n_months)]
    return [date(first.year + year, month + 1, 1) for year, month in months]


def _counts(days: Mapping[str, date], ids: Collection[str], starts: Sequence[date]) -> list[int]:
    by_month = _by_month(starts)
    found: Counter[date] = Counter()
    for record_id in ids:
        day = days[record_id]
        found[day.replace(day=1) if by_month else day - timedelta(days=day.weekday())] += 1
    return [found[start] for start in starts]


def _by_month(starts: Sequence[date]) -> bool:
    return len(starts) > 1 and starts[1] - starts[0] > timedelta(days=7)


def _trend(
    counts: Sequence[int], everything: Sequence[int], starts: Sequence[date], spans: _Spans, p_value: float
) -> Trend:
    recent, before = spans.recent / max(1, spans.of_recent), spans.before / max(1, spans.of_before)
    direction: Direction = "steady"
    if p_value < SIGNIFICANT:
        direction = "rising" if recent > before else "falling"
    return Trend(
        unit="month" if _by_month(starts) else "week",
        periods=tuple(
            Period(start=start.isoformat(), n_records=n, of=whole)
            for start, n, whole in zip(starts, counts, everything, strict=True)
        ),
        recent_share=round(recent, 4),
        earlier_share=round(before, 4),
        p_value=round(p_value, 4),
        direction=direction,
        emerging=direction == "rising" and recent >= EMERGING_RATIO * before and spans.recent >= EMERGING_RECORDS,
    )
