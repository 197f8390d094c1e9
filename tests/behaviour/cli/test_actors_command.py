"""``standpoint actors import``."""

import os
import time
import tomllib
from pathlib import Path

import pytest

ACTORS = """\
SYRIA_  [SYR]
+DAMASCUS_
WALID_MUALEM_
+FOREIGN_MINISTER_MUALEM_
\t[SYRGOV >060301]
MAHMOUD_ZUABI_
\t[SYRGOV 871101-000313]
RUSSIA_ [RUS]
"""
FAULTY = "A_B_\n\t[SYRGOV >2004017]\nC_D_\n\t[RUSGOV 20050101-20040101]\nE_F_\n\t[RUSELI]\n"
DATA = os.environ.get("STANDPOINT_DATA")  # before the fixtures unset it
TAIL = """
[[issues]]
id = "talks"
name = "talks"
favor = "yes"
against = "no"
cues = ["peace talks"]
"""


@pytest.fixture
def actors(article):
    return article(ACTORS, name="a.actors")


def test_the_actors_of_a_code_are_printed_as_tables(standpoint, actors):
    done = standpoint("actors", "import", actors, "--codes", "SYR", "--date", "2013-11-19")
    assert done.status == 0
    found = tomllib.loads(done.out)["actors"]
    assert [(a["id"], a["kind"], a.get("member_of")) for a in found] == [
        ("syria", "state", None),
        ("walid-mualem", "person", "syria"),
    ]
    assert done.err.splitlines()[-1] == "2 actors: 1 person, 1 state."


def test_what_is_imported_passes_the_check_once_issues_are_added(standpoint, actors, article):
    done = standpoint("actors", "import", actors, "--codes", "Syria, RUS")
    book = article(f'name = "b"\ntitle = "b"\n{done.out}{TAIL}', name="b.toml")
    assert standpoint("codebook", "check", book).out.startswith("b: 3 actors, 1 issues")


def test_the_output_is_written_whole_and_not_over_another_file(standpoint, actors, house):
    line = ("actors", "import", actors, "--codes", "SYR", "--output", "out.toml")
    assert standpoint(*line).status == 0
    first = (house.root / "out.toml").read_text("utf-8")
    again = standpoint(*line)
    assert again.status == 2
    assert again.err == (
        "--output: must be a new file, got 'out.toml', which exists. Use --force to replace it.\n"
    )
    (house.root / "out.toml").write_text("old", "utf-8")
    assert standpoint(*line, "--force").status == 0
    assert (house.root / "out.toml").read_text("utf-8") == first
    assert not list(house.root.glob(".out.toml*"))


def test_an_output_in_no_folder_is_refused_before_anything_is_read(standpoint, actors):
    done = standpoint("actors", "import", actors, "--codes", "SYR", "--output", "no/out.toml")
    assert (done.status, done.err) == (
        2,
        "--output: must be in a folder that exists, got 'no/out.toml'.\n",
    )


def test_every_faulty_line_is_told_and_the_rest_is_imported(standpoint, article, actors):
    faulty = article(FAULTY, name="b.actors")
    done = standpoint("actors", "import", actors, faulty, "--codes", "SYR")
    assert done.status == 2
    assert done.err.splitlines()[:2] == [
        f"{faulty}:2: must be a date as 20040309 or 040309, got 2004017.",
        f"{faulty}:4: must end after it begins, got 20050101-20040101.",
    ]
    assert len(tomllib.loads(done.out)["actors"]) == 2


def test_a_faulty_line_of_another_code_fails_nothing(standpoint, article, actors):
    faulty = article("C_D_\n\t[RUSGOV 20050101-20040101] [RUSELI]\n", name="b.actors")
    done = standpoint("actors", "import", actors, faulty, "--codes", "SYR")
    assert done.status == 0
    assert f"{faulty}:2: must end after it begins" in done.err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            ("--codes", "SYX"),
            "--codes: must be a code or a country of the dictionary, got 'SYX'. Did you mean SYR?",
        ),
        (("--codes", ","), "--codes: must name a code or a country, got none."),
        (
            ("--codes", "SYR", "--date", "19 Nov"),
            "--date: must be a date as 2013-11-19, got '19 Nov'.",
        ),
        (
            ("--codes", "SYRGOV", "--date", "1980-01-01"),
            "--date: must have an entry in force on 1980-01-01, got none of 2 under SYRGOV. "
            "Choose another date.",
        ),
        (
            ("--codes", "RUS", "--kind", "person"),
            "--codes: must choose an actor of the kind person, got none.",
        ),
    ],
)
def test_a_call_that_can_choose_nothing_is_refused(standpoint, actors, words, sentence):
    done = standpoint("actors", "import", actors, *words)
    assert (done.status, done.out, done.err) == (2, "", f"{sentence}\n")


def test_a_dictionary_that_is_not_there_is_refused(standpoint):
    done = standpoint("actors", "import", "no.actors", "--codes", "SYR")
    assert (done.status, done.err) == (
        2,
        "no.actors: the dictionary must exist, got no such file.\n",
    )


def test_a_file_that_holds_no_entry_is_refused_with_its_faults(standpoint, article, actors):
    text = article("To whom it may concern\n", name="letter.txt")
    done = standpoint("actors", "import", actors, text, "--codes", "SYR")
    assert (done.status, done.out) == (2, "")
    assert done.err == (
        f"{text}:1: must have a code, got none for 'To whom it may concern'.\n"
        f"{text}: must hold a name with a code, got none.\n"
    )


needs_data = pytest.mark.skipif(not DATA, reason="STANDPOINT_DATA is not set")


@pytest.fixture(scope="module")
def phoenix():
    return sorted((Path(DATA) / "cameo").glob("*.txt"))


@needs_data
@pytest.mark.slow
@pytest.mark.parametrize("date", ["2013-11-19", "1985-06-01", None])
def test_actors_of_the_phoenix_dictionaries_pass_the_check(standpoint, phoenix, article, date):
    when = ("--date", date) if date else ()
    codes = "SYR,RUS,USA,KOR,IGO,IMG,FRA,COD"
    done = standpoint("actors", "import", *phoenix, "--codes", codes, *when)
    book = article(f'name = "b"\ntitle = "b"\n{done.out}{TAIL}', name="b.toml")
    checked = standpoint("codebook", "check", book)
    assert checked.err == ""
    assert int(checked.out.split()[1]) > 300


@needs_data
def test_the_phoenix_dictionaries_name_who_spoke_in_2013(standpoint, phoenix):
    done = standpoint("actors", "import", *phoenix, "--codes", "SYR,Russia", "--date", "2013-11-19")
    assert done.status == 0
    found = {a["name"]: a for a in tomllib.loads(done.out)["actors"]}
    assert found["Sergey Lavrov"]["member_of"] == found["Russia"]["id"]
    assert found["Bashar al-Assad"]["kind"] == "person"
    assert "Damascus" in found["Syria"]["aliases"]
    assert "Aleppo" not in found["Syria"]["aliases"]
    assert found["Syrian National Coalition"]["kind"] == "organisation"


@needs_data
def test_three_dictionaries_are_read_in_about_a_second(standpoint, phoenix):
    started = time.perf_counter()
    assert standpoint("actors", "import", *phoenix, "--codes", "SYR").status == 0
    assert time.perf_counter() - started < 5
