"""Words that show how something is asked for, by language: `corpora/cues/requests/<lang>.toml` to matches with offsets.

A pattern is a regular expression over words as they are folded, one space between them. `…` stands for the words that say
what is wanted, `<3>` for at most three words, `^` and `$` for the begin and end of a clause. One mechanism serves every
script: in Chinese and Japanese each sign is a word and there are no spaces.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Generic, Literal, NamedTuple, TypeVar, get_args

import regex

from nlp_service.settings import ROOT
from nlp_service.text.normalize import fold

CueKind = Literal[
    "explicit",
    "imperative",
    "question",
    "wish",
    "conditional",
    "comparison",
    "remove",
    "service",
    "howto",
    "praise",
    "repair",
]
"""`imperative` is any order, `explicit` one that adds something; the last four speak against a request."""
KINDS: tuple[CueKind, ...] = get_args(CueKind)
FOLDER = ROOT / "corpora" / "cues" / "requests"
MOST_CHARACTERS = 600
"""Characters of a segment that are searched; whoever asks for something does so in fewer."""
BEGIN_LETTERS = 3
"""Letters of a word that tell which patterns can begin there; with more, far more begins would have to be tried once."""
UNSPACED = frozenset({"ja", "zh"})
UNMARKED = frozenset({"en", "tr", "de", "fr", "es", "it", "pt", "nl"})
"""Languages whose marks on letters people leave out."""
_TOKEN = regex.compile(r"[\p{L}\p{M}\p{N}\u200c]+|(?<=\p{L})['’\-](?=\p{L})|[^\s]")
_GLUE = frozenset("'’-")
_GAP = regex.compile(r"<(\d)>")
_BRACKET = re.compile(r"(?<!\\)\((?!\?)")
_OPTIONAL = regex.compile(r"(\((?:[^()]|(?1))*\))([?*+])")
_EDGES = {"^": r"(?<=[.!?,;:،؛«»()\"] )", "$": r"(?=$| [.!?,;:،؛«»()\"])"}
_PERSIAN_PREFIXES = frozenset({"می", "نمی"})
_ENDS = frozenset(".!?;:…。！？；：\n")
_PAUSES = frozenset(',،、，()«»"“”؛–—')
_BEGIN = "."
"""Stands before a line with spaces, so that its begin is that of a clause."""
Name = TypeVar("Name")


class Token(NamedTuple):
    """A word or a mark in its folded form, and where it stands in the text."""

    form: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Line:
    """The words of a text as patterns see them: one, with what stands between two, and how many end before each place."""

    tokens: tuple[Token, ...]
    text: str
    joint: str
    places: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Cue:
    """A match: its kind, its tokens from `first` to before `last`, and the tokens that say what is wanted, if it knows."""

    kind: CueKind
    first: int
    last: int
    want: tuple[int, int] | None


class Match(NamedTuple, Generic[Name]):
    """Which pattern matched, where, and the tokens from the first to before the last."""

    name: Name
    found: re.Match[str]
    at: tuple[int, int]


class Patterns(Generic[Name]):
    """Patterns by name that are looked for together: each only at words whose first letters it can begin with.

    What a pattern can begin with tell partial matches of `regex`, once for each begin of a word.
    """

    def __init__(self, patterns: Mapping[Name, re.Pattern[str]]) -> None:
        self.by_name = patterns
        self._tried = [(name, pattern.match, regex.compile(pattern.pattern)) for name, pattern in patterns.items()]
        self._possible = lru_cache(maxsize=10_000)(self._possible_at)

    def matches(self, line: Line) -> Iterator[Match[Name]]:
        """The matches of each pattern, one after the other and as `finditer` has them, that begin and end with tokens."""
        for name, found in self._at_words(line.text) if line.joint else self._anywhere(line.text):
            for match in found:
                first, last = line.places.get(match.start()), line.places.get(match.end())
                if first is not None and last is not None and first < last:
                    yield Match(name, match, (first, last))

    def _anywhere(self, text: str) -> Iterator[tuple[Name, Iterable[re.Match[str]]]]:
        return ((name, pattern.finditer(text)) for name, pattern in self.by_name.items())

    def _at_words(self, text: str) -> Iterator[tuple[Name, Iterable[re.Match[str]]]]:
        found: dict[int, list[re.Match[str]]] = {}
        at = text.find(" ")
        while at >= 0:
            for i in self._possible(text[at : at + 1 + BEGIN_LETTERS]):
                if i not in found or found[i][-1].end() <= at:
                    match = self._tried[i][1](text, at)
                    if match:
                        found.setdefault(i, []).append(match)
            at = text.find(" ", at + 1)
        return ((self._tried[i][0], found[i]) for i in sorted(found))

    def _possible_at(self, begin: str) -> tuple[int, ...]:
        """Which patterns may match where a space and these letters stand, at the begin of a clause or within."""
        among = self._possible(begin[:-1]) if len(begin) > 1 else range(len(self._tried))
        return tuple(i for i in among if self._tried[i][2].match(_BEGIN + begin, 1, partial=True))


class _Group(NamedTuple):
    """Patterns of one kind that have the wanted words on the same sides of them: both may be."""

    kind: CueKind
    want_before: bool
    want_after: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The patterns of one language by kind, the words that end a want, those at its edges only, and its articles."""

    language: str
    patterns: Patterns[_Group]
    stops: frozenset[tuple[str, ...]]
    edges: frozenset[tuple[str, ...]]
    articles: frozenset[str]


