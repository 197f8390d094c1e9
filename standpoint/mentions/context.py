"""What the words around a mention tell: whether a phrase ends, whether somebody acts."""

from standpoint.lexicon import (
    ACTING,
    BESIDE_A_VERB,
    JUDGING,
    NOT_BEFORE_A_SUBJECT,
    SPEAKING,
    URGING,
)
from standpoint.text import stem_of

TELLING = SPEAKING | URGING | JUDGING
ARTICLES = frozenset({"the", "a", "an"})
HELPING = BESIDE_A_VERB | frozenset(
    """
    should may might must shall can cannot longer even only first soon recently instead ever yet
    today wo doesn don didn hasn haven wouldn isn wasn so far long often simply
""".split()
)
# What may follow a noun phrase that is whole.
AFTER_A_PHRASE = (
    HELPING
    | NOT_BEFORE_A_SUBJECT
    | frozenset(
        """
        and or but nor yet that which who whom whose when while where whether as if because until
        unless though although whereas to the a an his her its their he she it they we this these
        those each what how why met went came made took had gave got held sat stood spoke felt saw
        put cast kept left began ran sent won lost grew fell rose brought bought sold paid found
        thought chose broke wrote drew led let set hit knew fought
        monday tuesday wednesday thursday friday saturday sunday yesterday tomorrow
""".split()
    )
)
_MENTAL = frozenset(
    """
    regret note hear heard prefer plan intend expect fear thank prais favour favor oppos deplor
    endors disagre hope know knew want need tri tabl ask get went gave give held meet met made make
    vow refus declin urg agre disapprov promis threaten intend consid decid choos chose put took
    take ran run see saw keep kept stand stood argu advis publish issu
    welcom recommend describ collect launch campaign
""".split()
)
# Of a text, a plan or a chain of events as well as of somebody.
_NOT_ONLY_OF_ACTORS = frozenset(
    """
    end begin began start stop turn open close cut left return state suggest indic reveal show read
    signal stop freez froze lift end strike struck tore report join drop recal follow march
    pass ship predict estim impos confirm ban halt block mean meant seek sought arm
""".split()
)
_DOING = (frozenset(stem_of(verb) for verb in TELLING | ACTING) | _MENTAL) - _NOT_ONLY_OF_ACTORS


def is_doing(key: str) -> bool:
    """Whether a word in a verb's place says what only somebody does.

    >>> is_doing("rejected"), is_doing("rained")
    (True, False)
    """
    return stem_of(key) in _DOING


def may_follow(key: str) -> bool:
    """Whether a word may stand right behind a whole noun phrase.

    >>> may_follow("said"), may_follow("congress")
    (True, False)
    """
    if key in AFTER_A_PHRASE or key in TELLING or key in ACTING or key.endswith(("ed", "ly")):
        return True
    return key.endswith("s") and is_doing(key)
