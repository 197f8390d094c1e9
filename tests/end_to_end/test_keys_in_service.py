"""API keys and rates in a running server with two workers."""

import os
import shutil
import signal
import time
import urllib.error
import urllib.request
from collections import Counter
from contextlib import contextmanager

import pytest

from tests.end_to_end.conftest import Project
from tests.end_to_end.test_serving import family, running

pytestmark = pytest.mark.slow


@pytest.fixture
def place(root, tmp_path):
    """A project with a codebook and no model: codebooks are told without one."""
    (tmp_path / "configs" / "codebooks").mkdir(parents=True)
    shutil.copy(root / "configs" / "codebooks" / "geneva2.toml", tmp_path / "configs/codebooks")
    (tmp_path / "models").mkdir()
    environ = {**os.environ, "PYTHONPATH": str(root)}
    for name in [name for name in environ if name.startswith("STANDPOINT_")]:
        del environ[name]
    return Project(tmp_path, environ)


@pytest.fixture
def add(place):
    """Add a key by the command; gives it."""
    return lambda *words: place.standpoint("keys", "add", *words).stdout.strip()


def status(base, key=None, path="/v1/codebooks"):
    request = urllib.request.Request(f"{base}{path}")
    if key is not None:
        request.add_header("X-API-Key", key)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        with error:
            return error.code


def workers_of(pid):
    """The workers of a server, once both are there."""
    deadline = time.monotonic() + 20
    while len(found := family(pid)[1:]) < 2:
        assert time.monotonic() < deadline, found
        time.sleep(0.05)
    return [int(worker) for worker in found]


@contextmanager
def only(worker, workers):
    """The other workers stand still, so that this one answers."""
    others = [other for other in workers if other != worker]
    for other in others:
        os.kill(other, signal.SIGSTOP)
    try:
        yield
    finally:
        for other in others:
            os.kill(other, signal.SIGCONT)


def two_workers(place):
    return running(place, "serve", "--workers", "2", wait_for="/healthz")


def test_a_key_counts_within_a_second_and_a_half_in_every_worker_and_so_does_its_end(place, add):
    first = add("first")
    with two_workers(place) as (base, pid):
        workers = workers_of(pid)

        def everywhere(key):
            found = []
            for worker in workers:
                with only(worker, workers):
                    found.append(status(base, key))
            return found

        assert everywhere(first) == [200, 200]
        assert everywhere(None) == [401, 401]
        second = add("second")
        place.standpoint("keys", "revoke", "first")
        time.sleep(1.5)
        assert everywhere(first) == [401, 401]
        assert everywhere(second) == [200, 200]
        (place.folder / "keys.toml").unlink()
        time.sleep(1.5)
        assert everywhere(None) == [401, 401]
        assert everywhere(second) == [200, 200]
        os.kill(workers[0], signal.SIGKILL)
        time.sleep(1.5)
        workers = workers_of(pid)
        assert everywhere(first) == [401, 401]
        assert everywhere(second) == [200, 200]


def test_two_workers_share_what_a_key_may_ask(place, add):
    key = add("lab", "--per-minute", "60")
    with two_workers(place) as (base, pid):
        workers = workers_of(pid)
        begun = time.monotonic()
        found = Counter()
        for number in range(30):
            worker = workers[number % 2]
            with only(worker, workers):
                found[worker, status(base, key)] += 1
        passed = time.monotonic() - begun
    let_through = sum(times for (_, told), times in found.items() if told == 200)
    assert 10 <= let_through <= 10 + passed
    assert {told for _, told in found} == {200, 429}
    assert all(found[worker, 200] and found[worker, 429] for worker in workers)


def test_a_public_address_is_opened_with_a_key_and_refused_without(place, add):
    words = ("serve", "--host", "0.0.0.0")
    done = place.standpoint(*words, "--port", "1", check=False)
    assert done.returncode == 2
    assert done.stderr == (
        "--host: must be an address of this machine alone, such as 127.0.0.1, where no API key "
        "is in force, got '0.0.0.0'. Run `standpoint keys add NAME` first.\n"
    )
    key = add("lab")
    with running(place, *words, wait_for="/healthz") as (base, _):
        assert [status(base), status(base, key)] == [401, 200]


@pytest.mark.parametrize("words", [("serve",), ("serve", "--dev")], ids=["gunicorn", "dev"])
def test_no_answer_names_a_version_of_what_serves(place, words):
    with (
        running(place, *words, wait_for="/healthz") as (base, _),
        urllib.request.urlopen(f"{base}/healthz", timeout=10) as answer,
    ):
        told = answer.headers.get_all("Server")
    assert told is None or (len(told) == 1 and not any(c.isdigit() for c in told[0])), told
