"""Reading actor dictionaries."""

from datetime import date

import pytest

from standpoint.authoring.cameo import Role, parse_dictionary, read_dictionary, read_role
from standpoint.errors import InputError

LAVROV = """\
# a comment
SERGEY_LAVROV_  ; CountryInfo.txt
+LAVROV_
\t[RUSGOV 19940922-20040712]
\t[RUSGOV >20040309]
"""


def entries(source):
    found = parse_dictionary(source, where="x")
    assert found.faults == []
    return [(entry.names, [role.code for role in entry.roles]) for entry in found.entries]


def faults(source):
    return [(f.line, f.text, f.code) for f in parse_dictionary(source, where="x").faults]


def test_an_entry_has_its_names_and_every_dated_role():
    assert entries(LAVROV) == [(["SERGEY LAVROV", "LAVROV"], ["RUSGOV", "RUSGOV"])]


def test_a_code_may_stand_behind_the_name_and_the_aliases_below_it():
    assert entries("SYRIA_  [SYR]\n+DAMASCUS_\n") == [(["SYRIA", "DAMASCUS"], ["SYR"])]


def test_names_in_a_row_without_a_plus_share_the_code_that_follows():
    source = "THE_UNITED_NATIONS_\nUN_\nU.N._\n\t[IGOUNO]\n"
    assert entries(source) == [(["THE UNITED NATIONS", "UN", "U.N."], ["IGOUNO"])]


def test_a_blank_line_within_an_entry_parts_no_alias_from_it():
    assert entries("A_B\n\n+C_D\n[SYR]\n") == [(["A B", "C D"], ["SYR"])]


def test_several_codes_may_share_a_line():
    assert entries("KOFI_ANNAN_\n\t[IGOUNO 970101-061231] [ELI]; x\n") == [
        (["KOFI ANNAN"], ["IGOUNO", "ELI"])
    ]


def test_a_code_that_breaks_over_two_lines_is_one():
    assert entries("INERGY_L.P.\t[\n\tMNCUSA]\t; Services\n") == [(["INERGY L.P."], ["MNCUSA"])]


def test_a_name_with_the_empty_code_has_no_role_and_is_left_out():
    assert entries("INDIAN_OCEAN_\n\t[---]\n") == []


@pytest.mark.parametrize(
    ("text", "on", "holds"),
    [
        ("[SYRGOV >000717]", date(2000, 7, 17), True),
        ("[SYRGOV >000717]", date(2000, 7, 16), False),
        ("[SYRGOV > 20000717]", None, True),
        ("[IRQ <20030320]", date(2003, 3, 19), True),
        ("[IRQ <20030320]", date(2003, 3, 20), False),
        ("[IRQ <20030320]", None, False),
        ("[USAELI 310101-690120]", date(1969, 1, 20), True),
        ("[USAELI 310101-690120]", date(1969, 1, 21), False),
        ("[USAELI 310101-690120]", None, False),
        ("[SYR]", date(1950, 1, 1), True),
        ("[SYR]", None, True),
    ],
)
def test_a_role_holds_within_its_days_and_without_a_day_where_its_end_is_open(text, on, holds):
    assert read_role(text).holds(on) is holds


def test_short_years_are_those_from_1931_to_2030():
    assert read_role("[A3B 310101-300101]") == Role("A3B", date(1931, 1, 1), date(2030, 1, 1))


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        pytest.param(
            "A_B\n[SYRGOV >2004017]",
            (2, "must be a date as 20040309 or 040309, got 2004017.", "SYRGOV"),
            id="seven digits",
        ),
        pytest.param(
            "A_B\n[SYRGOV 20041301-20050101]",
            (2, "must be a date as 20040309 or 040309, got 20041301.", "SYRGOV"),
            id="no such month",
        ),
        pytest.param(
            "A_B\n[SYRGOV 20050101-20040101]",
            (2, "must end after it begins, got 20050101-20040101.", "SYRGOV"),
            id="range the wrong way round",
        ),
        pytest.param(
            "A_B\n[SYRGOV 20050101]",
            (2, "must be a code as [RUSGOV 040309-120507], got '[SYRGOV 20050101]'.", "SYRGOV"),
            id="a lone date",
        ),
        pytest.param(
            "A_B\n[SYRGOV",
            (2, "must be a code as [RUSGOV 040309-120507], got '[SYRGOV'.", "SYRGOV"),
            id="bracket left open",
        ),
        pytest.param(
            "A_B\n+C]_\n[SYR]",
            (2, "must open its bracket, got '+C]_'.", "SYR"),
            id="bracket never opened",
        ),
        pytest.param(
            "+A_B\nC_D\n[SYR]", (1, "must follow a name, got '+A B'.", "SYR"), id="alias first"
        ),
        pytest.param(
            "[SYR]\nA_B\n[RUS]",
            (1, "must follow a name, got the code SYR.", "SYR"),
            id="code first",
        ),
        pytest.param(
            "A_B\n\nC_D\n[SYR]", (1, "must have a code, got none for 'A B'.", "SYR"), id="no code"
        ),
        pytest.param(
            "A_B\n+\n[SYR]", (2, "must hold a name after the +, got none.", "SYR"), id="empty alias"
        ),
        pytest.param(
            "A_B\n+C\x1aD\n[SYR]",
            (2, "must be letters that can be read, got 'C\\x1aD'.", "SYR"),
            id="damaged letters",
        ),
    ],
)
def test_a_faulty_line_is_told_with_its_number_and_the_code_it_belongs_to(source, fault):
    assert faults(source) == [fault]


def test_what_is_sound_beside_faulty_lines_is_read():
    found = parse_dictionary("A_B\n[SYRGOV >2004017]\n[SYRELI]\nC_D\n[RUS]", where="x")
    assert [(e.names, [r.code for r in e.roles]) for e in found.entries] == [
        (["A B"], ["SYRELI"]),
        (["C D"], ["RUS"]),
    ]


def test_a_file_is_read_as_utf_8_or_else_as_latin_1(tmp_path):
    for encoding in ("utf-8", "latin-1"):
        path = tmp_path / encoding
        path.write_bytes("MANFRED_WÖRNER_\n\t[IGOWSTNAT 880701-940813]\n".encode(encoding))
        assert read_dictionary(path).entries[0].names == ["MANFRED WÖRNER"]


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(InputError) as caught:
        read_dictionary(tmp_path / "none.txt")
    assert str(caught.value) == (
        f"{tmp_path / 'none.txt'}: the dictionary must exist, got no such file."
    )
