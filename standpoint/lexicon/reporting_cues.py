"""Words by which news attributes: verbs in all their forms, nouns, and adjectives of mind."""

from collections.abc import Iterator
from typing import Literal

from standpoint.lexicon.verbs import REPORTING, SPEAKING

Form = Literal["base", "present", "past", "participle"]

_SPEECH = """
    acknowledge add admit allege announce answer argue ask assert assure attest bark bellow blog
    boast brag caution chant chide cite claim comment complain concede conclude concur confess
    confide confirm contend declare decry demand deny disclose emphasise emphasize exclaim
    explain forecast fume gripe groan growl grumble guess hint implore imply indicate inform
    insinuate insist interject joke lament mention moan mock murmur muse mutter note object
    observe opine plead pledge point posit preach predict proclaim promise propose protest quip
    rail rant reaffirm recall recount reiterate remark remind repeat reply report respond retort
    retweet reveal scoff shout signal snipe speculate stress suggest surmise swear theorize
    threaten underline underscore urge vow warn whisper wonder worry yell
"""
_MIND = """
    agree aim anticipate assume believe consider contemplate decide deem desire determine
    disagree dislike distrust doubt dread envisage envision estimate expect favor favour fear
    fret hate hope intend interpret like notice opt ponder prefer realise realize reckon
    recognise recognize regard regret remember resent suspect understand want welcome wish
"""
_STANCE = """
    accuse advocate affirm appeal applaud assail attack balk belittle bemoan blame blast call
    castigate challenge champion characterise characterize commend condemn congratulate
    criticise criticize curse decline defend demonize denigrate denounce depict deplore deride
    describe disavow disclaim discuss dismiss disown disparage dispute downplay dub echo embrace
    encourage endorse equate exhort expose express extol hail highlight identify invoke justify
    lambast lambaste laud liken mislead misrepresent offer oppose outline paint portray praise
    pressure question quote rebuff rebuke rebut recite recommend refer reference refuse refute
    reject renounce request resist ridicule rip scold scorn seek skewer slam support tout
    trumpet vilify vouch
"""
_IRREGULAR = """
    admit admits admitted admitting; allude alludes alluded alluding; blog blogs blogged
    blogging; brag brags bragged bragging; concur concurs concurred concurring; dub dubs dubbed
    dubbing; feel feels felt feeling; foresee foresees foresaw foreseeing; fret frets fretted
    fretting; know knows knew knowing; opt opts opted opting; pan pans panned panning; prefer
    prefers preferred preferring; quip quips quipped quipping; rebut rebuts rebutted rebutting;
    refer refers referred referring; regret regrets regretted regretting; rip rips ripped
    ripping; say says said saying; seek seeks sought seeking; shrug shrugs shrugged shrugging;
    slam slams slammed slamming; snipe snipes sniped sniping; swear swears swore swearing; tell
    tells told telling; think thinks thought thinking; understand understands understood
    understanding; write writes wrote writing
"""
_SINGLE_FORMS = """
    addressed approves backed backing celebrates continued emailed finds found learned planned
    posted pressed pressing pushed pushing reacted saw sees show showed shows signaled signaling
    spoke stated talked talking testified testifies thanked thanking tweeted tweeting written
"""
_NO_CUES = ("like likes liked liking quote quotes quoted quoting rules states ruled").split()


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _regular(base: str) -> Iterator[tuple[str, Form]]:
    """The forms of a regular verb.

    >>> [form for form, _ in _regular("deny")]
    ['deny', 'denies', 'denied', 'denying']
    """
    yield base, "base"
    if base.endswith("y") and base[-2] not in "aeo":
        yield base[:-1] + "ies", "present"
        yield base[:-1] + "ied", "past"
        yield base + "ing", "participle"
        return
    yield base + ("es" if base.endswith(("s", "sh", "ch", "x", "z")) else "s"), "present"
    stem = base.removesuffix("e")
    yield stem + "ed", "past"
    yield stem + "ing", "participle"


_FORMS: tuple[Form, ...] = ("base", "present", "past", "participle")


def _irregular() -> Iterator[tuple[str, Form]]:
    for verb in _IRREGULAR.split(";"):
        yield from zip(verb.split(), _FORMS, strict=True)


def _form_of(word: str) -> Form:
    if word.endswith("ing"):
        return "participle"
    if word in ("say", "tell", "show"):
        return "base"
    return "present" if word.endswith("s") else "past"


