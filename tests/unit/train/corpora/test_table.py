import json
import os
import tempfile
from pathlib import Path

import pytest
from datasets import ClassLabel, Dataset, Features, Value

from standpoint.errors import CorpusError
from train.config.data import TableData
from train.corpora.table import load_table

ROWS = [
    {"words": "None shall pass.", "who": "None", "on": "NA", "from": "", "to": "", "side": "pro"},
    {"words": "Ann, alone,\nbacks Bob.", "who": "Ann", "on": "Robert", "from": "18", "to": "21", "side": "con"},
]  # fmt: skip
COLUMNS = {
    "text": "words",
    "label": "side",
    "holder": "who",
    "target": "on",
    "target_start": "from",
    "target_end": "to",
}


def csv_of(rows, columns=None):
    names = columns or list(ROWS[0])
    lines = [",".join(names)]
    lines += [
        ",".join(f'"{row.get(n, "")}"' if "," in row.get(n, "") else row.get(n, "") for n in names)
        for row in rows
    ]
    return "".join(f"{line}\n" for line in lines)


@pytest.fixture
def load(tmp_path):
    def read(path, *, labels=None, task="stance", **columns):
        data = TableData.model_validate(
            {
                "corpus": "table",
                "path": path,
                "licence": "mine",
                "columns": {k: v for k, v in {**COLUMNS, **columns}.items() if v},
                "labels": labels or {"pro": "favor", "con": "against"},
            }
        )
        return load_table(data, task=task, root=tmp_path).records

    return read


@pytest.fixture
def faults(load):
    def told(*args, **more):
        with pytest.raises(CorpusError) as caught:
            load(*args, **more)
        return [line.strip() for line in str(caught.value).splitlines()[1:]]

    return told


@pytest.fixture(autouse=True)
def nothing_stays_behind(monkeypatch, tmp_path_factory):
    """Whatever a test reads, faulty or not, no temporary file is left."""
    place = tmp_path_factory.mktemp("temporary")
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    yield
    assert list(place.iterdir()) == []


def write(folder, name, rows):
    path = folder / name
    if name.endswith(".csv"):
        path.write_text(csv_of(rows), "utf-8")
    elif name.endswith(".jsonl"):
        path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
    else:
        Dataset.from_list(rows).to_parquet(path)
    return name


@pytest.mark.parametrize("name", ["pairs.csv", "pairs.jsonl", "pairs.parquet"])
def test_a_table_is_read_alike_from_every_kind_of_file(load, tmp_path, name):
    first, second = load(write(tmp_path, name, ROWS))
    assert (first.id, first.split, first.label) == ("all:1", "all", "favor")
    assert first.holder == {"name": "None", "start": None, "end": None}
    assert first.target == {"name": "NA", "start": None, "end": None}
    assert (second.text, second.label) == ("Ann, alone,\nbacks Bob.", "against")
    assert second.target == {"name": "Robert", "start": 18, "end": 21}


def test_numbers_and_nulls_of_json_and_parquet_are_offsets_and_empty_cells(load, tmp_path):
    rows = [{**ROWS[1], "from": 18, "to": 21, "who": None}, {**ROWS[0], "from": None, "to": None}]
    for name in ("a.jsonl", "a.parquet"):
        first, second = load(write(tmp_path, name, rows))
        assert (first.holder, first.target["start"]) == (None, 18)
        assert second.target["start"] is None


def test_splits_come_from_the_paths_or_from_a_column(load, tmp_path):
    paths = {"train": write(tmp_path, "a.csv", ROWS), "test": write(tmp_path, "b.jsonl", ROWS[:1])}
    assert [record.id for record in load(paths)] == ["train:1", "train:2", "test:1"]
    rows = [{**row, "part": part} for row, part in zip(ROWS, ("dev", "test"), strict=True)]
    by_column = load(write(tmp_path, "c.jsonl", rows), split="part")
    assert [record.id for record in by_column] == ["dev:1", "test:2"]
    assert [record.stratum for record in by_column] == ["dev", "test"]


def test_other_columns_are_carried_over(load, tmp_path):
    row = {
        **ROWS[0],
        "n": 7,
        "thread": "t1",
        "about": "gates",
        "actor": "Gandalf",
        "day": "2020-01-01",
    }
    name = write(tmp_path, "a.jsonl", [row])
    (found,) = load(name, id="n", group="thread", issue="about", actor="actor", date="day")
    assert (found.id, found.group, found.issue) == ("all:7", "t1", "gates")
    assert (found.actor, found.date) == ("Gandalf", "2020-01-01")


