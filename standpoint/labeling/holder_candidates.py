"""Holder candidates: every actor whose stance a sentence may express.

They are the voice of the sentence, the sources of what is said in it, the actors that it mentions,
and the candidates of the sentences just before it, whose speech may go on. Which of them take a
side is for the classifier to decide.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from standpoint.attribution import Attribution
from standpoint.judge import HOLDER_FEATURES
from standpoint.labeling.annotated_article import AnnotatedArticle
from standpoint.labeling.candidates import VOICE_KINDS
from standpoint.labeling.holders import Why, asked_by_sentence, reach_in
from standpoint.mentions import ActorMention
from standpoint.model import Floats
from standpoint.text import Sentence

MAX_OWN = 6  # more actors in a sentence differ no further; a guess


@dataclass(slots=True)
class HolderCandidate:
    """An actor who may hold a stance in a sentence, and why.

    Attributes
    ----------
    mention : the first mention of the actor in the sentence
    attribution : the innermost attribution to the actor
    is_voice : whether the sentence is the actor's own by default
    is_possible : whether the mention is a possible one, and no more speaks for the actor
    carried : sentences since the actor was last a candidate; 0 where the sentence has the actor
    """

    actor: str
    mention: ActorMention | None = None
    attribution: Attribution | None = None
    is_voice: bool = False
    is_possible: bool = False
    carried: int = 0

    @property
    def is_source(self) -> bool:
        """Whether something in the sentence is attributed to the actor."""
        return self.attribution is not None and not self.carried


Candidates = Mapping[str, HolderCandidate]
"""The candidates of a sentence, by actor."""


def holder_candidates(article: AnnotatedArticle) -> list[Candidates]:
    """The candidates of every sentence, in the order of the sentences."""
    own = [_own_candidates(article, n) for n in range(len(article.sentences))]
    asked = asked_by_sentence(article)
    return [_with_asked(_with_carried(article, own, n), asked.get(n, ())) for n in range(len(own))]


def read_candidates(article: AnnotatedArticle) -> list[tuple[Candidates, Floats]]:
    """The candidates of every sentence with their features, of shape (n_candidates, n_features)."""
    candidates = holder_candidates(article)
    return list(zip(candidates, holder_features(article, candidates), strict=True))


def _own_candidates(article: AnnotatedArticle, number: int) -> Candidates:
    """The voice, the sources and the mentioned actors of a sentence."""
    candidates: dict[str, HolderCandidate] = {}
    voice = article.voices.get(number)
    for actor in voice.actors if voice else ():
        candidates[actor] = HolderCandidate(actor, is_voice=True)
    attributions = _innermost_first(article.attributions_by_sentence.get(number, ()))
    for attribution in attributions:
        source = attribution.source.actor
        if source is not None:
            candidate = candidates.setdefault(source, HolderCandidate(source))
            candidate.attribution = candidate.attribution or attribution
    for mention in article.mentions_by_sentence.get(number, ()):
        candidate = candidates.setdefault(mention.actor, HolderCandidate(mention.actor))
        candidate.mention = candidate.mention or mention
    for mention in article.possible_mentions.get(number, ()):
        possible = HolderCandidate(mention.actor, mention, is_possible=True)
        candidates.setdefault(mention.actor, possible)
    for attribution in attributions:
        for source in _possible_sources(article, attribution):
            possible = HolderCandidate(source, attribution=attribution, is_possible=True)
            candidate = candidates.setdefault(source, possible)
            candidate.attribution = candidate.attribution or attribution
    return candidates


def _possible_sources(article: AnnotatedArticle, attribution: Attribution) -> list[str]:
    """The actors whom the words of an unknown source may mean."""
    source = attribution.source
    if source.actor is not None or source.reach is None:
        return []
    return [mention.actor for mention in article.possible_mentions_in(source.reach)]


def _innermost_first(attributions: Iterable[Attribution]) -> list[Attribution]:
    return sorted(attributions, key=lambda a: a.content.end - a.content.start)


def _sources_in(article: AnnotatedArticle, number: int) -> str:
    """Whether the sources of a sentence are actors, unknown, or none."""
    sources = [
        attribution.source.actor
        for attribution in article.attributions_by_sentence.get(number, ())
        if attribution.kind not in VOICE_KINDS
    ]
    if not sources:
        return "none"
    return "known" if any(source is not None for source in sources) else "unknown"


def _with_carried(article: AnnotatedArticle, own: Sequence[Candidates], number: int) -> Candidates:
    """The candidates of a sentence, and those of the sentences before, the nearest first."""
    candidates = dict(own[number])
    kinds = article.matcher.kinds
    reach = reach_in(article, number, sources=_sources_in(article, number))
    furthest = max(distance for of_kind in reach.values() for distance in of_kind.values())
    for distance in range(1, min(furthest, number) + 1):
        for actor, before in own[number - distance].items():
            of_kind = reach["person" if kinds[actor] == "person" else "body"]
            if actor not in candidates and distance <= of_kind[_why(before)]:
                carried = HolderCandidate(actor, attribution=before.attribution, carried=distance)
                candidates[actor] = carried
    return candidates


def _with_asked(candidates: Candidates, asked: Sequence[str]) -> Candidates:
    """The candidates of a sentence, and whoever is asked in it, as if carried on."""
    others = {actor: HolderCandidate(actor, carried=1) for actor in asked}
    return {**candidates, **{a: c for a, c in others.items() if a not in candidates}}


def _why(candidate: HolderCandidate) -> Why:
    """What an actor is a candidate for in its own sentence."""
    if candidate.is_voice:
        return "voice"
    if candidate.attribution is not None:
        return "source"
    return "possible" if candidate.is_possible else "sure"


def holder_features(article: AnnotatedArticle, candidates: Sequence[Candidates]) -> list[Floats]:
    """Features of the candidates of each sentence, of shape (n_candidates, n_features).

    The columns are `HOLDER_FEATURES`: a judge is trained with them.
    """
    counts: dict[str, int] = {}
    for mention in article.mentions:
        counts[mention.actor] = counts.get(mention.actor, 0) + 1
    total = max(1, sum(counts.values()))
    frequencies = {actor: count / total for actor, count in counts.items()}
    parents = article.matcher.codebook.parents()
    return [
        _features_in(sentence, own, frequencies=frequencies, parents=parents)
        for sentence, own in zip(article.sentences, candidates, strict=True)
    ]


def _features_in(
    sentence: Sentence,
    candidates: Candidates,
    *,
    frequencies: Mapping[str, float],
    parents: Mapping[str, str],
) -> Floats:
    present = [candidate for candidate in candidates.values() if not candidate.carried]
    homes = {parents[c.actor] for c in present if c.actor in parents}
    has_voice = any(candidate.is_voice for candidate in present)
    has_source = any(c.is_source and not c.is_voice for c in present)
    rows = np.zeros((len(candidates), len(HOLDER_FEATURES)), np.float32)
    for n, candidate in enumerate(candidates.values()):
        is_other_source = has_source and (candidate.is_voice or not candidate.is_source)
        rows[n] = (
            candidate.is_voice,
            has_voice and not candidate.is_voice,
            *_source_features(candidate),
            is_other_source,
            *_mention_features(candidate.mention, sentence),
            1 / candidate.carried if candidate.carried else 0,
            bool(candidate.carried and candidate.attribution),
            min(len(present), MAX_OWN) / MAX_OWN,
            frequencies.get(candidate.actor, 0),
            parents.get(candidate.actor) in candidates,
            candidate.actor in homes,
            n == 0,
            bool(candidate.carried and has_source),
        )
    return rows


def _source_features(candidate: HolderCandidate) -> tuple[bool, bool]:
    """Whether the candidate is the source of a quotation, and of a paraphrase."""
    kind = candidate.attribution.kind if candidate.attribution and candidate.is_source else None
    return kind == "quote", kind == "paraphrase"


def _mention_features(
    mention: ActorMention | None, sentence: Sentence
) -> tuple[bool, bool, bool, float]:
    """Whether named, referred to or possessive, and how early in the sentence, from 0 to 1."""
    if mention is None:
        return False, False, False, 0.0
    position = 1 - (mention.span.start - sentence.span.start) / max(1, len(sentence.text))
    return mention.how == "name", mention.how != "name", mention.possessive, position
