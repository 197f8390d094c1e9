"""On which addresses the service listens."""

import socket

import pytest

from serve.security.host_names import check_address, is_local
from serve.security.keyring import Keyring
from standpoint.errors import InputError

PUBLIC = ["0.0.0.0", "::", "", "0", "10.1.2.3", "192.168.1.1", "::ffff:127.0.0.1", "fe80::1"]
PRIVATE = ["127.0.0.1", "127.1", "127.0.0.9", "::1", "localhost"]


@pytest.mark.parametrize("host", PUBLIC)
def test_without_a_key_it_listens_to_nobody_else(house, host):
    with pytest.raises(InputError) as told:
        check_address(host, Keyring(house.root / "keys.toml"))
    assert str(told.value) == (
        "--host: must be an address of this machine alone, such as 127.0.0.1, where no API key "
        f"is in force, got {host!r}. Run `standpoint keys add NAME` first."
    )


@pytest.mark.parametrize("host", PRIVATE)
def test_without_a_key_it_listens_on_this_machine(house, host):
    check_address(host, Keyring(house.root / "keys.toml"))


@pytest.mark.parametrize("host", PUBLIC)
def test_with_a_key_it_listens_to_all(house, key, host):
    check_address(host, Keyring(house.root / "keys.toml"))


def test_a_file_without_a_key_in_force_opens_no_address(house, add):
    add(days=1)
    moment = "2024-01-01T00:00:00Z"
    path = house.root / "keys.toml"
    path.write_text(f"{path.read_text('utf-8').partition('expires')[0]}expires = {moment}\n")
    for content in (path.read_text("utf-8"), ""):
        path.write_text(content, "utf-8")
        with pytest.raises(InputError, match="where no API key is in force"):
            check_address("0.0.0.0", Keyring(path))


def test_a_name_that_leads_also_elsewhere_is_no_name_of_this_machine(monkeypatch):
    found = {"both": ["127.0.0.1", "10.0.0.7"], "here": ["127.0.0.1", "::1"], "none": []}

    def resolve(host, *_, **__):
        if not found[host]:
            raise socket.gaierror(-2, "Name or service not known")
        return [(0, 0, 0, "", (address, 0)) for address in found[host]]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    assert [is_local(host) for host in ("both", "here", "none")] == [False, True, False]


@pytest.mark.parametrize("how", [(), ("--dev",)], ids=["gunicorn", "dev"])
def test_serve_refuses_a_public_address_without_keys(standpoint, how):
    done = standpoint("serve", "--host", "0.0.0.0", "--port", "9", *how)
    assert (done.status, done.out) == (2, "")
    assert done.err == (
        "--host: must be an address of this machine alone, such as 127.0.0.1, where no API key "
        "is in force, got '0.0.0.0'. Run `standpoint keys add NAME` first.\n"
    )


def test_serve_refuses_a_file_of_keys_that_is_not_there(standpoint, house, monkeypatch):
    path = house.root / "gone.toml"
    monkeypatch.setenv("STANDPOINT_API_KEYS_FILE", str(path))
    done = standpoint("serve")
    told = f"{path}: the file of keys must exist, got no such file. Run `standpoint keys add NAME`."
    assert (done.status, done.err) == (2, f"{told}\n")
