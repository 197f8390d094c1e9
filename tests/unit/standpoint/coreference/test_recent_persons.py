import pytest

from standpoint.codebook.parsing import parse_codebook
from standpoint.labeling.annotated_article import AnnotatedArticle
from standpoint.mentions.matcher import MentionMatcher
from standpoint.text.article import read_article

PERSONS = {
    "kovac": ["Ivan Kovac", "Kovac"],
    "brandt": ["Martha Brandt", "Brandt"],
    "okafor": ["Chidi Okafor", "Okafor"],
    "tanaka": ["Yuki Tanaka", "Tanaka"],
}
WORLD = MentionMatcher(
    parse_codebook(
        {
            "name": "dam",
            "title": "The dam",
            "actors": [
                {"id": id, "name": names[0], "aliases": names[1:], "kind": "person"}
                for id, names in PERSONS.items()
            ],
            "issues": [{"id": "dam", "name": "D", "favor": "y", "against": "n", "cues": ["dam"]}],
        },
        where="test",
    )
)


def read(text):
    """Actor and words of every pronoun resolved, in order."""
    mentions = AnnotatedArticle(read_article(text), WORLD).mentions
    mentions = sorted((m for m in mentions if m.how == "pronoun"), key=lambda m: m.span)
    return [(m.actor, m.span.of(text)) for m in mentions]


@pytest.mark.parametrize(
    ("text", "actor", "pronoun"),
    [
        pytest.param("Ivan Kovac admires Martha Brandt. She left.", "brandt", "She", id="object"),
        pytest.param("Mr Okafor met Ms Tanaka. She left.", "tanaka", "She", id="honorifics"),
        pytest.param("Mrs Okafor met Mr Tanaka. He left.", "tanaka", "He", id="the man"),
        pytest.param("A plan by Okafor failed. He left.", "okafor", "He", id="no subject"),
        pytest.param("Okafor came. Rain fell. He left.", "okafor", "He", id="two sentences back"),
        pytest.param("Okafor came. The police saw him.", "okafor", "him", id="him"),
        pytest.param("Okafor said the party had told him.", "okafor", "him", id="own clause"),
        pytest.param("Okafor won. “He lied,” Martha Brandt said.", "okafor", "He", id="quotation"),
        pytest.param(
            "Asked whether she agreed, Tanaka left.", "tanaka", "she", id="before its name"
        ),
        pytest.param(
            "Tanaka came. Mr Ivo Lang left. She stayed.", "tanaka", "She", id="other gender"
        ),
    ],
)
def test_a_pronoun_means_the_only_recent_person_who_agrees(text, actor, pronoun):
    assert (actor, pronoun) in read(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("A dam of Okafor and Tanaka broke. A guard saw him.", id="two persons"),
        pytest.param("Okafor came. Ivo Lang met the press. He left.", id="a stranger by name"),
        pytest.param("Okafor came. A driver fell. He left.", id="a stranger by noun"),
        pytest.param("A government spokesman met Okafor in Oslo. He left.", id="a stranger first"),
        pytest.param("Okafor came. Rain fell. Rain fell. Rain fell. He left.", id="too far"),
        pytest.param("Okafor met Tom Devocht. Rain fell. Devocht left. He ate.", id="by last name"),
        pytest.param("Okafor thanked him.", id="not the subject of the verb"),
        pytest.param("“He lied,” Okafor said.", id="the speaker is no he"),
        pytest.param(
            "Asked whether she agreed, Lela Darchia left. Okafor came.", id="a stranger after"
        ),
        pytest.param("The Okafor government fell. He left.", id="named after a person"),
    ],
)
def test_a_pronoun_with_a_competitor_stays_unresolved(text):
    assert read(text) == []
