"""One download over HTTP: resumed where it was cut, tried again, checked, and never half in place.

``urllib`` reads the proxies from the environment (``https_proxy`` and the like).
"""

import hashlib
import http.client
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import Protocol
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from standpoint import __version__
from standpoint.errors import CorpusError
from standpoint.files import PART
from train.downloads.catalog import Source

TRIES = 5  # in a row without a byte; with the waits below, half a minute of a host that is down
FIRST_WAIT = 2.0  # seconds; doubled after each try: 2, 4, 8, 16
MAX_WAIT = 60.0  # seconds: what a host may ask for with Retry-After
TIMEOUT = 30.0  # seconds without a byte
CHUNK = 1 << 16  # bytes between two reports of progress
MAX_BYTES = 1 << 30  # of a download whose size is not known; the largest known one is 9 MB
TRANSIENT = (408, 425, 429, 500, 502, 503, 504)
"""Statuses after which the same request may succeed (RFC 9110, RFC 6585)."""
RANGE_NOT_SATISFIABLE = 416
PARTIAL_CONTENT = 206


class _CutError(Exception):
    """The host did not answer, or stopped answering; ``after``: seconds to wait, if it says so."""

    def __init__(self, reason: object, after: float | None = None) -> None:
        super().__init__(str(reason))
        self.after = after


