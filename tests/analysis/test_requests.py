"""Requests in thirteen languages: the cues of each form, what is wanted, and what only looks like a request."""

import time

import numpy as np
import pytest

from nlp_service.analysis import requests
from nlp_service.analysis.acts import LABELS
from nlp_service.analysis.cues import FOLDER, KINDS, lexicon
from nlp_service.analysis.requests import ASKING, Rule, cued_span, detect, form_of, joined, polarity_of, read_cues
from nlp_service.domain import Segment
from nlp_service.inference.hashing import NO_TOKENS

ASKED = [
    ("en", "Please add a dark theme, my eyes hurt.", "explicit", "a dark theme"),
    ("en", "Does it come with a sunroof?", "question", "a sunroof"),
    ("en", "isn't there any way to sort by date?", "question", "sort by date"),
    ("en", "I wish I could pick the delivery day.", "wish", "pick the delivery day"),
    ("en", "I only wish they'd read the notes.", "wish", "read the notes"),
    ("tr", "Fiyatı biraz daha uygun olabilirdi.", "wish", None),
    ("de", "Der Deckel könnte etwas größer sein.", "wish", None),
    ("en", "I'd renew if it worked offline on the train.", "conditional", "worked offline on the train"),
    ("en", "Unlike the other app, no reminders here.", "comparison", None),
    ("fa", "لطفاً حالت شب را اضافه کنید.", "explicit", "حالت شب"),
    ("fa", "نمی شه با حساب گوگل وارد بشم؟", "question", "با حساب گوگل وارد بشم"),
    ("fa", "نمی‌شه با حساب گوگل وارد بشم؟", "question", "با حساب گوگل وارد بشم"),
    ("fa", "کاش پوشه‌بندی داشت", "wish", "پوشه‌بندی"),
    ("tr", "Lütfen koyu tema ekleyin.", "explicit", "koyu tema"),
    ("tr", "LUTFEN KOYU TEMA EKLEYIN", "explicit", "KOYU TEMA"),
    ("tr", "Bu araçta ısıtmalı koltuk var mı?", "question", "araçta ısıtmalı koltuk"),
    ("tr", "Keşke yazı boyutunu büyütebilsek.", "wish", "yazı boyutunu"),
    ("ar", "أضيفوا الوضع الليلي لو سمحتم", "explicit", "الوضع الليلي لو سمحتم"),
    ("ar", "وحطوا خريطة للمندوب", "explicit", "خريطة للمندوب"),
    ("ar", "هل يوجد رقم هاتف للدعم؟", "question", "رقم هاتف للدعم"),
    ("ar", "يا ريت نقدر نختار الموعد", "wish", "نختار الموعد"),
    ("de", "Bitte fügt einen dunklen Modus hinzu", "explicit", "einen dunklen Modus"),
    ("de", "Es wäre toll, wenn man nach Excel exportieren könnte", "wish", "nach Excel exportieren"),
    ("de", "Hättet ihr eine Ladestation im Hof, käme ich jeden Tag.", "conditional", "eine Ladestation im Hof"),
    ("de", "Am liebsten würde ich Rezepte an Freunde schicken können.", "wish", None),
    ("es", "Por favor agreguen modo oscuro", "explicit", "modo oscuro"),
    ("es", "Ojalá se pudiera exportar a Excel", "wish", "exportar a Excel"),
    ("fr", "Ajoutez un mode sombre svp", "explicit", "un mode sombre"),
    ("fr", "Ce serait bien de pouvoir exporter vers Excel", "wish", "exporter vers Excel"),
    ("ru", "Добавьте, пожалуйста, тёмную тему", "explicit", "тёмную тему"),
    ("ru", "Было бы здорово, если бы можно было войти по отпечатку", "wish", "войти по отпечатку"),
    ("pt", "Por favor adicionem modo escuro", "explicit", "modo escuro"),
    ("pt", "Seria ótimo se pudesse exportar para Excel", "wish", "exportar para Excel"),
    ("it", "Aggiungete la modalità scura", "explicit", "la modalità scura"),
    ("it", "Sarebbe bello poter esportare in Excel", "wish", "esportare in Excel"),
    ("nl", "Voeg een donkere modus toe aub", "explicit", "een donkere modus"),
    ("nl", "Het zou fijn zijn als je kon exporteren naar Excel", "wish", "exporteren naar Excel"),
    ("ja", "ダークモードを追加してください", "explicit", "ダークモード"),
    ("ja", "エクセルに書き出せるといいな", "wish", "エクセルに書き出せる"),
    ("zh", "能不能用指纹登录？", "question", "用指纹登录"),
    ("zh", "如果能导出到Excel就好了", "wish", "导出到Excel"),
]
NOT_ASKED = [
    ("en", "How do I change my password?", "howto"),
    ("en", "Please refund me, order no. 77120", "service"),
    ("en", "Don't change a thing, it's perfect.", "praise"),
    ("en", "Please fix the login, it crashes.", "repair"),
    ("fa", "چطور رمزم رو عوض کنم؟", "howto"),
    ("fa", "سفارش ۴۴۱۲ رو کنسل کنین", "service"),
    ("fa", "به هیچ‌جاش دست نزنید", "praise"),
    ("tr", "Şifremi nasıl değiştiririm?", "howto"),
    ("tr", "Beni bugün geri arayın", "service"),
    ("tr", "Sakın bozmayın, böyle devam", "praise"),
    ("ar", "كيف أغير كلمة المرور؟", "howto"),
    ("ar", "رجعوا لي فلوسي", "service"),
    ("ar", "لا تغيروا شيئا", "praise"),
    ("de", "Wo finde ich meine Rechnungen?", "howto"),
    ("de", "Bitte stornieren Sie meine Bestellung", "service"),
    ("es", "¿Cómo cambio mi contraseña?", "howto"),
    ("es", "Cancelen mi pedido", "service"),
    ("fr", "Comment changer mon mot de passe ?", "howto"),
    ("fr", "Annulez ma commande", "service"),
    ("ru", "Как отключить уведомления?", "howto"),
    ("ru", "Отмените мой заказ", "service"),
    ("pt", "Como faço para trocar a senha?", "howto"),
    ("pt", "Cancelem meu pedido", "service"),
    ("it", "Come faccio a cambiare password?", "howto"),
    ("it", "Annullate il mio ordine", "service"),
    ("nl", "Hoe kan ik mijn wachtwoord veranderen?", "howto"),
    ("nl", "Annuleer mijn bestelling", "service"),
    ("ja", "パスワードはどうやって変えますか?", "howto"),
    ("ja", "注文をキャンセルしてください", "service"),
    ("zh", "怎么改密码？", "howto"),
    ("zh", "我的订单请退款", "service"),
]
REMOVED = [
    ("en", "Get rid of the videos that start by themselves"),
    ("fa", "این پنجره رو بردارید"),
    ("tr", "Şu reklamları kaldırın artık"),
    ("ar", "شيلوا الإعلانات"),
    ("de", "Bitte nehmt die Werbung raus"),
    ("es", "Quiten los anuncios"),
    ("fr", "Supprimez les publicités"),
    ("ru", "Уберите рекламу"),
    ("pt", "Tirem os anúncios"),
    ("it", "Togliete la pubblicità"),
    ("nl", "Stop met de reclame"),
    ("ja", "広告を消してください"),
    ("zh", "请去掉广告"),
]
LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.toml"))
COUNTING = Rule(shifts={**dict.fromkeys(ASKING, 3.0), **dict.fromkeys(set(KINDS) - ASKING, -3.0)}, bias=0.0)


