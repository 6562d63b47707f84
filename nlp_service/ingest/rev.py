"""Rev's JSON: monologues of elements, where spaces and punctuation are elements too."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from nlp_service.ingest.contents import Contents, Source
from nlp_service.ingest.conversation import Utterance
from nlp_service.ingest.json_values import mappings
from nlp_service.ingest.speech import interview, plain, seconds, speaker_name

_CLOCK = re.compile(r"(\d{1,3}):(\d{2}):(\d{2})[,.](\d{3})")


def monologues_of(value: Any) -> Mapping[str, Any] | None:
    """The value where it holds monologues of elements, else None."""
    monologues = mappings(value.get("monologues")) if isinstance(value, Mapping) else []
    return value if monologues and all(isinstance(one.get("elements"), list) for one in monologues) else None


def read_monologues(source: Source, value: Mapping[str, Any]) -> Contents:
    """One interview, an utterance a monologue; speakers have the names of the `speakers` list where there is one.

    Raises:
        UnreadableFile: there are no words.
    """
    names = {str(one.get("id")): speaker_name(one.get("name")) for one in mappings(value.get("speakers"))}
    said = [_utterance(one, names) for one in mappings(value["monologues"])]
    return interview(source, said, format="rev", language=value.get("language"))


def _utterance(monologue: Mapping[str, Any], names: Mapping[str, str]) -> Utterance:
    elements: Sequence[Mapping[str, Any]] = mappings(monologue["elements"])
    starts = [_time(one, "ts", "timestamp") for one in elements]
    ends = [_time(one, "end_ts", "end_timestamp") for one in elements]
    stated = monologue.get("speaker")
    return Utterance(
        speaker=names.get(str(stated)) or speaker_name(stated),
        text="".join(plain(one.get("value")) for one in elements),
        starts_at_s=next((at for at in starts if at is not None), None),
        ends_at_s=next((at for at in reversed(ends) if at is not None), None),
    )


def _time(element: Mapping[str, Any], number: str, clock: str) -> float | None:
    """The seconds of a number, or of `00:00:01,020` as people at Rev write it."""
    match = _CLOCK.fullmatch(plain(element.get(clock)))
    if match is None:
        return seconds(element.get(number))
    hours, minutes, whole, thousandths = map(int, match.groups())
    return hours * 3600 + minutes * 60 + whole + thousandths / 1000
