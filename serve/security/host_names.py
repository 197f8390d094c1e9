"""Which addresses only this machine can reach, and by which names it may be asked."""

import ipaddress
import re
import socket

from serve.security.keyring import Keyring
from standpoint.errors import InputError

_HOST_HEADER = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^\[\]:/?#@\s]+)(:[0-9]{0,5})?")


def check_address(host: str, keys: Keyring) -> None:
    """Refuse to listen where others can reach it, unless a key is in force."""
    if not keys.holds_a_key and not reaches_only_here(host):
        raise InputError(
            "--host: must be an address of this machine alone, such as 127.0.0.1, where no API "
            f"key is in force, got {host!r}. Run `standpoint keys add NAME` first."
        )


def reaches_only_here(host: str) -> bool:
    """Whether every address of a name is a loopback address.

    >>> reaches_only_here("127.0.0.1"), reaches_only_here("0.0.0.0"), reaches_only_here("")
    (True, False, False)
    """
    try:
        # An empty host is every address, which getaddrinfo says of no name at all.
        found = socket.getaddrinfo(host or None, 0, type=socket.SOCK_STREAM, flags=_flags(host))
    except (OSError, UnicodeError):
        return False
    return all(is_loopback(str(address[0])) for *_, address in found)


def _flags(host: str) -> int:
    return 0 if host else socket.AI_PASSIVE


def is_loopback(address: str) -> bool:
    """Whether an address in digits is one of this machine alone.

    >>> is_loopback("127.0.0.53"), is_loopback("::1"), is_loopback("192.168.0.1")
    (True, True, False)
    """
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def host_named(header: str) -> str:
    """The host of a ``Host`` header without its port; empty where it is none.

    >>> host_named("LOCALHOST:8000"), host_named("[::1]:80"), host_named("a b")
    ('localhost', '[::1]', '')
    """
    found = _HOST_HEADER.fullmatch(header)
    return found.group(1).lower() if found else ""


def is_of_this_machine(host: str) -> bool:
    """Whether a name in a ``Host`` header can only mean this machine."""
    return host == "localhost" or is_loopback(host.strip("[]"))
