"""Logs that cannot carry text, and a server that loads its engine in the worker."""

import json

from nlp_service.ops.logs import configure_logs, describe, get_log
from nlp_service.serve import Server, options


def test_a_log_line_carries_only_the_allowed_fields(capsys):
    configure_logs()
    get_log().info("request", status=200, text="what a customer wrote", code="x" * 1_000)
    line = json.loads(capsys.readouterr().err)

    assert line["status"] == 200
    assert "text" not in line
    assert line["n_dropped_fields"] == 1
    assert len(line["code"]) == 300


def test_an_error_is_described_without_its_message():
    try:
        int("what a customer wrote")
    except ValueError as error:
        found = describe(error)

    assert found["error"] == "ValueError"
    assert "customer" not in str(found)
    assert any("test_operations.py" in frame for frame in found["frames"])


def test_the_server_loads_the_app_in_one_worker_with_threads(settings):
    server = Server(settings, with_samples=False)

    assert (server.cfg.workers, server.cfg.threads, server.cfg.worker_class_str) == (1, settings.threads, "gthread")
    assert server.cfg.preload_app is False
    assert options(settings.model_copy(update={"host": "::1"}))["bind"] == "[::1]:8000"
