import copy
import hashlib
import json
import tomllib

import pytest

from standpoint.codebook.folding import fold_name
from standpoint.codebook.parsing import load_codebook, parse_codebook
from standpoint.codebook.schema import Codebook
from standpoint.codebook.toml_lines import find_line
from standpoint.errors import CodebookError

DAM = {
    "name": "dam",
    "title": "The Mora dam",
    "actors": [
        {
            "id": "valdia",
            "name": "Valdia",
            "kind": "state",
            "aliases": ["the Valdian government"],
        },
        {"id": "kovac", "name": "Ana Kovac", "kind": "person", "member_of": "valdia"},
    ],
    "issues": [
        {
            "id": "dam",
            "name": "Building the dam",
            "favor": "It is built.",
            "against": "It is not built.",
            "cues": ["the Mora dam"],
            "opposite_cues": ["dam moratorium"],
        },
        {
            "id": "tariff",
            "name": "The water tariff",
            "favor": "It is raised.",
            "against": "It stays.",
            "cues": ["water tariff"],
        },
    ],
}

TOML = """\
name  = "dam"
title = "The Mora dam"

[[actors]]
id   = "valdia"
name = "Valdia"
kind = "state"

[[actors]]
id      = "kovac"
name    = "Ana Kovac"
kind    = "person"
aliases = ["Valdia"]

[[issues]]
id      = "dam"
name    = "Building the dam"
favor   = "It is built."
against = "It is not built."
cues    = ["the Mora dam"]
"""


def changed(path, value):
    """The codebook with one place set, or deleted where the value is `...`."""
    book = copy.deepcopy(DAM)
    at = book
    for key in path[:-1]:
        at = at[key]
    if value is ...:
        del at[path[-1]]
    else:
        at[path[-1]] = value
    return book


def complaint(found, **where):
    with pytest.raises(CodebookError) as caught:
        parse_codebook(found, where="dam.toml", **where)
    return str(caught.value)


def test_issues_may_share_cues_at_any_pole_and_have_none():
    book = parse_codebook(changed(("issues", 1, "cues"), ["Mora Dam"]), where="dam.toml")
    assert book.issues[1].cues == ("Mora Dam",)
    book = parse_codebook(changed(("issues", 1, "opposite_cues"), ["Mora Dam"]), where="dam.toml")
    assert book.issues[1].opposite_cues == ("Mora Dam",)
    for nothing in ([], ...):
        book = parse_codebook(changed(("issues", 1, "cues"), nothing), where="dam.toml")
        assert book.issues[1].cues == ()


def test_a_sound_codebook_is_read_as_it_is_written():
    book = parse_codebook(DAM, where="dam.toml")
    assert [actor.id for actor in book.actors] == ["valdia", "kovac"]
    assert book.actors[0].names == ("Valdia", "the Valdian government")
    assert book.actors[1].names == ("Ana Kovac",)
    assert book.issues[0].opposite_cues == ("dam moratorium",)
    assert book.issues[1].opposite_cues == ()


