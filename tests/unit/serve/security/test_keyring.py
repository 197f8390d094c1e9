"""The keys in force, while their file changes."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from serve.security.key_file import (
    PREFIX,
    Key,
    change_keys,
)
from serve.security.keyring import Keyring
from standpoint.errors import KeysError


def test_a_key_is_known_by_its_name(add, path):
    keys = {name: add(name) for name in ("a", "b", "c")}
    ring = Keyring(path)
    assert {name: ring.verify(key).name for name, key in keys.items()} == {n: n for n in "abc"}
    assert ring.verify("") is None
    assert ring.verify(PREFIX) is None


def test_every_key_is_looked_at_whichever_fits(add, path, monkeypatch):
    first = add("a")
    add("b"), add("c")
    ring = Keyring(path)
    asked = []
    matches = Key.matches
    monkeypatch.setattr(
        Key, "matches", lambda key, given: asked.append(key.name) or matches(key, given)
    )
    assert ring.verify(first).name == "a"
    assert ring.verify("wrong") is None
    assert asked == ["a", "b", "c"] * 2


def test_a_key_that_has_expired_lets_nobody_in(add, path):
    key = add("a", days=1)
    long_ago = datetime.now(UTC) - timedelta(days=1)
    change_keys(path, lambda keys: (keys[0].model_copy(update={"expires": long_ago}),))
    ring = Keyring(path)
    assert ring.verify(key) is None
    assert ring.is_required
    assert not ring.has_valid_key


def test_a_key_is_taken_up_and_a_revoked_one_let_go(add, revoke, path, looks_every_time):
    first = add("a")
    ring = Keyring(path)
    second = add("b", per_minute=5)
    assert ring.verify(second).name == "b"
    assert ring.rate_of("b") == 5
    revoke("a")
    assert ring.verify(first) is None
    assert ring.verify(second)
    revoke("b")
    assert ring.verify(second) is None
    assert ring.is_required


def test_the_file_is_looked_at_four_times_a_second_and_not_at_every_request(add, path, monkeypatch):
    ring = Keyring(path)
    now = [1_000.0]
    monkeypatch.setattr("serve.security.keyring.time.monotonic", lambda: now[0])
    assert not ring.is_required
    key = add("a")
    now[0] += 0.2
    assert not ring.is_required
    now[0] += 0.1
    assert ring.verify(key)


@pytest.mark.parametrize(
    "harm",
    [
        lambda path: path.unlink(),
        lambda path: path.write_text("keys = ["),
        lambda path: path.write_text('[[keys]]\nname = "a"\n'),
        lambda path: (path.unlink(), path.mkdir()),
        lambda path: (path.unlink(), path.symlink_to("nowhere")),
    ],
    ids=["deleted", "no TOML", "faulty", "a folder", "a link to nowhere"],
)
def test_a_file_that_is_lost_is_logged_once_and_the_keys_before_go_on(
    add, path, looks_every_time, caplog, harm
):
    key = add("a")
    ring = Keyring(path)
    harm(path)
    for _ in range(3):
        assert ring.verify(key).name == "a"
        assert ring.verify("wrong") is None
        assert ring.is_required
    (told,) = caplog.messages
    assert told.startswith("the file of keys was refused, the previous keys stay valid if any: ")
    assert str(path) in told


def test_a_file_that_comes_back_is_taken_up_again(add, path, looks_every_time):
    old = add("a")
    ring = Keyring(path)
    whole = path.read_bytes()
    path.write_text("keys = [")
    assert ring.verify(old)
    path.write_bytes(whole)
    new = add("b")
    assert ring.verify(old)
    assert ring.verify(new)


def test_the_same_file_put_back_is_taken_up_again(add, path, looks_every_time, caplog):
    key = add("a")
    ring = Keyring(path)
    aside = path.rename(path.with_name("aside"))
    assert ring.verify(key)
    aside.rename(path)
    assert ring.verify(key)
    path.unlink()
    assert ring.verify(key)
    assert sum("must exist" in message for message in caplog.messages) == 2


def test_a_worker_that_was_killed_while_it_kept_the_newest_keys_shuts_nobody_out(
    add, path, looks_every_time
):
    key = add("a")
    ring = Keyring(path)
    with ring._newest.locked():
        ring._newest.write(path.read_bytes()[:-20])
    path.unlink()
    assert ring.verify(key)
    assert ring.verify("wrong") is None


def test_without_a_file_all_are_let_in_until_there_is_one(add, path, looks_every_time):
    ring = Keyring(path)
    assert not ring.is_required
    key = add("a")
    assert ring.is_required
    assert ring.verify(key)
    path.unlink()
    assert ring.is_required


def test_a_file_that_is_faulty_when_it_first_appears_lets_nobody_in(path, looks_every_time, caplog):
    ring = Keyring(path)
    assert not ring.is_required
    path.write_text("keys = [")
    assert ring.is_required
    assert ring.verify("") is None
    assert len(caplog.messages) == 1


def test_no_file_at_all_is_asked_for_where_none_is_named():
    ring = Keyring(None)
    assert not ring.is_required
    assert not ring.has_valid_key
    assert ring.verify("") is None


def test_a_file_that_was_asked_for_must_be_there_at_the_start(path):
    with pytest.raises(KeysError, match="the file of keys must exist"):
        Keyring(path, required=True)


def test_a_faulty_file_is_refused_at_the_start(path):
    path.write_text("keys = [")
    with pytest.raises(KeysError, match="must be TOML"):
        Keyring(path)


RESPAWNED = """
import os, sys
from pathlib import Path
from serve.security import keyring as keys
from serve.security.key_file import change_keys, new_key
keys.CHECK_EVERY_S = -1.0
path = Path(sys.argv[1])
(one, kept_one), (two, kept_two) = new_key("one"), new_key("two")
change_keys(path, lambda _: (kept_one, kept_two))
ring = keys.Keyring(path)          # the first process reads both, and looks no more

def in_a_worker(look):
    if (pid := os.fork()) == 0:
        os._exit(0 if look() else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0

in_a_worker(lambda: ring.verify(one) and ring.verify(two))
change_keys(path, lambda _: (kept_two,))
in_a_worker(lambda: not ring.verify(one) and ring.verify(two))
path.unlink() if sys.argv[2] == "deleted" else path.write_text("keys = [")
in_a_worker(lambda: not ring.verify(one) and ring.verify(two))
"""


@pytest.mark.parametrize("how", ["deleted", "faulty"])
def test_a_worker_that_starts_while_the_file_is_lost_brings_no_revoked_key_back(path, root, how):
    command = [sys.executable, "-c", RESPAWNED, str(path), how]
    done = subprocess.run(
        command, cwd=root, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
