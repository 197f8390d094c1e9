import pytest

from tests.unit.standpoint.attribution.dam_debate import attributions, said


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
    (attribution,) = attributions(text)
    assert attribution.content.of(text).startswith("The dam")
    assert attribution.source.actor == "kovac"


def test_by_makes_no_passive_without_a_form_of_to_be():
    assert said("Ana Kovac said by Monday it rains.") == [("kovac", "by Monday it rains.")]


def test_a_passive_without_by_has_no_holder():
    assert said("The dam was criticised.") == []


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


def test_the_cue_of_an_attribution_is_the_verb_as_printed():
    extracted = attributions("According to Valdia, it rains. Ana Kovac WARNED it pours.")
    assert [a.cue for a in extracted] == ["According to", "WARNED"]


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
