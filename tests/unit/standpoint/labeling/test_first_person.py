import pytest

from standpoint.codebook.parsing import parse_codebook
from standpoint.labeling.annotated_article import AnnotatedArticle
from standpoint.mentions.matcher import MentionMatcher
from standpoint.text.article import read_article

ACTORS = [
    {"id": "okafor", "name": "Chidi Okafor", "kind": "person", "aliases": ["Okafor"]},
    {"id": "silva", "name": "Marta Silva", "kind": "person", "member_of": "greens"},
    {"id": "greens", "name": "the Green Party", "kind": "organisation"},
    {"id": "peru", "name": "Peru", "kind": "state"},
]
ISSUE = {"id": "dam", "name": "D", "favor": "y", "against": "n", "cues": ["dam"]}
WORLD = MentionMatcher(
    parse_codebook(
        {"name": "dam", "title": "The dam", "actors": ACTORS, "issues": [ISSUE]}, where="test"
    )
)


def read(text):
    """Actor and words of each first person, in order."""
    mentions = AnnotatedArticle(read_article(text), WORLD).first_persons
    return [(m.actor, m.span.of(text)) for m in mentions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("“I want it,” Okafor said.", [("okafor", "I")], id="I"),
        pytest.param("“It is my plan,” Okafor said.", [("okafor", "my")], id="my"),
        pytest.param("“We reject the dam,” Peru said.", [("peru", "We")], id="a state's we"),
        pytest.param("“We reject it,” Marta Silva said.", [("greens", "We")], id="her party's we"),
        pytest.param("“We will wait and see,” Peru said.", [("peru", "We")], id="any verb"),
        pytest.param("“We reject it,” Okafor said.", [], id="nobody knows who is with him"),
        pytest.param("“We live in bad times,” Peru said.", [], id="everybody's we"),
        pytest.param("“The US wants it,” Okafor said.", [], id="no pronoun"),
        pytest.param("“I want it,” a guard said.", [], id="a speaker of no codebook"),
    ],
)
def test_a_first_person_is_the_speaker(text, expected):
    assert read(text) == expected
