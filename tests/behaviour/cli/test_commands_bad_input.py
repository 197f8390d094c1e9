"""What the commands say to files, options and settings that are wrong.

Exit status 2, one sentence on standard error, nothing on standard output.
"""

import json

import pytest

ARTICLE = "Ruritania rejects the river dam."
DAM = ("--codebook", "dam")


def refused(done, *told, status=2):
    assert done.status == status
    assert done.out == ""
    assert "Traceback" not in done.err
    assert all(words in done.err for words in told), done.err


FORMATS = ["table", "json", "jsonl"]


# --- articles -----------------------------------------------------------------

FILES = [
    pytest.param("empty.txt", b"", ["text must not be empty."], id="empty"),
    pytest.param("blank.txt", b" \n\t\n", ["text must not be empty."], id="blank"),
    pytest.param(
        "image.txt",
        b"\x89PNG\r\n\x1a\n\0\0",
        ["image.txt: must be UTF-8 text, got the byte 0x89 at 0. Is this a binary file"],
        id="binary",
    ),
    pytest.param(
        "wide.txt", ARTICLE.encode("utf-16"), ["must be UTF-8 text, got the byte"], id="UTF-16"
    ),
    pytest.param("latin.txt", "Café".encode("latin-1"), ["got the byte 0xe9 at 3."], id="Latin-1"),
    pytest.param(
        "nul.txt", b"a\0b", ["text must not contain NUL, got one at character 1."], id="NUL"
    ),
    pytest.param(
        "surrogate.txt", b"a\xed\xa0\x80", ["got the byte 0xed at 1."], id="encoded surrogate"
    ),
    pytest.param(
        "page.html",
        b"<html><body></body></html>",
        ["page.html: must hold an article, got a page without one."],
        id="page without an article",
    ),
    pytest.param(
        "all.jsonl", b"{nope\n", ["all.jsonl:1: must be JSON, got "], id="jsonl of one bad line"
    ),
    pytest.param(
        "all.jsonl",
        b'{"text": 5}\n{"text": null}',
        ["all.jsonl:1: text must be a string, got int.", "all.jsonl:2: text must be a string, got"],
        id="jsonl with texts that are none",
    ),
    pytest.param(
        "all.jsonl",
        b'{"text": "a\\ud800"}',
        ["all.jsonl:1: text must be valid Unicode, got the lone surrogate '\\ud800'"],
        id="jsonl with a lone surrogate",
    ),
    pytest.param(
        "all.jsonl", b"\xff\n", ["must be UTF-8 text, got the byte 0xff"], id="jsonl binary"
    ),
]


@pytest.mark.parametrize("shape", FORMATS)
@pytest.mark.parametrize(("name", "content", "told"), FILES)
def test_a_file_that_is_no_article_is_refused(standpoint, article, name, content, told, shape):
    refused(standpoint("label", article(content, name=name), *DAM, "--format", shape), *told)


@pytest.mark.parametrize("shape", FORMATS)
def test_a_missing_file_is_refused_by_its_name(standpoint, shape):
    done = standpoint("label", "nowhere/news.txt", *DAM, "--format", shape)
    refused(done)
    assert done.err == "nowhere/news.txt: the article must exist, got no such file.\n"


def test_a_folder_is_no_article(standpoint, house):
    (house.root / "news").mkdir()
    refused(standpoint("label", "news", *DAM), "news: must be a readable file, got ")


def test_every_bad_file_is_reported(standpoint, article):
    done = standpoint("label", "a.txt", article(b"\xff", name="b.txt"), "c.html", *DAM)
    refused(done, "a.txt: ", "b.txt: ", "c.html: ")
    assert len(done.err.splitlines()) == 3


@pytest.mark.parametrize("given", [b"", b"\xff", b"\0"], ids=["empty", "binary", "NUL"])
def test_standard_input_that_is_no_article_is_refused(standpoint, given):
    refused(standpoint("label", "-", *DAM, given=given), "standard input: ")


