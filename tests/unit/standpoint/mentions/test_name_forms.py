"""Names as people write them: each is found where the codebook has one form of it."""

import unicodedata

import pytest

from standpoint.codebook.parsing import parse_codebook
from standpoint.mentions.matcher import MentionMatcher
from standpoint.text.article import read_article

ISSUE = {"id": "dam", "name": "Dam", "favor": "yes", "against": "no", "cues": ["Mora dam"]}


def actor(name, kind="person", *aliases):
    return {"id": f"a{abs(hash(name))}", "name": name, "kind": kind, "aliases": aliases}


def names_in(text, *actors):
    book = {"name": "t", "title": "t", "actors": list(actors), "issues": [ISSUE]}
    article = read_article(text)
    mentions = MentionMatcher(parse_codebook(book, where="t")).names_in(article.sentences)
    by_id = {row["id"]: row["name"] for row in actors}
    for mention in mentions:
        assert mention.span.of(text) == text[mention.span.start : mention.span.end]
    return [(by_id[mention.actor], mention.span.of(text)) for mention in mentions]


def is_found(text, name, kind="person", *aliases):
    return bool(names_in(text, actor(name, kind, *aliases)))


@pytest.mark.parametrize(
    ("name", "kind", "text"),
    [
        ("AT&T", "organisation", "On Monday AT&T said no."),
        ("AT&T", "organisation", "On Monday AT and T said no."),
        ("St. Kitts & Nevis", "state", "Envoys of St Kitts and Nevis came."),
        ("St. Kitts & Nevis", "state", "Envoys of St. Kitts & Nevis came."),
        ("M23", "group", "The rebels of M23 left."),
        ("Greens (Valdia)", "organisation", "Then the Greens (Valdia) left."),
        ("Acme Corp.", "organisation", "Then Acme Corp said no."),
        ("Acme Corp", "organisation", "Then Acme Corp. said no."),
        ("Acme Corp", "organisation", "Then Acme Corporation said no."),
        ("Allegis Corp", "organisation", "Then Allegis said no."),
        ("World Health Organisation", "organisation", "The World Health Organization said no."),
        ("Centre Party", "organisation", "The Center Party said no."),
        ("the U.S.", "state", "Envoys of the U.S said no."),
        ("North  Valdia", "state", "On Monday\nthe envoys of North\n   Valdia said no."),
        ("Côte d’Ivoire", "state", "Envoys of Cote d'Ivoire came."),
    ],
)
def test_a_name_is_found_with_its_signs_and_without(name, kind, text):
    assert is_found(text, name, kind)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Michelle O'Neill", "Later O’Neill said no."),
        ("Michelle O'Neill", "Later O`Neill said no."),
        ("Michelle O’Neill", "Later O'NEILL said no."),
        ("Viktor Orbán", unicodedata.normalize("NFD", "Later Viktor Orbán said no.")),
        (unicodedata.normalize("NFD", "Viktor Orbán"), "Later Orban said no."),
        ("Viktor Orbán", "Later Orban Viktor said no."),
        ("Jörg Müller", "Later Joerg Mueller said no."),
        ("Anna Kovac", "Later Ko\u00advac said no."),
        ("Anna Kovac", "On Monday\nthe envoys met Ko-\nvac again."),
        ("Anna Fiﬁeld", "Later Fifield said no."),
        ("Anna Kovac", "Later A. Kovac said no."),
        ("John Richard Roe", "Later John Roe said no."),
        ("John R. Roe", "Later John Roe said no."),
        ("Robert F. Kennedy Jr.", "Later Kennedy said no."),
        ("Xi Jinping", "Later Xi said no."),
        ("Kim Jong-un", "Later Kim said no."),
        ("Ursula von der Leyen", "Later von der Leyen said no."),
    ],
)
def test_a_person_is_found_in_each_spelling(name, text):
    assert is_found(text, name)


