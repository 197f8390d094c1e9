import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.property.test_splits import record
from train.splitting.leakage import (
    NEAR,
    TextIndex,
    near_duplicates,
    plain_text,
    repeated_rows,
    shingles,
)

SENTENCE = (
    "The minister told parliament on Monday that the dam would never be built in his lifetime."
)
NEARLY = SENTENCE.replace("Monday", "Tuesday")
OTHER = "Rebels and the army agreed to a truce along the northern border after weeks of fighting."


def index(tmp_path, *texts, **more):
    rows = [record(n, f"g{n}", "s", text=text, **more) for n, text in enumerate(texts)]
    return TextIndex(rows, cache=tmp_path)


def test_a_text_that_train_has_is_found_whatever_its_case_and_spaces(tmp_path):
    texts = index(tmp_path, SENTENCE, f"  {SENTENCE.upper()}\n", OTHER)
    leaks = texts.leaks([0], [1, 2])
    assert leaks.text.tolist() == [True, False]
    assert leaks.near.tolist() == [False, False]
    assert leaks.clean.tolist() == [False, True]


def test_a_text_that_train_nearly_has_is_found_and_is_not_clean(tmp_path):
    leaks = index(tmp_path, SENTENCE, NEARLY, OTHER).leaks([0], [1, 2])
    assert leaks.text.tolist() == [False, False]
    assert leaks.near.tolist() == [True, False]
    assert leaks.clean.tolist() == [False, True]


def test_a_repeated_row_has_the_same_text_and_the_same_roles(tmp_path):
    rows = [record(n, f"g{n}", "s", text=SENTENCE) for n in range(3)]
    rows[2].target["name"] = "another"
    leaks = TextIndex(rows, cache=tmp_path).leaks([0], [1, 2])
    assert leaks.row.tolist() == [True, False]
    assert leaks.text.tolist() == [True, True]
    assert repeated_rows(rows[:1], rows[1:]).tolist() == [True, False]


def test_a_group_on_both_sides_is_counted(tmp_path):
    rows = [record(n, "one article", "s", text=f"{OTHER} {n}") for n in range(2)]
    assert TextIndex(rows, cache=tmp_path).leaks([0], [1]).group.tolist() == [True]


def test_repeats_inside_train_are_counted(tmp_path):
    texts = index(tmp_path, SENTENCE, SENTENCE, NEARLY, OTHER)
    assert texts.repeats(range(4)) == {"rows_repeated": 1, "texts_repeated": 1, "texts_near": 2}
    assert texts.repeats([0, 3]) == {"rows_repeated": 0, "texts_repeated": 0, "texts_near": 0}


def test_near_duplicates_are_kept_and_found_again_without_looking(tmp_path, monkeypatch):
    first = index(tmp_path, SENTENCE, NEARLY).leaks([0], [1]).near
    monkeypatch.setattr("train.splitting.leakage.near_duplicates", None)
    again = index(tmp_path, SENTENCE, NEARLY).leaks([0], [1]).near
    assert first.tolist() == again.tolist() == [True]


def overlap(one, other):
    a, b = shingles(one), shingles(other)
    return len(a & b) / len(a | b)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(min_size=1, max_size=60), unique=True, min_size=1, max_size=12))
def test_whatever_is_called_near_is_near(texts):
    for one, other in near_duplicates(texts):
        assert one < other
        assert overlap(texts[one], texts[other]) >= NEAR


@pytest.mark.slow
def test_what_is_near_is_nearly_always_found():
    """MinHash may overlook a twin at the limit, but hardly ever one."""
    draw = random.Random(3)
    words = [f"w{n}" for n in range(400)]
    texts = set()
    for _ in range(150):
        sentence = draw.sample(words, 25)
        changed = list(sentence)
        changed[draw.randrange(25)] = draw.choice(words)
        texts |= {" ".join(sentence), " ".join(changed)}
    texts = sorted(texts)
    near = {
        (a, b)
        for a in range(len(texts))
        for b in range(a + 1, len(texts))
        if overlap(texts[a], texts[b]) >= NEAR
    }
    assert len(near) > 100
    assert len(near & set(near_duplicates(texts))) >= 0.98 * len(near)


def test_no_rows_leak_nothing(tmp_path):
    leaks = index(tmp_path, SENTENCE).leaks([0], [])
    assert leaks.clean.shape == (0,)


def test_plain_text_forgets_case_and_spaces():
    assert plain_text(" The\tDAM ") == "the dam"


@pytest.mark.slow
def test_dse_has_the_400_test_rows_that_repeat_a_training_row(data_folder, tmp_path):
    from train.corpora.dse import load_dse
    from train.corpora.dse_classes import DIRECTIONS

    records = [r for r in load_dse(data_folder / "dse").records if r.id.endswith(DIRECTIONS[0])]
    numbers = {s: [n for n, r in enumerate(records) if r.split == s] for s in ("train", "test")}
    leaks = TextIndex(records, cache=tmp_path).leaks(numbers["train"], numbers["test"])
    assert len(leaks.row) == 1623
    assert leaks.row.sum() == 400
    assert np.sum(~leaks.row) == 1223
    assert (leaks.text | ~leaks.row).all()
