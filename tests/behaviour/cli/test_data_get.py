"""``standpoint data get`` against a server of files."""

import os
import pty
import signal
import subprocess
import sys
import threading
import time

import pytest

from tests.catalogs import write_catalog, zip_of
from tests.file_server import file_server

FILES = {"a.txt": b"one\n", "deep/b.txt": b"two\n" * 100_000}
BOUND = "not for commercial use"


@pytest.fixture
def server():
    with file_server() as serving:
        for path, content in FILES.items():
            serving.serve(f"lakes/{path}", content)
        yield serving


@pytest.fixture
def catalog(tmp_path, server):
    """A free set, one whose licence wants to be read first, and one by hand."""
    folder = tmp_path / "catalog"
    base = f"{server.address}lakes/"
    write_catalog(folder, "lakes", FILES, base=base, note="More lakes are on paper.")
    write_catalog(folder, "bound", FILES, base=base, read_first=BOUND)
    return write_catalog(folder, "paper", {}, by_hand="Ask Anna Lind, and put lakes.txt")


@pytest.fixture
def data(tmp_path, monkeypatch):
    """The folder of public data, which is not there yet."""
    monkeypatch.setenv("STANDPOINT_DATA", str(tmp_path / "my" / "data"))
    return tmp_path / "my" / "data"


@pytest.fixture
def get(standpoint, catalog, data):
    return lambda *words: standpoint("data", "get", *words, "--catalog", str(catalog))


def test_a_set_is_put_in_place_and_its_licence_and_citation_are_shown(get, data):
    done = get("lakes")
    assert (done.status, done.err) == (0, "lakes: MIT (https://example.org/mit)\n")
    assert done.out == (
        f"lakes: 2 files in {data / 'lakes'}, sha256 as pinned (2 downloaded)\n"
        "  cite: Lind (2020)\n"
        "  More lakes are on paper.\n"
    )
    assert (data / "lakes" / "deep" / "b.txt").read_bytes() == FILES["deep/b.txt"]
    assert "(all were here)" in get("lakes").out


def test_a_large_set_tells_how_far_it_is_in_a_few_lines(get, catalog, server):
    content = b"0" * 20_000_000
    address = server.serve("large.zip", zip_of({"a.txt": content}))
    write_catalog(catalog, "large", {"a.txt": content}, archive=address)
    assert get("large").err == (
        "large: MIT (https://example.org/mit)\nlarge: 8.1 MB\nlarge: 16.1 MB\n"
    )


def test_a_licence_to_be_read_is_not_accepted_without_a_terminal(get, data, server):
    done = get("lakes", "bound")
    assert (done.status, done.out, server.requests) == (2, "", [])
    assert done.err == (
        "bound: MIT: not for commercial use.\n"
        "  Read first: https://example.org/mit\n"
        "--yes: must be there to accept the terms of bound, got no terminal to ask on. Read "
        "https://example.org/mit, then run the command again with --yes.\n"
    )


def test_a_licence_is_accepted_beforehand_with_yes_and_not_asked_for_what_is_here(get, data):
    assert get("bound", "--yes").status == 0
    assert get("bound").status == 0


@pytest.mark.parametrize(("answer", "files"), [("y", 2), ("n", 0), ("", 0)])
def test_a_licence_is_asked_for_on_a_terminal(catalog, data, answer, files):
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "standpoint", "data", "get", "bound", "--catalog", str(catalog)],
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    os.write(ours, f"{answer}\n".encode())
    _, err = process.communicate(timeout=60)
    os.close(ours)
    os.close(theirs)
    assert "Do you accept these terms? [y/N] " in err
    assert process.returncode == (0 if files else 2)
    assert len([file for file in data.rglob("*") if file.is_file()]) == files
    assert ("the terms were not accepted. Nothing was downloaded." in err) is not bool(files)


def test_a_set_by_hand_is_explained_after_the_others_are_here(get, data):
    done = get("paper", "lakes")
    assert done.status == 2
    assert "lakes: 2 files" in done.out
    assert done.err.splitlines()[-1] == (
        "standpoint data get paper: must be downloaded by hand. Ask Anna Lind, and put lakes.txt "
        f"into {data / 'paper'}. Licence: MIT (https://example.org/mit)."
    )


