"""Nouns for bodies: organisations, governments, and groups of people."""

from standpoint.lexicon.roles import OFFICE_NOUNS
from standpoint.lexicon.word_set import words

# Bodies whose head noun alone names them once they are known.
BODY_NOUNS = words("""
    federation bank union court commission party alliance association agency ministry council
    coalition movement authority board committee mission panel tribunal forum institute foundation
    fund secretariat parliament senate assembly church university league syndicate guild caucus
    congress front bloc campaign regulator watchdog bureau organisation organization cooperative
    company firm group club network society trust confederation chamber community synod patriarchate
    embassy delegation corporation consortium charity lobby observatory
""")
# Of the ambiguous ones, those that are houses where a preposition governs them, else bodies.
HOUSED_BODIES = words("church club")
# Body nouns that mean other things as well: alone, they count only with a capital.
AMBIGUOUS_BODIES = words(
    "lobby front chamber campaign society trust church community club network fund"
)
# Words that show a name to be a body's and no person's. From CAMEO, TABARI and Phoenix actor
# dictionaries, with the words of other languages that their names contain.
BODY_NAME_WORDS = words("""
    party front movement army brigade brigades council coalition ministry government union committee
    court police force forces bank association organization organisation organizations group groups
    federation alliance league congress parliament assembly senate department agency authority
    bureau office commission institute university company corporation corp inc ltd foundation fund
    center centre society club network board corps guard guards militia command faction cell
    battalion regime junta cabinet administration embassy service services academy school college
    newspaper times news agencies television radio mission contingent delegation regiment division
    fighters martyrs state republic republics kingdom region province palace house forum initiative
    resistance revolution revolutionary liberation tigers vanguard commandos gang tribe clan
    syndicate cartel states trust church conference campaign program programme project partnership
    secretariat staff unit units declaration brotherhood rebels militants separatists people peoples
    workers students women youth rights internet limited laboratories soldiers citizens civilians
    officials troops intelligence security defence defense affairs national international united
    democratic socialist communist islamic popular treaty pact committees councils parties tv
    channel observatory ministries commissions companies frente partido parti movimiento ejercito
    harakat jaysh jaish lashkar hizb hezb jabhat jamaat jamiat liwa liwaa katibat katiba tanzim
    mouvement armee ansar jund lashkar-e
""")
# Groups who act without a name: "rebels said".
COLLECTIVE_NOUNS = words("""
    opposition army military forces rebels fighters troops activists militants militias lawmakers
    diplomats residents civilians protesters refugees police insurgents jihadists separatists
    farmers unions workers students employers doctors scientists teachers campaigners lawyers
    senators deputies ministers governments leaders mediators investigators experts observers
    critics supporters victims villagers migrants tenants landlords
""")
# Nouns that make "the Syrian ..." the state itself.
GOVERNMENT_NOUNS = words("government regime authorities officials administration ministry")
# Heads of names that news prints in small letters: "Syrian government".
LOWERCASE_HEADS = words("""
    government regime administration forces troops official officials spokesman spokeswoman
    spokesperson authorities leadership fighters rebels militants soldiers
""")
# What is called after a person without being him: "the Assad regime".
NAMED_AFTER_PERSON = words("""
    regime administration government camp era supporters family clan loyalists forces troops army
    campaign doctrine plan
""")

# Sides that a noun alone means once their whole name was read: "the regime". Not "the army": any
# state has one.
SIDE_NOUNS = words("regime opposition authorities")
# Nouns behind the noun for a body that make it speak or act: "coalition spokesman".
COMPOUND_HEADS = words("""
    spokesman spokeswoman spokesperson spokespeople official officials source sources chief director
    commander commanders forces troops soldiers fighters warplanes jets aircraft helicopters
    activists groups lawmakers negotiators negotiator leaders leader
""")
# What a body or a state has that speaks or acts for it ("its board", "their lawyers").
PART_NOUNS = OFFICE_NOUNS | words("""
    chair chairman chairwoman chief director secretary executive executives board members member
    deputies lawmakers lawyers lawyer congress conference backbenchers whip candidate candidates
    petition letter statement report office staff spokespeople founder head treasurer convener
    coordinator units branches supporters judges parliament party campaign communique secretariat
    website foreign position view spokesmen
""")
# The body or state that a person belongs to ("his party").
HOME_BODIES = BODY_NOUNS | words("government side administration")
STATE_HOMES = words("government side administration")
# Body nouns that fit a body whose name has no body noun.
GENERIC_BODIES = words("party company group organisation organization")
# Nouns for any state or body just named, to kinds of actors: "the country", "the company".
GENERIC_NOUNS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("country", "nation", "republic", "kingdom"), ("state",)),
    **dict.fromkeys(("company", "firm", "party", "agency", "government"), ("organisation",)),
    **dict.fromkeys(("organisation", "organization", "team"), ("organisation",)),
    "group": ("organisation", "group"),
}
# Of these, nouns that fit a body whose name has another noun: "the Green Party … the organisation".
UNIVERSAL_NOUNS = words("organisation organization")
# Plural nouns for actors of which two may be meant ("the two sides"), to kinds of actors.
KINDS_BY_PLURAL = {
    **dict.fromkeys(("governments", "countries", "states", "nations"), ("state",)),
    **dict.fromkeys(("sides", "parties"), ("state", "organisation", "group")),
    **dict.fromkeys(("organisations", "organizations"), ("organisation",)),
    "groups": ("organisation", "group"),
}

# Nouns that describe a body beside its name, and alone mean it later: "X, a charity".
_EVENTS = words("competition contest convention expo exhibition festival fair tournament summit")
BODY_DESCRIPTIONS = (
    BODY_NOUNS
    | _EVENTS
    | words("""
    airline army bank brand broadcaster brewery business cartel carmaker chain college competitor
    denomination developer employer enterprise exchange exporter faction gallery giant hospital
    importer insurer lender laboratory library magazine maker manufacturer militia minority museum
    newspaper newswire nonprofit operator organiser outfit outlet producer project provider
    programme program publication publisher refiner retailer rival school startup subsidiary
    supplier team tribe union utility website
""")
)
# Of these, nouns behind a name that mean the body itself; "the UN agency" is another.
NOUNS_BEHIND_NAMES = _EVENTS - {"summit"} | words(
    "group movement party company organisation organization militia firm network"
)
# Bodies that are called so throughout a text.
LASTING_NOUNS = BODY_NOUNS | _EVENTS | words("contest event")
# The only event among the actors by other nouns: "the competition", then "the contest".
EVENT_SYNONYMS = dict.fromkeys(_EVENTS, words("event")) | {
    "competition": words("contest event"),
    "tournament": words("competition event"),
    "expo": words("convention event"),
}
STATE_DESCRIPTIONS = words("""
    country nation state kingdom republic neighbour neighbor ally power member rival backer exporter
    importer producer economy island democracy monarchy
""")
# Nouns that do not mean the actor later, as too many others are called so as well; nouns that fit
# any body count only for the last one named (`GENERIC_NOUNS`).
NOT_LATER = frozenset(GENERIC_NOUNS) | words(
    "ally rival member neighbour neighbor power state supporter figure victim"
)
