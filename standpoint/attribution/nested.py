"""Words that one relays of another: "X quoted Y as saying"."""

import re

from standpoint.attribution.clause import NOBODY, Clause, Said, Source
from standpoint.attribution.content_spans import stretch
from standpoint.attribution.noun_phrases import phrase_right
from standpoint.attribution.subjects import subject_of
from standpoint.lexicon.function_words import PASSIVE_AUXILIARIES
from standpoint.text import Span

_AS_SAYING = re.compile(r"\bas (?:saying|telling|having said)\b(?: that\b)?")


def relayed(clause: Clause, number: int) -> tuple[Said, int] | None:
    """Of "X quoted Y as saying" and "Y was quoted by X as saying", and where it goes on behind."""
    text, verb = clause.sentence.text, clause.words[number]
    as_saying = _AS_SAYING.search(text, verb.end)
    if as_saying is None:
        return None
    subject = subject_of(clause, number, 0, NOBODY)
    if number > 0 and clause.words[number - 1].key in PASSIVE_AUXILIARIES:
        source, reporter = subject, _named_by(clause, number)
    else:
        source, reporter = phrase_right(clause, number + 1), _who(subject)
    content = stretch(clause, as_saying.end(), len(text)) or clause.sentence.span
    group = Span(verb.start, verb.end)
    said = Said(source, (content,), f"{verb.text} as saying", group, reporter)
    return said, as_saying.end()


def _named_by(clause: Clause, number: int) -> str | None:
    for at in range(number + 1, len(clause.words) - 1):
        if clause.words[at].key == "by":
            return _who(phrase_right(clause, at + 1))
    return None


def _who(source: Source) -> str | None:
    if source.actor is not None or source.name is None:
        return source.actor
    return re.sub(r"^[Tt]he ", "", source.name)
