import pytest

from standpoint.structure.authors import author_phrases
from standpoint.structure.document import read_structure


def phrases(text):
    return [(phrase.words, phrase.evidence) for phrase in author_phrases(read_structure(text))]


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Statement by President Ana Kovac on the Dam", "President Ana Kovac"),
        ("Statement from Ana Kovac", "Ana Kovac"),
        ("Remarks by President Kovac and Chancellor Scholz of Oster in Joint Press Conference",
         "President Kovac and Chancellor Scholz of Oster"),
        ("Joint Statement from the United States, Egypt, and Qatar",
         "United States, Egypt, and Qatar"),
        ("Testimony of Ana Kovac before the Senate", "Ana Kovac"),
        ("Opening statement of Senator Lee", "Senator Lee"),
        ("Prime Minister Kovac's speech to parliament", "Prime Minister Kovac"),
        ("Full text: Speech by Ana Kovac at the dam", "Ana Kovac"),
        ("Remarks as Prepared for Delivery by First Lady Ana Kovac at a School",
         "First Lady Ana Kovac"),
        ("Speech (as delivered) by Chancellor Brandt", "Chancellor Brandt"),
        ("Statement by President Ana Kovac Three Years After the Flood", "President Ana Kovac"),
        ("Press gaggle by Secretary Kovac en route to Oster", "Secretary Kovac"),
        ("Remarks on a Modern Dam Policy by Energy Director Ana Kovac",
         "Energy Director Ana Kovac"),
        ("Letter on whaling from Senator Lee", "Senator Lee"),
    ],
)  # fmt: skip
def test_titles_name_their_authors(title, words):
    assert (words, "title") in phrases(f"{title}\n\nIt rains. It pours.\n\nIt snows.")


@pytest.mark.parametrize(
    "title",
    [
        "Remarks by Kovac on the dam draw fire",
        "Kovac rejects statement by Brandt",
        "Statement on the raids by Valdia",
        "Statement on attacks by Valdian forces",
        "Remarks on the dam by Minister Kovac draw fire",
        "Readout of President Kovac’s call with Chancellor Scholz",
    ],
)
def test_news_about_a_statement_has_no_author(title):
    assert phrases(f"{title}\n\nIt rains. It pours.\n\nIt snows.") == []


def test_bylines_fields_letterheads_and_signatures_name_authors():
    assert phrases("By Ana Kovac\n\nIt rains.") == [("Ana Kovac", "byline")]
    assert phrases("---\nauthor: Ana Kovac\n---\n\nIt rains.") == [("Ana Kovac", "field")]
    assert phrases("Office of Senator Lee\n\nIt rains.") == [("Senator Lee", "letterhead")]
    assert phrases("It rains.\n\nSincerely,\n\nAna Kovac\nMinister") == [
        ("Ana Kovac", "signature"),
        ("Minister", "signature"),
    ]
    assert phrases("It rains.\n\n— Ana Kovac") == [("Ana Kovac", "signature")]


def test_a_name_behind_a_quotation_is_no_signature():
    assert phrases("It rains.\n\n“It pours.”\n\n— Ana Kovac") == []


def test_a_speaker_says_the_own_name():
    assert phrases("Thank you. My name is Ana Kovac, and I build dams.") == [
        ("Ana Kovac", "introduction")
    ]


@pytest.mark.parametrize(
    "ending",
    [
        "(Source: Valdian Greens)",
        "(Source: Valdian Greens) Twitter",
        "(Source: Media Office of the Valdian Greens)",
        "(Source: Valdian Greens’ Press Office)",
        "(Source: Valdian Greens Media Department)",
        "Source: the Valdian Greens",
    ],
)
def test_a_press_release_ends_with_its_own_source(ending):
    assert ("Valdian Greens", "source") in phrases(f"It rains. It pours. {ending}")


def test_an_office_may_have_lost_the_apostrophe_of_its_owner():
    owners = phrases("It rains. (Source: Coalitions Media Office)")
    assert owners == [("Coalitions", "source"), ("Coalition", "source")]


@pytest.mark.parametrize(
    "ending",
    [
        "(Source: Greens + Agencies)",
        "Resource: Greens",
        "Data source: Greens",
        "The source: Greens",
    ],
)
def test_other_sources_are_no_authors(ending):
    assert phrases(f"It rains. It pours. {ending}") == []
