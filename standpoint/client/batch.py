"""A batch as a stream: one thread sends articles, the caller reads the answers as they come."""

import json
import threading
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import Any, cast

from standpoint.client.connections import Reply, json_bytes, refusal
from standpoint.client.duplex_socket import Duplex
from standpoint.client.types import LabelledArticle
from standpoint.errors import FaultShape, ServiceError

GIVEN_UP_AFTER_S = 0.5
# nginx stops sending a request for good where its answer has begun and the service's socket is full
# for a moment; what is under way must fit into that socket.
MAX_UNANSWERED_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Problem:
    """The answer to an article of a batch that could not be labelled.

    Attributes
    ----------
    line : which article it was, from 1
    status : that the article alone would have been answered with
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
    """Send articles over a connection whose headers are sent, and give the answers in order.

    Leaving it early ends the connection and the thread that sends.
    """
    duplex = Duplex(connection.sock, timeout=timeout)
    sending = _Sending(duplex, articles)
    sending.start()
    n_answers = 0
    try:
        for line in _lines(duplex, where):
            answer = _read(line, where)
            n_answers += 1
            sending.window.answered()
            yield answer
        sending.check(n_answers, where)
    except (OSError, HTTPException) as error:
        sending.raise_failure()
        late = isinstance(error, TimeoutError)
        got = f"nothing for {timeout:g} s" if late else "a broken connection"
        raise _broken(got, n_answers, where) from error
    finally:
        sending.window.shut()
        duplex.shut()
        # One that waits for the caller's next article ends when that comes.
        sending.join(GIVEN_UP_AFTER_S)
        connection.close()


def _lines(duplex: Duplex, where: str) -> Iterator[bytes]:
    answer = HTTPResponse(cast(Any, duplex), method="POST")
    with answer:
        answer.begin()
        if answer.status != 200:
            raise refusal(Reply.of(answer), where)
        yield from answer


def _read(line: bytes, where: str) -> LabelledArticle | Problem:
    try:
        found = json.loads(line)
    except ValueError:
        said = line[:80].decode("utf-8", "replace")
        raise ServiceError(
            f"{where}: must be answered in lines of JSON, got {said!r}. Check the address."
        ) from None
    if "error" not in found:
        return cast(LabelledArticle, found)
    told = found["error"]
    errors = tuple(told.get("errors", ()))
    return Problem(found["line"], told["status"], told["title"], told["detail"], errors)


def _broken(got: str, n_answers: int, where: str) -> ServiceError:
    return ServiceError(
        f"{where}: must answer every article, got {got} after {n_answers:,} answers. "
        "Send the articles behind them again."
    )


class _Window:
    """What is sent and not answered yet: so much at most, or one article that is larger."""

    def __init__(self) -> None:
        self._sizes: deque[int] = deque()
        self._changed = threading.Condition()
        self._is_shut = False

    def sends(self, size: int) -> None:
        """Wait until so much may be sent."""
        with self._changed:
            self._changed.wait_for(lambda: self._fits(size))
            self._sizes.append(size)

    def _fits(self, size: int) -> bool:
        fits = sum(self._sizes) + size <= MAX_UNANSWERED_BYTES
        return fits or not self._sizes or self._is_shut

    def answered(self) -> None:
        """The oldest of what was sent has its answer."""
        with self._changed:
            if self._sizes:
                self._sizes.popleft()
            self._changed.notify()

    def shut(self) -> None:
        """Let a sender that waits run into the end of its connection."""
        with self._changed:
            self._is_shut = True
            self._changed.notify()


class _Sending(threading.Thread):
    """Sends articles as chunks of a request, one line each."""

    def __init__(self, duplex: Duplex, articles: Iterable[Mapping[str, object]]) -> None:
        super().__init__(name="standpoint-batch", daemon=True)
        self.window = _Window()
        self._duplex = duplex
        self._articles = iter(articles)
        self._failure: BaseException | None = None
        self._n_sent = 0
        self._is_at_end = False

    def run(self) -> None:
        with suppress(OSError):  # that the connection broke is the reader's to tell
            while line := self._next_line():
                self._n_sent += 1
                self.window.sends(len(line))
                self._duplex.sendall(b"%x\r\n%b\r\n" % (len(line), line))
            self._is_at_end = True
            self._duplex.sendall(b"0\r\n\r\n")

    def _next_line(self) -> bytes:
        """The next article as a line; empty after the last."""
        self._duplex.is_idle = True
        try:
            return json_bytes(next(self._articles)) + b"\n"
        except StopIteration:
            return b""
        except BaseException as error:  # noqa: BLE001 - the caller's own: raised where he reads
            self._failure = error
            self._duplex.shut()
            return b""
        finally:
            self._duplex.is_idle = False

    def raise_failure(self) -> None:
        """Raise what the caller's articles raised, if they did."""
        if self._failure is not None:
            raise self._failure

    def check(self, n_answers: int, where: str) -> None:
        """Refuse an end at which articles are still without an answer, or not yet drawn."""
        self.raise_failure()
        if n_answers < self._n_sent or not self._is_at_end:
            raise _broken("the end", n_answers, where)
