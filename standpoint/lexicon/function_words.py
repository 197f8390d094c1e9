"""The closed classes of English words: those that frame a sentence and name nobody."""

from standpoint.lexicon.verbs import BESIDE_A_VERB, NOT_BEFORE_A_SUBJECT

DETERMINERS = frozenset(
    "the a an this that these those some any many most several few all no each every both another "
    "other more one two three his her its their my our your".split()
)
POSSESSIVES = frozenset("his her its their my our your whose".split())
SUBJECT_PRONOUNS = frozenset("he she they i we you it who".split())
OBJECT_PRONOUNS = frozenset("him her them me us it you".split())
RELATIVES = frozenset("who which that whom".split())
JOINING = frozenset("and but or yet then nor".split())
SUBORDINATORS = frozenset(
    "that as if when while although though because since unless whether where why how what "
    "after before until once whereas".split()
)
TO_BE = frozenset(
    "is was were are be been being am isn wasn weren aren isnt wasnt werent arent".split()
)
MODALS = frozenset(
    "didnt doesnt dont wont wouldnt couldnt shouldnt cant hasnt havent hadnt "
    "to will would can could may might must shall should do does did not n't t don doesn didn won "
    "wouldn couldn can't cannot never ll d let help helps helped".split()
)
HELPERS = (
    BESIDE_A_VERB
    | TO_BE
    | MODALS
    | frozenset(
        "d ve further hasn haven hadn only even first simply just often always long too instead "
        "however meanwhile likewise longer remains remain remained seems seemed seem appears "
        "appeared appear so far ever rather soon later earlier today yesterday tonight sometimes "
        "has have had having".split()
    )
) - {"to", "let", "both", "all"}
TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tonight january "
    "february march april june july august september october november december week month year "
    "morning afternoon evening night weekend summer autumn winter".split()
)
FUNCTION_WORDS = (
    NOT_BEFORE_A_SUBJECT
    | DETERMINERS
    | SUBJECT_PRONOUNS
    | OBJECT_PRONOUNS
    | RELATIVES
    | JOINING
    | SUBORDINATORS
    | TO_BE
    | MODALS
    | frozenset("has have had".split())
)
_NO_ADVERBS = frozenset(
    "rally family ally july italy assembly reply supply monopoly bully anomaly fly apply rely "
    "imply only".split()
)


def is_an_adverb(key: str) -> bool:
    """Whether a word may stand between a verb and its subject."""
    return key in HELPERS or is_in_ly(key)


def is_in_ly(key: str) -> bool:
    """Whether an adverb by its ending.

    >>> is_in_ly("firmly"), is_in_ly("family")
    (True, False)
    """
    return key.endswith("ly") and key not in _NO_ADVERBS
