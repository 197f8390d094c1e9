"""Nested attribution: words that one source relays of another, and who only relays.

"X quoted Y as saying" is of Y. "In a letter seen by the Post, Kovac rejected the tariff" is no
stance of the Post, and "Kovac said Brandt rejects the tariff" is Brandt's, reported by Kovac.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from standpoint.attribution.content_spans import trimmed
from standpoint.attribution.frames import Frame, Source
from standpoint.attribution.mention_places import Place
from standpoint.attribution.noun_phrases import source_ending_at, source_starting_at
from standpoint.attribution.subjects import Verb, subject_of
from standpoint.lexicon.function_words import (
    FINITE_AUXILIARIES,
    PASSIVE_AUXILIARIES,
    RELATIVE_PRONOUNS,
    is_ly_adverb,
)
from standpoint.lexicon.holder_words import STANCE_VERBS
from standpoint.lexicon.news_terms import MEDIA_WORDS
from standpoint.lexicon.reporting_cues import ADDRESSEE_VERBS, CUE_VERBS
from standpoint.lexicon.word_set import words
from standpoint.mentions import ActorMention, SentenceView
from standpoint.text import Span, words_of

_AS_SAYING = re.compile(r"\bas (?:saying|telling|having said)\b(?: that\b)?")


def nested_frame(view: SentenceView, at: int) -> tuple[Frame, int] | None:
    """The frame of "X quoted Y as saying" or "Y was quoted by X as saying", and where it ends."""
    verb = view.words[at]
    as_saying = _AS_SAYING.search(view.sentence.text, verb.end)
    if as_saying is None:
        return None
    subject = subject_of(Verb(view, at))
    if view.key(at - 1) in PASSIVE_AUXILIARIES or view.key(at + 1) in ("by", "as"):
        if subject.name is None and at > 0:  # "Kovac, quoted by Reuters as saying"
            subject = source_ending_at(view, at - 1, 0)
        source, reporter = subject, _agent(view, at)
    else:
        source, reporter = source_starting_at(view, at + 1), _reporter(subject)
    contents = trimmed(view, as_saying.end(), len(view.sentence.text)) or (view.sentence.span,)
    cue_span = Span(verb.start, verb.end)
    return Frame(source, contents, f"{verb.text} as saying", cue_span, reporter), as_saying.end()


def cited_frames(frames: Sequence[Frame], view: SentenceView) -> list[Frame]:
    """The frames, with whom a medium cites as the source: "Reuters, citing Kovac, said"."""
    at = next((n for n, key in enumerate(view.keys) if key in ("citing", "quoting")), None)
    if at is None or at == 0:
        return list(frames)
    medium, cited = subject_of(Verb(view, at)), source_starting_at(view, at + 1)
    words = {word.key for word in words_of(medium.text or "")}
    if cited.name is None or MEDIA_WORDS.isdisjoint(words):
        return list(frames)
    return [
        replace(frame, source=cited, reporter=_reporter(medium))
        if frame.source.span == medium.span
        else frame
        for frame in frames
    ]


def _agent(view: SentenceView, verb: int) -> str | None:
    """The reporter after "by"."""
    for at in range(verb + 1, len(view.words) - 1):
        if view.keys[at] == "by":
            return _reporter(source_starting_at(view, at + 1))
    return None


def _reporter(source: Source) -> str | None:
    """The actor, or the name without its article."""
    if source.actor is not None or source.name is None:
        return source.actor
    return re.sub(r"^[Tt]he ", "", source.name)


# What is done "by" a medium that only passes words on: "seen by", "an interview published by".
PASSED_ON = words("""
    quoted cited seen obtained published reviewed reported carried broadcast interviewed poll survey
""")
# Wanting and planning are stances as well, where they are what indirect speech is about.
_STANCES_TOLD = STANCE_VERBS | words("""
    want wants wanted oppose rejecting voted votes vetoed signed accept
""")
_PLAIN_REPORTS = words("""
    said says say saying told tells tell reported reports reporting wrote writes according quoted
    quotes cited cites informed informs announced announces :
