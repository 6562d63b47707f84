"""`Name: text` prefixes: which of them are speakers and which are speech such as “Note: …”."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import pairwise

from nlp_service.ingest.roles import name_key, role_word

LONGEST_NAME = 60
_PREFIX = re.compile(
    r"[\s\u200e\u200f\u202a-\u202e\u2066-\u2069>•–—-]{0,6}(?P<bold>\*\*|__)?(?P<name>[^\W\d_][^:：\n*]{0,59}?)\s?[:：]"
    r"(?(bold)(?:\*\*|__)|(?!//|\d\d))[^\S\n]*(?P<text>.*)",
    re.DOTALL,
)
_SPEECH = frozenset(
    {
        "note", "notes", "nb", "ps", "p s", "warning", "caution", "example", "examples", "tip", "tips", "hint",
        "update", "edit", "pros", "cons", "summary", "conclusion", "todo", "re", "fwd", "subject", "from", "to", "date",
        "time", "title", "source", "url", "link", "http", "https", "www", "email", "e mail", "phone", "tel", "fax",
        "address", "reviewer", "review", "author", "name", "comment", "text", "published",
        "posted", "order", "price", "problem", "problems", "solution", "issue", "result", "results",
        "version", "device", "rating", "stars", "advantages", "disadvantages", "important", "attention", "remember",
        "first", "second", "third", "reason", "goal", "warnung", "hinweis", "achtung", "beispiel", "fazit", "vorteile",
        "nachteile", "remarque", "exemple", "nota", "ejemplo", "ventajas", "not", "örnek", "uyari", "sonuç", "tarih",
        "konu", "kaynak", "yayinlanan", "artilar", "eksiler", "نکته", "توجه", "مثال", "مثلا", "هشدار", "منبع", "تاریخ",
        "موضوع", "عنوان", "لینک", "مزایا", "معایب", "ملاحظه", "تنبیه", "المصدر", "التاریخ", "نشرت", "الموضوع",
    }
)  # fmt: skip
"""Words before a colon that are speech or headings, in the form of `name_key`."""
_ENDS_SPEECH = re.compile(r"[?!؟؛;،,]|\.\s")
_MOST_WORDS = 5


def split_prefix(text: str) -> tuple[str, str] | None:
    """The name before a colon and the text after it, or None where the text does not begin like that."""
    match = _PREFIX.match(text[:400])
    if match is None:
        return None
    name = match["name"].strip()
    if name_key(name) in _SPEECH or len(name.split()) > _MOST_WORDS or _ENDS_SPEECH.search(name):
        return None
    return name, text[match.start("text") :]


def speakers_among(texts: Sequence[str]) -> dict[str, int]:
    """Name → how often, of the prefixes that are speakers: they repeat, state a role, or are short and capitalised."""
    found = Counter(split[0] for split in map(split_prefix, texts) if split is not None)
    return {name: n for name, n in found.items() if n > 1 or role_word(name) is not None or _is_capitalised(name)}


def speaker_and_text(text: str, names: Collection[str]) -> tuple[str | None, str]:
    """The speaker of a text and the rest of it; None and the whole text where it begins with none of the names."""
    split = split_prefix(text)
    return split if split is not None and split[0] in names else (None, text)


def same_people(names: Sequence[str]) -> dict[str, str]:
    """Short name → long name, of speakers in their order: `Ann` is `Ann Lee` where no other begins so.

    Two who directly follow each other are two people.
    """
    neighbors = {frozenset(pair) for pair in pairwise(names)}
    distinct = dict.fromkeys(name for name in names if name)
    found: dict[str, str] = {}
    for short in distinct:
        longer = [name for name in distinct if name.startswith(f"{short} ")]
        is_name = role_word(short) is None and len(short) > 1 and not any(map(str.isdecimal, "".join(longer)))
        if len(longer) == 1 and is_name and frozenset((short, longer[0])) not in neighbors:
            found[short] = longer[0]
    return {short: found.get(long, long) for short, long in found.items()}


def _is_capitalised(name: str) -> bool:
    words = re.sub(r"\([^)]*\)", "", name).split()
    return 0 < len(words) <= 3 and all(word[0].isupper() for word in words)
