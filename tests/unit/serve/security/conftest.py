"""A file of API keys, and keys to put into it."""

import pytest

from serve.security.key_file import change_keys, new_key


@pytest.fixture
def path(tmp_path):
    return tmp_path / "keys.toml"


@pytest.fixture
def add(path):
    """Add a key to the file; gives the key."""

    def make(name, **more):
        key, kept = new_key(name, **more)
        change_keys(path, lambda keys: (*keys, kept))
        return key

    return make


@pytest.fixture
def revoke(path):
    def take_out(name):
        change_keys(path, lambda keys: tuple(key for key in keys if key.name != name))

    return take_out


@pytest.fixture
def looks_every_time(monkeypatch):
    monkeypatch.setattr("serve.security.keyring.CHECK_EVERY_S", -1.0)
