import csv

import pytest

from standpoint.errors import CorpusError
from train.corpora.vast import load_vast

ROW = {
    "author": "A",
    "post": "Trains, \"fast\" ones,\nare good.",
    "new_topic": "Fast Trains",
    "label": "1",
    "type_idx": "1",
    "new_id": "7",
    "arc_id": "70",
    "topic_str": "fast train",
    "seen?": "0",
}  # fmt: skip


@pytest.fixture
def vast(tmp_path):
    def write(*rows, columns=tuple(ROW), **first):
        for split, of in (("train", [ROW]), ("test", [{**ROW, **first}, *rows])):
            with (tmp_path / f"vast_{split}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, columns, extrasaction="ignore")
                writer.writeheader()
                writer.writerows(of)
        return tmp_path

    return write


def test_a_comment_has_a_stance_on_its_topic_string(vast):
    train, test = load_vast(vast()).records
    assert train.text == ROW["post"]
    assert train.target == {"name": "fast train", "start": None, "end": None}
    assert (train.label, train.issue, train.group, train.holder) == (
        "favor",
        "fast train",
        "70",
        None,
    )
    assert (train.tags, test.tags) == ((), ("zero_shot",))


@pytest.mark.parametrize(("label", "ours"), [("0", "against"), ("1", "favor"), ("2", "none")])
def test_con_pro_and_neutral(vast, label, ours):
    assert load_vast(vast(label=label)).records[1].label == ours


def test_seen_topics_are_few_shot_and_synthetic_rows_are_tagged(vast):
    tags = load_vast(vast(**{"seen?": "1", "type_idx": "4"})).records[1].tags
    assert tags == ("few_shot", "synthetic_neutral")


def test_all_faulty_rows_are_reported_with_the_line_they_begin_on(vast):
    with pytest.raises(CorpusError) as caught:
        load_vast(vast({**ROW, "label": "3"}, {**ROW, "post": " ", "seen?": ""}))
    for said in (
        "vast_test.csv:4: label must be one of 0, 1, 2, got '3'.",
        "vast_test.csv:6: post must hold a text, got none.",
        "vast_test.csv:6: seen? must be one of 0, 1, got ''.",
    ):
        assert said in str(caught.value)


def test_a_missing_column_gets_a_hint(vast):
    columns = [c for c in ROW if c != "topic_str"] + ["topic_st"]
    with pytest.raises(CorpusError, match=r"'topic_str', got only .*Did you mean 'topic_st'\?"):
        load_vast(vast(columns=columns))


def test_broken_quoting_is_reported(vast):
    folder = vast()
    with (folder / "vast_train.csv").open("a", encoding="utf-8") as file:
        file.write('A,"never closed')
    with pytest.raises(CorpusError, match=r"vast_train\.csv:4: must be a row of a table"):
        load_vast(folder)


def test_vast_has_no_sentiment(vast):
    with pytest.raises(CorpusError, match=r"task: must be stance for vast"):
        load_vast(vast(), task="sentiment")


def test_the_real_vast_has_its_published_sizes(data_folder):
    records = load_vast(data_folder / "vast").records
    tags = [tag for record in records for tag in record.tags]
    assert sum(record.split == "train" for record in records) == 13477
    assert (tags.count("zero_shot"), tags.count("few_shot")) == (1460, 1546)
    assert tags.count("synthetic_neutral") == 2313 + 999
    assert len({record.id for record in records}) == len(records) == 16483


def test_no_comment_of_the_real_vast_is_in_both_splits(data_folder):
    records = load_vast(data_folder / "vast").records
    train, test = ({r.text for r in records if r.split == split} for split in ("train", "test"))
    assert not train & test
