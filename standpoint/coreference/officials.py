"""Nominal mentions of states and officials, by adjective or possessor: "Russian officials",
"Iran's top diplomat".
"""

from collections.abc import Iterator

from standpoint.coreference.discourse import DiscourseState
from standpoint.coreference.grammatical_roles import ends_noun_phrase, first_not_helping
from standpoint.lexicon.function_words import AFTER_SUBJECT, ARTICLES
from standpoint.lexicon.roles import (
    ARMED_OFFICES,
    DEPUTY_WORDS,
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
from standpoint.mentions import (
    PLURAL_DEMONYM_ENDINGS,
    ActorMention,
    SentenceView,
    matches_case,
    may_follow_phrase,
)
from standpoint.text import is_hyphenated

MAX_OFFICE_WORDS = 5
"""Words of an office: "deputy foreign ministry spokesman" has four."""
MAX_NAME_WORDS = 3
"""Words of the name after an office; longer names are rare."""
_ENVOYS = TITLE_HYPERNYMS["diplomat"] - {"minister", "secretary"}


def official_mentions(view: SentenceView, discourse: DiscourseState) -> Iterator[ActorMention]:
    """Mentions of states by their officials, and of the only person that an office can mean.

    The caller may add each mention to the view before it takes the next.
    """
    at = 0
    while at < len(view.words):
        mention = None
        if at not in view.mention_at:
            if view.keys[at] in discourse.profiles.opening_adjectives:
                mention = _by_adjective(view, at, discourse)
        elif view.words[at].possessive:
            mention = _by_possessor(view, at, discourse)
        if mention is not None:
            yield mention
            at = max(at, *view.indices(mention))
        at += 1


def _by_adjective(view: SentenceView, at: int, discourse: DiscourseState) -> ActorMention | None:
    """A state, or its official, by adjective: "Russian officials", "the Iranian minister"."""
    past, state = _adjective(view, at, discourse)
    if past == at or view.key(at - 1) in NOT_IN_OFFICE or _is_within_name(view, at, past):
        return None
    if view.keys[past - 1].endswith(PLURAL_DEMONYM_ENDINGS):
        return _people(view, at, past, state)
    last = _office_end(view, past)
    if last is None:
        shared = _shares_office(view, past, discourse)
        return view.mention(state, at, past - 1, "title") if shared else None
    # "the Russian minister" is the person introduced as one; without such a person, the state.
    is_definite = view.key(at - 1) == "the"
    if is_definite and view.keys[last] in TITLES and not view.is_capitalized(last + 1):
        modifiers = range(past, last)
        person = office_holder(view, discourse, title=last, modifiers=modifiers, member_of=state)
        if person is not None:
            return view.mention(person, at, last, "title")
    named_end = _end_with_name(view, last)
    return view.mention(state, at, named_end, "title") if named_end is not None else None


def _shares_office(view: SentenceView, past: int, discourse: DiscourseState) -> bool:
    """Whether an adjective shares the office of the next: "Russian and Iranian officials".

    The office is in the plural, since one official is of one state.
    """
    while True:
        gap = view.gap(past - 1).strip() if past < len(view.words) else "."
        is_and = view.key(past) == "and"
        if gap not in ("", ",") or not (is_and or gap == ","):
            return False
        following = past + is_and
        following += view.key(following) == "the"
        past, _ = _adjective(view, following, discourse)
        if past == following:
            return False
        last = _office_end(view, past)
        if last is not None:
            return view.keys[last].endswith("s") and view.keys[last] not in ARMED_OFFICES
        if is_and:
            return False


def _adjective(view: SentenceView, at: int, discourse: DiscourseState) -> tuple[int, str]:
    """The index past the longest adjective of a state that begins at a token, and the state."""
    longest, state = at, ""
    for past, value, written in discourse.profiles.adjectives.matches(
        view.words, keys=view.keys, at=at
    ):
        taken = any(index in view.mention_at for index in range(at, past))
        if past > longest and not taken and _is_written(view, at, past, written):
            longest, state = past, value
    if longest > at and is_hyphenated(
        view.sentence.text, start=view.words[at].start, end=view.words[longest - 1].end
    ):
        return at, ""
    return longest, state


def _is_within_name(view: SentenceView, at: int, past: int) -> bool:
    """Whether capitals on both sides make the adjective part of a name: "Free Syrian Army"."""
    before = at - 1
    if not (view.is_capitalized(before) and view.is_capitalized(past)):
        return False
    joined = view.words[before].joined and before not in view.mention_at
    return joined and not may_follow_phrase(view.keys[before])


def _is_written(view: SentenceView, at: int, past: int, written: tuple[str, ...]) -> bool:
    """Whether the case of some tokens fits an adjective as the codebook writes it."""
    words = view.words[at:past]
    capitalized = all(word.text[0].isupper() for word in words)
    texts = [word.text for word in words]
    return capitalized and matches_case(written, texts, shouted=view.is_shouted)


def _office_end(view: SentenceView, first: int) -> int | None:
    """The last token of the longest office that begins at a token; None without one."""
    last = None
    for at in range(first, min(first + MAX_OFFICE_WORDS, len(view.words))):
        before = view.words[at - 1]
        if not before.joined or before.possessive or at in view.mention_at:
            break
        key = view.keys[at]
        is_voice = key in STATE_MEDIA and view.keys[first] == "state" and at > first
        # Media speak for a state only as "state media".
        if key in OFFICE_NOUNS or is_voice:
            last = at
        elif key not in OFFICE_MODIFIERS and key not in STATE_MEDIA:
            break
    if last is None or view.is_hyphenated(last):
        return None
    # "the Syrian side of the border"
    is_place = view.keys[last] == "side" and view.key(last + 1) == "of"
    return None if is_place or view.key(last + 1) in COMPOUND_PARTICIPLES else last


def _end_with_name(view: SentenceView, last: int) -> int | None:
    """The end of an office with the name of its holder; None where an actor is named."""
    if view.keys[last] not in SINGULAR_OFFICES:
        plural = view.keys[last] in OFFICE_NOUNS and view.keys[last].endswith("s")
        ended = plural or ends_noun_phrase(view, last) or view.is_capitalized(last + 1)
        return last if ended else None
    end = last
    while end - last < MAX_NAME_WORDS and view.words[end].joined and not view.words[end].possessive:
        if not view.is_capitalized(end + 1):
            break
        if end + 1 in view.mention_at:
            return None
        end += 1
    return end if end > last or ends_noun_phrase(view, last) else None


def _people(view: SentenceView, at: int, past: int, state: str) -> ActorMention | None:
    """A people that says something stands for its government: "the Russians said"."""
    speaks = view.words[past - 1].joined and first_not_helping(view, past) in REPORTING
    if view.key(at - 1) == "the" and speaks:
        return view.mention(state, at, past - 1, "title")
    return None


def _by_possessor(view: SentenceView, at: int, discourse: DiscourseState) -> ActorMention | None:
    """A person by title and the actor he or she belongs to: "Russia's top diplomat"."""
    owner = view.mention_at[at]
    if discourse.profiles.is_person(owner.actor) or not owner.possessive:
        return None
    for last in range(at + 1, min(at + 1 + MAX_OFFICE_WORDS, len(view.words))):
        if last in view.mention_at or not view.words[last - 1].joined:
            return None
        if view.keys[last] in TITLES and view.key(last + 1) not in TITLES:
            person = office_holder(
                view, discourse, title=last, modifiers=range(at + 1, last), member_of=owner.actor
            )
            if person is None or not ends_noun_phrase(view, last):
                return None
            return view.mention(person, view.indices(owner)[0], last, "title")
        if view.words[last].possessive:
            return None
    return None


def office_holder(
    view: SentenceView,
    discourse: DiscourseState,
    *,
    title: int,
    modifiers: range,
    member_of: str | None = None,
) -> str | None:
    """The person introduced in an earlier sentence that a title and its modifiers fit.

    None without such a person, or where they fit several.

    Parameters
    ----------
    title, modifiers : tokens
    member_of : the state or body that they must belong to
    """
    key = view.keys[title]
    words = {view.keys[at] for at in modifiers} - RANKS - AFTER_SUBJECT - ARTICLES
    persons = discourse.persons_with_title(key)
    if member_of is not None:
        persons = discourse.members.get(member_of, ())
    now = view.sentence.index
    fitting = [p for p in persons if _holds_office(discourse, p, key, words=words, before=now)]
    if len(fitting) > 1 and not words & DEPUTY_WORDS:  # "the president" is no vice president
        fitting = [p for p in fitting if not discourse.words_of_office(p, key) & DEPUTY_WORDS]
    return fitting[0] if len(fitting) == 1 else None


def _holds_office(
    discourse: DiscourseState, person: str, title: str, *, words: set[str], before: int
) -> bool:
    """Whether a person was introduced with a title and some words before a sentence."""
    offices = ((own, discourse.offices[own][person]) for own in discourse.titles_of(person, title))
    return any(
        office.since < before and words <= office.words and _covers(title, own, office.words)
        for own, office in offices
    )


def _covers(title: str, own: str, words: set[str]) -> bool:
    """Whether a broader title can mean an office: a diplomat is a foreign minister, no other."""
    if title == own or own in _ENVOYS:
        return True
    if title == "diplomat":
        return "foreign" in words or "state" in words
    return own != "minister" or "prime" in words
