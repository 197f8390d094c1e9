"""Possible mentions: words that mean an actor in some of the texts that have them.

"The ministry", "a monitor said", "the Russians", and the name of an official who was introduced
before. They are right in a fifth to a third of the cases, too few for a holder that is sure: only
the candidates of a classifier use them (`labeling.holder_candidates`).
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from standpoint.coreference.introduced_persons import IntroducedPersons
from standpoint.lexicon.bodies import (
    COMPOUND_HEADS,
    GENERIC_NOUNS,
)
from standpoint.lexicon.calendar import DAYS, MONTHS
from standpoint.lexicon.countries import PEOPLES, country_words
from standpoint.lexicon.function_words import (
    AFTER_NOUN_PHRASE,
    BEFORE_BASE_VERB,
    DEFINITE_DETERMINERS,
    DETERMINERS,
    FUNCTION_WORDS,
)
from standpoint.lexicon.holder_words import SPONSORING, STANCE_NOUNS, STATE_ACTS, TROOPS
from standpoint.lexicon.roles import SPEAKER_ROLES, TITLES
from standpoint.lexicon.verbs import ACTING, COMPOUND_PARTICIPLES, REPORTING
from standpoint.lexicon.word_set import words
from standpoint.mentions import (
    ActorMention,
    MentionMatcher,
    NounIndex,
    SentenceView,
    codes_of,
    country_keys,
    full_title,
    singular_key,
    view_sentence,
)
from standpoint.text import Article

MAX_MODIFIERS = 4
"""Words before a noun that belong to it: "the Russian defence ministry" has two."""
_DEEDS = TROOPS | STANCE_NOUNS | STATE_ACTS
_PAST_NOUN = FUNCTION_WORDS | REPORTING | ACTING | AFTER_NOUN_PHRASE
_VAGUE = words("movement maker")
# Words that make of a noun another thing: "social media", "a task force".
_OTHER_THINGS = words("social special task fighting work police")
# What a body of any kind does, to the noun for such a body.
_BY_PARTICIPLE = {"monitoring": "monitor"}
_ADJECTIVES = words("military public")
_SPEAKERS = COMPOUND_HEADS | SPEAKER_ROLES


def possible_mentions(
    article: Article, mentions: Mapping[int, Sequence[ActorMention]], *, matcher: MentionMatcher
) -> Iterator[ActorMention]:
    """The possible mentions of an article, in the order of its sentences.

    Parameters
    ----------
    mentions : those that are sure, by the index of their sentence
    """
    named = Counter(mention.actor for row in mentions.values() for mention in row)
    persons = IntroducedPersons(matcher.names.keys)
    views = [view_sentence(s, mentions.get(s.index, ()), quotes=()) for s in article.sentences]
    for view in views:
        nouns = [*_by_nouns(view, matcher.nouns, named=named)]
        yield from nouns
        yield from _by_titles(view, matcher.nouns, named=named)
        yield from _by_adjectives(view, matcher)
        parts = matcher.short_names.mentions_in(view)
        yield from (m for m in parts if not any(m.span.overlaps(n.span) for n in nouns))
        persons.learn(view, nouns)
    for view in views:
        yield from persons.mentions_in(view)


def _by_nouns(
    view: SentenceView, nouns: NounIndex, *, named: Counter[str]
) -> Iterator[ActorMention]:
    """The actors that nouns of a sentence may mean, where one alone fits."""
    for at in range(len(view.keys)):
        fitting = nouns.actors.get(_noun_at(view, at))
        if not fitting or view.is_hyphenated(at) or not _is_free(view, at, fitting, nouns):
            continue
        first = _phrase_start(view, at)
        if not _may_be_head(view, first, at):
            continue
        fitting = {a: own for a, own in fitting.items() if _agrees(view, first, at, a, nouns)}
        actor = _only_fitting(view, range(first, at + 1), fitting, nouns=nouns, named=named)
        if actor is not None:
            yield view.mention(actor, first, at, "title")


def _noun_at(view: SentenceView, at: int) -> str:
    """A noun in the singular; "a monitoring group" is a monitor."""
    noun = singular_key(view.keys[at])
    if noun in GENERIC_NOUNS and at > 0 and view.words[at - 1].joined:
        return _BY_PARTICIPLE.get(view.keys[at - 1], noun)
    return noun


def _by_titles(
    view: SentenceView, nouns: NounIndex, *, named: Counter[str]
) -> Iterator[ActorMention]:
    """The persons whom "the" and a title of their names may mean: "the Vice President"."""
    for at, key in enumerate(view.keys):
        fitting = nouns.persons.get(full_title(view.key(at - 1), key)) if key in TITLES else None
        if not fitting or at in view.mention_at or view.is_hyphenated(at):
            continue
        first = _phrase_start(view, at)
        is_named = view.is_capitalized(at + 1) and view.words[at].joined
        is_label = view.gap(at).startswith(":")  # "THE PRESIDENT: Yes."
        if is_named or is_label or view.key(first - 1) not in DEFINITE_DETERMINERS:
            continue
        actor = _only_fitting(view, range(first, at + 1), fitting, nouns=nouns, named=named)
        if actor is not None:
            yield view.mention(actor, first, at, "title")


def _is_free(view: SentenceView, at: int, fitting: Mapping[str, bool], nouns: NounIndex) -> bool:
    """Whether a noun is no part of a name, nor of the name of something else.

    A state's official is also the official of one of its bodies: "the Russian ministry".
    """
    following = view.key(at + 1)
    if view.is_capitalized(at + 1) and singular_key(following) in nouns.actors:
        return False
    mention = view.mention_at.get(at)
    if mention is None:
        return True
    return mention.how == "title" and any(mention.actor in nouns.kin_of(a) for a in fitting)


def _phrase_start(view: SentenceView, at: int) -> int:
    """The first of the words before a noun that belong to it, without a determiner."""
    first = at
    while first and at - first < MAX_MODIFIERS and _is_modifier(view, first - 1):
        first -= 1
    return first


def _is_modifier(view: SentenceView, at: int) -> bool:
    word = view.words[at]
    mention = view.mention_at.get(at)
    is_free = word.joined and not word.possessive and (mention is None or mention.how == "title")
    is_word = word.key not in FUNCTION_WORDS | REPORTING | MONTHS | DAYS
    return is_free and is_word and not word.key.isdigit()


def _may_be_head(view: SentenceView, first: int, at: int) -> bool:
    """Whether a noun ends its phrase, or modifies another: "union officials", "rebel shelling".

    Behind "the", the other noun is what is meant: "the government building".
    """
    following, before = view.key(at + 1), view.key(first - 1)
    if before in BEFORE_BASE_VERB:  # "to force a halt"
        return False
    if not view.words[at].joined or following in _PAST_NOUN or following.endswith(("ed", "ing")):
        return True
    if following in _SPEAKERS:
        return True
    is_name = view.is_capitalized(at) and view.is_capitalized(at + 1)  # "Army Day"
    return not (is_name or before in DEFINITE_DETERMINERS or view.keys[at] in _ADJECTIVES)


def _agrees(view: SentenceView, first: int, at: int, actor: str, nouns: NounIndex) -> bool:
    """Whether a noun for any body has "the" or a word of the actor's name: "the trade group"."""
    noun = _noun_at(view, at)
    if noun not in GENERIC_NOUNS and noun not in _VAGUE:
        return True
    if not nouns.words_in(actor).isdisjoint(view.keys[first:at]):
        return True
    return first == at and noun == view.keys[at] and view.key(at - 1) == "the"


