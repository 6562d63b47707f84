"""Words at which a sentence can be cut, by language: contrasts that turn an opinion, connectors that carry on."""

from collections.abc import Mapping

import regex

_CONTRAST_WORDS: Mapping[str, tuple[str, ...]] = {
    "en": ("but", "however", "although", "though", "yet", "except that", "unfortunately"),
    "fa": ("اما", "ولی", "ولیکن", "لیکن", "هرچند", "البته", "متاسفانه", "متأسفانه"),
    "tr": ("ama", "fakat", "ancak", "lakin", "yalnız", "maalesef", "ne yazık ki"),
    "ar": ("لكن", "ولكن", "لكنه", "لكنها", "ولكنه", "بس", "غير أن", "إلا أن", "للأسف"),
    "de": ("aber", "jedoch", "allerdings", "leider", "obwohl"),
    "fr": ("mais", "cependant", "toutefois", "par contre", "malheureusement"),
    "es": ("pero", "sin embargo", "aunque", "lamentablemente"),
    "pt": ("mas", "porém", "contudo", "infelizmente"),
    "it": ("ma", "però", "tuttavia", "purtroppo"),
    "nl": ("maar", "echter", "helaas"),
    "pl": ("ale", "jednak", "niestety"),
    "ru": ("но", "однако", "к сожалению", "зато"),
    "uk": ("але", "проте", "однак", "на жаль"),
    "az": ("amma", "lakin", "ancaq", "təəssüf"),
    "ur": ("لیکن", "مگر", "البتہ"),
    "hi": ("लेकिन", "मगर", "परंतु", "पर"),
    "id": ("tapi", "tetapi", "namun", "sayangnya"),
    "vi": ("nhưng", "tuy nhiên"),
    "he": ("אבל", "אך", "למרות"),
    "ko": ("하지만", "그런데", "그러나"),
}
_CARRY_ON: Mapping[str, tuple[str, ...]] = {
    "en": ("and then", "because", "so that", "and", "which", "when", "also", "then", "so", "if"),
    "fa": ("چون", "برای اینکه", "بعد", "وقتی", "که", "و", "تا", "اگر", "همچنین"),
    "tr": ("çünkü", "sonra", "ve", "ayrıca", "hem de", "eğer", "üstelik"),
    "ar": ("لأن", "عشان", "بعدين", "ثم", "حتى", "عندما", "لما", "وقد", "وأن", "إذا", "كما"),
    "de": ("weil", "und", "dann", "wenn", "dass", "außerdem"),
    "fr": ("parce que", "et", "puis", "quand", "que", "si", "aussi"),
    "es": ("porque", "y", "luego", "cuando", "que", "si", "además"),
    "pt": ("porque", "e", "quando", "depois", "que", "se"),
    "it": ("perché", "e", "poi", "quando", "che", "se"),
    "nl": ("omdat", "en", "dan", "als", "ook"),
    "pl": ("ponieważ", "bo", "i", "oraz", "potem", "gdy", "że"),
    "ru": ("потому что", "и", "потом", "когда", "что", "если"),
    "uk": ("тому що", "і", "та", "потім", "коли", "що", "якщо"),
    "az": ("çünki", "və", "sonra", "əgər"),
    "ur": ("کیونکہ", "اور", "پھر", "جب", "کہ", "اگر"),
    "hi": ("क्योंकि", "और", "फिर", "जब", "कि", "अगर"),
    "id": ("karena", "dan", "lalu", "ketika", "jika", "juga"),
    "vi": ("vì", "và", "rồi", "khi", "nếu"),
    "he": ("כי", "ואז", "כאשר", "אם", "וגם"),
}
_SPACELESS_WORDS: Mapping[str, tuple[str, ...]] = {
    "zh": ("但是", "不过", "可是", "然而", "但"),
    "ja": ("しかし", "でも", "ですが", "けれど"),
}


def _whole_words(words: tuple[str, ...]) -> "regex.Pattern[str]":
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return regex.compile(
        rf"(?<![\p{{L}}\p{{M}}])(?:{'|'.join(longest_first)})(?![\p{{L}}\p{{M}}])", flags=regex.IGNORECASE
    )


CONTRASTS: Mapping[str, "regex.Pattern[str]"] = {
    **{language: _whole_words(words) for language, words in _CONTRAST_WORDS.items()},
    **{language: regex.compile("|".join(words)) for language, words in _SPACELESS_WORDS.items()},
}
"""Where an opinion turns."""

CONNECTORS: Mapping[str, "regex.Pattern[str]"] = {
    language: _whole_words(words + _CONTRAST_WORDS.get(language, ())) for language, words in _CARRY_ON.items()
}
"""Where a sentence that runs on may be cut."""
