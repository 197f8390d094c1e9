"""A small house: two codebooks, and champions whose weights were set by hand.

The stance model reads the words between holder and target: ``backs`` is in favor, ``rejects`` and
``vetoes`` against, ``ponders`` leaves it undecided, and anything else takes no side.
"""

import io
import os
import shutil
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.serving import make_server

from serve.api.service import Service
from serve.app import create_app
from standpoint.cli.main import main
from standpoint.labels import LABELS, Task
from standpoint.model.bundle_writing import write_bundle
from standpoint.model.linear import Head
from standpoint.model.registry import Pointer, write_pointer
from standpoint.settings import Settings
from tests.stub import Silent, Stub, running, self_signed, stub_server

DAM = """\
name = "dam"
title = "The dam on the Drin"

[[actors]]
id = "ruritania"
name = "Ruritania"
kind = "state"
aliases = ["the Ruritanian government"]

[[actors]]
id = "lind"
name = "Anna Lind"
kind = "person"
member_of = "ruritania"

[[actors]]
id = "borduria"
name = "Borduria"
kind = "state"

[[issues]]
id = "river-dam"
name = "The river dam"
favor = "It is built."
against = "It is not built."
cues = ["river dam"]
opposite_cues = ["building freeze"]

[[issues]]
id = "toll"
name = "A toll on ships"
favor = "Ships pay."
against = "Ships do not pay."
cues = ["shipping toll"]
"""

FISH = """\
name = "fish"
title = "Fish in the Drin"

[[actors]]
id = "syldavia"
name = "Syldavia"
kind = "state"

[[issues]]
id = "quota"
name = "A quota on eels"
favor = "There is one."
against = "There is none."
cues = ["eel quota"]
"""

Weights = dict[str, tuple[float, float, float]]
STANCE: Weights = {
    "b⟦h⟧:backs": (6, 0, 0),
    "b⟦h⟧:rejects": (0, 6, 0),
    "b⟦h⟧:vetoes": (0, 6, 0),
    "b⟦h⟧:ponders": (2, 1.9, 0),
    "w:hurrah": (9, 0, 0),
}
SENTIMENT: Weights = {"b⟦h⟧:backs": (6, 0, 0), "b⟦h⟧:rejects": (0, 0, 6)}
BIAS: dict[Task, tuple[float, float, float]] = {"stance": (0, 0, 2), "sentiment": (0, 2, 0)}


@dataclass(frozen=True)
class House:
    """A project's folder, with its models and its codebooks."""

    root: Path

    @property
    def models(self) -> Path:
        return self.root / "models"

    @property
    def codebooks(self) -> Path:
        return self.root / "configs" / "codebooks"

    def settings(self, **changes: Any) -> Settings:
        return Settings(models_dir=self.models, codebooks_dir=self.codebooks, **changes)

    def bundle(self, task: Task, *, version: int, weights: Weights | None = None) -> Path:
        """Write a version, without pointing to it."""
        chosen = weights or {"stance": STANCE, "sentiment": SENTIMENT}[task]
        folder = self.models / task / str(version)
        manifest = {
            "task": task,
            "labels": LABELS[task],
            "features": {"kind": "ngrams", "words": (1, 1), "chars": (3, 3), "window": 0}
            | {"min_count": 1},
            "encoder": None,
            "run_id": f"{task}-run-{version}",
            "config": "by-hand",
            "created": "2024-01-01T00:00:00Z",
            "corpus": {"name": "none"},
            "scores": {"test.f1_macro": 0.5},
            "note": "weights set by hand",
        }
        head = Head(
            weights=np.array(list(chosen.values()), dtype=np.float32),
            bias=np.array(BIAS[task], dtype=np.float32),
            temperature=1.0,
            idf=np.ones(len(chosen), dtype=np.float32),
        )
        write_bundle(folder, manifest=manifest, head=head, terms=list(chosen))
        return folder

    def promote(self, task: Task, *, version: int, weights: Weights | None = None) -> Path:
        folder = self.bundle(task, version=version, weights=weights)
        self.point(task, version)
        return folder

    def point(self, task: Task, version: int) -> None:
        write_pointer(self.models, task, Pointer(version=version))

    def app(self, **changes: Any) -> Flask:
        settings = self.settings(**changes)
        return create_app(Service(settings), settings)

    def client(self, **changes: Any) -> FlaskClient:
        return self.app(**changes).test_client()


