"""``standpoint encoder NAME``: an encoder from a folder, and names that it refuses."""

import json
import shutil

import numpy as np
import pytest

from standpoint.cli.main import main
from standpoint.model.encoder_folder import open_encoder
from tests.tiny import N_LAYERS, OWN, write_fp32

pytestmark = pytest.mark.xdist_group("finetune")  # one worker loads torch

TEXT = "Russia rejected the talks at length in the old town hall of the capital, zebra, on Monday!"


@pytest.fixture
def models(tmp_path, monkeypatch):
    monkeypatch.setenv("STANDPOINT_MODELS_DIR", str(tmp_path / "models"))
    monkeypatch.delenv("STANDPOINT_ENCODER", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "models"


@pytest.mark.parametrize("kind", ["bert", "roberta", *OWN])
def test_an_encoder_in_a_folder_is_built(tiny_encoders, kind, models, tmp_path, capsys):
    source = tiny_encoders(kind)
    assert main(["encoder", str(source)]) == 0
    (folder,) = (models / "encoders").iterdir()
    assert capsys.readouterr().out == f"encoder {folder.name} in {folder}\n"
    described = json.loads((folder / "encoder.json").read_text("utf-8"))
    assert described["name"] == str(source)
    assert sorted(described["source"]) == ["config.json", "model.safetensors", "tokenizer.json"]
    found = open_encoder(folder).encode(TEXT, layers=(N_LAYERS,)).layers[0]
    exact = write_fp32(source, tmp_path / "fp32").encode(TEXT, layers=(N_LAYERS,)).layers[0]
    lengths = np.linalg.norm(found, axis=1) * np.linalg.norm(exact, axis=1)
    assert ((found * exact).sum(axis=1) / lengths).min() > 0.99


def test_the_same_folder_twice_is_one_encoder(tiny_encoder, models, capsys):
    for _ in range(2):
        assert main(["encoder", str(tiny_encoder)]) == 0
    assert len(list((models / "encoders").iterdir())) == 1


def test_encoders_lie_side_by_side(tiny_encoders, models):
    for kind in ("bert", "mpnet"):
        assert main(["encoder", str(tiny_encoders(kind))]) == 0
    assert len(list((models / "encoders").iterdir())) == 2


def refusal(words, capsys):
    assert main(words) == 2
    return capsys.readouterr().err.splitlines()[-1]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("mpnet", ""),
        ("all-mpnet-base", " Did you mean 'all-mpnet-base-v2'?"),
        ("all-minilm-l6-v2", " Did you mean 'all-MiniLM-L6-v2'?"),
        ("", ""),
    ],
)
def test_an_unknown_name_is_refused_with_the_known_ones(models, capsys, name, hint):
    assert refusal(["encoder", name], capsys) == (
        "NAME: must be all-MiniLM-L6-v2, all-mpnet-base-v2, another name on the model hub as "
        f"owner/name, or a folder, got {name!r}.{hint}"
    )
    assert not models.exists()


@pytest.mark.parametrize("name", ["x" * 300, "x" * 300 + "/y"])
def test_a_name_that_is_too_long_for_a_file_is_refused_as_any_other(models, capsys, name):
    assert refusal(["encoder", name], capsys).startswith("NAME: ")


def test_a_name_of_the_hub_without_a_network_is_refused_with_what_to_do(models, capsys):
    assert refusal(["encoder", "nobody/nothing"], capsys) == (
        "NAME: 'nobody/nothing' must be available from the model hub, got no answer. "
        "Without a network, download it elsewhere and name its folder."
    )


def test_a_folder_that_is_not_there_is_refused(models, capsys):
    assert refusal(["encoder", "./none"], capsys) == (
        "NAME: must be a folder with model.safetensors, tokenizer.json, config.json, or a name on "
        "the model hub, got no such folder at './none'. Look at its spelling."
    )


def test_an_architecture_that_is_not_supported_is_refused_with_those_that_are(
    tiny_encoder, models, tmp_path, capsys
):
    copied = shutil.copytree(tiny_encoder, tmp_path / "copied")
    config = json.loads((copied / "config.json").read_text("utf-8"))
    (copied / "config.json").write_text(json.dumps(config | {"model_type": "deberta-v2"}), "utf-8")
    assert refusal(["encoder", "./copied"], capsys) == (
        "NAME: must be an encoder of the type bert, roberta, xlm-roberta, camembert, distilbert, "
        "electra, mpnet, got 'deberta-v2' at './copied'. Choose another."
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"no weights", "model.safetensors: must be weights as safetensors, got "),
        (
            None,
            "model.safetensors: must have the weights embeddings.word_embeddings.weight, got no",
        ),
    ],
    ids=["no safetensors", "no arrays"],
)
def test_weights_that_cannot_be_read_leave_nothing_behind(
    tiny_encoder, models, tmp_path, capsys, content, said
):
    copied = shutil.copytree(tiny_encoder, tmp_path / "copied")
    empty = (2).to_bytes(8, "little") + b"{}"
    (copied / "model.safetensors").write_bytes(empty if content is None else content)
    assert said in refusal(["encoder", str(copied)], capsys)
    assert list((models / "encoders").iterdir()) == []
