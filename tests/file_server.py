"""A real HTTP server of files, that cuts connections and fails when a test asks it to."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class ServedFile:
    """A file of the server.

    Attributes
    ----------
    etag : with its quotation marks; none is sent where it is empty
    ranges : whether a Range is answered with 206; else with the whole file
    statuses : of the first answers, in place of the file
    cuts : of the next answers, after how many bytes of the body the connection is cut
    waits : threading event that the rest of the body waits for, after the first half
    """

    content: bytes
    etag: str = '"v1"'
    ranges: bool = True
    statuses: list[int] = field(default_factory=list)
    cuts: list[int] = field(default_factory=list)
    waits: threading.Event | None = None


@dataclass
class FileServer:
    """Files by path, and what was asked: path, Range and If-Range."""

    address: str
    files: dict[str, ServedFile] = field(default_factory=dict)
    requests: list[tuple[str, str | None, str | None]] = field(default_factory=list)

    def serve(self, path: str, content: bytes, **how: object) -> str:
        """Serve a file; its address."""
        self.files[path] = ServedFile(content, **how)  # type: ignore[arg-type]
        return self.address + path


class _Handler(BaseHTTPRequestHandler):
    served: FileServer

    def do_GET(self) -> None:
        path, asked = self.path[1:], self.headers
        self.served.requests.append((path, asked["Range"], asked["If-Range"]))
        file = self.served.files.get(path)
        if file is None:
            self.send_error(404)
        elif file.statuses:
            self.send_error(file.statuses.pop(0))
        else:
            self._send(file, self._start(file))

    def _start(self, file: ServedFile) -> int:
        """The first byte that is asked for, where the file can begin there."""
        fits = self.headers["If-Range"] in (None, file.etag) and file.ranges
        return int((self.headers["Range"] or "bytes=0-")[6:-1]) if fits else 0

    def _send(self, file: ServedFile, start: int) -> None:
        whole = len(file.content)
        if start >= whole > 0:
            self.send_error(416)
            return
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(whole - start))
        if start:
            self.send_header("Content-Range", f"bytes {start}-{whole - 1}/{whole}")
        if file.etag:
            self.send_header("ETag", file.etag)
        self.end_headers()
        self._send_body(file, file.content[start:])

    def _send_body(self, file: ServedFile, body: bytes) -> None:
        if file.cuts:
            body = body[: file.cuts.pop(0)]
        elif file.waits:
            self.wfile.write(body[: len(body) // 2])
            file.waits.wait(30)
            body = body[len(body) // 2 :]
        with suppress(OSError):  # the client may be gone
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Stay silent."""


@contextmanager
def file_server() -> Iterator[FileServer]:
    """A server on a free port of this machine."""
    served = FileServer("")
    handler = type("Handler", (_Handler,), {"served": served})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        served.address = f"http://127.0.0.1:{server.server_port}/"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield served
        finally:
            server.shutdown()
            thread.join()
