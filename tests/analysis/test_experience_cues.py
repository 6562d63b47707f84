"""Cues of an experience: what is said of waiting, of success, of leaving; denied and wished ones; offsets."""

import tomllib

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from nlp_service.analysis import experience_cues as cues
from nlp_service.domain import BUSINESS_KINDS, EFFORT_KINDS, EMOTIONS

LANGUAGES = ("en", "fa", "tr", "ar", "de", "fr", "es", "pt", "it", "ru", "nl")


def kinds(text, language, *, of_agent=False):
    found = cues.find_cues(cues.read_line(text, language), cues.lexicon(language), of_agent=of_agent)
    return {cue.kind for cue in found}


def felt(text, language):
    return {f.emotion for f in cues.find_felt(cues.read_line(text, language), cues.lexicon(language))}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lexicon_has_every_kind_and_every_word_list_holds_single_words(language):
    content = tomllib.loads((cues.FOLDER / f"{language}.toml").read_text(encoding="utf-8"))

    assert set(content["kinds"]) >= {
        *EFFORT_KINDS,
        *BUSINESS_KINDS,
        *cues.AGENT_KINDS,
        "easy",
        "resolved",
        "unresolved",
    }
    assert set(content["emotions"]) == set(EMOTIONS) - {"disgust"}
    listed = [*content["negation"]["before"], *content["negation"]["after"], *content["open"]["words"]]
    assert [word for word in listed if " " in word] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_pattern_matches_nothing_at_all(language):
    own = cues.lexicon(language)

    patterns = [pattern for own in (own.cues, own.of_agents, own.emotions) for pattern in own.by_name.values()]
    assert [p for p in patterns if p.fullmatch("") or p.fullmatch(" ")] == []


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("en", "I've been waiting for three weeks.", "wait"),
        ("en", "They passed me around from one department to another.", "transfer"),
        ("en", "This is the fourth time I call.", "repeat_contact"),
        ("en", "Seven forms to change one name.", "steps"),
        ("en", "Nobody told me it would be closed.", "missing_information"),
        ("en", "I copy it by hand every month.", "workaround"),
        ("en", "It was quick and painless.", "easy"),
        ("en", "The refund has arrived.", "resolved"),
        ("en", "It's still not working.", "unresolved"),
        ("en", "I'm switching to another bank.", "churn"),
        ("en", "I've been a customer for ten years.", "loyalty"),
        ("en", "I recommended you to my sister.", "referral"),
        ("en", "I will order again.", "repurchase"),
        ("en", "Your competitor does it in a day.", "competitor"),
        ("en", "Far too expensive for what it is.", "price"),
        ("fa", "سه هفته‌ست منتظرم", "wait"),
        ("fa", "سه هفته است منتظر موندم", "wait"),
        ("fa", "هیچکس نگفت باید چه مدرکی بیارم", "missing_information"),
        ("fa", "چهار بار زنگ زدم", "repeat_contact"),
        ("fa", "مشکلم حل شد", "resolved"),
        ("fa", "هنوز حل نشده", "unresolved"),
        ("fa", "دیگه ازتون خرید نمی‌کنم", "churn"),
        ("fa", "به همه دوستام معرفی می‌کنم", "referral"),
        ("tr", "üç haftadır bekliyorum", "wait"),
        ("tr", "uc haftadir bekliyorum", "wait"),
        ("tr", "dört kere aradım", "repeat_contact"),
        ("tr", "hiçbir yerde yazmıyor", "missing_information"),
        ("tr", "sorunum çözüldü", "resolved"),
        ("tr", "hâlâ gelmedi", "unresolved"),
        ("tr", "aboneliğimi iptal ediyorum", "churn"),
        ("tr", "arkadaşlarıma tavsiye ettim", "referral"),
        ("ar", "صار لي ثلاث أسابيع أنتظر", "wait"),
        ("ar", "اتصلت خمس مرات", "repeat_contact"),
        ("ar", "محدش قال لي السبب", "missing_information"),
        ("ar", "تم حل المشكلة", "resolved"),
        ("ar", "وما وصل الطلب", "unresolved"),
        ("ar", "بلغي اشتراكي", "churn"),
        ("ar", "نصحت كل صحابي فيكم", "referral"),
        ("de", "Ich warte seit drei Wochen.", "wait"),
        ("de", "Ich kündige.", "churn"),
        ("de", "Das Problem ist gelöst, nie wieder Ärger.", "resolved"),
        ("nl", "Het is opgelost, nooit meer gedoe.", "resolved"),
        ("fr", "J'attends depuis trois semaines.", "wait"),
        ("fr", "Je résilie mon abonnement.", "churn"),
        ("es", "Llevo tres semanas esperando.", "wait"),
        ("es", "Me doy de baja.", "churn"),
    ],
)
def test_a_cue_is_found(language, text, kind):
    assert kind in kinds(text, language)


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("en", "When will it be fixed?", "resolved"),
        ("en", "If it gets fixed I will be glad.", "resolved"),
        ("en", "It has not been fixed.", "resolved"),
        ("en", "I didn't wait at all.", "wait"),
        ("en", "It was not quick.", "easy"),
        ("en", "I would never order again.", "repurchase"),
        ("en", "The colors are lovely.", "wait"),
        ("en", "Each turn of the wheel is smooth.", "churn"),
        ("fa", "اگه حل شد خبر بدید", "resolved"),
        ("fa", "کیفم خیلی قشنگه", "wait"),
        ("tr", "sorun çözülmedi", "resolved"),
        ("tr", "çok zaman geçti", "price"),
        ("ar", "ما وصل الطلب", "resolved"),
        ("ar", "متى يتم حل المشكلة؟", "resolved"),
        ("de", "Es ist nicht gelöst.", "resolved"),
    ],
)
def test_what_is_denied_asked_or_not_there_is_no_cue(language, text, kind):
    assert kind not in kinds(text, language)


