from pathlib import Path

import pytest

from standpoint.errors import ConfigError
from train.config import EncoderModel, load_config

GOOD = (Path(__file__).resolve().parents[2] / "configs/runs/seeds-stance.toml").read_text("utf-8")


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


def test_an_unknown_kind_gets_the_near_miss(tmp_path):
    message = refused(tmp_path, GOOD.replace('kind     = "encoder"', 'kind = "encodr"'))
    assert "must be one of majority, ngrams, encoder, average, got 'encodr'." in message
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
