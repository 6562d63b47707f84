"""Words that show how it went for a customer, by language: `corpora/cues/experience/<lang>.toml` to cues with offsets.

Patterns are those of `analysis.cues`; `{name}` in one stands for a set of words that the file defines. A cue that is denied
turns into its opposite or is dropped, and one that is only wished, asked or supposed is dropped where it would say that
something has come about.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, get_args

from nlp_service.analysis.cues import Token, compiled, plain, tokens
from nlp_service.domain import EMOTIONS, Cue, CueKind, Emotion, Felt
from nlp_service.settings import ROOT

FOLDER = ROOT / "corpora" / "cues" / "experience"
KINDS: tuple[CueKind, ...] = get_args(CueKind)
AGENT_KINDS: Mapping[str, CueKind] = {"agent_resolved": "resolved", "agent_unresolved": "unresolved"}
"""What agents say of the outcome, which they say in other words than customers."""
DENIED: Mapping[CueKind, CueKind | None] = {
    "wait": "easy",
    "transfer": None,
    "repeat_contact": None,
    "steps": None,
    "channel_switch": None,
    "workaround": None,
    "easy": None,
    "resolved": "unresolved",
    "loyalty": None,
    "referral": None,
    "repurchase": "churn",
}
"""What a denied cue means; the other kinds hold their denial within, or mean the same with it."""
CLAIMS: frozenset[CueKind] = frozenset({"resolved", "easy"})
"""Kinds that say that something has come about: not so in a question, a wish or a condition."""
PLAIN: frozenset[CueKind] = frozenset({"resolved", "referral", "repurchase"})
"""Kinds whose patterns have no denial of their own, so that one within a match denies it, but for its first word."""
BEFORE_WORDS, AFTER_WORDS, OPEN_WORDS = 3, 2, 4
"""How many words before or after a cue may deny it, and before it leave it open, within its clause."""
MOST_GREETING = 60
"""Characters of a greeting, with the name that it may hold."""
_CLAUSE_ENDS = frozenset('.!?;:…,،؛«»()"')
_SET = re.compile(r"\{([a-z]+)\}")
_INNER_MARK = re.compile(r"(?<=[^\W\d_])['’\-](?=[^\W\d_])")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The patterns of one language by kind of cue and by emotion, and the words that deny a cue or leave it open."""

    language: str
    cues: Mapping[CueKind, re.Pattern[str]]
    of_agents: Mapping[CueKind, re.Pattern[str]]
    emotions: Mapping[Emotion, re.Pattern[str]]
    before: frozenset[str]
    after: frozenset[str]
    open: frozenset[str]
    greeting: frozenset[str]


@dataclass(frozen=True, slots=True)
class Line:
    """The words of a text as patterns see them: one line, and which token begins at each of its characters."""

    tokens: Sequence[Token]
    text: str
    starts: Mapping[int, int]

    def matches(self, pattern: re.Pattern[str]) -> list[tuple[int, int]]:
        """The tokens of each match, from the first to before the last, without marks at its end."""
        found = []
        for match in pattern.finditer(self.text):
            first, last = self.starts.get(match.start()), self.starts.get(match.end() + 1)
            if first is None or last is None:
                continue
            while last - 1 > first and not self.tokens[last - 1].form[0].isalnum():
                last -= 1
            found.append((first, last))
        return found


@cache
def lexicon(language: str, folder: Path = FOLDER) -> Lexicon | None:
    """The lexicon of the language, None where there is none; kept, as it is asked for with every segment."""
    path = folder / f"{language}.toml"
    if not path.is_file():
        return None
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    kinds = content["kinds"]
    return Lexicon(
        language=language,
        cues={kind: _pattern(kinds[kind], content, language) for kind in KINDS if kind in kinds},
        of_agents={kind: _pattern(kinds[name], content, language) for name, kind in AGENT_KINDS.items()},
        emotions={
            emotion: _pattern(content["emotions"][emotion], content, language)
            for emotion in EMOTIONS
            if emotion in content["emotions"]
        },
        before=_words(content["negation"]["before"], language),
        after=_words(content["negation"]["after"], language),
        open=_words(content["open"]["words"], language),
        greeting=_words(content["greeting"]["words"], language),
    )


def read_line(text: str, language: str) -> Line:
    """The text as patterns see it."""
    found = tokens(text, language)
    starts, at = {}, 0
    for i, token in enumerate(found):
        starts[at] = i
        at += len(token.form) + 1
    starts[at] = len(found)
    return Line(found, " ".join(token.form for token in found), starts)


