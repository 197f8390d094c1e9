import json

import pytest

from standpoint.errors import CorpusError
from train.config.data import PublicData
from train.corpora.load import load_corpus
from train.corpora.newsmtsc import SPLITS, load_newsmtsc
from train.corpora.seeds import load_seeds, seed_corpus

CODEBOOK = """
name  = "talks"
title = "Talks"
[[actors]]
id = "ruritania"
name = "Ruritania"
kind = "state"
[[actors]]
id = "kovac"
name = "Ana Kovac"
kind = "person"
member_of = "ruritania"
[[issues]]
id = "ceasefire"
name = "A ceasefire"
favor = "It holds."
against = "It does not."
cues = ["ceasefire"]
opposite_cues = ["offensive"]
"""
TEXT = 'Talks\n\nKovac backed the ceasefire. "The offensive must end," she said.\n'


def stretch(words, text=TEXT):
    start = text.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def article(**changes):
    first = {
        "holder": "kovac",
        "holder_span": stretch("Kovac"),
        "issue": "ceasefire",
        "cue": {**stretch("ceasefire"), "pole": "favor"},
        "stance": "favor",
        "sentiment": "neutral",
        "attribution": {"kind": "narrator", "reporter": None},
        "evidence": stretch("Kovac backed the ceasefire."),
    }
    second = {
        **first,
        "holder_span": None,
        "cue": {**stretch("offensive"), "pole": "against"},
        "sentiment": "negative",
        "attribution": {"kind": "quote", "reporter": None},
        "evidence": stretch('"The offensive must end," she said.'),
    }
    return {
        "id": "talks-001",
        "codebook": "talks",
        "title": "Talks",
        "date": "2020-01-01",
        "style": "wire",
        "text": TEXT,
        "statements": [{**first, **changes}, second],
    }


@pytest.fixture
def folders(tmp_path):
    (tmp_path / "seeds").mkdir()
    (tmp_path / "codebooks").mkdir()
    (tmp_path / "codebooks" / "talks.toml").write_text(CODEBOOK, "utf-8")

    def write(*rows):
        lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
        (tmp_path / "seeds" / "talks.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
        return tmp_path / "seeds", tmp_path / "codebooks"

    return write


def test_a_seed_becomes_pairs_whose_label_is_toward_the_cue(folders):
    seeds, codebooks = folders(article())
    corpus = seed_corpus(load_seeds(seeds, codebooks=codebooks), task="stance")
    plain, opposite = corpus.records
    assert (plain.text, plain.label) == ("Kovac backed the ceasefire.", "favor")
    assert plain.text[plain.holder["start"] : plain.holder["end"]] == "Kovac"
    assert (opposite.holder, opposite.label) == (None, "against")
    assert opposite.target["name"] == "offensive"
    assert plain.group == opposite.group == "talks-001"
    assert plain.stratum == "talks"


def test_the_dataset_of_a_corpus_has_the_fields_of_the_record_and_class_labels(folders):
    seeds, codebooks = folders(article())
    dataset = seed_corpus(load_seeds(seeds, codebooks=codebooks), task="stance").dataset()
    assert {"id", "text", "holder", "target", "label", "group", "issue", "date"} <= set(
        dataset.column_names
    )
    assert dataset.features["label"].names == ["favor", "against", "none"]
    assert dataset.features["label"].int2str(dataset["label"]) == ["favor", "against"]
    assert dataset[1]["holder"] is None or dataset[1]["holder"]["name"] is None


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("{", "talks.jsonl:2: must be JSON"),
        ("[]", "talks.jsonl:2: the whole:"),
        (article(holder="kovacs"), "talks.jsonl:2: statements[0].holder: must be an actor of talks"),
        (article(issue="peace"), "statements[0].issue: must be an issue of talks, got 'peace'."),
        (article(stance="pro"), "statements[0].stance: must be one of favor, against, none"),
        (
            article(cue={"start": 0, "end": 5, "text": "cease", "pole": "favor"}),
            "statements[0].cue: text must stand at its offsets, got 'Talks' there.",
        ),
        (
            article(cue={**stretch("offensive"), "pole": "favor"}),
            "statements[0].cue: must lie within the evidence",
        ),
        (
            article(holder_span=stretch("the ceasefire")),
            "statements[0].holder_span: must not overlap the cue",
        ),
        ({**article(), "extra": 1}, "extra: unknown key."),
        ({**article(), "id": "talks-000"}, "id must be new, got 'talks-000' again."),
        ({**article(), "codebook": "nowhere"}, "codebook must be one in"),
    ],
    ids=[
        "broken", "list", "holder", "issue", "stance", "offsets", "evidence", "overlap", "key",
        "id", "codebook",
    ],
)  # fmt: skip
def test_a_faulty_seed_is_reported_with_file_and_line(folders, row, said):
    seeds, codebooks = folders({**article(), "id": "talks-000"}, row)
    with pytest.raises(CorpusError) as caught:
        load_seeds(seeds, codebooks=codebooks)
    assert said in str(caught.value)
    assert "talks.jsonl:2" in str(caught.value)


