"""Streaming of a batch: a thread sends articles while the caller reads the answers."""

import json
import threading
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import Any, cast

from standpoint.client.connections import Reply, encode_json, error_of
from standpoint.client.duplex_socket import DuplexSocket
from standpoint.client.types import LabelledArticle
from standpoint.errors import FaultShape, ServiceError

# At the end of a batch, the wait for the sending thread. A thread that waits for the caller's next
# article is not awaited longer; it is a daemon and ends with that article.
JOIN_TIMEOUT_S = 0.5
# nginx stops sending a request for good if its answer has begun and the service's socket is full
# for a moment; so all unanswered articles must fit into that socket's buffer.
MAX_UNANSWERED_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Problem:
    """The answer to an article of a batch that cannot be labelled.

    Attributes
    ----------
    line : the number of the article, from 1
    status : the HTTP status of the same article in a request of its own
    errors : each fault: ``pointer`` (a JSON pointer into the article) and ``detail``
    """

    line: int
    status: int
    title: str
    detail: str
    errors: tuple[FaultShape, ...] = ()


def exchange(
    connection: HTTPConnection,
    articles: Iterable[Mapping[str, object]],
    *,
    where: str,
    timeout: float,
) -> Generator[LabelledArticle | Problem, None, None]:
    """Send articles over a connection whose headers are sent, and yield the answers in order.

    Closing the generator early closes the connection and ends the sending thread.
    """
    duplex = DuplexSocket(connection.sock, timeout=timeout)
    sender = _Sender(duplex, articles)
    sender.start()
    n_answers = 0
    try:
        for line in _lines(duplex, where):
            answer = _parse(line, where)
            n_answers += 1
            sender.window.release()
            yield answer
        sender.check_complete(n_answers, where)
    except (OSError, HTTPException) as error:
        sender.raise_failure()
        late = isinstance(error, TimeoutError)
        got = f"nothing for {timeout:g} s" if late else "a broken connection"
        raise _incomplete(got, n_answers, where) from error
    finally:
        sender.window.close()
        duplex.shutdown()
        sender.join(JOIN_TIMEOUT_S)
        connection.close()


def _lines(duplex: DuplexSocket, where: str) -> Iterator[bytes]:
    response = HTTPResponse(cast(Any, duplex), method="POST")
    with response:
        response.begin()
        if response.status != 200:
            raise error_of(Reply.of(response), where)
        yield from response


def _parse(line: bytes, where: str) -> LabelledArticle | Problem:
    try:
        answer = json.loads(line)
    except ValueError:
        start = line[:80].decode("utf-8", "replace")
        raise ServiceError(
            f"{where}: must be answered in lines of JSON, got {start!r}. Check the address."
        ) from None
    if "error" not in answer:
        return cast(LabelledArticle, answer)
    problem = answer["error"]
    errors = tuple(problem.get("errors", ()))
    return Problem(answer["line"], problem["status"], problem["title"], problem["detail"], errors)


def _incomplete(got: str, n_answers: int, where: str) -> ServiceError:
    return ServiceError(
        f"{where}: must answer every article, got {got} after {n_answers:,} answers. "
        "Send the articles behind them again."
    )


class _SendWindow:
    """Flow control: limits the bytes that are sent and not yet answered.

    An article that is larger than the limit is sent when nothing else is unanswered.
    """

    def __init__(self) -> None:
        self._sizes: deque[int] = deque()
        self._changed = threading.Condition()
        self._is_closed = False

    def reserve(self, n_bytes: int) -> None:
        """Wait until an article of this size may be sent."""
        with self._changed:
            self._changed.wait_for(
                lambda: (
                    self._is_closed
                    or not self._sizes
                    or sum(self._sizes) + n_bytes <= MAX_UNANSWERED_BYTES
                )
            )
            self._sizes.append(n_bytes)

    def release(self) -> None:
        """Free the space of the oldest article, which is answered."""
        with self._changed:
            if self._sizes:
                self._sizes.popleft()
            self._changed.notify()

    def close(self) -> None:
        """Stop limiting, so that a waiting sender meets the end of its connection."""
        with self._changed:
            self._is_closed = True
            self._changed.notify()


class _Sender(threading.Thread):
    """Sends articles as chunks of a request, one line each."""

    def __init__(self, duplex: DuplexSocket, articles: Iterable[Mapping[str, object]]) -> None:
        super().__init__(name="standpoint-batch", daemon=True)
        self.window = _SendWindow()
        self._duplex = duplex
        self._articles = iter(articles)
        self._failure: BaseException | None = None
        self._n_sent = 0
        self._is_at_end = False

    def run(self) -> None:
        with suppress(OSError):  # the reader of the answers reports a broken connection
            while line := self._next_line():
                self._n_sent += 1
                self.window.reserve(len(line))
                self._duplex.sendall(b"%x\r\n%b\r\n" % (len(line), line))
            self._is_at_end = True
            self._duplex.sendall(b"0\r\n\r\n")

    def _next_line(self) -> bytes:
        """The next article as a line of JSON; empty after the last."""
        self._duplex.is_idle = True
        try:
            return encode_json(next(self._articles)) + b"\n"
        except StopIteration:
            return b""
        except BaseException as error:  # noqa: BLE001 - an error of the caller: raised to the reader
            self._failure = error
            self._duplex.shutdown()
            return b""
        finally:
            self._duplex.is_idle = False

    def raise_failure(self) -> None:
        """Raise the exception of the caller's iterable, if there was one."""
        if self._failure is not None:
            raise self._failure

    def check_complete(self, n_answers: int, where: str) -> None:
        """Raise an error if articles are unanswered, or not all of them are sent."""
        self.raise_failure()
        if n_answers < self._n_sent or not self._is_at_end:
            raise _incomplete("the end", n_answers, where)
