"""Units of labelled pairs: sentiment toward a target, and stance of an author on a topic."""

import json

import numpy as np
import pytest

from standpoint.judge import IssueText
from standpoint.text import Span
from train.corpora.record import Record, role_at
from train.judge.dev_scores import Predicted
from train.judge.epochs import SourcePools
from train.judge.pairs.pair_scores import pair_f1, part_of_pairs, sentiment_temperature
from train.judge.pairs.pair_units import pair_unit
from train.judge.sources import read_judge_data

TEXT = "Winner wrote that she had met the senator."
WINNER = ("Winner", Span(0, 6))


def record(label, *, holder=None, target=WINNER, text=TEXT, tags=()):
    return Record(
        id="train:7", text=text, holder=role_at(*holder) if holder else None,
        target=role_at(*target), label=label, group="g", stratum="train", split="train", tags=tags,
    )  # fmt: skip


def test_a_target_is_read_at_its_mention_and_its_words_are_the_second_text():
    unit = pair_unit(record("positive"), source="newsmtsc")
    assert (unit.sentence.text, unit.issue) == (TEXT, IssueText("Winner"))
    assert (unit.target.query.spans, unit.target.query.holder) == ((Span(0, 6),), ())
    assert unit.target.sentiment == "positive"
    assert (unit.candidates, unit.is_concerned, unit.is_labelled) == ((), False, True)
    assert unit.sentence.is_text


def test_the_holder_of_a_sentiment_is_read_too_and_its_sentence_is_no_text():
    pair = record("negative", holder=("the senator", Span(30, 41)))
    unit = pair_unit(pair, source="dse")
    assert unit.target.query.holder == (Span(30, 41),)
    assert not unit.sentence.is_text
    assert not pair_unit(record("neutral", holder=("she", None)), source="dse").sentence.is_text


@pytest.mark.parametrize(
    ("label", "tags", "stance"),
    [("favor", (), "favor"), ("none", (), "none"), ("none", ("synthetic_neutral",), "not")],
)
def test_the_author_of_a_comment_is_the_only_holder_on_its_topic(label, tags, stance):
    unit = pair_unit(record(label, target=("gun control", None), tags=tags), source="vast")
    assert (unit.issue, unit.target) == (IssueText("gun control"), None)
    (author,) = unit.candidates
    assert (author.query.spans, author.stance) == ((), stance)
    assert unit.is_concerned is (stance != "not")


@pytest.fixture
def read(pair_project, judge_config):
    def build(*sources, data=pair_project / "data", research=False):
        lines = []
        config = judge_config(sources=("seeds", *sources), research=research)
        units = read_judge_data(config, root=pair_project, data=data, report_progress=lines.append)
        return units, lines

    return build


def test_newsmtsc_teaches_sentiment_by_train_alone_and_is_scored_on_both_devs(read):
    data, _ = read("newsmtsc")
    assert data.has_sentiment
    assert len(data.sources[1].units) == 6
    assert {name: len(own) for name, own in data.pair_dev.items()} == {
        "newsmtsc.rw_dev": 6, "newsmtsc.mt_dev": 6,
    }  # fmt: skip
    learned = {unit.sentence for unit in data.sources[1].units}
    assert not learned & {unit.sentence for own in data.pair_dev.values() for unit in own}
    assert not read()[0].has_sentiment


def lines_of(path):
    return path.read_text("utf-8").splitlines()


def test_a_train_row_whose_sentence_is_in_another_split_is_not_learned_from(read, pair_project):
    folder = pair_project / "data" / "newsmtsc"
    train, test = (
        {json.loads(line)["sentence"] for line in lines_of(folder / f"{split}.jsonl")}
        for split in ("train", "rw_test")
    )
    assert len(train & test) == 1
    learned = {unit.sentence.text for unit in read("newsmtsc")[0].sources[1].units}
    assert learned == train - test


