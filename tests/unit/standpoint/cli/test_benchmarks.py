"""What decides whether a benchmark is run again."""

import pytest

from standpoint.cli.benchmarks import cache_key

VERSIONS = {
    "FEATURES_VERSION": "standpoint.cli.benchmarks.FEATURES_VERSION",
    "SCORING_VERSION": "standpoint.cli.benchmarks.SCORING_VERSION",
    "FINETUNE_VERSION": "standpoint.cli.benchmarks.FINETUNE_VERSION",
}


@pytest.fixture
def key(tmp_path):
    """The key of a config with one file of data; its contents may be changed."""
    (tmp_path / "run.toml").write_text("name = 'run'\n", "utf-8")
    (tmp_path / "rows.csv").write_text("a,b\n", "utf-8")

    def of(kind="ngrams"):
        return cache_key(tmp_path / "run.toml", [tmp_path / "rows.csv"], kind=kind)

    of.folder = tmp_path
    return of


def test_the_key_is_the_same_for_the_same_config_and_data(key):
    assert key() == key()


@pytest.mark.parametrize("name", ["run.toml", "rows.csv"])
def test_a_change_of_the_config_or_the_data_changes_the_key(key, name):
    before = key()
    (key.folder / name).write_text("something else\n", "utf-8")
    assert key() != before


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("ngrams", {"FEATURES_VERSION", "SCORING_VERSION"}),
        ("finetuned", {"FEATURES_VERSION", "SCORING_VERSION", "FINETUNE_VERSION"}),
    ],
)
def test_a_raised_version_changes_the_keys_of_what_it_decides(key, monkeypatch, kind, names):
    before = key(kind)
    changed = set()
    for name, place in VERSIONS.items():
        with monkeypatch.context() as patch:
            patch.setattr(place, 99)
            if key(kind) != before:
                changed.add(name)
    assert changed == names
