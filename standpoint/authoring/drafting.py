"""Drafts of codebooks: actors and issues proposed from articles."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from standpoint.authoring.actor_proposals import propose_actors
from standpoint.authoring.capitalized_spans import count_cases, find_capitalized_spans
from standpoint.authoring.entity_merging import classify_entities, is_actor, merge_entities
from standpoint.authoring.issue_proposals import propose_issues
from standpoint.authoring.key_phrases import count_phrases, rank_phrases
from standpoint.authoring.name_counts import Entity, count_entities
from standpoint.codebook import Actor, Issue, Proposal, fold_cue
from standpoint.errors import InputError
from standpoint.lexicon.countries import country_words
from standpoint.text import Article

# A name must occur twice; three times in a corpus of 20 articles or more, and a phrase in one of
# 100 articles there. Set by hand, so that the draft of a large corpus stays readable.
MIN_COUNT, MIN_COUNT_OF_MANY, MANY_ARTICLES = 2, 3, 20
MAX_OTHERS = 60  # names in the last comment of a draft


@dataclass(frozen=True, slots=True)
class CodebookDraft:
    """Proposal actors and issues, the most frequent first.

    Attributes
    ----------
    others : names that recur and are no actors, mostly of places, with their frequency
    """

    actors: tuple[Proposal[Actor], ...]
    issues: tuple[Proposal[Issue], ...]
    others: tuple[str, ...]


def draft_codebook(articles: Sequence[Article]) -> CodebookDraft:
    """Propose a codebook from names that recur and from key phrases near attributions.

    Raises
    ------
    InputError
        no name, or no phrase, recurs
    """
    cases = count_cases(articles)
    spans = list(find_capitalized_spans(articles, cases))
    many = len(articles) >= MANY_ARTICLES
    min_count = MIN_COUNT_OF_MANY if many else MIN_COUNT
    merged = merge_entities(count_entities(spans)).values()
    entities = [entity for entity in merged if entity.count >= min_count]
    entities.sort(key=lambda entity: (-entity.count, entity.words))
    classify_entities(entities, adjectives=country_words())
    actors = propose_actors(entities, spans, articles, min_count=min_count)
    if not actors:
        raise _nothing_recurs("a name of an actor")
    taken = {tuple(fold_cue(name).split()) for actor in actors for name in actor.entry.names}
    min_phrase_count = max(min_count, len(articles) // 100) if many else 1
    counts = count_phrases(articles, cases)
    phrases = rank_phrases(counts, min_count=min_phrase_count, taken=taken)
    issues = propose_issues(phrases, is_small=not many)
    if not issues:
        raise _nothing_recurs("a phrase of two words or more near what someone says")
    return CodebookDraft(tuple(actors), tuple(issues), tuple(_other_names(entities)))


def _nothing_recurs(what: str) -> InputError:
    return InputError(
        f"articles: {what} must recur, got none that does. Give more articles, or longer ones."
    )


def _other_names(entities: Iterable[Entity]) -> list[str]:
    others = [e for e in entities if not is_actor(e) and not e.is_country_word]
    return [f"{entity.name} ({entity.count})" for entity in others[:MAX_OTHERS]]
