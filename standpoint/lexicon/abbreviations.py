"""Abbreviations that are printed with a full stop, by what may follow them.

Collected by hand from news, congressional and parliamentary records, court reports and treaties.
Keys are in small letters and without the last full stop.
"""

from standpoint.lexicon.word_set import words

# Before a name, so that they never end a sentence: "Gov. Roe", "the hon. Member".
TITLE_ABBREVIATIONS = words("""
    mr mrs ms mx dr drs prof profs messrs mme mmes mlle gov govs rep reps sen sens lt col cols gen
    gens sgt capt cmdr cdr maj adm adms rev revs hon hons amb pres cllr cllrs brig cpl pvt fr st ste
    sts msgr supt insp det rt atty asst assoc dep treas vice-pres vp spc pfc ens cmdt cpt ald aldm
    hr sr-gen lt-gen maj-gen lt-col brig-gen vice-adm rear-adm mt mts ft sec
""")
# Of those, words and name endings too: titles only with a capital ("in the sec. Kovac came").
CAPITALIZED_TITLES = words("dep det ens fr ft hr mt mts sec st sts vp pres col cols rep reps rev")
# Before a number or a letter: "Sec. 5", "Art. VII", "No. 10", "para. 3(a)", "H. Res. 12".
NUMBERED_ABBREVIATIONS = words("""
    sec secs sect art arts no nos nr para paras par pars cl cls ch chs chap vol vols fig figs p pp
    pt pts reg regs sch res stat ex ext tel ver v eq app nov dec s h l ord doc prop props c
""")
# Inside a sentence, whatever follows.
INNER_ABBREVIATIONS = words("""
    v vs e.g i.e eg ie cf viz ca approx incl excl esp cit ibid a.k.a n.b
""")
# Other words, which end a sentence where a capital follows.
OTHER_ABBREVIATIONS = words("etc est min max avg dept govt pct mln bln dlrs tsp sq cu hon gen al")
# In names of companies, places, people and days: they may end a sentence, or stand inside it.
NAME_ABBREVIATIONS = words("""
    corp inc co cos ltd bros plc llc llp jr sr esq assn assns dept depts univ inst intl natl govt
    admin ave blvd rd hwy bldg al ed eds gen dist ala ariz ark calif cal colo conn del fla ga ill
    ind kan kans ky la mass md mich minn miss mo mont neb nebr nev okla ore pa penn tenn tex va vt
    wash wis wisc wyo ont que alta sask
    jan feb febr mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat
    sun
""")
# Of those, words as well: abbreviations only with a capital.
CAPITALIZED_NAMES = words("""
    ala ark cal co del ed fla gen ill ind la ky mar mass md miss mo mon ore pa penn sat sun tex wash
    wed oct
""")
DAYTIMES = words("a.m p.m am pm")
TIME_ZONES = words("""
    gmt utc est edt et cst cdt ct mst mdt mt pst pdt pt bst cet cest eet ist jst eastern central
    mountain pacific local
""")
# Words before a single capital that is no initial: "Plan B. Kovac", "vitamin C. The".
LETTER_NOUNS = words("""
    plan vitamin vitamins hepatitis type types group groups class grade section part option annex
    appendix exhibit schedule phase category tier series line block zone unit level route version
    variant influenza chapter point item division league pool gate terminal building room title
    track model scenario proposal amendment clause district ward generation bldg apt rm
""")
# Capitalized words that begin a sentence behind an abbreviation. Left out are those that also go
# on: some newswires print a capital behind every "U.S." ("the U.S. And Japan", "the U.S. Is").
STARTERS_AFTER_ABBREVIATION = words("""
    The A An It He She They We I You In On At But If This That These Those There For When While
    What His Her Its Their Our My No Not By From With After Before However Meanwhile Although
    Though Because Since So Some Many Most Several Both Each Another Now Then Yet Still Also
    Instead Despite During Earlier Later Even How Why Who Where Here Yes Thank Let Please Asked
    Nobody Nothing Such Until Unlike Once Perhaps Today Yesterday Critics Thus Moreover
    Furthermore Mr Mrs Ms
""")