@pytest.mark.parametrize(
    "form",
    ["al-Assad", "Al Assad", "el-Assad", "Assad", "Bachar el-Assad", "Mr. Assad", "AL-ASSAD"],
)
def test_an_arabic_surname_is_found_with_and_without_its_article(form):
    assert is_found(f"Later {form} said no.", "Bashar al-Assad")


def test_a_brother_with_the_same_surname_is_somebody_else():
    assert not is_found("Later Maher al-Assad rejected it.", "Bashar al-Assad")
    assert not is_found("Later P. Kovac rejected it.", "Anna Kovac")
    assert not is_found("Later Mirko Brandt rejected it.", "Peter Brandt")


@pytest.mark.parametrize("form", ["Zelensky", "Zelenskiy", "Zelenskyi", "Volodymyr Zelenskiy"])
def test_a_slavic_ending_may_be_transliterated_otherwise(form):
    assert is_found(f"Later {form} said no.", "Volodymyr Zelenskyy")


def test_a_surname_may_be_transliterated_otherwise_but_not_be_another():
    assert is_found("Later Qaddafi said no.", "Muammar Gaddafi")
    assert not is_found("Later Kovach said no.", "Anna Kovac")
    assert not is_found("Later Peterson said no.", "Anna Petersen")
    assert not is_found("Later Clifton said no.", "Anna Clinton")


def test_a_text_with_both_spellings_has_two_persons():
    text = "Hoffman spoke. Later Hofman said no."
    assert names_in(text, actor("Anna Hoffman")) == [("Anna Hoffman", "Hoffman")]


@pytest.mark.parametrize(
    "text",
    [
        "kovac says she opposes the mora dam",
        "anna kovac will vote no",
        "said a.kovac on friday",
    ],
)
def test_a_text_without_capitals_has_names_without_capitals(text):
    assert is_found(text, "Anna Kovac")


def test_a_word_is_no_name_in_a_text_without_capitals():
    assert not is_found("they may vote no", "Theresa May")
    assert is_found("theresa may will vote no", "Theresa May")
    assert not is_found("let us vote", "the United States", "state", "US")


@pytest.mark.parametrize(
    "tag", ["@AnnaKovac", "@AKovac", "@annakovac", "@anna_kovac", "@SenKovac", "#Kovac", "@KovacMP"]
)
def test_a_handle_is_the_person(tag):
    assert names_in(f"RT {tag}: We will vote no", actor("Anna Kovac")) == [("Anna Kovac", tag[1:])]


def test_a_handle_with_more_in_it_is_somebody_else():
    assert not is_found("RT @StopAnnaKovac: We will vote no", "Anna Kovac")


@pytest.mark.parametrize(
    "text",
    [
        "The European Steel Association (ESA) met. ESA said no.",
        'The European Steel Association ("the ESA") met. ESA said no.',
        "ESA (European Steel Association) met. ESA said no.",
        "The European Steel Association, ESA, met. E.S.A. said no.",
    ],
)
def test_an_acronym_is_learned_where_the_text_introduces_it(text):
    mentions = names_in(text, actor("European Steel Association", "organisation"))
    assert mentions[-1][1] in ("ESA", "E.S.A.")
    assert text.index("said no") - text.rindex(mentions[-1][1]) <= len("E.S.A. ")


def test_what_is_in_brackets_for_another_reason_is_no_acronym():
    text = "The European Steel Association (AFP) met. AFP said no."
    assert len(names_in(text, actor("European Steel Association", "organisation"))) == 1


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("May I ask a question?", 0),
        ("It opens in May.", 0),
        ("It opens on 5 May.", 0),
        ("Theresa May spoke. It opens in May 2013.", 1),
        ("May said no.", 1),
        ("Mrs May said no.", 1),
        ("They met May on Friday.", 1),
    ],
)
def test_a_month_is_no_person(text, n):
    assert len(names_in(text, actor("Theresa May"))) == n


