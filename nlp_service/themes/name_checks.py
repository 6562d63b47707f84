"""Whether names that a language model gives to a theme may stand: what can be checked is, and what fails is refused.

The checks keep out numbers, names that nobody wrote, links, markup and what has nothing to do with the texts. Whether a name
is a good one they cannot see, nor a name put first in a phrase, nor numbers in words outside English.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import regex

from nlp_service.text.normalize import fingerprint, fold
from nlp_service.text.words import Word, words
from nlp_service.themes.build import LONGEST_LABEL

Names = Mapping[str, str]
"""Language → name."""
Text = tuple[str, str]
"""A language, and a text in it."""

NOT_JSON = "the answer was not one JSON object with a name in each language"
BAD_LENGTH = f"a name was empty or had more than {LONGEST_LABEL} characters"
BAD_MARKS = "a name had marks that belong in no name, such as those of links and markup"
NEW_NUMBER = "a name had a number that is not in the quotes"
NEW_NAME = "a name had a capitalised word that is not in the quotes"
NOT_GROUNDED = "no name had a word of the quotes"
NOT_UNIQUE = "a name was that of another theme"

_FENCED = regex.compile(r"\s*```(?:json)?\s*\n(?P<inside>.*)\n\s*```\s*", regex.DOTALL)
_PLAIN = regex.compile(r"[\p{L}\p{Nd}](?:[\p{L}\p{M}\p{Nd} '’׳״&,،、・·:;؛()+?!؟\-–—\u200C\u200D]|(?<!/)/)*")
"""No full stop: with one, a name could hold an address."""
_NUMBER = regex.compile(r"\p{Nd}+")
_TOKEN = regex.compile(r"\p{L}[\p{L}\p{M}\p{Nd}\u200C]*")
_NUMBER_WORD = regex.compile(
    r"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:twen|thir|for|fif|six|seven|eigh|nine)ty"
    r"|hundreds?|thousands?|millions?|dozens?|half|quarter|percent|majority|most|twice|thrice|double|triple"
)
"""English is in every answer, and the names of an answer say the same: it is enough to look there."""
_CAPITAL_NOUNS = frozenset({"de"})
"""Languages that write every noun with a capital letter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What is shown of a theme, and the languages to name it in."""

    languages: tuple[str, ...]
    label: Names
    keyphrases: tuple[Text, ...]
    quotes: tuple[Text, ...]

    @property
    def texts(self) -> tuple[Text, ...]:
        """Everything that a name may rest on."""
        return (*self.label.items(), *self.keyphrases, *self.quotes)


class Unfit(Exception):
    """The names may not stand; the message says why."""


def checked_names(answer: str, shown: Shown, taken: Iterable[Names]) -> dict[str, str]:
    """The names in a model's answer by language, checked; `taken` are the labels of the other themes.

    Raises:
        Unfit: the answer is anything but names in the languages of what was shown, or one of them fails a check.
    """
    names = _read(answer, shown.languages)
    if not all(0 < len(name) <= LONGEST_LABEL for name in names.values()):
        raise Unfit(BAD_LENGTH)
    if not all(_PLAIN.fullmatch(name) for name in names.values()):
        raise Unfit(BAD_MARKS)
    tokens = {fingerprint(token) for _, text in shown.texts for token in _TOKEN.findall(text)}
    if _has_new_number(names, shown, tokens):
        raise Unfit(NEW_NUMBER)
    lemmas = {word.lemma for language, text in shown.texts for word in words(text, language)}
    if any(_has_new_name(name, language, tokens | lemmas) for language, name in names.items()):
        raise Unfit(NEW_NAME)
    if not any(word.lemma in lemmas for own in names.items() for word in _content(own)):
        raise Unfit(NOT_GROUNDED)
    if any(
        fingerprint(name) == fingerprint(own.get(language, "")) for own in taken for language, name in names.items()
    ):
        raise Unfit(NOT_UNIQUE)
    return names


def _read(answer: str, languages: Collection[str]) -> dict[str, str]:
    """The names as they are written, without a full stop."""
    fenced = _FENCED.fullmatch(answer)
    try:
        names = json.loads(fenced["inside"] if fenced else answer)
    except (ValueError, RecursionError):
        raise Unfit(NOT_JSON) from None
    if not isinstance(names, dict) or names.keys() != set(languages):
        raise Unfit(NOT_JSON)
    if not all(isinstance(name, str) for name in names.values()):
        raise Unfit(NOT_JSON)
    return {language: names[language].strip(" .。۔।") for language in languages}


def _content(own: Text) -> list[Word]:
    language, name = own
    return [word for word in words(name, language) if not word.is_stop]


def _has_new_number(names: Names, shown: Shown, tokens: Collection[str]) -> bool:
    """Whether a number in digits of any script stands in no text, or one in English words."""
    known = {number for _, text in shown.texts for number in _numbers(text)}
    if any(number not in known for name in names.values() for number in _numbers(name)):
        return True
    english = [fingerprint(token) for token in _TOKEN.findall(names["en"])]
    return any(_NUMBER_WORD.fullmatch(token) and token not in tokens for token in english)


def _numbers(text: str) -> list[str]:
    return [number.group() for number in _NUMBER.finditer(fold(text, "und"))]


def _has_new_name(name: str, language: str, known: Collection[str]) -> bool:
    """Whether a word but the first has a capital letter, as names have, and stands in no text."""
    if language in _CAPITAL_NOUNS:
        return False
    capitalised = [token for token in _TOKEN.findall(name)[1:] if any(letter.isupper() for letter in token)]
    lemma_of = {word.text: word.lemma for word in words(name, language)}
    return any(fingerprint(token) not in known and lemma_of.get(token) not in known for token in capitalised)
