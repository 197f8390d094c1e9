"""Shipped models: which bundle serves, and what is refused."""

import json

import pytest

from standpoint.errors import BundleError, InputError, NoChampionError
from standpoint.model.registry import find_served, load_champions, watched_files
from standpoint.model.shipped import index_path, load_shipped, read_index, shipped_folder
from tests.judges import write_taught
from tests.shipping import ship
from tests.unit.standpoint.model.test_registry import export, promote


@pytest.fixture
def models(tmp_path):
    """Both shipped models; the run of each has its name."""
    models = tmp_path / "models"
    for name in ("accurate", "fast"):
        ship(models, **{name: write_taught(tmp_path / name, run_id=name)})
    return models


def serving(models, model=None):
    champion = load_champions(models, model=model).stance
    return champion.name, champion.version, champion.model.manifest.run_id


def test_without_a_promoted_champion_the_accurate_model_serves(models):
    assert serving(models) == ("accurate", 0, "accurate")


def test_where_only_the_fast_model_is_shipped_it_serves(tmp_path):
    ship(tmp_path, fast=write_taught(tmp_path / "bundle", run_id="quick"))
    assert serving(tmp_path) == ("fast", 0, "quick")


def test_a_promoted_champion_wins_over_the_shipped_model(models):
    promote(models, version=3)
    assert serving(models) == ("champion", 3, "run-3")


@pytest.mark.parametrize("name", ["accurate", "fast"])
def test_a_shipped_model_that_is_named_serves_whatever_is_promoted(models, name):
    promote(models, version=3)
    assert serving(models, name) == (name, 0, name)


def test_a_bundle_that_is_named_serves(models, tmp_path):
    export(tmp_path, version=9)
    assert serving(models, str(tmp_path / "stance" / "9")) == ("bundle", 0, "run-9")


def test_a_bundle_may_be_named_from_the_models_folder(models):
    export(models, version=9)
    assert serving(models, "stance/9") == ("bundle", 0, "run-9")


def test_a_promoted_sentiment_model_serves_beside_a_shipped_one(models):
    promote(models, "sentiment", 2)
    champions = load_champions(models)
    assert (champions.stance.name, champions.sentiment.name) == ("accurate", "champion")
    assert load_champions(models, model="fast").sentiment.version == 2


def test_a_shipped_model_of_stance_alone_leaves_the_sentiment_out(models):
    assert load_champions(models).sentiment is None
    assert find_served(models, "sentiment") is None


@pytest.fixture
def tonal(tmp_path):
    """Shipped models that tell the sentiment, too."""
    models = tmp_path / "tonal"
    for name in ("accurate", "fast"):
        bundle = write_taught(tmp_path / f"tonal-{name}", sentiment=True, run_id=name)
        ship(models, **{name: bundle})
    return models


@pytest.mark.parametrize("name", [None, "fast"])
def test_a_shipped_model_that_tells_the_sentiment_too_is_loaded_once(tonal, name):
    champions = load_champions(tonal, model=name)
    assert champions.stance.name == champions.sentiment.name == (name or "accurate")
    assert champions.stance.model.judge is champions.sentiment.model.judge
    assert champions.sentiment.model.task == "sentiment"


def test_a_promoted_sentiment_model_wins_over_the_shipped_one_unless_that_is_named(tonal):
    promote(tonal, "sentiment", 2)
    assert load_champions(tonal).sentiment.version == 2
    assert load_champions(tonal, model="fast").sentiment.name == "fast"


def test_beside_a_promoted_stance_model_alone_the_shipped_model_tells_the_sentiment(tonal):
    promote(tonal, "stance", 3)
    champions = load_champions(tonal)
    assert (champions.stance.version, champions.sentiment.name) == (3, "accurate")


def test_a_bundle_for_another_task_is_refused(models):
    export(models, "sentiment", 1)
    with pytest.raises(BundleError, match="must be a bundle for stance, got one for sentiment"):
        load_champions(models, model="sentiment/1")


@pytest.mark.parametrize(
    ("name", "hint"), [("fats", " Did you mean 'fast'?"), ("x" * 5000, ""), ("no/such/folder", "")]
)
def test_a_name_that_is_no_model_is_refused(models, name, hint):
    with pytest.raises(InputError) as caught:
        load_champions(models, model=name)
    message = str(caught.value)
    assert message.startswith(
        "--model or STANDPOINT_MODEL: must be accurate, fast or a bundle's folder, got '"
    )
    assert message.endswith(f".{hint}")
    assert len(message) < 200


def test_a_shipped_model_that_is_not_there_is_told(tmp_path):
    ship(tmp_path, fast=write_taught(tmp_path / "bundle"))
    with pytest.raises(NoChampionError) as caught:
        load_champions(tmp_path, model="accurate")
    assert str(caught.value) == (
        f"{tmp_path / 'shipped' / 'accurate'}: must be a shipped model, got fast alone. "
        "Get the folder models/shipped of the project, or name another model."
    )


def altered(folder):
    with (folder / "stage-one.onnx").open("ab") as file:
        file.write(b"\0")


def missing(folder):
    (folder / "tokenizer.json").unlink()


def without_manifest(folder):
    (folder / "manifest.json").unlink()


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (altered, "stage-one.onnx: must have the sha256"),
        (missing, "tokenizer.json: must exist, got no such file"),
        (without_manifest, "manifest.json: must exist, got no such file"),
    ],
)
def test_a_damaged_shipped_model_is_refused_with_the_way_to_get_it_again(models, damage, sentence):
    damage(shipped_folder(models, "accurate"))
    with pytest.raises(BundleError, match=sentence) as caught:
        load_champions(models)
    assert str(caught.value).endswith("Get it again: git checkout -- models/shipped.")
    assert serving(models, "fast")[0] == "fast"


def test_a_bundle_that_the_index_does_not_name_is_refused(models, tmp_path):
    index = index_path(models).read_bytes()
    ship(models, accurate=write_taught(tmp_path / "other", run_id="another"))
    index_path(models).write_bytes(index)
    with pytest.raises(BundleError, match=r"must be the bundle [0-9a-f]{16}… that shipped\.json"):
        load_shipped(models, "accurate")


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\xff", id="not UTF-8"),
        pytest.param(b'{"format": 2, "digests": {}}', id="another format"),
        pytest.param(json.dumps({"digests": {"best": "a" * 64}}).encode(), id="another name"),
        pytest.param(b'{"digests": {"fast": "a"}}', id="no digest"),
    ],
)
def test_an_index_that_names_no_models_is_refused(models, content):
    index_path(models).write_bytes(content)
    with pytest.raises(BundleError, match=r"shipped\.json: must name shipped models"):
        read_index(models)


def test_what_is_watched_changes_with_a_promotion_and_with_a_shipped_model(models, tmp_path):
    files = watched_files(models)
    assert index_path(models) in files
    assert {file.parent.name for file in files} == {"stance", "sentiment", "shipped"}
    bundle = tmp_path / "stance" / "9"
    assert bundle / "manifest.json" in watched_files(models, model=str(bundle))
