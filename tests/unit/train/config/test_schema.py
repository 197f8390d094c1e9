from pathlib import Path

import pytest

from standpoint.errors import ConfigError
from train.config.model import EncoderModel, FinetunedModel
from train.config.schema import known_keys, load_config, load_run_config

RUNS = Path(__file__).resolve().parents[4] / "configs/runs"
GOOD = (RUNS / "seeds-sentiment.toml").read_text("utf-8").replace("sentiment", "stance")


def refused(folder: Path, text: str, *changes: str) -> str:
    path = folder / "x.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(ConfigError) as caught:
        load_config(path, changes=changes)
    return str(caught.value)


@pytest.mark.parametrize(
    "path", sorted((Path(__file__).resolve().parents[4] / "configs/runs").rglob("*.toml")), ids=str
)
def test_every_config_of_the_project_loads_and_is_named_like_its_file(path):
    assert load_run_config(path).name == path.stem


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


FINETUNED = """
kind     = "finetuned"
encoder  = { name = "some/encoder" }
layers   = [6]
holder   = true
products = true
dropout  = 0.1
schedule = { epochs = 3, batch = 32, learning_rate = 1e-4, head_learning_rate = 1e-3 }
"""
PUBLIC = '{ corpus = "newsmtsc", path = "newsmtsc", licence = "MIT" }'
LESSON = f"""task = "sentiment"
data = {PUBLIC}
"""
BEFORE = f"""
[model.before]
schedule = {{ epochs = 1, batch = 32, learning_rate = 1e-4, head_learning_rate = 1e-3 }}

[[model.before.lessons]]
{LESSON}"""
BESIDE = f"""
[[model.beside]]
{LESSON}"""


def averaged(*parts):
    tables = [f"\n[[model.parts]]{part}" for part in parts]
    return f'\nkind = "average"\nweights = {[1.0] * len(parts)}\n{"".join(tables)}'


VECTORS = """
kind = "encoder"
layers = [6]
holder = false
between = false
windows = []
products = true
signs = false
c = 1.0
balanced = true
"""


@pytest.mark.parametrize(
    ("model", "said"),
    [
        (
            FINETUNED.replace("batch = 32", "bach = 32"),
            "model.schedule.bach: unknown key. Did you mean 'model.schedule.batch'?",
        ),
        (FINETUNED.replace("batch = 32", "bach = 32"), "model.schedule.batch: missing."),
        (
            FINETUNED.replace("dropout  = 0.1", "dropout = 0.1\nc = 1.0"),
            "model.c: unknown key here.",
        ),
        (
            FINETUNED.replace("dropout  = 0.1", 'dropout = 0.1\nprecision = "fp16"'),
            "model.precision: must be one of bfloat16, float32, got 'fp16'.",
        ),
        (
            FINETUNED.replace("{ name =", "{ nmae ="),
            "model.encoder.nmae: unknown key. Did you mean 'model.encoder.name'?",
        ),
        (
            FINETUNED + BEFORE + "champion = true\n",
            "model: before.lessons: champion must be false; only beside may have one.",
        ),
        (
            FINETUNED + BEFORE.replace('"sentiment"', '"stance"'),
            "model.before.lessons[0]: task: must be sentiment for the corpus newsmtsc, "
            "got 'stance'.",
        ),
        (
            FINETUNED + BESIDE.replace("path =", "pth ="),
            "model.beside[0].data.pth: unknown key. Did you mean 'data.path'?",
        ),
        (
            FINETUNED + BESIDE + BESIDE,
            "model: beside, before.lessons: must each name a corpus and task once, got "
            "newsmtsc-sentiment, newsmtsc-sentiment.",
        ),
        (
            averaged(FINETUNED, VECTORS),
            "model: parts: must share one encoder: at most one part may be finetuned, and then "
            "none of kind encoder, got finetuned, encoder.",
        ),
        (averaged(FINETUNED, FINETUNED), "got finetuned, finetuned."),
    ],
    ids=["key of the schedule", "missing of the schedule", "key of another kind", "precision",
         "encoder", "champion before", "task before", "key beside", "twice", "two encoders",
         "two fine-tuned"],
)  # fmt: skip
def test_a_faulty_finetuned_model_is_refused_and_says_why(tmp_path, model, said):
    assert said in refused(tmp_path, with_model(model))


