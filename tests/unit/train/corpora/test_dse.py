import random

import numpy as np
import pytest

from standpoint.errors import CorpusError
from standpoint.labels import LABELS
from standpoint.text.article import Span
from train.corpora.dse import SPLITS, load_dse, repaired, unbracketed
from train.corpora.dse_classes import OFFICIAL_CLASSES, join_directions, official_class_numbers

GOOD = "[Ann Lee] blames [Bob]’s friends.\tAnn Lee\tBob\t3"


@pytest.fixture
def dse(tmp_path):
    def write(*lines, **others):
        for split in SPLITS:
            rows = others.get(split, [GOOD])
            (tmp_path / f"{split}.txt").write_text("\n".join(rows) + "\n", "utf-8")
        content = "".join(f"{line}\n" for line in lines)
        (tmp_path / "train.txt").write_text(content, "utf-8", newline="")
        return tmp_path

    return write


def spans_of(record):
    return [record.text[role["start"] : role["end"]] for role in (record.holder, record.target)]


def test_a_sentence_is_two_records_one_for_each_direction(dse):
    to_q, to_p = load_dse(dse(GOOD)).records[:2]
    assert to_q.text == to_p.text == "Ann Lee blames Bob’s friends."
    assert (spans_of(to_q), to_q.label, to_q.tags) == (["Ann Lee", "Bob"], "negative", ("p_to_q",))
    assert (spans_of(to_p), to_p.label, to_p.tags) == (["Bob", "Ann Lee"], "neutral", ("q_to_p",))
    assert (to_q.id, to_p.id) == ("train:1:p_to_q", "train:1:q_to_p")


@pytest.mark.parametrize(
    ("label", "sides"),
    [
        ("0", ["neutral", "neutral"]),
        ("1", ["positive", "neutral"]),
        ("2", ["neutral", "positive"]),
        ("3", ["negative", "neutral"]),
        ("4", ["neutral", "negative"]),
    ],
)
def test_the_direction_a_label_does_not_speak_of_is_neutral(dse, label, sides):
    folder = dse(f"[A] and [B].\tA\tB\t{label}")
    assert [record.label for record in load_dse(folder).records[:2]] == sides


def test_a_text_with_quotation_marks_is_read_as_csv_writes_it(dse):
    folder = dse('"[Ann] said ""no"" to [B""o]."\tAnn\t"B""o"\t0')
    record = load_dse(folder).records[0]
    assert record.text == 'Ann said "no" to B"o.'
    assert spans_of(record) == ["Ann", 'B"o']


@pytest.mark.parametrize(
    ("marked", "p", "q", "text", "found"),
    [
        ("[Bob] met [Ann]", "Ann", "Bob", "Bob met Ann", ["Ann", "Bob"]),
        ("[Bob] [sic] met [Ann]", "Bob", "Ann", "Bob [sic] met Ann", ["Bob", "Ann"]),
        ("[Bush] met [Bush]", "Bush", "Bush", "Bush met Bush", ["Bush", "Bush"]),
        ("[ Ann] met [Bob ]", "Ann", "Bob", " Ann met Bob ", [" Ann", "Bob "]),
    ],
    ids=["order", "other brackets", "same words", "white space"],
)
def test_brackets_are_found_by_the_names_in_them(marked, p, q, text, found):
    plain, spans = unbracketed(marked, p, q)
    assert (plain, [span.of(plain) for span in spans]) == (text, found)
    assert not spans[0].overlaps(spans[1])


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("A [Los Angele]s court", "Los Angeles"),
        ("[Congre]ss voted", "Congress"),
        ("to [Kratz’]s claims", "Kratz"),
        ("with top s[ecret] security", "secret"),
        ("the group[s Facebook] page", "Facebook"),
        ("the state[’s Democratic Party] met", "Democratic Party"),
        ("there,[” Lemon] said", "Lemon"),
        ("then [ Juror]s sat", "Jurors"),
        ("the nation[’]s chief", "nation"),
        ("the [U. S. ”]One China", "U. S."),
        ("two [McInne]sAnd while", "McInnes"),
        ("the [UKIP]With results", "UKIP"),
        ("the [’]s tag line", "’"),
        ("said [Mass.], by surprise", "Mass."),
        ("hi [@FoxNew]s)", "@FoxNews"),
        ("by Reuters[Harrison] in", "Harrison"),
    ],
)
def test_a_span_off_its_name_is_repaired(marked, name):
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    (span,) = repaired(text, [Span(start, end)])
    assert span.of(text) == name


def test_spans_that_would_overlap_stay_as_they_are():
    text = "nation’s"
    spans = (Span(0, 6), Span(6, 7))
    assert repaired(text, spans) == spans


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("[A] met [B].\tA\tB", "train.txt:2: must have 4 cells (text, p, q, label), got 3."),
        ("[A] met [B].\tA\tB\t5", "train.txt:2: label must be one of 0, 1, 2, 3, 4, got '5'."),
        ("[A] met B.\tA\tB\t0", "train.txt:2: text must hold 'B' in brackets"),
        (
            "[A] met him.\tA\tA\t0",
            "train.txt:2: text must hold 'A' and 'A' in brackets of their own",
        ),
        ('"[A] met "x" [B]."\tA\tB\t0', "train.txt:2: "),
        ("", "train.txt:2: must have 4 cells"),
    ],
    ids=["cells", "label", "name", "one pair", "quoting", "empty"],
)
def test_a_faulty_line_is_reported_with_file_and_line(dse, line, said):
    with pytest.raises(CorpusError) as caught:
        load_dse(dse(GOOD, line, GOOD))
    assert said in str(caught.value)