def _only_fitting(
    view: SentenceView,
    phrase: range,
    fitting: Mapping[str, bool],
    *,
    nouns: NounIndex,
    named: Counter[str],
) -> str | None:
    """The only actor that nothing beside a noun rules out.

    Of several, the one whose own name has the noun, with most of the words before it; then the one
    that the article names most often.
    """
    ranks = {
        actor: (is_own, _n_shared(view, phrase, nouns.words_in(actor)))
        for actor, is_own in fitting.items()
        if not _is_of_others(view, phrase, actor, nouns)
    }
    best = [actor for actor, rank in ranks.items() if rank == max(ranks.values())]
    best.sort(key=lambda actor: -named[actor])
    if len(best) > 1 and named[best[0]] == named[best[1]]:
        return None
    return best[0] if best else None


def _n_shared(view: SentenceView, phrase: range, own: frozenset[str]) -> int:
    return sum(key in own for key in view.keys[phrase[0] : phrase[-1]])


def _is_of_others(view: SentenceView, phrase: range, actor: str, nouns: NounIndex) -> bool:
    """Whether the words beside a noun are of a country or body that is not the actor's."""
    own = nouns.words_around(actor)
    owner = view.mention_at.get(phrase[0] - 1)
    if owner is not None and view.words[phrase[0] - 1].joined:
        if owner.actor not in nouns.kin_of(actor):
            return True
    elif view.has_possessor(phrase[0]) and view.keys[phrase[0] - 1] not in own:
        return True
    countries = codes_of((view.keys[n] for n in phrase[:-1]), country_words())
    if not countries <= nouns.countries_of(actor):
        return True
    others = [n for n in phrase[:-1] if view.keys[n] not in own]
    if any(_shows_other(view.keys[n], actor, nouns) for n in others):
        return True
    if countries:  # "the Russian Aerospace Forces"
        others = []
    # A body with a name of its own may be one of a group: "the Steel Workers Union" of the unions.
    first = 0 if view.is_capitalized(phrase[-1]) else 1  # a first word alone shows no name
    if not nouns.is_group(actor) and any(n >= first and view.is_capitalized(n) for n in others):
        return True
    return _is_governed_by_other(view, phrase[-1], actor, nouns)


