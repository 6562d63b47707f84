"""The words that name numbers, by kind, as patterns over plain text (Arabic letters in their Persian forms).

`other` are the things that are counted, ordered, tracked and dated, and are nobody's.
"""

from collections.abc import Mapping, Sequence

ADDRESS = "address"
"""Names of addresses that hold the name of a thing counted: "invoice address"."""
WORDS: Mapping[str, Sequence[str]] = {
    ADDRESS: (
        r"(?:billing|invoice|order|parcel|package|shipment|receipt) address\w*|fatura adres\w*|kargo adres\w*"
        r"|sipariş adres\w*"
        r"|morada de (?:faturação|encomenda)|adresse de (?:facturation|commande)|(?:dirección"
        r"|domicilio) de(?: la)? factura\w*"
        r"|indirizzo di (?:fatturazione|spedizione|ordine)|(?:rechnungs|kunden|sendungs)(?:adresse|anschrift)\w*"
        r"|factuuradres",
        r"عنوان (?:ال)?(?:شحن|فاتوره|طلب|طلبیه)|(?:ا|آ)درس (?:سفارش|فاکتور|مرسوله|بسته)",
    ),
    "other": (
        r"(?:order|tracking|track|shipment|parcel|package|invoice|receipt|ticket|case|booking|reservation|transaction"
        r"|confirmation|reference|ref|serial|product|item|model|policy|contract|membership|member|loyalty|coupon"
        r"|voucher|promo|gift ?card|flight|batch|part|complaint|incident|report|claim|waybill|awb|batch)s?\b",
        r"(?:sku|isbn|pnr|issn|ean|upc|imei|gtin|asin|vin)\b",
        r"(?:version|ver\b|build|firmware|release|update|driver|android|ios\b|windows|chrome|price|cost|total|amount"
        r"|points?|score|rating|steps|followers|views|downloads|bytes|seconds)\w*",
        r"(?:sipariş|kargo(?!cu)|takip|gönderi|fatura|fiş|talep|kayıt(?!lı)|şikayet|işlem|referans|rezervasyon"
        r"|bilet|seri|ürün|barkod"
        r"|model|poliçe|sözleşme|üyelik|müşteri|abone|kupon|irsaliye|dekont|sürüm|güncelleme|versiyon|fiyat|tutar|puan"
        r"|dosya|başvuru|tesisat|plaka)(?:\w*['’]?\w*)(?: (?:takip|iade|seri))?(?: ?(?:numara\w*|no\w*|kod\w*|id\w*))?",
        r"(?:سفارش|مرسوله|رهگیری|پیگیری|فاکتور|تیکت|تراکنش|سریال|بارکد|رزرو|بلیت|بلیط|کالا|محصول|مدل|اشتراک|عضویت"
        r"|قرارداد"
        r"|بیمه[ \u200c]{0,4}نامه|پرونده|تخفیف|کوپن|نسخه|ورژن|اپدیت|بروزرسانی|به[ \u200c]{0,4}روزرسانی"
        r"|قیمت|مبلغ|امتیاز|شناسه (?:پرداخت|قبض)"
        r"|مرجع|پرواز|قبض|بازدید|فالوور|دانلود|شکایت|بسته|پشتیبانی)\w*",
        r"(?:طلب|طلبی|طلبیه|طلبات|شحن|شحنه|تتبع|فاتوره|تذکره|بلاغ|شکوی|معامله|عملیه|حجز|مرجع|مرجعی|تسلسلی|سیریال"
        r"|منتج|مودیل"
        r"|باقه|عضویه|اشتراک|عقد|بولیصه|کوبون|خصم|اصدار|نسخه|تحدیث|سعر|مبلغ|نقاط|تقییم|رحله|حواله|بارکود|باركود"
        r"|تنزیل)\w*",
        r"(?:bestell|auftrag|rechnung|sendung|kunden|vertrag|artikel|vorgang)\w*|onderdeel\w*|bestelling\w*"
        r"|factuur\w*|commande|colis|facture|suivi|dossier"
        r"|pedido|factura|envío|seguimiento|fattura|ordine|spedizione|rastreio|encomenda|заказ\w*|трек\w*|накладн\w*",
    ),
    "postal_code": (
        r"post(?:al)? ?codes?|zip ?(?:code)?s?\b|pin ?code|\bpin for\b|postcode\w*|p[- ]?code\b|posta ?kod\w*"
        r"|\bp\.? ?k\.(?= ?:? ?\d)"
        r"|pos(?:t|ta)[- ]?nu?m+e?r\w*(?= ?:? ?\d)|postkoade|c\.? ?p\.(?= ?:? ?\d)|c\. ?a\. ?p\.|avviamento postale"
        r"|numero postale"
        r"|\bnpa\b|c[óo]d(?:igo)?\.? post(?:al)?\b\.?|endereçamento(?: postal)?|cepzinho|ر ?\. ?ب\b|(?:رمز|رقم|کود"
        r"|رمزی|رمزنا|رمزک)"
        r" ?(?:ال)?(?:برید|بوست)[^\W\d]*|ک ?\. ?پ\b|کد[ \u200c]{0,4}پستی[^\W\d]*|کدپستی[^\W\d]*"
        r"|کد(?: [^\W\d]+){1,2} پستی[^\W\d]*",
        r"(?:ال)?رمز (?:ال)?بریدی[^\W\d]*|رقم (?:ال)?بریدی|plz\b|postleit?zahl\w*|code postal|codice postale"
        r"|पिन ?कोड|पिन(?= )|\bcp\b(?=\W{0,3}(?:c['’])?(?:est? )?\d)|código postal|codigo postal"
        r"|\bcap\b(?=\W{0,3}(?:è )?\d)|\bcep\b(?=\W{0,3}(?:é |era )?\d{5}-?\d{3}(?!\d))"
        r"|почтовый индекс|индекс|郵便番号|邮编|우편번호",
    ),
    "national_id": (
        r"national (?:id|identity|insurance|code|number|no)\w*|id (?:number|card|no)\b"
        r"|identity (?:number|card|no)?|ssn\b|social security"
        r"|emirates id|civil id|iqama|aadhaar|aadhar|pan card|\bnino?\b|\bnhs\b|tax id|taxpayer",
        r"t\.? ?c\.? ?(?:no|numara)\w*|tckn\w*|(?:t\.? ?c\.? ?)?kiml[iı]?[kğ]\w*(?: ?(?:numara\w*|no\w*))?"
        r"|\btc(?:['’]\w{1,4})?\b|nüfus cüzdan\w*",
        r"(?:کد|شماره|کارت|رقم|ش\.?)[ \u200c]{0,4}ملی\w*|کیملیک\w*|کدملی\w*|ملیم|شناسنامه\w*|شماره شناسایی|شناسه ملی",
        r"هویه|هویتی|هویته|رقم (?:ال)?قومی|قومی|بطاقه (?:ال)?شخصیه|بطاقتی الشخصیه|اقامه|اقامتی"
        r"|سجل مدنی|رقم وطنی|رقمی (?:ال)?قومی",
        r"soc(?:ial)? sec\w*|\bsin\b(?=[^.]{0,50}\d)|\bahv\b\W?\w*|\bsvnr\b|\bfiscale\b|número fiscal"
        r"|registre national|persoonsnummer"
        r"|rijksregister\w*|steuer-?(?:identifikations-?|identit[äa]ts-?)?(?:nummer|nr)\b|idnr\b"
        r"|(?:personal)?ausweis\w*|sozialversicherungs\w*"
        r"|d['’ ]assurée?\b|assurance maladie|carte vitale|\bnir\b|carte d['’ ]identité|documento de identidad"
        r"|carn[eé] de identidad"
        r"|cod\.? ?fisc\w*|tessera sanitaria|contribuinte|cartão (?:de|do) cidadão|sofi-?nummer|bsn-?nummer"
        r"|vatandaşlık (?:no|numara)\w*",
        r"cpf\b|\bdni\b|\bnie\b|\bnif\b|codice fiscale|steuer-?id\w*|identifikationsnummer|sécurité sociale"
        r"|numéro de sécu"
        r"|pesel|\bbsn\b|burgerservicenummer|personnummer|\bcnp\b|снилс|\bинн\b|身份证|주민등록|マイナンバー|आधार|תעודת זהות"
        r"|ת\.ז|αμκα|amka|\bnik\b|\bktp\b",
    ),
    "iban": (r"iban\w*(?:['’]\w+)?(?: ?(?:numara\w*|no\w*))?|شبا\w*|ایبان\w*|ای بان|حسابی البنکی",),
    "card": (
        r"(?:credit|debit|bank|visa|master ?card|amex|mada|troy)(?: ?card)?\w*|card (?:number|no)?|cards?\b",
        r"(?:kredi|banka) ?kart\w*|kart\w*(?: ?(?:numara\w*|no\w*))?",
        r"(?:شماره )?کارت\w*|بطاقه|بطاقتی|بطاقات|فیزا|ماستر ?کارد|مدی\b",
        r"kreditkarte\w*|carte (?:bancaire|bleue)|tarjeta|cartão|carta di credito|карт[аыуе]\w*",
    ),
    "phone": (
        r"(?:tele)?phones?\b|t[eé]l\b|tfno\b|tlfn?o?\b|telefo\w*|téléphone|mobiles?\b|móvil|cell(?:phone|ular)?\b"
        r"|call(?:ed|ing)?\b"
        r"|whats ?app\w*|\bzap\b|ring\b|text(?:ed|ing)?\b|sms\b|dial|reach (?:me|us|him|her|my \w+)|contact"
        r"|(?:my|his|her|our|[a-z]{1,30}['’]s) number|landline|hotline|wa\.me",
        r"cep(?:im|imden|ten|i)?\b|gsm\b|ara(?:yın|yabilir|yıp|r|dım|dılar|yarak|manız|sın|salar|y)\w*"
        r"|numaram\w*|numaras\w*|ulaş\w*|mesaj\w*"
        r"|hattım\w*|watsap\w*|vatsap\w*|iletişim\w*",
        r"تماس\w*|تلفن\w*|موبایل\w*|همراه\w*|گوشی\w*|واتس[ \u200c]{0,4}(?:ا|آ)پ\w*|زنگ\w*"
        r"|پیامک\w*|اس ?ام ?اس|پیام بد\w*|شماره[ \u200c]{0,4}(?:ام|م|من|اش|ش)\b"
        r"|شمارم\w*|شماره مادرم|شماره همسرم|خطم\b|تلگرام\w*|ایتا\b|بله\b",
        r"هاتف\w*|جوال\w*|جوالی|موبای?ل\w*|اتصل\w*|اتصال\w*|یتصل\w*|تتصل\w*|واتس\w*|رقمی\b|رقمه\b|تلیفون\w*|تلفون\w*"
        r"|تواصل\w*|محمول\w*|کلم\w*|دق\w*|رقم والدتی"
        r"|ارسل\w* لی",
        r"handy\w*|anruf\w*|rufen|ruf\b|nummer|appel\w*|portable|llam\w*|celular|ligue|ligar|cellulare|chiam\w*"
        r"|телефон\w*|звон\w*"
        r"|номер\w*|फ़ोन|फोन|मोबाइल|कॉल|电话|手机|電話|전화|טלפון|τηλέφωνο|โทร",
    ),
    "ip": (
        r"ip(?:['’]?\w{0,4})?\b|ip ?v[46]|server|router|address(?:es)? ip"
        r"|logged in from|login from|host\b|firewall|dns\b|vpn\b|modem\w*",
        r"ای[ \u200c]{0,4}پی\w*|سرور\w*|مودم\w*|ایبی|خادم|سیرفر|راوتر|sunucu\w*|giriş\w*",
    ),
}

