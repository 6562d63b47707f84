"""What a writer said in a mail is kept; what programs and earlier writers put there is taken out and named."""

import time

import pytest

from nlp_service.ingest.replies import own_words

SAID = "The parcel never came.\nPlease help."


@pytest.mark.parametrize(
    "quoted",
    [
        "On Mon, 3 May 2024 at 10:30, Support <help@shop.example> wrote:\n> We sent it.\n> Bye",
        "On Mon, 3 May 2024 at 10:30, Support\n<help@shop.example>\nwrote:\n> We sent it.",
        "On 3 May 2024, at 10:30, Support wrote:\n\nWe sent it.",
        "Am 03.05.2024 um 10:30 schrieb Support <help@shop.example>:\n> Gesendet.",
        "Le ven. 3 mai 2024 à 10:30, Support <help@shop.example> a écrit :\n> Envoyé.",
        "El vie, 3 may 2024 a las 10:30, Support (<help@shop.example>) escribió:\n> Enviado.",
        "Em sex., 3 de mai. de 2024 às 10:30, Support <help@shop.example> escreveu:\n> Enviado.",
        "Il giorno ven 3 mag 2024 alle ore 10:30 Support <help@shop.example> ha scritto:\n> Inviato.",
        "Op vr 3 mei 2024 om 10:30 schreef Support <help@shop.example>:\n> Verzonden.",
        "пт, 3 мая 2024 г. в 10:30, Support <help@shop.example>:\n> Отправлено.",
        "3 мая 2024 г., в 10:30, Support <help@shop.example> написал(а):\n> Отправлено.",
        "Support <help@shop.example>, 3 May 2024 Cum, 10:30 tarihinde şunu yazdı:\n> Gönderdik.",
        "Support <help@shop.example>, 3 May 2024 Cum, 10:30 tarihinde şunu yazdı:\n\nGönderdik.",
        "في الجمعة، 3 مايو 2024 في 10:30 ص تمت كتابة ما يلي بواسطة Support <help@shop.example>:\n> أرسلناه.",
        "في ٣ مايو ٢٠٢٤، الساعة ١٠:٣٠، كتب Support:\nأرسلناه.",
        "در تاریخ جمعه ۳ مهٔ ۲۰۲۴ ساعت ۱۰:۳۰ Support <help@shop.example> نوشت:\n> فرستادیم.",
        "2024年5月3日(金) 10:30 Support <help@shop.example>:\n> 送りました。",
        "-----Original Message-----\nFrom: Support\nWe sent it.",
        "---------- Forwarded message ---------\nFrom: Support <help@shop.example>\n\nWe sent it.",
        "-----Ursprüngliche Nachricht-----\nGesendet.",
        "-----Özgün İleti-----\nGönderdik.".replace("İ", "i"),
        "----- الرسالة الأصلية -----\nأرسلناه.",
        "##- Please type your reply above this line -##\nWe sent it.",
        "From: Support <help@shop.example>\nSent: Friday, May 3, 2024 10:30\nTo: Ann\nSubject: Parcel\n\nWe sent it.",
        "________________________________\nVon: Support\nGesendet: Freitag\nAn: Ann\nBetreff: Paket\n\nGesendet.",
        "De : Support\nEnvoyé : vendredi\nÀ : Ann\nObjet : Colis\n\nEnvoyé.",
        "De: Support\nEnviado el: viernes\nPara: Ann\nAsunto: Paquete\n\nEnviado.",
        "Kimden: Support\nGönderme Tarihi: Cuma\nKime: Ann\nKonu: Paket\n\nGönderdik.",
        "*Kimden:* Support\n*Tarih:* Cuma\n*Kime:* Ann\n\nGönderdik.",
        "من: Support\nتاريخ الإرسال: الجمعة\nإلى: Ann\nالموضوع: الطرد\n\nأرسلناه.",
        "از: Support\nتاریخ: جمعه\nبه: Ann\nموضوع: بسته\n\nفرستادیم.",
        "От: Support\nОтправлено: пятница\nКому: Ann\nТема: Посылка\n\nОтправлено.",
        "> We sent it.\n> It takes a week.",
        "> We sent it.",
    ],
)
def test_a_quoted_reply_is_taken_out_and_counted(quoted):
    own = own_words(f"{SAID}\n\n{quoted}")

    assert (own.text, own.removed) == (SAID, ("quoted_reply",))


