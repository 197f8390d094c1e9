"""The verbs by which news attributes words and acts, as the forms in which news prints them."""


def _forms(text: str) -> frozenset[str]:
    return frozenset(text.split())


SPEAKING = _forms("""
    said says say saying told tells tell telling added adds adding warned warns warning
    insisted
    insists insisting conceded concedes conceding denied denies denying vowed vows vowing
    argued
    argues arguing claimed claims stressed stresses stressing noted notes noting hinted
    hints hinting
    quipped admitted admits admitting acknowledged acknowledges announced announces
    announcing
    declared declares declaring explained explains replied replies responded responds
    remarked
    remarks reiterated reiterates repeated repeats confirmed confirms confirming
    suggested suggests
    wrote writes tweeted tweets posted recalled recalls asked asks asking wondered
    wonders observed
    observes complained complains promised promises pledged pledges emphasised
    emphasizes
    emphasized emphasises underlined underlines cautioned cautions maintained maintains
    testified
    concluded concludes countered counters retorted retorts joked jokes mused alleged
    alleges
    asserted asserts contended contends predicted predicts estimated signalled signaled
    signals
    indicated indicates stated states believes believed thinks thought reported reports
    disclosed
    revealed lamented scoffed mocked snapped protested boasted commented comments
""")
URGING = _forms("""
    urged urges urging called calls calling demanded demands demanding pressed presses
    pressing
    appealed appeals begged implored implores proposed proposes recommended recommends
    requested
    requests advised advises ordered orders instructed encouraged encourages exhorted
    wants wanted
    seeks sought hopes hoped
""")
JUDGING = _forms("""
    rejected rejects rejecting opposed opposes opposing backed backs backing supported
    supports
    welcomed welcomes welcoming endorsed endorses condemned condemns condemning
    criticised
    criticises criticized criticizes denounced denounces praised praises praising
    dismissed dismisses
    dismissing accepted accepts refused refuses refusing favoured favored favors favours
    embraced
    embraces blasted slammed hailed hails defended defends approved approves resisted
    resists
    objected objects ruled rules agreed agrees ridiculed deplored deplores rebuffed
    rebuffs spurned
    applauded ruled attacked attacks disputed disputes disowned
""")
ACTING = _forms("""
    vetoed vetoes signed signs blocked blocks blocking walked boycotted boycotts voted
    votes voting
    sent sends suspended suspends withdrew withdraws filed files abstained tabled
    ratified ratifies
    launched launches deployed deploys banned bans halted halts cut cuts pulled joined
    joins opened
    closed recalled expelled adopted passed imposed lifted froze cancelled canceled
    postponed
    delivered supplied shipped armed funded financed granted released seized submitted
    introduced
    scrapped dropped ended resumed stopped began started turned left returned quit
    invited invites
    struck tore lodged sued stormed hosted marched occupied
""")
RELAYING = _forms("quoted quotes quoting cited cites citing")

REPORTING = SPEAKING | URGING | JUDGING
NOT_BEFORE_A_SUBJECT = _forms("""
    in to with from of for by at on against under over near about into after before since
    between
    among toward towards via per than like despite without within outside inside
    behind amid
""")
BESIDE_A_VERB = _forms("""
    has have had is was were are be been also again later then now still once twice not
    never
    already earlier today yesterday monday tuesday wednesday thursday friday saturday
    sunday would
    will could did does do both all himself herself itself themselves reportedly
""")
ROLES = _forms("""
    spokesman spokeswoman spokesperson ministry government minister official officials
    president
    leader leaders ambassador envoy envoys delegate delegates delegation negotiator
    negotiators chief
    secretary-general secretary diplomat diplomats premier chancellor parliament army
    foreign deputy
    prime commissioner mission representative representatives team side administration
    embassy
    cabinet authorities head chairman chairwoman chair director executive lawmakers
    lawmaker
    legislators spokespeople camp
""")
