"""Who speaks: role words of interviews and chats in two dozen languages, and roles of the others by elimination."""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from nlp_service.domain import Kind, Role
from nlp_service.ingest.cells import ascii_digits, without_marks

_WORDS: Mapping[Role, str] = {
    "interviewer": "interviewer|moderator|researcher|host|facilitator|int|question|مصاحبه گر|مصاحبه کننده|پژوهشگر|محقق"
    "|سوال|مجری|görüşmeci|araştırmacı|moderatör|mülakatçı|sunucu|soru|المحاور|المحاوره|الباحث|الباحثه|محاور|باحث|السائل"
    "|سؤال|interviewerin|forscher|forscherin|moderatorin|enquêteur|enquêtrice|intervieweur|intervieweuse|chercheur|chercheuse|modérateur|entrevistador|entrevistadora"
    "|moderador|moderadora|investigador|investigadora|pregunta|pesquisador|pesquisadora|pergunta|intervistatore"
    "|intervistatrice|ricercatore|ricercatrice|moderatore|domanda|onderzoeker|vraag|ankieter|ankieterka|badacz|badaczka"
    "|prowadzący|moderatorka|pytanie|интервьюер|модератор|исследователь|ведущий|ведущая|вопрос|інтервʼюер|дослідник"
    "|дослідниця|запитання|müsahibəçi|tədqiqatçı|sual|साक्षात्कारकर्ता|शोधकर्ता|प्रश्न|انٹرویو لینے والا|انٹرویو لینے والی"
    "|انٹرویو کنندہ|pewawancara|peneliti|người phỏng vấn|phỏng vấn viên|采访者|采訪者|採訪者|访谈者|訪談者|访谈员|主持人"
    "|研究者|研究员|问|問|インタビュアー|聞き手|司会|司会者|質問者|調査者|면접자|인터뷰어|진행자|연구자|질문자|מראיין|מראיינת|חוקר|חוקרת"
    "|συνεντευκτής|ερευνητής|ερευνήτρια|ερώτηση|ผู้สัมภาษณ์|ผู้วิจัย|intervjuare|forskare|intervievator|cercetător",
    "participant": "participant|respondent|interviewee|informant|guest|subject|answer|مصاحبه شونده|مشارکت کننده"
    "|شرکت کننده|پاسخگو|پاسخ دهنده|جواب|مهمان|katılımcı|görüşülen|yanıtlayan|cevap|konuk|المشارک|المشارکه|مشارک"
    "|المستجیب|الضیف|befragte|befragter|teilnehmer|teilnehmerin|interviewte|enquêté|enquêtée|participante|répondant|répondante|interviewé|interviewée|entrevistado|entrevistada|respuesta"
    "|informante|resposta|respondente|intervistato|intervistata|partecipante|rispondente|risposta|deelnemer|geïnterviewde"
    "|antwoord|respondentka|uczestnik|uczestniczka|badany|badana|rozmówca|odpowiedź|респондент|респондентка|участник"
    "|участница|информант|ответ|учасник|учасниця|відповідь|iştirakçı|müsahib|cavab|प्रतिभागी|उत्तरदाता|उत्तर|شرکاء|جواب دہندہ"
    "|narasumber|informan|responden|partisipan|peserta|người tham gia|người trả lời|受访者|受訪者|被访者|被訪者|受访人"
    "|参与者|參與者|嘉宾|答|回答者|話し手|参加者|インタビュイー|調査協力者|참여자|참가자|응답자|피면접자|인터뷰이|מרואיין|מרואיינת|משתתף|משתתפת"
    "|συμμετέχων|συμμετέχουσα|ερωτώμενος|απάντηση|ผู้ให้สัมภาษณ์|ผู้ให้ข้อมูล|deltagare|respondent|participanta",
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
_ASKS_OF_TWO: Mapping[frozenset[str], str] = {
    frozenset({"p", "r"}): "p", frozenset({"e", "p"}): "e", frozenset({"e", "r"}): "e", frozenset({"в", "о"}): "в",
    frozenset({"d", "r"}): "d", frozenset({"문", "답"}): "문",
}  # fmt: skip
"""Who asks where two initials mean a question and an answer, or who interviews: pregunta, entrevistador, вопрос, domanda."""
_NUMBERED = re.compile(r"(?:p|k|r|tn|pt)\s?\d{1,3}")
_LETTERS = str.maketrans(
    {"ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "\u200c": " ", "-": " ", "_": " ", "İ": "i", "I": "ı"}
)


def name_key(name: str) -> str:
    """The name for comparison: letter forms and case folded, brackets, marks and a number at its end left out."""
    folded = without_marks(ascii_digits(name[:120])).translate(_LETTERS).casefold().replace("ı", "i")
    folded = re.sub(r"\([^)]*\)|\[[^\]]*\]|[*~#.\"']", " ", folded)
    return " ".join(re.sub(r"\s*\d{1,3}\s*$", "", folded).split())


_SPACED: Mapping[str, Role] = {name_key(word): role for word, role in _ROLES.items()}
_BY_KEY = {key.replace(" ", ""): role for key, role in _SPACED.items() if key >= "\u0600"} | dict(_SPACED)
"""Role words, and those of Persian and Arabic written together too, since a PDF loses the joiner in them."""


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
    asker = (
        _ASKS_OF_TWO.get(frozenset(keys[name] for name in left)) if len(left) == 2 and kind == "interviews" else None
    )
    if asker is not None and len(roles) == 2:
        return {name: "interviewer" if keys[name] == asker else "participant" for name in roles}
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
