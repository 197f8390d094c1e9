"""A judge reads a sentence and an issue jointly, and answers for all holders from one pass."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from standpoint.errors import BundleError
from standpoint.judge import (
    HOLDER_FEATURES,
    OTHERS_BASE,
    HolderQuery,
    IssueText,
    Judge,
    SentenceText,
    beside_others,
)
from standpoint.text import Span
from tests.judges import (
    WIDTH,
    random_weights,
    settings,
    write_first,
    write_parts,
    write_second,
    write_tokenizer,
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


def ask(judge, sentence=SENTENCE, issue=ISSUE, holders=HOLDERS, **options):
    return judge.judge(judge.read_sentence(sentence), judge.read_issue(issue), holders, **options)


def test_every_holder_gets_probabilities_of_four_answers(judge_of):
    judgement = ask(judge_of())
    assert judgement.holders.shape == (3, 4)
    np.testing.assert_allclose(judgement.holders.sum(axis=1), 1, rtol=1e-5)
    assert 0 < judgement.about < 1
    assert 0 < judgement.early < 1


def test_a_holders_answer_does_not_depend_on_the_others(judge_of):
    together = ask(judge_of()).holders
    for number, own in enumerate(HOLDERS):
        (alone,) = ask(judge_of(), holders=[own]).holders
        np.testing.assert_allclose(alone, together[number], rtol=1e-5)


def test_mentions_and_features_tell_holders_apart(judge_of):
    iran, lavrov, nowhere = ask(judge_of()).holders
    assert not np.allclose(iran, lavrov)
    assert not np.allclose(iran, nowhere)


def test_the_answer_is_the_softmax_of_the_graphs_linear_layers(judge_of):
    judge, table = judge_of(), table_of_words()
    sentence, issue = judge.read_sentence(SENTENCE), judge.read_issue(ISSUE)
    states, weights = table[sentence.ids], random_weights(0)
    mean = states[sentence.segments == 0].mean(axis=0)
    own = states[sentence.mask(HOLDERS[1]) == 1].mean(axis=0)
    logits = mean @ weights["mean"] + own @ weights["holder"] + weights["bias"]
    logits += np.array(HOLDERS[1].features, np.float32) @ weights["features"]
    expected = np.exp(logits) / np.exp(logits).sum()
    judgement = judge.judge(sentence, issue, HOLDERS)
    np.testing.assert_allclose(judgement.holders[1], expected, rtol=1e-4)
    assert judgement.about == pytest.approx(sigmoid(mean @ weights["about"]), rel=1e-4)
    both = table[np.concatenate([sentence.ids, issue.ids])].mean(axis=0)
    early = sigmoid(both @ random_weights(2)["about"])
    assert judgement.early == pytest.approx(early, rel=1e-4)


def table_of_words():
    return np.random.default_rng(1).normal(size=(5 + len(WORDS), WIDTH)).astype(np.float32)


def sigmoid(logit):
    return 1 / (1 + np.exp(-float(logit.sum())))


def test_below_the_floor_the_second_stage_is_not_run(judge_of, folder):
    early = ask(judge_of()).early
    above, below = judge_of(about_floor=early - 0.01), judge_of(about_floor=early + 0.01)
    whole = ask(above, may_exit=True)
    np.testing.assert_array_equal(whole.holders, ask(above).holders)
    below.open()
    below._heads = None
    left = ask(below, may_exit=True)
    assert left.holders.tolist() == [[0, 0, 0, 1]] * 3
    assert left.about == left.early == pytest.approx(early)
    assert left.is_early
    assert not whole.is_early


def test_the_floor_does_not_count_where_the_whole_answer_is_wanted(judge_of):
    np.testing.assert_array_equal(ask(judge_of(about_floor=1.0)).holders, ask(judge_of()).holders)


def test_temperature_and_shift_calibrate_the_logits(judge_of):
    plain = np.log(ask(judge_of()).holders)
    warm = ask(judge_of(temperature=2.0)).holders
    expected = np.exp(plain / 2)
    np.testing.assert_allclose(warm, expected / expected.sum(axis=1, keepdims=True), rtol=1e-4)
    shifted = ask(judge_of(shift=(0.0, 0.0, 0.0, 5.0))).holders
    assert (shifted[:, 3] > np.exp(plain)[:, 3]).all()


def test_what_the_head_about_says_is_taken_from_not_and_leaves_the_others_in_proportion(judge_of):
    plain, weighed = (
        ask(judge_of(shift=(0, 0, 0.5, 1))),
        ask(judge_of(shift=(0, 0, 0.5, 1), about_weight=2.0)),
    )
    logit = np.log(plain.about / (1 - plain.about))
    odds = [own[:, 3] / (1 - own[:, 3]) for own in (plain.holders, weighed.holders)]
    np.testing.assert_allclose(odds[1], odds[0] * np.exp(-2 * logit), rtol=1e-3)
    shares = [own[:, :3] / own[:, :3].sum(1, keepdims=True) for own in
              (plain.holders, weighed.holders)]  # fmt: skip
    np.testing.assert_allclose(shares[0], shares[1], rtol=1e-3)
    assert weighed.about == plain.about


def test_other_issues_raise_the_odds_of_not_and_leave_the_others_in_proportion(judge_of):
    plain = ask(judge_of()).holders
    beside = beside_others(plain, 3 * OTHERS_BASE, weight=0.5)
    odds = [own[:, 3] / (1 - own[:, 3]) for own in (plain, beside)]
    np.testing.assert_allclose(odds[1], odds[0] * 2, rtol=1e-4)
    shares = [own[:, :3] / own[:, :3].sum(axis=1, keepdims=True) for own in (plain, beside)]
    np.testing.assert_allclose(shares[0], shares[1], rtol=1e-4)
    np.testing.assert_allclose(beside_others(plain, 0.0, weight=0.5), plain, rtol=1e-6)
    np.testing.assert_allclose(beside_others(plain, 9.0, weight=0.0), plain, rtol=1e-6)


def test_an_empty_sentence_is_read_too(judge_of):
    judge = judge_of()
    assert np.isfinite(ask(judge, SentenceText("")).holders).all()


def test_threads_get_the_same_answers(judge_of):
    judge, expected = judge_of(), ask(judge_of()).holders
    with ThreadPoolExecutor(8) as pool:
        answers = [*pool.map(lambda _: ask(judge).holders, range(64))]
    assert all(np.array_equal(answer, expected) for answer in answers)


def test_the_tokens_of_an_issue_are_kept(judge_of):
    judge = judge_of()
    assert judge.read_issue(ISSUE) is judge.read_issue(IssueText(*vars_of(ISSUE)))


def vars_of(issue):
    return issue.name, issue.favor, issue.against, issue.cues


def test_an_issue_is_cut_where_its_poles_do_not_fit_whatever_its_cues(judge_of):
    judge = judge_of(max_issue_tokens=20)
    assert not judge.is_cut(IssueText("a seat", "Iran must.", "Not.", ("seat",) * 5))
    assert judge.is_cut(IssueText("a seat", "Iran must attend the talks " * 5, "Not."))


def test_a_stage_may_be_cut_into_several_files(folder):
    words = folder / "words.onnx"
    (folder / "stage-one.onnx").rename(words)
    write_identity(folder / "stage-one.onnx")
    write_identity(folder / "middle.onnx")
    judge = Judge(
        folder,
        settings(
            stage_one=("words.onnx", "stage-one.onnx"),
            stage_two=("middle.onnx", "stage-two.onnx"),
        ),
    )
    (folder / "one").mkdir()
    write_parts(folder / "one", words=WORDS)
    whole = Judge(folder / "one", settings())
    np.testing.assert_array_equal(ask(judge).holders, ask(whole).holders)


def test_a_graph_of_apart_layers_must_give_a_state_for_each_token(folder):
    (folder / "apart.onnx").write_bytes((folder / "exit.onnx").read_bytes())
    judge = Judge(folder, settings(apart=("stage-one.onnx", "apart.onnx"), stage_one=("a.onnx",)))
    fault = r"apart\.onnx: must give states of shape \(n_tokens, width\), got \(.*\) for 9 tokens"
    with pytest.raises(BundleError, match=fault):
        judge.read_sentence(SENTENCE)


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
    (folder / "stage-two.onnx").write_bytes(b"no graph")


def no_exit(folder):
    (folder / "exit.onnx").unlink()


def second_in_place_of_exit(folder):
    (folder / "exit.onnx").write_bytes((folder / "stage-two.onnx").read_bytes())


def wrong_width(folder):
    write_first(folder / "stage-one.onnx", np.zeros((40, WIDTH + 1), np.float32))


def three_answers(folder):
    write_second(folder / "stage-two.onnx", random_weights(0, n_answers=3), n_answers=3)


def fewer_features(folder):
    weights = random_weights(0)
    write_second(folder / "stage-two.onnx", {**weights, "features": weights["features"][:5]})


def first_in_place_of_second(folder):
    (folder / "stage-two.onnx").write_bytes((folder / "stage-one.onnx").read_bytes())


def small_vocabulary(folder):
    write_first(folder / "stage-one.onnx", np.zeros((3, WIDTH), np.float32))


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
        (not_a_graph, "stage-two.onnx: must be an ONNX graph that onnxruntime reads, got"),
        (no_exit, "exit.onnx: must be an ONNX graph that onnxruntime reads, got"),
        (second_in_place_of_exit, "exit.onnx: inputs must be among .*, got holders"),
        (wrong_width, "exit.onnx: must take the judge's inputs, got"),
        (three_answers, r"output 'stance' must be of shape \(n_holders, 4\), got \(2, 3\) for 2"),
        (fewer_features, "stage-two.onnx: must take the judge's inputs, got"),
        (first_in_place_of_second, "stage-two.onnx: inputs must be among .*, got input_ids"),
        (small_vocabulary, "stage-one.onnx: must take the judge's inputs, got"),
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
