"""Entity name matching: spans of listed entities in a sentence, by full or partial name."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from standpoint.text import Span

_WORD = re.compile(r"[^\W_]+")
# Between two words of a name: a space, a full stop, a hyphen or a quotation mark, or a few of them.
_GAP = re.compile(r"[\s.\-’'\"“”]{1,3}")
# Function words inside names, as in "Department of Justice"; ``s`` is a possessive ending.
_FUNCTION_WORDS = frozenset("a an and at by for from in of on or s the to v with".split())
# The word before the first of these is the head of a name: the Department of Justice.
_PREPOSITIONS = frozenset("at by for from in of on to with".split())
_ENDING = re.compile(r"(?:an|ese|ish|ic)$")  # adjectives: American, Chinese, British, Democratic
# The share of a word's occurrences that are capitalized, above which it is a proper noun. A guess:
# names also occur in lower case by mistake, and common nouns begin sentences.
MIN_CAPITALIZED = 0.8


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a sentence, with its stem."""

    span: Span
    word: str
    stem: str

    @property
    def is_function_word(self) -> bool:
        """Whether it is an article, a preposition, a conjunction or a possessive ending."""
        return self.word.casefold() in _FUNCTION_WORDS

    @property
    def is_capitalized(self) -> bool:
        """Whether it begins with a capital."""
        return self.word[0].isupper()


@cache
def stem_of(word: str) -> str:
    """The stem that a word shares with its plural and with the adjective of its country or party.

    >>> [stem_of(word) for word in ("Democrats", "Democratic", "Russian", "Russia", "policies")]
    ['democrat', 'democrat', 'russ', 'russ', 'polic']
    """
    # The minimal lengths (4, 4 and 3 letters) are guesses: they keep short words from merging.
    plain = word.casefold()
    if len(plain) > 3 and plain.endswith("s") and not plain.endswith("ss"):
        plain = plain[:-1]
    shorter = _ENDING.sub("", plain)
    plain = shorter if len(shorter) >= 4 else plain
    shorter = plain.rstrip("aeiouy")
    return shorter if len(shorter) >= 3 else plain


@dataclass(frozen=True, slots=True)
class Name:
    """A name with all that may match it in a text.

    Attributes
    ----------
    stems : of its words without function words
    anchors : stems of which a partial name of two words or more must contain one
    sole : the stem of the word that may stand for it alone
    acronyms : its initials, or the last three or more of them
    """

    text: str
    stems: frozenset[str]
    anchors: frozenset[str]
    sole: str | None
    acronyms: re.Pattern[str]


class EntityNameMatcher:
    """Matches entity names, with statistics of the corpus to recognize proper nouns.

    A word is a proper noun if it is mostly capitalized in the texts of the corpus and the name of
    an entity ends in it: ``Trump`` and ``Republican`` are, ``Party`` and ``United`` are not.
    """

    def __init__(self, names: Iterable[str], texts: Iterable[str]) -> None:
        words = Counter(word for text in texts for word in _WORD.findall(text))
        capitalized, total = Counter[str](), Counter[str]()
        for word, times in words.items():
            total[stem_of(word)] += times
            capitalized[stem_of(word)] += times * word[0].isupper()
        ends = {stem_of(parts[-1]) for name in names if (parts := _WORD.findall(name))}
        self._proper = {stem for stem in ends if capitalized[stem] > MIN_CAPITALIZED * total[stem]}
        self._name = cache(self._read)

    def find(self, text: str, names: Sequence[str]) -> dict[str, Span]:
        """The span of each name that occurs; no two overlap or have the same words.

        More words win over fewer, then full names over partial ones, then the order of the list.
        """
        tokens = [
            Token(Span(*match.span()), match.group(), stem_of(match.group()))
            for match in _WORD.finditer(text)
        ]
        stems = {token.stem for token in tokens}
        candidates = sorted(
            (-words, not whole, rank, span, name)
            for rank, name in enumerate(names)
            for words, whole, span in _candidates(tokens, stems, text, self._name(name))
        )
        spans: dict[str, Span] = {}
        matched: set[str] = set()
        for *_, span, name in candidates:
            words = span.of(text).casefold()
            if not (name in spans or words in matched or any(map(span.overlaps, spans.values()))):
                spans[name] = span
                matched.add(words)
        return spans

    def _read(self, name: str) -> Name:
        words = _WORD.findall(name)
        content = [word for word in words if word.casefold() not in _FUNCTION_WORDS]
        proper = [stem for word in content if (stem := stem_of(word)) in self._proper]
        heads = [words[n - 1] for n, word in enumerate(words) if n and word in _PREPOSITIONS][:1]
        heads += [word for word in content if word.isalpha()][-1:]
        return Name(
            name,
            frozenset(map(stem_of, content)),
            frozenset([*proper, *map(stem_of, heads)]),
            proper[-1] if proper else None,
            _acronyms(words, content),
        )


def _acronyms(words: Sequence[str], content: Sequence[str]) -> re.Pattern[str]:
    initials = ["".join(word[0] for word in some).upper() for some in (content, words)]
    # The last three or more initials: the name may be longer than what is abbreviated.
    known = {i[at:] for i in initials for at in range(max(1, len(i) - 2)) if len(i) > 1}
    either = "|".join(r"\.?".join(map(re.escape, i)) for i in sorted(known, key=len)[::-1])
    return re.compile(rf"(?<!\w)(?:{either or '(?!)'})(?!\w)")


def _candidates(
    tokens: Sequence[Token], stems: set[str], text: str, name: Name
) -> Iterator[tuple[int, bool, Span]]:
    """Candidate spans of a name: how many of its words they contain, and whether it is all."""
    for run in _runs(tokens, text, name.stems) if name.stems & stems else ():
        matched = {token.stem for token in run} & name.stems
        if len(matched) > 1:
            whole, part = matched == name.stems, bool(matched & name.anchors)
        else:
            whole = matched == name.stems and (run[0].is_capitalized or name.text[0].islower())
            part = matched == {name.sole} and run[0].is_capitalized
        if whole or part:
            yield len(matched), whole, Span(run[0].span.start, run[-1].span.end)
    for match in name.acronyms.finditer(text):
        yield 1, True, Span(*match.span())


def _runs(tokens: Sequence[Token], text: str, stems: frozenset[str]) -> Iterator[list[Token]]:
    """Longest runs of a name's words, with function words between them."""
    run: list[Token] = []
    for token in tokens:
        inside = token.stem in stems and not token.is_function_word
        if run and not (
            (inside or token.is_function_word)
            and _GAP.fullmatch(text[run[-1].span.end : token.span.start])
        ):
            yield _without_trailing_function_words(run)
            run = []
        if inside or run:
            run.append(token)
    if run:
        yield _without_trailing_function_words(run)


def _without_trailing_function_words(run: list[Token]) -> list[Token]:
    return run[: max(n for n, token in enumerate(run, 1) if not token.is_function_word)]
