"""Grammatical roles of mentions and pronouns: subject, source, attribute, place.

Shallow patterns over neighboring words; there is no parser.
"""

from standpoint.lexicon.bodies import NAMED_AFTER_PERSON
from standpoint.lexicon.function_words import (
    AFTER_SUBJECT,
    ARTICLES,
    EXPLETIVE_VERBS,
    LOCATIVE_PREPOSITIONS,
    PREPOSITIONS,
    VOLITION,
)
from standpoint.lexicon.reporting_cues import NEVER_INVERTED
from standpoint.lexicon.roles import TITLES
from standpoint.lexicon.verbs import REPORTING, SPEAKING
from standpoint.mentions import ActorMention, SentenceView, may_follow_phrase
from standpoint.text import in_any_span

_COORDINATORS = ("and", ", and", "or", "&", ",")
_CLOSING_MARKS = (",", '"', "”", "’", "?", "!")
MAX_WORDS_INVERTED = 3
"""Words between an inverted verb and its subject: "said Foreign Minister Lavrov" has two."""


def outside_quotes(view: SentenceView) -> list[ActorMention]:
    """Mentions outside quotation marks, in the order they were added."""
    return [m for m in view.mentions if not in_any_span(view.quotes, m.span.start)]


def possible_subjects(view: SentenceView) -> list[ActorMention]:
    """Mentions outside quotation marks that can be subjects, in text order."""
    subjects = [m for m in outside_quotes(view) if can_be_subject(view, m)]
    return sorted(subjects, key=lambda mention: mention.span)


def can_be_subject(view: SentenceView, mention: ActorMention) -> bool:
    """Whether a mention can be a subject: no possessive, and no verb or preposition governs it."""
    indices = view.indices(mention)
    if mention.possessive or not indices:
        return False
    # A name that only modifies the next noun: "the Assad regime".
    if view.words[indices[-1]].joined and view.key(indices[-1] + 1) in NAMED_AFTER_PERSON:
        return False
    before = before_phrase(view, indices[0])
    if before < 0 or not view.words[before].joined:
        return True
    # A coordinated mention has the role of the one before it.
    if view.key(before) in ("and", "or") and before - 1 in view.mention_at:
        return can_be_subject(view, view.mention_at[before - 1])
    verb = view.key_outside_mentions(before)
    is_governed = verb in REPORTING and not has_inverted_subject(view, before)
    return not is_governed and verb not in PREPOSITIONS


def before_phrase(view: SentenceView, first: int) -> int:
    """The token before a name and the titles and articles that precede it; may be -1."""
    at, has_title = first - 1, False
    while at >= 0 and view.words[at].joined and at not in view.mention_at:
        key = view.key(at)
        has_title = has_title or key in TITLES
        is_name = has_title and at > 0 and view.is_capitalized(at)
        if key in PREPOSITIONS or not (key in ARTICLES or key in TITLES or is_name):
            break
        at -= 1
    return at


def is_source(view: SentenceView, mention: ActorMention) -> bool:
    """Whether a mention is the subject of a verb of speaking beside it, before or after it."""
    indices = view.indices(mention)
    if view.key_outside_mentions(indices[-1] + 1) in SPEAKING:
        return True
    first = indices[0]
    return any(has_inverted_subject(view, first - n) for n in range(1, MAX_WORDS_INVERTED + 1))


def is_place(view: SentenceView, mention: ActorMention) -> bool:
    """Whether a mention only says where something is: "in Syria"."""
    return view.key(view.indices(mention)[0] - 1) in LOCATIVE_PREPOSITIONS


def has_inverted_subject(view: SentenceView, verb: int) -> bool:
    """Whether a verb of speaking has its subject after it: '"…," said she'."""
    if view.key_outside_mentions(verb) not in SPEAKING or view.key(verb) in NEVER_INVERTED:
        return False
    return view.text_before(verb).endswith((*_CLOSING_MARKS, "'"))


def is_in_speech_tag(view: SentenceView, pronoun: int) -> bool:
    """Whether a pronoun is the subject of a speech tag: '…, she said' or '…," said she'."""
    if view.key_outside_mentions(pronoun - 1) in SPEAKING:
        following = view.key(pronoun + 1)
        ended = not view.words[pronoun].joined or following in PREPOSITIONS
        return ended and view.text_before(pronoun - 1).endswith(_CLOSING_MARKS)
    marked = view.text_before(pronoun).endswith((",", '"', "”", "’", "“", "—", "–", "--"))
    return marked and first_not_helping(view, pronoun + 1) in SPEAKING


def first_not_helping(view: SentenceView, first: int) -> str:
    """The key of the first of three tokens that is no auxiliary or adverb; empty without one."""
    keys = (view.key(at) for at in range(first, first + 3))
    return next((key for key in keys if key not in AFTER_SUBJECT), "")


def ends_noun_phrase(view: SentenceView, last: int) -> bool:
    """Whether a noun phrase can end with a token: no further noun follows it."""
    word = view.words[last]
    is_last = not word.joined or last + 1 >= len(view.words)
    return is_last or word.possessive or may_follow_phrase(view.key(last + 1))


def are_coordinated(view: SentenceView, first: ActorMention, second: ActorMention) -> bool:
    """Whether only "and", "or" or a comma separates two mentions."""
    end, start = view.local(first.span)[1], view.local(second.span)[0]
    gap = view.sentence.text[end:start].strip() if end <= start else ""
    return gap in _COORDINATORS or gap.removesuffix(" the") in _COORDINATORS


def reporting_subject(view: SentenceView, pronoun: int) -> str | None:
    """Who says that "it" will do something: "Iran said it would …", but not "it was raining"."""
    verb = pronoun - 1 - (view.key(pronoun - 1) == "that")
    subject = view.mention_at.get(verb - 1)
    if view.keys[pronoun] != "it" or subject is None or subject.possessive:
        return None
    if not view.words[verb - 1].joined:  # "A firm, seeking to buy Volta, said it …"
        return None
    if view.key_outside_mentions(verb) not in SPEAKING or not can_be_subject(view, subject):
        return None
    modal = view.key(pronoun + 1) in VOLITION and view.key(pronoun + 2) not in EXPLETIVE_VERBS
    return subject.actor if modal and view.words[pronoun].joined else None
