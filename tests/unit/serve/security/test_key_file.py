"""API keys and their file."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from serve.security.key_file import (
    MAX_FILE_BYTES,
    NAME,
    PREFIX,
    change_keys,
    load_keys,
    new_key,
    parse_keys,
    render,
)
from standpoint.errors import KeysError

HASH = f'salt = "{"0" * 32}"\nsha256 = "{"a" * 64}"\ncreated = 2024-05-01T10:00:00Z\n'


# --- a key --------------------------------------------------------------------


def test_a_key_is_256_random_bits_behind_a_prefix_and_no_two_are_the_same():
    keys = {new_key("a")[0] for _ in range(200)}
    assert len(keys) == 200
    assert all(key.startswith(PREFIX) and len(key) == len(PREFIX) + 43 for key in keys)


def test_only_the_key_itself_fits_its_hash():
    key, kept = new_key("a")
    assert kept.matches(key)
    for other in ("", PREFIX, key[:-1], key + "a", key.upper(), new_key("a")[0], "é\ud800"):
        assert not kept.matches(other)


def test_the_same_key_has_another_hash_under_another_salt():
    key, kept = new_key("a")
    other = kept.model_copy(update={"salt": "0" * 32})
    assert not other.matches(key)


def test_neither_key_nor_hash_is_shown_with_a_key():
    key, kept = new_key("a")
    shown = repr(kept) + str(kept)
    assert not any(secret in shown for secret in (key, kept.salt, kept.sha256))


def test_a_key_is_in_force_to_the_second_in_which_it_expires():
    _, kept = new_key("a", days=2)
    assert kept.expires == kept.created + timedelta(days=2)
    assert kept.is_in_force(kept.expires - timedelta(seconds=1))
    assert not kept.is_in_force(kept.expires)


def test_a_key_without_days_never_expires():
    assert new_key("a")[1].is_in_force(datetime(9999, 1, 1, tzinfo=UTC))


# --- the file -----------------------------------------------------------------


def test_what_is_written_is_what_is_read():
    keys = (new_key("a", days=3)[1], new_key("B.b_b-b", per_minute=7)[1], new_key("c")[1])
    assert parse_keys(render(keys).encode(), where="x") == keys


def test_an_empty_file_holds_no_keys():
    assert parse_keys(b"", where="x") == ()


def test_the_file_is_for_its_owner_alone_and_holds_no_key(add, path):
    key = add("a")
    assert path.stat().st_mode & 0o777 == 0o600
    assert key.removeprefix(PREFIX) not in path.read_text("utf-8")


def test_a_file_that_its_group_may_read_stays_so_and_nobody_else_gets_in(add, path):
    add("a")
    path.chmod(0o664)
    add("b")
    assert path.stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_a_key_that_root_adds_leaves_the_file_to_its_owner(add, path):
    add("a")
    os.chown(path, 1234, 1234)
    add("b")
    assert (path.stat().st_uid, path.stat().st_gid) == (1234, 1234)


def test_a_link_to_the_file_stays_a_link(add, path, tmp_path):
    (tmp_path / "real").mkdir()
    path.symlink_to(tmp_path / "real" / "k.toml")
    add("a")
    assert path.is_symlink()
    assert [key.name for key in load_keys(tmp_path / "real" / "k.toml")] == ["a"]


def test_a_change_that_fails_leaves_the_file_as_it_was_and_nothing_beside_it(
    add, path, monkeypatch
):
    add("a")
    before = path.read_bytes()
    monkeypatch.setattr(os, "fsync", _no_space)
    with pytest.raises(KeysError) as told:
        add("b")
    assert str(told.value) == f"{path}: must be writable, got No space left on device."
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def _no_space(_):
    raise OSError(28, "No space left on device")


def test_a_folder_that_does_not_exist_is_refused(tmp_path):
    path = tmp_path / "nowhere" / "keys.toml"
    with pytest.raises(KeysError) as told:
        change_keys(path, lambda keys: keys)
    assert str(told.value) == (
        f"{path}: must be in a folder that exists, got No such file or directory."
    )


WRITER = """
import sys
from pathlib import Path
from serve.security.key_file import change_keys, new_key
for number in range(20):
    kept = new_key(f"{sys.argv[2]}-{number}")[1]
    change_keys(Path(sys.argv[1]), lambda keys: (*keys, kept))
