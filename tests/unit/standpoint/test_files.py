import hashlib
import os

import numpy as np
import pytest

from standpoint.errors import ConfigError
from standpoint.files import (
    file_sha256,
    read_toml,
    recover_folder,
    remove_parts,
    replace_folder,
    replaced_file,
    replaced_folder,
    scratch_folder,
    sha256_fault,
    write_text,
)


@pytest.fixture
def full_disk(monkeypatch):
    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)


@pytest.fixture
def old(tmp_path):
    """A folder with one file, ``old``."""
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "old").touch()
    return folder


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_text_replaces_the_file_and_leaves_nothing_beside_it(tmp_path):
    path = tmp_path / "a.txt"
    write_text(path, "one\n")
    write_text(path, "zwölf\n")
    assert path.read_bytes() == "zwölf\n".encode()
    assert names_in(tmp_path) == ["a.txt"]


def test_a_new_file_has_the_permissions_that_the_umask_leaves(tmp_path):
    before = os.umask(0o027)
    try:
        write_text(tmp_path / "a.txt", "")
        with replaced_file(tmp_path / "secret", permissions=0o600) as file:
            assert os.fstat(file.fileno()).st_mode & 0o777 == 0o600
    finally:
        os.umask(before)
    assert (tmp_path / "a.txt").stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600


def test_a_text_in_a_folder_that_does_not_exist_is_refused(tmp_path):
    with pytest.raises(FileNotFoundError):
        write_text(tmp_path / "nowhere" / "a.txt", "")


def test_an_array_can_be_written_to_a_file_that_is_replaced(tmp_path):
    rows = np.arange(6.0).reshape(2, 3)
    with replaced_file(tmp_path / "rows.npy") as file:
        np.save(file, rows)
    assert np.array_equal(np.load(tmp_path / "rows.npy"), rows)


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_a_block_that_fails_leaves_the_file_as_it_was(tmp_path, error):
    path = tmp_path / "a.txt"
    write_text(path, "old")
    with pytest.raises(error), replaced_file(path) as file:
        file.write(b"new")
        raise error
    assert path.read_text("utf-8") == "old"
    assert names_in(tmp_path) == ["a.txt"]


def test_a_file_that_cannot_be_synced_leaves_the_old_one(tmp_path, full_disk):
    path = tmp_path / "a.txt"
    write_text(path, "old")
    with pytest.raises(OSError, match="No space"), replaced_file(path, durable=True) as file:
        file.write(b"new")
    assert path.read_text("utf-8") == "old"
    assert names_in(tmp_path) == ["a.txt"]


def test_the_old_file_can_be_read_until_the_block_ends(tmp_path):
    path = tmp_path / "a.txt"
    write_text(path, "old")
    with replaced_file(path, durable=True) as file:
        file.write(b"new")
        file.flush()
        assert path.read_text("utf-8") == "old"
    assert path.read_text("utf-8") == "new"


def test_a_folder_replaces_another_with_all_that_was_in_it(tmp_path, old):
    with replaced_folder(old, durable=True) as folder:
        (folder / "inner").mkdir()
        (folder / "inner" / "new").write_bytes(b"x")
        assert names_in(old) == ["old"]
    assert names_in(old) == ["inner"]
    assert names_in(tmp_path) == ["folder"]


def test_a_folder_is_made_with_the_folders_above_it(tmp_path):
    with replaced_folder(tmp_path / "a" / "b") as folder:
        (folder / "new").touch()
    assert names_in(tmp_path / "a" / "b") == ["new"]
    assert names_in(tmp_path / "a") == ["b"]


def test_a_block_that_fails_leaves_the_folder_as_it_was(tmp_path, old):
    with pytest.raises(ValueError, match="no"), replaced_folder(old) as folder:
        (folder / "new").touch()
        raise ValueError("no")
    assert names_in(old) == ["old"]
    assert names_in(tmp_path) == ["folder"]


def test_a_folder_that_cannot_be_synced_leaves_the_old_one(tmp_path, old, full_disk):
    with pytest.raises(OSError, match="No space"), replaced_folder(old, durable=True) as folder:
        (folder / "new").touch()
    assert names_in(old) == ["old"]
    assert names_in(tmp_path) == ["folder"]


def test_a_folder_that_cannot_be_moved_leaves_the_old_one(tmp_path, old):
    with pytest.raises(FileNotFoundError):
        replace_folder(old, tmp_path / "missing")
    assert names_in(old) == ["old"]
    assert names_in(tmp_path) == ["folder"]


def test_a_folder_moved_away_by_a_killed_process_is_brought_back(tmp_path, old):
    old.rename(tmp_path / ".folder-last")
    recover_folder(old)
    assert names_in(old) == ["old"]
    recover_folder(old)
    assert names_in(tmp_path) == ["folder"]


def test_a_scratch_folder_stands_beside_its_target_and_goes(tmp_path):
    with scratch_folder(tmp_path / "a") as scratch:
        assert scratch.parent == tmp_path
        (scratch / "x").touch()
    assert names_in(tmp_path) == []


def test_what_killed_processes_left_is_removed_and_nothing_else(tmp_path, old):
    (tmp_path / ".a.part").touch()
    (tmp_path / ".b.part").mkdir()
    (tmp_path / ".b.part" / "x").touch()
    (tmp_path / ".hidden").touch()
    remove_parts(tmp_path)
    assert names_in(tmp_path) == [".hidden", "folder"]


def test_the_sha256_of_a_file_is_compared_with_the_expected_one(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"abc")
    right = hashlib.sha256(b"abc").hexdigest()
    assert file_sha256(path) == right
    assert sha256_fault(path, expected=right) is None
    assert sha256_fault(path, expected="0" * 64) == (
        f"{path}: must have the sha256 0000000000000000…, got {right[:16]}…."
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(None, "the config must exist, got no such file.", id="missing"),
        pytest.param(b"\xff", "must be a readable UTF-8 file, got ", id="no UTF-8"),
        pytest.param(b"a = [", "must be TOML, got a fault: ", id="no TOML"),
        pytest.param(b"a = " + b"[" * 9999, "must be TOML, got too deep a nesting.", id="too deep"),
        pytest.param(
            b"b = 1\n" + b"a." * 20_000 + b"a = 1",
            "line 2: keys must have at most 32 parts, got more.",
            id="a long dotted key",
        ),
        pytest.param(
            b"b = {" + b"'a' . " * 20_000 + b"a = 1}",
            "line 1: keys must have at most 32 parts, got more.",
            id="a long dotted key in a table",
        ),
        pytest.param(
            b"a = " + b"9" * 5_000,
            "must have numbers of a sane length, got more digits.",
            id="a long number",
        ),
    ],
)
def test_a_file_that_is_no_toml_is_refused_by_the_error_of_its_kind(tmp_path, content, message):
    path = tmp_path / "a.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ConfigError) as error:
        read_toml(path, name="config", error=ConfigError)
    assert str(error.value).startswith(f"{path}: {message}")


def test_words_and_dots_of_other_texts_are_no_long_keys(tmp_path):
    path = tmp_path / "a.toml"
    text = "U.S.S.R. " * 50 + "www.a.b.c.d.example.org/" + "x" * 100_000 + "." * 1_000
    path.write_text(f'a = "{text}"', "utf-8")
    assert read_toml(path, name="config", error=ConfigError) == {"a": text}


def test_a_toml_file_may_begin_with_a_byte_order_mark(tmp_path):
    path = tmp_path / "a.toml"
    path.write_bytes(b"\xef\xbb\xbfa = 1")
    assert read_toml(path, name="config", error=ConfigError) == {"a": 1}
