"""A client of the service. It needs the standard library alone."""

import time
from collections.abc import Generator, Iterable, Mapping, Sequence
from http.client import HTTPConnection, HTTPException
from types import TracebackType
from typing import Any, Self, cast
from urllib.parse import quote, urlencode

from standpoint import __version__
from standpoint.client.batch import Problem, exchange
from standpoint.client.connections import (
    Connections,
    Reply,
    Request,
    json_bytes,
    read_address,
    read_json,
    seconds_to_wait,
    silence,
)
from standpoint.client.types import (
    CodebookSummary,
    KnownCodebook,
    LabelledArticle,
    ModelCards,
    PairRequest,
    PairsAnswer,
)
from standpoint.errors import InputError, ServiceError
from standpoint.labels import Task

__all__ = ["Client", "Problem"]

MAX_WAIT_S = 60.0
FIRST_PAUSE_S = 0.1


class Client:
    """Asks one service; threads may share it.

    Connections are kept and used again. A request whose connection breaks off is sent again, at
    most ``retries`` times: no request of the API changes anything. One that is answered 429 or 503
    with ``Retry-After`` waits that long first, or fails at once where it is more than a minute. A
    batch is never sent again by itself.

    Parameters
    ----------
    base : the address of the service, with the path it is under if it is under one
    key : an API key, where the service asks for one
    timeout : seconds that the service may keep silent
    retries : how often a request is sent again

    Raises
    ------
    ServiceError
        from every method: the service did not answer, or answered with a problem

    Examples
    --------
    >>> Client("127.0.0.1:8000")
    Traceback (most recent call last):
    ...
    standpoint.errors.InputError: base: must be an http or https address, got '127.0.0.1:8000'. \
Give one like http://127.0.0.1:8000.
    """

    def __init__(
        self,
        base: str = "http://127.0.0.1:8000",
        *,
        key: str | None = None,
        timeout: float = 60.0,
        retries: int = 3,
    ) -> None:
        if key is not None and not (key.isascii() and key.isprintable() and key.strip()):
            raise InputError("key: must be printable ASCII, got something else. Copy it again.")
        self._address = read_address(base)
        self._connections = Connections(self._address, timeout=timeout)
        self._headers = {"Accept": "application/json", "User-Agent": f"standpoint/{__version__}"}
        if key is not None:
            self._headers["Authorization"] = f"Bearer {key}"
        self._timeout = timeout
        self._retries = retries

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the kept connections; the client can still be used, over new ones."""
        self._connections.close()

    def label(
        self,
        text: str,
        *,
        codebook: str | Mapping[str, object] | None = None,
        id: str | None = None,
        date: str | None = None,
        include_none: bool = False,
        any_language: bool = False,
        min_confidence: float | None = None,
    ) -> LabelledArticle:
        """Label one article.

        Parameters
        ----------
        codebook : a name the service knows, or a whole codebook; the service's own if left out
        date : as ISO 8601 has it
        include_none : give also the cells in which nobody takes a side
        any_language : read it even where it is not English
        min_confidence : abstain below it, 0 to 1; the service's own if left out
        """
        asked = {
            "text": text,
            "codebook": codebook,
            "id": id,
            "date": date,
            "include_none": include_none or None,
            "any_language": any_language or None,
            "min_confidence": min_confidence,
        }
        body = {name: value for name, value in asked.items() if value is not None}
        return cast(LabelledArticle, self._call("POST", "/v1/articles", body))

    def label_many(
        self, articles: Iterable[Mapping[str, object]], codebook: str | None = None
    ) -> Generator[LabelledArticle | Problem, None, None]:
        """Label articles in one stream, and give the answers in order as they come.

        A thread draws from ``articles`` and sends while the answers are read; only what is under
        way is held in memory. An article that cannot be labelled is answered with a `Problem`, and
        the rest go on. What ``articles`` itself raises is raised here. Dropping the generator, or
        its ``close()``, ends the connection and the thread.

        Parameters
        ----------
        articles : each what `label` takes, as a dict: ``text``, and ``id``, ``date`` and others
        codebook : the name of one the service knows, for articles that name none
        """
        query = f"?{urlencode({'codebook': codebook})}" if codebook is not None else ""
        path = f"/v1/articles:batch{query}"
        where = self._where("POST", path)
        connection = self._connections.open()
        try:
            self._begin(connection, path)
        except (OSError, HTTPException) as error:
            connection.close()
            raise self._silence(error, where) from error
        yield from exchange(connection, articles, where=where, timeout=self._timeout)

    def judge(self, pairs: Sequence[PairRequest], task: Task = "stance") -> PairsAnswer:
        """Judge pairs of a holder and a target, in order."""
        body = {"pairs": list(pairs), "task": task}
        return cast(PairsAnswer, self._call("POST", "/v1/pairs", body))

    def codebooks(self) -> list[CodebookSummary]:
        """The codebooks that the service knows."""
        return cast(list[CodebookSummary], self._call("GET", "/v1/codebooks")["codebooks"])

    def codebook(self, name: str) -> KnownCodebook:
        """One codebook, whole."""
        return cast(KnownCodebook, self._call("GET", f"/v1/codebooks/{quote(name, safe='')}"))

    def model(self) -> ModelCards:
        """The champions: versions, scores and what they were trained on."""
        return cast(ModelCards, self._call("GET", "/v1/model"))

    def ready(self) -> bool:
        """Whether a service answers at the address now, and holds a model."""
        try:
            return self._connections.ask(Request("GET", "/readyz", self._headers)).status == 200
        except (OSError, HTTPException):
            return False

    def _call(self, method: str, path: str, body: Mapping[str, object] | None = None) -> Any:
        request = Request(method, path, self._headers)
        if body is not None:
            headers = {**self._headers, "Content-Type": "application/json"}
            content = json_bytes(body)
            request = Request(method, path, headers, content)
        where = self._where(method, path)
        try:
            return read_json(self._ask(request, left=self._retries), where)
        except (OSError, HTTPException) as error:
            raise self._silence(error, where) from error

    def _ask(self, request: Request, *, left: int) -> Reply:
        try:
            reply = self._connections.ask(request)
        except (ConnectionError, HTTPException):
            if not left:
                raise
            pause = FIRST_PAUSE_S * 2.0 ** (self._retries - left)
        else:
            wait = _pause(reply) if left else None
            if wait is None:
                return reply
            pause = wait
        time.sleep(pause)
        return self._ask(request, left=left - 1)

    def _begin(self, connection: HTTPConnection, path: str) -> None:
        connection.putrequest("POST", self._address.path + path, skip_accept_encoding=True)
        for name, value in self._headers.items():
            connection.putheader(name, value)
        connection.putheader("Content-Type", "application/x-ndjson")
        connection.putheader("Transfer-Encoding", "chunked")
        connection.endheaders()

    def _where(self, method: str, path: str) -> str:
        return f"{method} {self._address.url}{path}"

    def _silence(self, error: Exception, where: str) -> ServiceError:
        return silence(error, address=self._address, where=where, timeout=self._timeout)


def _pause(reply: Reply) -> float | None:
    """How long to wait before asking again; None where the answer stands."""
    wait = seconds_to_wait(reply)
    asks_again = reply.status in (429, 503) and wait is not None and wait <= MAX_WAIT_S
    return wait if asks_again else None
