import pytest

from standpoint.errors import CorpusError
from train.corpora import pstance, semeval2016, tweeteval_stance
from train.corpora.pstance import load_pstance
from train.corpora.semeval2016 import load_semeval2016
from train.corpora.tweeteval_stance import TARGETS, load_tweeteval_stance

HEADER = "ID\tTarget\tTweet\tStance\tOpinion towards\tSentiment"
ROW = '101\tAtheism\tGod "is" love\tAGAINST\tOTHER\tPOSITIVE'


@pytest.fixture
def tweeteval(tmp_path):
    def write(texts=("no\n",), labels="1\n", *, of="hillary"):
        for target in TARGETS:
            (tmp_path / target).mkdir(exist_ok=True)
            for split in tweeteval_stance.SPLITS:
                (tmp_path / target / f"{split}_text.txt").write_text("a tweet\n", "utf-8")
                (tmp_path / target / f"{split}_labels.txt").write_text("0\n", "utf-8")
        content = "".join(texts).encode()
        (tmp_path / of / "val_text.txt").write_bytes(content)
        (tmp_path / of / "val_labels.txt").write_text(labels, "utf-8")
        return tmp_path

    return write


def test_the_author_holds_a_tweets_stance_on_the_folders_target(tweeteval):
    corpus = load_tweeteval_stance(tweeteval(["for\n", "hm\n"], "2\n0"))
    records = [r for r in corpus.records if (r.stratum, r.split) == ("hillary", "val")]
    assert [record.label for record in records] == ["favor", "none"]
    assert records[0].holder is None
    assert records[0].target == {"name": "Hillary Clinton", "start": None, "end": None}
    assert records[0].issue == "Hillary Clinton"


def test_only_a_line_feed_ends_a_tweet(tweeteval):
    corpus = load_tweeteval_stance(tweeteval(["one\u2028still\x85one\x0b\n", "two\r\n"], "1\n2\n"))
    texts = [r.text for r in corpus.records if (r.stratum, r.split) == ("hillary", "val")]
    assert texts == ["one\u2028still\x85one\x0b", "two"]


@pytest.mark.parametrize(
    ("texts", "labels", "said"),
    [
        (["a\n", "b\n"], "1\n", "hillary/val_labels.txt: must have as many lines as val_text.txt (2), got 1."),
        (["a\n"], "3\n", "hillary/val_labels.txt:1: must be one of 0, 1, 2, got '3'."),
        (["a\n", " \n"], "1\n1\n", "hillary/val_text.txt:2: must hold a text, got none."),
    ],
    ids=["lines", "label", "empty"],
)  # fmt: skip
def test_a_fault_of_tweeteval_is_reported_with_its_file(tweeteval, texts, labels, said):
    with pytest.raises(CorpusError) as caught:
        load_tweeteval_stance(tweeteval(texts, labels))
    assert said in str(caught.value)


def test_missing_tweeteval_files_are_named(tweeteval):
    folder = tweeteval()
    (folder / "atheism" / "test_text.txt").unlink()
    with pytest.raises(CorpusError, match=r"got none named atheism/test_text\.txt"):
        load_tweeteval_stance(folder)


def test_the_real_tweeteval_has_its_published_sizes(data_folder):
    records = load_tweeteval_stance(data_folder / "tweeteval_stance").records
    test = [record for record in records if record.split == "test"]
    assert (len(records), len(test)) == (4163, 1249)
    assert {record.issue for record in test} == set(TARGETS.values())
    assert len({record.id for record in records}) == len(records)
    assert all(not record.target["start"] for record in records)


@pytest.fixture
def semeval(tmp_path):
    def write(*rows, header=HEADER, name="testdata-taskA-all-annotations.txt"):
        train = tmp_path / semeval2016.SPLITS["train"]
        train.write_text(f"{HEADER}\n{ROW}\n", "utf-8")
        (tmp_path / name).write_bytes(
            b"".join(
                (row if isinstance(row, bytes) else row.encode()) + b"\r\n"
                for row in (header, *rows)
            )
        )
        return tmp_path

    return write


def test_semeval_rows_become_records_whatever_columns_follow(semeval):
    records = load_semeval2016(semeval(ROW, header=HEADER)).records
    assert [(r.id, r.split) for r in records] == [("train:101", "train"), ("test:101", "test")]
    assert (records[1].text, records[1].label) == ('God "is" love', "against")
    assert records[1].target["name"] == records[1].issue == records[1].stratum == "Atheism"