def test_an_article_above_the_limit_is_refused_and_one_at_the_limit_is_not(
    standpoint, article, monkeypatch
):
    monkeypatch.setenv("STANDPOINT_MAX_ARTICLE_CHARS", str(len(ARTICLE)))
    assert standpoint("label", article(ARTICLE), *DAM).status == 0
    done = standpoint("label", article(ARTICLE + "!"), *DAM)
    refused(done, "text must be at most 32 characters, got 33. Send it in parts.")


# --- codebooks ----------------------------------------------------------------


def test_an_unknown_codebook_is_refused_with_those_there_are(standpoint, article):
    done = standpoint("label", article(ARTICLE), "--codebook", "geneva3")
    refused(done, "--codebook: must be a file or one of dam, fish, got 'geneva3'.")


def test_a_codebook_file_that_does_not_exist_is_refused(standpoint, article):
    for done in (
        standpoint("label", article(ARTICLE), "--codebook", "own.toml"),
        standpoint("codebook", "check", "own.toml"),
    ):
        refused(done, "own.toml: the codebook must exist, got no such file.")


FAULTY = """\
name = "faulty one"
titel = "The lake"

[[actors]]
id = "sy"
name = "Syldavia"
kind = "stat"
colour = "red"

[[actors]]
id = "bo"
kind = "state"

[[issues]]
id = "ferry"
name = "A ferry"
favor = "Yes."
against = "No."
cues = "ferry"
"""
FAULTY_LINES = [
    "line 1: name: ",
    "got 'faulty one'.",
    "title: missing.",
    "line 2: titel: unknown key.",
    "line 7: actors[0].kind: must be one of person, state, organisation, group, got 'stat'.",
    "Did you mean 'state'?",
    "line 8: actors[0].colour: unknown key.",
    "line 10: actors[1].name: missing.",
    "line 19: issues[0].cues: ",
]

TWISTED = """\
name = "twisted"
title = "The lake"

[[actors]]
id = "a"
name = "Anton"
kind = "person"
member_of = "nobody"

[[actors]]
id = "a"
name = "Berta"
kind = "person"

[[actors]]
id = "c"
name = "Carl"
kind = "person"
aliases = ["the berta"]
member_of = "c"

[[issues]]
id = "ferry"
name = "A ferry"
favor = "Yes."
against = "yes"
cues = ["ferry", "boat"]
opposite_cues = ["Boat"]
"""
TWISTED_LINES = [
    "line 8: actors[0].member_of: must be the id of an actor, got 'nobody'.",
    "line 11: actors[1].id: must be new, got 'a' again.",
    "line 19: actors[2].aliases: must be its own, got 'the berta', which 'a' has too.",
    "line 20: actors[2].member_of: must not lead back to itself, got 'c'.",
    "line 26: issues[0].against: must say something else than favor, got 'yes'.",
    "line 28: issues[0].opposite_cues: must be of one pole, got 'Boat', which is in cues too.",
]


@pytest.mark.parametrize(
    ("source", "told"), [(FAULTY, FAULTY_LINES), (TWISTED, TWISTED_LINES)], ids=["form", "sense"]
)
def test_all_faults_of_a_codebook_are_told_together_with_their_lines(
    standpoint, article, source, told
):
    path = article(source, name="own.toml")
    checked = standpoint("codebook", "check", path)
    refused(checked, f"{path}:\n", *told)
    labelled = standpoint("label", article(ARTICLE), "--codebook", path)
    refused(labelled, *told)
    assert checked.err == labelled.err


NOT_TOML = [
    pytest.param(b"name = \n", ["must be TOML, got a fault", "line 1"], id="syntax"),
    pytest.param(b'name = "a"\nname = "b"\n', ["must be TOML, got a fault"], id="key twice"),
    pytest.param(b'name = "\xe9"', ["must be a readable UTF-8 file"], id="Latin-1"),
    pytest.param(b"", ["name: missing.", "actors: missing."], id="empty"),
    pytest.param(b'{"name": "a"}', ["must be TOML, got a fault"], id="JSON"),
]


