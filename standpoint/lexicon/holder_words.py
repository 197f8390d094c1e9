"""Words beside a mention that show whether it can be the holder of a stance, and whose it is.

Written by reading the train codebooks of `seeds/real` and `seeds`.
"""

from standpoint.lexicon.bodies import PART_NOUNS
from standpoint.lexicon.reporting_cues import CUE_NOUNS
from standpoint.lexicon.roles import (
    OFFICE_NOUNS,
    PROXY_NOUNS,
    SPEAKER_ROLES,
    STATE_MEDIA,
    TITLES,
)
from standpoint.lexicon.verbs import JUDGING
from standpoint.lexicon.word_set import words

# People who are not the party or the person that they follow or fight: "Greens voters".
FOLLOWERS = words("""
    voters voter supporters supporter backers fans followers sympathisers sympathizers electorate
    demonstrators protesters critics critic opponents opponent rivals foes enemies victims
""")
# Parts of a body that take its side, or one of their own: "the youth wing of Labour".
PARTS = words("""
    branch branches wing wings faction factions chapter majority minority bloc command economists
    negotiators bishops ranks members group colleagues partners scientists experts activists
    campaigners comrades services coalition weekly newspaper mouthpiece voice
""")
# Bodies of armed people: what they do is their state's act.
TROOPS = words("""
    troops forces army military militaries navy soldiers officers generals colonels commanders jets
    warplanes aircraft units
""")
# What states do, or do it with: "Chilean air strikes".
STATE_ACTS = words("""
    air airstrike airstrikes strike strikes raid raids bombing bombings bombardment shelling
    offensive attack attacks missiles naval intervention retaliation countermeasures
    vetoes
""")
# What has the views of the body or person it belongs to: "a spokesman for Iran".
SPEAKS_FOR = (
    (SPEAKER_ROLES | PROXY_NOUNS | PART_NOUNS | TITLES | OFFICE_NOUNS | STATE_MEDIA | PARTS)
    - FOLLOWERS
    - TROOPS
    - words("campaign position view")
)
# Bodies that have stances of their own, whoever belongs to them: "his party", "Kovac's party".
OWN_BODIES = words("party parties alliance country")
# Parts named by number: "most of the alliance", "few in the delegation".
PARTITIVES = words("""
    most some many few several all both none nobody half one two three four five six seven eight
    nine ten eleven twelve dozens scores hundreds thousands those rest part anybody anyone
    everybody everyone
""")
# Nouns that are somebody's stance: "Kovac's verdict", "the votes of Valdia", "support from".
STANCE_NOUNS = CUE_NOUNS | words("""
    veto vote votes backing approval disapproval stance position positions agreement commitment
    resistance verdict idea offer judgment judgement answer reply bill amendment resolution motion
    price readiness advice reluctance distaste brainchild petition thanks blessing preference
    eye eyes mind efforts effort move bid push plan plans policy policies posture attitude boycott
    campaign line manifesto draft protest protests wish wishes insistence enthusiasm dismay fury
    appreciation words behalf banner circular defence defense decision challenge rules decree speech
    child gleam finding charter letter anger delight relief satisfaction joy
""")
# Conjunctions that are prepositions as well: a verb behind the noun shows which.
CLAUSE_PREPOSITIONS = words("after before since than like")
# Behind "with Valdia", these make the phrase a clause: "with Valdia in favour".
AFTER_WITH = words("in among against opposed voting abstaining opposing backing")
# The forms of deny, behind which a stance is said not to be had.
DENYING = words("deny denies denied denying")
# What may stand between "denied" and the verb: "denied reports that she had opposed".
DENIED_REPORTS = words("""
    that having the any all reports report claims claim rumours rumors suggestions accusations
    allegations charges
""")
# A stance verb behind "denied": "denied that she had ever opposed".
STANCE_VERBS = JUDGING | words("""
    reject oppose back support supporting welcome endorse endorsing condemn criticise criticize
    denounce praise accept accepting approve approving favor favour favoring favouring resist
    resisting object objecting agree agreeing backed
""")
# Verbs and adverbs before "with" that show the same side, or the other: "voted with Hungary".
SIDING = words("""
    vote votes voted voting side sides sided siding agree agrees agreed agreeing disagree disagrees
    disagreed broke breaks together along joined co-sponsoring signed worked working work
""")
# Nouns in -ing, which are no verb with an object.
NOUNS_IN_ING = words("""
    morning evening spring something anything nothing everything meeting meetings building
    hearing briefing ceiling feeling beginning
""")
# The first words of a question that only yes or no can answer.
YES_NO_OPENERS = words("""
    will would does do did is are was were has have had can could should may might must shall won
    wouldn doesn don didn isn aren wasn can't
""")
# Words that set somebody apart from who holds the stance: "unlike A, B opposes it".
CONTRASTING = words("unlike")
# Pronouns that are no subject; "her" is a possessive as well.
OBJECT_PRONOUNS = words("him them whom")
# "Iran-backed": the second word shows that the actor sides with what follows.
SPONSORING = words("backed sponsored led drafted proposed initiated supported")
# "anti-Kovac": the actor is what others are for or against.
COMPOUND_PREFIXES = words("anti pro non ex post pre")
# Words before "for" that make somebody speak or sign in another's name: "spoke for the union".
SPEAKING_FOR = words("spoke spoken speaks speaking counsel signed signs as voted votes")
# Irregular and base forms whose object is no holder: "met Kovac", "to punish Kovac".
MEETING = words("""
    met meet meets beat beats fought fight hit hits sue sues punish defeat destroy eliminate topple
    oust attack visit vote join remove
""")
# People at a place whose views are their own, not its state's: "workers in Valdia".
INHABITANTS = words("""
    workers worker judge economists economist protesters demonstrators voters residents
    farmers students citizens people women men activists unions teachers nurses doctors experts
    analysts investors traders businesses crowds miners drivers journalists families shoppers
    villagers academics lawyers pensioners
""")
# Relatives, whose views are their own: "the wife of Kovac".
RELATIVES = words("""
    wife husband widow son sons daughter daughters brother brothers sister sisters father mother
    parents cousin uncle aunt nephew niece friend friends neighbour neighbor biographer children
""")
# Houses before which people gather: "outside the embassy of Valdia".
HOUSES = words("embassy consulate parliament office offices headquarters residence house palace")
# Prepositions before a house, which is then only where something happens.
BESIDE_HOUSE = words("outside near opposite at around inside before")
# Forms of "blame": who is blamed for a thing has not thereby taken its side.
BLAMING = words("blame blames blamed blaming")
# Participles before "by" that only name a body's head: "the agency, led by Kovac, …".
HEADED = words("led headed chaired run founded presided")
# What a crowd does to somebody: the subject of the passive shows no side.
JEERED = words("booed jeered heckled mobbed pelted egged")
# Nouns that say whose side an apposition is on: "Kovac, an opponent of the tariff".
PARTISANS = words("""
    opponent critic supporter backer advocate champion defender proponent enemy foe fan adversary
""")
