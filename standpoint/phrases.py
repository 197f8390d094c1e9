"""Noun phrases without a parser: where one begins, where it ends, and whom it names."""

from collections.abc import Sequence
from dataclasses import replace

from standpoint.article import Span
from standpoint.clauses import (
    DETERMINERS,
    FUNCTION_WORDS,
    NOBODY,
    OBJECT_PRONOUNS,
    POSSESSIVES,
    RELATIVES,
    SUBJECT_PRONOUNS,
    SUBORDINATORS,
    TIMES,
    TO_BE,
    Clause,
    Source,
    is_a_verb,
)
from standpoint.cues import VERBS
from standpoint.mentions import ActorMention
from standpoint.references import TITLES
from standpoint.verbs import BESIDE_A_VERB, ROLES

MAX_PHRASE_WORDS = 8
MAX_ATTACHED = 3
_ATTACHING = frozenset("of for from in at with to on by against near behind about inside".split())
_SPEAKING_FOR = frozenset(
    "source sources aide aides office statement lawyer lawyers adviser advisers member members".split()
)
_PRONOMINAL = frozenset("some others many one most few several all two three".split())
_PRONOUNS = SUBJECT_PRONOUNS | OBJECT_PRONOUNS
_OF_A_ROLE = (
    ROLES
    | TITLES
    | frozenset(
        "candidate candidates nominee frontrunner strategist strategists spokeswoman reporter "
        "journalist author host co-host attorney lawyer professor analyst former rep presidential "
        "campaign rival founder editor columnist pollster activist businessman senator senators "
        "then congressman congresswoman correspondent aide aides adviser advisers".split()
    )
)


def phrase_left(clause: Clause, at: int, from_word: int) -> Source:
    """The noun phrase that ends at a word, with what prepositions attach to it."""
    first, ends = _chain(clause, at, from_word)
    found = named_in(clause, first, ends, at)
    return found if found.actor is not None else _with_its_equal(clause, first, at, from_word)


def _chain(clause: Clause, at: int, from_word: int) -> tuple[int, int]:
    """Where a phrase begins with all it is attached to, and the head of what it is attached to."""
    first, ends = phrase_start(clause, at, from_word), at
    for _ in range(MAX_ATTACHED):
        before = first - 2
        if before < from_word or not _attaches(clause, first - 1):
            break
        if not _is_a_noun(clause, before):
            break
        first, ends = phrase_start(clause, before, from_word), before
    return first, ends


def _with_its_equal(clause: Clause, first: int, at: int, from_word: int) -> Source:
    """Both of "Kovac and Brandt", where the first of them opens the clause."""
    joint = first - 1
    if joint - 1 >= from_word and clause.words[joint].key in ("and", "or"):
        if _are_equals(clause, joint):
            start = _list_start(clause, joint - 1, from_word)
            if start == from_word or clause.parted(start - 1):
                return clause.source(start, at)
    return clause.source(first, at)


def _list_start(clause: Clause, at: int, from_word: int) -> int:
    """Where the phrase begins that ends at a word, with the names listed before it."""
    start, _ = _chain(clause, at, from_word)
    while start - 1 >= from_word and clause.gap(start - 1) == ", " and clause.is_name(start - 1):
        if not clause.is_name(start):
            break
        start = phrase_start(clause, start - 1, from_word)
    return start


def _are_equals(clause: Clause, joint: int) -> bool:
    noun = _is_a_noun(clause, joint - 1) or clause.words[joint - 1].key in SUBJECT_PRONOUNS
    return noun and not clause.parted(joint) and not clause.parted(joint - 1)


def _attaches(clause: Clause, number: int) -> bool:
    preposition = clause.words[number]
    between = clause.parted(number) or clause.parted(number - 1)
    return preposition.key in _ATTACHING and not between and clause.mention_of(preposition) is None


def _is_a_noun(clause: Clause, number: int) -> bool:
    word = clause.words[number]
    if clause.mention_of(word) is not None:
        return True
    usual = word.key in FUNCTION_WORDS - {"some", "many", "most", "one", "all", "those"}
    verb = word.key in VERBS and is_a_verb(clause, number) and not clause.is_name(number)
    return not usual and not verb and not word.key.endswith("ly")


def phrase_start(clause: Clause, at: int, from_word: int) -> int:
    """Where the noun phrase without attachments begins that ends at a word."""
    words = clause.words
    first = at
    if words[at].key in _PRONOUNS and clause.mention_of(words[at]) is None:
        return at
    while first > from_word and at - first < MAX_PHRASE_WORDS and _goes_on(clause, first - 1):
        first -= 1
        if words[first].key in DETERMINERS and clause.mention_of(words[first]) is None:
            break
    return first


def _goes_on(clause: Clause, number: int) -> bool:
    """Whether a word belongs to the noun phrase that begins with the next one."""
    word = clause.words[number]
    if clause.parted(number):
        return False
    if clause.mention_of(word) is not None:
        return True
    if not clause.joined(number):
        return False
    if word.key in DETERMINERS:
        return True
    if word.key in FUNCTION_WORDS or word.key in BESIDE_A_VERB or word.key.endswith("ly"):
        return False
    if clause.is_name(number):
        return True
    if word.key in VERBS and is_a_verb(clause, number):
        return False
    name_follows = clause.is_name(number + 1) and not word.possessive
    return not name_follows or word.key in _OF_A_ROLE or _is_behind_an_article(clause, number)


def _is_behind_an_article(clause: Clause, number: int) -> bool:
    """Whether a phrase goes on to an article before a word: "the national Asahi newspaper"."""
    for at in range(number - 1, max(-1, number - 3), -1):
        if not clause.joined(at) or clause.parted(at):
            return False
        if clause.words[at].key in DETERMINERS:
            return True
        if clause.words[at].key in FUNCTION_WORDS or clause.words[at].key in VERBS:
            return False
    return False


