"""Which encoder is found where several lie side by side."""

import json

import pytest

from standpoint.errors import EncoderError
from standpoint.model.encoder_folder import (
    DEFAULT_ENCODER,
    describe_encoder,
    encoder_folders,
    find_encoder,
)


@pytest.fixture(autouse=True)
def no_named_folder(monkeypatch):
    monkeypatch.delenv("STANDPOINT_ENCODER", raising=False)


def write_folder(models, name, *, graph):
    """An encoder folder with a graph that nobody opens; returns its digest."""
    scratch = models / "encoders" / "new"
    scratch.mkdir(parents=True)
    (scratch / "graph.onnx").write_text(graph, "utf-8")
    (scratch / "tokenizer.json").write_text("{}", "utf-8")
    digest = describe_encoder(scratch, name=name, source={})
    scratch.rename(models / "encoders" / digest[:16])
    return digest


def test_without_a_digest_the_default_is_found_beside_others(tmp_path):
    write_folder(tmp_path, "nobody/other", graph="a")
    digest = write_folder(tmp_path, DEFAULT_ENCODER, graph="b")
    write_folder(tmp_path, "sentence-transformers/all-mpnet-base-v2", graph="c")
    assert find_encoder(tmp_path).digest == digest
    assert len(encoder_folders(tmp_path)) == 3
    assert len(encoder_folders(tmp_path, name="nobody/other")) == 1


def test_with_a_digest_any_of_them_is_found(tmp_path):
    write_folder(tmp_path, DEFAULT_ENCODER, graph="a")
    digest = write_folder(tmp_path, "nobody/other", graph="b")
    assert find_encoder(tmp_path, digest=digest).digest == digest


def test_another_encoder_never_stands_in_for_the_default(tmp_path):
    write_folder(tmp_path, "nobody/other", graph="a")
    with pytest.raises(EncoderError) as caught:
        find_encoder(tmp_path)
    assert str(caught.value) == (
        f"{tmp_path / 'encoders'}: must hold the encoder {DEFAULT_ENCODER}, got none. "
        "Run `standpoint encoder`."
    )


def test_two_builds_of_the_default_are_refused_with_both(tmp_path):
    digests = sorted(write_folder(tmp_path, DEFAULT_ENCODER, graph=graph) for graph in "ab")
    with pytest.raises(EncoderError) as caught:
        find_encoder(tmp_path)
    assert str(caught.value) == (
        f"{tmp_path / 'encoders'}: must hold {DEFAULT_ENCODER} once, got "
        f"{', '.join(digest[:16] for digest in digests)}. Set STANDPOINT_ENCODER to one."
    )


@pytest.mark.parametrize("content", ["{", "[]", json.dumps({"files": {}})])
def test_a_folder_that_does_not_say_what_it_is_is_refused_and_not_passed_over(tmp_path, content):
    digest = write_folder(tmp_path, DEFAULT_ENCODER, graph="a")
    (tmp_path / "encoders" / digest[:16] / "encoder.json").write_text(content, "utf-8")
    with pytest.raises(EncoderError, match=r"must list the sums of graph\.onnx"):
        find_encoder(tmp_path)
