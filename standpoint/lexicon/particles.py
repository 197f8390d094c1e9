"""Small words inside names: Arabic and European particles, and English connectives.

Each list serves texts of its own. Capitals of news articles join few particles; actor dictionaries
print whole names in capitals and need more; truecasing needs all that are printed small.
"""

from standpoint.lexicon.word_set import words

ARABIC_PARTICLES = words("al el bin ibn ul ad as")
# Particles that may begin a name.
LEADING_PARTICLES = words("al el abu")
# Between two capitalized words of a name in a news article.
SPAN_PARTICLES = ARABIC_PARTICLES | words("bint de la del der van von da dos di abu ud ez ash ar")
# In persons' names of actor dictionaries, with the suffixes of generations.
PERSON_NAME_PARTICLES = ARABIC_PARTICLES | words(
    "ol ud ed bint de la del des du der den von van da dos das do di e y ap jr sr ii iii"
)
# Printed in small letters inside a name.
LOWERCASE_PARTICLES = ARABIC_PARTICLES | words("""
    de la del des du der den von van bint ur ar ash us wa wal fi e y et da dos das do le les und
""")
# Articles before a hyphen: "al-Assad", with the assimilated forms ("ash-Shams").
HYPHENATED_ARTICLES = words("al el ul ol ad ed as es ash ar ez az an at ur us en ye wal wa")

# English words inside a name of several words: "Ministry of Defense and Armed Forces".
NAME_CONNECTIVES = words("of for the and")
LOWERCASE_CONNECTIVES = words("of the and for in on at to by with from")
# With the two that join only names of organisations.
BODY_CONNECTIVES = LOWERCASE_CONNECTIVES | words("against or")
# Numerals of monarchs and popes, which keep their capitals.
ROMAN_NUMERALS = words("II III IV VI VII VIII IX XI XII XIII XIV XVI XXIII")