def test_rows_of_the_same_text_share_a_group_by_default(load, tmp_path):
    rows = [ROWS[0], {**ROWS[0], "words": "none shall  pass."}, ROWS[1]]
    groups = [record.group for record in load(write(tmp_path, "a.jsonl", rows))]
    assert groups[0] == groups[1] != groups[2]


def test_a_target_without_words_is_those_at_its_offsets_or_the_issue(load, tmp_path):
    rows = [{**ROWS[1], "about": "Bob's plan"}, {**ROWS[0], "about": "gates"}]
    name = write(tmp_path, "a.jsonl", rows)
    targets = [record.target["name"] for record in load(name, target=None, issue="about")]
    assert targets == ["Bob", "gates"]


def test_all_faulty_rows_are_reported_together_with_file_and_line(faults, tmp_path):
    rows = [
        ROWS[1],
        {**ROWS[0], "side": "cons"},
        {**ROWS[0], "words": " "},
        {**ROWS[0], "from": "3"},
        {**ROWS[0], "from": "0", "to": "99"},
        {**ROWS[0], "from": "a", "to": "b"},
        {**ROWS[0], "on": ""},
    ]
    assert faults(write(tmp_path, "a.csv", rows)) == [
        "a.csv:4: side must be one of pro, con, got 'cons'. Did you mean 'con'?",
        "a.csv:5: words must hold a text, got none.",
        "a.csv:6: target must have both offsets, got 3 and None.",
        "a.csv:7: target must lie in the text of 16 characters, got [0:99].",
        "a.csv:8: from must be a whole number, got 'a'.",
        "a.csv:8: to must be a whole number, got 'b'.",
        "a.csv:9: must have a target or an issue, got neither.",
    ]


def test_a_holder_that_overlaps_the_target_is_a_fault(faults, tmp_path):
    name = write(tmp_path, "a.jsonl", [{**ROWS[1], "h0": 15, "h1": 19}])
    assert faults(name, holder_start="h0", holder_end="h1") == [
        "a.jsonl:1: holder and target must not overlap, got [15:19] and [18:21]."
    ]


def test_rows_of_parquet_are_reported_by_their_number(faults, tmp_path):
    name = write(tmp_path, "a.parquet", [ROWS[1], {**ROWS[0], "side": None}])
    assert faults(name) == ["a.parquet: row 2: side must be one of pro, con, got None."]


def test_an_id_given_twice_is_a_fault(faults, tmp_path):
    rows = [{**row, "n": "x"} for row in ROWS]
    name = write(tmp_path, "a.jsonl", rows)
    assert faults(name, id="n") == ["a.jsonl:2: n must be new, got 'all:x' again."]


def test_missing_columns_of_all_files_are_reported_with_near_misses(faults, tmp_path):
    paths = {"train": write(tmp_path, "a.csv", ROWS), "test": write(tmp_path, "b.jsonl", ROWS)}
    told = faults(paths, text="word", actor="by")
    assert told[0] == (
        "a.csv: must have the column 'word' of data.columns.text, got only words, who, on, from, "
        "to, side. Did you mean 'words'?"
    )
    assert [line.partition(":")[0] for line in told] == ["a.csv", "a.csv", "b.jsonl", "b.jsonl"]


def test_bytes_that_are_not_utf8_ragged_rows_and_unknown_labels_are_reported_together(
    faults, tmp_path
):
    content = csv_of([ROWS[0], {**ROWS[0], "side": "zz"}]).encode() + b"caf\xe9,a,b,,,pro\nx,y\n"
    (tmp_path / "a.csv").write_bytes(content)
    assert sorted(faults("a.csv")) == [
        "a.csv:3: side must be one of pro, con, got 'zz'.",
        "a.csv:4: must be UTF-8, got the byte 0xe9.",
        "a.csv:5: must have 6 cells, got 2.",
    ]


def test_lines_that_are_no_json_objects_are_reported(faults, tmp_path):
    (tmp_path / "a.jsonl").write_text(f"{{\n\n[1]\n{json.dumps(ROWS[0])}\n", "utf-8")
    told = faults("a.jsonl")
    assert told[0].startswith("a.jsonl:1: must be JSON, got a fault")
    assert told[1:] == ["a.jsonl:3: must be a JSON object, got [1]."]


def test_half_a_surrogate_pair_is_a_fault(faults, tmp_path):
    (tmp_path / "a.jsonl").write_text(json.dumps({**ROWS[0], "words": "\ud83d"}), "utf-8")
    assert faults("a.jsonl") == ["a.jsonl:1: words must be Unicode, got half a surrogate pair."]


