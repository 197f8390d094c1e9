import time

import pytest

from standpoint.attribution.extraction import find_attributions
from standpoint.codebook.parsing import parse_codebook
from standpoint.coreference.resolver import resolve_references
from standpoint.mentions.matcher import MentionMatcher
from standpoint.text.article import read_article
from standpoint.text.quotes import find_quotes

WORLD = MentionMatcher(
    parse_codebook(
        {
            "name": "dam",
            "title": "The dam",
            "actors": [
                {"id": "kovac", "name": "Ana Kovac", "kind": "person"},
                {"id": "brandt", "name": "Peter Brandt", "kind": "person"},
                {"id": "valdia", "name": "Valdia", "kind": "state"},
                {"id": "oslo", "name": "Oslo Agency", "kind": "organisation"},
            ],
            "issues": [{"id": "dam", "name": "D", "favor": "y", "against": "n", "cues": ["dam"]}],
        },
        where="test",
    )
)


def attributions(text):
    article = read_article(text)
    quotes = find_quotes(article)
    named = [mention for s in article.sentences for mention in WORLD.actors_in(s)]
    named += resolve_references(article, named, profiles=WORLD.profiles, quotes=quotes)
    found = find_attributions(article, named, quotes=quotes)
    for attribution in found:
        source = attribution.source
        if source.span is not None:
            assert source.span.of(text) == source.text
    return found


def said(text, kind="paraphrase"):
    """Speaker and what is said, for each attribution of a kind."""
    return [
        (a.source.actor or a.source.text, a.content.of(text).strip(" ,:"))
        for a in attributions(text)
        if a.kind == kind
    ]


@pytest.mark.parametrize(
    ("text", "speaker", "words"),
    [
        pytest.param("Ana Kovac said that it rains.", "kovac", "it rains.", id="that"),
        pytest.param("Ana Kovac said it rains.", "kovac", "it rains.", id="no that"),
        pytest.param(
            "Ana Kovac told reporters that it rains.", "kovac", "it rains.", id="addressee"
        ),
        pytest.param("Ana Kovac has also said it rains.", "kovac", "it rains.", id="adverbs"),
        pytest.param("It rains, Ana Kovac said.", "kovac", "It rains", id="behind"),
        pytest.param(
            "It rains in the hills, said Ana Kovac.",
            "kovac",
            "It rains in the hills",
            id="inverted",
        ),
        pytest.param(
            "Valdia's foreign ministry said it rains.", "valdia", "it rains.", id="its ministry"
        ),
        pytest.param(
            "A spokesman for Valdia said it rains.", "valdia", "it rains.", id="its spokesman"
        ),
        pytest.param(
            "After talks with Peter Brandt, Ana Kovac said it rains.",
            "kovac",
            "it rains.",
            id="another behind a preposition",
        ),
        pytest.param("Officials said it rains.", "Officials", "it rains.", id="no actor"),
        pytest.param("According to Ana Kovac, it rains.", "kovac", "it rains.", id="according to"),
        pytest.param(
            "It rains, according to Ana Kovac.", "kovac", "It rains", id="according to, behind"
        ),
        pytest.param(
            "In the view of Ana Kovac, it rains.", "kovac", "it rains.", id="in the view of"
        ),
    ],
)
def test_indirect_speech_belongs_to_its_subject(text, speaker, words):
    assert said(text) == [(speaker, words)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The dam was rejected by Ana Kovac.", id="was"),
        pytest.param("The dam has been firmly rejected by Ana Kovac.", id="has been"),
        pytest.param("The dam was rejected by Ana Kovac on Monday.", id="words behind"),
    ],
)
def test_a_passive_belongs_to_who_stands_behind_by(text):
    (found,) = attributions(text)
    assert found.content.of(text).startswith("The dam")
    assert found.source.actor == "kovac"


