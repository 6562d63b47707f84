"""How much a request or a problem is asked for: people counted once, with what speaks for its place in words."""

from collections import Counter
from collections.abc import Mapping, Sequence
from math import isfinite

from nlp_service.domain import Demand, Reading, Record, Trend
from nlp_service.themes.build import count_languages
from nlp_service.themes.people import n_people, person, pseudonym, seen_between
from nlp_service.themes.trend import trends

VALUE_FIELD = "value"
"""The metadata of a record that says what its customer is worth, in any one unit."""
LOW_RATING = 3.0


def demands(groups: Sequence[Sequence[Reading]], records_by_id: Mapping[str, Record], *, key: bytes) -> list[Demand]:
    """The demand behind each group of readings, in order; trends are corrected for the number of groups.

    `key` is the secret behind the pseudonyms of people.
    """
    members = [{reading.segment.record_id: None for reading in group} for group in groups]
    found = trends(list(records_by_id.values()), [frozenset(own) for own in members])
    return [
        _demand(group, [records_by_id[record_id] for record_id in own], trend, key=key)
        for group, own, trend in zip(groups, members, found, strict=True)
    ]


def rank_key(demand: Demand) -> tuple[float, ...]:
    """Smaller is more wanted: by people, then what they are worth, then whether it rises, then records."""
    rises = demand.trend is not None and demand.trend.direction == "rising"
    return (-demand.n_people, -(demand.value or 0.0), -float(rises), -demand.n_records)


def _demand(readings: Sequence[Reading], records: Sequence[Record], trend: Trend | None, *, key: bytes) -> Demand:
    first_seen, last_seen = seen_between(records)
    by_record = {reading.segment.record_id: reading.segment.language for reading in readings}
    languages = count_languages(by_record.values())
    ratings = [record.rating for record in records if record.rating is not None]
    mean_rating = round(sum(ratings) / len(ratings), 2) if ratings else None
    channels = Counter(record.channel for record in records if record.channel)
    value = _value(records)
    people = n_people(records)
    return Demand(
        n_people=people,
        n_records=len(records),
        languages=languages,
        channels=dict(sorted(channels.items(), key=lambda item: (-item[1], item[0]))),
        first_seen=first_seen,
        last_seen=last_seen,
        trend=trend,
        mean_rating=mean_rating,
        value=value,
        reasons=tuple(_reasons(people, len(languages), value=value, trend=trend, mean_rating=mean_rating)),
        people=tuple(sorted({pseudonym(record, key=key) for record in records})),
    )


def _value(records: Sequence[Record]) -> float | None:
    """The sum over people of the most that a record says of each."""
    by_person: dict[tuple[str, str], float] = {}
    for record in records:
        number = _number(record.metadata.get(VALUE_FIELD, ""))
        if number is not None:
            by_person[person(record)] = max(number, by_person.get(person(record), 0.0))
    return round(sum(by_person.values()), 2) if by_person else None


def _number(text: str) -> float | None:
    try:
        number = float(text.replace(",", "").strip())
    except ValueError:
        return None
    return number if isfinite(number) and number >= 0 else None


def _reasons(
    people: int, languages: int, *, value: float | None, trend: Trend | None, mean_rating: float | None
) -> list[str]:
    found = [f"{people} {'person' if people == 1 else 'people'}"]
    if value is not None:
        found.append(f"worth {value:,.0f}")
    if languages > 1:
        found.append(f"in {languages} languages")
    if trend is not None and trend.direction != "steady":
        found.append(trend.direction)
    if mean_rating is not None and mean_rating <= LOW_RATING:
        found.append(f"rated {mean_rating:g} on average")
    return found
