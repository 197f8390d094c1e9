"""Published files, remade from the copies here, give these copies back byte for byte."""

import csv
import io
import json
import tarfile
from hashlib import sha256

import pytest

from standpoint.errors import CorpusError
from train.downloads import load_catalog
from train.downloads.conversions import convert

STORY = """\
<!DOCTYPE lewis SYSTEM "lewis.dtd">
<REUTERS TOPICS="YES" LEWISSPLIT="TRAIN" CGISPLIT="TRAINING-SET" OLDID="16" NEWID="{id}">
<DATE>{date}</DATE>
<TOPICS>{topics}</TOPICS>
<PLACES>{places}</PLACES>
<PEOPLE></PEOPLE>
<UNKNOWN>
&#5;&#5;&#5;RM
&#22;&#22;&#1;f0012&#31;reute</UNKNOWN>
<TEXT>&#2;
<TITLE>{title}</TITLE>
<DATELINE>    WASHINGTON, March 1 - </DATELINE><BODY>{text}
&#3;</BODY></TEXT>
</REUTERS>
"""


def stories(rows):
    """Rows as they stand in the SGML of Reuters-21578."""

    def escaped(text):
        return text.replace("&", "&amp;").replace("<", "&lt;")

    for row in rows:
        end = "" if row["text"].lower().endswith("reuter") else "\n Reuter"
        yield STORY.format(
            id=row["id"],
            date=row["date"],
            title=escaped(row["title"]),
            text=escaped(row["text"]) + end,
            **{key: "".join(f"<D>{d}</D>" for d in row[key]) for key in ("topics", "places")},
        )


def tar_of(path, files):
    with tarfile.open(path, "w:gz") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(f"./{name}")
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return path


def assert_as_pinned(name, converted):
    data_set = load_catalog()[name]
    assert {path: sha256(content).hexdigest() for path, content in converted.items()} == {
        pin.path: pin.sha256 for pin in data_set.pins
    }


def rows_of(file):
    return [json.loads(line) for line in file.read_text("utf-8").split("\n")[:-1]]


def test_the_selected_stories_of_reuters_come_out_in_their_order(data_folder, tmp_path):
    rows = rows_of(data_folder / "reuters21578" / "articles.jsonl")
    other = {**rows[0], "id": "21578", "title": "NOT SELECTED"}
    sgml = "".join(stories(sorted([*rows, other], key=lambda row: int(row["id"]))))
    archive = tar_of(tmp_path / "a.tar.gz", {"README.txt": b"x", "reut2-000.sgm": sgml.encode()})
    assert_as_pinned("reuters21578", convert(load_catalog()["reuters21578"], [archive]))


def test_the_articles_of_fakes_come_out_of_the_table_in_latin_1(data_folder, tmp_path):
    rows = rows_of(data_folder / "fakes" / "articles.jsonl")
    columns = ("unit_id", "article_title", "article_content", "source", "date", "location")
    with (tmp_path / "FA-KES-Dataset.csv").open("w", encoding="latin-1", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*columns, "labels"])
        writer.writerow(["1", "Left out", "Text", "sana", "1/1/2017", "homs", "0"])
        writer.writerows([*row.values(), "1"] for row in rows)
    assert_as_pinned("fakes", convert(load_catalog()["fakes"], [tmp_path / file.name]))


def test_the_documents_of_the_white_house_are_joined(data_folder, tmp_path):
    rows = rows_of(data_folder / "whitehouse" / "documents.jsonl")
    files = [tmp_path / f"{row['id']}.md" for row in rows]
    for row, file in zip(rows, files, strict=True):
        file.write_bytes(row["text"].encode())
    assert_as_pinned("whitehouse", convert(load_catalog()["whitehouse"], files))


def test_vast_loses_its_token_columns(data_folder, tmp_path):
    folder = data_folder / "vast"
    for name in ("vast_train.csv", "vast_test.csv"):
        with (folder / name).open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        with (tmp_path / name).open("w", encoding="utf-8", newline="") as file:
            columns = [*list(rows[0])[:9], "text", "text_s", *list(rows[0])[9:], "POS_text"]
            writer = csv.DictWriter(file, columns, restval="[['a', 'b']]", lineterminator="\r\n")
            writer.writeheader()
            writer.writerows(rows)
    files = [tmp_path / "vast_train.csv", tmp_path / "vast_test.csv"]
    assert_as_pinned("vast", convert(load_catalog()["vast"], files))


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"unit_id,title\n1,a\n", "'article_title'"),
        (b"", "799 of 799 selected texts are not in it as they were"),
    ],
    ids=["other-columns", "empty"],
)
def test_a_table_of_another_form_is_refused(tmp_path, content, fault):
    (tmp_path / "a.csv").write_bytes(content)
    with pytest.raises(CorpusError, match=f"fakes: must be of the form .* got a fault .{fault}"):
        convert(load_catalog()["fakes"], [tmp_path / "a.csv"])
