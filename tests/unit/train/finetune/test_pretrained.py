"""Where the weights of an encoder come from, and which are refused before anything is learned."""

import json
import shutil

import pytest
from safetensors.numpy import load_file, save_file

from standpoint.errors import EncoderError
from standpoint.files import file_sha256
from train.config.model import Source
from train.encoders.shape import ARCHITECTURES
from train.finetune.pretrained import find_weights, open_torch

pytestmark = pytest.mark.xdist_group("finetune")  # one worker loads torch

FILES = "model.safetensors, tokenizer.json, config.json"


def found(name, tmp_path, *, revision=None, said=None):
    source = Source(name=str(name), revision=revision)
    say = [].append if said is None else said.append
    return find_weights(source, root=tmp_path, cache=tmp_path / "kept", report_progress=say)


def refused(name, tmp_path, **more):
    with pytest.raises(EncoderError) as caught:
        found(name, tmp_path, **more)
    return str(caught.value)


@pytest.fixture
def copied(tiny_encoder, tmp_path):
    """A copy of the small encoder, to change."""
    return shutil.copytree(tiny_encoder, tmp_path / "copied")


def configure(folder, **changes):
    path = folder / "config.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | changes), "utf-8")


def test_a_folder_is_taken_as_it_is(tiny_encoder, tmp_path):
    weights = found(tiny_encoder, tmp_path)
    assert weights.folder == tiny_encoder
    assert weights.sha256 == {name: file_sha256(tiny_encoder / name) for name in FILES.split(", ")}
    assert weights.max_tokens() == 64
    assert not (tmp_path / "kept").exists()


def test_a_folder_below_the_projects_goes_before_the_hub(copied, tmp_path):
    assert found("copied", tmp_path).folder == copied
    assert found("./copied", tmp_path).folder == copied


def test_positions_that_count_from_the_padding_are_not_there_for_tokens(tiny_encoders, tmp_path):
    assert found(tiny_encoders("roberta"), tmp_path).max_tokens() == 63


@pytest.mark.parametrize("revision", [None, "v1"])
def test_without_a_network_a_name_of_the_hub_is_refused_with_what_to_do(tmp_path, revision):
    said = []
    message = refused("nobody/no-such-encoder", tmp_path, revision=revision, said=said)
    assert message == (
        "model.encoder.name: 'nobody/no-such-encoder' must be available from the model hub, got no "
        "answer. Without a network, download it elsewhere and name its folder."
    )
    assert said == ["encoder: getting nobody/no-such-encoder from the model hub"]
    assert list((tmp_path / "kept").iterdir()) == []


@pytest.mark.parametrize("name", ["one/two/three", "an encoder"])
def test_what_is_no_name_of_the_hub_is_refused(tmp_path, name):
    assert refused(name, tmp_path) == (
        f"model.encoder.name: {name!r} must be on the model hub or a folder, got neither. "
        "Look at its spelling; a private one needs HF_TOKEN."
    )


def test_what_was_fetched_once_is_taken_without_a_network(tiny_encoder, tmp_path):
    shutil.copytree(tiny_encoder, tmp_path / "kept" / "nobody--small@v1")
    taken = found("nobody/small", tmp_path, revision="v1").sha256["model.safetensors"]
    assert taken == file_sha256(tiny_encoder / "model.safetensors")
    assert "got no answer" in refused("nobody/small", tmp_path)


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    assert refused("./none", tmp_path) == (
        f"model.encoder.name: must be a folder with {FILES}, or a name on the model hub, "
        "got no such folder at './none'. Look at its spelling."
    )


@pytest.mark.parametrize("name", FILES.split(", "))
def test_a_folder_without_one_of_its_files_is_refused_by_its_name(copied, tmp_path, name):
    (copied / name).unlink()
    assert f", got one without {name} at " in refused(copied, tmp_path)


def test_an_empty_folder_is_refused(tmp_path):
    (tmp_path / "empty").mkdir()
    assert f"got one without {FILES} at 'empty'. Look" in refused("empty", tmp_path)


def test_an_encoder_of_another_architecture_is_refused(copied, tmp_path):
    configure(copied, model_type="deberta-v2")
    assert refused(copied, tmp_path) == (
        f"model.encoder.name: must be an encoder of the type {', '.join(ARCHITECTURES)}, "
        f"got 'deberta-v2' at {str(copied)!r}. Choose another."
    )


@pytest.mark.parametrize("content", ["{", "[]"])
def test_a_config_that_is_no_object_is_refused(copied, tmp_path, content):
    (copied / "config.json").write_text(content, "utf-8")
    message = refused(copied, tmp_path)
    assert message.startswith(f"{copied / 'config.json'}: must be a JSON object, got ")
    assert message.endswith(". Get the encoder again, or choose another.")


def test_what_the_graph_cannot_compute_is_refused_before_it_is_trained(copied, tmp_path):
    configure(copied, hidden_act="relu")
    assert refused(copied, tmp_path) == (
        "config.json: hidden_act must be gelu, got 'relu'. Choose another encoder."
    )


def cut(path):
    path.write_bytes(path.read_bytes()[:500])


def without_a_layer(path):
    arrays = {name: array for name, array in load_file(path).items() if ".layer.1." not in name}
    save_file(arrays, path, metadata={"format": "pt"})


def with_fewer_words(path):
    table = "embeddings.word_embeddings.weight"
    arrays = load_file(path)
    save_file({**arrays, table: arrays[table][:5].copy()}, path, metadata={"format": "pt"})


@pytest.mark.parametrize(
    ("spoil", "got"),
    [
        (cut, "got Error while deserializing header: "),
        (without_a_layer, "got none of that shape for encoder.layer.1.attention.output.LayerNorm"),
        (with_fewer_words, "got none of that shape for embeddings.word_embeddings.weight at "),
    ],
    ids=["cut", "a layer missing", "another vocabulary"],
)
def test_weights_that_are_not_those_of_the_config_are_refused(copied, tmp_path, spoil, got):
    spoil(copied / "model.safetensors")
    with pytest.raises(EncoderError) as caught:
        open_torch(found(copied, tmp_path))
    message = str(caught.value)
    assert message.startswith(
        f"model.encoder.name: must have the weights that its config.json says, {got}"
    )
    assert message.endswith(f"at {str(copied)!r}. Get the encoder again, or choose another.")