def test_sentiment_of_the_seeds_is_learned_toward_cues(read):
    units = read("seeds-sentiment")[0].sources[1].units
    assert len(units) == 18
    assert {unit.issue.name for unit in units} == {"dam"}
    assert all(unit.target.query.holder for unit in units)


def test_vast_is_learned_from_for_research_alone_and_scored_on_posts_of_its_own(read):
    shipped, open_to_research = (read("vast", research=research)[0] for research in (False, True))
    assert shipped.sources[1].units == ()
    learned = {unit.sentence for unit in open_to_research.sources[1].units}
    held_out = {unit.sentence for unit in open_to_research.pair_dev["vast.dev"]}
    assert len(learned) > 5 * len(held_out) > 0
    assert not learned & held_out
    assert shipped.pair_dev == open_to_research.pair_dev
    assert not open_to_research.has_sentiment


def test_pairs_that_are_not_here_are_told_with_the_way_to_get_them(read, tmp_path, pair_project):
    (tmp_path / "reuters21578").symlink_to(pair_project / "data" / "reuters21578")
    data, lines = read("newsmtsc", "vast", data=tmp_path)
    (missing,) = data.sources[1].missing
    assert missing.startswith("newsmtsc: all its pairs are left out, for ")
    assert "`standpoint data get newsmtsc`" in missing
    assert f"tiny: {missing}" in lines
    assert data.sources[2].missing == ()  # which would not be learned from in any case


def test_units_with_a_sentiment_are_drawn_as_those_with_a_statement(read):
    pools = SourcePools.of(read("newsmtsc")[0].sources[1])
    assert (len(pools.positives), pools.others) == (6, ())


def predicted(units, *, sentiments=None, stances=()):
    nothing = np.zeros(len(units), np.float32)
    if sentiments is None:
        sentiments = np.zeros((len(units), 3))
    return Predicted(nothing, nothing, tuple(stances), np.array(sentiments, np.float32))


def test_the_score_of_sentiments_is_their_macro_f1():
    labels = ("positive", "neutral", "negative", "negative")
    units = [pair_unit(record(label), source="newsmtsc") for label in labels]
    right = np.eye(3)[[0, 1, 2, 2]]
    assert pair_f1(units, predicted(units, sentiments=right)) == 1
    assert pair_f1(units, predicted(units, sentiments=right[[0, 1, 2, 0]])) == pytest.approx(7 / 9)


def test_who_is_not_concerned_with_a_topic_takes_no_side():
    tags = {"none": ("synthetic_neutral",)}
    units = [
        pair_unit(record(label, target=("dams", None), tags=tags.get(label, ())), source="vast")
        for label in ("favor", "against", "none")
    ]
    answers = [[3, 0, 0, 0], [0, 3, 2, 1], [1, 0, 0.9, 0.9]]
    stances = [np.array([row], np.float32) for row in answers]
    assert pair_f1(units, predicted(units, stances=stances)) == 1


def test_the_temperature_of_sentiment_is_fitted_on_all_splits_that_have_it():
    unit = pair_unit(record("positive"), source="newsmtsc")
    topic = pair_unit(record("none", target=("dams", None)), source="vast")
    splits = {"rw": [unit] * 3, "mt": [unit], "vast": [topic]}
    wrong = [[0, 9, 0]]
    by_split = {
        "rw": predicted([unit] * 3, sentiments=[[9, 0, 0]] * 3),
        "mt": predicted([unit], sentiments=wrong),
        "vast": predicted([topic]),
    }
    assert 1 < sentiment_temperature(splits, by_split) < 20
    assert sentiment_temperature({"vast": [topic]}, by_split) == 1


@pytest.mark.parametrize(("n", "n_scored"), [(0, 0), (1, 1), (300, 300), (301, 151), (900, 300)])
def test_a_part_of_the_pairs_is_scored_while_training(n, n_scored):
    assert len(part_of_pairs(range(n))) == n_scored