def test_an_answer_below_or_between_quotations_is_kept():
    own = own_words("On 3 May 2024, A <a@b.example> wrote:\n> Did it come?\n\nNo.\n\n> Any damage?\n\nYes, a dent.")

    assert own.text == "No.\n\n\nYes, a dent."
    assert own.removed == ("quoted_reply", "quoted_reply")


@pytest.mark.parametrize(
    "signature",
    [
        "-- \nAnn Lee\nBuyer, Shop\n+1 555 0100",
        "--\nAnn",
        "Sent from my iPhone",
        "Sent from my phone, sorry for typos",
        "Get Outlook for iOS",
        "Sent from Yahoo Mail on Android",
        "Von meinem iPhone gesendet",
        "Gesendet mit der GMX Mail App",
        "Envoyé de mon iPhone",
        "Enviado desde mi iPhone",
        "Enviado do meu iPhone",
        "Inviato da iPhone",
        "Verstuurd vanaf mijn iPhone",
        "Отправлено с iPhone",
        "iPhone’umdan gönderildi",
        "Samsung cihazımdan gönderildi",
        "أرسلت من الـ iPhone",
        "تم الإرسال من هاتفي",
        "ارسال شده از آیفون من",
        "iPhoneから送信",
        "나의 iPhone에서 보냄",
        "从我的 iPhone 发送".replace("从", "發自"),
    ],
)
def test_a_signature_is_taken_out_and_counted(signature):
    own = own_words(f"{SAID}\n\n{signature}\n")

    assert (own.text, own.removed) == (SAID, ("signature",))


def test_a_signature_above_a_quotation_goes_too():
    own = own_words(f"{SAID}\n\nSent from my iPhone\n\nOn 3 May 2024, A <a@b.example> wrote:\n> Did it come?")

    assert (own.text, own.removed) == (SAID, ("quoted_reply", "signature"))


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Automatic reply: Your ticket", "I will answer on Monday."),
        ("Out of Office: Your ticket", "Back on Monday."),
        ("Automatische Antwort: Ihr Ticket", "Ich bin am Montag zurück."),
        ("Abwesenheitsnotiz: Ihr Ticket", "Montag."),
        ("Otomatik yanıt: Talebiniz", "Pazartesi dönerim."),
        ("رد تلقائي: طلبك", "سأعود يوم الاثنين."),
        ("پاسخ خودکار: درخواست شما", "دوشنبه برمی‌گردم."),
        ("Undeliverable: Your ticket", "The mail box is full."),
        ("", "I am out of the office until Monday."),
        ("", "Hello,\n\nThank you for your message. I am currently out of the office."),
        ("", "This is an automated response to confirm that we have your mail."),
        ("", "Hallo,\nich bin derzeit nicht im Büro."),
        ("", "هذه رسالة تلقائية، لا ترد عليها."),
        ("", "این یک پیام خودکار است."),
    ],
)
def test_an_automatic_reply_leaves_nothing(subject, text):
    own = own_words(text, subject=subject)

    assert (own.text, own.removed) == ("", ("auto_reply",))


@pytest.mark.parametrize(
    "text",
    [
        SAID,
        "Why do I get an automatic reply each time?",
        "Your bot said: this is an automated message. It did not help.",
        "My card was declined.\nThis is an automated message I keep getting.",
        "On Monday your agent wrote: please wait. I waited.",
        "Yesterday at 10:30 your agent wrote:\nplease wait",
        "> 50 users are affected.",
        ">:(",
        "From: the moment I bought it, it failed.",
        "From: 3 May\nIt fails each day.",
        "Sent from my side on Monday, the parcel never arrived.",
        "----- My list -----\n- one\n- two",
        "Pros:\n- fast\n--fast\nCons: none",
        "به: شما گفتم که خراب است.",
        "Subject: broken\nIt is broken.",
        "",
    ],
)
def test_ordinary_words_stay_as_they_are(text):
    assert own_words(text).text == text
    assert own_words(text).removed == ()


def test_a_subject_about_automatic_replies_is_no_automatic_reply():
    assert own_words(SAID, subject="Automatic reply never arrives").removed == ()


@pytest.mark.parametrize(
    "unit",
    [
        "\n",
        "Sent from my iPhone\n",
        "On ",
        "> ",
        "On a, <b>\n",
        "From: a\n",
        ">\n",
        "--\n",
        "wrote:\n",
        "<a@b",
        "Hi. ",
        "-",
    ],
)
def test_the_time_grows_with_the_text_and_not_faster(unit):
    began = time.perf_counter()
    own_words(unit * (1_000_000 // len(unit)))
    assert time.perf_counter() - began < 10
