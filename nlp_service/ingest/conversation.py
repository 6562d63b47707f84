"""What people said, one after another → one record with turns."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from nlp_service.domain import Kind, Record, Role, Turn
from nlp_service.ingest.contents import Source, record_id
from nlp_service.ingest.dates import seconds_between
from nlp_service.ingest.decode import clean
from nlp_service.ingest.roles import role_word, roles_of

_MARKERS = re.compile(
    r"[^\S\n]{0,3}(?:#\d{1,2}:\d{2}:\d{2}-\d{1,2}#|\[\d{1,2}:\d{2}:\d{2}\]|\(\d{1,2}:\d{1,2}:\d{1,2}\.\d{1,3}\s?\)"
    r"|\[(?:issue|interruption|action item|outcome|[^\W\d_]{2,20} (?:laughs?|laughing|chuckles?))\]|[♪♫🎵]+"
    r"|[\[(](?:laughs?|laughter|laughing|music|applause|inaudible|unintelligible|crosstalk|pause|silence|sighs?|"
    r"خنده|مکث|نامفهوم|موسیقی|سکوت|ضحك|يضحك|تضحك|موسيقى|غير مسموع|"
    r"gülüyor|gülme|gülüşmeler|müzik|anlaşılmıyor|sessizlik|"
    r"lacht|lachen|musik|unverständlich|rires?|musique|inaudible|risas|música|risos)[\s\d:]{0,14}[\])])",
    re.IGNORECASE,
)
SENTENCE_END = re.compile(r"[.!?؟。！？…۔][\"'”’»)]*$")
_LONGEST_GAP_S = 2.0
_LONGEST_UNNAMED = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """A stretch of speech as a file gives it; an empty speaker means that the file names none."""

    speaker: str
    text: str
    starts_at_s: float | None = None
    ends_at_s: float | None = None
    said_at: str | None = None


@dataclass(slots=True)
class _Stretch:
    """Utterances of one speaker on their way to a turn."""

    first: Utterance
    texts: list[str] = field(default_factory=list)
    n_characters: int = 0
    ends_at_s: float | None = None

    @property
    def text(self) -> str:
        """The words of the whole stretch."""
        return " ".join(self.texts)

    def add(self, utterance: Utterance) -> None:
        """Take one more utterance in."""
        self.texts.append(utterance.text)
        self.n_characters += len(utterance.text)
        self.ends_at_s = utterance.ends_at_s if utterance.ends_at_s is not None else self.ends_at_s


def conversation(
    source: Source,
    utterances: Sequence[Utterance],
    *,
    kind: Kind,
    key: str = "",
    external_id: str | None = None,
    metadata: Mapping[str, str] | None = None,
    known: Mapping[str, Role] | None = None,
    merge: bool,
) -> Record:
    """One record whose text is the turns joined by line ends; with `merge`, neighbours of one speaker are one turn."""
    tidy = [replace(one, text=tidy_text(one.text), speaker=clean(one.speaker)) for one in utterances]
    spoken = [one for one in tidy if one.text]
    stretches = _stretches(spoken, merge=merge)
    began_at = spoken[0].said_at if spoken else None
    names = [stretch.first.speaker for stretch in stretches]
    turns = _turns(stretches, roles_of(names, kind=kind, known={**(known or {}), **source.roles}), began_at=began_at)
    whole = "\n".join(stretch.text for stretch in stretches)
    return Record(
        id=record_id(source.filename, key, whole),
        text=whole,
        kind=kind,
        source=source.filename,
        external_id=external_id,
        language=source.language,
        occurred_at=began_at,
        metadata=dict(metadata or {}),
        turns=turns,
    )


def _turns(stretches: Sequence[_Stretch], roles: Mapping[str, Role], *, began_at: str | None) -> tuple[Turn, ...]:
    """Turns one after another, each a line end after the one before."""
    turns, start = [], 0
    for index, stretch in enumerate(stretches):
        first, end = stretch.first, start + len(stretch.text)
        since = first.starts_at_s if first.starts_at_s is not None else seconds_between(began_at, first.said_at)
        turns.append(
            Turn(
                index=index,
                speaker=first.speaker,
                role=roles[first.speaker],
                start=start,
                end=end,
                starts_at_s=_milliseconds(since if since is None or since >= 0 else None),
                ends_at_s=_milliseconds(stretch.ends_at_s),
            )
        )
        start = end + 1
    return tuple(turns)


def _milliseconds(seconds: float | None) -> float | None:
    """Seconds without the noise of binary fractions: `36.120000000000005` is `36.12`."""
    return None if seconds is None else round(seconds, 3)


def role_warnings(speakers: Mapping[str, Role], *, kind: Kind) -> tuple[str, ...]:
    """What to do where nothing tells who is the customer, who counts then as everyone."""
    if not speakers:
        return ("The file names no speakers, so all of it counts as the customer's words.",)
    if set(speakers.values()) != {"unknown"}:
        return ()
    name = "Agent" if kind == "chats" else "Interviewer"
    return (f"Nobody's role is known, so everyone counts as a customer: name the other side “{name}” in the file.",)


def kind_of_names(names: Iterable[str]) -> Kind:
    """Whether the speakers' names are those of a support conversation or of an interview."""
    roles = {role_word(name) for name in set(names)}
    return "chats" if roles & {"customer", "agent", "bot"} and "interviewer" not in roles else "interviews"


def tidy_text(text: str) -> str:
    """The words without transcriber's marks such as `[laughs]` or `#00:01:02-5#`."""
    return clean(_MARKERS.sub("", text))


def _stretches(spoken: Sequence[Utterance], *, merge: bool) -> list[_Stretch]:
    stretches: list[_Stretch] = []
    for utterance in spoken:
        if not (merge and stretches and _continues(stretches[-1], utterance)):
            stretches.append(_Stretch(utterance))
        stretches[-1].add(utterance)
    return stretches


def _continues(stretch: _Stretch, utterance: Utterance) -> bool:
    """Whether an utterance goes on with the turn; speech of nobody in particular is cut at the ends of sentences."""
    if stretch.first.speaker != utterance.speaker:
        return False
    if utterance.speaker:
        return True
    if stretch.n_characters > _LONGEST_UNNAMED or SENTENCE_END.search(stretch.texts[-1][-8:]):
        return False
    if stretch.ends_at_s is None or utterance.starts_at_s is None:
        return True
    return utterance.starts_at_s - stretch.ends_at_s < _LONGEST_GAP_S