def named_in(clause: Clause, first: int, ends: int, last: int) -> Source:
    """Whom a phrase means: an actor at its head or that its role belongs to, or only its words.

    Parameters
    ----------
    ends : the last word before what prepositions attach, which is the phrase's head
    """
    whole = clause.between(first, last)
    mentions = [m for m in clause.mentions if whole.contains(m.span)]
    if not mentions:
        return clause.source(first, last)
    mention = _meant(clause, first, ends, mentions)
    if mention is None:
        return clause.source(first, last)
    return replace(clause.source_of(mention), phrase=whole)


def _meant(
    clause: Clause, first: int, ends: int, mentions: Sequence[ActorMention]
) -> ActorMention | None:
    head_end = clause.sentence.span.start + clause.words[ends].end
    heads = [m for m in mentions if m.span.end == head_end and not clause.words[ends].possessive]
    if heads:
        return heads[0]
    keys = {w.key for w in clause.words[first : ends + 1]}
    inner = [m for m in mentions if m.span.end < head_end]
    if inner and _role_behind(clause, inner[0].span, ends):
        return inner[0]
    attached = [m for m in mentions if m.span.start > head_end]
    return attached[-1] if attached and keys & (ROLES | _SPEAKING_FOR) else None


def _role_behind(clause: Clause, span: Span, ends: int) -> bool:
    behind = {w.key for w in clause.words[: ends + 1] if clause.at(w) >= span.end}
    return bool(behind & ROLES)


def phrase_right(clause: Clause, first: int) -> Source:
    """The noun phrase that begins with a word, before any mark."""
    last, ends = _phrase_end(clause, first), None
    if last is None:
        return NOBODY
    ends = last
    for _ in range(MAX_ATTACHED):
        following = last + 2
        if following >= len(clause.words) or clause.parted(last) or clause.parted(last + 1):
            break
        if clause.words[last + 1].key not in ("of", "for", "from", "at", "with", "in"):
            break
        further = _phrase_end(clause, following)
        if further is None or clause.words[following].key in TIMES:
            break
        last = further
    return named_in(clause, first, ends, last)


def _phrase_end(clause: Clause, first: int) -> int | None:
    words = clause.words
    if first >= len(words):
        return None
    if clause.mention_of(words[first]) is None and words[first].key in _PRONOUNS:
        return first
    last = None
    for at in range(first, min(first + MAX_PHRASE_WORDS, len(words))):
        if at > first and not clause.joined(at - 1):
            break
        if clause.mention_of(words[at]) is None:
            opens = words[at].key in DETERMINERS and (at == first or words[at - 1].key == "all")
            if not opens and not clause.is_name(at) and _ends_a_phrase(clause, at, first):
                break
        last = at
    if last is None or (words[last].key in DETERMINERS and last == first):
        return last if last is not None and words[last].key in _PRONOMINAL else None
    return last


def _ends_a_phrase(clause: Clause, at: int, first: int) -> bool:
    word = clause.words[at]
    if word.key in FUNCTION_WORDS or word.key in BESIDE_A_VERB or word.key in SUBORDINATORS:
        return True
    if word.key in TIMES or word.key in TO_BE or word.key in RELATIVES:
        return True
    if at > first and word.key in VERBS and not clause.is_name(at):
        return is_a_verb(clause, at)
    behind_a_name = at > first and clause.is_name(at - 1) and "-" not in clause.gap(at - 1)
    return behind_a_name and word.text.islower() and word.key.endswith(("ed", "ing", "ly"))


def equals_of(clause: Clause, source: Source) -> list[Source]:
    """The other actors of "Iran, Russia and Syria said", where they open a clause."""
    if source.actor is None or source.reach is None:
        return []
    found, at = [], _word_at(clause, source.reach)
    while at >= 2 and clause.words[at - 1].key in ("the", "and", "or"):
        at -= 1
    while at > 0 and (mention := clause.mention_of(clause.words[at - 1])) is not None:
        if clause.gap(at - 1).strip() not in ("", ",") or mention.possessive:
            break
        found.append(clause.source_of(mention))
        at = _word_at(clause, mention.span)
        at -= at > 0 and clause.words[at - 1].key == "the"
    joined = at == 0 or clause.parted(at - 1) or clause.words[at - 1].key in ("that", "both")
    return found if joined and found and _is_joined(clause, source) else []


def _is_joined(clause: Clause, source: Source) -> bool:
    before = [w.key for w in clause.words if source.reach and clause.at(w) < source.reach.start]
    return bool(set(before[-2:]) & {"and", "or"})


def _word_at(clause: Clause, span: Span) -> int:
    return next(n for n, word in enumerate(clause.words) if clause.at(word) >= span.start)


def has_possessor(clause: Clause, number: int, from_word: int) -> Source | None:
    """Whose a noun is: "Iran's strong belief", "his belief"; None where nobody's."""
    at = number - 1
    while at >= from_word and number - at <= 4 and not clause.parted(at):
        word = clause.words[at]
        if word.possessive:
            return phrase_left_of_possessor(clause, at, from_word)
        if word.key in POSSESSIVES:
            mention = clause.mention_of(word)
            return clause.source_of(mention) if mention else clause.source(at, at)
        if word.key in FUNCTION_WORDS or word.key in VERBS:
            return None
        at -= 1
    return None


def phrase_left_of_possessor(clause: Clause, at: int, from_word: int) -> Source:
    """The owner whose name ends at a word with ``'s``."""
    mention = clause.mention_of(clause.words[at])
    if mention is not None:
        return clause.source_of(mention)
    return clause.source(phrase_start(clause, at, from_word), at)