def test_all_faults_of_all_files_are_reported_together(dse):
    folder = dse("a", GOOD, "b", test=["c"])
    with pytest.raises(CorpusError) as caught:
        load_dse(folder)
    assert all(place in str(caught.value) for place in ("train.txt:1", "train.txt:3", "test.txt:1"))


def test_bytes_that_are_not_utf8_are_reported_with_file_and_line(dse):
    folder = dse(GOOD)
    (folder / "valid.txt").write_bytes(GOOD.encode() + b"\n\x93\n")
    with pytest.raises(CorpusError, match=r"valid\.txt:2: must be UTF-8, got the byte 0x93\."):
        load_dse(folder)


def test_texts_alike_but_for_case_and_white_space_share_a_group(dse):
    folder = dse("[A]  met [B].\tA\tB\t0", "[a] met [b].\ta\tb\t0", "[A] saw [B].\tA\tB\t0")
    groups = [record.group for record in load_dse(folder).records[:6:2]]
    assert groups[0] == groups[1] != groups[2]


def test_dse_has_no_stance(dse):
    with pytest.raises(CorpusError, match=r"task: must be sentiment for dse, got 'stance'\."):
        load_dse(dse(GOOD), task="stance")


def as_shares(records):
    return np.eye(3)[[LABELS["sentiment"].index(record.label) for record in records]]


def test_five_classes_are_products_of_both_directions_over_their_sum(dse):
    records = load_dse(dse(GOOD)).records[:2]
    joined = join_directions(records, [[0.5, 0.3, 0.2], [0.1, 0.6, 0.3]])
    products = np.array([0.3 * 0.6, 0.5 * 0.6, 0.3 * 0.1, 0.2 * 0.6, 0.3 * 0.3])
    np.testing.assert_allclose(joined.probabilities[0], products / products.sum(), rtol=1e-6)
    assert joined.y_true.tolist() == ["p_to_q_negative"]
    assert joined.sentences == records[:1]


def test_joined_sentences_keep_the_order_they_first_come_in(dse):
    records = list(load_dse(dse(*[f"[A] met [B].\tA\tB\t{n}" for n in "01234"])).records[:10])
    random.Random(7).shuffle(records)
    joined = join_directions(records, as_shares(records))
    first = list(dict.fromkeys(record.id.rpartition(":")[0] for record in records))
    assert [record.id for record in joined.sentences] == [f"{id}:p_to_q" for id in first]
    assert joined.y_true.tolist() == [OFFICIAL_CLASSES[int(id.split(":")[1]) - 1] for id in first]
    assert (
        np.array(OFFICIAL_CLASSES)[joined.probabilities.argmax(axis=1)].tolist()
        == joined.y_true.tolist()
    )


def test_a_sentence_without_one_direction_is_refused(dse):
    records = load_dse(dse(GOOD)).records[:3]
    with pytest.raises(
        CorpusError, match=r"valid:1: must have both directions, got none named q_to_p"
    ):
        join_directions(records, as_shares(records))


def test_a_direction_given_twice_is_refused(dse):
    records = load_dse(dse(GOOD)).records[:2]
    with pytest.raises(CorpusError, match=r"train:1:p_to_q: must be a direction of its own"):
        join_directions([*records, records[0]], np.ones((3, 3)))


def test_shares_of_another_shape_are_refused(dse):
    with pytest.raises(CorpusError, match=r"shares must have shape \(2, 3\), got \(2, 2\)\."):
        join_directions(load_dse(dse(GOOD)).records[:2], np.ones((2, 2)))


def test_sides_in_both_directions_have_no_official_class():
    with pytest.raises(CorpusError, match=r"row 1: one direction must be neutral"):
        official_class_numbers(["neutral", "positive"], ["neutral", "negative"])


def test_shares_of_nothing_but_zeros_stay_finite(dse):
    joined = join_directions(load_dse(dse(GOOD)).records[:2], np.zeros((2, 3)))
    assert np.isfinite(joined.probabilities).all()


@pytest.fixture(scope="module")
def real(data_folder):
    return load_dse(data_folder / "dse")


@pytest.mark.slow
def test_the_real_dse_has_its_published_sizes(real):
    sizes = {split: sum(record.split == split for record in real.records) for split in SPLITS}
    assert sizes == {"train": 2 * 13144, "valid": 2 * 1461, "test": 2 * 1623}
    assert len({record.id for record in real.records}) == len(real.records)


def test_every_span_of_the_real_dse_holds_its_name(real):
    for record in real.records:
        assert spans_of(record) == [record.holder["name"], record.target["name"]]
        assert record.target["name"] == record.target["name"].strip()


@pytest.mark.slow
def test_the_official_labels_of_the_real_dse_come_back(real, data_folder):
    lines = [
        line
        for split in SPLITS
        for line in (data_folder / "dse" / f"{split}.txt").read_text("utf-8").split("\n")
        if line
    ]
    official = [int(line.rpartition("\t")[2]) for line in lines]
    joined = join_directions(real.records, as_shares(real.records))
    assert joined.y_true.tolist() == [OFFICIAL_CLASSES[number] for number in official]
    assert joined.probabilities.argmax(axis=1).tolist() == official
    labels = np.array([record.label for record in real.records])
    assert official_class_numbers(labels[::2].tolist(), labels[1::2].tolist()).tolist() == official
