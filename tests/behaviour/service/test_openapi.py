"""The OpenAPI document says what the service does, and the service does what it says."""

import json
import re
import subprocess
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode

import jsonschema_rs
import pytest
from pydantic import TypeAdapter
from schemathesis.specs.openapi.definitions import OPENAPI_31

from serve.api.answers import Health, PairsAnswer
from serve.api.ndjson import MEDIA_TYPE as NDJSON
from serve.api.operation import FORM, JSON
from serve.api.requests import SentCodebook
from serve.api.server_answers import (
    CodebookList,
    CodebookSummary,
    KnownCodebook,
    ModelCards,
    Problem,
)
from serve.api.service import Service
from serve.app import create_app
from serve.openapi import examples
from serve.openapi.document import document
from serve.openapi.problem_docs import PROBLEMS, problem_example
from serve.openapi.schemas import schema_of
from standpoint import __version__
from standpoint.codebook.schema import Codebook
from standpoint.labeling.answer_schema import LabelledArticle
from standpoint.settings import Settings
from tests.operations import OPERATIONS

SHOWN_ELSEWHERE = {401, 403, 408, 411, 421, 429}  # tests of the guard and of the server process
TRIED_PROBLEMS = [400, 404, 405, 413, 415, 422, 500, 503]


@pytest.fixture(scope="module")
def described(still_house, root):
    """The service with the project's own codebooks."""
    settings = Settings(models_dir=still_house.models, codebooks_dir=root / "configs" / "codebooks")
    return create_app(Service(settings), settings)


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    return document(OPERATIONS)


def parts_of(found, key):
    """Everything that stands under a key, however deep."""
    if isinstance(found, dict):
        yield from (value for name, value in found.items() if name == key)
        for value in found.values():
            yield from parts_of(value, key)
    elif isinstance(found, list):
        for value in found:
            yield from parts_of(value, key)


def check_against(schema, value, *, told):
    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    jsonschema_rs.Draft202012Validator({**whole, "components": told["components"]}).validate(value)


# --- the document itself ------------------------------------------------------


def test_the_document_is_openapi_3_1(told):
    assert told["openapi"] == "3.1.0"
    jsonschema_rs.Draft202012Validator(OPENAPI_31).validate(told)


