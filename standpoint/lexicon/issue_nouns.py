"""Nouns of what politics is about: for proposing issues, and for references back to them."""

from standpoint.lexicon.bodies import COLLECTIVE_NOUNS, GOVERNMENT_NOUNS
from standpoint.lexicon.calendar import CALENDAR_NAMES
from standpoint.lexicon.function_words import PHRASE_JOINTS, PREVERBAL
from standpoint.lexicon.news_terms import NOT_NAMES
from standpoint.lexicon.roles import SPEAKER_ROLES, TITLES
from standpoint.lexicon.verbs import ACTING, JUDGING, RELAYING, REPORTING, URGING
from standpoint.lexicon.word_set import words

# Verb forms that are nouns as often, and then may be at issue.
NOUN_VERB_HOMOGRAPHS = words("""
    calls claims reports demands orders requests supports attacks vote votes blocks bans talks
    report support attack ban halt cut cuts proposals hopes
""")
# Words that are no part of a phrase that names an issue: function words, light verbs, times,
# quantities, actors, and the vocabulary of reporting itself.
NON_ISSUE_WORDS = (
    NOT_NAMES
    | CALENDAR_NAMES
    | PHRASE_JOINTS
    | TITLES
    | SPEAKER_ROLES
    | COLLECTIVE_NOUNS
    | GOVERNMENT_NOUNS
    | ((REPORTING | ACTING | RELAYING | PREVERBAL) - NOUN_VERB_HOMOGRAPHS)
    | words("""
    me him them us whom whose myself someone anyone everyone something anything everything nothing
    such same own others very much less least enough too rather quite always ever often sometimes
    ago back away down throughout together well far near early late vital crucial important
    necessary responsible likely possible able unable ready going due including following like
    whether either neither than thus hence hit hits led met won lost fell rose based made make makes
    making get gets got getting took take takes taking taken give gives gave given came come comes
    coming went go goes gone keep keeps kept held hold holds put puts set sets lets used use uses
    using become became becoming remain remains remained remaining seem seems seemed appear appears
    appeared show shows showed shown see sees saw seen find found know known knew need needs needed
    want help helps helped work works worked continue continues continued begin start end ends
    happen happened happens occur occurred include includes included killed kill kills killing
    wounded injured died dead number numbers hundreds thousands dozens scores million billion
    percent per cent day days week weeks month months year years time times hour hours minute
    minutes morning afternoon evening night p.m a.m pm am part parts sides way ways thing things
    kind lot place places area areas people person man men woman women children child member members
    group groups total south north east west southern northern eastern western central city town
    village province countryside region outskirts statement statements press agency agencies
    interview report reports reporter reporters witnesses activist latest recent former current new
    old big large small good bad high low long short full whole third various different certain
    major main key senior top local monitor around nearly almost non being having done doing
""")
)
# What stands behind these is asked for, judged, or ruled in or out.
ISSUE_VERBS = (
    URGING
    | JUDGING
    | words("""
    vetoed vetoes blocked boycotted voted signed ratified adopted should must support opposition
    rejection end stop halt ban allow prevent
""")
) - NOUN_VERB_HOMOGRAPHS
_NON_ISSUE_NOUNS = words("""
    toll claim claims organization organizations organisation organisations institution institutions
    population situation condition conditions section station stations position explosion explosions
    hospital hospitals capital animals journal criminal original individuals materials audience
    residence department apartment apartments moment element elements evidence science experience
    ambulance
""")
_ACTION_SUFFIXES = (
    "tion",
    "sion",
    "ment",
    "ship",
    "ance",
    "ence",
    "tions",
    "sions",
    "ments",
    "al",
    "als",
)
_ISSUE_NOUNS = words("""
    talks deal deals plan plans law laws bill bills reform reforms tax taxes tariff tariffs ban bans
    quota quotas cap caps treaty accord pact truce ceasefire cease-fire sanctions embargo aid access
    corridor corridors support strikes airstrikes raids campaign offensive vote votes referendum
    moratorium subsidies subsidy price prices budget cuts pension pensions rights zone zones probe
    inquiry weapons arms program programme scheme proposal proposals rules policy policies measures
    summit roadmap mandate mission blockade siege bid levy charge fund dam mine mining rent wages
    waiver licence license exports imports crimes attacks
""")
MIN_ACTION_NOUN_CHARS = 7  # a shorter noun with such an ending is mostly another word ("ration")


def is_issue_noun(noun: str) -> bool:
    """Whether a noun names what politics is about: an action ("removal") or a measure ("tax").

    >>> is_issue_noun("removal"), is_issue_noun("ambulance")
    (True, False)
    """
    if noun in _NON_ISSUE_NOUNS:
        return False
    is_action = len(noun) >= MIN_ACTION_NOUN_CHARS and noun.endswith(_ACTION_SUFFIXES)
    return noun in _ISSUE_NOUNS or is_action


# Shell nouns: nouns that refer back to what the text has just described ("the move"). After Schmid
# (2000), *English Abstract Nouns as Conceptual Shells*: those that news uses for policies, acts and
# claims. Nouns of concrete events ("the strike") need not refer back with a plain article.
SHELL_NOUNS = words("""
    move moves plan plans proposal proposals idea ideas decision decisions measure measures step
    steps suggestion suggestions initiative initiatives scheme schemes policy policies demand
    demands request requests offer offers action actions prospect notion project projects
    claim claims allegation allegations charge charges accusation accusations assertion assertions
    legislation bill bills law laws amendment
    amendments resolution resolutions motion motions provision provisions rule rules ban bans deal
    deals agreement agreements accord treaty pact arrangement reform reforms change changes cut cuts
    incident practice practices strategy programme program package
""")
# Shell nouns that are places or broadcasts behind "on" and the like: "said on the steps".
PLACE_NOUNS = words("steps step programme program")
PLACING = words("on at down up from outside")
# With a demonstrative ("these attacks"), also nouns of events refer back.
EVENT_NOUNS = words("""
    attack attacks strike strikes raid raids crime crimes act acts killing killings bombing bombings
    massacre operation operations campaign violation violations tariff tariffs sanctions tax taxes
    price prices threat threats talks summit meeting process vote result outcome situation
    development behaviour behavior conduct tragedy outrage failure
""")
EVALUATIVE_MODIFIERS = words("""
    a an whole entire very same latest proposed planned controversial unusual unilateral misguided
    reckless bold radical historic new hasty dangerous
""")
"""Modifiers that judge or place the thing, and do not name another."""
DEMONSTRATIVES = words("this that these those such")
"""Determiners that make any of these nouns refer back."""