def _verbs() -> dict[str, Form]:
    forms: dict[str, Form] = {word: _form_of(word) for word in REPORTING}
    irregular = {group.split()[0] for group in _IRREGULAR.split(";")}
    for base in f"{_SPEECH} {_MIND} {_STANCE}".split():
        if base not in irregular:
            forms.update(_regular(base))
    forms.update(_irregular())
    for word in _SINGLE_FORMS.split():
        forms[word] = _form_of(word)
    for word in _NO_CUES:
        forms.pop(word, None)
    return forms


VERBS = _verbs()
"""Each form of a verb that attributes, and which form it is. "told" and "said" are past."""

TAGS = (
    SPEAKING
    | frozenset(
        form
        for base in _SPEECH.split()
        for form, kind in _regular(base)
        if kind in ("past", "present")
    )
    | _words("""
    admitted agree agreed agrees believe believed believes continued continues fears finds found
    hopes knows posted quipped said says showed shows swears swore tells think thinks thought
    told tweeted writes wrote
""")
)
"""Verbs that may stand behind what is said, or before its speaker."""


ALSO_NOUNS = _words("""
    address addresses advocate advocates aim aims answer answers appeal appeals approaches
    attack attacks back backs blame blast blog blogs call calls cast challenge challenges
    champion champions chant chants charge charges cheer cheers cite claim claims comment
    comments counter credit cries cry demand demands desire desires detail details discount
    dispute disputes document documents doubt doubts dream dreams echo email emails embrace
    estimate estimates express fault favor favour fear fears finds focus forecast forecasts
    frame guess hint hints honor hope hopes joke jokes label labels lay lecture lectures like
    long maintain mean means mention mentions mock need needs note notes object objects offer
    offers order orders permit permits pitch plan plans pledge pledges point points post posts
    praise press pressure promise promises protest protests purpose push question questions
    quote quotes ranks reason reasons rebuke reference references regret regrets relate report
    reports request requests respect rules sanction sanctions sense senses show shows sigh
    signal signals slight snap state states support talk talks target targets text thank threats
    touch trust tweet tweets view views volunteer volunteers vow vows welcome wish worries worry
""")
"""Forms that are as often nouns or adjectives."""

PARTICLES = _words("for on to out about of against at with up back off over")
TAKES_TO = _words("""
    agree agreed allude alluded alludes alluding listen object objected objecting objects point
    pointed pointing points react reacted reacting reacts refer referred referring refers
    respond responded responding responds
""")
TELLING = _words("""
    advised advises asked asking asks assured assures convinced informed informs persuaded
    reminded reminds tell telling tells told warned warning warns
""")
"""Verbs behind which may stand who is told."""
NEVER_WITH_PARTICLE = _words("said says say saying told tell tells telling added adds wrote writes")

ADJECTIVES = _words("""
    adamant afraid alarmed angry anxious aware certain committed concerned confident confused
    convinced critical determined disappointed doubtful eager fearful hopeful inclined keen
    mindful nervous opposed optimistic outraged pessimistic prepared proud ready reluctant
    sceptical skeptical sorry supportive sure surprised suspicious troubled unaware uncertain
    uneasy unhappy unsure unwilling upset wary willing worried
""")
"""States of mind behind a form of "to be"."""

NOUNS = _words("""
    accusation accusations acknowledgment admission allegation allegations announcement appeal
    argument arguments assertion assertions assumption belief beliefs call calls claim claims
    comment comments complaint complaints concern concerns condemnation contention conviction
    criticism criticisms decision declaration demand demands denial denials description desire
    determination doubt doubts endorsement expectation expectations fear fears hope hopes
    insistence intention lament objection objections opinion opposition pledge pledges
    prediction promise promises proposal proposals question questions refusal rejection remark
    remarks request requests statement statements suggestion suggestions support suspicion
    theory threat threats view views vow vows warning warnings wish worries worry
""")
BEHIND_A_NOUN = _words("that to of for about on against over with in")
DOCUMENTS = _words("""
    ad ads article column editorial email emails interview letter letters memo message messages
    note op-ed post release report sign signs speech statement statements story text tweet
    tweets
""")
CUE_KEYS = frozenset(VERBS) | NOUNS | ADJECTIVES
