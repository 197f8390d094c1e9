"""Actors out of dictionaries: spelling, kinds, names that are safe."""

from datetime import date

import pytest

from standpoint.authoring.cameo import parse_dictionary
from standpoint.authoring.dictionary_codes import find_codes
from standpoint.authoring.dictionary_import import import_actors
from standpoint.authoring.state_names import state_names
from standpoint.authoring.truecasing import initials, slug, truecase
from standpoint.codebook.folding import fold_name
from standpoint.codebook.parsing import parse_codebook
from standpoint.codebook.schema import Codebook
from standpoint.errors import InputError

SOURCE = """\
SYRIA_  [SYR]
+SYRIAN_
+SOURIA_
+DAMASCUS_
+ALEPPO_
+HOMS_
BASHAR_AL_ASSAD_
\t[SYRELI 830101-000101]
\t[SYRGOV >000717]
\t[SYRELI]
BASHAR_AL-ASSAD
+ASSAD
+PRESIDENT_ASSAD
+ASSAD_GOVERNMENT_
\t[SYRGOV]
MAHMOUD_ZUABI_
\t[SYRGOV 871101-000313]
SYRIAN_NATIONAL_COALITION_
+SNC_
+MOAZ_AL_KHATIB_
\t[SYROPP >121101]
FREE_SYRIAN_ARMY_(FSA)_
+MOAZ_AL_KHATIB_
\t[SYRREB]
KREMLIN_
\t[RUSGOV]
RUSSIAN_FEDERATION_ [RUS]
+RUSSIA_
+RUSSIAN_
+MOSCOW_
+OMSK_
SERGEY_LAVROV_
+FOREIGN_MINISTER_LAVROV_
+AMBASSADOR_LAVROV_
\t[RUSGOV >20040309]
WORLD_HEALTH_ORGANIZATION_
+WHO_
\t[IGOUNOHLH]
US_SECRETARY_OF_STATE_
\t[USAGOV]
"""
BEFORE = {"name": "x", "title": "x"}
AN_ISSUE = {"id": "i", "name": "i", "favor": "f", "against": "a", "cues": ["peace talks"]}


@pytest.fixture(scope="module")
def entries():
    return parse_dictionary(SOURCE, where="x").entries


@pytest.fixture(scope="module")
def syria(entries):
    found = import_actors(entries, codes=["SYR", "RUS", "IGO", "USA"], on=date(2013, 11, 19))
    return {actor.name: actor for actor in found.actors}


def test_a_state_has_the_names_under_which_it_speaks_and_not_its_places(syria):
    assert syria["Syria"].kind == "state"
    assert {"Souria", "Damascus", "the Syrian government"} <= set(syria["Syria"].aliases)
    assert not {"Syrian", "Aleppo", "Homs"} & set(syria["Syria"].aliases)
    assert {"Moscow", "Russian officials"} <= set(syria["Russia"].aliases)


def test_entries_that_name_one_person_in_two_ways_are_one_actor(syria):
    assad = syria["Bashar al-Assad"]
    assert assad.id == "bashar-al-assad"
    assert {fold_name(name) for name in assad.names} == {
        "bashar al assad",
        "assad",
        "president assad",
        "assad government",
    }


def test_a_person_of_a_government_is_a_member_of_its_state(syria):
    assert syria["Bashar al-Assad"].member_of == "syria"
    assert syria["Sergey Lavrov"].member_of == "russia"
    assert syria["Syrian National Coalition"].member_of is None


def test_without_the_state_nobody_is_its_member(entries):
    found = import_actors(entries, codes=["SYRGOV"])
    assert {actor.member_of for actor in found.actors} == {None}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Sergey Lavrov", "person"),
        ("Kremlin", "group"),
        ("Syrian National Coalition", "organisation"),
        ("Free Syrian Army", "organisation"),
        ("World Health Organization", "organisation"),
        ("US Secretary of State", "group"),
    ],
)
def test_the_kind_is_what_the_code_and_the_words_tell(syria, name, kind):
    found = {fold_name(actor.name): actor.kind for actor in syria.values()}
    assert found[fold_name(name)] == kind


def test_a_name_of_two_actors_is_dropped_from_both(entries):
    found = import_actors(entries, codes=["SYR"], on=date(2013, 11, 19))
    assert found.shared == 1
    assert "moaz al khatib" not in {fold_name(n) for actor in found.actors for n in actor.names}


def test_who_held_office_before_the_day_is_no_actor(entries):
    names = {a.name for a in import_actors(entries, codes=["SYR"], on=date(2013, 11, 19)).actors}
    assert "Mahmoud Zuabi" not in names
    names = {a.name for a in import_actors(entries, codes=["SYR"], on=date(1990, 1, 1)).actors}
    assert "Mahmoud Zuabi" in names
    assert "Syrian National Coalition" not in names


def test_an_acronym_is_an_alias_in_capitals(syria):
    assert "WHO" in syria["World Health Organization"].aliases
    assert "FSA" in syria["Free Syrian Army"].aliases


def test_the_noun_behind_a_name_is_small_so_that_it_fits_both_cases(syria):
    assert "Assad government" in syria["Bashar al-Assad"].aliases


