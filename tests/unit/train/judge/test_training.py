"""The training of a judge: what it leaves, and how it goes on after it was stopped."""

import itertools
import re
import shutil

import pytest
import torch

from standpoint.errors import CheckpointError, ConfigError, TrainingError
from standpoint.judge import IssueText, Judge, SentenceText, TargetQuery
from standpoint.text import Span
from tests.tiny import write_encoder
from train.finetune.device import available_precision
from train.judge import calibration, fitting
from train.judge.epochs import SourcePools
from train.judge.learned_data import data_entries
from train.judge.sources import read_judge_data
from train.judge.training import train_judge
from train.judge.workbench import Workbench

pytestmark = pytest.mark.xdist_group("finetune")  # one worker loads torch


class Killed(BaseException):
    """Ends a training as a signal would."""


def fit(bench, *, kill_at=None):
    """Train, and die in a step if asked; the weights."""

    def log(step, name, value):
        if step == kill_at:
            raise Killed

    _, network = bench.fit(log)
    return {name: array.clone() for name, array in network.state_dict().items()}


@pytest.mark.parametrize("kind", ["mpnet", "bert"])
def test_a_judge_is_trained_scored_and_exported(
    judge_project, judge_config, tmp_path, monkeypatch, kind
):
    # All of so small a project is asked about: the few most relevant units have a statement.
    monkeypatch.setattr(calibration, "JUDGED_SHARE", 1.0)
    monkeypatch.setattr(calibration, "CANDIDATE_SHARE", 1.0)
    lines, points = [], []
    result = train_judge(
        judge_config(kind=kind, schedule={"steps": 90}),
        root=judge_project,
        models_dir=tmp_path,
        data=judge_project / "data",
        report_progress=lines.append,
        log_metric=lambda *point: points.append(point),
    )
    assert result.score == result.scores["dev.cells.f1"] > 0.5  # its few sentences are learned
    assert {"dev.no_cues.cells.f1", "export.int8.mean_difference"} <= result.scores.keys()
    assert result.scores["export.fp32.largest_difference"] < 1e-3
    losses = {"loss.exit", "loss.about", "loss.stance"}
    assert {name for _, name, _ in points} >= {*losses, "dev.cells.f1", "dev.exit.recall.0.18"}
    assert {"dev.exit.recall.0.18", "dev.about.recall.0.18"} <= result.scores.keys()
    assert 0 <= result.settings.about_floor < 1
    assert sum("90 steps of 8 units" in line for line in lines) == 1
    names = {file.name for file in result.files.iterdir()}
    assert names == {*result.settings.graphs, "tokenizer.json"}
    Judge(result.files, result.settings).open()
    assert result.settings.temperature > 0
    assert 1 <= result.settings.max_issues <= 2


def test_a_judge_of_all_tasks_is_trained_scored_and_exported(pair_project, judge_config, tmp_path):
    lines, points = [], []
    result = train_judge(
        judge_config(sources=("seeds", "seeds-sentiment", "newsmtsc", "vast"), research=True),
        root=pair_project,
        models_dir=tmp_path,
        data=pair_project / "data",
        report_progress=lines.append,
        log_metric=lambda *point: points.append(point),
    )
    assert result.settings.sentiment.graph in {file.name for file in result.files.iterdir()}
    assert result.settings.sentiment.temperature != 1
    scored = {"dev.newsmtsc.rw_dev.f1_macro", "dev.newsmtsc.mt_dev.f1_macro"}
    assert scored <= {name for _, name, _ in points}
    assert {*scored, "export.int8.sentiment.f1_macro"} <= result.scores.keys()
    assert result.scores["export.fp32.largest_difference"] < 1e-3
    assert [entry["licence"] for entry in result.data][-1] == "CC0-1.0, research"
    judge = Judge(result.files, result.settings)
    sentence = judge.read_sentence(SentenceText("Iran praised the dam."))
    query = TargetQuery((Span(17, 20),), (Span(0, 4),))
    answers = judge.sentiment(sentence, judge.read_issue(IssueText("dam")), [query])
    assert answers.shape == (1, 3)


def test_a_source_that_is_left_out_is_no_data_of_the_judge(pair_project, judge_config):
    config = judge_config(sources=("seeds", "vast"))
    data = pair_project / "data"
    units = read_judge_data(config, root=pair_project, data=data, report_progress=print)
    pools = [SourcePools.of(source) for source in units.sources]
    assert [entry["name"] for entry in data_entries(config, pools)] == ["seeds"]


def test_a_killed_training_goes_on_to_the_same_weights(open_bench, tmp_path):
    whole = fit(open_bench()[0])
    shutil.rmtree(tmp_path / "cache" / "judges")
    with pytest.raises(Killed):
        fit(open_bench()[0], kill_at=20)
    again, lines = open_bench()
    resumed = fit(again)
    assert any("going on after step 14 of 24" in line for line in lines)
    assert all(torch.equal(whole[name], resumed[name]) for name in whole)


def test_a_training_killed_while_it_writes_goes_on_from_the_checkpoint_before(open_bench):
    with pytest.raises(Killed):
        fit(open_bench()[0], kill_at=20)
    again, lines = open_bench()
    # As a signal leaves them: between the two renames of a checkpoint, half of it written.
    (again.folder / "checkpoint").rename(again.folder / ".checkpoint-last")
    half = again.folder / ".a1b2.part" / "checkpoint"
    half.mkdir(parents=True)
    (half / "state.safetensors").write_bytes(b"half")
    fit(again)
    assert any("going on after step 14 of 24" in line for line in lines)
    assert {file.name for file in again.folder.iterdir()} == {"checkpoint"}


