import json

import pytest

from standpoint.labels import LABELS
from train.corpora.catalog import KNOWN_CORPORA

LINE = "[Ann] blames [Bob].\tAnn\tBob\t3\n"
CONFIG = """
name = "mine"
task = "stance"
seed = 7
refit = false
[data]
corpus = "table"
path = "pairs.csv"
licence = "mine"
[data.columns]
text = "words"
label = "side"
issue = "about"
[data.labels]
pro = "favor"
con = "against"
[protocol]
kind = "by_group"
dev_share = 0.2
test_share = 0.2
[model]
kind = "majority"
[scoring]
metric = "f1_macro"
bootstrap = 100
"""


SENTENCES = ("Lind backs the river dam.", "Ruritania rejects the shipping toll.", "She signed it.")


def _statement(sentence, holder, span, issue, cue, stance):
    """A statement in an article of the three sentences, one a line."""

    def stretch(words):
        start = "\n\n".join(SENTENCES).index(words)
        return {"start": start, "end": start + len(words), "text": words}

    return {
        "holder": holder,
        "holder_span": stretch(span) if span else None,
        "issue": issue,
        "cue": {**stretch(cue), "pole": "favor"} if cue else None,
        "stance": stance,
        "sentiment": "neutral",
        "attribution": {"kind": "narrator", "reporter": None},
        "evidence": stretch(SENTENCES[sentence]),
    }


DAM = _statement(0, "lind", "Lind", "river-dam", "river dam", "favor")
TOLL = _statement(1, "ruritania", "Ruritania", "toll", "shipping toll", "against")
SIGNED = _statement(2, "lind", "", "river-dam", "", "favor")
SETTLED = {key: SIGNED[key] for key in ("holder", "issue", "evidence")} | {
    "first": [],
    "second": ["favor"],
    "settled": "favor",
    "why": "a signature",
}


TABLE = """\
2 articles of 1 codebooks, annotated twice
units, of the first and the second annotator: all 4 and 6, shared 4; cued 4 and 4, shared 4; implied 0 and 2, shared 0

                                      value             95%  n
──────────────────────────────────────────────────────────────
alpha of stance, units both marked    1.000  [1.000, 1.000]  4
  all units, unmarked is none         0.500  [0.500, 0.500]  6
  units with a cue, unmarked is none  1.000  [1.000, 1.000]  4
alpha of side, both saw one           1.000  [1.000, 1.000]  4
alpha of tone                             –               –  4
alpha of attribution                      –               –  4
F1 of units                           0.800  [0.800, 0.800]  6
  with a cue                          1.000  [1.000, 1.000]  4
  implied                             0.000  [0.000, 0.000]  2
cues, the same                        1.000  [1.000, 1.000]  4
  overlap                             1.000  [1.000, 1.000]  4
  mean token F1                       1.000  [1.000, 1.000]  4
holders, the same                     1.000  [1.000, 1.000]  4
  overlap                             1.000  [1.000, 1.000]  4
  mean token F1                       1.000  [1.000, 1.000]  4

alpha of stance  both marked             95%  n  unmarked is none  with a cue
─────────────────────────────────────────────────────────────────────────────
dam                    1.000  [1.000, 1.000]  4             0.500       1.000

stance seen differently: 2 (implied side beside nothing 2)
settled: 2 (as the second 2)
"""


