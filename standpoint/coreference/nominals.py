"""Nominal mentions of actors introduced before: "the minister", "the federation", "both sides".

A nominal mention is resolved where exactly one introduced actor fits it and the article speaks of
nobody else in the same words.
"""

from collections.abc import Container, Iterator, Sequence

from standpoint.coreference.collectives import collective_mentions, ordinal_mention
from standpoint.coreference.discourse import DiscourseState
from standpoint.coreference.grammatical_roles import ends_noun_phrase
from standpoint.coreference.officials import office_holder
from standpoint.coreference.sides import side_mention
from standpoint.lexicon.bodies import (
    AMBIGUOUS_BODIES,
    BODY_NOUNS,
    COMPOUND_HEADS,
    HOUSED_BODIES,
    LASTING_NOUNS,
    NOT_LATER,
    SIDE_NOUNS,
)
from standpoint.lexicon.collectives import COLLECTIVE_NUMBERS, GROUPS_BY_NUMBER, ORDINALS_OF_TWO
from standpoint.lexicon.function_words import ARTICLES, CONJUNCTIONS, DETERMINERS, PREPOSITIONS
from standpoint.lexicon.roles import (
    AMBIGUOUS_TITLES,
    PERSON_DESCRIPTIONS,
    PERSON_NOUNS,
    RANKS,
    TITLES,
)
from standpoint.lexicon.verbs import SPEAKING
from standpoint.mentions import ActorMention, SentenceView, country_keys

MAX_MODIFIERS = 2
"""Words between "the" and the head noun: "the European consumers' federation"."""
# "the only president" and "the next minister" are no person introduced as such.
_SINGLING_OUT = frozenset("only first last next other most least same".split())
_WHOLE = frozenset({"entire", "whole"})
_NOUNS_OF_BODIES = BODY_NOUNS | SIDE_NOUNS | {"government"}
# What stands before a compound that is nobody else's: "said coalition spokesman".
_BEFORE_COMPOUND = DETERMINERS | PREPOSITIONS | CONJUNCTIONS | RANKS | SPEAKING
_STAFF = frozenset({"officials"})


def nominal_mentions(
    view: SentenceView, discourse: DiscourseState, *, recent: Sequence[SentenceView]
) -> Iterator[ActorMention]:
    """Mentions by "the" and a noun, and of two actors of the previous sentence together.

    Parameters
    ----------
    recent : the sentences before, the last first
    """
    previous = recent[0] if recent else None
    for at, key in enumerate(view.keys):
        if at in view.mention_at:
            continue
        mention = _single_mention(view, at, discourse, recent)
        if mention is not None:
            yield mention
        if view.is_quoted(at):  # "both sides" of a quotation are mostly sides of another dispute
            continue
        if key in COLLECTIVE_NUMBERS or key in GROUPS_BY_NUMBER:
            yield from collective_mentions(view, at, discourse, previous=previous)
        elif key in ORDINALS_OF_TWO:
            mention = ordinal_mention(view, at, discourse, previous=previous)
            if mention is not None:
                yield mention


def _single_mention(
    view: SentenceView, at: int, discourse: DiscourseState, recent: Sequence[SentenceView]
) -> ActorMention | None:
    """A mention of one actor by "the" or "this" and a noun, or by a body's noun before another."""
    if view.keys[at] == "the":
        return (
            _by_title(view, at, discourse)
            or _by_body(view, at, discourse)
            or _by_description(view, at, discourse, recent)
        )
    if view.keys[at] == "this" and not view.is_quoted(at):
        return _by_description(view, at, discourse, recent)
    if view.keys[at] in _NOUNS_OF_BODIES and view.key(at + 1) in COMPOUND_HEADS:
        mention = _by_compound(view, at, discourse)
        if mention is not None:
            return mention
    return side_mention(view, at, discourse)


def _by_title(view: SentenceView, the: int, discourse: DiscourseState) -> ActorMention | None:
    """A person by title: "the minister", "the Foreign Minister"."""
    head = _head_noun(view, the, TITLES)
    if head is None or (view.is_capitalized(head + 1) and view.words[head].joined):
        return None
    title = view.keys[head]
    modifiers = {view.keys[at] for at in range(the + 1, head)}
    is_unclear = title in AMBIGUOUS_TITLES or discourse.is_ambiguous_title(title, modifiers)
    if is_unclear or modifiers & _SINGLING_OUT:
        return None
    if view.key(head + 1) in PERSON_NOUNS:  # "the deputy minister": another noun is the head
        return None
    person = office_holder(view, discourse, title=head, modifiers=range(the + 1, head))
    if person is None or _is_of_another(view, head, person, discourse):
        return None
    return view.mention(person, the, head, "title")


def _is_of_another(view: SentenceView, head: int, person: str, discourse: DiscourseState) -> bool:
    """Whether "of" and a name after a title make it another's: "the President of France"."""
    if view.key(head + 1) != "of":
        return False
    at = head + 3 if view.key(head + 2) in ARTICLES else head + 2
    if not view.is_capitalized(at):
        return False
    body = view.mention_at.get(at)
    belongs = body is not None and body.actor in discourse.profiles.parents_of(person)
    titles = discourse.titles_of(person, view.keys[head])
    named = any(view.keys[at] in discourse.words_of_office(person, title) for title in titles)
    return not (belongs or named)


def _head_noun(view: SentenceView, the: int, nouns: Container[str]) -> int | None:
    """The first of some nouns after "the", with at most `MAX_MODIFIERS` words between."""
    for at in range(the + 1, min(the + 2 + MAX_MODIFIERS, len(view.words))):
        before = view.words[at - 1]
        if not before.joined or at in view.mention_at:
            return None
        if view.keys[at] in nouns:
            return None if view.is_hyphenated(at) else at
        if view.words[the].possessive:
            return None
    return None


