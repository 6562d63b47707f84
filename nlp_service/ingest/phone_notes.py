"""What a phone writes into an exported chat itself: encryption notices, deleted messages, media that were left out."""

import re

from nlp_service.ingest.cells import without_marks

_NOTICE = re.compile(
    r"end-to-end encrypt|uçtan uca|ende-zu-ende|bout en bout|extremo a extremo|ponta a ponta|سرتاسر"
    r"|تمامًا بين الطرفين|تام بين",
    re.IGNORECASE,
)
_SYSTEM = frozenset({"system", "sistem", "système", "sistema", "النظام", "سیستم"})
_ANNOUNCED = re.compile('["“”«»„]')
_DELETED = re.compile(
    r"(?:this message was deleted|you deleted this message|diese nachricht wurde gelöscht|du hast diese nachricht gelöscht"
    r"|ce message a été supprimé|vous avez supprimé ce message|se eliminó este mensaje|eliminaste este mensaje"
    r"|mensagem apagada|esta mensagem foi apagada|você apagou esta mensagem|apagou esta mensagem"
    r"|questo messaggio è stato eliminato|hai eliminato questo messaggio|dit bericht is verwijderd"
    r"|u hebt dit bericht verwijderd|данное сообщение удалено|вы удалили данное сообщение|bu mesaj silindi"
    r"|bu mesajı sildiniz|تم حذف هذه الرسالة|لقد حذفت هذه الرسالة|حذفت هذه الرسالة|این پیام حذف شد|این پیام پاک شد"
    r"|شما این پیام را (?:حذف|پاک) کردید|यह संदेश मिटाया गया|pesan ini (?:telah )?dihapus"
    r"|このメッセージは削除されました)[.。]?",
    re.IGNORECASE,
)
_OMITTED = (
    r"omitted|ausgelassen|weggelassen|omis|omitid[oa]s?|ocult[oa]s?|omess[oa]|weggelaten|dahil edilmedi|atlandı"
    r"|تم حذف|تم استبعاد|محذوف|حذف شد|پیوست نشده|пропущен[оа]?|省略|省略しました|なし|생략|छोड़ा गया|tidak disertakan"
)
_ATTACHED = (
    r"file attached|datei angehängt|fichier joint|archivo adjunto|arquivo anexado|ficheiro anexado|file allegato"
    r"|bestand bijgevoegd|dosya ekli|dosya eklendi|dosya ekte|ملف مرفق|الملف مرفق|تم إرفاق ملف|فایل پیوست شد|پیوست شد"
    r"|فایل پیوست‌شده|файл добавлен|ファイル添付|添付ファイル|文件附件|附件|파일 첨부됨|फ़ाइल संलग्न"
    r"|file terlampir|plik dołączony"
)
_MEDIA = re.compile(
    rf"<[^<>\n]{{0,40}}(?:{_OMITTED})[^<>\n]{{0,30}}>|<(?:attached|anhang|pièce jointe|adjunto|anexo|allegato|bijlage|ekli"
    rf"|مرفق|پیوست)\s?:[^<>\n]{{1,150}}>|<メディアなし>|[^\n<>]{{0,150}}\s?\((?:{_ATTACHED})\)|null"
    r"|(?:image|video|audio|sticker|gif|document|contact card|video note) omitted",
    re.IGNORECASE,
)
_PHONE_SAYS = re.compile(rf"[^\n]{{0,60}}(?:{_OMITTED})[^\n]{{0,30}}", re.IGNORECASE)
_TAIL = re.compile("\\s?\u200e(?P<note><[^<>\\n]{3,120}>)$")
_EDITED = re.compile(
    r"\s?<[^<>\n]{0,40}(?:edited|bearbeitet|düzenlen|modifié|editó|editado|editada|modificato|bewerkt|изменено|تعديل|ویرایش)"
    r"[^<>\n]{0,30}>$",
    re.IGNORECASE,
)
_LONGEST_NOTICE = 160


def persons_words(raw: str, *, sender: str, is_early: bool) -> tuple[str, list[str]]:
    """The words that a person wrote in a message, and a reason for each thing that the phone wrote into it.

    `is_early` says that the message is among the first, where phones announce encryption in the name of the chat.
    """
    is_notice = is_early and _NOTICE.search(raw[:400])
    if not sender or sender.casefold() in _SYSTEM or _ANNOUNCED.search(sender) or is_notice:
        return "", ["service_message"]
    reasons: list[str] = []
    tail = _TAIL.search(raw[-130:])
    if tail is not None:
        reasons += [] if _EDITED.search(tail["note"]) else ["media"]
        raw = raw[: len(raw) - len(tail.group())]
    raw = raw[: len(raw) - len(edited.group())] if (edited := _EDITED.search(raw[-90:])) else raw
    first, _, rest = raw.partition("\n")
    said_by_phone = first.startswith("\u200e") and len(first) <= _LONGEST_NOTICE
    bare = without_marks(first[: _LONGEST_NOTICE + 40]).strip()
    if _DELETED.fullmatch(bare):
        return "", [*reasons, "deleted"]
    if _MEDIA.fullmatch(bare) or (said_by_phone and _PHONE_SAYS.fullmatch(bare)):
        return rest.strip(" \n\u200e\u200f"), [*reasons, "media"]
    if said_by_phone and not rest:
        return "", [*reasons, "service_message"]
    text = raw.strip(" \n\u200e\u200f")
    return text, reasons or ([] if text else ["media"])
