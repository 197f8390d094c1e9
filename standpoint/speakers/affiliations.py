"""Affiliations: the body for which somebody speaks who is no actor of the codebook.

A hearing names it in the label ("THE WITNESS (RMT):", "KOVAC, for the Greens:"), in the list of its
witnesses ("Gina Orlowski, Partner, Brightwater Capital;") or where somebody is called ("Ms Carty of
Homeplace").
"""

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import islice

from standpoint.lexicon.roles import (
    ENVOY_NOUNS,
    GOVERNMENT_TITLES,
    NOT_IN_OFFICE,
    SPEAKING_OFFICES,
    SPOKESPERSONS,
)
from standpoint.mentions import MentionMatcher
from standpoint.speakers.actor_names import ALL_TITLES, ActorNames
from standpoint.structure import Label
from standpoint.text import words_of

_FOR_BODY = re.compile(r"(?:speaking )?(?:on behalf of|for|representing) (?:the )?(.+)$")
_KIND_OF_BODY = re.compile(r" (?:[Gg]roup|[Dd]elegation|[Pp]arty)$")
_PARTS = re.compile(r"\s*[,;]\s*")
_NAME_WORD = r"[^\W\d_a-z][\w'’-]{0,40}"
# A title or given names and a surname, with what is said of the person to the end of the clause.
_INTRODUCTION = re.compile(
    rf"(?<![\w'’-])((?:{_NAME_WORD}\.? (?:[a-z]{{2,3}} )?){{1,4}})({_NAME_WORD})"
    r"(,? (?:representing|on behalf of) (?:the )?|, for (?:the )?| (?:of|from|at) (?:the )?|, )"
    r"([^.;:()\n]{2,120})"
)
# "you are the country manager of Denizli Power", "Minister of Foreign Affairs of Valdia".
_OFFICE_LINK = re.compile(r"\b(?:of|at|for) (?:the )?(?=[^\Wa-z])")
_BODY_NAME = re.compile(r"(?:[^\Wa-z][\w'’&/.-]*(?: |$)|(?:of|and|for|the) )+")
_LAST_LINKS = re.compile(r"(?: (?:of|and|for|the))+$")
_POSSESSIVE = re.compile(r"(?:['’]s|s['’])(?!\w)")
STATE_OFFICES = GOVERNMENT_TITLES | SPOKESPERSONS | ENVOY_NOUNS
MAX_INTRODUCTIONS = 12
"""Of a surname that are read: who somebody is, is said at the first mentions."""
MAX_OFFICE_WORDS = 9
"""Of an office before its body: "you are the acting regional organiser". A guess."""


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
        self._by_name: dict[tuple[str, ...], str | None] = {}

    def of_label(self, label: Label) -> str | None:
        """The body for which the person of a label speaks, by the label, else by the document.

        A later label may have the name alone.
        """
        name = tuple(word.key for word in words_of(label.name) if word.key not in ALL_TITLES)
        body = self._in_label(label)
        if body is not None or not name:
            if name:
                self._by_name[name] = body
            return body
        if name not in self._by_name:
            self._by_name[name] = self._said_before(name) or self._introduced_as(name)
        return self._by_name[name]

    def _said_before(self, name: tuple[str, ...]) -> str | None:
        """The body of the only earlier label with a surname."""
        if len(name) > 1:
            return None
        bodies = {body for other, body in self._by_name.items() if other[-1] == name[-1]} - {None}
        return bodies.pop() if len(bodies) == 1 else None

    def _in_label(self, label: Label) -> str | None:
        """The body in the role or in brackets: "on behalf of the Green Group", "(RMT)"."""
        sent = _FOR_BODY.match(label.role)
        if sent is not None:
            names = (sent.group(1), _KIND_OF_BODY.sub("", sent.group(1)))
            return next(filter(None, map(self._body, names)), None)
        # Of a seat and a party in brackets, the party is the last.
        phrases = (*label.notes[::-1], label.role)
        return next(filter(None, map(self._of_clause, phrases)), None)

    def _introduced_as(self, name: tuple[str, ...]) -> str | None:
        """The body that the document names behind a person's name."""
        first_names = {*name[:-1]}
        for others, link, clause in self._introductions.get(name[-1], ()):
            if first_names and others and first_names.isdisjoint(others):
                continue
            is_sent = "representing" in link or "behalf" in link
            body = (
                self._of_clause(clause)
                if link == ", "
                else self._begins_with(clause, allow_state=is_sent)
            )
            if body is not None:
                return body
        return None

    @cached_property
    def _introductions(self) -> dict[str, list[tuple[frozenset[str], str, str]]]:
        """By surname: the given names, how what is said of the person is linked to it, and what."""
        by_surname: dict[str, list[tuple[frozenset[str], str, str]]] = {}
        for before, surname, link, clause in self._clauses():
            keys = [word.key for word in words_of(f"{before}{surname}")]
            of_surname = by_surname.setdefault(keys[-1], [])
            if len(of_surname) < MAX_INTRODUCTIONS:
                of_surname.append((frozenset(keys[:-1]) - ALL_TITLES, link, clause))
        return by_surname

    def _clauses(self) -> Iterator[tuple[str, str, str, str]]:
        at = 0
        while (match := _INTRODUCTION.search(self._text, at)) is not None:
            yield match.group(1), match.group(2), match.group(3), match.group(4)
            at = match.start(4)

    def _of_clause(self, clause: str) -> str | None:
        """The body that a clause is, or for which its first part says that somebody works."""
        first, *others = [*islice(_PARTS.split(clause.strip()), 2)]
        body = self._body(first)
        if body is not None and self._kinds[body] != "state":
            return body
        if not _is_office(first):
            return None
        for link in _OFFICE_LINK.finditer(first):
            keys = {word.key for word in words_of(first[: link.start()])}
            allow_state = not STATE_OFFICES.isdisjoint(keys)
            body = self._begins_with(first[link.end() :], allow_state=allow_state)
            if body is not None:
                return body
        # "Chief Executive, Halden Resources plc"
        return self._begins_with(others[0], allow_state=False) if others else None

    def _begins_with(self, words: str, *, allow_state: bool) -> str | None:
        """The body whose name some words are, or begin with before a word in small letters."""
        phrase = _PARTS.split(words, maxsplit=1)[0]
        body = self._body(phrase)
        capitals = _BODY_NAME.match(phrase)
        if body is None and capitals is not None:
            name = _LAST_LINKS.sub("", capitals.group().strip())
            body = None if _POSSESSIVE.search(name) else self._body(name)
        if body is None or (self._kinds[body] == "state" and not allow_state):
            return None
        return body

    def _body(self, name: str) -> str | None:
        """The actor of a name that is no person."""
        actor = self._names.named(name) if name else None
        return actor if actor is not None and self._kinds[actor] != "person" else None


def _is_office(clause: str) -> bool:
    """Whether a clause is an office, and says no more: "who left Labour" has none."""
    before = _OFFICE_LINK.split(clause, maxsplit=1)[0]
    keys = [word.key for word in words_of(before)]
    is_short = 0 < len(keys) <= MAX_OFFICE_WORDS
    return is_short and not SPEAKING_OFFICES.isdisjoint(keys) and NOT_IN_OFFICE.isdisjoint(keys)
