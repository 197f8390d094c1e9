"""What the client gives, and what it says where it cannot."""

import socket
import threading
import time
from typing import Any

import pytest
from werkzeug.serving import make_server

from standpoint.client import types as shapes
from standpoint.client.service_client import Client
from standpoint.errors import InputError, ServiceError
from tests.shape_faults import faults_of
from tests.stub import Silent, breaks_off, closes_behind, echoes, problem, running, says, sleeps

STORY = "Ruritania rejects the river dam. Anna Lind backs the building freeze."
PAIR: shapes.PairRequest = {
    "text": "Ruritania rejects the river dam.",
    "holder": {"start": 0, "end": 9},
    "target": {"start": 22, "end": 31},
}


@pytest.fixture
def client(still_address):
    with Client(still_address) as made:
        yield made


@pytest.fixture
def pauses(monkeypatch):
    """The pauses the client made, in place of making them."""
    made: list[float] = []
    monkeypatch.setattr("standpoint.client.service_client.time.sleep", made.append)
    return made


# --- the service itself ---------------------------------------------------------


def test_what_the_service_answers_has_the_types_that_the_client_names(client):
    asked = client.label(STORY, codebook="dam", id="a-1", date="2014-01-22", include_none=True)
    assert asked["statements"]
    assert faults_of(asked, shapes.LabelledArticle) == []
    assert faults_of(client.judge([PAIR]), shapes.PairsAnswer) == []
    assert faults_of(client.codebook("dam"), shapes.KnownCodebook) == []
    assert faults_of(client.model(), shapes.ModelCards) == []
    assert [faults_of(each, shapes.CodebookSummary) for each in client.codebooks()] == [[], []]


def test_a_key_too_many_and_one_too_few_are_seen_by_the_check_of_types(client):
    card = client.model()
    assert card["sentiment"] is not None
    assert faults_of({**card, "extra": 1}, shapes.ModelCards) == [": ['extra']"]
    assert faults_of({"stance": card["stance"]}, shapes.ModelCards) == [": ['sentiment']"]
    wrong = {**card["stance"], "task": "weather"}
    told = faults_of({**card, "stance": wrong}, shapes.ModelCards)
    assert told == ["/stance/task: 'weather' is none of ('stance', 'sentiment')"]


def test_an_article_is_labelled_with_everything_that_was_asked_for(client):
    found = client.label(
        "Le barrage est rejeté par le gouvernement, qui veut une nouvelle étude de la rivière.",
        codebook="dam",
        id="fr",
        date="2014-01-22",
        any_language=True,
        include_none=True,
        min_confidence=0.9,
    )
    assert found["article"]["id"] == "fr"
    assert found["article"]["date"] == "2014-01-22"
    assert found["codebook"]["name"] == "dam"


def test_a_codebook_of_the_service_can_be_sent_back_whole(client):
    book = client.codebook("dam")
    found = client.label(STORY, codebook={**book, "name": "mine"})
    assert found["codebook"]["name"] == "mine"
    assert found["stances"] == client.label(STORY, codebook="dam")["stances"]


def test_pairs_are_judged_in_order(client):
    other: shapes.PairRequest = {**PAIR, "text": "Ruritania backs up the river dam"}
    found = client.judge([PAIR, other], task="stance")
    assert [row["label"] for row in found["pairs"]] == ["against", "favor"]


def test_a_service_without_a_model_is_not_ready(empty_house, still_address):
    server = make_server("127.0.0.1", 0, empty_house.app(), threaded=True, request_handler=Silent)
    with running(server) as address, Client(address) as asks:
        assert not asks.ready()
    assert not asks.ready()
    with Client(still_address) as asks:
        assert asks.ready()


