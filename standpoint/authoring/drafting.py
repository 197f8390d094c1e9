"""A codebook to be edited, proposed from articles."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from standpoint.authoring.actor_proposals import propose_actors
from standpoint.authoring.capitalized_spans import count_cases, find_runs
from standpoint.authoring.entity_merging import cast, is_actor, merge
from standpoint.authoring.issue_proposals import propose_issues
from standpoint.authoring.key_phrases import find_phrases, rank
from standpoint.authoring.name_counts import Found, gather
from standpoint.codebook import Actor, Issue, Proposal, fold_cue
from standpoint.errors import InputError
from standpoint.lexicon.countries import country_words
from standpoint.text import Article

MIN_COUNT, MIN_COUNT_OF_MANY, MANY_ARTICLES = 2, 3, 20
MAX_OTHERS = 60


@dataclass(frozen=True, slots=True)
class Draft:
    """Actors and issues, the commonest first."""

    actors: tuple[Proposal[Actor], ...]
    issues: tuple[Proposal[Issue], ...]
    others: tuple[str, ...]
    """Names that recur and are no actors, of places most of all, with their counts."""


def draft(articles: Sequence[Article]) -> Draft:
    """Propose a codebook: names that recur, and what recurs near attributions.

    Raises
    ------
    InputError
        Where no name, or no phrase, recurs.
    """
    cases = count_cases(articles)
    runs = list(find_runs(articles, cases))
    many = len(articles) >= MANY_ARTICLES
    min_count = MIN_COUNT_OF_MANY if many else MIN_COUNT
    names = [one for one in merge(gather(runs)).values() if one.count >= min_count]
    names.sort(key=lambda one: (-one.count, one.words))
    cast(names, adjectives=country_words())
    actors = propose_actors(names, runs, articles, min_count=min_count)
    if not actors:
        raise InputError(_nothing("a name of an actor"))
    taken = {tuple(fold_cue(name).split()) for told in actors for name in told.part.names}
    least = max(min_count, len(articles) // 100) if many else 1
    ranked = rank(find_phrases(articles, cases), min_count=least, taken=taken)
    issues = propose_issues(ranked, is_small=not many)
    if not issues:
        raise InputError(_nothing("a phrase of two words or more near what someone says"))
    return Draft(tuple(actors), tuple(issues), tuple(_others(names)))


def _nothing(what: str) -> str:
    return f"articles: {what} must recur, got none that does. Give more articles, or longer ones."


def _others(names: Iterable[Found]) -> list[str]:
    left = [one for one in names if not is_actor(one)]
    left = [one for one in left if " ".join(one.words) not in country_words()]
    return [f"{one.name} ({one.count})" for one in left[:MAX_OTHERS]]
