"""The edge that asks a language model: what it sends, and that nothing but an answer or one kind of error comes of it."""

import json
import socket
import threading
import time

import pytest
from pydantic import SecretStr, ValidationError

from nlp_service.errors import NoAnswer
from nlp_service.ops import llm
from nlp_service.ops.llm import LanguageModel, ask, language_model
from nlp_service.settings import Settings
from tests.model_server import completion, serving

MESSAGES = [{"role": "system", "content": "Name it."}, {"role": "user", "content": "نام"}]
KEY = "sk-not-for-others"


def model(url, *, key=KEY, timeout_s=5.0):
    return LanguageModel(url=url, name="small", key=key and SecretStr(key), timeout_s=timeout_s, seed=7)


def test_no_model_is_set_by_default(monkeypatch):
    for name in ("NLP_LLM_URL", "NLP_LLM_MODEL", "NLP_LLM_KEY"):
        monkeypatch.delenv(name, raising=False)

    assert language_model(Settings()) is None
    assert language_model(Settings(llm_url="", llm_model="", llm_key="")) is None
    assert language_model(Settings(llm_model="small")) is None


def test_a_model_is_as_it_is_set():
    set_ = Settings(llm_url="https://models.example:8443/v1/", llm_model="small", llm_key=KEY, llm_timeout_s=3, seed=5)

    found = language_model(set_)

    assert (found.name, found.host, found.timeout_s, found.seed) == ("small", "models.example:8443", 3.0, 5)
    assert KEY not in repr(found) + repr(set_)


@pytest.mark.parametrize(
    "url",
    [
        "models.example/v1",
        "file:///etc/passwd",
        "ftp://models.example/v1",
        "http://",
        "http://user:hidden-word@models.example/v1",
        "http://:hidden-word@models.example/v1",
        "http://models.example/v1?key=hidden-word",
        "http://models.example/v1#hidden-word",
        "http://models.example:port/v1",
        "http://[models.example/v1",
    ],
)
def test_another_address_than_a_plain_one_is_refused_and_not_quoted(url):
    with pytest.raises(ValidationError) as refused:
        Settings(llm_url=url, llm_model="small", llm_key=KEY)

    assert "hidden-word" not in str(refused.value) and KEY not in str(refused.value)


def test_an_address_without_a_model_is_refused_with_the_remedy():
    with pytest.raises(ValidationError, match="NLP_LLM_MODEL") as refused:
        Settings(llm_url="http://127.0.0.1:1/v1", llm_key=KEY)

    assert KEY not in str(refused.value)


def test_the_answer_is_the_message_and_the_question_is_asked_the_same_way_every_time():
    with serving(lambda _: completion("Late parcels")) as server:
        assert [ask(model(server.url), MESSAGES), ask(model(server.url + "/"), MESSAGES)] == ["Late parcels"] * 2

    assert server.paths == ["/v1/chat/completions"] * 2
    assert server.asked[0] == server.asked[1]
    body = server.asked[0]
    assert (body["model"], body["messages"], body["temperature"], body["seed"]) == ("small", MESSAGES, 0, 7)


def test_the_key_goes_into_one_header_only():
    with serving(lambda _: completion("x")) as server:
        ask(model(server.url), MESSAGES)
        ask(model(server.url, key=None), MESSAGES)

    with_key, without = server.asked_headers
    assert [name for name, value in with_key.items() if KEY in value] == ["Authorization"]
    assert with_key["Authorization"] == f"Bearer {KEY}"
    assert "Authorization" not in without
    assert KEY not in json.dumps(server.asked) + "".join(server.paths)


@pytest.mark.parametrize("key", ["sk-two\nlines", "sk-نیست"])
def test_a_key_that_fits_no_header_is_not_told(key):
    with serving(lambda _: completion("x")) as server, pytest.raises(NoAnswer) as failed:
        ask(model(server.url, key=key), MESSAGES)

    assert "sk-" not in failed.value.detail + str(failed.value.__cause__)
    assert failed.value.__suppress_context__


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        ((500, b"{}"), "HTTP 500"),
        ((401, KEY.encode()), "HTTP 401"),
        ((200, b""), "no chat completion"),
        ((200, b"\xff\xfe"), "no chat completion"),
        ((200, b"<html>"), "no chat completion"),
        ((200, b"[]"), "no chat completion"),
        ((200, b'{"choices": []}'), "no chat completion"),
        ((200, b"[" * 60_000), "no chat completion"),
        (completion(None), "no chat completion"),
        (completion({"en": "x"}), "no chat completion"),
        (completion("x" * llm.MOST_BYTES), "too large"),
    ],
)
def test_whatever_is_no_answer_is_told_as_one_kind_of_error(reply, reason):
    with serving(lambda _: reply) as server, pytest.raises(NoAnswer, match=reason) as failed:
        ask(model(server.url), MESSAGES)

    assert KEY not in failed.value.detail


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(status):
    with serving(lambda _: completion("x")) as elsewhere, serving(lambda _: (status, b"")) as server:
        server.headers["Location"] = elsewhere.url
        with pytest.raises(NoAnswer, match=f"HTTP {status}"):
            ask(model(server.url), MESSAGES)

    assert elsewhere.asked == [] and len(server.asked) == 1


def test_no_proxy_of_the_environment_is_asked(monkeypatch):
    with serving(lambda _: completion("x")) as proxy, serving(lambda _: completion("x")) as server:
        monkeypatch.setenv("http_proxy", proxy.url)
        monkeypatch.delenv("no_proxy", raising=False)
        ask(model(server.url), MESSAGES)

    assert proxy.asked == [] and len(server.asked) == 1


def test_nobody_there_is_told():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/v1"
        with pytest.raises(NoAnswer, match="could not be reached"):
            ask(model(url), MESSAGES)


def test_silence_is_waited_for_no_longer_than_it_is_set():
    ended = threading.Event()

    def say_nothing(_):
        ended.wait(10)
        return completion("x")

    with serving(say_nothing) as server:
        with pytest.raises(NoAnswer, match=r"within 0\.2 s"):
            ask(model(server.url, timeout_s=0.2), MESSAGES)
        ended.set()


def test_an_answer_that_comes_drop_by_drop_is_not_waited_for():
    def drip(listener):
        connection, _ = listener.accept()
        with connection:
            connection.recv(65536)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
            try:
                for _ in range(200):
                    connection.sendall(b" ")
                    time.sleep(0.05)
            except OSError:
                pass

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=drip, args=[listener])
        thread.start()
        started = time.monotonic()
        with pytest.raises(NoAnswer, match="within"):
            ask(model(f"http://127.0.0.1:{listener.getsockname()[1]}/v1", timeout_s=0.5), MESSAGES)
        assert time.monotonic() - started < 5
        thread.join()