def test_a_fault_comes_with_its_place_in_the_body_and_the_name_of_the_request(
    client, still_address
):
    with pytest.raises(ServiceError) as told:
        client.label(STORY, codebook="moon")
    assert str(told.value) == (
        f"POST {still_address}/v1/articles: must be answered with 200, got 422: "
        "codebook: must be one of dam, fish, got 'moon'."
    )
    assert told.value.status == 422
    assert told.value.detail == "codebook: must be one of dam, fish, got 'moon'."
    assert [fault["pointer"] for fault in told.value.errors] == ["/codebook"]
    assert len(told.value.request_id or "") == 32


def test_several_faults_are_all_told(client, still_address):
    with pytest.raises(ServiceError) as told:
        client.judge([{"text": "a", "holder": {"start": 3, "end": 2}, "target": ""}])
    assert str(told.value).splitlines()[0] == (
        f"POST {still_address}/v1/pairs: must be answered with 200, got 422: 2 faults in the body."
    )
    assert len(str(told.value).splitlines()) == 3


# --- connections ----------------------------------------------------------------


def test_requests_one_after_another_share_one_connection(stub):
    handler, address = stub
    handler.answers.append(says(200, {}))
    with Client(address) as asks:
        for _ in range(5):
            asks.model()
    assert handler.n_connections == 1


