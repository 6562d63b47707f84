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
from itertools import takewhile
from pathlib import Path
from typing import Any, get_args

from nlp_service.analysis.cues import Line, Match, Name, Patterns, Token, compiled, plain, read_line
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
    cues: Patterns[CueKind]
    of_agents: Patterns[CueKind]
    emotions: Patterns[Emotion]
    before: frozenset[str]
    after: frozenset[str]
    open: frozenset[str]
    greeting: frozenset[str]


@cache
def lexicon(language: str, folder: Path = FOLDER) -> Lexicon | None:
    """The lexicon of the language, None where there is none; kept, as it is asked for with every segment."""
    path = folder / f"{language}.toml"
    if not path.is_file():
        return None
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    kinds, emotions = content["kinds"], content["emotions"]
    return Lexicon(
        language=language,
        cues=_patterns({kind: kinds[kind] for kind in KINDS if kind in kinds}, content, language),
        of_agents=_patterns({kind: kinds[name] for name, kind in AGENT_KINDS.items()}, content, language),
        emotions=_patterns({name: emotions[name] for name in EMOTIONS if name in emotions}, content, language),
        before=_words(content["negation"]["before"], language),
        after=_words(content["negation"]["after"], language),
        open=_words(content["open"]["words"], language),
        greeting=_words(content["greeting"]["words"], language),
    )


def find_cues(line: Line, own: Lexicon, *, offset: int = 0, of_agent: bool = False) -> tuple[Cue, ...]:
    """The cues in the order of the text, none over another of its kind; `offset` is added to every place."""
    found: dict[CueKind, list[tuple[int, int]]] = {}
    patterns = own.of_agents if of_agent else own.cues
    for match in patterns.matches(line):
        at = _without_marks(line, match)
        kind = _meant(match.name, line.tokens, own, at)
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
    found: dict[Emotion, Felt] = {}
    for match in own.emotions.matches(line):
        first, last = _without_marks(line, match)
        if match.name not in found and not _is_denied(line.tokens, own, (first, last)):
            start, end = line.tokens[first].start, line.tokens[last - 1].end
            found[match.name] = Felt(emotion=match.name, start=offset + start, end=offset + end)
    return tuple(found.values())


def is_greeting(text: str, language: str) -> bool:
    """Whether a short text does nothing but greet: its first word is a greeting, and at most a name follows."""
    own = lexicon(language)
    if own is None or len(text) > MOST_GREETING:
        return False
    said = [token.form for token in read_line(text, language).tokens if token.form[0].isalnum()]
    others = [word for word in said if word not in own.greeting]
    return bool(said) and said[0] in own.greeting and len(others) <= 1


def _without_marks(line: Line, match: Match[Any]) -> tuple[int, int]:
    """The tokens of a match, without marks at its end."""
    first, last = match.at
    while last - 1 > first and not line.tokens[last - 1].form[0].isalnum():
        last -= 1
    return first, last


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
    behind = takewhile(lambda token: token.form not in _CLAUSE_ENDS, text_tokens[at[1] : at[1] + AFTER_WORDS])
    return any(token.form in own.after for token in behind)


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


def _patterns(written: Mapping[Name, Sequence[str]], content: Mapping[str, Any], language: str) -> Patterns[Name]:
    filled = {
        name: [plain(_INNER_MARK.sub(" ", _filled(part, content["sets"])), language) for part in parts]
        for name, parts in written.items()
    }
    return Patterns({name: compiled(parts, language) for name, parts in filled.items()})


def _filled(part: str, sets: Mapping[str, str]) -> str:
    """The pattern with each set of words written out; sets may name sets."""
    while _SET.search(part):
        part = _SET.sub(lambda match: sets[match[1]], part)
    return part


def _words(written: Sequence[str], language: str) -> frozenset[str]:
    return frozenset(plain(word, language) for word in written)
