import pytest

from standpoint.codebook.parsing import parse_codebook
from standpoint.labeling.annotated_article import AnnotatedArticle
from standpoint.labeling.candidates import MAX_PAIRS_IN_SENTENCE, read_pairs
from standpoint.mentions.matcher import MentionMatcher
from standpoint.text.article import read_article

WORLD = MentionMatcher(
    parse_codebook(
        {
            "name": "dam",
            "title": "The dam",
            "actors": [
                {"id": "valdia", "name": "Valdia", "kind": "state"},
                {"id": "kovac", "name": "Ana Kovac", "kind": "person", "member_of": "valdia"},
                {"id": "brandt", "name": "Peter Brandt", "kind": "person"},
                {"id": "oslo", "name": "Oslo Agency", "kind": "organisation"},
                {"id": "mora-council", "name": "Mora Dam Council", "kind": "organisation"},
                {"id": "iran", "name": "Iran", "kind": "state"},
            ],
            "issues": [
                {
                    "id": "dam",
                    "name": "The dam",
                    "favor": "It is built.",
                    "against": "It is not.",
                    "cues": ["Mora dam", "build the dam", "Valdia's plan"],
                    "opposite_cues": ["dam moratorium"],
                },
                {
                    "id": "tariff",
                    "name": "The tariff",
                    "favor": "It is raised.",
                    "against": "It is not.",
                    "cues": ["water tariff"],
                },
            ],
        },
        where="test",
    )
)


def pairs(text):
    return read_pairs(AnnotatedArticle(read_article(text), WORLD))


def holders(text):
    return {pair.holder for pair in pairs(text)}


def only(text, holder):
    (pair,) = (pair for pair in pairs(text) if pair.holder == holder)
    return pair


def test_every_actor_of_a_sentence_meets_every_cue_of_it():
    text = "Ana Kovac and Peter Brandt spoke of the Mora dam and the water tariff."
    assert [(p.cue.issue, p.holder) for p in pairs(text)] == [
        ("dam", "kovac"),
        ("dam", "brandt"),
        ("tariff", "kovac"),
        ("tariff", "brandt"),
    ]


def test_an_actor_of_another_sentence_meets_no_cue():
    assert pairs("Ana Kovac came. The Mora dam stood.") == []


def test_an_actor_named_twice_makes_one_pair():
    text = "Valdia wants the Mora dam because Valdia needs water."
    assert [p.holder_span.start for p in pairs(text)] == [0]


def test_an_actor_within_the_cue_is_no_holder():
    assert holders("Ana Kovac dropped Valdia's plan.") == {"kovac"}


def test_an_actor_named_within_the_cue_and_beside_it_is_a_holder():
    pair = only("Valdia dropped Valdia's plan.", "valdia")
    assert pair.holder_span.start == 0


def test_words_that_are_part_of_a_name_are_no_cue():
    assert pairs("Ana Kovac met the Mora Dam Council.") == []


def test_an_actor_can_be_what_is_at_issue():
    issue = {"name": "Iran", "favor": "It is invited.", "against": "It is not."}
    book = {
        "name": "talks",
        "title": "The talks",
        "actors": [
            {"id": "iran", "name": "Iran", "kind": "state"},
            {"id": "kovac", "name": "Ana Kovac", "kind": "person"},
        ],
        "issues": [{**issue, "id": "invitation", "cues": ["Iran"]}],
    }
    lexicon = MentionMatcher(parse_codebook(book, where="test"))
    (pair,) = read_pairs(
        AnnotatedArticle(read_article("Ana Kovac wants Iran at the table."), lexicon)
    )
    assert (pair.holder, pair.cue.issue) == ("kovac", "invitation")


def test_a_compound_makes_no_holder():
    assert holders("Iran-backed engineers praised the Mora dam.") == set()


def test_the_holder_may_stand_in_a_possessive():
    pair = only("Valdia's ministry will build the dam.", "valdia")
    assert pair.holder_span.of("Valdia's") == "Valdia"


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        pytest.param(
            "Minister Ana Kovac came. The minister backed the Mora dam.", "The minister", id="title"
        ),
        pytest.param("Ana Kovac came. She backed the Mora dam.", "She", id="pronoun"),
    ],
)
def test_a_reference_can_be_the_holder(text, reference):
    pair = only(text, "kovac")
    assert pair.holder_span.of(text) == reference


def test_a_speaker_who_is_not_named_in_the_sentence_holds_without_a_span():
    text = "“The river is ours,” Ana Kovac said. “We will build the dam.”"
    pair = only(text, "kovac")
    assert (pair.holder_span, pair.kind, pair.attributed_by) == (None, "quote", "said")
    assert pair.text().holder is None


def test_every_sentence_of_a_quotation_is_its_speakers():
    text = "“We will build the dam. The water tariff stays. Rain falls,” Ana Kovac said."
    assert [(p.holder, p.cue.issue, p.kind) for p in pairs(text)] == [
        ("kovac", "dam", "quote"),
        ("kovac", "tariff", "quote"),
    ]


def test_a_quotation_of_several_paragraphs_is_its_speakers():
    text = "Ana Kovac said: “Rain falls.\n\n“We will build the dam.”"
    assert holders(text) == {"kovac"}


