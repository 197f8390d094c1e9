"""Forms of address and titles of honor before a name.

The lists differ because their texts do: dictionaries of actors print ranks in full, news articles
print few, and coreference may trust only those that are addressed to one person.
"""

from standpoint.lexicon.word_set import words

FORMS_OF_ADDRESS = words("mr mrs ms miss sir lady madam")
# Before capitalized spans of news articles; other titles are in `roles.TITLES`.
SPAN_HONORIFICS = words("mr mrs ms dr sheikh sir mullah ayatollah imam prince king queen")
# Before names of CAMEO, TABARI and Phoenix actor dictionaries.
ACTOR_HONORIFICS = SPAN_HONORIFICS | words("""
    shaykh lord princess sultan emir pope general gen colonel col major captain admiral judge
    justice senator congressman abu umm maulana hojatolislam field marshal marshall lieutenant gov
    vice-president
""")
# Titles of other languages that English texts leave as they are.
FOREIGN_TITLES = words("""
    madame monsieur mme mlle maitre frau herr signor signora senor senora don dona dom pan pani
    comrade taoiseach tanaiste sayyed sayyid seyed hajj haji abba rav rabbi swami pandit shri sri
    datuk tunku tuan bapak ibu pak
""")
# Titles of one gender.
MALE_TITLES = words("""
    mr sir lord king prince sheikh father spokesman chairman congressman statesman councilman
    businessman emir sultan
""")
FEMALE_TITLES = words("""
    mrs ms miss lady dame queen princess madam baroness duchess spokeswoman chairwoman congresswoman
    councilwoman businesswoman
""")
# Abbreviations without a vowel that are no acronyms, in capitals.
VOWELLESS_ABBREVIATIONS = words("MR DR MRS MS ST MT FT JR SR LT SGT BRIG GEN COL SHYKH")
