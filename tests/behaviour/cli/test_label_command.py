"""``standpoint label``, ``codebook check`` and ``--help`` where all is well."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from standpoint import __version__

ROOT = Path(__file__).parents[3]
ARTICLE = (
    "Ruritania rejects the river dam. Borduria backs the river dam.\n\n"
    "Borduria ponders the shipping toll. Borduria saw the river dam.\n"
)
DAM = ("--codebook", "dam")


def rows_of(answer):
    return {(r["actor"], r["issue"]): r["stance"] for r in answer["stances"]}


FOUND = {
    ("ruritania", "river-dam"): "against",
    ("borduria", "river-dam"): "favor",
    ("borduria", "toll"): "abstained",
}


# --- formats ------------------------------------------------------------------


def test_the_table_has_actors_down_and_issues_across(standpoint, article):
    done = standpoint("label", article(ARTICLE), *DAM)
    assert (done.status, done.err) == (0, "")
    lines = [line.split() for line in done.out.splitlines()]
    assert done.out.startswith("news: The dam on the Drin\n")
    assert ["river-dam", "toll"] in lines
    assert ["Ruritania", "against", "0.98", "·"] in lines
    assert ["Borduria", "favor", "0.98", "?"] in lines
    assert "Anna Lind" not in done.out


def test_the_table_marks_a_stance_that_members_have_a_part_in(standpoint, article):
    done = standpoint("label", article("Anna Lind backs the river dam."), *DAM)
    assert "Ruritania  favor 0.98*" in done.out
    assert "Anna Lind  favor 0.98\n" in done.out


def test_an_article_without_stances_says_so_in_the_table(standpoint, article):
    done = standpoint("label", article("It rained."), *DAM)
    assert done.status == 0
    assert "no stance found" in done.out


def test_the_table_comes_with_what_could_not_be_done_on_standard_error(standpoint, article):
    done = standpoint("label", article("It rained."), *DAM)
    assert done.err == (
        "news: text names no actor of the codebook 'dam'. "
        "Choose another codebook, or add the names that the text uses.\n"
        "news: text names no issue of the codebook 'dam'. "
        "Choose another codebook, or add cues in the words of the text.\n"
    )


def test_json_has_what_could_not_be_done_and_standard_error_nothing(standpoint, article):
    done = standpoint("label", article("It rained."), *DAM, "--format", "json")
    assert done.err == ""
    assert [note["code"] for note in json.loads(done.out)["notes"]] == ["no-actor", "no-issue"]


def test_json_of_one_article_is_one_object(standpoint, article):
    done = standpoint("label", article(ARTICLE), *DAM, "--format", "json")
    assert (done.status, done.err) == (0, "")
    found = json.loads(done.out)
    assert list(found) == ["article", "statements", "stances", "notes", "model", "codebook"]
    assert found["article"] == {
        "id": "news",
        "date": None,
        "n_chars": len(ARTICLE),
        "n_sentences": 4,
    }
    assert rows_of(found) == FOUND
    assert found["model"]["stance"] == {
        "name": "champion",
        "version": 3,
        "run_id": "stance-run-3",
    }


def test_json_of_two_articles_is_a_list_in_their_order(standpoint, article):
    first = article(ARTICLE, name="one.txt")
    second = article("Anna Lind backs the river dam.", name="two.txt")
    found = json.loads(standpoint("label", first, second, *DAM, "--format", "json").out)
    assert [answer["article"]["id"] for answer in found] == ["one", "two"]


def test_jsonl_is_one_line_for_each_article(standpoint, article):
    first, second = article(ARTICLE, name="one.txt"), article("It rained.", name="two.txt")
    done = standpoint("label", first, second, *DAM, "--format", "jsonl")
    found = [json.loads(line) for line in done.out.splitlines()]
    assert [answer["article"]["id"] for answer in found] == ["one", "two"]
    assert rows_of(found[0]) == FOUND


def test_the_command_and_the_service_give_the_same_answer(standpoint, article, client):
    done = standpoint("label", article(ARTICLE), *DAM, "--format", "json")
    body = {"text": ARTICLE, "codebook": "dam", "id": "news"}
    assert json.loads(done.out) == client.post("/v1/articles", json=body).json


def test_letters_beyond_ascii_are_printed_as_they_are(standpoint, article):
    text = "👩‍👧 Ruritania rejects the river dam, señor."
    done = standpoint("label", article(text), *DAM, "--format", "jsonl")
    assert "señor" in done.out
    [statement] = json.loads(done.out)["statements"]
    evidence = statement["evidence"]
    assert text[evidence["start"] : evidence["end"]] == evidence["text"]
    assert (statement["holder_span"]["start"], statement["cue"]["start"]) == (4, 26)


# --- options ------------------------------------------------------------------


def test_include_none_also_shows_who_takes_no_side(standpoint, article):
    path = article("Borduria saw the river dam.")
    without = standpoint("label", path, *DAM, "--format", "json")
    also = standpoint("label", path, *DAM, "--format", "json", "--include-none")
    assert rows_of(json.loads(without.out)) == {}
    assert rows_of(json.loads(also.out)) == {("borduria", "river-dam"): "none"}


@pytest.mark.parametrize(("floor", "stance"), [("0", "against"), ("0.99", "abstained")])
def test_min_confidence_is_where_abstention_begins(standpoint, article, floor, stance):
    path = article("Ruritania rejects the river dam.")
    done = standpoint("label", path, *DAM, "--format", "json", "--min-confidence", floor)
    assert rows_of(json.loads(done.out)) == {("ruritania", "river-dam"): stance}


def test_min_confidence_may_come_from_the_environment_and_the_option_wins(
    standpoint, article, monkeypatch
):
    monkeypatch.setenv("STANDPOINT_MIN_CONFIDENCE", "0.99")
    path = article("Ruritania rejects the river dam.")
    asked = ("label", path, *DAM, "--format", "json")
    strict = json.loads(standpoint(*asked).out)
    loose = json.loads(standpoint(*asked, "--min-confidence", "0.5").out)
    assert [s["abstained"] for s in strict["statements"] + loose["statements"]] == [True, False]


def test_a_codebook_may_be_a_file_anywhere(standpoint, article, house, tmp_path):
    own = tmp_path / "own.toml"
    source = (house.codebooks / "dam.toml").read_text("utf-8")
    own.write_text(source.replace('name = "dam"', 'name = "own"'), "utf-8")
    done = standpoint("label", article(ARTICLE), "--codebook", own, "--format", "json")
    assert json.loads(done.out)["codebook"]["name"] == "own"


def test_models_and_codebooks_may_lie_elsewhere(standpoint, article, house, tmp_path, monkeypatch):
    path = article(ARTICLE)
    monkeypatch.setenv("STANDPOINT_MODELS_DIR", str(house.models.rename(tmp_path / "m")))
    monkeypatch.setenv("STANDPOINT_CODEBOOKS_DIR", str(house.codebooks.rename(tmp_path / "c")))
    assert standpoint("label", path, *DAM).status == 0


def test_the_project_is_found_from_a_folder_within_it(standpoint, article, house, monkeypatch):
    path = article(ARTICLE)
    inner = house.root / "a" / "b"
    inner.mkdir(parents=True)
    monkeypatch.chdir(inner)
    assert standpoint("label", path, *DAM).status == 0


# --- inputs -------------------------------------------------------------------


def test_a_dash_reads_standard_input(standpoint):
    done = standpoint("label", "-", *DAM, "--format", "json", given=ARTICLE.encode())
    assert done.status == 0
    assert rows_of(json.loads(done.out)) == FOUND


def test_a_byte_order_mark_is_no_part_of_the_text(standpoint, article):
    path = article(b"\xef\xbb\xbf" + ARTICLE.encode())
    found = json.loads(standpoint("label", path, *DAM, "--format", "json").out)
    assert found["article"]["n_chars"] == len(ARTICLE)
    assert found["statements"][0]["holder_span"]["start"] == 0


PAGE = """<!doctype html><html><head><title>The dam</title><style>p {}</style></head><body>
<nav><ul><li><a href="/">Borduria backs the river dam: our special</a></li></ul></nav>
<article><h1>Talks on the Drin</h1>
<p>Ruritania rejects the river dam. It has said so at every meeting since the spring, and nobody
in the capital expects it to say anything else before the year is out.</p>
<p>Borduria ponders the shipping toll. Its government has put some money aside for the work, which
would take several years to finish once it is begun at all.</p></article>
<script>var a = "Borduria rejects the shipping toll.";</script>
<footer>Borduria backs the shipping toll.</footer></body></html>"""


@pytest.mark.parametrize("name", ["page.html", "page.htm"])
def test_of_a_web_page_the_article_is_read_and_not_its_menus(standpoint, article, name):
    done = standpoint("label", article(PAGE, name=name), *DAM, "--format", "json")
    assert (done.status, done.err) == (0, "")
    found = json.loads(done.out)
    assert found["article"]["id"] == "page"
    assert rows_of(found) == {
        ("ruritania", "river-dam"): "against",
        ("borduria", "toll"): "abstained",
    }


def test_jsonl_holds_an_article_on_each_line_and_empty_lines_do_not_count(standpoint, article):
    rows = [{"id": "a", "text": ARTICLE, "date": "2014-01-22"}, {"text": "It rained.", "more": 1}]
    path = article("\n\n".join(map(json.dumps, rows)) + "\n\n", name="all.jsonl")
    done = standpoint("label", path, *DAM, "--format", "jsonl")
    assert (done.status, done.err) == (0, "")
    found = [json.loads(line)["article"] for line in done.out.splitlines()]
    assert [(a["id"], a["date"]) for a in found] == [("a", "2014-01-22"), ("all.jsonl:3", None)]


def test_a_bad_line_is_reported_with_its_number_and_the_rest_is_labelled(standpoint, article):
    good = json.dumps({"id": "good", "text": ARTICLE})
    path = article(f'{good}\n{{"text": \n\n["x"]\n{{"id": 1}}\n{good}\n', name="all.jsonl")
    done = standpoint("label", path, *DAM, "--format", "jsonl")
    assert done.status == 2
    assert [json.loads(line)["article"]["id"] for line in done.out.splitlines()] == ["good"] * 2
    told = done.err.splitlines()
    assert told[0].startswith("all.jsonl:2: must be JSON, got ")
    assert told[1] == """all.jsonl:4: must be an object with a text, got '["x"]'."""
    assert told[2] == """all.jsonl:5: must be an object with a text, got '{"id": 1}'."""
    assert len(told) == 3


def test_a_missing_file_is_reported_and_the_rest_is_labelled(standpoint, article):
    done = standpoint("label", "nowhere.txt", article(ARTICLE), *DAM)
    assert done.status == 2
    assert done.err == "nowhere.txt: the article must exist, got no such file.\n"
    assert done.out.startswith("news: The dam on the Drin\n")


# --- codebook check, version, help --------------------------------------------


def test_codebook_check_says_what_is_there(standpoint, house, client):
    done = standpoint("codebook", "check", house.codebooks / "dam.toml")
    digest = client.get("/v1/codebooks/dam").json["digest"]
    assert (done.status, done.err) == (0, "")
    assert done.out == f"dam: 3 actors, 2 issues, digest {digest[:16]}\n"


def test_codebook_check_warns_of_cues_that_say_too_little(standpoint, tmp_path):
    source = (
        'name = "t"\ntitle = "t"\n[[actors]]\nid = "a"\nname = "Anna"\nkind = "person"\n'
        '[[issues]]\nid = "i"\nname = "i"\nfavor = "y"\nagainst = "n"\ncues = ["the plan"]\n'
        '[[issues]]\nid = "k"\nname = "k"\nfavor = "y"\nagainst = "n"\n'
    )
    (tmp_path / "t.toml").write_text(source)
    done = standpoint("codebook", "check", tmp_path / "t.toml")
    assert (done.status, done.err) == (0, "")
    assert done.out.splitlines()[1:] == [
        "warning: line 12: issues[0].cues: should name the issue alone, got 'the plan', "
        "which stands in texts on anything. Use more words.",
        "note: line 13: issues[1].cues: empty, so that 'k' is found by its name and meaning alone. "
        "Cues find more.",
    ]


def test_version_is_printed(standpoint):
    done = standpoint("--version")
    assert (done.status, done.out) == (0, f"{__version__}\n")


VERBS = [
    "train",
    "promote",
    "rollback",
    "champion",
    "encoder",
    "ui",
    "label",
    "codebook",
    "data",
    "serve",
]


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help_and_stands_in_the_list(standpoint, verb):
    own, top = standpoint(verb, "--help"), standpoint("--help")
    assert (own.status, own.err, top.status) == (0, "", 0)
    assert own.out.startswith(f"usage: standpoint {verb}")
    assert f"    {verb} " in top.out


HELP = """
import contextlib, io, json, sys, time
start = time.perf_counter()
from standpoint.cli.main import main
with contextlib.redirect_stdout(io.StringIO()):
    try:
        main(["--help"])
    except SystemExit as stopped:
        status = stopped.code
