"""Officials of states, by an adjective or an owner: "Russian officials", "Iran's top diplomat"."""

from collections.abc import Iterator
from itertools import islice

from standpoint.coreference.discourse import DiscourseState
from standpoint.coreference.sentence import SentenceView
from standpoint.lexicon.function_words import AFTER_SUBJECT, ARTICLES
from standpoint.lexicon.roles import (
    NOT_IN_OFFICE,
    OFFICE_MODIFIERS,
    OFFICE_NOUNS,
    RANKS,
    SINGULAR_OFFICES,
    STATE_MEDIA,
    TITLE_HYPERNYMS,
    TITLES,
)
from standpoint.lexicon.verbs import COMPOUND_PARTICIPLES, REPORTING
from standpoint.mentions import PEOPLE_ENDS, ActorMention, case_fits, may_follow
from standpoint.text import hyphenated, walk

MAX_OFFICE_WORDS = 5
MAX_NAME_WORDS = 3
_ENVOYS = TITLE_HYPERNYMS["diplomat"] - {"minister", "secretary"}


def officials_in(line: SentenceView, scene: DiscourseState) -> Iterator[ActorMention]:
    """Mentions of states by what serves them, and of the one person an office can mean."""
    at = 0
    while at < len(line.words):
        found = None
        if at not in line.owners:
            if line.words[at].key in scene.cast.opening_adjectives:
                found = _by_adjective(line, at, scene)
        elif line.words[at].possessive:
            found = _by_owner(line, at, scene)
        if found is not None:
            yield found
            at = max(at, *line.numbers(found))
        at += 1


def _by_adjective(line: SentenceView, at: int, scene: DiscourseState) -> ActorMention | None:
    past, state = _adjective(line, at, scene)
    if past == at or line.key(at - 1) in NOT_IN_OFFICE:
        return None
    if _is_in_a_name(line, at, past):
        return None
    if line.key(past - 1).endswith(PEOPLE_ENDS):
        return _people(line, at, past, state)
    last = _office(line, past)
    if last is None:
        return None
    definite = line.key(at - 1) == "the"
    if definite and line.key(last) in TITLES and not line.is_capital(last + 1):
        persons = holders_of(line, scene, last, range(past, last), of=state)
        if len(persons) == 1:
            return line.mention(persons[0], at, last, "title")
    ended = _with_name(line, last)
    return line.mention(state, at, ended, "title") if ended is not None else None


def _adjective(line: SentenceView, at: int, scene: DiscourseState) -> tuple[int, str]:
    """Past the longest adjective that begins at a word, and whose it is."""
    keys = [word.key for word in line.words]
    best, state = at, ""
    for past, value, written in walk(scene.cast.adjectives, line.words, keys, at):
        taken = any(number in line.owners for number in range(at, past))
        if past > best and not taken and _is_written(line, at, past, written):
            best, state = past, value
    if best > at and hyphenated(line.sentence.text, line.words[at].start, line.words[best - 1].end):
        return at, ""
    return best, state


def _is_in_a_name(line: SentenceView, at: int, past: int) -> bool:
    """Whether capitals on both sides make the adjective a part of a name: "Free Syrian Army"."""
    if not (line.is_capital(at - 1) and line.is_capital(past) and line.words[at - 1].joined):
        return False
    return at - 1 not in line.owners and not may_follow(line.key(at - 1))


def _is_written(line: SentenceView, at: int, past: int, written: tuple[str, ...]) -> bool:
    if any(not word.text[0].isupper() for word in line.words[at:past]):
        return False
    return case_fits(written, line.words[at:past], shouted=line.sentence.text.isupper())


def _office(line: SentenceView, first: int) -> int | None:
    """The last word of the longest office that begins at a word; None where none does."""
    found = None
    for at in range(first, min(first + MAX_OFFICE_WORDS, len(line.words))):
        if not line.words[at - 1].joined or line.words[at - 1].possessive or at in line.owners:
            break
        key = line.key(at)
        voice = key in STATE_MEDIA and line.key(first) == "state" and at > first
        if key in OFFICE_NOUNS or voice:
            found = at
        elif key not in OFFICE_MODIFIERS and key not in STATE_MEDIA:
            break
    if found is None or line.is_hyphenated(found):
        return None
    place = line.key(found) == "side" and line.key(found + 1) == "of"
    return None if place or line.key(found + 1) in COMPOUND_PARTICIPLES else found


def _with_name(line: SentenceView, last: int) -> int | None:
    """The end of an office with the name of its holder, who is nobody of the codebook."""
    plural = line.key(last) in OFFICE_NOUNS and line.key(last).endswith("s")
    if line.key(last) not in SINGULAR_OFFICES:
        return last if plural or line.is_whole(last) or line.is_capital(last + 1) else None
    end = last
    while end - last < MAX_NAME_WORDS and line.words[end].joined and not line.words[end].possessive:
        if not line.is_capital(end + 1):
            break
        if end + 1 in line.owners:
            return None
        end += 1
    return end if end > last or line.is_whole(last) else None


def _people(line: SentenceView, at: int, past: int, state: str) -> ActorMention | None:
    """A people that says something is its government: "the Russians said"."""
    after = next((k for n in range(past, past + 3) if (k := line.key(n)) not in AFTER_SUBJECT), "")
    if line.key(at - 1) == "the" and line.words[past - 1].joined and after in REPORTING:
        return line.mention(state, at, past - 1, "title")
    return None


def _by_owner(line: SentenceView, at: int, scene: DiscourseState) -> ActorMention | None:
    """A person by the actor he belongs to and his title: "Russia's top diplomat"."""
    owner = line.owners[at]
    if scene.cast.is_person(owner.actor) or not owner.possessive:
        return None
    for last in range(at + 1, min(at + 1 + MAX_OFFICE_WORDS, len(line.words))):
        if last in line.owners or not line.words[last - 1].joined:
            return None
        if line.key(last) in TITLES and line.key(last + 1) not in TITLES:
            persons = holders_of(line, scene, last, range(at + 1, last), of=owner.actor)
            if len(persons) == 1 and line.is_whole(last):
                return line.mention(persons[0], line.numbers(owner)[0], last, "title")
            return None
        if line.words[last].possessive:
            return None
    return None


def holders_of(
    line: SentenceView, scene: DiscourseState, title: int, between: range, *, of: str | None = None
) -> list[str]:
    """Up to two persons introduced in an earlier sentence whom a title and its words fit.

    Parameters
    ----------
    of : the actor they must be members of
    """
    key = line.key(title)
    words = {line.key(number) for number in between} - RANKS - AFTER_SUBJECT - ARTICLES
    return list(islice(_holding(key, words, scene, line.sentence.index, of), 2))


def _holding(
    title: str, words: set[str], scene: DiscourseState, now: int, of: str | None
) -> Iterator[str]:
    for actor in scene.members.get(of, ()) if of else scene.bearing(title):
        offices = ((own, scene.offices[own][actor]) for own in scene.titles_of(actor, title))
        if any(
            office.since < now and words <= office.words and _is_as_broad(title, own, office.words)
            for own, office in offices
        ):
            yield actor


def _is_as_broad(asked: str, own: str, words: set[str]) -> bool:
    """Whether an office is of the kind asked for: of ministers only foreign ones are diplomats."""
    if asked == own or own in _ENVOYS:
        return True
    if asked == "diplomat":
        return "foreign" in words or "state" in words
    if own == "minister":
        return "prime" in words
    return True
