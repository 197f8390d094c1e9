"""Language identification: refuses articles that are surely not English.

Precision comes first: an English text is never refused, also where it is a list, a headline, in
capitals, full of foreign names or quotations, or English in one half only. The thresholds were set
by hand for that; tests/unit/standpoint/text/test_language.py has the cases.
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

from standpoint.errors import ArticleError
from standpoint.lexicon.languages import ENGLISH_WORDS, OTHER_CODES, language_names
from standpoint.text.normalization import normalized_text

MIN_LETTERS = 60  # a shorter text is not judged: too little for an identifier of languages
# The sample is so many parts, spread evenly, of so many characters. It bounds the time it takes.
N_PARTS = 8
MIN_PART_CHARS, MAX_PART_CHARS = 100, 500
MAX_WORDS = N_PARTS * MAX_PART_CHARS / 2  # in the sample: a word and a space take two characters
ENGLISH_SHARE = 0.03  # of words in ENGLISH_WORDS, from which a text counts as English
FOREIGN_SHARE = 0.75  # of letters in parts of one foreign language, to refuse the whole text
MIN_COMMON_LETTERS = 30  # in words that are no names; with fewer, a text is not judged
MIN_PROBABILITY = 0.3  # of the most likely language of a part
MAX_OTHER_PROBABILITY = 0.02  # of OTHER_CODES in a part; above it, the part may be English

# Addresses, handles, tags of markup, and numbers.
_NOT_WORDS = re.compile(r"(?:https?:|www\.)[!-~]*|[@#][!-~]*|<[^<>]*>|[\d_/\\=<>{}|]+")
_EDGES = "\"'“”‘’«»„()[]—–-…,.;:!?*•"


def check_language(text: str, *, where: str, force: str) -> str:
    """Refuse an article in another language than English.

    Parameters
    ----------
    force : how the caller can accept other languages, for the message

    Raises
    ------
    ArticleError
    """
    if language := foreign_language(text):
        raise ArticleError(f"{where}: text must be English, got {language}. Force it with {force}.")
    return text


def foreign_language(text: str) -> str | None:
    """The name of the language of a text that is surely not English, else None.

    At most ``N_PARTS * MAX_PART_CHARS`` characters of it are read.

    >>> foreign_language("Talks opened.") is None
    True
    """
    parts: list[list[str]] = []
    n_words = n_english = 0
    for part in _parts(text):
        parts.append(part)
        n_words += sum(map(bool, part))
        n_english += sum(word.lower() in ENGLISH_WORDS for word in part if word)
        if n_english >= ENGLISH_SHARE * MAX_WORDS:  # whatever the parts to come hold
            return None
    if n_english >= ENGLISH_SHARE * max(1, n_words):
        return None
    common = list(filter(None, map(_common_words, parts)))
    n_letters = sum(map(_n_letters, common))
    if sum(map(_n_letters, parts)) < MIN_LETTERS or n_letters < MIN_COMMON_LETTERS:
        return None
    names: Counter[str] = Counter()
    for part in common:
        if name := _language_of(part):
            names[name] += _n_letters(part)
    return names.most_common(1)[0][0] if names.total() >= FOREIGN_SHARE * n_letters else None


def _parts(text: str) -> Iterator[list[str]]:
    """The words of parts spread evenly over a text; of a short text, all words."""
    step = max(MIN_PART_CHARS, -(-len(text) // N_PARTS))
    for start in range(0, len(text), step):
        part = normalized_text(text[start : start + min(step, MAX_PART_CHARS)])
        yield [word.strip(_EDGES) for word in _NOT_WORDS.sub(" ", part).split()]


def _common_words(words: list[str]) -> list[str]:
    """The words that are no names: those without a capital, or all if most are in capitals."""
    lower_case = [word for word in words if word[:1].lower() == word[:1]]
    n_shouted = sum(word.isupper() for word in words)
    return [word.lower() for word in words] if 2 * n_shouted > len(words) else lower_case


def _n_letters(words: list[str]) -> int:
    return sum(letter.isalpha() for word in words for letter in word)


def _language_of(words: list[str]) -> str | None:
    """The name of the language of some words; None if they may be English or in no language."""
    names = language_names()
    ranked = _identifier().rank(" ".join(words))
    if sum(share for code, share in ranked if code not in names) > MAX_OTHER_PROBABILITY:
        return None
    code, probability = ranked[0]
    return names[code] if probability >= MIN_PROBABILITY else None


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([*language_names(), *OTHER_CODES])
    return identifier
