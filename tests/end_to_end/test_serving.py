import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("project")]
STORY = 'Russia wants to see Iran at the table.\n\n"We back humanitarian access," Lavrov said.\n'


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def get(url, body=None, timeout=10):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=timeout) as answer:
        return json.load(answer)


@contextmanager
def running(project, *words, wait_for):
    port = free_port()
    command = [sys.executable, "-m", "standpoint", *words, "--port", str(port)]
    started = time.monotonic()
    server = subprocess.Popen(
        command, cwd=project.folder, env=project.environ, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    base = f"http://127.0.0.1:{port}"
    try:
        while True:
            try:
                urllib.request.urlopen(f"{base}{wait_for}", timeout=2).close()
                break
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                assert server.poll() is None, "the server ended"
                assert time.monotonic() - started < 90, "the server did not start"
                time.sleep(0.05)
        yield base, server.pid
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(20)


def family(pid):
    """A process and everything below it."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(p for child in children for p in family(int(child)))]


@pytest.mark.parametrize("words", [("serve",), ("serve", "--dev")], ids=["gunicorn", "dev"])
def test_the_service_answers_as_the_command_line_does(champion, words):
    (champion.folder / "s.txt").write_text(STORY, "utf-8")
    told = champion.standpoint("label", "s.txt", "--codebook", "geneva2", "--format", "json")
    with running(champion, *words, wait_for="/readyz") as (base, _):
        body = {"text": STORY, "codebook": "geneva2", "id": "s"}
        assert get(f"{base}/v1/articles", body) == json.loads(told.stdout)


def test_a_promotion_is_taken_up_while_serving(champion, project):
    other = project.train(
        "seeds-stance", "--set", "model.weights=[0.2,0.8]", "--set", "name=taken-up"
    )
    with running(champion, "serve", "--workers", "2", wait_for="/readyz") as (base, _):
        before = get(f"{base}/v1/model")["stance"]["version"]
        champion.standpoint("promote", other["run_id"], "--force")
        deadline = time.monotonic() + 5
        while get(f"{base}/v1/model")["stance"]["version"] == before:
            assert time.monotonic() < deadline
            time.sleep(0.1)
        champion.standpoint("rollback")
        time.sleep(1.5)
        versions = {get(f"{base}/v1/model")["stance"]["version"] for _ in range(20)}
    assert versions == {before}


def test_the_mlflow_ui_runs_in_two_processes(champion):
    with running(champion, "ui", wait_for="/health") as (base, pid):
        page = urllib.request.urlopen(base, timeout=10).read().decode()
        assert "MLflow" in page
        assert len(family(pid)) == 2


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM], ids=lambda s: s.name)
@pytest.mark.parametrize("asked", [False, True], ids=["idle", "after a request"])
def test_the_service_stops_at_once_and_without_a_complaint(champion, tmp_path, how, asked):
    port = free_port()
    command = [sys.executable, "-m", "standpoint", "serve", "--port", str(port)]
    with (tmp_path / "log").open("w+") as log:
        server = subprocess.Popen(
            command, cwd=champion.folder, env=champion.environ, stderr=log, stdout=log
        )
        base = f"http://127.0.0.1:{port}"
        deadline = time.monotonic() + 60
        while True:
            try:
                get(f"{base}/readyz", timeout=2)
                break
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                assert time.monotonic() < deadline
                time.sleep(0.1)
        if asked:
            get(f"{base}/v1/articles", {"text": STORY, "codebook": "geneva2"})
        stopped = time.monotonic()
        server.send_signal(how)
        server.wait(20)
        assert time.monotonic() - stopped < 10
        log.seek(0)
        told = log.read()
    assert "SIGKILL" not in told
    assert "terminate called" not in told


def test_a_port_that_is_taken_is_refused_in_one_sentence(champion):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = champion.standpoint("serve", "--port", str(taken.getsockname()[1]), check=False)
    assert done.returncode == 2
    assert "--host and --port: must be free to listen on, got 127.0.0.1:" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