def test_a_denied_cue_turns_into_its_opposite():
    assert "unresolved" in kinds("It was never fixed.", "en")
    assert "easy" in kinds("I did not wait long at all.", "en")
    assert "churn" in kinds("I won't order again.", "en")


@pytest.mark.parametrize(
    ("language", "text", "emotion"),
    [
        ("en", "I am livid.", "anger"),
        ("en", "Thank you so much, you saved my day.", "gratitude"),
        ("en", "Phew, what a relief.", "relief"),
        ("fa", "خیلی می‌ترسیدم", "fear"),
        ("fa", "خیالم راحت شد", "relief"),
        ("tr", "çok korktum", "fear"),
        ("tr", "kendimle gurur duyuyorum", "pride"),
        ("ar", "خايفة وايد", "fear"),
        ("ar", "أنا فخورة بنفسي", "pride"),
    ],
)
def test_an_emotion_that_words_name_is_found(language, text, emotion):
    assert emotion in felt(text, language)


@pytest.mark.parametrize(
    ("language", "text", "emotion"),
    [
        ("en", "Thanks, bye.", "gratitude"),
        ("en", "I am not angry.", "anger"),
        ("fa", "ممنون، خداحافظ", "gratitude"),
        ("tr", "teşekkürler iyi günler", "gratitude"),
        ("ar", "شكرا", "gratitude"),
    ],
)
def test_politeness_and_denial_are_no_emotion(language, text, emotion):
    assert emotion not in felt(text, language)


def test_an_agent_confirms_in_words_of_its_own():
    assert kinds("Your refund has been approved.", "en", of_agent=True) == {"resolved"}
    assert "unresolved" in kinds("متأسفانه امکانش نیست", "fa", of_agent=True)
    assert kinds("Good morning, how can I help?", "en", of_agent=True) == set()


@pytest.mark.parametrize(
    ("language", "text", "is_one"),
    [
        ("en", "Hi there!", True),
        ("en", "Hello Tom,", True),
        ("en", "Hello, it still does not work.", False),
        ("fa", "سلام وقتتون بخیر", True),
        ("tr", "Merhaba Gizem Hanım", True),
        ("ar", "السلام عليكم", True),
        ("ar", "السلام عليكم الطلب ما وصل للحين", False),
        ("ja", "こんにちは", False),
    ],
)
def test_a_greeting_is_nothing_but_a_greeting(language, text, is_one):
    assert cues.is_greeting(text, language) is is_one


@given(st.sampled_from(LANGUAGES), st.text(max_size=300))
def test_every_place_lies_in_the_text_and_begins_with_a_sign(language, text):
    own, line = cues.lexicon(language), cues.read_line(text, language)
    found = [*cues.find_cues(line, own, offset=7), *cues.find_felt(line, own, offset=7)]

    assert all(7 <= one.start < one.end <= 7 + len(text) for one in found)
    assert all(not regex.match(r"\s", text[one.start - 7]) for one in found)
