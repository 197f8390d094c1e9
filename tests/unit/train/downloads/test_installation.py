import pytest

from standpoint.errors import CorpusError
from tests.catalogs import write_catalog, zip_of
from train.downloads import install, load_catalog

FILES = {"a.txt": b"one\n", "deep/b.txt": b"two\n" * 50_000}


@pytest.fixture
def root(tmp_path):
    return tmp_path / "data"


@pytest.fixture
def lakes(tmp_path, server):
    """A set of two files that the server has."""
    for path, content in FILES.items():
        server.serve(f"lakes/{path}", content)
    folder = write_catalog(tmp_path / "c", "lakes", FILES, base=f"{server.address}lakes/")
    return load_catalog(folder)["lakes"]


@pytest.fixture
def zipped(tmp_path, server):
    """A set in an archive, with files beside it that are not the set's."""
    files = {f"data/{path}": content for path, content in FILES.items()}
    address = server.serve("lakes.zip", zip_of(files | {"setup.py": b"x", "data/more.txt": b"y"}))
    folder = write_catalog(tmp_path / "c", "lakes", FILES, base="data/", archive=address)
    return load_catalog(folder)["lakes"]


def contents(folder):
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }


@pytest.mark.parametrize("kind", ["lakes", "zipped"])
def test_the_files_of_a_set_stand_where_they_are_read_and_nothing_else_does(
    kind, root, fetcher, request
):
    assert install(request.getfixturevalue(kind), root, fetcher=fetcher) == 2
    assert contents(root) == {f"lakes/{path}": content for path, content in FILES.items()}
    assert [file.name for file in root.iterdir()] == ["lakes"]


@pytest.mark.parametrize("kind", ["lakes", "zipped"])
def test_a_second_time_nothing_is_downloaded(kind, root, fetcher, server, request):
    data_set = request.getfixturevalue(kind)
    install(data_set, root, fetcher=fetcher)
    asked = len(server.requests)
    assert install(data_set, root, fetcher=fetcher) == 0
    assert len(server.requests) == asked


def test_only_what_is_missing_is_downloaded(lakes, root, fetcher, server):
    (root / "lakes").mkdir(parents=True)
    (root / "lakes" / "a.txt").write_bytes(FILES["a.txt"])
    (root / "lakes" / "mine.txt").write_bytes(b"mine")
    assert install(lakes, root, fetcher=fetcher) == 1
    assert [path for path, *_ in server.requests] == ["lakes/deep/b.txt"]
    assert (root / "lakes" / "mine.txt").read_bytes() == b"mine"


@pytest.mark.parametrize("kind", ["lakes", "zipped"])
def test_a_file_with_another_content_is_replaced_by_force_alone(kind, root, fetcher, request):
    data_set = request.getfixturevalue(kind)
    (root / "lakes").mkdir(parents=True)
    (root / "lakes" / "a.txt").write_bytes(b"mine")
    with pytest.raises(CorpusError) as refused:
        install(data_set, root, fetcher=fetcher)
    assert str(refused.value) == (
        f"{root / 'lakes'}: must hold the published files or none, got 1 with another content "
        "(a.txt). Nothing was changed. Move them away, or use --force to replace them."
    )
    assert contents(root) == {"lakes/a.txt": b"mine"}
    install(data_set, root, fetcher=fetcher, force=True)
    assert contents(root / "lakes") == FILES


def test_an_archive_whose_files_are_others_changes_nothing(zipped, root, fetcher, server):
    files = {f"data/{path}": content for path, content in FILES.items()}
    server.serve("lakes.zip", zip_of(files | {"data/a.txt": b"other"}))
    with pytest.raises(CorpusError, match=r"got 1 missing or different \(a.txt\). Nothing was put"):
        install(zipped, root, fetcher=fetcher)
    assert contents(root) == {}
    server.serve("lakes.zip", zip_of(files))  # the wrong archive is not used again
    assert install(zipped, root, fetcher=fetcher) == 2


def test_an_archive_with_a_path_out_of_its_folder_is_not_unpacked(zipped, root, fetcher, server):
    files = {f"data/{path}": content for path, content in FILES.items()}
    server.serve("lakes.zip", zip_of(files | {"../../../evil.txt": b"evil"}))
    with pytest.raises(CorpusError, match="must hold only paths inside its folder"):
        install(zipped, root, fetcher=fetcher)
    assert not list(root.parent.rglob("evil.txt"))
    assert not (root / "lakes").exists()
    server.serve("lakes.zip", zip_of(files))
    assert install(zipped, root, fetcher=fetcher) == 2


def test_a_wrong_digest_leaves_the_files_that_came_before(lakes, root, fetcher, server):
    server.serve("lakes/deep/b.txt", b"2wo\n" * 50_000)
    with pytest.raises(CorpusError, match=r"deep/b.txt: must have the sha256 .*Nothing was put"):
        install(lakes, root, fetcher=fetcher)
    assert contents(root / "lakes") == {"a.txt": FILES["a.txt"]}
    server.serve("lakes/deep/b.txt", FILES["deep/b.txt"])
    assert install(lakes, root, fetcher=fetcher) == 1


def test_a_folder_where_a_file_should_be_is_named(lakes, root, fetcher):
    (root / "lakes" / "a.txt").mkdir(parents=True)
    with pytest.raises(CorpusError, match="txt: must be a file, got a folder"):
        install(lakes, root, fetcher=fetcher, force=True)


def test_a_disk_without_space_is_told_before_the_download(tmp_path, root, fetcher, server):
    folder = write_catalog(tmp_path / "c", "lakes", {"a": b""}, base=server.address)
    pins = folder / "pins" / "lakes.txt"
    pins.write_text(pins.read_text("utf-8").replace("\t0\t", f"\t{10**18}\t"), "utf-8")
    root.mkdir()
    with pytest.raises(CorpusError, match="must have 2,000,000,000,000,000,000 bytes free"):
        install(load_catalog(folder)["lakes"], root, fetcher=fetcher)
    assert server.requests == []
