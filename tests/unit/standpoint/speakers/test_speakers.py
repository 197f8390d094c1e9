import pytest

from standpoint.codebook.parsing import parse_codebook
from standpoint.mentions.matcher import MentionMatcher
from standpoint.speakers.speakers import Speakers
from standpoint.structure.document import read_structure
from tests.unit.standpoint.labeling.voiced import WORLD


def speakers(text="It rains."):
    return Speakers(WORLD, read_structure(text))


def test_a_phrase_names_persons_and_states_by_themselves():
    named = speakers().of_phrase
    assert named("President Ana Kovac of Valdia and Chancellor Brandt") == ("kovac", "brandt")
    assert named("European Commission President Ursula von der Leyen") == ("leyen",)
    assert named("the governments of Valdia, Oster and Ruritania") == ("valdia", "oster")
    assert named("the foreign ministers of Valdia and Oster") == ("valdia", "oster")
    assert named("Valdia’s spokesman Jo Roe") == ()
    assert named("Press Secretary Karine Jean-Pierre") == ("jean-pierre",)
    assert named("President Kovac Paying Respects") == ("kovac",)
    assert named("Ana Kovac Announcing New Dams") == ("kovac",)
    assert named("Kovac Harding") == ()


def test_somebody_else_of_the_same_surname_is_not_meant():
    assert speakers().of_phrase("Maria Kovac") == ()
    assert speakers().of_phrase("Tatjana Kovac") == ()


def test_the_only_person_of_a_text_is_found_unless_somebody_else_is_named_in_full():
    assert speakers().only_person("Ana Kovac builds dams.") == "kovac"
    assert speakers().only_person("Maria Novak on Ana Kovac") is None
    assert speakers().only_person("Ana Kovac and Peter Brandt") is None


def test_the_issuer_is_read_from_the_address():
    text = "---\nsource_url: https://www.whitehouse.gov/a\n---\n\nIt rains."
    assert speakers(text).issuer == "administration"
    assert speakers().issuer is None


@pytest.mark.parametrize(
    ("line", "actor"),
    [
        ("**Eva Nowak,** *on behalf of the Greens Group.* – It rains.", "greens"),
        ("Eva Nowak, for Labour. – It rains.", "labour"),
        ("**Eva Nowak,** *Member of the Greens.* – It rains.", None),
        ("**Eva Nowak,** *on behalf of Peter Brandt.* – It rains.", None),
        ("**Eva Nowak,** *on behalf of the Labour Party.* – It rains.", "labour"),
        ("**Ana Kovac,** *on behalf of the Greens Group.* – It rains.", "kovac"),
    ],
)
def test_who_is_nobody_known_speaks_for_the_body_that_the_label_names(line, actor):
    text = f"{line}\n\nPresident. – Thank you."
    first, _ = read_structure(text).turns
    assert Speakers(WORLD, read_structure(text)).of_label(first.label) == actor


def test_a_body_known_by_generic_words_is_found_without_their_article():
    codebook = {
        "name": "dam",
        "title": "The dam",
        "actors": [
            {
                "id": "cabinet",
                "name": "Valdian cabinet",
                "kind": "organisation",
                "aliases": ["the federal government"],
            },
            {"id": "union", "name": "Farmers' Union", "kind": "organisation"},
        ],
        "issues": [{"id": "dam", "name": "D", "favor": "y", "against": "n", "cues": ["dam"]}],
    }
    matcher = MentionMatcher(parse_codebook(codebook, where="test"))
    named = Speakers(matcher, read_structure("It rains.")).of_phrase
    assert named("Federal Government and the Farmers' Union") == ("cabinet", "union")


def person_named(printed, *, name):
    """Whether some words name the only person of a codebook."""
    codebook = {
        "name": "dam",
        "title": "The dam",
        "actors": [{"id": "person", "name": name, "kind": "person"}],
        "issues": [{"id": "dam", "name": "D", "favor": "y", "against": "n", "cues": ["dam"]}],
    }
    matcher = MentionMatcher(parse_codebook(codebook, where="test"))
    return Speakers(matcher, read_structure("It rains.")).of_phrase(printed) == ("person",)


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("Alexei Navalny", "NAVALNYI"),
        ("Alexei Navalny", "Mr. Navalniy"),
        ("Alexei Navalny", "Alexey Navalny"),
        ("Sergey Lavrov", "Sergei Lavrov"),
        ("Volodymyr Zelenskyy", "PRESIDENT ZELENSKYI"),
    ],
)
def test_the_ending_of_a_name_may_be_transliterated_otherwise(name, printed):
    assert person_named(printed, name=name)


@pytest.mark.parametrize(
    ("name", "printed"),
    [("Ana Kovac", "Any Kovac"), ("Andrzej Duda", "Andrzei Duda"), ("Jo Roy", "Jo Rose")],
)
def test_a_name_that_differs_otherwise_is_somebody_else(name, printed):
    assert not person_named(printed, name=name)
