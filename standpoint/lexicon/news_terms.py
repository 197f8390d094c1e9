"""Words of documents' own parts: bylines, captions, headings, labels of turns, issuers.

The labels were collected from records of parliaments, press offices and broadcasters.
"""

from standpoint.lexicon.word_set import words

# Words that have a capital at the start of a sentence or of a byline, and are no name.
NOT_NAMES = words("""
    the a an this that these those it its he she they we i you his her their our my your who what
    when where why how which there here and or but nor so yet if as at by for from in into of off on
    out over to under up with within without after before since until while during despite amid
    although though because about against among between through some many most more several few all
    any both each every other another no not only even also just still now then today yesterday
    tomorrow one two three four five six seven eight nine ten first second last next earlier later
    meanwhile however moreover according is are was were be been has have had do does did will would
    can could may might must should let yes mr mrs ms dr photo file video read comments reuters afp
    ap reporting editing story image source sources news breaking update exclusive opinion analysis
    correspondent copyright share tweet tags subscribe
""")
# Words before a colon that introduce no speaker: "Note: ...", "Watch: ...".
NOT_SPEAKER_LABELS = words("""
    note notes update updates updated read watch related correction exclusive breaking video photo
    photos more also source sources by poll question analysis opinion summary report reports editor
    editors' editor's image caption listen see subject date to from re cc location time who what
    when where why how pictured story review conclusion background live
""")
# Words of the names of agencies, newspapers and broadcasters.
MEDIA_WORDS = words("""
    reuters afp ap interfax tass ria xinhua kyodo dpa ansa bbc cnn agency news newspaper daily
    weekly television tv radio broadcaster press media times post journal gazette tribune herald
    magazine jazeera arabiya
""")
# Titles before a name with a full stop, at the start of a paragraph of the Congressional Record, of
# committee hearings and of Hansard: "Senator Kovac. Thank you".
RECORD_TITLES = words("""
    mr mrs ms miss dr senator sen representative rep chairman chairwoman chair congressman
    congresswoman delegate secretary ambassador general gen admiral adm governor gov mayor judge
    justice director commissioner administrator professor prof sir lord baroness dame president
    minister colonel col sheriff reverend rev councillor cllr
""")
# Offices that speak without a name, in capitals in the Congressional Record: "The SPEAKER."
CHAIR_LABELS = words("president speaker chair chairman chairwoman chairperson clerk")
# Words in a label that are no part of a person's name. Titles are in `roles.TITLES`.
LABEL_TITLES = RECORD_TITLES | words("""
    hon honourable honorable rt right the his her excellency hrh madam mx ranking member vice prime
    deputy acting former first foreign under assistant attorney press national homeland state
    security high advisor adviser leader majority minority whip congress congressperson pm mp msp
    mep td cllr lt sgt capt maj brig premier chancellor spokesperson spokesman spokeswoman taoiseach
    tanaiste comrade king queen prince princess pope father sister shri smt sri herr frau monsieur
    shrimati kumari thiru alhaji alhaja alder alderman datuk dato
    madame señor señora signor signora m mme sheikh ayatollah imam rabbi bishop archbishop
    president-elect vice-president secretary-general director-general
""")
# Labels of those who ask or lead, who are in no codebook.
ASKING_LABELS = words("""
    q question questions questioner reporter reporters journalist journalists press moderator
    interviewer host presenter anchor interpreter translator operator participant participants
    audience crowd aide staff unidentified speaker speakers voice male female man woman announcer
    narrator clerk member members unknown chorus
""")
# Labels of officials who are not named; they speak for whoever issues the text.
OFFICIAL_LABELS = words("official officials administration")
# Hosts of web addresses in front matter, each to names of whoever issues what is published there,
# the narrowest first. A name that the codebook has not is passed over.
ISSUERS_BY_HOST = {
    "whitehouse": ("White House", "administration", "United States government", "United States"),
    "state.gov": ("State Department", "United States government", "United States"),
    "gov.uk": ("British government", "UK government", "United Kingdom"),
    "kremlin.ru": ("Kremlin", "Russian government", "Russia"),
    "mid.ru": ("Russian Foreign Ministry", "Russia"),
    "elysee.fr": ("Elysee", "France"),
    "bundesregierung.de": ("German government", "Germany"),
    "ec.europa.eu": ("European Commission", "European Union"),
    "fmprc.gov.cn": ("Chinese Foreign Ministry", "China"),
    "pm.gc.ca": ("Canadian government", "Canada"),
    "pmindia.gov.in": ("Indian government", "India"),
    "nato.int": ("NATO",),
}
# Answers in a list or table that take no side: "Labour: undecided".
NO_SIDE_ANSWERS = words("""
    undecided neutral abstain abstained abstains abstention none unknown unclear unsure tbc tba n/a
    na - – — ? … pending absent
""")
