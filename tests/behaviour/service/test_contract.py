"""The service keeps to its OpenAPI document, whatever it is asked."""

import json
from http import HTTPStatus

import pytest
from flask import request
from hypothesis import HealthCheck, given, seed, settings

from serve.api.service import Service
from serve.app import create_app
from standpoint.settings import Settings
from tests.contract import faults_in
from tests.fuzz import BODIES, fault_in
from tests.operations import OPERATIONS

SEED = 20131119


@pytest.fixture
def described(still_house, root):
    """The service with the project's own codebooks."""
    codebooks = root / "configs" / "codebooks"
    own = Settings(models_dir=still_house.models, codebooks_dir=codebooks)
    return create_app(Service(own), own)


@pytest.mark.slow
def test_no_request_gets_an_answer_that_the_document_does_not_name(described):
    n_tried, faults = faults_in(described, max_examples=15, seed=SEED, most_items=20)
    assert not faults, "\n\n".join(faults)
    assert n_tried > 400


@pytest.mark.slow
def test_an_answer_that_the_document_does_not_name_is_noticed(described):
    @described.after_request
    def spoil(answer):
        if request.path == "/healthz":
            answer.data = b'{"status": "unwell"}'
        return answer

    others = {routed.path for routed in OPERATIONS} - {"/healthz"}
    _, faults = faults_in(described, max_examples=1, seed=SEED, without=others)
    assert any("GET /healthz: response_schema_conformance" in fault for fault in faults)


@seed(SEED)
@settings(max_examples=150, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(body=BODIES)
def test_no_body_breaks_the_reader_of_articles_or_moves_an_offset(client, body):
    assert fault_in(client, body) is None


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        pytest.param(HTTPStatus.INTERNAL_SERVER_ERROR, {}, id="a server error"),
        pytest.param(HTTPStatus.OK, {"article": {}}, id="no labelled article"),
    ],
)
def test_a_fault_of_the_reader_is_noticed(described, status, answer):
    described.after_request(lambda _: described.response_class(json.dumps(answer), status))
    assert fault_in(described.test_client(), b'{"text": "a"}') is not None
