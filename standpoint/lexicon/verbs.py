"""Verbs of speech and action, in the forms that news prints.

No source of the first five lists is recorded. Attribution adds verbs of its own: see
`reporting_cues`.
"""

from standpoint.lexicon.word_set import words

SPEAKING = words("""
    said says say saying told tells tell telling added adds adding warned warns warning insisted
    insists insisting conceded concedes conceding denied denies denying vowed vows vowing argued
    argues arguing claimed claims stressed stresses stressing noted notes noting hinted hints
    hinting quipped admitted admits admitting acknowledged acknowledges announced announces
    announcing declared declares declaring explained explains replied replies responded responds
    remarked remarks reiterated reiterates repeated repeats confirmed confirms confirming suggested
    suggests wrote writes tweeted tweets posted recalled recalls asked asks asking wondered wonders
    observed observes complained complains promised promises pledged pledges emphasised emphasizes
    emphasized emphasises underlined underlines cautioned cautions maintained maintains testified
    concluded concludes countered counters retorted retorts joked jokes mused alleged alleges
    asserted asserts contended contends predicted predicts estimated signalled signaled signals
    indicated indicates stated states believes believed thinks thought reported reports disclosed
    revealed lamented scoffed mocked snapped protested boasted commented comments
""")
URGING = words("""
    urged urges urging called calls calling demanded demands demanding pressed presses pressing
    appealed appeals begged implored implores proposed proposes recommended recommends requested
    requests advised advises ordered orders instructed encouraged encourages exhorted wants wanted
    seeks sought hopes hoped
""")
JUDGING = words("""
    rejected rejects rejecting opposed opposes opposing backed backs backing supported supports
    welcomed welcomes welcoming endorsed endorses condemned condemns condemning criticised
    criticises criticized criticizes denounced denounces praised praises praising dismissed
    dismisses dismissing accepted accepts refused refuses refusing favoured favored favors favours
    embraced embraces blasted slammed hailed hails defended defends approved approves resisted
    resists objected objects ruled rules agreed agrees ridiculed deplored deplores rebuffed rebuffs
    spurned applauded attacked attacks disputed disputes disowned
""")
ACTING = words("""
    vetoed vetoes signed signs blocked blocks blocking walked boycotted boycotts voted votes voting
    sent sends suspended suspends withdrew withdraws filed files abstained tabled ratified ratifies
    launched launches deployed deploys banned bans halted halts cut cuts pulled joined joins opened
    closed recalled expelled adopted passed imposed lifted froze cancelled canceled postponed
    delivered supplied shipped armed funded financed granted released seized submitted introduced
    scrapped dropped ended resumed stopped began started turned left returned quit invited invites
    struck tore lodged sued stormed hosted marched occupied
""")
RELAYING = words("quoted quotes quoting cited cites citing")
REPORTING = SPEAKING | URGING | JUDGING

# The commonest forms alone: a name right behind one of these is most likely its subject.
SAY_FORMS = words("said says told added")
GO_FORMS = words("go goes went going gone")
# Verbs of beginning, continuing and ending, whose participle has the same subject.
ASPECTUAL_VERBS = words("""
    began begin begins beginning started starts start stopped kept keeps keep continues continued
    continue spent
""")
# Second parts of compounds that are not the state's side: "the Syrian-backed militia".
COMPOUND_PARTICIPLES = words("controlled backed held led run allied aligned affiliated")

# Snowball stems of further verbs that only a person, a state or a body can do.
ACTOR_VERB_STEMS = words("""
    regret note hear heard prefer plan intend expect fear thank prais favour favor oppos deplor
    endors disagre hope know knew want need tri tabl ask get went gave give held meet met made make
    vow refus declin urg agre disapprov promis threaten consid decid choos chose put took take ran
    run see saw keep kept stand stood argu advis publish issu welcom recommend describ collect
    launch campaign
""")
# Stems that also fit a text, a plan or a chain of events, so that they show no actor.
AMBIGUOUS_ACTOR_STEMS = words("""
    end begin began start stop turn open close cut left return state suggest indic reveal show read
    signal freez froze lift strike struck tore report join drop recal follow march pass ship predict
    estim impos confirm ban halt block mean meant seek sought arm
""")
