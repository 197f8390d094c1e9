"""SEESAW: who is positive or negative about whom or what, sentence by sentence, in US news.

Zhang, Beauchamp and Wang (2022), Generative Entity-to-Entity Stance Detection with Knowledge Graph
Augmentation, EMNLP 2022.
"""

from collections.abc import Iterator
from pathlib import Path

from standpoint.labels import Task
from standpoint.text import Span
from train.corpora.entity_names import EntityNameMatcher
from train.corpora.record import Corpus, Record, role_at
from train.corpora.seesaw_files import Pair, SeesawArticle, read_seesaw_articles

SPLITS = ("train", "valid")
HOLDERS = ("People", "Organization")
"""Types of entity that may be the holder of an unlabelled pair."""
TOPICS = ("Topic", "Event")
"""Types of entity that make the pair's target a topic."""
_LABELS: dict[Task, dict[str | None, str]] = {
    "stance": {"POS": "favor", "NEG": "against", None: "none"},
    "sentiment": {"POS": "positive", "NEG": "negative", None: "neutral"},
}


def load_seesaw(folder: Path, *, task: Task, unlabelled: bool) -> Corpus:
    """Read ``annotations/``, ``articles/`` and ``meta/`` as their owners publish them.

    One record for each sentence and ordered pair of entities, with the label of most coders; a pair
    with a tie is dropped. Annotations of "Not in the list" and "None" name no entity and are
    skipped.

    `EntityNameMatcher` finds the spans of entities. An entity has no offsets in a sentence that
    does not name it, where a pronoun refers to it for example.

    Parameters
    ----------
    unlabelled : whether to add the ordered pairs of entities that a sentence names and no coder
        labelled, as none or neutral and tagged ``unlabelled``; their holders are people and
        organisations

    Raises
    ------
    CorpusError
        with every faulty file
    """
    articles = read_seesaw_articles(folder)
    matcher = EntityNameMatcher(
        (name for article in articles for name in article.entities),
        (sentence for article in articles for sentence in article.sentences),
    )
    records = [
        record
        for article in articles
        for number in range(len(article.sentences))
        for record in _records(article, number, matcher, task=task, unlabelled=unlabelled)
    ]
    return Corpus("seesaw", task, tuple(records))


def _records(
    article: SeesawArticle, number: int, matcher: EntityNameMatcher, *, task: Task, unlabelled: bool
) -> Iterator[Record]:
    labelled = article.sides.get(number, {})
    if not labelled and not unlabelled:
        return
    spans = matcher.find(article.sentences[number], list(article.entities))
    labels = _LABELS[task]
    pairs = {pair: labels[side] for pair, side in labelled.items() if side is not None}
    if unlabelled:
        pairs |= {pair: labels[None] for pair in _pairs(article, spans) if pair not in labelled}
    for (holder, target), label in pairs.items():
        topic = article.entities.get(target) in TOPICS
        tags = () if (holder, target) in labelled else ("unlabelled",)
        yield Record(
            id=f"{article.id}:{number}:{holder}:{target}",
            text=article.sentences[number],
            holder=role_at(holder, spans.get(holder)),
            target=role_at(target, spans.get(target)),
            label=label,
            group=article.story,
            issue=target if topic else None,
            actor=holder,
            date=article.date,
            stratum=article.split,
            split=article.split,
            tags=("topic_target" if topic else "actor_target", *tags),
        )


def _pairs(article: SeesawArticle, spans: dict[str, Span]) -> Iterator[Pair]:
    """Ordered pairs of two entities that a sentence names, in the order of the list."""
    for holder in article.entities:
        if holder in spans and article.entities[holder] in HOLDERS:
            for target in article.entities:
                if target in spans and target != holder:
                    yield holder, target