@pytest.fixture
def seeds(house):
    """Two seeds; the second annotator sees a statement in each that the first does not."""
    more = {"codebook": "dam", "title": "", "date": "2020-01-01", "style": "wire"}
    ids = ("dam-1", "dam-2")
    found = {"statements": [DAM, TOLL, SIGNED], "text": "\n\n".join(SENTENCES), **more}
    files = {
        "dam.jsonl": [{"id": id, **found} for id in ids],
        "first/dam.jsonl": [{"id": id, "statements": [DAM, TOLL]} for id in ids],
        "second/dam.jsonl": [{"id": id, "statements": [DAM, TOLL, SIGNED]} for id in ids],
        "settled/dam.jsonl": [{"id": id, **SETTLED} for id in ids],
    }
    for name, rows in files.items():
        (house.root / "seeds" / name).parent.mkdir(exist_ok=True, parents=True)
        (house.root / "seeds" / name).write_text("\n".join(map(json.dumps, rows)), "utf-8")
    return house.root / "seeds"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder of public data with DSE in it, of three sentences."""
    (tmp_path / "data" / "dse").mkdir(parents=True)
    for split in ("train", "valid", "test"):
        (tmp_path / "data" / "dse" / f"{split}.txt").write_text(LINE, "utf-8")
    monkeypatch.setenv("STANDPOINT_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def test_list_tells_what_is_here_and_what_is_missing(standpoint, folder):
    done = standpoint("data", "list")
    rows = {line.split()[0]: line for line in done.out.splitlines() if line}
    assert done.status == 0
    assert set(KNOWN_CORPORA) <= set(rows)
    assert " present " in rows["dse"]
    assert " missing " in rows["vast"]
    assert f"STANDPOINT_DATA is {folder}" in done.out


def test_list_tells_which_variable_to_set(standpoint):
    done = standpoint("data", "list")
    assert done.status == 0
    assert "STANDPOINT_DATA: must name the folder of the public data sets" in done.out


def test_check_counts_the_labels(standpoint, folder):
    done = standpoint("data", "check", "dse")
    assert (done.status, done.out) == (0, "dse, sentiment: 6 pairs (negative 3, neutral 3)\n")


def test_check_reports_every_fault_and_refuses(standpoint, folder):
    (folder / "dse" / "train.txt").write_text(f"{LINE}x\n", "utf-8")
    (folder / "dse" / "test.txt").write_text("y\n", "utf-8")
    done = standpoint("data", "check", "dse")
    assert (done.status, done.out) == (2, "")
    assert "train.txt:2: must have 4 cells" in done.err
    assert "test.txt:1: must have 4 cells" in done.err


def test_check_without_the_data_says_what_to_do(standpoint, folder):
    done = standpoint("data", "check", "vast")
    assert done.status == 2
    assert "Set STANDPOINT_DATA to the folder above vast/." in done.err
    assert "To get it: `standpoint data get vast`." in done.err


@pytest.mark.parametrize("verb", ["check", "describe"])
def test_a_name_nobody_knows_gets_a_hint(standpoint, verb):
    done = standpoint("data", verb, "vats")
    assert done.status == 2
    assert "invalid choice: 'vats'" in done.err
    assert "Did you mean 'vast'?" in done.err


def test_describe_shows_an_aligned_table(standpoint, folder):
    done = standpoint("data", "describe", "dse")
    assert done.status == 0
    assert done.out == (
        "dse, sentiment: 6 pairs\n\n"
        "split  pairs  texts  positive  neutral  negative\n"
        "────────────────────────────────────────────────\n"
        "train      2      1         0        1         1\n"
        "valid      2      1         0        1         1\n"
        "test       2      1         0        1         1\n\n"
        "groups 1, issues 0, actors 2\n"
        "words in a text: median 3, 90% up to 3, at most 3\n"
        "targets that are spans of the text: 100%\n"
        "same texts in two splits: train and valid 1, train and test 1, valid and test 1\n"
    )


def test_describe_gives_one_json_object(standpoint, folder):
    found = json.loads(standpoint("data", "describe", "dse", "--json").out)
    counts = found["tasks"]["sentiment"]["splits"]["test"]
    assert found["corpus"] == "dse"
    assert counts == {
        "n": 2,
        "texts": 1,
        "labels": dict.fromkeys(LABELS["sentiment"], 1) | {"positive": 0},
    }


def test_a_run_config_names_a_table_to_check_and_describe(standpoint, house):
    (house.root / "mine.toml").write_text(CONFIG, "utf-8")
    (house.root / "pairs.csv").write_text("words,about,side\nyes,tax,pro\nno,tax,con\n", "utf-8")
    done = standpoint("data", "check", "mine.toml")
    assert done.out == "table, stance: 2 pairs (favor 1, against 1)\n"
    found = json.loads(standpoint("data", "describe", "mine.toml", "--json").out)
    assert found["tasks"]["stance"]["issues"] == 1


def test_faults_of_a_table_are_told_with_file_and_line(standpoint, house):
    (house.root / "mine.toml").write_text(CONFIG, "utf-8")
    (house.root / "pairs.csv").write_text("words,about,side\n,tax,pro\nno,tax,contra\n", "utf-8")
    done = standpoint("data", "check", "mine.toml")
    assert done.status == 2
    assert "pairs.csv:2: words must hold a text, got none." in done.err
    assert "pairs.csv:3: side must be one of pro, con, got 'contra'." in done.err


def test_attributions_are_counted_by_kind(standpoint, folder):
    for part, name in (("text", "a.txt"), ("attributions", "a_4b22.ann")):
        (folder / "polnear" / "dev" / part).mkdir(parents=True)
        (folder / "polnear" / "dev" / part / name).write_text("", "utf-8")
    assert standpoint("data", "check", "polnear").out == "polnear, dev: documents 1\n"
    found = json.loads(standpoint("data", "describe", "polnear", "--json").out)
    assert found == {"corpus": "polnear", "splits": {"dev": {"documents": 1}}}


def test_the_annotations_of_the_seeds_are_counted(standpoint, seeds):
    done = standpoint("data", "check", "seeds")
    assert (done.status, done.out) == (
        0,
        "seeds: 2 articles, 1 codebooks\n"
        "most frequent stance of each codebook: 67% to 67%\n"
        "first annotation: 2 articles, 4 statements\n"
        "second annotation: 2 articles, 6 statements\n"
        "differences settled: 2\n"
        "seeds, stance: 6 pairs (favor 4, against 2)\n"
        "seeds, sentiment: 6 pairs (neutral 6)\n",
    )


def test_a_fault_of_an_annotation_is_told_with_file_and_line(standpoint, seeds):
    (seeds / "second" / "dam.jsonl").write_text('{"id": "dam-3", "statements": []}', "utf-8")
    done = standpoint("data", "check", "seeds")
    assert (done.status, done.out) == (2, "")
    assert "second/dam.jsonl:1: id must be of a seed of dam, got 'dam-3'." in done.err


def test_the_agreement_of_the_annotators_is_a_table(standpoint, seeds):
    done = standpoint("data", "agreement")
    assert (done.status, done.out) == (0, TABLE)


def test_the_agreement_of_the_annotators_is_one_json_object(standpoint, seeds):
    found = json.loads(standpoint("data", "agreement", "--json").out)
    assert found["articles"] == 2
    assert found["measures"]["f1.units"] == {"value": 0.8, "ci95": [0.8, 0.8], "n": 6}
    assert found["measures"]["alpha.tone"] == {"value": None, "ci95": None, "n": 4}
    assert found["by_codebook"]["dam"]["alpha.stance"]["value"] == 1
    assert found["differences"] == {"implied side beside nothing": 2}
    assert found["settled"] == {"as the second": 2}


def test_without_a_second_annotation_there_is_no_agreement(standpoint, seeds):
    for name in ("first", "second"):
        (seeds / name / "dam.jsonl").unlink()
    done = standpoint("data", "agreement")
    assert (done.status, done.out) == (2, "")
    said = "seeds/first and seeds/second: must hold an article annotated twice, got none.\n"
    assert done.err == said
