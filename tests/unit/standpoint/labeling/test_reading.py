import pytest

from standpoint.codebook.parsing import parse_codebook
from standpoint.codebook.toml_lines import find_line
from standpoint.errors import CodebookError
from standpoint.labeling.annotated_article import AnnotatedArticle
from standpoint.labeling.candidates import read_pairs
from standpoint.mentions.matcher import MentionMatcher
from standpoint.text.article import read_article

ISSUE = {"name": "D", "favor": "y", "against": "n"}
BOOK = {
    "name": "dam",
    "title": "The dam",
    "actors": [
        {"id": "valdia", "name": "Valdia", "kind": "state"},
        {"id": "kovac", "name": "Ana Kovac", "kind": "person", "member_of": "valdia"},
        {"id": "brandt", "name": "Peter Brandt", "kind": "person"},
        {"id": "greens", "name": "River League", "kind": "organisation"},
        {"id": "oslo", "name": "Oslo Agency", "kind": "organisation"},
        {"id": "iran", "name": "Iran", "kind": "state"},
    ],
    "issues": [
        {**ISSUE, "id": "dam", "cues": ["Mora dam", "build the dam"]},
        {**ISSUE, "id": "tariff", "cues": ["water tariff"]},
    ],
}
WORLD = MentionMatcher(parse_codebook(BOOK, where="test"))


def pairs(text):
    return read_pairs(AnnotatedArticle(read_article(text), WORLD))


def only(text, holder):
    (pair,) = (pair for pair in pairs(text) if pair.holder == holder)
    return pair


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("According to Ana Kovac,\n\n“We will build the dam.”", id="according to X,"),
        pytest.param("The Oslo Agency quoted Ana Kovac as saying", id="headline"),
        pytest.param(
            "The Oslo Agency quoted Ana Kovac as saying\n\n“No.”", id="as saying, then quote"
        ),
        pytest.param("Valdia opposes \n  -- the Mora dam", id="dash on the next line"),
    ],
)
def test_reading_never_fails_on_a_sound_text(text):
    pairs(text)


@pytest.mark.parametrize(
    "text",
    [
        '"We will build the dam," Ana Kovac said.',
        "“We will build the dam,” said Ana Kovac.",
        "'We will build the dam,' Ana Kovac said.",
        "Ana Kovac came. “We will build the dam,” she said.",
        "Ana Kovac said: “Build the dam? Never.”",
    ],
)
def test_words_in_quotation_marks_before_their_speaker_are_a_quote(text):
    assert only(text, "kovac").kind == "quote"


@pytest.mark.parametrize(
    "text",
    [
        "Ana Kovac, who was born in Iran, said the Mora dam would rise.",
        "Ana Kovac, the head of the delegation, said the Mora dam would rise.",
        "The foreign minister, Ana Kovac, said the Mora dam would rise.",
    ],
)
def test_the_subject_before_a_comma_is_the_speaker(text):
    pair = only(text, "kovac")
    assert (pair.kind, pair.attributed_by) == ("paraphrase", "said")


@pytest.mark.parametrize(
    "text",
    [
        "The Mora dam will drown villages, Ana Kovac warned on Monday.",
        "The Mora dam will drown villages, Ana Kovac told reporters.",
        "The Mora dam, Ana Kovac warned, will drown villages.",
    ],
)
def test_a_speech_tag_behind_or_within_indirect_speech_attributes_it(text):
    assert only(text, "kovac").kind == "paraphrase"


def test_a_short_inverted_parenthesis_names_the_speaker():
    assert (
        only("The River League, said Ana Kovac, hates the Mora dam.", "greens").reporter == "kovac"
    )


@pytest.mark.parametrize("title", ["foreign minister", "prime minister"])
def test_a_title_with_an_adjective_is_resolved(title):
    text = f"{title.title()} Ana Kovac came. Then the {title} backed the Mora dam."
    assert only(text, "kovac").holder_span.of(text) == f"the {title}"


def test_a_pronoun_after_two_coordinate_people_is_the_one_of_its_gender():
    assert only("Ana Kovac and Peter Brandt met. He backed the Mora dam.", "brandt")


