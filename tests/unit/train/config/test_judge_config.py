"""The config of a judge: what is not possible is refused before anything is read."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from tests.tiny_judge import judge_settings
from train.config import JudgeConfig, load_run_config


def config(**model):
    settings = judge_settings(Path("encoder"))
    return JudgeConfig.model_validate({**settings, "model": {**settings["model"], **model}})


def test_layers_that_read_apart_end_below_the_split():
    assert config(apart_layers=2, split=3).model.apart_layers == 2
    assert "apart_layers" not in config(split=3).model.model_dump()
    fault = r"apart_layers: must be less than split \(3\), got 3\. The first stage .* reads both\."
    with pytest.raises(ValidationError, match=fault):
        config(apart_layers=3, split=3)


def test_frozen_layers_end_at_the_split_or_below():
    assert config(frozen_layers=4, split=4).model.frozen_layers == 4
    assert config(frozen_layers=0, split=6).model.split == 6
    fault = r"frozen_layers: must be at most split \(3\), got 4\."
    with pytest.raises(ValidationError, match=fault):
        config(frozen_layers=4, split=3)


def test_a_batch_has_sixteen_units_unless_the_schedule_says_so():
    settings = judge_settings(Path("encoder"))
    del settings["model"]["schedule"]["batch"]
    assert JudgeConfig.model_validate(settings).model.schedule.batch == 16


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"first_steps": 2}, r"first_steps: must be set with first_sources, or neither, got 2"),
        ({"first_sources": ["seeds"]}, r"first_steps: must be set with first_sources"),
        ({"first_steps": 9, "first_sources": ["seeds"]}, r"must be less than steps \(9\), got 9"),
        ({"first_steps": 2, "first_sources": ["sedes"]}, r"must be among the sources .*, got 'sed"),
    ],
)
def test_the_first_steps_and_their_sources_go_together(changes, fault):
    settings = judge_settings(Path("encoder"))
    schedule = {**settings["model"]["schedule"], "steps": 9}
    settings["model"]["schedule"] = schedule
    plain = JudgeConfig.model_validate(settings).model.schedule.model_dump()
    assert "first_steps" not in plain
    settings["model"]["schedule"] = {**schedule, **changes}
    with pytest.raises(ValidationError, match=fault):
        JudgeConfig.model_validate(settings)


def source(**changes):
    settings = judge_settings(Path("encoder"), sources=("seeds",))
    settings["sources"] = [{**settings["sources"][0], **changes}]
    return JudgeConfig.model_validate(settings).sources[0]


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"corpus": "newsmtsc"}, r"must be left out for newsmtsc, got 'codebooks/own'\."),
        ({"codebooks": ""}, r"must be named for seeds, got ''\."),
        ({"corpus": "seeds-sentiment", "codebooks": ""}, r"must be named for seeds-sentiment"),
        ({"corpus": "unlabelled", "path": "", "pairs": 9}, r"must be left out for unlabelled"),
    ],
)
def test_codebooks_are_named_where_a_corpus_has_any(changes, fault):
    with pytest.raises(ValidationError, match=f"codebooks: {fault}"):
        source(**changes)


def test_a_source_that_is_all_for_research_is_left_out_of_other_trainings():
    vast = source(corpus="vast", codebooks="", research_only={"vast": "research"})
    assert vast.is_left_out(research=False)
    assert not vast.is_left_out(research=True)
    assert not source(research_only={"reuters": "research"}).is_left_out(research=False)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"corpus": "grammar", "codebooks": ""}, "be a number of texts to compose for grammar"),
        ({"corpus": "grammar", "codebooks": "", "texts": 0}, "be a number of texts to compose"),
        ({"texts": 100}, "be left out for seeds, got 100"),
    ],
)
def test_texts_are_counted_where_they_are_composed(changes, fault):
    with pytest.raises(ValidationError, match=f"texts: must {fault}"):
        source(**changes)
    assert source(corpus="grammar", codebooks="", texts=100).texts == 100


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"path": ""}, r"path: must be named for seeds, got ''\."),
        ({"corpus": "unlabelled", "codebooks": ""}, "path: must be left out for unlabelled"),
        ({"pairs": 9}, r"pairs: must be left out for seeds, got 9\."),
        (
            {"corpus": "unlabelled", "codebooks": "", "path": ""},
            r"pairs: must be a number of sentences and issues to choose for unlabelled, got None\.",
        ),
    ],
)
def test_documents_without_labels_have_a_number_of_pairs_and_no_folder(changes, fault):
    with pytest.raises(ValidationError, match=fault):
        source(**changes)


def test_documents_without_labels_need_a_teacher():
    settings = judge_settings(Path("encoder"), sources=("seeds", "unlabelled"))
    fault = r"model.teacher: must be named, since unlabelled has no labels, got none\."
    with pytest.raises(ValidationError, match=fault):
        JudgeConfig.model_validate(settings)
    settings["model"]["teacher"] = {"config": "configs/runs/judge.toml"}
    assert JudgeConfig.model_validate(settings).model.teacher.weight == 0.5


def test_a_config_without_a_teacher_is_written_as_it_was_before_there_were_any():
    dumped = config().model_dump(mode="json")
    assert "teacher" not in dumped["model"]
    assert not {"pairs", "taught"} & dumped["sources"][0].keys()


def test_the_fast_judge_learns_from_all_that_its_teacher_learns_from(root):
    fast = load_run_config(root / "configs" / "runs" / "judge-fast.toml")
    teacher = load_run_config(root / fast.model.teacher.config)
    sources = {(source.name, source.licence) for source in fast.sources}
    assert {(source.name, source.licence) for source in teacher.sources} <= sources
    assert not fast.research
    assert (fast.dev.path, fast.dev.codebooks) == (teacher.dev.path, teacher.dev.codebooks)