def test_every_schema_of_the_document_is_a_json_schema(told):
    for schema in told["components"]["schemas"].values():
        jsonschema_rs.meta.validate(
            {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
        )


def test_every_reference_leads_somewhere_and_nothing_is_left_unused(told):
    named = {ref for ref in parts_of(told, "$ref") if isinstance(ref, str)}
    kinds = ("schemas", "responses", "parameters", "headers")
    there = {f"#/components/{kind}/{name}" for kind in kinds for name in told["components"][kind]}
    assert named == there


def test_every_operation_has_an_id_of_its_own_a_tag_and_a_summary(told):
    found = [one for methods in told["paths"].values() for one in methods.values()]
    ids = [one["operationId"] for one in found]
    assert len(set(ids)) == len(ids) == len(OPERATIONS)
    tags = {tag["name"] for tag in told["tags"]}
    assert {tag for one in found for tag in one["tags"]} == tags
    assert all(one["summary"] for one in found)


def test_every_field_of_the_services_own_shapes_is_described(told):
    features = {"EncoderFeatures", "NgramFeatures", "NoFeatures", "MixtureFeatures"}
    features |= {"JudgeSettings", "SentimentSettings", "CellWeights", "CandidateSettings"}
    for name, schema in told["components"]["schemas"].items():
        assert schema["description"], name
        if name not in {*features, "PartOfMixture"}:
            for field, part in schema.get("properties", {}).items():
                assert part.get("description", "").endswith("."), f"{name}.{field}"


def test_the_codebook_that_may_be_sent_is_that_of_the_files_and_a_digest():
    assert set(SentCodebook.model_fields) == {*Codebook.model_fields, "digest"}


def test_the_codebook_that_is_shown_has_every_key_of_that_of_the_files():
    assert set(KnownCodebook.model_fields) == {*Codebook.model_fields, "digest"}
    assert all(field.is_required() for field in KnownCodebook.model_fields.values())


# --- routes -------------------------------------------------------------------


def routes_of(app):
    """Method and path of every route but those of static files and those that Flask adds."""
    for rule in app.url_map.iter_rules():
        if not rule.endpoint.endswith("static"):
            path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
            yield from ((method.lower(), path) for method in rule.methods - {"HEAD", "OPTIONS"})


def test_every_route_is_in_the_document_and_every_operation_is_routed(described, told):
    written = {(method, path) for path, methods in told["paths"].items() for method in methods}
    routed = set(routes_of(described))
    assert routed == written


def test_the_document_is_served_with_an_etag_and_the_version(client):
    got = client.get("/openapi.json")
    assert (got.status_code, got.content_type) == (200, "application/json")
    assert got.json == document(OPERATIONS)
    assert got.json["info"]["version"] == __version__
    again = client.get("/openapi.json", headers={"If-None-Match": got.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == got.headers["ETag"]
    assert client.get("/openapi.json", headers={"If-None-Match": '"x"'}).status_code == 200


def test_the_document_is_served_before_anything_is_promoted(empty_house):
    client = empty_house.client()
    assert client.get("/openapi.json").status_code == 200
    assert client.get("/docs").status_code == 200


# --- examples -----------------------------------------------------------------

SENT = [
    pytest.param(routed, value, id=f"{routed.operation.id}: {name}")
    for routed in OPERATIONS
    for name, value in examples.REQUESTS.get(routed.operation.id, {}).items()
]
SHOWN = [
    pytest.param(routed.operation, value, id=f"{routed.operation.id}: {name}")
    for routed in OPERATIONS
    for name, value in examples.ANSWERS.get(routed.operation.id, {}).items()
]
WITHOUT_BODY = [
    pytest.param(routed, id=routed.operation.id)
    for routed in OPERATIONS
    if routed.operation.body is None
]


def send(client, routed, value):
    media = routed.operation.body.media
    if media == FORM:
        return client.post(routed.path, data=value)
    lines = value if media == NDJSON else [value]
    data = b"\n".join(json.dumps(line).encode() for line in lines)
    return client.open(routed.path, method="POST", data=data, content_type=media)


def content_of(got):
    if got.mimetype == NDJSON:
        return [json.loads(line) for line in got.data.splitlines()]
    return got.json if got.mimetype == JSON and got.text.strip() else got.text


def test_every_operation_with_a_body_has_an_example_and_every_example_an_operation():
    ids = {routed.operation.id for routed in OPERATIONS}
    with_body = {routed.operation.id for routed in OPERATIONS if routed.operation.body}
    assert set(examples.REQUESTS) == with_body
    assert set(examples.ANSWERS) <= ids


@pytest.mark.parametrize(("routed", "value"), SENT)
def test_every_request_that_is_shown_is_answered_as_the_document_says(
    described, told, routed, value
):
    got = send(described.test_client(), routed, value)
    answer = routed.operation.answer
    assert got.status_code == 200, got.text
    assert got.mimetype in (answer.media, *answer.other_media)
    check_against(schema_of(answer), content_of(got), told=told)


@pytest.mark.parametrize("routed", WITHOUT_BODY)
def test_every_question_without_a_body_is_answered_as_the_document_says(described, told, routed):
    answer = routed.operation.answer
    got = described.test_client().get(routed.path.format(name="geneva2"))
    assert (got.status_code, got.mimetype) == (200, answer.media)
    check_against(schema_of(answer), content_of(got), told=told)


@pytest.mark.parametrize(("routed", "value"), SENT)
def test_every_request_that_is_shown_is_of_its_own_shape(told, routed, value):
    check_against(schema_of(routed.operation.body), value, told=told)


@pytest.mark.parametrize(("operation", "value"), SHOWN)
def test_every_answer_that_is_shown_is_of_its_own_shape(told, operation, value):
    check_against(schema_of(operation.answer), value, told=told)


def test_the_article_that_is_shown_has_the_spans_and_the_codebook_of_a_real_one(described):
    got = described.test_client().post("/v1/articles", json=examples.ARTICLE).json
    assert got["article"] == examples.LABELLED["article"]
    assert got["codebook"] == examples.LABELLED["codebook"]
    [shown] = examples.LABELLED["statements"]
    [real] = [s for s in got["statements"] if s["cue"] == shown["cue"]]
    for part in ("holder", "holder_span", "issue", "cue", "attribution", "evidence"):
        assert real[part] == shown[part]


def curls_in(text):
    """Every curl of the page, as words."""
    for block in re.findall(r"<pre[^>]*><code>(.*?)</code></pre>", text, re.DOTALL):
        plain = (
            (block.replace("&#39;", "'").replace("&#34;", '"').replace("&lt;", "<"))
            .replace("&gt;", ">")
            .replace("&amp;", "&")
        )
        if "curl -s" in plain:
            yield plain


def test_every_curl_of_the_page_asks_what_it_shows(described):
    asked = []
    for command in curls_in(described.test_client().get("/docs").text):
        # The shell itself reads the command: curl is a function that tells its words.
        script = f'curl() {{ printf "%s\\0" "$@"; printf "\\1"; cat; }}\n{command}'
        done = subprocess.run(
            ["/bin/sh", "-c", script], capture_output=True, check=True, stdin=subprocess.DEVNULL
        )
        words, given = done.stdout.decode().split("\0\1")
        asked.append(list(asked_by(words.split("\0"), given)))
    paths = {path for path, *_ in asked}
    assert paths == {o.path.format(name="geneva2") for o in OPERATIONS}
    for path, body, media in asked:
        method = "POST" if body else "GET"
        got = described.test_client().open(path, method=method, data=body, content_type=media)
        assert got.status_code == 200, got.text


def asked_by(words, given):
    """Path, body and media type of a call of curl."""
    [url] = [word for word in words if word.startswith("http://127.0.0.1:8000")]
    path = url.removeprefix("http://127.0.0.1:8000")
    options = dict(pairwise(words))
    if "--data-urlencode" in options:
        form = [value for name, value in pairwise(words) if name == "--data-urlencode"]
        return path, urlencode([tuple(field.split("=", 1)) for field in form]), FORM
    body = given if options.get("--data-binary") == "@-" else options.get("-d")
    media = options.get("-H", "").removeprefix("Content-Type: ") or None
    return path, body, media


# --- problems -----------------------------------------------------------------


def failing(client):
    service = client.application.extensions["standpoint"]
    codebooks, service.codebooks = service.codebooks, None
    try:
        return client.get("/v1/codebooks")
    finally:
        service.codebooks = codebooks


PROVOKED = {
    400: lambda client: client.post("/v1/articles", data=b"{nope", content_type=JSON),
    404: lambda client: client.get("/v1/codebooks/genava2"),
    405: lambda client: client.get("/v1/articles"),
    413: lambda client: client.post("/v1/articles", json={"text": "a" * 200_001}),
    415: lambda client: client.post("/v1/articles", data=b"{}", content_type="text/plain"),
    422: lambda client: client.post("/v1/articles", json={"codebook": "geneva2"}),
    500: failing,
}


@pytest.mark.parametrize("status", TRIED_PROBLEMS)
def test_every_problem_that_is_shown_is_a_real_one(status, described, empty_house):
    provoked = PROVOKED.get(status, lambda _: empty_house.client().get("/v1/model"))
    got = provoked(described.test_client())
    assert got.status_code == status
    assert got.json == problem_example(status)
    Problem.model_validate_json(got.data)


def test_every_problem_of_the_document_is_tried_here_or_by_the_tests_of_the_guard():
    assert {*TRIED_PROBLEMS, *SHOWN_ELSEWHERE} == set(PROBLEMS)
    assert set(examples.PROBLEM_DETAILS) == set(TRIED_PROBLEMS)


# --- real answers hold to their shapes ----------------------------------------

ARTICLE = (
    "Ruritania rejects the river dam. “Borduria backs the building freeze,” said Anna Lind.\n\n"
    "Borduria ponders the shipping toll. Anna Lind discussed the river dam."
)
PAIR = {"text": "Ruritania backs it.", "target": "it"}
ASKED = [
    pytest.param("/v1/articles", {"text": ARTICLE, "codebook": "dam"}, LabelledArticle, id="a"),
    pytest.param(
        "/v1/articles",
        {"text": ARTICLE, "codebook": "dam", "include_none": True, "date": "2014-01-22"}
        | {"explain": True},
        LabelledArticle,
        id="an article with everything",
    ),
    pytest.param("/v1/pairs", {"pairs": [PAIR]}, PairsAnswer, id="stance"),
    pytest.param("/v1/pairs", {"pairs": [PAIR], "task": "sentiment"}, PairsAnswer, id="sentiment"),
    pytest.param("/v1/codebooks", None, CodebookList, id="codebooks"),
    pytest.param("/v1/codebooks/dam", None, KnownCodebook, id="codebook"),
    pytest.param("/v1/model", None, ModelCards, id="model"),
    pytest.param("/healthz", None, Health, id="healthz"),
    pytest.param("/readyz", None, Health, id="readyz"),
    pytest.param("/nowhere", None, Problem, id="a problem"),
    pytest.param("/v1/pairs", {"pairs": 5}, Problem, id="a problem with faults"),
]


@pytest.mark.parametrize(("path", "body", "shape"), ASKED)
def test_an_answer_has_every_key_of_its_shape_and_no_other(client, path, body, shape):
    got = client.post(path, json=body) if body else client.get(path)
    found = shape.model_validate_json(got.data)
    assert json.loads(found.model_dump_json(exclude_unset=True)) == got.json


def test_an_answer_with_statements_of_every_kind_was_among_them(label):
    found = LabelledArticle.model_validate(label(ARTICLE, include_none=True))
    assert {"quote", "paraphrase"} <= {s.attribution.kind for s in found.statements}
    assert {row.stance for row in found.stances} >= {"against", "abstained", "none"}


def test_without_a_sentiment_champion_answers_hold_to_their_shapes_too(empty_house):
    empty_house.promote("stance", version=1)
    client = empty_house.client()
    body = {"text": ARTICLE, "codebook": "dam"}
    LabelledArticle.model_validate_json(client.post("/v1/articles", json=body).data)
    ModelCards.model_validate_json(client.get("/v1/model").data)


@pytest.mark.parametrize(
    "shape", [LabelledArticle, PairsAnswer, ModelCards, KnownCodebook, Problem]
)
def test_a_shape_refuses_a_key_that_it_does_not_name(shape):
    with pytest.raises(ValueError, match="Extra inputs are not permitted"):
        shape.model_validate({"surprise": 1})


def test_a_summary_has_the_numbers_of_its_codebook(described):
    known = described.extensions["standpoint"].codebooks["geneva2"]
    found = TypeAdapter(CodebookSummary).validate_python(CodebookSummary.of(known).model_dump())
    assert (found.n_actors, found.n_issues) == (len(known.actors), len(known.issues))


# --- columns of the scoring protocol ------------------------------------------


def scored(client, **body):
    return client.post("/invocations", json=body)


@pytest.mark.parametrize("way", ["inputs", "instances"])
def test_columns_of_two_lengths_are_refused(client, way):
    got = scored(client, **{way: {"text": ["A backs B.", "C."], "target": ["B"]}})
    assert got.status_code == 422
    told = f"{way}: columns must be of one length, got 'text' 2, 'target' 1."
    assert got.json["detail"].endswith(told)


def test_columns_have_the_limit_that_rows_have(client):
    rows = [{"text": "a"}] * 10_001
    assert scored(client, instances=rows).status_code == 422
    got = scored(client, instances={"text": ["a"] * 10_001})
    assert got.status_code == 422
    assert got.json["detail"].endswith("instances: must hold at most 10,000 rows, got 10,001.")


def test_no_columns_are_no_rows(client):
    assert scored(client, inputs={}).json == {"predictions": []}
