"""A judge that a trained one teaches: what it is taught, and what of it is not repeated."""

import re

import pytest
import torch

from standpoint.errors import ConfigError
from tests.tiny import toml_of
from tests.tiny_judge import judge_settings, write_pairs, write_project, write_unlabelled
from train.config import JudgeConfig
from train.judge import training
from train.judge.distillation import reading
from train.judge.distillation.teacher import Teacher, find_teacher
from train.judge.prediction import predict_units
from train.judge.sources import read_judge_data
from train.judge.workbench import Workbench

pytestmark = pytest.mark.xdist_group("finetune")  # one worker loads torch
SOURCES = ("seeds", "newsmtsc", "unlabelled")


class Killed(BaseException):
    """Ends a pass as a signal would."""


@pytest.fixture(scope="module")
def home(tmp_path_factory, encoder_folders):
    """A project with documents without labels, and a trained judge of MPNet."""
    root = write_project(tmp_path_factory.mktemp("distillation"))
    write_pairs(root / "data")
    write_unlabelled(root / "data")
    for name, sources in (("teacher", ("seeds", "newsmtsc")), ("tacit", ("seeds",))):
        settings = judge_settings(encoder_folders["mpnet"], sources=sources, name=name)
        (root / f"{name}.toml").write_text(toml_of(settings))
        open_bench(root, JudgeConfig.model_validate(settings)).fit(lambda *point: None)
    return root


def open_bench(root, config, lines=None):
    """A workbench of a project, whose teacher is there."""
    tell = lines.append if lines is not None else lambda line: None
    places = {"root": root, "models_dir": root / "models"}
    teacher = find_teacher(config, report_progress=tell, **places)
    units = read_judge_data(config, root=root, data=root / "data", report_progress=tell)
    return Workbench.open(config, units, report_progress=tell, teacher=teacher, **places)


@pytest.fixture
def student(encoder_folders):
    """The config of a judge of another encoder, with another tokenizer, that is taught."""

    def build(*, sources=SOURCES, name="student", schedule=None, **teacher):
        settings = judge_settings(
            encoder_folders["bert"], sources=sources, name=name, schedule=schedule or {}
        )
        settings["model"]["teacher"] = {"config": "teacher.toml", **teacher}
        return JudgeConfig.model_validate(settings)

    return build


@pytest.fixture
def taught(home, student):
    """What a student is taught, and the lines that were said."""

    def build(**changes):
        lines = []
        bench = open_bench(home, student(**changes), lines)
        return bench, bench.teacher_answers(), lines

    return build


def test_a_taught_judge_is_trained_and_scored_as_any_other(home, student):
    lines, points = [], []
    result = training.train_judge(
        student(name="whole", schedule={"steps": 60}),
        root=home,
        models_dir=home / "models",
        data=home / "data",
        report_progress=lines.append,
        log_metric=lambda *point: points.append(point),
    )
    assert "dev.cells.f1" in result.scores
    losses = {"exit", "about", "stance", "sentiment"}
    assert {name for _, name, _ in points} >= {f"loss.teacher.{name}" for name in losses}
    assert [entry["name"] for entry in result.data[:3]] == list(SOURCES)
    # What its teacher learned from is not known: a fit alone, as here, leaves no word of it.
    assert result.data[-1]["licence"] == "unknown"
    (said,) = [line for line in lines if "the teacher reads" in line]
    assert re.search(r"reads \d+ sentences with an issue in float32 on cpu, 0 are read", said)
    assert said.split(": about ")[1].split(";")[0].endswith(" s")


def test_what_is_taught_are_the_teachers_answers_with_cues_by_candidate(home, taught):
    bench, answers, _ = taught(name="by-candidate")
    teacher = Teacher.open(bench.teacher, report_progress=print)
    units = list(answers)
    sequences = reading.TokenSequences.of(units, teacher.parts.reader(teacher.settings))
    collator = reading.Collator(sequences)
    expected = predict_units(teacher.network, units, collator=collator, device=bench.device)
    for number, (unit, answer) in enumerate(answers.items()):
        assert answer.stances.shape == (len(unit.candidates), 4)
        assert answer.about == pytest.approx(expected.about[number], abs=1e-4)
        assert answer.stances == pytest.approx(expected.stances[number], abs=1e-4)
        assert (answer.sentiment is None) == (unit.target is None)


def test_units_without_labels_or_with_a_statement_are_taught_and_no_others(taught):
    _, answers, _ = taught(name="which")
    assert {unit.place.source for unit in answers} == set(SOURCES)
    assert all(not unit.has_gold or unit.is_labelled for unit in answers)


def test_a_source_that_is_not_taught_is_learned_from_labels_alone(home, student):
    config = student(name="untaught")
    sources = [s.model_copy(update={"taught": s.corpus != "seeds"}) for s in config.sources]
    bench = open_bench(home, config.model_copy(update={"sources": tuple(sources)}))
    assert {u.place.source for u in bench.teacher_answers()} == {"newsmtsc", "unlabelled"}


def test_the_teacher_is_asked_once_and_of_what_is_new_alone(taught):
    _, answers, lines = taught(name="again", schedule={"steps": 2})
    assert any("0 are read already" in line for line in lines)
    _, more, lines = taught(name="again")
    assert any(f"{len(answers)} are read already" in line for line in lines)
    assert all(more[unit].about == answers[unit].about for unit in answers)
    assert not any("the teacher reads" in line for line in taught(name="again")[2])


