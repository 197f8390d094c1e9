"""Reporting cues: the verbs, nouns and adjectives by which news attributes words and thoughts.

They were written by reading the train documents of PolNeAR (Newell et al. 2018); the scores on its
dev documents are in docs/attribution.md.
"""

from typing import Literal

from standpoint.lexicon.calendar import TIME_WORDS
from standpoint.lexicon.function_words import (
    DETERMINERS,
    OBJECT_PRONOUNS,
    PREPOSITIONS,
    RELATIVE_PRONOUNS,
    SUBJECT_PRONOUNS,
    TO_BE,
)
from standpoint.lexicon.verbs import RELAYING, REPORTING, SPEAKING
from standpoint.lexicon.word_set import words

Form = Literal["base", "present", "past", "participle"]

# Verbs of speech, of thought, and of taking sides, as dictionary forms.
_SPEECH = """
    acknowledge add admit allege announce answer argue ask assert assure attest bark bellow blog
    boast brag caution chant chide cite claim comment complain concede conclude concur confess
    confide confirm contend declare decry demand deny disclose emphasise emphasize exclaim explain
    forecast fume gripe groan growl grumble guess hint implore imply indicate inform insinuate
    insist interject joke lament mention moan mock murmur muse mutter note object observe opine
    plead pledge point posit preach predict proclaim promise propose protest quip rail rant
    reaffirm recall recount reiterate remark remind repeat reply report respond retort retweet
    reveal scoff shout signal snipe speculate stress suggest surmise swear theorize threaten
    underline underscore urge vow warn whisper wonder worry yell
"""
_MIND = """
    agree aim anticipate assume believe celebrate cheer consider contemplate decide deem desire
    determine disagree dislike distrust doubt dread enjoy envisage envision estimate expect favor
    favour fear focus fret hate hope intend interpret like notice opt ponder prefer realise
    realize reckon recognise recognize regard regret remember resent suspect understand view want
    welcome wish
"""
_STANCE = """
    accept accuse advocate affirm allow apologize appeal applaud assail attack attempt attribute
    avoid balk belittle bemoan blame blast block call castigate challenge champion characterise
    characterize charge clarify commend compare condemn congratulate convince credit criticise
    criticize curse decline defend demonize demonstrate denigrate denounce depict deplore deride
    describe detail disavow disclaim discuss dismiss disown disparage dispute distance downplay
    dub echo embrace encourage endorse equate exhort expose express extol hail highlight identify
    ignore introduce invoke justify lambast lambaste laud liken list look mislead misrepresent
    name nominate offer oppose outline paint pass persuade portray praise pressure promote publish
    push question quote rebuff rebuke rebut recite recommend refer reference refuse refute reject
    release renounce request resist ridicule rip rule scold scorn seek share side skewer slam
    support tout trumpet unveil vilify voice vote vouch weigh
"""
# Base, present, past and participle of verbs that `_regular_forms` gets wrong.
_IRREGULAR = """
    admit admits admitted admitting; allude alludes alluded alluding; blog blogs blogged blogging;
    brag brags bragged bragging; concur concurs concurred concurring; dub dubs dubbed dubbing;
    feel feels felt feeling; foresee foresees foresaw foreseeing; fret frets fretted fretting;
    know knows knew knowing; lay lays laid laying; opt opts opted opting; pan pans panned panning;
    prefer prefers preferred preferring; quip quips quipped quipping; rebut rebuts rebutted
    rebutting; refer refers referred referring; regret regrets regretted regretting; rip rips
    ripped ripping; say says said saying; see sees saw seeing; seek seeks sought seeking; show
    shows showed showing; shrug shrugs shrugged shrugging; slam slams slammed slamming; snipe
    snipes sniped sniping; sound sounds sounded sounding; speak speaks spoke speaking; swear
    swears swore swearing; talk talks talked talking; tell tells told telling; think thinks
    thought thinking; try tries tried trying; understand understands understood understanding;
    write writes wrote writing
"""
# Verbs of which only these forms attribute.
_SINGLE_FORMS = """
    addressed approves backed backing celebrates continued emailed finds found learned planned
    posted pressed pressing pushed pushing reacted saw sees show showed shows signaled signaling
    spoke stated talked talking testified testifies thanked thanking tweeted tweeting written
"""
# Forms that the lists above generate and that hardly ever attribute.
_NOT_CUES = words("like likes liked liking quote quotes quoted quoting rules states ruled")


_FORMS: tuple[Form, ...] = ("base", "present", "past", "participle")


