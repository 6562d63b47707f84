"""What columns are called: a role → the headers that mean it, the surest first, in en fa tr ar de fr es pt."""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "reply": (
        "developer reply text", "developer response", "developer reply", "reply text", "company reply",
        "owner response", "business response", "response from owner", "owner reply", "review reply comment",
        "reply content", "reply", "agent reply", "agent response", "support reply", "support response",
        "پاسخ پشتیبان", "پاسخ توسعه دهنده", "geliştirici yanıtı", "firma yanıtı", "işletme yanıtı", "رد المطور",
        "رد الشركة", "antwort des entwicklers", "antwort des inhabers", "réponse du développeur",
        "réponse du propriétaire", "respuesta del desarrollador", "respuesta del propietario",
        "resposta do desenvolvedor", "resposta do proprietário",
    ),
    "text": (
        "review text", "review text published", "review body", "review content", "review comment", "reviewtext",
        "text", "full text", "body", "review", "comment", "comments", "feedback", "content", "message", "answer",
        "freetext", "free text", "verbatim", "open ended response", "response", "opinion", "description", "notes",
        "note", "transcript", "متن نظر", "متن", "نظر", "نظرات", "دیدگاه", "بازخورد", "پیام", "پاسخ", "توضیحات", "شرح",
        "yorum metni", "yorum", "yorumlar", "metin", "görüş", "geri bildirim", "mesaj", "cevap", "yanıt", "açıklama",
        "değerlendirme", "نص المراجعة", "نص التعليق", "النص", "نص", "التعليق", "تعليق", "التعليقات", "المراجعة",
        "مراجعة", "الرأي", "رأي", "الملاحظات", "ملاحظات", "الرسالة", "الإجابة", "الوصف", "bewertungstext", "kommentar",
        "kommentare", "rezension", "nachricht", "antwort", "inhalt", "beschreibung", "freitext", "bewertung", "texte",
        "texte de l avis", "commentaire", "commentaires", "avis", "contenu", "réponse", "texto", "texto de la reseña",
        "comentario", "comentarios", "reseña", "opinión", "mensaje", "respuesta", "contenido", "descripción",
        "comentário", "comentários", "resenha", "opinião", "mensagem", "resposta", "conteúdo", "descrição", "avaliação",
    ),
    "title": (
        "review title", "title", "subject", "headline", "summary", "heading", "عنوان", "عنوان نظر", "موضوع", "başlık",
        "yorum başlığı", "konu", "العنوان", "عنوان المراجعة", "الموضوع", "titel", "betreff", "überschrift", "titre",
        "objet", "sujet", "título", "titulo", "asunto", "assunto",
    ),
    "rating": (
        "star rating", "five star rating published", "review rating", "im rating", "rating", "ratings", "stars", "star",
        "score", "overall", "overall rating", "note sur 5", "nps", "nps score", "csat", "grade", "امتیاز", "ستاره",
        "نمره", "رتبه", "puan", "yıldız", "derecelendirme", "değerlendirme puanı", "التقييم", "تقييم", "الدرجة",
        "النجوم", "نجوم", "sterne", "sternebewertung", "punkte", "bewertung", "note", "étoiles", "évaluation",
        "calificación", "puntuación", "valoración", "estrellas", "nota", "estrelas", "classificação", "avaliação",
        "pontuação",
    ),
    "date": (
        "review submit millis since epoch", "review submit date and time", "review time", "review date",
        "submit date utc", "submit date", "submitdate", "submitted at", "created at", "occurred at", "create time",
        "created date", "createdate", "created", "published", "published at", "answered at", "timestamp", "date",
        "datetime", "time", "unixreviewtime", "updated", "updated at", "recorded date", "end date", "enddate",
        "date modified", "date created", "start date utc", "start date",
        "تاریخ", "زمان", "تاریخ ثبت", "تاریخ نظر", "tarih", "yorum tarihi", "zaman",
        "zaman damgası", "التاريخ", "تاريخ", "الوقت", "datum", "zeitstempel", "zeit", "erstellt am", "horodateur",
        "date de publication", "date de création", "fecha", "marca temporal", "fecha de creación", "data",
        "carimbo de data hora", "data de criação",
    ),
    "updated": ("review last update millis since epoch", "review last update date and time", "update time"),
    "author": (
        "author", "author name", "user name", "username", "consumer name", "reviewer", "reviewer name",
        "reviewer display name", "reviewer nickname", "nickname", "customer name", "customer", "user", "full name",
        "name", "respondent", "respondent name", "case", "نویسنده", "نام", "کاربر", "نام کاربر", "نام کاربری", "مشتری",
        "yazar", "kullanıcı", "kullanıcı adı", "ad", "ad soyad", "isim", "müşteri", "الكاتب", "المؤلف", "الاسم",
        "المستخدم", "اسم المستخدم", "العميل", "autor", "autorin", "verfasser", "benutzer", "benutzername", "kunde",
        "auteur", "nom", "utilisateur", "client", "usuario", "nombre", "cliente", "autora", "usuário", "nome",
    ),
    "id": (
        "review id", "reviewid", "external id", "response id", "responseid", "respondent id", "id", "uuid", "#",
        "record id", "comment id", "ticket id", "review link", "شناسه", "شناسه نظر", "yorum no", "kimlik", "المعرف",
        "معرف", "kennung", "identifiant", "identificador",
    ),
    "language": (
        "reviewer language", "review language", "language", "lang", "language code", "user language", "userlanguage",
        "startlanguage", "locale", "زبان", "dil", "اللغة", "لغة", "sprache", "langue", "idioma", "língua",
    ),
    "channel": ("channel", "source", "platform", "store", "کانال", "منبع", "kanal", "kaynak", "platform adı", "القناة",
                "المصدر", "quelle", "plattform", "canal", "plateforme", "fuente", "plataforma", "fonte"),
    "version": ("app version name", "app version", "version", "im version", "review created version", "نسخه", "sürüm",
                "uygulama sürümü", "الإصدار", "الاصدار", "versión", "versão", "app versionsname"),
}  # fmt: skip
NESTED_ROLES = frozenset({"text", "title", "rating", "date"})
"""Roles that the last part of a nested JSON name can tell; `author.id` is no id of the record."""

