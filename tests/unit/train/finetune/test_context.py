"""The other data that a fine-tuned part learns from, and what of it is left out."""

import json

import pytest

from standpoint.errors import ConfigError
from tests.tiny import finetuned, rows, run_config, table_of, write_table
from train.corpora.load import load_corpus
from train.finetune.auxiliary import context_for

TONES = {"favor": "positive", "against": "negative", "none": "neutral"}


def task(path, **more):
    return {"task": "sentiment", "data": table_of(path, labels=TONES.values()), **more}


@pytest.fixture
def opened(tmp_path, tiny_encoder):
    """Open a context for a model beside the small table; gives it and what was said."""
    write_table(tmp_path / "stances.jsonl")
    write_table(tmp_path / "tones.jsonl", labels=TONES)

    def make(**model):
        config = run_config(tmp_path / "stances.jsonl", model=finetuned(tiny_encoder, **model))
        said = []
        found = context_for(
            config, lambda: load_corpus(config.data, task="stance", root=tmp_path), root=tmp_path,
            models_dir=tmp_path / "models", report_progress=said.append,
        )  # fmt: skip
        return found, said

    return make


def write_rows(path, *texts):
    told = [
        {**row, "text": text, "label": "neutral"} for row, text in zip(rows(), texts, strict=False)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in told), "utf-8")
    return path


def test_data_that_is_not_here_is_left_out_and_that_is_said(opened, tmp_path, monkeypatch):
    monkeypatch.delenv("STANDPOINT_DATA", raising=False)
    public = {"corpus": "newsmtsc", "path": "newsmtsc", "licence": "MIT"}
    found, said = opened(
        beside=[task(tmp_path / "none.jsonl"), {"task": "sentiment", "data": public}]
    )
    assert said == [
        "tiny: table-sentiment is not here, and is left out",
        "tiny: newsmtsc-sentiment is not here, and is left out",
    ]
    assert (found.missing, found.auxiliary) == (("table-sentiment", "newsmtsc-sentiment"), ())


def test_rows_of_another_table_whose_text_the_run_has_are_left_out(opened, tmp_path):
    mine = next(rows())["text"]
    path = write_rows(
        tmp_path / "more.jsonl", mine, mine.replace(".", "!"),
        "Nobody in the valley had ever heard of such a thing.",
    )  # fmt: skip
    found, said = opened(beside=[task(path)])
    (other,) = found.auxiliary
    assert [record.text[:6] for record in other.records] == ["Nobody"]
    assert (other.n_leaking, other.is_own) == (2, False)
    assert said == ["tiny: table-sentiment has 1 pairs"]


def test_the_other_task_of_a_joint_model_keeps_the_runs_own_texts(opened, tmp_path):
    found, said = opened(beside=[task(tmp_path / "tones.jsonl", champion=True)])
    (other,) = found.auxiliary
    assert (len(other.records), other.n_leaking, other.is_own) == (144, 0, True)
    assert said == ["tiny: table-sentiment has 144 pairs"]


def test_data_that_is_learned_from_twice_is_read_once(opened, tmp_path):
    path = write_rows(
        tmp_path / "more.jsonl", "Nobody in the valley had ever heard of such a thing."
    )
    before = {"schedule": finetuned(path)["schedule"], "lessons": [task(path)]}
    found, said = opened(beside=[task(path)], before=before)
    assert len(found.auxiliary) == 1
    assert said == ["tiny: table-sentiment has 1 pairs"]


@pytest.mark.parametrize(
    ("change", "got"),
    [
        ({"task": "stance"}, "table-stance"),
        ({"data": {"corpus": "seeds", "path": "seeds", "licence": "as here"}}, "seeds-sentiment"),
    ],
    ids=["task", "corpus"],
)
def test_the_other_task_of_a_joint_model_is_of_the_runs_own_corpus(opened, tmp_path, change, got):
    with pytest.raises(ConfigError) as caught:
        opened(beside=[{**task(tmp_path / "tones.jsonl", champion=True), **change}])
    assert str(caught.value) == (
        "model.beside: champion must be of the run's own corpus, for its other task, got "
        f"{got} beside table-stance."
    )
