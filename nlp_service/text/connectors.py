"""Words at which a sentence can be cut, by language: where an opinion turns, and where a sentence carries on."""

from collections.abc import Mapping

import regex

_CONTRAST_WORDS: Mapping[str, tuple[str, ...]] = {
    "en": ("but", "however", "although", "except that", "whereas"),
    "fa": ("اما", "ولی", "ولیکن", "لیکن", "هرچند", "منتها", "منتهی", "درحالیکه", "در حالی که", "در صورتی که"),
    "tr": ("ama", "fakat", "ancak", "lakin", "oysa", "ne var ki", "buna rağmen"),
    "ar": ("لكن", "ولكن", "لكنه", "لكنها", "ولكنه", "ولكنها", "بس", "غير أن", "إلا أن", "الا ان", "مع أن", "رغم أن"),
    "de": ("aber", "jedoch", "allerdings", "obwohl", "nur dass", "dagegen"),
    "fr": ("mais", "cependant", "toutefois", "par contre", "en revanche", "alors que", "bien que"),
    "es": ("pero", "sin embargo", "aunque", "en cambio"),
    "pt": ("mas", "porém", "contudo", "no entanto", "embora"),
    "it": ("ma", "però", "tuttavia", "invece", "anche se"),
    "nl": ("maar", "echter", "alhoewel", "hoewel"),
    "pl": ("ale", "jednak", "natomiast", "chociaż", "lecz"),
    "ru": ("но", "однако", "зато", "хотя", "а вот"),
    "uk": ("але", "проте", "однак", "зате", "хоча"),
    "az": ("amma", "lakin", "ancaq", "fəqət"),
    "ur": ("لیکن", "مگر", "البتہ", "تاہم"),
    "hi": ("लेकिन", "मगर", "परंतु", "परन्तु", "किंतु", "हालांकि"),
    "id": ("tapi", "tetapi", "namun", "sedangkan", "cuma sayang"),
    "vi": ("nhưng", "tuy nhiên", "nhưng mà"),
    "he": ("אבל", "אך", "אולם"),
    "el": ("αλλά", "όμως", "ωστόσο"),
    "sv": ("men", "däremot"),
    "ro": ("dar", "însă", "totuși"),
    "ko": ("하지만", "그런데", "그러나", "근데"),
    "th": ("แต่ว่า", "แต่"),
}
_SPACELESS: Mapping[str, str] = {
    "zh": "(?:但是|不过|可是|然而|只是|(?<!不)但(?!凡|愿))",
    "ja": "(?<=[、。 ])(?:しかし|でも|ただし|ただ|だけど|なのに)",
    "th": "แต่",
}
_TURNING_ENDINGS: Mapping[str, str] = {
    "ja": r"(?:(?:です|ます|でした|ました|ません)(?:が|けど|けれど|けれども)"
    r"|(?<=[いただ])(?:けど|けれど|けれども)|(?<=[いただ])が(?=、))、?",
    "ko": r"(?<=\p{Hangul})(?:지만|는데도)(?!\p{Hangul}),?",
}
"""Endings of a verb that turn an opinion: the cut is behind them."""
_AFTER_VERB = {
    "de": "ist|sind|war|waren|wird|wurde|hat|habe|hatte|haben|kann|geht|kommt|läuft|funktioniert|finde|muss|bin",
    "nl": "is|was|zijn|waren|heeft|heb|kan|werkt|kost|duurt|kreeg",
    "tr": "değil",
}
"""Verbs after which the contrast word is a particle (»das ist aber schade«, "het kost maar drie euro")."""

