"""Stop words: spaCy's lists, mended, and everyday function words that would pollute the names of themes."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module

from nlp_service.text.languages import LANGUAGES
from nlp_service.text.normalize import fold

COLLOQUIAL: Mapping[str, str] = {
    "en": """i'm i've it's don't doesn't didn't can't won't isn't wasn't that's there's really just get got getting
        would please still even also lot much many one two three like im dont cant ive thing things make
        makes way say said go going went let want need know think able since yet already always never
        ever back time times day days""",
    "fa": """رو تو یه هم خیلی واقعا واقعاً اینکه اون این میشه می‌شه نمیشه هست نیست بود شد شده کرد کردم کردن کنید کنم
        کنن میکنه می‌کنه می‌کند میکند داره دارم دارن داشت داشتم دارید باید فقط حتی دیگه الان بعد قبل همه
        هیچ چرا چی وقتی اگه اگر ولی اما بشه باشه باشید لطفا لطفاً ممنون بار دو سه چند برای واسه مثل اصلا
        اصلاً یعنی همین همون همش خود خودم من شما ما ازش بهش براش گفتم گفت میگه می‌گه تا که را و از به با
        در بر نه بله چون پس اینجا اونجا هر یک کلا کلاً میاد اومد رفت می شود نمی شه ام ای ایم اید اند است
        کند کنند دارد دارند داد دادم دادن بده دست طور جوری گرفت گرفتم""",
    "tr": """çok bir ama de da diye ki bu şu o ve ile için mi mı mu mü var yok oldu olan olarak ne nasıl neden kadar
        gibi daha en hiç her bile artık lütfen ben siz biz bana size beni sizi şey şeyi zaman sonra önce
        gün kere defa iki üç ediyor oluyor yapıyor etti yaptı dedi diyor değil ise hem ya bi cok icin
        degil hic tek aynı yine böyle öyle olsa olsun oldum aldım geldi ettim kez tam hala hâlâ""",
    "ar": """جدا جداً مرة مره لكن بس والله كل ما لا من في على إلى الى عن مع هذا هذه ذلك التي الذي اللي كان كانت يكون
        هو هي أنا انا انت انتم نحن هم لم لن قد أن ان إن لو إذا اذا ثم أو او يا ليش ليه شو ايش كيف وين متى
        عشان علشان بعد قبل عند عندي عندكم لي لك له لها فيه فيها منه منها عليه عليها بدون غير أي اي شي شيء
        واحد مش مو ليس ليست حتى أكثر اكثر فقط أيضا ايضا يعني هيك كده صار يوم أيام ايام مرات مرتين تاني
        ثاني""",
    "de": """mal halt eben einfach immer noch schon sehr gar wirklich leider bitte gibt geht kommt seit""",
    "fr": """très trop c'est j'ai n'est qu'il ça plus fait faire vraiment toujours jamais bien svp""",
    "es": """muy mucho hace hacer siempre nunca vez veces tan favor bien solo sólo""",
    "ur": """ہے ہیں تھا تھی تھے نہیں اور کا کی کے کو سے میں نے پر یہ وہ بہت میرا میری میرے مجھے آپ ہم لیکن مگر کیوں کب
        کہاں کیسے کر رہا رہی رہے ہو ہوں گیا گئی گئے ہی بھی تک سب کچھ والے والا والی جو تو اس ان ایک اپنا
        اپنی اپنے کوئی پھر جب اگر کہ یا ہوتا ہوتی ہوتے کرتا کرتی کرتے کرنا کرنے کرو کریں دے دیا دی لیے
        لئے بعد پہلے ساتھ براہ کرم شکریہ ابھی کیا کیونکہ بس""",
    "az": """çox cox üçün ucun amma deyil də da mən men mənim mənə siz biz var yox nə niyə kimi hər heç olmur olub
        edin edir zəhmət olmasa xahiş sağ olun dəfə gün belə bu o bir ilə həm artıq sonra əvvəl hələ mi
        mı mu mü""",
    "zh": """非常 真的 有点 一点 比较 感觉 觉得 还是 没有 就是 这个 那个 什么 怎么 自己 现在 可以 一下 第一 不是""",
    "it": """molto troppo davvero sempre mai solo anche proprio bene fa fare dopo volta volte favore""",
    "pt": """muito demais sempre nunca só também mesmo faz fazer vez vezes favor bem""",
    "ru": """очень просто всегда никогда пожалуйста спасибо раз день это всё ещё вообще""",
}

SUBJECTS: Mapping[str, str] = {
    "en": """call name show bottom top full empty amount side front move""",
    "fa": """پخش بخش اجرا جدید کامل خطر ریزی""",
    "tr": """iş kaynak""",
    "az": """saat səhv""",
    "zh": """安全 质量 服务 复杂 容易 使用""",
}
"""Words on spaCy's lists that name what customers speak of."""

BROKEN = frozenset({"ur"})
"""Lists of spaCy that hold words of a broken encoding."""


@cache
def stop_words(language: str) -> frozenset[str]:
    """The folded stop words of a language; none for one that spaCy does not know."""
    listed: frozenset[str] = frozenset()
    if language in LANGUAGES and language not in BROKEN:
        listed = frozenset(import_module(f"spacy.lang.{language}.stop_words").STOP_WORDS)
    kept = frozenset(SUBJECTS.get(language, "").split())
    return frozenset(fold(word, language) for word in (listed - kept) | frozenset(COLLOQUIAL.get(language, "").split()))