def test_a_city_is_no_person():
    paris = actor("Valeska Paris")
    assert names_in("They met in Paris on Monday.", paris) == []
    assert len(names_in("Valeska Paris came. Paris said no in Paris.", paris)) == 2


@pytest.mark.parametrize(
    ("name", "kind", "text"),
    [
        ("Jordan", "state", "Then Jordan Peterson said no."),
        ("New York", "state", "The New York Times said no."),
        ("Iran", "state", "Then Iran Air said no."),
    ],
)
def test_a_longer_name_is_not_the_name_in_it(name, kind, text):
    assert not is_found(text, name, kind)


def test_a_part_of_a_country_is_not_another_place():
    north = actor("Northern Valdia", "state", "the North")
    assert names_in("They left the North.", north) == [("Northern Valdia", "North")]
    for text in ("They left North Carolina.", "It is in the North of Oster.", "They went North."):
        assert names_in(text, north) == []


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("Later Moscow rejected the dam.", 1),
        ("Moscow has not yet said no.", 1),
        ("The Kremlin said no.", 1),
        ("Moscow's offer was weak.", 1),
        ("They met in Moscow on Monday.", 0),
        ("There was fighting near Moscow.", 0),
        ("Moscow residents said no.", 0),
        ("Moscow is cold.", 0),
    ],
)
def test_a_capital_is_its_state_where_it_acts(text, n):
    assert len(names_in(text, actor("Russia", "state"))) == n


def test_a_capital_that_names_another_actor_is_that():
    mayor = actor("Moscow city hall", "organisation", "Moscow")
    assert names_in("Moscow rejected it.", actor("Russia", "state"), mayor) == [
        ("Moscow city hall", "Moscow")
    ]


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("One currency analyst said no.", 1),
        ("The analysts said no.", 1),
        ("They held analyst meetings.", 0),
    ],
)
def test_a_group_of_people_is_named_by_one_of_them(text, n):
    assert len(names_in(text, actor("Analysts and economists", "group", "analysts"))) == n


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The US-led coalitions warplanes came.", "US-led coalition"),
        ("On Monday Syrias Deputy Prime Minister came.", "Syria"),
        ("On Monday the UNs coordinator came.", "UN"),
    ],
)
def test_a_possessive_may_have_lost_its_apostrophe(text, words):
    un = actor("United Nations", "organisation", "UN")
    actors = [actor("US-led coalition", "organisation"), actor("Syria", "state"), un]
    assert words in [found for _, found in names_in(text, *actors)]


def test_an_acronym_of_which_there_are_many_has_a_plural():
    police = actor("Military Police", "organisation", "PM")
    assert names_in("The former PMs group met.", police) == []


def test_an_arabic_article_is_no_part_of_another_word():
    assert is_found("Later Al-Nusra said no.", "Nusra Front", "organisation", "Nusra")


def test_another_with_the_same_family_name_first_is_somebody_else():
    assert is_found("Later Leung rejected it.", "Leung Chun-ying")
    assert not is_found("Later Leung Kwok-hung rejected it.", "Leung Chun-ying")
    assert not is_found("Later Xi Zhongxun rejected it.", "Xi Jinping")


def test_of_two_bodies_that_differ_in_spelling_alone_the_one_as_written_is_meant():
    bodies = [("labor", "World Labor Organization"), ("labour", "World Labour Organization")]
    document = {
        "name": "dam",
        "title": "The dam",
        "actors": [{"id": id, "name": name, "kind": "organisation"} for id, name in bodies],
        "issues": [{"id": "dam", "name": "D", "favor": "y", "against": "n", "cues": ["dam"]}],
    }
    matcher = MentionMatcher(parse_codebook(document, where="test"))
    for actor, name in bodies:
        (sentence,) = read_article(f"The {name} rejected it.").sentences
        assert [m.actor for m in matcher.actors_in(sentence)] == [actor]
