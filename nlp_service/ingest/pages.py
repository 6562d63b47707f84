"""Which single-byte code page bytes are in: the one in which their letters spell words of one language."""

import re
from collections.abc import Iterable, Mapping, Sequence

_LATIN: Mapping[str, Mapping[str, str]] = {
    "cp1252": {
        "fr": "éèàêçùôâîûëïüœæ", "de": "üäöß", "es": "óíáéñúü", "pt": "ãçáéíóêúõâàô", "it": "èàùòìé", "sv": "äåöé",
        "da": "æøåé", "nl": "ëéïèöü",
    },
    "cp1254": {"tr": "ıişğüçöâîû"},
    "cp1250": {
        "pl": "ąęłóśżćńź", "cs": "íáěýčřžšéůúťďňó", "hu": "áéőöüóűíú", "ro": "ăîâşţ", "hr": "čšžćđ", "sk": "áíčťšýžľúéôňďäó",
    },
}  # fmt: skip
_SCRIPTS: Mapping[str, Mapping[str, str]] = {
    "cp1256": {
        "fa": "ايرنهدوتمبشسکكزخلفگقپعجحيچآطصئضثظژأذغءىؤةیًُِّ", "ar": "اليمنوترهبعدسفقكحةجشصأخىطذثغءزضإظئؤآًٌٍَُِّْ",
        "ur": "اےیيرنہهوکكتسملمبدںگشجٹپچحقعخڈڑزصطضفغظثذئآءؤ",
    },
    "cp1251": {
        "ru": "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфё", "uk": "оанивіетрсклдпумязьбгйчхцжїєюшщфґ",
        "bg": "аоеинтрсвлпдкмзгубчъяцжхйшщюфь",
    },
    "cp1253": {"el": "αοιετνσηρκπμλυςίγόέάδήχθύώφβξζψωϊϋΐΰ"},
    "cp1255": {"he": "יוהלארתבשמנחדעקםפסכטגזןצךףץ"},
}  # fmt: skip
_OF_LANGUAGE = {
    language: page for pages in (_LATIN, _SCRIPTS) for page, languages in pages.items() for language in languages
}
_SIGNS = "‘’‚“”„…–—€•«»°´·§©®™\u00a0\u200c\u200d\u200e\u200f،؛؟ـ¿¡‹›"
_FOUND = re.compile(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*")
_HUMP = re.compile(r"[a-zß-öø-ÿα-ώа-яё][A-ZÀ-ÖØ-ÞΑ-ΫА-ЯЁ]")
"""A capital after a small letter: `geRM`."""
_ASCII = re.compile(rb"[A-Za-z]+")
_HIGH = re.compile(rb"[\x80-\xff]")
_SAMPLE = 1_000_000
_WESTERN = 0.7
"""The share of ASCII letters of a text in which a few odd bytes, as of curled quotation marks, say nothing."""
_MOST_WORDS = 4_000
_LEAST = 0.3
_UNDEFINED = -2.0
_STATED = 0.15
"""What the language that the sender states adds to the likeness of its page."""


def code_page(content: bytes, *, language: str | None = None) -> str | None:
    """The page in which the words beyond ASCII look most like those of one of its languages, None where none fits."""
    words = _FOUND.findall(content)[:_MOST_WORDS]
    likeness = {page: _likeness(words, page, languages.values()) for page, languages in {**_LATIN, **_SCRIPTS}.items()}
    stated = _OF_LANGUAGE.get(language or "")
    if stated is not None and likeness[stated] > 0:
        likeness[stated] += _STATED
    best = max(likeness, key=lambda page: likeness[page])
    if likeness[best] >= _LEAST:
        return best
    n_ascii = sum(len(run) for run in _ASCII.findall(content[:_SAMPLE]))
    n_other = len(_HIGH.findall(content[:_SAMPLE]))
    is_western = n_ascii >= _WESTERN * (n_ascii + n_other)
    return next((page for page in _LATIN if is_western and likeness[page] > _UNDEFINED), None)


def _likeness(words: Sequence[bytes], page: str, alphabets: Iterable[str]) -> float:
    """From -1 to 1, the best of the page's languages; `_UNDEFINED` where the page has no character for a byte."""
    try:
        decoded = [word.decode(page) for word in words]
    except UnicodeDecodeError:
        return _UNDEFINED
    score = _script_score if page in _SCRIPTS else _latin_score
    return max(score(decoded, alphabet) for alphabet in alphabets)


def _script_score(words: Sequence[str], alphabet: str) -> float:
    """Frequent letters count more; Latin letters in a word of the script, and capitals inside it, count against it."""
    weights = {letter: 1 - rank / len(alphabet) for rank, letter in enumerate(alphabet)}
    total, n = 0.0, 0
    for word in words:
        letters = [letter for letter in word if letter not in _SIGNS]
        is_odd = any(letter.isascii() for letter in letters) or _HUMP.search(word) is not None
        n += len(letters)
        total += sum(-1.0 if is_odd else weights.get(letter.lower(), -1.0) for letter in letters)
    return total / n if n else 0.0


def _latin_score(words: Sequence[str], alphabet: str) -> float:
    """Letters of the alphabet count for it; words almost without ASCII letters, and capitals inside, against it."""
    known = frozenset(alphabet + alphabet.upper() + ("İ" if "ı" in alphabet else ""))
    total, n = 0, 0
    for word in words:
        letters = [letter for letter in word if not letter.isascii() and letter not in _SIGNS]
        is_odd = (len(letters) > 3 and 3 * len(letters) > 2 * len(word)) or _HUMP.search(word) is not None
        n += len(letters)
        total += sum(-1 if is_odd or letter not in known else 1 for letter in letters)
    return total / n if n else 0.0
