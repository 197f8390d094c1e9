"""Function words: the closed classes of English, and positions that only they can fill.

Some lists are near copies of each other: each belongs to one rule, and the rules were tuned apart.
"""

from typing import Literal

from standpoint.lexicon.calendar import DAYS, MONTHS
from standpoint.lexicon.word_set import words

ARTICLES = words("the a an")
DETERMINERS = words("""
    the a an this that these those some any many most several few all no each every both another
    other more one two three his her its their my our your
""")
POSSESSIVE_DETERMINERS = words("his her its their my our your whose")
POSSESSIVE_PRONOUNS = words("his her its their")
ARTICLES_AND_POSSESSIVES = ARTICLES | POSSESSIVE_PRONOUNS
# Determiners that show a noun's referent to be known, or to be new.
DEFINITE_DETERMINERS = POSSESSIVE_DETERMINERS | words("the this that")
INDEFINITE_WORDS = words("a an another one former ex every any some no each")
PRONOMINAL_QUANTIFIERS = words("some others many one most few several all two three")
# Quantifiers that can be the subject of a cue verb ("some say").
SUBJECT_QUANTIFIERS = words("some most few several one another")
# Quantifiers that float between a subject and its verb ("they all said").
FLOATING_QUANTIFIERS = words("all both each")
# Determiners that are never pronouns.
PURE_DETERMINERS = DETERMINERS - words("all both that this many")
# Words that open an apposition: "Roe, now the minister of".
APPOSITION_OPENERS = words("a an the now then both his her one")

SINGULAR_PRONOUNS = words("he she it")
SUBJECT_PRONOUNS = words("he she they i we you it who")
# The personal ones alone, without "who".
PERSONAL_PRONOUNS = words("i you he she we they it")
# Who speaks, as the source of an attribution in his or her own words: "I myself doubt that".
FIRST_PERSONS = words("i we me us myself ourselves") | {"i myself", "we all"}
# Words that mention who speaks.
FIRST_PERSON_SINGULAR = words("i me my mine myself")
OBJECT_PRONOUNS = words("him her them me us it you")
# Objects of "made him say" and "asked them to say", who are the subject of what follows.
CAUSEE_PRONOUNS = words("him her them us me")
RELATIVE_PRONOUNS = words("who which that whom")
PRONOUN_GENDERS: dict[str, Literal["he", "she"]] = {
    "he": "he",
    "his": "he",
    "him": "he",
    "she": "she",
    "her": "she",
}
THIRD_PERSON_PRONOUNS = frozenset(PRONOUN_GENDERS) | words("it its they their")

CONJUNCTIONS = words("and but or yet then nor")
# With "so", which joins clauses and no phrases.
CLAUSE_CONJUNCTIONS = CONJUNCTIONS | {"so"}
SUBORDINATORS = words("""
    that as if when while although though because since unless whether where why how what after
    before until once whereas
""")
# Words that open a clause before its subject; the three left out are as often prepositions.
CLAUSE_OPENERS = (SUBORDINATORS | CONJUNCTIONS) - {"before", "after", "as"}

# A noun behind one of these is no subject.
PREPOSITIONS = words("""
    in to with from of for by at on against under over near about into after before since between
    among toward towards via per than like despite without within outside inside behind amid
""")
# Words behind the head of a noun phrase: what follows qualifies the head or starts another phrase.
AFTER_HEAD = PREPOSITIONS | words("""
    and or but who which that whom whose as when where while himself herself itself themselves
""")
# Prepositions that attach a phrase to the noun before it.
NOUN_PREPOSITIONS = words("of for from in at with to on by against near behind about inside")
# Those that attach one to a speaker behind the verb: "said the head of the mission".
SPEAKER_PREPOSITIONS = words("of for from at with in")
# Two lists of where something is: `PLACE_PREPOSITIONS` counts how often a name is a place in whole
# corpora, `LOCATIVE_PREPOSITIONS` decides on one mention and leaves out what is often no place.
PLACE_PREPOSITIONS = words("in at near from outside around across inside into toward towards over")
LOCATIVE_PREPOSITIONS = words("in near inside across outside throughout into")
# Words before the one who is spoken to, or acted upon, and so does not hold the stance.
BEFORE_ADDRESSEE = words("to told tell urged asked with against on from at of for")

