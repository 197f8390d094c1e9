"""Batches through the client: a stream both ways, in order, with an end that is one."""

import gc
import threading
import time
from typing import Any

import pytest

from standpoint.client.service_client import Client, Problem
from standpoint.errors import FaultShape, InputError, ServiceError
from tests.stub import Stub, batch_threads, echoes, ends_soon, problem, says, sleeps

STORY = "Ruritania rejects the river dam. Anna Lind backs the building freeze."


def test_a_batch_is_answered_in_order_with_a_problem_for_a_faulty_line(still_address):
    rows: list[dict[str, object]] = [
        {"text": STORY, "id": "one"},
        {"txt": STORY},
        {"text": "Ruritania backs the river dam.", "id": "three"},
    ]
    with Client(still_address) as client:
        one, two, three = client.label_many(rows, codebook="dam")
        assert one == client.label(STORY, codebook="dam", id="one")
    assert isinstance(two, Problem)
    assert (two.line, two.status) == (2, 422)
    assert not isinstance(three, Problem)
    assert three["article"]["id"] == "three"


def test_under_a_codebook_that_nobody_knows_every_article_is_answered_with_a_problem(still_address):
    with Client(still_address) as client:
        found = list(client.label_many([{"text": STORY}] * 2, codebook="moon"))
    told = "codebook: must be one of dam, fish, got 'moon'."
    assert [(p.line, p.status, p.detail) for p in found if isinstance(p, Problem)] == [
        (1, 422, told),
        (2, 422, told),
    ]


def test_a_batch_keeps_its_order_and_goes_on_behind_a_bad_line(stub):
    handler, address = stub
    handler.answers.append(echoes)
    rows = [{"text": "x" * n, "id": str(n)} if n % 7 else {"id": str(n)} for n in range(500)]
    with Client(address) as asks:
        found = list(asks.label_many(rows))
    assert len(found) == len(rows)
    for n, answer in enumerate(found):
        if n % 7:
            assert answer == {"article": rows[n]}
        else:
            fault: FaultShape = {"pointer": "/text", "detail": "text"}
            told = Problem(n + 1, 422, "Unprocessable Content", "text: missing.", (fault,))
            assert answer == told
    assert ends_soon(lambda: not batch_threads())


def test_a_batch_without_articles_has_no_answers(stub):
    handler, address = stub
    handler.answers.append(echoes)
    with Client(address) as asks:
        assert list(asks.label_many([])) == []


def test_an_answer_is_there_before_the_next_article_is_known(stub):
    handler, address = stub
    handler.answers.append(echoes)
    latest: list[Any] = []

    def articles():
        for n in range(5):
            assert ends_soon(lambda n=n: len(latest) == n)
            yield {"text": "a", "id": n}

    with Client(address) as asks:
        for answer in asks.label_many(articles()):
            latest.append(answer)
    assert len(latest) == 5


def test_articles_are_drawn_no_faster_than_the_answers_are_read(stub):
    handler, address = stub
    handler.answers.append(echoes)
    n_drawn = 0

    def articles():
        nonlocal n_drawn
        for _ in range(100):
            n_drawn += 1
            yield {"text": "x" * 20_000}

    with Client(address) as asks:
        answers = asks.label_many(articles())
        next(answers)
        time.sleep(0.3)
        assert n_drawn <= 1 + 4  # three of them fit into what may be unanswered; one is drawn
        assert len(list(answers)) == 99


def test_an_article_that_is_larger_than_what_may_be_unanswered_is_sent_alone(stub):
    handler, address = stub
    handler.answers.append(echoes)
    rows = [{"text": "x" * size} for size in (10, 3_000_000, 10, 200_000, 200_000)]
    with Client(address) as asks:
        assert [found["article"] for found in asks.label_many(rows)] == rows


def test_a_batch_that_is_dropped_half_way_ends_its_thread_and_its_connection(stub):
    handler, address = stub
    handler.answers.append(echoes)

    def articles():
        while True:
            yield {"text": "x" * 10_000}

    with Client(address) as asks:
        for n, _ in enumerate(asks.label_many(articles())):
            if n == 3:
                break
        gc.collect()
        assert ends_soon(lambda: not batch_threads())
        before = handler.n_read
        time.sleep(0.1)
        assert handler.n_read == before


def test_what_the_articles_raise_is_raised_where_the_answers_are_read(stub):
    handler, address = stub
    handler.answers.append(echoes)

    def articles():
        yield {"text": "a"}
        raise FileNotFoundError("gone.jsonl")

    with Client(address) as asks, pytest.raises(FileNotFoundError, match=r"gone\.jsonl"):
        list(asks.label_many(articles()))
    with Client(address) as asks, pytest.raises(InputError, match="not JSON serializable"):
        list(asks.label_many([{"text": {1}}]))


