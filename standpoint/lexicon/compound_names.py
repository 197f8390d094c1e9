"""Words that make a name a part of the longer name of something else."""

from standpoint.lexicon.word_set import words

# Capitalized behind a name, these end the name of something else: "Iran Air", "Geneva Accord".
NAME_HEADS = words("""
    times post daily herald tribune gazette journal courier chronicle observer mirror guardian today
    news tv television radio press review weekly magazine air airlines airways airport university
    college school academy institute museum library theatre theater hospital hotel street avenue
    road square boulevard bridge tower center centre foundation prize award stadium fc cup open
    olympics games marathon championship exchange agreement accord accords treaty protocol
    declaration convention consensus process pact sea ocean strait straits gulf river lake bay
    peninsula desert island islands mountains valley dam canal port county doctrine act
""")
# Before "of" and a name: "Sea of Galilee", "Bank of England".
NAME_HEADS_BEFORE_OF = NAME_HEADS | {"bank"}
# Capitalized before a name, these begin the name of another place: "New York".
NAME_PREFIXES = words("new north south east west northern southern eastern western latin central")
# Capitalized before "of" and the name of a party or body, these begin the name of an office:
# "the Ministry of Law and Justice". Of a state they are its own: "the Ministry of Iran".
OFFICES_BEFORE_OF = words("ministry department minister secretary bureau office faculty")
# Behind a company's name, of people of a trade: "Apple growers" grow apples, "Shell collectors".
TRADE_NOUNS = words("""
    growers grower farmers farmer brewers brewer bakers baker pickers picker sellers seller
    collectors collector producers producer lovers lover eaters eater makers maker exporters
    exporter importers importer harvesters orchards orchard juice
""")
# Capitalized behind the name of an issue, these end the name of a body: "the Brexit Party".
BODY_NAME_HEADS = words("""
    party union committee commission council association institute foundation society network
    alliance league authority agency ministry board forum club federation
""")
