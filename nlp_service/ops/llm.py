"""A language model behind an OpenAI-compatible API: the only place that calls out while the service runs, and only if set.

No proxy is taken from the environment and no redirect is followed, so that what is sent goes to the set host alone.
"""

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from pydantic import SecretStr

from nlp_service import __version__
from nlp_service.errors import NoAnswer
from nlp_service.settings import Settings

Message = Mapping[str, str]
"""`role` and `content`."""

MOST_BYTES = 64_000
MOST_TOKENS = 1000
"""Room for a model that thinks aloud first; an answer itself takes a few dozen."""
_PIECE = 8192


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageModel:
    """Which model to ask, where, and how long to wait; `seed` goes with each question."""

    url: str
    name: str
    key: SecretStr | None
    timeout_s: float
    seed: int

    @property
    def host(self) -> str:
        """The host of the URL with its port, if it names one."""
        return urlsplit(self.url).netloc


def language_model(settings: Settings) -> LanguageModel | None:
    """The model that is set, None where none is."""
    if settings.llm_url is None or settings.llm_model is None:
        return None
    return LanguageModel(
        url=settings.llm_url,
        name=settings.llm_model,
        key=settings.llm_key,
        timeout_s=settings.llm_timeout_s,
        seed=settings.seed,
    )


def ask(model: LanguageModel, messages: Sequence[Message]) -> str:
    """What the model says to the messages.

    Raises:
        NoAnswer: there is none; the reason tells nothing of what was sent or received.
    """
    body = {
        "model": model.name,
        "messages": list(messages),
        "temperature": 0,
        "seed": model.seed,
        "max_tokens": MOST_TOKENS,
        "stream": False,
    }
    try:
        return _content(json.loads(_post(model, json.dumps(body).encode())))
    except (ValueError, RecursionError):
        # `from None`: http.client quotes a header that it refuses, and the key is in one.
        raise NoAnswer("the language model's server gave no chat completion") from None


def _post(model: LanguageModel, body: bytes) -> bytes:
    """The body of the reply.

    Raises:
        NoAnswer: there is none.
    """
    request = Request(f"{model.url.rstrip('/')}/chat/completions", data=body, method="POST")
    request.add_header("Content-Type", "application/json")
    request.add_header("User-Agent", f"nlp_service/{__version__}")
    if model.key is not None:
        request.add_unredirected_header("Authorization", f"Bearer {model.key.get_secret_value()}")
    until = time.monotonic() + model.timeout_s
    try:
        with build_opener(ProxyHandler({}), _NoRedirects).open(request, timeout=model.timeout_s) as response:
            return _read(response, until)
    except HTTPError as error:
        error.close()
        raise NoAnswer(f"the language model's server answered with HTTP {error.code}") from None
    except (OSError, HTTPException) as error:
        if isinstance(error, TimeoutError) or (isinstance(error, URLError) and isinstance(error.reason, TimeoutError)):
            raise NoAnswer(f"the language model did not answer within {model.timeout_s:g} s") from None
        raise NoAnswer("the language model could not be reached") from None


def _read(response: HTTPResponse, until: float) -> bytes:
    """The whole body, for which the time is one and the size has an end, however slowly it comes.

    Raises:
        NoAnswer: it is too large.
    """
    body = bytearray()
    while piece := response.read1(_PIECE):
        body += piece
        if len(body) > MOST_BYTES:
            raise NoAnswer("the language model's answer was too large")
        if time.monotonic() > until:
            raise TimeoutError
    return bytes(body)


def _content(reply: Any) -> str:
    """The text in a chat completion; whatever else is a ValueError."""
    try:
        content = reply["choices"][0]["message"]["content"]
    except (KeyError, IndexError, TypeError):
        content = None
    if not isinstance(content, str):
        raise ValueError("no chat completion")
    return content


class _NoRedirects(HTTPRedirectHandler):
    """A redirect is an error: the address is set by whoever runs the service."""

    def redirect_request(self, *_: Any) -> None:
        return None
