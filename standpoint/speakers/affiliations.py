"""Affiliations: the body for which somebody speaks who is no actor of the codebook.

A hearing names it in the label ("THE WITNESS (RMT):", "KOVAC, for the Greens:"), in the list of its
witnesses ("Gina Orlowski, Partner, Brightwater Capital;") or where somebody is called ("Ms Carty of
Homeplace").
"""

import re
from collections.abc import Iterator
from functools import cached_property

from standpoint.lexicon.roles import TITLES
from standpoint.mentions import MentionMatcher
from standpoint.speakers.actor_names import ALL_TITLES, ActorNames
from standpoint.structure import Label
from standpoint.text import words_of

_FOR_BODY = re.compile(r"(?:speaking )?(?:on behalf of|for|representing) (?:the )?(.+)$")
_KIND_OF_BODY = re.compile(r" (?:[Gg]roup|[Dd]elegation|[Pp]arty)$")
_NOTE_PARTS = re.compile(r"\s*[,;]\s*")
# A surname with what is said of the person behind it, to the end of the clause.
_INTRODUCTION = re.compile(
    r"([^\W\d_a-z][\w'’-]+)(,? (?:of|from|at|for|representing|on behalf of) |, )"
    r"([^.;:()\n]{2,120})"
)
# "the country manager of Denizli Power", "Chief Executive at Halden": what the last link names.
_LINK = re.compile(r".*\b(?:of|at|for|from|with) (?:the )?(?=[^\Wa-z])")
_NOT_FOR_IT = re.compile(
    r"\b(?:former|formerly|ex|then|late|critics?|opponents?|son|daughter|wife|husband|residents?"
    r"|members?|citizens?|natives?|victims?|historians?|scholars?|correspondents?)\b",
    re.IGNORECASE,
)
MAX_INTRODUCTIONS = 3
"""Of a surname that are read: who somebody is, is said at the first mentions."""


def is_for_body(role: str) -> bool:
    """Whether a role is that somebody speaks for a body, and not an office."""
    return _FOR_BODY.match(role) is not None


class Affiliations:
    """Finds the bodies for which persons of one document speak.

    Parameters
    ----------
    text : of the document
    """

    def __init__(self, matcher: MentionMatcher, names: ActorNames, text: str) -> None:
        self._kinds, self._names, self._text = matcher.kinds, names, text
        self._by_surname: dict[str, str | None] = {}

    def of_label(self, label: Label) -> str | None:
        """The body for which the person of a label speaks, by the label, else by the document.

        A later label may have the name alone.
        """
        words = [word for word in words_of(label.name) if word.key not in ALL_TITLES]
        surname = words[-1].key if words else ""
        body = self._in_label(label)
        if body is not None or not surname:
            if surname:
                self._by_surname[surname] = body
            return body
        if surname not in self._by_surname:
            self._by_surname[surname] = self._introduced_as(surname)
        return self._by_surname[surname]

    def _in_label(self, label: Label) -> str | None:
        """The body in the role or in brackets: "on behalf of the Green Group", "(RMT)"."""
        sent = _FOR_BODY.match(label.role)
        if sent is not None:
            names = (sent.group(1), _KIND_OF_BODY.sub("", sent.group(1)))
            return next(filter(None, map(self._body, names)), None)
        phrases = [label.role, *label.notes]
        parts = (part for phrase in phrases for part in _NOTE_PARTS.split(phrase))
        return next(filter(None, map(self._of_clause, parts)), None)

    def _introduced_as(self, surname: str) -> str | None:
        """The body that the document names behind a surname."""
        for link, clause in self._introductions.get(surname, ()):
            if link != ", ":
                words = clause.partition(",")[0].removeprefix("the ")
                is_sent = link.strip(" ,") not in ("of", "from", "at")
                body = self._begins_with(words, allow_state=is_sent)
                if body is not None:
                    return body
                continue
            parts = map(self._of_clause, clause.split(", "))
            body = next(filter(None, parts), None)
            if body is not None:
                return body
        return None

    @cached_property
    def _introductions(self) -> dict[str, list[tuple[str, str]]]:
        """By surname: how what is said of the person is linked to the name, and what."""
        by_surname: dict[str, list[tuple[str, str]]] = {}
        for surname, link, clause in self._clauses():
            of_surname = by_surname.setdefault(surname.casefold(), [])
            if len(of_surname) < MAX_INTRODUCTIONS:
                of_surname.append((link, clause))
        return by_surname

    def _clauses(self) -> Iterator[tuple[str, str, str]]:
        at = 0
        while (match := _INTRODUCTION.search(self._text, at)) is not None:
            yield match.group(1), match.group(2), match.group(3)
            at = match.start(3)

    def _of_clause(self, clause: str) -> str | None:
        """The body that a clause is, or for which it says that somebody works."""
        clause = clause.strip()
        if _NOT_FOR_IT.search(clause) is not None:
            return None
        body = self._body(clause)
        if body is not None and self._kinds[body] != "state":
            return body
        link = _LINK.match(clause)
        if link is None:
            return None
        keys = {word.key for word in words_of(link.group())}
        return self._begins_with(clause[link.end() :], allow_state=not keys.isdisjoint(TITLES))

    def _begins_with(self, words: str, *, allow_state: bool) -> str | None:
        """The body whose name some words are, or begin with before a word in small letters."""
        body = self._body(words)
        if body is None:
            capitals = re.match(r"(?:[^\Wa-z][\w'’&/.-]*(?: |$)|(?:of|and|for|the) )+", words)
            body = self._body(capitals.group().strip()) if capitals else None
        if body is None or (self._kinds[body] == "state" and not allow_state):
            return None
        return body

    def _body(self, name: str) -> str | None:
        """The actor of a name that is no person."""
        actor = self._names.named(name) if name else None
        return actor if actor is not None and self._kinds[actor] != "person" else None
