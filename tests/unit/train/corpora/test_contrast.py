"""Contrast texts are loaded with their codebooks; every fault has its file and line."""

import json
import re

import pytest

from standpoint.errors import CorpusError
from train.corpora.contrast import KINDS, count_contrast, load_contrast
from train.corpora.io import text_key
from train.splitting.leakage import near_duplicates, plain_text

CODEBOOK = """
name  = "dam"
title = "The dam"

[[actors]]
id   = "ruritania"
name = "Ruritania"
kind = "state"

[[actors]]
id      = "kovac"
name    = "Ana Kovac"
kind    = "person"
aliases = ["Kovac"]

[[issues]]
id      = "built"
name    = "The dam is built"
favor   = "It is built."
against = "It is not."
"""


def row(id="a-001-a", stance="favor", **changes):
    text = f"Kovac {'backs' if stance == 'favor' else 'rejects'} the dam."
    return {
        "id": id, "group": "a-001", "kind": "two-actors", "before": "", "text": text,
        "speaker": None, "statements": {"built": {"kovac": stance}}, **changes,
    }  # fmt: skip


PAIR = (row(), row("a-001-b", "against"))


@pytest.fixture
def load(tmp_path):
    """Write texts by split and file, and load them."""

    def write_and_load(files, *, split=None, books=("dam",)):
        (tmp_path / "codebooks").mkdir(exist_ok=True)
        for name in books:
            book = CODEBOOK.replace('"dam"', f'"{name}"', 1)
            (tmp_path / "codebooks" / f"{name}.toml").write_text(book)
        for name, rows in files.items():
            file = tmp_path / "contrast" / f"{name}.jsonl"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("".join(f"{json.dumps(r)}\n" for r in rows))
        return load_contrast(tmp_path / "contrast", codebooks=tmp_path / "codebooks", split=split)

    return write_and_load


def test_a_text_has_its_codebook_its_split_and_the_stances_of_all_holders(load):
    first, second = load({"train/dam": PAIR}).texts
    assert (first.codebook.name, first.split, first.kind) == ("dam", "train", "two-actors")
    assert dict(first.statements) == {("built", "kovac"): "favor"}
    assert second.full_text == "Kovac rejects the dam."


def test_the_sentence_before_belongs_to_the_full_text(load):
    first, _ = load({"train/dam": (row(before="A dam is planned."), PAIR[1])}).texts
    assert first.full_text == "A dam is planned. Kovac backs the dam."


def test_texts_of_one_split_alone_are_given_and_counted(load):
    texts = (row("b-001-a", text="Kovac wants it."), row("b-001-b", "against", text="Kovac sues."))
    other = [{**r, "group": "b-001"} for r in texts]
    loaded = load({"train/dam": PAIR, "test/lake": other}, split="test", books=("dam", "lake"))
    assert [*loaded.codebooks] == ["lake"]
    counts = count_contrast(loaded.texts)["test"]
    assert (counts.texts, counts.groups) == (2, 1)
    assert counts.statements == {"favor": 1, "against": 1}