def test_the_members_are_known_by_what_they_are_members_of():
    assert parse_codebook(DAM, where="x").parents() == {"kovac": "valdia"}


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        pytest.param(("name",), ..., "name: missing.", id="no name"),
        pytest.param(("nme",), "dam", "nme: unknown key.", id="unknown key"),
        pytest.param(
            ("actors", 0, "alias"), ["V"], "actors[0].alias: unknown key.", id="unknown actor key"
        ),
        pytest.param(("actors",), [], "actors: must hold at least 1, got [].", id="no actors"),
        pytest.param(("issues",), [], "issues: must hold at least 1, got [].", id="no issues"),
        pytest.param(
            ("actors", 0, "kind"),
            "stat",
            "actors[0].kind: must be one of person, state, organisation, group, got 'stat'. "
            "Did you mean 'state'?",
            id="kind with a near miss",
        ),
        pytest.param(
            ("actors", 0, "name"),
            "  ",
            "actors[0].name: string should have at least 1 character, got '  '.",
            id="blank name",
        ),
        pytest.param(
            ("actors", 0, "name"),
            3,
            "actors[0].name: input should be a valid string, got 3.",
            id="number for a name",
        ),
        pytest.param(
            ("actors", 0, "name"),
            "x" * 201,
            "actors[0].name: string should have at most 200 characters",
            id="endless name",
        ),
        pytest.param(
            ("actors", 0, "aliases"),
            "Valdians",
            "actors[0].aliases: must be a list, got 'Valdians'.",
            id="string for a list",
        ),
        pytest.param(
            ("actors", 0, "id"),
            "Val dia",
            "actors[0].id: string should match pattern '^[a-z0-9][a-z0-9_.-]*$', got 'Val dia'.",
            id="id with a space",
        ),
        pytest.param(
            ("actors", 1, "id"),
            "valdia",
            "actors[1].id: must be new, got 'valdia' again.",
            id="repeated actor id",
        ),
        pytest.param(
            ("issues", 1, "id"),
            "dam",
            "issues[1].id: must be new, got 'dam' again.",
            id="repeated issue id",
        ),
        pytest.param(
            ("actors", 1, "aliases"),
            ["VALDIAN  government"],
            "actors[1].aliases: must be its own, got 'VALDIAN  government', which 'valdia' has too.",
            id="shared alias",
        ),
        pytest.param(
            ("actors", 1, "member_of"),
            "greens",
            "actors[1].member_of: must be the id of an actor, got 'greens'.",
            id="member of nobody",
        ),
        pytest.param(
            ("actors", 1, "member_of"),
            "kovac",
            "actors[1].member_of: must not lead back to itself, got 'kovac'.",
            id="member of itself",
        ),
        pytest.param(
            ("actors", 0, "member_of"),
            "kovac",
            "actors[0].member_of: must not lead back to itself, got 'kovac'.",
            id="members in a circle",
        ),
        pytest.param(
            ("issues", 0, "opposite_cues"),
            ["the Mora dam"],
            "issues[0].opposite_cues: must be of one pole, got 'the Mora dam', which is in cues too.",
            id="cue of both poles",
        ),
        pytest.param(
            ("issues", 0, "against"),
            "it is  Built",
            "issues[0].against: must say something else than favor, got 'it is  Built'.",
            id="equal poles",
        ),
        pytest.param(
            ("issues", 0, "favor"),
            " ",
            "issues[0].favor: string should have at least 1 character, got ' '.",
            id="empty pole",
        ),
        pytest.param(
            ("issues", 0, "favor"),
            "x" * 20_001,
            "issues[0].favor: string should have at most 20000 characters, got 'xxxx",
            id="endless pole",
        ),
        pytest.param(
            ("issues", 1, "about"),
            "brandt",
            "issues[1].about: must be the id of an actor, got 'brandt'.",
            id="about nobody",
        ),
        pytest.param(
            ("issues", 1, "about"),
            "Ana Kovac",
            "issues[1].about: string should match pattern '^[a-z0-9][a-z0-9_.-]*$', "
            "got 'Ana Kovac'.",
            id="about a name",
        ),
    ],
)
def test_a_fault_is_told_with_its_place_and_what_was_found(path, value, sentence):
    message = complaint(changed(path, value))
    assert message.startswith("dam.toml:\n")
    assert f"  {sentence}" in message


@pytest.mark.parametrize("found", [None, [], "dam", 3], ids=["null", "list", "string", "number"])
def test_what_is_no_table_is_refused(found):
    assert (
        f"the whole: input should be a valid dictionary or instance of Codebook, got {found!r}"
        in (complaint(found))
    )


def test_all_faults_are_told_together():
    book = changed(("actors", 1, "member_of"), "greens")
    book["actors"][1]["aliases"] = ["Valdia"]
    book["issues"][1]["id"] = "dam"
    lines = complaint(book).splitlines()
    assert len(lines) == 4
    assert {line.split(":")[0].strip() for line in lines[1:]} == {
        "actors[1].member_of",
        "actors[1].aliases",
        "issues[1].id",
    }


@pytest.mark.parametrize(
    ("favor", "against"), [("+", "-"), ("It is built.", "It is not built."), ("£5", "€5")]
)
def test_poles_that_differ_are_accepted(favor, against):
    book = changed(("issues", 0, "favor"), favor)
    book["issues"][0]["against"] = against
    parse_codebook(book, where="dam")


def test_an_actor_may_repeat_its_own_name_among_its_aliases():
    parse_codebook(changed(("actors", 0, "aliases"), ["Valdia", "valdia"]), where="x")


def test_a_fault_in_a_file_is_told_with_its_line(tmp_path):
    path = tmp_path / "dam.toml"
    path.write_text(TOML, "utf-8")
    with pytest.raises(CodebookError) as caught:
        load_codebook(path)
    assert str(caught.value) == (
        f"{path}:\n"
        "  line 13: actors[1].aliases: must be its own, got 'Valdia', which 'valdia' has too."
    )