seconds = time.perf_counter() - start
heavy = {"mlflow", "sklearn", "datasets", "onnxruntime", "flask", "torch", "pandas"}
print(json.dumps({"status": status, "seconds": seconds,
                  "heavy": sorted(heavy & set(sys.modules))}))
"""


def test_help_comes_at_once_and_loads_nothing_heavy():
    def ask():
        done = subprocess.run(
            [sys.executable, "-c", HELP], capture_output=True, check=True, text=True
        )
        return json.loads(done.stdout)

    # A busy machine may need more than one try.
    for _ in range(5):
        found = ask()
        assert (found["status"], found["heavy"]) == (0, [])
        if found["seconds"] < 0.3:
            break
    assert found["seconds"] < 0.3


def test_python_dash_m_standpoint_is_the_same_command(house, article):
    done = subprocess.run(
        [sys.executable, "-m", "standpoint", "label", str(article(ARTICLE)), *DAM],
        cwd=house.root,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode().startswith("news: The dam on the Drin\n")


def test_labelling_loads_neither_flask_nor_the_training_stack(house, article):
    script = (
        "import sys; from standpoint.cli.main import main; status = main(sys.argv[1:]); "
        "heavy = {'flask', 'mlflow', 'sklearn', 'datasets', 'torch', 'pandas', 'onnxruntime'}; "
        "print(status, sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "label", str(article(ARTICLE)), *DAM],
        cwd=house.root,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        check=True,
    )
    assert done.stderr.decode() == "0 []\n"


# --- authors ------------------------------------------------------------------


def test_the_author_holds_what_the_text_asserts(standpoint, article):
    text = article("We reject the river dam.")
    done = standpoint("label", text, *DAM, "--author", "Ruritania", "--format", "json")
    answer = json.loads(done.out)
    (statement,) = answer["statements"]
    assert (statement["holder"], statement["holder_span"]) == ("ruritania", None)
    assert statement["attribution"]["kind"] == "voice"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("rows.jsonl", '{"text": "We reject the river dam.", "author": "Ruritania"}\n'),
        ("rows.csv", 'text,author\n"We reject\nthe river dam.",Ruritania\n'),
    ],
)
def test_rows_name_their_authors(standpoint, tmp_path, name, content):
    path = tmp_path / name
    path.write_text(content)
    done = standpoint("label", str(path), *DAM, "--format", "json")
    (answer,) = json.loads(done.out)
    assert [statement["holder"] for statement in answer["statements"]] == ["ruritania"]


def test_an_empty_author_of_a_row_is_no_author(standpoint, tmp_path):
    path = tmp_path / "rows.jsonl"
    path.write_text('{"text": "We reject the river dam.", "author": " "}\n')
    done = standpoint("label", str(path), *DAM, "--format", "json")
    assert (done.status, json.loads(done.out)[0]["statements"]) == (0, [])


def test_an_author_who_is_no_actor_is_refused(standpoint, article, tmp_path):
    done = standpoint("label", article("It rained."), *DAM, "--author", "Ruritani")
    assert (done.status, done.out) == (2, "")
    assert done.err == (
        "--author: must be an actor of the codebook 'dam', got 'Ruritani'. "
        "Did you mean 'Ruritania'?\n"
    )
    rows = tmp_path / "rows.jsonl"
    rows.write_text('{"text": "It rained.", "author": 5}\n{"text": "It rained."}\n')
    done = standpoint("label", str(rows), *DAM, "--format", "jsonl")
    assert (done.status, done.out.count("\n")) == (2, 1)
    assert done.err.startswith(
        "rows.jsonl:1: author must be an actor of the codebook 'dam', got 5."
    )
