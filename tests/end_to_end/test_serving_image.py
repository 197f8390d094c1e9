"""What the Dockerfile builds, as far as it can be had without docker.

The wheel with its extra `serve`, in an environment of its own, on a file system that cannot be
written, as a user who owns nothing.
"""

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
import tomllib
import urllib.error
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from standpoint.client.service_client import Client
from standpoint.errors import ServiceError
from tests.end_to_end.test_serving import STORY, free_port, get

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("project")]

MAX_MB = 350
TRAINING = ("mlflow", "sklearn", "datasets", "torch", "pandas", "matplotlib")
NO_NETWORK = r"NewConnectionError|NameResolutionError|ConnectTimeoutError|Network is unreachable"
# What `docker run --read-only --tmpfs /tmp` and the image's USER do. /mnt is the folder that the
# test made: the environment in `venv`, the models in `models`. A Python that lies in a folder which
# is closed to others, such as root's, is put where they can read it.
CONTAINED = """\
set -e
mount --bind "$1" /mnt
mount -o remount,bind,ro /mnt
if [ -n "$3" ]; then
  mount --bind "$2" /media
  mount -t tmpfs -o mode=755 tmpfs "$3"
  mkdir -p "$2"
  mount --bind /media "$2"
  mount -o remount,bind,ro "$2"
  mount -o remount,ro "$3"
fi
mount -o remount,bind,ro /
mount -t tmpfs -o mode=1777 tmpfs /tmp
cd /tmp
shift 3
exec setpriv --reuid 10001 --regid 10001 --clear-groups --no-new-privs "$@"
"""


def pip(*words):
    """Call pip; the test is skipped where the network is not there, and only then."""
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", *map(str, words)]
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        command, env=environ, capture_output=True, text=True, timeout=300, check=False
    )
    if done.returncode and re.search(NO_NETWORK, done.stderr):
        pytest.skip("no network: pip reaches no index to install the serving image from")
    assert done.returncode == 0, done.stderr[-3000:]


@pytest.fixture(scope="module")
def image(root, champion, tmp_path_factory):
    """A folder with an environment made as the Dockerfile makes it, and exported models."""
    folder = tmp_path_factory.mktemp("image")
    source = folder / "source"
    leave = shutil.ignore_patterns("__pycache__")
    for name in ("configs", "standpoint", "serve", "train"):
        shutil.copytree(root / name, source / name, ignore=leave)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(root / name, source)
    pip("wheel", "--no-deps", "--wheel-dir", folder / "wheels", source)
    (wheel,) = (folder / "wheels").glob("standpoint-*.whl")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / "venv"], check=True)
    pip(
        "--python", folder / "venv" / "bin" / "python", "install",
        "--constraint", root / "constraints.txt", f"standpoint[serve] @ {wheel.as_uri()}",
    )  # fmt: skip
    for name in ("stance", "sentiment", "encoders"):
        shutil.copytree(champion.models / name, folder / "models" / name)
    folder.chmod(0o755)
    return folder


def can_contain():
    tried = ["unshare", "--mount", "sh", "-c", "mount -t tmpfs tmpfs /mnt && command -v setpriv"]
    done = subprocess.run(tried, capture_output=True, check=False)
    return done.returncode == 0


@contextmanager
def contained(image, log, *words, **environ):
    """The environment's `standpoint serve` in a container made by hand; gives its address."""
    port = free_port()
    python = Path(sys.base_prefix)
    closed = next((str(p) for p in reversed(python.parents) if not p.stat().st_mode & 1), "")
    command = [
        "unshare", "--mount", "sh", "-c", CONTAINED, "sh", str(image), str(python), closed,
        "/mnt/venv/bin/python", "-m", "standpoint", "serve", "--port", str(port), *words,
    ]  # fmt: skip
    environ = {
        "PATH": os.environ["PATH"],
        "HOME": "/tmp",
        "STANDPOINT_MODELS_DIR": "/mnt/models",
        **environ,
    }
    with log.open("w") as told:
        server = subprocess.Popen(
            command, env=environ, stdout=told, stderr=told, start_new_session=True
        )
    base = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + 60
        while not answers(f"{base}/readyz"):
            assert server.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.05)
        yield base
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGTERM)
        server.wait(20)


def answers(url):
    try:
        get(url, timeout=2)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False
    return True


