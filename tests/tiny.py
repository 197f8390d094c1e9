"""A small random encoder, a small table to learn from, and a config that does so in seconds."""

import json
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

HOLDERS = ("Iran", "Chile", "Russia", "Peru")
VERBS = {"favor": "praised", "against": "rejected", "none": "mentioned"}
TARGETS = ("the talks", "the plan", "the deal", "the dam")
ENDS = ("on Monday", "with envoys", "at length in the old town hall of the capital")
LEFT_OUT = "zebra"  # a word that is not in the vocabulary
WORDS = sorted({word.lower() for words in (HOLDERS, VERBS.values(), TARGETS, ENDS)
                for some in words for word in some.split()} | set(".,!"))  # fmt: skip
OWN = {
    "electra": {"embedding_size": 8},
    "distilbert": {"dim": 16, "n_layers": 2, "n_heads": 2, "hidden_dim": 32},
    "mpnet": {"pad_token_id": 1},
}
WIDTH, N_LAYERS, N_POSITIONS = 16, 2, 64
BERT = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")
MPNET = ("<s>", "<pad>", "</s>", "[UNK]")  # its padding is always token 1


def write_encoder(folder: Path, *, kind: str = "bert", seed: int = 0, **changes: Any) -> Path:
    """Write an encoder as the model hub has them: random weights, and a word for each token."""
    import torch
    from transformers import AutoConfig, AutoModel

    from train.finetune.pretrained import quiet

    folder.mkdir(parents=True)
    config = AutoConfig.for_model(
        kind,
        **{
            "vocab_size": 4 + len(WORDS),
            "hidden_size": WIDTH,
            "num_hidden_layers": N_LAYERS,
            "num_attention_heads": 2,
            "intermediate_size": 32,
            "max_position_embeddings": N_POSITIONS,
            "pad_token_id": 0,
            "initializer_range": 0.2,
            **OWN.get(kind, {}),
            **changes,
        },
    )
    with torch.random.fork_rng(), quiet():
        torch.manual_seed(seed)
        AutoModel.from_config(config).save_pretrained(folder)
    write_tokenizer(folder / "tokenizer.json", special=MPNET if kind == "mpnet" else BERT)
    return folder


def write_tokenizer(path: Path, *, special: tuple[str, ...]) -> None:
    """Write a tokenizer of whole words in lower case; its first and last tokens are special."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

    first, last = (name for name in special if name in ("[CLS]", "[SEP]", "<s>", "</s>"))
    vocabulary = {word: number for number, word in enumerate([*special, *WORDS])}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{first} $A {last}",
        special_tokens=[(name, vocabulary[name]) for name in (first, last)],
    )
    tokenizer.save(str(path))


def write_fp32(source: Path, folder: Path) -> Any:
    """Write a folder with the graph of an encoder in 32 bits, as serving reads one; gives it."""
    from safetensors.numpy import load_file

    from standpoint.model.encoder import Encoder
    from train.encoders.onnx_graph import write_graph
    from train.encoders.shape import EncoderShape
    from train.encoders.weight_names import as_bert

    folder.mkdir(parents=True)
    config = json.loads((source / "config.json").read_text("utf-8"))
    weights = as_bert(load_file(source / "model.safetensors"), config)
    write_graph(weights, EncoderShape.of(config), folder / "graph.onnx")
    shutil.copyfile(source / "tokenizer.json", folder / "tokenizer.json")
    return Encoder(folder, digest="a" * 64, max_tokens=N_POSITIONS)


def torch_encoder(source: Path) -> Any:
    """The encoder as torch has it."""
    from train.finetune.pretrained import Weights, open_torch

    return open_torch(Weights(source, "tiny", "0" * 64))


def tokenizer_of(source: Path, *, max_tokens: int = N_POSITIONS) -> Any:
    """A reader with the encoder's tokenizer."""
    from tokenizers import Tokenizer

    from train.finetune.batches import CachedTokenizer

    return CachedTokenizer(
        Tokenizer.from_file(str(source / "tokenizer.json")), max_tokens=max_tokens
    )


def rows(*, labels: dict[str, str] | None = None) -> Iterator[dict[str, Any]]:
    """Rows of a table whose verb says the label: a holder, a target, and twelve groups."""
    number = 0
    for end in ENDS:
        for target in TARGETS:
            for holder in HOLDERS:
                for label, verb in VERBS.items():
                    text = f"{holder} {verb} {target} {end}."
                    at = text.index(target)
                    yield {
                        "text": text,
                        "label": (labels or {}).get(label, label),
                        "holder_start": 0,
                        "holder_end": len(holder),
                        "target_start": at,
                        "target_end": at + len(target),
                        "group": f"g{number // 12}",
                    }
                    number += 1


def write_table(path: Path, *, labels: dict[str, str] | None = None) -> Path:
    """Write the rows as JSON Lines."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows(labels=labels)), "utf-8")
    return path


def table_of(path: Path, *, labels: Iterable[str] = VERBS) -> dict[str, Any]:
    """The ``[data]`` of a config for a table of `write_table`."""
    spans = [f"{role}_{end}" for role in ("holder", "target") for end in ("start", "end")]
    return {
        "corpus": "table",
        "path": str(path),
        "licence": "CC0-1.0",
        "columns": {name: name for name in ("text", "label", "group", *spans)},
        "labels": {label: label for label in labels},
    }


def finetuned(encoder: Path, **changes: Any) -> dict[str, Any]:
    """The ``[model]`` of a config that learns the rows in a second or two."""
    return {
        "kind": "finetuned",
        "encoder": {"name": str(encoder)},
        "layers": [1, 2],
        "holder": True,
        "between": True,
        "products": False,
        "dropout": 0.1,
        "device": "cpu",
        "precision": "float32",
        "schedule": {
            "epochs": 2,
            "batch": 8,
            "learning_rate": 3e-3,
            "head_learning_rate": 3e-2,
        },
        **changes,
    }


def toml_of(settings: dict[str, Any]) -> str:
    """A config as TOML, each key on a line of its own."""
    return "".join(f"{key} = {_toml(value)}\n" for key, value in settings.items())


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_toml(key)} = {_toml(own)}" for key, own in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value)


def run_config(table: Path, *, model: Any) -> Any:
    """A config that cross-validates a model on a table of stances."""
    from train.config.schema import RunConfig

    return RunConfig.model_validate(
        {
            "name": "tiny",
            "task": "stance",
            "seed": 13,
            "refit": False,
            "data": table_of(table),
            "protocol": {"kind": "k_fold", "k": 2},
            "model": model,
            "scoring": {"metric": "f1_macro", "bootstrap": 100},
        }
    )
