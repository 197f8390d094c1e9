"""Bundles that an earlier version made load, and label as they did then."""

import pytest

from standpoint.model.bundle import load_bundle
from tests.golden.bundles import BUNDLES, MODELS, bundle_probabilities, tables
from tests.golden.expected_files import differences, read
from tests.golden.features import real_encoder


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    return tables(tmp_path_factory.mktemp("golden-tables"))


@pytest.mark.parametrize("name", read("tables.json"))
def test_an_article_is_labelled_the_same(found, name):
    assert differences(found[name], read("tables.json")[name]) == []


def test_the_articles_are_five_with_statements_and_stances(found):
    assert len(found) == 5
    assert all(table[0]["statements"] and table[0]["stances"] for table in found.values())


@pytest.mark.parametrize("name", MODELS)
def test_the_manifest_of_a_bundle_is_unchanged(name):
    manifest = load_bundle(BUNDLES / name).manifest
    assert differences(manifest.model_dump(mode="json"), read("manifests.json")[name]) == []
    assert manifest.digest == manifest.computed_digest()


@pytest.mark.parametrize("name", MODELS)
def test_a_bundle_gives_pairs_the_same_probabilities(name):
    expected = read("probabilities.json")[name]
    reads_vectors = load_bundle(BUNDLES / name).manifest.encoder is not None
    within = 0.05 if reads_vectors else 1e-6
    assert differences(bundle_probabilities(name), expected, within=within) == []


def test_the_bundle_that_reads_vectors_is_for_the_projects_encoder():
    assert load_bundle(BUNDLES / "stance-encoder").manifest.encoder == real_encoder().digest
