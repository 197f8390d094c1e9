"""Nouns that describe an actor beside its name, and alone mean it later: "X, a teacher"."""

from standpoint.lexicon.bodies import BODY_NOUNS, GENERIC_NOUNS
from standpoint.lexicon.roles import PEOPLE_NOUNS, PLURAL_TITLES, TITLES
from standpoint.lexicon.word_set import words

_OCCUPATIONS = words("""
    academic actor actress anchor architect artist astronaut athlete attorney author baker banker
    barrister biologist blogger boxer broadcaster broker builder businessman businesswoman
    businessperson captain chef chemist coach columnist comedian commentator composer consultant
    contractor correspondent councillor councilor critic curator dancer dean designer detective
    developer economist editor educator engineer entrepreneur filmmaker firefighter fisherman
    footballer goalkeeper graduate historian instructor inspector investor journalist lecturer
    legislator librarian lieutenant lobbyist magnate mathematician medic merchant midwife miner
    monk musician novelist nun officer operative organiser organizer painter paramedic pastor
    philanthropist philosopher photographer physician physicist pianist pilot player playwright poet
    policeman policewoman politician presenter producer programmer psychologist publisher rapper
    researcher sailor scholar sculptor sergeant shopkeeper singer sociologist specialist statesman
    strategist student surgeon teacher technician technocrat therapist theologian trader trainer
    translator tutor tycoon veteran veterinarian vocalist worker writer homeopath cardinal
""")
_RELATIONS_AND_STATIONS = words("""
    activist adversary ally billionaire boss boy campaigner celebrity candidate challenger child
    cleric colleague confidant conservative convert defector defender democrat detainee dissident
    donor exile expert fan father figure founder frontrunner fugitive girl grandfather grandmother
    guest hero hostage icon immigrant incumbent influencer inmate insider intellectual islamist
    kid lad leftist legend liberal loyalist man member migrant militant millionaire moderate mogul
    mother nationalist native neighbor neighbour nephew niece newcomer nominee opponent orphan
    outsider parent parliamentarian participant partner passenger patient patriot personality
    pioneer populist president-elect prisoner progressive protester pupil rebel reformer reformist
    refugee relative representative republican resident retiree rival scientologist separatist
    socialist star successor predecessor supporter survivor suspect sympathiser sympathizer teen
    teenager veteran victim villager volunteer warrior whistleblower widow widower winner witness
    woman youngster youth centrist communist backbencher frontbencher
""")
PERSON_DESCRIPTIONS = (
    (PEOPLE_NOUNS | TITLES | _OCCUPATIONS | _RELATIONS_AND_STATIONS)
    - frozenset(PLURAL_TITLES)
    - words("men women people who one somebody someone anyone nobody chair head")
)
# Nouns of which a person was described as another: "the kid" is the boy.
PERSON_SYNONYMS = {
    "boy": words("lad kid youngster youth teenager teen child"),
    "girl": words("kid youngster youth teenager teen child"),
    "student": words("pupil"),
    "teenager": words("teen youth youngster"),
}
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
SYNONYMS = PERSON_SYNONYMS | EVENT_SYNONYMS
STATE_DESCRIPTIONS = words("""
    country nation state kingdom republic neighbour neighbor ally power member rival backer exporter
    importer producer economy island democracy monarchy
""")
# Nouns that do not mean the actor later, as too many others are called so as well; nouns that fit
# any body count only for the last one named (`GENERIC_NOUNS`).
NOT_LATER = frozenset(GENERIC_NOUNS) | words(
    "ally rival member neighbour neighbor power state supporter figure victim"
)
