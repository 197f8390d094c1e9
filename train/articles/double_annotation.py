"""Double annotation: the units that two annotators marked in the same article.

A unit is a sentence, a holder and an issue. Its stance is the side, or both sides, that an
annotator marked in it; a ``none`` with another cue of the same unit changes nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from standpoint.errors import CorpusError
from standpoint.text import Article, read_article
from train.corpora import Adjudication, Annotations, SeedArticle, Seeds, SeedStatement

SIDES = frozenset({"favor", "against"})
Pair = tuple[str, str]
Unit = tuple[int, str, str]
Units = Mapping[Unit, Sequence[SeedStatement]]


@dataclass(frozen=True, slots=True)
class DoublyAnnotated:
    """An article with the units of the first and of the second annotator."""

    article: SeedArticle
    first: Units
    second: Units

    @property
    def common(self) -> list[Unit]:
        """The units that both annotators marked."""
        return sorted(self.first.keys() & self.second.keys())

    @property
    def either(self) -> list[Unit]:
        """The units that at least one annotator marked."""
        return sorted(self.first.keys() | self.second.keys())

    def statements_of(self, unit: Unit) -> tuple[Sequence[SeedStatement], Sequence[SeedStatement]]:
        """The statements of each annotator in a unit; empty where one did not mark it."""
        return self.first.get(unit, ()), self.second.get(unit, ())


def doubly_annotated(seeds: Seeds, annotations: Annotations) -> list[DoublyAnnotated]:
    """The articles that both annotators annotated, in the order of the seeds."""
    both = annotations.first.keys() & annotations.second.keys()
    articles = []
    for seed in seeds.articles:
        if seed.id in both:
            article = read_article(seed.text, id=seed.id)
            first, second = (
                _units(article, coder[seed.id]) for coder in (annotations.first, annotations.second)
            )
            articles.append(DoublyAnnotated(seed, first, second))
    return articles


def _units(article: Article, statements: Iterable[SeedStatement]) -> Units:
    units: dict[Unit, list[SeedStatement]] = {}
    for statement in statements:
        sentence = article.sentence_at(statement.position)
        if sentence is None:
            raise CorpusError(
                f"{article.id}: a statement must begin within a sentence, "
                f"got one at {statement.position}."
            )
        unit = (sentence.index, statement.holder, statement.issue)
        units.setdefault(unit, []).append(statement)
    return units


def is_cued(statements: Sequence[SeedStatement]) -> bool:
    """Whether a statement names its issue with a cue."""
    return any(statement.cue for statement in statements)


def stance_of(statements: Sequence[SeedStatement]) -> str:
    """The stance of a unit: favor, against, both, or none."""
    sides = {statement.stance for statement in statements} - {"none"}
    return "both" if len(sides) > 1 else next(iter(sides), "none")


def disagreements(article: DoublyAnnotated) -> dict[Unit, str]:
    """The units with different stances, each with the kind of the disagreement."""
    kinds = {unit: _disagreement(*article.statements_of(unit)) for unit in article.either}
    return {unit: kind for unit, kind in kinds.items() if kind}


def _disagreement(first: Sequence[SeedStatement], second: Sequence[SeedStatement]) -> str:
    stances = stance_of(first), stance_of(second)
    is_same = stances[0] == stances[1]
    if not first or not second:
        if is_same:
            return "none beside nothing"
        side = "side" if is_cued([*first, *second]) else "implied side"
        return f"{side} beside nothing"
    if is_same:
        return ""
    return "side against none" if "none" in stances else "opposite or different sides"


def adjudicated_as(row: Adjudication) -> str:
    """Whose annotation the adjudication of a disagreement followed."""
    if row.stances == frozenset(row.first):
        return "as the first"
    return "as the second" if row.stances == frozenset(row.second) else "as neither"


def _stances(article: DoublyAnnotated) -> Iterator[Pair]:
    return (_stance_pair(article, unit) for unit in article.common)


def _strict_stances(article: DoublyAnnotated) -> Iterator[Pair]:
    return (_stance_pair(article, unit) for unit in article.either)


def _strict_stances_cued(article: DoublyAnnotated) -> Iterator[Pair]:
    for unit in article.either:
        first, second = article.statements_of(unit)
        if is_cued([*first, *second]):
            yield stance_of(first), stance_of(second)


def _stance_pair(article: DoublyAnnotated, unit: Unit) -> Pair:
    first, second = article.statements_of(unit)
    return stance_of(first), stance_of(second)


def _sides(article: DoublyAnnotated) -> Iterator[Pair]:
    return (pair for pair in _stances(article) if SIDES.issuperset(pair))


def _values(article: DoublyAnnotated, value: Callable[[SeedStatement], str]) -> Iterator[Pair]:
    """A value of the statements of each common unit; several values are a value of their own."""
    for unit in article.common:
        first, second = (
            ", ".join(sorted(set(map(value, statements))))
            for statements in article.statements_of(unit)
        )
        yield first, second


PAIRS: dict[str, Callable[[DoublyAnnotated], Iterator[Pair]]] = {
    "stance": _stances,
    "stance.strict": _strict_stances,
    "stance.strict.cued": _strict_stances_cued,
    "side": _sides,
    "tone": lambda article: _values(article, lambda statement: statement.sentiment),
    "attribution": lambda article: _values(article, lambda statement: statement.attribution.kind),
}
"""The pairs of values that two annotators gave to the units of an article, by name of the value."""
