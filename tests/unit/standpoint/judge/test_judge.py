"""A judge reads each text once and answers for all holders from one pass."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from standpoint.errors import BundleError
from standpoint.judge import HOLDER_FEATURES, HolderQuery, IssueText, Judge, SentenceText
from standpoint.judge import judge as judge_module
from standpoint.text import Span
from tests.judges import (
    WIDTH,
    random_weights,
    settings,
    write_lower,
    write_parts,
    write_tokenizer,
    write_upper,
)

WORDS = ("iran", "lavrov", "must", "attend", "talks", "began", "seat", ".", ":", "in", "favor")
SENTENCE = SentenceText("Iran must attend, Lavrov said.", "Talks began.")
ISSUE = IssueText("a seat", "Iran must attend.", "Iran must not.", ("seat",))


def holder(actor="iran", *spans, **features):
    return HolderQuery(
        actor, spans, (), tuple(float(features.get(name, 0)) for name in HOLDER_FEATURES)
    )


HOLDERS = [holder("iran", Span(0, 4)), holder("lavrov", Span(18, 24), named=1), holder("un")]


@pytest.fixture
def folder(tmp_path):
    write_parts(tmp_path / "judge", words=WORDS)
    return tmp_path / "judge"


@pytest.fixture
def judge_of(folder):
    return lambda **changes: Judge(folder, settings(**changes))


def ask(judge, sentence=SENTENCE, issue=ISSUE, holders=HOLDERS):
    return judge.judge(judge.read_sentence(sentence), judge.read_issue(issue), holders)


def test_every_holder_gets_probabilities_of_four_answers(judge_of):
    judgement = ask(judge_of())
    assert judgement.holders.shape == (3, 4)
    np.testing.assert_allclose(judgement.holders.sum(axis=1), 1, rtol=1e-5)
    assert 0 < judgement.about < 1


def test_a_holders_answer_does_not_depend_on_the_others(judge_of):
    together = ask(judge_of()).holders
    for number, own in enumerate(HOLDERS):
        (alone,) = ask(judge_of(), holders=[own]).holders
        np.testing.assert_allclose(alone, together[number], rtol=1e-5)


def test_mentions_and_features_tell_holders_apart(judge_of):
    iran, lavrov, nowhere = ask(judge_of()).holders
    assert not np.allclose(iran, lavrov)
    assert not np.allclose(iran, nowhere)


def test_the_answer_is_the_softmax_of_the_graphs_linear_layers(judge_of, folder):
    judge = judge_of()
    sentence, issue = judge.read_sentence(SENTENCE), judge.read_issue(ISSUE)
    weights = random_weights(0)
    mean = sentence.states[sentence.tokens.segments == 0].mean(axis=0)
    own = sentence.states[sentence.tokens.mask(HOLDERS[1]) == 1].mean(axis=0)
    logits = mean @ weights["mean"] + own @ weights["holder"] + weights["bias"]
    logits += np.array(HOLDERS[1].features, np.float32) @ weights["features"]
    expected = np.exp(logits) / np.exp(logits).sum()
    judgement = judge.judge(sentence, issue, HOLDERS)
    np.testing.assert_allclose(judgement.holders[1], expected, rtol=1e-4)
    about = 1 / (1 + np.exp(-float((mean @ weights["about"]).sum())))
    assert judgement.about == pytest.approx(about, rel=1e-4)


def test_temperature_and_shift_calibrate_the_logits(judge_of):
    plain = np.log(ask(judge_of()).holders)
    warm = ask(judge_of(temperature=2.0)).holders
    expected = np.exp(plain / 2)
    np.testing.assert_allclose(warm, expected / expected.sum(axis=1, keepdims=True), rtol=1e-4)
    shifted = ask(judge_of(shift=(0.0, 0.0, 0.0, 5.0))).holders
    assert (shifted[:, 3] > np.exp(plain)[:, 3]).all()


def test_an_empty_sentence_is_read_too(judge_of):
    judge = judge_of()
    assert np.isfinite(ask(judge, SentenceText("")).holders).all()


def test_threads_get_the_same_answers(judge_of):
    judge, expected = judge_of(), ask(judge_of()).holders
    with ThreadPoolExecutor(8) as pool:
        answers = [*pool.map(lambda _: ask(judge).holders, range(64))]
    assert all(np.array_equal(answer, expected) for answer in answers)


def test_issues_are_kept_up_to_a_number_of_tokens(judge_of, monkeypatch):
    judge = judge_of()
    assert judge.read_issue(ISSUE) is judge.read_issue(IssueText(*vars_of(ISSUE)))
    n_tokens = len(judge.read_issue(ISSUE).states)
    monkeypatch.setattr(judge_module, "MAX_CACHED_TOKENS", n_tokens + 10)
    first = judge.read_issue(ISSUE)
    judge.read_issue(IssueText("talks"))
    assert judge.read_issue(ISSUE) is first
    judge.read_issue(IssueText("iran must attend talks in favor"))
    assert judge.read_issue(ISSUE) is first
    assert judge.read_rare_issue(ISSUE) is not first


def vars_of(issue):
    return issue.name, issue.favor, issue.against, issue.cues


def test_an_issue_is_cut_where_its_poles_do_not_fit_whatever_its_cues(judge_of):
    judge = judge_of(max_issue_tokens=20)
    assert not judge.is_cut(IssueText("a seat", "Iran must.", "Not.", ("seat",) * 5))
    assert judge.is_cut(IssueText("a seat", "Iran must attend the talks " * 5, "Not."))


def test_a_half_may_be_cut_into_several_files(folder):
    words = folder / "words.onnx"
    (folder / "lower.onnx").rename(words)
    write_identity(folder / "lower.onnx")
    write_identity(folder / "middle.onnx")
    judge = Judge(
        folder,
        settings(lower=("words.onnx", "lower.onnx"), upper=("middle.onnx", "upper.onnx")),
    )
    (folder / "one").mkdir()
    write_parts(folder / "one", words=WORDS)
    whole = Judge(folder / "one", settings())
    np.testing.assert_array_equal(ask(judge).holders, ask(whole).holders)


def write_identity(path):
    import onnx
    from onnx import TensorProto, helper

    values = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, ["n", WIDTH])
        for name in ("states", "layer_2")
    ]
    node = helper.make_node("Identity", ["states"], ["layer_2"])
    graph = helper.make_graph([node], "same", values[:1], values[1:])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    onnx.save(model, str(path))


def not_a_graph(folder):
    (folder / "upper.onnx").write_bytes(b"no graph")


def wrong_width(folder):
    write_lower(folder / "lower.onnx", np.zeros((40, WIDTH + 1), np.float32))


def three_answers(folder):
    write_upper(folder / "upper.onnx", random_weights(0, n_answers=3), n_answers=3)


def fewer_features(folder):
    weights = random_weights(0)
    write_upper(folder / "upper.onnx", {**weights, "features": weights["features"][:5]})


def lower_in_place_of_upper(folder):
    (folder / "upper.onnx").write_bytes((folder / "lower.onnx").read_bytes())


def small_vocabulary(folder):
    write_lower(folder / "lower.onnx", np.zeros((3, WIDTH), np.float32))


def no_tokenizer(folder):
    (folder / "tokenizer.json").write_text("{}", "utf-8")


def no_special_tokens(folder):
    from tokenizers import Tokenizer, processors

    path = folder / "tokenizer.json"
    write_tokenizer(path, WORDS)
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.post_processor = processors.TemplateProcessing(single="$A", special_tokens=[])
    tokenizer.save(str(path))


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (not_a_graph, "upper.onnx: must be an ONNX graph that onnxruntime reads, got"),
        (wrong_width, "upper.onnx: must take the judge's inputs, got"),
        (three_answers, r"output 'stance' must be of shape \(n_holders, 4\), got \(2, 3\) for 2"),
        (fewer_features, "upper.onnx: must take the judge's inputs, got"),
        (lower_in_place_of_upper, "upper.onnx: inputs must be among .*, got input_ids"),
        (small_vocabulary, "lower.onnx: must take the judge's inputs, got"),
        (no_tokenizer, "tokenizer.json: must be a tokenizer with a special token at each end"),
        (no_special_tokens, "tokenizer.json: must be a tokenizer with a special token at each end"),
    ],
)
def test_files_that_do_not_fit_together_are_refused_in_a_sentence(folder, damage, sentence):
    damage(folder)
    judge = Judge(folder, settings())
    with pytest.raises(BundleError, match=sentence) as refused:
        judge.open()
    assert "\n" not in str(refused.value)
    with pytest.raises(BundleError, match=sentence):  # and again, when it is asked
        judge.read_sentence(SENTENCE)