_LETTERS = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "أ": "ا", "إ": "ا", "آ": "ا", "ة": "ه", "\u200c": " "})
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


@lru_cache(maxsize=4_096)
def header_key(header: str) -> str:
    """The header for comparison: letters folded, camel case and punctuation as single spaces, marks gone."""
    if header.strip() == "#":
        return "#"
    spaced = _CAMEL.sub(" ", header[:300]).replace("İ", "i").translate(_LETTERS)
    folded = unicodedata.normalize("NFKC", spaced).casefold()
    letters = "".join(
        character if character.isalnum() or unicodedata.category(character) == "Mn" else " " for character in folded
    )
    return " ".join(letters.split())


def _ranks() -> Mapping[str, Mapping[str, int]]:
    return {
        role: {header_key(name): rank for rank, name in reversed(list(enumerate(names)))}
        for role, names in SYNONYMS.items()
    }


_RANKS = _ranks()


def rank_of(role: str, header: str) -> int | None:
    """How surely a header means a role: 0 is surest, None where it is no name for it."""
    ranks = _RANKS[role]
    key = header_key(header)
    if key in ranks:
        return ranks[key]
    squeezed = ranks.get(key.replace(" ", ""))
    if squeezed is not None:
        return squeezed
    last = header_key(header.rsplit(".", 1)[-1])
    if "." in header and role in NESTED_ROLES and last in ranks:
        return len(ranks) + ranks[last]
    return None


def is_known(header: str) -> bool:
    """Whether the header is a name for any role."""
    return any(rank_of(role, header) is not None for role in SYNONYMS)