_STRONG: Mapping[str, tuple[str, ...]] = {
    "en": ("and then", "because", "so that", "also", "then", "since", "when", "so", "if", "which", "and i", "and the"),
    "fa": ("چون", "برای اینکه", "بعدش", "بعد", "وقتی", "اگر", "اگه", "همچنین", "در ضمن", "تازه", "پس", "لطفا"),
    "tr": ("çünkü", "cunku", "sonra", "ayrıca", "hem de", "eğer", "üstelik", "bir de", "hatta", "lütfen"),
    "ar": ("لأن", "لان", "لأنه", "عشان", "علشان", "بعدين", "ثم", "عندما", "لما", "إذا", "اذا", "كما", "كمان", "وبعدين"),
    "de": ("weil", "denn", "dann", "wenn", "außerdem", "deshalb", "sodass", "und dann", "danach"),
    "fr": ("parce que", "car", "puis", "quand", "alors", "ensuite", "donc", "de plus", "depuis que"),
    "es": ("porque", "luego", "cuando", "además", "entonces", "así que", "y luego", "después"),
    "pt": ("porque", "quando", "depois", "além disso", "então", "pois"),
    "it": ("perché", "poi", "quando", "inoltre", "quindi"),
    "nl": ("omdat", "want", "dan", "als", "ook", "daarna", "dus"),
    "pl": ("ponieważ", "bo", "potem", "gdy", "więc", "dodatkowo"),
    "ru": ("потому что", "потом", "когда", "если", "поэтому", "также", "затем"),
    "uk": ("тому що", "бо", "потім", "коли", "якщо", "тому", "також"),
    "az": ("çünki", "sonra", "əgər", "həm də", "ona görə"),
    "ur": ("کیونکہ", "پھر", "جب", "اگر", "اس لیے"),
    "hi": ("क्योंकि", "फिर", "जब", "अगर", "इसलिए"),
    "id": ("karena", "lalu", "ketika", "jika", "kalau", "kemudian"),
    "vi": ("vì", "rồi", "khi", "nếu", "nên"),
    "he": ("כי", "ואז", "כאשר", "אם", "אחרי", "וגם"),
    "el": ("επειδή", "γιατί", "μετά", "όταν", "αν", "επίσης"),
    "sv": ("eftersom", "sedan", "när", "om", "dessutom"),
    "ro": ("pentru că", "apoi", "când", "dacă", "deci"),
}
_WEAK: Mapping[str, tuple[str, ...]] = {
    "en": ("and", "that", "or", "while"),
    "fa": ("و", "که", "تا", "یا"),
    "tr": ("ve", "veya", "ki", "diye"),
    "ar": ("و", "أو", "حتى", "أن", "اللي", "الذي", "التي"),
    "de": ("und", "dass", "oder", "damit"),
    "fr": ("et", "que", "si", "ou", "aussi"),
    "es": ("y", "que", "si", "o"),
    "pt": ("e", "que", "se", "ou"),
    "it": ("e", "che", "se", "o"),
    "nl": ("en", "dat", "of"),
    "pl": ("i", "oraz", "że", "lub"),
    "ru": ("и", "что", "или", "а"),
    "uk": ("і", "та", "що", "або", "а"),
    "az": ("və", "ki", "ya"),
    "ur": ("اور", "کہ", "یا"),
    "hi": ("और", "कि", "या"),
    "id": ("dan", "juga", "yang", "atau"),
    "vi": ("và", "mà", "hoặc"),
    "el": ("και", "ότι", "ή"),
    "sv": ("och", "att", "eller"),
    "ro": ("și", "că", "sau"),
}


def _whole_words(words: tuple[str, ...], *, not_after: str = "") -> "regex.Pattern[str]":
    longest_first = "|".join(sorted(words, key=lambda word: (-len(word), word)))
    guard = rf"(?<!\b(?:{not_after})\s)" if not_after else ""
    return regex.compile(
        rf"(?<![\p{{L}}\p{{M}}\u200C'’-]){guard}(?:{longest_first})(?![\p{{L}}\p{{M}}\u200C'’-])",
        flags=regex.IGNORECASE,
    )


CONTRASTS: Mapping[str, "regex.Pattern[str]"] = {
    **{code: _whole_words(words, not_after=_AFTER_VERB.get(code, "")) for code, words in _CONTRAST_WORDS.items()},
    **{code: regex.compile(words) for code, words in _SPACELESS.items()},
}
"""Words before which an opinion turns."""

TURNINGS: Mapping[str, "regex.Pattern[str]"] = {code: regex.compile(ends) for code, ends in _TURNING_ENDINGS.items()}
"""Endings behind which an opinion turns."""

STRONG: Mapping[str, "regex.Pattern[str]"] = {
    code: _whole_words(words + _CONTRAST_WORDS.get(code, ())) for code, words in _STRONG.items()
}
"""Connectors before which a new clause begins."""

WEAK: Mapping[str, "regex.Pattern[str]"] = {code: _whole_words(words) for code, words in _WEAK.items()}
"""Connectors that may as well join two nouns: a last resort."""
