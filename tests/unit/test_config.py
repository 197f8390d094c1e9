from pathlib import Path

import pytest

from standpoint.errors import ConfigError
from train.config import load_config
from train.kinds import EncoderModel

RUNS = Path(__file__).resolve().parents[2] / "configs/runs"
GOOD = (RUNS / "seeds-sentiment.toml").read_text("utf-8").replace("sentiment", "stance")


def refused(folder: Path, text: str, *changes: str) -> str:
    path = folder / "x.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(ConfigError) as caught:
        load_config(path, changes=changes)
    return str(caught.value)


@pytest.mark.parametrize(
    "path", sorted((Path(__file__).resolve().parents[2] / "configs/runs").rglob("*.toml")), ids=str
)
def test_every_config_of_the_project_loads_and_is_named_like_its_file(path):
    assert load_config(path).name == path.stem


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            'kind     = "encoder"',
            'kind = "encodr"',
            "model.kind: must be one of majority, ngrams, encoder",
        ),
        ("seed  = 13", "sead  = 13", "sead: unknown key. Did you mean 'seed'?"),
        ("seed  = 13", "", "seed: missing."),
        ("seed  = 13", "seed = -1", "seed: input should be greater than or equal to 0, got -1."),
        ("test_share = 0.20", "test_share = 1.5", "protocol.test_share: input should be less"),
        ('corpus  = "seeds"', 'corpus = "newsmtsc"', "task: must be sentiment for the corpus"),
        ('metric    = "f1_macro"', 'metric = "f1"', "scoring.metric: must be one of f1_macro"),
        ('name  = "seeds-stance"', 'name = "Seeds Stance"', "name: string should match pattern"),
        ("seed  = 13", "seed = ", "must be TOML, got a fault"),
    ],
    ids=["kind", "near miss", "missing", "negative", "share", "corpus", "metric", "name", "toml"],
)
def test_a_faulty_config_is_refused_and_says_why(tmp_path, old, new, said):
    assert old in GOOD
    assert said in refused(tmp_path, GOOD.replace(old, new))


AVERAGE = """
kind    = "average"
weights = [1.0, 0.3]

[[model.parts]]
kind = "ngrams"
words = [1, 1]
chars = [2, 3]
window = 0
min_count = 1
c = 1.0
balanced = true

[[model.parts]]
kind = "ngrams"
words = [1, 2]
chars = [2, 3]
window = 0
min_count = 1
c = 1.0
balanced = true
"""


def with_model(text):
    before, rest = GOOD.split("[model]")
    return f"{before}[model]{text}\n[scoring]{rest.split('[scoring]')[1]}"


def with_protocol(text):
    before, rest = GOOD.split("[protocol]")
    return f"{before}[protocol]\n{text}\n[model]{rest.split('[model]')[1]}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (with_model(AVERAGE.replace("0.3]", "0.3, 2]")), "weights: must be as many as parts, got 3"),
        (with_model(AVERAGE.replace("[1.0, 0.3]", "[1.0, -1]")), "model.weights[1]: input should be"),
        (
            with_model(AVERAGE.replace("window = 0", "windw = 0", 1)),
            "model.parts[0].windw: unknown key. Did you mean",
        ),
        (with_protocol('kind = "k_fold"\nk = 1'), "protocol.k: input should be greater than"),
        (with_protocol('kind = "k-fold"\nk = 5'), "got 'k-fold'. Did you mean 'k_fold'?"),
        (
            with_protocol('kind = "by_date"\ndev_from = 2020-02-01\ntest_from = 2020-01-01'),
            "dev_from: must not be after test_from (2020-01-01), got 2020-02-01.",
        ),
        (with_protocol('kind = "few_shot"'), "protocol.shots: missing."),
        (
            GOOD.replace("seed  = 13", "seed  = 13\nmore_seeds = [13]"),
            "more_seeds: must be new, got (13,) beside 13.",
        ),
        (
            GOOD.replace('"f1_macro"', '"f1_macro_five"'),
            "scoring.metric: f1_macro_five is for dse, got seeds.",
        ),
    ],
    ids=["weights", "negative weight", "key of a part", "one fold", "kind of protocol", "dates",
         "shots", "seeds", "five classes"],
)  # fmt: skip
def test_a_faulty_model_or_protocol_is_refused_and_says_why(tmp_path, text, said):
    assert said in refused(tmp_path, text)


def test_official_takes_dev_from_one_place(tmp_path):
    official = 'kind = "official"\ntrain = "a"\ndev = ["b"]\ndev_share = 0.1\ntest = ["c"]'
    text = with_protocol(official).replace('corpus  = "seeds"', 'corpus = "vast"')
    assert "dev_share: must be left out where dev names splits" in refused(tmp_path, text)


def test_an_unknown_kind_gets_the_near_miss(tmp_path):
    message = refused(tmp_path, GOOD.replace('kind     = "encoder"', 'kind = "encodr"'))
    assert "must be one of majority, ngrams, encoder, finetuned, average, got 'encodr'." in message
    assert "Did you mean 'encoder'?" in message


def test_all_faults_of_a_config_are_reported_together(tmp_path):
    message = refused(tmp_path, GOOD.replace("seed  = 13", "sead = 13").replace("1000", "1"))
    assert "sead: unknown key." in message
    assert "seed: missing." in message
    assert "scoring.bootstrap:" in message


def test_a_missing_config_is_named(tmp_path):
    with pytest.raises(ConfigError, match=r"no\.toml: the config must exist, got no such file\."):
        load_config(tmp_path / "no.toml")


def test_a_setting_is_changed_from_the_command_line(tmp_path):
    path = tmp_path / "x.toml"
    path.write_text(GOOD, "utf-8")
    config = load_config(path, changes=("model.c=0.5", "name=other", "model.layers=[6]"))
    assert isinstance(config.model, EncoderModel)
    assert (config.model.c, config.name, config.model.layers) == (0.5, "other", (6,))


@pytest.mark.parametrize("change", ["model.c", "=1", "name.c=1"])
def test_a_change_that_cannot_be_made_is_refused(tmp_path, change):
    assert "--set:" in refused(tmp_path, GOOD, change)
