"""Baseline of attribution extraction: the nearest name before the nearest reporting verb."""

import bisect
import re
from collections.abc import Sequence
from itertools import pairwise

from standpoint.lexicon.function_words import AFTER_HEAD, PERSONAL_PRONOUNS
from standpoint.lexicon.verbs import REPORTING
from standpoint.text import Article, Span, Word, words_of

ADJOINING_WORDS = 8
"""Words beyond a content in which a verb still counts. A guess: a tag such as "said the minister on
Monday" has fewer."""
_IN_A_PIECE = re.compile(r"(?:['’`´]s?)?[\s-]?|\. ")
_CAPITALIZED = re.compile(r"[A-Z][\w’'.-]*(?: (?:[A-Z][\w’'.-]*))*")


def head_of(text: str, words: Sequence[Word], part: Sequence[int]) -> int:
    """The number of the head of a noun phrase: the last word of its first piece.

    A piece ends at a comma, bracket or colon, a preposition, a conjunction or a relative pronoun.

    >>> text = "Robby E. Mook, the manager"
    >>> words_of(text)[head_of(text, words_of(text), range(5))].text
    'Mook'
    """
    for at, following in pairwise(part):
        gap = text[words[at].end : words[following].start]
        if not _IN_A_PIECE.fullmatch(gap) or words[following].key in AFTER_HEAD:
            return at
    return part[-1]


class NearestName:
    """Names, pronouns and reporting verbs of an article, to look up the nearest."""

    def __init__(self, article: Article) -> None:
        self.words = words_of(article.text)
        self.starts = [word.start for word in self.words]
        self.sentences = [sentence.span for sentence in article.sentences]
        self.verbs = [n for n, word in enumerate(self.words) if word.key in REPORTING]
        self.names = _names(article)

    def holder_of(self, content: Sequence[Span]) -> tuple[Span, ...]:
        """The nearest name or pronoun before the reporting verb that is nearest to a content.

        Verbs within the content do not count, nor verbs that are neither in its sentences nor
        within ``ADJOINING_WORDS`` of it. Without a verb it is the nearest name before the content.
        """
        first, last = self._verb_range(content)
        offsets = [self.starts[number] for number in self.verbs if first <= number < last]
        outside = [o for o in offsets if not any(s.start <= o < s.end for s in content)]
        before = min(outside, key=lambda o: _distance(o, content), default=content[0].start)
        at = bisect.bisect_right(self.names, before, key=lambda span: span.end) - 1
        return (self.names[at],) if at >= 0 else ()

    def _verb_range(self, content: Sequence[Span]) -> tuple[int, int]:
        """The range of word numbers in which a reporting verb counts; the end is exclusive."""
        touched = [s for s in self.sentences if any(s.overlaps(span) for span in content)]
        start = min([content[0].start, *(s.start for s in touched)])
        end = max([content[-1].end, *(s.end for s in touched)])
        first = bisect.bisect_left(self.starts, content[0].start) - ADJOINING_WORDS
        last = bisect.bisect_left(self.starts, content[-1].end) + ADJOINING_WORDS
        return (
            min(first, bisect.bisect_left(self.starts, start)),
            max(last, bisect.bisect_left(self.starts, end)),
        )


def _distance(offset: int, content: Sequence[Span]) -> int:
    return min(max(span.start - offset, offset - span.end, 0) for span in content)


def _names(article: Article) -> list[Span]:
    """Capitalized names and personal pronouns.

    A capitalized word at the start of a sentence is no name where the article has it in lower case.
    """
    common_words = {
        word.text for s in article.sentences for word in words_of(s.text) if word.text.islower()
    }
    first = {sentence.span.start for sentence in article.sentences}
    names = []
    for match in _CAPITALIZED.finditer(article.text):
        is_common = match.start() in first and match.group().split()[0].lower() in common_words
        if not is_common and match.group().lower() not in PERSONAL_PRONOUNS:
            names.append(Span(*match.span()))
        elif is_common and " " in match.group():
            names.append(Span(match.start() + match.group().index(" ") + 1, match.end()))
    words = words_of(article.text)
    names += [Span(word.start, word.end) for word in words if word.key in PERSONAL_PRONOUNS]
    return sorted(names)