def test_a_semeval_file_without_the_later_columns_is_read_too(semeval):
    folder = semeval("7\tAtheism\tmaybe\tNONE", header="ID\tTarget\tTweet\tStance")
    assert load_semeval2016(folder).records[1].label == "none"


@pytest.mark.parametrize(
    ("found", "text"),
    [(b"it\x92s", "it’s"), ("it’s".encode(), "it’s"), (b"caf\xe9 \x9d", "café \x9d")],
    ids=["cp1252", "utf-8", "no letter"],
)
def test_a_semeval_file_that_is_not_utf8_is_windows_1252(semeval, found, text):
    row = b"7\tAtheism\t" + found + b"\tFAVOR\tTARGET\tPOSITIVE"
    assert load_semeval2016(semeval(row)).records[1].text == text


def test_the_trial_data_and_task_b_are_read_where_they_are_there(semeval):
    semeval(ROW)
    semeval(ROW, name=semeval2016.SPLITS["trial"])
    folder = semeval(ROW, name=semeval2016.SPLITS["test_b"])
    splits = [record.split for record in load_semeval2016(folder).records]
    assert splits == ["train", "trial", "test", "test_b"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            "7\tAtheism\thm\tMAYBE\t\t",
            "2: Stance must be one of FAVOR, AGAINST, NONE, got 'MAYBE'.",
        ),
        ("7\tAtheism\t \tNONE\t\t", "2: Tweet must hold a text, got none."),
        ("7\tAtheism\thm", "2: must have 6 cells, got 3."),
    ],
    ids=["label", "text", "cells"],
)
def test_a_faulty_semeval_row_is_reported_with_file_and_line(semeval, row, said):
    with pytest.raises(CorpusError) as caught:
        load_semeval2016(semeval(row))
    assert f"testdata-taskA-all-annotations.txt:{said}" in str(caught.value)


def test_a_semeval_file_without_a_column_is_told_which(semeval):
    with pytest.raises(
        CorpusError, match=r"txt:1: must have the column 'Stance', got only ID, Target"
    ):
        load_semeval2016(semeval("7\tAtheism\thm", header="ID\tTarget\tTweet"))


def test_semeval_needs_train_and_test(tmp_path):
    with pytest.raises(CorpusError, match=r"trainingdata-all.*, testdata-taskA-all"):
        load_semeval2016(tmp_path)


@pytest.fixture
def p_stance(tmp_path):
    def write(*rows, target="biden"):
        for split in pstance.SPLITS:
            content = "Tweet,Target,Stance\nok,Joe Biden,FAVOR\n"
            (tmp_path / f"raw_{split}_{target}.csv").write_text(content, "utf-8")
        content = "\n".join(["Tweet,Target,Stance", *rows])
        (tmp_path / f"raw_train_{target}.csv").write_text(content, "utf-8")
        return tmp_path

    return write


def test_p_stance_is_read_for_the_targets_that_are_there(p_stance):
    p_stance('"None, of\nthem",Joe Biden,NONE', "no,Joe Biden,AGAINST")
    records = load_pstance(p_stance("yes,Donald Trump,FAVOR", target="trump")).records
    assert [r.id for r in records if r.split == "train"] == [
        "trump:train:2",
        "biden:train:2",
        "biden:train:4",
    ]
    assert records[3].text == "None, of\nthem"
    assert [r.label for r in records if r.id.startswith("biden")] == [
        "none",
        "against",
        "favor",
        "favor",
    ]


def test_a_p_stance_target_must_have_all_its_files(p_stance):
    folder = p_stance("yes,Joe Biden,FAVOR")
    (folder / "raw_val_biden.csv").unlink()
    with pytest.raises(CorpusError, match=r"got none named raw_val_biden\.csv\."):
        load_pstance(folder)


def test_faults_of_p_stance_are_reported_together_with_file_and_line(p_stance):
    folder = p_stance('"a\nb",Joe Biden,PRO', ",,FAVOR")
    with pytest.raises(CorpusError) as caught:
        load_pstance(folder)
    for said in ("2: Stance must be one of", "4: Tweet must hold", "4: Target must hold"):
        assert f"raw_train_biden.csv:{said}" in str(caught.value)


def test_a_folder_without_p_stance_is_refused(tmp_path):
    with pytest.raises(CorpusError, match=r"must hold raw_train_trump\.csv and the like"):
        load_pstance(tmp_path)


@pytest.mark.parametrize("load", [load_tweeteval_stance, load_semeval2016, load_pstance])
def test_tweets_have_no_sentiment(load, tmp_path):
    with pytest.raises(CorpusError, match=r"task: must be stance for \w+, got 'sentiment'\."):
        load(tmp_path, task="sentiment")
