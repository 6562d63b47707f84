"""The words of the pages in the four reader languages, and numbers as each writes them."""

from collections.abc import Mapping

LANGUAGES = ("en", "fa", "tr", "ar")
NAMES: Mapping[str, str] = {"en": "English", "fa": "فارسی", "tr": "Türkçe", "ar": "العربية"}
DIRECTIONS: Mapping[str, str] = {"en": "ltr", "fa": "rtl", "tr": "ltr", "ar": "rtl"}

_DIGITS = {"fa": "۰۱۲۳۴۵۶۷۸۹٫٬", "ar": "٠١٢٣٤٥٦٧٨٩٫٬", "tr": "0123456789,.", "en": "0123456789.,"}
_PERCENT = {"en": "{}%", "fa": "{}٪", "tr": "%{}", "ar": "{}٪"}

TEXTS: Mapping[str, tuple[str, str, str, str]] = {
    "title": ("Customer voices", "صدای مشتری", "Müşteri sesi", "صوت العميل"),
    "tagline": (
        "Themes with evidence, from what your customers say.",
        "موضوع‌ها همراه با شاهد، از گفته‌های مشتریان شما.",
        "Müşterilerinizin söylediklerinden, kanıtlarıyla temalar.",
        "موضوعات مدعومة بالشواهد، مما يقوله عملاؤك.",
    ),
    "skip": ("Skip to content", "رفتن به محتوا", "İçeriğe geç", "انتقل إلى المحتوى"),
    "home": ("Projects", "پروژه‌ها", "Projeler", "المشاريع"),
    "api": ("API", "API", "API", "API"),
    "language": ("Language", "زبان", "Dil", "اللغة"),
    "new_analysis": ("New analysis", "تحلیل تازه", "Yeni analiz", "تحليل جديد"),
    "file": ("File", "فایل", "Dosya", "الملف"),
    "file_hint": (
        "Reviews, a support chat or an interview: CSV, XLSX, JSON, JSON lines, VTT, SRT or plain text.",
        "نظرها، گفت‌وگوی پشتیبانی یا مصاحبه: CSV، XLSX، JSON، JSON lines، VTT، SRT یا متن ساده.",
        "Yorumlar, destek sohbeti veya görüşme: CSV, XLSX, JSON, JSON lines, VTT, SRT ya da düz metin.",
        "مراجعات أو محادثة دعم أو مقابلة: CSV أو XLSX أو JSON أو JSON lines أو VTT أو SRT أو نص عادي.",
    ),
    "kind": ("What it is", "نوع محتوا", "İçerik türü", "نوع المحتوى"),
    "kind_auto": ("Detect", "تشخیص خودکار", "Kendin bul", "تحديد تلقائي"),
    "kind_reviews": ("Reviews or answers", "نظرها یا پاسخ‌ها", "Yorumlar veya yanıtlar", "مراجعات أو إجابات"),
    "kind_chats": ("Support chats", "گفت‌وگوهای پشتیبانی", "Destek sohbetleri", "محادثات الدعم"),
    "kind_interviews": ("Interviews", "مصاحبه‌ها", "Görüşmeler", "مقابلات"),
    "text_column": ("Text column", "ستون متن", "Metin sütunu", "عمود النص"),
    "text_column_hint": (
        "Only when it is not found by itself.",
        "فقط اگر خودکار پیدا نشد.",
        "Yalnızca kendiliğinden bulunamazsa.",
        "فقط إن لم يُعثر عليه تلقائيًا.",
    ),
    "written_in": ("Written in", "زبان متن‌ها", "Metinlerin dili", "لغة النصوص"),
    "project": ("Project", "پروژه", "Proje", "المشروع"),
    "project_new": ("A new one", "پروژهٔ تازه", "Yeni proje", "مشروع جديد"),
    "purpose": ("Purpose", "هدف", "Amaç", "الغرض"),
    "purpose_hint": (
        "Why you look at these voices; it is kept with every result. Needed for a new project.",
        "چرا این گفته‌ها را بررسی می‌کنید؛ همراه هر نتیجه نگه داشته می‌شود. برای پروژهٔ تازه لازم است.",
        "Bu sesleri neden incelediğiniz; her sonuçla birlikte saklanır. Yeni proje için gereklidir.",
        "لماذا تدرس هذه الأقوال؛ يُحفظ مع كل نتيجة. مطلوب للمشروع الجديد.",
    ),
    "analyze": ("Analyze", "تحلیل کن", "Analiz et", "حلّل"),
    "no_projects": (
        "Nothing here yet: choose a file above.",
        "هنوز چیزی اینجا نیست: از بالا یک فایل انتخاب کنید.",
        "Henüz bir şey yok: yukarıdan bir dosya seçin.",
        "لا شيء هنا بعد: اختر ملفًا من الأعلى.",
    ),
    "runs": ("Runs", "اجراها", "Çalıştırmalar", "عمليات التحليل"),
    "no_runs": ("No run yet", "هنوز اجرایی نیست", "Henüz çalıştırma yok", "لا تحليل بعد"),
    "job": ("Analysis in progress", "در حال تحلیل", "Analiz sürüyor", "التحليل جارٍ"),
    "job_hint": (
        "This page follows the progress. You may close it; the work goes on.",
        "این صفحه پیشرفت را نشان می‌دهد. می‌توانید آن را ببندید؛ کار ادامه می‌یابد.",
        "Bu sayfa ilerlemeyi izler. Kapatabilirsiniz; iş sürer.",
        "تتابع هذه الصفحة التقدّم. يمكنك إغلاقها وسيستمر العمل.",
    ),
    "stage": ("Stage", "مرحله", "Aşama", "المرحلة"),
    "stage_reading": ("Reading", "خواندن", "Okunuyor", "قراءة"),
    "stage_storing": ("Storing", "ذخیرهٔ رکوردها", "Kayıtlar saklanıyor", "تخزين السجلات"),
    "stage_encoding": ("Understanding", "فهمیدن", "Anlaşılıyor", "فهم"),
    "stage_themes": ("Finding themes", "یافتن موضوع‌ها", "Temalar bulunuyor", "استخراج الموضوعات"),
    "stage_naming": ("Naming themes", "نام‌گذاری موضوع‌ها", "Temalar adlandırılıyor", "تسمية الموضوعات"),
    "stage_saving": ("Saving", "ذخیره", "Kaydediliyor", "حفظ"),
    "state": ("State", "وضعیت", "Durum", "الحالة"),
    "state_queued": ("Waiting", "در صف", "Sırada", "في الانتظار"),
    "state_running": ("Running", "در حال اجرا", "Çalışıyor", "قيد التنفيذ"),
    "state_done": ("Done", "انجام شد", "Bitti", "اكتمل"),
    "state_failed": ("Failed", "ناموفق", "Başarısız", "فشل"),
    "state_cancelled": ("Cancelled", "لغو شد", "İptal edildi", "أُلغي"),
    "cancel": ("Cancel", "لغو", "İptal et", "إلغاء"),
    "refresh": ("Refresh", "تازه‌سازی", "Yenile", "تحديث"),
    "findings": ("Findings", "یافته‌ها", "Bulgular", "النتائج"),
    "records": ("Records", "رکوردها", "Kayıtlar", "السجلات"),
    "people": ("People", "افراد", "Kişiler", "الأشخاص"),
    "segments": ("Passages", "بخش‌ها", "Bölümler", "المقاطع"),
    "themes": ("Themes", "موضوع‌ها", "Temalar", "الموضوعات"),
    "requests": ("Feature requests", "درخواست‌های قابلیت", "Özellik istekleri", "طلبات الميزات"),
    "interviews": ("Interviews", "مصاحبه‌ها", "Görüşmeler", "المقابلات"),
    "participants": ("Participants", "مشارکت‌کنندگان", "Katılımcılar", "المشاركون"),
    "known_themes": (
        "Themes known after each interview",
        "موضوع‌های شناخته‌شده پس از هر مصاحبه",
        "Her görüşmeden sonra bilinen temalar",
        "الموضوعات المعروفة بعد كل مقابلة",
    ),
    "saturated": (
        "Hardly a new theme since, up to interview",
        "از آن پس تقریباً موضوع تازه‌ای نیامد، تا مصاحبهٔ شمارهٔ",
        "O zamandan beri neredeyse yeni tema yok; görüşme no",
        "لم يظهر بعد ذلك موضوع جديد يُذكر، حتى المقابلة رقم",
    ),
    "sentiment": ("Sentiment", "احساس", "Duygu", "المشاعر"),
    "negative": ("negative", "منفی", "olumsuz", "سلبي"),
    "neutral": ("neutral", "خنثی", "nötr", "محايد"),
    "positive": ("positive", "مثبت", "olumlu", "إيجابي"),
    "mixed": ("mixed", "آمیخته", "karışık", "مختلط"),
    "languages": ("Languages", "زبان‌ها", "Diller", "اللغات"),
    "und": ("language unknown", "زبان نامشخص", "dil bilinmiyor", "لغة غير معروفة"),
    "share": ("Share of records", "سهم از رکوردها", "Kayıtlardaki pay", "الحصة من السجلات"),
    "interval": ("95% interval", "بازهٔ ۹۵٪", "%95 aralığı", "فترة ٩٥٪"),
    "polarized": ("Opinions are divided", "نظرها دوپاره است", "Görüşler ikiye bölünmüş", "الآراء منقسمة"),
    "over_time": ("Over time", "در طول زمان", "Zaman içinde", "بمرور الوقت"),
    "rising": ("rising", "رو به افزایش", "artıyor", "في ازدياد"),
    "falling": ("falling", "رو به کاهش", "azalıyor", "في تراجع"),
    "steady": ("no clear change", "بدون تغییر آشکار", "belirgin bir değişim yok", "لا تغيّر واضح"),
    "emerging": ("Emerging", "نوظهور", "Yeni ortaya çıkıyor", "ناشئ"),
    "before": ("before", "پیش‌تر", "önce", "من قبل"),
    "lately": ("lately", "به‌تازگی", "son dönemde", "مؤخرًا"),
    "sub_themes": ("Sub-themes", "زیرموضوع‌ها", "Alt temalar", "الموضوعات الفرعية"),
    "drivers": (
        "Ratings with it and without",
        "امتیازها با این موضوع و بدون آن",
        "Bu temayla ve onsuz puanlar",
        "التقييمات معه وبدونه",
    ),
    "association": (
        "An association in these records, not a cause.",
        "همراهی در این رکوردهاست، نه علت.",
        "Bu kayıtlardaki bir ilişkidir, neden değildir.",
        "ارتباط في هذه السجلات، وليس سببًا.",
    ),
    "rating": ("Rating", "امتیاز", "Puan", "التقييم"),
    "nps": ("NPS", "NPS", "NPS", "NPS"),
    "csat": ("CSAT", "CSAT", "CSAT", "CSAT"),
    "ces": ("CES", "CES", "CES", "CES"),
    "with_it": ("with it", "با آن", "onunla", "معه"),
    "without_it": ("without it", "بدون آن", "onsuz", "بدونه"),
    "difference": ("difference", "تفاوت", "fark", "الفرق"),
    "chance": ("may be chance", "شاید اتفاقی باشد", "rastlantı olabilir", "قد يكون مصادفة"),
    "keyphrases": ("In their words", "به زبان خودشان", "Kendi sözleriyle", "بكلماتهم"),
    "unflagged": (
        "Without flagged answers",
        "بدون پاسخ‌های علامت‌خورده",
        "İşaretli yanıtlar hariç",
        "من دون الإجابات المعلَّمة",
    ),
    "named_by_model": (
        "Named by a language model; found as",
        "نامش را مدل زبانی داده است؛ نام یافته‌شده:",
        "Adını bir dil modeli verdi; bulunan adı:",
        "سمّاه نموذج لغوي؛ الاسم الذي وُجد به:",
    ),
    "quotes": ("Quotes", "نقل‌قول‌ها", "Alıntılar", "اقتباسات"),
    "all_passages": ("All passages", "همهٔ بخش‌ها", "Tüm bölümler", "كل المقاطع"),
    "askers": ("People asking", "درخواست‌کنندگان", "İsteyenler", "الطالبون"),
    "no_themes": (
        "No theme recurs often enough to be shown.",
        "هیچ موضوعی آن‌قدر تکرار نشده که نشان داده شود.",
        "Hiçbir tema gösterilecek kadar sık tekrarlanmıyor.",
        "لا يتكرر أي موضوع بما يكفي لعرضه.",
    ),
    "no_requests": (
        "No feature request was found.",
        "درخواست قابلیتی پیدا نشد.",
        "Özellik isteği bulunmadı.",
        "لم يُعثر على طلبات ميزات.",
    ),
    "unclustered": (
        "In no theme, and why",
        "بیرون از موضوع‌ها و دلیل آن",
        "Temasız kalanlar ve nedeni",
        "خارج الموضوعات، والسبب",
    ),
    "too_short": ("too short", "خیلی کوتاه", "çok kısa", "قصير جدًا"),
    "generic": ("says nothing specific", "نکتهٔ مشخصی ندارد", "belirli bir şey söylemiyor", "لا يقول شيئًا محددًا"),
    "singleton": ("said only once", "فقط یک بار گفته شده", "yalnızca bir kez söylenmiş", "قيل مرة واحدة فقط"),
    "few_people": (
        "of too few people to show",
        "از افرادی کمتر از آنکه نشان داده شود",
        "gösterilemeyecek kadar az kişiden",
        "من أشخاص أقلّ من أن يُعرض",
    ),
    "off_topic": ("about something else", "دربارهٔ چیز دیگر", "konu dışı", "خارج الموضوع"),
    "warnings": ("Please note", "توجه کنید", "Dikkat", "تنبيه"),
    "lineage": ("Where this comes from", "این از کجا آمده", "Bunun kaynağı", "من أين جاء هذا"),
    "sources": ("Sources", "منابع", "Kaynaklar", "المصادر"),
    "models": ("Models", "مدل‌ها", "Modeller", "النماذج"),
    "version": ("Version", "نسخه", "Sürüm", "الإصدار"),
    "settings_hash": ("Settings", "تنظیمات", "Ayarlar", "الإعدادات"),
    "created": ("Created", "ساخته شده", "Oluşturuldu", "أُنشئ"),
    "speaker": ("Speaker", "گوینده", "Konuşan", "المتحدث"),
    "time": ("Time", "زمان", "Zaman", "الوقت"),
    "more": ("More", "بیشتر", "Daha fazla", "المزيد"),
    "back": ("Back to the findings", "بازگشت به یافته‌ها", "Bulgulara dön", "العودة إلى النتائج"),
    "error": ("That did not work", "انجام نشد", "Bu olmadı", "تعذّر ذلك"),
    "request_id": ("Request id", "شناسهٔ درخواست", "İstek kimliği", "معرّف الطلب"),
    "key": ("Key", "کلید", "Anahtar", "المفتاح"),
    "sign_in": ("Sign in with a key", "ورود با کلید", "Anahtarla giriş", "الدخول بمفتاح"),
}


def text(name: str, language: str) -> str:
    """The words of that name in a reader language; a name that is not in the table is shown as it is."""
    row = TEXTS.get(name)
    return row[LANGUAGES.index(language)] if row else name.replace("_", " ")


def number(value: float, language: str, *, digits: int = 0) -> str:
    """The number with the digits and separators of the language."""
    written = f"{value:,.{digits}f}"
    return written.translate(str.maketrans("0123456789.,", _DIGITS[language]))


def difference(value: float, language: str) -> str:
    """The number with its sign and one digit behind the point."""
    written = f"{round(value, 1) + 0.0:+,.1f}".replace("-", "−")
    return written.translate(str.maketrans("0123456789.,", _DIGITS[language]))


def percent(value: float, language: str) -> str:
    """The proportion as a whole percentage; a small one is not called zero."""
    digits = 1 if 0 < value < 0.01 else 0
    return _PERCENT[language].format(number(value * 100, language, digits=digits))


def clock(seconds: float, language: str) -> str:
    """Seconds as minutes and seconds, or hours too where there are some."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    written = f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
    return written.translate(str.maketrans("0123456789", _DIGITS[language][:10]))
