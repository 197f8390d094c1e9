import json
import os
import shutil
import sqlite3
from contextlib import closing

import pytest

from standpoint.errors import BundleError, RegistryError
from standpoint.model.registry import load_champion, read_pointer
from tests.end_to_end.conftest import Project
from tests.judges import write_taught
from tests.shipping import ship
from train.tracking import promotion
from train.tracking.promotion import export, promote, rollback

# MLflow warns of its own type hints.
pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("project"),
    pytest.mark.filterwarnings("ignore"),
]


@pytest.fixture
def copy(champion, tmp_path):
    """The promoted project again, for tests that break it."""
    shutil.copytree(champion.folder, tmp_path / "p", symlinks=True)
    return Project(tmp_path / "p", champion.environ)


@pytest.fixture(scope="module")
def second_run(project, champion):
    return project.train("seeds-stance", "--set", "model.weights=[0.5,0.5]", "--set", "name=second")


@pytest.fixture
def with_second(second_run, copy):
    return copy, second_run["run_id"]


def alias(project, task="stance"):
    with sqlite3.connect(project.models / "mlflow.db") as store:
        row = store.execute(
            "select version from registered_model_aliases where alias = 'champion' and name = ?",
            (task,),
        ).fetchone()
    store.close()
    return int(row[0])


def aliases(project):
    with closing(sqlite3.connect(project.models / "mlflow.db")) as store:
        rows = store.execute("select name from registered_model_aliases where alias = 'champion'")
        return sorted(name for (name,) in rows)


def test_promote_exports_the_bundle_and_sets_the_alias(champion, stance_run):
    pointer = read_pointer(champion.models, "stance")
    assert alias(champion) == pointer.version
    model = load_champion(champion.models, "stance").model
    assert model.manifest.run_id == stance_run["run_id"]


def test_rollback_returns_to_the_champion_before(with_second):
    project, run = with_second
    old = read_pointer(project.models, "stance").version
    project.standpoint("promote", run, "--force")
    new = read_pointer(project.models, "stance").version
    assert new != old
    assert load_champion(project.models, "stance").model.manifest.run_id == run
    project.standpoint("rollback")
    assert read_pointer(project.models, "stance").version == old == alias(project)
    done = project.standpoint("rollback", check=False)
    assert done.returncode == 2
    assert "must have an earlier champion to return to, got none." in done.stderr


def test_rollback_from_the_first_version_returns_to_the_shipped_model(copy, tmp_path):
    ship(copy.models, fast=write_taught(tmp_path / "shipped", run_id="shipped-run"))
    version = read_pointer(copy.models, "stance").version
    done = copy.standpoint("rollback", "--task", "stance")
    assert done.stdout == (
        f"stance: champion is the shipped model (run shipped-run), was {version}\n"
    )
    assert read_pointer(copy.models, "stance") is None
    assert load_champion(copy.models, "stance").name == "fast"
    assert aliases(copy) == ["sentiment"]
    done = copy.standpoint("rollback", "--task", "stance", check=False)
    assert (done.returncode, "got none." in done.stderr) == (2, True)


def test_promoting_again_changes_nothing(copy, stance_run):
    before = read_pointer(copy.models, "stance")
    copy.standpoint("promote", stance_run["run_id"])
    assert read_pointer(copy.models, "stance") == before


def test_a_run_that_scores_lower_needs_force(copy, project, stance_run):
    worse = project.train("seeds-stance", "--set", "model={kind='majority'}", "--set", "name=low")
    shutil.copy(project.models / "mlflow.db", copy.models / "mlflow.db")
    done = copy.standpoint("promote", worse["run_id"], check=False)
    assert done.returncode == 2
    assert "Use --force to promote it all the same." in done.stderr
    assert load_champion(copy.models, "stance").model.manifest.run_id == stance_run["run_id"]
    copy.standpoint("promote", worse["run_id"], "--force")
    assert load_champion(copy.models, "stance").model.manifest.run_id == worse["run_id"]


@pytest.mark.parametrize("step", ["load_bundle", "_register", "export", "write_pointer"])
def test_a_crash_while_promoting_leaves_the_old_champion_whole(with_second, monkeypatch, step):
    project, run = with_second
    old = load_champion(project.models, "stance")

    def crash(*_args, **_kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(promotion, step, crash)
        with pytest.raises(KeyboardInterrupt):
            promote(run, models_dir=project.models, task=None, force=True)
    assert load_champion(project.models, "stance").version == old.version
    assert promote(run, models_dir=project.models, task=None, force=True).before == old.version
    assert load_champion(project.models, "stance").model.manifest.run_id == run


def test_a_full_disk_on_export_leaves_nothing_half_written(champion, tmp_path, monkeypatch):
    bundle = champion.models / "stance" / str(read_pointer(champion.models, "stance").version)
    place = tmp_path / "stance" / "9"

    def full(_descriptor):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", full)
        with pytest.raises(RegistryError, match="must have room for the bundle, got No space"):
            export(bundle, place)
    assert list(place.parent.iterdir()) == []
    export(bundle, place)
    assert json.loads((place / "manifest.json").read_text("utf-8"))["task"] == "stance"


def test_a_damaged_export_is_replaced_by_promoting_again(copy, stance_run):
    version = read_pointer(copy.models, "stance").version
    file = copy.models / "stance" / str(version) / "part-0" / "head.safetensors"
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    with pytest.raises(BundleError, match=r"head\.safetensors: must have the sha256"):
        load_champion(copy.models, "stance")
    copy.standpoint("promote", stance_run["run_id"])
    assert load_champion(copy.models, "stance").version == version


def test_a_run_that_does_not_exist_is_named(copy):
    done = copy.standpoint("promote", "0" * 32, check=False)
    assert done.returncode == 2
    assert f"RUN: must be the whole id of a run, got {'0' * 32!r}." in done.stderr


def test_a_run_for_another_task_is_refused(copy, stance_run):
    done = copy.standpoint("promote", stance_run["run_id"], "--task", "sentiment", check=False)
    assert done.returncode == 2
    assert "must be a run for sentiment, got one for stance." in done.stderr


@pytest.mark.parametrize("verb", [("promote", "x"), ("rollback",), ("ui",)], ids=lambda v: v[0])
def test_a_missing_store_is_named(copy, verb):
    (copy.models / "mlflow.db").unlink()
    done = copy.standpoint(*verb, check=False)
    assert done.returncode == 2
    assert "the MLflow store must exist, got no such file. Run `make train`." in done.stderr


def test_a_damaged_store_is_refused_before_training(copy):
    (copy.models / "mlflow.db").write_bytes(b"not a database" * 1000)
    done = copy.standpoint("train", "configs/runs/seeds-stance.toml", check=False)
    assert done.returncode == 2
    assert "must be an MLflow store, got 'file is not a database'." in done.stderr
    assert "fitting" not in done.stderr


def test_a_locked_store_is_refused_before_training(copy):
    holder = sqlite3.connect(copy.models / "mlflow.db", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    try:
        done = copy.standpoint("train", "configs/runs/seeds-stance.toml", check=False)
    finally:
        holder.rollback()
        holder.close()
    assert done.returncode == 2
    assert "the MLflow store must be free to write, got 'database is locked'." in done.stderr
    assert "fitting" not in done.stderr


def test_rollback_without_a_champion_is_refused(copy):
    shutil.rmtree(copy.models / "stance")
    with pytest.raises(RegistryError, match="must have an earlier champion"):
        rollback(models_dir=copy.models, task="stance")
