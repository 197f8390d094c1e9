"""A judge with a head for sentiment tells it toward a target, from a pass of its own."""

import numpy as np
import pytest

from standpoint.errors import BundleError
from standpoint.judge import IssueText, Judge, SentenceText, TargetQuery
from standpoint.text import Span
from tests.judges import WIDTH, settings, write_parts, write_sentiment

WORDS = ("iran", "lavrov", "must", "attend", "said", ".", ",")
SENTENCE = SentenceText("Iran must attend, Lavrov said.")
IRAN, LAVROV = Span(0, 4), Span(18, 24)
QUERIES = [TargetQuery((IRAN,)), TargetQuery((IRAN,), (LAVROV,)), TargetQuery()]


def write_random_sentiment(path, *, n_answers=3):
    random = np.random.default_rng(5)
    names = ("mean", "target", "holder")
    sizes = {name: random.normal(size=(WIDTH, n_answers)) for name in names}
    write_sentiment(path, {name: array.astype(np.float32) for name, array in sizes.items()})


@pytest.fixture
def folder(tmp_path):
    write_parts(tmp_path, words=WORDS)
    write_random_sentiment(tmp_path / "sentiment.onnx")
    return tmp_path


@pytest.fixture
def judge_of(folder):
    def build(**changes):
        return Judge(folder, settings(sentiment=changes))

    return build


def ask(judge, queries=QUERIES):
    sentence, target = judge.read_sentence(SENTENCE), judge.read_issue(IssueText("Iran"))
    return judge.sentiment(sentence, target, queries)


def test_each_target_gets_probabilities_of_three_sentiments(judge_of):
    answers = ask(judge_of())
    assert answers.shape == (3, 3)
    np.testing.assert_allclose(answers.sum(axis=1), 1, rtol=1e-5)
    assert ask(judge_of(), []).shape == (0, 3)


def test_holder_and_mention_tell_targets_apart_and_none_depends_on_the_others(judge_of):
    together = ask(judge_of())
    assert not np.allclose(together[0], together[1])
    assert not np.allclose(together[0], together[2])
    for number, query in enumerate(QUERIES):
        np.testing.assert_allclose(ask(judge_of(), [query])[0], together[number], rtol=1e-5)


def test_its_own_temperature_calibrates_the_sentiment(judge_of):
    plain, warm = np.log(ask(judge_of())), ask(judge_of(temperature=2.0))
    expected = np.exp(plain / 2)
    np.testing.assert_allclose(warm, expected / expected.sum(axis=1, keepdims=True), rtol=1e-4)


def test_layers_of_the_second_stage_are_read_before_the_head(folder, judge_of):
    whole = ask(judge_of())
    (folder / "stage-two.onnx").rename(folder / "heads.onnx")
    write_doubling(folder / "layers.onnx")
    judge = Judge(folder, settings(stage_two=("layers.onnx", "heads.onnx"), sentiment={}))
    expected = np.log(whole) * 2  # the head is linear, and the layer doubles the states
    expected = np.exp(expected - expected.max(axis=1, keepdims=True))
    np.testing.assert_allclose(
        ask(judge), expected / expected.sum(axis=1, keepdims=True), rtol=1e-3
    )


def write_doubling(path):
    import onnx
    from onnx import TensorProto, helper

    values = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, ["n", WIDTH])
        for name in ("states", "layer_2")
    ]
    node = helper.make_node("Add", ["states", "states"], ["layer_2"])
    graph = helper.make_graph([node], "twice", values[:1], values[1:])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    onnx.save(model, str(path))


def test_a_judge_without_the_head_is_not_asked_for_sentiment(folder):
    judge = Judge(folder, settings())
    assert not judge.has_sentiment
    with pytest.raises(BundleError, match="must be a judge with a head for sentiment, got one"):
        ask(judge)


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (lambda path: path.unlink(), "sentiment.onnx: must be an ONNX graph that onnxruntime"),
        (lambda path: write_random_sentiment(path, n_answers=4), r"must be of shape \(n_holders, 3"),
    ],
    ids=["missing", "four answers"],
)  # fmt: skip
def test_a_head_that_does_not_fit_is_refused(folder, judge_of, damage, sentence):
    damage(folder / "sentiment.onnx")
    with pytest.raises(BundleError, match=sentence):
        judge_of().open()
