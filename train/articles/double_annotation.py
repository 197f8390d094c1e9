"""Double annotation: the units that two annotators marked in the same article.

A unit is a sentence, a holder and an issue. Its stance is the side, or both sides, that an
annotator marked in it; a ``none`` with another cue of the same unit changes nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from standpoint.errors import CorpusError
from standpoint.text import read_article
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
    return [
        DoublyAnnotated(
            seed,
            *(_units(seed, coder[seed.id]) for coder in (annotations.first, annotations.second)),
        )
        for seed in seeds.articles
        if seed.id in both
    ]


def _units(seed: SeedArticle, statements: Iterable[SeedStatement]) -> Units:
    article = read_article(seed.text, id=seed.id)
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
    stances = {stance_of(first), stance_of(second)}
    if first and second:
        if len(stances) == 1:
            return ""
        return "side against none" if "none" in stances else "opposite or different sides"
    if len(stances) == 1:
        return "none beside nothing"
    return f"{'side' if is_cued([*first, *second]) else 'implied side'} beside nothing"


def adjudicated_as(row: Adjudication) -> str:
    """Whose annotation the adjudication of a disagreement followed."""
    if row.stances == frozenset(row.first):
        return "as the first"
    return "as the second" if row.stances == frozenset(row.second) else "as neither"


def _stances(
    article: DoublyAnnotated, units: Iterable[Unit], *, cued: bool = False
) -> Iterator[Pair]:
    """The stances of some units, or only of those with a cue."""
    for first, second in map(article.statements_of, units):
        if not cued or is_cued([*first, *second]):
            yield stance_of(first), stance_of(second)


def _values(article: DoublyAnnotated, value: Callable[[SeedStatement], str]) -> Iterator[Pair]:
    """A value of the statements of each common unit; several values are a value of their own."""
    for both in map(article.statements_of, article.common):
        first, second = (", ".join(sorted(set(map(value, statements)))) for statements in both)
        yield first, second


PAIRS: dict[str, Callable[[DoublyAnnotated], Iterator[Pair]]] = {
    "stance": lambda article: _stances(article, article.common),
    "stance.strict": lambda article: _stances(article, article.either),
    "stance.strict.cued": lambda article: _stances(article, article.either, cued=True),
    "side": lambda article: filter(SIDES.issuperset, _stances(article, article.common)),
    "tone": lambda article: _values(article, lambda statement: statement.sentiment),
    "attribution": lambda article: _values(article, lambda statement: statement.attribution.kind),
}
"""The pairs of values that two annotators gave to the units of an article, by name of the value."""
