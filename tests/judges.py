"""Small judges: random weights, or weights that a few words of a sentence decide."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from standpoint.judge import ANSWERS, HOLDER_FEATURES, JudgeSettings
from standpoint.judge.settings import SentimentSettings
from standpoint.model import load_bundle
from standpoint.model.bundle_writing import write_judge
from tests.tiny import BERT

WIDTH = 8
SETTINGS: dict[str, Any] = {
    "split": 1, "max_issues": 9, "min_relevance": 0.0, "statement_floor": 0.5,
}  # fmt: skip
FILES = ("stage-one.onnx", "exit.onnx", "stage-two.onnx", "tokenizer.json")
SENTIMENT = "sentiment.onnx"
SIDES = {"backs": "favor", "opposes": "against", "mentions": "none", "attends": "not"}
"""What the judge of `taught_judge` answers to a sentence with one of these words."""


def settings(**changes: Any) -> JudgeSettings:
    return JudgeSettings.model_validate({**SETTINGS, **changes})


def write_tokenizer(path: Path, words: Sequence[str]) -> None:
    """Write a tokenizer of whole words in lower case; another word is ``[UNK]``."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

    vocabulary = {word: number for number, word in enumerate([*BERT, *words])}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    tokenizer.save(str(path))


def write_first(path: Path, embeddings: np.ndarray) -> None:
    """Write a graph that gives each token its row of a table."""
    from onnx import TensorProto, helper

    _save(
        path,
        [helper.make_node("Gather", ["table", "input_ids"], ["layer_1"])],
        inputs={"input_ids": (TensorProto.INT64, ["n"])},
        outputs={"layer_1": ["n", embeddings.shape[1]]},
        arrays={"table": embeddings},
    )


def write_exit(path: Path, weight: np.ndarray) -> None:
    """Write a graph whose logit is linear in the mean of all tokens, those of the issue too.

    Parameters
    ----------
    weight : of shape (width, 1)
    """
    from onnx import TensorProto, helper

    _save(
        path,
        [
            helper.make_node("ReduceMean", ["states"], ["mean"], axes=[0], keepdims=1),
            helper.make_node("MatMul", ["mean", "weight"], ["row"]),
            helper.make_node("ReduceSum", ["row"], ["about"], keepdims=0),
        ],
        inputs={"states": (TensorProto.FLOAT, ["n", len(weight)])},
        outputs={"about": []},
        arrays={"weight": weight},
    )


def write_second(path: Path, weights: Mapping[str, np.ndarray], *, n_answers: int = 4) -> None:
    """Write a graph that is linear in the means of sentence and holder, and in the features.

    Parameters
    ----------
    weights : ``mean``, ``holder`` and ``features``, each with ``n_answers`` columns; ``bias``;
        ``about`` of shape (width, 1)
    """
    from onnx import TensorProto, helper

    def node(operator: str, inputs: list[str], output: str, **options: Any) -> Any:
        return helper.make_node(operator, inputs, [output], **options)

    width = len(weights["mean"])
    nodes = [
        node("Equal", ["segments", "zero"], "is_sentence"),
        node("Cast", ["is_sentence"], "sentence_mask", to=TensorProto.FLOAT),
        node("Unsqueeze", ["sentence_mask", "axis_0"], "sentence_row"),
        node("MatMul", ["sentence_row", "states"], "sentence_sum"),
        node("ReduceSum", ["sentence_row", "axis_1"], "n_sentence", keepdims=1),
        node("Div", ["sentence_sum", "n_sentence"], "sentence_mean"),
        node("MatMul", ["holders", "states"], "holder_sum"),
        node("ReduceSum", ["holders", "axis_1"], "n_holder", keepdims=1),
        node("Div", ["holder_sum", "n_holder"], "holder_mean"),
        node("MatMul", ["sentence_mean", "mean"], "by_mean"),
        node("MatMul", ["holder_mean", "holder"], "by_holder"),
        node("MatMul", ["features", "features_weight"], "by_features"),
        node("Add", ["by_holder", "by_features"], "by_own"),
        node("Add", ["by_own", "by_mean"], "by_all"),
        node("Add", ["by_all", "bias"], "stance"),
        node("MatMul", ["sentence_mean", "about_weight"], "about_row"),
        node("ReduceSum", ["about_row"], "about", keepdims=0),
    ]
    _save(
        path,
        nodes,
        inputs={
            "states": (TensorProto.FLOAT, ["n", width]),
            "segments": (TensorProto.INT64, ["n"]),
            "holders": (TensorProto.FLOAT, ["h", "n"]),
            "features": (TensorProto.FLOAT, ["h", len(weights["features"])]),
        },
        outputs={"about": [], "stance": ["h", n_answers]},
        arrays={
            **{name: weights[name] for name in ("mean", "holder", "bias")},
            "features_weight": weights["features"],
            "about_weight": weights["about"],
            "zero": np.array(0, np.int64),
            "axis_0": np.array([0], np.int64),
            "axis_1": np.array([1], np.int64),
        },
    )


