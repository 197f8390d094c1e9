"""Words by which news attributes: verbs in all their forms, nouns, and adjectives of mind."""

from collections.abc import Iterator
from typing import Literal

from standpoint.verbs import JUDGING, REPORTING, SPEAKING, URGING

Form = Literal["base", "present", "past", "participle"]

_SPEECH = """
    mutter murmur growl bark bellow moan groan add admit acknowledge allege announce answer argue ask assert attest assure blog boast brag
    caution chant chide cite claim comment complain concede conclude confess confide
    confirm contend declare decry demand deny disclose emphasize emphasise
    exclaim explain forecast gripe grumble guess hint implore imply indicate inform insinuate
    insist interject joke lament mention mock muse note object observe opine plead
    pledge point posit predict proclaim promise propose protest quip reaffirm recall recount
    reiterate remark remind repeat reply report respond retort reveal scoff shout signal
    snipe speculate stress suggest surmise swear theorize threaten
    retweet underline underscore urge vow warn whisper wonder worry yell
    preach rail rant concur fume
"""
_MIND = """
    anticipate assume believe consider deem desire doubt dread envision estimate expect
    fear favor favour hate hope intend interpret like prefer
    realize realise recognize recognise reckon regard regret remember resent
    suspect understand want welcome wish dislike distrust fret aim decide
    determine opt agree disagree contemplate envisage ponder notice
"""
_STANCE = """
    accuse advocate affirm applaud assail attack balk bemoan blame
    blast call castigate challenge champion characterize characterise commend
    condemn congratulate criticize criticise decline
    defend demonize denigrate denounce depict deplore deride describe disavow disclaim
    discuss dismiss disown disparage dispute downplay dub echo embrace encourage
    endorse equate exhort express extol hail highlight identify invoke justify
    lambast lambaste laud liken mislead misrepresent offer oppose outline paint
    portray praise pressure question quote rebuff rebuke rebut
    recite recommend refer reference refuse refute reject renounce request ridicule rip
    scold seek skewer scorn belittle curse slam support tout trumpet
    vilify vouch
    appeal resist expose
"""
_IRREGULAR = """
    regret regrets regretted regretting; shrug shrugs shrugged shrugging;
    say says said saying; tell tells told telling; write writes wrote writing; think thinks
    thought thinking; know knows knew knowing; feel feels felt feeling; seek seeks sought seeking;
    swear swears swore swearing; foresee foresees foresaw foreseeing; understand understands
    understood understanding; quip quips quipped quipping; admit admits admitted admitting; rip
    rips ripped ripping; slam slams slammed slamming; rebut rebuts rebutted rebutting; dub dubs
    dubbed dubbing; brag brags bragged bragging; refer refers referred referring; prefer prefers
    preferred preferring; opt opts opted opting; blog blogs blogged blogging; concur concurs
    concurred concurring; fret frets fretted fretting; snipe snipes sniped sniping; pan pans
    panned panning; allude alludes alluded alluding
"""
_SINGLE_FORMS = """
    continued spoke talked talking pushed pushing pressed pressing backed backing found finds shows showed
    show learned addressed planned stated tweeted tweeting emailed posted thanked thanking
    written saw sees signaled signaling testified testifies reacted approves celebrates
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
        said says told tells wrote writes thinks thought knows swore swears quipped admitted found finds shows showed
        agree agreed agrees believes believe think believed hopes fears continued continues posted tweeted
    """)
)
"""Verbs that may stand behind what is said, or before its speaker."""

URGES = URGING | _words("ask asked asks asking tell told urge want expect expects expected")
JUDGES = JUDGING

ALSO_NOUNS = _words("""
    claim claims report reports call calls demand demands hope hopes fear fears support
    view views show shows note notes promise promises question questions order orders attack
    attacks offer offers doubt doubts charge charges focus quote quotes plan plans state states
    estimate estimates comment comments request requests answer answers point points post posts
    rules back target targets champion champions challenge challenges pledge pledges
    worry worries praise protest protests guess joke jokes hint hints signal signals desire desires
    need needs aim aims appeal appeals address addresses press push text forecast forecasts
    object objects reason reasons label labels pitch touch lecture lectures fault credit honor
    mention mentions tweet tweets email emails sense senses dream dreams wish regret regrets
    respect trust blame blast cheer cheers chant chants detail details document documents
    cry cries threats frame sigh blog blogs purpose welcome finds
    vow vows like favor favour dispute disputes thank reference references
    pressure sanction sanctions embrace rebuke slight long
    backs counter mean means volunteer volunteers
    mock maintain snap relate express cite lay charge cast
    permit permits advocate advocates discount echo approaches 
    ranks talk talks
""")
"""Forms that are as often nouns or adjectives."""

PARTICLES = _words("for on to out about of against at with up back off over")
TAKES_TO = _words("""
    refer refers referred referring point points pointed pointing object objects objected objecting
    allude alludes alluded alluding respond responds responded responding react reacts reacted
    reacting listen agree agreed
""")
NEVER_WITH_PARTICLE = _words("said says say saying told tell tells telling added adds wrote writes")

ADJECTIVES = _words("""
    adamant afraid alarmed angry anxious aware certain committed concerned confident confused
    convinced critical determined disappointed doubtful eager fearful hopeful inclined
    keen mindful nervous opposed optimistic outraged pessimistic proud
    prepared ready reluctant sceptical skeptical sorry sure surprised supportive suspicious
    troubled unaware uncertain uneasy unhappy unsure unwilling upset wary willing worried
""")
"""States of mind behind a form of "to be"."""

NOUNS = _words("""
    accusation accusations acknowledgment admission allegation allegations announcement appeal
    argument arguments assertion assertions assumption belief beliefs call calls claim claims
    complaint complaints concern concerns contention conviction criticism criticisms decision
    declaration demand demands denial denials desire determination doubt doubts endorsement
    expectation expectations fear fears hope hopes insistence intention lament objection objections
    opinion opposition pledge pledges prediction promise promises proposal proposals question
    questions refusal rejection remark remarks request requests statement statements suggestion
    suggestions support suspicion theory threat threats view views vow vows warning warnings wish
    worry worries description condemnation comments comment
""")
BEHIND_A_NOUN = _words("that to of for about on against over with in")
DOCUMENTS = _words("""
    statement statements letter letters report story article op-ed ad ads tweet tweets email emails
    memo post message messages note text release speech sign signs interview column editorial
""")
CUE_KEYS = frozenset(VERBS) | NOUNS | ADJECTIVES
