"""Common English words, and names that are words as well.

common_words.csv has the words that at least three of the public text sets this project reads print
in small letters, at least eight times in all, and at least a third as often as with a capital.
"""

from functools import cache

from standpoint.lexicon.tables import read_rows
from standpoint.lexicon.word_set import words


@cache
def common_words() -> frozenset[str]:
    """The keys of some 11,000 common words."""
    return frozenset(word for (word,) in read_rows("matching/common_words.csv"))


# Names of politicians, parties, states and media that are English words, but too rare as such for
# the table: a list by hand.
NAME_HOMOGRAPHS = words("""
    fox turkey jordan chad greens liberals rice brown king baker bush gore cotton hunt wolf swan
    falcon rush sharp banks woods peel nunn ash berry bloom bishop knight pope prince duke earl
    abbott marshall butler carter carver clark cook cooper fisher gardner hill lamb mason miller
    moss page parsons porter potter reed rose shepherd smith stone taylor thatcher turner walker
    ward waters weaver webb wood wright young love hope faith grace joy may april june august
    north south east west china hungary greece democrats republicans conservatives
""")
# Months, of which some are names of persons.
MONTH_NAMES = words("may april june august march")
# Directions, which name a part of a country only behind "the" and before no other capital.
DIRECTIONS = words("north south east west left right centre center hill street city")
# Given names that are names of places too: "Jordan Peterson", "Paris Hilton".
PLACE_GIVEN_NAMES = words("""
    jordan chad israel georgia paris virginia carolina sydney chelsea brooklyn dakota austin
    florence madison lincoln jackson houston dallas london chester kent devon
""")
