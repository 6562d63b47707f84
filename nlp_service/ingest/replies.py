"""A message of a mail thread → what its writer said in it: quoted replies, signatures and automatic replies taken out.

All of it goes by lines, with patterns bounded in length, so the time grows with the text and not faster. The phrases are
those that mail programs write, in about twenty languages.
"""

import re
from dataclasses import dataclass

from nlp_service.ingest.cells import ascii_digits, without_marks

_WROTE = re.compile(
    r"\b(?:wrote|writes|schrieb|geschreven|schreef|a écrit|escribió|escribio|escreveu|ha scritto|skrev|kirjoitti"
    r"|napisała?|napisał\(a\)|napsala?|napsal\(a\)|menulis|пишет|написала?|написал\(а\)"
    r"|yazdı|şunları yazdı|şunu yazdı)\b"
    r"|كتبت?\b|تمت كتابة|نوشت|نوشته|写道|寫道|님이 작성|लिखा|<[^<>\s]{1,80}@[^<>\s]{1,80}>\s?:$",
    re.IGNORECASE,
)
_WHEN = re.compile(r"\b\d{4}\b|\b\d{1,2}[:.]\d{2}\b|\d年|@")
_OPENS = re.compile(r"(?:on|am|le|el|em|il|op|den|dne|pada|w dniu)\s|在|于|于|في|در|\d{4}年|<?\S{1,80}@", re.IGNORECASE)
_SEPARATOR = re.compile(
    r"-{2,30}\s?(?:original message|forwarded message|original appointment|ursprüngliche nachricht"
    r"|weitergeleitete nachricht|message d['’]origine|message original|message transféré|mensaje original"
    r"|mensaje reenviado|mensagem original|mensagem encaminhada|messaggio originale|messaggio inoltrato"
    r"|oorspronkelijk bericht|doorgestuurd bericht|исходное сообщение|пересылаемое сообщение|orijinal mesaj"
    r"|özgün ileti|iletilen mesaj|yönlendirilmiş mesaj|الرسالة الأصلية|رسالة معاد توجيهها|الرسالة المعاد توجيهها"
    r"|پیام اصلی|پیام فوروارد شده|پیام بازارسال‌شده|originalmeddelande|oprindelig meddelelse|wiadomość oryginalna"
    r"|původní zpráva|原始邮件|原始郵件|元のメッセージ|원본 메시지)\s?-{2,30}"
    r"|##-\s.{5,150}\s-##|(?:begin forwarded message|anfang der weitergeleiteten nachricht|début du message réexpédié"
    r"|inicio del mensaje reenviado|inizio messaggio inoltrato|iletilen mesajın başlangıcı|بداية الرسالة المحولة)\s?:",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"(?:from|von|de|da|van|от|kimden|gönderen|من|از|فرستنده|المرسل|fra|från|lähettäjä|od|dari|发件人|寄件者|差出人"
    r"|보낸 사람)\s?[:：]\s?\S",
    re.IGNORECASE,
)
_OTHER_HEADER = re.compile(
    r"(?:sent|date|to|cc|subject|reply-to|gesendet|datum|an|betreff|envoyé|à|objet|enviado(?: el)?|enviada(?: em)?|fecha"
    r"|para|asunto|assunto|data|inviato|a|oggetto|verzonden|aan|onderwerp|отправлено|дата|кому|тема|gönderme tarihi"
    r"|gönderildi|gönderilme|tarih|kime|bilgi|konu|تاريخ الإرسال|أرسلت|تم الإرسال|التاريخ|إلى|الموضوع|تاریخ|ارسال شده"
    r"|زمان|به|گیرنده|موضوع|skickat|till|ämne|sendt|til|emne|lähetetty|vastaanottaja|aihe|wysłano|do|temat|odesláno"
    r"|komu|předmět|dikirim|kepada|perihal"
    r"|发送时间|收件人|主题|日期|傳送時間|主旨|送信日時|宛先|件名|날짜|받는 사람|제목)\s?[:：]",
    re.IGNORECASE,
)
_SENT_FROM = re.compile(
    r"(?:sent (?:from|via|with)|get outlook for|von mein\w{0,3}\s.{1,30}gesendet|gesendet (?:von|mit)"
    r"|diese nachricht wurde von|envoyé (?:de|depuis|à partir)|télécharger outlook"
    r"|enviado (?:desde|do|de|a partir|via)|obtener outlook|inviato d|verzonden v|verstuurd v|отправлено (?:с|из)"
    r"|skickat från|sendt fra|lähetetty|wysłan[eo] z|odesláno z|dikirim dari"
    r"|أرسلت من|أُرسلت من|مرسل من|تم الإرسال من|ارسال شده از|ارسال‌شده از|فرستاده شده از|فرستاده‌شده از|发自|發自|從我的|나의)",
    re.IGNORECASE,
)
_SENT_FROM_ENDS = re.compile(
    r"(?:['’]?(?:ı|i|u|ü)?m?d[ae]n gönderil(?:di|miştir)|から送信|에서 보냄|से भेजा गया)\.?$", re.IGNORECASE
)
_DEVICE = re.compile(
    r"iphone|ipad|ipod|samsung|galaxy|android|huawei|xiaomi|redmi|oppo|pixel|blackberry|windows|nokia|outlook|yahoo|gmail"
    r"|proton|\baol\b|\bmail\b|mobil|phone|handy|tablet|telefon|téléphone|teléfono|móvil|celular|cihaz|telefoon"
    r"|هاتف|جوال|آيفون|ايفون|آیفون|گوشی|موبایل|جهاز|دستگاه|айфон|手机|手機",
    re.IGNORECASE,
)
_AUTO_SUBJECT = re.compile(
    r"(?:automatic reply|auto(?:matic)?[ -]?(?:reply|response|replied)|automatische antwort|abwesenheitsnotiz"
    r"|réponse automatique|respuesta automática|resposta automática|risposta automatica|automatisch antwoord"
    r"|automatiskt svar|automatisk svar|автоматический ответ|automatyczna odpowiedź|otomatik (?:yanıt|cevap)|رد تلقائي"
    r"|الرد التلقائي|پاسخ خودکار|自动回复|自動回覆|自動応答|자동 회신|undeliverable|undelivered mail|mail delivery"
    r"|delivery status notification|unzustellbar|non remis|returned mail)\s?(?:[:：]|failed|\(failure|returned|$)"
    r"|(?:out of (?:the )?office|ofis dışında|abwesend|خارج المكتب|خارج از دفتر)\s?(?:[:：]|$)",
    re.IGNORECASE,
)
_AUTO_TEXT = re.compile(
    r"this is an? (?:automated|automatic|auto-generated|automatically generated) (?:reply|response|message|e-?mail)"
    r"|i(?: am|['’]m)(?: currently)? (?:out of (?:the )?office|on (?:annual |parental )?leave|away from my desk)"
    r"|ich bin (?:derzeit|zurzeit|zur zeit|momentan|vom|bis)[^.\n]{0,60}(?:nicht (?:im büro|erreichbar)|abwesend)"
    r"|dies ist eine automatisch|ceci est (?:un message|une réponse) automatique|je suis (?:actuellement )?absente?"
    r"|este es un (?:mensaje|correo) automático|esta es una respuesta automática|esta é uma (?:mensagem|resposta) automática"
    r"|questo è un messaggio automatico|bu (?:otomatik|bir otomatik)|şu (?:an|anda) ofis dışında"
    r"|هذه? (?:رسالة|رد) (?:تلقائية|آلية|تلقائي|آلي)|أنا (?:حاليًا |حاليا )?خارج المكتب"
    r"|این (?:یک )?(?:پیام|پاسخ)(?: به صورت)? خودکار|(?:من )?(?:در حال حاضر )?در مرخصی هستم|это автоматическ",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"(?:thank you for|thanks for|vielen dank für|danke für|merci (?:de|pour)|gracias por|obrigad[oa] p|grazie per"
    r"|mesajınız için teşekkür|شكر[اًا]{1,2} ل|با تشکر از|ممنون از|متشکریم از)[^.!\n]{0,120}[.!]\s{1,3}",
    re.IGNORECASE,
)
_LONGEST_AUTO = 2_000
_LONGEST_SIGNATURE = 1_000
_MOST_SIGNATURE_LINES = 15
_LONGEST_ATTRIBUTION = 300
_LONGEST_LINE = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWords:
    """What the writer said, and a reason for each passage that was taken out."""

    text: str
    removed: tuple[str, ...] = ()