"""


def test_of_several_writers_at_once_none_loses_what_another_wrote(path, root):
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(path), f"w{n}"], cwd=root)
        for n in range(3)
    ]
    assert [writer.wait(60) for writer in writers] == [0, 0, 0]
    names = {key.name for key in load_keys(path)}
    assert names == {f"w{n}-{number}" for n in range(3) for number in range(20)}


FILES = [
    pytest.param(b"keys = [", ["must be TOML, got a fault: "], id="no TOML"),
    pytest.param(b"\xff", ["must be UTF-8, got another byte at 0."], id="no UTF-8"),
    pytest.param(b"keys = 3", ["line 1: keys: must be a list, got 3."], id="keys no list"),
    pytest.param(b"keys = [3]", ["keys[0]: "], id="entry no table"),
    pytest.param(b"keyz = []", ["keyz: unknown key. Did you mean 'keys'?"], id="unknown key"),
    pytest.param(
        b'# ours\n[[keys]]\nname = "a"\n',
        ["line 2: keys[0].salt: missing.", "keys[0].sha256: missing.", "keys[0].created: missing."],
        id="no hash",
    ),
    pytest.param(
        f'[[keys]]\nname = "a b"\n{HASH}'.encode(),
        [
            "line 2: keys[0].name: must be 1 to 64 letters, digits, '.', '_' or '-', "
            "the first a letter or a digit, got 'a b'."
        ],
        id="name",
    ),
    pytest.param(
        f'[[keys]]\nname = "a"\n{HASH}[[keys]]\nname = "a"\n{HASH}'.encode(),
        ["line 7: keys[1].name: must be new, got 'a' again."],
        id="name twice",
    ),
    pytest.param(
        f'[[keys]]\nname = "a"\n{HASH}expires = 2024-05-01T10:00:00\n'.encode(),
        ["line 6: keys[0].expires: ", "timezone"],
        id="no time zone",
    ),
    pytest.param(
        f'[[keys]]\nname = "a"\n{HASH}expires = "soon"\n'.encode(),
        ["line 6: keys[0].expires: ", "got 'soon'."],
        id="expires in words",
    ),
    pytest.param(
        f'[[keys]]\nname = "a"\n{HASH}per_minute = 0\n'.encode(),
        ["line 6: keys[0].per_minute: ", "got 0."],
        id="rate of nothing",
    ),
    pytest.param(
        f'[[keys]]\nname = "a"\n{HASH}per_minuet = 5\n'.encode(),
        ["line 6: keys[0].per_minuet: unknown key. Did you mean 'per_minute'?"],
        id="misspelt",
    ),
]


@pytest.mark.parametrize(("content", "told"), FILES)
def test_every_fault_of_a_file_is_told_with_its_line(path, content, told):
    path.write_bytes(content)
    with pytest.raises(KeysError) as error:
        load_keys(path)
    message = str(error.value)
    assert message.startswith(f"{path}:")
    assert all(words in message for words in told), message


def test_all_faults_of_a_file_are_told_together(path):
    path.write_text(f'[[keys]]\nname = ""\n{HASH}[[keys]]\nname = "b"\n{HASH}per_minute = "x"\n')
    with pytest.raises(KeysError) as error:
        load_keys(path)
    assert [fault.pointer for fault in error.value.faults] == ["/keys/0/name", "/keys/1/per_minute"]


def test_a_key_that_was_pasted_in_place_of_its_hash_is_not_shown(path):
    key, _ = new_key("a")
    path.write_text(f'[[keys]]\nname = "a"\n{HASH}'.replace("a" * 64, key), "utf-8")
    with pytest.raises(KeysError) as error:
        load_keys(path)
    assert "line 4: keys[0].sha256: must be 64 hex digits. Make keys" in str(error.value)
    assert key[:12] not in str(error.value)


def test_what_is_no_file_is_refused(tmp_path):
    with pytest.raises(KeysError, match="must be a file, got something else"):
        load_keys(tmp_path)
    with pytest.raises(KeysError, match="the file of keys must exist, got no such file"):
        load_keys(tmp_path / "none.toml")


def test_a_file_without_end_is_refused(path):
    path.write_bytes(b"#" * (MAX_FILE_BYTES + 1))
    with pytest.raises(KeysError, match="must be at most 1,000,000 bytes, got more"):
        load_keys(path)


def test_a_name_holds_nothing_that_could_break_a_line_of_the_log():
    assert NAME.fullmatch("News.room-2_b")
    for name in ("", "-a", "a b", "a\n", "a\0", "é", "x" * 65, '"', "a/b"):
        assert not NAME.fullmatch(name)
