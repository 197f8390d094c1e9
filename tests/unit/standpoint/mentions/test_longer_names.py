import pytest

from standpoint.codebook.parsing import parse_codebook
from standpoint.mentions.matcher import MentionMatcher
from standpoint.text.article import read_article

WORLD = MentionMatcher(
    parse_codebook(
        {
            "name": "dam",
            "title": "The dam",
            "actors": [
                {"id": "iran", "name": "Iran", "kind": "state"},
                {"id": "china", "name": "China", "kind": "state"},
                {"id": "korea", "name": "Korea", "kind": "state"},
                {"id": "york", "name": "York", "kind": "organisation"},
                {"id": "us", "name": "the United States", "kind": "state", "aliases": ["US"]},
                {"id": "clinton", "name": "Hillary Clinton", "kind": "person"},
                {"id": "lavrov", "name": "Sergei Lavrov", "kind": "person"},
                {"id": "muller", "name": "Jörg Müller", "kind": "person"},
                {"id": "assad", "name": "Bashar Assad", "kind": "person"},
                {
                    "id": "consumers",
                    "name": "the European Consumers' Federation",
                    "kind": "organisation",
                    "aliases": ["the consumers"],
                },
            ],
            "issues": [{"id": "dam", "name": "D", "favor": "y", "against": "n", "cues": ["dam"]}],
        },
        where="test",
    )
)


def named(text):
    found = [m for s in read_article(text).sentences for m in WORLD.actors_in(s)]
    return [(m.actor, m.span.of(text), m.possessive) for m in found]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("He reads the New York Times.", id="between other words"),
        pytest.param("They flew Iran Air.", id="airline"),
        pytest.param("The China Daily said no.", id="newspaper"),
        pytest.param("Ships left the South China Sea.", id="sea"),
        pytest.param("The University of China said no.", id="university of"),
        pytest.param("He came from North Korea.", id="another country"),
        pytest.param("Bill Clinton came.", id="another person"),
        pytest.param("The Clinton Foundation said no.", id="foundation"),
    ],
)
def test_a_part_of_anothers_name_is_not_the_actor(text):
    assert named(text) == []


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        pytest.param("New Iran sanctions came.", "iran", id="new at a sentence's start"),
        pytest.param("The New US Plan Met China's No", "us", id="a headline's capitals"),
        pytest.param("Iran daily said no.", "iran", id="small letter behind"),
        pytest.param("Iran's Times said no.", "iran", id="possessive"),
        pytest.param("A government of Iran's.", "iran", id="of"),
        pytest.param("Mrs Clinton came.", "clinton", id="form of address"),
        pytest.param("Senator Clinton came.", "clinton", id="title"),
        pytest.param("Sergey Lavrov came.", "lavrov", id="another spelling"),
    ],
)
def test_a_name_beside_a_capital_may_still_be_the_actors(text, actor):
    assert named(text)[0][0] == actor


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("It took Irans nuclear plan.", ("iran", "Iran", True), id="state"),
        pytest.param("It hit Bashar Assads forces.", ("assad", "Bashar Assad", True), id="person"),
        pytest.param("Assads forces left.", ("assad", "Assad", True), id="sentence's start"),
        pytest.param("Jorg Mullers forces left.", ("muller", "Jorg Muller", True), id="accents"),
    ],
)
def test_a_possessive_that_lost_its_apostrophe_is_found(text, expected):
    assert named(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The Assads have left.", id="a family"),
        pytest.param("Two Koreas and a sea.", id="plural"),
        pytest.param("The Clintons party was late.", id="behind the"),
        pytest.param("irans plan", id="small letter"),
        pytest.param("The Assads", id="nothing behind"),
    ],
)
def test_a_plural_is_no_possessive(text):
    assert named(text) == []


@pytest.mark.parametrize("words", ["Jörg Müller", "Jorg Muller", "Müller", "Muller", "MÜLLER"])
def test_accents_do_not_matter(words):
    assert named(f"Then {words} came.") == [("muller", words, False)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param(
            "Then the european consumers' federation met.",
            "european consumers' federation",
            id="small",
        ),
        pytest.param(
            "The European Consumers' Federation met.",
            "European Consumers' Federation",
            id="longer than the alias with the",
        ),
        pytest.param("The consumers met.", "The consumers", id="the alias with the"),
    ],
)
def test_a_bodys_name_is_found_in_small_letters_and_in_full(text, words):
    assert named(text) == [("consumers", words, False)]


def test_a_name_in_small_letters_wants_its_article():
    assert named("An european consumers' federation met.") == []


def test_a_participle_before_a_surname_is_no_given_name():
    assert named("Fuming Clinton hit back.") == [("clinton", "Clinton", False)]


def actors_in(text, *actors):
    book = {
        "name": "dam",
        "title": "The dam",
        "actors": [
            {"id": f"a{n}", "name": name, "kind": kind, "aliases": aliases}
            for n, (name, kind, *aliases) in enumerate(actors)
        ],
        "issues": [{"id": "dam", "name": "D", "favor": "y", "against": "n", "cues": ["dam"]}],
    }
    found = MentionMatcher(parse_codebook(book, where="test")).names_in(
        read_article(text).sentences
    )
    return [mention.actor for mention in found]


SUDAN = ("Sudan", "state")
SAMOA = ("Samoa", "state")
LABOUR = ("Work and Freedom", "organisation")
LEAGUE = ("League of Tenants", "organisation", "League")
OLIVE = ("Olive", "organisation")
PETROV = ("Ana Petrova", "person")


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("South Sudan opposes the dam.", SUDAN),
        ("Latin Samoa opposes the dam.", SAMOA),
        ("The Ministry of Work and Freedom opposes the dam.", LABOUR),
        ("The League of Rural Women opposes the dam.", LEAGUE),
        ("The League of French Women opposes the dam.", LEAGUE),
        ("Olive growers oppose the dam.", OLIVE),
        ("Olive oil producers oppose the dam.", OLIVE),
        ("Olga Petrova opposes the dam.", PETROV),
        ("Petra Petrova opposes the dam.", PETROV),
    ],
)
def test_another_longer_name_is_not_the_actors(text, actor):
    assert actors_in(text, actor) == []


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Sudan opposes the dam.", SUDAN),
        ("Work and Freedom opposes the dam.", LABOUR),
        ("The League opposes the dam.", LEAGUE),
        ("The League of Tenants opposes the dam.", LEAGUE),
        ("Olive sued growers over the dam.", OLIVE),
        ("Anna Petrova opposes the dam.", PETROV),
        ("The Republic of the Vald opposes the dam.", ("Republic of Vald", "state")),
        ("The Bank of Vald opposes the dam.", ("Bank of the Vald", "organisation")),
        ("AbC opposes the dam.", ("Albert Coe", "person", "ABC")),
    ],
)
def test_the_actors_own_name_is_found(text, actor):
    assert actors_in(text, actor) == ["a0"]


def test_an_idea_is_no_party_of_that_name():
    assert actors_in("Unity is strength.", ("Unity", "organisation")) == []
    assert actors_in("Unity is against the dam.", ("Unity", "organisation")) == ["a0"]
