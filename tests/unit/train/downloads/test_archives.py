import io
import stat
import tarfile
import zipfile

import pytest

from standpoint.errors import CorpusError
from train.downloads import archives
from train.downloads.archives import read_members


def zipped(path, files, *, links=()):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
        for name in links:
            info = zipfile.ZipInfo(name)
            info.external_attr = (stat.S_IFLNK | 0o777) << 16
            archive.writestr(info, "/etc/passwd")
    return path


def tarred(path, files, *, links=()):
    with tarfile.open(path, "w:gz") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
        for name in links:
            info = tarfile.TarInfo(name)
            info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
            archive.addfile(info)
    return path


def anything(_):
    return True


both = pytest.mark.parametrize("make", [zipped, tarred])


@both
def test_files_come_with_their_paths_and_without_the_folder_on_top(make, tmp_path):
    archive = make(tmp_path / "a", {"repo-1/data/one.txt": b"1", "repo-1/two.txt": b"22"})
    assert dict(read_members(archive, anything, top=True)) == {
        "data/one.txt": b"1",
        "two.txt": b"22",
    }
    assert dict(read_members(archive, lambda path: "two" in path)) == {"repo-1/two.txt": b"22"}


@both
def test_links_are_left_out(make, tmp_path):
    archive = make(tmp_path / "a", {"r/one.txt": b"1"}, links=["r/two.txt"])
    assert dict(read_members(archive, anything)) == {"r/one.txt": b"1"}


@both
@pytest.mark.parametrize("path", ["../evil.txt", "/evil.txt", "r/../../evil.txt", "r\\..\\evil"])
def test_an_archive_with_a_path_out_of_its_folder_is_refused(make, tmp_path, path):
    archive = make(tmp_path / "a", {"r/one.txt": b"1", path: b"2"})
    with pytest.raises(CorpusError, match="must hold only paths inside its folder, got"):
        list(read_members(archive, anything))


@both
def test_a_file_that_is_too_large_is_refused_before_it_is_read(make, tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "MAX_MEMBER_BYTES", 1 << 20)
    archive = make(tmp_path / "a", {"r/one.txt": b"0" * ((1 << 20) + 1)})
    with pytest.raises(CorpusError, match="must hold at most 100,000 files of 1 MB, got more"):
        list(read_members(archive, anything))


@pytest.mark.parametrize(
    ("make", "damage"),
    [
        (zipped, lambda content: content[:200] + b"\0" * 50 + content[250:]),
        (tarred, lambda content: content[:200]),
    ],
    ids=["zip-overwritten", "tar-cut"],
)
def test_a_damaged_archive_is_refused(make, damage, tmp_path):
    archive = make(tmp_path / "a", {"r/one.txt": bytes(range(256)) * 400, "r/two.txt": b"2"})
    archive.write_bytes(damage(archive.read_bytes()))
    with pytest.raises(CorpusError, match="must hold a whole archive, got a fault"):
        list(read_members(archive, anything))


@pytest.mark.parametrize("content", [b"", b"<html>sign in</html>"], ids=["empty", "page"])
def test_what_is_no_archive_is_refused(tmp_path, content):
    (tmp_path / "a").write_bytes(content)
    with pytest.raises(CorpusError, match="must hold a whole archive, got a fault"):
        list(read_members(tmp_path / "a", anything))
