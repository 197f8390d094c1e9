"""Clients that ask a service all the time, and compare every answer with the right one."""

import http.client
import json
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from stress.service import promote

CLIENTS = 16


@dataclass
class Tally:
    """What the clients saw."""

    right: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    failed: list[tuple[float, str]] = field(default_factory=list)
    again: int = 0
    seconds: list[float] = field(default_factory=list)


def quiet_answer(models: Path, port: int, body: bytes, version: int) -> Any:
    """What a version answers when nothing else goes on."""
    promote(models, version)
    for _ in range(100):
        time.sleep(0.2)
        found = ask(http.client.HTTPConnection("127.0.0.1", port, timeout=60), body)
        if found["model"]["stance"]["version"] == version:
            time.sleep(1)  # until every worker has it
            return found
    raise SystemExit(f"version {version} was not taken up")


def ask(connection: http.client.HTTPConnection, body: bytes) -> Any:
    connection.request("POST", "/v1/articles", body, {"Content-Type": "application/json"})
    answer = connection.getresponse()
    content = answer.read()
    if answer.status != 200:
        raise http.client.HTTPException(f"status {answer.status}: {content[:200]!r}")
    return json.loads(content)


def client(
    port: int, body: bytes, expected: dict[int, Any], tally: Tally, ended: threading.Event
) -> None:
    """Ask without a pause; a kept connection that was closed meanwhile is opened anew once."""
    connection, is_fresh = http.client.HTTPConnection("127.0.0.1", port, timeout=60), True
    while not ended.is_set():
        started = time.monotonic()
        try:
            found = ask(connection, body)
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            dropped = isinstance(error, http.client.RemoteDisconnected | ConnectionError)
            if dropped and not is_fresh and time.monotonic() - started < 0.1:
                tally.again += 1
            else:
                tally.failed.append((time.monotonic(), repr(error)))
            connection, is_fresh = http.client.HTTPConnection("127.0.0.1", port, timeout=60), True
            continue
        is_fresh = False
        tally.seconds.append(time.monotonic() - started)
        version = found["model"]["stance"]["version"]
        if found == expected.get(version):
            tally.right[version] += 1
        else:
            tally.wrong.append(difference(found, expected.get(version)))
    connection.close()


def difference(found: Any, expected: Any, where: str = "") -> str:
    """The first place in which an answer is not what was expected."""
    if isinstance(found, dict) and isinstance(expected, dict) and found.keys() == expected.keys():
        pairs = [(f"{where}/{key}", found[key], expected[key]) for key in found]
    elif isinstance(found, list) and isinstance(expected, list) and len(found) == len(expected):
        pairs = [
            (f"{where}/{n}", *both) for n, both in enumerate(zip(found, expected, strict=True))
        ]
    else:
        return f"{where}: {str(found)[:80]} for {str(expected)[:80]}"
    return next(difference(f, e, place) for place, f, e in pairs if f != e)