def _regular_forms(base: str) -> dict[str, Form]:
    """The forms of a regular verb.

    >>> list(_regular_forms("deny"))
    ['deny', 'denies', 'denied', 'denying']
    """
    stem = base.removesuffix("e")
    forms = (base, base + "s", stem + "ed", stem + "ing")
    if base.endswith("y") and base[-2] not in "aeo":
        forms = (base, base[:-1] + "ies", base[:-1] + "ied", base + "ing")
    elif base.endswith(("s", "sh", "ch", "x", "z")):
        forms = (base, base + "es", stem + "ed", stem + "ing")
    return dict(zip(forms, _FORMS, strict=True))


def _form_of(word: str) -> Form:
    """The form of a verb in the lists above, by its ending."""
    if word.endswith("ing"):
        return "participle"
    if word in ("say", "tell", "show"):
        return "base"
    return "present" if word.endswith("s") else "past"


def _verbs() -> dict[str, Form]:
    forms = {word: _form_of(word) for word in REPORTING}
    irregular = [verb.split() for verb in _IRREGULAR.split(";")]
    for base in f"{_SPEECH} {_MIND} {_STANCE}".split():
        if base not in (verb[0] for verb in irregular):
            forms |= _regular_forms(base)
    for verb in irregular:
        forms |= zip(verb, _FORMS, strict=True)
    forms |= {word: _form_of(word) for word in _SINGLE_FORMS.split()}
    return {word: form for word, form in forms.items() if word not in _NOT_CUES}


CUE_VERBS = _verbs()
"""Each form of a verb that attributes, and which form it is. "told" and "said" are past."""

# Verbs that may follow what is said ("..., he said"), or stand before its speaker (", said X").
TAG_VERBS = (
    SPEAKING
    | {
        word
        for base in _SPEECH.split()
        for word, form in _regular_forms(base).items()
        if form in ("past", "present")
    }
    | words("""
    agree agreed agrees believe continued continues fears finds found hopes knows showed shows swore
    think
""")
)
# Forms of these verbs that are as often nouns or adjectives.
NOUN_HOMOGRAPHS = words("""
    address addresses advocate advocates aim aims answer answers appeal appeals approaches attack
    attacks attempt attempts back backs blame blast block blocks blog blogs call calls cast
    challenge challenges champion champions chant chants charge charges cheer cheers cite claim
    claims comment comments counter credit credits cries cry demand demands desire desires detail
    details discount dispute disputes document documents doubt doubts dream dreams echo email
    emails embrace estimate estimates express fault favor favour fear fears finds focus forecast
    forecasts frame guess hint hints honor hope hopes joke jokes label labels lay lecture lectures
    like list lists long look looks maintain mean means mention mentions mock name names need
    needs note notes object objects offer offers order orders pass passes permit permits pitch
    plan plans pledge pledges point points post posts praise press pressure promise promises
    protest protests purpose push pushes question questions quote quotes ranks reason reasons
    rebuke reference references regret regrets relate release releases report reports request
    requests respect rule rules sanction sanctions sense senses share shares show shows sigh
    signal signals slight snap sound sounds state states support talk talks target targets text
    thank threats touch tries trust try tweet tweets view views voice voices volunteer volunteers
    vote votes vow vows welcome wish worries worry
""")

# Of these, the forms in -s that "to" shows to be verbs behind a name: "Kovac hopes to".
INTENDING = words("aims desires hopes needs pledges plans promises threats vows wishes")

# Particles and prepositions that may follow a cue verb before its content.
VERB_PARTICLES = words("for on to out about of against at with up back off over")
VERBS_WITH_TO = words("""
    agree agreed allude alluded alludes alluding listen object objected objecting objects point
    pointed pointing points react reacted reacting reacts refer referred referring refers respond
    responded responding responds
""")
# Verbs with an addressee as their object: "told reporters that".
ADDRESSEE_VERBS = words("""
    advised advises asked asking asks assured assures convinced informed informs persuaded reminded
    reminds tell telling tells told warned warning warns
""")
VERBS_WITHOUT_PARTICLE = words("""
    said says say saying told tell tells telling added adds wrote writes
""")
VERBS_WITHOUT_PASSIVE = words("said says added")
EXPRESSING_VERBS = words("express expresses expressed expressing voiced raised")
# Verbs that stand before their subject only behind a quotation ('"Why?" asked X').
INVERTED_AFTER_QUOTE = words("told tells asked asks thinks thought knows")

# The same for coreference; the two lists were tuned apart.
NEVER_INVERTED = words("told tells tell asked")

