"""Recognisers of what has an address: e-mail, pages whose address opens something, machines."""

import ipaddress
import re
from collections.abc import Iterator

from nlp_service.text.redact.findings import CERTAIN, LIKELY, SURE, Finding
from nlp_service.text.redact.labels import Labels

_LATIN = r"A-Za-z0-9\u00C0-\u024F"
_EMAIL = re.compile(
    rf"(?<![{_LATIN}_%+-])[{_LATIN}_][{_LATIN}._%+'-]{{0,63}}(?:@| @ )(?:[\w-]{{1,63}}\.){{1,6}}[^\W\d_]{{2,24}}"
)
_SPELLED = re.compile(
    rf"(?<![{_LATIN}])[{_LATIN}][{_LATIN}._-]{{0,63}} ?(?:\[at\]|\(at\)|\{{at\}}|(?<= )at(?= )) ?[\w-]{{1,63}}"
    r" ?(?:\[dot\]|\(dot\)|\{dot\}|(?<= )dot(?= )|\.(?=\w)) ?[A-Za-z]{2,12}(?:\.[A-Za-z]{2,4})?",
    re.IGNORECASE,
)
_URL = re.compile(
    r"(?:https?|ftps?|wss?)://[^\s<>\"'«»，。、\\^`{|}]{4,2000}|(?<![\w@.])(?:[\w-]{1,63}\.){1,5}[A-Za-z]{2,12}/[^\s<>\"'«»，。、]{4,2000}",
    re.IGNORECASE,
)
_TAIL = ".,;:!?)]}،؛؟…。"
_SECRET_NAME = (
    r"(?:access|auth|refresh|id|csrf|reset|login|magic|bearer|security|session|invite|confirm(?:ation)?|verif\w*|sas|j|php)?"
    r"[_-]?(?:token|key|apikey|api_key|secret|sig|signature|pass(?:word|wd)?|pwd|jwt|otp|sess(?:ion)?(?:_?id)?|sid|hash"
    r"|credential|code|ticket|auth)"
)
_PARAMETER = re.compile(rf"[?&#;](?:x-amz-)?{_SECRET_NAME}=[^&#]{{6,}}", re.IGNORECASE)
_USER = re.compile(r"^[a-z]+://[^/@\s]+:[^/@\s]+@", re.IGNORECASE)
_OPENS = re.compile(
    r"[/=](?:reset|verif|confirm|activat|invit|magic|unsubscribe|login|signin|auth|token|share|session|password)[\w-]*"
    r"(?:/[\w-]*)?[/=](?=[\w-]*\d)[\w-]{12,}",
    re.IGNORECASE,
)
_JWT = re.compile(r"eyJ[\w-]{8,}\.eyJ[\w-]{8,}")
_RANDOM = re.compile(r"(?<![\w-])(?:(?=[\w-]*\d)(?=[\w-]*[a-z])(?=[\w-]*[A-Z])\w{24,}|[0-9a-f]{32,})(?![\w-])")
_HEX_PAGE = re.compile(r"(?<=/)(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{16,}(?![\w.-])")
_MARKETING = re.compile(r"[?&](?:utm_\w+|gclid|fbclid|msclkid|ref|igsh|si)=[^&#]*", re.IGNORECASE)
_REVISION = re.compile(r"/(?:blob|commits?|tree|raw|blame|compare)/[0-9a-f]{7,40}\b|#diff-[\w-]+|[?&]v=[^&#]*")
"""Hashes that name a version of something that everybody may see."""
_V4 = re.compile(r"(?<![\w.,:/-])(?:\d{1,3}\.){3}\d{1,3}(?![\w-]|\.\d)")
_V4_IN_URL = re.compile(r"(?<=://)(?:\d{1,3}\.){3}\d{1,3}(?![\w.-])")
LARGE = 30
"""Least first number of what is no version, whatever is counted in the sentence."""
_SHORTEST_V6 = 6
_V6 = re.compile(r"(?<![\w:.])(?=[0-9A-Fa-f:]*\d)(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}(?:%\w{1,8})?(?![\w:])")


def emails(text: str) -> Iterator[Finding]:
    """Addresses of mail, plain or with the sign spelled out, in a plain text."""
    if "@" in text:
        for match in _EMAIL.finditer(text):
            yield Finding(kind="email", start=match.start(), end=match.end(), confidence=CERTAIN)
    for match in _SPELLED.finditer(text):
        if not (" at " in match[0].lower() and "dot" not in match[0].lower()):
            yield Finding(kind="email", start=match.start(), end=match.end(), confidence=SURE)


def url_tokens(text: str) -> Iterator[Finding]:
    """Addresses of pages that open something for whoever has them: a token, a key, a password."""
    for match in _URL.finditer(text):
        url = match[0].rstrip(_TAIL)
        if _is_secret(url):
            yield Finding(kind="url_token", start=match.start(), end=match.start() + len(url), confidence=SURE)


def _is_secret(url: str) -> bool:
    told = _MARKETING.sub("", url)
    if _PARAMETER.search(told) or _USER.match(url) or _OPENS.search(told) or _JWT.search(told):
        return True
    bare = _REVISION.sub("", told)
    return bool(_RANDOM.search(bare) or _HEX_PAGE.search(bare))


def ips(text: str, labels: Labels, *, bare: str) -> Iterator[Finding]:
    """Addresses of machines, in a text and in the same without its addresses of pages; not those of every machine."""
    for match in (*_V4.finditer(bare), *_V4_IN_URL.finditer(text)):
        label = labels.of(match.start(), match.end())
        is_counted = label.kind == "other" and (label.direct or int(match[0].split(".")[0]) < LARGE)
        if label.kind == "ip" or not (is_counted or _like_version(match[0])):
            sure = CERTAIN if label.kind == "ip" else LIKELY
            if _is_address(match[0]):
                yield Finding(kind="ip", start=match.start(), end=match.end(), confidence=sure)
    for match in _V6.finditer(bare):
        if _is_address(match[0]) and len(match[0]) > _SHORTEST_V6:
            yield Finding(kind="ip", start=match.start(), end=match.end(), confidence=SURE)


def _like_version(written: str) -> bool:
    """Whether the four numbers are as small as those of a version."""
    numbers = [int(number) for number in written.split(".")]
    return numbers[0] < LARGE and max(numbers) < 100


def _is_address(written: str) -> bool:
    try:
        address = ipaddress.ip_address(written.partition("%")[0])
    except ValueError:
        return False
    return not (address.is_loopback or address.is_unspecified)
