"""Int8 graphs: what is rounded, how much is lost, and what stays as it was."""

import numpy as np
import onnx
import onnxruntime
import pytest

from tests.tiny import N_LAYERS, WIDTH, write_encoder, write_fp32
from train.encoders.per_token import LARGEST_WEIGHT, WIDE_CHANNELS
from train.encoders.quantization import quantize_graph

pytestmark = pytest.mark.xdist_group("finetune")  # one worker loads torch

TEXT = "Russia rejected the talks at length in the old town hall of the capital, zebra, on Monday!"


@pytest.fixture(params=["bert", "mpnet", "electra"])
def fp32(request, tiny_encoders, tmp_path):
    return write_fp32(tiny_encoders(request.param), tmp_path / "fp32")


def quantized(fp32, folder, **settings):
    """The encoder with its graph quantized."""
    encoder = type(fp32)(folder, digest="b" * 64, max_tokens=fp32.max_tokens)
    folder.mkdir()
    (folder / "tokenizer.json").write_bytes((fp32.folder / "tokenizer.json").read_bytes())
    quantize_graph(fp32.folder / "graph.onnx", folder / "graph.onnx", **settings)
    return encoder


def states(encoder):
    return encoder.encode(TEXT, layers=(N_LAYERS,)).layers[0]


def arrays_of(encoder):
    graph = onnx.load(encoder.folder / "graph.onnx").graph
    return {array.name: onnx.numpy_helper.to_array(array) for array in graph.initializer}


def floats_of(encoder):
    """The weights of products that are in 32 bits."""
    return {name for name in arrays_of(encoder) if name.endswith(".kernel")}


def cosines(vectors, others):
    products = (vectors * others).sum(axis=-1)
    return products / np.linalg.norm(vectors, axis=-1) / np.linalg.norm(others, axis=-1)


@pytest.mark.parametrize("per_token", [False, True])
def test_products_that_stay_in_float32_give_what_they_gave(fp32, tmp_path, per_token):
    every = floats_of(fp32)
    whole = quantized(fp32, tmp_path / "w", float32_weights=sorted(every), per_token=per_token)
    none = quantized(fp32, tmp_path / "n", per_token=per_token)
    np.testing.assert_array_equal(states(whole), states(fp32))
    assert floats_of(whole) == every
    assert floats_of(none) == set()
    assert 1e-4 < np.abs(states(none) - states(fp32)).max() < 1


@pytest.mark.parametrize("per_token", [False, True])
@pytest.mark.parametrize("words", [False, True])
def test_int8_vectors_are_close_to_those_in_float32(fp32, tmp_path, per_token, words):
    found = quantized(fp32, tmp_path / "q", per_token=per_token, words=words)
    assert cosines(states(found), states(fp32)).min() > 0.99


def test_the_table_of_words_takes_a_byte_for_each_number_and_a_scale_for_each_word(fp32, tmp_path):
    before = arrays_of(fp32)["words"]
    arrays = arrays_of(quantized(fp32, tmp_path / "q", words=True))
    assert (arrays["words"].dtype, arrays["words"].shape) == (np.int8, before.shape)
    assert arrays["words.scales"].shape == (len(before), 1)
    error = np.abs(arrays["words"] * arrays["words.scales"] - before)
    assert (error <= arrays["words.scales"] / 2 + 1e-7).all()


def test_a_word_of_zeros_stays_one(tiny_encoder, tmp_path):
    fp32 = write_fp32(tiny_encoder, tmp_path / "fp32")
    path = fp32.folder / "graph.onnx"
    model = onnx.load(path)
    table = next(array for array in model.graph.initializer if array.name == "words")
    zeros = np.zeros_like(onnx.numpy_helper.to_array(table))
    table.CopyFrom(onnx.numpy_helper.from_array(zeros, "words"))
    onnx.save(model, path)
    np.testing.assert_array_equal(
        states(
            quantized(fp32, tmp_path / "q", words=True, float32_weights=sorted(floats_of(fp32)))
        ),
        states(fp32),
    )


def test_weights_leave_room_for_the_sums_of_processors_without_vnni(fp32, tmp_path):
    arrays = arrays_of(quantized(fp32, tmp_path / "q", per_token=True))
    rounded = [array for name, array in arrays.items() if name.endswith(".kernel.int8")]
    assert len(rounded) >= 4 * N_LAYERS
    assert all(np.abs(array.astype(int)).max() == LARGEST_WEIGHT for array in rounded)
    assert 2 * 255 * LARGEST_WEIGHT < 2**15


def large_token_graph(folder, per_token):
    """A product of whole numbers, whose first token is a thousand times as large as the others."""
    rng = np.random.default_rng(0)
    kernel = rng.normal(size=(WIDTH, WIDTH)).astype(np.float32)
    helper, sizes = onnx.helper, ["n", WIDTH]
    value = helper.make_tensor_value_info
    graph = helper.make_graph(
        [helper.make_node("MatMul", ["states", "x.kernel"], ["out"])], "one",
        [value("states", 1, sizes)], [value("out", 1, sizes)],
        [onnx.numpy_helper.from_array(kernel, "x.kernel")],
    )  # fmt: skip
    opsets = [helper.make_opsetid("", 20)]
    onnx.save(helper.make_model(graph, opset_imports=opsets, ir_version=10), folder / "fp32.onnx")
    quantize_graph(folder / "fp32.onnx", folder / "int8.onnx", per_token=per_token)
    tokens = rng.normal(size=(6, WIDTH)).astype(np.float32)
    tokens[0] *= 1000
    session = onnxruntime.InferenceSession(str(folder / "int8.onnx"))
    return session, tokens, tokens @ kernel


