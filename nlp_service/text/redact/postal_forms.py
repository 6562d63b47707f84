"""What postal codes look like, what they are called, and what stands around them in addresses."""

import re

DIGITS = re.compile(
    r"(?<![A-Za-z\d_@%#.,-])"
    r"(?:\d{5}[ -]?\d{5}|\d{5}-\d{4}|\d{5}-?\d{3}"
    r"|\d{4}-\d{3}|\d{3}-\d{4}|\d{2}-\d{3}|\d{3} \d{2,3}|\d{2} \d{3}|\d{4} ?[A-Za-z]{2}|\d{4,6})"
    r"(?![A-Za-z\d_@%]|[.,:-]\d)"
)
AREAS = (
    "AB|AL|B|BA|BB|BD|BH|BL|BN|BR|BS|BT|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|E|EC|EH|EN|EX|FK|FY|G|GL|GU"
    "|HA|HD|HG|HP|HR|HS|HU|HX|IG|IP|IV|KA|KT|KW|KY|L|LA|LD|LE|LL|LN|LS|LU|M|ME|MK|ML|N|NE|NG|NN|NP|NR|NW|OL|OX|PA|PE|PH|PL|PO"
    "|PR|RG|RH|RM|S|SA|SE|SG|SK|SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|TA|TD|TF|TN|TQ|TR|TS|TW|UB|W|WA|WC|WD|WF|WN|WR|WS|WV|YO|ZE"
)
BRITISH = re.compile(rf"(?:{AREAS})\d[A-Z\d]? \d[ABD-HJLNP-UW-Z]{{2}}")
CANADIAN = re.compile(r"[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z] \d[ABCEGHJ-NPRSTV-Z]\d")
LETTERED = re.compile(
    r"(?<![^\W_])(?:[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d)(?![^\W_])", re.IGNORECASE
)
TELLS_ADDRESS = r"address|adres|adreß|indirizzo|morada|endereço|direcci|domicil|anschrift|عنوان|ادرس|نشانی"
ADDRESS = re.compile(
    rf"{TELLS_ADDRESS}|\bliv(?:e|ing)\b|deliver|\b(?:street|road|st|rd|avenue|ave|flat|lane|apt|apartment|suite)\b"
    rf"|moved to|\bship"
    r"|stra(?:ß|ss)e|\b\w+str\.|\brue\b|\bbd\b|boulevard|étage|immeuble|\bcalle\b|\bavda\b|\bpiso\b|\bportal\b"
    r"|\bvia\b|\bpiazza\b|\bcorso\b"
    r"|\bsokak|\bsok\.|\bmah(?:alle\w*|\.)|\bcad(?:de\w*|\.)|\bapartman|\bdaire|\bkurye|\bblok\b|gönder|liefer|wohn"
    r"|zieh|livr|entreg|envi"
    r"|enví|consegn|spedi|\brua\b|\bapto\b|bairro|straat|laan\b|gracht|bezorg|verhuis|woon|شارع|(?<!\w)حی |عماره"
    r"|شقه|توصیل|خیابان|کوچه|پلاک|بلوار",
    re.IGNORECASE,
)
OWN_ADDRESS = re.compile(TELLS_ADDRESS, re.IGNORECASE)
SHORT_NAME = re.compile(r"\b(?:code|c[óo]digo|cap|cep|cp|kod\w*|zip)\b|(?:ال)?رمز|کد", re.IGNORECASE)
"""What a postal code is called where an address is spoken of."""
TOWN = re.compile(r",? [^\W\d_a-z][^\W\d_]{2,}")
"""What follows a code in the order of most of Europe and of Turkey: 34710 Kadıköy."""
BEHIND_TOWN = re.compile(r"[^\W\d_a-z][^\W\d_]{2,},? $")
CAPITAL = r"[A-ZÀ-ÖØ-ÞĞİŞ][^\W\d_]{2,}"
LINE = re.compile(
    r"(?:^|[,;:(\n]|[.!?] |\d[a-z]?) ?(?:[A-Z]{1,2}-)?(?P<code>\d{5}|\d{4}-\d{3}|\d{5}-\d{3})(?<!000) "
    rf"{CAPITAL}(?:(?: / |[ -])[^\W\d_]+){{0,3}}(?= ?[.,;)!?\n]|$)"
)
"""The last line of an address: "…, 27560 Şehitkâmil / Gaziantep"."""
HOUSE = re.compile(
    r"(?<!\w)(?!(?i:jan|feb|mär|mar[csz]|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz]|déc))"
    rf"[^\W\d_]{{3,}}\.? \d{{1,4}}[a-z]?(?: bo[îi]te \d+"
    rf"| bus \d+)?, ?(?:[A-Z]{{1,2}}-)?(?P<code>\d{{4,5}}),? ?{CAPITAL}"
    r"|(?:str(?:aße|asse|\.)|weg|gasse|platz|allee) \d{1,4}[a-z]?, ?(?P<small>\d{4,5}) [^\W\d_]{3,}"
)
"""Street, house and code before a town: "Hauptplatz 14, 8430 Leibnitz"."""
REGION = re.compile(
    r"\b(?:NSW|VIC|QLD|SA|WA|TAS|ACT|NT) (?P<code>\d{4})(?![\d-])"
    r"|\b(?:AB|BC|MB|NB|NL|NS|NT|NU|ON|PE|QC|SK|YT),? (?P<small>[A-Za-z]\d[A-Za-z] ?\d[A-Za-z]\d)\b"
)
"""Behind a state of Australia or a province of Canada."""
OWN_FORM = {
    "pt": re.compile(r"(?<![\w.,:/-])(?:\d{4}-\d{3}|\d{5}-\d{3})(?![\w/-]|[.,:]\d)"),
    "nl": re.compile(
        r"(?<![\w.,:/-])[1-9]\d{3} ?(?!S[ADS]|G[BH]|M[BMLH]|K[BMGW]|T[BL]|CM|PK|DB|V[AU]|EU|MW|W[HP])[A-Z]{2}(?![\w-])"
    ),
    "en": re.compile(r"(?<![\w.,:/-])\d{5}-\d{4}(?![\w/-]|[.,:]\d)"),
}
"""Forms that nothing else has in a language: those of Portugal and Brazil, of the Netherlands and of the United States."""
OWN_NAME = {
    "it": re.compile(r"\bcap\b", re.IGNORECASE),
    "fr": re.compile(r"\b(?:cp|npa)\b", re.IGNORECASE),
    "pt": re.compile(r"\bcep\w*", re.IGNORECASE),
}
"""Short names that mean something else in other languages."""
COUNTED = re.compile(
    r"(?:\b5|five|cinco|cinq|cinque|beş|fünf|vijf|(?:ال)?خمسه|پنج|\b10|ده|sete)[- ]"
    r"(?:digits?|números|dígitos|chiffres|cifre|hane\w*|stellig\w*|ziffern|algarismos|cijfer\w*|رقم\w*|ارقام)",
    re.IGNORECASE,
)
"""What is called by the number of its digits."""
IRANIAN = re.compile(r"[13-9]{4}[1346-9]\d{5}|[13-9]{4}[1346-9][ -]\d{5}")
STATE = re.compile(r",? [A-Z]{2} $")
"""What stands before one in the United States and in Canada: Austin, TX 78701."""
ANY_STATE = re.compile(r", [A-Z]{2} \d{5}")
TOWNLIKE = re.compile(r"\d{5}(?:-\d{4})?|\d{4}-\d{3}|\d{5}-\d{3}|\d{2} \d{3}|\d{3} \d{2}|\d{4} [A-Z]{2}")
DESTINATION = re.compile(r" (?:to|nach|vers|naar|para|per|a|à|إلی|الی|به) $")
