import pytest

from standpoint.attribution.eligibility import grade_mention
from standpoint.codebook.parsing import parse_codebook
from standpoint.mentions.matcher import MentionMatcher
from standpoint.mentions.sentence_view import view_sentence
from standpoint.text.article import read_article

NAMES = {
    "okafor": ("Ngozi Okafor", "person"),
    "lindqvist": ("Sven Lindqvist", "person"),
    "reyes": ("Marisol Reyes", "person"),
    "uk": ("United Kingdom", "state"),
    "peru": ("Peru", "state"),
    "mali": ("Mali", "state"),
    "greens": ("Greens", "organisation"),
    "labour": ("Labour", "organisation"),
    "front": ("Patriotic Front", "organisation"),
}
MATCHER = MentionMatcher(
    parse_codebook(
        {
            "name": "ferry",
            "title": "The ferry tax",
            "actors": [
                {"id": id, "name": name, "kind": kind} for id, (name, kind) in NAMES.items()
            ],
            "issues": [
                {
                    "id": "tax",
                    "name": "The ferry tax",
                    "favor": "It is levied.",
                    "against": "It is not.",
                    "cues": ["ferry tax", "attack on the port"],
                }
            ],
        },
        where="test",
    )
)


def grade(text, actor):
    """The grade of an actor's only mention beside the only cue of a sentence."""
    (sentence,) = read_article(text).sentences
    mentions = MATCHER.actors_in(sentence)
    view = view_sentence(sentence, mentions, quotes=())
    (cue,) = MATCHER.cues_in(sentence)
    (mention,) = (m for m in mentions if m.actor == actor)
    return grade_mention(view, mention, cue=cue.span)


NO_HOLDERS = [
    ("possessor", "Lindqvist criticised Peru's crackdown over the ferry tax.", "peru"),
    ("possessor", "Ngozi Okafor's party rejects the ferry tax.", "okafor"),
    ("possessor", "The ferry tax split Mali's capital.", "mali"),
    ("place", "Reyes said in the United Kingdom that the ferry tax was dead.", "uk"),
    ("place", "Fighting in Mali goes on despite the ferry tax.", "mali"),
    ("place", "The ferry tax is unpopular across Peru.", "peru"),
    ("followers", "Some 62 percent of Greens voters oppose the ferry tax.", "greens"),
    ("followers", "Most Labour supporters back the ferry tax.", "labour"),
    ("followers", "Supporters of the Patriotic Front reject the ferry tax.", "front"),
    ("addressee", "Okafor urged Lindqvist to back the ferry tax.", "lindqvist"),
    ("addressee", "Okafor told Marisol Reyes that the ferry tax was wrong.", "reyes"),
    ("addressee", "Reyes called on Peru to drop the ferry tax.", "peru"),
    ("addressee", "In a letter to Labour, Okafor rejected the ferry tax.", "labour"),
    ("acted upon", "Okafor vowed to keep the ferry tax while defeating Labour.", "labour"),
    ("acted upon", "Okafor accused Mali of the attack on the port.", "mali"),
    ("acted upon", "Okafor blamed the Patriotic Front and the ferry tax.", "front"),
    ("acted upon", "Sanctions on Peru followed the attack on the port.", "peru"),
    ("acted upon", "The campaign against Labour dwelt on the ferry tax.", "labour"),
    ("compared", "Unlike Labour, the Greens oppose the ferry tax.", "labour"),
    ("compared", "Unlike the Patriotic Front, Reyes rejects the ferry tax.", "front"),
    ("question", "Will Okafor back the ferry tax?", "okafor"),
    ("question", "Does the prime minister Sven Lindqvist support the ferry tax?", "lindqvist"),
    ("question", "“Can Labour accept the ferry tax?”", "labour"),
    ("denial", "Okafor denied that she had ever opposed the ferry tax.", "okafor"),
    ("denial", "Labour denies backing the ferry tax.", "labour"),
    ("denial", "Reyes has denied having supported the ferry tax.", "reyes"),
    ("question", "Labour asked whether Sven Lindqvist backs the ferry tax.", "lindqvist"),
    ("denial", "Okafor denied reports that she opposed the ferry tax.", "okafor"),
    ("compared", "Unlike his rival Lindqvist, Okafor rejects the ferry tax.", "lindqvist"),
    ("list", "Okafor urged Lindqvist and Reyes to back the ferry tax.", "reyes"),
    ("list", "Unlike Labour and the Greens, Okafor backs the ferry tax.", "greens"),
]


