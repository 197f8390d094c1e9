"""The gender of a person, from titles and common given names."""

from typing import Literal

from standpoint.lexicon.given_names import FEMALE_NAMES, GIVEN_NAMES, MALE_NAMES
from standpoint.lexicon.honorifics import FEMALE_TITLES, MALE_TITLES
from standpoint.text import key_of

Gender = Literal["he", "she"]


def gender_of(word: str) -> Gender | None:
    """The pronoun that a title or a given name goes with; None for all other words.

    >>> gender_of("Ms"), gender_of("Sergei"), gender_of("Kerry")
    ('she', 'he', None)
    """
    key = key_of(word)
    if key in MALE_NAMES or key in MALE_TITLES:
        return "he"
    return "she" if key in FEMALE_NAMES or key in FEMALE_TITLES else None


def is_given_name(word: str) -> bool:
    """Whether a word is a common given name with a capital.

    >>> is_given_name("Sergei"), is_given_name("Mr"), is_given_name("mark")
    (True, False, False)
    """
    return word[:1].isupper() and key_of(word) in GIVEN_NAMES
