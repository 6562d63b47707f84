"""Everyday function words, beside spaCy's lists, that would pollute the names of themes."""

from collections.abc import Mapping

COLLOQUIAL: Mapping[str, frozenset[str]] = {
    "en": frozenset(
        "i'm i've it's don't doesn't didn't can't won't isn't wasn't that's there's really just get got getting would "
        "please still even also lot much many one two three like im dont cant ive thing things make makes way say said "
        "go going went let want need know think able since yet already always never ever back time times day days".split()
    ),
    "fa": frozenset(
        "رو تو یه هم خیلی واقعا واقعاً اینکه اون این میشه می‌شه نمیشه هست نیست بود شد شده کرد کردم کردن کنید کنم کنن میکنه "
        "می‌کنه می‌کند میکند داره دارم دارن داشت داشتم دارید باید فقط حتی دیگه الان بعد قبل همه هیچ چرا چی وقتی اگه اگر ولی "
        "اما بشه باشه باشید لطفا لطفاً ممنون بار دو سه چند برای واسه مثل اصلا اصلاً یعنی همین همون همش خود خودم من شما ما ازش "
        "بهش براش گفتم گفت میگه می‌گه تا که را و از به با در بر نه بله چون پس اینجا اونجا هر یک کلا کلاً میاد اومد رفت "
        "می شود نمی شه ام ای ایم اید اند است کند کنند شود دارد دارند داد دادم دادن بده دست طور جوری گرفت گرفتم".split()
    ),
    "tr": frozenset(
        "çok bir ama de da diye ki bu şu o ve ile için mi mı mu mü var yok oldu olan olarak ne nasıl neden kadar gibi daha "
        "en hiç her bile artık lütfen ben siz biz bana size beni sizi şey şeyi zaman sonra önce gün kere defa iki üç "
        "ediyor oluyor yapıyor etti yaptı dedi diyor değil ise hem ya bi cok icin degil hic tek aynı yine böyle öyle "
        "olsa olsun oldum aldım geldi ettim kez tam hala hâlâ".split()
    ),
    "ar": frozenset(
        "جدا جداً مرة مره لكن بس والله كل ما لا من في على إلى الى عن مع هذا هذه ذلك التي الذي اللي كان كانت يكون هو هي أنا "
        "انا انت انتم نحن هم لم لن قد أن ان إن لو إذا اذا ثم أو او يا ليش ليه شو ايش كيف وين متى عشان علشان بعد قبل عند "
        "عندي عندكم لي لك له لها فيه فيها منه منها عليه عليها بدون غير أي اي شي شيء واحد مش مو ليس ليست حتى أكثر اكثر "
        "فقط أيضا ايضا يعني هيك كده صار يوم أيام ايام مرات مرتين تاني ثاني".split()
    ),
    "de": frozenset(
        "mal halt eben einfach immer noch schon sehr gar wirklich leider bitte gibt geht kommt seit".split()
    ),
    "fr": frozenset("très trop c'est j'ai n'est qu'il ça plus fait faire vraiment toujours jamais bien svp".split()),
    "es": frozenset("muy mucho hace hacer siempre nunca vez veces tan favor bien solo sólo".split()),
}
