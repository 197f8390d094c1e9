import json

import numpy as np
import pytest

from standpoint.errors import BundleError, EncoderError, NoChampionError
from standpoint.labels import LABELS
from standpoint.model.bundle_writing import write_bundle
from standpoint.model.linear import Head
from standpoint.model.registry import (
    Pointer,
    load_champion,
    load_champions,
    pointer_path,
    read_pointer,
    write_pointer,
)


@pytest.fixture(autouse=True)
def no_encoder_in_the_environment(monkeypatch):
    monkeypatch.delenv("STANDPOINT_ENCODER", raising=False)


def export(models_dir, task="stance", version=1, *, encoder=None):
    manifest = {
        "task": task,
        "labels": LABELS[task],
        "features": {"kind": "majority"},
        "encoder": encoder,
        "run_id": f"run-{version}",
        "config": "tiny",
        "created": "2025-01-01T00:00:00+00:00",
        "corpus": {},
        "scores": {},
        "note": "",
    }
    nothing = Head(np.zeros((0, 3), np.float32), np.zeros(3, np.float32), 1.0)
    write_bundle(models_dir / task / str(version), manifest=manifest, head=nothing, terms=())


def promote(models_dir, task="stance", version=1, **options):
    export(models_dir, task, version, **options)
    write_pointer(models_dir, task, Pointer(version=version))


def test_before_the_first_promotion_there_is_no_pointer(tmp_path):
    assert read_pointer(tmp_path, "stance") is None


def test_a_pointer_that_is_written_can_be_read(tmp_path):
    pointer = Pointer(version=3, before=(1, 2))
    write_pointer(tmp_path, "stance", pointer)
    assert read_pointer(tmp_path, "stance") == pointer
    assert read_pointer(tmp_path, "sentiment") is None


def test_a_pointer_is_replaced_whole_and_leaves_nothing_beside_it(tmp_path):
    write_pointer(tmp_path, "stance", Pointer(version=1))
    write_pointer(tmp_path, "stance", Pointer(version=2, before=(1,)))
    path = pointer_path(tmp_path, "stance")
    assert json.loads(path.read_text("utf-8")) == {"version": 2, "before": [1]}
    assert list(path.parent.iterdir()) == [path]


def test_a_pointer_can_be_read_by_every_user(tmp_path):
    write_pointer(tmp_path, "stance", Pointer(version=1))
    assert pointer_path(tmp_path, "stance").stat().st_mode & 0o777 == 0o644


def test_a_failed_write_leaves_no_part_behind(tmp_path):
    path = pointer_path(tmp_path, "stance")
    path.mkdir(parents=True)
    (path / "in-the-way").touch()
    with pytest.raises(OSError, match=r"champion\.json"):
        write_pointer(tmp_path, "stance", Pointer(version=1))
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"3", id="number"),
        pytest.param(b'{"version": "latest"}', id="word for a version"),
        pytest.param(b'{"version": 1, "befor": []}', id="unknown key"),
        pytest.param(b"\xff\xfe", id="not UTF-8"),
    ],
)
def test_a_pointer_that_names_no_version_is_refused(tmp_path, content):
    path = pointer_path(tmp_path, "stance")
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(BundleError) as caught:
        read_pointer(tmp_path, "stance")
    assert str(caught.value) == (
        f"{path}: must name a version, got something else. Promote a run again."
    )


def test_the_version_that_the_pointer_names_is_loaded(tmp_path):
    export(tmp_path, version=1)
    promote(tmp_path, version=2)
    champion = load_champion(tmp_path, "stance")
    assert (champion.version, champion.model.manifest.run_id) == (2, "run-2")


def test_pointing_back_serves_the_version_before(tmp_path):
    promote(tmp_path, version=1)
    promote(tmp_path, version=2)
    write_pointer(tmp_path, "stance", Pointer(version=1))
    assert load_champion(tmp_path, "stance").model.manifest.run_id == "run-1"


def test_without_a_champion_the_way_to_one_is_told(tmp_path):
    with pytest.raises(NoChampionError) as caught:
        load_champion(tmp_path, "stance")
    assert str(caught.value) == (
        f"{tmp_path}: must hold a champion of stance or a shipped model, got neither. "
        "Get the folder models/shipped of the project (git checkout -- models/shipped), run "
        "`make champion` in the project's folder, or set STANDPOINT_MODELS_DIR."
    )


def test_a_pointer_to_a_version_that_is_gone_is_told(tmp_path):
    write_pointer(tmp_path, "stance", Pointer(version=7))
    with pytest.raises(BundleError, match=r"7/manifest\.json: must exist, got no such file"):
        load_champion(tmp_path, "stance")


def test_a_stance_champion_serves_without_a_sentiment_champion(tmp_path):
    promote(tmp_path)
    champions = load_champions(tmp_path)
    assert champions.stance.version == 1
    assert champions.sentiment is None
    assert champions.encoder is None


def test_both_champions_are_loaded_each_in_its_version(tmp_path):
    promote(tmp_path, "stance", 4)
    promote(tmp_path, "sentiment", 2)
    champions = load_champions(tmp_path)
    assert (champions.stance.version, champions.sentiment.version) == (4, 2)
    assert champions.sentiment.model.task == "sentiment"


def test_a_sentiment_champion_alone_does_not_serve(tmp_path):
    promote(tmp_path, "sentiment")
    with pytest.raises(NoChampionError, match="must hold a champion of stance"):
        load_champions(tmp_path)


def test_champions_of_two_encoders_are_refused(tmp_path):
    promote(tmp_path, "stance", encoder="a" * 64)
    promote(tmp_path, "sentiment", encoder="b" * 64)
    with pytest.raises(BundleError) as caught:
        load_champions(tmp_path)
    assert str(caught.value) == (
        f"{tmp_path}: the champions must share one encoder, got {'a' * 16}, {'b' * 16}. "
        "Train both with one encoder."
    )


def test_a_champion_whose_encoder_is_missing_is_told(tmp_path):
    promote(tmp_path, encoder="a" * 64)
    with pytest.raises(EncoderError) as caught:
        load_champions(tmp_path)
    assert str(caught.value) == (
        f"{tmp_path / 'encoders'}: must hold the encoder {'a' * 16}, got none. Run `standpoint encoder`."
    )