def write_sentiment(path: Path, weights: Mapping[str, np.ndarray]) -> None:
    """Write a graph that is linear in the means of the sentence, the target and the holder.

    Parameters
    ----------
    weights : ``mean``, ``target`` and ``holder``, each with 3 columns
    """
    from onnx import TensorProto, helper

    width = len(weights["mean"])
    nodes = [
        helper.make_node("Equal", ["segments", "zero"], ["is_sentence"]),
        helper.make_node("Cast", ["is_sentence"], ["row"], to=TensorProto.FLOAT),
        helper.make_node("Unsqueeze", ["row", "axis_0"], ["sentence"]),
    ]
    for mask, weight in (("sentence", "mean"), ("targets", "target"), ("holders", "holder")):
        nodes += [
            helper.make_node("MatMul", [mask, "states"], [f"{mask}_sum"]),
            helper.make_node("ReduceSum", [mask, "axis_1"], [f"{mask}_size"], keepdims=1),
            helper.make_node("Div", [f"{mask}_sum", f"{mask}_size"], [f"{mask}_mean"]),
            helper.make_node("MatMul", [f"{mask}_mean", weight], [f"by_{mask}"]),
        ]
    nodes += [
        helper.make_node("Add", ["by_targets", "by_holders"], ["by_own"]),
        helper.make_node("Add", ["by_own", "by_sentence"], ["sentiment"]),
    ]
    _save(
        path,
        nodes,
        inputs={
            "states": (TensorProto.FLOAT, ["n", width]),
            "segments": (TensorProto.INT64, ["n"]),
            "targets": (TensorProto.FLOAT, ["t", "n"]),
            "holders": (TensorProto.FLOAT, ["t", "n"]),
        },
        outputs={"sentiment": ["t", weights["mean"].shape[1]]},
        arrays={
            **weights,
            "zero": np.array(0, np.int64),
            "axis_0": np.array([0], np.int64),
            "axis_1": np.array([1], np.int64),
        },
    )


