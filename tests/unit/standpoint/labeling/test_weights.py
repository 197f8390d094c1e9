from pathlib import Path

import pytest

from standpoint.errors import InputError
from standpoint.labeling.weights import DEFAULT_POOLING, Pooling, Weights, load_pooling
from standpoint.settings import read_settings

ROOT = Path(__file__).resolve().parents[4]
GOOD = """\
mixed_from = 0.4

[weights]
quote = 0.9
narrator = 0.25
"""


def written(folder, text):
    path = folder / "pooling.toml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def complaint(path):
    with pytest.raises(InputError) as caught:
        load_pooling(path)
    return str(caught.value)


def test_a_pooling_file_is_read_and_what_it_leaves_out_counts_in_full(tmp_path):
    pooling = load_pooling(written(tmp_path, GOOD))
    assert pooling == Pooling(mixed_from=0.4, weights=Weights(quote=0.9, narrator=0.25))
    assert (pooling.weights.paraphrase, pooling.weights.act) == (1.0, 1.0)


@pytest.mark.parametrize("text", ["", "# nothing\n", "\ufeff", "[weights]\n"], ids=repr)
def test_an_empty_file_leaves_everything_as_it_is(tmp_path, text):
    assert load_pooling(written(tmp_path, text)) == DEFAULT_POOLING


def test_the_file_of_the_project_is_sound():
    pooling = load_pooling(ROOT / "configs" / "pooling.toml")
    assert set(pooling.weights.model_dump()) == {"quote", "paraphrase", "act", "voice", "narrator"}


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        pytest.param(
            "mixed_from = 1.5",
            ["mixed_from: input should be less than or equal to 1, got 1.5."],
            id="above one",
        ),
        pytest.param(
            "mixed_from = -0.1",
            ["mixed_from: input should be greater than or equal to 0, got -0.1."],
            id="below zero",
        ),
        pytest.param(
            "mixed_from = nan",
            ["mixed_from: input should be less than or equal to 1, got nan."],
            id="no number",
        ),
        pytest.param(
            "mixed_from = inf",
            ["mixed_from: input should be less than or equal to 1, got inf."],
            id="endless",
        ),
        pytest.param(
            "mixed_from = []", ["mixed_from: input should be a valid number, got []."], id="list"
        ),
        pytest.param(
            "[weights]\nquote = 0",
            ["weights.quote: input should be greater than 0, got 0."],
            id="no weight",
        ),
        pytest.param(
            "[weights]\nact = 1.01",
            ["weights.act: input should be less than or equal to 1, got 1.01."],
            id="more than in full",
        ),
        pytest.param(
            '[weights]\nact = "half"',
            [
                "weights.act: input should be a valid number, unable to parse string as a number, "
                "got 'half'."
            ],
            id="word",
        ),
        pytest.param(
            "weights = 1",
            ["weights: input should be a valid dictionary or instance of Weights, got 1."],
            id="no table",
        ),
        pytest.param(
            "[weights]\nquotes = 1",
            ["weights.quotes: unknown key. Did you mean 'quote'?"],
            id="near miss of a kind",
        ),
        pytest.param(
            "[weigths]\nquote = 1",
            ["weigths: unknown key. Did you mean 'weights'?"],
            id="near miss of a table",
        ),
        pytest.param("floor = 1", ["floor: unknown key."], id="unknown key"),
        pytest.param(
            "mixed_from = 2\n[weights]\nquote = 2\nnarator = 1",
            [
                "weights.quote: input should be less than or equal to 1, got 2.",
                "weights.narator: unknown key. Did you mean 'narrator'?",
                "mixed_from: input should be less than or equal to 1, got 2.",
            ],
            id="all together",
        ),
    ],
)
def test_a_faulty_pooling_file_is_refused_with_every_fault(tmp_path, text, faults):
    path = written(tmp_path, text)
    assert complaint(path) == "\n".join([f"{path}:", *(f"  {fault}" for fault in faults)])


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        pytest.param(
            "mixed_from 1",
            "must be TOML, got a fault: Expected '=' after a key in a key/value pair "
            "(at line 1, column 12).",
            id="no toml",
        ),
        pytest.param(
            "a = " + "[" * 5000,
            "must be TOML, got too deep a nesting",
            id="too deep",
        ),
        pytest.param(
            b"mixed_from = \xff",
            "must be a readable UTF-8 file, got 'utf-8' codec can't decode byte 0xff in position "
            "13: invalid start byte.",
            id="not UTF-8",
        ),
    ],
)
def test_what_is_no_toml_is_refused(tmp_path, text, sentence):
    path = written(tmp_path, text)
    assert complaint(path).startswith(f"{path}: {sentence}")


def test_a_missing_pooling_file_is_named(tmp_path):
    path = tmp_path / "no.toml"
    assert complaint(path) == f"{path}: the pooling file must exist, got no such file."


def test_a_folder_is_no_pooling_file(tmp_path):
    assert complaint(tmp_path) == (
        f"{tmp_path}: must be a readable UTF-8 file, got [Errno 21] Is a directory: '{tmp_path}'."
    )


def test_the_file_that_the_environment_names_goes_before_the_projects(tmp_path, monkeypatch):
    (tmp_path / "configs" / "codebooks").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    assert read_settings({}).pooling == DEFAULT_POOLING
    (tmp_path / "configs" / "pooling.toml").write_text("mixed_from = 0.3", "utf-8")
    assert read_settings({}).pooling.mixed_from == 0.3
    named = {"STANDPOINT_POOLING_FILE": str(written(tmp_path, GOOD))}
    assert read_settings(named).pooling.mixed_from == 0.4


def test_a_file_that_the_environment_names_must_be_there(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    missing = str(tmp_path / "no.toml")
    with pytest.raises(InputError, match=r"no\.toml: the pooling file must exist"):
        read_settings({"STANDPOINT_POOLING_FILE": missing})