@pytest.mark.parametrize(
    ("text", "actor"), [row[1:] for row in NO_HOLDERS], ids=[row[0] for row in NO_HOLDERS]
)
def test_who_cannot_be_a_holder_is_excluded(text, actor):
    assert grade(text, actor) == "excluded"


SURE = [
    ("subject", "Okafor opposes the ferry tax.", "okafor"),
    (
        "subject behind what it is unlike",
        "Unlike Labour, the Greens oppose the ferry tax.",
        "greens",
    ),
    ("subject of a subordinate clause", "Okafor said Peru would keep the ferry tax.", "peru"),
    ("relative clause", "His first party was the Greens, which opposes the ferry tax.", "greens"),
    ("agent", "The ferry tax was rejected by Labour.", "labour"),
    ("spokesman", "A spokesman for Mali rejected the ferry tax.", "mali"),
    ("officials in a capital", "Officials in Peru rejected the ferry tax.", "peru"),
    ("own opposition", "Lindqvist's opposition to the ferry tax is old.", "lindqvist"),
    ("own minister", "Peru's transport minister rejected the ferry tax.", "peru"),
    ("own defence minister", "Peru's defence minister rejected the ferry tax.", "peru"),
    ("support from", "Support from Labour for the ferry tax is sure.", "labour"),
    ("both of two", "Both Okafor and Lindqvist reject the ferry tax.", "lindqvist"),
    ("neither of two", "Neither Okafor nor Lindqvist backs the ferry tax.", "lindqvist"),
    ("third of three", "Okafor, Lindqvist and Reyes all reject the ferry tax.", "reyes"),
    ("two after", "The talks failed after Peru and Mali rejected the ferry tax.", "peru"),
    ("no question of hers", "Labour asks for the ferry tax.", "labour"),
    ("denial of a claim", "Mali denied the attack on the port.", "mali"),
]


@pytest.mark.parametrize(("text", "actor"), [row[1:] for row in SURE], ids=[row[0] for row in SURE])
def test_who_must_be_a_holder_is_sure(text, actor):
    assert grade(text, actor) == "sure"


POSSIBLE = [
    ("praised for it", "Okafor praised Peru for lifting the ferry tax.", "peru"),
    ("accused of opposing", "Okafor accused Labour of opposing the ferry tax.", "labour"),
    ("has a relative clause", "It was a blow to Reyes, who backs the ferry tax.", "reyes"),
    ("a view of theirs", "For Labour, the ferry tax is a moral duty.", "labour"),
    ("voted with", "The liberals voted with Labour on the ferry tax.", "labour"),
    ("some of them", "Many in the Patriotic Front reject the ferry tax.", "front"),
    ("in favour with another", "It kept the ferry tax, with Labour and Peru in favour.", "labour"),
    ("last of those in favour", "It kept the ferry tax, with Labour and Peru in favour.", "peru"),
    ("a number of them", "Eleven of the Greens reject the ferry tax.", "greens"),
    ("officers", "Mali's officers reject the ferry tax.", "mali"),
    ("behind the cue", "The ferry tax divides Labour.", "labour"),
    ("qualifies a noun", "The Peru debate on the ferry tax is dead.", "peru"),
]


@pytest.mark.parametrize(
    ("text", "actor"), [row[1:] for row in POSSIBLE], ids=[row[0] for row in POSSIBLE]
)
def test_who_may_be_a_holder_is_possible(text, actor):
    assert grade(text, actor) == "possible"


def test_a_source_is_a_holder_whatever_governs_it():
    (sentence,) = read_article("The ferry tax is dead, it was said in Peru.").sentences
    mentions = MATCHER.actors_in(sentence)
    view = view_sentence(sentence, mentions, quotes=())
    (cue,) = MATCHER.cues_in(sentence)
    assert grade_mention(view, mentions[0], cue=cue.span, is_source=True) == "sure"