def _shows_other(key: str, actor: str, nouns: NounIndex) -> bool:
    """Whether a word before a noun is a people, or another actor's noun: "opposition forces"."""
    owners = nouns.actors.get(singular_key(key), {})
    is_noun_of_other = any(is_own and owner != actor for owner, is_own in owners.items())
    return key in PEOPLES or key in _OTHER_THINGS or is_noun_of_other


def _is_governed_by_other(view: SentenceView, at: int, actor: str, nouns: NounIndex) -> bool:
    """Whether "of" and a name follow a noun that are not the actor's: "the army of Valdia"."""
    if view.key(at + 1) not in ("of", "for", "from") or not view.words[at].joined:
        return False
    past = at + 2
    while view.key(past) in DETERMINERS:
        past += 1
    mention = view.mention_at.get(past)
    if mention is not None:
        return mention.actor not in nouns.kin_of(actor)
    return view.is_capitalized(past) and view.keys[past] not in nouns.words_around(actor)


def _by_adjectives(view: SentenceView, matcher: MentionMatcher) -> Iterator[ActorMention]:
    """States by their people or their deeds: "the Russians", "Russian vetoes", "U.S.-backed"."""
    profiles = matcher.profiles
    for at, key in enumerate(view.keys):
        if key not in profiles.opening_adjectives or at in view.mention_at:
            continue
        if not view.is_capitalized(at) or not (_is_people(view, at) or _has_deed(view, at)):
            continue
        for past, state, _ in profiles.adjectives.matches(view.words, keys=view.keys, at=at):
            if past == at + 1:
                yield view.mention(state, at, at, "title")


def _is_people(view: SentenceView, at: int) -> bool:
    """Whether an adjective of a state stands for its people: "the Japanese have complained"."""
    ends = not view.words[at].joined or view.key(at + 1) in _PAST_NOUN
    return ends and view.key(at - 1) == "the" and not view.is_hyphenated(at)


def _has_deed(view: SentenceView, at: int) -> bool:
    """Whether what an adjective describes is its state's doing: "Russian and Chinese vetoes"."""
    if view.is_hyphenated(at):
        return view.key(at + 1) in COMPOUND_PARTICIPLES | SPONSORING
    past = at + 1
    while view.key(past) == "and" or view.key(past) in country_keys():
        past += 1
    return not _DEEDS.isdisjoint({view.key(past), singular_key(view.key(past))})
