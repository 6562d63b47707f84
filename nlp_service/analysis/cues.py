"""Words that show how something is asked for, by language: `corpora/cues/requests/<lang>.toml` to matches with offsets.

A pattern is a regular expression over words as they are folded, one space between them. `…` stands for the words that say
what is wanted, `<3>` for at most three words, `^` and `$` for the begin and end of a clause. One mechanism serves every
script: in Chinese and Japanese each sign is a word and there are no spaces.
"""

import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, get_args

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
UNSPACED = frozenset({"ja", "zh"})
UNMARKED = frozenset({"en", "tr", "de", "fr", "es", "it", "pt", "nl"})
"""Languages whose marks on letters people leave out."""
_TOKEN = regex.compile(r"[\p{L}\p{M}\p{N}\u200c]+|(?<=\p{L})['’\-](?=\p{L})|[^\s]")
_GLUE = frozenset("'’-")
_GAP = regex.compile(r"<(\d)>")
_OPTIONAL = regex.compile(r"(\((?:[^()]|(?1))*\))([?*+])")
_EDGES = {"^": r"(?<=^|[.!?,;:،؛«»()\"] )", "$": r"(?=$| [.!?,;:،؛«»()\"])"}
_PERSIAN_PREFIXES = frozenset({"می", "نمی"})
_ENDS = frozenset(".!?;:…。！？；：\n")
_PAUSES = frozenset(',،、，()«»"“”؛–—')


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a mark in its folded form, and where it stands in the text."""

    form: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Cue:
    """A match: its kind, its tokens from `first` to before `last`, and the tokens that say what is wanted, if it knows."""

    kind: CueKind
    first: int
    last: int
    want: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class _Pattern:
    """What is searched for, and on which side of it the wanted words stand: both may be."""

    compiled: "regex.Pattern[str]"
    want_before: bool
    want_after: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The patterns of one language by kind, the words that end a want, and those that stand at its edges only."""

    language: str
    patterns: Mapping[CueKind, tuple[_Pattern, ...]]
    stops: frozenset[tuple[str, ...]]
    edges: frozenset[tuple[str, ...]]


@cache
def lexicon(language: str, folder: Path = FOLDER) -> Lexicon | None:
    """The lexicon of the language, None where there is none; kept, as it is asked for with every segment."""
    path = folder / f"{language}.toml"
    if not path.is_file():
        return None
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    return Lexicon(
        language=language,
        patterns={kind: _patterns(content.get(kind, ()), language) for kind in KINDS},
        stops=frozenset(tuple(t.form for t in tokens(words, language)) for words in content["stops"]),
        edges=frozenset(tuple(t.form for t in tokens(words, language)) for words in content["edges"]),
    )


def find_cues(text_tokens: Sequence[Token], own: Lexicon) -> list[Cue]:
    """Every match, by kind and in text order."""
    joint = "" if own.language in UNSPACED else " "
    starts, at = {}, 0
    for i, token in enumerate(text_tokens):
        starts[at] = i
        at += len(token.form) + len(joint)
    starts[at] = len(text_tokens)
    line = joint.join(token.form for token in text_tokens)
    found = []
    for kind, patterns in own.patterns.items():
        for pattern in patterns:
            for match in pattern.compiled.finditer(line):
                first, last = starts.get(match.start()), starts.get(match.end() + len(joint))
                if first is not None and last is not None and first < last:
                    inner = match.span("want") if match.re.groupindex.get("want") else (-1, -1)
                    begin, end = starts.get(inner[0]), starts.get(inner[1] + len(joint))
                    own_want = (begin, end) if begin is not None and end is not None else None
                    want = own_want or _beside(text_tokens, own, pattern, (first, last))
                    found.append(Cue(kind, first, last, _trimmed(text_tokens, own, want) if want else None))
    return found


def _beside(
    text_tokens: Sequence[Token], own: Lexicon, pattern: _Pattern, at: tuple[int, int]
) -> tuple[int, int] | None:
    """The tokens beside a match on the side that its pattern names, up to the end of the clause."""
    first, last = at
    before = (_clause_start(text_tokens, own, first), first) if pattern.want_before else (first, first)
    after = (last, _clause_end(text_tokens, own, last)) if pattern.want_after else (last, last)
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
    """The wanted words without marks and words such as please at their edges."""
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
    return (first, last) if first < last else None


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
                if (form := plain(sign, language))
            ]
            continue
        form = plain(match.group(), language)
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


def _patterns(written: Sequence[str], language: str) -> tuple[_Pattern, ...]:
    """The patterns compiled, those with the want on one side made one."""
    by_side: dict[tuple[bool, bool], list[str]] = {}
    for pattern in written:
        side = pattern.startswith("…"), pattern.endswith("…")
        by_side.setdefault(side, []).append(plain(pattern.strip("… ").replace("…", "<w>"), language))
    return tuple(_Pattern(compiled(parts, language), *side) for side, parts in sorted(by_side.items()))


def compiled(parts: Sequence[str], language: str) -> "regex.Pattern[str]":
    """One regular expression for patterns that are folded already, over words with one space between them."""
    if language in UNSPACED:
        return regex.compile("|".join(f"(?:{part.replace('<w>', '(?P<want>.{1,20}?)')})" for part in parts))
    spaced = [_spaced(part) for part in parts]
    clitic = "[وف]?" if language == "ar" else ""
    return regex.compile(rf"(?<!\S){clitic}(?:{'|'.join(f'(?:{part})' for part in spaced)})(?!\S)")


def _spaced(part: str) -> str:
    """The words of a pattern with the spaces between them; what may be absent takes its space with it."""
    written, is_begun = "", False
    for word in _outer_words(part):
        if word in _EDGES:
            written += _EDGES[word]
            continue
        gap, optional = _GAP.fullmatch(word), _OPTIONAL.fullmatch(word)
        inner = r"\S+" if gap else optional[1] if optional else word.replace("<w>", r"(?P<want>(?:\S+ ){0,11}?\S+)")
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