def own_words(text: str, *, subject: str = "") -> OwnWords:
    """The text without `quoted_reply`, `signature` and `auto_reply` passages; an automatic reply leaves nothing."""
    if is_auto_reply(text, subject=subject):
        return OwnWords(text="", removed=("auto_reply",))
    lines, n_quotes = _unquoted(text.split("\n"))
    lines, n_signatures = _unsigned(lines)
    removed = ("quoted_reply",) * n_quotes + ("signature",) * n_signatures
    return OwnWords(text="\n".join(lines).strip() if removed else text, removed=removed)


def is_auto_reply(text: str, *, subject: str = "") -> bool:
    """Whether a mail program wrote the message: its subject or, after a greeting, its first sentence says so."""
    if _AUTO_SUBJECT.match(without_marks(subject[:200]).strip()):
        return True
    if len(text) > _LONGEST_AUTO:
        return False
    first, _, rest = without_marks(text[:600]).strip().partition("\n")
    starts = [first, rest.strip()] if len(first) <= 60 and first.rstrip().endswith((",", "،", "!", ":")) else [first]
    return any(
        _AUTO_TEXT.match(start[len(thanks.group()) if (thanks := _THANKS.match(start)) else 0 :]) for start in starts
    )


def _unquoted(lines: list[str]) -> tuple[list[str], int]:
    """The lines outside quotations, and how many quotations there were."""
    kept: list[str] = []
    n_quotes, place = 0, 0
    is_quote = _quoted_lines(lines)
    while place < len(lines):
        if _cuts_all(lines, place):
            return _trimmed(kept), n_quotes + 1
        after, is_sure = _attribution(lines, place)
        quote = _next_filled(lines, after) if after else place
        if after and (quote < len(lines) and _bare(lines[quote]).startswith(">")):
            place = quote
            is_quote[quote] = True
        elif is_sure:
            return _trimmed(kept), n_quotes + 1
        if not is_quote[place]:
            kept.append(lines[place])
            place += 1
            continue
        n_quotes += 1
        while place < len(lines) and (is_quote[place] or _bare(lines[place]).startswith(">")):
            place += 1
    return (_trimmed(kept) if n_quotes else kept), n_quotes