def test_a_killed_pass_goes_on_where_it_was(taught, monkeypatch):
    monkeypatch.setattr(reading, "CHUNK", 4)
    answered = reading.TeacherReading._answered
    calls = []

    def dies(self, units, collator):
        calls.append(units)
        if len(calls) == 5:  # two to measure the time, and two chunks
            raise Killed
        return answered(self, units, collator)

    monkeypatch.setattr(reading.TeacherReading, "_answered", dies)
    with pytest.raises(Killed):
        taught(name="killed")
    _, answers, lines = taught(name="killed")
    assert any("8 are read already" in line for line in lines)
    assert len(answers) > 8


def test_damaged_answers_are_asked_for_again(home, taught):
    _, answers, _ = taught(name="damaged")
    (file,) = (home / "models/cache/judges/damaged/teacher").glob("*/*.safetensors")
    file.write_bytes(file.read_bytes()[:-9])
    _, again, lines = taught(name="damaged")
    assert any(f"{file} is damaged" in line for line in lines)
    assert again.keys() == answers.keys()


def test_a_teacher_without_a_head_for_sentiment_leaves_that_to_the_labels(taught):
    _, answers, lines = taught(name="tacit-student", config="tacit.toml")
    assert any("no head for sentiment, which is learned from labels" in line for line in lines)
    assert answers
    assert not any(unit.target for unit in answers)


def test_another_teacher_is_another_fit(home, student):
    plain = open_bench(home, student())
    assert plain.key() == open_bench(home, student()).key()
    assert plain.key() != open_bench(home, student(config="tacit.toml")).key()
    assert plain.key() != open_bench(home, student(weight=0.9)).key()


def test_a_training_that_has_not_ended_is_no_secret(home, student):
    config = JudgeConfig.model_validate({**plain_settings(home), "name": "young"})
    bench = open_bench(home, config)

    def die(step, name, value):
        if step == 20:
            raise Killed

    with pytest.raises(Killed):
        bench.fit(die)
    lines = []
    open_bench(home, student(changes=('name="young"',)), lines).teacher_answers()
    assert any("is of a training that has not ended" in line for line in lines)


def plain_settings(home):
    import tomllib

    return tomllib.loads((home / "teacher.toml").read_text())


@pytest.mark.parametrize(
    ("teacher", "fault"),
    [
        (
            {"changes": ('name="nobody"', "seed=7")},
            r"model.teacher: must have a checkpoint with state.safetensors, got none in \S+nobody"
            r"/checkpoint. `standpoint train teacher.toml --set name=\"nobody\" --set seed=7` "
            r"trains it\.",
        ),
        ({"config": "none.toml"}, r"none\.toml: the config must exist"),
        (
            {"changes": ("research=true",)},
            r"model.teacher: must have learned from texts for any use, got research=true in "
            r"teacher.toml\. Take another",
        ),
        (
            {"changes": ("model.stance_width=9",)},
            r"model.teacher: must be a checkpoint of the same layers and heads, got "
            r"sentiment.0.bias of shape \(8,\), not \(9,\). Name what was changed with --set when it was trained in "
            r"model.teacher.changes\.",
        ),
    ],
    ids=["no-checkpoint", "no-config", "research", "other-widths"],
)
def test_a_teacher_that_cannot_teach_is_refused_before_anything_is_read(
    home, student, teacher, fault
):
    lines = []
    with pytest.raises(ConfigError, match=fault):
        training.train_judge(
            student(**teacher),
            root=home,
            models_dir=home / "models",
            data=home / "data",
            report_progress=lines.append,
        )
    assert lines == []


def test_a_config_of_no_judge_is_no_teacher(home, student, root):
    path = root / "configs" / "runs" / "seeds-stance-majority.toml"
    with pytest.raises(ConfigError, match=r"must be the config of a judge, got one of the kind"):
        open_bench(home, student(config=str(path)))


def test_a_teacher_without_a_head_that_every_judge_has_is_refused(home, student):
    from safetensors.torch import load_file, save_file

    trained = home / "models/cache/judges/teacher/checkpoint/state.safetensors"
    (home / "headless").mkdir()
    arrays = {name: a for name, a in load_file(trained).items() if ".exit." not in name}
    save_file(arrays, home / "headless" / "state.safetensors")
    with pytest.raises(ConfigError, match=r"got exit\.0\.bias of shape none, not \(8,\)"):
        open_bench(home, student(checkpoint="headless"))


def test_a_judge_comes_close_to_its_teacher_on_texts_without_labels(home, student):
    points = []
    schedule = {"steps": 120, "dev_every": 1000, "checkpoint_every": 1000}
    config = student(name="close", sources=("seeds", "unlabelled"), schedule=schedule)
    bench = open_bench(home, config)
    answers = bench.teacher_answers()
    units = [unit for unit in answers if not unit.has_gold]
    before, network = bench.network().eval(), bench.fit(lambda *point: points.append(point))[1]

    def distance(own):
        predicted = predict_units(own, units, collator=bench.collator, device=bench.device)
        pairs = zip(predicted.stances, (answers[unit].stances for unit in units), strict=True)
        softmaxes = ((torch.tensor(a).softmax(-1), torch.tensor(b).softmax(-1)) for a, b in pairs)
        return sum(float((a - b).abs().mean()) for a, b in softmaxes) / len(units)

    assert distance(network) < 0.6 * distance(before)
