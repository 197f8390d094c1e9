import pytest

from standpoint.coreference.issue_anaphora import issue_anaphors
from standpoint.mentions.mention import CueMention
from standpoint.text.article import Span, read_article


def anaphors(text, *, issues):
    """The words that refer back, with their issue; ``issues`` by the words that name them."""
    article = read_article(text)
    cues = {}
    for words, issue in issues.items():
        start = text.index(words)
        sentence = article.sentence_at(start)
        cue = CueMention(issue, "favor", Span(start, start + len(words)), sentence.index)
        cues.setdefault(sentence.index, []).append(cue)
    found = issue_anaphors(article.sentences, cues)
    return [(cue.span.of(text), cue.issue) for cue in found]


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Kovac said the move was profoundly wrong.", "the move"),
        ("The proposal would ruin growers, Achieng said.", "The proposal"),
        ("Nguyen called these plans a disgrace.", "these plans"),
        ("The mayor of Mora dismissed the whole idea.", "the whole idea"),
        ("Such an unusual step needs a vote, Okafor said.", "Such an unusual step"),
        ("Haugen rejected it.", "it"),
        ("Brandt blamed Valdia for these attacks.", "these attacks"),
    ],
)
def test_a_phrase_behind_the_sentence_that_names_an_issue_refers_back(sentence, words):
    text = f"Ministers plan to lift the embargo. {sentence}"
    assert anaphors(text, issues={"embargo": "embargo"}) == [(words, "embargo")]


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("Kovac left for Oslo.", id="nothing refers back"),
        pytest.param("Kovac backed the plan to build a dam.", id="the plan is told"),
        pytest.param("It rained.", id="no judgment"),
        pytest.param("Dealers praised the currency accord.", id="a thing of its own name"),
        pytest.param("Okafor warned that measures would follow.", id="a conjunction"),
        pytest.param("The bill's author resigned.", id="a possessive"),
        pytest.param("The attack killed five.", id="an event of its own"),
        pytest.param("The report of the inquiry was read.", id="the report of something"),
        "Kovac said so on the steps, grey with fatigue.",
        "Okafor was on this programme last week.",
    ],
)
def test_what_needs_no_antecedent_does_not_refer_back(sentence):
    assert anaphors(f"They plan to lift the embargo. {sentence}", issues={"embargo": "e"}) == []


def test_two_issues_before_leave_it_open():
    text = "They discussed the embargo and the quota. Kovac rejected the idea."
    assert anaphors(text, issues={"embargo": "embargo", "quota": "quota"}) == []


def test_a_chain_goes_on_and_ends_at_a_silent_sentence():
    text = (
        "They lift the embargo. Kovac rejected it. The move is wrong. Snow fell. The move is bad."
    )
    words = [words for words, _ in anaphors(text, issues={"embargo": "embargo"})]
    assert words == ["it", "The move"]


def test_a_sentence_that_names_an_issue_takes_no_other():
    text = "They lift the embargo. Kovac called the move a blow to the quota."
    assert anaphors(text, issues={"embargo": "embargo", "quota": "quota"}) == []