def test_a_dry_run_lists_and_downloads_nothing(get, catalog, data, server):
    write_catalog(catalog, "packed", {"a.txt": b"1"}, archive=f"{server.address}a.zip")
    done = get("lakes", "packed", "paper", "--dry-run")
    assert (done.status, server.requests, data.exists()) == (0, [], False)
    assert done.out == (
        "set     to get  here  different  download  licence\n"
        "──────────────────────────────────────────────────\n"
        "lakes        2     0          0  400.0 kB  MIT\n"
        "packed       1     0          0   unknown  MIT\n"
        "paper        0     0          0   0 bytes  MIT\n"
        "\n"
        "to download: 400.0 kB, and what the hosts do not state before, into "
        f"{data}\n\n"
        f"lakes: {server.address}lakes/\n"
        f"packed: {server.address}a.zip\n"
        f"paper: by hand. Ask Anna Lind, and put lakes.txt into {data / 'paper'}.\n"
    )


def test_a_file_of_mine_is_kept_until_force_is_said(get, data):
    (data / "lakes").mkdir(parents=True)
    (data / "lakes" / "a.txt").write_bytes(b"mine")
    done = get("lakes")
    assert done.status == 2
    assert "got 1 with another content (a.txt). Nothing was changed." in done.err
    assert get("lakes", "--force").status == 0
    assert (data / "lakes" / "a.txt").read_bytes() == b"one\n"


def test_a_wrong_digest_is_refused(get, data, server):
    server.serve("lakes/a.txt", b"2ne\n")
    done = get("lakes")
    assert done.status == 2
    assert "must have the sha256 " in done.err
    assert not (data / "lakes").exists()


@pytest.mark.parametrize(
    ("names", "fault"),
    [
        (["lake"], "got 'lake'. Did you mean 'lakes'?"),
        (["lakes", "/etc"], "got '/etc'."),
        (["real"], "NAME: must be one of"),
    ],
)
def test_an_unknown_name_is_refused_with_a_hint(get, names, fault):
    done = get(*names)
    assert done.status == 2
    assert fault in done.err


def test_without_a_folder_of_data_the_variable_is_named(standpoint, catalog):
    done = standpoint("data", "get", "lakes", "--catalog", str(catalog))
    assert done.status == 2
    assert done.err.startswith("STANDPOINT_DATA: must name the folder of the public data sets")


def test_a_folder_of_data_that_is_a_file_is_refused(get, data):
    data.parent.mkdir()
    data.write_text("x", "utf-8")
    assert "STANDPOINT_DATA: must name the folder" in get("lakes").err


def test_the_real_documents_are_known_by_one_name(standpoint, data):
    done = standpoint("data", "get", "real", "--dry-run")
    assert done.status == 0
    for name in ("fakes", "whitehouse", "reuters21578", "gum_news"):
        assert f"\n{name} " in done.out


def test_an_interrupted_download_goes_on_the_next_time(get, catalog, data, server):
    rest = threading.Event()
    server.serve("lakes/deep/b.txt", FILES["deep/b.txt"], waits=rest)
    process = subprocess.Popen(
        # A shell lets what it runs in the background ignore the signal, and children inherit that.
        [
            "env",
            "--default-signal=INT",
            sys.executable,
            "-m",
            "standpoint",
            "data",
            "get",
            "lakes",
            "--catalog",
            str(catalog),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    part = data / ".downloads" / "lakes" / "deep" / "b.txt.part"
    deadline = time.monotonic() + 60
    while not (part.is_file() and part.stat().st_size) and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    rest.set()
    assert (process.returncode, err.splitlines()[-1]) == (130, "stopped.")
    half = part.stat().st_size
    assert 0 < half < len(FILES["deep/b.txt"])
    assert not (data / "lakes" / "deep" / "b.txt").exists()

    server.serve("lakes/deep/b.txt", FILES["deep/b.txt"])
    assert get("lakes").status == 0
    assert server.requests[-1] == ("lakes/deep/b.txt", f"bytes={half}-", '"v1"')
    assert (data / "lakes" / "deep" / "b.txt").read_bytes() == FILES["deep/b.txt"]
    assert not (data / ".downloads").exists()


def test_a_terminal_shows_a_bar_and_is_left_clean(catalog, data):
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "standpoint", "data", "get", "lakes", "--catalog", str(catalog)],
        stdout=subprocess.PIPE,
        stderr=theirs,
    )
    out, _ = process.communicate(timeout=60)
    shown = os.read(ours, 10_000).decode()
    os.close(ours)
    os.close(theirs)
    assert process.returncode == 0
    assert b"lakes: 2 files in" in out
    assert "\r\x1b[Klakes: 4 bytes of 400.0 kB [........................]" in shown
    assert shown.endswith("\r\x1b[K")
