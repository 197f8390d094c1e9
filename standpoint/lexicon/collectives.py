"""Words for several actors meant together: numbers, nouns for a pair or a trio, plural persons."""

from standpoint.lexicon.word_set import words

# Above five, texts list members no more, so that nobody can tell who is meant.
COLLECTIVE_NUMBERS = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5}
GROUPS_BY_NUMBER = {"pair": 2, "duo": 2, "couple": 2, "trio": 3, "quartet": 4}
# Before a number these make all members meant: "all three", "the three".
COLLECTIVE_OPENERS = words("all the these those both")
# Plural nouns that fit any person, whatever the title.
PLURAL_PERSONS = words("""
    men women people politicians candidates rivals allies colleagues figures contenders lawmakers
    statesmen opponents partners heads neighbours neighbors friends
""")
ORDINALS_OF_TWO = words("former latter")