""")
"""Cues that say nothing of what their source thinks of what is said."""
MAX_STANCE_WORDS = 10
"""Words from a stance verb to the cue it governs: "rejects any part of the government's tariff"."""
_ADVICE = words("must should ought may might could can need needs to")
"""What Kovac says Brandt "must" do is what Kovac wants."""
_DATED = re.compile(r",? ?(?:\d{1,2}\b|[A-Z][a-z]+ \d)[^()]{0,30}\)|\)")
_ADDRESSES = words("addressing")
_FORMAL = words("mr mrs ms miss dr sir madam")
_TURNS_TO = words("i we you your my our please let stop do don't don")
"""Words behind a name and a comma that show the name to be an addressee: "Mr Kovac, I oppose"."""
_OPENING_MARKS = " \n\"'“‘«„"


def is_plain_report(cue: str) -> bool:
    """Whether a cue only reports: "said", "according to", but not "criticised"."""
    return not _PLAIN_REPORTS.isdisjoint(cue.casefold().split()) or cue == ":"


def is_cited(
    view: SentenceView, mention: ActorMention, *, cue: Span, is_source: bool = False
) -> bool:
    """Whether a mention only names where something was said: "seen by X", "per X", "(X, 4 May)".

    Whom a medium cites is the source, and no medium: "the agency, citing Kovac, said".
    """
    place = Place.of(view, mention, cue)
    if place is None:
        return False
    if place.governor == "by":
        return view.key_outside_mentions(place.before - 1) in PASSED_ON
    if place.governor in ("quoting", "citing"):
        return not is_source
    if place.governor == "per":
        return place.before == 0
    return _is_in_brackets(place)


def _is_in_brackets(place: Place) -> bool:
    """Whether brackets hold a name and a date behind the cue: "(Reuters, 4 May)"."""
    if place.cue > place.first or not place.view.text_before(place.first).endswith("("):
        return False
    end = place.view.words[place.last].end
    dated = _DATED.match(place.view.sentence.text, end)
    return dated is not None and dated.group() != ")"


def is_addressed(view: SentenceView, mention: ActorMention, *, cue: Span) -> bool:
    """Whether somebody speaks to a mention: "Mr Kovac, I …", "@kovac …", "Addressing Kovac, …"."""
    place = Place.of(view, mention, cue)
    if place is None or place.first > place.cue:
        return False
    before = view.text_before(place.first).rstrip("“‘")
    if before.rstrip(_OPENING_MARKS) == "@":
        return not _is_verb(place.following)
    if place.governor in _ADDRESSES:
        return True
    return _is_called(place)


def _is_called(place: Place) -> bool:
    """Whether a name and a comma open a sentence or a quotation that goes on to something else."""
    view, opening = place.view, place.before + 1
    if place.before >= 0 and view.keys[place.before] in _FORMAL:  # "Mr." with a full stop
        opening = place.before
    if view.gap(place.last).strip() != ",":
        return False
    behind = view.key(place.last + 1)
    is_opening = opening == 0 or view.gap(opening - 1).rstrip().endswith(("“", '"', "‘"))
    if not is_opening or _is_verb(behind):
        return False
    if behind in _TURNS_TO:  # but "Kovac, I hear, may reject it"
        return not any(view.gap(at).strip() for at in range(place.last + 1, place.last + 4))
    titles = {view.keys[at] for at in range(opening, place.last + 1)}
    return bool(titles & _FORMAL) and _leads_clause(place, behind)


def _leads_clause(place: Place, behind: str) -> bool:
    """Whether a clause follows the comma, and no apposition up to another comma."""
    if behind in RELATIVE_PRONOUNS or behind.endswith("ing"):
        return False
    view = place.view
    last = next((at for at in range(place.last + 1, len(view.words)) if view.gap(at).strip()), 0)
    return last >= place.cue


def _is_verb(key: str) -> bool:
    return key in FINITE_AUXILIARIES or key in STANCE_VERBS or key in CUE_VERBS


def takes_side(view: SentenceView, mention: ActorMention, *, cue: Span) -> bool:
    """Whether a mention is the subject of a stance verb with the cue as its object."""
    place = Place.of(view, mention, cue)
    if place is None or mention.possessive or place.last >= place.cue:
        return False
    at = place.last + 1
    while view.key(at) in FINITE_AUXILIARIES - _ADVICE or is_ly_adverb(view.key(at)):
        at += 1
    if _told_me(view, at):
        return True
    is_near = 0 < place.cue - at <= MAX_STANCE_WORDS
    if not is_near or view.key(at) not in _STANCES_TOLD or view.key(at) == "agreed":
        return False
    return not any(view.has_break_after(n) for n in range(place.last, place.cue))


def _told_me(view: SentenceView, at: int) -> bool:
    """Whether a verb and "me" or "us" are followed by what was told: "told me 'it is dead'"."""
    if view.key(at) not in ADDRESSEE_VERBS or view.key(at + 1) not in ("me", "us"):
        return False
    return view.key(at + 2) == "that" or bool(view.gap(at + 1).strip(" ,"))