def founded(root: Path) -> House:
    house = House(root)
    house.codebooks.mkdir(parents=True)
    house.models.mkdir()
    (house.codebooks / "dam.toml").write_text(DAM, "utf-8")
    (house.codebooks / "fish.toml").write_text(FISH, "utf-8")
    return house


@pytest.fixture(scope="session")
def still_house(tmp_path_factory: pytest.TempPathFactory) -> House:
    """Two codebooks and a champion of each task: stance version 3, sentiment version 2.

    All tests share it, and none may change it.
    """
    house = founded(tmp_path_factory.mktemp("still") / "house")
    house.promote("stance", version=3)
    house.promote("sentiment", version=2)
    return house


@pytest.fixture
def empty_house(tmp_path: Path) -> House:
    """Two codebooks, and nothing promoted."""
    return founded(tmp_path / "house")


@pytest.fixture
def house(tmp_path: Path, still_house: House) -> House:
    """A copy of the still house, to change."""
    return House(Path(shutil.copytree(still_house.root, tmp_path / "house")))


@pytest.fixture(scope="session")
def still_app(still_house: House) -> Flask:
    return still_house.app()


@pytest.fixture
def client(still_app: Flask) -> FlaskClient:
    """Asks the still house."""
    return still_app.test_client()


@pytest.fixture
def server(house: House) -> FlaskClient:
    """Asks the house that may be changed."""
    return house.client()


@pytest.fixture
def label(client: FlaskClient) -> Callable[..., dict[str, Any]]:
    """Label a text under the codebook of the dam; gives the answer."""

    def post(text: str, **more: Any) -> dict[str, Any]:
        got = client.post("/v1/articles", json={"text": text, "codebook": "dam", **more})
        assert got.status_code == 200, got.text
        found: dict[str, Any] = got.json
        return found

    return post


@pytest.fixture
def judge(client: FlaskClient) -> Callable[..., dict[str, Any]]:
    """Judge pairs; gives the answer."""

    def post(*pairs: dict[str, Any], **more: Any) -> dict[str, Any]:
        got = client.post("/v1/pairs", json={"pairs": pairs, **more})
        assert got.status_code == 200, got.text
        found: dict[str, Any] = got.json
        return found

    return post


@pytest.fixture
def flip() -> Callable[[Path], None]:
    """Change one byte in the middle of a file."""

    def change(path: Path) -> None:
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 1
        path.write_bytes(content)

    return change


@pytest.fixture
def looks_every_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server looks for a new champion at every request, not every half second."""
    monkeypatch.setattr("serve.champions.loader.CHECK_EVERY_S", -1.0)


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests are the same whatever STANDPOINT_* the shell has."""
    for name in [name for name in os.environ if name.startswith("STANDPOINT_")]:
        monkeypatch.delenv(name)


@dataclass(frozen=True)
class Done:
    """What a command gave."""

    status: int
    out: str
    err: str


@pytest.fixture
def standpoint(
    house: House, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Done]:
    """Call the command in the house's folder, with ``given`` on standard input."""
    monkeypatch.chdir(house.root)

    def call(*words: object, given: bytes = b"") -> Done:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(given), encoding="utf-8"))
        try:
            status = main([str(word) for word in words])
        except SystemExit as stopped:
            status = int(str(stopped.code or 0))
        shown = capsys.readouterr()
        return Done(status, shown.out, shown.err)

    return call


@pytest.fixture
def article(house: House) -> Callable[..., Path]:
    """Write a file into the house's folder."""

    def write(content: str | bytes, *, name: str = "news.txt") -> Path:
        path = house.root / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


@pytest.fixture(scope="session")
def still_address(still_app: Flask) -> Iterator[str]:
    """Where the still house is served, over a socket."""
    server = make_server("127.0.0.1", 0, still_app, threaded=True, request_handler=Silent)
    with running(server) as address:
        yield address


@pytest.fixture
def stub() -> Iterator[tuple[type[Stub], str]]:
    """A server that answers as the test says; gives its handler and its address."""
    handler, server = stub_server()
    with running(server) as address:
        yield handler, address


@pytest.fixture
def tls_stub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[type[Stub], str]]:
    """The same behind TLS, with a certificate that this test trusts."""
    certificate = self_signed(tmp_path / "server.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    handler, server = stub_server()
    server.socket = context.wrap_socket(server.socket, server_side=True)
    with running(server) as address:
        yield handler, address.replace("http://127.0.0.1", "https://localhost")