def test_a_large_token_takes_no_precision_of_the_others_where_each_has_its_scale(tmp_path):
    errors = {}
    for per_token in (True, False):
        session, tokens, expected = large_token_graph(tmp_path, per_token=per_token)
        error = session.run(None, {"states": tokens})[0] - expected
        errors[per_token] = np.linalg.norm(error, axis=1) / np.linalg.norm(expected, axis=1)
    assert errors[True].max() < 0.05
    assert errors[False][0] < 0.05
    assert errors[False][1:].min() > 0.3


def test_a_token_is_rounded_alike_beside_any_others(tmp_path):
    session, tokens, _ = large_token_graph(tmp_path, per_token=True)
    together = session.run(None, {"states": tokens})[0]
    for number in range(len(tokens)):
        alone = session.run(None, {"states": tokens[number : number + 1]})[0]
        np.testing.assert_array_equal(alone[0], together[number])


def test_tokens_of_zeros_give_zeros(tmp_path):
    session, tokens, _ = large_token_graph(tmp_path, per_token=True)
    found = session.run(None, {"states": np.zeros_like(tokens)})[0]
    np.testing.assert_array_equal(found, np.zeros_like(tokens))


def test_a_graph_without_words_is_quantized_all_the_same(tmp_path):
    large_token_graph(tmp_path, per_token=True)
    quantize_graph(tmp_path / "fp32.onnx", tmp_path / "q.onnx", per_token=True, words=True)
    assert (tmp_path / "q.onnx").read_bytes() == (tmp_path / "int8.onnx").read_bytes()


def test_rounding_is_the_same_each_time(tiny_encoders, tmp_path):
    fp32 = write_fp32(tiny_encoders("mpnet"), tmp_path / "fp32")
    one, two = (quantized(fp32, tmp_path / n, per_token=True, words=True) for n in ("a", "b"))
    graphs = [(encoder.folder / "graph.onnx").read_bytes() for encoder in (one, two)]
    assert graphs[0] == graphs[1]


def test_a_wider_encoder_is_a_quarter_as_large(tmp_path):
    source = write_encoder(tmp_path / "wide", kind="mpnet", hidden_size=256, intermediate_size=1024)
    fp32 = write_fp32(source, tmp_path / "fp32")
    int8 = quantized(fp32, tmp_path / "q", per_token=True, words=True)
    sizes = [(encoder.folder / "graph.onnx").stat().st_size for encoder in (fp32, int8)]
    assert sizes[1] / sizes[0] < 0.3


def normalized_graph(folder, activation, *, n=64, wide=(3, 40)):
    """A normalisation that lets two channels grow large, perhaps a function, and a product.

    Returns the states, the exact product, and the product in int8, plain and accurate.
    """
    rng = np.random.default_rng(1)
    gain = np.ones(n, np.float32)
    gain[list(wide)] = 60
    kernel = rng.integers(-LARGEST_WEIGHT, LARGEST_WEIGHT, size=(n, n)).astype(np.float32)
    kernel[1] = LARGEST_WEIGHT  # so that weights are not rounded: only the states are
    weights = {"gain": gain, "bias": np.zeros(n, np.float32), "x.kernel": kernel}
    helper, sizes = onnx.helper, ["n", n]
    value = helper.make_tensor_value_info
    inputs = {"Gelu": ["normal"], "Add": ["normal", "gain"], "": []}[activation]
    between = [helper.make_node(activation, inputs, ["between"])] if activation else []
    graph = helper.make_graph(
        [
            helper.make_node("LayerNormalization", ["states", "gain", "bias"], ["normal"]),
            *between,
            helper.make_node("MatMul", ["between" if between else "normal", "x.kernel"], ["out"]),
        ],
        "one", [value("states", 1, sizes)], [value("out", 1, sizes)],
        [onnx.numpy_helper.from_array(array, name) for name, array in weights.items()],
    )  # fmt: skip
    opsets = [helper.make_opsetid("", 20)]
    fp32 = folder / "fp32.onnx"
    onnx.save(helper.make_model(graph, opset_imports=opsets, ir_version=10), fp32)
    states = rng.normal(size=(30, n)).astype(np.float32)
    found = {}
    for name in ("exact", "plain", "accurate"):
        path = fp32 if name == "exact" else folder / f"{name}.onnx"
        if name != "exact":
            quantize_graph(fp32, path, per_token=True, accurate=name == "accurate")
        found[name] = onnxruntime.InferenceSession(str(path)).run(None, {"states": states})[0]
    return found


@pytest.mark.parametrize(("activation", "share"), [("", 0.2), ("Add", 0.2), ("Gelu", 0.7)])
def test_accurate_rounding_loses_less_where_few_channels_are_large(tmp_path, activation, share):
    found = normalized_graph(tmp_path, activation, wide=() if activation == "Gelu" else (3, 40))
    errors = {name: np.abs(found[name] - found["exact"]).mean() for name in ("plain", "accurate")}
    assert 0 < errors["accurate"] < share * errors["plain"]


def test_the_channels_in_float32_are_those_with_the_largest_gains(tmp_path):
    normalized_graph(tmp_path, "")
    graph = onnx.load(tmp_path / "accurate.onnx").graph
    arrays = {array.name: onnx.numpy_helper.to_array(array) for array in graph.initializer}
    (wide,) = (array for name, array in arrays.items() if name.endswith("normal.wide"))
    assert {3, 40} <= set(wide.tolist())
    assert arrays["x.kernel.wide"].shape == (WIDE_CHANNELS, 64)
    assert not arrays["x.kernel.int8"][wide].any()
    assert len(wide) == WIDE_CHANNELS
