"""The addresses that the server listens on: its own, or sockets passed by systemd."""

import os
import re
import socket

from standpoint.errors import InputError

FIRST_PASSED = 3  # the first file descriptor that systemd passes (SD_LISTEN_FDS_START)


def is_socket_activated() -> bool:
    """Whether systemd passed the sockets to listen on (see ``man sd_listen_fds``)."""
    if os.environ.get("LISTEN_PID") != str(os.getpid()):
        return False
    count = os.environ.get("LISTEN_FDS", "")
    if not re.fullmatch("[1-9][0-9]{0,3}", count):
        raise InputError(f"LISTEN_FDS: must be a number of sockets above 0, got {count[:40]!r}.")
    return True


def passed_hosts() -> list[str]:
    """The addresses of the passed sockets, without Unix sockets, which are local."""
    hosts = []
    for descriptor in range(FIRST_PASSED, FIRST_PASSED + int(os.environ["LISTEN_FDS"])):
        try:
            with socket.socket(fileno=os.dup(descriptor)) as passed:
                if passed.family in (socket.AF_INET, socket.AF_INET6):
                    hosts.append(str(passed.getsockname()[0]))
        except OSError as error:
            raise InputError(
                f"LISTEN_FDS: must count sockets that were handed over, got {error.strerror} for "
                f"file {descriptor}."
            ) from None
    return hosts


def check_free(host: str, port: int) -> None:
    """Refuse an address that another program listens on, or that is not of this machine."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        raise InputError(
            f"--host and --port: must be free to listen on, got {host}:{port}, "
            f"{error.strerror or error}. Choose another --port."
        ) from None