@pytest.mark.parametrize("name", ["state.json", "state.safetensors"])
def test_a_damaged_checkpoint_is_refused_with_what_to_do(open_bench, name):
    bench, _ = open_bench()
    fit(bench)
    file = bench.folder / "checkpoint" / name
    file.write_bytes(file.read_bytes()[:-9])
    with pytest.raises(CheckpointError, match=r"must be a whole checkpoint, .* Delete the folder"):
        fit(open_bench()[0])


def test_a_finished_training_is_not_repeated(open_bench):
    whole = fit(open_bench()[0])
    again, lines = open_bench()
    repeated = fit(again)
    assert any("going on after step 24 of 24" in line for line in lines)
    assert all(torch.equal(whole[name], repeated[name]) for name in whole)


@pytest.mark.parametrize(
    "changes",
    [{"seed": 4}, {"schedule": {"steps": 25}}, {"sources": ("seeds", "contrast")}],
    ids=str,
)
def test_a_checkpoint_of_another_config_is_refused(open_bench, judge_config, changes):
    fit(open_bench()[0])
    with pytest.raises(CheckpointError, match="must be a checkpoint of this config, data and seed"):
        fit(open_bench(judge_config(**changes))[0])


def test_more_frequent_checkpoints_are_no_other_config(open_bench, judge_config):
    fit(open_bench()[0])
    fit(open_bench(judge_config(schedule={"checkpoint_every": 3}))[0])


def test_a_full_disk_keeps_the_last_checkpoint(open_bench, monkeypatch, tmp_path):
    calls = itertools.count()
    write = fitting.save_progress

    def full(folder, *args, **options):
        if next(calls):
            folder = tmp_path / "file" / "checkpoint"
        write(folder, *args, **options)

    (tmp_path / "file").write_text("")
    monkeypatch.setattr(fitting, "save_progress", full)
    with pytest.raises(TrainingError, match="must have room to write what was learned"):
        fit(open_bench()[0])
    monkeypatch.setattr(fitting, "save_progress", write)
    bench, lines = open_bench()
    fit(bench)
    assert any("going on after step 7" in line for line in lines)


def test_a_batch_that_does_not_fit_names_one_that_does(open_bench, monkeypatch):
    step = fitting.JudgeTrainer._backward

    def small(self, batch):
        if len(batch.ids) > 2:
            raise RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried 9 bytes")
        return step(self, batch)

    monkeypatch.setattr(fitting.JudgeTrainer, "_backward", small)
    with pytest.raises(ConfigError, match=r"model.schedule.batch: .* got 8, .* A batch of 2 fits"):
        fit(open_bench()[0])


def test_memory_that_runs_out_after_the_last_step_loses_nothing(
    judge_project, judge_config, tmp_path, monkeypatch
):
    def train():
        places = {"root": judge_project, "models_dir": tmp_path, "data": judge_project / "data"}
        return train_judge(judge_config(), **places, report_progress=lines.append)

    def full(self, network):
        raise RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried 9 bytes")

    lines = []
    with monkeypatch.context() as patch:
        patch.setattr(Workbench, "score", full)
        with pytest.raises(TrainingError, match=r"it ran out\. The training is kept"):
            train()
    train()
    assert any("going on after step 24 of 24" in line for line in lines)


@pytest.mark.parametrize(
    ("flags", "precision"),
    [("fpu avx2", "float32"), ("avx512f avx512_vnni", "float32"), ("avx512_bf16", "bfloat16")],
)
def test_a_processor_without_bfloat16_trains_in_float32(tmp_path, flags, precision):
    cpuinfo = tmp_path / "cpuinfo"
    cpuinfo.write_text(f"flags : {flags}\n")
    assert available_precision("cpu", "bfloat16", cpuinfo=cpuinfo) == precision
    assert available_precision("cpu", "float32", cpuinfo=cpuinfo) == "float32"
    assert available_precision("cpu", "bfloat16", cpuinfo=tmp_path / "none") == "float32"


def test_a_loss_that_is_no_number_is_said_with_its_step(open_bench):
    bench, _ = open_bench()
    with torch.no_grad():
        bench.parts.arrays["encoder.layer.1.output.dense.bias"][0] = float("inf")
    with pytest.raises(TrainingError, match=r"in step 1 of 24\. There is no checkpoint yet"):
        fit(bench)


def test_an_encoder_without_a_second_stage_is_refused(open_bench, judge_config):
    config = judge_config()
    model = config.model.model_copy(update={"split": 2})
    fault = "model.split: must be less than the 2 layers that are used, got 2."
    with pytest.raises(ConfigError, match=re.escape(fault)):
        open_bench(config.model_copy(update={"model": model}))


def test_more_layers_than_an_encoder_has_are_refused(open_bench, judge_config):
    config = judge_config()
    model = config.model.model_copy(update={"layers": 3})
    fault = "model.layers: must be at most the encoder's 2 layers, got 3."
    with pytest.raises(ConfigError, match=re.escape(fault)):
        open_bench(config.model_copy(update={"model": model}))


def test_a_judge_may_use_the_lowest_layers_of_its_encoder_alone(open_bench, judge_config, tmp_path):
    encoder = write_encoder(tmp_path / "deep", kind="mpnet", hidden_size=32, num_hidden_layers=3)
    config = judge_config()
    model = {**config.model.model_dump(), "encoder": str(encoder), "layers": 2}
    config = config.model_copy(update={"model": type(config.model).model_validate(model)})
    bench, _ = open_bench(config)
    network = bench.parts.network(config.model, seed=1)
    assert len(network.encoder.layers) == 2
    assert bench.export(network)["export.fp32.largest_difference"] < 1e-4
