"""No key ever gets more than a full bucket and what its rate brought since."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from serve.security.rate_limits import BucketTable, Rate, RateLimiter

SECOND_NS = 1_000_000_000
RATES = st.integers(1, 1_000_000)
STEPS = st.lists(
    st.tuples(st.integers(0, 90 * SECOND_NS), st.integers(1, 40)), min_size=1, max_size=60
)


def run(rate, steps):
    """Take at each step; gives when, how many were asked for, and what was answered."""
    now = full = 0
    for pause, n in steps:
        now += pause
        taken, full = rate.take(n, full_ns=full, now_ns=now)
        yield now, n, taken


@given(per_minute=RATES, steps=STEPS)
def test_over_any_time_at_most_a_full_bucket_and_the_rate_is_given(per_minute, steps):
    rate = Rate(per_minute)
    given_out = [(now, n) for now, n, taken in run(rate, steps) if taken.allowed]
    for first in range(len(given_out)):
        total = 0
        for now, n in given_out[first:]:
            total += n
            # total <= burst + per_minute * minutes, in whole numbers
            over = (total - rate.burst) * 60 * SECOND_NS
            assert over <= per_minute * (now - given_out[first][0])


@given(per_minute=RATES, steps=STEPS)
def test_what_the_bucket_holds_is_never_refused(per_minute, steps):
    rate = Rate(per_minute)
    held, last = rate.burst * rate.interval_ns, 0
    for now, n, taken in run(rate, steps):
        held = min(rate.burst * rate.interval_ns, held + now - last)
        last = now
        assert taken.allowed == (n * rate.interval_ns <= held)
        if taken.allowed:
            held -= n * rate.interval_ns
        assert taken.remaining == held // rate.interval_ns


@given(per_minute=RATES, steps=STEPS, n=st.integers(1, 40))
def test_who_waits_as_long_as_told_is_let_through(per_minute, steps, n):
    rate = Rate(per_minute)
    now = full = 0
    for pause, some in steps:
        now += pause
        _, full = rate.take(some, full_ns=full, now_ns=now)
    taken, full = rate.take(n, full_ns=full, now_ns=now)
    if n <= rate.burst and not taken.allowed:
        waited = now + int(taken.headers()["Retry-After"]) * SECOND_NS
        assert rate.take(n, full_ns=full, now_ns=waited)[0].allowed


@given(per_minute=st.integers(1, 1000), more=st.integers(1, 50))
def test_more_than_a_whole_bucket_is_never_given(per_minute, more):
    rate = Rate(per_minute)
    assert not rate.take(rate.burst + more, full_ns=0, now_ns=SECOND_NS)[0].allowed


@settings(max_examples=50)
@given(
    n_slots=st.integers(1, 9),
    steps=st.lists(
        st.tuples(st.integers(0, 40), st.integers(0, 5), st.integers(1, 60)), max_size=80
    ),
)
def test_names_that_share_a_table_are_kept_apart(n_slots, steps):
    """A name is found with its moment as long as that lies ahead, or the table is full of such."""
    table, known, now = BucketTable(n_slots), {}, 0
    for number, (pause, name, ahead) in enumerate(steps):
        now += pause
        known = {other: moment for other, moment in known.items() if moment > now}
        if str(name) not in known and len(known) == n_slots:
            continue
        with table.locked():
            slot, moment = table.find(str(name), now_ns=now)
            assert max(moment, now) == known.get(str(name), now), number
            known[str(name)] = now + ahead
            table.put(slot, str(name), now + ahead)


def test_a_key_with_its_own_rate_has_that_and_the_others_the_common_one():
    limits = RateLimiter(600, rate_of={"slow": 1}.get)
    assert [limits.take("slow").allowed for _ in range(2)] == [True, False]
    assert [limits.take("other").limit, limits.take("other").remaining] == [60, 58]


TOGETHER = """
import os, sys, threading, time
from serve.security.rate_limits import RateLimiter, Rate
per_minute, seconds = 1200, 1.5
limits, (to_read, to_write) = RateLimiter(per_minute), os.pipe()
begun = time.monotonic_ns()

def worker():
    got, until = [], begun + int(seconds * 1e9)
    def thread():
        while time.monotonic_ns() < until:
            for n in (1, 3):
                if limits.take("a", n).allowed:
                    got.append(n)
            time.sleep(0.0005)
    threads = [threading.Thread(target=thread) for _ in range(4)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    os.write(to_write, f"{sum(got)}\\n".encode())
    os._exit(0)

pids = [pid for _ in range(3) if (pid := os.fork()) or worker()]
for pid in pids:
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
passed = (time.monotonic_ns() - begun) / 1e9
counts = [int(line) for line in os.read(to_read, 10_000).split()]
most = Rate(per_minute).burst + per_minute / 60 * passed
least = Rate(per_minute).burst + per_minute / 60 * seconds - 5
print(counts, least, most)
assert least <= sum(counts) <= most, (counts, least, most)
"""

KILLED = """
import os, signal
from serve.security.rate_limits import RateLimiter
limits = RateLimiter(600)
to_read, to_write = os.pipe()
if (pid := os.fork()) == 0:
    with limits._table.locked():
        os.write(to_write, b"locked")
        signal.pause()
os.read(to_read, 6)
signal.signal(signal.SIGALRM, lambda *_: os.kill(pid, signal.SIGKILL))
signal.setitimer(signal.ITIMER_REAL, 0.3)
assert limits.take("a").allowed
assert os.waitpid(pid, 0)[1] == signal.SIGKILL
"""


def _run(script, root):
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=root,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
def test_threads_of_several_processes_share_a_bucket(root):
    _run(TOGETHER, root)


def test_a_worker_that_is_killed_while_it_counts_stops_no_other(root):
    _run(KILLED, root)