def test_by_makes_no_passive_without_a_form_of_to_be():
    assert said("Ana Kovac said by Monday it rains.") == [("kovac", "by Monday it rains.")]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        pytest.param("Ana Kovac said it rains; the dam holds.", "it rains", id="semicolon"),
        pytest.param("Ana Kovac said it rains, but the dam holds.", "it rains", id="but"),
        pytest.param("Ana Kovac said it rains, while the dam holds.", "it rains", id="while"),
        pytest.param("Ana Kovac said it rains — the dam holds.", "it rains", id="dash"),
    ],
)
def test_indirect_speech_ends_where_the_clause_breaks(text, content):
    assert said(text)[0] == ("kovac", content)


def test_a_second_verb_after_and_has_the_same_subject():
    found = said("Ana Kovac said it rains and rejected the dam.")
    assert found[1] == ("kovac", "the dam.")


def test_two_clauses_have_two_speakers():
    assert said("Ana Kovac said it rains, but Peter Brandt rejected the dam.") == [
        ("kovac", "it rains"),
        ("brandt", "the dam."),
    ]


def test_speech_about_speech_is_nested():
    assert said("Ana Kovac said Peter Brandt opposes the dam.") == [
        ("kovac", "Peter Brandt opposes the dam."),
        ("brandt", "the dam."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The said dam stands.", id="adjective"),
        pytest.param("Its claims stand.", id="noun behind a possessive pronoun"),
        pytest.param("Ana Kovac's claims stand.", id="noun behind a possessive"),
        pytest.param("An argued-over dam stands.", id="part of a compound"),
        pytest.param("“Peter Brandt said no.”", id="within a quotation"),
    ],
)
def test_a_word_that_only_looks_like_a_verb_of_saying_attributes_nothing(text):
    assert said(text) == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("“It rains,” Ana Kovac said.", id="before"),
        pytest.param("“It rains,” said Ana Kovac.", id="before, inverted"),
        pytest.param("“It rains,” said the minister Ana Kovac.", id="before, with a title"),
        pytest.param("“It rains!” Ana Kovac said.", id="exclamation"),
        pytest.param("Ana Kovac said: “It rains.”", id="after a colon"),
        pytest.param("Ana Kovac said, “It rains.”", id="after a comma"),
        pytest.param("“It rains,” Ana Kovac told the Oslo Agency.", id="told an agency"),
        pytest.param("Ana Kovac came. “It rains,” she said.", id="pronoun"),
        pytest.param("'It rains,' Ana Kovac said.", id="single marks"),
    ],
)
def test_a_quotation_belongs_to_its_speaker(text):
    assert [(speaker, words.rstrip(",.!")) for speaker, words in said(text, "quote")] == [
        ("kovac", "It rains")
    ]


def test_both_halves_of_a_split_quotation_belong_to_its_speaker():
    text = "“It rains,” Ana Kovac said, “and it pours.”"
    assert said(text, "quote") == [("kovac", "It rains"), ("kovac", "and it pours.")]


def test_a_quotation_of_several_sentences_is_one():
    text = "“It rains. It pours. The old man snores,” Ana Kovac said."
    assert said(text, "quote") == [("kovac", "It rains. It pours. The old man snores")]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("“It rains,” Ana Kovac said. “It pours.”", id="next sentence"),
        pytest.param("“It rains,” Ana Kovac said.\n\n“It pours.”", id="next paragraph"),
        pytest.param("Ana Kovac said: “It rains.\n\n“It pours.”", id="left open"),
    ],
)
def test_a_quotation_that_stands_alone_goes_on_from_the_one_before(text):
    assert [speaker for speaker, _ in said(text, "quote")] == ["kovac", "kovac"]


def test_a_quotation_is_not_carried_over_a_paragraph_without_one():
    text = "Ana Kovac said: “It rains.”\n\nRain fell.\n\n“It pours.”"
    assert said(text, "quote") == [("kovac", "It rains.")]


def test_a_new_speaker_ends_what_went_on():
    text = "“It rains,” Ana Kovac said. “It pours,” Peter Brandt said. “It snows.”"
    assert said(text, "quote") == [
        ("kovac", "It rains"),
        ("brandt", "It pours"),
        ("brandt", "It snows."),
    ]