@pytest.mark.parametrize("keep", [0.3, 0.99], ids=["early", "late"])
def test_a_truncated_parquet_file_is_reported(faults, tmp_path, keep):
    path = tmp_path / write(tmp_path, "a.parquet", ROWS * 50)
    found = path.read_bytes()
    path.write_bytes(found[: int(len(found) * keep)])
    (told,) = faults("a.parquet")
    assert told.startswith("a.parquet: must be a whole Parquet file, got a fault: ")


def test_a_parquet_file_damaged_in_the_middle_is_reported(faults, tmp_path):
    path = tmp_path / write(tmp_path, "a.parquet", ROWS * 500)
    found = bytearray(path.read_bytes())
    found[4:400] = b"x" * 396
    path.write_bytes(bytes(found))
    assert faults("a.parquet")[0].startswith("a.parquet: must be a whole Parquet file, got a fault")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "a.csv: must begin with a header, got an empty file."),
        ("words,side,who,on,from,to\n", "a.csv: must hold rows, got none."),
        ("words,words\na,b\n", "a.csv:1: must have columns of different names, got 'words' twice."),
        (
            'words,side\n"a',
            "a.csv:2: must be a row of a table, got a fault: unexpected end of data.",
        ),
    ],
    ids=["empty", "header", "twice", "quote"],
)
def test_a_csv_file_that_is_no_table_is_reported(faults, tmp_path, content, said):
    (tmp_path / "a.csv").write_text(content, "utf-8")
    assert said in faults("a.csv")


def test_files_that_are_missing_or_of_another_kind_are_reported_together(faults, tmp_path):
    (tmp_path / "a.xlsx").write_bytes(b"PK")
    told = faults({"train": "a.xlsx", "test": "b.csv"})
    assert told[0] == "a.xlsx: must end in .csv, .jsonl, .parquet, got '.xlsx'."
    assert told[1].endswith("b.csv: must be a file, got none there.")


def test_labels_and_columns_of_the_config_are_checked_with_the_file(faults, tmp_path):
    name = write(tmp_path, "a.csv", ROWS)
    told = faults(name, labels={"pro": "for", "con": "againts"}, target=None, target_end=None)
    assert told == [
        "data.columns: must name target_start and target_end together, got one of them.",
        "data.columns: must name target, target_start and target_end, or issue, got none of them.",
        "data.labels.pro: must be one of favor, against, none, got 'for'. Did you mean 'favor'?",
        "data.labels.con: must be one of favor, against, none, got 'againts'. Did you mean 'against'?",
    ]


@pytest.fixture
def hub(tmp_path, monkeypatch):
    """`datasets` takes a folder of that name for the hub's."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "someone" / "pairs"
    folder.mkdir(parents=True)
    return folder


def test_a_table_of_the_hub_keeps_its_splits_and_the_word_none(load, hub):
    write(hub, "train.csv", ROWS)
    write(hub, "test.csv", ROWS[:1])
    records = load("hub:someone/pairs")
    assert sorted(record.id for record in records) == ["test:1", "train:1", "train:2"]
    assert records[0].holder["name"] == "None"


def test_class_labels_of_the_hub_are_known_by_their_names(load, faults, hub):
    features = Features(
        {**{name: Value("string") for name in ROWS[0]}, "side": ClassLabel(names=["pro", "con"])}
    )
    rows = [{**ROWS[0], "side": 1}, {**ROWS[0], "side": 0}]
    Dataset.from_list(rows, features=features).to_parquet(hub / "train.parquet")
    assert [record.label for record in load("hub:someone/pairs")] == ["against", "favor"]
    Dataset.from_list([{**rows[0], "side": -1}], features=features).to_parquet(
        hub / "train.parquet"
    )
    assert faults("hub:someone/pairs") == [
        "hub:someone/pairs/train: row 1: side must be one of pro, con, got None."
    ]


def test_a_hub_that_does_not_answer_is_told_in_one_sentence(faults):
    assert os.environ["HF_HUB_OFFLINE"] == "1"
    (told,) = faults("hub:someone/who-is-not-there")
    assert told.startswith(
        "hub:someone/who-is-not-there: must be a data set that the hub gives, got"
    )
    assert told.endswith("Check the name, the network and HF_HUB_OFFLINE.")


def test_an_absolute_path_is_taken_as_it_is(load, tmp_path):
    assert len(load(str(Path(tmp_path) / write(tmp_path, "a.csv", ROWS)))) == 2


def test_json_that_is_nested_too_deep_is_a_fault_of_its_line(faults, tmp_path):
    (tmp_path / "a.jsonl").write_text("[" * 100_000 + "\n", "utf-8")
    assert any("a.jsonl:1: must be JSON, got a fault" in told for told in faults("a.jsonl"))