def segment(text, language, *, at=0):
    return Segment(id="r:0", record_id="r", start=at, end=at + len(text), text=text, language=language)


def test_every_language_of_the_brief_has_a_lexicon_and_rows_of_both_kinds():
    assert set(LANGUAGES) == {"en", "fa", "tr", "ar", "de", "fr", "es", "ru", "pt", "it", "nl", "ja", "zh"}
    for rows in (ASKED, NOT_ASKED, REMOVED):
        assert {row[0] for row in rows} == set(LANGUAGES)


@pytest.mark.parametrize(("language", "text", "form", "wanted"), ASKED)
def test_a_request_is_seen_with_its_form_and_the_wanted_words(language, text, form, wanted):
    found = read_cues(text, language)
    start, end = cued_span(found) or (0, len(text))

    assert form in found.kinds
    assert form_of(text, found) == form
    assert polarity_of(found) == "add"
    if wanted is not None:
        assert text[start:end] == wanted


@pytest.mark.parametrize(("language", "text", "kind"), NOT_ASKED)
def test_what_is_no_request_shows_a_cue_against_it(language, text, kind):
    assert kind in read_cues(text, language).kinds


@pytest.mark.parametrize(("language", "text"), REMOVED)
def test_what_is_to_go_is_told_from_what_is_to_come(language, text):
    assert polarity_of(read_cues(text, language)) == "remove"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The courier was late."),
        ("fa", "هوا سرد است."),
        ("tr", "Kargo geç geldi."),
        ("ar", "وصل الطلب متأخرا."),
        ("de", "Der Kaffee war kalt."),
        ("es", "La comida estaba fría."),
        ("fr", "Le colis est arrivé lundi."),
        ("ru", "Курьер приехал в понедельник."),
        ("pt", "A comida estava fria."),
        ("it", "Il pacco è arrivato lunedì."),
        ("nl", "Het pakket kwam maandag aan."),
        ("ja", "荷物は月曜日に届いた。"),
        ("zh", "包裹星期一到了。"),
    ],
)
def test_a_plain_statement_shows_no_cue_for_a_request(language, text):
    assert not read_cues(text, language).kinds & ASKING


def test_heads_and_cues_add_up_to_the_odds_of_a_request_and_languages_without_cues_go_by_the_heads():
    acts, own = np.zeros((3, len(LABELS)), np.float32), np.array([[0.0], [0.0], [0.5]], np.float32)
    texts = [("Please add a dark theme", "en"), ("How do I change my password?", "en"), ("Legg til mørk modus", "no")]

    odds = joined(acts, own, [read_cues(*row) for row in texts], COUNTING)

    assert odds[0] > 0 > odds[1]
    assert odds[2] == pytest.approx(0.5 - np.log(4))


def test_offsets_of_the_wording_are_those_of_the_record(monkeypatch):
    monkeypatch.setattr(requests, "load_rule", lambda: COUNTING)
    text = "Great app. Please add a dark theme."
    own = segment(text[11:], "en", at=11)

    _, found = detect([own], np.zeros((1, len(LABELS)), np.float32), np.zeros((1, 1), np.float32), [NO_TOKENS])

    assert found[0] is not None
    assert text[found[0].start : found[0].end] == found[0].wording == "a dark theme"


def test_a_language_without_cues_has_no_cued_words():
    assert cued_span(read_cues("Vis meg mørk modus", "no")) is None
    assert lexicon("no") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_long_run_of_cue_words_is_read_in_a_moment(language):
    words = [pattern for row in ASKED if row[0] == language for pattern in row[1].split()]
    started = time.perf_counter()

    read_cues(" ".join(words * 200), language)

    assert time.perf_counter() - started < 2
