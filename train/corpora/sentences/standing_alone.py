"""Which short texts can be read without what stands before them."""

import re

from standpoint.text import read_article

# A sentence that begins with one of these may mean what stands before it.
POINTING = frozenset("he she it they this that these those such so but and yet however".split())


def stands_alone(text: str) -> bool:
    """Whether a text is one sentence that does not begin with a word that points back.

    >>> stands_alone("Iran wants the dam."), stands_alone("It wants the dam.")
    (True, False)
    """
    words = plain_words(text)
    return bool(words) and words[0] not in POINTING and len(read_article(text).sentences) == 1


def plain_words(text: str) -> list[str]:
    """The words of a text in small letters."""
    return re.findall(r"\w+", text.casefold())