def test_only_the_kinds_asked_for_are_imported(entries):
    found = import_actors(entries, codes=["SYR", "RUS"], kinds=["state"])
    assert {actor.kind for actor in found.actors} == {"state"}


def test_every_import_is_a_sound_codebook_once_an_issue_is_added(entries):
    for on in (None, date(2013, 11, 19), date(1990, 1, 1)):
        found = import_actors(entries, codes=["SYR", "RUS", "IGO", "USA"], on=on)
        actors = [actor.model_dump() for actor in found.actors]
        book = parse_codebook({**BEFORE, "actors": actors, "issues": [AN_ISSUE]}, where="x")
        assert isinstance(book, Codebook)


# --- codes ---------------------------------------------------------------------


def test_codes_are_found_by_themselves_and_by_the_names_of_countries(entries):
    assert find_codes(["syr", "Russia", "RUSGOV"], entries) == ["SYR", "RUS", "RUSGOV"]


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("SYX", " Did you mean SYR?"),
        ("Rusia", " Did you mean RUS?"),
        ("SYRGOX", " Did you mean SYRGOV?"),
        ("XXX", ""),
        ("SYRG", ""),
    ],
)
def test_an_unknown_code_is_told_with_near_misses(entries, word, hint):
    with pytest.raises(InputError) as caught:
        find_codes([word], entries)
    assert str(caught.value) == (
        f"--codes: must be a code or a country of the dictionary, got {word!r}.{hint}"
    )


def test_all_unknown_codes_are_told_together(entries):
    with pytest.raises(InputError) as caught:
        find_codes(["SYX", "SYR", "QQQ"], entries)
    assert len(str(caught.value).splitlines()) == 2


# --- spelling --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "spelled"),
    [
        ("BASHAR AL-ASSAD", "Bashar al-Assad"),
        ("BASHAR AL ASSAD", "Bashar al-Assad"),
        ("AL-QAEDA IN IRAQ", "al-Qaeda in Iraq"),
        ("COTE D'IVOIRE", "Cote d'Ivoire"),
        ("DARA'A", "Dara'a"),
        ("SHANE O'BRIEN", "Shane O'Brien"),
        ("JOHN MCCAIN", "John McCain"),
        ("THE UNITED NATIONS", "the United Nations"),
        ("U.N. SECURITY COUNCIL", "U.N. Security Council"),
        ("FSB", "FSB"),
        ("MR ASSAD", "Mr Assad"),
        ("JOHN PAUL II", "John Paul II"),
        ("HOSSEIN AMIR-ABDOLLAHIAN", "Hossein Amir-Abdollahian"),
        ("Kofi ANNAN", "Kofi Annan"),
    ],
)
def test_names_in_capitals_are_spelled_as_in_news(written, spelled):
    assert truecase(written) == spelled


def test_korean_names_have_a_small_second_syllable():
    assert truecase("BAN KI-MOON", soft_hyphens=True) == "Ban Ki-moon"


def test_al_is_a_given_name_where_it_is_no_article():
    assert truecase("AL GORE", arabic=False) == "Al Gore"


def test_initials_leave_small_words_out_or_not():
    assert initials("UNITED STATES OF AMERICA") == {"USA", "USOA"}


def test_an_id_is_made_of_plain_small_letters():
    assert slug("Côte d'Ivoire, Президент") == "cote-d-ivoire"
    assert slug("Ḥizb") == "hizb"
    assert slug("الأسد") == ""


def test_an_actor_whose_name_has_no_plain_letters_gets_its_code_as_id():
    entries = parse_dictionary("АССАД_\n[SYRGOV]\nПУТИН_\n[SYRGOV]", where="x").entries
    ids = [actor.id for actor in import_actors(entries, codes=["SYR"]).actors]
    assert ids == ["syrgov", "syrgov-syrgov"]


# --- states ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "names", "kept"),
    [
        ("SYR", ["SYRIA", "SYRIE", "DAMASCUS", "HOMS"], ["SYRIA", "SYRIE", "DAMASCUS"]),
        (
            "GBR",
            [
                "UNITED KINGDOM",
                "UNITED KINGDOM OF GREAT BRITAIN AND NORTHERN IRELAND",
                "BRITAIN",
                "UK",
                "LEEDS",
            ],
            [
                "UNITED KINGDOM",
                "UNITED KINGDOM OF GREAT BRITAIN AND NORTHERN IRELAND",
                "BRITAIN",
                "UK",
            ],
        ),
        ("FRA", ["FRANCE", "LOIRE", "LOIRE RIVER", "PARIS"], ["FRANCE", "PARIS"]),
        ("NZL", ["NEW ZEALAND", "NEW PLYMOUTH", "N. ZEALAND"], ["NEW ZEALAND", "N. ZEALAND"]),
    ],
)
def test_of_the_names_of_a_state_those_of_places_are_left_out(code, names, kept):
    assert state_names(code, names)[0] == kept


def test_the_adjective_of_a_state_is_none_of_its_names():
    for names in (["FRANCE", "FRENCH"], ["SOUTH KOREA", "SOUTH KOREAN"], ["IRAQ", "IRAQI"]):
        kept, adjectives, _ = state_names("XXX", names)
        assert (kept, adjectives) == (names[:1], names[1:])
