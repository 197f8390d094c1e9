"""Words of the calendar."""

from standpoint.lexicon.word_set import words

DAYS = words("monday tuesday wednesday thursday friday saturday sunday")
MONTHS = words(
    "january february march april may june july august september october november december"
)
CALENDAR_NAMES = (
    DAYS | MONTHS | words("mon tue wed thu fri sat feb apr jun jul aug sept sep oct nov dec gmt")
)
# Months that are names or parts of names as well ("Theresa May").
MONTH_HOMOGRAPHS = words("may april june august")
# Words for the time of an event. "May" is left out: in small letters it is a modal verb.
TIME_WORDS = (
    DAYS
    | (MONTHS - {"may"})
    | words("""
    today yesterday tonight week month year morning afternoon evening night weekend summer autumn
    winter
""")
)
# Words before a time: "on Monday", "late Friday".
BEFORE_TIME = words("on this last next late early in past the since during")