def test_a_sound_file_is_loaded(tmp_path):
    path = tmp_path / "dam.toml"
    path.write_text(TOML.replace('aliases = ["Valdia"]', ""), "utf-8")
    assert load_codebook(path).title == "The Mora dam"


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(CodebookError) as caught:
        load_codebook(tmp_path / "none.toml")
    assert str(caught.value) == (
        f"{tmp_path / 'none.toml'}: the codebook must exist, got no such file."
    )


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        pytest.param(b"name = dam", "must be TOML, got a fault: ", id="not TOML"),
        pytest.param(b'name = "\xff"', "must be a readable UTF-8 file, got ", id="not UTF-8"),
    ],
)
def test_an_unreadable_file_is_told(tmp_path, content, sentence):
    path = tmp_path / "dam.toml"
    path.write_bytes(content)
    with pytest.raises(CodebookError) as caught:
        load_codebook(path)
    assert str(caught.value).startswith(f"{path}: {sentence}")


@pytest.mark.parametrize(
    ("path", "line"),
    [
        pytest.param(("title",), 2, id="key at the top"),
        pytest.param(("actors", 1, "kind"), 12, id="key of the second table"),
        pytest.param(("actors", 0, "aliases"), 4, id="missing key: the head of its table"),
        pytest.param(("issues", 0, "cues", 0), 20, id="item of a list"),
        pytest.param(("issues", 1, "cues"), None, id="table that is not there"),
    ],
)
def test_the_line_of_a_place_in_a_file_is_found(path, line):
    assert tomllib.loads(TOML)
    assert find_line(TOML, path) == line


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("The Kremlin", "kremlin", id="the and case"),
        pytest.param("Valdia’s  envoy", "valdia's envoy", id="apostrophe and spaces"),
    ],
)
def test_names_that_differ_only_in_print_are_one(one, other):
    assert fold_name(one) == fold_name(other)


def test_a_name_that_only_begins_like_the_is_kept_whole():
    assert fold_name("Theo Brandt") == "theo brandt"


def test_the_digest_does_not_depend_on_the_order_of_keys():
    backwards = json.loads(json.dumps(DAM), object_pairs_hook=lambda items: dict(reversed(items)))
    assert parse_codebook(backwards, where="x").digest == parse_codebook(DAM, where="y").digest


@pytest.mark.parametrize(
    ("path", "value"),
    [
        pytest.param(("issues", 0, "favor"), "It stands.", id="wording of a side"),
        pytest.param(("actors", 1, "member_of"), None, id="membership"),
        pytest.param(("actors", 0, "aliases"), [], id="aliases"),
    ],
)
def test_the_digest_changes_with_every_content(path, value):
    altered = parse_codebook(changed(path, value), where="x")
    assert altered.digest != parse_codebook(DAM, where="x").digest


def test_the_digest_is_that_of_the_content_where_no_issue_is_about_an_actor():
    """As it was before an issue could be about an actor: no key for it is counted."""
    content = {
        "name": DAM["name"],
        "title": DAM["title"],
        "actors": [{"aliases": [], "member_of": None, **actor} for actor in DAM["actors"]],
        "issues": [{"opposite_cues": [], **issue} for issue in DAM["issues"]],
    }
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False)
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    assert parse_codebook(DAM, where="x").digest == digest


def test_the_digest_is_computed_once_for_each_codebook(monkeypatch):
    dumps = []
    dump = Codebook.model_dump
    monkeypatch.setattr(Codebook, "model_dump", lambda book: dumps.append(book.name) or dump(book))
    codebook = parse_codebook(DAM, where="x")
    assert len({codebook.digest for _ in range(100)}) == 1
    assert dumps == ["dam"]


def test_a_codebook_whose_digest_is_known_stays_as_it_was():
    read, other = parse_codebook(DAM, where="x"), parse_codebook(DAM, where="y")
    assert read.digest
    assert (read, hash(read), repr(read)) == (other, hash(other), repr(other))
    assert read.model_dump() == other.model_dump()


@pytest.mark.parametrize("deep", [False, True])
def test_a_changed_copy_has_its_own_digest(deep):
    codebook = parse_codebook(DAM, where="x")
    digest = codebook.digest
    renamed = codebook.model_copy(update={"title": "Another dam"}, deep=deep)
    assert renamed.digest == parse_codebook({**DAM, "title": "Another dam"}, where="x").digest
    assert codebook.digest == digest == codebook.model_copy(deep=deep).digest


def test_the_digest_counts_whom_an_issue_is_about():
    digests = {
        parse_codebook(changed(("issues", 1, "about"), about), where="x").digest
        for about in (None, "kovac", "valdia")
    }
    assert len(digests) == 3
    assert parse_codebook(DAM, where="x").digest in digests


def test_an_issue_about_a_faulty_actor_is_no_fault_of_its_own():
    book = changed(("actors", 1, "kind"), "dog")
    book["issues"][1]["about"] = "kovac"
    assert "about" not in complaint(book)
