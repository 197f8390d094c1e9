"""The known encoders: by name, by digest, and what is refused under their names."""

import json
import shutil
from dataclasses import replace

import pytest

from standpoint.errors import EncoderError
from standpoint.files import file_sha256
from train.encoders.known_encoders import (
    DEFAULT,
    KNOWN_ENCODERS,
    SOURCE_FILES,
    check_weights,
    known_by_digest,
    known_encoder,
)
from train.encoders.shape import EncoderShape


@pytest.mark.parametrize("known", KNOWN_ENCODERS, ids=lambda known: known.short_name)
def test_an_encoder_is_known_with_and_without_its_owner_and_by_its_digests(known):
    assert known_encoder(known.name) is known
    assert known_encoder(known.short_name) is known
    assert known_by_digest({**known.sha256, "config.json": "0" * 64}) is known
    assert known_by_digest(dict(list(known.sha256.items())[:1])) is None


@pytest.mark.parametrize("name", ["", "mpnet", "nobody/all-MiniLM-L6-v2", "all-minilm-l6-v2"])
def test_other_names_are_not_known(name):
    assert known_encoder(name) is None


@pytest.fixture
def folder(tiny_encoder, tmp_path):
    return shutil.copytree(tiny_encoder, tmp_path / "tiny")


@pytest.fixture
def known(tiny_encoder):
    return replace(
        DEFAULT,
        shape=EncoderShape.read(tiny_encoder / "config.json"),
        sha256={name: file_sha256(tiny_encoder / name) for name in SOURCE_FILES[:2]},
    )


def refusal(folder, known):
    with pytest.raises(EncoderError) as caught:
        check_weights(folder, known)
    return str(caught.value)


def test_the_files_themselves_pass(folder, known):
    check_weights(folder, known)


def configure(folder, **changes):
    path = folder / "config.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | changes), "utf-8")


def test_a_config_that_is_only_worded_otherwise_passes(folder, known):
    configure(folder, transformers_version="9", _name_or_path="elsewhere")
    check_weights(folder, known)


@pytest.mark.parametrize(
    ("changes", "got"),
    [
        ({"num_attention_heads": 4}, "2 layers of 16 with 4 heads (epsilon 1e-12)"),
        ({"layer_norm_eps": 0.1}, "2 layers of 16 with 2 heads (epsilon 0.1)"),
        ({"num_hidden_layers": 1}, "1 layers of 16 with 2 heads (epsilon 1e-12)"),
    ],
    ids=["heads", "epsilon", "layers"],
)
def test_a_config_that_would_change_the_graph_is_refused(folder, known, changes, got):
    configure(folder, **changes)
    assert refusal(folder, known) == (
        f"{folder / 'config.json'}: must have the sizes of {DEFAULT.name}, got {got}. It is "
        "another or a damaged file; get it again."
    )


@pytest.mark.parametrize("content", ["{", "[]", "{}"])
def test_a_config_that_says_nothing_is_refused(folder, known, content):
    (folder / "config.json").write_text(content, "utf-8")
    assert "config.json: must be a JSON object with model_type, got " in refusal(folder, known)


@pytest.mark.parametrize("name", SOURCE_FILES)
def test_a_missing_file_is_named(folder, known, name):
    (folder / name).unlink()
    assert refusal(folder, known) == (
        f"{folder}: must hold {', '.join(SOURCE_FILES)} of {DEFAULT.name}, got no {name}. "
        "Get it again."
    )


@pytest.mark.parametrize("name", SOURCE_FILES[:2])
def test_an_altered_file_is_refused_by_its_digest(folder, known, name):
    with (folder / name).open("ab") as file:
        file.write(b" ")
    assert f"{name}: must have the sha256 {known.sha256[name][:16]}…, got " in refusal(
        folder, known
    )