def _save(
    path: Path,
    nodes: Sequence[Any],
    *,
    inputs: Mapping[str, tuple[int, list[Any]]],
    outputs: Mapping[str, list[Any]],
    arrays: Mapping[str, np.ndarray],
) -> None:
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    graph = helper.make_graph(
        nodes,
        "judge",
        [helper.make_tensor_value_info(name, *kind) for name, kind in inputs.items()],
        [
            helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)
            for name, shape in outputs.items()
        ],
        [numpy_helper.from_array(np.asarray(array), name) for name, array in arrays.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 9
    onnx.save(model, str(path))


def random_weights(seed: int, *, n_answers: int = 4) -> dict[str, np.ndarray]:
    random = np.random.default_rng(seed)
    shapes = {
        "mean": (WIDTH, n_answers), "holder": (WIDTH, n_answers), "bias": (n_answers,),
        "features": (len(HOLDER_FEATURES), n_answers), "about": (WIDTH, 1),
    }  # fmt: skip
    return {name: random.normal(size=shape).astype(np.float32) for name, shape in shapes.items()}


def manifest(**changes: Any) -> dict[str, Any]:
    return {
        "task": "stance",
        "labels": ("favor", "against", "none"),
        "features": settings(),
        "encoder": None,
        "run_id": "0" * 32,
        "config": "",
        "created": "2026-01-01T00:00:00Z",
        "corpus": {"name": "tiny"},
        "scores": {},
        "note": "",
        **changes,
    }


def write_parts(folder: Path, *, words: Sequence[str], seed: int = 0) -> dict[str, Path]:
    """Write the graphs and the tokenizer of a judge with random weights."""
    folder.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(seed + 1)
    table = random.normal(size=(len(BERT) + len(words), WIDTH)).astype(np.float32)
    paths = {name: folder / name for name in FILES}
    write_first(paths["stage-one.onnx"], table)
    write_exit(paths["exit.onnx"], random_weights(seed + 2)["about"])
    write_second(paths["stage-two.onnx"], random_weights(seed))
    write_tokenizer(paths["tokenizer.json"], words)
    return paths


def bundle_of(folder: Path, paths: Mapping[str, Path], *, card: str = "", **changes: Any) -> Path:
    """Write a bundle with the files of `write_parts`."""
    graphs = [path for name, path in paths.items() if name.endswith(".onnx")]
    tokenizer = paths["tokenizer.json"]
    written = manifest(**changes)
    write_judge(folder, manifest=written, graphs=graphs, tokenizer=tokenizer, card=card)
    return folder


def random_judge(folder: Path, *, words: Sequence[str], seed: int = 0, **changes: Any) -> Any:
    """A judge with random weights, as it is loaded from its bundle."""
    parts = write_parts(folder / "parts", words=words, seed=seed)
    return load_bundle(bundle_of(folder / "bundle", parts, **changes))


def write_taught(
    folder: Path, *, topics: Sequence[str] = (), sentiment: bool = False, **changes: Any
) -> Path:
    """Write the bundle of a judge that answers by the words of `SIDES`; without one, "not".

    Parameters
    ----------
    topics : further words of the vocabulary
    sentiment : whether it has a head for sentiment, see `taught_sentiments`
    """
    words = [*SIDES, *topics]
    width = len(ANSWERS) + len(topics)
    table = np.zeros((len(BERT) + len(words), width), np.float32)
    for number, word in enumerate(words, len(BERT)):
        table[number, ANSWERS.index(SIDES[word]) if word in SIDES else number - len(BERT)] = 1
    weights = {
        "mean": np.vstack([np.eye(4) * 100, np.zeros((len(topics), 4))]),
        "holder": np.zeros((width, 4)),
        "features": np.zeros((len(HOLDER_FEATURES), 4)),
        "bias": np.array([0, 0, 0, 2]),
        "about": np.vstack([np.full((3, 1), 10), np.zeros((width - 3, 1))]),
    }
    folder.mkdir(parents=True, exist_ok=True)
    files = [*FILES, SENTIMENT] if sentiment else FILES
    paths = {name: folder / f"source-{name}" for name in files}
    weights = {name: array.astype(np.float32) for name, array in weights.items()}
    write_first(paths["stage-one.onnx"], table)
    write_exit(paths["exit.onnx"], weights["about"])
    write_second(paths["stage-two.onnx"], weights)
    write_tokenizer(paths["tokenizer.json"], words)
    if sentiment:
        write_sentiment(paths[SENTIMENT], taught_sentiments(width))
        features = changes.get("features", settings())
        changes["features"] = features.model_copy(update={"sentiment": SentimentSettings()})
    return bundle_of(folder / "bundle", paths, **changes)


def taught_sentiments(width: int) -> dict[str, np.ndarray]:
    """Weights for `write_sentiment`: "backs" is positive, "opposes" negative, else it is neutral.

    A word of the target or the holder counts as much as one of the sentence.
    """
    by_word = np.zeros((width, 3), np.float32)
    by_word[ANSWERS.index("favor"), 0] = by_word[ANSWERS.index("against"), 2] = 100
    by_word[:, 1] += 1
    return dict.fromkeys(("mean", "target", "holder"), by_word)
