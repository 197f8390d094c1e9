import re
from urllib.parse import urlsplit

import pytest

from standpoint.errors import CorpusError
from tests.catalogs import write_catalog
from train.corpora import KNOWN_CORPORA
from train.corpora.catalog import PUBLIC_FOLDERS
from train.downloads import BUNDLES, file_states, load_catalog
from train.downloads.conversions import CONVERSIONS

CATALOG = load_catalog()
BY_COMMAND = {name: each for name, each in CATALOG.items() if not each.by_hand}


def test_every_public_corpus_and_every_bundle_is_in_the_catalogue():
    assert {*KNOWN_CORPORA} - {"seeds", "written", "contrast", "news-sentences"} <= {
        *CATALOG,
        *BUNDLES,
    }
    assert {name for names in BUNDLES.values() for name in names} <= set(CATALOG)
    assert not set(BUNDLES) & set(CATALOG)
    assert set(CATALOG) >= PUBLIC_FOLDERS


@pytest.mark.parametrize("name", BY_COMMAND)
def test_every_file_is_pinned_and_every_address_names_a_version(name):
    data_set = BY_COMMAND[name]
    assert data_set.pins
    assert all(re.fullmatch("[0-9a-f]{64}", pin.sha256) and pin.size >= 0 for pin in data_set.pins)
    assert len({pin.path for pin in data_set.pins}) == len(data_set.pins)
    direct = [] if data_set.convert or data_set.archive else map(data_set.source_of, data_set.pins)
    addresses = [each.address for each in (*data_set.sources, *direct)]
    for address in [*addresses, *filter(None, [data_set.archive])]:
        parts = urlsplit(address)
        assert parts.scheme == "https"
        if parts.netloc.endswith("githubusercontent.com") or parts.netloc == "codeload.github.com":
            assert re.search("/[0-9a-f]{40}(/|$)", parts.path)


@pytest.mark.parametrize("name", CATALOG)
def test_every_set_has_its_terms_and_a_way_to_get_it(name):
    data_set = CATALOG[name]
    assert data_set.licence and data_set.cite
    assert data_set.licence_page.startswith(("https://", "http://"))
    assert data_set.by_hand or data_set.base or data_set.archive or data_set.sources
    assert not data_set.convert or data_set.convert in CONVERSIONS


@pytest.mark.parametrize("name", BY_COMMAND)
def test_the_copy_here_is_as_pinned(name, data_folder):
    if not (data_folder / name).is_dir():
        pytest.skip(f"{name} is not here")
    states = file_states(CATALOG[name], data_folder)
    assert (states.different, states.missing) == ((), ())


@pytest.mark.parametrize("path", ["../evil.txt", "/etc/evil", "a/../../evil", "C:evil", "a\\..\\b"])
def test_a_path_out_of_the_folder_is_refused(tmp_path, path):
    folder = write_catalog(tmp_path, "lakes", {path: b"x"}, base="https://example.org/")
    with pytest.raises(CorpusError, match="which leads out of its folder"):
        load_catalog(folder)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (None, "No such file"),
        ("[lakes", "Expected"),
        ("[lakes]\ncolour = 'red'", "colour"),
        ("[lakes]\nlicence = 'MIT'", "licence_page"),
        ("['..']\nlicence = 'MIT'", "leads out of the folder"),
    ],
    ids=["none", "no-toml", "unknown-key", "missing-key", "name"],
)
def test_a_faulty_catalogue_is_refused(tmp_path, text, fault):
    if text:
        (tmp_path / "catalog.toml").write_text(text, "utf-8")
    with pytest.raises(CorpusError, match=rf"must be a catalogue of downloads, got .*{fault}"):
        load_catalog(tmp_path)
