"""Names of languages by their codes, and words that identify English."""

from functools import cache

from standpoint.lexicon.tables import read_rows
from standpoint.lexicon.word_set import words

# About a tenth of English prose, and next to nothing of any other language's.
ENGLISH_WORDS = words("""
    the and that with from this these those they their there would which were its but what when been
    where while whose your
""")
# Codes that are no answer: English, its pidgin, no language, and Latin, which scholars quote.
OTHER_CODES = ("en", "pcm", "zxx", "la")


@cache
def language_names() -> dict[str, str]:
    """The names of languages in error messages, by the codes of py3langid (ISO 639)."""
    return {code: name for code, name in read_rows("languages.csv")}
