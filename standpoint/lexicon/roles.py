"""Nouns for persons by what they do: titles, offices, and who speaks for whom."""

from standpoint.lexicon.word_set import words

TITLES = words("""
    minister president premier chancellor diplomat envoy ambassador secretary commissioner governor
    mayor senator spokesman spokeswoman spokesperson chairman chairwoman chairperson chair chief
    adviser advisor negotiator leader director bishop archbishop general lawmaker official economist
    judge rapporteur delegate coordinator convener treasurer whip king queen emir sultan prince pope
    patriarch sheikh colonel admiral congressman congresswoman deputy speaker prosecutor professor
    founder head
""")
# Titles that alone mean too much: a piece of furniture, anybody of rank.
AMBIGUOUS_TITLES = words("chair head official deputy")
# A title to those that it covers: whoever was introduced by one of them can be meant by it.
TITLE_HYPERNYMS = {
    "diplomat": words("minister secretary envoy ambassador negotiator delegate diplomat"),
    "envoy": words("envoy ambassador"),
    "ambassador": words("envoy ambassador"),
    "leader": words("leader president premier chancellor chairman chairwoman king emir minister"),
    "premier": words("premier minister"),
    "chairman": words("chairman chair"),
    "chairwoman": words("chairwoman chair"),
    "adviser": words("adviser advisor"),
    "advisor": words("adviser advisor"),
}
PLURAL_TITLES = {
    **{f"{title}s": title for title in TITLES if not title.endswith(("man", "y"))},
    **{f"{title[:-3]}men": title for title in TITLES if title.endswith("man")},
    "secretaries": "secretary",
    "deputies": "deputy",
    "chiefs": "chief",
}
RANKS = words("""
    top chief senior veteran outgoing incoming new young own embattled powerful influential visiting
""")
# Titles before a name that tell of which state's government the person is.
GOVERNMENT_TITLES = words("""
    minister president premier chancellor ambassador secretary envoy spokesman spokeswoman
""")
# Words that make an office another one, below or before the plain title.
DEPUTY_WORDS = words("deputy vice assistant former acting under")
# Words of an office's name that are not its head: "deputy", "foreign". From the titles in CAMEO,
# TABARI and Phoenix actor dictionaries.
OFFICE_QUALIFIERS = words("""
    deputy vice foreign prime defence defense interior finance state chief former acting economy
    trade justice energy assistant special senior general parliamentary press presidential security
""")

# What stands behind the adjective of a state and makes it the state's side.
OFFICE_NOUNS = words("""
    government governments authorities official officials ministry ministries minister ministers
    delegation delegations delegate delegates diplomat diplomats negotiator negotiators envoy
    envoys embassy presidents premiers
    troops forces army military administration regime leadership leaders leader president premier
    cabinet mission side team representative representatives ambassador ambassadors spokesman
    spokeswoman spokesperson chancellor presidency king monarch emir navy consul consulate
""")
# Those who act together without a word of their own: "drills that U.S. and Korean forces hold".
ARMED_OFFICES = words("troops forces")
SINGULAR_OFFICES = words("""
    official minister delegate diplomat negotiator envoy leader president premier representative
    ambassador spokesman spokeswoman spokesperson chancellor king monarch emir consul
""")
STATE_MEDIA = words("television tv media radio agency broadcaster newspaper")
# What may stand between the adjective of a state and the office: "Iranian deputy foreign minister".
OFFICE_MODIFIERS = words("""
    foreign defence defense interior finance health trade energy agriculture farm culture justice
    economy economic transport environment climate education labour labor oil prime deputy vice
    senior top chief high level ranking government military ministry presidential security
    intelligence army peace nuclear negotiating diplomatic special federal central new own visiting
    state ground air naval armed un secretary affairs commerce industry general most unnamed several
    some two three and
""")
# Words before a state's adjective that put an official out of its government.
NOT_IN_OFFICE = words("former ex anti pro non un")

PERSON_NOUNS = TITLES | words("boss manager executive")
PEOPLE_NOUNS = (
    PERSON_NOUNS
    | frozenset(PLURAL_TITLES)
    | words("""
    mum mom dad
    man woman men women people farmer resident reporter host presenter neighbour aide somebody
    someone anyone nobody who one colleague member civilian fighter soldier doctor activist witness
    photographer worker commander victim teacher driver boy girl mother father son daughter wife
    husband brother sister lawyer student villager voter citizen refugee analyst expert researcher
    author editor journalist publisher owner patient priest imam cleric rabbi nurse scientist bomber
    gunman attacker suspect prisoner guard
""")
)

# Nouns by which news names who speaks, titles and bodies alike.
SPEAKER_ROLES = words("""
    spokesman spokeswoman spokesperson ministry government minister official officials president
    leader leaders ambassador envoy envoys delegate delegates delegation negotiator negotiators
    chief secretary-general secretary diplomat diplomats premier chancellor parliament army foreign
    deputy prime commissioner mission representative representatives team side administration
    embassy cabinet authorities head chairman chairwoman chair director executive lawmakers lawmaker
    legislators spokespeople camp
""")
SPOKESPERSONS = words("spokesman spokeswoman spokesperson")
# Titles that many persons of a text have, each of another state: "the president".
RULERS = words(
    "president premier prime chancellor king queen prince emir sultan pope leader minister"
)
# Those who are sent to somebody: "the ambassador to the United Nations".
ENVOY_NOUNS = words("ambassador ambassadors envoy envoys emissary representative delegate adviser")
# Nouns for the staff of somebody: "aides of X" speak for X.
# Offices in which somebody speaks for a body; a professor and a senator speak for themselves.
SPEAKING_OFFICES = (
    PERSON_NOUNS
    | SPOKESPERSONS
    | ENVOY_NOUNS
    | words("partner officer organiser organizer owner trustee steward convenor dean rector")
) - words("professor economist judge prosecutor lawmaker senator governor mayor")
PROXY_NOUNS = words(
    "source sources aide aides office statement lawyer lawyers adviser advisers member members"
)
# Nouns for those whom news asks about markets and politics: a group of "analysts" means them all.
EXPERT_NOUNS = words("""
    analyst analysts economist economists strategist strategists dealer dealers trader traders
    expert experts commentator commentators broker brokers professor professors
    specialist specialists
""")
# Who speaks for a person; a minister or a cabinet has views of its own: "her office", "his lawyer".
PERSONAL_PROXIES = PROXY_NOUNS - words("member members") | words("""
    spokesman spokeswoman spokesperson spokespeople team camp side envoy representative
    representatives letter statements communique declaration tweet post message petition report
    website
""")
# Words of names of financial firms, whose people markets news quotes as dealers and economists.
FINANCIAL_FIRMS = words("bank bankers securities brothers brokerage savings futures")
# Words beside "bank" that make it no firm: "the World Bank", "the central bank".
PUBLIC_BANK_WORDS = words("central world federal reserve national development monetary state")
# Nouns behind a name that speak in its stead: "Trump supporters".
FOLLOWER_NOUNS = words("""
    supporters campaign voters officials aides allies delegates leaders lawmakers government
    administration ministry team spokesman spokeswoman delegation party
""")
# Nouns in small letters that belong to the name behind them: "Republican candidate Trump".
ROLES_BEFORE_NAME = (
    SPEAKER_ROLES
    | TITLES
    | words("""
    candidate candidates nominee frontrunner strategist strategists reporter journalist author host
    co-host attorney lawyer analyst former rep presidential campaign rival editor columnist pollster
    activist businessman senators then correspondent aide aides advisers
""")
)

# Nouns that describe a person beside the name, and alone mean him or her later: "X, a teacher".
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
