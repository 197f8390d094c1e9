"""``standpoint codebook draft``."""

import json
import os
import tomllib
from pathlib import Path

import pytest

DATA = os.environ.get("STANDPOINT_DATA")  # before the fixtures unset it
NEWS = """\
Ruritanian President Anna Lind urged Borduria on Monday to back the river dam.

Lind said the river dam was safe. Borduria rejects the river dam, and Ruritania backs the dam.
"""
needs_data = pytest.mark.skipif(not DATA, reason="STANDPOINT_DATA is not set")


def test_a_draft_passes_the_check_and_labels(standpoint, article):
    done = standpoint("codebook", "draft", article(NEWS), "--name", "dams")
    assert done.status == 0
    assert "actors and" in done.err
    book = article(done.out, name="dams.toml")
    assert standpoint("codebook", "check", book).out.startswith("dams: ")
    labeled = standpoint("label", article(NEWS), "--codebook", book, "--format", "json")
    rows = {(r["actor"], r["issue"], r["stance"]) for r in json.loads(labeled.out)["stances"]}
    assert ("borduria", "river-dam", "against") in rows


def test_a_draft_leaves_it_to_a_person_to_say_what_the_sides_mean(standpoint, article):
    found = tomllib.loads(standpoint("codebook", "draft", article(NEWS)).out)
    assert found["name"] == "draft"
    for issue in found["issues"]:
        assert issue["favor"] == "TODO: say what being in favor means."
        assert issue["against"] == "TODO: say what being against means."


def test_every_entry_has_its_count_above_it(standpoint, article):
    out = standpoint("codebook", "draft", article(NEWS)).out
    assert '# twice, speaks twice\n[[actors]]\nid = "anna-lind"\n' in out


def test_articles_of_every_kind_are_read_and_dates_do_not_matter(standpoint, article):
    rows = "\n".join(json.dumps({"text": NEWS, "date": "4/5/2017"}) for _ in range(2))
    lines = article(rows, name="a.jsonl")
    done = standpoint("codebook", "draft", lines, "-", given=NEWS.encode())
    assert done.status == 0
    assert "from 3 articles" in done.err


def test_an_article_that_cannot_be_read_is_told_and_the_rest_are_used(standpoint, article):
    done = standpoint("codebook", "draft", article(NEWS), "none.txt")
    assert done.status == 2
    assert "none.txt: the article must exist, got no such file.\n" in done.err
    assert tomllib.loads(done.out)["actors"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "It rained all day.",
            "articles: a name of an actor must recur, got none that does. "
            "Give more articles, or longer ones.",
        ),
        (
            "Anna Lind said no. Lind said yes.",
            "articles: a phrase of two words or more near what someone says must recur, got none that does. "
            "Give more articles, or longer ones.",
        ),
    ],
    ids=["no name", "no phrase"],
)
def test_where_nothing_recurs_nothing_is_written(standpoint, article, house, text, sentence):
    done = standpoint("codebook", "draft", article(text), "--output", "out.toml")
    assert (done.status, done.out, done.err) == (2, "", f"{sentence}\n")
    assert not (house.root / "out.toml").exists()


def test_no_article_that_can_be_read_is_an_error(standpoint):
    done = standpoint("codebook", "draft", "none.txt")
    assert done.status == 2
    assert done.err.splitlines()[-1] == "articles: must hold one that can be read, got none."


def test_an_output_that_exists_is_kept(standpoint, article, house):
    (house.root / "out.toml").write_text("mine", "utf-8")
    done = standpoint("codebook", "draft", article(NEWS), "--output", "out.toml")
    assert (done.status, done.err) == (
        2,
        "--output: must be a new file, got 'out.toml', which exists. Use --force to replace it.\n",
    )
    assert (house.root / "out.toml").read_text("utf-8") == "mine"


def test_a_name_that_no_codebook_may_have_is_refused(standpoint, article):
    done = standpoint("codebook", "draft", article(NEWS), "--name", "My Book")
    assert (done.status, done.err) == (
        2,
        "--name: must be small letters, digits and hyphens, got 'My Book'.\n",
    )


@pytest.mark.parametrize(
    "text",
    [
        'He saw "Al\\Qa\x7fida" there. "Al\\Qa\x7fida" said no trade deal. A trade deal was urged. '
        "Ana Kovac said no. Kovac said it.",
        "ANA KOVAC SAID NO TRADE DEAL. " * 5 + NEWS,
        "É. Ünal said no trade deal. Ünal urged a trade deal. " * 3,
        "He met " + "Xa " * 300 + ". " + NEWS,
        NEWS * 40,
    ],
    ids=["marks", "shouting", "accents", "endless name", "one article many times"],
)
def test_whatever_the_text_a_draft_passes_the_check(standpoint, article, text):
    done = standpoint("codebook", "draft", article(text))
    assert done.status == 0
    assert standpoint("codebook", "check", article(done.out, name="d.toml")).status == 0


@needs_data
def test_of_a_wire_story_the_parties_and_the_talks_are_proposed(standpoint, article):
    done = standpoint("codebook", "draft", Path(DATA) / "geneva2" / "article.txt")
    found = tomllib.loads(done.out)
    kinds = {actor["name"]: actor["kind"] for actor in found["actors"]}
    assert kinds.items() >= {
        ("Sergei Lavrov", "person"),
        ("Russia", "state"),
        ("Syria", "state"),
        ("Syrian National Coalition", "organisation"),
    }
    assert "Geneva" not in kinds
    cues = {cue for issue in found["issues"] for cue in issue["cues"]}
    assert {"Geneva conference", "humanitarian assistance", "Iran's participation"} <= cues


@needs_data
@pytest.mark.slow
def test_of_hundreds_of_articles_the_common_parties_are_proposed(standpoint, article):
    done = standpoint("codebook", "draft", Path(DATA) / "fakes" / "articles.jsonl")
    assert done.status == 0
    found = tomllib.loads(done.out)
    names = {actor["name"]: actor for actor in found["actors"]}
    assert names["Bashar al-Assad"]["member_of"] == "syria"
    assert names["Syrian Observatory for Human Rights"]["kind"] == "organisation"
    assert not {"Aleppo", "Homs", "Syrian", "Kurdish"} & set(names)
    assert "chemical weapons" in {issue["name"] for issue in found["issues"]}
    assert standpoint("codebook", "check", article(done.out, name="d.toml")).status == 0