TO_BE = words("is was were are be been being am isn wasn weren aren isnt wasnt werent arent")
PASSIVE_AUXILIARIES = words("was were is been are being")
# Modal verbs, "do", "help", and "to", whose verb is in the base form.
MODALS = words("""
    didnt doesnt dont wont wouldnt couldnt shouldnt cant hasnt havent hadnt to will would can could
    may might must shall should do does did not n't t don doesn didn won wouldn couldn can't cannot
    never ll d let help helps helped
""")
FINITE_AUXILIARIES = TO_BE | MODALS | words("has have had")
# Words right before a verb in its base form, in running text whose contractions were not cut.
BEFORE_BASE_VERB = words("to would will could can may might should must not did does do")
NEGATIONS = words("""
    not no never none neither nor without cannot n't t refused denied rejected failed lack
""")
# Auxiliaries of what a speaker is going to do or has done: "Iran said it would reply".
VOLITION = words("would will had has did could can intends plans")
# Verbs that need no doer: "it would be wise", "it will rain", "it had seemed".
EXPLETIVE_VERBS = words("""
    be been seem seemed appear appeared take taken rain rained snow matter depend remain remained
    happen happened become come turn turned mean make cost not never also
""")
CONDITIONALS = words("if unless whether until provided would could may might should")
DEGREE_ADVERBS = words("more less most least very so too")

# Auxiliaries, adverbs and days that stand between a subject and its verb. The two longer lists
# were tuned apart: one for what follows a mention, the other for what stands before a cue.
PREVERBAL = DAYS | words("""
    has have had is was were are be been also again later then now still once twice not never
    already earlier today yesterday would will could did does do both all himself herself itself
    themselves reportedly
""")
AFTER_SUBJECT = PREVERBAL | words("""
    should may might must shall can cannot longer even only first soon recently instead ever yet wo
    doesn don didn hasn haven wouldn isn wasn so far long often simply
""")
BEFORE_CUE = (
    PREVERBAL
    | TO_BE
    | MODALS
    | words("""
    ve further hasn haven hadn only even first simply just often always long too instead however
    meanwhile likewise longer remains remain remained seems seemed seem appears appeared appear so
    far ever rather soon tonight sometimes having
""")
) - words("to let both all")

FUNCTION_WORDS = (
    PREPOSITIONS
    | DETERMINERS
    | SUBJECT_PRONOUNS
    | OBJECT_PRONOUNS
    | RELATIVE_PRONOUNS
    | CONJUNCTIONS
    | SUBORDINATORS
    | FINITE_AUXILIARIES
)
# Function words that stand for no noun.
NEVER_NOUNS = FUNCTION_WORDS - words("some many most one all those")
# What may follow a noun phrase that is whole: with frequent irregular pasts, which no ending shows.
AFTER_NOUN_PHRASE = (
    AFTER_SUBJECT
    | PREPOSITIONS
    | SUBORDINATORS
    | CLAUSE_CONJUNCTIONS
    | RELATIVE_PRONOUNS
    | ARTICLES_AND_POSSESSIVES
    | words("""
    whose he she it they we this these those each met went came made took gave got held sat stood
    spoke felt saw put cast kept left began ran sent won lost grew fell rose brought bought sold
    paid found thought chose broke wrote drew led let set hit knew fought tomorrow including
""")
)
# Phrases that are the subject of no attribution.
NEVER_A_SPEAKER = (
    SUBJECT_PRONOUNS
    | OBJECT_PRONOUNS
    | RELATIVE_PRONOUNS
    | POSSESSIVE_DETERMINERS
    | words("one some others many neither both most each none all this these those there")
)

# Words before a collective noun that leave it without an owner: "the rebels", "some activists".
BEFORE_COLLECTIVE = words("the said by some many several")
# Small words that join two nouns of one phrase: "access to civilians", "removal from power".
PHRASE_JOINTS = words("of for to from on in over with against between")
# Words before the first noun of a phrase that show where it begins.
PHRASE_OPENERS = words("the a an any this that these its their his her our no of for on over")
# Words that may stand between the start of a sentence and its subject.
BEFORE_SUBJECT = (
    DAYS
    | MONTHS
    | words("""
    and but or yet so then now while instead meanwhile still however today yesterday year month week
""")
)
# Nouns and verbs in -ly.
_NOT_ADVERBS = words("""
    rally family ally july italy assembly reply supply monopoly bully anomaly fly apply rely imply
    only
""")


def is_preverbal(key: str) -> bool:
    """Whether a word may stand between a subject and its verb: an auxiliary or an adverb."""
    return key in BEFORE_CUE or is_ly_adverb(key)


def is_ly_adverb(key: str) -> bool:
    """Whether a word is an adverb by its ending.

    >>> is_ly_adverb("firmly"), is_ly_adverb("family")
    (True, False)
    """
    return key.endswith("ly") and key not in _NOT_ADVERBS
