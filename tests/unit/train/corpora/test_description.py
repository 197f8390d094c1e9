from train.corpora.description import describe
from train.corpora.record import Corpus, Record


def record(text, *, split, label="favor", group="g", issue=None, start=None):
    return Record(
        id=f"{split}:{text}",
        text=text,
        holder=None,
        target={"name": "x", "start": start, "end": None if start is None else start + 1},
        label=label,
        group=group,
        issue=issue,
        actor=None,
        date=None,
        stratum=split,
        split=split,
    )


RECORDS = (
    record("a b c", split="train", start=0),
    record("a b c", split="train", label="none", issue="i"),
    record("d", split="train", group="h"),
    record("a b c", split="test", group="k", label="against", start=2),
)


def test_labels_rows_and_distinct_texts_are_counted_by_split():
    found = describe(Corpus("c", "stance", RECORDS)).splits
    assert (found["train"].n, found["train"].texts) == (3, 2)
    assert found["train"].labels == {"favor": 2, "against": 0, "none": 1}
    assert found["test"].labels == {"favor": 0, "against": 1, "none": 0}


def test_groups_issues_and_spans_are_counted():
    found = describe(Corpus("c", "stance", RECORDS))
    assert (found.groups, found.issues, found.actors, found.target_spans) == (3, 1, 0, 0.5)


def test_texts_in_two_splits_are_told():
    assert describe(Corpus("c", "stance", RECORDS)).shared_texts == (("train", "test", 1),)


def test_lengths_are_those_of_distinct_texts():
    words = describe(Corpus("c", "stance", RECORDS)).words
    assert (words.median, words.p90, words.longest) == (2, 3, 3)


def test_an_empty_corpus_is_described_too():
    found = describe(Corpus("c", "stance", ()))
    assert (found.n, found.words.longest, found.target_spans) == (0, 0, 0)