class Progress(Protocol):
    """Who is shown how far the downloads are."""

    def file_at(self, size: int) -> None:
        """So many bytes of the current file are here."""

    def file_done(self, size: int) -> None:
        """The current file is here, with so many bytes."""

    def say(self, line: str) -> None:
        """Something to know, as that a host is tried again."""


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Downloads files; ``wait`` is called with the seconds until a further try."""

    progress: Progress
    wait: Callable[[float], None] = time.sleep

    def fetch(self, source: Source, to: Path) -> None:
        """Download a file to ``to``; what has come so far is in ``to`` with ``.part`` behind.

        Raises
        ------
        CorpusError
            the host refuses or stays silent, the file has another digest, or cannot be written
        """
        if to.is_file() and not digest_fault(to, source):
            self.progress.file_done(to.stat().st_size)
            return
        part = to.with_name(to.name + PART)
        with writing(part):
            to.parent.mkdir(parents=True, exist_ok=True)
        resumed = self._download(source, part)
        if resumed and digest_fault(part, source):
            # The two halves may be of different files: once more, from the start.
            part.unlink()
            self._download(source, part)
        if fault := digest_fault(part, source):
            part.unlink()
            raise CorpusError(
                f"{source.address}: {fault}. Nothing was put in place. The publisher may have "
                "changed the file, or something between you and it did: try again from another "
                "network, or report it to this project."
            )
        with writing(to):
            part.replace(to)
        self.progress.file_done(to.stat().st_size)

    def _download(self, source: Source, part: Path) -> bool:
        """Fill the part; whether some of it had been there before."""
        resumed = part.is_file() and part.stat().st_size > 0
        tries = 0
        while True:
            before = _size(part)
            try:
                self._stream(source, part)
                return resumed
            except _CutError as error:
                came = _size(part) > before
                tries = 1 if came else tries + 1
                resumed |= came
                if tries >= TRIES:
                    raise _unreachable(source, error, _size(part)) from None
                pause = min(error.after or FIRST_WAIT * 2 ** (tries - 1), MAX_WAIT)
                self.progress.say(f"{source.file_name}: {error}; trying again in {pause:.0f} s")
                self.wait(pause)

    def _stream(self, source: Source, part: Path) -> None:
        """Download what the part lacks."""
        start = _size(part)
        if source.size is not None and start >= source.size:
            if start == source.size and part.is_file():
                return
            part.unlink(missing_ok=True)
            start = 0
        tag = part.with_name(part.name + ".etag")
        if start and not _may_resume(source, tag):
            start = 0
        with _opened(source, part, start, tag) as response:
            if response.status != PARTIAL_CONTENT:
                start = 0
            elif _range_start(response.headers) != start:
                part.unlink()
                raise _CutError("the host sent another part of the file")
            with writing(tag):
                tag.write_text(response.headers.get("ETag") or "", "utf-8")
            self._append(response, source, part, start)
        tag.unlink(missing_ok=True)

    def _append(
        self, response: http.client.HTTPResponse, source: Source, part: Path, start: int
    ) -> None:
        length = response.headers.get("Content-Length")
        end = start + int(length) if length and length.isdecimal() else None
        most = MAX_BYTES if source.size is None else source.size
        size = start
        # `_read` raises no OSError: one of this block is the disk's.
        with writing(part), part.open("ab" if start else "wb") as file:
            while chunk := _read(response):
                size += len(chunk)
                if size > most:
                    raise CorpusError(
                        f"{source.address}: must have at most {most:,} bytes, got more. The "
                        "publisher may have changed the file: report it to this project."
                    )
                file.write(chunk)
                self.progress.file_at(size)
        if end is not None and size < end:
            raise _CutError(f"the connection was cut after {size:,} of {end:,} bytes")


@contextmanager
def _opened(
    source: Source, part: Path, start: int, tag: Path
) -> Iterator[http.client.HTTPResponse]:
    headers = {"User-Agent": f"standpoint/{__version__}"}
    if start:
        headers["Range"] = f"bytes={start}-"
        if known := _strong_tag(tag):
            headers["If-Range"] = known
    try:
        response = urlopen(Request(source.address, headers=headers), timeout=TIMEOUT)
    except HTTPError as error:
        with error:
            if error.code == RANGE_NOT_SATISFIABLE and start:
                part.unlink(missing_ok=True)
                raise _CutError("the file is shorter than what had come of it") from None
            raise _status_error(source, error) from None
    except URLError as error:
        if isinstance(error.reason, ssl.SSLCertVerificationError):
            raise CorpusError(
                f"{source.address}: must have a certificate that this machine trusts, got "
                f"{error.reason.verify_message}. If a proxy opens your connections, name its "
                "certificate in SSL_CERT_FILE."
            ) from None
        raise _CutError(_reason(error.reason)) from None
    except (OSError, http.client.HTTPException) as error:
        raise _CutError(_reason(error)) from None
    with response:
        yield response


def _status_error(source: Source, error: HTTPError) -> Exception:
    if error.code in TRANSIENT:
        return _CutError(f"{error.code} {error.reason}", _retry_after(error))
    return CorpusError(
        f"{source.address}: must be there, got {error.code} {error.reason}. The publisher may have "
        "moved it: report it to this project, or put the files there by hand."
    )


def _read(response: http.client.HTTPResponse) -> bytes:
    try:
        return response.read(CHUNK)
    except (OSError, http.client.HTTPException) as error:
        raise _CutError(f"the connection was cut ({_reason(error)})") from None


def _reason(error: object) -> str:
    """What went wrong, without the number of an OSError."""
    return str(getattr(error, "strerror", None) or error) or type(error).__name__


def _may_resume(source: Source, tag: Path) -> bool:
    """Whether two halves are known to be of one file: by a digest afterwards, or by an ETag now."""
    return bool(source.sha256 or source.md5 or _strong_tag(tag))


def _strong_tag(tag: Path) -> str:
    text = tag.read_text("utf-8") if tag.is_file() else ""
    return "" if text.startswith("W/") else text


def _range_start(headers: Message) -> int | None:
    """The first byte of a Content-Range such as ``bytes 100-199/200``."""
    start = str(headers.get("Content-Range", "")).removeprefix("bytes").strip().partition("-")[0]
    return int(start) if start.isdecimal() else None


def _retry_after(error: HTTPError) -> float | None:
    text = error.headers.get("Retry-After", "")
    return float(text) if text.isdecimal() else None


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def _unreachable(source: Source, error: _CutError, size: int) -> CorpusError:
    rest = f" {size:,} bytes of it are kept." if size else ""
    return CorpusError(
        f"{source.address}: must be reachable, got {error} in {TRIES} tries.{rest} Run the command "
        "again later: it goes on where it stopped. Behind a proxy, set https_proxy."
    )


def digest_fault(path: Path, source: Source) -> str | None:
    """What a file lacks to be the source, for a message; None where nothing contradicts."""
    for name, expected in (("sha256", source.sha256), ("md5", source.md5)):
        if expected:
            with path.open("rb") as file:
                actual = hashlib.file_digest(file, name).hexdigest()
            if actual != expected:
                return f"must have the {name} {expected[:16]}…, got {actual[:16]}…"
    if source.size is not None and path.stat().st_size != source.size:
        return f"must have {source.size:,} bytes, got {path.stat().st_size:,}"
    return None


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn an OSError of the block into an error that names the file, and what to do."""
    try:
        yield
    except OSError as error:
        raise CorpusError(
            f"{path}: must be writable, got {error.strerror}. Free some space, or set "
            "STANDPOINT_DATA to a folder of yours, and run the command again: what has come is "
            "not downloaded again."
        ) from None
