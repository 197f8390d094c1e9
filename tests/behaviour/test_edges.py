import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save

from standpoint.errors import CodebookError

ROOT = Path(__file__).parents[2]
SENTENCE = "Ruritania rejects the river dam."
GOOD = {"text": SENTENCE, "codebook": "dam"}
DAM = ("--codebook", "dam")


def pair(**changes):
    return {
        "text": SENTENCE,
        "holder": {"start": 0, "end": 9},
        "target": {"start": 22, "end": 31},
        **changes,
    }


def test_a_broken_bundle_is_told_the_same_way_at_the_second_request(empty_house, flip):
    flip(empty_house.promote("stance", version=1) / "head.safetensors")
    client = empty_house.client()
    details = [client.post("/v1/articles", json=GOOD).json["detail"] for _ in range(2)]
    assert details == ["the model cannot be loaded."] * 2


@pytest.mark.parametrize("given", [5, None])
def test_pointer_of_a_wrong_codebook(client, given):
    got = client.post("/v1/articles", json={"text": "a", "codebook": given})
    assert [fault["pointer"] for fault in got.json["errors"]] == ["/codebook"]


@pytest.mark.parametrize(
    ("target", "pointer"),
    [
        ({"start": 4, "end": 4}, "/pairs/0/target"),
        ({"start": -1, "end": 4}, "/pairs/0/target/start"),
        ("", "/pairs/0/target"),
        (None, "/pairs/0/target"),
    ],
)
def test_pointer_of_a_wrong_target(client, target, pointer):
    got = client.post("/v1/pairs", json={"pairs": [pair(target=target)]})
    assert [fault["pointer"] for fault in got.json["errors"]] == [pointer]


def test_faults_of_an_inline_codebook_have_pointers(client):
    got = client.post("/v1/articles", json=GOOD | {"codebook": {"name": "A B"}})
    assert "/codebook/name" in [fault["pointer"] for fault in got.json["errors"]]


@pytest.mark.parametrize(
    ("path", "body", "pointer"),
    [
        ("/v1/articles", GOOD | {"text": ""}, "/text"),
        ("/v1/articles", GOOD | {"text": "a\0"}, "/text"),
        ("/v1/articles", GOOD | {"codebook": "nope"}, "/codebook"),
        ("/v1/pairs", {"pairs": [pair(holder={"start": 0, "end": 99})]}, "/pairs/0/holder"),
    ],
)
def test_faults_found_by_the_domain_have_pointers(client, path, body, pointer):
    got = client.post(path, json=body)
    assert [fault["pointer"] for fault in got.json.get("errors", [])] == [pointer]


def test_a_body_too_large_is_told_the_limit(house):
    got = house.client(max_body_bytes=100).post("/v1/articles", json={"text": "a" * 1000})
    assert "100" in got.json["detail"]


def test_a_bundle_of_another_task_is_refused(house, server, looks_every_time):
    text = {"text": "Ruritania backs the building freeze.", "codebook": "dam"}
    assert server.post("/v1/articles", json=text).status_code == 200
    shutil.move(house.bundle("sentiment", version=4), house.models / "stance" / "4")
    house.point("stance", 4)
    got = server.post("/v1/articles", json=text)
    assert got.status_code == 200
    assert got.json["model"]["stance"]["version"] == 3


def resum(folder, name, content):
    (folder / name).write_bytes(content)
    path = folder / "manifest.json"
    found = json.loads(path.read_text())
    found["files"][name] = hashlib.sha256(content).hexdigest()
    path.write_text(json.dumps(found))


def arrays(folder, **changes):
    held = load_file(folder / "head.safetensors") | {
        k: np.array(v, dtype=np.float32) for k, v in changes.items()
    }
    resum(folder, "head.safetensors", save(held))


def no_idf(folder):
    held = load_file(folder / "head.safetensors")
    held.pop("idf")
    resum(folder, "head.safetensors", save(held))


