"""A house with API keys, whose file is checked at every request."""

import pytest

from serve.security.key_file import change_keys, new_key


@pytest.fixture(autouse=True)
def looks_every_time(monkeypatch):
    monkeypatch.setattr("serve.security.keyring.CHECK_EVERY_S", -1.0)


@pytest.fixture
def add(house):
    """Add a key to the house; gives it."""

    def make(name="lab", **more):
        key, kept = new_key(name, **more)
        change_keys(house.root / "keys.toml", lambda keys: (*keys, kept))
        return key

    return make


@pytest.fixture
def key(add):
    return add()


@pytest.fixture
def closed(house, key):
    """Asks a house that has a key."""
    return house.client(api_keys_file=house.root / "keys.toml")