def test_a_quotation_nobody_speaks_is_left_alone():
    assert attributions("Signs read “It rains.”") == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The Oslo Agency quoted Ana Kovac as saying that it rains.", id="quoted"),
        pytest.param("The Oslo Agency cited Ana Kovac as saying it rains.", id="cited"),
        pytest.param(
            "Ana Kovac was quoted as saying by the Oslo Agency that it rains.", id="passive"
        ),
        pytest.param(
            "“It rains,” the Oslo Agency quoted Ana Kovac as saying.", id="behind a quote"
        ),
    ],
)
def test_a_quote_belongs_to_the_speaker_and_not_to_the_agency_that_relays_it(text):
    found = attributions(text)
    assert found
    assert {(a.source.actor, a.reporter) for a in found} == {("kovac", "oslo")}
    assert all("rains" in a.content.of(text) for a in found)


def test_quoting_without_as_saying_relays_nothing():
    assert attributions("The Oslo Agency quoted Ana Kovac at length.") == []


def test_the_cue_of_an_attribution_is_the_verb_as_printed():
    found = attributions("According to Valdia, it rains. Ana Kovac WARNED it pours.")
    assert [a.cue for a in found] == ["According to", "WARNED"]


@pytest.mark.parametrize(
    ("text", "speaker", "words"),
    [
        pytest.param("Lee, a minister, said it rains.", "Lee", "it rains.", id="apposition"),
        pytest.param(
            "Lee, who leads in polls, said it rains.", "Lee", "it rains.", id="relative clause"
        ),
        pytest.param(
            "Lee, however, said it rains.", "Lee", "it rains.", id="adverb between commas"
        ),
        pytest.param("Lee on Monday said it rains.", "Lee", "it rains.", id="a day between"),
        pytest.param("Lee said Friday it rains.", "Lee", "it rains.", id="a day behind"),
        pytest.param(
            "Gov. Peter T. Lee said it rains.", "Gov. Peter T. Lee", "it rains.", id="initial"
        ),
        pytest.param("Mary O'Neill said it rains.", "Mary O'Neill", "it rains.", id="apostrophe"),
        pytest.param("Lee and Roe said it rains.", "Lee and Roe", "it rains.", id="two"),
        pytest.param(
            "Experts in Rome said it rains.", "Experts in Rome", "it rains.", id="attached"
        ),
        pytest.param("It rains, said Lee.", "Lee", "It rains", id="inverted"),
        pytest.param(
            "It rains, said Dan Lee, a farmer.", "Dan Lee", "It rains", id="inverted, apposition"
        ),
        pytest.param(
            "It rains, a farmer said.", "a farmer", "It rains", id="behind, small letters"
        ),
        pytest.param(
            "It rains here, Lee told the paper on Monday.",
            "Lee",
            "It rains here",
            id="told, behind",
        ),
        pytest.param("Lee told Roe it rains.", "Lee", "it rains.", id="told a name"),
        pytest.param(
            "Lee asked Roe whether it rains.", "Lee", "whether it rains.", id="asked whether"
        ),
        pytest.param("Lee thinks it rains.", "Lee", "it rains.", id="thought"),
        pytest.param("Many voters fear it rains.", "Many voters", "it rains.", id="plural"),
        pytest.param("Lee vowed to stay.", "Lee", "to stay.", id="infinitive"),
        pytest.param("Lee went on to say it rains.", "Lee", "it rains.", id="went on to say"),
        pytest.param("Lee is confident that it rains.", "Lee", "it rains.", id="adjective"),
        pytest.param("Lee's claim that it rains spread.", "Lee", "it rains spread.", id="noun"),
        pytest.param("The poll shows that it rains.", "The poll", "it rains.", id="no person"),
        pytest.param(
            "According to a new poll, it rains.", "a new poll", "it rains.", id="according"
        ),
        pytest.param(
            "The plan was drawn up by Lee but opposed by Roe.",
            "Roe",
            "The plan was drawn up by Lee but",
            id="two passives",
        ),
    ],
)
def test_anybody_may_speak(text, speaker, words):
    assert (speaker, words) in said(text)