def test_the_serving_image_is_small_and_has_no_training_stack(image):
    files = [path.lstat() for path in (image / "venv").rglob("*")]
    size_mb = sum(found.st_blocks for found in files) * 512 / 1e6
    print(f"the serving environment takes {size_mb:.0f} MB")
    assert 50 < size_mb <= MAX_MB
    look = f"import importlib.util as u; print([n for n in {TRAINING} if u.find_spec(n)])"
    python = image / "venv" / "bin" / "python"
    done = subprocess.run([python, "-I", "-c", look], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.skipif(not can_contain(), reason="this user may make no mount of its own")
def test_the_image_serves_what_was_exported_and_writes_nothing(image, champion, root, tmp_path):
    (champion.folder / "s.txt").write_text(STORY, "utf-8")
    told = champion.standpoint("label", "s.txt", "--codebook", "geneva2", "--format", "json")
    log = tmp_path / "log"
    with contained(image, log, "--workers", "2") as base:
        body = {"text": STORY, "codebook": "geneva2", "id": "s"}
        found = [get(f"{base}/v1/articles", body) for _ in range(8)]
        known = get(f"{base}/v1/codebooks")["codebooks"]
        assert healthy(root, base)
    assert found == [json.loads(told.stdout)] * 8
    shipped = {path.stem for path in (root / "configs" / "codebooks").glob("*.toml")}
    assert {book["name"] for book in known} == shipped
    assert "Read-only file system" not in log.read_text()
    assert "Traceback" not in log.read_text()
    assert not healthy(root, base)


@pytest.mark.skipif(not can_contain(), reason="this user may make no mount of its own")
def test_the_image_reads_codebooks_of_ones_own(image, root, tmp_path):
    own = image / "codebooks"
    own.mkdir()
    shutil.copy(root / "configs" / "codebooks" / "geneva2.toml", own / "mine.toml")
    text = (own / "mine.toml").read_text("utf-8")
    (own / "mine.toml").write_text(text.replace('"geneva2"', '"mine"', 1), "utf-8")
    environ = {"STANDPOINT_CODEBOOKS_DIR": "/mnt/codebooks"}
    with contained(image, tmp_path / "log", **environ) as base:
        assert [b["name"] for b in get(f"{base}/v1/codebooks")["codebooks"]] == ["mine"]


@pytest.mark.skipif(not can_contain(), reason="this user may make no mount of its own")
def test_the_image_listens_on_all_addresses_with_a_key(image, champion, root, tmp_path):
    keys = image / "keys.toml"
    key = champion.standpoint("keys", "add", "newsroom", "--file", str(keys)).stdout.strip()
    os.chown(keys, 10001, 10001)
    dockerfile = (root / "Dockerfile").read_text("utf-8")
    told = json.loads(re.search(r"^CMD (\[.*\])$", dockerfile, re.MULTILINE)[1])
    words = told[told.index("--host") : told.index("--host") + 2]
    environ = {"STANDPOINT_API_KEYS_FILE": "/mnt/keys.toml"}
    with contained(image, tmp_path / "log", *words, **environ) as base:
        assert words == ["--host", "0.0.0.0"]
        with Client(base) as client, pytest.raises(ServiceError) as refused:
            client.model()
        assert refused.value.status == 401
        with Client(base, key=key) as client:
            assert client.model()["stance"]["version"] > 0
        assert healthy(root, base)


def test_labelling_leaves_nothing_behind_and_tells_nobody(champion, tmp_path):
    """onnxruntime would keep events in the user's home, and send them to its makers."""
    (champion.folder / "s.txt").write_text(STORY, "utf-8")
    words = ["label", "s.txt", "--codebook", "geneva2"]
    environ = {name: v for name, v in champion.environ.items() if not name.startswith("XDG_")}
    environ |= {"HOME": str(tmp_path)}
    replace(champion, environ=environ).standpoint(*words)
    assert list(tmp_path.iterdir()) == []


def healthy(root, base):
    """What the image's own HEALTHCHECK says of a service."""
    dockerfile = (root / "Dockerfile").read_text("utf-8")
    words = json.loads(re.search(r"HEALTHCHECK.*\\\n\s*CMD (\[.*\])", dockerfile)[1])
    words = [sys.executable, *(word.replace("http://127.0.0.1:8000", base) for word in words[1:])]
    done = subprocess.run(words, capture_output=True, check=False, timeout=20)
    return done.returncode == 0


def test_the_dockerfile_copies_all_that_the_wheel_is_built_from_and_nothing_that_is_ignored(root):
    dockerfile = (root / "Dockerfile").read_text("utf-8")
    copied = {line.split()[1] for line in re.findall(r"^COPY (?!--).*", dockerfile, re.MULTILINE)}
    copied |= {
        word
        for line in re.findall(r"^COPY (?!--)(.*)", dockerfile, re.MULTILINE)
        for word in line.split()[:-1]
    }
    settings = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]
    places = settings["package-dir"]
    packages = {places.get(name, name).split(".")[0] for name in settings["packages"]}
    assert packages | {"pyproject.toml", "README.md", "LICENSE", "constraints.txt"} <= copied
    lines = (root / ".dockerignore").read_text("utf-8").splitlines()
    kept = [line[1:] for line in lines if line.startswith("!")]
    for name in copied:
        assert (root / name).exists()
        assert any(name == line or line.startswith(f"{name}/") for line in kept) or any(
            name.startswith(f"{line}/") for line in kept
        ), name


def test_the_command_of_the_image_parses_and_its_user_is_a_number(root):
    from standpoint.cli.main import build_parser

    dockerfile = (root / "Dockerfile").read_text("utf-8")
    build_parser().parse_args(json.loads(re.search(r"^CMD (\[.*\])$", dockerfile, re.MULTILINE)[1]))
    user = re.search(r"^USER (\d+):(\d+)$", dockerfile, re.MULTILINE)
    assert int(user[1]) > 0
    assert shlex.split(re.search(r"^ENTRYPOINT (.*)$", dockerfile, re.MULTILINE)[1]) == [
        "[standpoint]"
    ]
