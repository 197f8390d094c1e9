"""The language an article is written in, told only where it is surely not English.

Precision comes first: an English text is never refused. Lists, headlines, capitals, names of any
origin and quotations in another language leave a text English, and so does an English half.
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

from standpoint.errors import ArticleError
from standpoint.lexicon.languages import ENGLISH_WORDS, LANGUAGE_NAMES, OTHER_CODES
from standpoint.text.normalization import normalized_text

MIN_LETTERS = 60
N_PARTS = 8
MIN_PART_CHARS, MAX_PART_CHARS = 100, 500
ENGLISH_SHARE = 0.03
FOREIGN_SHARE = 0.75
MIN_TELLING_LETTERS = 30
MIN_PROBABILITY = 0.3
MAX_ENGLISH_PROBABILITY = 0.02

_NO_WORDS = re.compile(r"(?:https?:|www\.)[!-~]*|[@#][!-~]*|<[^<>]*>|[\d_/\\=<>{}|]+")
_EDGES = "\"'“”‘’«»„()[]—–-…,.;:!?*•"


def check_language(text: str, *, where: str, force: str) -> str:
    """Refuse an article in another language than English.

    Parameters
    ----------
    force : how the caller may have it read all the same, for the message
    """
    if found := foreign_language(text):
        raise ArticleError(f"{where}: text must be English, got {found}. Force it with {force}.")
    return text


def foreign_language(text: str) -> str | None:
    """The name of the language of a text that is surely not English, else None.

    A sample of ``N_PARTS * PART_CHARS`` characters is looked at, however long the text is.

    >>> foreign_language("Talks opened.") is None
    True
    """
    parts = list(_parts(text))
    if _english_share(parts) >= ENGLISH_SHARE:
        return None
    told = [words for words in map(_telling, parts) if words]
    n_letters = sum(map(_letters, told))
    if sum(map(_letters, parts)) < MIN_LETTERS or n_letters < MIN_TELLING_LETTERS:
        return None
    names: Counter[str] = Counter()
    for words in told:
        if name := _language_of(words):
            names[name] += _letters(words)
    return names.most_common(1)[0][0] if names.total() >= FOREIGN_SHARE * n_letters else None


def _parts(text: str) -> Iterator[list[str]]:
    """The words of stretches spread evenly over a text; all of a short one's."""
    step = max(MIN_PART_CHARS, -(-len(text) // N_PARTS))
    for start in range(0, len(text), step):
        part = normalized_text(text[start : start + min(step, MAX_PART_CHARS)])
        yield [word.strip(_EDGES) for word in _NO_WORDS.sub(" ", part).split()]


def _english_share(parts: list[list[str]]) -> float:
    words = [word.lower() for words in parts for word in words if word]
    return sum(word in ENGLISH_WORDS for word in words) / max(1, len(words))


def _telling(words: list[str]) -> list[str]:
    """The words that are no names: those with no capital, unless capitals are all there is."""
    small = [word for word in words if word[:1].lower() == word[:1]]
    loud = sum(word.isupper() for word in words)
    return [word.lower() for word in words] if 2 * loud > len(words) else small


def _letters(words: list[str]) -> int:
    return sum(letter.isalpha() for word in words for letter in word)


def _language_of(words: list[str]) -> str | None:
    """The name of the language of some words; None where they may be English, or are of none."""
    ranked = _identifier().rank(" ".join(words))
    if sum(share for code, share in ranked if code not in LANGUAGE_NAMES) > MAX_ENGLISH_PROBABILITY:
        return None
    code, probability = ranked[0]
    return LANGUAGE_NAMES[code] if probability >= MIN_PROBABILITY else None


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([*LANGUAGE_NAMES, *OTHER_CODES])
    return identifier