@pytest.mark.parametrize(
    ("text", "kind", "cue"),
    [
        pytest.param("Ana Kovac said: “We will build the dam.”", "quote", "said", id="quote"),
        pytest.param(
            "“Rain,” Ana Kovac said, “fills the Mora dam.”", "quote", "said", id="split quote"
        ),
        pytest.param(
            "Ana Kovac called the Mora dam “a gift”.", "quote", "called", id="quoted in part"
        ),
        pytest.param("Ana Kovac called the Mora dam a gift.", "paraphrase", "called", id="no mark"),
        pytest.param(
            "Ana Kovac said the Mora dam will rise.", "paraphrase", "said", id="indirect speech"
        ),
        pytest.param(
            "The Mora dam will rise, according to Ana Kovac.",
            "paraphrase",
            "according to",
            id="according to",
        ),
        pytest.param("Ana Kovac rejected the Mora dam.", "paraphrase", "rejected", id="judgement"),
        pytest.param(
            "The Mora dam was rejected by Ana Kovac.", "paraphrase", "rejected", id="passive"
        ),
        pytest.param("Ana Kovac signed off on the Mora dam.", "act", None, id="act"),
        pytest.param("Ana Kovac likes the Mora dam.", "narrator", None, id="narrator"),
    ],
)
def test_the_kind_of_a_statement_says_how_it_was_made(text, kind, cue):
    pair = only(text, "kovac")
    assert (pair.kind, pair.attributed_by, pair.reporter) == (kind, cue, None)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "The Oslo Agency quoted Ana Kovac as saying that the Mora dam will rise.", id="active"
        ),
        pytest.param(
            "Ana Kovac was quoted as saying by the Oslo Agency that the Mora dam will rise.",
            id="passive",
        ),
    ],
)
def test_who_relays_is_the_reporter_of_who_speaks_and_no_holder(text):
    assert only(text, "kovac").reporter == "oslo"
    assert holders(text) == {"kovac"}


@pytest.mark.parametrize(
    "text",
    [
        "The Oslo Agency reported that Ana Kovac said the Mora dam was dear.",
        "The Oslo Agency, citing Ana Kovac, said the Mora dam was dear.",
        "Ana Kovac said the Mora dam was dear, the Oslo Agency reported.",
    ],
)
def test_an_agency_that_reports_what_somebody_says_is_the_reporter(text):
    assert {(pair.holder, pair.reporter) for pair in pairs(text)} == {("kovac", "oslo")}


@pytest.mark.parametrize("words", ["Both Ana Kovac and", "Neither Ana Kovac nor"])
def test_of_two_who_hold_a_stance_together_neither_is_the_other_s_reporter(words):
    both = pairs(f"{words} Peter Brandt backs the Mora dam.")
    assert [(pair.holder, pair.reporter) for pair in both] == [("kovac", None), ("brandt", None)]


def test_a_mention_that_cannot_be_a_holder_s_makes_no_pair():
    text = "Unlike Valdia, Peter Brandt told Iran that Ana Kovac's voters rejected the Mora dam."
    assert holders(text) == {"brandt"}


def test_a_pair_tells_how_sure_its_holder_is():
    text = "Ana Kovac rejects the Mora dam, which divides the Oslo Agency."
    assert only(text, "kovac").eligibility == "sure"
    assert only(text, "oslo").eligibility == "possible"


def test_we_of_a_sentence_without_quotation_marks_is_its_speaker():
    assert holders("We reject the Mora dam. Ana Kovac said.") == {"kovac"}


def test_the_outer_speaker_reports_the_inner_one():
    text = "Ana Kovac said Peter Brandt opposes the Mora dam."
    assert only(text, "brandt").reporter == "kovac"
    assert only(text, "brandt").attributed_by == "opposes"
    assert holders(text) == {"brandt"}


def test_an_actor_spoken_of_in_indirect_speech_is_reported_by_the_speaker():
    text = "Ana Kovac said Iran will build the dam."
    assert only(text, "iran").reporter == "kovac"


def test_a_speaker_outside_the_codebook_reports_by_name():
    assert only("Officials said Iran will build the dam.", "iran").reporter == "Officials"


@pytest.mark.parametrize(
    ("text", "reporter"),
    [
        pytest.param("It said Iran will build the dam.", None, id="pronoun"),
        pytest.param("A man who said Iran will build the dam left.", "A man", id="relative"),
        pytest.param(
            "Ana Kovac said they hope Iran will build the dam.", "kovac", id="pronoun within"
        ),
    ],
)
def test_a_reporter_is_named_or_there_is_none(text, reporter):
    assert only(text, "iran").reporter == reporter


def test_an_opposite_cue_keeps_its_pole():
    assert only("Ana Kovac backed a dam moratorium.", "kovac").cue.pole == "against"


def test_a_member_does_not_bring_in_what_it_is_a_member_of():
    assert holders("Ana Kovac backed the Mora dam.") == {"kovac"}


def test_the_text_of_a_pair_counts_from_its_sentence():
    text = "👩‍🚀 Rain fell. Ana Kovac backed the Mora dam."
    pair = only(text, "kovac").text()
    assert pair.text == "Ana Kovac backed the Mora dam."
    assert pair.holder.of(pair.text) == "Ana Kovac"
    assert pair.target.of(pair.text) == "Mora dam"


@pytest.mark.parametrize(
    "text",
    [
        "Ana Kovac, the mayor, rejected the Mora dam.",
        "The mayor, Ana Kovac, rejected the Mora dam.",
        "Its leader, Ana Kovac, rejected the Mora dam.",
    ],
)
def test_who_stands_in_apposition_to_the_source_does_not_report_himself(text):
    (pair,) = (p for p in pairs(text) if p.holder == "kovac")
    assert pair.reporter is None


def test_a_list_of_names_and_cues_makes_no_more_pairs_than_a_sentence_may_have():
    read = pairs("Ana Kovac backs the Mora dam, Peter Brandt backs the Mora dam, " * 15)
    assert len(read) == MAX_PAIRS_IN_SENTENCE
    assert {pair.sentence.index for pair in read} == {0}
