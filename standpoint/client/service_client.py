"""A client of the HTTP service. It needs the standard library alone."""

import time
from collections.abc import Generator, Iterable, Mapping, Sequence
from http.client import HTTPConnection, HTTPException
from typing import Any, Self, cast
from urllib.parse import quote, urlencode

from standpoint import __version__
from standpoint.client.batch import Problem, exchange
from standpoint.client.connections import (
    Connections,
    Reply,
    encode_json,
    read_address,
    read_json,
    retry_after_s,
)
from standpoint.client.types import (
    CodebookSummary,
    KnownCodebook,
    LabelledArticle,
    ModelCards,
    PairRequest,
    PairsAnswer,
)
from standpoint.errors import InputError
from standpoint.labels import Task

# The longest Retry-After that is waited for. A longer one is an error at once, since the caller
# would think that the client hangs.
MAX_WAIT_S = 60.0
FIRST_PAUSE_S = 0.1  # before the first retry; each pause is twice the one before


class Client:
    """A client of one service. Threads may share it.

    Connections are reused. A request whose connection breaks is sent again, at most ``retries``
    times: no request of the API changes anything. After status 429 or 503 with ``Retry-After``, the
    client waits that long first; if that is more than a minute, it raises the error at once. A
    batch is never sent again.

    Parameters
    ----------
    base : the address of the service, with the prefix of its routes if there is one
    key : an API key, if the service requires one
    timeout : seconds to wait for data from the service
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
        headers = {"Accept": "application/json", "User-Agent": f"standpoint/{__version__}"}
        if key is not None:
            headers["Authorization"] = f"Bearer {key}"
        self._connections = Connections(read_address(base), timeout=timeout, headers=headers)
        self._retries = retries

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the idle connections; the client can still be used, over new ones."""
        self._connections.close()

    def label(
        self,
        text: str,
        *,
        codebook: str | Mapping[str, object] | None = None,
        id: str | None = None,
        date: str | None = None,
        author: str | None = None,
        include_none: bool = False,
        any_language: bool = False,
        min_confidence: float | None = None,
    ) -> LabelledArticle:
        """Label one article.

        Parameters
        ----------
        codebook : a name the service knows, or a whole codebook; the service's default if None
        date : in ISO 8601
        author : whose text it is: the id, the name or an alias of an actor of the codebook
        include_none : return also the cells in which nobody takes a side
        any_language : label it even where it is not English
        min_confidence : abstain below it, 0 to 1; the service's default if None
        """
        fields = {
            "text": text,
            "codebook": codebook,
            "id": id,
            "date": date,
            "author": author,
            "include_none": include_none or None,
            "any_language": any_language or None,
            "min_confidence": min_confidence,
        }
        body = {name: value for name, value in fields.items() if value is not None}
        return cast(LabelledArticle, self._call("POST", "/v1/articles", body))

    def label_many(
        self, articles: Iterable[Mapping[str, object]], codebook: str | None = None
    ) -> Generator[LabelledArticle | Problem, None, None]:
        """Label articles in one stream, and yield the answers in order as they arrive.

        A thread iterates over ``articles`` and sends them while the answers are read; only
        unanswered articles are in memory. For an article that cannot be labelled, a `Problem` is
        yielded, and the others continue. An exception of ``articles`` is raised here. Closing the
        generator closes the connection and ends the thread.

        Parameters
        ----------
        articles : dicts of the arguments of `label`: ``text``, ``id``, ``date`` and others
        codebook : the name of one the service knows, for articles that name none
        """
        query = f"?{urlencode({'codebook': codebook})}" if codebook is not None else ""
        path = f"/v1/articles:batch{query}"
        where = self._connections.where("POST", path)
        connection = self._connections.open()
        try:
            self._send_headers(connection, path)
        except (OSError, HTTPException) as error:
            connection.close()
            raise self._connections.no_reply(error, where) from error
        timeout = self._connections.timeout
        yield from exchange(connection, articles, where=where, timeout=timeout)

    def judge(self, pairs: Sequence[PairRequest], task: Task = "stance") -> PairsAnswer:
        """Classify pairs of a holder and a target; the answers have their order."""
        body = {"pairs": list(pairs), "task": task}
        return cast(PairsAnswer, self._call("POST", "/v1/pairs", body))

    def codebooks(self) -> list[CodebookSummary]:
        """The codebooks that the service knows."""
        return cast(list[CodebookSummary], self._call("GET", "/v1/codebooks")["codebooks"])

    def codebook(self, name: str) -> KnownCodebook:
        """One codebook with its actors and issues."""
        return cast(KnownCodebook, self._call("GET", f"/v1/codebooks/{quote(name, safe='')}"))

    def model(self) -> ModelCards:
        """The model cards of the champions: versions, scores and training data."""
        return cast(ModelCards, self._call("GET", "/v1/model"))

    def ready(self) -> bool:
        """Whether a service answers at the address now, and has loaded a model."""
        try:
            return self._connections.send("GET", "/readyz").status == 200
        except (OSError, HTTPException):
            return False

    def _call(self, method: str, path: str, body: Mapping[str, object] | None = None) -> Any:
        content = None if body is None else encode_json(body)
        where = self._connections.where(method, path)
        try:
            return read_json(self._send(method, path, content), where)
        except (OSError, HTTPException) as error:
            raise self._connections.no_reply(error, where) from error

    def _send(self, method: str, path: str, body: bytes | None) -> Reply:
        for n_retries in range(self._retries):
            pause_s: float | None
            try:
                reply = self._connections.send(method, path, body=body)
            except (ConnectionError, HTTPException):
                pause_s = FIRST_PAUSE_S * 2.0**n_retries
            else:
                pause_s = retry_after_s(reply)
                if reply.status not in (429, 503) or pause_s is None or pause_s > MAX_WAIT_S:
                    return reply
            time.sleep(pause_s)
        return self._connections.send(method, path, body=body)

    def _send_headers(self, connection: HTTPConnection, path: str) -> None:
        pool = self._connections
        connection.putrequest("POST", pool.address.path + path, skip_accept_encoding=True)
        kind = {"Content-Type": "application/x-ndjson", "Transfer-Encoding": "chunked"}
        for name, value in (pool.headers | kind).items():
            connection.putheader(name, value)
        connection.endheaders()