def test_what_is_said_may_stand_around_its_tag():
    assert said("The dam, Lee said, is old.") == [("Lee", "The dam"), ("Lee", "is old.")]


def test_a_tag_may_say_how_and_to_whom():
    text = "The dam, Lee told the crowd with a sigh, is old."
    assert said(text) == [("Lee", "The dam"), ("Lee", "is old.")]


def test_a_participle_goes_on_with_the_subject():
    text = "Lee said it rains, adding that it pours."
    assert said(text) == [("Lee", "it rains"), ("Lee", "it pours.")]


def test_a_participle_in_front_has_the_subject_behind_it():
    assert ("Lee", "the rain") in said("Citing the rain, Lee said the dam holds.")


def test_a_passive_without_by_has_no_holder():
    assert said("The dam was criticised.") == []


def test_an_actor_of_the_codebook_is_not_taken_for_another_who_speaks():
    assert said("Dan Lee of Valdia said it rains.") == [("Dan Lee of Valdia", "it rains.")]
    assert said("Critics of Valdia said it rains.") == [("Critics of Valdia", "it rains.")]
    assert said("Valdia's critics said it rains.") == [("Valdia's critics", "it rains.")]


def test_a_tag_with_a_role_belongs_to_whose_role_it_is():
    text = "The dam, Valdia's spokesman said, is old."
    assert said(text) == [("valdia", "The dam"), ("valdia", "is old.")]


def test_actors_who_speak_together_each_say_it():
    assert said("Valdia and Ana Kovac said it rains.") == [
        ("kovac", "it rains."),
        ("valdia", "it rains."),
    ]


def test_who_is_the_actor_before_it():
    assert said("It was Ana Kovac who said it rains.") == [("kovac", "it rains.")]


def test_a_demand_belongs_to_who_makes_it():
    assert said("Ana Kovac asked Valdia to condemn the dam.")[0] == (
        "kovac",
        "Valdia to condemn the dam.",
    )
    assert {speaker for speaker, _ in said("Ana Kovac asked Valdia to condemn the dam.")} == {
        "kovac"
    }


def test_a_denial_belongs_to_who_denies():
    assert said("Ana Kovac denied that the dam leaks.") == [("kovac", "the dam leaks.")]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Foreign claims on the dam stand.", id="noun behind an adjective"),
        pytest.param("The talks ended in reports of rain.", id="noun behind a preposition"),
        pytest.param("Two main questions: rain and snow.", id="noun before a colon"),
        pytest.param("After the Oslo attacks, it rained.", id="noun behind a name"),
        pytest.param("She came to discuss the dam.", id="what for"),
    ],
)
def test_a_noun_or_an_aim_attributes_nothing(text):
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        pytest.param("ANA KOVAC SAID IT RAINS IN THE HILLS.", "kovac", id="capitals"),
        pytest.param("Rain fell in the hills on Monday Ana Kovac said.", "kovac", id="no commas"),
        pytest.param("Rain fell in the hills said Ana Kovac.", "kovac", id="no comma, inverted"),
        pytest.param("Rain fell in the hills the Rain Board said.", "the Rain Board", id="nobody"),
        pytest.param("It didnt rain and Ana Kovac doesnt say why", "kovac", id="no apostrophes"),
        pytest.param("“It rains, Ana Kovac said.", "kovac", id="never closed"),
        pytest.param('It rains," Ana Kovac said.', "kovac", id="never opened"),
    ],
)
def test_scraped_text_is_read(text, speaker):
    assert speaker in {a.source.actor or a.source.text for a in attributions(text)}


def test_a_paragraph_that_stands_twice_is_read_twice():
    text = "Ana Kovac said it rains.\n\nAna Kovac said it rains."
    assert said(text) == [("kovac", "it rains."), ("kovac", "it rains.")]