# States of mind behind a copula: "is worried that".
CUE_ADJECTIVES = words("""
    adamant afraid alarmed angry anxious aware certain committed concerned confident confused
    convinced critical determined disappointed doubtful eager fearful hopeful inclined keen mindful
    nervous opposed optimistic outraged pessimistic prepared proud ready reluctant sceptical
    skeptical sorry supportive sure surprised suspicious troubled unaware uncertain uneasy unhappy
    unsure unwilling upset wary willing worried
""")
# Adverbs of degree between copula and adjective; "t" is the rest of a contraction ("isn't").
BEFORE_CUE_ADJECTIVE = words("more very so t")
# What "to" makes no cue: in "wants to see it lifted", "wants" is the cue.
NO_INFINITIVE_CUES = frozenset({"see"})
COPULAS = TO_BE | words("seems seemed feels felt remains remained became")

CUE_NOUNS = words("""
    accusation accusations acknowledgment admission allegation allegations announcement appeal
    argument arguments assertion assertions assumption belief beliefs call calls claim claims
    comment comments complaint complaints concern concerns condemnation contention conviction
    criticism criticisms decision declaration demand demands denial denials description desire
    determination doubt doubts endorsement expectation expectations fear fears hope hopes insistence
    intention lament objection objections opinion opposition pledge pledges prediction promise
    promises proposal proposals question questions refusal rejection remark remarks request requests
    attack attacks critique quip rebuke references reference speculation idea notion assessment
    statement statements suggestion suggestions support suspicion theory threat threats view views
    vow vows warning warnings wish worries worry
""")
AFTER_CUE_NOUN = words("that to of for about on against over with in")
# Verbs whose noun attributes: "voiced concerns about", "launched an attack on".
LIGHT_VERBS = words("""
    voice voices voiced voicing raise raises raised raising issue issues issued issuing make makes
    made making launch launches launched launching deliver delivers delivered delivering give gives
    gave giving offered offers offering repeat repeated repeats repeating renewed renews renewing
    has have had share shares shared put filed
""")
# Texts that say something: a participle behind one ("a letter urging ...") has its author's voice.
DOCUMENT_NOUNS = words("""
    ad ads article column editorial email emails interview letter letters memo message messages note
    op-ed post release report sign signs speech statement statements story text tweet tweets
""")
# Documents in which their issuer speaks: "the statement said" goes on from who spoke before.
ISSUED_DOCUMENTS = words("statement communique letter release brief message tweet post")
CUE_WORDS = frozenset(CUE_VERBS) | CUE_NOUNS | CUE_ADJECTIVES
SOURCE_PREPOSITIONS = (
    ("according", "to"),
    ("in", "the", "words", "of"),
    ("in", "the", "view", "of"),
)
# A sentence without any of these holds no attribution.
ATTRIBUTION_WORDS = CUE_WORDS | RELAYING | {"according", "words", "view"}

# Subjects of "show", "suggest" and "say" that are research and no person.
SURVEY_NOUNS = words("poll polls survey surveys study studies report data figures")
# Subjects without a plural ending that go with a verb's base form.
PLURAL_SUBJECTS = words("people all percent majority")
# Words before a form in -s that show it to be a verb and no plural noun: "she claims".
BEFORE_PRESENT_FORM = words("he she it who which that this also now still")
# Words that begin the content of a cue verb and show that it is no noun.
CONTENT_OPENERS = (
    DETERMINERS
    | SUBJECT_PRONOUNS
    | OBJECT_PRONOUNS
    | RELATIVE_PRONOUNS
    | words("how why what whether if")
)
QUESTION_OPENERS = words("that if whether how what why who when where about for")
# Words before "to" that make the infinitive what somebody does, and no purpose ("in order to").
INFINITIVE_GOVERNORS = words("""
    on used going continued continues continue began begins likely able trying tried about have has
    had set quick happy free them him her us me people
""")
# What may follow a tag at the end of a sentence: "..., he told reporters on Monday".
TAG_TAIL_WORDS = TIME_WORDS | words("""
    on in at to during after before late earlier later last this reporters journalists lawmakers
    parliament agency radio television again of
""")
# A clause that begins with one of these is not a whole statement.
FRAGMENT_OPENERS = PREPOSITIONS | words("as when while if")

# What a colon before a quotation announces: "Kovac's response: …".
ANNOUNCED_NOUNS = words("""
    words response reply answer reaction take view verdict comment comments message statement
    assessment explanation advice conclusion warning plea promise pledge complaint
""")
# Words before whom a colon announces: "And here is Kovac: …".
ANNOUNCING_WORDS = words("and but then now here is s are again over to meanwhile also so next")
# Verbs and words of whoever only relays what somebody else says.
RELAY_CUES = RELAYING | words("""
    reported reports reporting carried carries published publishes broadcast broadcasts according
""")
