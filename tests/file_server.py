"""A real HTTP server of files, that cuts connections and fails when a test asks it to."""

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


@dataclass
class ServedFile:
    """A file of the server.

    Attributes
    ----------
    etag : with its quotation marks; none is sent where it is empty
    ranges : whether a Range is answered with 206; else with the whole file
    statuses : of the first answers, in place of the file
    cuts : of the next answers, after how many bytes of the body the connection is cut
    shift : how many bytes too late a Range begins
    chunked : whether the body comes in chunks, without its length
    waits : threading event that the rest of the body waits for, after the first half
    """

    content: bytes
    etag: str = '"v1"'
    ranges: bool = True
    statuses: list[int] = field(default_factory=list)
    cuts: list[int] = field(default_factory=list)
    shift: int = 0
    chunked: bool = False
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
    protocol_version = "HTTP/1.1"
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
        if not fits or not self.headers["Range"]:
            return 0
        return int(self.headers["Range"].removeprefix("bytes=").removesuffix("-")) + file.shift

    def _send(self, file: ServedFile, start: int) -> None:
        whole = len(file.content)
        if start >= whole > 0:
            self.send_error(416)
            return
        self.send_response(206 if start else 200)
        self.send_header("Connection", "close")
        if file.chunked:
            self.send_header("Transfer-Encoding", "chunked")
        else:
            self.send_header("Content-Length", str(whole - start))
        if start:
            self.send_header("Content-Range", f"bytes {start}-{whole - 1}/{whole}")
        if file.etag:
            self.send_header("ETag", file.etag)
        self.end_headers()
        self._send_body(file, file.content[start:])

    def _send_body(self, file: ServedFile, body: bytes) -> None:
        if file.chunked:
            body = b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)
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
def file_server(certificate: Path | None = None) -> Iterator[FileServer]:
    """A server on a free port of this machine, with TLS where it has a certificate."""
    served = FileServer("")
    handler = type("Handler", (_Handler,), {"served": served})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        served.address = f"http://127.0.0.1:{server.server_port}/"
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            server.socket = context.wrap_socket(server.socket, server_side=True)
            served.address = f"https://localhost:{server.server_port}/"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield served
        finally:
            server.shutdown()
            thread.join()
