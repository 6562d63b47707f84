"""The form under which a word is counted: simplemma's lemma, mended where its Persian and Arabic fall short."""

from collections.abc import Callable, Mapping
from functools import lru_cache

import regex

from nlp_service.text.normalize import fold

SIMPLEMMA_LANGUAGES = frozenset(
    ["en", "fa", "ar", "tr", "de", "fr", "es", "it", "pt", "nl", "pl", "ru", "uk", "hi", "id", "el", "sv", "ro"]
)
_LETTERS = str.maketrans("يىك", "ییک")
_TURKIC = str.maketrans("Iİ", "ıi")
_PERSIAN_VERB = regex.compile(r"^ن?می\u200c?(?P<stem>\p{L}{2,}?)(?:\u200c?(?:یم|ید|ین|ند|م|ی|د|ه|ن))?$")
_PERSIAN_NO_VERB = frozenset(
    [
        "میز",
        "میزان",
        "میزبان",
        "میدان",
        "میوه",
        "میان",
        "میانگین",
        "میل",
        "میلیون",
        "میلیارد",
        "میهن",
        "میراث",
        "میکروفون",
        "میکرو",
        "میخ",
        "میلاد",
        "میهمان",
        "میگو",
    ]
)
_PERSIAN_PLURAL = regex.compile(r"(?<=\p{L}{2})\u200c?ها(?:یی|ی|یم|یت|یش|یمان|یتان|یشان|م|ت|ش|مون|تون|شون|ست)?$")
_PERSIAN_JOINED = regex.compile(r"(?<=\p{L}{2})\u200c(?:ام|ات|اش|مان|تان|شان|مون|تون|شون|ای|ی|اند|است|ترین|تر)$")
_PERSIAN_LOOSE = ("م", "ت", "ش", "ه", "ی", "یم", "یت", "یش", "شان", "تان", "مان", "شون", "تون", "مون", "یشان", "یتان")
_ARABIC_PROCLITIC = regex.compile(r"^(?:[وف]?(?:ال|بال|كال)|[وف]?لل)(?=\p{L}{3})")
_ARABIC_CONJUNCTION = regex.compile(r"^[وفبل](?=\p{L}{3})")
_KOREAN_PARTICLE = regex.compile(
    r"(?<=\p{Hangul}{2})(?:에서|으로|까지|부터|이랑|은|는|이|가|을|를|에|의|도|로|와|과|만)$"
)


@lru_cache(maxsize=200_000)
def lemma(surface: str, language: str) -> str:
    """The folded base form of one word, for counting only: it may cut more than a grammar would."""
    rule = _RULES.get(language)
    if rule is not None:
        return fold(rule(surface), language) or fold(surface, language)
    if language in SIMPLEMMA_LANGUAGES:
        return fold(_dictionary_form(surface, language), language)
    return fold(surface, language)


def _dictionary_form(surface: str, language: str) -> str:
    import simplemma

    return str(simplemma.lemmatize(surface, lang=language))


@lru_cache(maxsize=100_000)
def _is_known(surface: str, language: str) -> bool:
    import simplemma

    return bool(simplemma.is_known(surface, lang=language))


def _persian(surface: str) -> str:
    """Without می, plural and possessive endings; an ending written solid goes only if that leaves a known word."""
    word: str = surface.translate(_LETTERS).replace("می ", "می\u200c").replace(" ها", "\u200cها")
    verb = _PERSIAN_VERB.match(word)
    if verb and word not in _PERSIAN_NO_VERB and ("\u200c" in word or len(word) > 4):
        return str(verb["stem"])
    word = str(_PERSIAN_JOINED.sub("", _PERSIAN_PLURAL.sub("", word)))
    if _is_known(word, "fa"):
        return word
    stems = (word.removesuffix(ending) for ending in _PERSIAN_LOOSE if word.endswith(ending))
    return next((stem for stem in stems if len(stem) >= 3 and _is_known(stem, "fa")), word)


def _arabic(surface: str) -> str:
    """The dictionary's form, else without article and proclitics; a lone و ف ب ل goes only before a known word."""
    found = _dictionary_form(surface, "ar")
    if found != surface:
        return str(_ARABIC_PROCLITIC.sub("", found))
    stem: str = _ARABIC_PROCLITIC.sub("", surface)
    bare = _ARABIC_CONJUNCTION.sub("", surface)
    if stem == surface and bare != surface and not _is_known(surface, "ar") and _is_known(bare, "ar"):
        stem = bare
    return _dictionary_form(stem, "ar") if stem != surface else stem


def _turkish(surface: str) -> str:
    return _dictionary_form(surface.translate(_TURKIC).lower().split("'")[0].split("’")[0], "tr")


def _german(surface: str) -> str:
    """Nouns keep their capital for the dictionary; a shout does not."""
    return _dictionary_form(surface.capitalize() if len(surface) > 1 and surface.isupper() else surface, "de")


def _korean(surface: str) -> str:
    return str(_KOREAN_PARTICLE.sub("", surface))


_RULES: Mapping[str, Callable[[str], str]] = {
    "fa": _persian,
    "ar": _arabic,
    "tr": _turkish,
    "de": _german,
    "ko": _korean,
}