def test_a_pronoun_after_two_coordinate_people_of_one_gender_stays_unresolved():
    assert pairs("Mr Kovac and Peter Brandt met. He backed the Mora dam.") == []


def test_a_pronoun_after_only_a_possessive_stays_unresolved():
    assert pairs("Ana Kovac's spokesman arrived. He backed the Mora dam.") == []


@pytest.mark.parametrize("before", ["", "Rain fell.\n\n"])
def test_an_announced_quotation_is_its_announcers_in_any_paragraph(before):
    text = before + "Ana Kovac said the plan was good. “We will build the dam.”"
    assert {p.holder for p in pairs(text)} == {"kovac"}


def test_a_quotation_belongs_to_who_is_announced_just_before_and_not_to_an_earlier_speaker():
    text = "“It rains,” Peter Brandt said. Ana Kovac warned of floods. “We will build the dam.”"
    assert {p.holder for p in pairs(text)} == {"kovac"}


def test_an_agency_named_between_quoted_and_as_saying_is_the_reporter():
    text = "Ana Kovac was quoted by the Oslo Agency as saying the Mora dam would rise."
    assert only(text, "kovac").reporter == "oslo"


def test_told_that_within_said_is_nested():
    text = "Ana Kovac said Iran told Valdia that the Mora dam would rise."
    assert only(text, "iran").reporter == "kovac"
    assert "kovac" not in {pair.holder for pair in pairs(text)}


def test_a_second_clause_is_not_reported_by_the_subject_of_the_first():
    text = "The River League opposes the water tariff and Valdia backs the Mora dam."
    (pair,) = (p for p in pairs(text) if p.holder == "valdia" and p.cue.issue == "dam")
    assert pair.reporter is None


def test_an_unresolved_subject_is_named_without_its_conjunction():
    text = "Peter Brandt met Ana Kovac, and he backed the Mora dam."
    assert {p.reporter for p in pairs(text)} <= {"he", None}


def test_german_marks_hold_a_quotation():
    assert only("„We will build the dam,“ Ana Kovac said.", "kovac").kind == "quote"


def test_a_combining_mark_is_part_of_its_word():
    book = {**BOOK, "actors": [{"id": "kova", "name": "Kova", "kind": "state"}]}
    article = read_article("Kova\u030a came.")
    (mention,) = MentionMatcher(parse_codebook(book, where="t")).actors_in(article.sentences[0])
    assert mention.span.of(article.text) == "Kova\u030a"


def complaint(book, source=""):
    with pytest.raises(CodebookError) as caught:
        parse_codebook(book, where="t", source=source)
    return str(caught.value)


def test_a_fault_within_an_issue_does_not_report_that_there_are_no_issues():
    book = {**BOOK, "issues": [{**ISSUE, "id": "dam", "cues": "dam"}]}
    assert "\n  issues: " not in complaint(book)


def test_a_repeated_id_is_not_reported_as_a_circle():
    actors = [
        *BOOK["actors"],
        {"id": "valdia", "name": "X", "kind": "person", "member_of": "kovac"},
    ]
    assert "got None" not in complaint({**BOOK, "actors": actors})


def test_a_comment_behind_a_table_head_does_not_shift_lines():
    source = '[[actors]] # one\nid = "a"\nkind = "dog"\n[[actors]]\nid = "b"\nkind = "cat"\n'
    assert find_line(source, ("actors", 0, "kind")) == 3


def test_a_missing_key_of_the_top_is_not_placed_in_a_table():
    assert find_line('title = "x"\n[[actors]]\nname = "a"\n', ("name",)) != 3


def test_two_actors_may_not_share_an_acronym_with_and_without_dots():
    actors = [
        {"id": "a", "name": "A", "kind": "state", "aliases": ["U.S."]},
        {"id": "b", "name": "B", "kind": "state", "aliases": ["US"]},
    ]
    complaint({**BOOK, "actors": actors})


@pytest.mark.parametrize("phrase", ["...", "—"])
def test_an_alias_or_cue_without_a_word_is_refused(phrase):
    complaint({**BOOK, "issues": [{**ISSUE, "id": "x", "cues": [phrase]}]})