def test_a_batch_that_is_refused_says_why(stub):
    handler, address = stub

    def refuses(handler: Stub) -> None:
        says(401, problem(401, "no key."), X_Request_ID="r-1")(handler)
        handler.close_connection = True

    handler.answers.append(refuses)
    with Client(address) as asks, pytest.raises(ServiceError) as told:
        list(asks.label_many({"text": "x" * 50_000} for _ in range(100)))
    assert str(told.value) == (
        f"POST {address}/v1/articles:batch: must be answered with 200, got 401: no key."
    )
    assert told.value.request_id == "r-1"


def test_a_batch_that_breaks_off_says_how_far_it_came(stub):
    handler, address = stub

    def dies(handler: Stub) -> None:
        handler.begin()
        for n, _ in zip(range(3), handler.chunks(), strict=False):
            handler.chunk({"article": n})
        handler.close_connection = True

    handler.answers.append(dies)
    answers: list[Any] = []
    with Client(address) as asks, pytest.raises(ServiceError) as told:
        for answer in asks.label_many({"text": "a"} for _ in range(9)):
            answers.append(answer)
    assert [answer["article"] for answer in answers] == [0, 1, 2]
    assert str(told.value) == (
        f"POST {address}/v1/articles:batch: must answer every article, got the end "
        "after 3 answers. Send the articles behind them again."
    )


def test_a_batch_that_ends_before_the_articles_do_is_no_success(stub):
    handler, address = stub
    ended = threading.Event()

    def hangs_up(handler: Stub) -> None:
        handler.begin()
        next(handler.chunks())
        handler.chunk({"article": 1})
        handler.wfile.write(b"0\r\n\r\n")
        handler.close_connection = True

    def articles():
        yield {"text": "a"}
        ended.wait(5)

    handler.answers.append(hangs_up)
    with Client(address) as asks, pytest.raises(ServiceError) as told:
        list(asks.label_many(articles()))
    ended.set()
    assert "got the end after 1 answers." in str(told.value)


def test_a_batch_that_breaks_within_an_answer_says_so(stub):
    handler, address = stub

    def breaks(handler: Stub) -> None:
        handler.begin()
        handler.wfile.write(b"ff\r\n{")
        handler.close_connection = True

    handler.answers.append(breaks)
    with Client(address) as asks, pytest.raises(ServiceError, match="a broken connection after 0"):
        list(asks.label_many([{"text": "a"}]))


def test_a_batch_with_an_answer_missing_is_no_success(stub):
    handler, address = stub

    def forgets(handler: Stub) -> None:
        handler.begin()
        for n, _ in enumerate(handler.chunks()):
            if n != 1:
                handler.chunk({"article": n})
        handler.wfile.write(b"0\r\n\r\n")

    handler.answers.append(forgets)
    with Client(address) as asks, pytest.raises(ServiceError) as told:
        list(asks.label_many({"text": "a"} for _ in range(3)))
    assert str(told.value) == (
        f"POST {address}/v1/articles:batch: must answer every article, got the end after 2 answers. "
        "Send the articles behind them again."
    )


def test_a_batch_that_is_answered_with_something_else_says_what(stub):
    handler, address = stub
    handler.answers.append(says(200, b"<html>hello</html>"))
    with Client(address) as asks, pytest.raises(ServiceError) as told:
        list(asks.label_many([]))
    assert str(told.value) == (
        f"POST {address}/v1/articles:batch: must be answered in lines of JSON, "
        "got '<html>hello</html>'. Check the address."
    )


def test_a_batch_of_a_silent_server_ends_in_time_and_one_with_slow_articles_goes_on(stub):
    handler, address = stub
    handler.answers.extend([sleeps, echoes])

    def slow():
        for _ in range(2):
            time.sleep(0.7)
            yield {"text": "a"}

    with Client(address, timeout=0.2) as asks:
        with pytest.raises(ServiceError) as told:
            list(asks.label_many([{"text": "a"}]))
        assert str(told.value) == (
            f"POST {address}/v1/articles:batch: must answer every article, got nothing for 0.2 s "
            "after 0 answers. Send the articles behind them again."
        )
        assert len(list(asks.label_many(slow()))) == 2


def test_requests_and_batches_go_both_ways_at_once_over_tls(tls_stub):
    handler, address = tls_stub
    handler.answers.extend([says(200, {"stance": 1}), echoes])
    rows = [{"text": "x" * (n * 97 % 5000), "id": str(n)} for n in range(3000)]
    with Client(address) as asks:
        assert asks.model() == {"stance": 1}
        assert [answer["article"] for answer in asks.label_many(rows)] == rows
    assert ends_soon(lambda: not batch_threads())


def test_a_batch_over_tls_that_is_dropped_half_way_ends_its_thread(tls_stub):
    handler, address = tls_stub
    handler.answers.append(echoes)
    with Client(address) as asks:
        answers = asks.label_many({"text": "x" * 10_000} for _ in range(10_000))
        next(answers)
        answers.close()
        assert ends_soon(lambda: not batch_threads())