@cache
def lexicon(language: str, folder: Path = FOLDER) -> Lexicon | None:
    """The lexicon of the language, None where there is none; kept, as it is asked for with every segment."""
    path = folder / f"{language}.toml"
    if not path.is_file():
        return None
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    return Lexicon(
        language=language,
        patterns=_patterns({kind: content.get(kind, ()) for kind in KINDS}, language),
        stops=frozenset(tuple(t.form for t in tokens(words, language)) for words in content["stops"]),
        edges=frozenset(tuple(t.form for t in tokens(words, language)) for words in content["edges"]),
        articles=frozenset(plain(word, language) for word in content.get("articles", ())),
    )


@lru_cache(maxsize=1024)
def read_line(text: str, language: str) -> Line:
    """The text as patterns see it; kept, as one lexicon after another is looked for in a segment."""
    found = tuple(tokens(text, language))
    joint, line = ("", "") if language in UNSPACED else (" ", _BEGIN)
    places, at = {}, len(line)
    for i, token in enumerate(found):
        places[at] = i
        at += len(joint) + len(token.form)
    places[at] = len(found)
    return Line(found, line + "".join([joint + token.form for token in found]), joint, places)


def find_cues(line: Line, own: Lexicon) -> list[Cue]:
    """Every match, by kind and in text order."""
    found = []
    for group, match, at in own.patterns.matches(line):
        want = _within(line, match) or _beside(line.tokens, own, group, at)
        found.append(Cue(group.kind, *at, _trimmed(line.tokens, own, want) if want else None))
    return found


def _within(line: Line, match: re.Match[str]) -> tuple[int, int] | None:
    """The tokens of the last group of a match, which says what is wanted, if it has one."""
    if match.lastindex is None:
        return None
    start, end = match.span(match.lastindex)
    first, last = line.places.get(start - len(line.joint)), line.places.get(end)
    return (first, last) if first is not None and last is not None else None


def _beside(text_tokens: Sequence[Token], own: Lexicon, group: _Group, at: tuple[int, int]) -> tuple[int, int] | None:
    """The tokens beside a match on the side that its group names, up to the end of the clause."""
    first, last = at
    before = (_clause_start(text_tokens, own, first), first) if group.want_before else (first, first)
    after = (last, _clause_end(text_tokens, own, last)) if group.want_after else (last, last)
    longer = max(after, before, key=lambda span: span[1] - span[0])
    return longer if longer[0] < longer[1] else None


def _clause_end(text_tokens: Sequence[Token], own: Lexicon, at: int) -> int:
    """Where a mark or a word that ends a want stands next; a pause at once is passed over."""
    for i in range(at, len(text_tokens)):
        form = text_tokens[i].form
        if form in _ENDS or (i > at and (form in _PAUSES or _is_at(text_tokens, i, own.stops))):
            return i
    return len(text_tokens)


def _clause_start(text_tokens: Sequence[Token], own: Lexicon, at: int) -> int:
    for i in range(at - 1, -1, -1):
        form = text_tokens[i].form
        if form in _ENDS or form in _PAUSES or _is_at(text_tokens, i, own.stops):
            return i + 1
    return 0


def _is_at(text_tokens: Sequence[Token], i: int, phrases: frozenset[tuple[str, ...]]) -> int:
    """How many tokens from here on are one of the phrases: the most, 0 where none is."""
    for n in (3, 2, 1):
        if i + n <= len(text_tokens) and tuple(token.form for token in text_tokens[i : i + n]) in phrases:
            return n
    return 0


