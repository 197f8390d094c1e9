"""Forms of words that a stemmer gets wrong: British spelling, nouns of actions, unrelated stems."""

from standpoint.lexicon.word_set import words

# Nouns of actions with their verbs, and irregular forms of verbs, where the Snowball stems differ:
# "Assad's departure" is that Assad departs. Those that share a stem ("removal") need no entry.
# Only cues of several words have both forms: alone, "close" says much less than "closure".
ACTION_FORMS = """
    ouster/oust departure/depart invasion/invade expulsion/expel extension/extend expansion/expand
    reduction/reduce introduction/introduce imposition/impose admission/admit accession/accede
    secession/secede suspension/suspend recognition/recognize closure/close seizure/seize
    destruction/destroy abolition/abolish ratification/ratify renunciation/renounce purchase/buy
    sale/sell withdrew/withdraw withdrawn/withdraw bought/buy sold/sell banned/ban built/build
    fought/fight spent/spend held/hold broke/break broken/break gave/give given/give took/take
    taken/take sent/send shot/shoot overthrew/overthrow overthrown/overthrow fell/fall fallen/fall
    rose/rise risen/rise struck/strike
"""
# Verbs that say alone what their noun says.
SPECIFIC_ACTIONS = words("invade oust expel ratify secede abolish accede overthrow")
IRREGULAR_PLURALS = {
    "women": "woman",
    "men": "man",
    "children": "child",
    "wives": "wife",
    "knives": "knife",
}
# Words that Snowball gives the stem of a word of another meaning: "important" that of "import",
# "according" that of "accord". One line for each, with its own inflections; its first word is
# the stem of the line. From the commonest stems of the public text sets, and by hand.
UNRELATED_TO_STEM = """
    important importance importantly
    importer importers
    according accordingly
    authority authorities authoritative
    executive executives
    emergency emergencies
    international internationally
    internship
    universe universal universally
    organ organs organic
    organism organisms
    designate designates designated designating designation designations
    experiment experiments experimental experimenting
    generally
    generous generously generosity
    generic
    opera operas
    responsible responsibly responsibility responsibilities
    likely likelihood
    mostly
    nearly
    mainly
    majority majorities
    particularly
    recently
    addition additions additional additionally
    publication publications
    publicity
    relative relatives relatively
    relativity
    community communities
    personal personally
    personnel
    director directors
    directory directories
    directly
    certainly
    currently
    currency currencies
    clearly
    finally
    finality
    largely
    hardly
    lately
    shortly
    barely
    seriously
    towards toward
    goods
    arms
    securities
    commander commanders
    passage passages
    passenger passengers
    reporter reporters
    reportedly
    competitive competitively
    factor factors
    factory factories
    confidence confident confidently
    confidential confidentially
    objective objectives objectively
    several
    notably
    physics physicist physicists
    practically
    probably
    probability
    rationale
    rational
    really
    reality realities
    sensible sensibly
    sensitive sensitivity
    special specially
    specific specifically
"""
# Determiners and quantifiers that may stand inside a cue: "lift the sanctions".
INNER_DETERMINERS = words("""
    the a an its their his her our my your this that these those all any such some both
""")
# What stands between the noun and its verb in the passive: "sanctions must be lifted".
PASSIVE_WORDS = words("""
    is are was were be been being to has have had must should will would could can may might not
    immediately now finally also soon
""")

# Endings that the two spell differently, with the American one. Both sides of a comparison are
# rewritten, so that a word which only looks British ("hour", "promise") does no harm.
SPELLING_RULES = (
    (r"our(?=(?:s|ed|ing|er|ers|ite|ites|able|al|ism|ist|ists|less|hood|hoods|ly|ful|y)?$)", "or"),
    (r"(?<=[bt])re(?=s?$)", "er"),
    (r"is(?=(?:e|es|ed|er|ers|ing|ation|ations|ational|able)$)", "iz"),
    (r"ys(?=(?:e|es|ed|ing)$)", "yz"),
    (r"ogue(?=s?$)", "og"),
)
# Words that no rule covers, British to American, each with the forms that news uses.
AMERICAN_WORDS = {
    "programme": "program",
    "programmes": "programs",
    "cheque": "check",
    "cheques": "checks",
    "tyre": "tire",
    "tyres": "tires",
    "grey": "gray",
    "aluminium": "aluminum",
    "protestor": "protester",
    "protestors": "protesters",
    "ageing": "aging",
    "judgement": "judgment",
    "judgements": "judgments",
    "labelled": "labeled",
    "labelling": "labeling",
    "travelled": "traveled",
    "travelling": "traveling",
    "traveller": "traveler",
    "travellers": "travelers",
    "cancelled": "canceled",
    "cancelling": "canceling",
    "modelled": "modeled",
    "modelling": "modeling",
    "fuelled": "fueled",
    "fuelling": "fueling",
    "signalled": "signaled",
    "signalling": "signaling",
    "counsellor": "counselor",
    "counsellors": "counselors",
    "levelled": "leveled",
    "tunnelling": "tunneling",
    "fulfil": "fulfill",
    "fulfilment": "fulfillment",
    "enrol": "enroll",
    "enrolment": "enrollment",
    "instalment": "installment",
    "instalments": "installments",
    "skilful": "skillful",
    "mould": "mold",
    "plough": "plow",
    "sceptic": "skeptic",
    "sceptics": "skeptics",
    "sceptical": "skeptical",
    "scepticism": "skepticism",
    "manoeuvre": "maneuver",
    "manoeuvres": "maneuvers",
    "paediatric": "pediatric",
    "foetus": "fetus",
    "foetal": "fetal",
    "anaesthetic": "anesthetic",
    "gaol": "jail",
    "kerb": "curb",
    "pretence": "pretense",
    "practise": "practice",
    "practised": "practiced",
    "practising": "practicing",
    "centred": "centered",
    "draught": "draft",
    "artefact": "artifact",
    "artefacts": "artifacts",
    "cosy": "cozy",
    "encyclopaedia": "encyclopedia",
    "archaeology": "archeology",
    "mediaeval": "medieval",
    "moustache": "mustache",
    "pyjamas": "pajamas",
    "sulphur": "sulfur",
    "storey": "story",
    "storeys": "stories",
    "whisky": "whiskey",
    "yoghurt": "yogurt",
    "licence": "license",
    "licences": "licenses",
    "defence": "defense",
    "defences": "defenses",
    "offence": "offense",
    "offences": "offenses",
}
