"""Interviews as fieldwork: who took part and spoke of which theme, and how many themes each interview added."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate

from nlp_service.domain import Fieldwork, Interview, Participant, RecordAnalysis, Segment, Theme

BASE, RUN, NEW_INFORMATION = 4, 2, 0.05
"""Saturation is reached where the last `RUN` interviews add at most this share of the themes of the first `BASE` (Guest,
Namey and Chen 2020, "A simple method to assess and report thematic saturation in qualitative research", PLoS ONE 15(5))."""
_TOOL_LABEL = re.compile(
    r"(?:speaker|spk|sprecher(?:in)?|konuşmacı|گوینده|المتحدث|متحدث|hablante|locuteur|falante)[\s_-]*\d*"
)
_CODE = re.compile(r"[^\W\d_]{1,3}[\s_-]?\d{1,4}")
"""A participant's code, such as P07: one person in the whole study."""

Person = tuple[str, str]


def fieldwork(
    analyses: Sequence[RecordAnalysis], themes: Sequence[Theme], *, is_role: Callable[[str], bool]
) -> Fieldwork | None:
    """Participants in the order of the records and interviews in that of their times; None where there are no interviews.

    `is_role` says of a speaker's name that it names a role, as `Respondent` does: those are other people in each file.
    """
    held = [analysis for analysis in analyses if analysis.record.kind == "interviews" and analysis.readings]
    if not held:
        return None
    theme_of = {segment_id: theme.id for theme in themes for segment_id in theme.segment_ids}
    said: dict[Person, list[Segment]] = {}
    for analysis in held:
        for reading in analysis.readings:
            said.setdefault(_person(analysis, reading.segment, is_role), []).append(reading.segment)
    names = {person: f"P{number}" for number, person in enumerate(said, 1)}
    shown = {segment.id: names[person] for person, own in said.items() for segment in own}
    interviews = _in_order(held, theme_of, shown)
    return Fieldwork(
        participants=tuple(_participant(names[person], own, theme_of) for person, own in said.items()),
        interviews=interviews,
        saturated_after=saturation([len(one.new_themes) for one in interviews]),
    )


def saturation(n_new: Sequence[int]) -> int | None:
    """After how many interviews, each with its number of new themes, nearly nothing new is said; None where that is open."""
    base = sum(n_new[:BASE])
    for n in range(BASE + RUN, len(n_new) + 1):
        if base and sum(n_new[n - RUN : n]) <= NEW_INFORMATION * base:
            return n
    return None


def _person(analysis: RecordAnalysis, segment: Segment, is_role: Callable[[str], bool]) -> Person:
    """Who said a segment: the same name is the same person in every file, a role or a tool's label only in its own."""
    record = analysis.record
    name = record.turns[segment.turn].speaker if segment.turn is not None else record.author or ""
    folded = " ".join(name.casefold().split())
    is_label = _TOOL_LABEL.fullmatch(folded) is not None
    is_own = bool(folded) and not is_label and (_CODE.fullmatch(folded) is not None or not is_role(name))
    return (folded, "") if is_own else (folded, record.id)


def _participant(name: str, said: Sequence[Segment], theme_of: Mapping[str, str]) -> Participant:
    themes = Counter(theme_of[segment.id] for segment in said if segment.id in theme_of)
    return Participant(
        id=name,
        record_ids=tuple(dict.fromkeys(segment.record_id for segment in said)),
        n_segments=len(said),
        themes=dict(sorted(themes.items(), key=lambda item: (-item[1], item[0]))),
    )


def _in_order(
    held: Sequence[RecordAnalysis], theme_of: Mapping[str, str], shown: Mapping[str, str]
) -> tuple[Interview, ...]:
    """By time where every interview has one, else in the order of the records."""
    times = [analysis.record.occurred_at for analysis in held]
    if all(times):
        held = sorted(held, key=lambda analysis: analysis.record.occurred_at or "")
    spoken = [[theme_of[r.segment.id] for r in one.readings if r.segment.id in theme_of] for one in held]
    known = list(accumulate((frozenset(own) for own in spoken), frozenset.union, initial=frozenset[str]()))
    return tuple(
        Interview(
            record_id=one.record.id,
            participants=tuple(dict.fromkeys(shown[reading.segment.id] for reading in one.readings)),
            n_segments=len(one.readings),
            new_themes=tuple(theme_id for theme_id in dict.fromkeys(own) if theme_id not in before),
            n_themes=len(after),
        )
        for one, own, before, after in zip(held, spoken, known[:-1], known[1:], strict=True)
    )
