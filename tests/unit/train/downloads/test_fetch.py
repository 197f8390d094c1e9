import hashlib
import os
from pathlib import Path

import pytest

from standpoint.errors import CorpusError
from tests.file_server import file_server
from tests.stub import self_signed
from train.downloads.catalog import Source

TEXT = bytes(range(256)) * 1000  # four reads of the fetcher


def source(address, content=TEXT, **keys):
    known = {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    return Source(address, **(known | keys))


@pytest.fixture
def to(tmp_path):
    return tmp_path / "deep" / "file.bin"


def test_a_file_comes_whole_and_leaves_no_part(server, fetcher, to, progress):
    fetcher.fetch(source(server.serve("a", TEXT)), to)
    assert to.read_bytes() == TEXT
    assert [file.name for file in to.parent.iterdir()] == ["file.bin"]
    assert progress.sizes[-1] == len(TEXT)


def test_an_empty_file_is_a_file(server, fetcher, to):
    fetcher.fetch(source(server.serve("a", b""), b""), to)
    assert to.read_bytes() == b""


def test_a_download_that_was_cut_goes_on_where_it_stopped(server, fetcher, to, pauses, progress):
    fetcher.fetch(source(server.serve("a", TEXT, cuts=[100_000, 50_000])), to)
    assert to.read_bytes() == TEXT
    assert server.requests == [
        ("a", None, None),
        ("a", "bytes=100000-", '"v1"'),
        ("a", "bytes=150000-", '"v1"'),
    ]
    assert pauses == [2, 2]  # each try brought bytes: the waits do not grow
    assert "cut after 100,000 of 256,000 bytes" in progress.lines[0]


def test_a_part_of_an_earlier_run_is_used(server, fetcher, to):
    to.parent.mkdir()
    to.with_name("file.bin.part").write_bytes(TEXT[:70_000])
    fetcher.fetch(source(server.serve("a", TEXT)), to)
    assert to.read_bytes() == TEXT
    assert server.requests == [("a", "bytes=70000-", None)]


def test_a_part_of_another_file_is_dropped_and_the_file_comes_from_its_start(server, fetcher, to):
    to.parent.mkdir()
    to.with_name("file.bin.part").write_bytes(b"x" * 70_000)
    fetcher.fetch(source(server.serve("a", TEXT)), to)
    assert to.read_bytes() == TEXT
    assert [asked for _, asked, _ in server.requests] == ["bytes=70000-", None]


def test_a_file_that_changed_in_between_comes_from_its_start(server, fetcher, to):
    to.parent.mkdir()
    to.with_name("file.bin.part").write_bytes(b"x" * 70_000)
    to.with_name("file.bin.part.etag").write_text('"v0"', "utf-8")
    fetcher.fetch(source(server.serve("a", TEXT)), to)
    assert to.read_bytes() == TEXT
    assert server.requests == [("a", "bytes=70000-", '"v0"')]


@pytest.mark.parametrize("size", [len(TEXT), len(TEXT) + 5], ids=["whole", "too-long"])
def test_a_part_that_is_whole_or_longer_ends_well(server, fetcher, to, size):
    to.parent.mkdir()
    to.with_name("file.bin.part").write_bytes((TEXT + b"12345")[:size])
    fetcher.fetch(source(server.serve("a", TEXT)), to)
    assert to.read_bytes() == TEXT
    assert len(server.requests) == (size > len(TEXT))


def test_a_part_longer_than_a_file_of_unknown_size_is_dropped(server, fetcher, to):
    to.parent.mkdir()
    to.with_name("file.bin.part").write_bytes(TEXT + b"1")
    fetcher.fetch(source(server.serve("a", TEXT), size=None), to)
    assert to.read_bytes() == TEXT


def test_a_host_that_sends_another_part_than_asked_is_asked_for_the_whole(server, fetcher, to):
    to.parent.mkdir()
    to.with_name("file.bin.part").write_bytes(TEXT[:70_000])
    fetcher.fetch(source(server.serve("a", TEXT, shift=10)), to)
    assert to.read_bytes() == TEXT
    assert [asked for _, asked, _ in server.requests] == ["bytes=70000-", None]


def test_a_server_without_ranges_sends_the_file_again(server, fetcher, to):
    fetcher.fetch(source(server.serve("a", TEXT, ranges=False, cuts=[100_000])), to)
    assert to.read_bytes() == TEXT


def test_a_weak_tag_and_no_digest_are_no_reason_to_join_two_halves(server, fetcher, to):
    address = server.serve("a", TEXT, etag='W/"v1"', cuts=[100_000])
    fetcher.fetch(Source(address), to)
    assert to.read_bytes() == TEXT
    assert [asked for _, asked, _ in server.requests] == [None, None]


@pytest.mark.parametrize("etag", ['"v1"', 'W/"v1"'])
def test_a_body_without_a_length_that_was_cut_is_known_to_be_cut(server, fetcher, to, etag):
    address = server.serve("a", TEXT, etag=etag, chunked=True, cuts=[100_000])
    fetcher.fetch(Source(address), to)
    assert to.read_bytes() == TEXT
    assert len(server.requests) == 2


def test_a_certificate_that_nobody_vouches_for_is_refused_at_once(fetcher, to, pauses, tmp_path):
    refused = pytest.raises(CorpusError, match="must have a certificate that this machine trusts")
    with file_server(self_signed(tmp_path / "key.pem")) as server, refused:
        fetcher.fetch(source(server.serve("a", TEXT)), to)
    assert pauses == []


def test_a_busy_server_is_asked_again_after_growing_waits(server, fetcher, to, pauses, progress):
    fetcher.fetch(source(server.serve("a", TEXT, statuses=[503, 429, 500])), to)
    assert to.read_bytes() == TEXT
    assert pauses == [2, 4, 8]
    assert progress.lines[0] == "a: 503 Service Unavailable; trying again in 2 s"


def test_a_server_that_stays_busy_is_given_up(server, fetcher, to, pauses):
    address = server.serve("a", TEXT, statuses=[503] * 9)
    with pytest.raises(CorpusError, match="got 503 Service Unavailable in 5 tries"):
        fetcher.fetch(source(address), to)
    assert pauses == [2, 4, 8, 16]


def test_a_connection_that_always_breaks_is_given_up_and_its_part_stays(server, fetcher, to):
    address = server.serve("a", TEXT, ranges=False, cuts=[9] * 20)
    with pytest.raises(CorpusError, match="9 bytes of it are kept"):
        fetcher.fetch(source(address), to)
    assert to.with_name("file.bin.part").read_bytes() == TEXT[:9]


def test_a_host_that_nobody_answers_for_is_named(fetcher, to):
    with pytest.raises(CorpusError, match=r"http://127.0.0.1:9/a: must be reachable"):
        fetcher.fetch(source("http://127.0.0.1:9/a"), to)


def test_a_file_that_is_not_there_is_not_asked_for_again(server, fetcher, to):
    with pytest.raises(CorpusError, match="must be there, got 404 Not Found"):
        fetcher.fetch(source(server.address + "nothing"), to)
    assert len(server.requests) == 1


@pytest.mark.parametrize("digest", ["sha256", "md5"])
def test_a_file_with_another_digest_is_refused(server, fetcher, to, digest):
    keys = {"sha256": None} | {digest: "0" * 64}
    with pytest.raises(CorpusError, match=f"must have the {digest} 0000000000000000…, got"):
        fetcher.fetch(source(server.serve("a", TEXT), **keys), to)
    assert list(to.parent.iterdir()) == []


def test_a_file_longer_than_pinned_is_not_read_to_its_end(server, fetcher, to):
    with pytest.raises(CorpusError, match="must have at most 100 bytes, got more"):
        fetcher.fetch(source(server.serve("a", TEXT), size=100), to)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_is_read_only_is_named(server, fetcher, to):
    to.parent.mkdir(mode=0o500)
    with pytest.raises(CorpusError, match=r"file.bin.part: must be writable, got Permission"):
        fetcher.fetch(source(server.serve("a", TEXT)), to)


def test_a_file_in_place_of_the_folder_is_named(server, fetcher, to):
    to.parent.write_text("x", "utf-8")
    with pytest.raises(CorpusError, match="must be writable, got File exists"):
        fetcher.fetch(source(server.serve("a", TEXT)), to)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("content", [TEXT, b"short"], ids=["long", "short"])
def test_a_full_disk_is_named(server, fetcher, to, content):
    to.parent.mkdir()
    to.with_name("file.bin.part").symlink_to("/dev/full")
    with pytest.raises(CorpusError, match="must be writable, got No space left on device"):
        fetcher.fetch(source(server.serve("a", content), content), to)
