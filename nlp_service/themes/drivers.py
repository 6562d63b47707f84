"""What goes with a good or bad rating: for each theme and outcome, records with the theme held against those without."""

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.stats import false_discovery_control, mannwhitneyu, ttest_ind

from nlp_service.domain import Driver, Record, Theme

OUTCOMES = ("nps", "csat", "ces")
"""Scores among a record's metadata that are outcomes beside its rating."""
LARGEST = 1e9
"""What a score may be; anything larger is a number of another kind."""
LEAST_RECORDS = 5
"""Records with an outcome that a theme needs on each side."""
SIGNIFICANT = 0.05


def drivers(records: Sequence[Record], themes: Sequence[Theme], members: Sequence[frozenset[str]]) -> list[Driver]:
    """The drivers, strongest first: differences of means with 95 % intervals (Welch 1947), p-values corrected together
    (Benjamini and Hochberg 1995).

    An effect is an association: nothing here says that the theme is the cause.
    """
    found = []
    for outcome, values in outcomes(records).items():
        numbers = np.array(list(values.values()), np.float64)
        row_of = {record_id: row for row, record_id in enumerate(values)}
        for theme, ids in zip(themes, members, strict=True):
            speaks = np.zeros(len(numbers), np.bool_)
            speaks[[row_of[record_id] for record_id in ids if record_id in row_of]] = True
            if min(speaks.sum(), (~speaks).sum()) >= LEAST_RECORDS and np.ptp(numbers) > 0:
                found.append(_driver(theme.id, outcome, numbers[speaks], numbers[~speaks]))
    adjusted = false_discovery_control([driver.p_value for driver in found]) if found else []
    corrected = [_corrected(driver, float(p)) for driver, p in zip(found, adjusted, strict=True)]
    return sorted(corrected, key=lambda d: (not d.significant, -abs(d.effect), d.outcome, d.theme_id))


def outcomes(records: Sequence[Record]) -> dict[str, dict[str, float]]:
    """For each outcome that occurs, its value by record id."""
    found: dict[str, dict[str, float]] = {name: {} for name in ("rating", *OUTCOMES)}
    for record in records:
        if record.rating is not None:
            found["rating"][record.id] = record.rating
        for name, value in record.metadata.items():
            if name.casefold() in OUTCOMES and (number := _number(value)) is not None:
                found[name.casefold()][record.id] = number
    return {name: values for name, values in found.items() if values}


def splits(records: Sequence[Record], *, most_values: int = 20) -> dict[str, dict[str, frozenset[str]]]:
    """The fields by which records fall into 2 to `most_values` groups (channel, source, metadata), with their record ids.

    A group holds two records on average, else the field names each record rather than tells groups apart.
    """
    groups: dict[str, dict[str, set[str]]] = {}
    for record in records:
        fields: Mapping[str, str | None] = {"channel": record.channel, "source": record.source, **record.metadata}
        for name, value in fields.items():
            if value:
                groups.setdefault(name, {}).setdefault(value, set()).add(record.id)
    return {
        name: {value: frozenset(ids) for value, ids in sorted(by_value.items())}
        for name, by_value in sorted(groups.items())
        if 2 <= len(by_value) <= min(most_values, sum(map(len, by_value.values())) / 2)
    }


def _number(value: str) -> float | None:
    try:
        number = float(value)
    except ValueError:
        return None
    return round(number, 6) if abs(number) <= LARGEST else None


def _driver(theme_id: str, outcome: str, inside: NDArray[np.float64], outside: NDArray[np.float64]) -> Driver:
    p_value, low, high = _tested(inside, outside)
    return Driver(
        theme_id=theme_id,
        outcome=outcome,
        n_with=len(inside),
        n_without=len(outside),
        mean_with=round(float(inside.mean()), 4),
        mean_without=round(float(outside.mean()), 4),
        effect=round(float(inside.mean() - outside.mean()), 4),
        low=low,
        high=high,
        p_value=p_value,
        significant=False,
    )


def _tested(inside: NDArray[np.float64], outside: NDArray[np.float64]) -> tuple[float, float | None, float | None]:
    """The p-value and the interval; where each side has one value only, that of ranks (Mann and Whitney 1947), and none."""
    if np.ptp(inside) == np.ptp(outside) == 0:
        return float(mannwhitneyu(inside, outside).pvalue), None, None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # where one side has one value only
        tested = ttest_ind(inside, outside, equal_var=False)
        interval = tested.confidence_interval(0.95)
    return float(tested.pvalue), round(float(interval.low), 4), round(float(interval.high), 4)


def _corrected(driver: Driver, p_value: float) -> Driver:
    return replace(driver, p_value=round(p_value, 4), significant=p_value < SIGNIFICANT)