def test_a_quotation_within_quoted_speech_is_the_innermost_speakers():
    text = "Ana Kovac said Peter Brandt called it “a great shame”."
    assert said(text, "quote") == [("brandt", "a great shame")]


def test_a_sentence_that_is_only_a_tag_has_the_quotation_before_it():
    text = "“It rains. It pours.” Ana Kovac said."
    assert said(text, "quote") == [("kovac", "It rains. It pours.")]


def test_a_term_in_quotation_marks_is_not_what_somebody_says():
    text = "The so-called “great dam” leaks. Ana Kovac, who built the “wall”, said it rains."
    assert said(text, "quote") == []


def test_a_tag_says_what_a_quotation_is_about():
    text = "“It leaks,” Ana Kovac said of the dam."
    assert said(text) == [("kovac", "“It leaks,”"), ("kovac", "the dam")]


def test_turns_of_a_transcript_belong_to_whose_name_opens_them():
    text = "KOVAC: It rains. It pours.\n\nBRANDT: It snows.\n\nKOVAC: No."
    assert said(text, "quote") == [
        ("kovac", "It rains. It pours."),
        ("brandt", "It snows."),
        ("kovac", "No."),
    ]


def test_turns_in_small_letters_are_known_by_names_that_come_back():
    text = "Dan Lee: It rains.\n\nRoe: It snows.\n\nDan Lee: No.\n\nRoe: Yes."
    assert [speaker for speaker, _ in said(text, "quote")] == ["Dan Lee", "Roe", "Dan Lee", "Roe"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Rain fell.\n\nOSLO: The dam leaks.", id="a dateline"),
        pytest.param("Place: Oslo\n\nPrice: 5\n\nTerms: none", id="a list"),
        pytest.param("Note: the dam leaks.", id="a note"),
    ],
)
def test_a_colon_alone_makes_no_speaker(text):
    assert attributions(text) == []


def test_a_headline_may_name_its_speaker():
    text = "Kovac: Dam is safe\n\nRain fell on the hills.\n\nThe river rose."
    assert said(text) == [("kovac", "Dam is safe")]


def test_the_span_of_a_cue_covers_its_helpers():
    text = "Ana Kovac has also called for rain."
    (found,) = attributions(text)
    assert (found.cue, found.cue_span.of(text)) == ("called", "has also called for")


def test_a_quotation_that_goes_on_has_the_cue_of_the_one_before():
    text = "“It rains,” Ana Kovac said. “It pours a lot.”"
    assert {a.cue_span.of(text) for a in attributions(text)} == {"said"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("She said it rains.", None, id="pronoun"),
        pytest.param("They met a farmer who said it rains.", "a farmer", id="relative"),
        pytest.param("An aide said it rains.", "An aide", id="words"),
        pytest.param("Ana Kovac said it rains.", "kovac", id="actor"),
    ],
)
def test_a_source_is_named_where_its_words_stand_for_it(text, name):
    assert attributions(text)[0].source.name == name


@pytest.mark.parametrize(
    "piece",
    [
        pytest.param("Valdia said that ", id="no punctuation"),
        pytest.param("said ", id="one verb"),
        pytest.param('"Valdia ', id="marks never closed"),
        pytest.param("VALDIA: It rains.\n\n", id="turns"),
        pytest.param("Valdia, ", id="commas"),
    ],
)
@pytest.mark.slow
def test_the_work_grows_with_the_length_of_the_article(piece):
    def seconds(n_chars):
        article = read_article(piece * (n_chars // len(piece)))
        named = [mention for s in article.sentences for mention in WORLD.actors_in(s)]
        start = time.process_time()
        find_attributions(article, named, quotes=find_quotes(article))
        return time.process_time() - start

    seconds(10_000)
    # Eight times the text: a square would take 64 times as long.
    assert seconds(400_000) < 40 * max(seconds(50_000), 0.02)
