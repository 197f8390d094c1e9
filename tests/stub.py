"""A server that answers as a test tells it to, over real sockets."""

import json
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from werkzeug.serving import WSGIRequestHandler


@contextmanager
def running(server: Any) -> Iterator[str]:
    serving = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    serving.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        serving.join()


class Silent(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log(self, type: str, message: str, *args: Any) -> None:
        pass


class Stub(BaseHTTPRequestHandler):
    """Answers as it is told: ``answers`` are taken from the front, the last one stays."""

    protocol_version = "HTTP/1.1"
    answers: ClassVar[list[Callable[["Stub"], None]]]
    seen: ClassVar[list[tuple[str, str, dict[str, str], bytes]]]
    n_connections = 0
    n_read = 0

    def setup(self) -> None:
        super().setup()
        type(self).n_connections += 1

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length) if "chunked" not in str(self.headers) else b""
        self.seen.append((self.command, self.path, dict(self.headers), body))
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        answer(self)

    do_POST = do_GET  # noqa: N815 - the name that http.server calls

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def chunks(self) -> Iterator[bytes]:
        while length := int(self._line(), 16):
            yield self.rfile.read(length)
            type(self).n_read += 1
            self.rfile.readline()
        self.rfile.readline()

    def _line(self) -> bytes:
        line = self.rfile.readline()
        if not line:
            raise ConnectionResetError("the client left")
        return line

    def lines(self) -> Iterator[bytes]:
        """The lines of a body; a proxy may have cut it into other chunks than the client."""
        rest = b""
        for chunk in self.chunks():
            *whole, rest = (rest + chunk).split(b"\n")
            yield from whole

    def begin(self) -> None:
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()

    def chunk(self, found: Any) -> None:
        line = json.dumps(found).encode() + b"\n"
        self.wfile.write(b"%x\r\n%b\r\n" % (len(line), line))


class StubServer(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exc_info()[1], OSError):  # clients leave as the tests tell them to
            super().handle_error(request, client_address)


def stub_server() -> tuple[type[Stub], StubServer]:
    class Own(Stub):
        answers: ClassVar = []
        seen: ClassVar = []

    return Own, StubServer(("127.0.0.1", 0), Own)


def self_signed(path: Path) -> Path:
    """Write the key and the certificate of localhost."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    plain = serialization.NoEncryption()
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain)
    path.write_bytes(private + made.public_bytes(pem))
    return path


def says(status: int, body: Any, **headers: str) -> Callable[[Stub], None]:
    def answer(handler: Stub) -> None:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        handler.send_response(status)
        handler.send_header("Content-Length", str(len(content)))
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(content)

    return answer


def breaks_off(handler: Stub) -> None:
    handler.close_connection = True


def closes_behind(handler: Stub) -> None:
    """Answers, and closes the connection without having said so."""
    says(200, {"stance": 1})(handler)
    handler.close_connection = True


def sleeps(handler: Stub) -> None:
    time.sleep(1)
    handler.close_connection = True


def echoes(handler: Stub) -> None:
    """Answers each article with itself, or with an error line."""
    handler.begin()
    for number, line in enumerate(handler.lines(), start=1):
        article = json.loads(line)
        if "text" in article:
            handler.chunk({"article": article})
        else:
            told = {"type": "about:blank", "title": "Unprocessable Content", "status": 422}
            told |= {"detail": "text: missing.", "errors": [{"pointer": "/text", "detail": "text"}]}
            handler.chunk({"line": number, "error": told})
    handler.wfile.write(b"0\r\n\r\n")


def problem(status: int, detail: str, **more: Any) -> dict[str, Any]:
    return {"type": "about:blank", "title": "x", "status": status, "detail": detail, **more}


def batch_threads() -> list[threading.Thread]:
    return [t for t in threading.enumerate() if t.name == "standpoint-batch"]


def ends_soon(check: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 5
    while not check() and time.monotonic() < deadline:
        time.sleep(0.01)
    return check()