BREAKS = {
    "terms not JSON": lambda f: resum(f, "terms.json", b"nope"),
    "terms not UTF-8": lambda f: resum(f, "terms.json", b"\xff"),
    "terms lists": lambda f: resum(f, "terms.json", b"[[1],[2],[3],[4],[5]]"),
    "no idf": no_idf,
    "temperature empty": lambda f: arrays(f, temperature=[]),
    "temperature 0": lambda f: arrays(f, temperature=[0]),
    "bias nan": lambda f: arrays(f, bias=[np.nan] * 3),
}


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", BREAKS)
def test_a_bundle_whose_sums_fit_but_not_its_form_is_refused(house, server, looks_every_time, name):
    assert server.post("/v1/articles", json=GOOD).status_code == 200
    folder = house.bundle("stance", version=4)
    BREAKS[name](folder)
    house.point("stance", 4)
    got = server.post("/v1/articles", json=GOOD)
    assert got.status_code == 200
    assert got.json["model"]["stance"]["version"] == 3


def test_a_head_without_a_sum_in_the_manifest_is_refused(house, standpoint, article):
    path = house.models / "stance" / "3" / "manifest.json"
    found = json.loads(path.read_text())
    del found["files"]["head.safetensors"]
    path.write_text(json.dumps(found))
    assert standpoint("label", article(SENTENCE), *DAM).status == 2


def test_a_line_separator_within_a_json_string_does_not_end_the_line(standpoint, article):
    row = {"id": "a", "text": "It rained.\u2028Ruritania rejects the river dam.\u0085"}
    path = article(json.dumps(row, ensure_ascii=False) + "\n", name="all.jsonl")
    done = standpoint("label", path, *DAM, "--format", "jsonl")
    assert (done.status, done.err) == (0, "")


def test_lines_after_a_line_separator_keep_their_numbers(standpoint, article):
    row = json.dumps({"text": "a\u2028b"}, ensure_ascii=False)
    done = standpoint("label", article(f"{row}\n{{nope\n", name="all.jsonl"), *DAM)
    assert "all.jsonl:2:" in done.err
    assert "all.jsonl:3:" not in done.err


@pytest.mark.parametrize("text", ["", "a\0b", "a\ud800", 5])
def test_a_bad_text_in_a_line_with_an_id_is_reported_with_its_line(standpoint, article, text):
    path = article(json.dumps({"id": "x1", "text": text}), name="all.jsonl")
    done = standpoint("label", path, *DAM)
    assert done.status == 2
    assert "all.jsonl:1" in done.err


def test_a_bad_file_is_reported_by_its_path(standpoint, article):
    done = standpoint("label", article("", name="empty.txt"), *DAM)
    assert "empty.txt:" in done.err


def test_a_line_nested_too_deeply_is_a_bad_line(standpoint, article):
    good = json.dumps(GOOD)
    path = article('{"text": ' + "[" * 100_000 + "\n" + good, name="all.jsonl")
    done = standpoint("label", path, *DAM, "--format", "jsonl")
    assert done.status == 2
    assert "all.jsonl:1:" in done.err


def test_a_codebook_nested_too_deeply_is_a_fault(standpoint, article):
    done = standpoint("codebook", "check", article("a = " + "[" * 5_000, name="own.toml"))
    assert done.status == 2


@pytest.mark.parametrize("shape", ["table", "json", "jsonl"])
def test_an_id_that_cannot_be_printed_is_no_traceback(house, article, shape):
    path = article(json.dumps({"id": "\ud800", "text": SENTENCE}), name="all.jsonl")
    done = subprocess.run(
        [sys.executable, "-m", "standpoint", "label", str(path), *DAM, "--format", shape],
        cwd=house.root,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        check=False,
    )
    assert b"Traceback" not in done.stderr


def test_a_terminal_without_the_letters_of_the_table_is_no_traceback(house, article):
    done = subprocess.run(
        [sys.executable, "-m", "standpoint", "label", str(article(SENTENCE)), *DAM],
        cwd=house.root,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
    )
    assert b"Traceback" not in done.stderr
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("key", "value"), [("id", None), ("date", 5), ("date", "yesterday"), ("date", ["x"])]
)
def test_an_id_or_date_of_another_type_is_refused_as_the_service_does(
    standpoint, article, key, value
):
    path = article(json.dumps({"text": SENTENCE, key: value}), name="all.jsonl")
    done = standpoint("label", path, *DAM, "--format", "jsonl")
    assert done.status == 2 or json.loads(done.out)["article"]["id"] == "all.jsonl:1"
    if key == "date":
        assert done.status == 2