def _quoted_lines(lines: list[str]) -> list[bool]:
    """Which lines are quoted with `>`: two or more together, or one before a letter; `>:(` and `> 50` are words."""
    marked = [_bare(line).startswith(">") for line in lines]
    return [
        is_marked
        and (
            re.match(r"(?:>\s?)+[^\W\d_]", _bare(lines[place])) is not None
            or any(marked[max(0, place - 1) : place])
            or any(marked[place + 1 : place + 2])
        )
        for place, is_marked in enumerate(marked)
    ]


def _cuts_all(lines: list[str], place: int) -> bool:
    """Whether all from here on is an older message: a separator, or a block of mail headers."""
    line = _bare(lines[place])
    if _SEPARATOR.fullmatch(line):
        return True
    if not _FROM.match(line):
        return False
    others = sum(_OTHER_HEADER.match(_bare(other)) is not None for other in lines[place + 1 : place + 7])
    return others >= 2


def _attribution(lines: list[str], place: int) -> tuple[int, bool]:
    """The line after `On … wrote:`, 0 where there is none, and whether it is one even without `>` in what follows.

    Mail programs break it into three lines at most.
    """
    joined = ""
    for after in range(place, min(place + 3, len(lines))):
        line = _bare(lines[after])
        joined = f"{joined} {line}".strip()
        is_dated = _WHEN.search(ascii_digits(joined)) is not None
        if not line or len(joined) > _LONGEST_ATTRIBUTION or not (is_dated or _OPENS.match(joined)):
            return 0, False
        if joined.endswith((":", "：")):
            is_one = is_dated and _WROTE.search(joined) is not None
            return (after + 1, "@" in joined or bool(_OPENS.match(joined))) if is_one else (0, False)
    return 0, False


def _unsigned(lines: list[str]) -> tuple[list[str], int]:
    """The lines before a `-- ` signature and without `Sent from my …` at the end, and how many of them there were."""
    n_signatures = 0
    for place in range(len(lines) - 1, max(-1, len(lines) - 2 - _MOST_SIGNATURE_LINES), -1):
        if _bare(lines[place]) in ("--", "—-") and sum(map(len, lines[place:])) <= _LONGEST_SIGNATURE:
            lines, n_signatures = lines[:place], n_signatures + 1
            break
    end = len(lines)
    while end and (not lines[end - 1].strip() or _is_sent_from(lines[end - 1])):
        n_signatures += bool(lines[end - 1].strip())
        end -= 1
    return lines[:end], n_signatures


def _is_sent_from(line: str) -> bool:
    line = _bare(line)
    if len(line) > 80 or not _DEVICE.search(line):
        return False
    return bool(_SENT_FROM.match(line) or _SENT_FROM_ENDS.search(line))


def _bare(line: str) -> str:
    return without_marks(line[:_LONGEST_LINE]).strip(" \t*_")


def _next_filled(lines: list[str], place: int) -> int:
    while place < len(lines) and not lines[place].strip():
        place += 1
    return place


def _trimmed(lines: list[str]) -> list[str]:
    """The lines without empty ones and rules at their end."""
    end = len(lines)
    while end and not lines[end - 1].strip(" _-=*\t"):
        end -= 1
    return lines[:end]
