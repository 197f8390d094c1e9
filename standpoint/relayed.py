"""Words that one relays of another: "X quoted Y as saying"."""

import re
from dataclasses import dataclass

from standpoint.article import Span
from standpoint.clauses import NOBODY, Clause, Source
from standpoint.contents import stretch
from standpoint.phrases import phrase_right
from standpoint.subjects import subject_of

_AS_SAYING = re.compile(r"\bas (?:saying|telling|having said)\b(?: that\b)?")
_PASSIVE = frozenset("was were is been are being".split())


@dataclass(frozen=True, slots=True)
class Relayed:
    """What Y said, and that X relays it."""

    source: Source
    contents: tuple[Span, ...]
    cue: str
    group: Span
    reporter: str | None
    past: int
    """Where the sentence goes on behind "as saying"."""


def relayed(clause: Clause, number: int) -> Relayed | None:
    """Of "X quoted Y as saying", and "Y was quoted by X as saying"."""
    text, verb = clause.sentence.text, clause.words[number]
    as_saying = _AS_SAYING.search(text, verb.end)
    if as_saying is None:
        return None
    passive = number > 0 and clause.words[number - 1].key in _PASSIVE
    subject = subject_of(clause, number, 0, NOBODY)
    if passive:
        source, reporter = subject, _named_by(clause, number)
    else:
        source, reporter = phrase_right(clause, number + 1), _who(subject)
    content = stretch(clause, as_saying.end(), len(text)) or clause.sentence.span
    group = Span(verb.start, verb.end)
    return Relayed(source, (content,), f"{verb.text} as saying", group, reporter, as_saying.end())


def _named_by(clause: Clause, number: int) -> str | None:
    for at in range(number + 1, len(clause.words) - 1):
        if clause.words[at].key == "by":
            source = phrase_right(clause, at + 1)
            return _who(source)
    return None


def _who(source: Source) -> str | None:
    return source.actor or _without_article(source.name)


def _without_article(words: str | None) -> str | None:
    return re.sub(r"^[Tt]he ", "", words) if words is not None else None