FILLERS: Sequence[str] = (
    r"no|nr|num|number|numbers|numero|id|code|digits?|is|was|are|as|my|the|for|of|here|it|its|this|that|on|to|at|me"
    r"|us|him|her|s|a",
    r"and|or|be|goes|shows?|says|which|via|by|under|with|from|also|back|please|mine|our|ending|new|old|home|work"
    r"|office|line",
    r"numara\w*|no\w{0,3}|nolu|kod\w*|olan|şu|bu|benim|ise|de|da|ve|ya|bana|beni|hesap|nolar?|numaralı|üzerinden"
    r"|olarak|yeni|adres\w*",
    r"شماره\w*|کد\w*|من|ما|م|ام|ش|اش|این|اینه|است|هست|ه|رو|را|به|با|بر|و|یا|هم|از|شد|بگیرید|بزنید|بدید|خودم|جدید"
    r"|جدیدم|ی|های?",
    r"رقم\w*|الرقم|هو|هی|علی|عند|فی|لی|انا|الخاص|بی|الجدید|هذا|من|او|ب|الرمز|کود|عنوان\w*|حقی|بتاعی|تبعی|دیالی",
    r"numero|número|numéro|est|es|é|è|ist|lautet|unter|meine|mein|mi|mon|ma|au|le|la|el|o|in|die|der|das|bei|auf",
)