@pytest.mark.parametrize(("content", "told"), NOT_TOML)
def test_a_codebook_that_cannot_be_read_is_refused(standpoint, article, content, told):
    path = article(content, name="own.toml")
    refused(standpoint("codebook", "check", path), f"{path}:", *told)


def test_a_folder_is_no_codebook(standpoint, house):
    refused(standpoint("codebook", "check", house.root), "must be a readable UTF-8 file, got ")


# --- champions ----------------------------------------------------------------


def test_without_a_champion_the_way_to_one_is_told(standpoint, article, house):
    (house.models / "stance" / "champion.json").unlink()
    done = standpoint("label", article(ARTICLE), *DAM)
    refused(done, "models: must hold a champion of stance or a shipped model, got neither.")


@pytest.mark.parametrize("task", ["stance", "sentiment"])
@pytest.mark.parametrize("name", ["head.safetensors", "terms.json"])
def test_a_bundle_with_a_changed_byte_is_refused(standpoint, article, house, flip, task, name):
    path = article(ARTICLE)
    damaged = next((house.models / task).glob(f"*/{name}"))
    flip(damaged)
    told = f"{damaged}: must have the sha256 "
    refused(standpoint("label", path, *DAM), told, "Promote the run again.")
    flip(damaged)
    assert standpoint("label", path, *DAM).status == 0


@pytest.mark.parametrize("name", ["head.safetensors", "terms.json", "manifest.json"])
def test_a_bundle_that_lacks_a_file_is_refused(standpoint, article, house, name):
    path = article(ARTICLE)
    (house.models / "stance" / "3" / name).unlink()
    refused(standpoint("label", path, *DAM), f"{name}: must exist, got no such file.")


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("format", 2, "format: "),
        ("task", "mood", "task: must be one of stance, sentiment, got 'mood'."),
        ("labels", ["against", "favor", "none"], "labels must be favor, against, none"),
        ("features", {"kind": "magic"}, "features"),
        ("surprise", 1, "surprise: unknown key."),
    ],
)
def test_a_bundle_of_another_form_is_refused(standpoint, article, house, key, value, told):
    path = house.models / "stance" / "3" / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | {key: value}), "utf-8")
    refused(standpoint("label", article(ARTICLE), *DAM), "manifest.json:", told)


@pytest.mark.parametrize("content", [b"", b"{", b'{"version": "x"}', b"\xff", b'{"version": 1.5}'])
def test_a_pointer_that_names_no_version_is_refused(standpoint, article, house, content):
    path = house.models / "stance" / "champion.json"
    path.write_bytes(content)
    done = standpoint("label", article(ARTICLE), *DAM)
    refused(done, f"{path}: must name a version, got something else. Promote a run again.")


def test_serve_does_not_start_with_a_bundle_of_a_changed_byte(standpoint, house, flip):
    flip(house.models / "stance" / "3" / "head.safetensors")
    refused(standpoint("serve"), "head.safetensors: must have the sha256 ")


# --- options and settings -----------------------------------------------------


@pytest.mark.parametrize("floor", ["1.01", "-0.1", "nan", "inf", "-inf"])
def test_a_min_confidence_outside_0_to_1_is_refused(standpoint, article, floor):
    done = standpoint("label", article(ARTICLE), *DAM, f"--min-confidence={floor}")
    refused(done, f"--min-confidence: must be from 0 to 1, got {float(floor)}.")


SETTINGS = [
    ("STANDPOINT_MIN_CONFIDENCE", "1.5", "must be a number from 0 to 1"),
    ("STANDPOINT_MIN_CONFIDENCE", "-1", "must be a number from 0 to 1"),
    ("STANDPOINT_MIN_CONFIDENCE", "nan", "must be a number from 0 to 1"),
    ("STANDPOINT_MIN_CONFIDENCE", "high", "must be a number from 0 to 1"),
    ("STANDPOINT_MAX_ARTICLE_CHARS", "0", "must be a whole number above 0"),
    ("STANDPOINT_MAX_ARTICLE_CHARS", "-5", "must be a whole number above 0"),
    ("STANDPOINT_MAX_ARTICLE_CHARS", "1e6", "must be a whole number above 0"),
    ("STANDPOINT_MAX_ARTICLE_CHARS", "²", "must be a whole number above 0"),
    ("STANDPOINT_MAX_BODY_BYTES", "2MB", "must be a whole number above 0"),
    ("STANDPOINT_MAX_BODY_BYTES", " ", "must be a whole number above 0"),
]