def test_a_codebook_name_of_300_letters_is_refused(standpoint, article):
    assert standpoint("label", article(SENTENCE), "--codebook", "x" * 300).status == 2


def test_a_setting_of_5000_digits_is_refused(standpoint, article, monkeypatch):
    monkeypatch.setenv("STANDPOINT_MAX_ARTICLE_CHARS", "9" * 5000)
    assert standpoint("label", article(SENTENCE), *DAM).status == 2


def test_a_missing_name_is_not_told_at_an_actors_line(standpoint, article, house):
    source = (house.codebooks / "dam.toml").read_text().replace('name = "dam"\n', "")
    done = standpoint("codebook", "check", article(source, name="own.toml"))
    assert "line 5: name: missing." not in done.err


def test_a_comment_behind_a_table_head_does_not_lose_the_lines(standpoint, article, house):
    source = (house.codebooks / "dam.toml").read_text()
    source = source.replace("[[actors]]", "[[actors]]  # who").replace('"person"', '"dog"')
    done = standpoint("codebook", "check", article(source, name="own.toml"))
    assert "line 13: actors[1].kind" in done.err


def test_faults_are_told_in_the_order_of_their_lines(standpoint, article):
    source = 'name = "A B"\ntitel = "x"\n[[actors]]\nid = "a"\n[[issues]]\nid = "i"\n'
    done = standpoint("codebook", "check", article(source, name="own.toml"))
    lines = [int(t.split(":")[0].split()[1]) for t in done.err.splitlines() if "line " in t]
    assert lines == sorted(lines)


def test_a_codebook_with_a_byte_order_mark_is_read(standpoint, article, house):
    source = (house.codebooks / "dam.toml").read_text()
    done = standpoint("codebook", "check", article("\ufeff" + source, name="own.toml"))
    assert done.status == 0


def test_two_codebook_files_of_one_name_are_refused(house):
    shutil.copy(house.codebooks / "dam.toml", house.codebooks / "dam2.toml")
    with pytest.raises(CodebookError, match="name must be that of the file"):
        house.client()


def test_a_codebook_file_whose_name_is_another_is_refused(house):
    (house.codebooks / "dam.toml").rename(house.codebooks / "river.toml")
    with pytest.raises(
        CodebookError, match=r"river\.toml: name must be that of the file, got 'dam'"
    ):
        house.client()


def test_a_task_without_a_champion_is_503(empty_house):
    empty_house.promote("stance", version=1)
    body = {"pairs": [pair()], "task": "sentiment"}
    assert empty_house.client().post("/v1/pairs", json=body).status_code == 503


@pytest.mark.parametrize(
    "changes",
    [
        {"include_none": "yes"},
        {"min_confidence": "0.5"},
        {"include_none": 1},
        {"date": "2024-99-99"},
    ],
)
def test_a_value_of_another_type_is_refused(client, changes):
    assert client.post("/v1/articles", json=GOOD | changes).status_code == 422


def test_nan_is_no_json(client):
    body = '{"text": "a", "codebook": "dam", "min_confidence": NaN}'
    got = client.post("/v1/articles", data=body, content_type="application/json")
    assert got.status_code == 400


def test_a_codebook_as_the_server_shows_it_may_be_sent_back(client):
    shown = client.get("/v1/codebooks/dam").json
    assert client.post("/v1/articles", json=GOOD | {"codebook": shown}).status_code == 200


@pytest.mark.parametrize("shape", ["json"])
def test_json_of_two_files_is_a_list_even_where_one_is_bad(standpoint, article, shape):
    done = standpoint("label", "nowhere.txt", article(SENTENCE), *DAM, "--format", shape)
    assert isinstance(json.loads(done.out), list)


def test_without_trafilatura_a_page_is_refused_in_words(house, article):
    path = article("<html><body><p>x</p></body></html>", name="p.html")
    script = (
        "import sys; sys.modules['trafilatura'] = None; from standpoint.cli.main import main; "
        "sys.exit(main(sys.argv[1:]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "label", str(path), *DAM],
        cwd=house.root,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )
    assert b"Traceback" not in done.stderr
    assert done.returncode == 2


@pytest.mark.parametrize("path", ["/nowhere", "/v1/articles"])
def test_404_and_405_show_what_was_asked(client, path):
    assert path in client.get(path).json["detail"] or "GET" in client.get(path).json["detail"]
