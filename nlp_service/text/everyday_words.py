"""Everyday words that tell languages of one script apart where a text is too short for statistics.

Written for this purpose from general knowledge; a word that several languages share counts for each of them, less.
"""

from collections import Counter
from collections.abc import Mapping

from nlp_service.domain import UNDETERMINED

_EVERYDAY: Mapping[str, str] = {
    "en": """the and is are was it this that my your i you we they not no but very with for have has had from
        when where what why who how please thanks good great love nice bad worst best ever never
        don't doesn't can't won't i'm it's would should could app works work working slow fast
        easy awesome useless ok hi hello refund me to of add be been after before every still just
        only all their his her so too does did do can will an on at in by""",
    "tr": """bir ve bu çok cok için icin ama değil degil ile de da mi mı mu mü var yok ne neden nerede gibi
        kadar daha en iyi kötü kotu güzel guzel berbat harika süper lütfen lutfen teşekkürler
        tesekkurler merhaba kargo ürün urun geldi gelmedi uygulama para param sipariş siparis şey
        hiç hic olmuyor oldu olsa sonra önce beni bana siz ben tavsiye ederim mükemmel mukemmel
        idare eder memnun kaldım kaldim aldım aldim fiyat hızlı hizli yavaş yavas""",
    "az": """və bu çox cox üçün ucun amma deyil ilə də da mən men siz biz var yox nə niyə harada kimi qədər
        daha ən yaxşı yaxsi pis əla ela gözəl zəhmət olmasa sağ salam proqram proqramdir sifariş
        gəldi gəlmədi pulumu pul hər heç olmur sonra əvvəl mənə sizə bir olan edin xidmət
        keyfiyyət tez gec yavas isleyir məsləhət""",
    "de": """der die das und ist war nicht ich sie wir es ein eine einen mit für auf von zu zum zur aber sehr
        auch noch nur wie was wo warum wann bitte danke gut schlecht super schnell langsam teuer
        immer nie wieder kein keine funktioniert geht kam meine mein bestellung lieferung hat habe
        haben bin sind nach bei dem den des toll leider viel mehr""",
    "fr": """le la les un une des et est était pas je tu nous vous il elle on ne mais très trop avec pour sur
        dans de du ce ça c'est j'ai qui que où quand pourquoi comment merci bon bonne mauvais nul
        super rapide cher jamais plus bien aucun aucune mon ma mes service livraison déçu depuis
        après produit application plante marche fonctionne mise""",
    "es": """el la los las un una y es era no yo tú nosotros pero muy con para por en de del que qué cuándo
        dónde porque cómo gracias bueno buena malo mala excelente rápido caro nunca siempre me mi
        se le lo todo nada mucho más bien encanta funciona quiero atención pedido llegó desde
        hasta este esta está sola app servicio perfecto sin""",
    "it": """il lo la gli i le un una e è era non io noi ma molto con per in di del della che chi quando dove
        perché come grazie buono buona ottimo ottima pessimo veloce caro mai sempre mi si tutto
        niente più bene funziona prodotto pacco arrivato sono ho ha consiglio servizio questa
        questo dopo senza troppo""",
    "pt": """o a os as um uma e é era não eu nós mas muito com para por em de do da no na que quando onde
        porque como obrigado obrigada bom boa ótimo ruim péssimo rápido caro nunca sempre me meu
        minha se tudo nada mais bem funciona pedido chegou desde esse esta está você app produto
        serviço depois adorei gostei mesmo""",
    "nl": """de het een en is was niet ik jij wij ze maar heel zeer met voor op van te om ook nog alleen hoe
        wat waar waarom wanneer bedankt goed slecht snel snelle traag duur altijd nooit geen werkt
        mijn bestelling levering heeft heb zijn na bij dat deze dit meer weer app prima""",
    "pl": """i jest był nie ja my ale bardzo z ze dla na do w od że kto kiedy gdzie dlaczego jak dziękuję dobry
        dobra dobre zły świetny świetna szybko szybka drogo nigdy zawsze mi mój moja się wszystko
        nic więcej działa polecam produkt paczka przesyłka po jestem mam to tego aplikacja super
        tylko""",
    "id": """yang dan ini itu tidak nggak gak ga saya aku kami kita anda tapi sangat dengan untuk di ke dari
        apa kapan dimana mengapa kenapa bagaimana terima kasih bagus jelek cepat lambat mahal
        selalu sudah belum bisa ada aplikasi aplikasinya barang pesanan sampai banget setelah lagi
        juga sekali mantap tolong kurang""",
    "vi": """là và này không tôi mình bạn nhưng rất với cho ở của từ gì khi sao tại cảm ơn tốt xấu nhanh chậm
        đắt luôn đã chưa được có ứng dụng hàng đơn giao bị lỗi sau trước nữa cũng quá thì mà ai""",
    "sv": """och är var inte jag du vi ni men mycket med för på av till en ett den det som när varför hur tack
        bra dålig snabb snabbt långsam dyr aldrig alltid min mitt mig fungerar beställning
        leverans har hade efter om bara bäst längre kan ingen paketet""",
    "ro": """și si este era nu eu noi dar foarte cu pentru în in pe de la care când unde cum mulțumesc bun bună
        rău slab rapid scump niciodată mereu îmi mi meu mea se tot nimic mai bine merge
        funcționează produs produsul colet coletul am au a ajuns după recomand fără""",
    "fa": """که را رو از به این آن با برای هم خیلی است نیست هست شد شده کرد کردم می نمی ها های بود نبود من شما
        ما اما ولی چرا کی کجا چطور لطفا ممنون مرسی سلام عالی خوب خوبه بد بده افتضاح پول پولم سفارش
        برنامه اصلا هیچ همه بعد قبل دارد داره ندارد نداره کار نمیکنه میکنه میشه نمیشه باید بدید
        کنید بسیار ارسال کیفیت قیمت واقعا حتما تشکر درد پس""",
    "ar": """في من على إلى الى عن مع هذا هذه ذلك التي الذي كان كانت لا لم لن ما مش مو ليس هو هي أنا انا أنت نحن
        لكن بس جدا جداً ليش لماذا متى أين وين كيف شكرا شكراً رجاء مرحبا ممتاز ممتازة سيء سيئة رائع
        جيد جيدة حلو كل بعد قبل عند عندي غير والله يعني حتى أو او ثم قد أن ان تطبيق التطبيق الخدمة
        طلب طلبي السعر خدمة يا كتير كثير""",
    "ur": """ہے ہیں تھا تھی تھے نہیں اور کا کی کے کو سے میں نے پر یہ وہ بہت اچھا اچھی برا بری میرا میری میرے
        مجھے آپ ہم لیکن مگر کیوں کب کہاں کیسے شکریہ براہ کرم مہربانی زبردست بیکار ایپ پیسے آرڈر
        کام کر رہا رہی رہے ہو گیا گئی ہی بھی تک سب کچھ والے لاگ""",
    "ru": """и в не на я что это мы вы они но очень с для от у к по из за как когда где почему кто спасибо
        хорошо хороший плохо плохой отлично быстро медленно дорого никогда всегда мне мой моя все
        ничего работает приложение товар заказ доставка после только есть нет был было ещё еще
        верните деньги пришла пришел""",
    "uk": """і й в у не на я що це ми ви вони але дуже з для від до по із за як коли де чому хто дякую добре
        добрий погано поганий чудово швидко повільно дорого ніколи завжди мені мій моя все нічого
        працює додаток застосунок товар замовлення доставка після тільки є немає був було ще та
        прийшла""",
    UNDETERMINED: """kheyli kheili khube khoobe khob nist nistesh hast mishe nemishe mikone nemikone mikonam nemikonam
        baraye chera vali barname lotfan pool poolam sefaresh sefaresham shode nashode nareside
        residam karde kardam dige hamishe merci mamnoon moteshakeram awli aali khoob gheymat
        gheymatesh dast dorost inam hamin asan aslan wallah wallahi mish mesh msh shaghal tatbi2
        el3 kteer ktir kteir awi keda kda leh lesh lessa lissa shu sho ana enta enti 3ala 3an
        3ashan 3shan ma3 7elw 7ilw gedan jiddan khales 5ales zbeli baddi 3am khidme kwayes hai
        hain nahi nahin nhi bahut bohat bahot bhut acha achha achi accha bekar lekin mujhe mera
        meri mere kya kyun kyu aap yeh woh raha rahi karo karna hota hoti bhi kuch sab paisa paise
        bhai wala wali krta kar ho gaya aur ke ka ki se ko jo thi tha ap hy rha kr pe ne""",
}
"""The last row is Persian, Arabic, Urdu and Hindi as they are typed in Latin letters: evidence for none of the others."""

MOST = 2.0
"""What a word of one language only adds to its log odds."""


def _weights() -> dict[str, dict[str, float]]:
    listed = {code: frozenset(words.split()) for code, words in _EVERYDAY.items()}
    shared = Counter(word for words in listed.values() for word in words)
    weights: dict[str, dict[str, float]] = {}
    for code, words in listed.items():
        for word in words:
            weights.setdefault(word.casefold(), {})[code] = MOST / shared[word] ** 2
    return weights


WEIGHTS: Mapping[str, Mapping[str, float]] = _weights()
"""For each everyday word, what it adds to the log odds of each language that has it."""