@pytest.mark.parametrize("verb", ["label", "serve"])
@pytest.mark.parametrize(
    ("name", "value", "told"), SETTINGS, ids=[f"{n[11:]}={v}" for n, v, _ in SETTINGS]
)
def test_a_setting_that_cannot_be_used_is_refused_by_its_name(
    standpoint, article, monkeypatch, verb, name, value, told
):
    monkeypatch.setenv(name, value)
    words = ("label", article(ARTICLE), *DAM) if verb == "label" else ("serve",)
    done = standpoint(*words)
    refused(done)
    assert done.err == f"{name}: {told}, got {value!r}.\n"


def test_an_empty_setting_is_no_setting(standpoint, article, monkeypatch):
    for name in ("MIN_CONFIDENCE", "MAX_ARTICLE_CHARS", "MAX_BODY_BYTES", "MODELS_DIR"):
        monkeypatch.setenv(f"STANDPOINT_{name}", "")
    assert standpoint("label", article(ARTICLE), *DAM).status == 0


def test_folders_that_do_not_exist_are_named(standpoint, article, monkeypatch, tmp_path):
    path = article(ARTICLE)
    monkeypatch.setenv("STANDPOINT_MODELS_DIR", str(tmp_path / "no-models"))
    refused(standpoint("label", path, *DAM), f"{tmp_path / 'no-models'}")
    monkeypatch.setenv("STANDPOINT_CODEBOOKS_DIR", str(tmp_path / "no-codebooks"))
    refused(standpoint("label", path, *DAM), f"{tmp_path / 'no-codebooks'}")
    done = standpoint("serve")
    refused(done, "must be a folder of codebooks, got none. Run this in the project")


@pytest.mark.parametrize(
    ("option", "value", "told"),
    [
        ("--port", "0", "--port: must be from 1 to 65535, got 0."),
        ("--port", "65536", "--port: must be from 1 to 65535, got 65536."),
        ("--workers", "0", "--workers: must be at least 1, got 0."),
    ],
)
def test_an_option_of_serve_out_of_range_is_refused(standpoint, option, value, told):
    done = standpoint("serve", option, value)
    refused(done)
    assert done.err == f"{told}\n"


CALLS = [
    pytest.param([], ["VERB"], id="no verb"),
    pytest.param(["lable"], ["invalid choice: 'lable'"], id="unknown verb"),
    pytest.param(["label"], ["ARTICLE"], id="no article"),
    pytest.param(["label", "a.txt", "--format", "xml"], ["invalid choice: 'xml'"], id="format"),
    pytest.param(["label", "a.txt", "--fast"], ["--fast"], id="unknown option"),
    pytest.param(["label", "a.txt", "--min-confidence", "x"], ["'x'"], id="no number"),
    pytest.param(["codebook"], ["WHAT"], id="codebook without what"),
    pytest.param(["codebook", "check"], ["file"], id="codebook check without file"),
    pytest.param(["data", "check", "nope"], ["invalid choice: 'nope'"], id="unknown data"),
    pytest.param(["promote"], ["run"], id="promote without run"),
    pytest.param(["rollback", "--task", "mood"], ["invalid choice: 'mood'"], id="unknown task"),
    pytest.param(["serve", "--port", "http"], ["'http'"], id="port in words"),
]


@pytest.mark.parametrize(("words", "told"), CALLS)
def test_a_call_that_is_wrong_is_refused_with_its_usage(standpoint, words, told):
    refused(standpoint(*words), "usage: standpoint", *told)