def test_a_finetuned_model_with_all_its_lessons_is_a_config(tmp_path):
    path = tmp_path / "x.toml"
    path.write_text(with_model(FINETUNED + BEFORE + BESIDE), "utf-8")
    model = load_config(path, changes=("model.schedule.epochs=7",)).model
    assert isinstance(model, FinetunedModel)
    assert (model.schedule.epochs, len(model.beside), model.device) == (7, 1, "auto")


def test_a_joint_model_is_scored_by_what_both_tasks_have(tmp_path):
    joint = FINETUNED + BESIDE.replace(
        PUBLIC, '{ corpus = "seeds", path = "seeds", licence = "x" }'
    )
    text = with_model(f"{joint}champion = true\n").replace('"f1_macro"', '"f1_favor_against"')
    assert (
        "scoring.metric: must be for both tasks of a joint model, f1_macro say, got "
        "f1_favor_against."
    ) in refused(tmp_path, text)


def test_official_takes_dev_from_one_place(tmp_path):
    official = 'kind = "official"\ntrain = "a"\ndev = ["b"]\ndev_share = 0.1\ntest = ["c"]'
    text = with_protocol(official).replace('corpus  = "seeds"', 'corpus = "vast"')
    assert "dev_share: must be left out where dev names splits" in refused(tmp_path, text)


def test_an_unknown_kind_gets_the_near_miss(tmp_path):
    message = refused(tmp_path, GOOD.replace('kind     = "encoder"', 'kind = "encodr"'))
    assert "must be one of majority, ngrams, encoder, finetuned, average, got 'encodr'." in message
    assert "Did you mean 'encoder'?" in message


def test_an_unknown_key_gets_the_near_miss_of_its_own_table(tmp_path):
    path = tmp_path / "x.toml"
    path.write_text(with_protocol('kind = "leave_codebook_out"'), "utf-8")
    with pytest.raises(ConfigError) as refused:
        load_config(path, changes=("protocol.part=3",))
    assert str(refused.value).splitlines()[1:] == [
        "  protocol.part: unknown key. Did you mean 'protocol.parts'?"
    ]


def test_every_key_of_every_kind_of_table_is_known():
    keys = known_keys()
    assert {"protocol.parts", "model.c", "model.schedule.batch", "model.beside.task"} <= set(keys)
    assert {"data.columns.text", "scoring.metric", "model.before.lessons"} <= set(keys)
    assert len(keys) == len(set(keys))


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


def test_data_beside_must_not_be_the_runs_own_under_the_owners_splits(tmp_path):
    data = '{ corpus = "newsmtsc", path = "newsmtsc", licence = "MIT" }'
    message = refused(
        tmp_path,
        "\n".join(
            [
                'name = "x"', 'task = "sentiment"', "seed = 1", "refit = false", f"data = {data}",
                'protocol = { kind = "official", train = "train", test = ["rw_test"] }',
                'scoring = { metric = "f1_macro", bootstrap = 100 }',
                "[model]", 'kind = "finetuned"', 'encoder = "./e"', "layers = [1]",
                "holder = false", "products = true", "dropout = 0.0",
                f'beside = [{{ task = "sentiment", data = {data} }}]',
                "[model.schedule]", "epochs = 1", "batch = 1", "learning_rate = 1e-4",
                "head_learning_rate = 1e-3",
            ]
        ),
    )  # fmt: skip
    assert (
        "model.beside: must be of other data where protocol.kind is official: the owner's splits "
        "may share articles, and held-out rows would be learned, got newsmtsc."
    ) in message
