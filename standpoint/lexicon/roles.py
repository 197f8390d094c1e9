"""The nouns by which news speaks of people, bodies and officials once they are known."""


def _nouns(text: str) -> frozenset[str]:
    return frozenset(text.split())


TITLES = _nouns("""
    minister president premier chancellor diplomat envoy ambassador secretary commissioner governor
    mayor senator spokesman spokeswoman spokesperson chairman chairwoman chairperson chair chief
    adviser advisor negotiator leader director bishop archbishop general lawmaker official economist
    judge rapporteur delegate coordinator convener treasurer whip premier king queen emir sultan
    prince pope patriarch sheikh colonel admiral congressman congresswoman deputy speaker
    prosecutor professor founder head
""")
# Titles that by themselves mean too much: a piece of furniture, anybody of rank.
NOT_ALONE = _nouns("chair head official deputy")
# A title that covers others: whoever was introduced by one of these can be meant by it.
BROADER = {
    "diplomat": _nouns("minister secretary envoy ambassador negotiator delegate diplomat"),
    "envoy": _nouns("envoy ambassador"),
    "ambassador": _nouns("envoy ambassador"),
    "leader": _nouns("leader president premier chancellor chairman chairwoman king emir minister"),
    "premier": _nouns("premier minister"),
    "chairman": _nouns("chairman chair"),
    "chairwoman": _nouns("chairwoman chair"),
    "adviser": _nouns("adviser advisor"),
    "advisor": _nouns("adviser advisor"),
}
PLURAL_TITLES = {
    **{f"{title}s": title for title in TITLES if not title.endswith(("man", "y"))},
    **{f"{title[:-3]}men": title for title in TITLES if title.endswith("man")},
    "secretaries": "secretary",
    "deputies": "deputy",
    "chiefs": "chief",
}
RANKS = _nouns("""
    top chief senior veteran outgoing incoming new young own embattled powerful influential visiting
""")

# Bodies whose head noun alone names them once they are known.
BODIES = _nouns("""
    federation bank union court commission party alliance association agency ministry council
    coalition movement authority board committee mission panel tribunal forum institute foundation
    fund secretariat parliament senate assembly church university league syndicate guild caucus
    congress front bloc campaign regulator watchdog bureau organisation organization cooperative
    company firm group club network society trust confederation chamber community caucus synod
    patriarchate embassy delegation corporation consortium charity lobby observatory
""")
# Bodies whose nouns mean other things as well: alone, they count only where written large.
ALSO_THINGS = _nouns(
    "lobby front chamber campaign society trust church community club network fund"
)

# What stands behind the adjective of a state and makes it the state's side.
OFFICES = _nouns("""
    government authorities official officials ministry ministries minister ministers delegation
    delegations delegate delegates diplomat diplomats negotiator negotiators envoy envoys embassy
    troops forces army military administration regime leadership leaders leader president premier
    cabinet mission side team representative representatives ambassador ambassadors spokesman
    spokeswoman spokesperson chancellor presidency king monarch emir navy consul consulate
""")
STATE_VOICES = _nouns("television tv media radio agency broadcaster newspaper")
BETWEEN_STATE_AND_OFFICE = _nouns("""
    foreign defence defense interior finance health trade energy agriculture farm culture justice
    economy economic transport environment climate education labour labor oil prime deputy vice
    senior top chief high level ranking government military ministry
    presidential security intelligence army peace nuclear negotiating diplomatic special federal
    central new own visiting state ground air naval armed un secretary affairs commerce industry
    general most unnamed several some two three and
""")
SINGULAR_OFFICES = _nouns("""
    official minister delegate diplomat negotiator envoy leader president premier representative
    ambassador spokesman spokeswoman spokesperson chancellor king monarch emir consul
""")

# What a body or a state has that speaks or acts for it ("its board", "their lawyers").
PARTS = OFFICES | _nouns("""
    leader leaders chair chairman chairwoman chief director secretary executive
    executives board members member deputies lawmakers lawyers lawyer congress conference
    backbenchers whip candidate candidates petition letter statement report office staff
    spokespeople founder head chief president treasurer convener coordinator
    delegates units branches supporters judges ministers parliament party campaign communique
    secretariat website foreign position view negotiators envoys spokesmen
""")
# Of a person: the body or state he belongs to ("his party").
HOMES = BODIES | _nouns("government side ministry administration")
PERSON_NOUNS = TITLES | _nouns("boss manager executive")
PEOPLE = (
    PERSON_NOUNS
    | frozenset(PLURAL_TITLES)
    | _nouns("""
    man woman men women people farmer resident reporter host presenter neighbour aide somebody
    someone anyone nobody who one colleague member civilian fighter soldier doctor activist witness
    photographer worker commander victim teacher driver boy girl mother father son daughter wife
    husband brother sister lawyer student villager voter citizen refugee analyst expert researcher
    author editor journalist publisher owner manager patient priest imam cleric rabbi nurse
    scientist bomber gunman attacker suspect prisoner guard
""")
)

# Written large behind a name, these make the two the name of something else.
OF_ANOTHER_NAME = _nouns("""
    times post daily herald tribune gazette journal courier chronicle observer mirror guardian
    today news tv television radio press review weekly magazine air airlines airways airport
    university college school academy institute museum library theatre theater hospital hotel
    street avenue road square boulevard bridge tower center centre foundation prize award stadium
    fc cup open olympics games marathon championship exchange
    agreement accord accords treaty protocol declaration convention consensus process pact
    sea ocean strait straits gulf river lake bay peninsula desert island islands mountains valley
    dam canal port county doctrine act
""")
BEFORE_ANOTHER_NAME = _nouns("new north south east west northern southern eastern western")
