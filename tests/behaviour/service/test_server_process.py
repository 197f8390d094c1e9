"""A real server process, and clients that are slow, gone, endless, idle, or many."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from serve.security.key_file import change_keys, new_key
from tests.behaviour.servers import BODY, SENTENCE, answer_of, request_bytes, running

pytestmark = pytest.mark.slow
BACKWARDS = {"b⟦h⟧:rejects": (6.0, 0.0, 0.0)}
BATCH = (
    "POST /v1/articles:batch?codebook=dam HTTP/1.1\r\nHost: localhost\r\n"
    "Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n"
)


@pytest.fixture
def serving(house):
    with running(house) as server:
        yield server


def test_others_are_served_beside_a_thousand_idle_connections(serving):
    with ExitStack() as held:
        for _ in range(1000):
            held.enter_context(serving.connect())
        started = time.monotonic()
        for _ in range(5):
            assert serving.stance() == (3, "against")
        assert time.monotonic() - started < 5


def test_others_are_served_beside_clients_that_send_slowly(serving):
    with ExitStack() as held:
        slow = [held.enter_context(serving.connect()) for _ in range(60)]
        for number, sock in enumerate(slow):
            whole = request_bytes("POST", "/v1/articles", BODY)
            sock.sendall(whole[: 20 if number % 2 else -5])
        started = time.monotonic()
        for _ in range(5):
            assert serving.stance() == (3, "against")
        assert time.monotonic() - started < 5
        slow[0].sendall(request_bytes("POST", "/v1/articles", BODY)[-5:])
        assert answer_of(slow[0])[0] == 200


def test_a_client_that_goes_away_leaves_the_others_served(serving):
    for _ in range(50):
        with serving.connect() as sock:
            sock.sendall(request_bytes("POST", "/v1/articles", BODY)[:-5])
        with serving.connect() as sock:
            sock.sendall(request_bytes("POST", "/v1/articles", BODY))
    assert serving.stance() == (3, "against")
    assert [e for e in serving.events() if e["level"] == "error"] == []


def test_a_body_without_an_end_is_refused_and_the_others_are_served(serving):
    with serving.connect() as sock:
        head = "POST /v1/articles HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
        sock.sendall(head.encode())
        status, headers, body = answer_of(sock)
    assert (status, headers["content-type"]) == (411, "application/problem+json")
    assert json.loads(body)["detail"].startswith("Content-Length: must be sent with the body")
    with serving.connect() as sock:
        head = "POST /v1/articles HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        sock.sendall(f"{head}Content-Length: 99999999999\r\n\r\n".encode() + b"x" * 100_000)
        assert answer_of(sock)[0] == 413
    assert serving.stance() == (3, "against")


def test_a_batch_line_without_an_end_gets_a_line_and_stays_small(serving):
    with serving.connect() as sock:
        sock.sendall(f"{BATCH}\r\n".encode())
        [worker] = serving.workers()
        chunk = b"x" * 100_000
        for number in range(200):
            sock.sendall(b"%x\r\n%s\r\n" % (len(chunk), chunk))
            if number == 20:
                before = resident_kb(worker)
        assert resident_kb(worker) - before < 8_000
        line = b"\n" + BODY
        sock.sendall(b"%x\r\n%s\r\n0\r\n\r\n" % (len(line), line))
        got = read_to_the_end(sock)
    assert got[0]["line"] == 1
    assert got[0]["error"]["status"] == 413
    assert got[1]["stances"][0]["stance"] == "against"


def test_a_batch_is_answered_while_it_is_sent(serving):
    with serving.connect() as sock:
        sock.sendall(f"{BATCH}\r\n".encode())
        for _ in range(3):
            assert b'"digest"' in send_line(sock)
        sock.sendall(b"0\r\n\r\n")


def test_requests_behind_one_another_on_one_connection_are_answered_in_order(serving):
    with serving.connect() as sock:
        sock.sendall(
            request_bytes("GET", "/healthz")
            + request_bytes("POST", "/v1/articles", BODY)
            + request_bytes("GET", "/readyz")
        )
        got = b""
        while b'"ready"' not in got:
            some = sock.recv(65536)
            assert some
            got += some
    assert re.findall(rb'"status":\s*"(\w+)"', got) == [b"ok", b"ready"]
    assert got.count(b"HTTP/1.1 200") == 3


def test_a_client_that_waits_for_leave_to_send_gets_it(serving):
    with serving.connect() as sock:
        whole = request_bytes("POST", "/v1/articles", BODY)
        head = whole[: -len(BODY)].replace(b"\r\n\r\n", b"\r\nExpect: 100-continue\r\n\r\n")
        sock.sendall(head)
        assert sock.recv(100).startswith(b"HTTP/1.1 100")
        sock.sendall(BODY)
        got = b""
        while b"statements" not in got:
            some = sock.recv(65536)
            assert some
            got += some


def test_heads_without_an_end_hold_no_thread(serving):
    with ExitStack() as held:
        head = b"GET /v1/model HTTP/1.1\r\nHost: localhost\r\n"
        line = b"A%d: " + b"x" * 7_000 + b"\r\n"
        for _ in range(20):
            sock = held.enter_context(serving.connect())
            sock.sendall(head + b"".join(line % n for n in range(9)))
        assert serving.stance() == (3, "against")
        sock.sendall(b"".join(line % n for n in range(9, 11)))
        assert answer_of(sock)[0] == 431
    counted = serving.get("/metrics").decode()
    assert 'standpoint_rejected_requests_total{reason="too_large"} 1.0' in counted


def test_bodies_that_are_refused_unread_hold_no_thread(serving):
    head = "POST /v1/articles HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    with ExitStack() as held:
        for _ in range(20):
            sock = held.enter_context(serving.connect())
            sock.sendall(f"{head}Content-Length: 3000000\r\n\r\n{{".encode())
            assert answer_of(sock)[0] == 413
        started = time.monotonic()
        assert serving.stance() == (3, "against")
        assert time.monotonic() - started < 2


def open_batch(serving, held, key=None):
    """A batch of which one line was answered."""
    sock = held.enter_context(serving.connect())
    named = f"X-API-Key: {key}\r\n" if key else ""
    sock.sendall(f"{BATCH}{named}\r\n".encode())
    send_line(sock)
    return sock


def send_line(sock):
    line = json.dumps({"text": SENTENCE}).encode() + b"\n"
    sock.sendall(b"%x\r\n%s\r\n" % (len(line), line))
    got = b""
    while b"}\n" not in got:
        some = sock.recv(65536)
        assert some
        got += some
    return got


def test_an_open_batch_ends_with_the_service(house):
    with ExitStack() as held:
        with running(house) as server:
            sock = open_batch(server, held)
            server.process.send_signal(signal.SIGTERM)
            started = time.monotonic()
            server.process.wait(20)
            assert time.monotonic() - started < 5
        told = b""
        while some := sock.recv(65536):
            told += some
    assert b"must come to its end" in told or b"the server stops" in told


def test_an_open_batch_ends_when_its_key_is_revoked(house):
    path = house.root / "keys.toml"
    secret, key = new_key("a")
    change_keys(path, lambda _: (key,))
    with ExitStack() as held, running(house, STANDPOINT_API_KEYS_FILE=str(path)) as server:
        sock = open_batch(server, held, key=secret)
        assert b'"stance": "against"' in send_line(sock)
        change_keys(path, lambda _: ())
        time.sleep(1.5)
        assert b'"status": 401' in send_line(sock)


def test_health_is_told_while_all_threads_are_busy(serving):
    with ExitStack() as held:
        for _ in range(30):
            sock = held.enter_context(serving.connect())
            many = json.dumps({"text": f"{SENTENCE} " * 3_000, "codebook": "dam"}).encode()
            sock.sendall(request_bytes("POST", "/v1/articles", many))
        started = time.monotonic()
        serving.get("/healthz")
        assert time.monotonic() - started < 3


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"nonsense\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n", 400),
        (
            b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
            400,
        ),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nA: " + b"x" * 9000 + b"\r\n\r\n", 431),
        (b"GET /" + b"x" * 9000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", 414),
    ],
)
def test_what_is_no_request_is_refused_in_the_one_shape(serving, sent, status):
    with serving.connect() as sock:
        sock.sendall(sent)
        got, headers, body = answer_of(sock)
    assert (got, headers["content-type"]) == (status, "application/problem+json")
    assert json.loads(body)["status"] == status


def test_a_promotion_and_a_rollback_reach_every_worker_within_two_seconds(house):
    house.bundle("stance", version=4, weights=BACKWARDS)
    with running(house, "--workers", "2") as server:
        assert answers(server, 2) == {(3, "against")}
        for version, stance in ((4, "favor"), (3, "against")):
            house.point("stance", version)
            time.sleep(2)
            assert answers(server, 20) == {(version, stance)}


def test_idle_workers_take_up_a_promotion_too(house):
    house.bundle("stance", version=4, weights=BACKWARDS)
    with running(house, "--workers", "2") as server:
        house.point("stance", 4)
        deadline = time.monotonic() + 2
        while time.monotonic() < deadline:
            told = [e["message"] for e in server.events()]
            if sum("stance version 4" in line for line in told) == 2:
                return
            time.sleep(0.05)
    pytest.fail("a worker did not take it up")


def test_no_request_fails_or_is_mixed_while_champions_come_and_go(house):
    house.bundle("stance", version=4, weights=BACKWARDS)
    right = {(3, "against"), (4, "favor")}
    seen, wrong = set(), []
    ended = threading.Event()

    def ask(server):
        while not ended.is_set():
            try:
                found = server.stance()
            except OSError as error:
                wrong.append(repr(error))
                continue
            seen.add(found)
            if found not in right:
                wrong.append(found)

    with running(house, "--workers", "2") as server:
        threads = [threading.Thread(target=ask, args=(server,)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for version in (4, 3, 4, 3):
            house.point("stance", version)
            time.sleep(1.2)
        ended.set()
        for thread in threads:
            thread.join()
    assert wrong == []
    assert seen == right


def test_a_killed_worker_is_replaced_and_the_others_go_on(house):
    with running(house, "--workers", "2") as server:
        before = server.workers()
        os.kill(before[0], signal.SIGKILL)
        deadline = time.monotonic() + 20
        while len(server.workers()) < 2 or before[0] in server.workers():
            assert time.monotonic() < deadline
            time.sleep(0.1)
        assert answers(server, 10) == {(3, "against")}


def test_a_worker_that_takes_anothers_place_begins_with_what_serves_now(house):
    old = house.models / "stance" / "3"
    house.bundle("stance", version=4, weights=BACKWARDS)
    with running(house) as server:
        house.point("stance", 4)
        time.sleep(2)
        old.rename(old.with_name("gone"))  # what the master loaded is no longer there
        [worker] = server.workers()
        os.kill(worker, signal.SIGKILL)
        deadline = time.monotonic() + 20
        while server.workers() in ([], [worker]):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        assert answers(server, 10) == {(4, "favor")}


def test_numbers_of_all_workers_are_added_up(house):
    with running(house, "--workers", "2") as server:
        for _ in range(20):
            server.stance()
        time.sleep(0.5)  # the last is counted once its last byte is out
        os.kill(server.workers()[0], signal.SIGKILL)
        time.sleep(1)
        told = server.get("/metrics").decode()
    assert "standpoint_articles_total 20.0" in told
    assert 'standpoint_requests_total{method="POST",route="/v1/articles",status="200"} 20.0' in told
    assert 'standpoint_model_version{task="stance"} 3.0' in told


def test_the_log_is_json_without_a_word_of_the_article(house):
    with running(house) as server:
        server.stance()
        deadline = time.monotonic() + 5  # it is logged once the last byte is out
        while not (found := [e for e in server.events() if e.get("route") == "/v1/articles"]):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        [told] = found
        whole = server.log.read_text()
    assert told["message"] == "request"
    assert (told["status"], told["method"]) == (200, "POST")
    assert told["ms"] > 0
    assert re.fullmatch("[0-9a-f]{32}", told["request_id"])
    assert "rejects" not in whole


def test_a_challenger_labels_in_the_shadow_and_the_log_says_where_it_differs(house):
    house.bundle("stance", version=4, weights=BACKWARDS)
    with running(house, "--challenger", "stance/4", "--share", "1") as server:
        assert server.stance() == (3, "against")
        deadline = time.monotonic() + 10
        while not (told := [e for e in server.events() if e["message"] == "shadow"]):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        counted = server.get("/metrics").decode()
    assert (told[0]["champion"], told[0]["challenger"]) == (3, 4)
    assert (told[0]["agreed"], told[0]["differed"]) == (0, 1)
    assert told[0]["differences"] == [["ruritania on river-dam at 22", "against", "favor"]]
    assert 'standpoint_shadow_total{outcome="differed"} 1.0' in counted


def test_a_socket_that_was_handed_over_is_served(house, tmp_path):
    """As systemd does it: the socket outlives a killed master, and no client is refused."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(128)
        port = listening.getsockname()[1]
        script = (
            "import os, sys; os.dup2(int(sys.argv[1]), 3); os.environ['LISTEN_FDS'] = '1';"
            "os.environ['LISTEN_PID'] = str(os.getpid());"
            "os.execv(sys.executable, [sys.executable, '-m', 'standpoint', 'serve'])"
        )
        env = {
            **os.environ,
            "PYTHONPATH": str(Path(__file__).parents[3]),
            "STANDPOINT_MODELS_DIR": str(house.models),
            "STANDPOINT_CODEBOOKS_DIR": str(house.codebooks),
        }
        command = [sys.executable, "-c", script, str(listening.fileno())]
        fds = (listening.fileno(), 3)

        def start():
            return subprocess.Popen(command, env=env, cwd=house.root, pass_fds=fds[:1])

        first = start()
        second = None
        try:
            assert ask_once(port) == 200
            first.kill()
            first.wait(10)
            second = start()
            for _ in range(20):
                assert ask_once(port) == 200
        finally:
            for process in (first, second):
                if process is not None and process.poll() is None:
                    process.terminate()
                    process.wait(45)


def ask_once(port):
    with socket.create_connection(("127.0.0.1", port), timeout=60) as sock:
        sock.sendall(request_bytes("POST", "/v1/articles", BODY))
        return answer_of(sock)[0]


def answers(server, n):
    return {server.stance() for _ in range(n)}


def resident_kb(pid):
    told = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in told if line.startswith("VmRSS:"))


def read_to_the_end(sock):
    """The JSON lines of a chunked answer."""
    got = b""
    while b"\r\n0\r\n\r\n" not in got:
        some = sock.recv(65536)
        assert some
        got += some
    body = got.partition(b"\r\n\r\n")[2]
    lines = b""
    while body:
        size, _, rest = body.partition(b"\r\n")
        if not int(size, 16):
            break
        lines += rest[: int(size, 16)]
        body = rest[int(size, 16) + 2 :]
    return [json.loads(line) for line in lines.splitlines()]