def test_threads_may_share_a_client(stub):
    handler, address = stub
    handler.answers.append(says(200, {"stance": 1}))
    with Client(address) as asks:
        found: list[Any] = []
        threads = [
            threading.Thread(target=lambda: found.extend(asks.model() for _ in range(20)))
            for _ in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert found == [{"stance": 1}] * 160
    assert handler.n_connections <= 8


def test_a_connection_that_was_closed_while_it_was_idle_is_opened_again(stub):
    handler, address = stub
    handler.answers.append(closes_behind)
    with Client(address, retries=0) as asks:
        for _ in range(3):
            assert asks.model() == {"stance": 1}
            time.sleep(0.02)
    assert handler.n_connections == 3


def test_a_request_whose_connection_breaks_off_is_sent_again(stub, pauses):
    handler, address = stub
    handler.answers.extend([breaks_off, breaks_off, says(200, {"stance": 1})])
    with Client(address) as asks:
        assert asks.judge([PAIR]) == {"stance": 1}
    assert [body for *_, body in handler.seen] == [handler.seen[0][3]] * 3
    assert pauses == [0.1, 0.2]


def test_a_connection_that_breaks_off_every_time_is_told(stub, pauses):
    handler, address = stub
    handler.answers.append(breaks_off)
    with Client(address, retries=2) as asks, pytest.raises(ServiceError) as told:
        asks.model()
    assert str(told.value) == (
        f"GET {address}/v1/model: must be answered, got a connection that broke off. "
        "Send it again, and look at the server's log."
    )
    assert len(handler.seen) == 3


def test_a_server_that_is_not_there_is_told_with_what_to_do(pauses):
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{found.getsockname()[1]}"
    asks = Client(address)
    sentence = (
        f"{address}: a Standpoint service must answer there, got 'Connection refused'. "
        "Start one with `standpoint serve`, or give the address of one that runs."
    )
    with pytest.raises(ServiceError) as told:
        asks.model()
    assert str(told.value) == sentence
    assert told.value.status is None
    with pytest.raises(ServiceError) as told:
        list(asks.label_many([{"text": "a"}]))
    assert str(told.value) == sentence


def test_a_server_that_keeps_silent_is_told(stub):
    handler, address = stub
    handler.answers.append(sleeps)
    with Client(address, timeout=0.1) as asks, pytest.raises(ServiceError) as told:
        asks.model()
    assert str(told.value) == (
        f"GET {address}/v1/model: must be answered within 0.1 s, got nothing. "
        "Give the client a longer timeout, or send less at once."
    )


@pytest.mark.parametrize("status", [429, 503])
def test_a_server_that_says_when_to_come_back_is_asked_again_then(stub, pauses, status):
    handler, address = stub
    busy = says(status, problem(status, "too much."), Retry_After="7")
    handler.answers.extend([busy, busy, says(200, {"stance": 1})])
    with Client(address) as asks:
        assert asks.model() == {"stance": 1}
    assert pauses == [7.0, 7.0]


@pytest.mark.parametrize(
    ("said", "retry_after"), [("61", 61.0), ("Wed, 21 Oct 2026 07:28:00 GMT", None), ("", None)]
)
def test_a_wait_that_is_too_long_or_not_told_is_left_to_the_caller(stub, pauses, said, retry_after):
    handler, address = stub
    handler.answers.append(says(503, problem(503, "no model yet."), Retry_After=said))
    with Client(address) as asks, pytest.raises(ServiceError) as told:
        asks.model()
    assert told.value.retry_after == retry_after
    assert told.value.detail == "no model yet."
    assert (len(handler.seen), pauses) == (1, [])


def test_a_server_that_stays_busy_is_asked_no_more_often_than_told(stub, pauses):
    handler, address = stub
    handler.answers.append(says(429, problem(429, "too much."), Retry_After="1"))
    with Client(address, retries=2) as asks, pytest.raises(ServiceError) as told:
        asks.model()
    assert (told.value.status, told.value.retry_after) == (429, 1.0)
    assert (len(handler.seen), pauses) == (3, [1.0, 1.0])


def test_what_a_proxy_says_in_place_of_the_service_is_told(stub):
    handler, address = stub
    handler.answers.extend([says(502, b"<html>"), says(200, b"<html>", Content_Type="text/html")])
    with Client(address) as asks:
        with pytest.raises(ServiceError) as told:
            asks.model()
        assert str(told.value) == (
            f"GET {address}/v1/model: must be answered with 200, got 502: Bad Gateway."
        )
        with pytest.raises(ServiceError) as told:
            asks.model()
    assert str(told.value) == (
        f"GET {address}/v1/model: must be answered in JSON, got text/html. Check the address."
    )


def test_the_key_and_the_path_of_the_address_are_sent_with_every_request(stub):
    handler, address = stub
    handler.answers.extend([says(200, {}), echoes])
    with Client(f"{address}/news/", key="k-1") as asks:
        asks.codebook("a/b c")
        list(asks.label_many([{"text": "a"}], codebook="a&b"))
    (_, one, headers, _), (_, two, more, _) = handler.seen
    assert one == "/news/v1/codebooks/a%2Fb%20c"
    assert two == "/news/v1/articles:batch?codebook=a%26b"
    assert headers["Authorization"] == more["Authorization"] == "Bearer k-1"


@pytest.mark.parametrize(
    "base", ["127.0.0.1:8000", "ftp://a", "http://", "http://a:b", "http://a?b=c", "http://[a"]
)
def test_what_is_no_address_is_refused(base):
    with pytest.raises(InputError) as told:
        Client(base)
    assert str(told.value) == (
        f"base: must be an http or https address, got {base!r}. Give one like http://127.0.0.1:8000."
    )


@pytest.mark.parametrize("key", ["", "  ", "a\nb", "schlüssel"])
def test_what_can_be_no_key_is_refused_and_not_shown(key):
    with pytest.raises(InputError) as told:
        Client(key=key)
    assert str(told.value) == "key: must be printable ASCII, got something else. Copy it again."


def test_a_number_that_json_does_not_have_is_not_sent(stub):
    _, address = stub
    with Client(address) as asks, pytest.raises(InputError, match="not JSON compliant"):
        asks.label("a", min_confidence=float("nan"))


def test_a_certificate_that_is_not_trusted_is_told(tls_stub, monkeypatch):
    _, address = tls_stub
    monkeypatch.delenv("SSL_CERT_FILE")
    with Client(address) as asks, pytest.raises(ServiceError) as told:
        asks.model()
    assert str(told.value).startswith(
        f"{address}: a Standpoint service must answer there, got '[SSL: CERTIFICATE_VERIFY_FAILED]"
    )