def find_cues(line: Line, own: Lexicon, *, offset: int = 0, of_agent: bool = False) -> tuple[Cue, ...]:
    """The cues in the order of the text, none over another of its kind; `offset` is added to every place."""
    found: dict[CueKind, list[tuple[int, int]]] = {}
    patterns = own.of_agents if of_agent else own.cues
    for written, pattern in patterns.items():
        for at in line.matches(pattern):
            kind = _meant(written, line.tokens, own, at)
            if kind is not None:
                found.setdefault(kind, []).append(at)
    cues = [
        Cue(kind=kind, start=offset + line.tokens[first].start, end=offset + line.tokens[last - 1].end)
        for kind, places in found.items()
        for first, last in _apart(places)
    ]
    return tuple(sorted(cues, key=lambda cue: (cue.start, KINDS.index(cue.kind))))


def find_felt(line: Line, own: Lexicon, *, offset: int = 0) -> tuple[Felt, ...]:
    """The emotions that words name and do not deny, in the order of the emotions; each once, with its first words."""
    found = []
    for emotion, pattern in own.emotions.items():
        for first, last in line.matches(pattern):
            if not _is_denied(line.tokens, own, (first, last)):
                start, end = line.tokens[first].start, line.tokens[last - 1].end
                found.append(Felt(emotion=emotion, start=offset + start, end=offset + end))
                break
    return tuple(found)


def is_greeting(text: str, language: str) -> bool:
    """Whether a short text does nothing but greet: its first word is a greeting, and at most a name follows."""
    own = lexicon(language)
    if own is None:
        return False
    said = [token.form for token in tokens(text[:MOST_GREETING], language) if token.form[0].isalnum()]
    others = [word for word in said if word not in own.greeting]
    return len(text) <= MOST_GREETING and bool(said) and said[0] in own.greeting and len(others) <= 1


def _apart(places: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The places in order, those that overlap made one."""
    joined: list[tuple[int, int]] = []
    for first, last in sorted(places):
        if joined and first < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return joined


def _meant(kind: CueKind, text_tokens: Sequence[Token], own: Lexicon, at: tuple[int, int]) -> CueKind | None:
    """The kind of a match where it stands: its opposite where it is denied, None where nothing has come about."""
    if kind in CLAIMS and _is_open(text_tokens, own, at):
        return None
    if kind in DENIED and _is_denied(text_tokens, own, at):
        return DENIED[kind]
    if kind in PLAIN and any(token.form in own.before for token in text_tokens[at[0] + 1 : at[1]]):
        return DENIED[kind]
    return kind


def _is_denied(text_tokens: Sequence[Token], own: Lexicon, at: tuple[int, int]) -> bool:
    if any(token.form in own.before for token in _clause_before(text_tokens, at[0], BEFORE_WORDS)):
        return True
    return bool(own.after) and any(token.form in own.after for token in text_tokens[at[1] : at[1] + AFTER_WORDS])


def _is_open(text_tokens: Sequence[Token], own: Lexicon, at: tuple[int, int]) -> bool:
    if any(token.form in own.open for token in _clause_before(text_tokens, at[0], OPEN_WORDS)):
        return True
    ending = next((token.form for token in text_tokens[at[1] :] if token.form in ".!?…"), "")
    return ending == "?"


def _clause_before(text_tokens: Sequence[Token], at: int, n: int) -> list[Token]:
    """At most `n` tokens before a place, none from before a mark."""
    before: list[Token] = []
    for token in reversed(text_tokens[max(0, at - n) : at]):
        if token.form in _CLAUSE_ENDS:
            break
        before.append(token)
    return before


def _pattern(written: Sequence[str], content: Mapping[str, Any], language: str) -> re.Pattern[str]:
    parts = [plain(_INNER_MARK.sub(" ", _filled(part, content["sets"])), language) for part in written]
    return re.compile(compiled(parts, language).pattern)  # over long alternatives twice as fast as `regex`


def _filled(part: str, sets: Mapping[str, str]) -> str:
    """The pattern with each set of words written out; sets may name sets."""
    while _SET.search(part):
        part = _SET.sub(lambda match: sets[match[1]], part)
    return part


def _words(written: Sequence[str], language: str) -> frozenset[str]:
    return frozenset(plain(word, language) for word in written)
