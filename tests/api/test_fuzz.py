"""Whatever schemathesis makes of the OpenAPI document, the service answers as documented, never with a 500."""

from contextlib import suppress

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode, checks

CHECKS = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]
N_EXAMPLES = {GenerationMode.POSITIVE: 12, GenerationMode.NEGATIVE: 12}


@pytest.mark.parametrize("mode", list(N_EXAMPLES), ids=lambda mode: mode.value)
def test_every_call_answers_as_documented(app: Flask, project_id, run_id, mode):
    document = schemathesis.openapi.from_wsgi("/v1/openapi.json", app)
    known = {"project_id": project_id, "run_id": run_id}
    n_calls = 0

    for result in document.get_all_operations():
        operation = result.ok()

        @given(case=operation.as_strategy(generation_mode=mode))
        @settings(
            max_examples=N_EXAMPLES[mode],
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        def call(case: schemathesis.Case):
            nonlocal n_calls
            n_calls += 1
            if case.method != "DELETE" and n_calls % 2:
                case.path_parameters.update({k: v for k, v in known.items() if k in case.path_parameters})
            case.call_and_validate(checks=CHECKS)

        with suppress(Unsatisfiable):  # A call without parameters cannot be made wrong.
            call()

    assert n_calls > 50
