"""The nginx of `deploy/` in front of the service, where nginx is installed."""

import re
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import contextmanager

import pytest

from standpoint.client.service_client import Client, Problem
from standpoint.errors import ServiceError
from standpoint.settings import DEFAULT_MAX_BODY_BYTES
from tests.end_to_end.test_serving import STORY, free_port, running
from tests.stub import echoes, ends_soon, self_signed, stub_server
from tests.stub import running as running_stub

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
NAME = "standpoint.example.org"
AROUND = """\
user root;
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""

needs_nginx = pytest.mark.skipif(NGINX is None, reason="nginx is not installed")
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("project")]


@pytest.fixture
def proxied(root, tmp_path, monkeypatch):
    """Starts nginx in front of an address; gives its own, over TLS and plain."""

    @contextmanager
    def start(upstream):
        plain, tls = free_port(), free_port()
        certificate = self_signed(tmp_path / "server.pem")
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        site = (root / "deploy" / "nginx.conf").read_text("utf-8")
        site = re.sub(r"^.*listen \[::\].*\n", "", site, flags=re.MULTILINE)
        for before, after in (
            ("server 127.0.0.1:8000;", f"server {upstream.removeprefix('http://')};"),
            ("listen 80;", f"listen 127.0.0.1:{plain};"),
            ("listen 443 ssl;", f"listen 127.0.0.1:{tls} ssl;"),
            (f"/etc/letsencrypt/live/{NAME}/fullchain.pem", str(certificate)),
            (f"/etc/letsencrypt/live/{NAME}/privkey.pem", str(certificate)),
            (NAME, "localhost"),
        ):
            assert before in site, before
            site = site.replace(before, after)
        (tmp_path / "site.conf").write_text(site, "utf-8")
        (tmp_path / "nginx.conf").write_text(AROUND.format(folder=tmp_path), "utf-8")
        command = [NGINX, "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")]
        checked = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
        assert checked.returncode == 0, checked.stderr
        assert "[warn]" not in checked.stderr
        server = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        try:
            assert ends_soon(lambda: listens(tls))
            yield f"https://localhost:{tls}", f"http://127.0.0.1:{plain}"
        finally:
            server.terminate()
            server.wait(10)

    return start


def listens(port):
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0


def status_of(url):
    """The status of an answer, redirections not followed."""
    opener = urllib.request.build_opener(NoRedirect)
    with pytest.raises(urllib.error.HTTPError) as told:
        opener.open(url, timeout=5)
    told.value.close()
    return told.value.code


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args, **options):
        return None


def test_the_limits_of_nginx_are_those_of_the_service(root):
    site = (root / "deploy" / "nginx.conf").read_text("utf-8")
    first = re.search(r"client_max_body_size\s+(\d+)m;", site)
    assert int(first[1]) * 1024 * 1024 == DEFAULT_MAX_BODY_BYTES
    assert f"at most {DEFAULT_MAX_BODY_BYTES:,} bytes" in site


@needs_nginx
def test_the_service_answers_through_nginx_as_it_does_itself(champion, proxied):
    with (
        running(champion, "serve", wait_for="/readyz") as (base, _),
        proxied(base) as (address, plain),
        Client(base) as direct,
        Client(address, retries=0) as client,
    ):
        assert client.ready()
        asked = {"text": STORY, "codebook": "geneva2"}
        assert client.label(**asked) == direct.label(**asked)
        rows = [{"text": STORY * n, "id": str(n)} for n in range(1, 40)]
        assert list(client.label_many(rows)) == list(direct.label_many(rows))
        with pytest.raises(ServiceError) as told:
            client.label("x" * (DEFAULT_MAX_BODY_BYTES + 1))
        assert told.value.status == 413
        assert told.value.detail == (
            "body: must be at most 2,097,152 bytes, got more. Send it in parts."
        )
        assert status_of(f"{plain}/v1/model") == 308
        assert status_of(f"{address}/metrics") == 404


@needs_nginx
def test_a_batch_streams_through_nginx_both_ways(proxied):
    handler, server = stub_server()
    handler.answers.append(echoes)
    latest = []

    def articles():
        for number in range(5):
            assert ends_soon(lambda number=number: len(latest) == number)
            yield {"text": "a", "id": str(number)}
        for number in range(5, 200):
            yield {"text": "x" * 30_000, "id": str(number)}

    with running_stub(server) as base, proxied(base) as (address, _), Client(address) as client:
        for answer in client.label_many(articles()):
            assert not isinstance(answer, Problem)
            latest.append(answer["article"]["id"])
    assert latest == [str(number) for number in range(200)]


@needs_nginx
def test_while_the_service_is_away_nginx_says_when_to_come_back(proxied):
    away = f"http://127.0.0.1:{free_port()}"
    with (
        proxied(away) as (address, _),
        Client(address, retries=0) as client,
        pytest.raises(ServiceError) as told,
    ):
        client.model()
    assert (told.value.status, told.value.retry_after) == (503, 1.0)
    assert told.value.detail == "the service is starting again. Wait 1 s."


@needs_nginx
def test_an_address_that_asks_too_often_is_told_to_wait(proxied):
    away = f"http://127.0.0.1:{free_port()}"
    statuses, deadline = set(), time.monotonic() + 20
    with proxied(away) as (address, _), Client(address, retries=0) as client:
        while 429 not in statuses and time.monotonic() < deadline:
            with pytest.raises(ServiceError) as told:
                client.model()
            statuses.add(told.value.status)
    assert statuses == {503, 429}
    assert told.value.retry_after == 1.0