def _trimmed(text_tokens: Sequence[Token], own: Lexicon, want: tuple[int, int]) -> tuple[int, int] | None:
    """The wanted words without marks and words such as please at their edges, with the article before them."""
    first, last = want
    while first < last:
        n = _is_at(text_tokens[:last], first, own.edges) or int(not text_tokens[first].form[0].isalnum())
        if not n:
            break
        first += n
    while first < last:
        sizes = [n for n in (3, 2, 1) if last - n >= first and _is_at(text_tokens[:last], last - n, own.edges) == n]
        n = sizes[0] if sizes else int(not text_tokens[last - 1].form[0].isalnum())
        if not n:
            break
        last -= n
    if first == last:
        return None
    return (first - int(first > 0 and text_tokens[first - 1].form in own.articles), last)


def tokens(text: str, language: str) -> list[Token]:
    """The words and marks of the text, folded; apostrophes and hyphens inside words part them and go."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text[:MOST_CHARACTERS]):
        if match.group() in _GLUE and match.start() > 0:
            continue
        if language in UNSPACED:
            found += [
                Token(form, match.start() + i, match.start() + i + 1)
                for i, sign in enumerate(match.group())
                if (form := _form(sign, language))
            ]
            continue
        form = _form(match.group(), language)
        if found and language == "fa" and found[-1].form in _PERSIAN_PREFIXES and form[:1].isalpha():
            found[-1] = Token(found[-1].form + form, found[-1].start, match.end())
        elif form:
            found.append(Token(form, match.start(), match.end()))
    return found


def plain(text: str, language: str) -> str:
    """The folded text, without the marks on letters where people leave them out."""
    folded = fold(text, language).replace("؟", "?")
    if language not in UNMARKED:
        return folded
    parts = unicodedata.normalize("NFD", folded.replace("ı", "i").replace("ß", "ss"))
    return unicodedata.normalize("NFC", "".join(c for c in parts if not unicodedata.combining(c)))


_form = lru_cache(maxsize=50_000)(plain)


def _patterns(written: Mapping[CueKind, Sequence[str]], language: str) -> Patterns[_Group]:
    """The patterns compiled, those of a kind with the want on one side made one."""
    groups: dict[_Group, list[str]] = {}
    for kind, patterns in written.items():
        for pattern in sorted(patterns, key=_sides):
            part = plain(pattern.strip("… ").replace("…", "<w>"), language)
            groups.setdefault(_Group(kind, *_sides(pattern)), []).append(part)
    return Patterns({group: compiled(parts, language) for group, parts in groups.items()})


def _sides(pattern: str) -> tuple[bool, bool]:
    return pattern.startswith("…"), pattern.endswith("…")


def compiled(parts: Sequence[str], language: str) -> re.Pattern[str]:
    """One regular expression for patterns that are folded already, over lines; what is wanted is its only kind of group.

    It is of `re`, which reads long alternatives twice as fast as `regex`, and begins with the space before a word.
    """
    plain_parts = [_BRACKET.sub("(?:", part) for part in parts]
    if language in UNSPACED:
        return re.compile("|".join(f"(?:{part.replace('<w>', '(.{1,20}?)')})" for part in plain_parts))
    clitic = "[وف]?" if language == "ar" else ""
    return re.compile(rf" {clitic}(?:{'|'.join(f'(?:{_spaced(part)})' for part in plain_parts)})(?!\S)")


def _spaced(part: str) -> str:
    """The words of a pattern with the spaces between them; what may be absent takes its space with it."""
    written, is_begun = "", False
    for word in _outer_words(part):
        if word in _EDGES:
            written += _EDGES[word]
            continue
        gap, optional = _GAP.fullmatch(word), _OPTIONAL.fullmatch(word)
        inner = r"\S+" if gap else optional[1] if optional else word.replace("<w>", r"((?:\S+ ){0,11}?\S+)")
        times = f"{{0,{gap[1]}}}" if gap else optional[2] if optional else ""
        if times == "+" or not times:
            written += (" " if is_begun else "") + inner + (f"(?: {inner})*" if times else "")
            is_begun = True
        else:
            written += f"(?: {inner}){times}" if is_begun else f"(?:{inner} ){times}"
    return written


def _outer_words(part: str) -> Iterator[str]:
    """The pattern parted at the spaces outside its brackets."""
    word, depth = "", 0
    for sign in part:
        depth += (sign == "(") - (sign == ")")
        if sign == " " and depth == 0:
            yield word
            word = ""
        else:
            word += sign
    yield word