FAULTS = [
    pytest.param(
        {"train/dam": (row(speaker="kovak"), PAIR[1])},
        "train/dam.jsonl:1: speaker: must be an actor of dam, got 'kovak'. Did you mean 'kovac'?",
        id="an unknown speaker",
    ),
    pytest.param(
        {"train/dam": (row(statements={"build": {"kovac": "favor"}}), PAIR[1])},
        "train/dam.jsonl:1: statements: must be on issues of dam, got 'build'. Did you mean 'built",
        id="an unknown issue",
    ),
    pytest.param(
        {"train/dam": (row(statements={"built": {"borduria": "favor"}}), PAIR[1])},
        "train/dam.jsonl:1: statements.built: must be of actors of dam, got 'borduria'.",
        id="an unknown holder",
    ),
    pytest.param(
        {"train/dam": (row(statements={"built": {"ruritania": "favor"}}), PAIR[1])},
        "statements.built: must be of who is named or speaks, got 'ruritania', who does neither.",
        id="a holder that the text does not name",
    ),
    pytest.param(
        {"train/dam": (row(kind="passiv"), PAIR[1])},
        "train/dam.jsonl:1: kind: must be",
        id="an unknown kind",
    ),
    pytest.param(
        {"train/dam": (PAIR[0], row("a-001-a", "against"))},
        "train/dam.jsonl:2: id must be new, got 'a-001-a', which is at train/dam.jsonl:1 too.",
        id="an id twice",
    ),
    pytest.param(
        {"train/dam": PAIR[:1]},
        "train/dam.jsonl:1: a group must have two texts or more, got one in 'a-001'.",
        id="a group of one",
    ),
    pytest.param(
        {"train/dam": (PAIR[0], row("a-001-b", text="Kovac is for the dam."))},
        "train/dam.jsonl:1: an answer must turn in each group, got the same for all of 'a-001'.",
        id="a group without a turn",
    ),
    pytest.param(
        {"train/dam": PAIR, "test/dam": PAIR},
        "test/dam.jsonl: each codebook must be in one split, got 'dam' in train too.",
        id="a codebook in two splits",
    ),
    pytest.param(
        {"train/dam": PAIR, "test/dam": PAIR},
        "test/dam.jsonl:1: a text must be in one split, got one that is at train/dam.jsonl:1 too.",
        id="a text in two splits",
    ),
    pytest.param(
        {"train/lake": PAIR},
        "train/lake.jsonl: must be named after a codebook in",
        id="a file of no codebook",
    ),
    pytest.param(
        {"train/lake": PAIR},
        "dam.toml: each codebook must have texts, got none for 'dam'.",
        id="a codebook without texts",
    ),
    pytest.param({}, "contrast: must hold files named SPLIT/CODEBOOK.jsonl, got none.", id="none"),
]


@pytest.mark.parametrize(("files", "message"), FAULTS)
def test_a_fault_is_told_with_its_file_and_line(load, files, message):
    with pytest.raises(CorpusError) as refusal:
        load(files)
    assert message in str(refusal.value)


def test_an_unknown_split_is_refused(load):
    with pytest.raises(CorpusError, match="--split: must be one of train, dev, test, got 'valid'"):
        load({"train/dam": PAIR}, split="valid")


@pytest.fixture(scope="module")
def contrast(root):
    """The project's texts; that they load is most of what there is to test."""
    folder = root / "seeds" / "contrast"
    return load_contrast(folder, codebooks=root / "configs" / "codebooks" / "contrast")


def test_every_kind_is_in_every_split(contrast):
    counts = count_contrast(contrast.texts)
    assert [*counts] == ["train", "dev", "test"]
    assert all([*own.kinds] == [*KINDS] for own in counts.values())


def test_training_has_at_least_1500_texts_in_groups(contrast):
    counts = count_contrast(contrast.texts)
    assert counts["train"].texts + counts["dev"].texts >= 1_500


def test_no_codebook_group_or_text_of_the_test_texts_is_in_another_split(contrast):
    sides = {True: set(), False: set()}
    for text in contrast.texts:
        sides[text.split == "test"] |= {
            text.codebook.name, text.codebook.title, text.group, text_key(text.full_text),
        }  # fmt: skip
    assert sides[True] & sides[False] == set()


def test_no_frame_of_the_test_texts_is_in_another_split(contrast):
    frames = sorted({(without_names(text), text.split == "test") for text in contrast.texts})
    assert len({frame for frame, _ in frames}) == len(frames)
    pairs = near_duplicates([frame for frame, _ in frames])
    shared = [(frames[a], frames[b]) for a, b in pairs if frames[a][1] != frames[b][1]]
    assert pairs, "texts of one group are near duplicates, or nothing was compared"
    assert shared == []


def without_names(text):
    """The text with a placeholder for each actor's name: what is left is the frame."""
    names = sorted((n for a in text.codebook.actors for n in a.names), key=len, reverse=True)
    named = "|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in names)
    return plain_text(re.sub(named, "X", text.full_text, flags=re.IGNORECASE))
