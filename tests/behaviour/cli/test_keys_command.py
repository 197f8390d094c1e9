"""``standpoint keys``: a key is shown once, listed without it, and revoked by its name."""

import re
from datetime import UTC, datetime

import pytest

from serve.security.key_file import MAX_KEYS, change_keys, load_keys, new_key
from serve.security.keyring import Keyring

KEY = re.compile(r"sp_[A-Za-z0-9_-]{43}\n")


@pytest.fixture
def path(house):
    return house.root / "keys.toml"


@pytest.fixture
def add(standpoint):
    """Add a key; gives it."""

    def call(name, *words):
        done = standpoint("keys", "add", name, *words)
        assert done.status == 0, done.err
        return done.out.strip()

    return call


def refused(done, told):
    assert (done.status, done.out, done.err) == (2, "", f"{told}\n")


def test_a_key_stands_alone_on_standard_output_and_what_it_is_on_the_other(standpoint, path):
    done = standpoint("keys", "add", "newsroom")
    assert done.status == 0
    assert KEY.fullmatch(done.out)
    assert done.err == f"newsroom: added to {path}, in force. The key is shown this once:\n"
    assert Keyring(path).verify(done.out.strip()).name == "newsroom"


def test_a_key_may_have_a_last_day_and_a_rate_of_its_own(standpoint, add, path):
    add("lab", "--days", "30", "--per-minute", "12")
    (key,) = load_keys(path)
    assert (key.expires - key.created).days == 30
    assert key.per_minute == 12


def test_the_list_shows_names_days_and_rates_and_neither_keys_nor_hashes(standpoint, add, path):
    keys = [add("lab", "--per-minute", "1200"), add("newsroom", "--days", "2")]
    listed = standpoint("keys", "list")
    assert (listed.status, listed.err) == (0, "")
    rows = [re.split(r" {2,}", line.strip()) for line in listed.out.splitlines()]
    today = datetime.now(UTC).strftime("%Y-%m-%d")
    assert rows[0] == ["name", "created", "expires", "per minute"]
    assert [rows[2][0], *rows[2][2:]] == ["lab", "never", "1,200", "in force"]
    assert rows[2][1].startswith(today[:7])
    assert [rows[3][0], *rows[3][3:]] == ["newsroom", "default", "in force"]
    for key, kept in zip(keys, load_keys(path), strict=True):
        assert not any(s in listed.out for s in (key, key[3:15], kept.salt, kept.sha256))


def test_a_key_that_has_expired_is_listed_as_such(standpoint, add, path):
    add("lab", "--days", "1")
    moment = datetime(2024, 1, 1, tzinfo=UTC)
    change_keys(path, lambda keys: (keys[0].model_copy(update={"expires": moment}),))
    assert (
        standpoint("keys", "list")
        .out.splitlines()[2]
        .endswith("2024-01-01 00:00     default  expired")
    )


def test_a_revoked_key_is_gone_and_the_others_stay(standpoint, add, path):
    first, second = add("lab"), add("newsroom")
    done = standpoint("keys", "revoke", "lab")
    told = f"lab: revoked in {path}. Running servers refuse it within a second.\n"
    assert (done.status, done.out) == (0, told)
    ring = Keyring(path)
    assert ring.verify(first) is None
    assert ring.verify(second).name == "newsroom"


def test_the_list_of_no_keys_says_that_nobody_gets_in(standpoint, add, path):
    add("lab")
    standpoint("keys", "revoke", "lab")
    assert standpoint("keys", "list").out == (
        f"{path}: no keys; every request is refused. Run `standpoint keys add NAME`.\n"
    )


def test_a_name_that_was_revoked_may_be_given_again_and_the_old_key_stays_out(
    standpoint, add, path
):
    old = add("lab")
    standpoint("keys", "revoke", "lab")
    new = add("lab")
    ring = Keyring(path)
    assert ring.verify(old) is None
    assert ring.verify(new)


def test_the_file_may_be_named_by_option_and_by_setting(standpoint, house, monkeypatch):
    assert standpoint("keys", "add", "a", "--file", "x.toml").status == 0
    monkeypatch.setenv("STANDPOINT_API_KEYS_FILE", str(house.root / "y.toml"))
    assert standpoint("keys", "add", "b").status == 0
    assert [key.name for key in load_keys(house.root / "x.toml")] == ["a"]
    assert [key.name for key in load_keys(house.root / "y.toml")] == ["b"]
    assert not (house.root / "keys.toml").exists()


NAMES = ["", "a b", "-", "é", "x" * 65, "a\nb", "../keys"]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_would_not_stand_well_in_a_log_is_refused(standpoint, path, name):
    done = standpoint("keys", "add", "--", name)
    told = "NAME: must be 1 to 64 letters, digits, '.', '_' or '-', the first a letter or a digit, "
    refused(done, f"{told}got {repr(name)[:40]}.")
    assert not path.exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--days", "0"), "--days: must be from 1 to 36,500, got 0."),
        (("--days", "99999999"), "--days: must be from 1 to 36,500, got 99999999."),
        (("--per-minute", "-3"), "--per-minute: must be from 1 to 1,000,000, got -3."),
    ],
)
def test_days_and_rates_that_are_none_are_refused(standpoint, path, words, told):
    refused(standpoint("keys", "add", "lab", *words), told)
    assert not path.exists()


def test_a_name_that_is_taken_is_refused_and_its_key_goes_on(standpoint, add, path):
    key = add("lab")
    told = (
        f"NAME: must be new, got 'lab', which {path} has. Run `standpoint keys revoke lab` first."
    )
    refused(standpoint("keys", "add", "lab"), told)
    assert Keyring(path).verify(key)


def test_a_name_that_is_not_there_is_not_revoked_and_a_near_one_is_shown(standpoint, add):
    add("lab"), add("newsroom")
    told = "NAME: must be one of lab, newsroom, got 'newsrom'. Did you mean 'newsroom'?"
    refused(standpoint("keys", "revoke", "newsrom"), told)


@pytest.mark.parametrize("words", [("list",), ("revoke", "lab")], ids=["list", "revoke"])
def test_a_file_that_is_not_there_is_refused_and_not_made(standpoint, path, words):
    told = f"{path}: the file of keys must exist, got no such file. Run `standpoint keys add NAME`."
    refused(standpoint("keys", *words), told)
    assert not path.exists()


@pytest.mark.parametrize("words", [("list",), ("revoke", "lab"), ("add", "b")], ids=lambda w: w[0])
def test_a_faulty_file_is_refused_and_left_as_it_is(standpoint, path, words):
    path.write_text('# ours\n[[keys]]\nname = "lab"\n', "utf-8")
    before = path.read_bytes()
    missing = [f"  line 2: keys[0].{key}: missing." for key in ("salt", "sha256", "created")]
    refused(standpoint("keys", *words), "\n".join([f"{path}:", *missing]))
    assert path.read_bytes() == before


def test_a_file_that_is_full_takes_no_more(standpoint, path):
    kept = new_key("a")[1]
    change_keys(
        path, lambda _: tuple(kept.model_copy(update={"name": f"k{n}"}) for n in range(MAX_KEYS))
    )
    told = f"{path}: must hold at most 1,000 keys, got as many already."
    refused(standpoint("keys", "add", "one-more"), told)
