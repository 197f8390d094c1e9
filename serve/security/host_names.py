"""Loopback addresses, and the host names that can only mean this machine."""

import ipaddress
import re
import socket

from serve.security.keyring import Keyring
from standpoint.errors import InputError

_HOST_HEADER = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^\[\]:/?#@\s]+)(:[0-9]{0,5})?")


def check_address(host: str, keys: Keyring) -> None:
    """Refuse to listen on an address that other machines can reach, unless a key is valid."""
    if not keys.has_valid_key and not is_local(host):
        raise InputError(
            "--host: must be an address of this machine alone, such as 127.0.0.1, where no API "
            f"key is in force, got {host!r}. Run `standpoint keys add NAME` first."
        )


def is_local(host: str) -> bool:
    """Whether every address of a host is a loopback address.

    >>> is_local("127.0.0.1"), is_local("0.0.0.0"), is_local("")
    (True, False, False)
    """
    try:
        # An empty host means all addresses. getaddrinfo has them for None with AI_PASSIVE.
        flags = 0 if host else socket.AI_PASSIVE
        addresses = socket.getaddrinfo(host or None, 0, type=socket.SOCK_STREAM, flags=flags)
    except (OSError, UnicodeError):
        return False
    return all(is_loopback(str(address[0])) for *_, address in addresses)


def is_loopback(address: str) -> bool:
    """Whether an IP address is a loopback address.

    >>> is_loopback("127.0.0.53"), is_loopback("::1"), is_loopback("192.168.0.1")
    (True, True, False)
    """
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def parse_host(header: str) -> str:
    """The host of a ``Host`` header without its port; empty where the header is malformed.

    >>> parse_host("LOCALHOST:8000"), parse_host("[::1]:80"), parse_host("a b")
    ('localhost', '[::1]', '')
    """
    match = _HOST_HEADER.fullmatch(header)
    return match.group(1).lower() if match else ""


def is_local_name(host: str) -> bool:
    """Whether the host of a ``Host`` header can only mean this machine."""
    return host == "localhost" or is_loopback(host.strip("[]"))