def test_all_faults_of_the_seeds_are_reported_together(folders):
    seeds, codebooks = folders(article(holder="nobody"), "{", article(issue="nothing"))
    with pytest.raises(CorpusError) as caught:
        load_seeds(seeds, codebooks=codebooks)
    assert all(f"talks.jsonl:{line}" in str(caught.value) for line in (1, 2, 3))


def test_a_folder_without_seeds_is_named(tmp_path):
    with pytest.raises(CorpusError, match="must hold seed files"):
        load_seeds(tmp_path / "none", codebooks=tmp_path)


def test_the_seeds_of_the_project_have_no_fault_and_are_as_many_as_promised(root):
    seeds = load_seeds(root / "seeds", codebooks=root / "configs" / "codebooks")
    statements = [s for a in seeds.articles for s in a.statements]
    assert len(seeds.articles) >= 60
    assert len(seeds.codebooks) >= 6
    assert len(statements) >= 700
    assert all(150 <= len(a.text.split()) <= 520 for a in seeds.articles)
    shares = [
        sum(s.stance == x for s in statements) / len(statements)
        for x in ("favor", "against", "none")
    ]
    assert max(shares) < 0.5


MTSC = {
    "mention": "Ann",
    "polarity": -1,
    "from": 0,
    "to": 3,
    "sentence": "Ann lost.",
    "id": "allsides_1_2_3_Ann_0_3",
}


@pytest.fixture
def mtsc(tmp_path):
    def write(**changes):
        for split in SPLITS:
            (tmp_path / f"{split}.jsonl").write_text(json.dumps(MTSC) + "\n", "utf-8")
        row = json.dumps({**MTSC, **changes})
        (tmp_path / "train.jsonl").write_text(json.dumps(MTSC) + "\n" + row + "\n", "utf-8")
        return tmp_path

    return write


def test_newsmtsc_rows_become_records_without_a_holder(mtsc):
    corpus = load_newsmtsc(mtsc(polarity=1))
    first, second = corpus.records[:2]
    assert (first.label, second.label, first.holder) == ("negative", "positive", None)
    assert first.group == "allsides_1_2"
    assert [r.split for r in corpus.records] == ["train", *SPLITS]


@pytest.mark.parametrize(
    "changes", [{"polarity": 5}, {"to": 99}, {"sentence": None}], ids=["label", "offset", "text"]
)
def test_a_faulty_newsmtsc_row_is_reported_with_file_and_line(mtsc, changes):
    with pytest.raises(CorpusError, match=r"train\.jsonl:2: must be a NewsMTSC row"):
        load_newsmtsc(mtsc(**changes))


def test_missing_newsmtsc_files_are_named(tmp_path):
    with pytest.raises(CorpusError, match=r"rw_dev\.jsonl"):
        load_newsmtsc(tmp_path)


@pytest.mark.parametrize("given", ["", "/nowhere/at/all"])
def test_a_missing_data_folder_says_which_variable_to_set(monkeypatch, tmp_path, given):
    monkeypatch.setenv("STANDPOINT_DATA", given)
    data = PublicData(corpus="newsmtsc", path="newsmtsc", licence="MIT")
    with pytest.raises(CorpusError, match="STANDPOINT_DATA: must name"):
        load_corpus(data, task="sentiment", root=tmp_path)


def test_the_real_newsmtsc_has_its_published_sizes(data_folder):
    corpus = load_newsmtsc(data_folder / "newsmtsc")
    sizes = {split: sum(r.split == split for r in corpus.records) for split in SPLITS}
    assert sizes == {"train": 8739, "rw_dev": 343, "rw_test": 803, "mt_dev": 442, "mt_test": 1034}
