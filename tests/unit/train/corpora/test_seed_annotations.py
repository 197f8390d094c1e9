import json

import pytest

from standpoint.errors import CorpusError
from train.corpora.seed_annotations import load_annotations
from train.corpora.seeds import load_seeds

CODEBOOK = """
name  = "talks"
title = "Talks"
[[actors]]
id = "kovac"
name = "Ana Kovac"
kind = "person"
[[issues]]
id = "ceasefire"
name = "A ceasefire"
favor = "It holds."
against = "It does not."
cues = ["ceasefire"]
"""
TEXT = "Talks\n\nKovac backed the ceasefire. She would not fight on.\n"


def stretch(words):
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def statement(**changes):
    return {
        "holder": "kovac",
        "holder_span": stretch("Kovac"),
        "issue": "ceasefire",
        "cue": {**stretch("ceasefire"), "pole": "favor"},
        "stance": "favor",
        "sentiment": "neutral",
        "attribution": {"kind": "narrator", "reporter": None},
        "evidence": stretch("Kovac backed the ceasefire."),
    } | changes


def row(id="talks-001", **changes):
    return {"id": id, "statements": [statement(**changes)]}


def settled(**changes):
    return {
        "id": "talks-001",
        "holder": "kovac",
        "issue": "ceasefire",
        "evidence": stretch("She would not fight on."),
        "first": [],
        "second": ["favor"],
        "settled": "favor",
        "why": "would not fight",
    } | changes


@pytest.fixture
def load(tmp_path):
    """Load annotations of two articles, given by folder as rows."""
    for folder in ("codebooks", "seeds"):
        (tmp_path / folder).mkdir()
    (tmp_path / "codebooks" / "talks.toml").write_text(CODEBOOK, "utf-8")
    more = {"codebook": "talks", "title": "", "date": "2020-01-01", "style": "wire", "text": TEXT}
    articles = [{**row("talks-001"), **more}, {**row("talks-002"), **more}]

    def write(name, rows):
        lines = [given if isinstance(given, str) else json.dumps(given) for given in rows]
        (tmp_path / "seeds" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "seeds" / name).write_text("\n".join(lines) + "\n", "utf-8")

    def call(name="talks.jsonl", **folders):
        write("talks.jsonl", articles)
        for folder, rows in folders.items():
            write(f"{folder}/{name}", rows)
        seeds = load_seeds(tmp_path / "seeds", codebooks=tmp_path / "codebooks")
        return load_annotations(tmp_path / "seeds", seeds=seeds)

    return call


def test_annotations_are_read_by_article(load):
    found = load(first=[row()], second=[row(stance="none")], settled=[settled()])
    assert [s.stance for s in found.first["talks-001"]] == ["favor"]
    assert [s.stance for s in found.second["talks-001"]] == ["none"]
    assert found.settled[0].stances == {"favor"}


def test_seeds_annotated_once_have_no_annotations_apart(load):
    found = load()
    assert (found.first, found.second, found.settled) == ({}, {}, ())


@pytest.mark.parametrize(
    ("given", "stances"),
    [("both", {"favor", "against"}), ("no statement", set()), ("none", {"none"})],
)
def test_a_difference_is_settled_by_the_stances_that_hold(load, given, stances):
    assert load(settled=[settled(settled=given)]).settled[0].stances == stances


FAULTS = [
    ("{", "must be JSON, got Expecting property name enclosed in double quotes"),
    (row("talks-009"), "id must be of a seed of talks, got 'talks-009'."),
    (row(), "id must be new, got 'talks-001' again."),
    ({**row("talks-002"), "text": TEXT}, "text: unknown key."),
    (
        row("talks-002", holder="nobody"),
        "statements[0].holder: must be an actor of talks, got 'nobody'.",
    ),
    (
        row("talks-002", evidence={**stretch("Talks"), "text": "Tasks"}),
        "statements[0].evidence: text must stand at its offsets, got 'Talks' there.",
    ),
]


@pytest.mark.parametrize(("faulty", "said"), FAULTS, ids=[said[:30] for _, said in FAULTS])
@pytest.mark.parametrize("folder", ["first", "second"])
def test_a_faulty_annotation_is_reported_with_file_and_line(load, folder, faulty, said):
    rows = {"first": [row(), row("talks-002")], "second": [row(), row("talks-002")]}
    with pytest.raises(CorpusError) as caught:
        load(**{**rows, folder: [row(), faulty]})
    assert f"\n  {folder}/talks.jsonl:2: {said}" in str(caught.value)


ELSE = stretch("Kovac backed the ceasefire.")
SETTLED_FAULTS = [
    (settled(id="talks-009"), "id must be of a seed of talks, got 'talks-009'."),
    (settled(holder="nobody"), "holder: must be an actor of talks, got 'nobody'."),
    (settled(issue="nothing"), "issue: must be an issue of talks, got 'nothing'."),
    (
        settled(evidence={"start": 9, "end": 7, "text": "Kovac"}),
        "evidence: text must stand at its offsets, got '' there.",
    ),
    (settled(first=["favor"], evidence=ELSE), "second: must differ from first, got favor in both."),
    (settled(second=[], evidence=ELSE), "second: must differ from first, got nothing in both."),
    (settled(), "must be settled once, got 'kovac' on 'ceasefire' again."),
    (
        settled(settled="maybe"),
        "settled: must be one of favor, against, none, both, no statement, got 'maybe'.",
    ),
]


@pytest.mark.parametrize(
    ("faulty", "said"), SETTLED_FAULTS, ids=[said[:30] for _, said in SETTLED_FAULTS]
)
def test_a_faulty_settlement_is_reported_with_file_and_line(load, faulty, said):
    with pytest.raises(CorpusError) as caught:
        load(settled=[settled(), faulty])
    assert str(caught.value).endswith(f":\n  settled/talks.jsonl:2: {said}")


def test_all_faults_of_the_annotations_are_reported_together(load):
    with pytest.raises(CorpusError) as caught:
        load(
            first=[row(holder="nobody"), row("talks-002")],
            second=["{", row()],
            settled=[settled(issue="nothing")],
        )
    faults = str(caught.value).split("\n  ")[1:]
    assert [fault.partition(": ")[0] for fault in faults] == [
        "first/talks.jsonl:1",
        "second/talks.jsonl:1",
        "first",
        "settled/talks.jsonl:1",
    ]
    assert faults[2] == "first: 'talks-002' must be annotated twice, got it in first alone."


def test_a_file_is_for_the_articles_of_the_codebook_it_is_named_after(load):
    with pytest.raises(CorpusError) as caught:
        load("other.jsonl", settled=[settled()])
    said = "settled/other.jsonl:1: id must be of a seed of other, got 'talks-001'."
    assert str(caught.value).endswith(said)
