"""Words that are no part of what is at issue, and nouns that are like it."""

CLOSED = frozenset(
    """
    i me you him them us who whom whose which that myself himself herself itself themselves someone
    anyone everyone something anything everything nothing such same own other others another very
    much less least most more enough too rather quite already always never ever often sometimes
    once again ago back away down through throughout together well far near early late vital
    crucial important necessary responsible likely possible able unable ready going due according
    including following saying like amid despite whether either neither both than then thus hence
    also just only even still hit hits led met won lost fell rose sent based backed made make makes
    making get gets got getting took take takes taking taken give gives gave given came come comes
    coming went go goes gone keep keeps kept held hold holds put puts set sets let lets used use
    uses using become became becoming remain remains remained remaining seem seems seemed appear
    appears appeared show shows showed shown see sees saw seen find found know known knew need
    needs needed want help helps helped work works worked continue continues continued begin start
    end ends happen happened happens occur occurred include includes included killed kill kills
    killing wounded injured died dead least number numbers hundreds thousands dozens scores million
    billion percent per cent day days week weeks month months year years time times hour hours
    minute minutes morning afternoon evening night today p.m a.m pm am part parts side sides way
    ways thing things kind lot place places area areas people person man men woman women children
    child member members group groups others total south north east west southern northern eastern
    western central city town village province countryside region outskirts statement statements
    press news agency agencies spokesman spokeswoman interview report reports reporter reporters
    official officials source sources witnesses activist activists latest recent former current new
    old big large small good bad high low long short full whole own next last first second third
    several various different certain major main key senior top local monitor according late early
    least around nearly almost not no non been being be is are was were am have has had having do
    does did done doing
""".split()
)
AMBIGUOUS = frozenset(
    """
    calls claims reports demands orders requests supports attacks vote votes blocks bans talks
    report support attack ban halt cut cuts proposals hopes
""".split()
)
_NOT_AT_ISSUE = frozenset(
    """
    toll claim claims organization organizations organisation organisations institution
    institutions population situation condition conditions section station stations position
    explosion explosions hospital hospitals capital animals journal criminal original individuals
    materials audience residence department apartment apartments moment element elements evidence
    science experience ambulance
""".split()
)
_DOINGS = ("tion", "sion", "ment", "ship", "ance", "ence", "tions", "sions", "ments", "al", "als")
_AT_ISSUE = frozenset(
    """
    talks deal deals plan plans law laws bill bills reform reforms tax taxes tariff tariffs ban
    bans quota quotas cap caps treaty accord pact truce ceasefire cease-fire sanctions embargo aid
    access corridor corridors support strikes airstrikes raids campaign offensive vote votes
    referendum moratorium subsidies subsidy price prices budget cuts pension pensions rights zone
    zones probe inquiry weapons arms program programme scheme proposal proposals rules policy
    policies measures summit roadmap mandate mission blockade siege bid levy charge fund dam mine
    mining rent wages waiver licence license exports imports crimes attacks
""".split()
)


def is_at_issue(noun: str) -> bool:
    """Whether a noun is the like of what politics is about: a doing ("removal"), or a measure."""
    if noun in _NOT_AT_ISSUE:
        return False
    return noun in _AT_ISSUE or (len(noun) > 6 and noun.endswith(_DOINGS))
