"""Where the entities of a list stand in a sentence, by their names or parts of them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from standpoint.text import Span

_WORD = re.compile(r"[^\W_]+")
_GAP = re.compile(r"[\s.\-’'\"“”]{1,3}")
_SMALL = frozenset("a an and at by for from in of on or s the to v with".split())
_PREPOSITIONS = frozenset("at by for from in of on to with".split())
_ENDING = re.compile(r"(?:an|ese|ish|ic)$")
MIN_CAPITALISED = 0.8


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a sentence."""

    span: Span
    word: str
    stem: str

    @property
    def small(self) -> bool:
        """Whether it is an article, a preposition or the like."""
        return self.word.casefold() in _SMALL

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital."""
        return self.word[0].isupper()


@cache
def stem_of(word: str) -> str:
    """What a word shares with its plural and with the adjective of its country or party.

    >>> [stem_of(word) for word in ("Democrats", "Democratic", "Russian", "Russia", "policies")]
    ['democrat', 'democrat', 'russ', 'russ', 'polic']
    """
    plain = word.casefold()
    if len(plain) > 3 and plain.endswith("s") and not plain.endswith("ss"):
        plain = plain[:-1]
    shorter = _ENDING.sub("", plain)
    plain = shorter if len(shorter) >= 4 else plain
    shorter = plain.rstrip("aeiouy")
    return shorter if len(shorter) >= 3 else plain


@dataclass(frozen=True, slots=True)
class Name:
    """What a name may be found by.

    Attributes
    ----------
    stems : of its words, but for small ones
    anchors : stems of which a part of two words or more must hold one
    sole : the stem of the word that may stand for it alone
    acronyms : its initials, or the last three or more of them
    """

    text: str
    stems: frozenset[str]
    anchors: frozenset[str]
    sole: str | None
    acronyms: re.Pattern[str]


class EntityNameMatcher:
    """Finds entities by what a whole corpus shows of its names.

    A word is proper if it is mostly capitalised in the texts of the corpus and some entity's name
    ends in it: ``Trump`` and ``Republican`` are, ``Party`` and ``United`` are not.
    """

    def __init__(self, names: Iterable[str], texts: Iterable[str]) -> None:
        words = Counter(word for text in texts for word in _WORD.findall(text))
        capital, all_of = Counter[str](), Counter[str]()
        for word, times in words.items():
            all_of[stem_of(word)] += times
            capital[stem_of(word)] += times * word[0].isupper()
        ends = {stem_of(found[-1]) for name in names if (found := _WORD.findall(name))}
        self._proper = {stem for stem in ends if capital[stem] > MIN_CAPITALISED * all_of[stem]}
        self._known: dict[str, Name] = {}

    def find(self, text: str, names: Sequence[str]) -> dict[str, Span]:
        """Where each name stands, if it does; no two share a character or the same words.

        Longer spans are given away first, then whole names, then the names listed first.
        """
        tokens = [
            Token(Span(*match.span()), match.group(), stem_of(match.group()))
            for match in _WORD.finditer(text)
        ]
        stems = {token.stem for token in tokens}
        found = sorted(
            (-words, not whole, rank, span, name)
            for rank, name in enumerate(names)
            for words, whole, span in _candidates(tokens, stems, text, self._name(name))
        )
        taken: dict[str, Span] = {}
        worded: set[str] = set()
        for *_, span, name in found:
            words = span.of(text).casefold()
            if not (name in taken or words in worded or any(map(span.overlaps, taken.values()))):
                taken[name] = span
                worded.add(words)
        return taken

    def _name(self, name: str) -> Name:
        if name not in self._known:
            self._known[name] = self._read(name)
        return self._known[name]

    def _read(self, name: str) -> Name:
        words = _WORD.findall(name)
        content = [word for word in words if word.casefold() not in _SMALL]
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
    known = {i[at:] for i in initials for at in range(max(1, len(i) - 2)) if len(i) > 1}
    either = "|".join(r"\.?".join(map(re.escape, one)) for one in sorted(known, key=len)[::-1])
    return re.compile(rf"(?<!\w)(?:{either or '(?!)'})(?!\w)")


def _candidates(
    tokens: Sequence[Token], stems: set[str], text: str, name: Name
) -> Iterator[tuple[int, bool, Span]]:
    """Spans that may be a name: how many of its words they hold, and whether it is whole."""
    for run in _runs(tokens, text, name.stems) if name.stems & stems else ():
        held = {token.stem for token in run} & name.stems
        if len(held) > 1:
            whole, part = held == name.stems, bool(held & name.anchors)
        else:
            whole = held == name.stems and (run[0].capital or name.text[0].islower())
            part = held == {name.sole} and run[0].capital
        if whole or part:
            yield len(held), whole, Span(run[0].span.start, run[-1].span.end)
    for match in name.acronyms.finditer(text):
        yield 1, True, Span(*match.span())


def _runs(tokens: Sequence[Token], text: str, stems: frozenset[str]) -> Iterator[list[Token]]:
    """Longest runs of a name's words, with small words between them."""
    run: list[Token] = []
    for token in tokens:
        inside = token.stem in stems and not token.small
        if run and not (
            (inside or token.small) and _GAP.fullmatch(text[run[-1].span.end : token.span.start])
        ):
            yield _without_small_end(run)
            run = []
        if inside or run:
            run.append(token)
    if run:
        yield _without_small_end(run)


def _without_small_end(run: list[Token]) -> list[Token]:
    return run[: max(n for n, token in enumerate(run, 1) if not token.small)]
