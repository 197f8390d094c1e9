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
# Words in more than one sentence of 250 in four of five public text sets (FA-KES, White House,
# Reuters, NewsMTSC, VAST), without names; and nouns by which texts point back to anything.
FREQUENT_WORDS = words("""
    able about after again against ago all already also an and another any are around as at back
    based be because been before being believe better between both but by called can change clear
    close come continue could day days deal did do does don down during early even far few first for
    foreign four from full get give go going good government had has hat have he help here high his
    home how if important in including into is issue it its just keep last law lead least like
    likely little lives long made major make making many may meeting members month months more most
    move much must nation need new next no not now number of off official on one only or other our
    out over own part past people place point policy political possible power private public put
    question real resident right rights said same say says saying second see seen should since so
    some state statement still stop such support take taken than that the their them then there
    these they think this those three through time to today too two under up us use very want war
    was way we week weeks well were what when where whether which while who will with women work
    world would year years you a i
    plan plans decision decisions proposal proposals measure measures step steps idea issue issues
    matter matters agreement law bill reform reforms talks situation crisis president minister group
    country countries city side sides
""")
