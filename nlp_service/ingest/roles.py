"""Who speaks: role words of interviews and chats in en fa tr ar de fr, and roles of the others by elimination."""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from nlp_service.domain import Kind, Role
from nlp_service.ingest.cells import ascii_digits, without_marks

_WORDS: Mapping[Role, str] = {
    "interviewer": "interviewer|moderator|researcher|host|facilitator|int|question|مصاحبه گر|مصاحبه کننده|پژوهشگر|محقق"
    "|سوال|مجری|görüşmeci|araştırmacı|moderatör|mülakatçı|sunucu|soru|المحاور|المحاوره|الباحث|الباحثه|محاور|باحث|السائل"
    "|سؤال|interviewerin|forscher|forscherin|moderatorin|enquêteur|enquêtrice|intervieweur|chercheur|modérateur",
    "participant": "participant|respondent|interviewee|informant|guest|subject|answer|مصاحبه شونده|مشارکت کننده"
    "|شرکت کننده|پاسخگو|پاسخ دهنده|جواب|مهمان|katılımcı|görüşülen|yanıtlayan|cevap|konuk|المشارک|المشارکه|مشارک"
    "|المستجیب|الضیف|befragte|befragter|teilnehmer|teilnehmerin|interviewte|enquêté|enquêtée|participante|répondant|interviewé",
    "customer": "customer|client|user|caller|visitor|buyer|shopper|مشتری|کاربر|خریدار|müşteri|kullanıcı|ziyaretçi"
    "|العمیل|عمیل|الزبون|زبون|العمیله|المستخدم|kunde|kundin|nutzer|cliente|clienta|utilisateur",
    "agent": "agent|support|advisor|operator|representative|rep|support agent|customer service|customer support"
    "|customer care|service|helpdesk|staff|پشتیبان|پشتیبانی|کارشناس|اپراتور|کارشناس پشتیبانی|پشتیبانی مشتریان|temsilci"
    "|müşteri temsilcisi|destek|müşteri hizmetleri|operatör|yetkili|الموظف|موظف|الموظفه|الدعم|خدمه العملاء|الوکیل|وکیل"
    "|ممثل الخدمه|mitarbeiter|mitarbeiterin|kundenservice|berater|conseiller|conseillère|service client|agente|soporte",
    "bot": "bot|chatbot|assistant|virtual assistant|ربات|ربات پاسخگو|دستیار|asistan|sanal asistan|البوت|بوت|المساعد",
}
_ROLES: Mapping[str, Role] = {word: role for role, words in _WORDS.items() for word in words.split("|")}
_ASKING = frozenset({"i", "q", "س", "s", "م"})
_ANSWERING = frozenset({"r", "p", "a", "b", "k", "c", "ج", "e", "t"})
_NUMBERED = re.compile(r"(?:p|k|r|tn|pt)\s?\d{1,3}")
_LETTERS = str.maketrans(
    {"ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "\u200c": " ", "-": " ", "_": " ", "İ": "i", "I": "ı"}
)


def name_key(name: str) -> str:
    """The name for comparison: letter forms and case folded, brackets, marks and a number at its end left out."""
    folded = without_marks(ascii_digits(name[:120])).translate(_LETTERS).casefold().replace("ı", "i")
    folded = re.sub(r"\([^)]*\)|\[[^\]]*\]|[*~#.\"']", " ", folded)
    return " ".join(re.sub(r"\s*\d{1,3}\s*$", "", folded).split())


_BY_KEY: Mapping[str, Role] = {name_key(word): role for word, role in _ROLES.items()}


def role_word(name: str) -> Role | None:
    """The role that a speaker's name states in a word or phrase, None for a person's name or an initial."""
    key = name_key(name)
    if key in _BY_KEY:
        return _BY_KEY[key]
    words = key.split()
    found = {_BY_KEY[word] for word in (words[:1] + words[-1:]) if word in _BY_KEY} if 1 < len(words) <= 4 else set()
    if len(found) == 1:
        return found.pop()
    return "participant" if _NUMBERED.fullmatch(ascii_digits(name).strip().casefold()) else None


def roles_of(names: Sequence[str], *, kind: Kind, known: Mapping[str, Role] = MappingProxyType({})) -> dict[str, Role]:
    """The role of each speaker of one conversation: `known`, by words, by a pair of initials, then by who is left.

    Beside an interviewer the others are participants; in a chat the one other beside an agent is the customer.
    """
    roles: dict[str, Role] = {name: known.get(name) or role_word(name) or "unknown" for name in dict.fromkeys(names)}
    keys = {name: name_key(name) for name in roles}
    left = [name for name in roles if roles[name] == "unknown"]
    if {keys[name] for name in left} == {"a", "c"} and kind == "chats":
        return {**roles, **{name: "agent" if keys[name] == "a" else "customer" for name in left}}
    asking = [name for name in left if keys[name] in _ASKING]
    answering = [name for name in left if keys[name] in _ANSWERING]
    if (asking and answering) or (asking and "participant" in roles.values()):
        roles.update({**dict.fromkeys(asking, "interviewer"), **dict.fromkeys(answering, "participant")})
    elif answering and "interviewer" in roles.values():
        roles.update(dict.fromkeys(answering, "participant"))
    return _by_elimination(roles, kind=kind)


def _by_elimination(roles: dict[str, Role], *, kind: Kind) -> dict[str, Role]:
    left = [name for name, role in roles.items() if role == "unknown" and name]
    known = set(roles.values())
    if "interviewer" in known and "agent" not in known:
        roles.update(dict.fromkeys(left, "participant"))
    elif kind == "chats" and len(left) == 1 and known & {"agent", "bot"} and "customer" not in known:
        roles[left[0]] = "customer"
    elif kind == "chats" and len(left) == 1 and "customer" in known and "agent" not in known:
        roles[left[0]] = "agent"
    return roles


def stated_roles(heading: str, names: Sequence[str]) -> dict[str, Role]:
    """Roles that a text before a conversation states: `Interviewer is Dana Ray`, `Participant: Ann`."""
    said = re.findall(r"([^\W\d_][\w\u200c-]{2,20})\s?(?:\bis\b|:|=)\s*([^\n.,;]{2,60})", heading[:2_000])
    stated: dict[str, Role] = {}
    for word, rest in said:
        role = role_word(word)
        for name in names if role is not None else ():
            if role is not None and rest.startswith(name):
                stated.setdefault(name, role)
    return stated