def _by_body(view: SentenceView, the: int, discourse: DiscourseState) -> ActorMention | None:
    """A body or state by its head noun: "the federation", "the government"."""
    at = _head_noun(view, the, _NOUNS_OF_BODIES)
    if at is None or not ends_noun_phrase(view, at) or view.key(at + 1) in ("of", "for"):
        return None
    if view.keys[at] == "opposition" and view.key(at + 1) in ("to", "from", "against"):
        return None
    head, modifiers = view.keys[at], {*view.keys[the + 1 : at]}
    # "the church" and "the front" are also things, unless a word or a capital says which.
    if head in AMBIGUOUS_BODIES and not modifiers and not view.is_capitalized(at):
        is_building = view.key(the - 1) in PREPOSITIONS - {"by", "of", "against"}
        if head not in HOUSED_BODIES or is_building:
            return None
    # A bare "the government" is that of the only state of the article.
    if head == "government" and not modifiers:
        actor = _only_state(view, discourse) or _main_government(view, at, discourse)
    else:
        actor = _only_body(head, modifiers, discourse)
    if actor is None or not _is_introduced(actor, view, the, discourse):
        return None
    return view.mention(actor, the, at, "title")


def _by_description(
    view: SentenceView, the: int, discourse: DiscourseState, recent: Sequence[SentenceView]
) -> ActorMention | None:
    """An actor by the noun that described it before, if it was mentioned lately: "the boy"."""
    at = _head_noun(view, the, discourse.described)
    if at is None or view.key(at + 1) in ("of", "for"):
        return None
    # "the boy wearing a hat"
    is_whole = view.keys[at] in PERSON_DESCRIPTIONS and view.key(at + 1).endswith("ing")
    if not is_whole and not ends_noun_phrase(view, at):
        return None
    noun, modifiers = view.keys[at], {*view.keys[the + 1 : at]} - _WHOLE
    is_unclear = noun in discourse.others_nouns or noun in NOT_LATER or noun in TITLES
    if is_unclear or modifiers & _SINGLING_OUT:
        return None
    fitting = [a for a, known in discourse.described[noun].items() if modifiers <= known.words]
    now = view.sentence.index
    if len(fitting) != 1 or discourse.described[noun][fitting[0]].since >= now:
        return None
    if noun not in LASTING_NOUNS and not _is_recent(fitting[0], view, the, recent):
        return None
    return view.mention(fitting[0], the, at, "title")


def _is_recent(actor: str, view: SentenceView, at: int, recent: Sequence[SentenceView]) -> bool:
    """Whether an actor was mentioned before a token in its sentence or in those just before."""
    start = view.span(at, at).start
    here = any(m.actor == actor and m.span.end <= start for m in view.mentions)
    return here or any(m.actor == actor for sentence in recent for m in sentence.mentions)


def _by_compound(view: SentenceView, at: int, discourse: DiscourseState) -> ActorMention | None:
    """A body by its noun before another: "coalition spokesman", "government forces"."""
    is_free = at == 0 or not view.words[at - 1].joined or view.keys[at - 1] in _BEFORE_COMPOUND
    is_name = at > 0 and view.is_capitalized(at) and view.is_capitalized(at + 1)
    if not is_free or is_name or not view.words[at].joined or view.words[at].possessive:
        return None
    # "asked government officials": who is asked, and paid by it, takes no side for it.
    if view.keys[at + 1] in _STAFF and at > 0 and view.key(at + 2) not in SPEAKING:
        return None
    actor = _only_body(view.keys[at], set(), discourse)
    if view.keys[at] == "government":
        actor = _only_state(view, discourse) or _main_government(view, at, discourse)
    if actor is None or not _is_introduced(actor, view, at, discourse):
        return None
    return view.mention(actor, at, at, "title")


def _main_government(view: SentenceView, at: int, discourse: DiscourseState) -> str | None:
    """The actor that alone has a government in its names, if no state is named more often."""
    actor = _only_body("government", set(), discourse)
    if actor is None:
        return None
    n_named = discourse.n_named
    is_main = all(n_named[state] <= n_named[actor] for state in discourse.states)
    own = discourse.profiles.of(actor).words
    own = own | discourse.profiles.adjectives_by_state.get(actor, set())
    others = (key in country_keys() and key not in own for key in view.keys[:at])
    return actor if is_main and not any(others) else None


def _only_body(head: str, modifiers: set[str], discourse: DiscourseState) -> str | None:
    """The only body introduced whose name has this head noun and contains the modifiers."""
    if head in discourse.ambiguous_heads and not modifiers:
        return None
    known = discourse.bodies_by_head.get(head, ())
    fitting = [actor for actor in known if modifiers <= discourse.profiles.of(actor).words]
    return fitting[0] if len(fitting) == 1 else None


def _is_introduced(actor: str, view: SentenceView, at: int, discourse: DiscourseState) -> bool:
    """Whether an actor was named before a token."""
    if discourse.introduced_at[actor] < view.sentence.index:
        return True
    start = view.span(at, at).start
    return any(m.actor == actor and m.span.end <= start for m in view.mentions)


def _only_state(view: SentenceView, discourse: DiscourseState) -> str | None:
    """The only state introduced, if the article has named no other country."""
    if len(discourse.states) != 1:
        return None
    state = next(iter(discourse.states))
    adjectives = discourse.profiles.adjectives_by_state.get(state, set())
    own = discourse.profiles.of(state).words | adjectives
    return state if discourse.countries_named_until(view.sentence) <= own else None
